//! What an operation is given. Only the door can make these, so the way to the store leads through it.

use super::resident::{Resident, Residents};
use super::touched::Touched;
use crate::readers::{OpenSegments, Readers};
use crate::store::LogError;
use keepwell_kernel::{Actor, CivilDate, Compartment, Error, Instant, StaffId, Zone};
use keepwell_vault::{
    Index, Key, KeyMaker, PublicKey, Reading, Record, RowKey, Stored, Table, Vault, VaultError, Writing,
};
use std::cell::RefCell;

/// Facts of the call that all three kinds share.
pub struct Facts<'a> {
    pub(super) actor: Option<Actor>,
    pub(super) now: Instant,
    pub(super) zone: Zone,
    pub(super) vault: &'a Vault,
    pub(super) reason: Option<String>,
    pub(super) operations: Vec<&'static str>,
    pub(super) roles: Vec<keepwell_kernel::Role>,
    pub(super) began: Instant,
    pub(super) read_only: Option<keepwell_kernel::Code>,
    pub(super) verification: Option<crate::verify::Verification>,
}

impl<'a> Facts<'a> {
    /// Returns the facts of work that nobody's call does: a practice that is being made, a job that ends.
    pub(super) const fn of_nobody(vault: &'a Vault, now: Instant, zone: Zone) -> Self {
        Self {
            actor: None,
            now,
            zone,
            vault,
            reason: None,
            operations: Vec::new(),
            roles: Vec::new(),
            began: now,
            read_only: None,
            verification: None,
        }
    }
}

impl Facts<'_> {
    /// Returns who acts.
    ///
    /// # Errors
    /// [`Error::SignedOut`] where nobody is signed in.
    pub fn actor(&self) -> Result<&Actor, Error> {
        self.actor.as_ref().ok_or(Error::SignedOut)
    }

    /// Returns the present.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// Returns the practice's zone.
    #[must_use]
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// Returns today's civil date in the practice's zone.
    #[must_use]
    pub fn today(&self) -> CivilDate {
        self.zone.date_of(self.now)
    }

    /// Returns the reason that was given for this call.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// Returns the names of the operations that the person may call today.
    #[must_use]
    pub fn operations(&self) -> &[&'static str] {
        &self.operations
    }

    /// Returns the roles the person holds today.
    #[must_use]
    pub fn roles(&self) -> &[keepwell_kernel::Role] {
        &self.roles
    }

    /// Returns when the session began.
    #[must_use]
    pub const fn began(&self) -> Instant {
        self.began
    }

    /// Returns the store as a whole, for keys and ceremonies; its rows are reached through the context alone.
    #[must_use]
    pub const fn vault(&self) -> &Vault {
        self.vault
    }

    /// Returns the last check of the log since the program started.
    #[must_use]
    pub const fn verification(&self) -> Option<&crate::verify::Verification> {
        self.verification.as_ref()
    }

    /// Says why nothing may be written, where that is so.
    #[must_use]
    pub const fn read_only(&self) -> Option<keepwell_kernel::Code> {
        self.read_only
    }
}

