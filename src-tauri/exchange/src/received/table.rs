//! The rows, and what of them may be known without the keys of charts. The numbers are on disk and are never used again.

use keepwell_kernel::{Compartment, Error, Fault, Instant, PatientId};
use keepwell_log::door::{ReadCx, WriteCx};
use keepwell_vault::engine::SCAN_ROWS_MAX;
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{BlobRef, Index, KeyMaker, Record, RowKey, Table};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Resources by the patient they are about.
const OF: Index = Index { number: 0x0905, name: "received of", unique: false };
/// A resource longer than this, in bytes, does not fit into a row.
const INLINE_MAX: usize = 48 * 1024;
/// The most resources of one patient: whoever hands the records out reads all of them at once.
const MOST_OF_ONE: usize = SCAN_ROWS_MAX - 96;

/// A resource as it was received; written once. Anything may stand in one, so it is sealed like a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Received {
    pub(crate) resource_type: String,
    /// The id it has where it comes from; empty where it has none.
    pub(crate) resource_id: String,
    /// Where it came from, such as the file's name.
    pub(crate) source: String,
    pub(crate) received_at: Instant,
    pub(crate) patient: Option<PatientId>,
    /// SHA-256 of its JSON.
    pub(crate) sha256: [u8; 32],
    pub(crate) bytes: u64,
    /// Its JSON, where it fits into the row.
    json: Option<String>,
    /// Its JSON, where it does not.
    large: Option<BlobRef>,
}

/// That something was received of a patient: whoever hands records out without the keys of charts must know that they are
/// not whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct ReceivedMark {
    patient: PatientId,
}

impl Record for Received {
    const TABLE: Table = Table {
        number: 0x0905,
        name: "received resources",
        compartment: Compartment::Clinical,
        write_once: true,
        schema: 1,
    };
    const INDEXES: &'static [Index] = &[OF];

    /// The same content of the same patient is one row.
    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        let patient = self.patient.map_or([0; 16], |patient| *patient.bytes());
        key.blind("received", &[self.sha256.as_slice(), &patient].concat()).done()
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        self.patient.map(|patient| key.id(patient.bytes()).done()).into_iter().collect()
    }

    fn subject(&self) -> Option<PatientId> {
        self.patient
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

impl Record for ReceivedMark {
    const TABLE: Table = Table {
        number: 0x0906,
        name: "received marks",
        compartment: Compartment::Demographics,
        write_once: true,
        schema: 1,
    };
    const INDEXES: &'static [Index] = &[];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        key.id(self.patient.bytes()).done()
    }

    fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
        Vec::new()
    }

    fn subject(&self) -> Option<PatientId> {
        Some(self.patient)
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        if schema == 1 { decode(Self::TABLE, schema, bytes) } else { unknown_schema(Self::TABLE, schema) }
    }
}

/// What became of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is kept now.
    New,
    /// It was kept before.
    Before,
    /// There are too many of the patient.
    Full,
}

/// Keeps a resource. Whoever calls holds the keys of charts.
///
/// # Errors
/// [`Error`].
pub(crate) fn keep(
    cx: &mut WriteCx<'_, '_>,
    (resource_type, resource_id): (String, String),
    (source, received_at): (String, Instant),
    patient: Option<PatientId>,
    json: String,
) -> Result<Kept, Error> {
    let (sha256, bytes) = (Sha256::digest(&json).into(), json.len() as u64);
    let mut row =
        Received { resource_type, resource_id, source, received_at, patient, sha256, bytes, json: None, large: None };
    let key = row.row(cx.key(Received::TABLE)?);
    if cx.get::<Received>(&key)?.is_some() {
        return Ok(Kept::Before);
    }
    if let Some(patient) = patient {
        let all = cx.key(Received::TABLE)?.id(patient.bytes()).done();
        if cx.find::<Received>(OF, &all, SCAN_ROWS_MAX)?.len() >= MOST_OF_ONE {
            return Ok(Kept::Full);
        }
        mark(cx, patient)?;
    }
    if json.len() > INLINE_MAX {
        row.large = Some(cx.put_blob(Compartment::Clinical, json.as_bytes())?);
    } else {
        row.json = Some(json);
    }
    cx.put(&row)?;
    Ok(Kept::New)
}

