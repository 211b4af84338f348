//! A practice's store as files: the tree in one, its journal beside it.

use super::tree::{Ended, Pace, Tree, builder, disk, opening};
use super::{Body, Engine, EngineError, Snapshot};
use redb::DatabaseError;
use redb::backends::FileBackend;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// A store in files. It opens them again by itself after the disk has failed once, because redb refuses everything
/// after the first error it saw.
pub struct FileEngine {
    opener: Opener,
    tree: Mutex<Option<Arc<Tree>>>,
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
        Ok(Self { opener: Box::new(opener), tree: Mutex::new(Some(Arc::new(tree))) })
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
        Self::opened_by(Box::new(move || open_files(&path, &path)))
    }

    /// Makes a store on disks that a test controls; each call of `disk` is the same medium, freshly mounted.
    ///
    /// # Errors
    /// [`EngineError`].
    #[cfg(any(test, feature = "test-engine"))]
    pub fn on<D: redb::StorageBackend>(disk: impl Fn(Part) -> D + Send + Sync + 'static) -> Result<Self, EngineError> {
        let database = builder(0).create_with_backend(disk(Part::Tree)).map_err(opening)?;
        let tree = Tree::make(database, Box::new(disk(Part::Journal)), Pace::AtOnce)?;
        Ok(Self { opener: Box::new(move || open_disks(&disk)), tree: Mutex::new(Some(Arc::new(tree))) })
    }

    /// Opens the store that [`FileEngine::on`] made.
    ///
    /// # Errors
    /// [`EngineError`].
    #[cfg(any(test, feature = "test-engine"))]
    pub fn again_on<D: redb::StorageBackend>(
        disk: impl Fn(Part) -> D + Send + Sync + 'static,
    ) -> Result<Self, EngineError> {
        Self::opened_by(Box::new(move || open_disks(&disk)))
    }

    fn opened_by(opener: Opener) -> Result<Self, EngineError> {
        let tree = opener()?;
        Ok(Self { opener, tree: Mutex::new(Some(Arc::new(tree))) })
    }

    fn held(&self) -> MutexGuard<'_, Option<Arc<Tree>>> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works with the tree, opening it first where it was let go of. No lock is held meanwhile: the body of a
    /// transaction may take a snapshot, and another thread may let go of a tree that has failed.
    fn with<R>(&self, work: impl FnOnce(&Tree) -> Result<R, EngineError>) -> Result<R, EngineError> {
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
        let mut held = self.held();
        // The old tree goes before the new one is opened: its lock on the file goes with it.
        *held = None;
        let Ok(tree) = (self.opener)() else { return Err(why) };
        let is_there = tree.opened_at() >= number;
        *held = Some(Arc::new(tree));
        if is_there { Ok(()) } else { Err(why) }
    }
}

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
fn open_disks<D: redb::StorageBackend>(disk: &impl Fn(Part) -> D) -> Result<Tree, EngineError> {
    let tree = disk(Part::Tree);
    let bytes = tree.len().map_err(self::disk)?;
    let database = builder(bytes).create_with_backend(tree).map_err(opening)?;
    Tree::open(database, Box::new(disk(Part::Journal)))
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
            Ended::Well => Ok(()),
            Ended::InDoubt(number, why) => self.settle_doubt(number, why),
        }
    }
}
