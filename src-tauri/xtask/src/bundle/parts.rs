//! What the three programs are made of: the crates they link, from `cargo tree`, and the packages of the screens, from
//! the lock file of npm. `cargo tree` is asked rather than `cargo metadata` because it leaves out what only builds,
//! tests, expands macros or runs elsewhere. Packages of the screens that the build drops again are listed all the same.

use super::json::Json;
use crate::step::{Stop, cargo, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::Command;

/// The packages whose programs are shipped, and the names of the programs.
pub(crate) const PROGRAMS: [(&str, &str); 3] =
    [("keepwell", "keepwell"), ("keepwell-cli", "keepwell-cli"), ("keepwell-verifier", "keepwell-verify")];

/// What is built for.
pub(crate) const TARGET: &str = "x86_64-unknown-linux-gnu";

/// Where a part comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    /// This repository.
    Own,
    /// The registry of crates.
    Cargo,
    /// The registry of npm.
    Npm,
}

/// One part of the program.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) origin: Origin,
    pub(crate) name: String,
    pub(crate) version: String,
    /// Its licence as an SPDX expression; nothing where it names none.
    pub(crate) licence: Option<String>,
    /// The algorithm and the value in hex of what the registry holds it to.
    pub(crate) hash: Option<(&'static str, String)>,
    /// The folder with its source, where the texts of its licences are.
    pub(crate) folder: PathBuf,
    /// The references of the parts it uses.
    pub(crate) uses: BTreeSet<String>,
}

impl Part {
    /// Returns the package URL, which is also how other parts refer to this one.
    pub(crate) fn reference(&self) -> String {
        match self.origin {
            Origin::Own => own(&self.name, &self.version),
            Origin::Cargo => format!("pkg:cargo/{}@{}", self.name, self.version.replace('+', "%2B")),
            Origin::Npm => format!("pkg:npm/{}@{}", self.name.replace('@', "%40"), self.version),
        }
    }
}

fn own(name: &str, version: &str) -> String {
    format!("keepwell:{name}@{version}")
}

/// Returns every part, sorted, each once.
pub(crate) fn all() -> Result<Vec<Part>, Stop> {
    let mut parts = crates()?;
    parts.extend(packages()?);
    parts.sort_by(|a, b| (a.origin, &a.name, &a.version).cmp(&(b.origin, &b.name, &b.version)));
    Ok(parts)
}

/// Runs cargo and returns what it prints.
fn asked(arguments: &[&str]) -> Result<String, Stop> {
    let told = Command::new(cargo()).args(arguments).current_dir(root()).output();
    let told = told.map_err(|error| Stop::failed(format!("cargo: {error}")))?;
    if !told.status.success() {
        return Err(Stop::failed(String::from_utf8_lossy(&told.stderr)));
    }
    String::from_utf8(told.stdout).map_err(|error| Stop::failed(error.to_string()))
}

