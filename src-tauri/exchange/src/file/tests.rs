use super::*;
use serde_json::json;
use std::path::PathBuf;

fn file(name: &str, content: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    (folder, path)
}

/// Reads a whole file: what it held, the patients' ids, the refused places.
type Whole = (FileRead, Vec<(u64, String)>, Vec<(u64, &'static str)>);

fn whole(path: &Path) -> Result<Whole, Error> {
    let (mut ids, mut refused) = (Vec::new(), Vec::new());
    let read = read_file(path, &mut |piece| {
        assert!(piece.patients.len() <= BATCH);
        ids.extend(piece.patients.iter().map(|(at, value)| {
            let patient = value.get("resource").unwrap_or(value);
            (*at, patient["id"].as_str().unwrap_or_default().to_owned())
        }));
        refused.extend(piece.refused.iter().map(|(at, code)| (*at, code.code)));
        Ok(true)
    })?;
    Ok((read, ids, refused))
}

fn patient(id: &str) -> Value {
    json!({ "resourceType": "Patient", "id": id, "name": [{ "family": "Example" }] })
}

#[test]
fn other_files_are_refused_in_words() {
    let cut = json!({ "resourceType": "Bundle", "entry": [patient("a"), patient("b")] }).to_string();
    let cut = cut.split_at(cut.len() - 20).0.to_owned();
    for (name, content, code) in [
        ("a.json", b"".as_slice(), refusals::EMPTY),
        ("a.json", b" \n\n ", refusals::EMPTY),
        ("a.json", b"<Patient xmlns=\"http://hl7.org/fhir\"/>", refusals::XML),
        ("a.json", b"\xEF\xBB\xBF<Patient/>", refusals::XML),
        ("a.json", b"\x1F\x8B\x08\x00", refusals::COMPRESSED),
        ("a.json", b"PK\x03\x04", refusals::COMPRESSED),
        ("a.json", b"\xFF\xFE{\x00", refusals::NOT_JSON),
        ("a.json", b"MSH|^~\\&|", refusals::NOT_JSON),
        ("a.json", b"{ name: 'x' }", refusals::NOT_JSON),
        ("a.json", b"[]", refusals::NOT_FHIR),
        ("a.json", b"{\"name\": \"x\"}", refusals::NOT_FHIR),
        ("a.json", b"{\"resourceType\": \"Bundle\"}", refusals::NOT_FHIR),
        ("a.json", b"{\"resourceType\": \"Bundle\", \"entry\": []}", refusals::NOT_FHIR),
        ("a.json", cut.as_bytes(), refusals::TRUNCATED),
        ("a.ndjson", b"{ x\n{ y\n", refusals::NOT_JSON),
    ] {
        let (_folder, path) = file(name, content);
        let refused = read_file(&path, &mut |piece| {
            assert!(piece.patients.is_empty(), "{}: something was taken", code.code);
            Ok(true)
        });
        assert_eq!(refused, Err(code.into()), "{}", code.code);
    }
    let (folder, path) = file("a.json", b"{}");
    assert_eq!(whole(folder.path()).err(), Some(refusals::UNREADABLE.into()));
    assert_eq!(whole(&path.with_extension("gone")).err(), Some(refusals::UNREADABLE.into()));
}

#[test]
fn one_resource_a_bundle_and_lines_give_the_same_patients() {
    let resources: Vec<Value> = (0..130)
        .map(|n| if n % 10 == 3 { json!({ "resourceType": "Claim" }) } else { patient(&n.to_string()) })
        .collect();
    let entries: Vec<Value> = resources.iter().map(|one| json!({ "resource": one })).collect();
    // A Bundle's type may stand behind its entries; then it cannot be handed on piece by piece, and still is read.
    let bundle = format!("{{\"resourceType\":\"Bundle\",\"entry\":{}}}", json!(entries));
    let late = format!("{{\"entry\":{},\"resourceType\":\"Bundle\"}}", json!(entries.get(..40).unwrap()));
    let lines: String = resources.iter().map(|one| format!("{one}\n")).collect();
    let expected: Vec<(u64, String)> = (0..130).filter(|n| n % 10 != 3).map(|n| (n, n.to_string())).collect();
    for (name, content) in [("a.json", bundle), ("a.ndjson", lines.clone()), ("a.json", lines)] {
        let (_folder, path) = file(name, content.as_bytes());
        let (read, ids, refused) = whole(&path).unwrap();
        assert_eq!((ids, refused), (expected.clone(), vec![]), "{name}");
        assert_eq!(read.resources, 130);
        assert_eq!(read.not_imported, NotImported::from([("Claim".to_owned(), 13)]));
    }
    let (_folder, path) = file("a.json", late.as_bytes());
    let (read, ..) = whole(&path).unwrap();
    assert_eq!((read.resources, read.not_imported["Claim"]), (40, 4));
}

#[test]
fn a_bad_line_is_refused_alone_and_a_cut_one_says_so() {
    let content = format!("\u{FEFF}{}\r\n\n{{ oops\n7\n{}\n{{\"resourceType\":\"Pat", patient("a"), patient("b"));
    let (_folder, path) = file("a.ndjson", content.as_bytes());
    let (read, ids, refused) = whole(&path).unwrap();
    assert_eq!(ids, [(0, "a".to_owned()), (3, "b".to_owned())]);
    assert_eq!(refused, [(1, "exchange.not_json"), (2, "exchange.not_a_resource"), (4, "exchange.truncated")]);
    assert_eq!(read.resources, 5);
}

#[test]
fn reading_stops_when_asked_and_when_the_sink_fails() {
    let lines: String = (0..500).map(|n| format!("{}\n", patient(&n.to_string()))).collect();
    let entries: Vec<Value> = (0..500).map(|n| json!({ "resource": patient(&n.to_string()) })).collect();
    let bundle = json!({ "resourceType": "Bundle", "entry": entries }).to_string();
    for (name, content) in [("a.ndjson", lines), ("a.json", bundle)] {
        let (_folder, path) = file(name, content.as_bytes());
        let mut pieces = 0;
        let read = read_file(&path, &mut |_| {
            pieces += 1;
            Ok(pieces < 2)
        });
        assert!(pieces == 2 && read.unwrap().stopped, "{name}");
        assert_eq!(read_file(&path, &mut |_| Err(Error::Denied)), Err(Error::Denied));
    }
}
