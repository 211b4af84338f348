//! Signed notes as C2SP writes them down, and the public keys that sign them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};

use crate::tree::hash;

/// How many signature lines are read, so that a hostile note cannot cost unbounded work.
const MOST_SIGNATURES: usize = 100;

/// A note split into what is signed and who says so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Note<'a> {
    /// The text, with its last line feed.
    pub(crate) text: &'a str,
    signatures: &'a str,
}

impl<'a> Note<'a> {
    /// Splits a note; nothing when it has not the form of FORMAT.md section 6.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        // Bytes that are no text are no note; the caller says so.
        let note = std::str::from_utf8(bytes).ok()?;
        if note.bytes().any(|sign| sign != b'\n' && (sign < 32 || sign == 127)) {
            return None;
        }
        let (body, signatures) = note.rsplit_once("\n\n")?;
        let text = note.get(..=body.len()).filter(|_| !body.is_empty())?;
        let signatures = signatures.strip_suffix('\n')?;
        let note = Self { text, signatures };
        let well_formed = note.lines().count() <= MOST_SIGNATURES && note.lines().all(|line| signature(line).is_some());
        well_formed.then_some(note)
    }

    fn lines(&self) -> impl Iterator<Item = &'a str> {
        self.signatures.split('\n')
    }

    /// Says whether exactly one line bears the name and the key's hash, and is that key's signature.
    pub(crate) fn is_signed_by(&self, name: &str, key: &VerifyingKey) -> bool {
        let id = key_hash(name, key);
        let mut ours = self.lines().filter_map(signature).filter(|(signer, found, _)| *signer == name && *found == id);
        let (Some((_, _, bytes)), None) = (ours.next(), ours.next()) else { return false };
        Signature::from_slice(&bytes).is_ok_and(|signature| key.verify_strict(self.text.as_bytes(), &signature).is_ok())
    }
}

/// Returns the first 4 bytes of SHA-256(name ‖ 0A ‖ 01 ‖ key), by which a signature line names its key.
fn key_hash(name: &str, key: &VerifyingKey) -> [u8; 4] {
    let [a, b, c, d, ..] = hash(&[name.as_bytes(), &[0x0a, 0x01], key.as_bytes()]);
    [a, b, c, d]
}

/// Reads a signature line: name, key hash, signature.
fn signature(line: &str) -> Option<(&str, [u8; 4], Vec<u8>)> {
    let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = from_base64(encoded)?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    (is_name(name) && !signature.is_empty()).then(|| (name, *id, signature.to_vec()))
}

/// Says whether a text may name a key or a vault.
pub(crate) fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|sign| sign.is_whitespace() || sign.is_control() || sign == '+')
}

/// Returns what a text in the one form of base64 stands for.
pub(crate) fn from_base64(text: &str) -> Option<Vec<u8>> {
    // Whoever asks names the place that cannot be read.
    STANDARD.decode(text).ok()
}

/// Returns 32 bytes from base64.
pub(crate) fn hash_from_base64(text: &str) -> Option<[u8; 32]> {
    from_base64(text)?.try_into().ok()
}

/// Returns 32 bytes from lower-case hex.
pub(crate) fn hash_from_hex(text: &str) -> Option<[u8; 32]> {
    let bytes: [u8; 32] = hex::decode(text).ok()?.try_into().ok()?;
    (hex::encode(bytes) == text).then_some(bytes)
}

/// Returns a decimal number without sign or leading zero.
pub(crate) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|sign| sign.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    plain.then_some(text)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_of_another_form_are_refused() {
        let good = "text\n\n— w AAAAAAA=\n";
        assert_eq!(Note::read(good.as_bytes()).unwrap().text, "text\n");
        assert_eq!(Note::read(b"a\n\nb\n\n\xe2\x80\x94 w AAAAAAA=\n").unwrap().text, "a\n\nb\n");
        for malformed in [
            "",
            "\n\n",
            "\n\n— w AAAAAAA=\n",
            "text\n",
            "text\n\n",
            "text\n\n\n",
            "text\n\n— w AAAAAAA=",
            "text\n\n— w AAAAAA==\n",
            "text\n\n— w AAAAAAB=\n",
            "text\n\n- w AAAAAAA=\n",
            "text\n\n— w+w AAAAAAA=\n",
            "text\n\n—  AAAAAAA=\n",
            "te\rxt\n\n— w AAAAAAA=\n",
            "te\u{7f}xt\n\n— w AAAAAAA=\n",
        ] {
            assert!(Note::read(malformed.as_bytes()).is_none(), "{malformed:?}");
        }
        let many = |count: usize| format!("text\n\n{}", "— w AAAAAAA=\n".repeat(count));
        assert!(Note::read(many(100).as_bytes()).is_some());
        assert!(Note::read(many(101).as_bytes()).is_none());
        assert!(Note::read(b"text\xff\n\n").is_none());
    }

    #[test]
    fn numbers_have_one_form() {
        assert_eq!(
            (decimal("0"), decimal("4711"), decimal("18446744073709551615")),
            (Some(0), Some(4711), Some(u64::MAX))
        );
        for text in ["", "-1", "+1", "00", "01", "1 ", "1.0", "18446744073709551616", "١"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
