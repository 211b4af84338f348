//! The store that is read: visits with their indexes, and rows to push everything else out of a cache.

use crate::Done;
use crate::arguments::Arguments;
use crate::chance::Chance;
use crate::disk::{forget, fresh};
use crate::own::Own;
use crate::peers::{self, Peer};
use crate::records::{BY_DAY, BY_NUMBER, Bare, VISITS_A_DAY, Visit, number_of};
use crate::save_script::now;
use crate::seam::{Notes, Write, taken};
use crate::workloads::progress;
use keepwell_vault::{Index, Record, RowKey, Stored};
use std::path::PathBuf;
use uuid::Uuid;

/// Rows that are larger together than any side's cache.
const BALLAST: u64 = 90_000;
const BATCH: u64 = 2000;
/// The first byte of a key of a row and of an index, as the vault's keyspace has them.
const ROWS: u8 = 0x10;
const INDEXES: u8 = 0x30;
/// What a seal and the stamp inside it add to a record's own bytes. The peers are given rows without them.
const SEALED_MORE: usize = 46 + 34;

/// The stores of all sides with the same visits.
pub(crate) struct Shelf {
    pub(crate) own_folder: PathBuf,
    pub(crate) peer_folder: PathBuf,
    pub(crate) own: Own,
    pub(crate) peers: Vec<Box<dyn Peer>>,
    pub(crate) ids: Vec<Uuid>,
}

impl Shelf {
    /// Makes the stores with so many visits.
    pub(crate) fn fill(arguments: &Arguments, visits: u64) -> Done<Self> {
        let (own_folder, peer_folder) = (arguments.stores.join("shelf"), arguments.stores.join("shelf-peers"));
        fresh(&peer_folder)?;
        progress(&format!("filling the stores with {visits} visits and their indexes"));
        let mut peers = peers::make(&peer_folder)?;
        let notes = Notes::default();
        let own = Own::create(&own_folder, Some(Notes::clone(&notes)))?;
        let (at, mut chance, mut ids) = (now(), Chance::new(arguments.seed ^ 0x5E1F), Vec::new());
        let pass_on = |peers: &mut Vec<Box<dyn Peer>>| -> Done<()> {
            for noted in taken(&notes) {
                let rows: Vec<Write> = noted.writes.into_iter().filter_map(bare_of_seals).collect();
                peers.iter_mut().try_for_each(|peer| peer.save(&rows))?;
            }
            Ok(())
        };
        for first in (0..visits).step_by(BATCH as usize) {
            let batch: Vec<Visit> =
                (first..visits.min(first + BATCH)).map(|place| Visit::make(place, &mut chance)).collect();
            ids.extend(batch.iter().map(|visit| visit.id));
            own.change(None, &mut |tx| batch.iter().try_for_each(|one| Ok(tx.put(one, at, None).map(drop)?)))?;
            pass_on(&mut peers)?;
        }
        for first in (0..BALLAST).step_by(BATCH as usize) {
            let batch: Vec<Bare> = (first..first + BATCH).map(|place| Bare::make(place, true, &mut chance)).collect();
            own.change(None, &mut |tx| batch.iter().try_for_each(|one| Ok(tx.put(one, at, None).map(drop)?)))?;
            pass_on(&mut peers)?;
        }
        Self { own, peers, own_folder, peer_folder, ids }.again()
    }

    /// Closes all stores and opens them again.
    pub(crate) fn again(self) -> Done<Self> {
        let Self { own_folder, peer_folder, own, peers, ids } = self;
        drop((own, peers));
        let (own, peers) = (Own::open(&own_folder, None)?, peers::open(&peer_folder)?);
        Ok(Self { own_folder, peer_folder, own, peers, ids })
    }

