//! Dependencies point one way only, and each crate's Cargo.toml is the rule (design section 2).

use super::source::{Source, walk};
use crate::scene::root;
use std::collections::BTreeSet;

/// From the bottom up: a crate may name only those before it.
const ORDER: [&str; 11] = [
    "documents",
    "kernel",
    "vault",
    "log",
    "identity",
    "patients",
    "scheduling",
    "compliance",
    "exchange",
    "practice",
    "cli",
];
/// What shares nothing with the program, so that its mistakes are not the program's: the errands and the verifier.
const APART: [&str; 2] = ["verifier", "xtask"];
/// What tries and measures the program from outside: it may see every crate and the engine, and no crate may see it.
const TRIALS: [&str; 2] = ["bench", "proof"];
const ENGINE_AND_CIPHERS: [&str; 8] =
    ["redb", "ring", "chacha20poly1305", "chacha20", "argon2", "aes-gcm", "hpke", "x25519-dalek"];
const CRYPTO: [&str; 10] =
    ["hkdf", "hmac", "sha2", "blake3", "ed25519-dalek", "subtle", "getrandom", "bip39", "totp-rs", "zxcvbn"];

/// Returns the names under the dependency tables of a manifest that are not only for tests.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let mut inside = false;
    let mut names = BTreeSet::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.contains("dev-") && !line.contains("workspace.");
        } else if inside && let Some(name) = line.split(['=', '.', ' ']).next().filter(|name| !name.is_empty()) {
            names.insert(name.trim_matches('#').to_owned());
        }
    }
    names
}

fn of(name: &str) -> BTreeSet<String> {
    dependencies(&std::fs::read_to_string(root().join("src-tauri").join(name).join("Cargo.toml")).unwrap())
}

fn crates() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("src-tauri")).unwrap().map(Result::unwrap);
    let mut names: Vec<String> = folders
        .filter(|folder| folder.path().join("Cargo.toml").is_file())
        .map(|folder| folder.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn dependencies_point_one_way() {
    let rank = |name: &str| ORDER.iter().position(|one| *one == name);
    for name in crates().iter().filter(|name| !APART.contains(&name.as_str()) && !TRIALS.contains(&name.as_str())) {
        let own = rank(name).unwrap_or_else(|| panic!("{name} has no place among the layers"));
        for other in of(name).iter().filter_map(|one| one.strip_prefix("keepwell-").map(str::to_owned)) {
            let below = rank(&other).is_some_and(|rank| rank < own);
            assert!(below, "{name} leans on {other}, which is not below it");
        }
    }
    assert!(of("xtask").is_empty(), "xtask uses the standard library alone");
    assert!(
        of("verifier").iter().all(|one| !one.starts_with("keepwell")),
        "the verifier reads what it checks by itself"
    );
}

#[test]
fn only_the_vault_names_the_engine_and_the_ciphers() {
    let mut named = crates();
    named.retain(|name| name != "vault" && !TRIALS.contains(&name.as_str()));
    for name in named {
        let names = of(&name);
        let found: Vec<_> = ENGINE_AND_CIPHERS.iter().filter(|one| names.contains(**one)).collect();
        assert!(found.is_empty(), "{name} names {found:?}");
        let hashes: Vec<_> = CRYPTO.iter().filter(|one| names.contains(**one)).collect();
        assert!(
            hashes.is_empty()
                || ["log", "identity", "compliance", "exchange", "practice", "verifier"].contains(&name.as_str()),
            "{name} names {hashes:?}"
        );
    }
    assert!(of("vault").contains("redb"));
    let app = dependencies(&std::fs::read_to_string(root().join("Cargo.toml")).unwrap());
    assert!(ENGINE_AND_CIPHERS.iter().all(|one| !app.contains(*one)), "the window names an engine or a cipher");
}

#[test]
fn no_crate_reaches_the_network() {
    for name in crates() {
        let names = of(&name);
        for network in ["reqwest", "hyper", "ureq", "curl", "tokio-tungstenite", "rustls", "native-tls"] {
            assert!(!names.contains(network), "{name} names {network}");
        }
    }
}

#[test]
fn only_the_bridge_speaks_to_the_shell() {
    let mut screens = Vec::new();
    for ending in ["ts", "tsx"] {
        walk(&root().join("ui/src"), ending, &mut screens);
    }
    assert!(screens.len() > 20);
    let speaks = |source: &&Source| source.text.contains("@tauri-apps");
    let found: Vec<_> = screens.iter().filter(speaks).map(|source| source.path.as_str()).collect();
    assert!(!found.is_empty() && found.iter().all(|path| path.starts_with("ui/src/bridge/")), "{found:?}");
}

#[test]
fn every_crate_says_what_it_refuses() {
    for name in crates() {
        let readme = std::fs::read_to_string(root().join("src-tauri").join(&name).join("README.md"));
        let readme = readme.unwrap_or_else(|_| panic!("{name} has no README.md"));
        assert!(readme.contains("refuses"), "{name} does not say what it refuses");
    }
}
