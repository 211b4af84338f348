//! Replays the seeds and what once broke, and then seeded mutations of them: a little fuzzing in every run.
//!
//! `KEEPWELL_FUZZ_MUTATIONS` multiplies the mutations, `KEEPWELL_FUZZ_SEED` begins elsewhere.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

use keepwell_fuzz_targets::{TARGETS, Target};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// SplitMix64 (Steele, Lea and Flood 2014): enough chance for mutations, and the same on every machine.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most.max(1) as u64).unwrap()
    }
}

/// Bytes that mean something to one parser or another.
const WORDS: [&[u8]; 12] = [
    b"\0",
    b"\xff",
    b"\n\n",
    b"\"",
    b"{}",
    b"[]",
    b"null",
    b"-1",
    b"99999999999999999999",
    b"1e400",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
];

fn mutated(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(4) {
        let (at, other) = (chance.below(bytes.len() + 1), &seeds[chance.below(seeds.len())]);
        match chance.below(7) {
            0 | 1 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            2 if at < bytes.len() => bytes[at] = chance.next().to_le_bytes()[0],
            3 => bytes.truncate(at),
            4 => {
                let word = WORDS[chance.below(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            5 => {
                // The beginning of this one and the end of another.
                let from = chance.below(other.len() + 1);
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from..]);
            }
            _ => {
                let until = at + chance.below(bytes.len() - at + 1);
                let again = bytes[at..until].to_vec();
                if chance.below(2) == 0 {
                    bytes.splice(at..at, again);
                } else {
                    bytes.drain(at..until);
                }
            }
        }
    }
    bytes
}

fn files(folder: &str, name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join(name);
    let Ok(listed) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = listed.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Runs a target on bytes; what breaks it is printed so that it can be put among the regressions.
fn holds(target: &Target, what: &str, data: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| (target.run)(data))).is_err() {
        let hex: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
        panic!("{} is broken by {what}; as hex: {hex}", target.name);
    }
}

fn asked(variable: &str, usual: u64) -> u64 {
    std::env::var(variable).map_or(usual, |text| text.parse().unwrap())
}

fn replayed(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let seeds = files("corpus", name);
    assert!(seeds.len() >= 3, "{name} has {} seeds", seeds.len());
    for (path, data) in seeds.iter().chain(&files("regressions", name)) {
        holds(target, &path.display().to_string(), data);
    }
    holds(target, "nothing", &[]);
    let seeds: Vec<Vec<u8>> = seeds.into_iter().map(|(_, data)| data).collect();
    let (first, times) = (asked("KEEPWELL_FUZZ_SEED", 1), asked("KEEPWELL_FUZZ_MUTATIONS", 1));
    for round in 0..target.mutations * times {
        let seed = first.wrapping_mul(0x1_0000_0000).wrapping_add(round);
        let data = mutated(&seeds, &mut Chance(seed));
        holds(target, &format!("mutation {round} from seed {first}"), &data);
    }
}

macro_rules! replays {
    ($($name:ident)+) => {
        $(#[test] fn $name() { replayed(stringify!($name)); })+

        #[test]
        fn every_target_is_replayed_and_has_its_line() {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            assert_eq!(names, [$(stringify!($name)),+]);
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
            let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
            let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
            for name in names {
                let line = std::fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).unwrap();
                assert!(line.contains(&format!("keepwell_fuzz_targets::{name}(")), "{name}");
                assert!(manifest.contains(&format!("name = \"{name}\"")), "{name} is not in fuzz/Cargo.toml");
                assert!(readme.contains(&format!("| `{name}` |")), "{name} is not in fuzz/README.md");
            }
        }
    };
}

replays! {
    sealed_value envelope sign_in_slot store_row checkpoint entry record fhir import batch_line typed store_file
}
