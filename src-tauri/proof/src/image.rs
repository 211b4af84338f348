//! The machine as a power cut at one moment leaves it: file, name and keychain.

use crate::chance::Chance;
use crate::history::{Event, Rows};
use crate::home::Secrets;
use crate::medium::Media;
use keepwell_vault::engine::Part;

/// Bytes that a disk writes whole: what was torn mixes old and new sectors (powersafe overwrite, sqlite.org/psow.html).
const SECTOR: usize = 512;

/// What becomes of writes that no sync has made safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loss {
    /// Each is there or not.
    Whole,
    /// Each is there in some of its sectors.
    Sectors,
    /// Each is there in some of its bytes.
    Bytes,
    /// Each has a fate of its own.
    Mixed,
}

impl Loss {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Whole, Self::Sectors, Self::Bytes, Self::Mixed];
}

/// What a machine holds after a cut, and what it may hold by right.
pub struct Image {
    /// The files.
    pub media: Media,
    /// The keychain.
    pub secrets: Secrets,
    /// The file has its name.
    pub kept: bool,
    /// The rows of the last commit that was acknowledged.
    pub acknowledged: Option<Rows>,
    /// The rows of the commit that was on its way.
    pub in_flight: Option<Rows>,
}

/// What a sync has left.
struct Safe {
    events: usize,
    media: Media,
    /// Writes to the other file that no sync of its own has made safe.
    still_pending: Vec<usize>,
}

/// A recording, ready to be cut anywhere.
pub struct Recording {
    events: Vec<Event>,
    begins_with: Media,
    /// After each sync: how many events there were, what was safe, and the events that were not yet.
    safe: Vec<Safe>,
    /// Outside knowledge from before the recording.
    before: (Secrets, bool, Option<Rows>),
}

impl Recording {
    /// Takes up a recording that began with nothing at all.
    #[must_use]
    pub fn of(events: Vec<Event>) -> Self {
        Self::that_began_with(events, Media::default(), (Secrets::new(), false, None))
    }

    /// Takes up a recording that began with a medium, secrets, whether it was kept, and the rows acknowledged.
    #[must_use]
    pub fn that_began_with(events: Vec<Event>, begins_with: Media, before: (Secrets, bool, Option<Rows>)) -> Self {
        let (mut safe, mut media) = (Vec::new(), begins_with.clone());
        let mut pending: Vec<usize> = Vec::new();
        for (at, event) in events.iter().enumerate() {
            match event {
                Event::Synced(part) => {
                    let (now, later) = pending.iter().partition(|at| part_of(&events[**at]) == Some(*part));
                    let now: Vec<usize> = now;
                    now.iter().for_each(|at| apply(&mut media, &events[*at]));
                    pending = later;
                    safe.push(Safe { events: at + 1, media: media.clone(), still_pending: pending.clone() });
                }
                other if part_of(other).is_some() => pending.push(at),
                _ => {}
            }
        }
        Self { events, begins_with, safe, before }
    }

    /// Returns how many events there are: the last cut is behind all of them.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Returns the writes and resizes that are not safe at a cut, with what is.
    #[must_use]
    pub fn pending(&self, cut: usize) -> (&Media, Vec<&Event>) {
        let synced = self.safe.partition_point(|safe| safe.events <= cut);
        let last = synced.checked_sub(1).and_then(|last| self.safe.get(last));
        let (from, base) = last.map_or((0, &self.begins_with), |safe| (safe.events, &safe.media));
        let older = last.iter().flat_map(|safe| &safe.still_pending).map(|at| &self.events[*at]);
        let newer = self.events.get(from..cut).unwrap_or_default().iter().filter(|event| part_of(event).is_some());
        (base, older.chain(newer).collect())
    }

