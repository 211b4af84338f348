//! Bulk load into an empty store, and how large the file is afterwards.

use crate::Done;
use crate::arguments::Arguments;
use crate::chance::Chance;
use crate::disk::{fresh, megabytes};
use crate::own::{Own, store_in};
use crate::peers::{Side, make};
use crate::records::Bare;
use crate::report::Report;
use crate::samples::Samples;
use crate::save_script::now;
use crate::seam::Write;
use crate::workloads::progress;
use keepwell_vault::record::encode;
use keepwell_vault::{Record as _, Segment, Suite};
use std::path::Path;
use std::time::Instant;

/// Records in one transaction, for all sides.
const BATCH: usize = 5000;

/// Measures the loads of both orders of keys.
pub(crate) fn run(arguments: &Arguments, report: &mut Report) -> Done<()> {
    let rounds = if arguments.quick { arguments.rounds.min(3) } else { arguments.rounds };
    both_orders(arguments, report, 100_000, rounds, "")?;
    if arguments.full {
        both_orders(arguments, report, 1_000_000, rounds.min(3), ", 1M rows")?;
    }
    report.note(
        "Bulk load: 100,000 records of 400 to 2048 bytes without indexes, 5,000 to a transaction, every transaction \
         durable. Keepwell seals each and adds it to the digest; the peers are given the encoded bytes ready made.",
    );
    Ok(())
}

fn both_orders(arguments: &Arguments, report: &mut Report, count: u64, rounds: usize, ending: &str) -> Done<()> {
    for (in_order, name) in [(true, "in order"), (false, "random")] {
        let mut chance = Chance::new(arguments.seed ^ count);
        let records: Vec<Bare> = (0..count).map(|place| Bare::make(place, in_order, &mut chance)).collect();
        let load = Load { records: &records, folder: arguments.stores.join("load") };
        let line = format!("bulk load, {name}{ending}");
        progress(&line);
        for round in 0..rounds {
            load.round(&line, round, report)?;
        }
        load.sizes(&format!("{name}{ending}"), report)?;
    }
    Ok(())
}

struct Load<'r> {
    records: &'r [Bare],
    folder: std::path::PathBuf,
}

impl Load<'_> {
    fn own(&self) -> std::path::PathBuf {
        self.folder.join("own")
    }

    fn round(&self, line: &str, round: usize, report: &mut Report) -> Done<()> {
        let sides = 1 + crate::peers::count();
        fresh(&self.folder)?;
        let mut peers = make(&self.folder)?;
        for place in 0..sides {
            let (side, seconds) = match (place + round) % sides {
                0 => (Side::Keepwell, self.load_own()?),
                other => {
                    let peer = peers.get_mut(other - 1).ok_or("no such peer")?;
                    let batches: Vec<Vec<Write>> = self.records.chunks(BATCH).map(rows).collect::<Done<_>>()?;
                    let begun = Instant::now();
                    batches.iter().try_for_each(|batch| peer.save(batch))?;
                    (peer.side(), begun.elapsed().as_secs_f64())
                }
            };
            report.add(line, "s", side, round, seconds);
        }
        report.add(line, "s", Side::Floor, round, self.seal_only()?);
        Ok(())
    }

    fn load_own(&self) -> Done<f64> {
        let own = Own::create(&self.own(), None)?;
        let (at, staff) = (now(), own.staff);
        let begun = Instant::now();
        for batch in self.records.chunks(BATCH) {
            own.change(None, &mut |tx| {
                batch.iter().try_for_each(|record| Ok(tx.put(record, at, Some(staff)).map(drop)?))
            })?;
        }
        Ok(begun.elapsed().as_secs_f64())
    }

    fn seal_only(&self) -> Done<f64> {
        let own = Own::open(&self.own(), None)?;
        let (segment, _) = Segment::begin(own.keyring.device().log_public())?;
        let (suite, vault) = (Suite::XChaCha20Poly1305, own.vault.id());
        let begun = Instant::now();
        for (place, record) in (0..).zip(self.records) {
            segment.seal(suite, vault, place, record.text.as_bytes())?;
        }
        Ok(begun.elapsed().as_secs_f64())
    }

    /// Measures the files that the last round has left, and again once they are compacted.
    fn sizes(&self, name: &str, report: &mut Report) -> Done<()> {
        let own = store_in(&self.own());
        let file = own.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (before, after) = (format!("file size, as loaded, {name}"), format!("file size, compacted, {name}"));
        let put = |report: &mut Report, line: &str| -> Done<()> {
            report.put(line, "MB", Side::Keepwell, Samples::one(megabytes(&self.own(), &file)?));
            report.put(line, "MB", Side::Redb, Samples::one(megabytes(&self.folder, "peer.redb")?));
            if cfg!(feature = "sqlcipher") {
                report.put(line, "MB", Side::SqlCipher, Samples::one(megabytes(&self.folder, "peer.sqlite")?));
            }
            Ok(())
        };
        drop(crate::peers::open(&self.folder)?);
        put(report, &before)?;
        compact(&own)?;
        for mut peer in crate::peers::open(&self.folder)? {
            peer.compact()?;
        }
        put(report, &after)?;
        let payload = self.records.iter().map(|record| record.text.len() + 16).sum::<usize>();
        report.put(after, "MB", Side::Floor, Samples::one(payload as f64 / 1e6));
        Ok(())
    }
}

/// Compacts Keepwell's file with redb itself, as the vault offers nothing for it.
fn compact(path: &Path) -> Done<()> {
    let mut database = redb::Database::builder().set_cache_size(crate::redb_peer::CACHE_BYTES).open(path)?;
    while database.compact()? {}
    Ok(())
}

/// Returns the rows that somebody would keep who uses an engine without a vault: the record's bytes under its id.
fn rows(batch: &[Bare]) -> Done<Vec<Write>> {
    batch.iter().map(|record| Ok(Write::Put(record.id.as_bytes().to_vec(), encode(Bare::TABLE, record)?))).collect()
}
