//! Somebody with the file alone, row by row, through the engine itself.

use super::Attack;
use super::scene::{Opened, Rows, Scene, edited, put, remove};

/// Everything that is done to each row in turn. `share` of `shares` is returned, so that several may work on it.
pub fn attacks(scene: &Scene, (share, shares): (usize, usize)) -> impl Iterator<Item = Attack> + '_ {
    let keys: Vec<&Vec<u8>> = scene.now.rows.keys().collect();
    let each = move |at: usize| {
        let next = keys.get(at + 1).copied();
        on_row(scene, keys[at], next)
    };
    let count = scene.now.rows.len();
    (0..count).filter(move |at| at % shares == share).flat_map(each).chain(
        put_back(scene).into_iter().enumerate().filter(move |(at, _)| at % shares == share).map(|(_, attack)| attack),
    )
}

fn attack(scene: &Scene, name: &'static str, key: &[u8], edit: impl FnOnce(&mut Opened<'_>)) -> Attack {
    let file = edited(&scene.now.file, edit);
    Attack { name, at: named(key), file, secrets: scene.now.secrets.clone(), ..Attack::default() }
}

/// Names a row for people: its space, then the key.
#[must_use]
pub fn named(key: &[u8]) -> String {
    let space = match key {
        [0x00, ..] => "header",
        [0x01, ..] => "digest",
        [0x02, ..] => "device keys",
        [0x08, ..] => "grant",
        [0x09, ..] => "holder",
        [0x10, 2, 3, ..] => "sign-in slot",
        [0x10, ..] => "row",
        [0x20, ..] => "history",
        [0x30, ..] => "index",
        [0x40, ..] => "chunk",
        [0x50, 1, ..] => "log entry",
        [0x50, 2, ..] => "log tile",
        [0x50, 3, ..] => "log head",
        [0x50, 4, ..] => "checkpoint",
        [0x50, 5, ..] => "segment",
        _ => "nowhere",
    };
    let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{space} {hex}")
}

/// Returns a key beside this one, in the same space and table.
fn beside(rows: &Rows, key: &[u8]) -> Vec<u8> {
    let mut other = key.to_vec();
    while rows.contains_key(&other) {
        match other.last_mut() {
            Some(last) if key.len() > 1 => *last = last.wrapping_add(1),
            _ => other.push(7),
        }
    }
    other
}

fn on_row(scene: &Scene, key: &[u8], next: Option<&Vec<u8>>) -> Vec<Attack> {
    let rows = &scene.now.rows;
    let (value, other) = (&rows[key], beside(rows, key));
    let mut attacks = vec![
        attack(scene, "row: drop", key, |table| remove(table, key)),
        attack(scene, "row: duplicate under another key", key, |table| put(table, &other, value)),
        attack(scene, "row: move to another key", key, |table| {
            remove(table, key);
            put(table, &other, value);
        }),
    ];
    if let [space, table_high, table_low, rest @ ..] = key
        && (0x10..=0x30).contains(space)
    {
        let elsewhere = [&[*space, *table_high, table_low ^ 1], rest].concat();
        attacks.push(attack(scene, "row: move to another table", key, |table| {
            remove(table, key);
            put(table, &elsewhere, value);
        }));
    }
    if !value.is_empty() {
        let mut flipped = value.clone();
        let middle = flipped.len() / 2;
        flipped[middle] ^= 1;
        attacks.push(attack(scene, "row: flip a bit", key, |table| put(table, key, &flipped)));
    }
    if let Some((next, theirs)) =
        next.and_then(|next| Some((next, rows.get(next)?))).filter(|(_, theirs)| *theirs != value)
    {
        attacks.push(attack(scene, "row: swap with the next", key, |table| {
            put(table, key, theirs);
            put(table, next, value);
        }));
    }
    attacks
}

/// Puts back each row that was another last week, and each that is gone.
fn put_back(scene: &Scene) -> Vec<Attack> {
    let changed = scene.older.rows.iter().filter(|(key, value)| scene.now.rows.get(*key) != Some(value));
    changed
        .map(|(key, value)| {
            let name = match (scene.now.rows.contains_key(key), key.first()) {
                (_, Some(0x08 | 0x09)) => "grant: put a revoked one back",
                (true, _) => "row: put last week's back",
                (false, _) => "row: bring back one that is gone",
            };
            attack(scene, name, key, |table| put(table, key, value))
        })
        .collect()
}
