//! What happened to the made-up people over the years, and what the practice's staff did about it.
//!
//! A history follows from the seed alone and asks nothing of the store, so that it is the same in every practice. How
//! often things happen, and where the figures are from, stands in this crate's README.

use super::chance::Chance;
use super::household::phone;
use super::stock::{Origin, Stock};
use super::{COUNTED_ON, MadeUpAddress, MadeUpPatient};
use chrono::{Days, Months, NaiveDate};

/// How many people share each duty; every second patient is each one's.
pub(crate) const SHARING: usize = 2;

/// People who die in a year, of 100,000, by the first age of each group (NCHS, Deaths: Final Data for 2019).
const DEATHS: [(u32, u32); 11] = [
    (85, 13_229),
    (75, 4_308),
    (65, 1_765),
    (55, 883),
    (45, 392),
    (35, 199),
    (25, 129),
    (15, 70),
    (5, 13),
    (1, 23),
    (0, 558),
];
/// Households that move in a year, of 1,000 (US Census Bureau, CPS ASEC 2021).
const MOVES: u32 = 84;
/// Adults with another mobile number, of 1,000 a year.
const NUMBERS: u32 = 50;
/// Women of 20 to 49 without a partner who marry and take another name, of 1,000 a year.
const MARRIAGES: u32 = 40;
/// People who ask for a restriction, of 1,000 a year.
const RESTRICTIONS: u32 = 3;
/// Visits after which the biller opens the card, of 1,000.
const BILLED: u32 = 600;
/// Second records that somebody finds within a year, of 1,000.
const FOUND: u32 = 150;
/// How many come not at all, once, twice and so on in a year, of 100, for the young, the middle-aged and the old.
const VISITS: [(u32, &[u32]); 3] =
    [(65, &[5, 10, 17, 20, 18, 13, 10, 7]), (45, &[15, 20, 25, 20, 10, 7, 3]), (0, &[15, 28, 28, 19, 10])];
/// What patients ask not to be shared.
const ASKED: [&str; 3] = [
    "Paid in full by the patient: nothing about these visits to the health plan.",
    "No word about visits to family members who call.",
    "Nothing to the employer without a written authorization.",
];

/// What the history needs to know of a record.
#[derive(Debug, Clone)]
struct Person {
    born: Option<NaiveDate>,
    woman: bool,
    partnered: bool,
    household: u32,
    family: String,
    given: String,
    /// The place of the first record of the same person.
    first: Option<usize>,
    /// There is a second record of the same person.
    doubled: bool,
    /// Died, or was merged into another record.
    closed: bool,
}

/// What is to be changed on a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    /// Another home.
    Moved(Box<AddressText>),
    /// Another mobile number, in E.164 form.
    NewNumber(String),
    /// Another family name.
    Married(String),
}

/// Where somebody lives now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AddressText {
    pub(crate) lines: Vec<String>,
    pub(crate) city: String,
    pub(crate) state: String,
    pub(crate) postal_code: String,
}

/// One thing that somebody does; patients are named by their place among those whom the seed makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Task {
    /// The front desk looks for somebody.
    Search(String),
    /// The front desk opens the card.
    FrontDeskCard(usize),
    /// A clinician opens the chart.
    Chart(usize),
    /// A nurse opens the chart and corrects it.
    Correct(usize, Change),
    /// A nurse has found two records of one person: the second and the first.
    ProposeMerge(usize, usize),
    /// A physician agrees.
    ConfirmMerge(usize, usize),
    /// A physician notes what must not be shared.
    Restrict(usize, &'static str),
    /// A physician notes a death.
    Died(usize, NaiveDate),
    /// The biller opens the card.
    BillingCard(usize),
}

impl Task {
    /// How many entries it leaves in the log.
    pub(crate) const fn entries(&self) -> u64 {
        if matches!(self, Self::Correct(..)) { 2 } else { 1 }
    }
}

/// Who does something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Duty {
    FrontDesk,
    Nursing,
    Medicine,
    Billing,
}

