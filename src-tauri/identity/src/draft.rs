//! What somebody had typed and not saved when the practice was locked: sealed under that person's own key.

use keepwell_kernel::{Compartment, Error, Instant, PatientId, StaffId, Zone, instant_text};
use keepwell_log::door::GateCx;
use keepwell_vault::record::{UpgradeError, decode, unknown_schema};
use keepwell_vault::{Index, KeyMaker, Record, RowKey, Table};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest draft, in bytes.
pub const CONTENT_BYTES_MAX: usize = 48 * 1024;
/// The most drafts of one person.
pub const DRAFTS_MAX: usize = 50;

/// A draft.
#[derive(Clone, Serialize, Deserialize)]
pub struct StoredDraft {
    /// Whose.
    pub staff: StaffId,
    /// Of which screen.
    pub screen: String,
    /// What was typed, as the screen wrote it.
    pub content: String,
    /// When.
    pub saved_at: Instant,
}

impl Record for StoredDraft {
    const TABLE: Table =
        Table { number: 0x0205, name: "drafts", compartment: Compartment::Personal, write_once: false, schema: 1 };
    const INDEXES: &'static [Index] = &[OF_STAFF];

    fn row(&self, key: KeyMaker<'_>) -> RowKey {
        draft_row(key, self.staff, &self.screen)
    }

    fn index_keys(&self, _: Index, key: KeyMaker<'_>) -> Vec<RowKey> {
        vec![author(key, self.staff).done()]
    }

    /// A draft may be about a patient whom only the screen knows; showing it again shows nothing its author did not type.
    fn subject(&self) -> Option<PatientId> {
        None
    }

    fn read(schema: u16, bytes: &[u8]) -> Result<Self, UpgradeError> {
        match schema {
            1 => decode(Self::TABLE, schema, bytes),
            _ => unknown_schema(Self::TABLE, schema),
        }
    }
}

/// Drafts by their author.
pub const OF_STAFF: Index = Index { number: 0x0202, name: "drafts by author", unique: false };

/// Makes the key of a draft.
#[must_use]
pub fn draft_row(key: KeyMaker<'_>, staff: StaffId, screen: &str) -> RowKey {
    author(key, staff).blind("screen", screen.as_bytes()).done()
}

/// Blinds the author by the author's own key, so that drafts under keys of the past are never met.
fn author(key: KeyMaker<'_>, staff: StaffId) -> KeyMaker<'_> {
    key.blind("author", staff.bytes())
}

/// A draft, for its author's screens.
#[derive(Serialize, TS)]
pub struct Draft {
    /// Of which screen.
    pub screen: String,
    /// What was typed.
    pub content: String,
    /// When.
    pub saved_at: String,
}

/// Returns a person's drafts, once that person's own keys are at hand.
///
/// # Errors
/// [`Error`].
pub fn drafts_of(cx: &GateCx<'_, '_>, staff: StaffId, zone: Zone) -> Result<Vec<Draft>, Error> {
    let prefix = author(cx.key(StoredDraft::TABLE)?, staff).done();
    let rows = cx.find::<StoredDraft>(OF_STAFF, &prefix, DRAFTS_MAX)?;
    let mut drafts = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(stored) = cx.get::<StoredDraft>(&row)? {
            let StoredDraft { screen, content, saved_at, .. } = stored.record;
            drafts.push(Draft { screen, content, saved_at: instant_text(saved_at, zone) });
        }
    }
    Ok(drafts)
}
