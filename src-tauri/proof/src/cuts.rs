//! Campaigns of power cuts: sampled ones over long workloads, and every one over short ones.

use crate::chance::Chance;
use crate::history::{Event, History, Rows};
use crate::home::{Place, Secrets};
use crate::image::{Image, Loss, Recording};
use crate::medium::Media;
use crate::oracle::{Judge, Tally};
use crate::workload::{Desk, Step, clock, recorded, start};
use keepwell_kernel::Failure;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Steps of a sampled workload, after the founding.
pub const STEPS: usize = 40;
/// One image in so many is cut again while it is opened, and again while that is opened.
const AGAIN: usize = 4;
/// After one image in so many, work goes on.
const GO_ON: usize = 40;
/// Pending writes of which every subset is tried; of more, so many subsets are sampled.
const SUBSETS_OF: usize = 12;
const SUBSETS_SAMPLED: u64 = 400;

/// Seeds that have found something, with as many images as it took; they are tried first. Nothing has been found by
/// power cuts yet. Keys are random, so a seed repeats the work and the choices, and not the very bytes.
const REGRESSIONS: [(u64, u64); 0] = [];

/// Tries what has found something before.
///
/// # Errors
/// As [`sampled`].
pub fn replayed() -> Result<Tally, String> {
    let mut all = Tally::default();
    for (seed, images) in REGRESSIONS {
        all += sampled(seed, images)?;
    }
    Ok(all)
}

/// Cuts a recording of a disk that says it has synced and has not, as a control: the oracle must find that.
///
/// # Errors
/// The first image that is not as it must be.
pub fn on_a_lying_disk(seed: u64, images: u64) -> Result<Tally, String> {
    let mut events = std::mem::take(&mut *recorded(seed, STEPS).events());
    let mut chance = Chance::of(seed, 0);
    events.retain(|event| !matches!(event, Event::Synced(_)) || chance.once_in(3));
    of_recording(&Recording::of(events), seed, images)
}

/// Cuts the workload of a seed so many times.
///
/// # Errors
/// The first image that is not as it must be: seed, image, cut and what is wrong.
pub fn sampled(seed: u64, images: u64) -> Result<Tally, String> {
    of_recording(&taken(&recorded(seed, STEPS)), seed, images)
}

fn of_recording(recording: &Recording, seed: u64, images: u64) -> Result<Tally, String> {
    let mut judge = Judge::default();
    let mut number = 0;
    while judge.tally.images < images {
        let mut chance = Chance::of(seed, number + 2);
        let loss = Loss::ALL[chance.below(Loss::ALL.len())];
        let cut = cut_of(recording, &mut chance);
        let image = recording.cut(cut, loss, &mut chance);
        let told = |what| {
            let events = recording.events().len();
            format!("seed {seed}, image {number}, cut {cut} of {events}, {loss:?}: {what}")
        };
        depth(&mut judge, &image, 0, &mut chance).map_err(told)?;
        number += 1;
    }
    Ok(judge.tally)
}

/// Records up to three steps on a small practice, cuts at every sync, and tries the subsets of what was pending there:
/// all of them up to twelve writes.
///
/// # Errors
/// The first image that is not as it must be.
pub fn every_subset(steps: &[Step]) -> Result<Tally, String> {
    let recording = short(steps).map_err(|failure| format!("{steps:?}: {failure:?}"))?;
    let mut judge = Judge::default();
    let syncs = recording.events().iter().enumerate().filter(|(_, event)| matches!(event, Event::Synced(_)));
    for (cut, _) in syncs {
        let writes = recording.pending(cut).1.len();
        let every = writes <= SUBSETS_OF;
        let subsets = if every { 1 << writes } else { SUBSETS_SAMPLED };
        for number in 0..subsets {
            let mut chance = Chance::of(cut as u64, number);
            let arrive = if every { number } else { chance.draw() };
            let image = recording.cut_keeping(cut, arrive, &mut chance);
            let told = |what| format!("{steps:?}, cut {cut}, of {writes} writes {arrive:b} arrive: {what}");
            judged(&mut judge, &image, None, false).map_err(told)?;
        }
    }
    Ok(judge.tally)
}

/// Records steps on a practice that was made before.
fn short(steps: &[Step]) -> Result<Recording, Failure> {
    let (media, secrets) = small(1)?;
    let history = Arc::new(History::default());
    let place = Place::found(media.clone(), secrets.clone(), true, Some(Arc::clone(&history)));
    let mut desk = Desk::before(place.clone(), 1)?;
    let rows = first_rows(&media, &secrets);
    desk.take_all(steps, &history)?;
    desk.practice.take().into_iter().for_each(|practice| practice.close());
    drop(desk);
    place.let_go();
    let events = std::mem::take(&mut *history.events());
    Ok(Recording::that_began_with(events, media, (secrets, true, rows)))
}

/// Returns the rows of a store that nobody has opened yet.
fn first_rows(media: &Media, secrets: &Secrets) -> Option<Rows> {
    let place = Place::found(media.clone(), secrets.clone(), true, None);
    let _practice = start(&place, &clock());
    place.rows().unwrap_or_else(|error| panic!("the small practice cannot be read: {error}"))
}

/// Makes a small practice, with a patient, and ends.
///
/// # Errors
/// [`Failure`].
pub fn small(seed: u64) -> Result<(Media, Secrets), Failure> {
    let place = Place::empty(&Arc::new(History::default()));
    let mut desk = Desk::founded(place.clone(), seed)?;
    desk.take(Step::Register)?;
    desk.practice.take().into_iter().for_each(|practice| practice.close());
    place.let_go();
    Ok((place.disk.media(), place.ring.secrets()))
}

fn taken(history: &Arc<History>) -> Recording {
    Recording::of(std::mem::take(&mut history.events()))
}

/// Chooses a cut: anywhere, or right before a sync ends, when most is at stake.
fn cut_of(recording: &Recording, chance: &mut Chance) -> usize {
    let cut = chance.below(recording.events().len() + 1);
    if chance.once_in(3) {
        let ahead = recording.events().iter().skip(cut).position(|event| matches!(event, Event::Synced(_)));
        return ahead.map_or(cut, |ahead| cut + ahead);
    }
    cut
}

/// Judges an image and now and then cuts its opening, down to a third cut.
fn depth(judge: &mut Judge, image: &Image, deep: u8, chance: &mut Chance) -> Result<(), String> {
    let go_on = chance.once_in(GO_ON);
    if deep == 2 || !image.kept || !chance.once_in(AGAIN) {
        return judged(judge, image, None, go_on).map(drop);
    }
    let history = Arc::new(History::default());
    let rows = judged(judge, image, Some(&history), false)?;
    judge.tally.cut_again += 1;
    let before = (image.secrets.clone(), true, rows);
    let events = std::mem::take(&mut *history.events());
    let recording = Recording::that_began_with(events, image.media.clone(), before);
    let loss = Loss::ALL[chance.below(Loss::ALL.len())];
    let cut = cut_of(&recording, chance);
    let again = recording.cut(cut, loss, chance);
    let events = recording.events().len();
    let told = |what| format!("cut again at {cut} of {events} while opening, {loss:?}: {what}");
    depth(judge, &again, deep + 1, chance).map_err(told)
}

/// Judges an image; a panic is a verdict too.
fn judged(
    judge: &mut Judge,
    image: &Image,
    history: Option<&Arc<History>>,
    go_on: bool,
) -> Result<Option<Rows>, String> {
    let answer = catch_unwind(AssertUnwindSafe(|| judge.judge(image, history, go_on)));
    answer.unwrap_or_else(|_| Err("a panic".to_owned()))
}
