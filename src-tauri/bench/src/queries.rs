//! What people type into the search: two hundred recorded queries, one in three of them spelt wrongly.
//!
//! They were made from the made-up people and are kept as data, so that a change of the people shows as a change of the
//! data and not as a change of speed.

use crate::Done;
use crate::chance::Chance;
use serde_json::Value;

const RECORDED: &str = include_str!("../queries.txt");
/// The seed of the people whom the queries are about; every measured practice begins with them.
pub(crate) const PEOPLE_SEED: u64 = 1;
const COUNT: usize = 200;
/// Everybody asked for is among so many first people, so that the smallest practice has them too.
const AMONG: usize = 900;

/// Returns the recorded queries.
pub(crate) fn recorded() -> Vec<&'static str> {
    RECORDED.lines().collect()
}

/// Makes the queries anew.
#[cfg_attr(not(test), expect(dead_code, reason = "the test holds the recorded queries to it"))]
fn made() -> Done<Vec<String>> {
    let people: Vec<Value> = keepwell_practice::made_up::patients(AMONG, PEOPLE_SEED)
        .map(|one| serde_json::to_value(one).map_err(Into::into))
        .collect::<Done<_>>()?;
    let mut chance = Chance::new(200);
    let mut queries = Vec::with_capacity(COUNT);
    while queries.len() < COUNT {
        let person = people.get(chance.index(people.len())).ok_or("nobody was made up")?;
        queries.extend(query(person, queries.len(), &mut chance).filter(|query| query.chars().count() >= 3));
    }
    Ok(queries)
}

fn query(person: &Value, place: usize, chance: &mut Chance) -> Option<String> {
    let family = person.pointer("/name/family")?.as_str()?.to_lowercase();
    let given = person.pointer("/name/given/0")?.as_str()?.to_lowercase();
    let born = person.pointer("/date_of_birth").and_then(Value::as_str);
    let phone = person.pointer("/channels/0/value").and_then(Value::as_str);
    Some(match place % 9 {
        0 => family,
        1 => format!("{given} {family}"),
        2 => format!("{family}, {given}"),
        3 => slip(&family, chance),
        4 => format!("{given} {}", slip(&family, chance)),
        5 => format!("{} {family}", slip(&given, chance)),
        6 => {
            let (year, rest) = born?.split_once('-')?;
            let (month, day) = rest.split_once('-')?;
            format!("{month}/{day}/{year}")
        }
        7 => phone.filter(|phone| phone.starts_with('+'))?.get(2..)?.to_owned(),
        _ => format!("{} {}", family.chars().take(4).collect::<String>(), given.chars().take(3).collect::<String>()),
    })
}

/// Swaps two letters, drops one or doubles one.
fn slip(name: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() < 4 {
        return name.to_owned();
    }
    let place = 1 + chance.index(letters.len() - 2);
    match chance.below(3) {
        0 => letters.swap(place, place + 1),
        1 => drop(letters.remove(place)),
        _ => letters.insert(place, letters.get(place).copied().unwrap_or('e')),
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    /// `KEEPWELL_ACCEPT=1` records them anew.
    #[test]
    fn the_recorded_queries_are_about_the_made_up_people() {
        let made = made().unwrap();
        if std::env::var_os("KEEPWELL_ACCEPT").is_some() {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("queries.txt");
            std::fs::write(path, made.join("\n") + "\n").unwrap();
            return;
        }
        assert_eq!(recorded(), made);
        assert_eq!(made.len(), COUNT);
    }
}
