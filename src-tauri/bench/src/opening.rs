//! Opening a store: closed well, or cut off while somebody wrote; and what a process then holds in memory.

use crate::Done;
use crate::arguments::Arguments;
use crate::disk::{copy, forget};
use crate::machine::resident;
use crate::own::{Own, keychain_file};
use crate::peers::{self, Side};
use crate::records::Visit;
use crate::report::Report;
use crate::samples::Samples;
use crate::seam::Write;
use crate::shelf::{Shelf, row_key};
use crate::workloads::{progress, say};
use keepwell_vault::Record as _;
use keepwell_vault::Stored;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// Measures opening, and gives the stores back open.
pub(crate) fn run(arguments: &Arguments, report: &mut Report, mut shelf: Shelf) -> Done<Shelf> {
    for round in 0..arguments.rounds {
        progress(&format!("opening, round {} of {}", round + 1, arguments.rounds));
        let Shelf { own_folder, peer_folder, own, peers, ids } = shelf;
        drop((own, peers));
        let sample = ids.first().copied().unwrap_or_default();
        for (line, cold) in [("open, closed well", false), ("open, closed well, cold", true)] {
            for turn in 0..=peers::count() {
                if cold {
                    forget(&own_folder)?;
                    forget(&peer_folder)?;
                }
                let at = (turn + round) % (peers::count() + 1);
                let (side, time) = opened(at, &own_folder, &peer_folder, sample)?;
                report.add(line, "ms", side, round, time);
            }
        }
        shelf = Shelf {
            own: Own::open(&own_folder, None)?,
            peers: peers::open(&peer_folder)?,
            own_folder,
            peer_folder,
            ids,
        };
        after_a_crash(report, round, &mut shelf)?;
    }
    for turn in 0..=peers::count() {
        memory(arguments, turn, report)?;
    }
    report.note(
        "Opening ends with one visit read. Keepwell checks every page's checksum and opens every grant with the \
         recovery key on the way. After a crash: a copy of the files made while they were open and just written to. \
         Memory: a process of its own that has opened the store and read all visits once.",
    );
    Ok(shelf)
}

/// Opens one side's store, reads one visit, and returns the milliseconds.
fn opened(at: usize, own: &Path, beside: &Path, sample: uuid::Uuid) -> Done<(Side, f64)> {
    let begun = Instant::now();
    let side = match at.checked_sub(1) {
        None => {
            let own = Own::open(own, None)?;
            let found = own.vault.read(&own.keyring, |reading| {
                reading.get::<Visit>(&reading.key_of(Visit::TABLE)?.id(sample.as_bytes()).done())
            })?;
            found.map(|_| Side::Keepwell)
        }
        Some(peer) => {
            let mut peer = peers::open_one(beside, peer)?;
            peer.get(&row_key(Visit::TABLE.number, sample.as_bytes()))?.map(|_| peer.side())
        }
    };
    Ok((side.ok_or("the visit is not there")?, begun.elapsed().as_secs_f64() * 1e3))
}

fn after_a_crash(report: &mut Report, round: usize, shelf: &mut Shelf) -> Done<()> {
    let sample = shelf.ids.get(round).copied().unwrap_or_default();
    let visit = shelf.own_visit(sample)?.record;
    shelf.own.change(None, &mut |tx| Ok(tx.put(&visit, crate::save_script::now(), None).map(drop)?))?;
    for peer in &mut shelf.peers {
        let key = row_key(Visit::TABLE.number, sample.as_bytes());
        peer.save(&[Write::Put(key, vec![round as u8; 900])])?;
    }
    let (own, beside) = (shelf.own_folder.with_extension("crash"), shelf.peer_folder.with_extension("crash"));
    copy(&shelf.own_folder, &own)?;
    std::fs::copy(keychain_file(&shelf.own_folder), keychain_file(&own))?;
    copy(&shelf.peer_folder, &beside)?;
    for turn in 0..=peers::count() {
        let (side, time) = opened((turn + round) % (peers::count() + 1), &own, &beside, sample)?;
        report.add("open after a crash", "ms", side, round, time);
    }
    std::fs::remove_dir_all(own)?;
    Ok(std::fs::remove_dir_all(beside)?)
}

/// Asks a process of its own how much memory one side takes.
fn memory(arguments: &Arguments, at: usize, report: &mut Report) -> Done<()> {
    let mut child = Command::new(std::env::current_exe()?);
    child.args(["--memory-of", &at.to_string()]).arg("--stores").arg(&arguments.stores);
    // The stores are locked while this process has them, so the child takes a copy.
    for name in ["shelf", "shelf-peers"] {
        copy(&arguments.stores.join(name), &arguments.stores.join(format!("{name}-memory")))?;
    }
    let keychain = keychain_file(&arguments.stores.join("shelf"));
    std::fs::copy(keychain, keychain_file(&arguments.stores.join("shelf-memory")))?;
    let said = child.output()?;
    if !said.status.success() {
        return Err("the process that measures memory failed".into());
    }
    let megabytes: f64 = String::from_utf8(said.stdout)?.trim().parse()?;
    let side = Side::ALL.get(at).copied().ok_or("no such side")?;
    report.put("memory after reading all visits", "MB", side, Samples::one(megabytes));
    Ok(())
}

/// Opens one side's store in this process, reads all of it and says how much memory that took.
pub(crate) fn memory_of(arguments: &Arguments, at: usize) -> Done<()> {
    let (own, beside) = (arguments.stores.join("shelf-memory"), arguments.stores.join("shelf-peers-memory"));
    let mut bytes = 0;
    let megabytes = match at.checked_sub(1) {
        None => {
            let own = Own::open(&own, None)?;
            own.vault.read(&own.keyring, |reading| {
                reading.each(|visit: Stored<Visit>| visit.record.note.len(), |length| bytes += length)
            })?;
            resident()?
        }
        Some(peer) => {
            let mut peer = peers::open_one(&beside, peer)?;
            let number = Visit::TABLE.number;
            peer.range(&row_key(number, &[]), &row_key(number + 1, &[]), &mut |_, value| bytes += value.len())?;
            resident()?
        }
    };
    if bytes == 0 {
        return Err("nothing was read".into());
    }
    say(&megabytes.to_string());
    Ok(())
}
