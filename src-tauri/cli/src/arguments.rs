//! What can be typed.

use crate::copy::CopyWhat;
use crate::decommission::Decommission;
use crate::out::OutWhat;
use crate::paper::PaperWhat;
use crate::plans::{BackupPlan, DowntimeWhat};
use clap::{Args, Parser, Subcommand, value_parser};

use keepwell_kernel::{AssociateId, Purpose};
use std::path::PathBuf;

const STATUSES: &str = "\
Exit status: 0 done, 2 usage, 3 refused, 4 denied, 5 signed out or locked, 6 fault, 130 stopped by Ctrl-C.
The passphrase comes from KEEPWELL_PASSPHRASE or a prompt.";

/// Keepwell from a terminal: the same door as the window's.
///
/// JSON comes in on standard input and goes out on standard output; words for people go to standard error.
#[derive(Parser)]
#[command(name = "keepwell-cli", version, about, after_help = STATUSES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Where the practice is.
#[derive(Args)]
pub(crate) struct Place {
    /// The practice's folder.
    #[arg(long, value_name = "DIR", global = true)]
    pub(crate) vault: Option<PathBuf>,
    /// Where the device key is: the system's keychain, or a file outside the practice's folder.
    #[arg(long, value_name = "os|file:PATH", default_value = "os", global = true, value_parser = key_place)]
    pub(crate) keychain: KeyPlace,
}

/// Where the device key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyPlace {
    Os,
    File(PathBuf),
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a practice. What is printed is shown once.
    Init(Init),
    /// Sign in, do one operation, sign out. The request is JSON on standard input.
    Call(Call),
    /// Sign in and do one operation for each line of standard input.
    ///
    /// A line is {"id", "operation", "input", "purpose", "reason"}; id, input, purpose and reason may be left out. Each
    /// is answered by a line {"id", "outcome", "output" or "refusal", "micros"} as soon as it is done.
    Batch(Batch),
    /// List every operation.
    Surface(Surface),
    /// Make a practice of made-up patients, in a folder that holds none yet.
    ///
    /// Prints how to sign in as JSON. Ctrl-C ends it in order and leaves what is made; a second Ctrl-C ends it at once.
    Demo(Demo),
    /// Bring patients in from files.
    Import {
        #[command(subcommand)]
        what: ImportWhat,
    },
    /// Write, prove or restore a backup.
    Backup {
        #[command(subcommand)]
        what: BackupWhat,
    },
    /// Hand out a patient's records, or data that identifies nobody.
    Out {
        #[command(subcommand)]
        what: OutWhat,
    },
    /// Take records back in that `out` wrote.
    In {
        #[command(subcommand)]
        what: InWhat,
    },
    /// Make new keys, seal everything anew under them, or see how old they are.
    Keys {
        #[command(subcommand)]
        what: KeysWhat,
    },
    /// Look into a backup while the practice itself cannot be opened.
    Copy {
        #[command(subcommand)]
        what: CopyWhat,
    },
    /// Plan or write the downtime pack.
    Downtime {
        #[command(subcommand)]
        what: DowntimeWhat,
    },
    /// Write a letter, the monthly seal or a report as a PDF file.
    Paper {
        #[command(subcommand)]
        what: PaperWhat,
    },
    /// End the practice on this computer: a last backup, its proof, the erasing of the key, and the certificate.
    Decommission(Decommission),
    /// Print how the program stands, for whoever helps: no name, no number, no date of anybody. Nobody signs in.
    Support,
    /// Check the log, or read its newest entries.
    Log {
        #[command(subcommand)]
        what: LogWhat,
    },
}

#[derive(Subcommand)]
pub(crate) enum ImportWhat {
    /// FHIR R4 in JSON: resources, Bundles, NDJSON, or folders of them.
    Fhir(Fhir),
}

#[derive(Subcommand)]
pub(crate) enum BackupWhat {
    /// Write a backup into a new folder within one that is there.
    Make(BackupMake),
    /// Restore a backup into a scratch store and check the whole of it; the practice is not touched.
    Prove(BackupProve),
    /// Say where the window writes backups by itself, and how often.
    Plan(BackupPlan),
    /// Bring a practice back into a folder in which there is none.
    ///
    /// The recovery key comes from KEEPWELL_RECOVERY_KEY or a prompt: the 24 words, or the text of the kit.
    Restore(BackupRestore),
}

#[derive(Subcommand)]
pub(crate) enum InWhat {
    /// Take one patient's file, or a folder with those of all patients, back in under the same ids and record numbers.
    ///
    /// The passphrase comes from KEEPWELL_FILE_PASSPHRASE or a prompt. Ctrl-C ends it after the record that is being read.
    Records(InRecords),
}

#[derive(Subcommand)]
pub(crate) enum LogWhat {
    /// Check every entry.
    Verify(Who),
    /// Print the newest entries.
    Tail(Tail),
    /// Write an audit bundle, sealed with a passphrase (KEEPWELL_FILE_PASSPHRASE or a prompt); `keepwell-verify` checks it.
    Export(Export),
}

#[derive(Subcommand)]
pub(crate) enum KeysWhat {
    /// Say since when the keys are used, and whether anything is still sealed under older ones.
    Status(Who),
    /// Make new keys and seal everything anew, until the old keys open nothing. Ctrl-C leaves it to be gone on with.
    Rotate(Rotate),
}

#[derive(Args)]
pub(crate) struct Rotate {
    #[command(flatten)]
    pub(crate) who: Who,
    /// Somebody may have got hold of the keys: do not wait for what is still being sealed anew.
    #[arg(long)]
    pub(crate) suspected_leak: bool,
    /// Make no new keys; go on with the sealing that was stopped.
    #[arg(long, conflicts_with = "suspected_leak")]
    pub(crate) go_on: bool,
}

