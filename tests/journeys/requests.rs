//! Requests for access with their fee, and requests for amendment that travel with the record (45 CFR 164.524, 164.526).

use crate::journeys::records::{json_of, text};
use crate::journeys::taking_back::{changed, handed_out, merge, take, zipped};
use crate::scene::{code, entries, entries_from, person, register, sign_in, with};
use keepwell_kernel::{Failure, Role};
use keepwell_practice::DecisionLetterKind;
use keepwell_practice::testing::{OWNER, TestPractice};
use serde_json::{Value, json};
use sha2::Digest as _;

/// The patient asks, and showed a card.
fn requester() -> Value {
    json!({ "representative": null, "verification": "Photo ID" })
}

/// A request of today for everything.
pub fn access(patient: &str) -> Value {
    json!({ "patient": patient, "requester": requester(), "received_on": "2026-11-21", "form": "PDF on a drive",
        "electronic": true, "channel": "Picked up" })
}

/// What grants a request today.
pub fn granted() -> Value {
    json!({ "outcome": "granted", "decided_on": "2026-11-21", "decided_by": "N. Ito" })
}

/// What denies a request today.
pub fn denied(ground: &str) -> Value {
    json!({ "outcome": "denied", "ground": ground, "basis": "It is so", "decided_on": "2026-11-21",
        "decided_by": "N. Ito" })
}

/// A request of today about the first version of a record.
pub fn amendment(patient: &str) -> Value {
    json!({ "patient": patient, "requester": requester(), "received_on": "2026-11-21",
        "target": { "kind": "patient", "version": 1 }, "text": "I was born a day earlier", "reason": "My certificate" })
}

/// What accepts a request today.
pub fn accepted() -> Value {
    json!({ "appended": "Born a day earlier", "told_on": "2026-11-21", "persons": [] })
}

/// What denies a request for an amendment today.
pub fn refused() -> Value {
    json!({ "ground": "accurate_and_complete", "basis": "The certificate says so", "told_on": "2026-11-21" })
}

fn ask(test: &TestPractice, verb: &str, named: &Value, more: Value) -> Result<Value, Failure> {
    test.call(&format!("compliance.{verb}"), with(named.clone(), &more))
}

fn asked_access(test: &TestPractice, patient: &str, more: Value) -> Value {
    let made = test.call("compliance.request_access", with(access(patient), &more)).unwrap();
    json!({ "access": made["access"] })
}

fn asked_amendment(test: &TestPractice, patient: &str, more: Value) -> Value {
    let made = test.call("compliance.request_amendment", with(amendment(patient), &more)).unwrap();
    json!({ "amendment": made["amendment"] })
}

/// The rows of one patient, or of everybody.
fn rows(test: &TestPractice, list: &str, patient: Option<&str>) -> Vec<Value> {
    let answer = test.call(&format!("compliance.{list}"), json!({ "patient": patient })).unwrap();
    answer["rows"].as_array().unwrap().clone()
}

/// AT-57 for access, and the same for amendments: the days, one extension, in time.
#[test]
fn a_request_has_its_days_and_one_extension_in_time() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    for (request, kind, input, due, extended) in [
        ("access", "access", access(&patient), "2026-02-14", "2026-03-16"),
        ("amendment", "amendment", amendment(&patient), "2026-03-16", "2026-04-15"),
    ] {
        let extend = |named: &Value, on: &str| {
            ask(&test, &format!("extend_{kind}"), named, json!({ "sent_on": on, "reason": "Records on paper" }))
        };
        let input = with(input, &json!({ "received_on": "2026-01-15" }));
        let made = test.call(&format!("compliance.request_{kind}"), input).unwrap();
        assert_eq!(made["due_on"], due);
        let named = json!({ request: made[request] });
        let row = || rows(&test, &format!("{kind}_requests"), Some(&patient))[0].clone();
        assert_eq!(
            (&row()["due_on"], &row()["overdue"], &row()["can_extend"]),
            (&json!(due), &json!(true), &json!(false))
        );
        let day_after = if kind == "access" { "2026-02-15" } else { "2026-03-17" };
        assert_eq!(code(extend(&named, day_after)), "compliance.extended_late");
        assert_eq!(code(extend(&named, "2026-01-14")), "compliance.date_order");
        extend(&named, due).unwrap();
        assert_eq!((&row()["due_on"], &row()["extension"]["sent_on"]), (&json!(extended), &json!(due)));
        assert_eq!(code(extend(&named, "2026-01-20")), "compliance.extended_before");
        let nobody = json!({ request: "01900000-0000-7000-8000-000000000000" });
        assert_eq!(code(extend(&nobody, due)), "compliance.unknown_request");
    }
    let due = test.call("compliance.due", json!({})).unwrap()["rows"].as_array().unwrap().clone();
    let due: Vec<_> = due.iter().map(|row| (row["kind"].clone(), row["on"].clone(), row["overdue"].clone())).collect();
    assert_eq!(
        due,
        [(json!("access"), json!("2026-03-16"), json!(true)), (json!("amendment"), json!("2026-04-15"), json!(true))]
    );
}

