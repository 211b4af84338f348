//! What stands behind the door: the store, whoever is signed in, and how the practice stands.

use super::Entry;
use super::dispatch::pen;
use super::gate::Locked;
use super::session::{SegmentInk, Session};
use crate::checkpoint::Anchor;
use crate::entry::Draft;
use crate::store::{Appended, Pen};
use crate::verify::{self, Verification};
use keepwell_kernel::{Clock, Code, Error, Fault, Instant, Role, StaffId, VaultId, Zone};
use keepwell_vault::engine::{Engine, EngineError, Verdict};
use keepwell_vault::{Keychain, Reading, Vault, VaultError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A dirty log gets a checkpoint after so many seconds.
const CHECKPOINT_SECONDS: i64 = 60;

/// Where a practice's store is kept.
pub trait Home: Send + Sync {
    /// Opens the store that is there.
    ///
    /// # Errors
    /// [`EngineError`].
    fn open(&self) -> Result<Box<dyn Engine>, EngineError>;

    /// Makes an empty store where there is none. Until it is kept, [`Home::open`] does not find it.
    ///
    /// # Errors
    /// [`EngineError`].
    fn create(&self) -> Result<Box<dyn Engine>, EngineError>;

    /// Keeps the store that was made: from now on it is the practice's.
    ///
    /// # Errors
    /// [`EngineError`].
    fn keep(&self) -> Result<(), EngineError>;

    /// Throws away a store that was made and not kept.
    ///
    /// # Errors
    /// [`EngineError`].
    fn discard(&self) -> Result<(), EngineError>;

    /// Makes an empty store for a copy that is looked at once, in place of any that was left there. Not every
    /// home has room for one.
    ///
    /// # Errors
    /// [`EngineError`].
    fn scratch(&self) -> Result<Box<dyn Engine>, EngineError> {
        Err(EngineError::ReadOnly)
    }

    /// Throws the scratch store away; there may be none.
    ///
    /// # Errors
    /// [`EngineError`].
    fn clear_scratch(&self) -> Result<(), EngineError> {
        Ok(())
    }

    /// Removes the practice's store for good. Not every home can.
    ///
    /// # Errors
    /// [`EngineError`].
    fn erase(&self) -> Result<(), EngineError> {
        Err(EngineError::ReadOnly)
    }

    /// Returns the machine's keychain.
    fn keychain(&self) -> Arc<dyn Keychain>;

    /// Says whether a demonstration is being made, on which nobody relies before it is whole: then the entries of looks
    /// wait for one another, up to the next change, and no longer than somebody is signed in.
    fn at_leisure(&self) -> bool {
        false
    }
}

/// What the door asks of the staff records, which it does not know itself.
pub trait Authority: Send + Sync {
    /// Returns the roles a member of staff holds now; none when suspended, terminated or run out.
    ///
    /// # Errors
    /// [`Error`].
    fn roles(&self, reading: &Reading<'_>, staff: StaffId, at: Instant) -> Result<Vec<Role>, Error>;

    /// Returns what can be known of the practice before anybody signs in.
    ///
    /// # Errors
    /// [`Error`].
    fn plate(&self, reading: &Reading<'_>) -> Result<Option<Plate>, Error>;
}

/// The plate at the door: what the sign-in screen may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plate {
    /// The practice's name.
    pub name: String,
    /// Its zone.
    pub zone: Zone,
    /// Minutes without a key or a click after which the practice locks.
    pub idle_minutes: u32,
    /// Made-up patients only.
    pub demonstration: bool,
}

/// The one door to one practice.
pub struct Door {
    pub(super) surface: Vec<Entry>,
    pub(super) authority: Box<dyn Authority>,
    pub(super) clock: Clock,
    pub(super) workstation: String,
    pub(super) home: Box<dyn Home>,
    inside: Mutex<Inside>,
}

/// Behind the door.
pub(super) struct Inside {
    pub(super) vault: Option<Arc<Vault>>,
    pub(super) problem: Option<Code>,
    pub(super) read_only: Option<Code>,
    pub(super) session: Option<Session>,
    pub(super) locked: Option<Locked>,
    /// The last call allowed the store to be erased.
    pub(super) erasable: bool,
    pub(super) faults: Vec<Fault>,
    /// Entries that are not committed yet: one at most, unless a demonstration is being made.
    pub(super) waiting: Vec<Draft>,
    ink: Option<SegmentInk>,
    pub(super) plate: Option<Plate>,
    dirty_since: Option<Instant>,
    pub(super) entries: u64,
    pub(super) verification: Option<Verification>,
}

/// How the practice stands, for the screens that come before and around the work.
#[derive(Debug, Clone)]
pub struct Standing {
    /// There is no store yet.
    pub absent: bool,
    /// Why the store cannot be opened.
    pub problem: Option<Code>,
    /// Why it may only be read.
    pub read_only: Option<Code>,
    /// The plate, once the store is open.
    pub plate: Option<Plate>,
    /// The store's id.
    pub vault: Option<VaultId>,
    /// Who locked it.
    pub locked: Option<Locked>,
    /// Somebody is signed in.
    pub signed_in: bool,
    /// Entries in the log.
    pub entries: u64,
    /// The last check of the log.
    pub verification: Option<Verification>,
    /// The machine's keychain: `os`, `file`, `memory`, or `missing` when it does not hold the device key.
    pub keychain: &'static str,
}

impl Door {
    /// Stands before a practice, opening its store if there is one. A store that cannot be opened is not an error
    /// here: the screen must say so in words.
    #[must_use]
    pub fn before(
        home: Box<dyn Home>,
        authority: Box<dyn Authority>,
        surface: Vec<Entry>,
        clock: Clock,
        workstation: String,
    ) -> Self {
        let inside = Inside {
            vault: None,
            problem: None,
            read_only: None,
            session: None,
            locked: None,
            erasable: false,
            faults: Vec::new(),
            waiting: Vec::new(),
            ink: None,
            plate: None,
            dirty_since: None,
            entries: 0,
            verification: None,
        };
        let door = Self { surface, authority, clock, workstation, home, inside: Mutex::new(inside) };
        door.reopen();
        door
    }

    pub(super) fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tries again to open the store, after the person has mended what was wrong.
    pub fn reopen(&self) {
        let mut inside = self.inside();
        if inside.vault.is_some() {
            return;
        }
        inside.problem = match self.open_store(&mut inside) {
            Ok(()) | Err(Error::Denied | Error::Locked | Error::SignedOut) => None,
            Err(Error::Refused(refusal)) if refusal.code.code == "vault.missing" => None,
            Err(Error::Refused(refusal)) => Some(refusal.code),
            Err(Error::Fault(fault)) => {
                inside.faults.push(fault);
                Some(super::UNOPENABLE)
            }
        };
    }

    fn open_store(&self, inside: &mut Inside) -> Result<(), Error> {
        let engine = self.home.open().map_err(VaultError::from)?;
        let vault = Arc::new(Vault::open(engine, self.home.keychain())?);
        if let Ok(keyring) = vault.device_keyring() {
            inside.read_only = verify::at_open(&vault, &keyring)?;
            inside.plate = vault.read(&keyring, |reading| self.authority.plate(reading))?;
            inside.entries = vault.read(&keyring, crate::store::Head::read)?.frontier.size();
        }
        inside.vault = Some(vault);
        Ok(())
    }

    /// Says how the practice stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let inside = self.inside();
        let device = inside.vault.as_ref().map(|vault| (vault.device_key().is_ok(), vault.keychain_kind()));
        Standing {
            absent: inside.vault.is_none() && inside.problem.is_none(),
            problem: inside.problem,
            read_only: inside.read_only,
            plate: inside.plate.clone(),
            vault: inside.vault.as_ref().map(|vault| vault.id()),
            locked: inside.locked.clone(),
            signed_in: inside.session.is_some(),
            entries: inside.entries,
            verification: inside.verification.clone(),
            keychain: match device {
                Some((false, _)) => "missing",
                Some((true, kind)) => kind,
                None => self.home.keychain().kind(),
            },
        }
    }

    /// Makes an empty store for a copy that is looked at once.
    ///
    /// # Errors
    /// [`Error`].
    pub fn scratch(&self) -> Result<Box<dyn Engine>, Error> {
        Ok(self.home.scratch().map_err(VaultError::from)?)
    }

    /// Throws the scratch store away; there may be none.
    ///
    /// # Errors
    /// [`Error`].
    pub fn clear_scratch(&self) -> Result<(), Error> {
        Ok(self.home.clear_scratch().map_err(VaultError::from)?)
    }

    /// Returns the faults since the last time, for the local log. They hold no patient data.
    pub fn take_faults(&self) -> Vec<Fault> {
        std::mem::take(&mut self.inside().faults)
    }

    /// Returns the surface.
    #[must_use]
    pub fn surface(&self) -> &[Entry] {
        &self.surface
    }

    /// Does what is due by the clock: a checkpoint when the log has been dirty for a minute.
    pub fn tick(&self) {
        let mut inside = self.inside();
        let now = self.clock.now();
        let due = inside.dirty_since.is_some_and(|since| (now - since).num_seconds() >= CHECKPOINT_SECONDS);
        if let Some(vault) = inside.vault.clone().filter(|_| due) {
            self.seal_now(&mut inside, &vault, now);
        }
    }

    /// Checks the whole log while work goes on, on a snapshot of its own.
    ///
    /// # Errors
    /// [`Error`]; nothing when the check was stopped.
    pub fn verify(&self, progress: &mut dyn FnMut(u64, u64) -> bool) -> Result<Option<Verification>, Error> {
        let (vault, keyring) = {
            let inside = self.inside();
            let session = inside.session.as_ref().ok_or(Error::SignedOut)?;
            (inside.vault.clone().ok_or(Error::SignedOut)?, Arc::clone(&session.keyring))
        };
        let found = verify::whole(&vault, &keyring, self.clock.now(), progress)?;
        if let Some(found) = &found {
            self.inside().verification = Some(found.clone());
        }
        Ok(found)
    }

    /// Puts a checkpoint over what is new and the anchor into the keychain; what fails here is tried again at the next
    /// entry, and is ahead of the anchor meanwhile, which is no alarm.
    pub(super) fn seal_now(&self, inside: &mut Inside, vault: &Arc<Vault>, now: Instant) {
        if inside.read_only.is_some() || inside.dip(vault).is_err() {
            return;
        }
        if let Err(Error::Fault(fault)) = self.enter_waiting(inside, vault) {
            inside.faults.push(fault);
        }
        let offset = inside.zone().offset_seconds(now);
        let keyring = match vault.device_keyring() {
            Ok(keyring) => Arc::new(keyring),
            Err(error) => return inside.faults.push(Fault::from_error(&error)),
        };
        let sealed = vault.write::<_, Error>(&keyring, &mut |writing| {
            Ok((Verdict::Commit, inside.pen(vault)?.seal_now(writing, now, offset)?))
        });
        match sealed {
            Ok(anchor) => {
                inside.anchored(vault, anchor);
                inside.dirty_since = None;
            }
            Err(Error::Fault(fault)) => inside.faults.push(fault),
            Err(other) => inside.faults.push(Fault::because(format!("the log could not be sealed: {other:?}"))),
        }
    }

    /// Notes that an entry is in the log.
    pub(super) fn committed(&self, inside: &mut Inside, vault: &Vault, appended: Option<Appended>) {
        let Some(Appended { entries, anchor }) = appended.filter(|_| inside.read_only.is_none()) else { return };
        inside.entries = entries;
        if let Some(session) = inside.session.as_mut() {
            session.pen.envelope = None;
        } else if let Some(ink) = inside.ink.as_mut() {
            ink.envelope = None;
        }
        if anchor.is_some() {
            inside.dirty_since = None;
        } else if inside.dirty_since.is_none() {
            inside.dirty_since = Some(self.clock.now());
        }
        inside.anchored(vault, anchor);
    }

    /// Reads the plate again, since a command may have changed it.
    pub(super) fn read_plate(&self, inside: &mut Inside, vault: &Vault) -> Result<(), Error> {
        let keyring = vault.device_keyring()?;
        inside.plate = vault.read(&keyring, |reading| self.authority.plate(reading))?;
        Ok(())
    }
}

impl Inside {
    /// Says why there is nothing to come into.
    pub(super) fn why_closed(&self) -> Error {
        self.problem.map_or_else(
            || keepwell_vault::REFUSALS.first().map_or(Error::SignedOut, |missing| (*missing).into()),
            Error::from,
        )
    }

    pub(super) fn zone(&self) -> Zone {
        self.plate.as_ref().map_or(Zone::UTC, |plate| plate.zone)
    }

    /// Makes sure there is something to write with: the session's segment, or one of the machine's own.
    pub(super) fn dip(&mut self, vault: &Vault) -> Result<(), Error> {
        if self.session.is_none() && self.ink.is_none() {
            let readers = vault.device_keyring()?.device().log_public();
            self.ink = Some(SegmentInk::begin(readers).map_err(|error| Fault::from_error(&error))?);
        }
        Ok(())
    }

    pub(super) fn pen(&self, vault: &Vault) -> Result<Pen<'_>, Error> {
        let ink = self.session.as_ref().map(|session| &session.pen).or(self.ink.as_ref());
        ink.map(|ink| pen(vault, ink)).ok_or_else(|| Fault::because("nothing to write the log with").into())
    }

    /// The store is committed first and the keychain follows; a crash between the two leaves the store ahead, which is
    /// normal.
    fn anchored(&mut self, vault: &Vault, anchor: Option<Anchor>) {
        if let Some(anchor) = anchor
            && let Err(error) = vault.set_anchor(anchor.to_string().as_bytes())
        {
            self.faults.push(Fault::from_error(&error));
        }
    }

    pub(super) fn lock(&mut self) {
        if let Some(session) = self.session.take() {
            let Session { id, staff, user_name, began, .. } = session;
            self.locked = Some(Locked { staff, user_name, session: id, began });
        }
    }
}
