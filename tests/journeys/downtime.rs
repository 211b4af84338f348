//! The downtime pack: written by a plan, opened with its passphrase by a browser's own ciphers, and current.

use crate::scene::{call, code, entries, entries_from, person, register, with};
use chrono::Duration;
use keepwell_kernel::{Role, Secret};
use keepwell_practice::testing::TestPractice;
use keepwell_practice::{Continue, DowntimePack, Every};
use serde_json::json;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const PASSPHRASE: &str = "seven tame otters forty-two";

/// Opens a pack as a browser does: the page's own script runs in Node, whose WebCrypto is not ours.
fn opened(page: &Path, passphrase: &str) -> String {
    const DRIVER: &str = r#"
        const html = require("fs").readFileSync(process.argv[1], "utf8");
        const between = (begin) => html.slice(html.indexOf(begin) + begin.length).split("</script>")[0];
        const part = () => ({ textContent: "", innerHTML: "", listeners: {}, addEventListener(kind, act) { this.listeners[kind] = act; } });
        const parts = { envelope: part(), said: part(), opening: part(), passphrase: part(), pack: part(), print: part() };
        parts.envelope.textContent = between('<script type="application/json" id="envelope">');
        parts.passphrase.value = require("fs").readFileSync(0, "utf8");
        globalThis.document = { getElementById: (id) => parts[id] };
        new Function(between("<script>"))();
        parts.opening.listeners.submit({ preventDefault() {} }).then(() => process.stdout.write(parts.pack.innerHTML + "\n" + parts.said.textContent));
    "#;
    let mut node = Command::new("node");
    let node = node.args(["-e", DRIVER]).arg(page).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut node = node.spawn().expect("Node is here: the screens are built with it");
    node.stdin.take().unwrap().write_all(passphrase.as_bytes()).unwrap();
    let said = node.wait_with_output().unwrap();
    assert!(said.status.success());
    String::from_utf8(said.stdout).unwrap()
}

fn by_plan(test: &TestPractice) -> Option<DowntimePack> {
    test.practice.downtime_by_plan(&mut |_| Continue::Yes).unwrap()
}

