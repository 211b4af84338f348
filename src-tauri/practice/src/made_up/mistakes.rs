//! The same person on record a second time, with one of the mistakes that front desks make.

use super::chance::Chance;
use super::household::phone;
use super::stock::{Stock, without_accents};
use super::{COUNTED_ON, MadeUpOtherName, MadeUpPatient};
use chrono::{Datelike, NaiveDate};

/// Returns the second record of a person.
pub(super) fn again(patient: &MadeUpPatient, chance: &mut Chance, stock: &Stock) -> MadeUpPatient {
    let mut second = patient.clone();
    second.at_home.again = true;
    match chance.share(&[20, 15, 15, 15, 10, 10, 15]) {
        0 => second.name.family = slip(&second.name.family, chance),
        1 => second.date_of_birth = second.date_of_birth.map(|born| another_day(born, chance)),
        2 => call_short(&mut second, stock),
        3 => move_house(&mut second, chance, stock),
        4 => second.name.family = without_accents(&second.name.family).replace(['\'', '-'], ""),
        5 => before_marriage(&mut second, patient),
        _ => second.channels.iter_mut().filter(|channel| channel.kind != "email").for_each(|channel| {
            channel.value = phone(chance);
        }),
    }
    if chance.per_mille(300) {
        second.name.given.truncate(1);
    }
    second
}

/// Swaps two letters, drops one or doubles one, never the first.
fn slip(name: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let last = u32::try_from(letters.len()).unwrap_or(0).saturating_sub(1);
    if last < 2 {
        return name.to_owned();
    }
    let place = usize::try_from(chance.between(1, last - 1)).unwrap_or(1);
    match chance.below(3) {
        0 => letters.swap(place, place + 1),
        1 => {
            letters.remove(place);
        }
        _ => letters.insert(place, letters.get(place).copied().unwrap_or('e')),
    }
    letters.into_iter().collect()
}

/// Swaps day and month where that is a date, and otherwise mistypes the year by ten.
fn another_day(born: NaiveDate, chance: &mut Chance) -> NaiveDate {
    let swapped =
        NaiveDate::from_ymd_opt(born.year(), born.day(), born.month()).filter(|day| *day != born && *day <= COUNTED_ON);
    let earlier = born.with_year(born.year() - 10).unwrap_or(born);
    swapped.filter(|_| chance.per_mille(700)).unwrap_or(earlier)
}

fn call_short(patient: &mut MadeUpPatient, stock: &Stock) {
    if let Some(first) = patient.name.given.first_mut()
        && let Some(short) = stock.short_form(first)
    {
        *first = short.to_owned();
    }
}

fn move_house(patient: &mut MadeUpPatient, chance: &mut Chance, stock: &Stock) {
    patient.addresses = vec![stock.home(chance)];
}

/// Goes back to the name from before, which the second record then does not know to be another's.
fn before_marriage(second: &mut MadeUpPatient, patient: &MadeUpPatient) {
    let before = patient.other_names.iter().find(|name| name.kind == "previous");
    if let Some(MadeUpOtherName { name, .. }) = before {
        second.name.family.clone_from(&name.family);
        second.other_names.retain(|name| name.kind != "previous");
    }
}
