//! What can be done to the manifest and its signature, and what paper tells.

use super::*;
use By::*;

pub const MANIFESTS: &[Case] = &[
    case(
        "a word of what was chosen",
        Accident,
        |_, f| edit(f, MANIFEST, "March", "April"),
        None,
        NOTE,
        "changed after it was signed",
    ),
    case(
        "a wrong digest",
        Signed,
        |_, f| {
            let right = hex::encode(hash(&[&f["README.txt"]]));
            edit(f, MANIFEST, &right, &hex::encode([1; 32]));
        },
        None,
        "README.txt",
        "digest",
    ),
    case(
        "a wrong size",
        Signed,
        |_, f| edit(f, MANIFEST, "\"size\": 14", "\"size\": 15"),
        None,
        "README.txt",
        "14 bytes",
    ),
    case(
        "a wrong count of entries",
        Signed,
        |_, f| edit(f, MANIFEST, "\"entries\": 19", "\"entries\": 20"),
        None,
        ENTRIES,
        "the manifest says 20",
    ),
    case(
        "a wrong count of redactions",
        Signed,
        |_, f| edit(f, MANIFEST, "\"redacted\": 2", "\"redacted\": 1"),
        None,
        ENTRIES,
        "the manifest says 19 and 1",
    ),
    case(
        "a wrong size of the log",
        Signed,
        |_, f| edit(f, MANIFEST, "\"log_size\": 40", "\"log_size\": 41"),
        None,
        LEAVES,
        "the manifest says 41",
    ),
    case(
        "a file that is not listed",
        Accident,
        |_, f| _ = f.insert("extra.txt".into(), b"x".to_vec()),
        None,
        "extra.txt",
        "does not list it",
    ),
    case(
        "what a file manager left behind",
        Accident,
        |_, f| _ = f.insert(".DS_Store".into(), b"x".to_vec()),
        None,
        ".DS_Store",
        "delete it",
    ),
    case("a listed file that is missing", Accident, |_, f| _ = f.remove("README.txt"), None, "README.txt", "missing"),
    case(
        "a copy changed",
        Accident,
        |_, f| f.get_mut("copies/entries.pdf").unwrap()[0] ^= 1,
        None,
        "copies/entries.pdf",
        "changed",
    ),
    case(
        "a copy changed, by a stranger",
        Stranger,
        |_, f| f.get_mut("copies/entries.pdf").unwrap()[0] ^= 1,
        None,
        NOTE,
        "changed after it was signed",
    ),
    case(
        "a path that leads out",
        Signed,
        |_, f| edit(f, MANIFEST, "README.txt", "../README.txt"),
        None,
        "../README.txt",
        "may not be",
    ),
    case(
        "a file listed twice",
        Signed,
        |_, f| edit(f, MANIFEST, "copies/entries.pdf", "README.TXT"),
        None,
        "README.TXT",
        "twice",
    ),
    case(
        "the manifest lists itself",
        Signed,
        |_, f| edit(f, MANIFEST, "copies/entries.pdf", "manifest.note"),
        None,
        NOTE,
        "may not be",
    ),
    case("no signature", Accident, |_, f| _ = f.remove(NOTE), None, NOTE, "missing"),
    case(
        "a manifest signed by another",
        Accident,
        |p, f| {
            let text = format!("keepwell/audit-bundle/1\nmanifest {}\n", hex::encode(hash(&[&f[MANIFEST]])));
            f.insert(NOTE.into(), note(&text, &p.origin(), &signing_key(9)).into());
        },
        None,
        NOTE,
        "not signed by this log's key",
    ),
    case(
        "a manifest signed over other words",
        Accident,
        |p, f| {
            let text = format!("keepwell/audit-bundle/2\nmanifest {}\n", hex::encode(hash(&[&f[MANIFEST]])));
            f.insert(NOTE.into(), note(&text, &p.origin(), &signing_key(1)).into());
        },
        None,
        NOTE,
        "another manifest",
    ),
    unreadable("no manifest", |_, f| _ = f.remove(MANIFEST)),
    unreadable("a manifest of another format", |_, f| edit(f, MANIFEST, "audit-bundle/1", "audit-bundle/2")),
    unreadable("a manifest that is no JSON", |_, f| edit(f, MANIFEST, "{", "(")),
    unreadable("a manifest with a member unknown", |_, f| edit(f, MANIFEST, "{", "{\"x\":1,")),
    unreadable("a manifest with a member twice", |_, f| edit(f, MANIFEST, "{", "{\"log_size\":40,")),
    unreadable("a digest that is too long", |_, f| edit(f, MANIFEST, "\"sha256\": \"", "\"sha256\": \"0")),
    unreadable("a time that is none", |_, f| edit(f, MANIFEST, "-04:00", "Z")),
    unreadable("words that are null", |_, f| edit(f, MANIFEST, "\"N. Ito\"", "null")),
    unreadable("a negative number", |_, f| edit(f, MANIFEST, "\"entries\": 19", "\"entries\": -19")),
    unreadable("a number with a point", |_, f| edit(f, MANIFEST, "\"entries\": 19", "\"entries\": 19.0")),
];

pub const PAPERS: &[Case] = &[
    held(
        "paper ahead of the log",
        |_| format!("45 {}", STANDARD.encode([1; 32])),
        Some((40, 44)),
        "cut off or rolled back",
    ),
    held("paper of the same size, forked", |_| format!("40 {}", STANDARD.encode([1; 32])), Some((0, 39)), "forked"),
    held("paper of a smaller size, forked", |_| format!("13 {}", hex::encode([1; 32])), Some((0, 12)), "forked"),
    held(
        "paper of another log",
        |p| note(&replace_line(&text_of(&p.checkpoints[4]), 0, "keepwell/other"), "keepwell/other", &signing_key(1)),
        None,
        "another log",
    ),
    held(
        "paper signed by another key",
        |p| note(&text_of(&p.checkpoints[4]), &p.origin(), &signing_key(9)),
        None,
        "not signed by this log's key",
    ),
];
