//! Where a backup is written: a drive that somebody may pull, or a share that is not reached for a while. The backup goes on
//! where it stood, because its moment of the practice is still at hand.

use keepwell_log::door::Telling;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, ErrorKind, Write};
use std::time::{Duration, Instant};

/// How much goes to the drive at a time. A disk that is given hundreds of megabytes at once keeps the next save of the practice
/// waiting behind them: 157 to 230 ms at 16,000 patients, and 31 to 37 so, with nobody else at it; 87 with four times as much.
const STRETCH: usize = 1 << 20;
/// How many of the last stretches are kept at hand. A drive that was pulled has often not kept the last of what it said was there
/// for good: a file of 64 MiB came back with 63 (`ext4` shut down under it).
const AT_HAND: usize = 16;

/// A place for the files of one backup.
pub trait Drive {
    /// Gets the place ready.
    ///
    /// # Errors
    /// Where it is not there, or something stands in it.
    fn begin(&mut self) -> io::Result<()>;

    /// Puts bytes behind the first `at` of a file, in place of whatever is behind them; at 0 the file is made. When this returns
    /// the disk has said that they are there for good. One that was pulled may have lost the end of them all the same.
    ///
    /// # Errors
    /// Whatever the disk says; [`ErrorKind::InvalidData`] where the file is shorter than `at`, so that it must go on farther back.
    fn put(&mut self, name: &str, at: u64, bytes: &[u8]) -> io::Result<()>;
}

/// How long a drive is waited for. The practice's moment is held meanwhile, and the store cannot reuse what it frees.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// How often it is tried again.
    pub(crate) every: Duration,
    /// After how long nobody waits any more.
    pub(crate) longest: Duration,
}

impl Patience {
    pub(crate) const USUAL: Self = Self { every: Duration::from_secs(1), longest: Duration::from_secs(600) };
}

/// What whoever writes and whoever waits tell of how far it is.
pub(crate) struct Course<'p> {
    telling: RefCell<Telling<'p>>,
    reached: Cell<(u64, u64)>,
    stopped: Cell<bool>,
}

impl<'p> Course<'p> {
    pub(crate) fn of(telling: Telling<'p>) -> Self {
        Self { telling: RefCell::new(telling), reached: Cell::default(), stopped: Cell::default() }
    }

    /// Says how many rows of how many are written, and answers whether to go on.
    pub(crate) fn reached(&self, done: u64, total: u64) -> bool {
        self.reached.set((done, total));
        self.tell("writing")
    }

    /// Says whether somebody stopped it.
    pub(crate) fn was_stopped(&self) -> bool {
        self.stopped.get()
    }

    fn tell(&self, phase: &'static str) -> bool {
        let (done, total) = self.reached.get();
        let goes_on = (self.telling.borrow_mut())(phase, done, total);
        self.stopped.set(!goes_on);
        goes_on
    }
}

/// A file on a drive, written a stretch at a time, which waits where the drive has gone.
pub(crate) struct Steadfast<'a, 'p> {
    drive: &'a mut dyn Drive,
    course: &'a Course<'p>,
    patience: Patience,
    name: &'static str,
    at: u64,
    /// What stands right before `at`.
    at_hand: VecDeque<Vec<u8>>,
    gathered: Vec<u8>,
}

impl<'a, 'p> Steadfast<'a, 'p> {
    pub(crate) fn file(
        name: &'static str,
        drive: &'a mut dyn Drive,
        course: &'a Course<'p>,
        patience: Patience,
    ) -> Self {
        Self { drive, course, patience, name, at: 0, at_hand: VecDeque::new(), gathered: Vec::with_capacity(STRETCH) }
    }

    fn put(&mut self) -> io::Result<()> {
        let began = Instant::now();
        let mut done = self.drive.put(self.name, self.at, &self.gathered);
        while let Err(error) = done {
            if began.elapsed() >= self.patience.longest || !self.course.tell("waiting") {
                return Err(error);
            }
            std::thread::sleep(self.patience.every);
            // A disk that is full has lost nothing; it would only be filled with the same again each time.
            done = match error.kind() {
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded => self.drive.put(self.name, self.at, &self.gathered),
                _ => self.put_again()?,
            };
        }
        self.at += self.gathered.len() as u64;
        self.at_hand.push_back(std::mem::replace(&mut self.gathered, Vec::with_capacity(STRETCH)));
        if self.at_hand.len() > AT_HAND {
            self.at_hand.pop_front();
        }
        Ok(())
    }

    /// Puts what is at hand once more, and what was gathered behind it. The inner error is for another try; the outer one says
    /// that more of the file is gone than is at hand.
    fn put_again(&mut self) -> io::Result<io::Result<()>> {
        let behind: usize = self.at_hand.iter().map(Vec::len).sum();
        let mut at = self.at - behind as u64;
        for (place, stretch) in self.at_hand.iter().chain([&self.gathered]).enumerate() {
            match self.drive.put(self.name, at, stretch) {
                Err(error) if place == 0 && error.kind() == ErrorKind::InvalidData => return Err(error),
                Err(error) => return Ok(Err(error)),
                Ok(()) => at += stretch.len() as u64,
            }
        }
        Ok(Ok(()))
    }
}