/// AT-59: what may be charged, and nothing for searching.
#[test]
fn a_fee_has_four_kinds_of_lines_and_is_set_before_delivery() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let named = asked_access(&test, &patient, json!({}));
    let charge = |lines: Value| ask(&test, "charge_access", &named, json!({ "lines": lines }));
    let line = |kind: &str, cents: i64| json!({ "kind": kind, "cents": cents });
    match charge(json!([line("supplies", 300), line("search", 500)])) {
        Err(Failure::Refused { code, field, .. }) => {
            assert_eq!((code.as_str(), field.as_deref()), ("compliance.fee_kind", Some("lines.1.kind")));
        }
        other => panic!("a fee for searching: {other:?}"),
    }
    assert_eq!(code(charge(json!([line("summary", 900)]))), "compliance.fee_agreement");
    assert_eq!(code(charge(json!([line("postage", 0)]))), "compliance.fee_range");
    let row = || rows(&test, "access_requests", Some(&patient))[0].clone();
    assert_eq!((&row()["fee_lines"], &row()["fee_cents"]), (&json!([]), &json!(0)));
    let agreed = json!({ "kind": "summary", "cents": 900, "agreed_on": "2026-11-21" });
    charge(json!([line("copying_labor", 150), line("postage", 75), agreed])).unwrap();
    assert_eq!((&row()["fee_cents"], &row()["fee_lines"][2]["agreed_on"]), (&json!(1_125), &json!("2026-11-21")));
    ask(&test, "decide_access", &named, granted()).unwrap();
    charge(json!([line("supplies", 300)])).unwrap();
    ask(&test, "deliver_access", &named, json!({ "delivered_on": "2026-11-21", "sha256": "ab".repeat(32) })).unwrap();
    assert_eq!((&row()["fee_cents"], &row()["state"]), (&json!(300), &json!("delivered")));
    assert_eq!(code(charge(json!([]))), "compliance.request_closed");
}

#[test]
fn a_denial_needs_a_ground_and_three_grounds_are_reviewed_by_somebody_else() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let named = asked_access(&test, &patient, json!({}));
    let decide = |more: Value| ask(&test, "decide_access", &named, more);
    let review = |named: &Value, reviewer: &str, more: Value| {
        ask(&test, "review_access", named, with(json!({ "asked_on": "2026-11-21", "reviewer": reviewer }), &more))
    };
    let deliver = || ask(&test, "deliver_access", &named, json!({ "delivered_on": "2026-11-21" }));
    assert_eq!(code(deliver()), "compliance.not_granted");
    assert_eq!(code(review(&named, "P. Osei", json!({}))), "compliance.not_denied");
    let bare = with(denied("endangers"), &json!({ "ground": null }));
    assert_eq!(code(decide(bare)), "compliance.denial_ground");
    assert_eq!(code(decide(with(denied("endangers"), &json!({ "basis": " " })))), "compliance.missing");
    assert_eq!(code(decide(with(granted(), &json!({ "ground": "endangers" })))), "compliance.denial_ground");
    decide(denied("endangers")).unwrap();
    assert_eq!(code(decide(granted())), "compliance.request_closed");
    let row = || rows(&test, "access_requests", None)[0].clone();
    assert_eq!((&row()["state"], &row()["can_review"]), (&json!("denied"), &json!(true)));
    assert_eq!(code(review(&named, " n.  ITO", json!({}))), "compliance.reviewer_took_part");
    review(&named, "P. Osei", json!({})).unwrap();
    assert_eq!(row()["state"], "in_review");
    let due = test.call("compliance.due", json!({})).unwrap()["rows"][0].clone();
    assert_eq!((&due["kind"], &due["on"], &due["overdue"]), (&json!("access"), &Value::Null, &json!(false)));
    assert_eq!(code(review(&named, "P. Osei", json!({ "outcome": "reversed" }))), "compliance.missing");
    let reversed = json!({ "outcome": "reversed", "decided_on": "2026-11-21" });
    review(&named, "P. Osei", reversed.clone()).unwrap();
    assert_eq!(code(review(&named, "P. Osei", reversed)), "compliance.reviewed_before");
    assert_eq!(row()["state"], "to_deliver");
    deliver().unwrap();
    assert_eq!(row()["state"], "delivered");
    // Grounds on which the law gives no review.
    for ground in
        ["psychotherapy_notes", "legal_proceedings", "inmate", "research", "privacy_act", "confidential_source"]
    {
        let named = asked_access(&test, &patient, json!({}));
        ask(&test, "decide_access", &named, denied(ground)).unwrap();
        assert_eq!(code(review(&named, "P. Osei", json!({}))), "compliance.not_reviewable", "{ground}");
    }
    let named = asked_access(&test, &patient, json!({}));
    ask(&test, "withdraw_access", &named, json!({})).unwrap();
    assert_eq!(code(ask(&test, "withdraw_access", &named, json!({}))), "compliance.request_closed");
}

