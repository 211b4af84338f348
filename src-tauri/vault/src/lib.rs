#![doc = include_str!("../README.md")]

mod backup;
mod blob;
mod browser;
mod cores;
mod digest;
pub mod engine;
mod envelope;
mod error;
#[cfg(any(test, feature = "test-engine"))]
pub mod golden;
mod grants;
mod key;
mod keychain;
mod keyring;
#[cfg(feature = "test-engine")]
#[doc(hidden)]
pub mod known_answer;
mod passphrase;
mod place;
mod reading;
pub mod record;
mod recovery;
mod resealing;
mod scan;
mod seal;
mod segment;
mod vault;
mod writing;

pub use backup::Refill;
pub use blob::BlobRef;
pub use browser::{BrowserKey, BrowserSealed};
pub use cores::on_all_cores;
pub use digest::StateDigest;
pub use envelope::{Envelope, PublicKey};
pub use error::{REFUSALS, VaultError};
pub use key::{Key, NoRandomness, random, verifying_key};
#[cfg(any(test, feature = "test-engine"))]
pub use keychain::MemoryKeychain;
pub use keychain::{FileKeychain, Keychain, KeychainError, OsKeychain, PassingKeychain};
pub use keyring::{DeviceKeys, Keyring};
pub use passphrase::{Cost, PassphraseError, PassphraseSeal};
pub use reading::Reading;
pub use record::{Change, Index, KeyMaker, Record, RowKey, Stored, Table};
pub use resealing::Resealed;
pub use seal::{SealError, Suite};
pub use segment::Segment;
pub use vault::{RECOVERY_HOLDER, Sweep, Vault};
pub use writing::{BLOB_BYTES_MAX, Writing};
