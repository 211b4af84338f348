//! Bringing a practice back from a backup, where there is none: filled, opened with the recovery key, checked to the last
//! row, and only then kept. Its log goes on with an entry that says where it comes from.

use super::beside::Telling;
use super::session::SegmentInk;
use super::state::{Door, Inside};
use crate::checkpoint::Anchor;
use crate::entry::{Draft, Outcome};
use crate::store::Head;
use crate::tree::Hash;
use crate::verify;
use ed25519_dalek::VerifyingKey;
use keepwell_kernel::{Code, Error, Fault, Instant, Purpose, VaultId, Zone};
use keepwell_vault::engine::{Engine, Verdict};
use keepwell_vault::{Key, Keyring, Refill, Vault, VaultError};
use std::sync::Arc;

/// What was poured in does not hold.
pub const DAMAGED: Code = Code::new(
    "log.backup_damaged",
    "What is in this backup does not add up, so nothing was restored. Try an older backup.",
);
/// The name under which it stands in the log.
pub const RESTORE: &str = "exchange.restore";

/// Where a practice comes back from.
pub trait Source {
    /// Puts every row into the empty store, and says whether it came to the end; a pouring that was stopped did not.
    ///
    /// # Errors
    /// [`Error`].
    fn pour(&mut self, into: &mut Refill, progress: Telling<'_>) -> Result<bool, Error>;

    /// Holds what was poured to what the backup says of itself: which practice it is, who signed it, and where its log
    /// stood.
    ///
    /// # Errors
    /// [`Error`].
    fn agrees(&self, vault: VaultId, key: &VerifyingKey, log: (u64, Hash)) -> Result<(), Error>;

    /// Names the backup for the log. It says nothing of patients.
    fn name(&self) -> String;
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The practice's store.
    pub vault: VaultId,
    /// Rows that were put back.
    pub rows: u64,
    /// Entries of the log that were checked, the new one apart.
    pub entries: u64,
}

/// A store that was filled from a backup, opened with the recovery key, and holds.
pub(super) struct Filled {
    pub(super) vault: Arc<Vault>,
    pub(super) keyring: Arc<Keyring>,
    pub(super) rows: u64,
    pub(super) entries: u64,
}

impl Door {
    /// Restores a practice where there is none, and says nothing where it was stopped. Until everything is checked, the
    /// folder holds no practice.
    ///
    /// # Errors
    /// [`Error`]; `door.practice_exists`, `door.wrong_recovery_key`, [`DAMAGED`] among the refusals.
    pub fn restore(
        &self,
        source: &mut dyn Source,
        recovery: &Key,
        progress: Telling<'_>,
    ) -> Result<Option<Restored>, Error> {
        self.in_a_new_store(|engine| self.restored(engine, source, recovery, progress))
    }

    /// Makes a store where there is none, and throws it away again where it did not become what it was made for. That takes
    /// minutes, so the lock is let go of meanwhile; whoever else makes a store here is turned away by the one in the making.
    pub(super) fn in_a_new_store<T>(
        &self,
        make: impl FnOnce(Box<dyn Engine>) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        Self::is_absent(&self.inside())?;
        let engine = self.home.create().map_err(VaultError::from)?;
        let made = make(engine);
        if !matches!(made, Ok(Some(_))) {
            self.home.discard().map_err(VaultError::from)?;
        }
        made
    }

    fn is_absent(inside: &Inside) -> Result<(), Error> {
        if inside.vault.is_some() || inside.problem.is_some() { Err(super::EXISTS.into()) } else { Ok(()) }
    }

    fn restored(
        &self,
        engine: Box<dyn Engine>,
        source: &mut dyn Source,
        recovery: &Key,
        progress: Telling<'_>,
    ) -> Result<Option<Restored>, Error> {
        let filled = self.filled(engine, source, recovery, progress)?;
        let Some(Filled { vault, keyring, rows, entries }) = filled else { return Ok(None) };
        let remembered = vault.anchor()?;
        let mut inside = self.inside();
        Self::is_absent(&inside)?;
        self.goes_on(&mut inside, &vault, &keyring, origin(source, remembered.as_deref().map(Vec::as_slice)))?;
        self.home.keep().map_err(VaultError::from)?;
        let id = vault.id();
        inside.vault = Some(Arc::clone(&vault));
        self.read_plate(&mut inside, &vault)?;
        Ok(Some(Restored { vault: id, rows, entries }))
    }

