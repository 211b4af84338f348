//! Each way to tamper with a bundle is found, with the first bad entry; and no single byte can be changed unseen.

use crate::bundle::{CHECKPOINTS, ENTRIES, Files, KEYS, LEAVES, MANIFEST, NOTE, Practice, TABLE, signing_key};
use crate::cases::{By, Case, all, chosen, practice, redacted};
use keepwell_verifier::{Ask, Paper, Report, Source, Unreadable, Verdict, verify};

pub fn judge(files: Files, paper: Option<&str>) -> Result<Report, Unreadable> {
    let checkpoint = paper.map(|text| Paper::read(text).unwrap());
    verify(&Source::from_files(files), &Ask { checkpoint, ..Ask::default() })
}

fn hold(case: &Case, practice: &Practice) {
    let paper = case.paper.map(|paper| paper(practice));
    let judged = judge(case.files(practice), paper.as_deref());
    let Some((file, words)) = case.said else {
        assert!(judged.is_err(), "{}: {}", case.name, judged.unwrap());
        return;
    };
    let report = judged.unwrap_or_else(|error| panic!("{}: {error}", case.name));
    assert_eq!(report.verdict, Verdict::Fail, "{}", case.name);
    let bad = report.first_bad.as_ref().and_then(|bad| bad.entries).map(|span| (span.first, span.last));
    assert_eq!(bad, case.bad, "{}: {report}", case.name);
    let said = report.findings.listed.iter().any(|finding| finding.file == file && finding.words.contains(words));
    assert!(said, "{}: {report}", case.name);
    let written = report.to_string();
    assert!(written.starts_with("FAIL  "), "{written}");
    if let Some((first, last)) = case.bad {
        let named =
            if first == last { format!("is {first}.\n") } else { format!("is one of entries {first} to {last}.\n") };
        assert!(written.contains(&named), "{}: {written}", case.name);
    }
}

#[test]
fn every_tampering_of_the_table_is_found_and_the_first_bad_entry_named() {
    let practice = practice();
    let names: std::collections::BTreeSet<_> = all().iter().map(|case| case.name).collect();
    assert_eq!(names.len(), all().len(), "two cases have one name");
    assert!(all().len() > 90, "{}", all().len());
    all().into_iter().for_each(|case| hold(case, &practice));
}

/// A case that the practice signed and that leaves the manifest alone has no finding but its own: the check under test
/// is the one that finds it.
#[test]
fn what_is_signed_anew_is_found_by_the_check_that_is_meant() {
    let practice = practice();
    let mut alone = 0;
    for case in all().into_iter().filter(|case| case.by == By::Practice) {
        let report = judge(case.files(&practice), None).unwrap();
        let signature = report.findings.listed.iter().filter(|finding| finding.file == NOTE).count();
        let about_keys = report.findings.listed.iter().any(|finding| finding.file == KEYS) || case.name.contains("key");
        assert!(signature == 0 || about_keys, "{}: {report}", case.name);
        alone += usize::from(report.findings.total == 1);
    }
    assert!(alone > 35, "only {alone} cases are found by one check alone");
}

/// A small bundle with everything in it.
pub fn small() -> Files {
    Practice::new(5, 3, vec![(1, signing_key(1)), (2, signing_key(2))]).bundle(&[1, 3, 4], &[3])
}

#[test]
fn no_byte_of_any_file_can_be_flipped_unseen() {
    let good = small();
    assert_eq!(judge(good.clone(), None).unwrap().verdict, Verdict::Pass);
    let mut tried = 0;
    for (path, bytes) in &good {
        for at in 0..bytes.len() {
            for bit in [0x01, 0x80] {
                let mut files = good.clone();
                files.get_mut(path).unwrap()[at] ^= bit;
                let passed = judge(files, None).is_ok_and(|report| report.verdict == Verdict::Pass);
                assert!(!passed, "byte {at} of {path}");
                tried += 1;
            }
        }
    }
    assert!(tried > 10_000, "{tried}");
}

/// Somebody without the key can make the digests right; the signature over the manifest is what stops them.
#[test]
fn no_byte_of_the_log_can_be_flipped_by_a_stranger_who_lists_it_anew() {
    let practice = Practice::new(5, 3, vec![(1, signing_key(1))]);
    let good = practice.bundle(&[1, 3, 4], &[3]);
    for (path, bytes) in good.iter().filter(|(path, _)| !path.starts_with("manifest.")) {
        for at in 0..bytes.len() {
            let mut files = good.clone();
            files.get_mut(path).unwrap()[at] ^= 1;
            practice.list(&mut files);
            let passed = judge(files, None).is_ok_and(|report| report.verdict == Verdict::Pass);
            assert!(!passed, "byte {at} of {path}");
        }
    }
}

/// Even the practice, which can sign a manifest over anything, cannot change what was sealed in the log. (From which
/// counter a key is in force is only said by the practice, so `log/keys.json` is left out.)
#[test]
fn no_byte_of_the_log_can_be_flipped_by_whoever_signs_manifests() {
    let practice = Practice::new(5, 3, vec![(1, signing_key(1))]);
    let good = practice.bundle(&[1, 3, 4], &[3]);
    let sealed = [CHECKPOINTS, LEAVES, ENTRIES, TABLE];
    for (path, bytes) in good.iter().filter(|(path, _)| sealed.contains(&path.as_str())) {
        for at in 0..bytes.len() {
            let mut files = good.clone();
            files.get_mut(path).unwrap()[at] ^= 1;
            practice.sign(&mut files);
            let Ok(report) = judge(files, None) else { continue };
            assert_eq!(report.verdict, Verdict::Fail, "byte {at} of {path}");
        }
    }
}

#[test]
fn nothing_can_be_cut_off_or_added_unseen() {
    let good = small();
    for (path, bytes) in &good {
        for length in 0..bytes.len() {
            let mut files = good.clone();
            files.get_mut(path).unwrap().truncate(length);
            assert!(
                judge(files, None).map_or(true, |report| report.verdict == Verdict::Fail),
                "{path} cut to {length}"
            );
        }
        for more in [&b"\n"[..], b" ", b"\0", b"{}"] {
            let mut files = good.clone();
            files.get_mut(path).unwrap().extend(more);
            assert!(judge(files, None).map_or(true, |report| report.verdict == Verdict::Fail), "{path} and {more:?}");
        }
    }
    assert!(chosen().len() > redacted().len() && good.contains_key(MANIFEST));
}
