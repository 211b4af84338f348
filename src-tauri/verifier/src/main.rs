//! `keepwell-verify`: checks an audit bundle and says PASS or FAIL.

use clap::Parser;
use keepwell_verifier::{Ask, Paper, Report, Source, Unreadable, Verdict, read_key, verify};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Checks an audit bundle of Keepwell: that nothing in it was changed, left out or slipped in. Ends with status 0 for
/// PASS, 1 for FAIL, and 2 when there was nothing to judge.
#[derive(Parser)]
#[command(name = "keepwell-verify", version)]
struct Arguments {
    /// The bundle: a folder or a ZIP file.
    bundle: PathBuf,
    /// A checkpoint that you hold: a file with it, or its text (the number of entries, a space, and the root).
    #[arg(long, value_name = "FILE OR TEXT")]
    checkpoint: Option<String>,
    /// A public key that you know to be the practice's, in base64; may be given several times.
    #[arg(long, value_name = "BASE64")]
    key: Vec<String>,
    /// Print what one entry says.
    #[arg(long, value_name = "SEQUENCE")]
    show: Option<u64>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    // Clap itself answers a wrong usage with status 2.
    let arguments = Arguments::parse();
    let checked = check(&arguments);
    let status = match &checked {
        Ok(report) if report.verdict == Verdict::Pass => 0,
        Ok(_) => 1,
        Err(_) => 2,
    };
    match answer(&checked, arguments.json) {
        Ok(()) => ExitCode::from(status),
        // Whoever reads the status alone must not take an answer that never arrived for a PASS.
        Err(_) => ExitCode::from(2),
    }
}

fn check(arguments: &Arguments) -> Result<Report, Unreadable> {
    let ask = Ask {
        checkpoint: arguments.checkpoint.as_deref().map(held).transpose()?,
        keys: arguments.key.iter().map(|key| read_key(key)).collect::<Result<_, _>>()?,
        show: arguments.show,
    };
    verify(&Source::open(&arguments.bundle)?, &ask)
}

/// Reads the checkpoint from the file of that name, or takes it as the text itself.
fn held(text: &str) -> Result<Paper, Unreadable> {
    if Path::new(text).is_file() { Paper::open(Path::new(text)) } else { Paper::read(text) }
}

fn answer(checked: &Result<Report, Unreadable>, json: bool) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match checked {
        Ok(report) if json => serde_json::to_writer_pretty(&mut out, report)?,
        Err(unreadable) if json => {
            let words = serde_json::json!({ "verdict": "UNREADABLE", "words": unreadable.to_string() });
            serde_json::to_writer_pretty(&mut out, &words)?;
        }
        Ok(report) => write!(out, "{report}")?,
        Err(unreadable) => writeln!(io::stderr(), "UNREADABLE  {unreadable}")?,
    }
    if json {
        writeln!(out)?;
    }
    out.flush()
}
