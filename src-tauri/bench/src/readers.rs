//! Four readers while somebody writes.

use crate::Done;
use crate::arguments::Arguments;
use crate::chance::Chance;
use crate::machine::lap_has_ended;
use crate::peers::{self, Peer, Side};
use crate::records::{Bare, Visit};
use crate::report::Report;
use crate::save_script::now;
use crate::seam::Write;
use crate::shelf::{Shelf, row_key};
use crate::workloads::progress;
use keepwell_vault::Record as _;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;
use uuid::Uuid;

const READERS: u64 = 4;
const SAVES: u64 = 200;
/// Places of records that nothing else in the stores has.
const PLACES: u64 = 1 << 32;

/// Measures reads and saves side by side.
pub(crate) fn run(arguments: &Arguments, report: &mut Report, shelf: &mut Shelf) -> Done<()> {
    for round in 0..arguments.rounds {
        progress(&format!("readers beside a writer, round {} of {}", round + 1, arguments.rounds));
        for turn in 0..=peers::count() {
            match ((turn + round) % (peers::count() + 1)).checked_sub(1) {
                None => own(report, round, shelf)?,
                Some(at) => {
                    let ids = shelf.ids.clone();
                    peer(report, round, &ids, shelf.peers.get_mut(at).ok_or("no such peer")?.as_mut())?;
                }
            }
        }
    }
    report.note(format!(
        "Four readers: threads that read visits at random while one thread makes {SAVES} durable saves of one record; \
         reads a second of all four together. A quotient above 1 is better there, and below 1 for the saves."
    ));
    Ok(())
}

/// Reads in four threads until the writer is through, and returns the reads in a second.
fn beside<R: FnMut(Uuid) -> Done<()> + Send>(
    ids: &[Uuid],
    readers: Vec<R>,
    writer: impl FnOnce() -> Done<()>,
) -> Done<f64> {
    let (over, count) = (AtomicBool::new(false), AtomicU64::new(0));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let mut threads = Vec::new();
        for (seed, mut read) in (0..).zip(readers) {
            let (over, count) = (&over, &count);
            threads.push(scope.spawn(move || -> Done<()> {
                let mut chance = Chance::new(seed);
                while !over.load(Ordering::Relaxed) {
                    read(ids.get(chance.index(ids.len())).copied().unwrap_or_default())?;
                    count.fetch_add(1, Ordering::Relaxed);
                }
                Ok(())
            }));
        }
        let written = writer();
        over.store(true, Ordering::Relaxed);
        for thread in threads {
            thread.join().map_err(|_| "a reader stopped")??;
        }
        written
    })?;
    Ok(count.into_inner() as f64 / begun.elapsed().as_secs_f64())
}

fn own(report: &mut Report, round: usize, shelf: &Shelf) -> Done<()> {
    let (own, mut chance) = (&shelf.own, Chance::new(round as u64));
    let read = |id: Uuid| {
        let found = own.vault.read(&own.keyring, |reading| {
            reading.get::<Visit>(&reading.key_of(Visit::TABLE)?.id(id.as_bytes()).done())
        })?;
        found.map(drop).ok_or_else(|| "a visit is not there".into())
    };
    let mut times = Vec::new();
    let rate = beside(&shelf.ids, vec![read; READERS as usize], || {
        for place in 0..SAVES {
            let bare = Bare::make(PLACES + round as u64 * SAVES + place, true, &mut chance);
            times.push(own.change(None, &mut |tx| Ok(tx.put(&bare, now(), None).map(drop)?))?.whole());
        }
        Ok(())
    })?;
    lap_has_ended()?;
    tell(report, Side::Keepwell, round, rate, times);
    Ok(())
}

fn peer(report: &mut Report, round: usize, ids: &[Uuid], peer: &mut dyn Peer) -> Done<()> {
    let mut chance = Chance::new(round as u64);
    let mut readers = Vec::new();
    for _ in 0..READERS {
        let mut reader = peer.another()?;
        readers.push(move |id: Uuid| {
            let found = reader.get(&row_key(Visit::TABLE.number, id.as_bytes()))?;
            found.map(drop).ok_or_else(|| "a visit is not there".into())
        });
    }
    let mut times = Vec::new();
    let rate = beside(ids, readers, || {
        for place in 0..SAVES {
            let bare = Bare::make(PLACES + round as u64 * SAVES + place, true, &mut chance);
            let digest = vec![place as u8; 2094];
            let rows = [
                Write::Put(row_key(Bare::TABLE.number, bare.id.as_bytes()), bare.text.into_bytes()),
                Write::Put(vec![1], digest),
            ];
            let begun = Instant::now();
            peer.save(&rows)?;
            times.push(begun.elapsed().as_secs_f64() * 1e6);
        }
        Ok(())
    })?;
    tell(report, peer.side(), round, rate, times);
    Ok(())
}

fn tell(report: &mut Report, side: Side, round: usize, rate: f64, times: Vec<f64>) {
    report.add("four readers beside a writer", "reads/s", side, round, rate);
    for time in times {
        report.add("save beside four readers", "µs", side, round, time);
    }
}
