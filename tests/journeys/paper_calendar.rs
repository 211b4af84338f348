//! The calendar on paper and as a file: each sheet says what whoever prints it may read, nobody is reminded in a way that was
//! not asked for, and what leaves as a calendar names nobody (45 CFR 164.502(b), 164.522(b)).

use crate::journeys::requests::printed;
use crate::journeys::scheduling::{MONDAY, Office, at, office, resource};
use crate::scene::{code, entries, entries_from, person, sign_in, staff, with};
use keepwell_kernel::{Failure, ResourceId, Role};
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{DaySheetKind, RemindersKind, Saved};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

fn done(test: &TestPractice, operation: &str, input: Value) -> Value {
    test.call(operation, input).unwrap_or_else(|failure| panic!("{operation}: {failure:?}"))
}

fn id(of: &Value) -> ResourceId {
    serde_json::from_value(of.clone()).unwrap()
}

/// Reads a file that was written, whose name says nothing and whose digest was told.
fn file(folder: &TempDir, saved: &Saved, ending: &str) -> Vec<u8> {
    let bytes = std::fs::read(folder.path().join(&saved.name)).unwrap();
    assert_eq!(hex::encode(Sha256::digest(&bytes)), saved.sha256);
    let random = saved.name.strip_suffix(ending).and_then(|name| name.rsplit('-').next()).unwrap();
    assert!(saved.name.starts_with("keepwell-") && random.len() == 32, "{}", saved.name);
    bytes
}

/// A day with a sensitive visit of Dr. Ito and one of Dr. Osei.
fn a_day(test: &TestPractice) -> (Office, String) {
    let office = office(test);
    let procedure = json!({ "product": office.procedure, "patient": office.patient, "slot": at(600, 60),
                            "resources": [office.ito, office.second_room] });
    let unit = done(test, "scheduling.book", procedure)["unit"].clone();
    let reason = json!({ "unit": unit, "reason_for_visit": "Melanoma on the back", "procedure_detail": "Excision" });
    done(test, "scheduling.note_reason", reason);
    let other = crate::scene::register(&test.practice, "Brandt", "Samuel", "1970-01-01");
    let theirs = json!({ "patient": other, "resources": [office.osei, office.room], "desk_note": "Brings a walker" });
    done(test, "scheduling.book", with(office.follow_up(840), &theirs));
    (office, other)
}