impl Duty {
    /// Every duty, in the order in which a year is worked through.
    pub(crate) const ALL: [Self; 4] = [Self::FrontDesk, Self::Nursing, Self::Medicine, Self::Billing];
}

/// What one person at one duty does in a year.
#[derive(Debug)]
pub(crate) struct Shift {
    pub(crate) duty: Duty,
    /// Which of those who share the duty, from 0.
    pub(crate) who: usize,
    pub(crate) tasks: Vec<Task>,
}

/// The years behind a practice.
pub(crate) struct History {
    seed: u64,
    years: u32,
    year: u32,
    people: Vec<Person>,
    stock: Stock,
}

impl History {
    /// Begins the history of people who are still to be added.
    pub(crate) fn of(seed: u64, years: u32) -> History {
        History { seed, years, year: 0, people: Vec::new(), stock: Stock::new() }
    }

    /// Adds the next person whom the seed makes.
    pub(crate) fn add(&mut self, patient: &MadeUpPatient) {
        let first = patient.at_home.again.then(|| self.people.len().saturating_sub(1));
        if let Some(person) = first.and_then(|first| self.people.get_mut(first)) {
            person.doubled = true;
        }
        self.people.push(Person {
            born: patient.date_of_birth,
            woman: patient.administrative_sex == 'F',
            partnered: patient.at_home.partnered,
            household: patient.at_home.household,
            family: patient.name.family.clone(),
            given: patient.name.given.first().cloned().unwrap_or_default(),
            first,
            doubled: false,
            closed: false,
        });
    }

    /// Counts the entries that all years will leave in the log.
    pub(crate) fn count(&self) -> u64 {
        let mut ahead = History { people: self.people.clone(), stock: Stock::new(), ..*self };
        let years = std::iter::from_fn(|| ahead.next_year()).flatten();
        years.flat_map(|shift| shift.tasks).map(|task| task.entries()).sum()
    }

    /// Lives through the next year, and says who did what in it.
    pub(crate) fn next_year(&mut self) -> Option<Vec<Shift>> {
        let years_later = self.years.checked_sub(self.year)?.checked_sub(1)?;
        let ends = COUNTED_ON.checked_sub_months(Months::new(years_later * 12))?;
        let mut shifts: Vec<Shift> = Duty::ALL
            .into_iter()
            .flat_map(|duty| (0..SHARING).map(move |who| Shift { duty, who, tasks: Vec::new() }))
            .collect();
        for place in 0..self.people.len() {
            self.live(place, ends, &mut |duty, task| {
                let theirs = |shift: &&mut Shift| shift.duty == duty && shift.who == place % SHARING;
                if let Some(shift) = shifts.iter_mut().find(theirs) {
                    shift.tasks.push(task);
                }
            });
        }
        self.year += 1;
        Some(shifts)
    }

    /// Lives through a person's year.
    fn live(&mut self, place: usize, ends: NaiveDate, does: &mut dyn FnMut(Duty, Task)) {
        let (seed, year) = (self.seed, u64::from(self.year));
        let Some(person) = self.people.get_mut(place).filter(|person| !person.closed) else { return };
        // Whoever has no date of birth is taken for somebody of 45; who is not born yet has no year.
        let Some(age) = person.born.map_or(Some(45), |born| ends.years_since(born)) else { return };
        let mut chance = Chance::of(seed, &[1, year, place as u64]);
        for _ in 0..visits(age, &mut chance) {
            visit(person, place, &mut chance, does);
        }
        for change in changes(person, age, (seed, year), &mut chance, &self.stock) {
            does(Duty::Nursing, Task::Correct(place, change));
        }
        if !person.doubled && person.first.is_none() && chance.per_mille(RESTRICTIONS) {
            does(Duty::Medicine, Task::Restrict(place, chance.pick(&ASKED)));
        }
        if let Some(first) = person.first.filter(|_| chance.per_mille(FOUND)) {
            person.closed = true;
            does(Duty::Nursing, Task::ProposeMerge(place, first));
            does(Duty::Medicine, Task::ConfirmMerge(place, first));
        }
        if !person.closed && chance.per_million(deaths(age) * 10) {
            person.closed = true;
            let day = ends.checked_sub_days(Days::new(u64::from(chance.below(365)))).unwrap_or(ends);
            does(Duty::Medicine, Task::Died(place, person.born.map_or(day, |born| day.max(born))));
        }
    }
}

