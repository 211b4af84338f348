//! What an entrance is given: the store under the device keys, until somebody has proved who they are.

use super::context::{Facts, looks};
use super::resident::{Resident, Residents};
use super::session::Proven;
use super::touched::Touched;
use keepwell_kernel::{Compartment, Error, Instant, SessionId, StaffId};
use keepwell_vault::{Index, KeyMaker, Keyring, PublicKey, Reading, Record, RowKey, Stored, Table, Writing};
use std::cell::RefCell;
use std::sync::Arc;

/// What an entrance does to the session.
pub(super) enum Passage {
    Stay,
    Open(Box<Proven>),
    Close,
    Lock,
}

impl Passage {
    /// Returns the same passage if it leads out.
    pub(super) const fn leaving(&self) -> Option<Self> {
        match self {
            Self::Close => Some(Self::Close),
            Self::Lock => Some(Self::Lock),
            Self::Stay | Self::Open(_) => None,
        }
    }
}

/// Whom an entrance turned out to be about.
pub(super) struct About {
    pub(super) staff: StaffId,
    pub(super) user_name: String,
}

/// The gate, for an entrance.
pub struct GateCx<'a, 't> {
    pub(super) facts: Facts<'a>,
    pub(super) writing: &'a mut Writing<'t>,
    pub(super) touched: Touched,
    pub(super) residents: &'a RefCell<Residents>,
    pub(super) passage: Passage,
    pub(super) about: Option<About>,
    pub(super) locked: Option<Locked>,
    pub(super) surface: &'a [super::Entry],
}

/// Who locked the practice, and until when the second factor need not be shown again.
#[derive(Debug, Clone)]
pub struct Locked {
    /// The member of staff.
    pub staff: StaffId,
    /// The user name.
    pub user_name: String,
    /// The session that goes on.
    pub session: SessionId,
    /// When that session began, with both factors.
    pub began: Instant,
}

impl<'a> GateCx<'a, '_> {
    fn reading(&self) -> Reading<'_> {
        self.writing.reading()
    }

    looks!();

    /// Puts a record. It is kept even if the entrance refuses.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put<R: Record>(&mut self, record: &R) -> Result<u64, Error> {
        let by = self.facts.actor.as_ref().map(|actor| actor.staff).or(self.about.as_ref().map(|about| about.staff));
        Ok(self.writing.put(record, self.facts.now, by)?)
    }

    /// Removes a record; its history stays.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove<R: Record>(&mut self, row: &RowKey) -> Result<(), Error> {
        Ok(self.writing.remove::<R>(row)?)
    }

    /// Puts a record and keeps nothing of the version before; for secrets alone.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_over<R: Record>(&mut self, record: &R) -> Result<u64, Error> {
        let by = self.facts.actor.as_ref().map(|actor| actor.staff).or(self.about.as_ref().map(|about| about.staff));
        Ok(self.writing.put_over(record, self.facts.now, by)?)
    }

    /// Returns the keys at hand.
    #[must_use]
    pub fn keyring(&self) -> &Arc<Keyring> {
        self.writing.keyring()
    }

    /// Says whom this is about, for the entry of an attempt that fails.
    pub fn about(&mut self, staff: StaffId, user_name: &str) {
        self.about = Some(About { staff, user_name: user_name.to_owned() });
    }

    /// Goes on with the keys of the person who has proved who they are.
    pub fn go_on_with(&mut self, keyring: &Arc<Keyring>) {
        self.writing.change_keyring(Arc::clone(keyring));
    }

    /// Gives a member of staff the keys of compartments.
    ///
    /// # Errors
    /// [`Error`].
    pub fn grant(&mut self, staff: StaffId, public: PublicKey, compartments: &[Compartment]) -> Result<(), Error> {
        Ok(self.writing.grant(staff.bytes(), public, compartments)?)
    }

    /// Takes all keys away from a member of staff.
    ///
    /// # Errors
    /// [`Error`].
    pub fn revoke_all(&mut self, staff: StaffId) -> Result<(), Error> {
        Ok(self.writing.revoke_all(staff.bytes())?)
    }

    /// Opens a session once this is committed.
    pub fn open(&mut self, proven: Proven) {
        self.about(proven.staff, &proven.user_name);
        self.passage = Passage::Open(Box::new(proven));
    }

    /// Ends the session once this is committed.
    pub fn close(&mut self) {
        self.passage = Passage::Close;
    }

    /// Locks the session once this is committed: the keys go, the place stays.
    pub fn lock(&mut self) {
        self.passage = Passage::Lock;
    }

    /// Returns who locked the practice, where it is locked.
    #[must_use]
    pub const fn locked(&self) -> Option<&Locked> {
        self.locked.as_ref()
    }

    /// Returns the names of the operations that roles may call.
    #[must_use]
    pub fn operations_of(&self, roles: &[keepwell_kernel::Role]) -> Vec<&'static str> {
        super::surface::operations_of(self.surface, roles)
    }
}

impl<'a> std::ops::Deref for GateCx<'a, '_> {
    type Target = Facts<'a>;

    fn deref(&self) -> &Facts<'a> {
        &self.facts
    }
}
