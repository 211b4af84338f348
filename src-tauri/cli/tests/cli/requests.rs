//! Requests of patients, disclosures, holds and what is printed of them, each by its own command.

use super::{Desk, OWNER, Ran, ito};
use serde_json::{Value, json};

/// A patient that is asked about, in a practice of their own.
struct Asked {
    desk: Desk,
    patient: String,
}

impl Asked {
    fn new() -> Self {
        let (desk, _) = Desk::with_practice();
        let patient = desk.call("patients.register", &ito(), &[]).json()["patient"].as_str().unwrap().to_owned();
        Self { desk, patient }
    }

    /// Does a command as the owner; what is told comes on standard input.
    fn ran(&self, words: &str, told: &Value) -> Ran {
        let words = words.replace("PATIENT", &self.patient);
        let arguments: Vec<&str> = words.split_whitespace().chain(["--user", OWNER]).collect();
        self.desk.run(&arguments, &told.to_string())
    }

    fn done(&self, words: &str, told: &Value) -> Value {
        let ran = self.ran(words, told);
        assert_eq!(ran.status, 0, "{words}: {}", ran.words);
        ran.json()
    }

    fn asks(&self, words: &str) -> Value {
        self.done(words, &json!({}))
    }
}

fn id(answer: &Value, name: &str) -> String {
    answer[name].as_str().unwrap_or_else(|| panic!("{name} in {answer}")).to_owned()
}

fn requester() -> Value {
    json!({ "representative": null, "verification": "Photo ID" })
}

fn details() -> Value {
    json!({ "disclosed_on": "2026-03-02", "description": "Immunizations", "purpose": "As the statute says",
        "basis": "public_health", "verification": "Official letter",
        "recipient": { "kind": "authority", "name": "County health", "address": null, "associate": null } })
}

/// The day on which the tests run, as the clock of the machine has it: a request is not of tomorrow.
fn today(asked: &Asked) -> String {
    let tail = asked.asks("log tail --limit 1");
    tail["rows"][0]["at"].as_str().unwrap()[..10].to_owned()
}

#[test]
fn disclosures_are_recorded_corrected_accounted_for_and_suspended() {
    let asked = Asked::new();
    let row = asked.done("disclosure record --patient PATIENT", &json!({ "details": details() }));
    let told = json!({ "correction": "It was never sent", "details": null });
    asked.done(&format!("disclosure correct --disclosure {}", id(&row, "disclosure")), &told);
    let ledger = asked.asks("disclosure list --patient PATIENT");
    assert_eq!(ledger["rows"].as_array().unwrap().len(), 2, "{ledger}");

    let statement = json!({ "agency": "County health", "statement": "Letter 7" });
    asked.done("accounting suspend --patient PATIENT --stated-on 2026-03-03 --until 2027-03-30", &statement);
    let suspended = asked.asks("disclosure list --patient PATIENT");
    asked.asks(&format!("accounting lift --suspension {}", id(&suspended["suspensions"][0], "suspension")));
    let today = today(&asked);
    let request = format!("accounting request --patient PATIENT --received-on {today} --fee-cents 0");
    let made = id(&asked.asks(&request), "accounting");
    let told = json!({ "reason": "Archives" });
    asked.done(&format!("accounting extend --accounting {made} --sent-on {today}"), &told);
    let drive = tempfile::tempdir().unwrap();
    let letter = asked.asks(&format!("paper accounting {made} {}", drive.path().display()));
    assert!(std::fs::read(id(&letter, "file")).unwrap().starts_with(b"%PDF-"));
    let delivered = format!("--delivered-on {today} --letter-sha256 {}", id(&letter, "sha256"));
    asked.asks(&format!("accounting deliver --accounting {made} {delivered}"));
    assert_eq!(asked.asks("accounting list")["rows"][0]["delivered_on"], json!(today));
    let second = asked.ran(&request, &json!({}));
    assert_eq!(second.status, 0, "{}", second.words);
    asked.asks(&format!("accounting withdraw --accounting {}", id(&second.json(), "accounting")));
}