    /// Fills an empty store, opens it with the recovery key and checks the whole of it; nothing when it was stopped.
    pub(super) fn filled(
        &self,
        engine: Box<dyn Engine>,
        source: &mut dyn Source,
        recovery: &Key,
        progress: Telling<'_>,
    ) -> Result<Option<Filled>, Error> {
        let mut refill = Refill::of(engine)?;
        if !source.pour(&mut refill, progress)? {
            return Ok(None);
        }
        let rows = refill.rows();
        let vault = Arc::new(Vault::open(refill.done()?, self.home.keychain())?);
        let keyring = match vault.recover(recovery) {
            Err(VaultError::Sealed { .. }) => return Err(super::WRONG_RECOVERY_KEY.at("recovery_key").into()),
            other => other?,
        };
        let entries = self.holds(&vault, &keyring, source, progress)?;
        Ok(entries.map(|entries| Filled { vault, keyring, rows, entries }))
    }

    /// Checks the whole of what was poured in, and says how long its log is; nothing when it was stopped.
    fn holds(
        &self,
        vault: &Vault,
        keyring: &Keyring,
        source: &dyn Source,
        progress: Telling<'_>,
    ) -> Result<Option<u64>, Error> {
        let head = vault.read(keyring, Head::read)?;
        let (size, root) = (head.frontier.size(), head.frontier.root());
        source.agrees(vault.id(), &keyring.device().log_signing().verifying_key(), (size, root))?;
        let mut tell = |done, total| progress("checking", done, total);
        match verify::copy(vault, keyring, self.clock.now(), &mut tell)? {
            None => Ok(None),
            Some(found) if found.ok => Ok(Some(found.entries)),
            Some(_) => Err(DAMAGED.into()),
        }
    }

    /// Writes the entry with which the log goes on, and puts a checkpoint and the anchor over it.
    fn goes_on(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        keyring: &Arc<Keyring>,
        reason: String,
    ) -> Result<(), Error> {
        let ink = SegmentInk::begin(keyring.device().log_public()).map_err(|error| Fault::from_error(&error))?;
        let draft = self.restoring(self.clock.now(), reason);
        let (appended, anchor) = vault.write::<_, Error>(keyring, &mut |writing| {
            let pen = super::dispatch::pen(vault, &ink);
            let appended = pen.append(writing, &draft)?;
            Ok((Verdict::Commit, (appended, pen.seal_now(writing, draft.at, 0)?)))
        })?;
        let anchor = anchor.or(appended.anchor);
        if let Some(anchor) = &anchor {
            // Whatever this computer remembered of the practice stands in the entry; from here on it remembers this.
            vault.set_anchor(anchor.to_string().as_bytes())?;
        }
        self.committed(inside, vault, Some(appended));
        Ok(())
    }

    fn restoring(&self, at: Instant, reason: String) -> Draft {
        Draft {
            at,
            offset_seconds: Zone::UTC.offset_seconds(at),
            actor: None,
            user_name: String::new(),
            role: None,
            workstation: self.workstation.clone(),
            session: None,
            operation: RESTORE.to_owned(),
            purpose: Some(Purpose::System),
            reason: Some(reason),
            patients: Vec::new(),
            outcome: Outcome::Done,
            code: None,
            changes: Vec::new(),
            correlation: uuid::Uuid::now_v7(),
            policy: "there was no practice, and the recovery key opened the backup".to_owned(),
        }
    }
}

/// Says where the log comes from, and what this computer remembered of it.
fn origin(source: &dyn Source, remembered: Option<&[u8]>) -> String {
    let anchor = remembered.and_then(|text| std::str::from_utf8(text).ok()?.parse::<Anchor>().ok());
    let remembered = match (remembered, anchor) {
        (None, _) => "This computer remembered nothing of this practice.".to_owned(),
        (Some(_), None) => "What this computer remembered of this practice could not be read.".to_owned(),
        (_, Some(anchor)) => format!(
            "This computer remembered a log of {} entries with the checkpoint {anchor}; entries behind the backup's are lost here.",
            anchor.size
        ),
    };
    format!("Restored from {}. {remembered}", source.name())
}
