//! One entry: who did what, when, where, why, about whom, and how it ended (45 CFR 164.312(b); ASTM E2147).

use crate::canonical::{self, CanonicalError, Header, Reader, Writer};
use crate::tree::Hash;
use keepwell_kernel::{Instant, PatientId, Purpose, Role, SessionId, StaffId};
use keepwell_vault::Change;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How an operation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was refused, with a code that says why.
    Refused,
    /// The role or the policy does not allow it.
    Denied,
    /// The program or the machine failed; nothing was done.
    Fault,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Done, Self::Refused, Self::Denied, Self::Fault];

    /// Returns the word in the log.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Denied => "denied",
            Self::Fault => "fault",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// An entry before it has its place in the log.
#[derive(Debug, Clone)]
pub struct Draft {
    /// When.
    pub at: Instant,
    /// Seconds east of UTC then and there.
    pub offset_seconds: i32,
    /// Who, where somebody was signed in or had proved who they are.
    pub actor: Option<StaffId>,
    /// The user name; empty where nobody was known.
    pub user_name: String,
    /// The role under which the permission was found.
    pub role: Option<Role>,
    /// The machine.
    pub workstation: String,
    /// The session.
    pub session: Option<SessionId>,
    /// `feature.verb`, or `unknown`.
    pub operation: String,
    /// Why.
    pub purpose: Option<Purpose>,
    /// The justification that was typed, where one was.
    pub reason: Option<String>,
    /// The patients touched.
    pub patients: Vec<PatientId>,
    /// How it ended.
    pub outcome: Outcome,
    /// The refusal's code or the fault's reference.
    pub code: Option<String>,
    /// What was changed.
    pub changes: Vec<Noted>,
    /// Shared by the entries of one visit to a screen or one piece of work.
    pub correlation: Uuid,
    /// What the policy decided and by which rule.
    pub policy: String,
}

/// A change as the log keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// The table.
    pub table: String,
    /// The record's key.
    pub key: Vec<u8>,
    /// The version.
    pub version: u64,
    /// The keyed content hash.
    pub content: [u8; 32],
}

impl From<&Change> for Noted {
    fn from(change: &Change) -> Self {
        Self {
            table: change.table.to_owned(),
            key: change.key.clone(),
            version: change.version,
            content: change.content,
        }
    }
}

/// An entry in its place.
#[derive(Debug, Clone)]
pub struct LogEntry {
    /// Its place, from 0.
    pub sequence: u64,
    /// What it says.
    pub draft: Draft,
}

const PAYLOAD_LABEL: &str = "keepwell/log-payload/1";
const CHANGE_LABEL: &str = "keepwell/log-change/1";

impl Draft {
    fn header(&self, sequence: u64) -> Header {
        Header {
            sequence,
            at_millis: self.at.timestamp_millis(),
            offset_seconds: self.offset_seconds,
            actor: self.actor.map(|actor| actor.to_string()),
            session: self.session.map(|session| session.to_string()),
            operation: self.operation.clone(),
            outcome: self.outcome.word().to_owned(),
            correlation: Some(self.correlation.to_string()),
            causation: None,
        }
    }

    fn payload(&self) -> Result<Vec<u8>, CanonicalError> {
        let changes: Vec<Vec<u8>> = self.changes.iter().map(Noted::to_bytes).collect::<Result<_, _>>()?;
        Writer::new()
            .text(1, PAYLOAD_LABEL)
            .text(2, &self.user_name)
            .optional_text(3, self.role.map(Role::word))
            .text(4, &self.workstation)
            .optional_text(5, self.purpose.map(Purpose::word))
            .optional_text(6, self.reason.as_deref())
            .list(7, self.patients.iter().map(|patient| *patient.bytes()))
            .optional_text(8, self.code.as_deref())
            .list(9, changes)
            .text(10, &self.policy)
            .finish()
    }

    /// Returns the leaf of this entry at its place, and the bytes to seal there: salt, header and payload.
    ///
    /// # Errors
    /// [`CanonicalError`] for a text too long to write.
    pub fn at_place(&self, sequence: u64, salt: [u8; 32]) -> Result<(Hash, Vec<u8>), CanonicalError> {
        let (header, payload) = (self.header(sequence).to_bytes()?, self.payload()?);
        let leaf = canonical::entry_leaf(&header, &salt, &payload);
        let length = u32::try_from(header.len()).map_err(|_| CanonicalError::Truncated)?;
        Ok((leaf, [salt.as_slice(), &length.to_be_bytes(), &header, &payload].concat()))
    }
}