fn visits(age: u32, chance: &mut Chance) -> usize {
    VISITS.iter().find(|(from, _)| age >= *from).map_or(0, |(_, shares)| chance.share(shares))
}

fn deaths(age: u32) -> u32 {
    DEATHS.iter().find(|(from, _)| age >= *from).map_or(0, |(_, deaths)| *deaths)
}

/// Somebody comes: found, greeted, roomed, seen, and mostly billed.
fn visit(person: &Person, place: usize, chance: &mut Chance, does: &mut dyn FnMut(Duty, Task)) {
    does(Duty::FrontDesk, Task::Search(typed(person, chance)));
    does(Duty::FrontDesk, Task::FrontDeskCard(place));
    does(Duty::Nursing, Task::Chart(place));
    does(Duty::Medicine, Task::Chart(place));
    if chance.per_mille(BILLED) {
        does(Duty::Billing, Task::BillingCard(place));
    }
}

/// Returns what the front desk types to find somebody.
fn typed(person: &Person, chance: &mut Chance) -> String {
    let family: String = person.family.to_lowercase();
    let start = |count| person.given.chars().take(count).collect::<String>().to_lowercase();
    match (chance.share(&[50, 20, 30]), person.born) {
        (1, Some(born)) => format!("{} {}", born.format("%m/%d/%Y"), family.chars().take(3).collect::<String>()),
        (2, _) => format!("{} {family}", start(usize::MAX)),
        _ => format!("{family} {}", start(3)),
    }
}

