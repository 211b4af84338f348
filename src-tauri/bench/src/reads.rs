//! Reads: by id, by index, a day, everything; from a warm cache and from a cold one.

use crate::Done;
use crate::arguments::Arguments;
use crate::chance::Chance;
use crate::peers::{Peer, Side};
use crate::records::{BY_DAY, BY_NUMBER, Visit, number_of};
use crate::report::Report;
use crate::shelf::{Shelf, peer_indexed, row_key};
use crate::workloads::progress;
use keepwell_vault::{Record as _, Segment, Stored, Suite};
use std::time::Instant;
use uuid::Uuid;

/// Reads of one side before it is the next one's turn.
const BLOCK: usize = 100;
/// Visits of which one after the other is read while the cache surely holds them.
const HOT: usize = 5000;

/// Measures every way of reading, and gives the stores back.
pub(crate) fn run(arguments: &Arguments, report: &mut Report, mut shelf: Shelf) -> Done<Shelf> {
    let blocks = if arguments.quick { 10 } else { 40 };
    let mut chance = Chance::new(arguments.seed ^ 0x0E4D);
    for round in 0..arguments.rounds {
        progress(&format!("reads, round {} of {}", round + 1, arguments.rounds));
        shelf = shelf.cold()?;
        let mut reads = Reads { shelf: &mut shelf, chance: chance.clone(), report, round };
        reads.by_id("point read, cold", usize::MAX, 5)?;
        reads.everything()?;
        reads.by_id("", usize::MAX, 100)?;
        reads.by_id("point read, warm", usize::MAX, blocks)?;
        reads.by_id("", HOT, 100)?;
        reads.by_id("point read, hot 5,000", HOT, blocks)?;
        reads.by_number(blocks)?;
        reads.days(blocks)?;
        reads.opening_only(blocks)?;
        chance = reads.chance;
    }
    report.note(format!(
        "Reads: of {} visits with six indexes, at random, each read in a look of its own. Warm: any of them, after a \
         sweep; the cache of 64 MiB does not hold all. Hot: of 5,000 that it holds. Cold: opened anew, the engine's \
         cache filled with other rows, the page cache dropped by posix_fadvise. Keepwell's figure includes opening \
         the seal and decoding the record; the peers hand back bytes that were never sealed one by one.",
        shelf.ids.len()
    ));
    Ok(shelf)
}

struct Reads<'r> {
    shelf: &'r mut Shelf,
    chance: Chance,
    report: &'r mut Report,
    round: usize,
}

