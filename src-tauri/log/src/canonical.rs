//! The bytes a log entry is hashed from, described so that a verifier can be written from this comment alone.
//!
//! **A document** is a run of fields and nothing else. All integers are big-endian. A field is
//! ```text
//! tag     2 bytes   an unsigned number, larger than the tag of the field before
//! kind    1 byte    01 unsigned, 02 signed, 03 text, 04 bytes, 05 list
//! length  4 bytes   the number of bytes in the value
//! value             01: 8 bytes, unsigned        02: 8 bytes, two's complement
//!                   03: UTF-8                    04: anything
//!                   05: items, each a length of 4 bytes followed by that many bytes (an item may be a document)
//! ```
//! A field without a value is left out, so a document has exactly one form. Texts are taken as they are: no case,
//! white space or Unicode form is changed.
//!
//! **A header** is a document that names no patient and says nothing about one:
//! ```text
//! 1 text      "keepwell/log-header/1"
//! 2 unsigned  sequence: the index of the entry's leaf, from 0
//! 3 signed    time: milliseconds since 1970-01-01T00:00:00Z
//! 4 signed    offset in force, in seconds east of UTC
//! 5 text      actor        (left out when nobody was signed in)
//! 6 text      session      (left out when nobody was signed in)
//! 7 text      operation, such as patients.register
//! 8 text      outcome: done, refused, denied or fault
//! 9 text      correlation  (left out when there is none)
//! 10 text     causation    (left out when there is none)
//! ```
//! **A leaf** is SHA-256(00 || SHA-256(header) || SHA-256(salt || payload)), where 00 is the leaf prefix of RFC 6962,
//! the salt is 32 random bytes and the payload is all that may concern a patient. When an entry is redacted, salt and
//! payload are replaced by the second hash alone: the leaf stays the same, and the salt, which is gone, keeps anyone
//! from guessing the payload by trying.

use crate::tree::{Hash, leaf_hash};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Is the first field of every header, so that no other document can pass for one.
const HEADER_LABEL: &str = "keepwell/log-header/1";

/// Says why bytes are not the canonical form of a document, or why a document has none. Only tags are named, never
/// values, so the message carries no PHI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CanonicalError {
    /// The bytes end in the middle of a field.
    #[error("the record is cut short")]
    Truncated,
    /// Another field stands where this one was expected, or it is missing.
    #[error("field {0} is missing or out of order")]
    FieldExpected(u16),
    /// The field is of another kind.
    #[error("field {0} is of the wrong kind")]
    WrongKind(u16),
    /// The value's length does not fit its kind.
    #[error("field {0} has the wrong length")]
    WrongLength(u16),
    /// The text is not UTF-8.
    #[error("field {0} is not text")]
    NotText(u16),
    /// The value is not one that this field may hold.
    #[error("field {0} holds a value it may not hold")]
    WrongValue(u16),
    /// Bytes follow the last field.
    #[error("something follows the end of the record")]
    Trailing,
}

/// The five kinds of field.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Kind {
    Unsigned = 1,
    Signed = 2,
    Text = 3,
    Bytes = 4,
    List = 5,
}

/// Writes a document field by field, in rising order of tags. It has no `Debug`, because payloads pass through it.
///
/// The first mistake (a tag out of order, a value of 4 GiB or more) is kept and returned by [`Writer::finish`], so
/// calls can be chained.
#[must_use]
pub struct Writer {
    bytes: Vec<u8>,
    next: u32,
    mistake: Option<CanonicalError>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// Returns a writer of an empty document.
    pub fn new() -> Self {
        Self { bytes: Vec::new(), next: 0, mistake: None }
    }

    /// Adds an unsigned number.
    pub fn unsigned(self, tag: u16, value: u64) -> Self {
        self.field(tag, Kind::Unsigned, &value.to_be_bytes())
    }

    /// Adds a signed number.
    pub fn signed(self, tag: u16, value: i64) -> Self {
        self.field(tag, Kind::Signed, &value.to_be_bytes())
    }

    /// Adds a text.
    pub fn text(self, tag: u16, value: &str) -> Self {
        self.field(tag, Kind::Text, value.as_bytes())
    }

