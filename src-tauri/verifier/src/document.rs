//! Headers and payloads of entries, read from FORMAT.md section 8 and not from the code that writes them.

use crate::moment::Moment;
use std::fmt;

const HEADER: &str = "keepwell/log-header/1";
const PAYLOAD: &str = "keepwell/log-payload/1";
const CHANGE: &str = "keepwell/log-change/1";
const OUTCOMES: [&str; 4] = ["done", "refused", "denied", "fault"];

/// Says which field is not as it must be. It never says what the field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flaw(u16);

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("something follows its last field"),
            tag => write!(f, "its field {tag} is missing or not as it must be"),
        }
    }
}

/// What an entry shows always.
#[derive(Debug)]
pub(crate) struct Header<'a> {
    pub(crate) sequence: u64,
    pub(crate) at: Moment,
    pub(crate) actor: Option<&'a str>,
    pub(crate) session: Option<&'a str>,
    pub(crate) operation: &'a str,
    pub(crate) outcome: &'a str,
    pub(crate) correlation: Option<&'a str>,
    pub(crate) causation: Option<&'a str>,
}

/// What an entry shows unless it is redacted.
#[derive(Debug)]
pub(crate) struct Payload<'a> {
    pub(crate) user_name: &'a str,
    pub(crate) role: Option<&'a str>,
    pub(crate) workstation: &'a str,
    pub(crate) purpose: Option<&'a str>,
    pub(crate) reason: Option<&'a str>,
    pub(crate) patients: Vec<&'a [u8; 16]>,
    pub(crate) code: Option<&'a str>,
    pub(crate) changes: Vec<Change<'a>>,
    pub(crate) policy: &'a str,
}

/// A record that an entry changed.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    pub(crate) table: &'a str,
    pub(crate) key: &'a [u8],
    pub(crate) version: u64,
}

impl<'a> Header<'a> {
    /// Reads the one form of a header.
    ///
    /// # Errors
    /// The [`Flaw`] found first.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let mut fields = Fields { rest: bytes };
        fields.label(HEADER)?;
        let sequence = fields.unsigned(2)?;
        let (millis, offset) = (fields.signed(3)?, fields.signed(4)?);
        let header = Self {
            sequence,
            at: Moment::new(millis, offset.clamp(-86_400, 86_400)).ok_or(Flaw(3))?,
            actor: fields.optional_id(5)?,
            session: fields.optional_id(6)?,
            operation: fields.text(7)?,
            outcome: fields.text(8)?,
            correlation: fields.optional_id(9)?,
            causation: fields.optional_text(10)?,
        };
        fields.end()?;
        if OUTCOMES.contains(&header.outcome) { Ok(header) } else { Err(Flaw(8)) }
    }
}

impl<'a> Payload<'a> {
    /// Reads the one form of a payload.
    ///
    /// # Errors
    /// The [`Flaw`] found first.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let mut fields = Fields { rest: bytes };
        fields.label(PAYLOAD)?;
        let payload = Self {
            user_name: fields.text(2)?,
            role: fields.optional_text(3)?,
            workstation: fields.text(4)?,
            purpose: fields.optional_text(5)?,
            reason: fields.optional_text(6)?,
            patients: fields.items(7, |item| item.try_into().map_err(|_| Flaw(7)))?,
            code: fields.optional_text(8)?,
            changes: fields.items(9, |item| Change::read(item).map_err(|_| Flaw(9)))?,
            policy: fields.text(10)?,
        };
        fields.end()?;
        Ok(payload)
    }
}

impl<'a> Change<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let mut fields = Fields { rest: bytes };
        fields.label(CHANGE)?;
        let change = Self { table: fields.text(2)?, key: fields.value(3, 4)?, version: fields.unsigned(4)? };
        let content = fields.value(5, 4)?;
        fields.end()?;
        if content.len() == 32 { Ok(change) } else { Err(Flaw(5)) }
    }
}

/// Returns a patient's id as a UUID is written.
pub(crate) fn id_text(id: &[u8; 16]) -> String {
    let mut text = hex::encode(id);
    for at in [20, 16, 12, 8] {
        text.insert(at, '-');
    }
    text
}

fn is_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, sign)| match at {
            8 | 13 | 18 | 23 => sign == b'-',
            _ => matches!(sign, b'0'..=b'9' | b'a'..=b'f'),
        })
}

