//! What is kept beside a record that came back: `keepwell.json` as it came. The versions here have times and authors of this
//! practice; those of the practice it was written in stay to be read, and go along when the record is handed out again.

use keepwell_kernel::{Compartment, Error, Fault, Instant, PatientId};
use keepwell_log::door::WriteCx;
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{BlobRef, Index, KeyMaker, Record, RowKey, Table};
use serde::{Deserialize, Serialize};

/// JSON of one record packs to a tenth; better levels gain next to nothing.
const LEVEL: i32 = 3;

/// A record that came back; written once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct CameBack {
    pub(super) patient: PatientId,
    /// When.
    pub(super) at: Instant,
    /// SHA-256 of the manifest it came with, in hex: the other practice's ledger has it.
    pub(super) sha256: String,
    /// What came, oldest first; the last is the `keepwell.json` of the file itself.
    pub(super) originals: Vec<Original>,
}

/// A `keepwell.json` as it came, packed by zstd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Original {
    pub(super) bytes: u64,
    pub(super) packed: BlobRef,
}

impl Record for CameBack {
    const TABLE: Table = Table {
        number: 0x0904,
        name: "records that came back",
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

/// Finds what came with a record, where it came from a file of this program's own.
///
/// # Errors
/// [`Error`].
pub(super) fn came_back(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Option<CameBack>, Error> {
    let row = cx.key(CameBack::TABLE)?.id(patient.bytes()).done();
    Ok(cx.get::<CameBack>(&row)?.map(|stored| stored.record))
}

impl CameBack {
    /// Returns what came, as files with the names they go out under.
    ///
    /// # Errors
    /// [`Error`].
    pub(super) fn files(&self, cx: &WriteCx<'_, '_>) -> Result<Vec<super::files::File>, Error> {
        let mut files = Vec::new();
        for (at, original) in self.originals.iter().enumerate() {
            let length = usize::try_from(original.bytes).map_err(|error| Fault::from_error(&error))?;
            let bytes = zstd::bulk::decompress(&cx.blob(&original.packed)?, length);
            files.push((name(at), bytes.map_err(|error| Fault::from_error(&error))?));
        }
        Ok(files)
    }
}

/// Names what came, counted from 0.
pub(super) fn name(at: usize) -> String {
    format!("received/{}.json", at + 1)
}

/// Packs what came, so that its size is known before it is kept.
///
/// # Errors
/// [`Error`].
pub(super) fn packed(original: &[u8]) -> Result<Vec<u8>, Error> {
    Ok(zstd::bulk::compress(original, LEVEL).map_err(|error| Fault::from_error(&error))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::holds;

    #[test]
    fn what_was_written_is_read_for_ever() {
        let packed =
            serde_json::json!({ "compartment": 3, "id": vec![8; 16], "chunks": 1, "bytes": 5, "hash": vec![9; 32] });
        let row = CameBack {
            patient: PatientId::from_bytes([1; 16]),
            at: "2026-11-22T12:00:00Z".parse().unwrap(),
            sha256: "ab".to_owned(),
            originals: vec![Original { bytes: 50, packed: serde_json::from_value(packed).unwrap() }],
        };
        holds(&row, "came-back-1.hex");
    }
}
