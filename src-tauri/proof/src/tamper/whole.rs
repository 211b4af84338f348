//! Somebody with the file alone and a plan: the log, the whole file, the grants.

use super::Attack;
use super::rows::named;
use super::scene::{RECEPTIONIST, Rows, Scene, edited, entries, put, remove, replace_all};
use crate::home::ENTRIES;
use keepwell_vault::{Key, PublicKey};

const LOG: u8 = 0x50;
const HEAD: &[u8] = &[LOG, 3];

fn is_log(key: &[u8]) -> bool {
    key.first() == Some(&LOG)
}

fn entry(sequence: u64) -> Vec<u8> {
    [ENTRIES.as_slice(), &sequence.to_be_bytes()].concat()
}

fn holding(scene: &Scene, name: &'static str, at: &str, rows: &Rows) -> Attack {
    let file = edited(&scene.now.file, |table| replace_all(table, rows));
    Attack { name, at: at.to_owned(), file, secrets: scene.now.secrets.clone(), ..Attack::default() }
}

/// Every plan.
#[must_use]
pub fn attacks(scene: &Scene) -> Vec<Attack> {
    [log(scene), rolled_back(scene), grants(scene)].into_iter().flatten().collect()
}

fn log(scene: &Scene) -> Vec<Attack> {
    let (now, older) = (&scene.now.rows, &scene.older.rows);
    let size = entries(now);
    let mut attacks = Vec::new();
    for count in 1..=size {
        let mut rows = now.clone();
        (size - count..size).for_each(|at| drop(rows.remove(&entry(at))));
        attacks.push(holding(scene, "log: drop the last entries", &format!("the last {count}"), &rows));
    }
    let mut cut: Rows =
        now.iter().filter(|(key, _)| !is_log(key)).map(|(key, row)| (key.clone(), row.clone())).collect();
    cut.extend(older.iter().filter(|(key, _)| is_log(key)).map(|(key, row)| (key.clone(), row.clone())));
    attacks.push(holding(scene, "log: cut back to last week, head and all", "the log's space", &cut));
    let mut headless = now.clone();
    headless.insert(HEAD.to_vec(), older[HEAD].clone());
    attacks.push(holding(scene, "log: put last week's head back", "the head", &headless));
    for at in 0..size.saturating_sub(1) {
        let mut rows = now.clone();
        rows.insert(entry(at), now[&entry(at + 1)].clone());
        rows.insert(entry(at + 1), now[&entry(at)].clone());
        attacks.push(holding(scene, "log: swap two entries", &format!("entries {at} and {}", at + 1), &rows));
    }
    let mut longer = now.clone();
    longer.insert(entry(size), now[&entry(size - 1)].clone());
    attacks.push(holding(scene, "log: add an entry", "behind the last", &longer));
    attacks
}

fn rolled_back(scene: &Scene) -> Vec<Attack> {
    let (now, older) = (&scene.now, &scene.older);
    let mut rows: Rows =
        older.rows.iter().filter(|(key, _)| !is_log(key)).map(|(key, row)| (key.clone(), row.clone())).collect();
    rows.extend(now.rows.iter().filter(|(key, _)| is_log(key)).map(|(key, row)| (key.clone(), row.clone())));
    let whole = Attack {
        name: "file: put last week's back",
        at: "the whole file".to_owned(),
        file: older.file.clone(),
        secrets: now.secrets.clone(),
        ..Attack::default()
    };
    vec![whole, holding(scene, "file: put last week's back, all but the log", "records and their digest", &rows)]
}

fn grants(scene: &Scene) -> Vec<Attack> {
    let rows = &scene.now.rows;
    let holder = scene.staff[RECEPTIONIST];
    let mine = |key: &[u8]| key.get(1..17) == Some(&holder[..]);
    let mut attacks = Vec::new();
    for (key, value) in rows.iter().filter(|(key, _)| key.first() == Some(&0x08) && !mine(key)) {
        let own = [&[0x08], &holder[..], key.get(17..).unwrap_or_default()].concat();
        let mut changed = rows.clone();
        changed.insert(own, value.clone());
        attacks.push(holding(scene, "grant: copy another holder's to oneself", &named(key), &changed));
    }
    // A key pair of one's own in place of the owner's, and keys of one's own in a newer epoch.
    let keys = Key::make().and_then(|private| Ok((private, Key::make()?))).expect("random keys");
    let public = PublicKey::of(&keys.0);
    for (key, value) in rows.iter().filter(|(key, _)| key.first() == Some(&0x09)) {
        let mut forged = public.0.to_vec();
        forged.extend(value.iter().skip(forged.len()));
        let mut changed = rows.clone();
        changed.insert(key.clone(), forged);
        attacks.push(holding(scene, "grant: a public key of one's own", &named(key), &changed));
    }
    for key in rows.keys().filter(|key| key.first() == Some(&0x08) && mine(key)) {
        let mut newer = key.clone();
        *newer.last_mut().expect("an epoch") += 1;
        let both = [keys.0.bytes().as_slice(), keys.1.bytes()].concat();
        let sealed = public.seal(&newer, &both).expect("it seals").to_bytes();
        let value = [sealed.as_slice(), &[0; 32]].concat();
        attacks.push(holding(scene, "grant: forge a newer epoch", &named(&newer), &{
            let mut changed = rows.clone();
            changed.insert(newer.clone(), value);
            changed
        }));
    }
    attacks.push({
        let file = edited(&scene.now.file, |table| {
            rows.keys().filter(|key| key.first() == Some(&0x08)).for_each(|key| remove(table, key));
        });
        Attack {
            name: "grant: drop all",
            at: "every grant".to_owned(),
            file,
            secrets: scene.now.secrets.clone(),
            ..Attack::default()
        }
    });
    attacks.push({
        let (key, value) = rows.iter().next().expect("a header");
        let mut other = value.clone();
        *other.last_mut().expect("an id") ^= 1;
        let file = edited(&scene.now.file, |table| put(table, key, &other));
        Attack {
            name: "header: another vault's id",
            at: named(key),
            file,
            secrets: scene.now.secrets.clone(),
            ..Attack::default()
        }
    });
    attacks
}
