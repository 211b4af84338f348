//! Bundles with nothing wrong, and what the report says of them.

use crate::bundle::{ENTRIES, Files, KEYS, Practice, TABLE, entry, root, signing_key};
use crate::cases::{chosen, practice, redacted};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keepwell_verifier::{Ask, Paper, Report, Source, Span, Verdict, read_key, verify};

fn check(files: &Files, ask: &Ask) -> Report {
    verify(&Source::from_files(files.clone()), ask).unwrap()
}

fn pass(files: &Files, ask: &Ask) -> Report {
    let report = check(files, ask);
    assert_eq!(report.verdict, Verdict::Pass, "{report}");
    assert!(report.to_string().starts_with("PASS  "));
    report
}

#[test]
fn a_good_bundle_passes_and_says_what_is_in_it() {
    let report = pass(&practice().bundle(&chosen(), &redacted()), &Ask::default());
    assert_eq!((report.log_size, report.entries, report.redacted, report.checkpoints), (40, 19, 2, 5));
    let gaps = [(0, 2), (10, 11), (13, 19), (31, 39)].map(|(first, last)| Span { first, last });
    assert_eq!((report.gaps.listed.as_slice(), report.not_disclosed), (&gaps[..], 21));
    assert_eq!((report.clock_steps.total, report.first_bad.is_none(), report.findings.total), (0, true, 0));
    let compared: Vec<_> = report.copies.iter().map(|copy| (copy.path.as_str(), copy.compared)).collect();
    assert_eq!(compared, [("README.txt", false), ("copies/entries.pdf", false), (TABLE, true)]);
    let words = report.to_string();
    for said in ["N. Ito", "March 2026", "not disclosed: 21", "entries 13 to 19", "Not checked: whose keys these are"] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(!words.contains("zoë"), "what entries say is not printed unless it is asked for");
}

#[test]
fn any_size_of_log_and_any_choice_passes() {
    for size in 1..=33 {
        let practice = Practice::new(size, 4, vec![(1, signing_key(1))]);
        let all: Vec<u64> = (0..size).collect();
        let report = pass(&practice.bundle(&all, &[0, size - 1]), &Ask::default());
        assert_eq!((report.not_disclosed, report.gaps.total, report.entries), (0, 0, size));
        let none = pass(&practice.bundle(&[], &[]), &Ask::default());
        assert_eq!((none.not_disclosed, none.gaps.listed[0]), (size, Span { first: 0, last: size - 1 }));
    }
}

#[test]
fn a_bundle_without_copies_passes_and_claims_no_comparison() {
    let practice = practice();
    let mut files = practice.bundle(&chosen(), &redacted());
    files.retain(|path, _| path.starts_with("log/"));
    practice.sign(&mut files);
    assert!(pass(&files, &Ask::default()).copies.is_empty());
}

#[test]
fn a_changed_key_is_shown() {
    let practice = Practice::new(40, 8, vec![(1, signing_key(1)), (4, signing_key(2))]);
    let report = pass(&practice.bundle(&[3], &[]), &Ask::default());
    let keys: Vec<_> = report.keys.iter().map(|key| (key.from_counter, key.checkpoints, key.from_size)).collect();
    assert_eq!(keys, [(1, 3, Some(8)), (4, 2, Some(32))]);
    assert_eq!(report.to_string().matches("THE KEY CHANGED HERE").count(), 1);
}

#[test]
fn a_clock_that_went_back_is_reported_and_no_failure() {
    let mut entries: Vec<_> = (0..40).map(entry).collect();
    entries.iter_mut().skip(25).for_each(|entry| entry.millis -= 3_600_000);
    let practice = Practice::of(entries, 8, vec![(1, signing_key(1))]);
    let report = pass(&practice.bundle(&[3, 24, 25, 26], &[25]), &Ask::default());
    let steps: Vec<_> = report.clock_steps.listed.iter().map(|step| (step.at, step.checkpoint)).collect();
    assert_eq!(steps, [(4, true), (25, false)]);
    assert!(report.to_string().contains("at entry 25, from 2026-03-01T14:39:24.072Z to 2026-03-01T13:40:25.075Z"));
}

#[test]
fn what_the_auditor_holds_is_compared() {
    let practice = practice();
    let files = practice.bundle(&chosen(), &redacted());
    let held = |text: &str| Ask { checkpoint: Some(Paper::read(text).unwrap()), ..Ask::default() };
    for checkpoint in 0..5 {
        let report = pass(&files, &held(&practice.printed(checkpoint)));
        assert!(report.trust.checkpoint.unwrap().agrees);
        pass(&files, &held(&practice.checkpoints[checkpoint]));
        pass(&files, &held(&practice.checkpoints[checkpoint].replace('\n', "\r\n")));
    }
    // A size for which there never was a checkpoint is compared as well.
    for size in 1..=40 {
        pass(&files, &held(&format!("{size} {}", hex::encode(root(&practice.leaves[..size])))));
    }
    let key = STANDARD.encode(signing_key(1).verifying_key().as_bytes());
    let known = |seeds: &[u8]| Ask {
        keys: seeds.iter().map(|seed| *signing_key(*seed).verifying_key().as_bytes()).collect(),
        ..Ask::default()
    };
    assert_eq!(read_key(&key).unwrap(), known(&[1]).keys[0]);
    assert!(read_key("abc").is_err());
    assert_eq!(pass(&files, &known(&[9, 1])).trust.keys_are_known, Some(true));
    let report = check(&files, &known(&[9]));
    assert_eq!((report.verdict, report.trust.keys_are_known), (Verdict::Fail, Some(false)));
}

#[test]
fn an_entry_is_shown_when_it_is_asked_for() {
    let files = practice().bundle(&chosen(), &redacted());
    let show = |sequence| check(&files, &Ask { show: Some(sequence), ..Ask::default() });
    let report = show(23);
    let shown = report.shown.clone().unwrap();
    let field = |name| shown.fields.iter().find(|field| field.name == name).map(|field| field.value.as_str());
    assert_eq!((field("user name"), field("reason")), (Some("zoë.11"), Some("=HYPERLINK(\"x\")")));
    assert_eq!(shown.fields.iter().filter(|field| field.name == "patient").count(), 2);
    assert!(report.to_string().contains("\nEntry 23\n  time: 2026-03-01T14:38:23.069Z\n"));
    let redacted = show(22).to_string();
    assert!(redacted.contains("redacted; what was here") && !redacted.contains("zoë"), "{redacted}");
    for absent in [10, 39, 40, u64::MAX] {
        assert!(show(absent).to_string().contains("is not disclosed here"), "{absent}");
    }
    let mut files = files.clone();
    let text = String::from_utf8(files[ENTRIES].clone()).unwrap();
    files.insert(ENTRIES.into(), text.replacen("\"sequence\":23", "\"sequence\":24", 1).into_bytes());
    let report = verify(&Source::from_files(files), &Ask { show: Some(23), ..Ask::default() }).unwrap();
    assert!(!report.shown.unwrap().verified);
}

#[test]
fn witnesses_may_sign_beside_the_practice() {
    let practice = practice();
    let mut files = practice.bundle(&chosen(), &redacted());
    let witness = "— witness.example/1 AAAAAAA=\n";
    let notes: Vec<_> = practice.checkpoints.iter().map(|note| format!("{note}{witness}")).collect();
    files.insert("log/checkpoints.txt".into(), crate::bundle::framed(&notes));
    practice.sign(&mut files);
    pass(&files, &Ask::default());
    assert!(files.contains_key(KEYS));
}
