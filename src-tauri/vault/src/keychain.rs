//! Where the device key and the log's anchor live: never beside the store.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use zeroize::Zeroizing;

/// What can go wrong with a keychain.
#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    /// The machine has none, or it is locked.
    #[error("the keychain cannot be reached: {0}")]
    Unreachable(String),
    /// The keychain file would lie inside the vault's folder.
    #[error("the keychain file lies inside the vault's folder")]
    BesideTheStore,
    /// What the keychain holds under this name is not ours.
    #[error("the keychain's content cannot be read")]
    Unreadable,
}

/// Small secrets by name, kept by the machine for the person who is signed in to it.
pub trait Keychain: Send + Sync {
    /// Returns the secret under a name, or nothing.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError>;

    /// Keeps a secret under a name.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError>;

    /// Forgets the secret under a name; there may be none.
    ///
    /// # Errors
    /// [`KeychainError`].
    fn forget(&self, name: &str) -> Result<(), KeychainError>;

    /// Returns `os`, `file` or `memory`, for the screen that says so.
    fn kind(&self) -> &'static str;
}

/// The operating system's keychain: Secret Service, Keychain, Credential Manager.
pub struct OsKeychain;

const SERVICE: &str = "org.keepwell.Keepwell";

impl OsKeychain {
    fn entry(name: &str) -> Result<keyring_core::Entry, KeychainError> {
        static STORE: OnceLock<Result<(), String>> = OnceLock::new();
        STORE.get_or_init(platform_store).clone().map_err(KeychainError::Unreachable)?;
        keyring_core::Entry::new(SERVICE, name).map_err(unreachable)
    }
}

#[cfg(target_os = "linux")]
fn platform_store() -> Result<(), String> {
    let store = zbus_secret_service_keyring_store::Store::new().map_err(|error| error.to_string())?;
    keyring_core::set_default_store(store);
    Ok(())
}

#[cfg(target_os = "windows")]
fn platform_store() -> Result<(), String> {
    let local = std::collections::HashMap::from([("persistence", "Local")]);
    let store =
        windows_native_keyring_store::Store::new_with_configuration(&local).map_err(|error| error.to_string())?;
    keyring_core::set_default_store(store);
    Ok(())
}

#[cfg(target_os = "macos")]
fn platform_store() -> Result<(), String> {
    let store = apple_native_keyring_store::keychain::Store::new().map_err(|error| error.to_string())?;
    keyring_core::set_default_store(store);
    Ok(())
}

#[cfg(not(any(target_os = "linux", target_os = "windows", target_os = "macos")))]
fn platform_store() -> Result<(), String> {
    Err("this system has no keychain that the program knows".to_owned())
}

fn unreachable(error: keyring_core::Error) -> KeychainError {
    KeychainError::Unreachable(error.to_string())
}

impl Keychain for OsKeychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        match Self::entry(name)?.get_password() {
            Ok(text) => decode(&Zeroizing::new(text)).map(Some),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(unreachable(error)),
        }
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        // Base64, because KDE's wallet keeps nothing but text.
        let text = Zeroizing::new(BASE64.encode(secret));
        Self::entry(name)?.set_password(&text).map_err(unreachable)
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        match Self::entry(name)?.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(()),
            Err(error) => Err(unreachable(error)),
        }
    }

    fn kind(&self) -> &'static str {
        "os"
    }
}

fn decode(text: &str) -> Result<Zeroizing<Vec<u8>>, KeychainError> {
    BASE64.decode(text.trim()).map(Zeroizing::new).map_err(|_| KeychainError::Unreadable)
}

/// A file that stands in for a keychain where the machine has none: one `name value` line each, for its owner only.
pub struct FileKeychain {
    path: PathBuf,
    turn: Mutex<()>,
}

impl FileKeychain {
    /// Names the file. It may not lie inside the vault's folder, however the two are written.
    ///
    /// # Errors
    /// [`KeychainError::BesideTheStore`], or `Unreachable` when a folder cannot be resolved.
    pub fn at(path: &Path, vault_folder: &Path) -> Result<Self, KeychainError> {
        let path = resolved(path)?;
        if path.starts_with(resolved(vault_folder)?) {
            return Err(KeychainError::BesideTheStore);
        }
        Ok(Self { path, turn: Mutex::new(()) })
    }

    fn lines(&self) -> Result<Zeroizing<String>, KeychainError> {
        match std::fs::read_to_string(&self.path) {
            Ok(text) => Ok(Zeroizing::new(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Zeroizing::new(String::new())),
            Err(error) => Err(KeychainError::Unreachable(error.to_string())),
        }
    }
}

impl FileKeychain {
    /// Puts a line in place of the one that a name has.
    fn change(&self, name: &str, line: &str) -> Result<(), KeychainError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let text = self.lines()?;
        let mut next = Zeroizing::new(String::new());
        for line in text.lines().filter(|line| line.split_once(' ').is_none_or(|(found, _)| found != name)) {
            next.push_str(line);
            next.push('\n');
        }
        next.push_str(line);
        replace(&self.path, next.as_bytes()).map_err(|error| KeychainError::Unreachable(error.to_string()))
    }
}

