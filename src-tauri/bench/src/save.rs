//! Durable saves, in turns: what the vault does, and what the peers do with the very same rows.

use crate::Done;
use crate::arguments::Arguments;
use crate::disk::{Flush, Traffic, fresh};
use crate::machine::lap_has_ended;
use crate::own::Phases;
use crate::peers::{Peer, Side, make};
use crate::report::Report;
use crate::samples::Samples;
use crate::save_script::{Kind, Writer};
use crate::seam::{Noted, Write};
use crate::workloads::progress;
use std::collections::BTreeMap;
use std::time::Instant;

/// Saves of one side before it is the next one's turn.
const BLOCK: usize = 20;

/// How much is saved.
struct Extent {
    rounds: usize,
    blocks: usize,
}

/// The samples of one kind of save.
#[derive(Default)]
struct Measured {
    times: BTreeMap<Side, Samples>,
    phases: [Samples; 5],
    written: BTreeMap<Side, Traffic>,
    /// The microseconds that the store worked on behind the saves.
    behind: f64,
    saves: u64,
}

/// Measures every kind of save.
pub(crate) fn run(arguments: &Arguments, report: &mut Report) -> Done<()> {
    let (visits, blocks) = if arguments.quick { (20_000, 10) } else { (100_000, 20) };
    let extent = Extent { rounds: arguments.rounds, blocks };
    let folder = arguments.stores.join("save");
    let beside = arguments.stores.join("save-peers");
    fresh(&beside)?;
    let mut peers = make(&beside)?;
    progress(&format!("filling the stores with {visits} visits"));
    let writer = Writer::fill(&folder, visits, arguments.seed, &mut peers)?.again(&folder)?;
    let order: Vec<Kind> = order(&extent).collect();
    let script = writer.script(&folder, &order)?;
    let mut flush = Flush::make(&beside)?;
    let measured = measure(&extent, writer, &script, &mut peers, &mut flush)?;
    for (kind, measured) in measured {
        let noted = script.get(&kind).map_or(&[][..], Vec::as_slice);
        tell(report, kind, measured, noted);
    }
    for peer in &peers {
        peer.shape()?.into_iter().for_each(|shape| report.note(shape));
    }
    report.note(format!(
        "Saves: into stores that hold {visits} visits; the peers replay the rows noted at Keepwell's engine seam, its \
         digest and log rows among them. The floor is one bare flush: 16 KiB over old bytes and fdatasync."
    ));
    Ok(())
}

/// Names the kind of each save of Keepwell's, in the order in which all are made.
fn order(extent: &Extent) -> impl Iterator<Item = Kind> {
    let rounds = extent.rounds * extent.blocks;
    (0..rounds).flat_map(|_| Kind::ALL).flat_map(|kind| std::iter::repeat_n(kind, BLOCK))
}

fn measure(
    extent: &Extent,
    mut writer: Writer,
    script: &BTreeMap<Kind, Vec<Noted>>,
    peers: &mut [Box<dyn Peer>],
    flush: &mut Flush,
) -> Done<BTreeMap<Kind, Measured>> {
    let mut measured: BTreeMap<Kind, Measured> = BTreeMap::new();
    for turn in 0..extent.rounds * extent.blocks {
        let round = turn / extent.blocks;
        for kind in Kind::ALL {
            let rows = script.get(&kind).and_then(|all| all.get(turn * BLOCK..(turn + 1) * BLOCK));
            let rows = rows.ok_or("the script is shorter than the measurement")?;
            let into = measured.entry(kind).or_default();
            into.saves += BLOCK as u64;
            // Who comes first changes from turn to turn.
            for place in 0..=peers.len() {
                let before = Traffic::now()?;
                let side = match (place + turn) % (peers.len() + 1) {
                    0 => own_block(&mut writer, kind, round, into)?,
                    other => peer_block(peers.get_mut(other - 1).ok_or("no such peer")?.as_mut(), rows, round, into)?,
                };
                let written = into.written.entry(side).or_default();
                let since = Traffic::now()?.since(before);
                *written = Traffic { writes: written.writes + since.writes, bytes: written.bytes + since.bytes };
            }
            into.times.entry(Side::Floor).or_default().add(round, flush.measure()?);
        }
    }
    Ok(measured)
}

fn own_block(writer: &mut Writer, kind: Kind, round: usize, into: &mut Measured) -> Done<Side> {
    for _ in 0..BLOCK {
        let phases = writer.save(kind)?;
        writer.own.segment_is_written();
        into.times.entry(Side::Keepwell).or_default().add(round, phases.whole());
        for (samples, part) in into.phases.iter_mut().zip(phases.parts()) {
            samples.add(round, part);
        }
    }
    into.behind += lap_has_ended()?;
    Ok(Side::Keepwell)
}

fn peer_block(peer: &mut dyn Peer, rows: &[Noted], round: usize, into: &mut Measured) -> Done<Side> {
    for one in rows {
        let begun = Instant::now();
        peer.save(&one.writes)?;
        into.times.entry(peer.side()).or_default().add(round, begun.elapsed().as_secs_f64() * 1e6);
    }
    Ok(peer.side())
}

fn tell(report: &mut Report, kind: Kind, measured: Measured, noted: &[Noted]) {
    let name = kind.name();
    for (side, samples) in measured.times {
        report.put(name, "µs", side, samples);
    }
    for (part, samples) in Phases::NAMES.iter().zip(measured.phases) {
        report.put(format!("{name}: {part}"), "µs", Side::Keepwell, samples);
    }
    let behind = Samples::one(measured.behind / measured.saves.max(1) as f64);
    report.put(format!("{name}: behind each, at the mean"), "µs", Side::Keepwell, behind);
    let each = |total: u64| Samples::one(total as f64 / measured.saves.max(1) as f64);
    for (side, written) in &measured.written {
        report.put(format!("{name}: bytes written"), "B", *side, each(written.bytes));
        report.put(format!("{name}: write calls"), "calls", *side, each(written.writes));
    }
    let mean = |of: &dyn Fn(&Noted) -> usize| noted.iter().map(of).sum::<usize>() as f64 / noted.len().max(1) as f64;
    report.note(format!(
        "{name}: {:.1} rows put, {:.1} deleted, {:.0} bytes of keys and values, {:.1} gets and {:.1} scans a save",
        mean(&|one| one.writes.iter().filter(|write| matches!(write, Write::Put(..))).count()),
        mean(&|one| one.writes.iter().filter(|write| matches!(write, Write::Delete(_))).count()),
        mean(&Noted::bytes),
        mean(&|one| one.gets),
        mean(&|one| one.scans),
    ));
}