impl Write for Steadfast<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(STRETCH - self.gathered.len());
        self.gathered.extend(bytes.iter().take(taken));
        if self.gathered.len() == STRETCH {
            self.put()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gathered.is_empty() && self.at > 0 { Ok(()) } else { self.put() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AT_ONCE: Patience = Patience { every: Duration::ZERO, longest: Duration::from_secs(60) };

    /// A drive that goes and comes by a list: where it says so, a part of the bytes arrives and then it is gone.
    #[derive(Default)]
    struct Loose {
        kept: Vec<u8>,
        gone: Vec<Option<usize>>,
        /// How much of the end it has lost whenever it comes back.
        loses: usize,
        /// It does not go but is full.
        fills: bool,
        /// Each place at which something was put.
        places: Vec<usize>,
    }

    impl Drive for Loose {
        fn begin(&mut self) -> io::Result<()> {
            Ok(())
        }

        fn put(&mut self, _: &str, at: u64, bytes: &[u8]) -> io::Result<()> {
            let at = usize::try_from(at).unwrap();
            self.places.push(at);
            if self.kept.len() < at {
                return Err(ErrorKind::InvalidData.into());
            }
            self.kept.truncate(at);
            if let Some(Some(arrived)) = self.gone.pop() {
                self.kept.extend(&bytes[..arrived.min(bytes.len())]);
                self.kept.truncate(self.kept.len().saturating_sub(self.loses));
                return Err(if self.fills { ErrorKind::StorageFull } else { ErrorKind::NotConnected }.into());
            }
            self.kept.extend(bytes);
            Ok(())
        }
    }

    fn written(drive: &mut Loose, bytes: &[u8], goes_on: bool) -> (io::Result<()>, bool, usize) {
        let mut waited = 0;
        let mut telling = |phase: &'static str, _, _| {
            waited += usize::from(phase == "waiting");
            goes_on
        };
        let course = Course::of(&mut telling);
        let mut file = Steadfast::file("practice.age", drive, &course, AT_ONCE);
        let done = file.write_all(bytes).and_then(|()| file.flush());
        let stopped = course.was_stopped();
        (done, stopped, waited)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_goes_and_comes_back_the_file_is_whole(
            length in 0..3 * STRETCH,
            gone in prop::collection::vec(prop::option::of(0..2 * STRETCH), 0..12),
            loses in 0..4 * STRETCH,
        ) {
            let bytes: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
            let failures = gone.len();
            let mut drive = Loose { gone, loses, ..Loose::default() };
            let (done, stopped, waited) = written(&mut drive, &bytes, true);
            prop_assert!(done.is_ok() && !stopped && waited <= failures);
            prop_assert!(drive.kept == bytes);
        }
    }

    #[test]
    fn whoever_waits_can_stop() {
        let bytes = vec![7; STRETCH + 1];
        let mut pulled = Loose { gone: vec![Some(3)], ..Loose::default() };
        let (done, stopped, waited) = written(&mut pulled, &bytes, false);
        assert!(done.is_err() && stopped && waited == 1);
    }

    #[test]
    fn a_disk_that_is_full_is_not_given_the_same_again() {
        let bytes = vec![7; 2 * STRETCH];
        for (fills, places) in [(true, vec![0, STRETCH, STRETCH, STRETCH]), (false, vec![0, STRETCH, 0, 0, STRETCH])] {
            let mut drive = Loose { gone: vec![Some(3), Some(3), None], fills, ..Loose::default() };
            let (done, ..) = written(&mut drive, &bytes, true);
            assert_eq!((done.is_ok(), drive.kept == bytes, &drive.places), (true, true, &places), "full: {fills}");
        }
    }

    /// The last of what was said to be there for good is put once more; what is farther back nobody has any more.
    #[test]
    fn a_drive_that_lost_more_than_is_at_hand_ends_it() {
        let bytes = vec![7; (AT_HAND + 4) * STRETCH];
        for (loses, whole) in [(STRETCH, true), (AT_HAND * STRETCH, true), (AT_HAND * STRETCH + 1, false)] {
            let mut gone = vec![None; AT_HAND + 3];
            gone.insert(0, Some(0));
            let mut drive = Loose { gone, loses, ..Loose::default() };
            let (done, stopped, waited) = written(&mut drive, &bytes, true);
            assert_eq!((done.is_ok(), drive.kept == bytes, stopped, waited), (whole, whole, false, 1), "{loses}");
        }
    }

    #[test]
    fn nobody_waits_for_ever() {
        let mut telling = |_: &'static str, _, _| true;
        let course = Course::of(&mut telling);
        let mut drive = Loose { gone: vec![Some(0); 3], ..Loose::default() };
        let patience = Patience { longest: Duration::ZERO, ..AT_ONCE };
        let mut file = Steadfast::file("practice.age", &mut drive, &course, patience);
        assert!(file.write_all(b"row").and_then(|()| file.flush()).is_err());
        assert!(!course.was_stopped(), "nobody stopped it");
    }
}
