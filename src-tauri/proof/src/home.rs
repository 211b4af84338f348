//! A home for a practice on a disk and a keychain that record what happens to them.

use crate::disk::Disk;
use crate::history::{Event, History, Rows};
use crate::medium::Media;
use keepwell_log::door::Home;
use keepwell_vault::engine::{Body, Direction, Engine, EngineError, FileEngine, Lap, SCAN_ROWS_MAX, Snapshot, Verdict};
use keepwell_vault::{Keychain, KeychainError};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// What a keychain holds.
pub type Secrets = BTreeMap<String, Vec<u8>>;

/// A keychain that notes each secret on its way in.
#[derive(Clone)]
pub struct Ring {
    held: Arc<Mutex<Secrets>>,
    history: Option<Arc<History>>,
}

impl Ring {
    /// Returns what is held.
    #[must_use]
    pub fn secrets(&self) -> Secrets {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Keychain for Ring {
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeychainError> {
        Ok(self.secrets().remove(name).map(Zeroizing::new))
    }

    fn set(&self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        if let Some(history) = &self.history {
            history.note(Event::Telling { name: name.to_owned(), secret: secret.to_vec() });
        }
        self.held.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), secret.to_vec());
        if let Some(history) = &self.history {
            history.note(Event::Told);
        }
        Ok(())
    }

    fn forget(&self, name: &str) -> Result<(), KeychainError> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        Ok(())
    }

    fn kind(&self) -> &'static str {
        "memory"
    }
}

/// A practice's store on a disk of ours.
#[derive(Clone)]
pub struct Place {
    /// The disk.
    pub disk: Disk,
    /// The keychain.
    pub ring: Ring,
    history: Option<Arc<History>>,
    kept: Arc<Mutex<bool>>,
    open: Arc<Mutex<Option<Arc<FileEngine>>>>,
    lap: Lap,
}

impl Place {
    /// Finds a place with a medium and secrets in it, as a machine finds them after a power cut.
    #[must_use]
    pub fn found(media: impl Into<Media>, secrets: Secrets, kept: bool, history: Option<Arc<History>>) -> Self {
        let disk = match &history {
            Some(history) => Disk::recording(media, Arc::clone(history)),
            None => Disk::with(media),
        };
        let ring = Ring { held: Arc::new(Mutex::new(secrets)), history: history.clone() };
        Self { disk, ring, history, kept: Arc::new(Mutex::new(kept)), open: Arc::default(), lap: Lap::default() }
    }

    /// Finds an empty place that records.
    #[must_use]
    pub fn empty(history: &Arc<History>) -> Self {
        Self::found(Media::default(), Secrets::new(), false, Some(Arc::clone(history)))
    }

    /// Says how long the laps of the journal are here; they are short where nothing is said.
    #[must_use]
    pub fn with_laps(mut self, lap: Lap) -> Self {
        self.lap = lap;
        self
    }

    /// Returns the rows of the store that was last opened here, past every check of the program.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn rows(&self) -> Result<Option<Rows>, EngineError> {
        let open = self.open.lock().unwrap_or_else(PoisonError::into_inner).clone();
        open.map(|engine| rows_of(engine.as_ref())).transpose()
    }

    /// Lets go of the store, as the end of the program does.
    pub fn let_go(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn watched(&self, engine: FileEngine) -> Box<dyn Engine> {
        let engine = Arc::new(engine);
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&engine));
        Box::new(Watched { engine, history: self.history.clone() })
    }

    fn note(&self, event: Event) {
        if let Some(history) = &self.history {
            history.note(event);
        }
    }
}

impl Home for Place {
    fn open(&self) -> Result<Box<dyn Engine>, EngineError> {
        if !*self.kept.lock().unwrap_or_else(PoisonError::into_inner) {
            return Err(EngineError::Missing);
        }
        let disk = self.disk.clone();
        Ok(self.watched(FileEngine::again_on(move |part| disk.file(part), self.lap)?))
    }

    fn create(&self) -> Result<Box<dyn Engine>, EngineError> {
        self.disk.replace(Media::default());
        let disk = self.disk.clone();
        Ok(self.watched(FileEngine::on(move |part| disk.file(part), self.lap)?))
    }

    fn keep(&self) -> Result<(), EngineError> {
        self.note(Event::Keeping);
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.note(Event::Kept);
        Ok(())
    }

    fn discard(&self) -> Result<(), EngineError> {
        self.let_go();
        self.disk.replace(Media::default());
        Ok(())
    }

    fn keychain(&self) -> Arc<dyn Keychain> {
        Arc::new(self.ring.clone())
    }
}

/// An engine whose every commit is noted with the rows that stand afterwards.
struct Watched {
    engine: Arc<FileEngine>,
    history: Option<Arc<History>>,
}

impl Engine for Watched {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError> {
        self.engine.snapshot()
    }

    fn transact(&self, body: Body<'_>) -> Result<(), EngineError> {
        let Some(history) = &self.history else { return self.engine.transact(body) };
        history.note(Event::Begun);
        let mut verdict = Verdict::Abort;
        let done = self.engine.transact(&mut |tx| {
            verdict = body(tx)?;
            Ok(verdict)
        });
        history.note(match (&done, verdict) {
            (Ok(()), Verdict::Commit) => Event::Committed(rows_of(self.engine.as_ref())?),
            _ => Event::Undone,
        });
        done
    }
}

/// Adds up every row of a store.
///
/// # Errors
/// [`EngineError`].
pub fn rows_of(engine: &dyn Engine) -> Result<Rows, EngineError> {
    let mut hasher = blake3::Hasher::new();
    let mut entries = 0;
    each_row(engine, |key, value| {
        entries += u64::from(key.starts_with(&ENTRIES));
        for part in [key, value] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    })?;
    Ok(Rows { hash: *hasher.finalize().as_bytes(), entries })
}

/// Under what the log's entries stand: its space, then their kind.
pub const ENTRIES: [u8; 2] = [0x50, 1];

/// Shows every row of a store, in the order of their keys.
///
/// # Errors
/// [`EngineError`].
pub fn each_row(engine: &dyn Engine, mut each: impl FnMut(&[u8], &[u8])) -> Result<(), EngineError> {
    let snapshot = engine.snapshot()?;
    let (mut from, end) = (Vec::new(), [u8::MAX; 64]);
    loop {
        let page = snapshot.scan(&from, &end, Direction::Up, SCAN_ROWS_MAX)?;
        page.iter().for_each(|(key, value)| each(key, value));
        let Some((last, _)) = page.last().filter(|_| page.len() == SCAN_ROWS_MAX) else { return Ok(()) };
        from = [last.as_slice(), &[0]].concat();
    }
}
