//! Visits go along with a patient's records, and come back with them: nothing is lost on the way, nothing clinical reaches
//! whoever has no key to it, and nothing is believed (AT-58, AT-71, AT-72).

use crate::journeys::ledger::disclosure;
use crate::journeys::records::{json_of, text, unzipped};
use crate::journeys::requests::printed;
use crate::journeys::scheduling::{MONDAY, Office, at, office};
use crate::journeys::taking_back::{Files, changed, handed_out, listed_anew, merge, take, zipped};
use crate::scene::{code, register, sign_in, with};
use base64::Engine as _;
use keepwell_kernel::{Failure, Purpose, Role};
use keepwell_practice::Call;
use keepwell_practice::testing::{OWNER, TestPractice};
use serde_json::{Value, json};

fn done(test: &TestPractice, operation: &str, input: Value) -> Value {
    test.call(operation, input).unwrap_or_else(|failure| panic!("{operation}: {failure:?}"))
}

/// The dice of the random weeks: xorshift, so that a failure comes back with its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

/// Books visits of one patient as chance has it, and takes each somewhere: every state, with notes, reasons, waivers,
/// overrides and a series among them. Answers how many there are.
fn weeks(test: &TestPractice, office: &Office, seed: u64) -> usize {
    let mut dice = Dice(seed);
    let contact = json!({ "name": "Pat Hallorán", "relationship": "mother", "patients": [office.patient], "channels": [],
                          "ended": false });
    let contact = done(test, "scheduling.keep_contact", contact)["contact"].clone();
    let mut units = Vec::new();
    for day in 0..24 {
        let on = chrono::NaiveDate::parse_from_str(MONDAY, "%Y-%m-%d").unwrap() + chrono::Duration::days(day);
        let minute = 540 + 15 * dice.below(12);
        let (product, minutes, resources) = if dice.below(2) == 0 {
            (&office.follow_up, 30, vec![dice.one(&[&office.ito, &office.osei]).to_owned(), &office.room])
        } else {
            (&office.procedure, 60, vec![&office.ito, &office.second_room, &office.cart])
        };
        let wish = json!({ "product": product, "patient": office.patient, "resources": resources,
            "slot": { "date": on.to_string(), "minute": minute, "minutes": minutes },
            "contact": if dice.below(3) == 0 { contact.clone() } else { json!(null) },
            "desk_note": dice.one(&["", "Brings a walker", "Ünï <b>\"and\"</b>\nmore"]),
            "override_reason": "Nobody else can" });
        let booked = done(test, "scheduling.book", wish);
        let named = json!({ "unit": booked["unit"] });
        if dice.below(2) == 0 {
            let detail = ["", "Excision"][usize::try_from(dice.below(2)).unwrap()];
            let reason = json!({ "reason_for_visit": "Melanoma on the back", "procedure_detail": detail });
            done(test, "scheduling.note_reason", with(named.clone(), &reason));
        }
        units.push((named, booked["version"].as_u64().unwrap(), minutes == 60));
    }
    for (named, mut version, procedure) in units.clone() {
        test.clock.advance(chrono::Duration::minutes(1));
        if procedure && dice.below(2) == 0 {
            for gate in ["calibration_valid", "consent_signed"] {
                let waived = json!({ "version": version, "gate": gate, "reason": "On paper" });
                done(test, "scheduling.waive_gate", with(named.clone(), &waived));
                version += 1;
            }
        }
        let off =
            json!({ "reason": dice.one(&["patient_asked", "ill", "weather", "no_answer", "other"]), "note": "Called" });
        for to in *dice.one(&[
            [].as_slice(),
            &["confirmed", "arrived", "roomed"],
            &["arrived", "confirmed", "no_show"],
            &["cancelled"],
            &["arrived", "done", "checked_out"],
        ]) {
            let step = with(named.clone(), &json!({ "version": version, "to": to }));
            let step = if ["no_show", "cancelled"].contains(to) { with(step, &off) } else { step };
            version = done(test, "scheduling.advance", step)["version"].as_u64().unwrap();
        }
    }
    let series = json!({ "product": office.follow_up, "patient": office.patient, "resources": [office.osei],
        "slot": { "date": "2027-01-04", "minute": 840, "minutes": 30 } });
    let first = done(test, "scheduling.book", series);
    let repeat = json!({ "unit": first["unit"], "version": first["version"], "rule": "FREQ=WEEKLY;COUNT=3" });
    done(test, "scheduling.repeat", repeat);
    units.len() + 3
}

