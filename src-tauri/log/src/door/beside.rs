//! Long work beside the door: it is let in like any call and leaves its entry before it begins, works on a snapshot of
//! its own while others come and go, and leaves a second entry with how it ended.

use super::Call;
use super::context::Facts;
use super::entering::{ended, with_changes};
use super::gate::{About, GateCx, Passage};
use super::state::{Door, Inside};
use super::touched::Touched;
use crate::audit_bundle::Making;
use crate::entry::{Draft, Outcome};
use chrono::Duration;
use keepwell_kernel::{CivilDate, Error, Fault, Instant, Purpose, StaffId};
use keepwell_vault::engine::Verdict;
use keepwell_vault::{Keyring, Reading, Vault};
use std::sync::Arc;

/// Is told what is being done, how much is done and how much there is, and answers whether to go on.
pub type Telling<'t> = &'t mut dyn FnMut(&'static str, u64, u64) -> bool;

/// What a job has at hand.
pub struct Beside {
    /// The store.
    pub vault: Arc<Vault>,
    /// The keys of whoever began it.
    pub keyring: Arc<Keyring>,
    /// When it began, and who began it.
    pub making: Making,
    /// Who began it; nobody where the clock did.
    staff: Option<StaffId>,
}

impl Beside {
    /// Returns the day on which it began, where the practice is.
    #[must_use]
    pub fn today(&self) -> CivilDate {
        (self.making.at + Duration::seconds(i64::from(self.making.offset_seconds))).date_naive()
    }

    /// Puts whoever began the work into an entry, whoever is signed in now.
    fn sign(&self, draft: &mut Draft, policy: &str) {
        (draft.actor, draft.user_name) = (self.staff, self.making.by.clone());
        draft.policy = policy.to_owned();
        if self.staff.is_none() {
            (draft.session, draft.purpose) = (None, Some(Purpose::System));
        }
    }
}

/// Work that takes longer than a call may.
pub trait Job {
    /// Returns the operation that lets it in.
    fn operation(&self) -> &'static str;

    /// Works, and says whether it came to its end; a job that was stopped did not.
    ///
    /// # Errors
    /// [`Error`], which is noted as well.
    fn work(&mut self, beside: &Beside, progress: Telling<'_>) -> Result<bool, Error>;

    /// Puts what there is to keep of a job that came to its end.
    ///
    /// # Errors
    /// [`Error`].
    fn note(&mut self, beside: &Beside, cx: &mut GateCx<'_, '_>) -> Result<(), Error>;
}

impl Door {
    /// Does a job, and says whether it came to its end.
    ///
    /// # Errors
    /// [`Error`].
    pub fn job(&self, call: &Call, job: &mut dyn Job, progress: Telling<'_>) -> Result<bool, Error> {
        if call.operation != job.operation() {
            return Err(Fault::because("another operation than the job's lets it in").into());
        }
        let beside = self.let_beside(call)?;
        self.work(call, &beside, job, progress)
    }

    /// Does a job that the clock began, with the device keys alone, whoever is at work meanwhile. It leaves the same two
    /// entries, and they name nobody.
    ///
    /// # Errors
    /// [`Error`]; a practice that may only be read begins none.
    pub fn job_by_the_clock(&self, job: &mut dyn Job, progress: Telling<'_>) -> Result<bool, Error> {
        let call = Call { operation: job.operation().to_owned(), ..Call::default() };
        let beside = self.nobody_beside(&call, job.operation())?;
        self.work(&call, &beside, job, progress)
    }

    /// Looks at what the device keys open: nothing about a patient or a person.
    ///
    /// # Errors
    /// [`Error`]; nothing where there is no practice.
    pub fn look_by_the_clock<R>(
        &self,
        look: impl FnOnce(&Reading<'_>) -> Result<R, Error>,
    ) -> Result<Option<R>, Error> {
        let Some(vault) = self.inside().vault.clone() else { return Ok(None) };
        let Ok(keyring) = vault.device_keyring() else { return Ok(None) };
        vault.read(&keyring, look).map(Some)
    }

    fn work(&self, call: &Call, beside: &Beside, job: &mut dyn Job, progress: Telling<'_>) -> Result<bool, Error> {
        let worked = job.work(beside, progress);
        let noted = self.note_the_end(call, beside, job, &worked);
        let done = worked?;
        noted.map(|()| done)
    }

    fn nobody_beside(&self, call: &Call, operation: &'static str) -> Result<Beside, Error> {
        let mut inside = self.inside();
        let (vault, now) = (inside.vault.clone().ok_or(Error::SignedOut)?, self.clock.now());
        if inside.read_only.is_some() {
            return Err(super::READ_ONLY.into());
        }
        let making = Making { at: now, offset_seconds: inside.zone().offset_seconds(now), by: String::new() };
        let beside = Beside { keyring: Arc::new(vault.device_keyring()?), vault, making, staff: None };
        let mut draft = self.draft(&inside, call, Some(operation), now);
        beside.sign(&mut draft, "the practice's own plan");
        let vault = Arc::clone(&beside.vault);
        self.enter(&mut inside, &vault, &draft)?;
        self.seal_now(&mut inside, &vault, now);
        Ok(beside)
    }

    /// Lets a call in, puts a checkpoint over everything, and hands out what long work needs.
    pub(super) fn let_beside(&self, call: &Call) -> Result<Beside, Error> {
        // What a copy holds could otherwise leave it as a file, and no log would say so.
        if self.inside().read_only == Some(super::COPY) {
            return Err(super::READ_ONLY.into());
        }
        self.call(call)?;
        let mut inside = self.inside();
        let (vault, now) = (inside.vault.clone().ok_or(Error::SignedOut)?, self.clock.now());
        self.seal_now(&mut inside, &vault, now);
        let session = inside.session.as_ref().ok_or(Error::SignedOut)?;
        let (by, offset_seconds) = (session.user_name.clone(), inside.zone().offset_seconds(now));
        let making = Making { at: now, offset_seconds, by };
        Ok(Beside { vault, keyring: Arc::clone(&session.keyring), making, staff: Some(session.staff) })
    }

    /// Leaves the entry of how a job ended, with what is to be kept of it. Whoever began it may have left meanwhile: the
    /// entry is theirs all the same. A practice that may only be read is not written, as with every call.
    fn note_the_end(
        &self,
        call: &Call,
        beside: &Beside,
        job: &mut dyn Job,
        worked: &Result<bool, Error>,
    ) -> Result<(), Error> {
        let mut inside = self.inside();
        let (vault, now) = (Arc::clone(&beside.vault), self.clock.now());
        let mut draft = self.draft(&inside, call, Some(job.operation()), now);
        beside.sign(&mut draft, "the end of what was let in before");
        match worked {
            Ok(true) => return self.note_what_is_kept(&mut inside, &vault, (beside, now), &draft, job),
            Ok(false) => (draft.outcome, draft.code) = (Outcome::Refused, Some("stopped".to_owned())),
            Err(error) => ended(&mut draft, error),
        }
        self.enter(&mut inside, &vault, &draft)
    }

    fn note_what_is_kept(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        (beside, now): (&Beside, Instant),
        draft: &Draft,
        job: &mut dyn Job,
    ) -> Result<(), Error> {
        if inside.read_only.is_some() {
            return Ok(());
        }
        inside.dip(vault)?;
        let keyring = inside.keyring(vault)?;
        let appended = vault.write::<_, Error>(&keyring, &mut |writing| {
            let residents = std::cell::RefCell::default();
            let facts = Facts::of_nobody(vault, now, inside.zone());
            let about = beside.staff.map(|staff| About { staff, user_name: beside.making.by.clone() });
            let mut cx = GateCx {
                facts,
                writing,
                touched: Touched::default(),
                residents: &residents,
                passage: Passage::Stay,
                about,
                locked: None,
                surface: self.surface.as_slice(),
            };
            job.note(beside, &mut cx)?;
            let patients = cx.touched.patients();
            let entry = with_changes(draft, &patients, writing);
            Ok((Verdict::Commit, inside.pen(vault)?.append(writing, &entry)?))
        })?;
        self.committed(inside, vault, Some(appended));
        Ok(())
    }
}