    /// Adds a text if there is one. An empty text is a field, no text is none.
    pub fn optional_text(self, tag: u16, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(tag, value),
            None => self,
        }
    }

    /// Adds bytes.
    pub fn bytes(self, tag: u16, value: &[u8]) -> Self {
        self.field(tag, Kind::Bytes, value)
    }

    /// Adds a list of items, in the order given. An empty list is a field.
    pub fn list<T: AsRef<[u8]>>(mut self, tag: u16, items: impl IntoIterator<Item = T>) -> Self {
        let mut value = Vec::new();
        for item in items {
            match u32::try_from(item.as_ref().len()) {
                Ok(length) => value.extend(length.to_be_bytes()),
                Err(_) => self.mistake = self.mistake.or(Some(CanonicalError::WrongLength(tag))),
            }
            value.extend(item.as_ref());
        }
        self.field(tag, Kind::List, &value)
    }

    /// Returns the document.
    ///
    /// # Errors
    /// Returns the first mistake made: a tag out of order or a value too long.
    pub fn finish(self) -> Result<Vec<u8>, CanonicalError> {
        match self.mistake {
            Some(mistake) => Err(mistake),
            None => Ok(self.bytes),
        }
    }

    fn field(mut self, tag: u16, kind: Kind, value: &[u8]) -> Self {
        if u32::from(tag) < self.next {
            self.mistake = self.mistake.or(Some(CanonicalError::FieldExpected(tag)));
        }
        let Ok(length) = u32::try_from(value.len()) else {
            self.mistake = self.mistake.or(Some(CanonicalError::WrongLength(tag)));
            return self;
        };
        self.next = u32::from(tag) + 1;
        self.bytes.extend(tag.to_be_bytes());
        self.bytes.push(kind as u8);
        self.bytes.extend(length.to_be_bytes());
        self.bytes.extend(value);
        self
    }
}

/// Reads a document field by field, in the order of its tags, and accepts no form but the one [`Writer`] gives.
///
/// It has no `Debug`, because payloads pass through it. Call [`Reader::finish`] after the last field, or bytes after
/// it go unnoticed.
#[must_use]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Returns a reader at the start of a document.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Reads an unsigned number.
    ///
    /// # Errors
    /// Returns a [`CanonicalError`] unless the next field has this tag, this kind and 8 bytes.
    pub fn unsigned(&mut self, tag: u16) -> Result<u64, CanonicalError> {
        let value = self.field(tag, Kind::Unsigned)?;
        value.try_into().map(u64::from_be_bytes).map_err(|_| CanonicalError::WrongLength(tag))
    }

    /// Reads a signed number.
    ///
    /// # Errors
    /// Returns a [`CanonicalError`] unless the next field has this tag, this kind and 8 bytes.
    pub fn signed(&mut self, tag: u16) -> Result<i64, CanonicalError> {
        let value = self.field(tag, Kind::Signed)?;
        value.try_into().map(i64::from_be_bytes).map_err(|_| CanonicalError::WrongLength(tag))
    }

    /// Reads a text.
    ///
    /// # Errors
    /// Returns a [`CanonicalError`] unless the next field has this tag and this kind and is UTF-8.
    pub fn text(&mut self, tag: u16) -> Result<&'a str, CanonicalError> {
        std::str::from_utf8(self.field(tag, Kind::Text)?).map_err(|_| CanonicalError::NotText(tag))
    }

    /// Reads a text, or `None` if the next field has another tag or there is none.
    ///
    /// # Errors
    /// Returns a [`CanonicalError`] when the field is there but is not a UTF-8 text.
    pub fn optional_text(&mut self, tag: u16) -> Result<Option<&'a str>, CanonicalError> {
        match self.rest.first_chunk::<2>() {
            Some(next) if u16::from_be_bytes(*next) == tag => self.text(tag).map(Some),
            _ => Ok(None),
        }
    }

    /// Reads bytes.
    ///
    /// # Errors
    /// Returns a [`CanonicalError`] unless the next field has this tag and this kind.
    pub fn bytes(&mut self, tag: u16) -> Result<&'a [u8], CanonicalError> {
        self.field(tag, Kind::Bytes)
    }

    /// Reads a list of items.
    ///
    /// # Errors
    /// Returns a [`CanonicalError`] unless the next field has this tag and this kind and its items fill it exactly.
    pub fn list(&mut self, tag: u16) -> Result<Vec<&'a [u8]>, CanonicalError> {
        let mut value = self.field(tag, Kind::List)?;
        let mut items = Vec::new();
        while !value.is_empty() {
            let (item, rest) = split_value(value).ok_or(CanonicalError::WrongLength(tag))?;
            items.push(item);
            value = rest;
        }
        Ok(items)
    }

    /// Checks that the document ends here.
    ///
    /// # Errors
    /// Returns [`CanonicalError::Trailing`] when bytes are left.
    pub fn finish(self) -> Result<(), CanonicalError> {
        if self.rest.is_empty() { Ok(()) } else { Err(CanonicalError::Trailing) }
    }

    /// Reads the value of the next field. It moves on only when the field is the expected one.
    fn field(&mut self, tag: u16, kind: Kind) -> Result<&'a [u8], CanonicalError> {
        if self.rest.is_empty() {
            return Err(CanonicalError::FieldExpected(tag));
        }
        let (start, after) = self.rest.split_first_chunk::<3>().ok_or(CanonicalError::Truncated)?;
        let [high, low, found] = *start;
        if u16::from_be_bytes([high, low]) != tag {
            return Err(CanonicalError::FieldExpected(tag));
        }
        if found != kind as u8 {
            return Err(CanonicalError::WrongKind(tag));
        }
        let (value, rest) = split_value(after).ok_or(CanonicalError::Truncated)?;
        self.rest = rest;
        Ok(value)
    }
}

