//! To whom a patient's information went: the ledger, its accounting, and the register of business associates
//! (45 CFR 164.528, 164.502(e), 164.504(e)).

use crate::scene::{call, code, entries_from, register, with};
use keepwell_kernel::{AssociateId, Failure, Role};
use keepwell_practice::testing::{OWNER, TestPractice};
use keepwell_practice::{Continue, Every};
use serde_json::{Value, json};
use sha2::Digest as _;

/// A disclosure of today under a basis.
pub fn disclosure(patient: &str, basis: &str) -> Value {
    json!({ "patient": patient, "details": details(basis, "2026-11-21") })
}

fn details(basis: &str, on: &str) -> Value {
    json!({
        "disclosed_on": on,
        "recipient": { "kind": "authority", "name": "County Health", "address": "1 Main St", "associate": null },
        "description": "Result of a test",
        "purpose": "Reportable disease",
        "basis": basis,
        "verification": "Called back on the published number",
    })
}

/// A suspension that was spoken.
pub fn suspension(patient: &str) -> Value {
    json!({ "patient": patient, "agency": "County Sheriff", "stated_on": "2026-11-21", "spoken": true,
        "statement": "Deputy Example, badge 12, by telephone" })
}

/// An associate with an agreement in force.
pub fn associate() -> Value {
    json!({ "name": "Drive Keeper", "contact": "Ana Example", "phone": null, "email": null,
        "services": "Keeps our backups", "phi_categories": null, "subcontractors": ["Cold Storage Inc"],
        "signed_on": "2026-01-10", "effective_on": "2026-01-10", "expires_on": "2027-01-09", "review_on": null,
        "clauses": ["safeguards", "permitted_uses", "safeguards"], "incident_notice_hours": 24,
        "return_or_destroy": "Destroys within 30 days" })
}

fn ledger(test: &TestPractice, patient: &str) -> Value {
    test.call("compliance.disclosures", json!({ "patient": patient })).unwrap()
}

fn letter(test: &TestPractice, accounting: &Value) -> Value {
    test.call("compliance.accounting_letter", json!({ "accounting": accounting })).unwrap()
}

fn request(test: &TestPractice, more: Value) -> Result<Value, Failure> {
    test.call("compliance.request_accounting", more)
}

fn disclose_on(test: &TestPractice, patient: &str, basis: &str, on: &str, recipient: &str) -> Value {
    let mut details = details(basis, on);
    details["recipient"]["name"] = json!(recipient);
    if basis == "authorization" {
        details["authorization"] = json!({ "signed_on": on, "expires_on": on, "expires_with": null });
    }
    test.call("compliance.disclose", json!({ "patient": patient, "details": details })).unwrap()
}

/// AT-61.
#[test]
fn an_accounting_lists_what_the_law_asks_for_and_nothing_else() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let bases = [
        ("treatment", false),
        ("payment", false),
        ("operations", false),
        ("individual", false),
        ("incidental", false),
        ("authorization", false),
        ("involved_in_care", false),
        ("national_security", false),
        ("custody", false),
        ("limited_data_set", false),
        ("required_by_law", true),
        ("public_health", true),
        ("abuse", true),
        ("oversight", true),
        ("judicial", true),
        ("law_enforcement", true),
        ("decedent", true),
        ("organ_donation", true),
        ("research", true),
        ("serious_threat", true),
        ("government", true),
        ("workers_compensation", true),
        ("secretary", true),
        ("impermissible", true),
    ];
    for (basis, accountable) in bases {
        let made = disclose_on(&test, &patient, basis, "2026-11-20", &format!("Recipient for {basis}"));
        assert_eq!(made["accountable"], accountable, "{basis}");
    }
    // Six years back to the day is inside the window, and one day more is not.
    disclose_on(&test, &patient, "judicial", "2020-11-21", "First day");
    disclose_on(&test, &patient, "judicial", "2020-11-20", "A day too old");
    let asked = request(&test, json!({ "patient": patient, "received_on": "2026-11-21" })).unwrap();
    assert_eq!(asked["due_on"], "2027-01-20");
    let letter = letter(&test, &asked["accounting"]);
    let items = letter["items"].as_array().unwrap();
    let listed: Vec<&str> = items.iter().map(|item| item["recipient"].as_str().unwrap()).collect();
    let expected =
        bases.iter().filter(|(_, accountable)| *accountable).map(|(basis, _)| format!("Recipient for {basis}"));
    let expected: Vec<String> = std::iter::once("First day".to_owned()).chain(expected).collect();
    assert_eq!(listed, expected);
    let first = &items[0];
    for (field, value) in [
        ("disclosed_on", json!("2020-11-21")),
        ("address", json!("1 Main St")),
        ("description", json!("Result of a test")),
        ("purpose", json!("Reportable disease")),
        ("cite", json!("164.512(e)")),
        ("times", json!(1)),
    ] {
        assert_eq!(first[field], value, "{field}");
    }
    assert_eq!((&letter["display_name"], &letter["fee_cents"]), (&json!("Nguyen, Linh"), &json!(0)));
}