    /// Returns the machine as a cut leaves it, every unsafe write meeting a fate that chance chooses.
    #[must_use]
    pub fn cut(&self, cut: usize, loss: Loss, chance: &mut Chance) -> Image {
        let (base, pending) = self.pending(cut);
        let mut media = base.clone();
        // Now and then all or nothing arrives: in the independent choices that almost never happens.
        let all = match chance.below(10) {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        };
        for event in pending {
            match all {
                Some(true) => apply(&mut media, event),
                Some(false) => {}
                None => befall(&mut media, event, loss, chance),
            }
        }
        self.with(media, cut, chance)
    }

    /// Returns the machine as a cut leaves it when exactly these of the pending events arrive, one bit each.
    #[must_use]
    pub fn cut_keeping(&self, cut: usize, arrive: u64, chance: &mut Chance) -> Image {
        let (base, pending) = self.pending(cut);
        let mut media = base.clone();
        for (at, event) in pending.into_iter().enumerate() {
            if arrive >> at.min(63) & 1 == 1 {
                apply(&mut media, event);
            }
        }
        self.with(media, cut, chance)
    }

    fn with(&self, media: Media, cut: usize, chance: &mut Chance) -> Image {
        let (mut secrets, mut kept, mut acknowledged) = self.before.clone();
        let (mut telling, mut keeping, mut begun) = (None, false, false);
        for event in self.events.iter().take(cut) {
            match event {
                Event::Telling { name, secret } => telling = Some((name, secret)),
                Event::Told => drop(telling.take().map(|(name, secret)| secrets.insert(name.clone(), secret.clone()))),
                Event::Keeping => keeping = true,
                Event::Kept => kept = true,
                Event::Begun => begun = true,
                Event::Committed(rows) => (acknowledged, begun) = (Some(*rows), false),
                Event::Undone => begun = false,
                _ => {}
            }
        }
        // A secret or a name that is on its way at the cut has arrived or not.
        if let Some((name, secret)) = telling.filter(|_| chance.once_in(2)) {
            secrets.insert(name.clone(), secret.clone());
        }
        let kept = kept || (keeping && chance.once_in(2));
        Image { media, secrets, kept, acknowledged, in_flight: if begun { self.next_commit(cut) } else { None } }
    }

    fn next_commit(&self, cut: usize) -> Option<Rows> {
        self.events.iter().skip(cut).find_map(|event| match event {
            Event::Committed(rows) => Some(Some(*rows)),
            Event::Undone => Some(None),
            _ => None,
        })?
    }
}

/// Says which file an event changes.
const fn part_of(event: &Event) -> Option<Part> {
    match event {
        Event::Wrote { part, .. } | Event::Resized(part, _) => Some(*part),
        _ => None,
    }
}

fn apply(media: &mut Media, event: &Event) {
    match event {
        Event::Wrote { part, offset, bytes } => media.part_mut(*part).write(*offset, bytes),
        Event::Resized(part, len) => media.part_mut(*part).set_len(*len),
        _ => {}
    }
}

fn befall(media: &mut Media, event: &Event, loss: Loss, chance: &mut Chance) {
    let Event::Wrote { part, offset, bytes } = event else {
        if chance.once_in(2) {
            apply(media, event);
        }
        return;
    };
    let medium = media.part_mut(*part);
    let loss = if loss == Loss::Mixed { Loss::ALL[chance.below(3)] } else { loss };
    match loss {
        Loss::Whole | Loss::Mixed if chance.once_in(2) => medium.write(*offset, bytes),
        Loss::Whole | Loss::Mixed => {}
        Loss::Sectors => tear(medium, *offset, bytes, SECTOR, chance),
        Loss::Bytes => {
            // Runs of bytes of every length, single bytes among them.
            let run = 1 << chance.below(10);
            tear(medium, *offset, bytes, run, chance);
        }
    }
}

fn tear(medium: &mut crate::medium::Medium, offset: u64, bytes: &[u8], run: usize, chance: &mut Chance) {
    let (mut at, mut bits) = (offset, 0);
    for (number, part) in bytes.chunks(run).enumerate() {
        if number % 64 == 0 {
            bits = chance.draw();
        }
        if bits & 1 == 1 {
            medium.write(at, part);
        }
        bits >>= 1;
        at += part.len() as u64;
    }
}