/// Who asks is on record, and a representative says by what right.
#[test]
fn nobody_asks_without_being_verified() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let mother = |name: &str, relation: &str| json!({ "name": name, "relation": relation });
    for (requester, refused) in [
        (json!({ "representative": null, "verification": " " }), "compliance.not_verified"),
        (json!({ "representative": mother("Bo", " "), "verification": "Photo ID" }), "compliance.missing"),
        (json!({ "representative": mother(" ", "mother"), "verification": "Photo ID" }), "compliance.missing"),
    ] {
        let more = json!({ "requester": requester });
        assert_eq!(code(test.call("compliance.request_access", with(access(&patient), &more))), refused);
        assert_eq!(code(test.call("compliance.request_amendment", with(amendment(&patient), &more))), refused);
    }
    let more = json!({ "requester": { "representative": mother("Bo Example", "mother"), "verification": "Photo ID" } });
    asked_access(&test, &patient, more);
    assert_eq!(rows(&test, "access_requests", None)[0]["requester"]["representative"]["name"], "Bo Example");
    for (version, refused) in [(0, true), (2, true), (1, false)] {
        let more = json!({ "target": { "kind": "patient", "version": version } });
        let answer = test.call("compliance.request_amendment", with(amendment(&patient), &more));
        assert_eq!(answer.is_err(), refused, "version {version}");
        if refused {
            assert_eq!(code(answer), "compliance.unknown_version");
        }
    }
}

/// A denial with everything that can be said to it.
fn denied_amendment(test: &TestPractice, patient: &str) -> Value {
    let named = asked_amendment(test, patient, json!({ "text": "I was born on <May 31>" }));
    let say = |verb: &str, more: Value| ask(test, verb, &named, more);
    let stated = json!({ "text": "The certificate is mine to read", "received_on": "2026-11-21" });
    assert_eq!(code(say("state_disagreement", stated.clone())), "compliance.not_denied");
    for other in ["too_old", "search", ""] {
        let ground = with(refused(), &json!({ "ground": other }));
        assert_eq!(code(say("deny_amendment", ground)), "compliance.amendment_ground", "{other}");
    }
    say("deny_amendment", refused()).unwrap();
    assert_eq!(code(say("deny_amendment", refused())), "compliance.decided_before");
    assert_eq!(code(say("accept_amendment", accepted())), "compliance.decided_before");
    let person = json!({ "person": { "name": "County Health", "told_on": "2026-11-21" } });
    assert_eq!(code(say("tell_amendment", person)), "compliance.not_accepted");
    let answer = json!({ "text": "We read it again", "sent_on": "2026-11-21" });
    assert_eq!(code(say("rebut_disagreement", answer.clone())), "compliance.no_disagreement");
    for (verb, more) in [
        ("state_disagreement", stated),
        ("rebut_disagreement", answer),
        ("accompany_disclosures", json!({ "asked_on": "2026-11-21" })),
    ] {
        say(verb, more.clone()).unwrap();
        assert_eq!(code(say(verb, more)), "compliance.said_before", "{verb}");
    }
    named
}