#[test]
fn a_request_for_access_is_kept_decided_reviewed_charged_and_delivered() {
    let asked = Asked::new();
    let today = today(&asked);
    let told = json!({ "requester": requester(), "form": "PDF on a drive", "channel": "Picked up" });
    let request = format!("access request --patient PATIENT --received-on {today} --electronic");
    let made = || id(&asked.done(&request, &told), "access");
    let (denied, granted, withdrawn) = (made(), made(), made());
    let drive = tempfile::tempdir().unwrap();
    let told = json!({ "reason": "Records on paper" });
    asked.done(&format!("access extend --access {granted} --sent-on {today}"), &told);
    let extended = asked.asks(&format!("paper access-extended {granted} {}", drive.path().display()));
    assert!(std::fs::read(id(&extended, "file")).unwrap().starts_with(b"%PDF-"));
    let told = json!({ "lines": [{ "kind": "postage", "cents": 75 }] });
    asked.done(&format!("access charge --access {granted}"), &told);
    let by = json!({ "decided_by": "N. Ito" });
    asked.done(&format!("access decide --access {granted} --outcome granted --decided-on {today}"), &by);
    asked.asks(&format!("access deliver --access {granted} --delivered-on {today}"));
    let by = json!({ "decided_by": "N. Ito", "basis": "It would endanger somebody" });
    asked.done(
        &format!("access decide --access {denied} --outcome denied --ground endangers --decided-on {today}"),
        &by,
    );
    asked.asks(&format!("paper access-denied {denied} {}", drive.path().display()));
    asked.done(&format!("access review --access {denied} --asked-on {today}"), &json!({ "reviewer": "Dr Park" }));
    asked.asks(&format!("access withdraw --access {withdrawn}"));
    let rows = asked.asks("access list --patient PATIENT");
    let states: Vec<&str> = rows["rows"].as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap()).collect();
    for state in ["delivered", "in_review", "withdrawn"] {
        assert!(states.contains(&state), "{state}: {states:?}");
    }
}

#[test]
fn a_request_for_an_amendment_is_accepted_denied_disagreed_with_and_answered() {
    let asked = Asked::new();
    let today = today(&asked);
    let told = json!({ "requester": requester(), "target": { "kind": "patient", "version": 1 },
        "text": "I was born a day earlier", "reason": "My certificate" });
    let request = format!("amendment request --patient PATIENT --received-on {today}");
    let made = || id(&asked.done(&request, &told), "amendment");
    let (accepted, denied, accompanied) = (made(), made(), made());
    let told = json!({ "appended": "Born a day earlier", "persons": [] });
    asked.done(&format!("amendment accept --amendment {accepted} --told-on {today}"), &told);
    let told = json!({ "person": { "name": "Dr Park", "told_on": today } });
    asked.done(&format!("amendment tell --amendment {accepted}"), &told);
    let drive = tempfile::tempdir().unwrap();
    let told = json!({ "reason": "Records on paper" });
    asked.done(&format!("amendment extend --amendment {denied} --sent-on {today}"), &told);
    asked.asks(&format!("paper amendment-extended {denied} {}", drive.path().display()));
    let basis = json!({ "basis": "The certificate says so" });
    for one in [&denied, &accompanied] {
        let deny = format!("amendment deny --amendment {one} --ground accurate_and_complete --told-on {today}");
        asked.done(&deny, &basis);
    }
    asked.asks(&format!("paper amendment-denied {denied} {}", drive.path().display()));
    let told = json!({ "text": "I do not agree" });
    asked.done(&format!("amendment disagree --amendment {denied} --received-on {today}"), &told);
    let told = json!({ "text": "We looked again" });
    asked.done(&format!("amendment rebut --amendment {denied} --sent-on {today}"), &told);
    asked.asks(&format!("amendment accompany --amendment {accompanied} --asked-on {today}"));
    assert_eq!(asked.asks("amendment list")["rows"].as_array().unwrap().len(), 3);
    assert_eq!(asked.asks("amendment of --patient PATIENT")["rows"].as_array().unwrap().len(), 3);
    assert_eq!(std::fs::read_dir(drive.path()).unwrap().count(), 2);
}

