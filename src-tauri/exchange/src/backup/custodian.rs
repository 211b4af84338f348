//! Somebody else to whose key each backup is sealed, beside the practice's own keys: whoever keeps the files for it, and can
//! then show that they open. What such a key opens is the envelope; the rows in it are sealed still.

use crate::refusals::{CUSTODIAN_KEY, CUSTODIAN_SECRET};
use age::x25519::Recipient;
use keepwell_kernel::Refusal;
use keepwell_vault::PublicKey;

/// What a private key of age begins with.
const SECRET: &str = "age-secret-key-";
/// What nobody needs to open, and a sealing of it fails where the key is one that opens for everybody.
const TRIAL: &[u8] = b"keepwell/custodian";

/// Reads what was typed as a public key of age, and returns it as age writes it.
///
/// # Errors
/// A refusal where it is none. One that a private key was typed for never repeats it.
pub(super) fn public_key(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.get(..SECRET.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(SECRET)) {
        return Err(CUSTODIAN_SECRET.at("custodian"));
    }
    let refused = || CUSTODIAN_KEY.at("custodian");
    // Somebody may have copied it from a machine that writes in capitals; the check at its end is not about them.
    let key = kept(&typed.to_lowercase()).ok_or_else(refused)?;
    let (_, bytes) = bech32::decode(&key.to_string()).map_err(|_| refused())?;
    let bytes = <[u8; 32]>::try_from(bytes).map_err(|_| refused())?;
    PublicKey(bytes).seal(TRIAL, TRIAL).map_err(|_| refused())?;
    Ok(key.to_string())
}

/// Reads a public key that is kept.
pub(super) fn kept(text: &str) -> Option<Recipient> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bech32::{Bech32, Bech32m, Hrp};

    #[test]
    fn a_public_key_of_age_is_taken_and_nothing_else() {
        let own = age::x25519::Identity::generate();
        let text = own.to_public().to_string();
        assert_eq!(public_key(&format!(" {text}\n")).as_ref(), Ok(&text));
        assert_eq!(public_key(&text.to_uppercase()).as_ref(), Ok(&text), "as bech32 allows");
        assert_eq!(kept(&text).map(|key| key.to_string()).as_ref(), Some(&text));
        let of = |prefix: &str, bytes: &[u8]| bech32::encode::<Bech32>(Hrp::parse(prefix).unwrap(), bytes).unwrap();
        let checked = bech32::encode::<Bech32m>(Hrp::parse("age").unwrap(), &[7; 32]).unwrap();
        let mistyped = text.replace(&text[20..21], if &text[20..21] == "q" { "p" } else { "q" });
        let wrong = [
            "",
            "age1",
            "Ana",
            &text[..40],
            &mistyped,
            &checked,
            &of("age", &[7; 31]),
            &of("bge", &[7; 32]),
            // Whatever is sealed to it opens for everybody (RFC 7748, section 6.1).
            &of("age", &[0; 32]),
            &of("age", &[[1].as_slice(), &[0; 31]].concat()),
        ];
        for text in wrong {
            assert_eq!(public_key(text), Err(CUSTODIAN_KEY.at("custodian")), "{text}");
        }
        for secret in ["AGE-SECRET-KEY-1QQQ", "age-secret-key-1qqq"] {
            assert_eq!(public_key(secret), Err(CUSTODIAN_SECRET.at("custodian")));
        }
    }
}
