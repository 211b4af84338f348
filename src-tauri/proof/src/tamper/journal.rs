//! Somebody with the file and its journal, after the power went and before the program was started again.

use super::Attack;
use super::scene::Scene;
use crate::chance::Chance;
use crate::medium::PAGE;

/// Everything that is done to each written page of the journal, and to the whole of it.
#[must_use]
pub fn attacks(scene: &Scene) -> Vec<Attack> {
    let now = &scene.cut;
    let written = now.journal.iter().rposition(|byte| *byte != 0).map_or(0, |last| last / PAGE + 1);
    let mut attacks = Vec::new();
    let mut add = |name, at: String, journal: Vec<u8>| {
        let (file, secrets) = (now.file.clone(), now.secrets.clone());
        attacks.push(Attack { name, at, file, journal, secrets });
    };
    add("journal: nothing", "the journal as it is".to_owned(), now.journal.clone());
    for page in 0..written {
        let range = page * PAGE..(page + 1) * PAGE;
        let mut chance = Chance::of(1, page as u64);
        let used: Vec<usize> = range.clone().filter(|at| now.journal[*at] != 0).collect();
        let mut flipped = now.journal.clone();
        flipped[chance.one_of(&used).copied().unwrap_or(range.start)] ^= 1 << chance.below(8);
        add("journal: flip a bit", format!("page {page} of {written}"), flipped);
        let mut zeroed = now.journal.clone();
        zeroed[range.clone()].fill(0);
        add("journal: zero a page", format!("page {page} of {written}"), zeroed);
        if range.start > 0 {
            let cut = now.journal[..range.start].to_vec();
            add("journal: cut it", format!("before page {page} of {written}"), cut);
        }
    }
    add("journal: zero it all", "the whole journal".to_owned(), vec![0; now.journal.len()]);
    add("journal: put last week's in its place", "the whole journal".to_owned(), scene.older.journal.clone());
    attacks
}
