//! Days of a made-up calendar: who comes when, to whom, and who does not come.
//!
//! About one slot in seven stays free and one visit in fourteen is missed, as in small practices (no-show rates of 5 to 7 %
//! and fill rates of 85 to 90 % are what practice management surveys report; the shape is what matters here).

use super::chance::Chance;
use keepwell_kernel::CivilDate;

/// What a day is made from.
pub(crate) struct Day {
    /// The same seed makes the same days.
    pub(crate) seed: u64,
    /// When it is open, in minutes of the day.
    pub(crate) open: (u16, u16),
    /// When it is not.
    pub(crate) lunch: (u16, u16),
    /// How many patients there are to choose from.
    pub(crate) patients: usize,
}

/// Who is booked, where, and for what: each product with its minutes and how often out of a hundred.
pub(crate) struct Door {
    pub(crate) people: Vec<String>,
    pub(crate) rooms: Vec<String>,
    pub(crate) products: Vec<(String, u16, u32)>,
}

/// A visit, before it has a patient's id.
pub(crate) struct Visit {
    pub(crate) patient: usize,
    pub(crate) product: String,
    pub(crate) resources: Vec<String>,
    pub(crate) date: CivilDate,
    pub(crate) minute: u16,
    pub(crate) minutes: u16,
    pub(crate) comes_after: Option<i16>,
}

/// Returns the visits of some days in a row, day by day.
pub(crate) fn days<'a>(
    day: &'a Day,
    door: &'a Door,
    (from, count): (CivilDate, u16),
) -> impl Iterator<Item = Visit> + 'a {
    from.iter_days().take(usize::from(count)).flat_map(move |date| {
        let people = door.people.iter().enumerate();
        people.flat_map(move |(at, person)| column(day, door, date, (at, person))).collect::<Vec<_>>()
    })
}

fn column(day: &Day, door: &Door, date: CivilDate, (at, person): (usize, &String)) -> Vec<Visit> {
    let days = u64::try_from((date - CivilDate::default()).num_days()).unwrap_or(0);
    let mut chance = Chance::of(day.seed, &[0xDA75, days, at as u64]);
    let (mut visits, mut minute) = (Vec::new(), day.open.0);
    while minute < day.open.1 && day.patients > 0 {
        let (product, minutes) = draw(&mut chance, door);
        let over_lunch = minute < day.lunch.1 && day.lunch.0 < minute + minutes;
        if over_lunch {
            minute = day.lunch.1;
            continue;
        }
        if minute + minutes > day.open.1 {
            break;
        }
        if !chance.per_mille(140) {
            let most = u32::try_from(day.patients).unwrap_or(u32::MAX);
            let late = i16::try_from(chance.below(18)).unwrap_or(0) - 10;
            let missed = chance.per_mille(65);
            let room = door.rooms.get(at);
            visits.push(Visit {
                patient: chance.below(most) as usize,
                product,
                resources: std::iter::once(person).chain(room).cloned().collect(),
                date,
                minute,
                minutes,
                comes_after: (!missed).then_some(late),
            });
        }
        minute += minutes;
    }
    visits
}

fn draw(chance: &mut Chance, door: &Door) -> (String, u16) {
    let mut left = chance.below(door.products.iter().map(|(_, _, often)| often).sum());
    for (product, minutes, often) in &door.products {
        if left < *often {
            return (product.clone(), *minutes);
        }
        left -= often;
    }
    // The shares add up to what was drawn from, so this is only reached where there is no product at all.
    (String::new(), 30)
}
