//! The list of parts as CycloneDX 1.6. It has no serial number and its time is the source's, so that the same source
//! gives the same bytes.

use super::json::Json;
use super::parts::{Origin, PROGRAMS, Part};

/// What the list says of the package as a whole.
pub(crate) struct Whole<'a> {
    pub(crate) version: &'a str,
    /// The time of the source, such as 2026-11-22T10:00:00Z.
    pub(crate) moment: &'a str,
    /// The compiler, whose standard library is linked in.
    pub(crate) compiler: &'a str,
}

/// Returns the document.
pub(crate) fn document(whole: &Whole<'_>, parts: &[Part]) -> Json {
    let package = format!("keepwell:package@{}", whole.version);
    let std_reference = format!("pkg:generic/rust-std@{}", whole.compiler);
    let screens: Vec<Json> =
        parts.iter().filter(|part| part.origin == Origin::Npm).map(|part| Json::text(part.reference())).collect();
    let mut components = vec![library(&std_reference, "rust-std", whole.compiler, Some("MIT OR Apache-2.0"), true)];
    components.extend(parts.iter().map(component));
    let programs = PROGRAMS.iter().map(|(package, _)| Json::text(format!("keepwell:{package}@{}", whole.version)));
    let mut edges = vec![
        depends(&package, programs.chain(std::iter::once(Json::text(&std_reference))).collect()),
        depends(&std_reference, Vec::new()),
    ];
    edges.extend(parts.iter().map(|part| {
        let mut used: Vec<Json> = part.uses.iter().map(Json::text).collect();
        // The window carries the screens in itself.
        if part.origin == Origin::Own && part.name == "keepwell" {
            used.extend(screens.iter().cloned());
        }
        depends(&part.reference(), used)
    }));
    let about = Json::map([
        ("type", Json::text("application")),
        ("bom-ref", Json::text(&package)),
        ("name", Json::text("keepwell")),
        ("version", Json::text(whole.version)),
        ("licenses", expression("Apache-2.0 OR MIT")),
    ]);
    Json::map([
        ("$schema", Json::text("http://cyclonedx.org/schema/bom-1.6.schema.json")),
        ("bomFormat", Json::text("CycloneDX")),
        ("specVersion", Json::text("1.6")),
        ("version", Json::Number("1".to_owned())),
        ("metadata", Json::map([("timestamp", Json::text(whole.moment)), ("component", about)])),
        ("components", Json::List(components)),
        ("dependencies", Json::List(edges)),
    ])
}

fn component(part: &Part) -> Json {
    let reference = part.reference();
    let published = part.origin != Origin::Own;
    let mut json = library(&reference, &part.name, &part.version, part.licence.as_deref(), published);
    if let (Json::Map(members), Some((algorithm, value))) = (&mut json, &part.hash) {
        let hash = Json::map([("alg", Json::text(*algorithm)), ("content", Json::text(value))]);
        members.push(("hashes".to_owned(), Json::List(vec![hash])));
    }
    json
}

fn library(reference: &str, name: &str, version: &str, licence: Option<&str>, published: bool) -> Json {
    let mut members = vec![
        ("type", Json::text("library")),
        ("bom-ref", Json::text(reference)),
        ("name", Json::text(name)),
        ("version", Json::text(version)),
        ("scope", Json::text("required")),
    ];
    members.extend(licence.map(|licence| ("licenses", expression(licence))));
    members.extend(published.then(|| ("purl", Json::text(reference))));
    Json::Map(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn expression(licence: &str) -> Json {
    Json::List(vec![Json::map([("expression", Json::text(licence))])])
}

fn depends(reference: &str, on: Vec<Json>) -> Json {
    Json::map([("ref", Json::text(reference)), ("dependsOn", Json::List(on))])
}

#[cfg(test)]
mod tests {
    use super::{Json, Whole, document};
    use std::collections::BTreeSet;

    fn real() -> Json {
        let whole = Whole { version: "0.1.0", moment: "2026-11-22T10:00:00Z", compiler: "1.95.0" };
        document(&whole, &crate::bundle::parts::all().unwrap())
    }

    #[test]
    fn every_part_is_there_once_and_every_edge_leads_to_one() {
        let document = real();
        let references: Vec<&str> =
            document.get("components").items().iter().map(|part| part.get("bom-ref").as_text().unwrap()).collect();
        let once: BTreeSet<&str> = references.iter().copied().collect();
        assert_eq!(references.len(), once.len());
        assert!(references.len() > 300);
        for edge in document.get("dependencies").items() {
            for used in edge.get("dependsOn").items() {
                assert!(once.contains(used.as_text().unwrap()), "{used}");
            }
        }
        for part in document.get("components").items().iter().filter(|part| *part.get("purl") != Json::Null) {
            let hashed = *part.get("hashes") != Json::Null || part.get("name").as_text() == Some("rust-std");
            assert!(hashed, "{part}");
        }
    }

    /// The schemas in tests/cyclonedx are CycloneDX's own, version 1.6, from the Python package cyclonedx-python-lib.
    #[test]
    fn the_list_is_what_cyclonedx_says_a_list_is() {
        const CHECK: &str = "
import json, sys
try:
    from jsonschema import Draft7Validator, RefResolver
except ImportError:
    print('not checked: the Python package jsonschema is not installed'); sys.exit(0)
here = sys.argv[1] + '/'
load = lambda name: json.load(open(here + name, encoding='utf-8'))
schema = load('bom-1.6.schema.json')
store = {'http://cyclonedx.org/schema/' + name.replace('.schema', '.SNAPSHOT.schema'): load(name) for name in ('spdx.schema.json', 'jsf-0.82.schema.json')}
check = Draft7Validator(schema, resolver=RefResolver.from_schema(schema, store=store))
wrong = [error.message[:300] for error in check.iter_errors(json.load(sys.stdin))]
print('checked:', len(wrong), 'errors', wrong[:5]); sys.exit(bool(wrong))";
        let check = |text: &str| {
            let schemas = crate::step::root().join("src-tauri/xtask/tests/cyclonedx");
            let mut python = std::process::Command::new("python3");
            python.args(["-W", "ignore", "-c", CHECK]).arg(schemas).stdin(std::process::Stdio::piped());
            let mut python = python.stdout(std::process::Stdio::piped()).spawn().unwrap();
            std::io::Write::write_all(&mut python.stdin.take().unwrap(), text.as_bytes()).unwrap();
            let said = python.wait_with_output().unwrap();
            (said.status.success(), String::from_utf8(said.stdout).unwrap())
        };
        let (good, words) = check(&real().to_string());
        println!("{words}");
        assert!(good, "{words}");
        // A check that finds nothing wrong with anything is none.
        let (good, words) = check(&real().to_string().replace("\"library\"", "\"lyre\""));
        assert!(!good || words.starts_with("not checked"), "{words}");
    }
}
