//! The public keys that signed the log, and from which checkpoint on (FORMAT.md section 5).

use crate::note::{from_base64, hash_from_base64};
use crate::source::Unreadable;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::VerifyingKey;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    keys: Vec<WrittenKey>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKey {
    name: String,
    public_key: String,
    from_counter: u64,
}

/// A key and the counter of the first checkpoint that it signed.
pub(crate) struct Key {
    pub(crate) key: VerifyingKey,
    pub(crate) from_counter: u64,
}

/// The keys, oldest first; none when the file does not hold.
#[derive(Default)]
pub(crate) struct Keys {
    pub(crate) all: Vec<Key>,
}

impl Keys {
    /// Reads `log/keys.json`.
    ///
    /// # Errors
    /// Says in words what does not hold.
    pub(crate) fn read(bytes: &[u8], origin: &str) -> Result<Self, String> {
        let written: Written = serde_json::from_slice(bytes).map_err(|error| format!("It cannot be read: {error}."))?;
        let mut all: Vec<Key> = Vec::new();
        for (number, one) in written.keys.iter().enumerate() {
            let number = number + 1;
            if one.name != origin {
                return Err(format!("Key {number} is named after another log."));
            }
            let bytes = hash_from_base64(&one.public_key);
            let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
            let key = key.ok_or_else(|| format!("Key {number} is no public key."))?;
            if all.last().is_some_and(|before| one.from_counter <= before.from_counter) {
                return Err(format!("Key {number} does not come after the key before it."));
            }
            if all.iter().any(|before| before.key == key) {
                return Err(format!("Key {number} stands there twice."));
            }
            all.push(Key { key, from_counter: one.from_counter });
        }
        if all.is_empty() { Err("It names no key.".to_owned()) } else { Ok(Self { all }) }
    }

    /// Returns the place of the key in force for the checkpoint with a counter.
    pub(crate) fn in_force(&self, counter: u64) -> Option<usize> {
        self.all.iter().rposition(|key| key.from_counter <= counter)
    }
}

/// Returns a public key as it is written.
pub(crate) fn written(key: &VerifyingKey) -> String {
    STANDARD.encode(key.as_bytes())
}

/// Reads a public key that the auditor typed: base64 of 32 bytes.
///
/// # Errors
/// [`Unreadable`] for anything else.
pub fn read_typed(text: &str) -> Result<[u8; 32], Unreadable> {
    let bytes = from_base64(text.trim()).and_then(|bytes| bytes.try_into().ok());
    bytes.ok_or_else(|| Unreadable("The key cannot be read: it is 44 characters that end in `=`.".to_owned()))
}
