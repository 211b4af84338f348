//! One person as Safe Harbor leaves one: a list of what stays, never of what goes, so that a new field stays out by itself.

use super::zip3::zip3;
use chrono::Datelike as _;
use keepwell_kernel::CivilDate;
use keepwell_patients::{AdministrativeSex, Patient};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// From this age on, an age is no longer told (164.514(b)(2)(i)(C)).
const OLD: u32 = 90;

/// What stays of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeidentifiedRow {
    /// Made at random for this one file and kept nowhere: nobody can go back from it (164.514(c) is not made use of).
    pub study_id: String,
    /// The sex on claims.
    pub sex: String,
    /// The age in whole years, or `90+`; empty where it is not known. Of the dead, the age at death.
    pub age: String,
    /// The year of birth; empty where the person is or became 90 or older.
    pub birth_year: String,
    /// The state.
    pub state: String,
    /// The first three digits of the ZIP code, or 000.
    pub zip3: String,
    /// The year of death; empty for the living, and where the person became 90 or older.
    pub died_year: String,
}

/// How often each class of identifier was there and was taken away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Removed {
    /// Names: every person has one.
    #[ts(type = "number")]
    pub names: u64,
    /// Addresses below the state, ZIP codes cut to three digits or to zeros.
    #[ts(type = "number")]
    pub addresses: u64,
    /// Of them, ZIP codes that became 000.
    #[ts(type = "number")]
    pub zip_codes_zeroed: u64,
    /// Dates cut to their year.
    #[ts(type = "number")]
    pub dates: u64,
    /// Years taken away because they tell of an age over 89.
    #[ts(type = "number")]
    pub years_over_89: u64,
    /// Telephone numbers, text numbers and e-mail addresses.
    #[ts(type = "number")]
    pub channels: u64,
    /// Record numbers: every person has one.
    #[ts(type = "number")]
    pub record_numbers: u64,
    /// Health plan beneficiary numbers.
    #[ts(type = "number")]
    pub policy_numbers: u64,
    /// Web addresses.
    #[ts(type = "number")]
    pub links: u64,
    /// Photos.
    #[ts(type = "number")]
    pub photos: u64,
    /// Relatives and others.
    #[ts(type = "number")]
    pub relatives: u64,
    /// Words that somebody typed freely.
    #[ts(type = "number")]
    pub free_text: u64,
}

impl Removed {
    /// Adds what was taken away elsewhere.
    pub fn add(&mut self, other: &Self) {
        for (mine, theirs) in [
            (&mut self.names, other.names),
            (&mut self.addresses, other.addresses),
            (&mut self.zip_codes_zeroed, other.zip_codes_zeroed),
            (&mut self.dates, other.dates),
            (&mut self.years_over_89, other.years_over_89),
            (&mut self.channels, other.channels),
            (&mut self.record_numbers, other.record_numbers),
            (&mut self.policy_numbers, other.policy_numbers),
            (&mut self.links, other.links),
            (&mut self.photos, other.photos),
            (&mut self.relatives, other.relatives),
            (&mut self.free_text, other.free_text),
        ] {
            *mine += theirs;
        }
    }
}

/// Returns what stays of a person, and counts what goes.
pub(super) fn row(of: &Patient, today: CivilDate, removed: &mut Removed) -> DeidentifiedRow {
    let known = &of.demographics;
    let died = of.deceased.map(|deceased| deceased.on);
    let age = known.date_of_birth.and_then(|born| died.flatten().unwrap_or(today).years_since(born));
    let is_old = age.is_some_and(|age| age >= OLD);
    let year = |date: Option<CivilDate>| match date {
        Some(date) if !is_old => date.year().to_string(),
        _ => String::new(),
    };
    let home = known.addresses.first();
    let zip3 = home.map_or_else(|| "000".to_owned(), |home| zip3(&home.postal_code));
    count(of, &zip3, is_old, removed);
    DeidentifiedRow {
        study_id: uuid::Uuid::new_v4().simple().to_string(),
        sex: match known.administrative_sex {
            AdministrativeSex::U => String::new(),
            told => told.letter().to_string(),
        },
        age: age.map_or_else(String::new, |age| if is_old { "90+".to_owned() } else { age.to_string() }),
        birth_year: year(known.date_of_birth),
        state: home.map_or_else(String::new, |home| state(&home.state)),
        zip3,
        died_year: year(died.flatten()),
    }
}

/// A state is two letters; what another system put there instead may be a town.
fn state(written: &str) -> String {
    keepwell_patients::shapes::state(written).unwrap_or_default()
}

fn count(of: &Patient, zip3: &str, is_old: bool, removed: &mut Removed) {
    let known = &of.demographics;
    let size = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    let dates = u64::from(known.date_of_birth.is_some()) + u64::from(of.deceased.is_some_and(|one| one.on.is_some()));
    removed.names += 1 + size(known.other_names.len());
    removed.addresses += size(known.addresses.len());
    removed.zip_codes_zeroed += u64::from(zip3 == "000" && !known.addresses.is_empty());
    removed.dates += dates;
    removed.years_over_89 += if is_old { dates } else { 0 };
    removed.channels += size(known.channels.len());
    removed.record_numbers += 1;
    removed.policy_numbers += size(known.insurance.len());
    removed.links += u64::from(known.ehr_link.is_some());
    removed.photos += u64::from(of.photo.is_some());
    removed.relatives += size(known.emergency_contacts.len()) + u64::from(known.guarantor.is_some());
    let words = [&known.gender_identity, &known.pronouns, &known.language, &known.confidential_communication];
    let words = size(words.into_iter().filter(|said| said.is_some()).count());
    removed.free_text += words + size(known.flags.len()) + size(of.restrictions.len());
}