/// Two places on the waitlist, one of them given up, and somebody who acts for the patient.
fn waited(test: &TestPractice) -> Office {
    let office = office(test);
    let sure = json!({ "weekdays": [1, 3], "not_before": 540, "not_after": 720, "until": "2026-12-24", "note": "Mornings",
                       "resources": [office.ito] });
    done(test, "scheduling.wait", with(office.waits(), &sure));
    test.clock.advance(chrono::Duration::minutes(5));
    let other = done(test, "scheduling.wait", office.waits());
    done(test, "scheduling.leave_waitlist", json!({ "wait": other["wait"], "reason": "ill" }));
    let contact = json!({ "name": "Pat Hallorán", "relationship": "mother", "patients": [office.patient],
                          "channels": [{ "kind": "sms", "value": "+1 312 555 0199", "preferred": true }], "ended": false });
    done(test, "scheduling.keep_contact", contact);
    office
}

#[test]
fn the_waitlist_and_who_acts_for_the_patient_come_back_too() {
    let test = TestPractice::new();
    let office = waited(&test);
    let before = handed_out(&test, &office.patient);
    let lists = |files: &Files| ["waits.json", "contacts.json"].map(|name| json_of(files, name));
    let [waits, contacts] = lists(&before);
    assert_eq!((waits.as_array().unwrap().len(), contacts.as_array().unwrap().len()), (2, 1));
    let page = text(&before, "record.html");
    for said in
        ["Monday, Wednesday", "Not before 9:00", "Given up: somebody was ill", "Pat Hallorán", "+1 312 555 0199"]
    {
        assert!(page.contains(said), "{said}");
    }
    let described = text(&before, "RECORDS.md");
    for one in waits.as_array().unwrap().iter().chain(contacts.as_array().unwrap()) {
        for field in one.as_object().unwrap().keys() {
            assert!(described.contains(&format!("`{field}`")), "{field} is not described");
        }
    }
    let mut last = before.clone();
    for hop in 0..2 {
        let new = TestPractice::new();
        let own = take(&new, &zipped(&last)).unwrap()["patient"].as_str().unwrap().to_owned();
        last = handed_out(&new, &own);
        assert_eq!(lists(&last), lists(&before), "hop {hop}");
        assert_eq!(
            done(&new, "scheduling.waitlist", json!({ "date": null }))["rows"],
            json!([]),
            "who waits elsewhere"
        );
        let acts = done(&new, "scheduling.contacts", json!({ "patient": own }));
        assert_eq!(acts["rows"][0]["name"], "Pat Hallorán", "{acts}");
        assert_eq!(new.call("log.verify", json!({})).unwrap()["ok"], true);
    }
}

#[test]
fn a_waitlist_or_contact_that_nobody_could_have_kept_does_not_come_back() {
    let test = TestPractice::new();
    let office = waited(&test);
    let files = handed_out(&test, &office.patient);
    let new = TestPractice::new();
    type Change = fn(&mut Value);
    let changes: [(&str, Change); 5] = [
        ("waits.json", |list| list[0]["label"] = json!(" untidy")),
        ("waits.json", |list| list[0]["weekdays"] = json!([8])),
        ("waits.json", |list| list[0]["patient"] = json!("01900000-0000-7000-8000-000000000000")),
        ("contacts.json", |list| list[0]["name"] = json!("")),
        ("contacts.json", |list| list[0]["channels"][0]["value"] = json!("x".repeat(300))),
    ];
    for (place, (name, change)) in changes.into_iter().enumerate() {
        assert_eq!(code(take(&new, &changed_list(&files, name, change))), "scheduling.not_as_kept", "change {place}");
    }
    let none = changed_list(&files, "contacts.json", |list| list.as_array_mut().unwrap().clear());
    assert_eq!(code(take(&new, &none)), "exchange.records_damaged");
    take(&new, &zipped(&files)).unwrap();
}

fn along(files: &Files) -> [&Vec<u8>; 2] {
    ["visits.json", "visit-reasons.json"].map(|name| files.get(name).unwrap_or_else(|| panic!("{name}")))
}