impl Noted {
    fn to_bytes(&self) -> Result<Vec<u8>, CanonicalError> {
        Writer::new()
            .text(1, CHANGE_LABEL)
            .text(2, &self.table)
            .bytes(3, &self.key)
            .unsigned(4, self.version)
            .bytes(5, &self.content)
            .finish()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let mut reader = Reader::new(bytes);
        labelled(&mut reader, CHANGE_LABEL)?;
        let noted = Self {
            table: reader.text(2)?.to_owned(),
            key: reader.bytes(3)?.to_vec(),
            version: reader.unsigned(4)?,
            content: reader.bytes(5)?.try_into().map_err(|_| CanonicalError::WrongLength(5))?,
        };
        reader.finish()?;
        Ok(noted)
    }
}

fn labelled(reader: &mut Reader<'_>, label: &str) -> Result<(), CanonicalError> {
    if reader.text(1)? == label { Ok(()) } else { Err(CanonicalError::FieldExpected(1)) }
}

/// An entry as it was opened, with the leaf that its bytes make.
pub struct Opened {
    /// The entry.
    pub entry: LogEntry,
    /// The leaf recomputed from its bytes.
    pub leaf: Hash,
}

impl Opened {
    /// Reads an opened entry strictly.
    ///
    /// # Errors
    /// [`CanonicalError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let (salt, header, payload) = parts(bytes)?;
        let leaf = canonical::entry_leaf(header, salt, payload);
        Ok(Self { entry: read_entry(Header::from_bytes(header)?, payload)?, leaf })
    }
}

/// Where an opened entry stands in the log, without what it says: all that a check of a million of them needs.
pub struct Standing {
    /// Its place.
    pub sequence: u64,
    /// When it was written.
    pub at: Instant,
    /// The leaf recomputed from its bytes.
    pub leaf: Hash,
}

impl Standing {
    /// Reads an opened entry as strictly as [`Opened::from_bytes`], except for how its ids are spelled.
    ///
    /// # Errors
    /// [`CanonicalError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CanonicalError> {
        let (salt, header, payload) = parts(bytes)?;
        let leaf = canonical::entry_leaf(header, salt, payload);
        let header = Header::from_bytes(header)?;
        outcome(&header.outcome)?;
        Payload::read(payload)?;
        Ok(Self { sequence: header.sequence, at: instant(header.at_millis)?, leaf })
    }
}

/// Salt, header and payload.
pub(crate) type Parts<'a> = (&'a [u8; 32], &'a [u8], &'a [u8]);

/// Splits an opened entry.
pub(crate) fn parts(bytes: &[u8]) -> Result<Parts<'_>, CanonicalError> {
    const CUT: CanonicalError = CanonicalError::Truncated;
    let (salt, rest) = bytes.split_first_chunk::<32>().ok_or(CUT)?;
    let (length, rest) = rest.split_first_chunk::<4>().ok_or(CUT)?;
    let (header, payload) = rest.split_at_checked(u32::from_be_bytes(*length) as usize).ok_or(CUT)?;
    Ok((salt, header, payload))
}

/// What may concern a patient, as it stands in the bytes.
struct Payload<'a> {
    user_name: &'a str,
    role: Option<Role>,
    workstation: &'a str,
    purpose: Option<Purpose>,
    reason: Option<&'a str>,
    patients: Vec<PatientId>,
    code: Option<&'a str>,
    changes: Vec<Noted>,
    policy: &'a str,
}