/// Resolves links and dots as far as the path exists, so that no spelling hides where it leads.
fn resolved(path: &Path) -> Result<PathBuf, KeychainError> {
    let absolute = std::path::absolute(path).map_err(|error| KeychainError::Unreachable(error.to_string()))?;
    let mut ending = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        if let Ok(real) = existing.canonicalize() {
            return Ok(ending.iter().rev().fold(real, |whole, part| whole.join(part)));
        }
        let (Some(parent), Some(name)) = (existing.parent(), existing.file_name()) else { return Ok(absolute) };
        ending.push(name.to_owned());
        existing = parent;
    }
}

impl Keychain for FileKeychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let text = self.lines()?;
        let line = text.lines().find_map(|line| line.split_once(' ').filter(|(found, _)| *found == name));
        line.map(|(_, value)| decode(value)).transpose()
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.change(name, &format!("{name} {}\n", *Zeroizing::new(BASE64.encode(secret))))
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        self.change(name, "")
    }

    fn kind(&self) -> &'static str {
        "file"
    }
}

/// Writes beside and renames over, so that a power cut leaves the old file or the new one.
fn replace(path: &Path, content: &[u8]) -> std::io::Result<()> {
    use std::io::Write as _;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    // The new name too must survive a power cut.
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// A keychain for a store that is not to outlive the program: what it holds is wiped when it goes. A copy that is opened
/// for looking is noise afterwards to everybody without the recovery key.
#[derive(Default)]
pub struct PassingKeychain {
    held: Mutex<std::collections::BTreeMap<String, Zeroizing<Vec<u8>>>>,
}

impl Keychain for PassingKeychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Ok(self.held.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned())
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let secret = Zeroizing::new(secret.to_vec());
        self.held.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret);
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }

    fn kind(&self) -> &'static str {
        "memory"
    }
}

/// A keychain in memory, for tests: it can be made to fail and put back to an older state.
#[cfg(any(test, feature = "test-engine"))]
#[derive(Clone, Default)]
pub struct MemoryKeychain {
    held: std::sync::Arc<Mutex<std::collections::BTreeMap<String, Vec<u8>>>>,
    absent: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

#[cfg(any(test, feature = "test-engine"))]
impl MemoryKeychain {
    /// Takes the keychain away, or gives it back.
    pub fn set_absent(&self, absent: bool) {
        self.absent.store(absent, std::sync::atomic::Ordering::SeqCst);
    }

    /// Changes what is held, as somebody at the machine could.
    pub fn tamper<R>(&self, change: impl FnOnce(&mut std::collections::BTreeMap<String, Vec<u8>>) -> R) -> R {
        change(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn reach(&self) -> Result<(), KeychainError> {
        if self.absent.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(KeychainError::Unreachable("taken away by a test".to_owned()));
        }
        Ok(())
    }
}

#[cfg(any(test, feature = "test-engine"))]
impl Keychain for MemoryKeychain {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        self.reach()?;
        Ok(self.tamper(|held| held.get(name).cloned().map(Zeroizing::new)))
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        self.reach()?;
        self.tamper(|held| held.insert(name.to_owned(), secret.to_vec()));
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        self.reach()?;
        self.tamper(|held| held.remove(name));
        Ok(())
    }

    fn kind(&self) -> &'static str {
        "memory"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_inside_the_vaults_folder_is_refused_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("vault");
        std::fs::create_dir(&vault).unwrap();
        for inside in ["vault/keys", "vault/deeper/still/keys", "vault/../vault/keys"] {
            let refused = FileKeychain::at(&folder.path().join(inside), &vault);
            assert!(matches!(refused, Err(KeychainError::BesideTheStore)), "{inside}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&vault, folder.path().join("link")).unwrap();
            let refused = FileKeychain::at(&folder.path().join("link/keys"), &vault);
            assert!(matches!(refused, Err(KeychainError::BesideTheStore)), "a link into the folder");
        }
        assert!(FileKeychain::at(&folder.path().join("keys"), &vault).is_ok());
        assert!(FileKeychain::at(&folder.path().join("vault-keys"), &vault).is_ok());
    }

    #[test]
    fn a_file_keeps_the_last_secret_of_each_name() {
        let folder = tempfile::tempdir().unwrap();
        let keychain = FileKeychain::at(&folder.path().join("keys/file"), &folder.path().join("vault")).unwrap();
        assert!(keychain.get("device").unwrap().is_none());
        keychain.set("device", b"one").unwrap();
        keychain.set("anchor", b"a").unwrap();
        keychain.set("device", b"two").unwrap();
        assert_eq!(&**keychain.get("device").unwrap().unwrap(), b"two");
        assert_eq!(&**keychain.get("anchor").unwrap().unwrap(), b"a");
        keychain.forget("device").unwrap();
        keychain.forget("device").unwrap();
        assert!(keychain.get("device").unwrap().is_none());
        assert_eq!(&**keychain.get("anchor").unwrap().unwrap(), b"a");
    }
}