fn accepted_amendment(test: &TestPractice, patient: &str) -> Value {
    let named = asked_amendment(test, patient, json!({ "text": "My name is Lan" }));
    let accept = |more: Value| ask(test, "accept_amendment", &named, with(accepted(), &more));
    assert_eq!(code(accept(json!({ "appended": "" }))), "compliance.amendment_link");
    assert_eq!(code(accept(json!({ "version": 2 }))), "compliance.unknown_version");
    let corrected = with(person("Nguyen", "Lan", "1990-06-01"), &json!({ "patient": patient, "expected_version": 1 }));
    test.call("patients.correct", corrected).unwrap();
    assert_eq!(code(accept(json!({ "version": 1 }))), "compliance.unknown_version");
    let told = json!([{ "name": "County Health", "told_on": "2026-11-21" }]);
    accept(json!({ "appended": null, "version": 2, "persons": told })).unwrap();
    let more = json!({ "person": { "name": "Dr. Ruiz", "told_on": "2026-11-21" } });
    ask(test, "tell_amendment", &named, more).unwrap();
    named
}

pub fn printed(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").args([file.as_os_str(), "-".as_ref()]).output().unwrap();
    String::from_utf8(read.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// AT-60: accepted ones are linked, denied ones go along with what was said to them, and the original is never touched.
#[test]
fn amendments_go_along_with_every_copy_and_the_original_stays() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    accepted_amendment(&test, &patient);
    denied_amendment(&test, &patient);
    asked_amendment(&test, &patient, json!({ "text": "Nobody has decided on this" }));
    let listed = rows(&test, "amendment_requests", Some(&patient));
    let states: Vec<&Value> = listed.iter().map(|row| &row["state"]).collect();
    assert_eq!(states, ["waiting", "denied", "accepted"]);
    assert_eq!(listed[2]["accepted"]["persons"][1]["name"], "Dr. Ruiz");
    let files = handed_out(&test, &patient);
    let page = text(&files, "record.html");
    let paper = printed(&files["record.pdf"]);
    for said in [
        "My name is Lan",
        "Carried by version 2 of the record",
        "Dr. Ruiz",
        "The record is accurate and complete. (45 CFR 164.526(a)(2)(iv))",
        "The certificate says so",
        "The certificate is mine to read",
        "We read it again",
        "Nobody has decided on this",
        "To be answered by 2027-01-20",
    ] {
        assert!(page.contains(said), "the page lacks {said}");
        assert!(paper.contains(said), "the paper lacks {said}: {paper}");
    }
    assert!(page.contains("I was born on &lt;May 31&gt;") && paper.contains("I was born on <May 31>"));
    let own = json_of(&files, "keepwell.json");
    assert_eq!(own["format"], "keepwell-record-4");
    let kept = own["amendments"].as_array().unwrap();
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[1]["disagreement"]["text"], "The certificate is mine to read");
    assert_eq!(kept[1]["rebuttal"]["text"], "We read it again");
    assert_eq!(kept[0]["accepted"]["version"], 2);
    // The version that was asked about is as it was, and only the correction came after it.
    let given: Vec<&Value> =
        own["versions"].as_array().unwrap().iter().map(|one| &one["demographics"]["name"]["given"][0]).collect();
    assert_eq!(given, ["Lan", "Linh"]);
}

/// Amendments of a record that was merged into another go with that one, through the list and through every copy.
#[test]
fn amendments_of_a_merged_record_go_with_the_one_that_stays() {
    let test = TestPractice::new();
    let gone = register(&test.practice, "Lark", "Quillon", "1980-01-01");
    let stays = register(&test.practice, "Heron", "Quillon", "1980-01-01");
    denied_amendment(&test, &gone);
    merge(&test, &gone, &stays, &["patients.confirm_merge"]);
    assert_eq!(rows(&test, "amendment_requests", Some(&stays)).len(), 1);
    let (before, after) = (handed_out(&test, &gone), handed_out(&test, &stays));
    for files in [&before, &after] {
        assert_eq!(json_of(files, "keepwell.json")["amendments"][0]["patient"], json!(gone));
        assert!(text(files, "record.html").contains("The certificate is mine to read"));
    }
    assert!(text(&after, "record.html").contains("of a record that was merged into this one"));
    // Each comes with its own record, and again with the other, where it stays as it is.
    let other = TestPractice::new();
    for files in [&before, &after] {
        assert_eq!(take(&other, &zipped(files)).unwrap()["outcome"], "created");
    }
    assert_eq!(rows(&other, "amendment_requests", Some(&stays)).len(), 1);
}