/// The fields of a document not read yet.
struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Fields<'a> {
    /// Says whether the next field has the tag. Because tags are asked for in rising order and each field is taken or
    /// refused, they rise in what is accepted.
    fn next_is(&self, tag: u16) -> bool {
        self.rest.starts_with(&tag.to_be_bytes())
    }

    fn value(&mut self, tag: u16, kind: u8) -> Result<&'a [u8], Flaw> {
        let [high, low] = tag.to_be_bytes();
        let value = self.rest.strip_prefix(&[high, low, kind]).and_then(counted).ok_or(Flaw(tag))?;
        self.rest = value.1;
        Ok(value.0)
    }

    fn unsigned(&mut self, tag: u16) -> Result<u64, Flaw> {
        self.value(tag, 1)?.try_into().map(u64::from_be_bytes).map_err(|_| Flaw(tag))
    }

    fn signed(&mut self, tag: u16) -> Result<i64, Flaw> {
        self.value(tag, 2)?.try_into().map(i64::from_be_bytes).map_err(|_| Flaw(tag))
    }

    fn text(&mut self, tag: u16) -> Result<&'a str, Flaw> {
        std::str::from_utf8(self.value(tag, 3)?).map_err(|_| Flaw(tag))
    }

    fn optional_text(&mut self, tag: u16) -> Result<Option<&'a str>, Flaw> {
        if self.next_is(tag) { self.text(tag).map(Some) } else { Ok(None) }
    }

    fn optional_id(&mut self, tag: u16) -> Result<Option<&'a str>, Flaw> {
        match self.optional_text(tag)? {
            Some(text) if !is_id(text) => Err(Flaw(tag)),
            id => Ok(id),
        }
    }

    fn items<T>(&mut self, tag: u16, read: impl Fn(&'a [u8]) -> Result<T, Flaw>) -> Result<Vec<T>, Flaw> {
        let mut rest = self.value(tag, 5)?;
        let mut items = Vec::new();
        while !rest.is_empty() {
            let (item, after) = counted(rest).ok_or(Flaw(tag))?;
            items.push(read(item)?);
            rest = after;
        }
        Ok(items)
    }

    fn label(&mut self, label: &str) -> Result<(), Flaw> {
        if self.text(1)? == label { Ok(()) } else { Err(Flaw(1)) }
    }

    fn end(&self) -> Result<(), Flaw> {
        if self.rest.is_empty() { Ok(()) } else { Err(Flaw(0)) }
    }
}

/// Splits off a length of 4 bytes and that many bytes.
fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    // A length that the machine cannot count is one that the bytes cannot have.
    rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by another program (Python) from the log's own description, for the log's own test, but for the actor.
    const KNOWN: [&str; 8] = [
        "000103000000156b65657077656c6c2f6c6f672d6865616465722f31",
        "000201000000080000000000000005",
        "000302000000080000019ca9c0a39a",
        "00040200000008ffffffffffffb9b0",
        "0005030000002430313963613963302d613339612d373030302d383030302d303030303030303030303031",
        "0007030000001170617469656e74732e7265676973746572",
        "00080300000004646f6e65",
        "000a0300000000",
    ];

    #[test]
    fn a_known_header() {
        let bytes = hex::decode(KNOWN.concat()).unwrap();
        let header = Header::read(&bytes).unwrap();
        assert_eq!((header.sequence, header.at.millis, header.at.offset), (5, 1_772_374_500_250, -18_000));
        assert_eq!(header.actor, Some("019ca9c0-a39a-7000-8000-000000000001"));
        assert_eq!((header.session, header.correlation, header.causation), (None, None, Some("")));
        assert_eq!((header.operation, header.outcome), ("patients.register", "done"));
        assert_eq!(id_text(&[0xab; 16]), "abababab-abab-abab-abab-abababababab");
    }

    #[test]
    fn a_field_that_is_not_as_it_must_be_is_named() {
        let flaw = |at: usize, from: &str, to: &str| {
            let mut fields = KNOWN.map(str::to_owned);
            assert!(fields[at].contains(from), "{from}");
            fields[at] = fields[at].replacen(from, to, 1);
            Header::read(&hex::decode(fields.concat()).unwrap()).err()
        };
        assert_eq!(flaw(0, "31", "32"), Some(Flaw(1)), "another label");
        assert_eq!(flaw(1, "0002", "0003"), Some(Flaw(2)), "another tag");
        assert_eq!(flaw(1, "000201", "000202"), Some(Flaw(2)), "another kind");
        assert_eq!(flaw(2, "0000019c", "7fffffff"), Some(Flaw(3)), "past the year 9999");
        assert_eq!(flaw(3, "ffffffffffffb9b0", "7fffffffffffffff"), Some(Flaw(3)), "no such offset");
        assert_eq!(flaw(4, "63", "43"), Some(Flaw(5)), "an id in capitals");
        assert_eq!(flaw(5, "70", "ff"), Some(Flaw(7)), "no UTF-8");
        assert_eq!(flaw(6, "65", "66"), Some(Flaw(8)), "no such outcome");
        assert_eq!(flaw(7, "000a", "000b"), Some(Flaw(0)), "an unknown field");
        assert_eq!(flaw(7, "00000000", "00000001"), Some(Flaw(10)), "cut short");
        assert_eq!(flaw(7, "000a", "0000"), Some(Flaw(0)));
    }
}