#[test]
fn a_downtime_pack_is_the_front_desks_and_says_nothing_clinical() {
    let test = TestPractice::new();
    a_day(&test);
    let folder = tempfile::tempdir().unwrap();
    let (saved, visits) = test.practice.save_downtime_paper(folder.path(), MONDAY, 2).unwrap();
    let said = printed(&file(&folder, &saved, ".pdf"));
    assert_eq!(visits, 2);
    for words in ["Hallorán, Grace", "Brandt, Samuel", "Brings a walker", "How each may be reached", "Medicines given"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(!said.contains("Melanoma") && !said.contains("Excision"), "{said}");
    assert_eq!(said.matches("Written by, on, at").count(), 2);
    assert_eq!(code(test.practice.save_downtime_paper(folder.path(), MONDAY, 51)), "scheduling.too_many");
}

#[test]
fn a_day_sheet_says_what_whoever_prints_it_may_read() {
    let test = TestPractice::new();
    let (office, _) = a_day(&test);
    let folder = tempfile::tempdir().unwrap();
    let sheet = |kind, resource: Option<&Value>| {
        let (saved, visits) = test.practice.save_day_sheet(folder.path(), MONDAY, kind, resource.map(id)).unwrap();
        (printed(&file(&folder, &saved, ".pdf")), visits)
    };
    let before = entries(&test.practice);
    let (own, visits) = sheet(DaySheetKind::Practitioner, Some(&office.ito));
    for said in [
        "Dr. Naomi Ito",
        "Monday, November 23, 2026",
        "10:00 to 11:00",
        "Hallorán, Grace",
        "1961-04-02",
        "Minor procedure",
        "Procedure room",
        "Melanoma on the back",
        "Excision",
        "Booked",
    ] {
        assert!(own.contains(said), "the sheet lacks {said}: {own}");
    }
    assert!(visits == 1 && !own.contains("Brandt"), "it is Dr. Ito's day alone: {own}");
    let log = entries_from(&test.practice, before);
    let entry = log.iter().find(|one| one["operation"] == "scheduling.clinical_sheet").unwrap();
    assert_eq!(entry["patients"], json!([office.patient]), "nobody else was looked at");
    for (role, may) in [(Role::Nurse, true), (Role::Receptionist, false), (Role::DepartmentManager, false)] {
        test.sign_in_as(role);
        let before = entries(&test.practice);
        let (own, _) = sheet(DaySheetKind::Practitioner, Some(&office.ito));
        assert_eq!(own.contains("Melanoma"), may, "{role:?}: {own}");
        assert_eq!(own.contains("Minor procedure"), may, "{role:?}: {own}");
        assert!(may || own.contains("Visit with Dr. Naomi Ito"), "{role:?}: {own}");
        let (desk, visits) = sheet(DaySheetKind::Desk, Some(&office.ito));
        for word in ["Melanoma", "Excision", "Minor procedure", "What for"] {
            assert!(!desk.contains(word), "{role:?}: the front desk's sheet says {word}");
        }
        assert!(visits == 2 && desk.contains("Visit with Dr. Naomi Ito") && desk.contains("Brings a walker"), "{desk}");
        let log = entries_from(&test.practice, before);
        assert!(log.iter().all(|one| one["outcome"] != "denied"), "{role:?}: {log:?}");
    }
    let none = test.practice.save_day_sheet(folder.path(), "2026-02-30", DaySheetKind::Desk, None);
    assert_eq!(code(none), "scheduling.bad_date");
    let of_nobody = test.practice.save_day_sheet(folder.path(), MONDAY, DaySheetKind::Practitioner, None);
    assert_eq!(code(of_nobody), "scheduling.no_resource");
    let nobody = id(&json!("01900000-0000-7000-8000-000000000000"));
    let unknown = test.practice.save_day_sheet(folder.path(), MONDAY, DaySheetKind::Practitioner, Some(nobody));
    assert_eq!(code(unknown), "scheduling.unknown");
    test.sign_in_as(Role::ItSupport);
    let denied = test.practice.save_day_sheet(folder.path(), MONDAY, DaySheetKind::Desk, None);
    assert_eq!(denied, Err(Failure::Denied));
}

/// Registers somebody who may be reached in these ways.
fn reached(test: &TestPractice, family: &str, ways: &Value) -> String {
    let born = format!("19{}-01-01", 50 + family.len());
    let input = with(with(person(family, "Ann", &born), ways), &json!({ "duplicate_override": "Another person" }));
    done(test, "patients.register", input)["patient"].as_str().unwrap().to_owned()
}

fn channel(kind: &str, value: &str, consent: bool, voicemail: bool) -> Value {
    json!({ "kind": kind, "use": "mobile", "value": value, "consent": consent, "voicemail_allowed": voicemail,
            "preferred": false })
}

/// Four who may be reminded in four ways, each with a visit: by call and letter, not at all, only as asked, and dead.
fn four_people(test: &TestPractice) {
    let office = office(test);
    let home = json!([{ "use": "home", "lines": ["12 Elm St"], "city": "Madison", "state": "WI", "postal_code": "53703",
                        "country": "US" }]);
    let quiet = json!([channel("email", "a@example.org", true, true), channel("phone", "212 555 0101", true, false)]);
    let refuses = json!([channel("phone", "212 555 0102", false, true)]);
    let mobile = json!([channel("phone", "212 555 0103", true, true)]);
    let people = [
        reached(test, "Abara", &json!({ "channels": quiet, "addresses": home })),
        reached(test, "Brandt", &json!({ "channels": refuses })),
        reached(
            test,
            "Castell",
            &json!({ "channels": mobile, "addresses": home,
            "confidential_communication": "Call mobile, no voicemail" }),
        ),
        reached(test, "Dorn", &json!({ "channels": mobile, "addresses": home })),
    ];
    for (at_place, patient) in people.iter().enumerate() {
        let minute = 540 + 30 * u16::try_from(at_place).unwrap();
        done(test, "scheduling.book", with(office.follow_up(minute), &json!({ "patient": patient })));
    }
    let gone = done(test, "scheduling.book", with(office.follow_up(840), &json!({ "patient": people[3] })));
    let off = json!({ "unit": gone["unit"], "version": 1, "to": "cancelled", "reason": "patient_asked" });
    done(test, "scheduling.advance", off);
    done(test, "patients.mark_deceased", json!({ "patient": people[3], "on": null }));
}

#[test]
fn nobody_is_reminded_in_a_way_that_was_not_asked_for() {
    let test = TestPractice::new();
    four_people(&test);
    test.sign_in_as(Role::Receptionist);
    let list = done(&test, "scheduling.reminders", json!({ "date": MONDAY }));
    let rows = list["rows"].as_array().unwrap();
    let said = |at: usize| {
        let row = &rows[at];
        (
            row["phone"].clone(),
            row["voicemail"].clone(),
            row["reach_by"].clone(),
            row["address"].as_array().unwrap().len(),
        )
    };
    assert_eq!(rows.len(), 4, "who cancelled is not reminded");
    assert_eq!(said(0), (json!("+12125550101"), json!(false), json!(null), 3));
    assert_eq!(said(1), (json!(null), json!(false), json!(null), 0), "without consent");
    assert_eq!(said(2), (json!(null), json!(false), json!("Call mobile, no voicemail"), 0), "only as asked");
    assert_eq!(said(3), (json!(null), json!(false), json!(null), 0), "the dead");
    assert_eq!((&rows[0]["clock"], &rows[0]["address"][0]), (&json!("9:00 AM"), &json!("Ann Abara")));
}

#[test]
fn lists_and_letters_say_nothing_of_what_a_visit_is_and_name_whom_nobody_calls() {
    let test = TestPractice::new();
    four_people(&test);
    test.sign_in_as(Role::Receptionist);
    let folder = tempfile::tempdir().unwrap();
    let calls = test.practice.save_reminders(folder.path(), MONDAY, RemindersKind::List).unwrap();
    assert_eq!((calls.people, calls.left_out), (2, 2));
    let text = printed(&file(&folder, &calls.saved, ".pdf"));
    for said in [
        "+12125550101, no message",
        "Only as asked: Call mobile, no voicemail",
        "Do not call",
        "1 to call, 1 only as they asked, 2 not to be called",
        "Brandt, Ann",
    ] {
        assert!(text.contains(said), "the list lacks {said}: {text}");
    }
    assert!(!text.contains("0102") && !text.contains("0103"), "a number that nobody may call: {text}");
    let letters = test.practice.save_reminders(folder.path(), MONDAY, RemindersKind::Letters).unwrap();
    assert_eq!((letters.people, letters.left_out), (1, 3));
    let text = printed(&file(&folder, &letters.saved, ".pdf"));
    assert!(text.contains("Dear Ann Abara:") && text.contains("Monday, November 23, 2026, at 9:00 AM"), "{text}");
    for word in ["Follow-up", "Ito", "Castell", "Dorn", "Brandt"] {
        assert!(!text.contains(word), "the letters say {word}: {text}");
    }
    let nobody = test.practice.save_reminders(folder.path(), "2026-11-24", RemindersKind::Letters);
    assert_eq!(code(nobody), "scheduling.nobody_to_write_to");
    let empty = test.practice.save_reminders(folder.path(), "2026-11-24", RemindersKind::List).unwrap();
    assert_eq!((empty.people, empty.left_out), (0, 0));
    for role in [Role::Biller, Role::PrivacyOfficer] {
        test.sign_in_as(role);
        let denied = test.practice.save_reminders(folder.path(), MONDAY, RemindersKind::List);
        assert_eq!(denied, Err(Failure::Denied), "{role:?}");
    }
}

#[test]
fn ones_own_calendar_leaves_as_times_and_nothing_else() {
    let test = TestPractice::new();
    let (office, other) = a_day(&test);
    let folder = tempfile::tempdir().unwrap();
    let of = |resource: &Value, days: (&str, &str), reason: Option<&str>| {
        test.practice.save_calendar(folder.path(), id(resource), days, reason.map(str::to_owned))
    };
    let (week, because) = ((MONDAY, "2026-11-29"), Some("For my phone"));
    assert_eq!(code(of(&office.ito, week, because)), "scheduling.not_own_calendar");
    let own = json!({ "resource": office.ito, "staff": staff(&test, OWNER) });
    done(&test, "scheduling.keep_resource", with(resource("practitioner", "Dr. Naomi Ito", &json!([])), &own));
    assert_eq!(code(of(&office.ito, week, None)), "scheduling.calendar_reason");
    assert_eq!(code(of(&office.ito, week, Some(" "))), "scheduling.calendar_reason");
    assert_eq!(code(of(&office.ito, ("2026-11-24", MONDAY), because)), "scheduling.bad_date");
    assert_eq!(code(of(&office.ito, (MONDAY, "2027-11-26"), because)), "scheduling.too_many");
    let off = done(&test, "scheduling.book", with(office.follow_up(540), &json!({ "patient": other })));
    let off = json!({ "unit": off["unit"], "version": 1, "to": "cancelled", "reason": "ill" });
    done(&test, "scheduling.advance", off);
    let before = entries(&test.practice);
    let (saved, events) = of(&office.ito, week, because).unwrap();
    assert_eq!(events, 1, "what was cancelled takes no time, and Dr. Osei's visit is not Dr. Ito's");
    let log = entries_from(&test.practice, before);
    let entry = log.iter().find(|one| one["operation"] == "scheduling.calendar_file").unwrap();
    assert_eq!((&entry["reason"], &entry["patients"]), (&json!("For my phone"), &json!([office.patient])));
    let text = String::from_utf8(file(&folder, &saved, ".ics")).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let line = |name: &str| text.split("\r\n").find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
    assert_eq!((line("DTSTART:"), line("DTEND:")), ("20261123T150000Z".to_owned(), "20261123T160000Z".to_owned()));
    assert_eq!(line("SUMMARY:"), "Visit");
    for said in [
        "Hallorán",
        "Grace",
        "Ito",
        "procedure",
        "Procedure",
        "room",
        "Lakeside",
        "LOCATION",
        "DESCRIPTION",
        "ATTENDEE",
    ] {
        assert!(!text.contains(said), "the file says {said}: {text}");
    }
    let unit = done(&test, "scheduling.day", json!({ "date": MONDAY }))["visits"][0]["unit"].clone();
    assert!(!text.contains(&unit.as_str().unwrap().replace('-', "")[..12]), "a visit's id says when it was made");
    // The same visit keeps its name, wherever it moves, so that another program changes it and makes no second one.
    let there = json!({ "unit": unit, "version": 1, "slot": at(780, 60), "resources": [office.ito, office.second_room],
                        "override_reason": "Nobody else can" });
    done(&test, "scheduling.move", there);
    let (again, _) = of(&office.ito, week, because).unwrap();
    let moved = String::from_utf8(file(&folder, &again, ".ics")).unwrap();
    assert!(moved.contains(&format!("UID:{}", line("UID:"))) && moved.contains("DTSTART:20261123T180000Z"), "{moved}");
    test.sign_in_as(Role::Physician);
    assert_eq!(code(of(&office.ito, week, because)), "scheduling.not_own_calendar");
    sign_in(&test.practice, OWNER).unwrap();
    let (none, events) = of(&office.ito, ("2026-12-07", "2026-12-07"), because).unwrap();
    assert_eq!(events, 0);
    assert!(String::from_utf8(file(&folder, &none, ".ics")).unwrap().ends_with("END:VCALENDAR\r\n"));
}

#[test]
fn operations_stand_on_paper_are_reminded_of_and_leave_with_ones_own_calendar() {
    let test = TestPractice::new();
    let all = super::theatre::theatres(&test);
    let (case, _) = all.placed(&test, 600);
    let detail = json!({ "case": case, "procedure": "Excision of a lipoma", "laterality": "left", "anaesthesia": "Local",
                         "note": "" });
    done(&test, "scheduling.note_case", detail);
    let folder = tempfile::tempdir().unwrap();
    let sheet = |kind, resource: Option<&Value>| {
        let (saved, lines) = test.practice.save_day_sheet(folder.path(), MONDAY, kind, resource.map(id)).unwrap();
        (printed(&file(&folder, &saved, ".pdf")), lines)
    };
    let (own, lines) = sheet(DaySheetKind::Practitioner, Some(&all.office.ito));
    assert!(own.contains("Theatre 1") && own.contains("Excision of a lipoma, left"), "{own}");
    assert_eq!(lines, 1);
    assert_eq!(sheet(DaySheetKind::Practitioner, Some(&all.office.osei)).1, 0, "Dr. Osei takes no part");
    let (desk, _) = sheet(DaySheetKind::Desk, None);
    assert!(desk.contains("Surgery") && desk.contains("Hallorán, Grace") && !desk.contains("lipoma"), "{desk}");
    let reminders = done(&test, "scheduling.reminders", json!({ "date": MONDAY }))["rows"].clone();
    assert_eq!((&reminders[0]["unit"], &reminders[0]["time"]), (&Value::Null, &json!("10:00 to 11:00")));
    let mine = with(
        resource("practitioner", "Dr. Naomi Ito", &json!([])),
        &json!({ "resource": all.office.ito, "staff": staff(&test, OWNER) }),
    );
    done(&test, "scheduling.keep_resource", mine);
    let reason = Some("My own phone".to_owned());
    let (saved, events) =
        test.practice.save_calendar(folder.path(), id(&all.office.ito), (MONDAY, MONDAY), reason).unwrap();
    assert_eq!(events, 1);
    let text = String::from_utf8(file(&folder, &saved, ".ics")).unwrap();
    assert!(text.contains("DTSTART:20261123T150000Z") && !text.contains("Surgery"), "{text}");
}