#[test]
fn the_clocks_and_the_fee_of_an_accounting_are_the_laws() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let asked = |more: Value| request(&test, with(json!({ "patient": patient, "received_on": "2026-11-20" }), &more));
    for (more, refusal) in [
        (json!({ "from": "2020-11-19" }), "compliance.six_years"),
        (json!({ "from": "2026-11-21" }), "compliance.date_order"),
        (json!({ "to": "2026-11-21" }), "compliance.date_order"),
        (json!({ "received_on": "2026-11-22" }), "compliance.date_in_future"),
        (json!({ "received_on": "2026-11-31" }), "compliance.bad_date"),
        (json!({ "fee_cents": 500, "fee_notice_sent_on": "2026-11-20" }), "compliance.first_is_free"),
        (json!({ "fee_cents": -1 }), "compliance.fee_range"),
    ] {
        assert_eq!(code(asked(more.clone())), refusal, "{more}");
    }
    let first = asked(json!({ "from": "2020-11-20", "to": "2026-11-20" })).unwrap();
    assert_eq!(code(asked(json!({ "fee_cents": 500 }))), "compliance.fee_notice");
    let second = asked(json!({ "fee_cents": 500, "fee_notice_sent_on": "2026-11-20" })).unwrap();
    assert_eq!(letter(&test, &second["accounting"])["fee_cents"], 500);

    let extend = |sent_on: &str| {
        let input = json!({ "accounting": first["accounting"], "sent_on": sent_on, "reason": "Records on paper" });
        test.call("compliance.extend_accounting", input)
    };
    assert_eq!(code(extend("2026-11-19")), "compliance.date_order");
    extend("2026-11-21").unwrap();
    assert_eq!(code(extend("2026-11-21")), "compliance.extended_before");
    let rows = || test.call("compliance.accountings", json!({})).unwrap()["rows"].clone();
    let due: Vec<Value> = rows().as_array().unwrap().iter().map(|row| row["due_on"].clone()).collect();
    assert_eq!(due, [json!("2027-01-19"), json!("2027-02-18")], "those that wait, by the day they are due");
    test.clock.advance(chrono::Duration::days(61));
    let late = json!({ "accounting": second["accounting"], "sent_on": "2027-01-20", "reason": "Too late" });
    assert_eq!(code(test.call("compliance.extend_accounting", late)), "compliance.extended_late");
    assert_eq!((&rows()[0]["overdue"], &rows()[0]["can_extend"]), (&json!(true), &json!(false)));
    let due = test.call("compliance.due", json!({})).unwrap()["rows"].clone();
    assert_eq!((&due[0]["kind"], &due[0]["overdue"]), (&json!("accounting"), &json!(true)));

    // A letter that was handed over says what it said then, and the request is closed.
    disclose_on(&test, &patient, "judicial", "2026-11-19", "A court");
    let deliver = || {
        let input = json!({ "accounting": second["accounting"], "delivered_on": "2027-01-21" });
        test.call("compliance.deliver_accounting", input)
    };
    deliver().unwrap();
    disclose_on(&test, &patient, "judicial", "2026-11-18", "Another court");
    assert_eq!(letter(&test, &second["accounting"])["items"].as_array().unwrap().len(), 1);
    assert_eq!(letter(&test, &first["accounting"])["items"].as_array().unwrap().len(), 2);
    assert_eq!(code(deliver()), "compliance.accounting_closed");
    let withdrawn = json!({ "accounting": first["accounting"] });
    test.call("compliance.withdraw_accounting", withdrawn.clone()).unwrap();
    assert_eq!(code(test.call("compliance.withdraw_accounting", withdrawn)), "compliance.accounting_closed");
}