fn crates() -> Result<Vec<Part>, Stop> {
    let mut line = vec!["tree", "--locked", "--edges", "normal,no-proc-macro", "--target", TARGET];
    line.extend(["--prefix", "depth", "--format", "{p}"]);
    line.extend(PROGRAMS.iter().flat_map(|(package, _)| ["--package", package]));
    let uses = edges(&asked(&line)?).ok_or_else(|| Stop::failed("cargo tree does not print what it printed."))?;
    let metadata = asked(&["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET])?;
    let metadata = Json::read(&metadata).ok_or_else(|| Stop::failed("cargo metadata prints no JSON."))?;
    let lock = super::read_text(&root().join("Cargo.lock"))?;
    let hashes = checksums(&lock);
    let mut parts = Vec::new();
    for package in metadata.get("packages").items() {
        let text = |name| package.get(name).as_text().map(str::to_owned);
        let (Some(name), Some(version)) = (text("name"), text("version")) else { continue };
        let Some(used) = uses.get(&(name.clone(), version.clone())) else { continue };
        let origin = if package.get("source").as_text().is_some() { Origin::Cargo } else { Origin::Own };
        let hash = hashes.get(&(name.as_str(), version.as_str()));
        let manifest = PathBuf::from(text("manifest_path").unwrap_or_default());
        parts.push(Part {
            origin,
            hash: hash.map(|value| ("SHA-256", (*value).to_owned())),
            // Older crates wrote a slash for "or".
            licence: text("license").map(|words| words.replace(" / ", "/").replace('/', " OR ")),
            folder: manifest.parent().map(PathBuf::from).unwrap_or_default(),
            uses: used.clone(),
            name,
            version,
        });
    }
    match parts.len() == uses.len() {
        true => Ok(parts),
        false => Err(Stop::failed("cargo tree and cargo metadata do not name the same crates.")),
    }
}

type Edges = BTreeMap<(String, String), BTreeSet<String>>;

/// Reads the lines of `cargo tree --prefix depth`: a number, a name, a version, and a path where the crate is our own.
fn edges(tree: &str) -> Option<Edges> {
    let mut found = Edges::new();
    let mut above: Vec<(String, String)> = Vec::new();
    for line in tree.lines().filter(|line| !line.is_empty()) {
        let split = line.find(|sign: char| !sign.is_ascii_digit())?;
        let (depth, rest) = line.split_at(split);
        let mut words = rest.split(' ');
        let one = (words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned());
        let reference = match words.next() {
            Some(word) if word.starts_with('(') && word != "(*)" => own(&one.0, &one.1),
            _ if one.0.starts_with("keepwell") => own(&one.0, &one.1),
            _ => format!("pkg:cargo/{}@{}", one.0, one.1.replace('+', "%2B")),
        };
        above.truncate(depth.parse().ok()?);
        if let Some(user) = above.last() {
            found.entry(user.clone()).or_default().insert(reference);
        }
        found.entry(one.clone()).or_default();
        above.push(one);
    }
    Some(found)
}

/// Reads the checksums in Cargo.lock.
fn checksums(lock: &str) -> BTreeMap<(&str, &str), &str> {
    let mut found = BTreeMap::new();
    for block in lock.split("[[package]]") {
        let field =
            |name: &str| block.lines().find(|line| line.starts_with(name)).and_then(|line| line.split('"').nth(1));
        if let (Some(name), Some(version), Some(sum)) = (field("name = "), field("version = "), field("checksum = ")) {
            found.insert((name, version), sum);
        }
    }
    found
}

/// Returns the packages the screens use when they run: from the dependencies of ui/package.json, over theirs.
fn packages() -> Result<Vec<Part>, Stop> {
    let lock = super::read_text(&root().join("ui/package-lock.json"))?;
    let lock = Json::read(&lock).ok_or_else(|| Stop::failed("ui/package-lock.json is no JSON."))?;
    let places = lock.get("packages");
    let mut parts = BTreeMap::new();
    let mut waiting: Vec<String> = uses(places, "").collect();
    while let Some(place) = waiting.pop() {
        if parts.contains_key(&place) {
            continue;
        }
        waiting.extend(uses(places, &place));
        parts.insert(place.clone(), package(places, &place)?);
    }
    // The same package may lie in two places.
    let once: BTreeMap<String, Part> = parts.into_values().map(|part| (part.reference(), part)).collect();
    Ok(once.into_values().collect())
}

fn package(places: &Json, place: &str) -> Result<Part, Stop> {
    let entry = places.get(place);
    let named = named(places, place).ok_or_else(|| Stop::failed(format!("{place} has no version.")))?;
    let used = uses(places, place).filter_map(|used| Some(reference(&self::named(places, &used)?)));
    Ok(Part {
        origin: Origin::Npm,
        licence: entry.get("license").as_text().map(str::to_owned),
        hash: entry.get("integrity").as_text().and_then(|text| text.strip_prefix("sha512-")).and_then(unpacked),
        folder: root().join("ui").join(place),
        uses: used.collect(),
        name: named.0,
        version: named.1,
    })
}

fn named(places: &Json, place: &str) -> Option<(String, String)> {
    let (_, name) = place.rsplit_once("node_modules/")?;
    Some((name.to_owned(), places.get(place).get("version").as_text()?.to_owned()))
}

fn reference((name, version): &(String, String)) -> String {
    format!("pkg:npm/{}@{version}", name.replace('@', "%40"))
}

/// Returns where the packages lie that a package uses, found as Node finds them. A peer that may be absent is not used.
fn uses(places: &Json, place: &str) -> impl Iterator<Item = String> {
    let entry = places.get(place);
    let optional = |name: &str| *entry.get("peerDependenciesMeta").get(name).get("optional") == Json::Bool(true);
    let peers = entry.get("peerDependencies").members().iter().filter(move |(name, _)| !optional(name));
    let names = entry.get("dependencies").members().iter().chain(peers);
    names.filter_map(move |(name, _)| {
        let mut from = place;
        loop {
            let below = if from.is_empty() { String::new() } else { format!("{from}/") };
            let candidate = format!("{below}node_modules/{name}");
            if *places.get(&candidate) != Json::Null {
                return Some(candidate);
            }
            from = from
                .rsplit_once("/node_modules/")
                .map_or_else(|| (!from.is_empty()).then_some(""), |(up, _)| Some(up))?;
        }
    })
}

/// Turns base64 as npm writes it into hex.
fn unpacked(base64: &str) -> Option<(&'static str, String)> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut held, mut bits, mut hex) = (0u32, 0, String::new());
    for sign in base64.trim_end_matches('=').bytes() {
        let value = SIGNS.iter().position(|own| *own == sign)?;
        held = (held << 6 | u32::try_from(value).ok()?) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            hex.push_str(&format!("{:02x}", (held >> bits) & 0xff));
        }
    }
    (hex.len() == 128).then_some(("SHA-512", hex))
}

#[cfg(test)]
mod tests {
    use super::{Json, all, checksums, edges, own, unpacked, uses};

    #[test]
    fn the_tree_of_cargo_is_read_with_who_uses_what() {
        let tree = "0keepwell v0.1.0 (path)\n1serde v1.0.2\n2core v1.0.3+a\n1log v0.4.0\n\n0keepwell-cli v0.1.0 (p)\n1serde v1.0.2 (*)\n";
        let found = edges(tree).unwrap();
        let of = |name: &str, version: &str| {
            found[&(name.to_owned(), version.to_owned())].iter().cloned().collect::<Vec<_>>()
        };
        assert_eq!(of("keepwell", "0.1.0"), ["pkg:cargo/log@0.4.0", "pkg:cargo/serde@1.0.2"]);
        assert_eq!(of("serde", "1.0.2"), ["pkg:cargo/core@1.0.3%2Ba"]);
        assert_eq!(of("keepwell-cli", "0.1.0"), ["pkg:cargo/serde@1.0.2"]);
        assert_eq!(own("keepwell", "0.1.0"), "keepwell:keepwell@0.1.0");
        assert!(edges("no depth here").is_none());
    }

    #[test]
    fn locks_are_read() {
        let lock = "[[package]]\nname = \"a\"\nversion = \"1\"\nchecksum = \"ff\"\n\n[[package]]\nname = \"own\"\nversion = \"2\"\n";
        assert_eq!(checksums(lock).into_iter().collect::<Vec<_>>(), [(("a", "1"), "ff")]);
        let zeros = format!("{}==", "A".repeat(86));
        assert_eq!(unpacked(&zeros), Some(("SHA-512", "0".repeat(128))));
        assert_eq!(unpacked("AAAA"), None);
    }

    #[test]
    fn packages_are_found_as_node_finds_them() {
        let places = r#"{"": {"dependencies": {"a": "1"}, "devDependencies": {"d": "1"}},
            "node_modules/a": {"dependencies": {"b": "1", "c": "1"}, "peerDependencies": {"t": "1"},
                               "peerDependenciesMeta": {"t": {"optional": true}}},
            "node_modules/a/node_modules/b": {}, "node_modules/b": {}, "node_modules/c": {}, "node_modules/t": {}}"#;
        let places = Json::read(places).unwrap();
        assert_eq!(uses(&places, "").collect::<Vec<_>>(), ["node_modules/a"]);
        let of_a: Vec<_> = uses(&places, "node_modules/a").collect();
        assert_eq!(of_a, ["node_modules/a/node_modules/b", "node_modules/c"]);
    }

    #[test]
    fn what_is_linked_is_listed_and_what_only_builds_is_not() {
        let parts = all().unwrap();
        let has = |name: &str| parts.iter().any(|part| part.name == name);
        for linked in ["keepwell-vault", "redb", "tauri", "webkit2gtk", "clap", "ed25519-dalek", "react", "i18next"] {
            assert!(has(linked), "{linked} is missing");
        }
        for other in ["tauri-build", "serde_derive", "windows-sys", "proptest", "thirtyfour", "vite", "typescript"] {
            assert!(!has(other), "{other} is not in the programs");
        }
        let without: Vec<_> = parts.iter().filter(|part| part.licence.is_none()).map(|part| &part.name).collect();
        assert!(without.is_empty(), "no licence is named by {without:?}");
    }
}