/// AT-72: out, back into a new practice, out again and once more, the files are the same byte for byte.
#[test]
fn visits_come_back_whole_whatever_became_of_them() {
    for seed in [7, 20_261_123, 99] {
        let test = TestPractice::new();
        let office = office(&test);
        let count = weeks(&test, &office, seed);
        let before = handed_out(&test, &office.patient);
        let visits = json_of(&before, "visits.json");
        assert_eq!(visits.as_array().unwrap().len(), count, "seed {seed}");
        let counted = &json_of(&before, "keepwell.json")["visits"];
        assert_eq!((&counted["visits"], &counted["reasons_whole"]), (&json!(count), &json!(true)));
        let (mut own, mut last) = (office.patient.clone(), before.clone());
        for hop in 0..2 {
            let new = TestPractice::new();
            own = take(&new, &zipped(&last)).unwrap()["patient"].as_str().unwrap().to_owned();
            last = handed_out(&new, &own);
            assert_eq!(along(&before), along(&last), "seed {seed}, hop {hop}");
            for name in ["fhir/bundle.json", "fhir/Appointment.ndjson", "record.html"] {
                let bare = |files: &Files| text(files, name).replace(char::is_numeric, "");
                assert!(bare(&last).len() > 1_000, "{name}");
            }
            assert_eq!(before["fhir/Appointment.ndjson"], last["fhir/Appointment.ndjson"]);
            assert_eq!(new.call("log.verify", json!({})).unwrap()["ok"], true);
        }
        assert_eq!(own, office.patient);
    }
}

/// A practice with one visit of each kind, and its files.
fn one_of_each() -> (TestPractice, Office, Files) {
    let test = TestPractice::new();
    let office = office(&test);
    let procedure = json!({ "product": office.procedure, "patient": office.patient, "slot": at(600, 60),
                            "resources": [office.ito, office.second_room, office.cart] });
    let unit = done(&test, "scheduling.book", procedure)["unit"].clone();
    let reason = json!({ "unit": unit, "reason_for_visit": "Melanoma on the back", "procedure_detail": "Excision" });
    done(&test, "scheduling.note_reason", reason);
    let off = done(&test, "scheduling.book", with(office.follow_up(840), &json!({ "desk_note": "Brings <a> walker" })));
    let cancelled =
        json!({ "unit": off["unit"], "version": 1, "to": "cancelled", "reason": "weather", "note": "Snow" });
    done(&test, "scheduling.advance", cancelled);
    let files = handed_out(&test, &office.patient);
    (test, office, files)
}

/// AT-58 and AT-71: people read it on the page and on paper, programs as FHIR, and every field of our own is described.
#[test]
fn a_copy_says_when_with_whom_what_for_and_what_became_of_it() {
    let (_, office, files) = one_of_each();
    let (page, paper) = (text(&files, "record.html"), printed(&files["record.pdf"]));
    for said in [
        "2026-11-23 10:00 AM to 11:00 AM",
        "Minor procedure",
        "Dr. Naomi Ito, Procedure room, ECG cart",
        "What for: Melanoma on the back",
        "What was done: Excision",
        "Cancelled: the weather (Snow)",
    ] {
        assert!(page.contains(said), "the page lacks {said}");
        assert!(paper.contains(said), "the paper lacks {said}: {paper}");
    }
    assert!(page.contains("Note of the front desk: Brings &lt;a&gt; walker") && paper.contains("Brings <a> walker"));
    assert!(!page.contains("Not in this copy"));
    let bundle = json_of(&files, "fhir/bundle.json");
    let entries = bundle["entry"].as_array().unwrap();
    let visits: Vec<&Value> = entries.iter().filter(|one| one["resource"]["resourceType"] == "Appointment").collect();
    assert_eq!(visits.len(), 2);
    let first = &visits[0]["resource"];
    assert_eq!((&first["status"], &first["start"]), (&json!("booked"), &json!("2026-11-23T15:00:00Z")));
    assert_eq!(first["participant"][0]["actor"]["reference"], entries[0]["fullUrl"]);
    let kinds: Vec<&str> =
        first["contained"].as_array().unwrap().iter().map(|one| one["resourceType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Practitioner", "Location", "Device"]);
    assert_eq!(first["serviceType"][0]["text"], "Minor procedure");
    assert_eq!(first["reasonCode"], json!([{ "text": "Melanoma on the back" }, { "text": "Excision" }]));
    let second = &visits[1]["resource"];
    assert_eq!(second["cancelationReason"]["coding"][0]["code"], "oth-weath");
    assert_eq!((&second["status"], &second["comment"]), (&json!("cancelled"), &json!("Brings <a> walker")));
    let line: Value = serde_json::from_str(text(&files, "fhir/Appointment.ndjson").lines().next().unwrap()).unwrap();
    assert_eq!(line["participant"][0]["actor"]["reference"], format!("Patient/{}", office.patient));
    let described = text(&files, "RECORDS.md");
    for name in ["visits.json", "visit-reasons.json"] {
        for one in json_of(&files, name).as_array().unwrap() {
            for field in one.as_object().unwrap().keys() {
                assert!(described.contains(&format!("`{field}`")), "{field} is not described");
            }
        }
    }
}