/// AT-62.
#[test]
fn a_suspension_hides_its_agencys_rows_and_then_shows_them_again() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    disclose_on(&test, &patient, "law_enforcement", "2026-11-20", "County Sheriff");
    disclose_on(&test, &patient, "law_enforcement", "2026-11-20", "State Police");
    disclose_on(&test, &patient, "judicial", "2026-11-20", "County Sheriff");
    let asked = request(&test, json!({ "patient": patient, "received_on": "2026-11-21" })).unwrap();
    let shown = || letter(&test, &asked["accounting"])["items"].as_array().unwrap().len();
    assert_eq!(shown(), 3);
    test.call("compliance.suspend_accounting", suspension(&patient)).unwrap();
    assert_eq!(shown(), 2, "that agency's, and only what it got as an agency");
    test.clock.advance(chrono::Duration::days(30));
    assert_eq!(shown(), 2, "the thirtieth day");
    test.clock.advance(chrono::Duration::days(1));
    assert_eq!(shown(), 3, "a spoken statement holds thirty days");

    let written = json!({ "spoken": false, "until": null, "stated_on": "2026-12-01" });
    let written = |until: Value| with(with(suspension(&patient), &written), &json!({ "until": until }));
    let suspend = |input: Value| test.call("compliance.suspend_accounting", input);
    assert_eq!(code(suspend(written(Value::Null))), "compliance.statement_end");
    assert_eq!(code(suspend(written(json!("2026-11-30")))), "compliance.date_order");
    suspend(written(json!("2027-12-01"))).unwrap();
    assert_eq!(shown(), 2);
    let living = ledger(&test, &patient)["suspensions"][0].clone();
    assert_eq!(living["lives"], true);
    let lift = || test.call("compliance.lift_suspension", json!({ "suspension": living["suspension"] }));
    lift().unwrap();
    assert_eq!(shown(), 3);
    assert_eq!(code(lift()), "compliance.unknown_suspension");
}

