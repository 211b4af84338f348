//! Made-up patients for demonstrations, tests and measurements. The same seed gives the same people for ever.
//!
//! What the people are like, in about these shares:
//! - households of one (28 %), two (34 %), three (15 %), four (13 %) and five (10 %), who share an address, mostly the
//!   surname and often a telephone; heads of households are 18 to 94, most between 25 and 69; the youngest are newborn;
//! - surnames: 79 % of the general population (of these 35 % rare ones, 2 % hyphenated), 18 % Spanish (45 % of them
//!   double, some hyphenated, a third written without accents), 3 % in Chinese, Korean, Arabic or Cyrillic script with
//!   a preferred name in Latin letters;
//! - given names follow the sex and the decade of birth; 65 % have a middle name or initial; one in eight goes by a
//!   short form; a quarter of the women who live with a partner have a previous surname on record;
//! - one in thirty pairs of brothers and sisters are twins; one son in fifteen bears his father's name as a junior;
//! - one person in a hundred is on record twice, with the mistakes that front desks make; one in five hundred has no
//!   known date of birth.
//!
//! Nobody is meant: telephone numbers are from 555-0100 to 555-0199, e-mail addresses at example.com, and the streets,
//! the towns and the insurers are invented.

mod chance;
mod household;
mod mistakes;
mod names;
mod places;
mod stock;

use chance::Chance;
use chrono::NaiveDate;
use serde::Serialize;
use std::collections::VecDeque;
use stock::Stock;

/// The day on which the ages of the made-up people are counted.
pub const COUNTED_ON: NaiveDate = match NaiveDate::from_ymd_opt(2025, 6, 30) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// One made-up patient, written as `patients.register` takes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeUpPatient {
    /// The legal name.
    pub name: MadeUpName,
    /// Preferred and previous names.
    pub other_names: Vec<MadeUpOtherName>,
    /// The date of birth, if known.
    pub date_of_birth: Option<NaiveDate>,
    /// `F`, `M` or `U`.
    pub administrative_sex: char,
    /// The gender the person says, where it was asked.
    pub gender_identity: Option<&'static str>,
    /// The pronouns the person wants, where they were asked.
    pub pronouns: Option<&'static str>,
    /// Where the person lives and gets mail.
    pub addresses: Vec<MadeUpAddress>,
    /// Telephones and e-mail.
    pub channels: Vec<MadeUpChannel>,
    /// How the person wants to be reached in confidence (45 CFR 164.522(b)).
    pub confidential_communication: Option<&'static str>,
    /// The language spoken, as a BCP 47 tag.
    pub language: Option<&'static str>,
    /// Whom to call.
    pub emergency_contacts: Vec<MadeUpContact>,
    /// Who pays, if it is somebody else.
    pub guarantor: Option<MadeUpGuarantor>,
    /// The insurance cards.
    pub insurance: Vec<MadeUpInsurance>,
    /// What the front desk should know.
    pub flags: Vec<&'static str>,
    /// The record in another system, which nobody made up has.
    pub ehr_link: Option<&'static str>,
}

/// A legal name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeUpName {
    /// The family name.
    pub family: String,
    /// The given names in order.
    pub given: Vec<String>,
    /// What comes before, such as Dr.
    pub prefix: Option<&'static str>,
    /// What comes after, such as Jr.
    pub suffix: Option<&'static str>,
}

/// A name beside the legal one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeUpOtherName {
    /// `preferred` or `previous`.
    #[serde(rename = "use")]
    pub kind: &'static str,
    /// The name itself.
    #[serde(flatten)]
    pub name: MadeUpName,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeUpAddress {
    /// `home` or `mailing`.
    #[serde(rename = "use")]
    pub kind: &'static str,
    /// The street and, where there is one, the unit.
    pub lines: Vec<String>,
    /// The invented town.
    pub city: String,
    /// The two letters of the state.
    pub state: String,
    /// Five digits.
    pub postal_code: String,
    /// Always `US`.
    pub country: &'static str,
}

/// A way to reach the person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeUpChannel {
    /// `phone`, `sms` or `email`.
    pub kind: &'static str,
    /// `home`, `work` or `mobile`.
    #[serde(rename = "use")]
    pub place: &'static str,
    /// The number in E.164 form, or the address.
    pub value: String,
    /// Whether the person agreed to be reached this way.
    pub consent: bool,
    /// Whether a message may be left.
    pub voicemail_allowed: bool,
    /// Whether this is the way to try first.
    pub preferred: bool,
}

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeUpContact {
    /// The full name.
    pub name: String,
    /// What this person is to the patient.
    pub relationship: &'static str,
    /// The number in E.164 form.
    pub phone: String,
}

/// Somebody who pays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeUpGuarantor {
    /// The full name.
    pub name: String,
    /// What this person is to the patient.
    pub relationship: &'static str,
    /// The number in E.164 form.
    pub phone: Option<String>,
    /// Where the bill goes, when it is not the patient's home.
    pub address: Option<MadeUpAddress>,
}

