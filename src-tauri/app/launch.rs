//! What the person asked for when starting the program: which profile, and where its device key is kept.

use keepwell_practice::BACKUP_NOTE as NOTE;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The words that explain the arguments.
pub(crate) const USAGE: &str = "\
Usage: keepwell [--profile DIR] [--demo] [--keychain os|file:PATH] [BACKUP]

  --profile DIR         keep everything in DIR instead of the usual place
  --demo                open a practice with made-up patients, apart from the real one
  --keychain os         keep the device key in this computer's keychain (the usual way)
  --keychain file:PATH  keep it in a file, outside the folder of the practice
  BACKUP                a backup's folder or its backup.note: the window asks what to do with it
  --version, --help";

/// Where the device key is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyPlace {
    /// The keychain of the operating system.
    System,
    /// A file that somebody chose, never inside the vault's folder.
    File(PathBuf),
}

/// How the program was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Launch {
    profile: PathBuf,
    named: bool,
    /// The folder of a backup that somebody opened with the program. Nothing is done with it by itself.
    pub(crate) backup: Option<PathBuf>,
    /// Whether this is the practice with made-up patients.
    pub(crate) demonstration: bool,
    /// Where the device key is.
    pub(crate) key_place: KeyPlace,
}

/// What the arguments ask for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Open the window.
    Open(Launch),
    /// Print this and end.
    Say(String),
}

impl Launch {
    /// Reads the arguments; the error is a sentence for the person.
    pub(crate) fn from_arguments(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
        let (mut profile, mut demonstration, mut key_place, mut backup) = (None, false, None, None);
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.to_str() {
                Some("--profile") => profile = Some(PathBuf::from(value("--profile", &mut arguments)?)),
                Some("--demo") => demonstration = true,
                Some("--keychain") => key_place = Some(key_place_named(&value("--keychain", &mut arguments)?)?),
                Some("--version") => return Ok(Request::Say(format!("keepwell {}", env!("CARGO_PKG_VERSION")))),
                Some("--help" | "-h") => return Ok(Request::Say(USAGE.to_owned())),
                _ if backup.is_none() => match backup_named(Path::new(&argument)) {
                    Some(folder) => backup = Some(folder),
                    None => return Err(format!("I do not know the argument {}.", argument.display())),
                },
                _ => return Err("I open one backup at a time.".to_owned()),
            }
        }
        let named = profile.is_some();
        let profile = match profile {
            Some(folder) => std::path::absolute(folder).map_err(|error| format!("That profile folder: {error}."))?,
            None => usual_folder()?.join(if demonstration { "demonstration" } else { "practice" }),
        };
        let key_place = key_place.unwrap_or(KeyPlace::System);
        Ok(Request::Open(Self { profile, named, backup, demonstration, key_place }))
    }

    /// Returns the folder of the sealed store.
    pub(crate) fn vault(&self) -> PathBuf {
        self.profile.join("vault")
    }

    /// Returns the folder for what the web view keeps while a test drives it.
    #[cfg(feature = "e2e")]
    pub(crate) fn webview(&self) -> PathBuf {
        self.profile.join("webview")
    }

    /// Returns the file that keeps how the window looks.
    pub(crate) fn look(&self) -> PathBuf {
        self.profile.join("look.json")
    }

    /// Returns the file that says how to sign in to the demonstration.
    pub(crate) fn sign_in_note(&self) -> PathBuf {
        self.profile.join("sign-in.json")
    }

    /// Says whether this is the profile that a double-click opens.
    pub(crate) fn is_usual(&self) -> bool {
        !self.named && !self.demonstration
    }
}

/// Returns the folder of the backup that a path names: by itself, or by the note in it, as a double click does.
pub(crate) fn backup_named(path: &Path) -> Option<PathBuf> {
    let folder = if path.file_name().is_some_and(|name| name == NOTE) { path.parent()? } else { path };
    let folder = std::path::absolute(folder).ok()?;
    folder.join(NOTE).is_file().then_some(folder)
}

fn value(of: &str, arguments: &mut impl Iterator<Item = OsString>) -> Result<OsString, String> {
    arguments.next().ok_or_else(|| format!("{of} needs a value."))
}

fn key_place_named(value: &OsString) -> Result<KeyPlace, String> {
    let text = value.to_str().ok_or("The keychain's path must be plain text.")?;
    match (text, text.strip_prefix("file:")) {
        ("os", _) => Ok(KeyPlace::System),
        (_, Some(path)) if !path.is_empty() => Ok(KeyPlace::File(path.into())),
        _ => Err("--keychain is either os or file:PATH.".to_owned()),
    }
}

/// The folder for data by the platform's custom, apart from what an uninstaller deletes.
fn usual_folder() -> Result<PathBuf, String> {
    let from = |variable: &str| std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = if cfg!(windows) {
        from("ProgramData").map(|data| data.join("Keepwell").join("Data"))
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support/Keepwell-data"))
    } else {
        let shared = from("XDG_DATA_HOME").filter(|path| path.is_absolute());
        shared.or_else(|| from("HOME").map(|home| home.join(".local/share"))).map(|data| data.join("keepwell"))
    };
    folder.ok_or_else(|| "I cannot tell where this computer keeps its data. Name a folder with --profile.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{KeyPlace, Launch, Request};

    fn read(arguments: &[&str]) -> Result<Request, String> {
        Launch::from_arguments(arguments.iter().map(Into::into))
    }

    #[test]
    fn arguments_are_read_or_refused_in_words() {
        for (arguments, expected) in [
            (&["--profile"][..], "--profile needs a value."),
            (&["--keychain", "usb"], "--keychain is either os or file:PATH."),
            (&["--keychain", "file:"], "--keychain is either os or file:PATH."),
            (&["--devtools"], "I do not know the argument --devtools."),
        ] {
            assert_eq!(read(arguments), Err(expected.to_owned()));
        }
        let drive = tempfile::tempdir().unwrap();
        let (folder, note) = (drive.path().to_str().unwrap(), drive.path().join("backup.note"));
        assert_eq!(
            read(&[folder]),
            Err(format!("I do not know the argument {folder}.")),
            "a folder with no backup in it"
        );
        std::fs::write(&note, "keepwell/backup/1\n").unwrap();
        for named in [folder, note.to_str().unwrap()] {
            let Ok(Request::Open(launch)) = read(&[named, "--demo"]) else { panic!("{named} is a backup") };
            assert_eq!(launch.backup.as_deref(), Some(drive.path()));
        }
        assert_eq!(read(&[folder, folder]), Err("I open one backup at a time.".to_owned()));
        let Ok(Request::Open(launch)) = read(&["--profile", "/p", "--demo", "--keychain", "file:/k/device"]) else {
            panic!("those arguments are good");
        };
        assert!(launch.demonstration && !launch.is_usual());
        assert_eq!(launch.key_place, KeyPlace::File("/k/device".into()));
        assert_eq!(launch.vault(), std::path::Path::new("/p/vault"));
    }
}
