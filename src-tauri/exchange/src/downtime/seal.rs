//! What seals the pack: a key of the plan's own, which the passphrase opens. The pack can then be written on a schedule
//! without anybody's passphrase, and opened with it without this program.

use crate::refusals::PASSPHRASE_SHORT;
use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use keepwell_kernel::{Error, Fault, Secret};
use pbkdf2::pbkdf2_hmac;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize as _, Zeroizing};

/// What both ciphers bind, so that one form is never taken for another.
const FORM: &str = "keepwell-downtime-1";
/// Rounds of PBKDF2-HMAC-SHA-256. A browser knows no better derivation; OWASP asks for 600,000 of this one.
const ROUNDS: u32 = 1_000_000;
/// The shortest passphrase, in characters.
const SHORTEST: usize = 12;
const PAGE: &str = include_str!("page.html");
const SCRIPT: &str = include_str!("page.js");

/// The plan's key, in clear for the program and sealed under the passphrase for everybody else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PackKey {
    key: [u8; 32],
    salt: [u8; 16],
    rounds: u32,
    wrap_nonce: [u8; 12],
    wrapped: Vec<u8>,
}

impl Drop for PackKey {
    fn drop(&mut self) {
        self.key.zeroize();
    }
}

impl PackKey {
    /// Makes a key that a passphrase opens.
    ///
    /// # Errors
    /// [`PASSPHRASE_SHORT`]; a fault without randomness.
    pub(super) fn make(passphrase: &Secret) -> Result<Self, Error> {
        let typed: Zeroizing<String> = Zeroizing::new(passphrase.reveal().nfc().collect());
        if typed.chars().count() < SHORTEST {
            return Err(PASSPHRASE_SHORT.at("passphrase").into());
        }
        let (mut key, mut salt, mut wrap_nonce) = ([0; 32], [0; 16], [0; 12]);
        fill(&mut key)?;
        fill(&mut salt)?;
        fill(&mut wrap_nonce)?;
        let mut opener = Zeroizing::new([0; 32]);
        pbkdf2_hmac::<Sha256>(typed.as_bytes(), &salt, ROUNDS, &mut *opener);
        let wrapped = encrypt(&opener, &wrap_nonce, &key)?;
        Ok(Self { key, salt, rounds: ROUNDS, wrap_nonce, wrapped })
    }

    /// Seals a pack, and returns the page that opens itself in a browser for whoever types the passphrase.
    ///
    /// # Errors
    /// A fault.
    pub(super) fn seal(&self, pack: &str) -> Result<String, Error> {
        let mut nonce = [0; 12];
        fill(&mut nonce)?;
        let sealed = encrypt(&self.key, &nonce, pack.as_bytes())?;
        let text = |bytes: &[u8]| STANDARD.encode(bytes);
        let envelope = json!({
            "form": FORM, "rounds": self.rounds, "salt": text(&self.salt), "wrap_nonce": text(&self.wrap_nonce),
            "wrapped": text(&self.wrapped), "nonce": text(&nonce), "sealed": text(&sealed),
        });
        Ok(PAGE.replacen("{script}", SCRIPT, 1).replacen("{envelope}", &envelope.to_string(), 1))
    }
}

fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes).map_err(|error| Fault::because(format!("no randomness: {error}")).into())
}

fn encrypt(key: &[u8; 32], nonce: &[u8; 12], msg: &[u8]) -> Result<Vec<u8>, Error> {
    let cipher = Aes256Gcm::new(key.into());
    let sealed = cipher.encrypt(&Nonce::from(*nonce), Payload { msg, aad: FORM.as_bytes() });
    sealed.map_err(|_| Fault::because("the downtime pack could not be sealed").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn decrypt(key: &[u8], nonce: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let cipher = Aes256Gcm::new(key.try_into().unwrap());
        let nonce: [u8; 12] = nonce.try_into().unwrap();
        cipher.decrypt(&Nonce::from(nonce), Payload { msg: sealed, aad: FORM.as_bytes() }).ok()
    }

    /// Opens a page as `DOWNTIME.md` says.
    fn open(page: &str, passphrase: &str) -> Option<String> {
        let (_, rest) = page.split_once("<script type=\"application/json\" id=\"envelope\">").unwrap();
        let envelope: Value = serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
        let bytes = |field: &str| STANDARD.decode(envelope[field].as_str().unwrap()).unwrap();
        let mut opener = [0; 32];
        let rounds = u32::try_from(envelope["rounds"].as_u64().unwrap()).unwrap();
        pbkdf2_hmac::<Sha256>(passphrase.as_bytes(), &bytes("salt"), rounds, &mut opener);
        let key = decrypt(&opener, &bytes("wrap_nonce"), &bytes("wrapped"))?;
        Some(String::from_utf8(decrypt(&key, &bytes("nonce"), &bytes("sealed")).unwrap()).unwrap())
    }

    #[test]
    fn a_pack_opens_with_its_passphrase_and_with_no_other() {
        let key = PackKey::make(&Secret::new("cafe\u{301} on the corner".to_owned())).unwrap();
        let page = key.seal("<p>Nguyen</p>").unwrap();
        assert!(!page.contains("Nguyen") && !page.contains("{script}") && !page.contains("{envelope}"));
        assert_eq!(open(&page, "caf\u{e9} on the corner").as_deref(), Some("<p>Nguyen</p>"));
        assert_eq!(open(&page, "cafe on the corner"), None);
        assert_ne!(key.seal("<p>Nguyen</p>").unwrap(), page, "each pack has a nonce of its own");
        let short = PackKey::make(&Secret::new("short".to_owned()));
        assert!(matches!(short, Err(Error::Refused(refusal)) if refusal.code == PASSPHRASE_SHORT));
    }
}