/// AT-63 and AT-69.
#[test]
fn nothing_is_recorded_without_a_basis_a_verification_and_an_agreement() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let kept = test.call("compliance.keep_associate", associate()).unwrap()["associate"].clone();
    let unsigned =
        with(associate(), &json!({ "name": "No Paper", "signed_on": null, "effective_on": null, "expires_on": null }));
    let unsigned = test.call("compliance.keep_associate", unsigned).unwrap()["associate"].clone();
    let to =
        |id: Value| json!({ "kind": "business_associate", "name": "Drive Keeper", "address": null, "associate": id });
    let authorization =
        |signed: &str, expires: &str| json!({ "signed_on": signed, "expires_on": expires, "expires_with": null });
    let refused = [
        (json!({ "verification": null }), "compliance.not_verified", "verification"),
        (json!({ "verification": " " }), "compliance.not_verified", "verification"),
        (json!({ "disclosed_on": "2026-11-22" }), "compliance.date_in_future", "disclosed_on"),
        (json!({ "description": "" }), "compliance.missing", "description"),
        (json!({ "purpose": " " }), "compliance.missing", "purpose"),
        (json!({ "basis": "authorization" }), "compliance.no_authorization", "authorization"),
        (
            json!({ "basis": "authorization", "authorization": authorization("2026-11-22", "2027-01-01") }),
            "compliance.authorization_invalid",
            "authorization.signed_on",
        ),
        (
            json!({ "basis": "authorization", "authorization": authorization("2026-01-01", "2026-11-20") }),
            "compliance.authorization_invalid",
            "authorization.expires_on",
        ),
        (json!({ "recipient": to(Value::Null) }), "compliance.associate_missing", "recipient.associate"),
        (json!({ "recipient": to(unsigned) }), "compliance.no_agreement", "recipient.associate"),
        (
            json!({ "recipient": to(kept.clone()), "disclosed_on": "2026-01-09" }),
            "compliance.no_agreement",
            "recipient.associate",
        ),
    ];
    for (more, refusal, field) in refused {
        let input = json!({ "patient": patient, "details": with(details("public_health", "2026-11-21"), &more) });
        match test.call("compliance.disclose", input) {
            Err(Failure::Refused { code, field: at, .. }) => {
                assert_eq!((code.as_str(), at.as_deref()), (refusal, Some(field)), "{more}");
            }
            other => panic!("{more}: {other:?}"),
        }
    }
    let mut without = details("public_health", "2026-11-21");
    without.as_object_mut().unwrap().remove("basis");
    let without = test.call("compliance.disclose", json!({ "patient": patient, "details": without }));
    assert!(matches!(without, Err(Failure::Refused { .. } | Failure::Fault { .. })), "{without:?}");
    assert_eq!(ledger(&test, &patient)["rows"], json!([]), "nothing was written");
    for more in [
        json!({ "recipient": to(kept) }),
        json!({ "basis": "authorization", "authorization": authorization("2026-11-21", "2026-11-21") }),
        json!({ "basis": "impermissible", "verification": null }),
    ] {
        let input = json!({ "patient": patient, "details": with(details("public_health", "2026-11-21"), &more) });
        test.call("compliance.disclose", input).unwrap();
    }
}

