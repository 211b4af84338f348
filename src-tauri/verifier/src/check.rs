//! The whole check of a bundle, in the order of FORMAT.md.

use crate::checkpoints::{self, Checkpoints};
use crate::entries::{self, Entries, Wanted};
use crate::keys::{self, Keys};
use crate::lines::{Blocks, Measured};
use crate::manifest::{MANIFEST, Manifest, NOTE, signature_flaw};
use crate::paper::Paper;
use crate::report::{ClockStep, Comparison, Copied, Findings, Report, ShownEntry, Span, Tally, Trust, Verdict};
use crate::rows::{self, Table};
use crate::source::{Source, Unreadable, cannot};
use crate::tree::{Hash, Walk, hash};
use std::collections::BTreeMap;

const KEYS: &str = "log/keys.json";
const LEAVES: &str = "log/leaves.bin";
const OF_THE_LOG: [&str; 4] = [checkpoints::FILE, entries::FILE, KEYS, LEAVES];
const MOST_MANIFEST: u64 = 16 << 20;
const MOST_SMALL: u64 = 1 << 20;
const MOST_CHECKPOINTS: u64 = 1 << 30;
const MOST_LEAVES: u64 = 2 << 30;

/// What the auditor brings along and asks.
#[derive(Debug, Clone, Default)]
pub struct Ask {
    /// A checkpoint on paper.
    pub checkpoint: Option<Paper>,
    /// The public keys that the auditor knows to be the practice's; when empty, they are not compared.
    pub keys: Vec<[u8; 32]>,
    /// An entry to show.
    pub show: Option<u64>,
}

/// Checks a bundle.
///
/// # Errors
/// [`Unreadable`] when there is nothing to judge (FORMAT.md section 1). What is wrong with a bundle that can be read is
/// in the [`Report`].
pub fn verify(source: &Source, ask: &Ask) -> Result<Report, Unreadable> {
    let paths = source.paths();
    if !paths.contains(&MANIFEST) {
        let words = "There is no manifest.json, so this is no audit bundle; perhaps the bundle is one folder deeper.";
        return Err(Unreadable(words.to_owned()));
    }
    let bytes = source.load(MANIFEST, MOST_MANIFEST)?;
    let manifest = Manifest::read(&bytes)?;
    let listed = manifest.digests();
    let mut check = Check { source, listed, findings: Findings::default(), steps: Tally::default() };
    for (path, words) in manifest.compare(&paths) {
        check.findings.add(&path, words);
    }
    for path in OF_THE_LOG.iter().filter(|path| !check.listed.contains_key(**path) && !paths.contains(*path)) {
        check.findings.add(path, "It is missing, and no bundle is without it.");
    }
    let origin = manifest.origin();
    let keys = check.keys(&origin)?;
    let note = source.load(NOTE, MOST_SMALL)?;
    if let Some(words) = signature_flaw(&bytes, &note, &origin, keys.all.last().map(|key| &key.key)) {
        check.findings.add(NOTE, words);
    }
    let text = check.load(checkpoints::FILE, MOST_CHECKPOINTS)?;
    let checkpoints = checkpoints::check(&text, &origin, &keys, &mut check.findings, &mut check.steps);
    let leaves = check.leaves(manifest.log_size)?;
    let roots = check.roots(&checkpoints, &leaves, ask);
    let (entries, table_compared) = check.entries(&manifest, &leaves, ask.show)?;
    let copies = check.copies(&paths, table_compared)?;
    let trust = check.trust(ask, &roots, leaves.len() as u64, &origin, &keys);
    let shown = ask
        .show
        .map(|sequence| entries.shown.clone().unwrap_or(ShownEntry { sequence, verified: false, fields: Vec::new() }));
    let Check { findings, steps, .. } = check;
    Ok(Report {
        verdict: if findings.all.total == 0 { Verdict::Pass } else { Verdict::Fail },
        first_bad: findings.first_bad,
        findings: findings.all,
        vault: manifest.vault,
        made_at: manifest.made_at,
        made_by: manifest.made_by,
        period: manifest.chosen.period,
        people: manifest.chosen.people,
        patients: manifest.chosen.patients,
        log_size: leaves.len() as u64,
        entries: entries.lines,
        redacted: entries.redacted,
        not_disclosed: entries.not_disclosed,
        gaps: entries.gaps,
        clock_steps: steps,
        checkpoints: checkpoints.count,
        newest_checkpoint: checkpoints.good.last().map(|checkpoint| checkpoint.at.utc()),
        keys: checkpoints.keys,
        trust,
        copies,
        shown,
    })
}

