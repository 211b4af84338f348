//! The second factor: time-based codes (RFC 6238) and ten recovery codes that count once each.

use crate::kit::qr_svg;
use keepwell_kernel::{Compartment, Error, Fault, Instant, PatientId, StaffId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table, VaultError, random};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use totp_rs::{Builder, Totp};
use ts_rs::TS;

const RECOVERY_CODES: usize = 10;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What the person enrols: shown once.
#[derive(Serialize, TS)]
pub struct SecondFactor {
    /// For the authenticator.
    pub totp_uri: String,
    /// The secret as text, where no camera is at hand.
    pub secret: String,
    /// The URI as a QR code.
    pub qr_svg: String,
    /// Ten codes for the day the authenticator is lost.
    pub recovery_codes: Vec<String>,
}

/// A person's second factor, sealed under that person's own key.
#[derive(Serialize, Deserialize)]
pub struct StoredSecondFactor {
    staff: StaffId,
    secret: [u8; 20],
    /// SHA-256 of each recovery code that was not used yet; the codes have 50 random bits.
    recovery: Vec<[u8; 32]>,
}

impl Drop for StoredSecondFactor {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.secret);
    }
}

impl Record for StoredSecondFactor {
    const TABLE: Table = Table {
        number: 0x0206,
        name: "second factors",
        compartment: Compartment::Personal,
        write_once: false,
        schema: 1,
    };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        factor_row(key, self.staff)
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

/// Makes the key of a person's second factor. It is blinded by the person's own key: whoever begins again with new keys
/// begins at a new place, and never meets what only the old keys open.
#[must_use]
pub fn factor_row(key: KeyMaker<'_>, staff: StaffId) -> RowKey {
    key.blind("second factor", staff.bytes()).done()
}

/// What a typed code turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// A code of this time step.
    Step(u64),
    /// A code of a step that was accepted before.
    Used,
    /// A recovery code, which is now used up.
    Recovery,
    /// Nothing.
    Wrong,
}

impl StoredSecondFactor {
    /// Makes a new one and what the person is shown.
    ///
    /// # Errors
    /// [`Error`] when the machine gives no random bytes.
    pub fn make(staff: StaffId, user_name: &str, practice: &str) -> Result<(Self, SecondFactor), Error> {
        let secret: [u8; 20] = random().map_err(VaultError::from)?;
        let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code()).collect::<Result<_, _>>()?;
        let stored = Self { staff, secret, recovery: codes.iter().map(|code| hash(code)).collect() };
        let totp = stored.totp(user_name, practice)?;
        let totp_uri = totp.to_url().map_err(|error| Fault::because(error.to_string()))?;
        let qr_svg = qr_svg(&totp_uri)?;
        let secret = totp_rs::Secret::from(stored.secret.to_vec()).to_base32();
        Ok((stored, SecondFactor { totp_uri, secret, qr_svg, recovery_codes: codes }))
    }

    fn totp(&self, user_name: &str, practice: &str) -> Result<Totp, Error> {
        // A colon would end the issuer in the URI (Key URI Format), so it may not be in either part.
        let issuer = format!("Keepwell {}", practice.replace(':', " "));
        let builder =
            Builder::new().with_secret(self.secret.to_vec()).with_account_name(user_name).with_issuer(Some(issuer));
        builder.build().map_err(|error| Fault::because(error.to_string()).into())
    }

    /// Checks a code. A step up to `last_step` never counts again, so a clock that was set back does not help.
    ///
    /// # Errors
    /// [`Error`].
    pub fn check(&mut self, code: &str, now: Instant, last_step: u64) -> Result<Checked, Error> {
        let typed: String = code.chars().filter(|one| !one.is_whitespace() && *one != '-').collect();
        if typed.len() == 6 && typed.bytes().all(|digit| digit.is_ascii_digit()) {
            let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
            return Ok(match self.totp("user", "practice")?.check(&typed, seconds) {
                Some(step) if step > last_step => Checked::Step(step),
                Some(_) => Checked::Used,
                None => Checked::Wrong,
            });
        }
        let typed = hash(&typed);
        let before = self.recovery.len();
        self.recovery.retain(|kept| !bool::from(kept.ct_eq(&typed)));
        Ok(if self.recovery.len() < before { Checked::Recovery } else { Checked::Wrong })
    }
}

fn recovery_code() -> Result<String, Error> {
    let bytes: [u8; 10] = random().map_err(VaultError::from)?;
    let letters =
        bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).map(|letter| char::from(*letter)));
    let code: String = letters.collect();
    let (first, second) =
        code.split_at_checked(5).ok_or_else(|| Fault::because("a recovery code of a wrong length"))?;
    Ok(format!("{first}-{second}"))
}

/// Hashes a code as it is meant, however it is typed: case, dashes and the letters that look like digits.
fn hash(code: &str) -> [u8; 32] {
    let meant: String = code
        .chars()
        .filter(|one| !one.is_whitespace() && *one != '-')
        .map(|one| match one.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    Sha256::digest(meant.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> (StoredSecondFactor, SecondFactor) {
        StoredSecondFactor::make(StaffId::make(), "n.ito", "Lakeside: Main").unwrap()
    }

    #[test]
    fn a_step_counts_once_and_never_after_a_later_one() {
        let (mut stored, shown) = made();
        let totp = Totp::from_url(&shown.totp_uri).unwrap();
        let at = |seconds: u64| Instant::from_timestamp(i64::try_from(seconds).unwrap(), 0).unwrap();
        let code = |seconds: u64| -> String { totp.generate(seconds).to_string() };
        let noon = 1_795_305_600;
        let Checked::Step(step) = stored.check(&code(noon), at(noon), 0).unwrap() else { panic!("the code is right") };
        assert_eq!(stored.check(&code(noon), at(noon), step).unwrap(), Checked::Used);
        assert_eq!(
            stored.check(&code(noon - 3600), at(noon - 3600), step).unwrap(),
            Checked::Used,
            "the clock was set back"
        );
        assert!(
            matches!(stored.check(&code(noon + 30), at(noon + 30), step).unwrap(), Checked::Step(next) if next > step)
        );
        assert_eq!(stored.check("000000", at(noon), 0).unwrap() == Checked::Wrong, code(noon) != "000000");
    }

    #[test]
    fn a_recovery_code_counts_once_however_it_is_typed() {
        let (mut stored, shown) = made();
        let now = Instant::from_timestamp(1_795_305_600, 0).unwrap();
        for code in &shown.recovery_codes {
            let typed = code.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            assert_eq!(stored.check(&typed, now, 0).unwrap(), Checked::Recovery, "{code}");
            assert_eq!(stored.check(code, now, 0).unwrap(), Checked::Wrong, "{code} a second time");
        }
        assert_eq!(stored.recovery.len(), 0);
    }
}