fn mark(cx: &mut WriteCx<'_, '_>, patient: PatientId) -> Result<(), Error> {
    let mark = ReceivedMark { patient };
    let row = mark.row(cx.key(ReceivedMark::TABLE)?);
    if cx.get::<ReceivedMark>(&row)?.is_none() {
        cx.put(&mark)?;
    }
    Ok(())
}

/// Says whether something was received of a patient that this session cannot open.
///
/// # Errors
/// [`Error`].
pub(crate) fn unreadable_to(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<bool, Error> {
    let row = cx.key(ReceivedMark::TABLE)?.id(patient.bytes()).done();
    Ok(!cx.holds(Compartment::Clinical) && cx.get::<ReceivedMark>(&row)?.is_some())
}

/// Says whether there is a patient to whom something belongs that the session cannot read.
pub(crate) fn anything_unreadable(cx: &WriteCx<'_, '_>) -> Result<bool, Error> {
    Ok(!cx.holds(Compartment::Clinical) && !cx.page::<ReceivedMark>(None, 1)?.is_empty())
}

/// Returns everything that was received of a patient with its JSON, oldest first; nothing to a session that does not hold
/// the keys of charts.
///
/// # Errors
/// [`Error`].
pub(crate) fn received_of(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<(Received, String)>, Error> {
    if !cx.holds(Compartment::Clinical) {
        return Ok(Vec::new());
    }
    let all = cx.key(Received::TABLE)?.id(patient.bytes()).done();
    let mut found = Vec::new();
    for row in cx.find::<Received>(OF, &all, SCAN_ROWS_MAX)? {
        let stored = cx.get::<Received>(&row)?.ok_or_else(|| Fault::because("a received resource is not there"))?;
        let json = stored.record.json(|blob| cx.blob(blob))?;
        found.push((stored.record, json));
    }
    found.sort_by(|(one, _), (other, _)| {
        let order = |of: &Received| (of.received_at, of.resource_type.clone(), of.resource_id.clone(), of.sha256);
        order(one).cmp(&order(other))
    });
    Ok(found)
}

impl Received {
    /// Returns the JSON.
    ///
    /// # Errors
    /// [`Error`].
    fn json(&self, blob: impl FnOnce(&BlobRef) -> Result<zeroize::Zeroizing<Vec<u8>>, Error>) -> Result<String, Error> {
        match (&self.json, &self.large) {
            (Some(json), _) => Ok(json.clone()),
            (None, Some(large)) => {
                Ok(String::from_utf8(blob(large)?.to_vec()).map_err(|error| Fault::from_error(&error))?)
            }
            (None, None) => Err(Fault::because("a received resource without its content").into()),
        }
    }

    /// Returns the JSON, for whoever looks.
    ///
    /// # Errors
    /// [`Error`].
    pub(super) fn shown(&self, cx: &ReadCx<'_>) -> Result<String, Error> {
        self.json(|large| cx.blob(large))
    }
}

/// Returns the keys of the rows of a patient, in their order.
///
/// # Errors
/// [`Error`].
pub(super) fn rows_of(cx: &ReadCx<'_>, patient: PatientId) -> Result<Vec<RowKey>, Error> {
    let all = cx.key(Received::TABLE)?.id(patient.bytes()).done();
    cx.find::<Received>(OF, &all, SCAN_ROWS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::holds;

    #[test]
    fn what_was_written_is_read_for_ever() {
        let large =
            serde_json::json!({ "compartment": 5, "id": vec![8; 16], "chunks": 1, "bytes": 5, "hash": vec![9; 32] });
        let patient = PatientId::from_bytes([1; 16]);
        let row = Received {
            resource_type: "Appointment".to_owned(),
            resource_id: "a-1".to_owned(),
            source: "a file".to_owned(),
            received_at: "2026-11-22T12:00:00Z".parse().unwrap(),
            patient: Some(patient),
            sha256: [7; 32],
            bytes: 2,
            json: Some("{}".to_owned()),
            large: serde_json::from_value(large).unwrap(),
        };
        holds(&row, "received-1.hex");
        holds(&ReceivedMark { patient }, "received-mark-1.hex");
    }
}