/// Design invariant 5: what visits were for stays in charts on every way.
#[test]
fn the_new_practice_shows_what_was_to_whom_may_see_it() {
    let (_, office, files) = one_of_each();
    let new = TestPractice::new();
    new.sign_in_as(Role::DepartmentManager);
    assert_eq!(code(take(&new, &zipped(&files))), "exchange.visits_closed");
    assert_eq!(crate::scene::found(&new.practice, "Hallorán"), Vec::<String>::new());
    sign_in(&new.practice, OWNER).unwrap();
    take(&new, &zipped(&files)).unwrap();
    let of = json!({ "patient": office.patient });
    let shown = new.call_as(Role::Receptionist, "scheduling.patient_visits", of).unwrap();
    let rows = shown["rows"].as_array().unwrap();
    let said = |row: &Value| {
        let word = |field: &str| row[field].as_str().unwrap().to_owned();
        (word("date"), word("time"), word("label"), word("status"), row["elsewhere"].clone(), row["coming"].clone())
    };
    let expected = |time: &str, label: &str, status: &str| {
        (MONDAY.to_owned(), time.to_owned(), label.to_owned(), status.to_owned(), json!(true), json!(false))
    };
    assert_eq!(said(&rows[0]), expected("2:00 to 2:30", "Follow-up", "cancelled"));
    assert_eq!(said(&rows[1]), expected("10:00 to 11:00", "Visit with Dr. Naomi Ito", "booked"));
    for word in ["Melanoma", "Excision", "Minor procedure"] {
        assert!(!shown.to_string().contains(word), "the front desk sees {word}");
    }
    let unit = json!({ "unit": rows[1]["unit"] });
    assert_eq!(new.call_as(Role::Receptionist, "scheduling.clinical_visit", unit.clone()), Err(Failure::Denied));
    let noted = new.call_as(Role::Nurse, "scheduling.clinical_visit", unit).unwrap();
    assert_eq!(
        (&noted["product_name"], &noted["reason_for_visit"], &noted["procedure_detail"]),
        (&json!("Minor procedure"), &json!("Melanoma on the back"), &json!("Excision"))
    );
    sign_in(&new.practice, OWNER).unwrap();
    let day = done(&new, "scheduling.day", json!({ "date": MONDAY }));
    assert_eq!(day["visits"], json!([]), "what was elsewhere takes nobody's time");
}

fn by_the_privacy_officer(test: &TestPractice, patient: &str) -> Files {
    let details = disclosure(patient, "individual")["details"].clone();
    test.sign_in_as(Role::PrivacyOfficer);
    let out = test.practice.call(Call {
        operation: "exchange.export_records".to_owned(),
        input: json!({ "patient": patient, "details": details, "passphrase": null }),
        purpose: Some(Purpose::PatientRequest),
        reason: Some("For a test".to_owned()),
    });
    let base64 = out.unwrap()["base64"].clone();
    unzipped(base64::engine::general_purpose::STANDARD.decode(base64.as_str().unwrap()).unwrap())
}

#[test]
fn a_copy_without_what_visits_were_for_says_so_on_every_way() {
    let (test, office, whole) = one_of_each();
    let files = by_the_privacy_officer(&test, &office.patient);
    let new = TestPractice::new();
    take(&new, &zipped(&files)).unwrap();
    for files in [files, handed_out(&new, &office.patient)] {
        assert!(!files.contains_key("visit-reasons.json"));
        assert_eq!(files["visits.json"], whole["visits.json"]);
        assert_eq!(json_of(&files, "keepwell.json")["visits"]["reasons_whole"], false);
        let (page, paper) = (text(&files, "record.html"), printed(&files["record.pdf"]));
        assert!(page.contains("Not in this copy") && paper.contains("Not in this copy"));
        assert!(page.contains("Minor procedure") && !page.contains("Melanoma"));
    }
}

#[test]
fn visits_of_a_merged_record_go_with_the_one_that_stays() {
    let test = TestPractice::new();
    let office = office(&test);
    done(&test, "scheduling.book", office.follow_up(600));
    let stays = register(&test.practice, "Heron", "Quillon", "1980-01-01");
    done(&test, "scheduling.book", with(office.follow_up(840), &json!({ "patient": stays })));
    merge(&test, &office.patient, &stays, &["patients.confirm_merge"]);
    let (gone, kept) = (handed_out(&test, &office.patient), handed_out(&test, &stays));
    assert_eq!(json_of(&kept, "visits.json").as_array().unwrap().len(), 2);
    let new = TestPractice::new();
    for files in [&gone, &kept] {
        assert_eq!(take(&new, &zipped(files)).unwrap()["outcome"], "created");
    }
    assert_eq!(handed_out(&new, &stays)["visits.json"], kept["visits.json"], "each is there once");
    assert_eq!(handed_out(&new, &office.patient)["visits.json"], gone["visits.json"]);
}