#[test]
fn associates_holds_and_the_end_of_documents_have_their_commands() {
    let asked = Asked::new();
    let told = json!({ "name": "Cloud Vault", "contact": "R. Diaz", "phone": null, "email": null, "services": "Backups",
        "phi_categories": null, "subcontractors": [], "signed_on": null, "effective_on": null, "expires_on": null,
        "review_on": null, "clauses": [], "return_or_destroy": "Destroyed",
        "agreement_base64": "JVBERi0xLjQKJSVFT0YK" });
    let associate = id(&asked.done("associate keep --incident-notice-hours 24", &told), "associate");
    let drive = tempfile::tempdir().unwrap();
    let agreement = asked.asks(&format!("paper agreement {associate} {}", drive.path().display()));
    assert!(std::fs::read(id(&agreement, "file")).unwrap().starts_with(b"%PDF-"));
    assert_eq!(asked.asks("associate list")["rows"][0]["name"], "Cloud Vault");
    assert!(asked.asks("associate due")["rows"].is_array());
    let ended = asked.ran(
        &format!("associate end --associate {associate} --ended-on {}", today(&asked)),
        &json!({ "returned": "All destroyed" }),
    );
    assert_eq!(ended.status, 0, "{}", ended.words);

    let row = asked.done("disclosure record --patient PATIENT", &json!({ "details": details() }));
    let row = id(&row, "disclosure");
    let told = json!({ "matter": "Case 7", "reason": "Counsel wrote" });
    let hold = id(&asked.done("hold place --patient PATIENT", &told), "hold");
    let destroy = format!("retention destroy --kind disclosure --document {row}");
    let by = json!({ "approved_by": "N. Ito", "reason": "Schedule" });
    assert_eq!(asked.ran(&destroy, &by).json()["code"], "compliance.legal_hold");
    asked.done(&format!("hold release --hold {hold}"), &json!({ "release": "Settled" }));
    assert_eq!(asked.ran(&destroy, &by).json()["code"], "compliance.kept_longer");
    assert!(!asked.asks("retention list --patient PATIENT")["rows"].as_array().unwrap().is_empty());
}

#[test]
fn what_is_missing_or_strange_is_said_before_anybody_signs_in() {
    let asked = Asked::new();
    let nobody = |words: &str, told: &str| {
        let arguments: Vec<&str> = words.split_whitespace().chain(["--user", "nobody"]).collect();
        let ran = asked.desk.run(&arguments, told);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{words}");
        ran.words
    };
    assert!(nobody("hold place", r#"{ "matter": "Case 7" }"#).contains("lacks `reason`"));
    let strange = nobody("hold place", r#"{ "matter": "Case 7", "reason": "x", "who": "y" }"#);
    assert!(strange.contains("`who`"), "{strange}");
    assert!(nobody("hold place", "Lopez").contains("not a JSON object"));
    assert!(!nobody("hold place", "Lopez").contains("Lopez"), "what was told is not repeated");
    assert!(nobody("hold release", "{}").contains("--hold <ID>"));
    assert!(nobody("disclosure list --patient", "{}").contains("--patient"));
    assert!(nobody("accounting request --patient P --received-on D --fee-cents x", "").contains("--fee-cents"));
}

#[test]
fn a_report_of_the_log_and_the_seal_are_shown_and_printed() {
    let asked = Asked::new();
    let shown = asked.asks("log report --operation patients.register --sort at --descending");
    let rows = shown["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["operation"]), (1, &json!("patients.register")));
    let drive = tempfile::tempdir().unwrap();
    let folder = drive.path().display();
    let report = asked.asks(&format!("paper report {folder} --operation patients.register"));
    assert_eq!(report["entries"], 1, "{report}");
    assert!(std::fs::read_to_string(id(&report["csv"], "file")).unwrap().contains("patients.register"));
    let seal = asked.asks(&format!("paper seal {folder}"));
    assert!(seal["log_size"].as_u64() > Some(0) && std::fs::read(id(&seal, "file")).unwrap().starts_with(b"%PDF-"));
    let gone = asked.ran("paper seal /nowhere/at/all", &json!({}));
    assert_eq!((gone.status, &gone.json()["code"]), (3, &json!("exchange.records_not_written")));
}
