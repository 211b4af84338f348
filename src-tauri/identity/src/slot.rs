//! The sign-in slot: what stands between a typed passphrase and a person's private keys.
//!
//! It is found by a blinded user name, so that no staff name stands in clear, and it counts failures where they
//! survive a restart. The keys themselves are sealed under passphrase and device key.

use crate::refusals::{LOCKED_OUT, WAIT};
use crate::staff::user_name_key;
use chrono::Duration;
use keepwell_kernel::{Code, Compartment, Instant, PatientId, StaffId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{
    Cost, Index, Key, KeyMaker, PassphraseError, PassphraseSeal, PublicKey, Record, RowKey, Table, VaultError,
};
use serde::{Deserialize, Serialize};

/// Wrong tries in a row that close the slot (NIST SP 800-63B-4 section 3.2.2).
pub const FAILURES_MAX: u32 = 100;
/// Wrong tries that cost no wait.
const FREE_TRIES: u32 = 3;
/// The longest wait, in seconds.
const WAIT_SECONDS_MAX: i64 = 900;

/// A person's private keys in memory.
pub struct PrivateKeys {
    /// Opens the grants (X25519).
    pub opening: Key,
    /// Signs notes and consents (Ed25519 seed).
    pub signing: Key,
}

impl PrivateKeys {
    /// Makes new keys.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn make() -> Result<Self, VaultError> {
        Ok(Self { opening: Key::make()?, signing: Key::make()? })
    }

    /// Returns the public half of the opening key.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey::of(&self.opening)
    }

    /// Returns the public half of the signing key.
    #[must_use]
    pub fn verifying(&self) -> [u8; 32] {
        keepwell_vault::verifying_key(&self.signing)
    }
}

/// What opens the slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Opener {
    /// The person's passphrase.
    Passphrase,
    /// A one-time invitation code, until then.
    Invitation(Instant),
}

/// A sign-in slot.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignInSlot {
    /// Whose.
    pub staff: StaffId,
    /// The user name, to find the slot again.
    pub user_name: String,
    /// What opens it.
    pub opener: Opener,
    /// Suspended at once, whatever the passphrase.
    pub suspended: bool,
    /// The second factor was confirmed, so a code is always asked for.
    pub second_factor_confirmed: bool,
    /// Wrong tries in a row.
    pub failures: u32,
    /// No try before then.
    pub not_before: Option<Instant>,
    /// The last TOTP step that was accepted; no step up to it counts again.
    pub last_step: u64,
    sealed: PassphraseSeal,
}

impl Record for SignInSlot {
    const TABLE: Table =
        Table { number: 0x0203, name: "sign-in slots", compartment: Compartment::Device, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        user_name_key(key, &self.user_name)
    }

    fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
        Vec::new()
    }

    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        match schema {
            1 => decode(Self::TABLE, schema, bytes),
            _ => unknown_schema(Self::TABLE, schema),
        }
    }
}

impl SignInSlot {
    /// Makes a slot that a passphrase or a code opens.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn make(
        staff: StaffId,
        user_name: &str,
        opener: Opener,
        secret: &str,
        device: &Key,
        keys: &PrivateKeys,
    ) -> Result<Self, VaultError> {
        Ok(Self {
            staff,
            user_name: user_name.trim().to_owned(),
            opener,
            suspended: false,
            second_factor_confirmed: false,
            failures: 0,
            not_before: None,
            last_step: 0,
            sealed: seal(staff, secret, device, keys)?,
        })
    }

    /// Seals the same keys under another passphrase.
    ///
    /// # Errors
    /// [`VaultError`].
    pub fn reseal(&mut self, secret: &str, device: &Key, keys: &PrivateKeys) -> Result<(), VaultError> {
        self.sealed = seal(self.staff, secret, device, keys)?;
        Ok(())
    }

    /// Opens the private keys.
    ///
    /// # Errors
    /// [`PassphraseError::Wrong`] for a wrong secret.
    pub fn open(&self, secret: &str, device: &Key) -> Result<PrivateKeys, PassphraseError> {
        let opened = self.sealed.open(secret, device, self.staff.bytes())?;
        let (opening, signing) = opened.split_at_checked(32).ok_or(PassphraseError::Wrong)?;
        let key = |bytes: &[u8]| Key::from_slice(bytes).ok_or(PassphraseError::Wrong);
        Ok(PrivateKeys { opening: key(opening)?, signing: key(signing)? })
    }

    /// Says why there is no try now.
    #[must_use]
    pub fn closed_at(&self, now: Instant) -> Option<Code> {
        if self.failures >= FAILURES_MAX {
            return Some(LOCKED_OUT);
        }
        self.not_before.is_some_and(|then| now < then).then_some(WAIT)
    }

    /// Counts a wrong try. The wait doubles with each, and stands as an instant, so that a clock set back only makes
    /// it longer.
    pub fn failed(&mut self, now: Instant) {
        self.failures += 1;
        let beyond = self.failures.saturating_sub(FREE_TRIES).min(16);
        let seconds = if beyond == 0 { 0 } else { (1i64 << beyond).min(WAIT_SECONDS_MAX) };
        self.not_before = Some(now + Duration::seconds(seconds));
    }

    /// Forgets wrong tries after a right one.
    pub const fn succeeded(&mut self) {
        self.failures = 0;
        self.not_before = None;
    }
}

fn seal(staff: StaffId, secret: &str, device: &Key, keys: &PrivateKeys) -> Result<PassphraseSeal, VaultError> {
    let both = zeroize::Zeroizing::new([keys.opening.bytes().as_slice(), keys.signing.bytes()].concat());
    Ok(PassphraseSeal::make(Cost::calibrated(), secret, device, staff.bytes(), &both)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot() -> SignInSlot {
        let (device, keys) = (Key::make().unwrap(), PrivateKeys::make().unwrap());
        SignInSlot::make(StaffId::make(), "n.ito", Opener::Passphrase, "secret", &device, &keys).unwrap()
    }

    #[test]
    fn waits_grow_to_fifteen_minutes_and_a_hundred_tries_close_the_slot() {
        let mut slot = slot();
        let mut now = Instant::from_timestamp_millis(0).unwrap();
        let mut waits = Vec::new();
        for _ in 0..FAILURES_MAX {
            slot.failed(now);
            let until = slot.not_before.unwrap();
            waits.push((until - now).num_seconds());
            now = until;
        }
        assert_eq!(waits.iter().take(6).copied().collect::<Vec<_>>(), [0, 0, 0, 2, 4, 8]);
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "waits never shrink");
        assert_eq!(waits.last(), Some(&WAIT_SECONDS_MAX));
        assert_eq!(slot.closed_at(now + Duration::days(365)), Some(LOCKED_OUT));
    }

    #[test]
    fn a_clock_set_back_does_not_shorten_the_wait() {
        let mut slot = slot();
        let now = Instant::from_timestamp_millis(1_000_000_000_000).unwrap();
        (0..10).for_each(|_| slot.failed(now));
        assert_eq!(slot.closed_at(now - Duration::days(1)), Some(WAIT));
    }
}