#[test]
fn a_row_is_corrected_by_another_row_and_never_changed() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let wrong = disclose_on(&test, &patient, "judicial", "2026-11-20", "A court")["disclosure"].clone();
    let before = ledger(&test, &patient)["rows"][0].clone();
    let correct = |of: &Value, details: Value| {
        let input = json!({ "disclosure": of, "correction": "It was the other court", "details": details });
        test.call("compliance.correct_disclosure", input)
    };
    let right = correct(&wrong, details("judicial", "2026-11-19")).unwrap()["disclosure"].clone();
    assert_eq!(code(correct(&wrong, Value::Null)), "compliance.corrected_before");
    let rows = ledger(&test, &patient)["rows"].clone();
    let row = |id: &Value| rows.as_array().unwrap().iter().find(|row| &row["disclosure"] == id).unwrap().clone();
    assert_eq!((&row(&wrong)["corrected_by"], &row(&wrong)["accountable"]), (&right, &json!(false)));
    assert_eq!(row(&right)["corrects"], wrong);
    for field in ["disclosed_on", "recipient", "description", "recorded_at", "released_by"] {
        assert_eq!(row(&wrong)[field], before[field], "{field}");
    }
    let asked = request(&test, json!({ "patient": patient, "received_on": "2026-11-21" })).unwrap();
    assert_eq!(letter(&test, &asked["accounting"])["items"][0]["disclosed_on"], "2026-11-19");
    correct(&right, Value::Null).unwrap();
    assert_eq!(letter(&test, &asked["accounting"])["items"], json!([]));
    assert_eq!(ledger(&test, &patient)["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn what_went_to_one_recipient_for_one_purpose_is_one_item() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let other = register(&test.practice, "Abara", "Ngozi", "1972-02-02");
    for on in ["2026-09-01", "2026-10-01", "2026-11-01"] {
        disclose_on(&test, &patient, "public_health", on, "State Registry");
    }
    // What was disclosed of a record that was merged into this one is this patient's too.
    disclose_on(&test, &other, "public_health", "2026-08-01", "State Registry");
    // And of one that was merged into that one before.
    let first = register(&test.practice, "Okonkwo", "Chidi", "1955-03-03");
    disclose_on(&test, &first, "public_health", "2026-07-01", "State Registry");
    request(&test, json!({ "patient": first, "received_on": "2026-11-01" })).unwrap();
    for (from, into) in [(&first, &other), (&other, &patient)] {
        let merge = test.call("patients.propose_merge", json!({ "from": from, "into": into })).unwrap();
        test.sign_in_as(Role::Physician);
        test.call("patients.confirm_merge", json!({ "merge": merge["merge"] })).unwrap();
        crate::scene::sign_in(&test.practice, OWNER).unwrap();
    }
    let charged = json!({ "patient": patient, "received_on": "2026-11-21", "fee_cents": 100, "fee_notice_sent_on": "2026-11-21" });
    request(&test, charged).unwrap();
    let asked = request(&test, json!({ "patient": patient, "received_on": "2026-11-21" })).unwrap();
    let letter = letter(&test, &asked["accounting"]);
    let item = &letter["items"][0];
    assert_eq!(letter["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&item["disclosed_on"], &item["times"], &item["last_on"]),
        (&json!("2026-07-01"), &json!(5), &json!("2026-11-01"))
    );
}

/// 164.522(b): where the patient asked for another address, letters go there and nowhere else.
#[test]
fn a_letter_goes_where_the_patient_asked_for() {
    let test = TestPractice::new();
    let home = json!({ "addresses": [{ "use": "home", "lines": ["12 Elm St"], "city": "Madison", "state": "WI",
        "postal_code": "53703", "country": "US" }] });
    let plain = with(crate::scene::person("Ito", "Mei", "1980-01-01"), &home);
    let asked = with(
        plain.clone(),
        &json!({ "confidential_communication": "PO Box 9\nMonona WI 53716",
        "name": { "family": "Abara", "given": ["Mei"] }, "date_of_birth": "1971-05-05" }),
    );
    for (input, lines) in [(plain, ["12 Elm St", "Madison WI 53703"]), (asked, ["PO Box 9", "Monona WI 53716"])] {
        let patient = test.call("patients.register", input).unwrap()["patient"].clone();
        let request = request(&test, json!({ "patient": patient, "received_on": "2026-11-21" })).unwrap();
        assert_eq!(letter(&test, &request["accounting"])["mail_to"], json!(lines));
    }
}

#[test]
fn the_register_says_how_each_agreement_stands_and_what_it_lacks() {
    let test = TestPractice::new();
    let keep = |input: Value| test.call("compliance.keep_associate", input);
    let pdf = json!({ "agreement_base64": "JVBERi0xLjcK" });
    let kept = keep(with(associate(), &pdf)).unwrap();
    assert_eq!(kept["missing_clauses"].as_array().unwrap().len(), 8);
    for (more, refusal) in [
        (json!({ "name": " " }), "compliance.missing"),
        (json!({ "signed_on": "2026-11-22" }), "compliance.date_in_future"),
        (json!({ "effective_on": null }), "compliance.missing"),
        (json!({ "expires_on": "2026-01-09" }), "compliance.date_order"),
        (json!({ "incident_notice_hours": 1441 }), "compliance.notice_too_long"),
        (json!({ "incident_notice_hours": 0 }), "compliance.notice_too_long"),
        (json!({ "agreement_base64": "bm90IGEgcGRm" }), "compliance.not_pdf"),
        (json!({ "subcontractors": [""] }), "compliance.missing"),
        (json!({ "associate": kept["associate"], "expected_version": 9 }), "compliance.stale"),
    ] {
        assert_eq!(code(keep(with(associate(), &more))), refusal, "{more}");
    }
    let rows = || test.call("compliance.associates", json!({})).unwrap()["rows"].clone();
    assert_eq!((&rows()[0]["state"], &rows()[0]["version"]), (&json!("expiring"), &json!(1)));
    let due = test.call("compliance.due", json!({})).unwrap()["rows"][0].clone();
    assert_eq!(
        (&due["kind"], &due["on"], &due["associate"]),
        (&json!("agreement_expiring"), &json!("2027-01-09"), &json!("Drive Keeper"))
    );
    let renewed = json!({ "associate": kept["associate"], "expected_version": 1, "expires_on": null });
    keep(with(associate(), &renewed)).unwrap();
    assert_eq!(rows()[0]["state"], "in_force");
    let file = test.call("compliance.agreement_file", json!({ "associate": kept["associate"] })).unwrap();
    assert_eq!(file["pdf_base64"], "JVBERi0xLjcK", "what was not sent again is still there");
    assert_eq!(file["sha256"], rows()[0]["agreement_sha256"]);
    let end = json!({ "associate": kept["associate"], "ended_on": "2026-11-21", "returned": "Shredded" });
    test.call("compliance.end_associate", end.clone()).unwrap();
    assert_eq!(rows()[0]["state"], "ended");
    assert_eq!(code(test.call("compliance.end_associate", end)), "compliance.agreement_ended");
    let after = json!({ "associate": kept["associate"], "expected_version": 3 });
    assert_eq!(code(keep(with(associate(), &after))), "compliance.agreement_ended");
    assert_eq!(test.call("compliance.due", json!({})).unwrap()["rows"], json!([]));
}

/// AT-69: what goes to an associate goes only while its agreement is in force, by hand and by the plan.
#[test]
fn a_backup_goes_to_an_associate_only_under_an_agreement() {
    let test = TestPractice::new();
    let drive = tempfile::tempdir().unwrap();
    let kept = test.call("compliance.keep_associate", associate()).unwrap()["associate"].clone();
    let id = AssociateId::parse(kept.as_str().unwrap()).unwrap();
    let back_up = |to: Option<AssociateId>| test.practice.back_up(drive.path(), to, &mut |_| Continue::Yes);
    let count = || std::fs::read_dir(drive.path()).unwrap().count();
    assert_eq!(code(back_up(Some(AssociateId::make()))), "compliance.no_agreement");
    assert_eq!(count(), 0);
    back_up(Some(id)).unwrap().unwrap();
    assert_eq!(test.call("exchange.backups", json!({})).unwrap()["rows"][0]["associate"], kept);
    let plan = |to| test.practice.plan_backups(Some(drive.path()), Every::Day, to, None);
    assert_eq!(code(plan(Some(AssociateId::make()))), "compliance.no_agreement");
    plan(Some(id)).unwrap();
    test.clock.advance(chrono::Duration::days(1));
    assert!(test.practice.back_up_by_plan().unwrap().is_some());
    let before = (count(), crate::scene::entries(&test.practice));
    let end = json!({ "associate": kept, "ended_on": "2026-11-22", "returned": "Destroyed" });
    test.call("compliance.end_associate", end).unwrap();
    assert_eq!(code(back_up(Some(id))), "compliance.no_agreement");
    test.clock.advance(chrono::Duration::days(2));
    // Nobody is signed in, and the plan keeps to the register all the same.
    call(&test.practice, "identity.sign_out", json!({})).unwrap();
    assert_eq!(code(test.practice.back_up_by_plan()), "compliance.no_agreement");
    assert_eq!(count(), before.0, "nothing of it was left behind");
    crate::scene::sign_in(&test.practice, OWNER).unwrap();
    let noted = entries_from(&test.practice, before.1);
    assert!(
        noted
            .iter()
            .any(|entry| entry["operation"] == "exchange.back_up" && entry["code"] == "compliance.no_agreement")
    );
}

#[test]
fn a_disclosure_is_a_privacy_matter_and_an_agreement_is_the_officers() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    for (role, may_disclose, may_keep, may_look) in [
        (Role::PrivacyOfficer, true, true, true),
        (Role::SecurityOfficer, false, true, true),
        (Role::Auditor, false, false, true),
        (Role::Physician, false, false, false),
        (Role::Receptionist, false, false, false),
        (Role::ItSupport, false, false, false),
    ] {
        test.sign_in_as(role);
        let may = |answer: Result<Value, Failure>| match answer {
            Ok(_) => true,
            Err(Failure::Denied) => false,
            other => panic!("{role:?}: {other:?}"),
        };
        assert_eq!(may(test.call("compliance.disclose", disclosure(&patient, "abuse"))), may_disclose, "{role:?}");
        assert_eq!(may(test.call("compliance.keep_associate", associate())), may_keep, "{role:?}");
        assert_eq!(may(test.call("compliance.associates", json!({}))), may_look, "{role:?}");
    }
}

/// What is due is asked at every sign-in: it counts, and neither shows nor notes a patient. Whoever changes a request does.
#[test]
fn what_is_due_notes_no_patient_and_a_change_of_a_request_does() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Nguyen", "Linh", "1990-06-01");
    let asked = request(&test, json!({ "patient": patient, "received_on": "2026-11-21" })).unwrap();
    let noted = |operation: &str, input: Value| {
        let before = crate::scene::entries(&test.practice);
        test.call(operation, input).unwrap();
        let log = entries_from(&test.practice, before);
        log.iter().find(|entry| entry["operation"] == operation).unwrap()["patients"].as_array().unwrap().len()
    };
    let named = json!({ "accounting": asked["accounting"] });
    assert_eq!(noted("compliance.due", json!({})), 0);
    assert_eq!(noted("compliance.accountings", json!({})), 1);
    assert_eq!(noted("compliance.accounting_letter", named.clone()), 1);
    assert_eq!(noted("compliance.withdraw_accounting", named), 1);
}