    /// Makes every cache cold: opened anew, other rows read until nothing of the visits is left in the engine's own
    /// cache, and the files thrown out of the page cache.
    pub(crate) fn cold(self) -> Done<Self> {
        let mut shelf = self.again()?;
        let mut rows = 0u64;
        let seen =
            shelf.own.vault.read(&shelf.own.keyring, |reading| reading.each(|_: Stored<Bare>| (), |()| rows += 1));
        seen?;
        let (from, until) = (row_key(Bare::TABLE.number, &[]), row_key(Bare::TABLE.number + 1, &[]));
        for peer in &mut shelf.peers {
            peer.range(&from, &until, &mut |_, _| rows += 1)?;
        }
        if rows < BALLAST * (1 + shelf.peers.len() as u64) {
            return Err("the rows that push the others out are not all there".into());
        }
        forget(&shelf.own_folder)?;
        forget(&shelf.peer_folder)?;
        Ok(shelf)
    }

    /// Reads a visit through the vault, in a look of its own.
    pub(crate) fn own_visit(&self, id: Uuid) -> Done<Stored<Visit>> {
        let found = self.own.vault.read(&self.own.keyring, |reading| {
            let row = reading.key_of(Visit::TABLE)?.id(id.as_bytes()).done();
            reading.get::<Visit>(&row)
        })?;
        Ok(found.ok_or("a visit is not there")?)
    }

    /// Reads a visit by the number that people read.
    pub(crate) fn own_numbered(&self, place: u64) -> Done<Stored<Visit>> {
        let found = self.own.vault.read(&self.own.keyring, |reading| {
            let key = reading.key_of(Visit::TABLE)?.blind("number", number_of(place).as_bytes()).done();
            reading.find_one::<Visit>(BY_NUMBER, &key)
        })?;
        Ok(found.ok_or("a visit is not there")?)
    }

    /// Reads the visits of a day in one look.
    pub(crate) fn own_day(&self, day: u32) -> Done<usize> {
        let found = self.own.vault.read(&self.own.keyring, |reading| {
            let key = reading.key_of(Visit::TABLE)?.blind("day", &day.to_be_bytes()).done();
            let rows = reading.find::<Visit>(BY_DAY, &key, 200)?;
            rows.iter().map(|row| reading.get::<Visit>(row)).collect::<Result<Vec<_>, _>>()
        })?;
        Ok(found.iter().flatten().count())
    }

    /// Returns the blinded key that an index has for a value, as it stands in the store.
    pub(crate) fn index_key(&self, index: Index, what: &str, value: &[u8]) -> Done<Vec<u8>> {
        let key: RowKey = self.own.vault.read(&self.own.keyring, |reading| {
            Ok::<_, keepwell_vault::VaultError>(reading.key_of(Visit::TABLE)?.blind(what, value).done())
        })?;
        Ok([&[INDEXES], index.number.to_be_bytes().as_slice(), key.bytes()].concat())
    }

    /// Returns how many days the visits fill.
    pub(crate) fn days(&self) -> u64 {
        self.ids.len() as u64 / VISITS_A_DAY
    }
}

/// Reads the visits that stand in an index under a key, with a peer.
pub(crate) fn peer_indexed(peer: &mut dyn Peer, prefix: &[u8]) -> Done<usize> {
    let mut keys = Vec::new();
    let until = [prefix, &[u8::MAX; 9]].concat();
    peer.range(prefix, &until, &mut |_, row| keys.push(row_key(Visit::TABLE.number, row)))?;
    Ok(peer.get_all(&keys)?.len())
}

/// Returns the key of a row as it stands in the store.
pub(crate) fn row_key(table: u16, row: &[u8]) -> Vec<u8> {
    [&[ROWS], table.to_be_bytes().as_slice(), row].concat()
}

/// Turns a row of the vault into what an engine without a vault would hold: the record without its seal, the index
/// keys as they are, and nothing else.
fn bare_of_seals(write: Write) -> Option<Write> {
    match write {
        Write::Put(key, mut value) if key.first() == Some(&ROWS) => {
            value.truncate(value.len().saturating_sub(SEALED_MORE));
            Some(Write::Put(key, value))
        }
        Write::Put(key, value) if key.first() == Some(&INDEXES) => Some(Write::Put(key, value)),
        _ => None,
    }
}