fn files(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_pack_is_written_by_its_plan_and_opens_without_the_program() {
    let test = TestPractice::new();
    let drive = tempfile::tempdir().unwrap();
    let mobile = json!({ "channels": [{ "kind": "phone", "use": "mobile", "value": "6085550147", "consent": true,
        "voicemail_allowed": false, "preferred": true }] });
    call(&test.practice, "patients.register", with(person("Nguyen", "Linh", "1990-06-01"), &mobile)).unwrap();
    let died = register(&test.practice, "Okafor", "Grace", "1930-04-02");
    test.call("patients.mark_deceased", json!({ "patient": died, "on": null })).unwrap();
    let short = Secret::new("short".to_owned());
    let plan = |secret: Option<&Secret>| test.practice.plan_downtime(Some(drive.path()), Every::Day, secret);
    assert_eq!(code(plan(None)), "exchange.passphrase_short");
    assert_eq!(code(plan(Some(&short))), "exchange.passphrase_short");
    assert_eq!(by_plan(&test), None, "there is no plan");
    plan(Some(&Secret::new(PASSPHRASE.to_owned()))).unwrap();
    test.call("identity.lock", json!({ "drafts": [] })).unwrap();
    assert_eq!(by_plan(&test), None, "nobody is there");
    test.sign_in_as(Role::Receptionist);
    let before = entries(&test.practice);
    assert_eq!(
        (by_plan(&test), entries(&test.practice)),
        (None, before),
        "a receptionist may not, and is not asked to"
    );
    test.sign_in_as(Role::Owner);
    let before = entries(&test.practice);
    let written = by_plan(&test).unwrap();
    assert_eq!((written.name.as_str(), written.patients), ("keepwell-downtime-2026-11-21.html", 1));
    let page = drive.path().join(&written.name);
    let pack = opened(&page, PASSPHRASE);
    assert!(pack.contains("Nguyen, Linh") && pack.contains("0147") && pack.contains("1990-06-01"), "{pack}");
    assert!(!pack.contains("Okafor"), "the dead are not called");
    assert!(opened(&page, "seven tame otters forty-three").contains("does not open"));
    let sealed = std::fs::read_to_string(&page).unwrap();
    let sealed_words = sealed.replace("http-equiv", "");
    assert!(!sealed.contains("Nguyen") && !sealed_words.contains("http"), "sealed, and nothing is fetched");
    std::fs::write(&page, sealed.replacen("\"sealed\":\"", "\"sealed\":\"AAAA", 1)).unwrap();
    assert!(opened(&page, PASSPHRASE).contains("does not open"), "a file that was changed is refused");
    let log = entries_from(&test.practice, before);
    let said = |operation: &str| log.iter().filter(|entry| entry["operation"] == operation).collect::<Vec<_>>();
    assert_eq!(said("exchange.downtime_page")[0]["patients"].as_array().unwrap().len(), 2, "who was read is named");
    assert_eq!((said("exchange.seal_downtime").len(), said("exchange.note_downtime").len()), (1, 1));
}

#[test]
fn packs_follow_one_another_and_a_missed_one_is_said() {
    let test = TestPractice::new();
    let drive = tempfile::tempdir().unwrap();
    register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let secret = Secret::new(PASSPHRASE.to_owned());
    test.practice.plan_downtime(Some(drive.path()), Every::Day, Some(&secret)).unwrap();
    std::fs::write(drive.path().join("holiday.html"), "not ours").unwrap();
    for _ in 0..4 {
        assert!(by_plan(&test).is_some() && by_plan(&test).is_none(), "once a day");
        test.clock.advance(Duration::hours(25));
        test.sign_in_as(Role::Owner);
    }
    let kept = ["holiday.html", "keepwell-downtime-2026-11-23.html", "keepwell-downtime-2026-11-24.html"];
    assert_eq!(files(drive.path()), kept);
    let stopped = test.practice.write_downtime(drive.path(), &mut |_| Continue::No);
    assert_eq!((stopped, files(drive.path()).len()), (Ok(None), 3), "a stopped one leaves those that were there");
    assert!(!test.practice.status().downtime_missed);
    test.clock.advance(Duration::days(5));
    assert!(test.practice.status().downtime_missed);
    test.sign_in_as(Role::Owner);
    let list = test.call("exchange.downtime", json!({})).unwrap();
    assert_eq!((&list["patients"], &list["has_passphrase"]), (&json!(1), &json!(true)));
    assert!(!list.to_string().contains(drive.path().to_str().unwrap()), "screens hold no path");
    let gone = drive.path().join("unplugged");
    test.practice.plan_downtime(Some(&gone), Every::Day, None).unwrap();
    assert_eq!(code(test.practice.downtime_by_plan(&mut |_| Continue::Yes)), "exchange.records_not_written");
    assert!(test.practice.status().downtime_missed && by_plan(&test).is_none(), "not at once again");
    test.practice.plan_downtime(None, Every::Day, None).unwrap();
    test.clock.advance(Duration::minutes(16));
    assert_eq!(by_plan(&test), None, "there is no plan any more");
}

#[test]
fn a_pack_has_the_day_sheets_of_four_days_and_nothing_clinical_in_them() {
    let test = TestPractice::new();
    let office = super::scheduling::office(&test);
    let procedure = json!({ "product": office.procedure, "patient": office.patient, "slot": super::scheduling::at(600, 60),
                            "resources": [office.ito, office.second_room] });
    let unit = test.call("scheduling.book", procedure).unwrap()["unit"].clone();
    let reason = json!({ "unit": unit, "reason_for_visit": "Melanoma", "procedure_detail": "Excision" });
    test.call("scheduling.note_reason", reason).unwrap();
    let theatre = super::scheduling::resource("theatre", "Theatre 1", &json!([]));
    let theatre = test.call("scheduling.keep_resource", theatre).unwrap()["resource"].clone();
    let case = json!({ "patient": office.patient, "surgeon": office.osei, "department": null, "urgency": "urgent",
                       "minutes": 60 });
    let case = test.call("scheduling.keep_case", case).unwrap()["case"].clone();
    let held = json!({ "theatre": theatre, "slot": super::scheduling::at(840, 60), "setup_minutes": 15,
                       "turnover_minutes": 15, "purpose": "surgery", "case": case });
    test.call("scheduling.reserve_theatre", held).unwrap();
    let drive = tempfile::tempdir().unwrap();
    let secret = Secret::new(PASSPHRASE.to_owned());
    test.practice.plan_downtime(Some(drive.path()), Every::Day, Some(&secret)).unwrap();
    let written = by_plan(&test).unwrap();
    let html = opened(&drive.path().join(written.name), PASSPHRASE);
    for shown in [
        "2:00 to 3:00",
        "Dr. Peter Osei, Theatre 1",
        "Day sheet, 2026-11-21",
        "Day sheet, 2026-11-24",
        "10:00 to 11:00",
        "Visit with Dr. Naomi Ito",
        "Procedure room",
    ] {
        assert!(html.contains(shown), "{shown}");
    }
    for hidden in ["Melanoma", "Excision", "Minor procedure"] {
        assert!(!html.contains(hidden), "{hidden}");
    }
}
