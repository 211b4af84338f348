//! Somebody with the file alone, page by page.

use super::Attack;
use super::scene::Scene;
use crate::chance::Chance;
use crate::medium::PAGE;

/// Everything that is done to each page in turn. `share` of `shares` is returned, so that several may work on it.
pub fn attacks(scene: &Scene, (share, shares): (usize, usize)) -> impl Iterator<Item = Attack> + '_ {
    let pages = scene.now.file.len().div_ceil(PAGE);
    (0..pages).filter(move |page| page % shares == share).flat_map(move |page| on_page(scene, page))
}

fn on_page(scene: &Scene, page: usize) -> Vec<Attack> {
    let (now, older) = (&scene.now.file, &scene.older.file);
    let range = page * PAGE..((page + 1) * PAGE).min(now.len());
    let mut chance = Chance::of(PAGE as u64, page as u64);
    let mut attacks = Vec::new();
    let mut add = |name, file: Vec<u8>| {
        if file != *now {
            attacks.push(Attack {
                name,
                at: format!("page {page}"),
                file,
                secrets: scene.now.secrets.clone(),
                ..Attack::default()
            });
        }
    };
    // A bit where something stands, so that it is not always in the unused end of a page.
    let used: Vec<usize> = range.clone().filter(|at| now[*at] != 0).collect();
    for _ in 0..3 {
        let mut file = now.clone();
        file[chance.one_of(&used).copied().unwrap_or(range.start)] ^= 1 << chance.below(8);
        add("page: flip a bit", file);
    }
    let mut file = now.clone();
    file[range.clone()].fill(0);
    add("page: zero", file);
    let mut file = now.clone();
    let other = (page + 1) % now.len().div_ceil(PAGE);
    let (one, two) = (now[range.clone()].to_vec(), now[other * PAGE..((other + 1) * PAGE).min(now.len())].to_vec());
    if one.len() == two.len() {
        file[range.clone()].copy_from_slice(&two);
        file[other * PAGE..other * PAGE + one.len()].copy_from_slice(&one);
        add("page: swap with the next", file);
    }
    if let Some(before) = older.get(range.clone()) {
        let mut file = now.clone();
        file[range.clone()].copy_from_slice(before);
        add("page: put last week's back", file);
    }
    add("page: cut the file before it", now[..range.start].to_vec());
    add("page: cut the file within it", now[..range.start + PAGE / 2].to_vec());
    attacks
}