/// Who signs in. The passphrase comes from KEEPWELL_PASSPHRASE or a prompt.
#[derive(Args)]
pub(crate) struct Who {
    /// The user name.
    #[arg(long, value_name = "USER")]
    pub(crate) user: String,
    /// The code on the authenticator, or a recovery code.
    #[arg(long, value_name = "CODE", default_value = "")]
    pub(crate) totp: String,
}

#[derive(Args)]
pub(crate) struct Init {
    /// The practice's name.
    #[arg(long, value_name = "NAME")]
    pub(crate) practice: String,
    /// The practice's time zone, such as America/New_York.
    #[arg(long, value_name = "TZ")]
    pub(crate) time_zone: String,
    /// The owner's user name.
    #[arg(long, value_name = "USER")]
    pub(crate) owner: String,
    /// The owner's name, given names first; or `Family, Given`.
    #[arg(long, value_name = "NAME")]
    pub(crate) owner_name: String,
    /// The cipher: xchacha20-poly1305 or aes-256-gcm.
    #[arg(long, value_name = "SUITE", default_value = "xchacha20-poly1305")]
    pub(crate) suite: String,
}

#[derive(Args)]
pub(crate) struct Call {
    /// The operation, such as patients.search.
    pub(crate) operation: String,
    #[command(flatten)]
    pub(crate) who: Who,
    /// Why, such as treatment; the first that fits when left out.
    #[arg(long, value_name = "P", value_parser = purpose)]
    pub(crate) purpose: Option<Purpose>,
    /// The justification, kept in the log.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
}

#[derive(Args)]
pub(crate) struct Batch {
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Args)]
pub(crate) struct Surface {
    /// Print the TypeScript declarations instead.
    #[arg(long)]
    pub(crate) types: bool,
}

#[derive(Args)]
pub(crate) struct Demo {
    /// How many patients.
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub(crate) patients: u32,
    /// The same seed makes the same patients and the same history.
    #[arg(long, value_name = "S")]
    pub(crate) seed: u64,
    /// Years behind the practice: each year of a patient leaves about ten entries in the log, all bearing today's date.
    #[arg(long, value_name = "Y", default_value_t = 0, value_parser = value_parser!(u32).range(..=20))]
    pub(crate) years: u32,
    /// The owner's user name.
    #[arg(long, value_name = "USER", default_value = "owner")]
    pub(crate) owner: String,
}

#[derive(Args)]
pub(crate) struct Fhir {
    /// Files, or folders of .json and .ndjson files.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Args)]
pub(crate) struct BackupMake {
    /// Where the backup's folder is to stand, such as a drive of its own.
    #[arg(value_name = "FOLDER")]
    pub(crate) within: PathBuf,
    /// The business associate whose place that is, by its id in the register; refused without an agreement in force.
    #[arg(long, value_name = "ID", value_parser = AssociateId::parse)]
    pub(crate) associate: Option<AssociateId>,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Args)]
pub(crate) struct InRecords {
    /// The file, or the folder, as `out records` or `out population` wrote it.
    #[arg(value_name = "PATH")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Args)]
pub(crate) struct BackupProve {
    /// The backup's folder.
    #[arg(value_name = "BACKUP")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) who: Who,
}

#[derive(Args)]
pub(crate) struct BackupRestore {
    /// The backup's folder.
    #[arg(value_name = "BACKUP")]
    pub(crate) folder: PathBuf,
}

#[derive(Args)]
pub(crate) struct Tail {
    #[command(flatten)]
    pub(crate) who: Who,
    /// How many entries, 1 to 200.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(crate) limit: u32,
}

#[derive(Args)]
pub(crate) struct Export {
    /// The folder in which the sealed file is made; with --plain, one that is empty or not there yet.
    #[arg(value_name = "FOLDER")]
    pub(crate) folder: PathBuf,
    #[command(flatten)]
    pub(crate) who: Who,
    /// Write the files in clear.
    #[arg(long)]
    pub(crate) plain: bool,
    /// Who gets it and what for, and why in clear if it is; kept in the log.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Only entries that touched this patient; what they say of others is redacted.
    #[arg(long, value_name = "ID")]
    pub(crate) patient: Option<String>,
    /// Only entries of this user.
    #[arg(long, value_name = "USER")]
    pub(crate) actor: Option<String>,
    /// Not before, such as 2026-01-01T00:00:00-05:00.
    #[arg(long, value_name = "TIME")]
    pub(crate) from: Option<String>,
    /// Before.
    #[arg(long, value_name = "TIME")]
    pub(crate) to: Option<String>,
}

fn key_place(text: &str) -> Result<KeyPlace, String> {
    match text.split_once(':') {
        None if text == "os" => Ok(KeyPlace::Os),
        Some(("file", path)) if !path.is_empty() => Ok(KeyPlace::File(path.into())),
        _ => Err("write `os`, or `file:` and a path".to_owned()),
    }
}

pub(crate) fn purpose(word: &str) -> Result<Purpose, String> {
    Purpose::from_word(word).ok_or_else(|| {
        let words: Vec<&str> = Purpose::ALL.iter().map(|purpose| purpose.word()).collect();
        format!("one of {}", words.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_agree_with_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_key_place_is_the_system_or_a_file() {
        assert_eq!(key_place("os"), Ok(KeyPlace::Os));
        assert_eq!(key_place("file:/k:1"), Ok(KeyPlace::File("/k:1".into())));
        for wrong in ["", "file:", "file", "/k", "other:/k"] {
            assert!(key_place(wrong).is_err(), "{wrong}");
        }
    }
}
