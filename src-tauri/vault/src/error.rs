//! What the vault can answer instead of a record.

use crate::engine::EngineError;
use crate::key::NoRandomness;
use crate::keychain::KeychainError;
use crate::record::UpgradeError;
use crate::{PassphraseError, SealError};
use keepwell_kernel::{Code, Compartment, Error, Fault};

/// Why the vault did not do something.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The engine or the disk.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The store was written by a newer version of the program.
    #[error("the store was written by a newer version of this program (format {0})")]
    Newer(u16),
    /// The keychain.
    #[error(transparent)]
    Keychain(#[from] KeychainError),
    /// The keychain holds no device key for this store, or another one.
    #[error("the keychain does not hold this store's device key")]
    NoDeviceKey,
    /// A sealed value does not open.
    #[error("a value in {place} does not open")]
    Sealed {
        /// The table or space, never a key.
        place: &'static str,
        /// What the seal says.
        #[source]
        source: SealError,
    },
    /// A stored form cannot be read.
    #[error(transparent)]
    Upgrade(#[from] UpgradeError),
    /// A record cannot be stored.
    #[error("a record of {0} cannot be stored: {1}")]
    Encoding(&'static str, String),
    /// The session does not hold the compartment's keys.
    #[error("the keys of {0:?} are not held")]
    NotHeld(Compartment),
    /// A write-once record stands there already, or was about to be removed.
    #[error("a record of {0} is written once")]
    WriteOnce(&'static str),
    /// A unique index has another record under the same key.
    #[error("another record stands under the same key of {0}")]
    Taken(&'static str),
    /// A passphrase.
    #[error(transparent)]
    Passphrase(#[from] PassphraseError),
    /// The machine gave no random bytes.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The store contradicts itself.
    #[error("the store contradicts itself: {0}")]
    Contradiction(&'static str),
}

/// Names the place where a seal did not open.
pub(crate) fn sealed(place: &'static str) -> impl FnOnce(SealError) -> VaultError {
    move |source| VaultError::Sealed { place, source }
}

macro_rules! codes {
    ($($name:ident = $code:literal, $remedy:literal;)+) => {
        $(#[doc = $remedy] pub const $name: Code = Code::new($code, $remedy);)+
        /// Every refusal of the vault.
        pub const REFUSALS: &[Code] = &[$($name),+];
    };
}

codes! {
    MISSING = "vault.missing", "There is no practice in this folder yet. Create one, or choose the folder that holds it.";
    HELD_ELSEWHERE = "vault.held_elsewhere", "Keepwell is already open with this practice. Close the other window and try again.";
    TRUNCATED = "vault.truncated", "The practice's file is cut short. Nothing was changed. Restore the latest backup, or put the whole file back.";
    FOREIGN = "vault.foreign", "The file in the practice's place is not a Keepwell store. Nothing was changed. Move it away, or choose another folder.";
    NEWER = "vault.newer", "A newer version of Keepwell wrote this practice. Install that version or a later one.";
    OTHER_FORMAT = "vault.other_format", "The practice's file has a format that this version cannot read. Nothing was changed.";
    DAMAGED = "vault.damaged", "The practice's file is damaged. Nothing was changed. Restore the latest backup.";
    FULL = "vault.full", "The disk is full, so nothing was saved. Free some space and try again.";
    READ_ONLY = "vault.read_only", "The practice's file cannot be written here, so nothing was saved. Check the disk and the folder's permissions.";
    KEYCHAIN_UNREACHABLE = "vault.keychain_unreachable", "This computer's keychain cannot be reached. Unlock it, or sign in to the computer again, and try once more.";
    NO_DEVICE_KEY = "vault.no_device_key", "This computer's keychain does not hold the practice's key. Use the recovery key from your recovery kit.";
    TOO_LARGE = "vault.too_large", "This is longer than the practice's file can keep in one piece, so nothing was saved. Shorten it and try again.";
    KEYCHAIN_BESIDE_STORE = "vault.keychain_beside_store", "The keychain file may not lie in the practice's folder. Choose a place outside it.";
}

impl From<VaultError> for Error {
    /// Turns what a person can mend into a refusal with words, and everything else into a fault.
    fn from(error: VaultError) -> Self {
        let code = match &error {
            VaultError::Engine(engine) => match engine {
                EngineError::Missing => Some(MISSING),
                EngineError::HeldElsewhere => Some(HELD_ELSEWHERE),
                EngineError::Truncated => Some(TRUNCATED),
                EngineError::Foreign => Some(FOREIGN),
                EngineError::OtherFormat => Some(OTHER_FORMAT),
                EngineError::Damaged => Some(DAMAGED),
                EngineError::Full => Some(FULL),
                EngineError::ReadOnly => Some(READ_ONLY),
                EngineError::TooLarge(_) => Some(TOO_LARGE),
                EngineError::Disk(_) | EngineError::Engine(_) => None,
            },
            VaultError::Newer(_) => Some(NEWER),
            VaultError::NoDeviceKey => Some(NO_DEVICE_KEY),
            VaultError::Keychain(KeychainError::BesideTheStore) => Some(KEYCHAIN_BESIDE_STORE),
            VaultError::Keychain(_) => Some(KEYCHAIN_UNREACHABLE),
            VaultError::NotHeld(_) => return Self::Denied,
            _ => None,
        };
        code.map_or_else(|| Self::Fault(Fault::from_error(&error)), Self::from)
    }
}