/// Returns what changes on somebody's record: whole households move, to one address.
fn changes(person: &mut Person, age: u32, (seed, year): (u64, u64), chance: &mut Chance, stock: &Stock) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut home = Chance::of(seed, &[2, year, u64::from(person.household)]);
    if home.per_mille(MOVES) {
        let MadeUpAddress { lines, city, state, postal_code, .. } = stock.home(&mut home);
        changes.push(Change::Moved(Box::new(AddressText { lines, city, state, postal_code })));
    }
    if age >= 18 && chance.per_mille(NUMBERS) {
        changes.push(Change::NewNumber(phone(chance)));
    }
    if person.woman && !person.partnered && (20..50).contains(&age) && chance.per_mille(MARRIAGES) {
        let family = stock.surname(Origin::General, chance).0;
        person.partnered = true;
        if family != person.family {
            person.family.clone_from(&family);
            changes.push(Change::Married(family));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::super::patients;
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    const PEOPLE: usize = 6000;
    const YEARS: u32 = 6;

    fn history(seed: u64, count: usize, years: u32) -> History {
        let mut history = History::of(seed, years);
        patients(count, seed).for_each(|patient| history.add(&patient));
        history
    }

    fn tasks(mut history: History) -> Vec<(Duty, usize, Task)> {
        let years = std::iter::from_fn(|| history.next_year()).flatten();
        years.flat_map(|shift| shift.tasks.into_iter().map(move |task| (shift.duty, shift.who, task))).collect()
    }

    #[test]
    fn a_seed_means_the_same_history_and_its_length_is_known_before() {
        let one = history(7, 300, 3);
        let counted = one.count();
        let lived = tasks(one);
        assert_eq!(counted, lived.iter().map(|(.., task)| task.entries()).sum::<u64>());
        assert_eq!(lived, tasks(history(7, 300, 3)));
        assert_ne!(lived, tasks(history(8, 300, 3)));
        assert_eq!(history(7, 300, 0).count(), 0);
    }

    /// Measurements name a seed, so what it means must never change.
    #[test]
    fn a_seed_means_the_same_history_for_ever() {
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for byte in format!("{:?}", tasks(history(1, 300, 3))).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
        assert_eq!(hash, 8_074_436_152_014_006_904);
    }

    /// The figures of the README, for several seeds, within bands of about four standard deviations.
    #[test]
    fn what_happens_happens_as_often_as_stated() {
        for seed in [11, 12, 13] {
            let history = history(seed, PEOPLE, YEARS);
            let done = tasks(history);
            let patient_years = f64::from(YEARS) * PEOPLE as f64;
            let per_thousand = |fits: &dyn Fn(&Task) -> bool| {
                done.iter().filter(|(.., task)| fits(task)).count() as f64 * 1000.0 / patient_years
            };
            let held = |what: &str, fits: &dyn Fn(&Task) -> bool, from: f64, to: f64| {
                let found = per_thousand(fits);
                assert!((from..=to).contains(&found), "seed {seed}: {what} is {found}, not from {from} to {to}");
            };
            let entries = done.iter().map(|(.., task)| task.entries()).sum::<u64>() as f64 / patient_years;
            assert!((9.0..=11.0).contains(&entries), "seed {seed}: {entries} entries in a patient-year");
            held("moved", &|task| matches!(task, Task::Correct(_, Change::Moved(_))), 70.0, 95.0);
            held("another number", &|task| matches!(task, Task::Correct(_, Change::NewNumber(_))), 30.0, 50.0);
            held("married", &|task| matches!(task, Task::Correct(_, Change::Married(_))), 2.0, 8.0);
            held("died", &|task| matches!(task, Task::Died(..)), 5.5, 11.0);
            held("restricted", &|task| matches!(task, Task::Restrict(..)), 1.8, 4.2);
            held("merged", &|task| matches!(task, Task::ConfirmMerge(..)), 1.0, 3.5);
        }
    }

    #[test]
    fn everybody_does_what_the_role_allows_and_nobody_comes_after_death() {
        let mut gone = BTreeSet::new();
        for (duty, who, task) in tasks(history(5, PEOPLE, YEARS)) {
            let (fits, place) = match &task {
                Task::Search(query) => (duty == Duty::FrontDesk && !query.trim().is_empty(), None),
                Task::FrontDeskCard(place) => (duty == Duty::FrontDesk, Some(*place)),
                Task::Chart(place) => (matches!(duty, Duty::Nursing | Duty::Medicine), Some(*place)),
                Task::Correct(place, _) | Task::ProposeMerge(place, _) => (duty == Duty::Nursing, Some(*place)),
                Task::Restrict(place, _) | Task::ConfirmMerge(place, _) => (duty == Duty::Medicine, Some(*place)),
                Task::Died(place, _) => (duty == Duty::Medicine && gone.insert(*place), Some(*place)),
                Task::BillingCard(place) => (duty == Duty::Billing, Some(*place)),
            };
            assert!(fits && place.is_none_or(|place| place % SHARING == who), "{duty:?} {who}: {task:?}");
            // The billing of the year in which somebody died follows the death.
            let late = place.is_some_and(|place| gone.contains(&place)) && !matches!(task, Task::Died(..));
            assert!(!late || duty == Duty::Billing, "{task:?} after death");
        }
        assert!(gone.len() > 100, "{}", gone.len());
    }

    #[test]
    fn a_household_moves_together_to_one_address() {
        let history = history(3, 2000, 1);
        let households: Vec<u32> = history.people.iter().map(|person| person.household).collect();
        let mut homes = BTreeMap::new();
        for (.., task) in tasks(history) {
            if let Task::Correct(place, Change::Moved(home)) = task {
                let before = homes.entry(households[place]).or_insert_with(|| home.clone());
                assert_eq!(*before, home);
            }
        }
        assert!(homes.len() > 20, "{}", homes.len());
    }
}
