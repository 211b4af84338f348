//! A practice's store as files: the tree in one, its journal beside it.

use super::tree::{Ended, Pace, Tree, builder, disk, opening};
use super::{Body, Engine, EngineError, Snapshot};
use redb::DatabaseError;
use redb::backends::FileBackend;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// The first bytes of every redb file.
const MAGIC: [u8; 9] = [b'r', b'e', b'd', b'b', 0x1a, 0x0a, 0xa9, 0x0d, 0x0a];
/// The header of redb and its first region; a shorter file was cut.
const FILE_BYTES_MIN: u64 = 4096;

/// Opens the store again.
type Opener = Box<dyn Fn() -> Result<Tree, EngineError> + Send + Sync>;

/// One of the two files of a store, for a disk that a test controls.
#[cfg(any(test, feature = "test-engine"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The file of redb.
    Tree,
    /// The journal beside it.
    Journal,
}

/// How long the laps of a store's journal are, on disks that a test controls.
#[cfg(any(test, feature = "test-engine"))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lap {
    /// As in the program.
    Usual,
    /// Seven commits, so that a few steps of work pass through the ends of several.
    #[default]
    Short,
}

#[cfg(any(test, feature = "test-engine"))]
impl Lap {
    fn of(self, tree: Tree) -> Tree {
        match self {
            Self::Usual => tree,
            Self::Short => tree.long_after(SHORT_LAP),
        }
    }
}

/// A store in files. It opens them again by itself after the disk has failed once, because redb refuses everything
/// after the first error it saw.
pub struct FileEngine {
    opener: Opener,
    tree: Held,
    laps: Laps,
}

/// The tree, until it has failed.
type Held = Arc<Mutex<Option<Arc<Tree>>>>;

/// Who ends a lap of the journal that is long.
enum Laps {
    /// A thread of its own, so that nobody waits for the disk longer than their own commit takes.
    Behind(Mutex<Option<JoinHandle<()>>>),
    /// Whoever made it long, so that a test sees the disk's calls in one order.
    #[cfg(any(test, feature = "test-engine"))]
    InTurn,
}

impl FileEngine {
    /// Makes a new store beside the place where none is yet. It takes its real name with [`FileEngine::keep`], once
    /// something is in it: a power cut before that leaves no store, and not half of one.
    ///
    /// # Errors
    /// [`EngineError`]; `Foreign` when something is there already, `HeldElsewhere` when another program is making one.
    pub fn create(path: &Path) -> Result<Self, EngineError> {
        Self::created(path, Pace::AtOnce)
    }

    /// Does what [`FileEngine::create`] does, for a store that nobody relies on before it is closed: its commits reach
    /// the disk when it is closed, or now and then before. A power cut leaves an older store, or one that is not whole.
    ///
    /// # Errors
    /// As [`FileEngine::create`].
    pub fn create_at_leisure(path: &Path) -> Result<Self, EngineError> {
        Self::created(path, Pace::AtLeisure)
    }

    fn created(path: &Path, pace: Pace) -> Result<Self, EngineError> {
        if path.exists() {
            return Err(EngineError::Foreign);
        }
        let (making, real) = (beside(path, MAKING), path.to_owned());
        remove_left_over(&making)?;
        let database = builder(0).create(&making).map_err(opening)?;
        let tree = Tree::make(database, Box::new(journal(&real)?), pace)?;
        // After a failure the file is still in the making, or it has its name by then.
        let opener = move || open_files(if making.exists() { &making } else { &real }, &real);
        Ok(Self::of(Box::new(opener), tree, Laps::Behind(Mutex::default())))
    }

