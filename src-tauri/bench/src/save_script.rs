//! The saves: made through the vault, and noted at its seam so that the peers can make the same ones.

use crate::Done;
use crate::chance::Chance;
use crate::disk::copy;
use crate::own::{Own, Phases, keychain_file};
use crate::peers::Peer;
use crate::records::{Bare, Visit};
use crate::seam::{Noted, Notes, taken};
use keepwell_kernel::Instant;
use std::collections::BTreeMap;
use std::path::Path;

/// Records in one transaction while the stores are filled.
const BATCH: u64 = 200;
/// One in so many visits is kept in memory, to be corrected later.
const KEPT_OF: u64 = 16;

/// What is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// A new visit: the record, its six indexes, the digest and the log entry.
    Clinical,
    /// Another version of a visit: the one before goes into the history, one index moves.
    Correction,
    /// One record without indexes, and no entry.
    Single,
    /// The entry of a look: nothing changes, and it is durable before anything is shown.
    Look,
}

impl Kind {
    /// Every kind.
    pub(crate) const ALL: [Self; 4] = [Self::Clinical, Self::Correction, Self::Single, Self::Look];

    /// Returns the name in the table.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Clinical => "clinical save",
            Self::Correction => "correction",
            Self::Single => "durable save of one record",
            Self::Look => "entry of a look",
        }
    }
}

/// A store in use: what is in it, and what comes next.
pub(crate) struct Writer {
    pub(crate) own: Own,
    chance: Chance,
    next: u64,
    kept: Vec<Visit>,
    corrected: usize,
}

impl Writer {
    /// Makes a store with so many visits, and gives the same rows to the peers.
    pub(crate) fn fill(folder: &Path, visits: u64, seed: u64, peers: &mut [Box<dyn Peer>]) -> Done<Self> {
        let notes = Notes::default();
        let own = Own::create(folder, Some(Notes::clone(&notes)))?;
        let mut writer = Self { own, chance: Chance::new(seed), next: 0, kept: Vec::new(), corrected: 0 };
        while writer.next < visits {
            writer.batch(BATCH.min(visits - writer.next))?;
            for noted in taken(&notes) {
                peers.iter_mut().try_for_each(|peer| peer.save(&noted.writes))?;
            }
        }
        Ok(writer)
    }

    fn batch(&mut self, count: u64) -> Done<()> {
        let visits: Vec<Visit> = (0..count).map(|_| self.visit()).collect();
        let (at, staff) = (now(), self.own.staff);
        let drafts: Vec<_> =
            visits.iter().map(|visit| self.own.draft("bench.save", Some(visit.patient_id()), at)).collect();
        let pen = self.own.pen();
        self.own.change(None, &mut |tx| {
            for (visit, draft) in visits.iter().zip(&drafts) {
                tx.put(visit, at, Some(staff))?;
                pen.append(tx, draft)?;
            }
            Ok(())
        })?;
        self.own.segment_is_written();
        self.kept.extend(visits.into_iter().step_by(KEPT_OF as usize));
        Ok(())
    }

    fn visit(&mut self) -> Visit {
        self.next += 1;
        Visit::make(self.next, &mut self.chance)
    }

    /// Makes one save. What is saved is made before the clock starts.
    pub(crate) fn save(&mut self, kind: Kind) -> Done<Phases> {
        let (at, staff) = (now(), self.own.staff);
        match kind {
            Kind::Clinical => {
                let visit = self.visit();
                let draft = self.own.draft("bench.save", Some(visit.patient_id()), at);
                self.own.change(Some(&draft), &mut |tx| Ok(tx.put(&visit, at, Some(staff)).map(drop)?))
            }
            Kind::Correction => {
                self.corrected += 7919;
                let place = self.corrected.checked_rem(self.kept.len()).ok_or("no visit to correct")?;
                let visit = self.kept.get_mut(place).ok_or("no visit to correct")?;
                *visit = visit.corrected(&mut self.chance);
                let draft = self.own.draft("bench.correct", Some(visit.patient_id()), at);
                self.own.change(Some(&draft), &mut |tx| Ok(tx.put(&*visit, at, Some(staff)).map(drop)?))
            }
            Kind::Single => {
                self.next += 1;
                let bare = Bare::make(self.next, true, &mut self.chance);
                self.own.change(None, &mut |tx| Ok(tx.put(&bare, at, Some(staff)).map(drop)?))
            }
            Kind::Look => {
                let place = self.chance.index(self.kept.len());
                let patient = self.kept.get(place).map(Visit::patient_id);
                let draft = self.own.draft("patients.chart", patient, at);
                self.own.change(Some(&draft), &mut |_| Ok(()))
            }
        }
    }

    /// Closes the store and opens it again with nothing around the engine.
    pub(crate) fn again(self, folder: &Path) -> Done<Self> {
        let Self { own, chance, next, kept, corrected } = self;
        drop(own);
        Ok(Self { own: Own::open(folder, None)?, chance, next, kept, corrected })
    }

    /// Makes the coming saves on a copy and returns what each of them writes, so that the peers write rows that fit
    /// what they hold: the same keys of the log, the same records corrected.
    pub(crate) fn script(&self, folder: &Path, order: &[Kind]) -> Done<BTreeMap<Kind, Vec<Noted>>> {
        let aside = folder.with_extension("script");
        copy(folder, &aside)?;
        std::fs::copy(keychain_file(folder), keychain_file(&aside))?;
        let notes = Notes::default();
        let own = Own::open(&aside, Some(Notes::clone(&notes)))?;
        let (chance, kept) = (self.chance.clone(), self.kept.clone());
        let mut writer = Self { own, chance, next: self.next, kept, corrected: self.corrected };
        let mut script: BTreeMap<Kind, Vec<Noted>> = BTreeMap::new();
        for kind in order {
            writer.save(*kind)?;
            writer.own.segment_is_written();
            script.entry(*kind).or_default().extend(taken(&notes));
        }
        std::fs::remove_dir_all(&aside)?;
        Ok(script)
    }
}

/// Returns the present as the door takes it.
pub(crate) fn now() -> Instant {
    keepwell_kernel::Clock::of_the_machine().now()
}