/// A check in the making.
struct Check<'a> {
    source: &'a Source,
    /// Size and SHA-256 of each file, as the manifest lists them.
    listed: BTreeMap<String, (u64, Hash)>,
    findings: Findings,
    steps: Tally<ClockStep>,
}

impl Check<'_> {
    /// Holds a file to the manifest. One that is not listed has its finding already, and so has one that is missing.
    fn measured(&mut self, path: &str, (size, digest): (u64, Hash)) {
        if !self.source.paths().contains(&path) {
            return;
        }
        match self.listed.get(path) {
            Some((listed, _)) if *listed != size => {
                let words = format!("It has {size} bytes, and the manifest says {listed}: it was changed.");
                self.findings.add(path, words);
            }
            Some((_, listed)) if *listed != digest => {
                self.findings.add(path, "It is not the file whose digest the manifest has: it was changed.");
            }
            _ => {}
        }
    }

    fn load(&mut self, path: &str, most: u64) -> Result<Vec<u8>, Unreadable> {
        let bytes = self.source.load(path, most)?;
        self.measured(path, (bytes.len() as u64, hash(&[&bytes])));
        Ok(bytes)
    }

    fn keys(&mut self, origin: &str) -> Result<Keys, Unreadable> {
        let bytes = self.load(KEYS, MOST_SMALL)?;
        Ok(Keys::read(&bytes, origin).unwrap_or_else(|words| {
            self.findings.add(KEYS, format!("{words} No signature was checked."));
            Keys::default()
        }))
    }

    fn leaves(&mut self, log_size: u64) -> Result<Vec<Hash>, Unreadable> {
        let bytes = self.load(LEAVES, MOST_LEAVES)?;
        let (leaves, odd) = bytes.as_chunks::<32>();
        if !odd.is_empty() {
            self.findings.add(LEAVES, "It is cut short: it ends in the middle of a hash.");
        }
        if leaves.len() as u64 != log_size {
            let words = format!("It has {} entries, and the manifest says {log_size}.", leaves.len());
            self.findings.add(LEAVES, words);
        }
        Ok(leaves.to_vec())
    }

    /// Recomputes the root at every size that is asked for, in one walk over the leaves, and compares the checkpoints.
    fn roots(&mut self, checkpoints: &Checkpoints, leaves: &[Hash], ask: &Ask) -> BTreeMap<u64, Hash> {
        let count = leaves.len() as u64;
        let mut roots = BTreeMap::new();
        let wanted = checkpoints.good.iter().map(|checkpoint| checkpoint.size);
        let wanted = wanted.chain(ask.checkpoint.as_ref().map(|paper| paper.size)).filter(|size| *size <= count);
        roots.extend(wanted.map(|size| (size, [0; 32])));
        let mut walk = Walk::new(leaves);
        for (size, root) in &mut roots {
            *root = walk.root_at(*size).unwrap_or(*root);
        }
        let mut before = 0;
        for checkpoint in &checkpoints.good {
            let counter = checkpoint.counter;
            let size = checkpoint.size;
            if size > count {
                let words = format!(
                    "The checkpoint with counter {counter} covers {size} entries, and the log here has {count}: it is cut off."
                );
                self.findings.add_for(LEAVES, Span::until(count, size), words);
                break;
            }
            if roots.get(&size) != Some(&checkpoint.root) {
                let span = Span::until(if before < size { before } else { 0 }, size);
                let words =
                    format!("The log is not the one that the checkpoint with counter {counter} was signed over.");
                self.findings.add_for(LEAVES, span, words);
                break;
            }
            before = size;
        }
        let newest = checkpoints.good.last().filter(|newest| checkpoints.last_is_good && newest.size < count);
        if let Some(newest) = newest {
            let words = format!(
                "The newest checkpoint covers {} of {count} entries; no signature covers the others.",
                newest.size
            );
            self.findings.add_for(LEAVES, Span::until(newest.size, count), words);
        }
        roots
    }

    fn entries(
        &mut self,
        manifest: &Manifest,
        leaves: &[Hash],
        show: Option<u64>,
    ) -> Result<(Entries, bool), Unreadable> {
        let source = self.source;
        let mut blocks = Blocks::new(entries::FILE, source.reader(entries::FILE)?);
        let has_table = source.paths().contains(&rows::FILE);
        let mut table = if has_table { Some(Table::new(source.reader(rows::FILE)?)?) } else { None };
        let wanted = Wanted { leaves, show, rows: has_table };
        let entries = entries::check(&mut blocks, table.as_mut(), wanted, &mut self.findings, &mut self.steps)?;
        self.measured(entries::FILE, blocks.end()?);
        if let Some(table) = table {
            let (measured, flaw) = table.end()?;
            self.measured(rows::FILE, measured);
            if let Some((entry, words)) = flaw.filter(|_| !entries.flawed) {
                self.findings.add_for(rows::FILE, entry.map(Span::one), words);
            }
        }
        let counted = (entries.lines, entries.redacted);
        if !entries.flawed && counted != (manifest.entries, manifest.redacted) {
            let words = format!(
                "It has {} entries, {} of them redacted, and the manifest says {} and {}.",
                counted.0, counted.1, manifest.entries, manifest.redacted
            );
            self.findings.add(entries::FILE, words);
        }
        let compared = has_table && !entries.flawed;
        Ok((entries, compared))
    }

    /// Measures the copies for people.
    fn copies(&mut self, paths: &[&str], table_compared: bool) -> Result<Vec<Copied>, Unreadable> {
        let known = [MANIFEST, NOTE];
        let mut copies = Vec::new();
        for path in paths.iter().filter(|path| !known.contains(path) && !OF_THE_LOG.contains(path)) {
            if *path != rows::FILE && self.listed.contains_key(*path) {
                let measured = Measured::new(self.source.reader(path)?).end();
                self.measured(path, measured.map_err(|error| cannot("read", path, &error))?);
            }
            copies.push(Copied { path: (*path).to_owned(), compared: *path == rows::FILE && table_compared });
        }
        Ok(copies)
    }

    /// Compares with what the auditor holds.
    fn trust(&mut self, ask: &Ask, roots: &BTreeMap<u64, Hash>, count: u64, origin: &str, keys: &Keys) -> Trust {
        let mut trust = Trust::default();
        if !ask.keys.is_empty() {
            let strange = keys.all.iter().find(|key| !ask.keys.contains(key.key.as_bytes()));
            if let Some(key) = strange {
                let words = format!("The key {} is none of those that you hold.", keys::written(&key.key));
                self.findings.add("", words);
            }
            trust.keys_are_known = Some(strange.is_none() && !keys.all.is_empty());
        }
        let Some(paper) = &ask.checkpoint else { return trust };
        let before = self.findings.all.total;
        if paper.size > count {
            let words = format!(
                "The checkpoint that you hold covers {} entries, and the log here has {count}: it was cut off or rolled back.",
                paper.size
            );
            self.findings.add_for("", Span::until(count, paper.size), words);
        } else if roots.get(&paper.size) != Some(&paper.root) {
            let words = "The log here is not the log of the checkpoint that you hold: it was forked. An entry up to there \
                         was changed, put in or taken out, or the checkpoint was mistyped.";
            self.findings.add_for("", Span::until(0, paper.size), words);
        }
        if let Some(words) = paper.signature_flaw(origin, keys) {
            self.findings.add("", words);
        }
        trust.checkpoint = Some(Comparison { size: paper.size, agrees: self.findings.all.total == before });
        trust
    }
}