/// Writes the ways of looking that all three contexts share.
macro_rules! looks {
    () => {
        /// Starts a key of a table or of one of its indexes.
        ///
        /// # Errors
        /// [`Error::Denied`] without the table's keys.
        pub fn key(&self, table: Table) -> Result<KeyMaker<'_>, Error> {
            Ok(self.reading().key_of(table)?)
        }

        /// Returns the record under a key; the patient it is about is noted in the entry by itself.
        ///
        /// # Errors
        /// [`Error`].
        pub fn get<R: Record>(&self, row: &RowKey) -> Result<Option<Stored<R>>, Error> {
            let found = self.reading().get::<R>(row)?;
            found.iter().for_each(|stored| self.touched.note(stored));
            Ok(found)
        }

        /// Returns the one record in an index under a key, noting its patient.
        ///
        /// # Errors
        /// [`Error`].
        pub fn find_one<R: Record>(&self, index: Index, key: &RowKey) -> Result<Option<Stored<R>>, Error> {
            let found = self.reading().find_one::<R>(index, key)?;
            found.iter().for_each(|stored| self.touched.note(stored));
            Ok(found)
        }

        /// Returns the keys of up to `limit` records in an index; a key alone shows nothing.
        ///
        /// # Errors
        /// [`Error`].
        pub fn find<R: Record>(&self, index: Index, prefix: &RowKey, limit: usize) -> Result<Vec<RowKey>, Error> {
            Ok(self.reading().find::<R>(index, prefix, limit)?)
        }

        /// Returns up to `limit` entries of an index: what follows the prefix, and the record's key. Nobody is shown.
        ///
        /// # Errors
        /// [`Error`].
        pub fn under(&self, index: Index, prefix: &RowKey, limit: usize) -> Result<Vec<(Vec<u8>, RowKey)>, Error> {
            Ok(self.reading().under(index, prefix, limit)?)
        }

        /// Returns up to `limit` records behind a key, noting their patients.
        ///
        /// # Errors
        /// [`Error`].
        pub fn page<R: Record>(&self, after: Option<&RowKey>, limit: usize) -> Result<Vec<(RowKey, Stored<R>)>, Error> {
            let page = self.reading().page::<R>(after, limit)?;
            page.iter().for_each(|(_, stored)| self.touched.note(stored));
            Ok(page)
        }

        /// Returns all versions of a record, newest first, noting its patient.
        ///
        /// # Errors
        /// [`Error`].
        pub fn versions<R: Record>(&self, row: &RowKey) -> Result<Vec<Stored<R>>, Error> {
            let versions = self.reading().versions::<R>(row)?;
            versions.iter().for_each(|stored| self.touched.note(stored));
            Ok(versions)
        }

        /// Returns large content.
        ///
        /// # Errors
        /// [`Error`].
        pub fn blob(&self, blob: &keepwell_vault::BlobRef) -> Result<zeroize::Zeroizing<Vec<u8>>, Error> {
            Ok(self.reading().blob(blob)?)
        }

        /// Looks at what the session keeps in memory. What it names must still be read, and so noted, to be shown.
        ///
        /// # Errors
        /// [`Error`].
        pub fn resident<T: Resident, A>(&self, look: impl FnOnce(&mut T) -> A) -> Result<A, Error> {
            Ok(self.residents.borrow_mut().with(&self.reading(), look)?)
        }
    };
}

pub(super) use looks;

/// A look, for a query.
pub struct ReadCx<'a> {
    pub(super) facts: Facts<'a>,
    pub(super) reading: &'a Reading<'a>,
    pub(super) touched: Touched,
    pub(super) residents: &'a RefCell<Residents>,
}

impl<'a> ReadCx<'a> {
    pub(super) fn reading(&self) -> &Reading<'a> {
        self.reading
    }

    looks!();

    /// Reads the log. What is opened for it stays open while the session lasts.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) fn with_log<R>(
        &self,
        work: impl FnOnce(&Reading<'a>, &mut Readers<'_>) -> Result<R, LogError>,
    ) -> Result<R, Error> {
        let opened = self.resident(|held: &mut OpenSegments| std::mem::take(held))?;
        let mut readers = Readers::with(self.reading, self.facts.vault.id(), opened)?;
        let done = work(self.reading, &mut readers);
        let opened = readers.into_segments();
        self.resident(|held: &mut OpenSegments| *held = opened)?;
        Ok(done?)
    }

    /// Returns how many entries the log has, the one of this call not among them.
    ///
    /// # Errors
    /// [`Error`].
    pub fn log_entries(&self) -> Result<u64, Error> {
        Ok(crate::store::Head::read(self.reading)?.frontier.size())
    }

    pub(crate) const fn log_rows(&self) -> &Reading<'a> {
        self.reading
    }
}

impl<'a> std::ops::Deref for ReadCx<'a> {
    type Target = Facts<'a>;

    fn deref(&self) -> &Facts<'a> {
        &self.facts
    }
}

/// What happens after the commit, and only then.
pub(super) enum Effect {
    Residents(Box<dyn FnOnce(&mut Residents)>),
    Epoch(Compartment, u32, Key),
    OldEpochsRetired,
    Erasable,
    Recovery(PublicKey),
}

/// A change, for a command.
pub struct WriteCx<'a, 't> {
    pub(super) facts: Facts<'a>,
    pub(super) writing: &'a mut Writing<'t>,
    pub(super) touched: Touched,
    pub(super) residents: &'a RefCell<Residents>,
    pub(super) effects: Vec<Effect>,
    pub(super) private: &'a Key,
}