/// An insurance card.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MadeUpInsurance {
    /// `primary` or `secondary`.
    pub rank: &'static str,
    /// The invented insurer.
    pub provider: String,
    /// The number of the policy.
    pub policy_number: String,
    /// The number of the group, where there is one.
    pub group_number: Option<String>,
}

/// Returns so many made-up patients, which follow from the seed alone: a larger count only adds people at the end.
pub fn patients(count: usize, seed: u64) -> impl Iterator<Item = MadeUpPatient> {
    let mut town = Town { chance: Chance::new(seed), stock: Stock::new(), waiting: VecDeque::new() };
    std::iter::from_fn(move || town.next_patient()).take(count)
}

/// The people still to come, household by household.
struct Town {
    chance: Chance,
    stock: Stock,
    waiting: VecDeque<MadeUpPatient>,
}

impl Town {
    fn next_patient(&mut self) -> Option<MadeUpPatient> {
        if self.waiting.is_empty() {
            for patient in household::next(&mut self.chance, &self.stock) {
                let twice = self.chance.per_mille(10).then(|| mistakes::again(&patient, &mut self.chance, &self.stock));
                self.waiting.push_back(patient);
                self.waiting.extend(twice);
            }
        }
        self.waiting.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn hash(patients: impl Iterator<Item = MadeUpPatient>) -> u64 {
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for patient in patients {
            for byte in serde_json::to_string(&patient).unwrap().bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
        hash
    }

    /// Demonstrations, measurements and reports of defects name a seed, so what it means must never change.
    #[test]
    fn a_seed_means_the_same_people_for_ever() {
        assert_eq!(hash(patients(2000, 1)), 16_388_279_158_786_640_628);
        assert_ne!(hash(patients(2000, 2)), hash(patients(2000, 1)));
        let (few, many) = (patients(100, 7).collect::<Vec<_>>(), patients(5000, 7).take(100).collect::<Vec<_>>());
        assert_eq!(few, many);
    }

    #[test]
    fn the_people_are_as_described() {
        let people: Vec<MadeUpPatient> = patients(20_000, 3).collect();
        let per_mille = |fits: &dyn Fn(&MadeUpPatient) -> bool| people.iter().filter(|one| fits(one)).count() / 20;
        let share = |fits: &dyn Fn(&MadeUpPatient) -> bool, from, to| {
            let share = per_mille(fits);
            assert!((from..=to).contains(&share), "{share} is not between {from} and {to}");
        };
        share(&|one| one.administrative_sex == 'F', 450, 550);
        share(&|one| one.name.family.chars().any(|letter| u32::from(letter) > 0x36F), 15, 50);
        share(&|one| one.name.family.contains('\''), 2, 30);
        share(&|one| one.name.family.contains('-'), 10, 60);
        share(&|one| one.name.family == "Smith", 4, 20);
        share(&|one| one.date_of_birth.is_none(), 1, 5);
        share(&|one| one.name.suffix == Some("Jr."), 1, 30);
        let age = |one: &MadeUpPatient| one.date_of_birth.and_then(|born| COUNTED_ON.years_since(born)).unwrap_or(200);
        share(&|one| age(one) < 18, 150, 300);
        share(&|one| (65..120).contains(&age(one)), 100, 250);
        share(&|one| one.other_names.iter().any(|name| name.kind == "preferred"), 80, 200);
        let mut homes: HashMap<String, usize> = HashMap::new();
        people.iter().for_each(|one| *homes.entry(format!("{:?}", one.addresses)).or_default() += 1);
        assert!(homes.values().any(|people| *people >= 4) && homes.len() > 5000);
    }

    #[test]
    fn nobody_could_be_reached() {
        for patient in patients(5000, 4) {
            for channel in &patient.channels {
                match channel.kind {
                    "email" => assert!(channel.value.ends_with("@example.com") && channel.value.is_ascii()),
                    _ => {
                        assert_eq!(channel.value.len(), 12);
                        assert_eq!(&channel.value[5..10], "55501", "{}", channel.value);
                    }
                }
            }
            assert!(patient.date_of_birth.is_none_or(|born| born <= COUNTED_ON));
            assert!(!patient.name.family.is_empty() && patient.name.given.iter().all(|given| !given.is_empty()));
            assert!(!patient.name.given.is_empty() && !patient.name.family.contains(['_', '/']));
        }
    }

    #[test]
    fn twins_and_duplicates_occur() {
        let people: Vec<MadeUpPatient> = patients(20_000, 5).collect();
        let pairs = || people.iter().zip(people.iter().skip(1));
        let same_birth = |(one, next): &(&MadeUpPatient, &MadeUpPatient)| {
            one.date_of_birth.is_some()
                && one.date_of_birth == next.date_of_birth
                && one.name.family == next.name.family
        };
        let twins = pairs().filter(same_birth).filter(|(one, next)| one.name.given != next.name.given).count();
        let again = pairs().filter(same_birth).filter(|(one, next)| one.name.given == next.name.given).count();
        assert!(twins > 20, "{twins}");
        assert!(again > 40, "{again}");
    }
}