#[test]
fn a_letter_and_a_seal_are_written_as_pdf_files_that_say_what_was_asked_for() {
    let test = TestPractice::new();
    let patient = register(&test.practice, "Quillfeather", "Linh", "1990-06-01");
    disclose_on(&test, &patient, "judicial", "2026-11-20", "A court");
    let asked = request(&test, json!({ "patient": patient, "received_on": "2026-11-21" })).unwrap();
    let accounting = asked["accounting"].as_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read(folder.path().join(name)).unwrap();
    let letter = test.practice.save_accounting_letter(folder.path(), accounting).unwrap();
    let (seal, size) = test.practice.save_monthly_seal(folder.path()).unwrap();
    for saved in [&letter, &seal] {
        let bytes = read(&saved.name);
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() > 4_000, "{}", saved.name);
        assert_eq!(hex::encode(sha2::Sha256::digest(&bytes)), saved.sha256);
        assert!(!saved.name.contains("Quill"));
    }
    assert!(size > 0 && size <= crate::scene::entries(&test.practice));
    let delivered = json!({ "accounting": accounting, "delivered_on": "2026-11-21", "letter_sha256": letter.sha256 });
    test.call("compliance.deliver_accounting", delivered).unwrap();
    let gone = test.practice.save_monthly_seal(std::path::Path::new("/not/there"));
    assert_eq!(code(gone), "exchange.records_not_written");
    test.sign_in_as(Role::Receptionist);
    assert_eq!(test.practice.save_accounting_letter(folder.path(), accounting), Err(Failure::Denied));
    assert_eq!(test.practice.save_monthly_seal(folder.path()), Err(Failure::Denied));
}
