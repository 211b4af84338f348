//! One stay of one person, and the visits to screens within it.

use super::resident::Residents;
use keepwell_kernel::{Actor, Instant, PatientId, Role, SessionId, StaffId};
use keepwell_vault::{Envelope, Key, Keyring, PublicKey, SealError, Segment};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use uuid::Uuid;

/// A screen that shows nothing new for this long has been left.
const VISIT_MINUTES: i64 = 15;

/// The person who is signed in, with the keys of that person's roles.
pub struct Session {
    pub(super) id: SessionId,
    pub(super) staff: StaffId,
    pub(super) user_name: String,
    pub(super) keyring: Arc<Keyring>,
    pub(super) private: Key,
    pub(super) began: Instant,
    pub(super) pen: SegmentInk,
    pub(super) residents: RefCell<Residents>,
    pub(super) visits: HashMap<(String, String), Visit>,
}

/// A segment and, until it is in the log, its envelope.
pub(super) struct SegmentInk {
    pub(super) segment: Segment,
    pub(super) envelope: Option<Envelope>,
}

impl SegmentInk {
    pub(super) fn begin(readers: PublicKey) -> Result<Self, SealError> {
        let (segment, envelope) = Segment::begin(readers)?;
        Ok(Self { segment, envelope: Some(envelope) })
    }
}

/// What an entrance hands to the door once somebody has proved who they are.
pub struct Proven {
    /// The member of staff.
    pub staff: StaffId,
    /// The user name.
    pub user_name: String,
    /// The keys of that person's roles.
    pub keyring: Arc<Keyring>,
    /// That person's private key.
    pub private: Key,
    /// What the session is to keep in memory from the start.
    pub residents: Residents,
}

impl Session {
    pub(super) fn open(proven: Proven, now: Instant) -> Result<Self, SealError> {
        Ok(Self {
            id: SessionId::make(),
            staff: proven.staff,
            user_name: proven.user_name,
            pen: SegmentInk::begin(proven.keyring.device().log_public())?,
            keyring: proven.keyring,
            private: proven.private,
            began: now,
            residents: RefCell::new(proven.residents),
            visits: HashMap::new(),
        })
    }

    pub(super) fn actor(&self, role: Role) -> Actor {
        Actor { staff: self.staff, user_name: self.user_name.clone(), role, session: self.id }
    }
}

/// What a screen has shown since it was opened.
pub(super) struct Visit {
    pub(super) correlation: Uuid,
    pub(super) shown: BTreeSet<PatientId>,
    last: Instant,
}

impl Session {
    /// Returns the correlation of a visit and the patients it has not shown yet. Without a visit every call is its own.
    pub(super) fn visit(
        &self,
        operation: &str,
        visit: Option<&str>,
        patients: &BTreeSet<PatientId>,
        now: Instant,
    ) -> (Uuid, Vec<PatientId>) {
        let known = visit.and_then(|visit| self.visits.get(&(operation.to_owned(), visit.to_owned())));
        match known.filter(|known| (now - known.last).num_minutes() < VISIT_MINUTES) {
            Some(known) => (known.correlation, patients.difference(&known.shown).copied().collect()),
            None => (Uuid::now_v7(), patients.iter().copied().collect()),
        }
    }

    /// Remembers, after the entry is committed, what a visit has shown.
    pub(super) fn shown(
        &mut self,
        operation: &str,
        visit: &str,
        correlation: Uuid,
        patients: &[PatientId],
        now: Instant,
    ) {
        let visits = &mut self.visits;
        visits.retain(|_, visit| (now - visit.last).num_minutes() < VISIT_MINUTES);
        let fresh = || Visit { correlation, shown: BTreeSet::new(), last: now };
        let visit = visits.entry((operation.to_owned(), visit.to_owned())).or_insert_with(fresh);
        visit.shown.extend(patients);
        visit.last = now;
    }
}