/// AT-60 and AT-72: what went out comes back whole under the same ids, and what nobody could have typed does not.
#[test]
fn amendments_come_back_with_the_record_and_nothing_is_believed() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    accepted_amendment(&test, &patient);
    denied_amendment(&test, &patient);
    let files = handed_out(&test, &patient);
    let before = rows(&test, "amendment_requests", Some(&patient));
    let other = TestPractice::new();
    type Change = fn(&mut Value);
    let changes: [(Change, &str); 5] = [
        (|own| own["amendments"][0]["text"] = json!(" untidy"), "compliance.not_as_kept"),
        (|own| own["amendments"][1]["denied"] = Value::Null, "compliance.not_as_kept"),
        (|own| own["amendments"][1]["denied"]["ground"] = json!("search"), "exchange.records_damaged"),
        (|own| own["format"] = json!("keepwell-record-2"), "exchange.records_damaged"),
        (
            |own| own["amendments"][0]["patient"] = json!("01900000-0000-7000-8000-000000000000"),
            "compliance.not_as_kept",
        ),
    ];
    for (place, (change, refused)) in changes.into_iter().enumerate() {
        assert_eq!(code(take(&other, &changed(&files, change))), refused, "change {place}");
        assert_eq!(
            code(other.call("compliance.amendment_requests", json!({ "patient": patient }))),
            "patients.unknown"
        );
    }
    assert_eq!(take(&other, &zipped(&files)).unwrap()["outcome"], "created");
    let after = rows(&other, "amendment_requests", Some(&patient));
    assert_eq!((before.len(), after), (2, before));
    assert_eq!(
        json_of(&handed_out(&other, &patient), "keepwell.json")["amendments"],
        json_of(&files, "keepwell.json")["amendments"]
    );
    // The first form that was handed out had none, and is taken in all the same.
    let third = TestPractice::new();
    let older = changed(&files, |own| {
        own["format"] = json!("keepwell-record-2");
        own.as_object_mut().unwrap().retain(|field, _| !["amendments", "visits"].contains(&field.as_str()));
    });
    assert_eq!(take(&third, &older).unwrap()["outcome"], "created");
    assert_eq!(rows(&third, "amendment_requests", Some(&patient)), Vec::<Value>::new());
}

/// An open request never goes; a closed one is kept for six years from the last that was done with it.
#[test]
fn a_request_is_kept_for_six_years_from_its_end_and_an_amendment_as_long_as_the_record() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let open = [asked_access(&test, &patient, json!({})), asked_amendment(&test, &patient, json!({}))];
    let closed = [asked_access(&test, &patient, json!({})), asked_amendment(&test, &patient, json!({}))];
    ask(&test, "withdraw_access", &closed[0], json!({})).unwrap();
    ask(&test, "deny_amendment", &closed[1], refused()).unwrap();
    let destroy = |named: &Value| {
        let kind = if named["access"].is_null() { "amendment" } else { "access" };
        let more = json!({ "kind": kind, "document": named[kind], "approved_by": "R. Example", "reason": "Schedule" });
        test.call("compliance.destroy", more)
    };
    assert_eq!(code(destroy(&closed[0])), "compliance.kept_longer");
    let kept = test.call("compliance.retained", json!({ "patient": patient })).unwrap()["rows"].clone();
    let until: Vec<&Value> = kept.as_array().unwrap().iter().map(|row| &row["kept_until"]).collect();
    assert_eq!(until, [&json!("2032-11-21"), &Value::Null, &Value::Null, &Value::Null]);
    test.clock.advance(chrono::Duration::days(2_192));
    sign_in(&test.practice, OWNER).unwrap();
    let hold =
        test.call("compliance.place_hold", json!({ "patient": patient, "matter": "A suit", "reason": "Counsel" }));
    assert_eq!(code(destroy(&closed[0])), "compliance.legal_hold");
    let release = json!({ "hold": hold.unwrap()["hold"], "release": "Settled" });
    test.call("compliance.release_hold", release).unwrap();
    // A denial is linked to the record, and the law names no end to that.
    for named in open.iter().chain(&closed[1..]) {
        assert_eq!(code(destroy(named)), "compliance.still_in_effect");
    }
    destroy(&closed[0]).unwrap();
    assert_eq!((rows(&test, "access_requests", None).len(), rows(&test, "amendment_requests", None).len()), (1, 2));
}

