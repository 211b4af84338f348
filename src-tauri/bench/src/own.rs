//! Keepwell's own store, as the door uses it: a vault over the file engine, and a pen for the log.

use crate::Done;
use crate::disk::fresh;
use crate::seam::{Notes, Noting};
use keepwell_kernel::{PatientId, Purpose, Role, SessionId, StaffId};
use keepwell_log::entry::{Draft, Outcome};
use keepwell_log::store::{LogError, Pen};
use keepwell_vault::engine::{Engine, FileEngine, Verdict};
use keepwell_vault::{Envelope, FileKeychain, Key, Keychain, Keyring, Segment, Suite, Vault, Writing};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use uuid::Uuid;

/// The recovery key of a store that holds nothing but made-up records.
const RECOVERY: [u8; 32] = *b"keepwell bench: a made-up store.";

/// A store with everything that a session holds.
pub(crate) struct Own {
    /// The store.
    pub(crate) vault: Vault,
    /// Every key.
    pub(crate) keyring: Arc<Keyring>,
    /// The person who writes.
    pub(crate) staff: StaffId,
    session: SessionId,
    segment: Segment,
    envelope: Option<Envelope>,
}

impl Own {
    /// Makes a new store in a folder, in place of what was there.
    pub(crate) fn create(folder: &Path, notes: Option<Notes>) -> Done<Self> {
        fresh(folder)?;
        let path = store_in(folder);
        let engine = noted(FileEngine::create(&path)?, notes);
        let made = Vault::create(engine, keychain(folder)?, Suite::XChaCha20Poly1305, &Key::from_bytes(RECOVERY))?;
        FileEngine::keep(&path)?;
        Self::with(made.0, made.1)
    }

    /// Opens the store in a folder.
    pub(crate) fn open(folder: &Path, notes: Option<Notes>) -> Done<Self> {
        let engine = noted(FileEngine::open(&store_in(folder))?, notes);
        let vault = Vault::open(engine, keychain(folder)?)?;
        let keyring = vault.recover(&Key::from_bytes(RECOVERY))?;
        Self::with(vault, keyring)
    }

    fn with(vault: Vault, keyring: Arc<Keyring>) -> Done<Self> {
        let (segment, envelope) = Segment::begin(keyring.device().log_public())?;
        let (staff, session, envelope) = (StaffId::make(), SessionId::make(), Some(envelope));
        Ok(Self { vault, keyring, staff, session, segment, envelope })
    }

    /// Returns what writes the log, with the segment's envelope until it has been written once.
    pub(crate) fn pen(&self) -> Pen<'_> {
        let (vault, suite) = (self.vault.id(), self.vault.suite());
        Pen { vault, suite, segment: &self.segment, envelope: self.envelope.as_ref() }
    }

    /// Notes that the segment's envelope is in the log.
    pub(crate) fn segment_is_written(&mut self) {
        self.envelope = None;
    }

    /// Changes the store as the door does: body and entry in one transaction, then the anchor where there is a new one.
    /// Without a draft no entry goes with it, which the door never does.
    pub(crate) fn change(
        &self,
        draft: Option<&Draft>,
        body: &mut dyn FnMut(&mut Writing<'_>) -> Result<(), LogError>,
    ) -> Done<Phases> {
        let pen = self.pen();
        let begun = Instant::now();
        let mut inside = [begun; 3];
        let anchor = self.vault.write::<_, LogError>(&self.keyring, &mut |tx| {
            let entered = Instant::now();
            body(tx)?;
            let put = Instant::now();
            let anchor = match draft {
                Some(draft) => {
                    let mut entry = draft.clone();
                    entry.changes = tx.changes().iter().map(Into::into).collect();
                    pen.append(tx, &entry)?.anchor
                }
                None => None,
            };
            inside = [entered, put, Instant::now()];
            Ok((Verdict::Commit, anchor))
        })?;
        let committed = Instant::now();
        if let Some(anchor) = anchor {
            self.vault.set_anchor(anchor.to_string().as_bytes())?;
        }
        let [entered, put, appended] = inside;
        Ok(Phases { begun, entered, put, appended, committed, done: Instant::now() })
    }

    /// Writes what the door writes of a call about one patient.
    pub(crate) fn draft(&self, operation: &str, patient: Option<PatientId>, at: keepwell_kernel::Instant) -> Draft {
        Draft {
            at,
            offset_seconds: 0,
            actor: Some(self.staff),
            user_name: "naomi.ito".to_owned(),
            role: Some(Role::Owner),
            workstation: "front-desk-2".to_owned(),
            session: Some(self.session),
            operation: operation.to_owned(),
            purpose: Some(Purpose::Treatment),
            reason: None,
            patients: patient.into_iter().collect(),
            outcome: Outcome::Done,
            code: None,
            changes: Vec::new(),
            correlation: Uuid::now_v7(),
            policy: "owner holds chart_read".to_owned(),
        }
    }
}

/// When each part of a change was over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Phases {
    begun: Instant,
    entered: Instant,
    put: Instant,
    appended: Instant,
    committed: Instant,
    done: Instant,
}

impl Phases {
    /// The names of the parts.
    pub(crate) const NAMES: [&'static str; 5] = ["begin", "records", "entry", "digest and commit", "anchor"];

    /// Returns the microseconds of the parts.
    pub(crate) fn parts(&self) -> [f64; 5] {
        let ends = [self.begun, self.entered, self.put, self.appended, self.committed, self.done];
        let mut parts = [0.0; 5];
        for (part, pair) in parts.iter_mut().zip(ends.windows(2)) {
            if let [from, to] = pair {
                *part = to.duration_since(*from).as_secs_f64() * 1e6;
            }
        }
        parts
    }

    /// Returns the microseconds of the whole.
    pub(crate) fn whole(&self) -> f64 {
        self.done.duration_since(self.begun).as_secs_f64() * 1e6
    }
}

fn noted(engine: FileEngine, notes: Option<Notes>) -> Box<dyn Engine> {
    match notes {
        Some(notes) => Box::new(Noting::before(engine, notes)),
        None => Box::new(engine),
    }
}

/// Returns the file of the store in a folder.
pub(crate) fn store_in(folder: &Path) -> PathBuf {
    folder.join(keepwell_practice::STORE)
}

/// Returns the keychain that stands beside a store's folder; the vault refuses one inside it.
pub(crate) fn keychain(folder: &Path) -> Done<Arc<dyn Keychain>> {
    Ok(Arc::new(FileKeychain::at(&keychain_file(folder), folder)?))
}

/// Returns the keychain's file.
pub(crate) fn keychain_file(folder: &Path) -> PathBuf {
    folder.with_extension("keychain")
}
