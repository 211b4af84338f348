//! What seals the pack: a key of the plan's own, which the passphrase opens. The pack can then be written on a schedule
//! without anybody's passphrase, and opened with it without this program.

use crate::refusals::PASSPHRASE_SHORT;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use keepwell_kernel::{Error, Fault, Secret};
use keepwell_vault::{BrowserKey, BrowserSealed};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

const FORM: &str = "keepwell-downtime-1";
/// The shortest passphrase, in characters.
const SHORTEST: usize = 12;
const PAGE: &str = include_str!("page.html");

/// Makes a key that a passphrase opens.
///
/// # Errors
/// [`PASSPHRASE_SHORT`]; a fault without randomness.
pub(super) fn key_for(passphrase: &Secret) -> Result<BrowserKey, Error> {
    let typed: Zeroizing<String> = Zeroizing::new(passphrase.reveal().nfc().collect());
    if typed.chars().count() < SHORTEST {
        return Err(PASSPHRASE_SHORT.at("passphrase").into());
    }
    Ok(BrowserKey::make(&typed, FORM)?)
}

/// Seals a pack, and returns the page that opens itself in a browser for whoever types the passphrase.
///
/// # Errors
/// A fault.
pub(super) fn page(key: &BrowserKey, pack: &str) -> Result<String, Error> {
    let BrowserSealed { nonce, sealed } = key.seal(pack.as_bytes(), FORM)?;
    let text = |bytes: &[u8]| STANDARD.encode(bytes);
    let envelope = json!({
        "form": FORM, "rounds": key.rounds, "salt": text(&key.salt), "wrap_nonce": text(&key.wrap_nonce),
        "wrapped": text(&key.wrapped), "nonce": text(&nonce), "sealed": text(&sealed),
    });
    Ok(PAGE.replacen("{script}", &script_digest()?, 1).replacen("{envelope}", &envelope.to_string(), 1))
}

/// Returns what the page's policy names its one script by (CSP level 3, hash source): nothing else runs in it and nothing is
/// fetched, whatever a name might be taken for.
fn script_digest() -> Result<String, Error> {
    let script = PAGE.split_once("<script>").and_then(|(_, rest)| rest.split_once("</script>"));
    let (script, _) = script.ok_or_else(|| Fault::because("the downtime page has no script"))?;
    Ok(STANDARD.encode(Sha256::digest(script.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_passphrase_is_refused_however_it_is_written() {
        // Eleven letters, one of them written as two signs.
        let short = key_for(&Secret::new("cafe\u{301} corner".to_owned()));
        assert!(matches!(short, Err(Error::Refused(refusal)) if refusal.code == PASSPHRASE_SHORT));
        let page = page(&key_for(&Secret::new("caf\u{e9} on a corner".to_owned())).unwrap(), "<p>Nguyen</p>").unwrap();
        assert!(!page.contains("Nguyen") && !page.contains("{envelope}") && page.contains(FORM));
        assert!(!page.contains("{script}") && page.contains("default-src 'none'"));
    }
}