/// Changes the file of visits, or that of what they were for, and the manifest with it.
fn changed_list(files: &Files, name: &str, change: impl FnOnce(&mut Value)) -> Vec<u8> {
    let mut files = files.clone();
    let mut list: Value = json_of(&files, name);
    change(&mut list);
    files.insert(name.to_owned(), serde_json::to_vec(&list).unwrap());
    listed_anew(&mut files);
    zipped(&files)
}

#[test]
fn what_this_program_would_not_have_kept_does_not_come_back() {
    let (_, office, files) = one_of_each();
    let new = TestPractice::new();
    type Change = fn(&mut Value);
    let (kept, damaged) = ("scheduling.not_as_kept", "exchange.records_damaged");
    let changes: [(&str, Change, &str); 14] = [
        ("visits.json", |list| list[0]["label"] = json!(" untidy"), kept),
        ("visits.json", |list| list[0]["minutes"] = json!(0), kept),
        ("visits.json", |list| list[0]["offset_seconds"] = json!(90_000), kept),
        ("visits.json", |list| list[0]["resources"] = json!([]), kept),
        ("visits.json", |list| list[0]["status"] = json!("done"), kept),
        ("visits.json", |list| list[0]["checkpoints"] = json!([]), kept),
        ("visits.json", |list| list[0]["checkpoints"][0]["at"] = json!("2031-01-01T00:00:00Z"), kept),
        ("visits.json", |list| list[1]["unit"] = list[0]["unit"].clone(), kept),
        ("visits.json", |list| list[0]["patient"] = json!("01900000-0000-7000-8000-000000000000"), kept),
        ("visits.json", |list| list[0]["diagnosis"] = json!("C43"), damaged),
        ("visits.json", |list| drop(list.as_array_mut().unwrap().pop()), damaged),
        ("visit-reasons.json", |list| list[0]["reason_for_visit"] = json!("x".repeat(1_001)), kept),
        ("visit-reasons.json", |list| list[0]["unit"] = json!("01900000-0000-7000-8000-000000000000"), kept),
        ("visit-reasons.json", |list| list.as_array_mut().unwrap().clear(), damaged),
    ];
    for (place, (name, change, refused)) in changes.into_iter().enumerate() {
        let archive = changed_list(&files, name, change);
        assert_eq!(code(take(&new, &archive)), refused, "change {place}");
    }
    assert_eq!(crate::scene::found(&new.practice, "Hallorán"), Vec::<String>::new());
    // The form before this one had no visits, so it has no files of them either.
    let without = |field: &'static str| {
        changed(&files, |own| {
            own["format"] = json!("keepwell-record-3");
            own.as_object_mut().unwrap().remove(field);
        })
    };
    assert_eq!(code(take(&new, &without("visits"))), "exchange.records_unlisted");
    assert_eq!(code(take(&new, &without("merges"))), damaged);
    let mut older = files.clone();
    older.retain(|name, _| !name.starts_with("visit") && name != "fhir/Appointment.ndjson");
    let older = changed(&older, |own| {
        own["format"] = json!("keepwell-record-3");
        own.as_object_mut().unwrap().remove("visits");
    });
    assert_eq!(take(&new, &older).unwrap()["outcome"], "created");
    let none = done(&new, "scheduling.patient_visits", json!({ "patient": office.patient }));
    assert_eq!(none["rows"], json!([]));
    // A visit that is somebody else's here does not come.
    let third = TestPractice::new();
    take(&third, &zipped(&files)).unwrap();
    let other = register(&new.practice, "Brandt", "Samuel", "1970-01-01");
    let theirs = handed_out(&new, &other);
    let mut stolen = theirs.clone();
    for name in ["visits.json", "visit-reasons.json"] {
        stolen.insert(name.to_owned(), text(&files, name).replace(&office.patient, &other).into_bytes());
    }
    let counts = json_of(&files, "keepwell.json")["visits"].clone();
    let stolen = changed(&stolen, |own| own["visits"] = counts);
    assert_eq!(code(take(&third, &stolen)), kept);
}