/// Splits a length of 4 bytes and that many bytes off the front.
fn split_value(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

/// The part of a log entry that stays readable when the entry is redacted. It holds no PHI: identifiers and closed
/// words only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The index of the entry's leaf, from 0.
    pub sequence: u64,
    /// The moment, in milliseconds since 1970-01-01T00:00:00Z.
    pub at_millis: i64,
    /// The offset in force, in seconds east of UTC.
    pub offset_seconds: i32,
    /// The identifier of whoever acted, or `None` when nobody was signed in.
    pub actor: Option<String>,
    /// The identifier of the session, or `None` when nobody was signed in.
    pub session: Option<String>,
    /// The operation's wire name, such as `patients.register`.
    pub operation: String,
    /// The outcome: `done`, `refused` or `denied`.
    pub outcome: String,
    /// The identifier that entries of one piece of work share, if any.
    pub correlation: Option<String>,
    /// The identifier of the entry that led to this one, if any.
    pub causation: Option<String>,
}

impl Header {
    /// Returns the canonical bytes, as described at the top of this file.
    ///
    /// # Errors
    /// Returns [`CanonicalError::WrongLength`] when a text is 4 GiB or longer.
    pub fn to_bytes(&self) -> Result<Vec<u8>, CanonicalError> {
        Writer::new()
            .text(1, HEADER_LABEL)
            .unsigned(2, self.sequence)
            .signed(3, self.at_millis)
            .signed(4, i64::from(self.offset_seconds))
            .optional_text(5, self.actor.as_deref())
            .optional_text(6, self.session.as_deref())
            .text(7, &self.operation)
            .text(8, &self.outcome)
            .optional_text(9, self.correlation.as_deref())
            .optional_text(10, self.causation.as_deref())
            .finish()
    }

    /// Reads the canonical bytes.
    ///
    /// # Errors
    /// Returns a [`CanonicalError`] for anything but the exact form that [`Self::to_bytes`] gives.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut reader = Reader::new(bytes);
        if reader.text(1)? != HEADER_LABEL {
            return Err(CanonicalError::WrongValue(1));
        }
        let header = Self {
            sequence: reader.unsigned(2)?,
            at_millis: reader.signed(3)?,
            offset_seconds: reader.signed(4)?.try_into().map_err(|_| CanonicalError::WrongValue(4))?,
            actor: reader.optional_text(5)?.map(str::to_owned),
            session: reader.optional_text(6)?.map(str::to_owned),
            operation: reader.text(7)?.to_owned(),
            outcome: reader.text(8)?.to_owned(),
            correlation: reader.optional_text(9)?.map(str::to_owned),
            causation: reader.optional_text(10)?.map(str::to_owned),
        };
        reader.finish()?;
        Ok(header)
    }
}

/// Returns the salted commitment to a payload: SHA-256(salt || payload). It is all that is left of a redacted payload.
pub fn payload_commitment(salt: &[u8; 32], payload: &[u8]) -> Hash {
    Sha256::new().chain_update(salt).chain_update(payload).finalize().into()
}

/// Returns the 64 bytes that an entry's leaf is the [`leaf_hash`] of: SHA-256(header) || SHA-256(salt || payload).
pub fn leaf_data(header_bytes: &[u8], salt: &[u8; 32], payload: &[u8]) -> [u8; 64] {
    redacted_leaf_data(header_bytes, &payload_commitment(salt, payload))
}

/// Returns the same 64 bytes as [`leaf_data`] for an entry of which only the header and the commitment are left.
pub fn redacted_leaf_data(header_bytes: &[u8], commitment: &Hash) -> [u8; 64] {
    let header: Hash = Sha256::digest(header_bytes).into();
    let mut data = [0; 64];
    data.iter_mut().zip(header.iter().chain(commitment)).for_each(|(to, from)| *to = *from);
    data
}

