//! Made-up patients for demonstrations, tests and measurements. The same seed gives the same people for ever.
//!
//! What the people are like and what happens to them stands in one table, with its sources, in this crate's README;
//! the tests hold the figures.
//!
//! Nobody is meant: telephone numbers have area codes that are never given out, e-mail addresses are at example.com, and
//! the streets, the towns and the insurers are invented.

mod chance;
pub(crate) mod days;
pub(crate) mod history;
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
    /// What the history of the practice needs to know and no record says.
    #[serde(skip)]
    pub(crate) at_home: AtHome,
}

/// What no record says of a made-up person.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct AtHome {
    /// The number of the household.
    pub(crate) household: u32,
    /// Lives with a partner.
    pub(crate) partnered: bool,
    /// It is the second record of the person before.
    pub(crate) again: bool,
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
    let mut town = Town { chance: Chance::new(seed), stock: Stock::new(), waiting: VecDeque::new(), households: 0 };
    std::iter::from_fn(move || town.next_patient()).take(count)
}

/// The people still to come, household by household.
struct Town {
    chance: Chance,
    stock: Stock,
    waiting: VecDeque<MadeUpPatient>,
    households: u32,
}

impl Town {
    fn next_patient(&mut self) -> Option<MadeUpPatient> {
        if self.waiting.is_empty() {
            self.households += 1;
            for mut patient in household::next(&mut self.chance, &self.stock) {
                patient.at_home.household = self.households;
                let twice = self.chance.per_mille(20).then(|| mistakes::again(&patient, &mut self.chance, &self.stock));
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
        assert_eq!(hash(patients(2000, 1)), 16_381_205_452_843_605_727);
        assert_ne!(hash(patients(2000, 2)), hash(patients(2000, 1)));
        let (few, many) = (patients(100, 7).collect::<Vec<_>>(), patients(5000, 7).take(100).collect::<Vec<_>>());
        assert_eq!(few, many);
    }

    /// Returns everybody once, without second records.
    fn people(count: usize, seed: u64) -> Vec<MadeUpPatient> {
        patients(count, seed).filter(|one| !one.at_home.again).collect()
    }

    fn age(one: &MadeUpPatient) -> u32 {
        one.date_of_birth.and_then(|born| COUNTED_ON.years_since(born)).unwrap_or(200)
    }

    fn other(one: &MadeUpPatient, kind: &str) -> bool {
        one.other_names.iter().any(|name| name.kind == kind)
    }

    /// Says whether the family also writes itself in other letters than those of Western Europe.
    fn another_script(one: &MadeUpPatient) -> bool {
        one.other_names.iter().any(|other| other.name.family.chars().any(|letter| u32::from(letter) > 0x17F))
    }

    fn within(what: &str, seed: u64, count: usize, of: usize, (from, to): (f64, f64)) {
        let share = count as f64 * 1000.0 / of as f64;
        assert!((from..=to).contains(&share), "seed {seed}: {what}: {share:.1} of 1,000, not {from} to {to}");
    }

    /// The figures of the README, of 1,000 people, for several seeds. People of one household resemble each other, so
    /// the bands are wider than independent draws would need.
    #[test]
    fn the_people_are_as_described() {
        type Fits = fn(&MadeUpPatient) -> bool;
        let described: [(&str, Fits, (f64, f64)); 20] = [
            ("women", |one| one.administrative_sex == 'F', (480.0, 530.0)),
            ("under 18", |one| age(one) < 18, (180.0, 260.0)),
            ("65 and over", |one| (65..120).contains(&age(one)), (140.0, 210.0)),
            ("no date of birth", |one| one.date_of_birth.is_none(), (0.5, 4.0)),
            ("Smith", |one| one.name.family == "Smith", (4.0, 13.0)),
            ("García", |one| ["García", "Garcia"].contains(&one.name.family.as_str()), (1.0, 9.0)),
            ("two family names", |one| one.name.family.contains(' '), (55.0, 100.0)),
            ("hyphens", |one| one.name.family.contains('-'), (20.0, 55.0)),
            ("apostrophes", |one| one.name.family.contains('\''), (1.0, 10.0)),
            ("marks on the legal name", |one| one.name.family.contains(['á', 'é', 'í', 'ó', 'ú', 'ñ']), (50.0, 110.0)),
            ("another script", another_script, (20.0, 45.0)),
            ("preferred names", |one| other(one, "preferred"), (80.0, 200.0)),
            ("previous names", |one| other(one, "previous"), (20.0, 60.0)),
            ("juniors", |one| one.name.suffix == Some("Jr."), (2.0, 20.0)),
            ("Spanish at home", |one| one.language == Some("es"), (105.0, 160.0)),
            ("another language than English at home", |one| one.language != Some("en"), (170.0, 240.0)),
            ("in the state of the practice", |one| one.addresses.iter().all(|home| home.state == "NY"), (900.0, 970.0)),
            (
                "around the practice",
                |one| one.addresses.iter().all(|home| home.postal_code.starts_with("14")),
                (890.0, 960.0),
            ),
            (
                "a line at home",
                |one| one.channels.iter().any(|line| line.place == "home" && line.kind == "phone"),
                (240.0, 320.0),
            ),
            ("nobody pays but themselves", |one| one.insurance.is_empty(), (65.0, 95.0)),
        ];
        for seed in [3, 4, 5] {
            let people = people(12_000, seed);
            for (what, fits, band) in described {
                within(what, seed, people.iter().filter(|one| fits(one)).count(), people.len(), band);
            }
        }
    }

    #[test]
    fn households_have_the_sizes_and_share_what_households_share() {
        for seed in [3, 4, 5] {
            let mut households: HashMap<u32, Vec<MadeUpPatient>> = HashMap::new();
            for one in people(12_000, seed) {
                households.entry(one.at_home.household).or_default().push(one);
            }
            let of_size = |size: usize| households.values().filter(|members| members.len() == size).count();
            let bands = [(1, (250.0, 310.0)), (2, (310.0, 390.0)), (3, (125.0, 180.0)), (4, (105.0, 160.0))];
            for (size, band) in bands {
                within(&format!("households of {size}"), seed, of_size(size), households.len(), band);
            }
            for members in households.values() {
                let addresses: Vec<_> = members.iter().map(|one| &one.addresses).collect();
                assert!(addresses.windows(2).all(|pair| pair[0] == pair[1]), "a household has one home");
                let head = members[0].channels.iter().find(|line| line.place == "mobile");
                for child in members.iter().filter(|one| age(one) < 14) {
                    let lines: Vec<_> = child.channels.iter().map(|line| &line.value).collect();
                    assert!(head.is_none_or(|head| lines.contains(&&head.value)), "a child is reached at the head's");
                }
            }
        }
    }

    #[test]
    fn nobody_could_be_reached() {
        for patient in patients(5000, 4) {
            for channel in &patient.channels {
                match channel.kind {
                    "email" => assert!(channel.value.ends_with("@example.com") && channel.value.is_ascii()),
                    _ => {
                        assert!(channel.value.len() == 12 && channel.value.starts_with("+1"), "{}", channel.value);
                        assert_eq!(channel.value.as_bytes()[3], b'9', "an area code that is given out");
                        assert!(channel.value.as_bytes()[5] >= b'2', "{}", channel.value);
                    }
                }
            }
            assert!(patient.date_of_birth.is_none_or(|born| born <= COUNTED_ON));
            assert!(!patient.name.family.is_empty() && patient.name.given.iter().all(|given| !given.is_empty()));
            assert!(!patient.name.given.is_empty() && !patient.name.family.contains(['_', '/']));
            let latin = |name: &str| name.chars().all(|letter| u32::from(letter) < 0x180);
            assert!(latin(&patient.name.family) && patient.name.given.iter().all(|given| latin(given)));
            for home in &patient.addresses {
                assert!(home.postal_code.len() == 5 && home.postal_code.bytes().all(|digit| digit.is_ascii_digit()));
            }
        }
    }

    #[test]
    fn twins_and_second_records_are_as_common_as_stated() {
        for seed in [5, 6, 7] {
            let all: Vec<MadeUpPatient> = patients(30_000, seed).collect();
            let again = all.iter().filter(|one| one.at_home.again).count();
            within("second records", seed, again, all.len(), (16.0, 24.0));
            let people: Vec<&MadeUpPatient> = all.iter().filter(|one| !one.at_home.again).collect();
            let twins = |one: &MadeUpPatient, next: &MadeUpPatient| {
                one.at_home.household == next.at_home.household
                    && one.date_of_birth.is_some()
                    && one.date_of_birth == next.date_of_birth
                    && one.name.family == next.name.family
            };
            let pairs: Vec<_> = people.windows(2).filter(|pair| twins(pair[0], pair[1])).collect();
            let children =
                people.iter().filter(|one| one.emergency_contacts.iter().any(|who| who.relationship == "parent"));
            within("children who are one of twins", seed, pairs.len() * 2, children.count(), (22.0, 45.0));
            assert!(pairs.iter().all(|pair| pair[0].name.given != pair[1].name.given), "twins have names of their own");
            let initial = |one: &MadeUpPatient| one.name.given[0].chars().next();
            let alike = pairs.iter().filter(|pair| initial(pair[0]) == initial(pair[1])).count();
            within("twins whose names begin alike", seed, alike, pairs.len(), (250.0, 700.0));
        }
    }
}