impl<'a> WriteCx<'a, '_> {
    pub(super) fn reading(&self) -> Reading<'_> {
        self.writing.reading()
    }

    looks!();

    /// Puts a record as the person who acts, and notes its patient.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put<R: Record>(&mut self, record: &R) -> Result<u64, Error> {
        let by = self.facts.actor.as_ref().map(|actor| actor.staff);
        self.touched.0.borrow_mut().extend(record.subject());
        Ok(self.writing.put(record, self.facts.now, by)?)
    }

    /// Puts a record and keeps nothing of the version before; for secrets alone.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_over<R: Record>(&mut self, record: &R) -> Result<u64, Error> {
        let by = self.facts.actor.as_ref().map(|actor| actor.staff);
        Ok(self.writing.put_over(record, self.facts.now, by)?)
    }

    /// Puts a record, answering `taken` where a unique index has its key already.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_or<R: Record>(&mut self, record: &R, taken: keepwell_kernel::Refusal) -> Result<u64, Error> {
        let by = self.facts.actor.as_ref().map(|actor| actor.staff);
        self.touched.0.borrow_mut().extend(record.subject());
        match self.writing.put(record, self.facts.now, by) {
            Err(VaultError::Taken(_)) => Err(taken.into()),
            other => Ok(other?),
        }
    }

    /// Removes a record; its history stays.
    ///
    /// # Errors
    /// [`Error`].
    pub fn remove<R: Record>(&mut self, row: &RowKey) -> Result<(), Error> {
        Ok(self.writing.remove::<R>(row)?)
    }

    /// Keeps large content.
    ///
    /// # Errors
    /// [`Error`].
    pub fn put_blob(&mut self, compartment: Compartment, content: &[u8]) -> Result<keepwell_vault::BlobRef, Error> {
        Ok(self.writing.put_blob(compartment, content)?)
    }

    /// Brings something resident up to date once this change is committed.
    pub fn after_commit(&mut self, change: impl FnOnce(&mut Residents) + 'static) {
        self.effects.push(Effect::Residents(Box::new(change)));
    }

    /// Says whether the session holds a compartment's keys, and so can grant them.
    #[must_use]
    pub fn holds(&self, compartment: Compartment) -> bool {
        self.writing.keyring().holds(compartment)
    }

    /// Gives a member of staff the keys of compartments.
    ///
    /// # Errors
    /// [`Error::Denied`] for keys the session does not hold itself.
    pub fn grant(&mut self, staff: StaffId, public: PublicKey, compartments: &[Compartment]) -> Result<(), Error> {
        Ok(self.writing.grant(staff.bytes(), public, compartments)?)
    }

    /// Takes the keys of compartments away from a member of staff and begins a new epoch of each that the session
    /// holds, so that what is written from now on is closed to whoever copied the old keys.
    ///
    /// # Errors
    /// [`Error`].
    pub fn revoke(&mut self, staff: StaffId, compartments: &[Compartment]) -> Result<(), Error> {
        self.writing.revoke(staff.bytes(), compartments)?;
        let keyring = std::sync::Arc::clone(self.writing.keyring());
        compartments.iter().filter(|one| keyring.holds(**one)).try_for_each(|one| self.raise(*one))
    }

    /// Takes all keys away from a member of staff and begins new epochs, as [`WriteCx::revoke`] does.
    ///
    /// # Errors
    /// [`Error`].
    pub fn revoke_all(&mut self, staff: StaffId, held: &[Compartment]) -> Result<(), Error> {
        self.revoke(staff, held)?;
        Ok(self.writing.revoke_all(staff.bytes())?)
    }

    /// Replaces the recovery key; the old one opens nothing once this is committed.
    ///
    /// # Errors
    /// [`Error`].
    pub fn replace_recovery(&mut self, recovery: &Key) -> Result<(), Error> {
        self.facts.vault.replace_recovery(self.writing, recovery)?;
        self.effects.push(Effect::Recovery(PublicKey::of(recovery)));
        Ok(())
    }

    /// Returns the person's own private key, for sealing it anew under another passphrase.
    #[must_use]
    pub const fn private(&self) -> &Key {
        self.private
    }
}

impl<'a> std::ops::Deref for WriteCx<'a, '_> {
    type Target = Facts<'a>;

    fn deref(&self) -> &Facts<'a> {
        &self.facts
    }
}
