//! What the verifier leans on: nothing that opens a store, a keychain or a socket, and nothing of Keepwell's.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// What would let a store, a keychain or the network in.
const FORBIDDEN: [&str; 22] = [
    "async-std",
    "curl",
    "dbus",
    "hyper",
    "keyring",
    "keyring-core",
    "libsqlite3-sys",
    "mio",
    "native-tls",
    "openssl",
    "quinn",
    "redb",
    "reqwest",
    "rusqlite",
    "rustls",
    "secret-service",
    "security-framework",
    "smol",
    "socket2",
    "tokio",
    "ureq",
    "zbus",
];

/// Returns the names of all packages that the binary is made of, build scripts and macros among them.
fn packages() -> BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let ask = |arguments: &[&str]| {
        let output = Command::new(&cargo).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    };
    // What other platforms need is not on a machine that built for this one alone.
    let about = String::from_utf8(ask(&["-vV"]).stdout).unwrap();
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let arguments =
        ["metadata", "--offline", "--format-version", "1", "--filter-platform", host, "--manifest-path", manifest];
    let output = ask(&arguments);
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = metadata["packages"].as_array().unwrap().iter();
    let names: BTreeMap<String, String> = all.map(|package| (text(&package["id"]), text(&package["name"]))).collect();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap().iter();
    let nodes: BTreeMap<String, &Value> = nodes.map(|node| (text(&node["id"]), node)).collect();
    let root = names.iter().find(|(_, name)| *name == "keepwell-verifier").unwrap().0.clone();
    let (mut found, mut left) = (BTreeSet::new(), vec![root]);
    while let Some(id) = left.pop() {
        for other in nodes[&id]["deps"].as_array().unwrap() {
            let kinds = other["dep_kinds"].as_array().unwrap();
            let shipped = kinds.iter().any(|kind| kind["kind"].as_str() != Some("dev"));
            if shipped && found.insert(text(&other["pkg"])) {
                left.push(text(&other["pkg"]));
            }
        }
    }
    found.iter().map(|id| names[id].clone()).collect()
}

#[test]
fn the_verifier_leans_on_no_store_no_keychain_no_socket_and_nothing_of_ours() {
    let packages = packages();
    assert!(packages.contains("sha2") && packages.contains("ed25519-dalek"), "the tree was not walked: {packages:?}");
    let found: Vec<_> =
        packages.iter().filter(|name| FORBIDDEN.contains(&name.as_str()) || name.starts_with("keepwell")).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_source_names_no_socket() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert!(!text.contains("std::net") && !text.contains("std::os"), "a socket of the standard library");
        files += 1;
    }
    assert!(files > 10);
}
