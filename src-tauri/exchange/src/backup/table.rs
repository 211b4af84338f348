//! What is kept of backups, of their plan, and of the tests that prove them (45 CFR 164.308(a)(7)(ii)(A), (D)). It names
//! no patient, and stands under the device keys, so that the program can tell of a missed backup before anybody signs in.

use super::plan::Every;
use keepwell_kernel::{AssociateId, BackupId, Compartment, Error, Instant, PatientId, RestoreTestId};
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Reading, Record, RowKey, Table};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A backup that was written to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Its id, which its folder bears.
    pub id: BackupId,
    /// When it was made.
    pub made_at: Instant,
    /// The user name of whoever made it; empty where the plan did.
    pub made_by: String,
    /// How many entries the log had.
    pub log_size: u64,
    /// Rows of the store.
    pub rows: u64,
    /// Bytes of the sealed file.
    pub bytes: u64,
    /// SHA-256 of the sealed file, in hex.
    pub sha256: String,
    /// The business associate whose place it went to; the first stored form had none.
    #[serde(default)]
    pub associate: Option<AssociateId>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// A backup that was restored into a scratch store and checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestoreTest {
    /// Its id.
    pub id: RestoreTestId,
    /// The backup that was tried.
    pub backup: BackupId,
    /// When.
    pub at: Instant,
    /// The user name of whoever tried it.
    pub by: String,
    /// Everything held.
    pub ok: bool,
    /// The refusal's code where it did not.
    pub code: Option<String>,
    /// Entries of its log that were checked.
    pub entries: u64,
    /// Rows that add up to the digest which its log signed.
    pub rows: u64,
    /// How long the whole took, in milliseconds: no restore is quicker than that.
    pub took_ms: u64,
}

/// Where backups go by themselves. It stands under the device keys: the plan is kept while nobody is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupPlan {
    /// The folder, or nothing while there is no plan.
    pub folder: Option<String>,
    /// How often.
    pub every: Every,
    /// The business associate whose place it is; the first stored form had none.
    #[serde(default)]
    pub associate: Option<AssociateId>,
    /// A custodian's public key, as age writes it, that each backup is sealed to, plan or no plan; the first two stored
    /// forms had none.
    #[serde(default)]
    pub custodian: Option<String>,
}

/// Puts the newest first; of two of one millisecond, that with the later id.
fn newest_first(key: KeyMaker<'_>, at: Instant, id: &[u8; 16]) -> RowKey {
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    key.ordered(u64::MAX - millis).id(&id.map(|byte| !byte)).done()
}

macro_rules! kept {
    ($record:ty, $number:literal, $name:literal, $schema:literal, $write_once:literal, $row:expr) => {
        impl Record for $record {
            const TABLE: Table = Table {
                number: $number,
                name: $name,
                compartment: Compartment::Device,
                write_once: $write_once,
                schema: $schema,
            };
            const INDEXES: &'static [Index] = &[];

            fn row(&self, key: KeyMaker<'_>) -> RowKey {
                let row: fn(&Self, KeyMaker<'_>) -> RowKey = $row;
                row(self, key)
            }

            fn index_keys(&self, _: Index, _: KeyMaker<'_>) -> Vec<RowKey> {
                Vec::new()
            }

            fn subject(&self) -> Option<PatientId> {
                None
            }

            fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
                match schema {
                    1..=$schema => decode(Self::TABLE, schema, bytes),
                    _ => unknown_schema(Self::TABLE, schema),
                }
            }
        }
    };
}

kept!(Backup, 0x0901, "backups", 2, true, |backup, key| newest_first(key, backup.made_at, backup.id.bytes()));
kept!(RestoreTest, 0x0902, "restore tests", 1, true, |test, key| newest_first(key, test.at, test.id.bytes()));
kept!(BackupPlan, 0x0903, "backup plan", 3, false, |_, key| key.ordered(1).done());

/// How many tests are looked through for those that held.
const TESTS: usize = 400;

/// Returns the backups whose newest proof held, with the device keys alone.
///
/// # Errors
/// [`Error`].
pub fn proved(reading: &Reading<'_>) -> Result<BTreeSet<BackupId>, Error> {
    let (mut held, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for (_, stored) in reading.page::<RestoreTest>(None, TESTS)? {
        if seen.insert(stored.record.backup) && stored.record.ok {
            held.insert(stored.record.backup);
        }
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::{holds, read};

    #[test]
    fn what_was_written_is_read_for_ever() {
        let (associate, at) = (Some(AssociateId::from_bytes([2; 16])), "2026-11-20T12:00:00Z".parse().unwrap());
        let backup = Backup {
            id: BackupId::from_bytes([1; 16]),
            made_at: at,
            made_by: "n.ito".to_owned(),
            log_size: 7,
            rows: 8,
            bytes: 9,
            sha256: "ab".to_owned(),
            associate,
            took_ms: 10,
        };
        holds(&backup, "backup-2.hex");
        let custodian = Some("age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p".to_owned());
        let plan = BackupPlan { folder: Some("/a drive".to_owned()), every: Every::Day, associate, custodian };
        holds(&plan, "backup-plan-3.hex");
        let second = BackupPlan { custodian: None, ..plan };
        assert_eq!(read::<BackupPlan>(2, "backup-plan-2.hex"), second, "nobody else opened those backups");
        let test = RestoreTest {
            id: RestoreTestId::from_bytes([3; 16]),
            backup: backup.id,
            at,
            by: "n.ito".to_owned(),
            ok: false,
            code: Some("exchange.backup_cut".to_owned()),
            entries: 7,
            rows: 8,
            took_ms: 9,
        };
        holds(&test, "restore-test-1.hex");
    }
}