    /// Gives a store that [`FileEngine::create`] made its real name, and returns once that survives a power cut.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn keep(path: &Path) -> Result<(), EngineError> {
        std::fs::rename(beside(path, MAKING), path).map_err(disk)?;
        sync_folder(path)
    }

    /// Removes a store that was never kept.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn discard(path: &Path) -> Result<(), EngineError> {
        removed(&beside(path, JOURNAL))?;
        removed(&beside(path, MAKING))
    }

    /// Removes the store that is there, with its journal.
    ///
    /// # Errors
    /// [`EngineError`].
    pub fn erase(path: &Path) -> Result<(), EngineError> {
        Self::discard(path)?;
        removed(path)
    }

    /// Opens the store that is there, checking every page's checksum on the way unless the file is large, and taking over
    /// what is in the journal.
    ///
    /// # Errors
    /// [`EngineError`], which says what is wrong with the file.
    pub fn open(path: &Path) -> Result<Self, EngineError> {
        look_at(path)?;
        let path = path.to_owned();
        Self::opened_by(Box::new(move || open_files(&path, &path)), Laps::Behind(Mutex::default()))
    }

    /// Makes a store on disks that a test controls; each call of `disk` is the same medium, freshly mounted.
    ///
    /// # Errors
    /// [`EngineError`].
    #[cfg(any(test, feature = "test-engine"))]
    pub fn on<D: redb::StorageBackend>(
        disk: impl Fn(Part) -> D + Send + Sync + 'static,
        lap: Lap,
    ) -> Result<Self, EngineError> {
        let database = builder(0).create_with_backend(disk(Part::Tree)).map_err(opening)?;
        let tree = lap.of(Tree::make(database, Box::new(disk(Part::Journal)), Pace::AtOnce)?);
        Ok(Self::of(Box::new(move || open_disks(&disk, lap)), tree, Laps::InTurn))
    }

    /// Opens the store that [`FileEngine::on`] made.
    ///
    /// # Errors
    /// [`EngineError`].
    #[cfg(any(test, feature = "test-engine"))]
    pub fn again_on<D: redb::StorageBackend>(
        disk: impl Fn(Part) -> D + Send + Sync + 'static,
        lap: Lap,
    ) -> Result<Self, EngineError> {
        Self::opened_by(Box::new(move || open_disks(&disk, lap)), Laps::InTurn)
    }

    fn opened_by(opener: Opener, laps: Laps) -> Result<Self, EngineError> {
        let tree = opener()?;
        Ok(Self::of(opener, tree, laps))
    }

    fn of(opener: Opener, tree: Tree, laps: Laps) -> Self {
        Self { opener, tree: Arc::new(Mutex::new(Some(Arc::new(tree)))), laps }
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<Tree>>> {
        held(&self.tree)
    }

    /// Works with the tree, opening it first where it was let go of. No lock is held meanwhile: the body of a
    /// transaction may take a snapshot, and another thread may let go of a tree that has failed.
    fn with<R>(&self, work: impl FnOnce(&Tree) -> Result<R, EngineError>) -> Result<R, EngineError> {
        if self.held().is_none() {
            self.lap_has_ended();
        }
        let tree = {
            let mut held = self.held();
            match held.as_ref() {
                Some(tree) => Arc::clone(tree),
                None => Arc::clone(held.insert(Arc::new((self.opener)()?))),
            }
        };
        work(&tree)
    }

    /// Lets go of a tree that has failed, so that the next call opens it afresh.
    fn after<R>(&self, answer: Result<R, EngineError>) -> Result<R, EngineError> {
        if matches!(
            answer,
            Err(EngineError::Disk(_) | EngineError::Full | EngineError::ReadOnly | EngineError::Engine(_))
        ) {
            *self.held() = None;
        }
        answer
    }

    /// Finds out, by opening the store afresh, whether a commit that the disk answered with an error is there all the
    /// same: a sync that fails says nothing about what has reached the disk before it.
    fn settle_doubt(&self, number: u64, why: EngineError) -> Result<(), EngineError> {
        self.lap_has_ended();
        let mut held = self.held();
        // The old tree goes before the new one is opened: its lock on the file goes with it.
        *held = None;
        let Ok(tree) = (self.opener)() else { return Err(why) };
        let is_there = tree.opened_at() >= number;
        *held = Some(Arc::new(tree));
        if is_there { Ok(()) } else { Err(why) }
    }

    /// Has a long lap ended. The commits in it are acknowledged and in the journal whatever comes of this, so nobody is told of
    /// a failure: the next call opens the store again and takes them from there.
    fn end_lap(&self) {
        let Some(tree) = self.held().clone() else { return };
        let held = Arc::clone(&self.tree);
        match &self.laps {
            #[cfg(any(test, feature = "test-engine"))]
            Laps::InTurn => end_lap_of(tree, &held),
            Laps::Behind(running) => {
                let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
                if running.as_ref().is_none_or(JoinHandle::is_finished) {
                    let ending = move || end_lap_of(tree, &held);
                    // Without a thread the lap ends with the commit that finds no room.
                    *running = thread::Builder::new().name("lap".to_owned()).spawn(ending).ok();
                }
            }
        }
    }

    /// Waits for the thread that ends a lap, which has the tree as long as it runs.
    fn lap_has_ended(&self) {
        let running = match &self.laps {
            #[cfg(any(test, feature = "test-engine"))]
            Laps::InTurn => None,
            Laps::Behind(running) => running.lock().unwrap_or_else(PoisonError::into_inner).take(),
        };
        // A thread that ended in a panic has let go of the tree as well.
        drop(running.map(JoinHandle::join));
    }
}

