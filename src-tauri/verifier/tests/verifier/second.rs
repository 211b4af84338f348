//! The second verifier, in Python, and this one say the same of every bundle.

use crate::bundle::Files;
use crate::cases::{By, all, chosen, practice, redacted};
use crate::program::write;
use crate::tampered::{judge, small};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A verdict and the first bad entries.
type Said = (String, Option<(u64, u64)>);

fn ours(files: &Files, paper: Option<&str>) -> Said {
    match judge(files.clone(), paper) {
        Err(_) => ("UNREADABLE".to_owned(), None),
        Ok(report) => {
            let verdict = serde_json::to_value(report.verdict).unwrap();
            let bad = report.first_bad.and_then(|bad| bad.entries).map(|span| (span.first, span.last));
            (verdict.as_str().unwrap().to_owned(), bad)
        }
    }
}

/// Asks the Python verifier about bundles, all at once.
fn theirs(bundles: &[PathBuf], arguments: &[&str]) -> Vec<(Said, String)> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verify.py");
    // The system's own Python comes first: that is the one for which `cargo xtask test` installs what it needs.
    let python = if Path::new("/usr/bin/python3").exists() { "/usr/bin/python3" } else { "python3" };
    let run = Command::new(python).arg("-B").arg(script).args(arguments).args(bundles).output();
    let output = run.unwrap_or_else(|error| panic!("python3 is missing ({error}): `cargo xtask test` installs it"));
    let wrong = String::from_utf8_lossy(&output.stderr);
    assert!(
        !wrong.contains("No module named"),
        "Python's `cryptography` is missing: `cargo xtask test` installs python3-cryptography\n{wrong}"
    );
    let answers: Vec<_> = String::from_utf8(output.stdout).unwrap().lines().map(read).collect();
    assert_eq!(answers.len(), bundles.len(), "{wrong}");
    answers
}

fn read(line: &str) -> (Said, String) {
    let answer: Value = serde_json::from_str(line).unwrap();
    let bad = answer["first_bad"].as_array().map(|bad| (bad[0].as_u64().unwrap(), bad[1].as_u64().unwrap()));
    ((answer["verdict"].as_str().unwrap().to_owned(), bad), answer["findings"].to_string())
}

fn put(scratch: &Path, name: usize, files: &Files) -> PathBuf {
    let folder = scratch.join(name.to_string());
    write(&folder, files);
    folder
}

#[test]
fn two_verifiers_agree_on_good_bundles_and_on_the_whole_table() {
    let scratch = tempfile::tempdir().unwrap();
    let practice = practice();
    let good = practice.bundle(&chosen(), &redacted());
    let mut bundles =
        vec![("good", good.clone()), ("small", small()), ("all", practice.bundle(&(0..40).collect::<Vec<_>>(), &[]))];
    let (held, alone): (Vec<_>, Vec<_>) = all().into_iter().partition(|case| case.paper.is_some());
    bundles.extend(alone.iter().map(|case| (case.name, case.files(&practice))));
    let folders: Vec<_> = bundles.iter().enumerate().map(|(at, (_, files))| put(scratch.path(), at, files)).collect();
    for ((name, files), (said, why)) in bundles.iter().zip(theirs(&folders, &[])) {
        assert_eq!(ours(files, None), said, "{name}: {why}");
    }
    for case in held {
        let paper = case.paper.unwrap()(&practice);
        let (said, why) = theirs(&folders[..1], &["--checkpoint", &paper]).remove(0);
        assert_eq!(ours(&good, Some(&paper)), said, "{}: {why}", case.name);
    }
    for paper in [practice.printed(1), practice.checkpoints[3].clone()] {
        assert_eq!(theirs(&folders[..1], &["--checkpoint", &paper]).remove(0).0, ("PASS".to_owned(), None));
    }
    assert!(alone.iter().any(|case| case.by == By::Stranger));
}

#[test]
fn two_verifiers_agree_on_flipped_bytes() {
    let scratch = tempfile::tempdir().unwrap();
    let good = small();
    let mut bundles = Vec::new();
    for (path, bytes) in &good {
        for at in (0..bytes.len()).step_by(23) {
            let mut files = good.clone();
            files.get_mut(path).unwrap()[at] ^= if at % 2 == 0 { 0x01 } else { 0x10 };
            bundles.push((format!("{path} {at}"), files));
        }
    }
    assert!(bundles.len() > 200, "{}", bundles.len());
    let folders: Vec<_> = bundles.iter().enumerate().map(|(at, (_, files))| put(scratch.path(), at, files)).collect();
    for ((name, files), (said, why)) in bundles.iter().zip(theirs(&folders, &[])) {
        assert_eq!(ours(files, None), said, "{name}: {why}");
    }
}
