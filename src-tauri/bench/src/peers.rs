//! Stores that are not ours, holding the same rows.

use crate::Done;
use crate::seam::Write;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// Whose figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Side {
    /// Keepwell's vault.
    Keepwell,
    /// Plain redb, with nothing sealed.
    Redb,
    /// SQLCipher: a raw key, WAL, synchronous FULL.
    SqlCipher,
    /// The sealing and opening of the same bytes, and nothing else.
    Floor,
}

impl Side {
    /// Every side, in the order of the table.
    pub(crate) const ALL: [Self; 4] = [Self::Keepwell, Self::Redb, Self::SqlCipher, Self::Floor];

    /// Returns the name in the table.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Keepwell => "keepwell",
            Self::Redb => "redb",
            Self::SqlCipher => "sqlcipher",
            Self::Floor => "floor",
        }
    }
}

/// Takes rows as they come.
pub(crate) type Each<'e> = &'e mut dyn FnMut(&[u8], &[u8]);

/// A store of ordered bytes that is not ours.
pub(crate) trait Peer: Send {
    /// Whose it is.
    fn side(&self) -> Side;

    /// Makes writes durable in one transaction.
    fn save(&mut self, writes: &[Write]) -> Done<()>;

    /// Returns a value.
    fn get(&mut self, key: &[u8]) -> Done<Option<Vec<u8>>>;

    /// Returns many values, one after the other, as of one moment.
    fn get_all(&mut self, keys: &[Vec<u8>]) -> Done<Vec<Vec<u8>>>;

    /// Goes through `from <= key < until` in order.
    fn range(&mut self, from: &[u8], until: &[u8], each: Each<'_>) -> Done<()>;

    /// Makes the file as small as the engine can.
    fn compact(&mut self) -> Done<()>;

    /// Says how its tree is built, where the engine tells.
    fn shape(&self) -> Done<Option<String>> {
        Ok(None)
    }

    /// Opens the same store once more, for another thread.
    fn another(&self) -> Done<Box<dyn Peer>>;
}

/// Makes every peer that this build has, empty, in a folder.
pub(crate) fn make(folder: &Path) -> Done<Vec<Box<dyn Peer>>> {
    for name in ["peer.redb", "peer.sqlite", "peer.sqlite-wal", "peer.sqlite-shm"] {
        crate::disk::remove(&folder.join(name))?;
    }
    open(folder)
}

/// Opens every peer that this build has in a folder.
pub(crate) fn open(folder: &Path) -> Done<Vec<Box<dyn Peer>>> {
    (0..count()).map(|at| open_one(folder, at)).collect()
}

/// Returns how many peers this build has.
pub(crate) const fn count() -> usize {
    if cfg!(feature = "sqlcipher") { 2 } else { 1 }
}

/// Opens one of the peers in a folder.
pub(crate) fn open_one(folder: &Path, at: usize) -> Done<Box<dyn Peer>> {
    match at {
        0 => Ok(Box::new(crate::redb_peer::RedbPeer::open(&folder.join("peer.redb"))?)),
        #[cfg(feature = "sqlcipher")]
        1 => Ok(Box::new(crate::sqlcipher_peer::SqlCipherPeer::open(&folder.join("peer.sqlite"))?)),
        _ => Err("this build has no such peer".into()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::chance::Chance;
    use std::collections::BTreeMap;

    /// A peer that did less than it was asked would be quick for the wrong reason.
    #[test]
    fn every_peer_holds_what_it_was_given() {
        let folder = tempfile::tempdir().unwrap();
        let mut peers = make(folder.path()).unwrap();
        assert_eq!(peers.len(), count());
        let (mut model, mut chance) = (BTreeMap::new(), Chance::new(7));
        for _ in 0..40 {
            let writes: Vec<Write> = (0..10).map(|_| write(&mut chance)).collect();
            for write in writes.iter().cloned() {
                match write {
                    Write::Put(key, value) => drop(model.insert(key, value)),
                    Write::Delete(key) => drop(model.remove(&key)),
                }
            }
            peers.iter_mut().for_each(|peer| peer.save(&writes).unwrap());
        }
        assert!(model.len() > 20);
        drop(peers);
        for mut peer in open(folder.path()).unwrap() {
            peer.compact().unwrap();
            let mut held = BTreeMap::new();
            peer.range(&[], &[u8::MAX], &mut |key, value| drop(held.insert(key.to_vec(), value.to_vec()))).unwrap();
            assert_eq!(held, model, "{}", peer.side().name());
            let keys: Vec<Vec<u8>> = model.keys().cloned().collect();
            assert_eq!(peer.get_all(&keys).unwrap(), model.values().cloned().collect::<Vec<_>>());
            let mut another = peer.another().unwrap();
            assert!(keys.iter().all(|key| another.get(key).unwrap().as_ref() == model.get(key)));
            assert_eq!(another.get(b"not there").unwrap(), None);
        }
    }

    fn write(chance: &mut Chance) -> Write {
        let key = vec![chance.below(60) as u8, 1];
        let length = 1 + chance.index(3000);
        if chance.below(4) == 0 { Write::Delete(key) } else { Write::Put(key, vec![chance.below(256) as u8; length]) }
    }
}