impl Drop for FileEngine {
    fn drop(&mut self) {
        self.lap_has_ended();
    }
}

fn held(tree: &Held) -> MutexGuard<'_, Option<Arc<Tree>>> {
    tree.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Ends a tree's lap, and lets go of the tree where that failed.
fn end_lap_of(tree: Arc<Tree>, in_hand: &Held) {
    let (ended, this) = (tree.end_lap(), Arc::as_ptr(&tree));
    drop(tree);
    let mut now = held(in_hand);
    if ended.is_err() && now.as_ref().is_some_and(|tree| Arc::as_ptr(tree) == this) {
        *now = None;
    }
}

/// So many commits make a short lap long.
#[cfg(any(test, feature = "test-engine"))]
const SHORT_LAP: u32 = 7;

/// Behind the name of a store that is still in the making.
const MAKING: &str = ".new";
/// Behind the name of a store's journal.
const JOURNAL: &str = ".journal";

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn open_files(tree: &Path, named: &Path) -> Result<Tree, EngineError> {
    // The lock on the tree's file is the lock on both, so the tree comes first.
    let bytes = std::fs::metadata(tree).map_err(disk)?.len();
    let database = builder(bytes).open(tree).map_err(opening)?;
    Tree::open(database, Box::new(journal(named)?))
}

#[cfg(any(test, feature = "test-engine"))]
fn open_disks<D: redb::StorageBackend>(disk: &impl Fn(Part) -> D, lap: Lap) -> Result<Tree, EngineError> {
    let tree = disk(Part::Tree);
    let bytes = tree.len().map_err(self::disk)?;
    let database = builder(bytes).create_with_backend(tree).map_err(opening)?;
    Ok(lap.of(Tree::open(database, Box::new(disk(Part::Journal)))?))
}

/// Opens a store's journal, or makes it so that its name survives a power cut.
fn journal(store: &Path) -> Result<FileBackend, EngineError> {
    let path = beside(store, JOURNAL);
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let known = path.exists();
    let file = options.open(&path).map_err(disk)?;
    if !known {
        sync_folder(&path)?;
    }
    FileBackend::new(file).map_err(opening)
}

/// Makes a new name in a file's folder survive a power cut.
#[cfg(unix)]
fn sync_folder(path: &Path) -> Result<(), EngineError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(disk)
}

/// Other systems have no way to say so; their file systems keep names in order by themselves.
#[cfg(not(unix))]
const fn sync_folder(_: &Path) -> Result<(), EngineError> {
    Ok(())
}

/// Removes what a power cut has left of a store in the making, unless another program is at it right now.
fn remove_left_over(making: &Path) -> Result<(), EngineError> {
    if making.exists() && matches!(builder(0).open(making), Err(DatabaseError::DatabaseAlreadyOpen)) {
        return Err(EngineError::HeldElsewhere);
    }
    removed(making)
}

fn removed(path: &Path) -> Result<(), EngineError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(disk(error)),
        _ => Ok(()),
    }
}