#[test]
fn letters_tell_of_denials_and_delays_and_of_nothing_else() {
    use DecisionLetterKind::{AccessDenied, AccessExtended, AmendmentDenied, AmendmentExtended};
    let test = TestPractice::new();
    let patient = register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    let access = asked_access(&test, &patient, json!({}));
    let amendment = asked_amendment(&test, &patient, json!({}));
    let folder = tempfile::tempdir().unwrap();
    let save = |kind: DecisionLetterKind| {
        let of_access = matches!(kind, AccessDenied | AccessExtended);
        let request = if of_access { &access["access"] } else { &amendment["amendment"] };
        test.practice.save_decision_letter(folder.path(), kind, request.as_str().unwrap())
    };
    for kind in [AccessDenied, AccessExtended, AmendmentDenied, AmendmentExtended] {
        assert_eq!(code(save(kind)), "compliance.no_letter", "{kind:?}");
    }
    let told = json!({ "sent_on": "2026-11-21", "reason": "The papers are in storage" });
    ask(&test, "extend_access", &access, told.clone()).unwrap();
    ask(&test, "extend_amendment", &amendment, told).unwrap();
    ask(&test, "decide_access", &access, denied("other_person")).unwrap();
    ask(&test, "deny_amendment", &amendment, refused()).unwrap();
    for (kind, said) in [
        (AccessDenied, vec!["You may have this denial reviewed", "(a)(3)(ii)", "speaks of another person"]),
        (AccessExtended, vec!["The papers are in storage", "January 20, 2027"]),
        (AmendmentDenied, vec!["The certificate says so", "you disagree", "Office for Civil Rights"]),
        (AmendmentExtended, vec!["The papers are in storage", "February 19, 2027"]),
    ] {
        let saved = save(kind).unwrap();
        assert!(saved.name.starts_with("keepwell-letter") && !saved.name.contains("Quill"));
        let bytes = std::fs::read(folder.path().join(&saved.name)).unwrap();
        assert_eq!(hex::encode(sha2::Sha256::digest(&bytes)), saved.sha256);
        let text = printed(&bytes);
        for words in said.into_iter().chain(["Quillfeather, Linh"]) {
            assert!(text.contains(words), "{kind:?} lacks {words}: {text}");
        }
    }
    test.sign_in_as(Role::Receptionist);
    assert_eq!(save(AccessDenied), Err(Failure::Denied));
}

#[test]
fn requests_are_a_privacy_matter() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let may = |answer: Result<Value, Failure>| match answer {
        Ok(_) => true,
        Err(Failure::Denied) => false,
        other => panic!("{other:?}"),
    };
    for (role, may_do_it) in [
        (Role::PrivacyOfficer, true),
        (Role::SecurityOfficer, false),
        (Role::Auditor, false),
        (Role::Physician, false),
        (Role::Receptionist, false),
        (Role::DepartmentManager, false),
        (Role::ItSupport, false),
    ] {
        test.sign_in_as(role);
        assert_eq!(may(test.call("compliance.request_access", access(&patient))), may_do_it, "{role:?}");
        assert_eq!(may(test.call("compliance.request_amendment", amendment(&patient))), may_do_it, "{role:?}");
        assert_eq!(may(test.call("compliance.access_requests", json!({}))), may_do_it, "{role:?}");
        assert_eq!(may(test.call("compliance.amendment_requests", json!({}))), may_do_it, "{role:?}");
    }
}

/// What is due is counted at every sign-in and notes no patient; whoever looks at a request or changes one does.
#[test]
fn what_is_due_of_requests_notes_nobody() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let named = asked_access(&test, &patient, json!({}));
    asked_amendment(&test, &patient, json!({}));
    let noted = |operation: &str, input: Value| {
        let before = entries(&test.practice);
        test.call(operation, input).unwrap();
        let log = entries_from(&test.practice, before);
        log.iter().find(|entry| entry["operation"] == operation).unwrap()["patients"].as_array().unwrap().len()
    };
    assert_eq!(noted("compliance.due", json!({})), 0);
    assert_eq!(noted("compliance.access_requests", json!({})), 1);
    assert_eq!(noted("compliance.amendment_requests", json!({})), 1);
    assert_eq!(noted("compliance.withdraw_access", named), 1);
}
