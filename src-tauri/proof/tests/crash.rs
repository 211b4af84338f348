//! Invariant 8: a power cut, a disk that fails or the end of the program at any moment loses nothing acknowledged and
//! leaves nothing half done.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(clippy::print_stdout, reason = "the counts are read by people")]

use keepwell_proof::cuts::{every_subset, on_a_lying_disk, replayed, sampled, small};
use keepwell_proof::faults::{Beginning, Seen, tried, troubles};
use keepwell_proof::kill::kills;
use keepwell_proof::workload::Step;
use std::path::Path;

/// Images of each seed; with the eight seeds and the short workloads below there are more than 50,000.
const IMAGES: u64 = 6200;

macro_rules! seeds {
    ($($name:ident: $seed:literal,)+) => {
        $(
            #[test]
            fn $name() {
                // What was found once is tried first.
                if $seed == 1 {
                    replayed().unwrap();
                }
                let tally = sampled($seed, IMAGES).unwrap();
                println!("{tally}");
                assert!(tally.images >= IMAGES && tally.as_in_flight > 0 && tally.absent > 0 && tally.cut_again > 0);
                assert!(tally.verified > 50, "{tally}");
            }
        )+
    };
}

seeds! {
    power_cuts_of_seed_1: 1, power_cuts_of_seed_2: 2, power_cuts_of_seed_3: 3, power_cuts_of_seed_4: 4,
    power_cuts_of_seed_5: 5, power_cuts_of_seed_6: 6, power_cuts_of_seed_7: 7, power_cuts_of_seed_8: 8,
}

#[test]
fn a_disk_that_lies_about_its_syncs_is_found() {
    let found = on_a_lying_disk(1, 3000).expect_err("the oracle believes a disk that loses what was acknowledged");
    println!("{found}");
    assert!(found.contains("seed 1, image "), "{found}");
}

#[test]
fn every_subset_of_the_writes_of_a_registration_may_arrive() {
    let tally = every_subset(&[Step::Register]).unwrap();
    println!("{tally}");
    assert!(tally.images > 300 && tally.as_in_flight > 0);
}

#[test]
fn every_subset_of_the_writes_of_three_steps_may_arrive() {
    let tally = every_subset(&[Step::Correct, Step::Crash, Step::Lock]).unwrap();
    println!("{tally}");
    assert!(tally.images > 300 && tally.as_in_flight > 0);
}

#[test]
fn every_subset_of_the_writes_of_an_import_and_a_photo_may_arrive() {
    let tally = every_subset(&[Step::Import, Step::Photo]).unwrap();
    println!("{tally}");
    assert!(tally.images > 300 && tally.as_in_flight > 0);
}

/// Fails every fourth call of the disk, beginning with one of the first four.
fn a_quarter(of: usize) {
    let (media, secrets) = small(1).unwrap();
    let beginning = Beginning { media, secrets };
    let mut seen = Seen::default();
    for trouble in troubles(&beginning).into_iter().skip(of).step_by(4) {
        seen += tried(&beginning, trouble).unwrap();
    }
    println!("{seen}");
    assert!(seen.runs > 60 && seen.failed >= seen.runs && seen.in_words > 0, "{seen}");
}

#[test]
fn a_failing_disk_ends_in_words_first_quarter() {
    a_quarter(0);
}

#[test]
fn a_failing_disk_ends_in_words_second_quarter() {
    a_quarter(1);
}

#[test]
fn a_failing_disk_ends_in_words_third_quarter() {
    a_quarter(2);
}

#[test]
fn a_failing_disk_ends_in_words_last_quarter() {
    a_quarter(3);
}

#[cfg(unix)]
#[test]
fn fifty_programs_that_are_ended_lose_nothing_acknowledged() {
    let kept = kills(Path::new(env!("CARGO_BIN_EXE_crash")), 1, 50).unwrap();
    println!("{kept} acknowledged rounds");
    assert!(kept > 500, "{kept}: the ends came too early to mean anything, and none after a lap of the journal");
}