impl<'a> Payload<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, CanonicalError> {
        let mut reader = Reader::new(bytes);
        labelled(&mut reader, PAYLOAD_LABEL)?;
        let user_name = reader.text(2)?;
        let role =
            reader.optional_text(3)?.map(|word| role_of(word).ok_or(CanonicalError::WrongKind(3))).transpose()?;
        let workstation = reader.text(4)?;
        let purpose = reader.optional_text(5)?;
        let purpose = purpose.map(|word| Purpose::from_word(word).ok_or(CanonicalError::WrongKind(5))).transpose()?;
        let reason = reader.optional_text(6)?;
        let patients = reader
            .list(7)?
            .into_iter()
            .map(|id| id.try_into().map(PatientId::from_bytes).map_err(|_| CanonicalError::WrongLength(7)))
            .collect::<Result<_, _>>()?;
        let code = reader.optional_text(8)?;
        let changes = reader.list(9)?.into_iter().map(Noted::from_bytes).collect::<Result<_, _>>()?;
        let policy = reader.text(10)?;
        reader.finish()?;
        Ok(Self { user_name, role, workstation, purpose, reason, patients, code, changes, policy })
    }
}

fn read_entry(header: Header, payload: &[u8]) -> Result<LogEntry, CanonicalError> {
    let payload = Payload::read(payload)?;
    // An id can be spelled in several ways, and an entry has one form.
    let one_form = |text: &str| {
        let id = Uuid::parse_str(text).ok()?;
        (id.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == text).then_some(id)
    };
    let id = |text: &Option<String>, tag| -> Result<Option<Uuid>, CanonicalError> {
        text.as_deref().map(|text| one_form(text).ok_or(CanonicalError::WrongValue(tag))).transpose()
    };
    // Nothing writes it yet, and reading an entry must not lose a part of it.
    if header.causation.is_some() {
        return Err(CanonicalError::WrongValue(10));
    }
    let draft = Draft {
        at: instant(header.at_millis)?,
        offset_seconds: header.offset_seconds,
        actor: id(&header.actor, 5)?.map(StaffId::from),
        user_name: payload.user_name.to_owned(),
        role: payload.role,
        workstation: payload.workstation.to_owned(),
        session: id(&header.session, 6)?.map(SessionId::from),
        operation: header.operation,
        purpose: payload.purpose,
        reason: payload.reason.map(str::to_owned),
        patients: payload.patients,
        outcome: outcome(&header.outcome)?,
        code: payload.code.map(str::to_owned),
        changes: payload.changes,
        correlation: id(&header.correlation, 9)?.ok_or(CanonicalError::FieldExpected(9))?,
        policy: payload.policy.to_owned(),
    };
    Ok(LogEntry { sequence: header.sequence, draft })
}

fn instant(millis: i64) -> Result<Instant, CanonicalError> {
    Instant::from_timestamp_millis(millis).ok_or(CanonicalError::WrongKind(3))
}

fn outcome(word: &str) -> Result<Outcome, CanonicalError> {
    Outcome::from_word(word).ok_or(CanonicalError::WrongKind(8))
}

fn role_of(word: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.word() == word)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn draft(operation: &str, patients: Vec<PatientId>) -> Draft {
        Draft {
            at: Instant::from_timestamp_millis(1_795_305_600_123).unwrap(),
            offset_seconds: -18_000,
            actor: Some(StaffId::make()),
            user_name: "n.ito".to_owned(),
            role: Some(Role::Physician),
            workstation: "front-desk".to_owned(),
            session: Some(SessionId::make()),
            operation: operation.to_owned(),
            purpose: Some(Purpose::Treatment),
            reason: Some("asked by telephone".to_owned()),
            patients,
            outcome: Outcome::Done,
            code: None,
            changes: vec![Noted { table: "patients".to_owned(), key: vec![1, 2], version: 3, content: [4; 32] }],
            correlation: Uuid::now_v7(),
            policy: "physician holds chart_read".to_owned(),
        }
    }

    #[test]
    fn an_entry_comes_back_as_it_was_written_with_the_same_leaf() {
        let draft = draft("patients.chart", vec![PatientId::make(), PatientId::make()]);
        let (leaf, bytes) = draft.at_place(7, [9; 32]).unwrap();
        let opened = Opened::from_bytes(&bytes).unwrap();
        assert_eq!(opened.leaf, leaf);
        assert_eq!(opened.entry.sequence, 7);
        assert_eq!(format!("{:?}", opened.entry.draft), format!("{draft:?}"));
    }

    #[test]
    fn no_changed_byte_keeps_the_leaf() {
        let (leaf, bytes) = draft("patients.chart", vec![PatientId::make()]).at_place(7, [9; 32]).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            if let Ok(opened) = Opened::from_bytes(&changed) {
                assert_ne!(opened.leaf, leaf, "byte {at}");
            }
        }
    }
}
