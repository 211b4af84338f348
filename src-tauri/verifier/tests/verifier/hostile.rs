//! Bytes that nobody meant end in words: never in a panic, never in a PASS.

use crate::bundle::{CHECKPOINTS, ENTRIES, Files, KEYS, LEAVES, MANIFEST, NOTE, TABLE};
use crate::tampered::{judge, small};
use keepwell_verifier::{Paper, Source, Verdict, read_key};
use proptest::prelude::*;

const PATHS: [&str; 7] = [MANIFEST, NOTE, KEYS, CHECKPOINTS, LEAVES, ENTRIES, TABLE];

fn never_passes(files: Files) {
    match judge(files, Some("3 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=")) {
        Ok(report) => {
            assert_eq!(report.verdict, Verdict::Fail);
            assert!(!report.to_string().contains('\u{1b}'));
        }
        Err(error) => assert!(error.to_string().len() > 10),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_in_the_place_of_a_file(path in prop::sample::select(&PATHS[..]), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut files = small();
        files.insert(path.to_owned(), bytes);
        never_passes(files);
    }

    #[test]
    fn pieces_of_a_file_in_another_order(
        path in prop::sample::select(&PATHS[..]),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..200), 1..6),
    ) {
        let mut files = small();
        let old = files[path].clone();
        let piece = |(at, length): &(prop::sample::Index, usize)| {
            let at = at.index(old.len());
            old[at..(at + length).min(old.len())].to_vec()
        };
        let new: Vec<u8> = cuts.iter().flat_map(piece).collect();
        prop_assume!(new != old);
        files.insert(path.to_owned(), new);
        never_passes(files);
    }

    #[test]
    fn numbers_in_a_file_become_other_numbers(path in prop::sample::select(&PATHS[..]), at in any::<prop::sample::Index>(), number in "[0-9]{1,25}") {
        let mut files = small();
        let old = String::from_utf8_lossy(&files[path]).into_owned();
        let digits: Vec<usize> = old.bytes().enumerate().filter(|(_, sign)| sign.is_ascii_digit()).map(|(at, _)| at).collect();
        prop_assume!(!digits.is_empty() && path != LEAVES);
        let at = digits[at.index(digits.len())];
        let new = format!("{}{number}{}", &old[..at], &old[at + 1..]);
        prop_assume!(new != old);
        files.insert(path.to_owned(), new.into_bytes());
        never_passes(files);
    }

    #[test]
    fn any_text_as_a_checkpoint_or_a_key(text in "(keepwell/a\n)?[0-9]{0,22}[ \n]{0,2}\\PC{0,60}") {
        if let Err(error) = Paper::read(&text) {
            prop_assert!(error.to_string().contains("typed"));
        }
        prop_assert!(read_key(&text).is_err() || text.trim().len() == 44);
    }

    #[test]
    fn any_bytes_as_a_zip_file(bytes in prop::collection::vec(any::<u8>(), 0..300), sign in any::<bool>()) {
        let bytes = if sign { [b"PK\x03\x04", &bytes[..]].concat() } else { bytes };
        prop_assert!(Source::from_zip(bytes).is_err());
    }
}