impl Reads<'_> {
    fn id_among(&mut self, first: usize) -> Uuid {
        let length = self.shelf.ids.len().min(first);
        self.shelf.ids.get(self.chance.index(length)).copied().unwrap_or_default()
    }

    /// Gives every side its blocks in turns. A line without a name warms up and is not kept.
    fn in_turns(
        &mut self,
        (line, unit): (&str, &'static str),
        blocks: usize,
        mut block: impl FnMut(&mut Self, Option<usize>, &mut dyn FnMut(Instant)) -> Done<()>,
    ) -> Done<()> {
        let sides = self.shelf.peers.len() + 1;
        let scale = if unit == "s" { 1.0 } else { 1e6 };
        for turn in 0..blocks {
            for place in 0..sides {
                let (mut times, peer) = (Vec::new(), ((place + turn + self.round) % sides).checked_sub(1));
                block(self, peer, &mut |begun| times.push(begun.elapsed().as_secs_f64() * scale))?;
                let side = peer.and_then(|at| self.shelf.peers.get(at)).map_or(Side::Keepwell, |peer| peer.side());
                for time in times.into_iter().filter(|_| !line.is_empty()) {
                    self.report.add(line, unit, side, self.round, time);
                }
            }
        }
        Ok(())
    }

    fn peer(&mut self, at: usize) -> Done<&mut dyn Peer> {
        Ok(self.shelf.peers.get_mut(at).ok_or("no such peer")?.as_mut())
    }

    fn by_id(&mut self, line: &str, among: usize, blocks: usize) -> Done<()> {
        self.in_turns((line, "µs"), blocks, |reads, peer, note| {
            for _ in 0..BLOCK {
                let id = reads.id_among(among);
                match peer {
                    None => {
                        let begun = Instant::now();
                        let visit = reads.shelf.own_visit(id)?;
                        note(begun);
                        check(visit.record.id == id)?;
                    }
                    Some(at) => {
                        let key = row_key(Visit::TABLE.number, id.as_bytes());
                        let peer = reads.peer(at)?;
                        let begun = Instant::now();
                        let value = peer.get(&key)?;
                        note(begun);
                        check(value.is_some_and(|value| value.len() > 400))?;
                    }
                }
            }
            Ok(())
        })
    }

    fn by_number(&mut self, blocks: usize) -> Done<()> {
        self.in_turns(("read by blinded index", "µs"), blocks, |reads, peer, note| {
            for _ in 0..BLOCK {
                let place = reads.chance.below(reads.shelf.ids.len() as u64);
                match peer {
                    None => {
                        let begun = Instant::now();
                        let visit = reads.shelf.own_numbered(place)?;
                        note(begun);
                        check(visit.record.number == number_of(place))?;
                    }
                    Some(at) => {
                        let prefix = reads.shelf.index_key(BY_NUMBER, "number", number_of(place).as_bytes())?;
                        let peer = reads.peer(at)?;
                        let begun = Instant::now();
                        let found = peer_indexed(peer, &prefix)?;
                        note(begun);
                        check(found == 1)?;
                    }
                }
            }
            Ok(())
        })
    }

    fn days(&mut self, blocks: usize) -> Done<()> {
        self.in_turns(("range of a day, 40 visits", "µs"), blocks, |reads, peer, note| {
            for _ in 0..BLOCK / 10 {
                let day = reads.chance.below(reads.shelf.days()) as u32;
                let prefix = reads.shelf.index_key(BY_DAY, "day", &day.to_be_bytes())?;
                let begun = Instant::now();
                let found = match peer {
                    None => reads.shelf.own_day(day)?,
                    Some(at) => peer_indexed(reads.peer(at)?, &prefix)?,
                };
                note(begun);
                check(found == 40)?;
            }
            Ok(())
        })
    }

    fn everything(&mut self) -> Done<()> {
        self.in_turns(("full sweep of the visits", "s"), 1, |reads, peer, note| {
            let mut count = 0;
            let begun = Instant::now();
            match peer {
                None => reads.shelf.own.vault.read(&reads.shelf.own.keyring, |reading| {
                    reading.each(|visit: Stored<Visit>| visit.version > 0, |there| count += usize::from(there))
                })?,
                Some(at) => {
                    let number = Visit::TABLE.number;
                    let (from, until) = (row_key(number, &[]), row_key(number + 1, &[]));
                    reads.peer(at)?.range(&from, &until, &mut |_, value| count += usize::from(!value.is_empty()))?;
                }
            }
            note(begun);
            check(count == reads.shelf.ids.len())
        })?;
        let begun = Instant::now();
        let swept = self.shelf.own.vault.sweep(&self.shelf.own.keyring, &mut |_| true)?;
        let seconds = begun.elapsed().as_secs_f64();
        check(swept.is_some_and(|sweep| sweep.digest_agrees))?;
        self.report.add("state sweep, all rows of that store", "s", Side::Keepwell, self.round, seconds);
        Ok(())
    }

    /// Measures the opening of a seal over the same bytes, with nothing around it.
    fn opening_only(&mut self, blocks: usize) -> Done<()> {
        let id = self.id_among(HOT);
        let plain = self.shelf.own_visit(id)?.record.note;
        let (segment, _) = Segment::begin(self.shelf.own.keyring.device().log_public())?;
        let vault = self.shelf.own.vault.id();
        let sealed = segment.seal(Suite::XChaCha20Poly1305, vault, 1, plain.as_bytes())?;
        for _ in 0..blocks * BLOCK {
            let begun = Instant::now();
            let opened = segment.open_entry(vault, 1, &sealed)?;
            let time = begun.elapsed().as_secs_f64() * 1e6;
            check(opened.len() == plain.len())?;
            for line in ["point read, warm", "point read, hot 5,000"] {
                self.report.add(line, "µs", Side::Floor, self.round, time);
            }
        }
        Ok(())
    }
}

/// Ends a measurement that did not read what it should have.
fn check(holds: bool) -> Done<()> {
    if holds { Ok(()) } else { Err("what was read is not what was written".into()) }
}