/// Says what a file is before redb sees it, in words that help more than redb's.
fn look_at(path: &Path) -> Result<(), EngineError> {
    let mut file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(EngineError::Missing),
        Err(error) => return Err(disk(error)),
    };
    let metadata = file.metadata().map_err(disk)?;
    if !metadata.is_file() {
        return Err(EngineError::Foreign);
    }
    if metadata.len() < FILE_BYTES_MIN {
        return Err(EngineError::Truncated);
    }
    let mut start = [0u8; MAGIC.len()];
    file.read_exact(&mut start).map_err(disk)?;
    if start == MAGIC { Ok(()) } else { Err(EngineError::Foreign) }
}

impl Engine for FileEngine {
    fn snapshot(&self) -> Result<Box<dyn Snapshot + '_>, EngineError> {
        let snapshot = self.with(Tree::snapshot);
        Ok(Box::new(self.after(snapshot)?))
    }

    fn transact(&self, body: Body<'_>) -> Result<(), EngineError> {
        let done = self.with(|tree| tree.transact(body));
        match self.after(done)? {
            Ended::Well { lap_is_long } => {
                if lap_is_long {
                    self.end_lap();
                }
                Ok(())
            }
            Ended::InDoubt(number, why) => self.settle_doubt(number, why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::journal::LAP_COMMITS as LONG;
    use crate::engine::unplugged::Disk;
    use crate::engine::{Direction, Transaction, Verdict};

    fn commit(engine: &FileEngine, numbers: std::ops::Range<u32>) {
        for number in numbers {
            let mut put = |writing: &mut dyn Transaction| {
                writing.put(&number.to_be_bytes(), b"value")?;
                Ok(Verdict::Commit)
            };
            engine.transact(&mut put).unwrap();
        }
    }

    fn rows(engine: &FileEngine) -> usize {
        engine.snapshot().unwrap().scan(&[], &[0xFF; 5], Direction::Up, 1_000).unwrap().len()
    }

    #[test]
    fn the_tree_holds_a_long_lap_though_nobody_has_waited_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let (store, cut_off) = (folder.path().join("store"), folder.path().join("cut off"));
        let engine = FileEngine::create(&store).unwrap();
        FileEngine::keep(&store).unwrap();
        // The tree's file alone, without what is in the journal.
        let in_the_tree = || {
            std::fs::copy(&store, &cut_off).unwrap();
            rows(&FileEngine::open(&cut_off).unwrap())
        };
        commit(&engine, 0..LONG - 1);
        engine.lap_has_ended();
        assert_eq!((in_the_tree(), rows(&engine)), (0, 149));
        commit(&engine, LONG - 1..LONG);
        engine.lap_has_ended();
        assert_eq!((in_the_tree(), rows(&engine)), (150, 150));
        commit(&engine, LONG..LONG + 20);
        assert_eq!((in_the_tree(), rows(&engine)), (150, 170), "the next lap is in the journal");
        drop(engine);
        assert_eq!(rows(&FileEngine::open(&store).unwrap()), 170);
    }

    #[test]
    fn a_lap_that_the_disk_does_not_take_is_still_in_the_journal() {
        for behind in [true, false] {
            let long = SHORT_LAP;
            let (tree, journal) = (Disk::default(), Disk::default());
            let of = |part| if part == Part::Tree { &tree } else { &journal }.clone();
            let (first, second) = (of(Part::Tree), of(Part::Journal));
            let disks = move |part| if part == Part::Tree { first.clone() } else { second.clone() };
            let mut engine = FileEngine::on(disks, Lap::Short).unwrap();
            if behind {
                engine.laps = Laps::Behind(Mutex::default());
            }
            commit(&engine, 0..long - 1);
            tree.unplug(true);
            commit(&engine, long - 1..long);
            engine.lap_has_ended();
            assert!(engine.held().is_none(), "the tree that has failed is let go of");
            tree.unplug(false);
            assert_eq!(rows(&engine), 7);
            commit(&engine, long..long + 1);
            assert_eq!(rows(&engine), 8);
        }
    }
}