/// Returns the leaf of a whole entry.
pub fn entry_leaf(header_bytes: &[u8], salt: &[u8; 32], payload: &[u8]) -> Hash {
    leaf_hash(&leaf_data(header_bytes, salt, payload))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample() -> Header {
        Header {
            sequence: 5,
            at_millis: 1_772_374_500_250,
            offset_seconds: -18_000,
            actor: Some("a1".to_owned()),
            session: None,
            operation: "patients.register".to_owned(),
            outcome: "done".to_owned(),
            correlation: Some(String::new()),
            causation: None,
        }
    }

    /// The hex and the leaf were made by an independent program (Python, `struct` and `hashlib`) from this file's
    /// description.
    #[test]
    fn known_header_and_leaf() {
        let bytes = sample().to_bytes().unwrap();
        assert_eq!(hex::encode(&bytes), KNOWN_HEADER.concat());
        assert_eq!(Header::from_bytes(&bytes), Ok(sample()));
        let (salt, payload) = ([9; 32], b"made-up payload");
        let leaf = entry_leaf(&bytes, &salt, payload);
        assert_eq!(hex::encode(leaf), KNOWN_LEAF);
        assert_eq!(leaf_data(&bytes, &salt, payload).len(), 64);
        let redacted = redacted_leaf_data(&bytes, &payload_commitment(&salt, payload));
        assert_eq!(leaf_hash(&redacted), leaf, "a redacted entry keeps its leaf");
    }

    const KNOWN_HEADER: &[&str] = &[
        "000103000000156b65657077656c6c2f6c6f672d6865616465722f31",
        "000201000000080000000000000005",
        "000302000000080000019ca9c0a39a",
        "00040200000008ffffffffffffb9b0",
        "000503000000026131",
        "0007030000001170617469656e74732e7265676973746572",
        "00080300000004646f6e65",
        "00090300000000",
    ];
    const KNOWN_LEAF: &str = "0fc3c467579854404bba9f58b1a3f30c2f66e16d28050f31a717cc13bde8d4ad";

    #[test]
    fn every_part_of_an_entry_changes_its_leaf() {
        let bytes = sample().to_bytes().unwrap();
        let leaf = entry_leaf(&bytes, &[9; 32], b"payload");
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_ne!(entry_leaf(&changed, &[9; 32], b"payload"), leaf);
        }
        assert_ne!(entry_leaf(&bytes, &[8; 32], b"payload"), leaf);
        assert_ne!(entry_leaf(&bytes, &[9; 32], b"payloae"), leaf);
    }

    #[test]
    fn every_kind_of_field_in_known_bytes() {
        let written = Writer::new()
            .unsigned(0, 258)
            .signed(1, -2)
            .text(2, "é")
            .optional_text(3, None)
            .bytes(255, &[0xff])
            .list(256, ["ab", ""])
            .list::<&str>(u16::MAX, [])
            .finish()
            .unwrap();
        let fields = [
            "0000 01 00000008 0000000000000102",
            "0001 02 00000008 fffffffffffffffe",
            "0002 03 00000002 c3a9",
            "00ff 04 00000001 ff",
            "0100 05 0000000a 00000002 6162 00000000",
            "ffff 05 00000000",
        ];
        assert_eq!(hex::encode(&written), fields.concat().replace(' ', ""));
        let mut reader = Reader::new(&written);
        assert_eq!(reader.unsigned(0), Ok(258));
        assert_eq!(reader.signed(1), Ok(-2));
        assert_eq!(reader.text(2), Ok("é"));
        assert_eq!(reader.optional_text(3), Ok(None));
        assert_eq!(reader.bytes(255), Ok(&[0xff][..]));
        assert_eq!(reader.list(256), Ok(vec![&b"ab"[..], b""]));
        assert_eq!(reader.list(u16::MAX), Ok(vec![]));
        assert_eq!(reader.finish(), Ok(()));
    }

    #[test]
    fn fields_out_of_order_are_not_written() {
        let twice = Writer::new().unsigned(7, 1).unsigned(7, 2).unsigned(6, 3);
        assert_eq!(twice.finish(), Err(CanonicalError::FieldExpected(7)));
        assert_eq!(Writer::new().unsigned(7, 1).optional_text(6, None).finish().map(|bytes| bytes.len()), Ok(15));
        assert_eq!(Writer::new().text(u16::MAX, "").text(0, "").finish(), Err(CanonicalError::FieldExpected(0)));
    }

    #[test]
    fn malformed_fields_are_refused() {
        type Read = fn(&mut Reader<'_>) -> Result<(), CanonicalError>;
        let unsigned: Read = |reader| reader.unsigned(2).map(drop);
        let signed: Read = |reader| reader.signed(2).map(drop);
        let text: Read = |reader| reader.text(2).map(drop);
        let optional: Read = |reader| reader.optional_text(2).map(drop);
        let list: Read = |reader| reader.list(2).map(drop);
        let cases = [
            (unsigned, "", CanonicalError::FieldExpected(2)),
            (unsigned, "0003 01 00000008 0000000000000001", CanonicalError::FieldExpected(2)),
            (unsigned, "0001 01 00000008 0000000000000001", CanonicalError::FieldExpected(2)),
            (unsigned, "0002 02 00000008 0000000000000001", CanonicalError::WrongKind(2)),
            (unsigned, "0002 00 00000008 0000000000000001", CanonicalError::WrongKind(2)),
            (unsigned, "0002 01 00000007 00000000000001", CanonicalError::WrongLength(2)),
            (signed, "0002 02 00000009 000000000000000001", CanonicalError::WrongLength(2)),
            (unsigned, "0002 01 00000008 00000000000001", CanonicalError::Truncated),
            (unsigned, "0002 01 ffffffff 0000000000000001", CanonicalError::Truncated),
            (unsigned, "0002 01 000000", CanonicalError::Truncated),
            (unsigned, "0002", CanonicalError::Truncated),
            (optional, "00", CanonicalError::Trailing),
            (optional, "0002", CanonicalError::Truncated),
            (optional, "0002 04 00000000", CanonicalError::WrongKind(2)),
            (text, "0002 03 00000002 c328", CanonicalError::NotText(2)),
            (text, "0002 03 00000003 eda080", CanonicalError::NotText(2)),
            (text, "0002 03 00000000 00", CanonicalError::Trailing),
            (list, "0002 05 00000003 000000", CanonicalError::WrongLength(2)),
            (list, "0002 05 00000005 00000002 61", CanonicalError::WrongLength(2)),
            (list, "0002 05 00000006 00000001 61 62", CanonicalError::WrongLength(2)),
        ];
        for (read, bytes, error) in cases {
            let decoded = hex::decode(bytes.replace(' ', "")).unwrap();
            let mut reader = Reader::new(&decoded);
            let verdict = read(&mut reader).and_then(|()| reader.finish());
            assert_eq!(verdict, Err(error), "{bytes}");
        }
    }

    #[test]
    fn headers_of_another_label_or_offset_are_refused() {
        let with = |label, offset| {
            let start = Writer::new().text(1, label).unsigned(2, 0).signed(3, 0).signed(4, offset);
            Header::from_bytes(&start.text(7, "a.b").text(8, "done").finish().unwrap())
        };
        assert!(with(HEADER_LABEL, 0).is_ok());
        assert_eq!(with("keepwell/log-header/2", 0), Err(CanonicalError::WrongValue(1)));
        assert_eq!(with(HEADER_LABEL, 1 << 31), Err(CanonicalError::WrongValue(4)));
    }

    prop_compose! {
        fn headers()(
            (sequence, at_millis, offset_seconds) in any::<(u64, i64, i32)>(),
            (actor, session) in any::<(Option<String>, Option<String>)>(),
            (operation, outcome) in any::<(String, String)>(),
            (correlation, causation) in any::<(Option<String>, Option<String>)>(),
        ) -> Header {
            Header { sequence, at_millis, offset_seconds, actor, session, operation, outcome, correlation, causation }
        }
    }

    proptest! {
        #[test]
        fn every_header_comes_back_as_it_was(header in headers()) {
            let bytes = header.to_bytes().unwrap();
            prop_assert_eq!(Header::from_bytes(&bytes), Ok(header.clone()));
            for cut in 0..bytes.len() {
                // Cutting off whole optional fields leaves a shorter, rightful header; it must never be this one.
                prop_assert_ne!(Header::from_bytes(&bytes[..cut]), Ok(header.clone()));
            }
            prop_assert_eq!(Header::from_bytes(&[&bytes[..], &[0]].concat()), Err(CanonicalError::Trailing));
        }

        #[test]
        fn a_changed_header_is_refused_or_reads_as_another(
            header in headers(),
            at in any::<prop::sample::Index>(),
            bit in 0..8_u8,
        ) {
            let mut bytes = header.to_bytes().unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            if let Ok(read) = Header::from_bytes(&bytes) {
                prop_assert_ne!(&read, &header);
                prop_assert_eq!(read.to_bytes(), Ok(bytes), "each header has one form");
            }
        }
    }
}
