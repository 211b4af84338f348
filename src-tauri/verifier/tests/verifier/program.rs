//! The program as an auditor runs it: words, JSON, status.

use crate::bundle::{Files, LEAVES};
use crate::cases::{chosen, practice, redacted};
use crate::zipped::{members, zip};
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

pub fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}

fn run(bundle: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_keepwell-verify")).arg(bundle).args(arguments).output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_folder_and_a_zip_file_pass_and_after_one_flipped_byte_fail() {
    let scratch = tempfile::tempdir().unwrap();
    let (folder, packed) = (scratch.path().join("bundle"), scratch.path().join("bundle.zip"));
    let practice = practice();
    let mut files = practice.bundle(&chosen(), &redacted());
    write(&folder, &files);
    std::fs::write(&packed, zip(&members(&files, true))).unwrap();
    let printed = scratch.path().join("printed.txt");
    std::fs::write(&printed, &practice.checkpoints[2]).unwrap();
    for bundle in [&folder, &packed] {
        let (status, said, _) = run(bundle, &[]);
        assert_eq!(status, 0, "{said}");
        assert!(said.starts_with("PASS  "));
        for paper in [&practice.printed(4), &practice.checkpoints[0], printed.to_str().unwrap()] {
            let (status, said, _) = run(bundle, &["--checkpoint", paper, "--show", "4"]);
            assert_eq!(status, 0, "{said}");
            assert!(said.contains("agrees.") && said.contains("Entry 4\n"), "{said}");
        }
        let (status, said, _) = run(bundle, &["--checkpoint", &format!("41 {}", hex::encode([1; 32]))]);
        assert_eq!(status, 1);
        assert!(said.contains("The first bad entry is 40.") && said.contains("rolled back"), "{said}");
    }
    files.get_mut(LEAVES).unwrap()[21 * 32] ^= 1;
    write(&folder, &files);
    let (status, said, _) = run(&folder, &[]);
    assert_eq!(status, 1);
    assert!(said.starts_with("FAIL  The first bad entry is 21.\n"), "{said}");
    let (status, said, _) = run(&folder, &["--json"]);
    let report: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(
        (status, report["verdict"].as_str(), report["first_bad"]["entries"]["first"].as_u64()),
        (1, Some("FAIL"), Some(21))
    );
}

#[test]
fn what_cannot_be_judged_ends_with_status_2_and_words() {
    let scratch = tempfile::tempdir().unwrap();
    let at = |name: &str, bytes: &[u8]| {
        let path = scratch.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let empty = scratch.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let good = scratch.path().join("good");
    write(&good, &practice().bundle(&[1], &[]));
    let cases = [
        (scratch.path().join("nothing"), vec![], "cannot be opened"),
        (at("sealed.age", b"age-encryption.org/v1\n"), vec![], "open it first with `age -d`"),
        (at("text.txt", b"hello"), vec![], "neither a folder nor a ZIP file"),
        (at("cut.zip", b"PK\x03\x04"), vec![], "is refused"),
        (empty, vec![], "no manifest.json"),
        (good.clone(), vec!["--checkpoint", "4711"], "typed"),
        (good.clone(), vec!["--key", "abc"], "key cannot be read"),
    ];
    for (bundle, arguments, words) in cases {
        let (status, _, said) = run(&bundle, &arguments);
        assert!(status == 2 && said.starts_with("UNREADABLE  ") && said.contains(words), "{status} {said}");
        let (status, said, _) = run(&bundle, &[&arguments[..], &["--json"]].concat());
        let answer: Value = serde_json::from_str(&said).unwrap();
        assert!(status == 2 && answer["verdict"] == "UNREADABLE" && answer["words"].as_str().unwrap().contains(words));
    }
    assert_eq!(run(&good, &["--what"]).0, 2);
    assert_eq!(run(&good, &["--show", "-1"]).0, 2);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed() {
    let scratch = tempfile::tempdir().unwrap();
    write(scratch.path(), &practice().bundle(&[1], &[]));
    std::os::unix::fs::symlink("README.txt", scratch.path().join("link")).unwrap();
    let (status, _, said) = run(scratch.path(), &[]);
    assert!(status == 2 && said.contains("neither a file nor a folder"), "{said}");
}
