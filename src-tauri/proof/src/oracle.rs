//! What must hold of every image: it opens, it is exactly what was acknowledged or was on its way, and it adds up.

use crate::history::{History, Rows};
use crate::home::{Place, Secrets};
use crate::image::Image;
use crate::workload::{call, clock, founding, person, sign_in, start};
use keepwell_practice::testing::OWNER;
use keepwell_practice::{Practice, State};
use serde_json::json;
use std::collections::HashSet;
use std::sync::Arc;

/// How many images there were of each outcome.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Images looked at, those of a second cut included.
    pub images: u64,
    /// Cut again while they were opened.
    pub cut_again: u64,
    /// No practice yet; one was made there.
    pub absent: u64,
    /// Exactly the last acknowledged commit.
    pub as_acknowledged: u64,
    /// The commit that was on its way.
    pub as_in_flight: u64,
    /// The log was verified and the rows swept; the others have the rows and keychain of one that was.
    pub verified: u64,
    /// Work went on, and the store was opened once more.
    pub went_on: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.images += other.images;
        self.cut_again += other.cut_again;
        self.absent += other.absent;
        self.as_acknowledged += other.as_acknowledged;
        self.as_in_flight += other.as_in_flight;
        self.verified += other.verified;
        self.went_on += other.went_on;
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { images, cut_again, absent, as_acknowledged, as_in_flight, verified, went_on } = self;
        write!(
            f,
            "{images} images ({cut_again} cut again while opening): {as_acknowledged} as acknowledged, \
             {as_in_flight} as in flight, {absent} no practice yet; {verified} distinct states verified and swept, \
             {went_on} worked on and opened once more"
        )
    }
}

/// Judges images. What it has verified once it knows by the hash of rows and keychain together.
#[derive(Default)]
pub struct Judge {
    verified: HashSet<(Rows, Vec<u8>)>,
    /// The counts so far.
    pub tally: Tally,
}

impl Judge {
    /// Opens an image and holds it to what it may be. Returns the rows it has.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn judge(
        &mut self,
        image: &Image,
        history: Option<&Arc<History>>,
        go_on: bool,
    ) -> Result<Option<Rows>, String> {
        self.tally.images += 1;
        let place = Place::found(image.media.clone(), image.secrets.clone(), image.kept, history.cloned());
        let practice = start(&place, &clock());
        let status = practice.status();
        if !image.kept {
            self.tally.absent += 1;
            return absent(&practice, go_on).map(|()| None);
        }
        if let Some(problem) = status.problem {
            return Err(format!("it does not open: {}", problem.code));
        }
        if let Some(words) = status.read_only {
            return Err(format!("it opens for reading only: {words}"));
        }
        let rows = place.rows().map_err(|error| format!("its rows cannot be read: {error}"))?;
        let rows = rows.ok_or("it was never opened")?;
        match (Some(rows) == image.acknowledged, Some(rows) == image.in_flight) {
            (true, _) => self.tally.as_acknowledged += 1,
            (_, true) => self.tally.as_in_flight += 1,
            _ => return Err(format!("{} entries, which is neither state it may be in", rows.entries)),
        }
        if status.log_entries != Some(rows.entries) {
            return Err(format!("it says {:?} entries and has {}", status.log_entries, rows.entries));
        }
        self.verify(&practice, rows, &image.secrets)?;
        if go_on {
            self.go_on(&practice, &place)?;
        }
        Ok(Some(rows))
    }

    /// Verifies the log from its first entry and sweeps the rows, once for each distinct state.
    fn verify(&mut self, practice: &Practice, rows: Rows, secrets: &Secrets) -> Result<(), String> {
        let ring = secrets.iter().fold(blake3::Hasher::new(), |mut hasher, (name, secret)| {
            hasher.update(name.as_bytes()).update(&[0]).update(secret).update(&[0]);
            hasher
        });
        if !self.verified.insert((rows, ring.finalize().as_bytes().to_vec())) {
            return Ok(());
        }
        self.tally.verified += 1;
        verifies(practice)
    }

    /// Goes on working, ends, opens again.
    fn go_on(&mut self, practice: &Practice, place: &Place) -> Result<(), String> {
        self.tally.went_on += 1;
        sign_in(practice, OWNER).map_err(|failure| format!("nobody can sign in: {failure:?}"))?;
        let made = call(practice, "patients.register", person("Afterwards", "Ada", "1980-01-01"));
        made.map_err(|failure| format!("nobody can be registered: {failure:?}"))?;
        practice.close();
        place.let_go();
        let found = Place::found(place.disk.media(), place.ring.secrets(), true, None);
        verifies(&start(&found, &clock()))
    }
}

/// Signs in as the owner and runs the check of the whole log.
///
/// # Errors
/// What is wrong, in words.
pub fn verifies(practice: &Practice) -> Result<(), String> {
    if let Some(words) = practice.status().read_only {
        return Err(format!("it is for reading only: {words}"));
    }
    sign_in(practice, OWNER).map_err(|failure| format!("nobody can sign in: {failure:?}"))?;
    let checked = call(practice, "log.verify", json!({}));
    let checked = checked.map_err(|failure| format!("the log cannot be checked: {failure:?}"))?;
    if checked["ok"] == true { Ok(()) } else { Err(format!("the check of the log found: {checked}")) }
}

/// No practice was kept: there is none, and one can be made.
fn absent(practice: &Practice, go_on: bool) -> Result<(), String> {
    let status = practice.status();
    if status.state != State::Absent {
        return Err(format!("a practice that was never kept is {:?}", status.state));
    }
    if go_on {
        let made = call(practice, "identity.create_practice", founding());
        made.map_err(|failure| format!("none can be made: {failure:?}"))?;
        verifies(practice)?;
    }
    Ok(())
}
