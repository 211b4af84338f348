//! What the journeys have in common: people, codes, the log as the owner reads it.

use keepwell_kernel::{Failure, Instant, Role};
use keepwell_practice::testing::{OWNER, PASSPHRASE, TestPractice};
use keepwell_practice::{Call, Practice};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Returns the repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// Compares a committed file with what it should hold, or writes it anew where that was asked for.
pub fn same_as_committed(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("KEEPWELL_ACCEPT").is_some() {
        std::fs::write(&file, text).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let differs = committed.lines().zip(text.lines()).position(|(one, other)| one != other);
    assert!(
        committed == text,
        "{path} differs from the program, first at line {}. If that is meant: KEEPWELL_ACCEPT=1 cargo test",
        differs.unwrap_or_else(|| committed.lines().count().min(text.lines().count())) + 1
    );
}

/// Calls an operation of a practice.
pub fn call(practice: &Practice, operation: &str, input: Value) -> Result<Value, Failure> {
    practice.call(Call { operation: operation.to_owned(), input, ..Call::default() })
}

/// Signs in with the passphrase that everybody has at first.
pub fn sign_in(practice: &Practice, user_name: &str) -> Result<Value, Failure> {
    sign_in_with(practice, user_name, PASSPHRASE, "")
}

/// Signs in.
pub fn sign_in_with(practice: &Practice, user: &str, passphrase: &str, code: &str) -> Result<Value, Failure> {
    call(practice, "identity.sign_in", json!({ "user_name": user, "passphrase": passphrase, "code": code }))
}

/// Returns the code of a refusal; anything else ends the test.
#[track_caller]
pub fn code<T: std::fmt::Debug>(answer: Result<T, Failure>) -> String {
    match answer {
        Err(Failure::Refused { code, remedy, .. }) => {
            assert!(!remedy.is_empty(), "{code} has no words");
            code
        }
        other => panic!("this was not refused: {other:?}"),
    }
}

/// Returns the least that registers somebody.
pub fn person(family: &str, given: &str, born: &str) -> Value {
    json!({ "name": { "family": family, "given": [given] }, "date_of_birth": born, "administrative_sex": "F" })
}

/// Joins the fields of two requests.
pub fn with(mut input: Value, more: &Value) -> Value {
    let fields = more.as_object().unwrap().clone();
    input.as_object_mut().unwrap().extend(fields);
    input
}

/// Registers somebody as whoever is signed in, and returns the id.
pub fn register(practice: &Practice, family: &str, given: &str, born: &str) -> String {
    let made = call(practice, "patients.register", person(family, given, born)).unwrap();
    made["patient"].as_str().unwrap().to_owned()
}

/// Returns the names that a search shows.
pub fn found(practice: &Practice, query: &str) -> Vec<String> {
    let found = call(practice, "patients.search", json!({ "query": query, "limit": 50 })).unwrap();
    found["rows"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect()
}

/// Returns how many entries the log has.
pub fn entries(practice: &Practice) -> u64 {
    practice.status().log_entries.unwrap()
}

/// Returns the entries from a place on, oldest first, read by the owner, who signs in for it where nobody entitled is.
pub fn entries_from(practice: &Practice, first: u64) -> Vec<Value> {
    let until = entries(practice);
    let ask = |after: u64| call(practice, "log.entries", json!({ "after": after, "limit": 200 }));
    if ask(until).is_err() {
        sign_in(practice, OWNER).unwrap();
    }
    let mut rows = Vec::new();
    let mut after = until;
    while after > first {
        let page = ask(after).unwrap();
        rows.extend(page["rows"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_u64() else { break };
        after = next;
    }
    rows.retain(|row| row["sequence"].as_u64().unwrap() >= first);
    rows.reverse();
    rows
}

/// Returns the code that an authenticator shows.
pub fn code_at(totp_uri: &str, at: Instant) -> String {
    let totp = totp_rs::Totp::from_url_unchecked(totp_uri).unwrap();
    totp.generate(at.timestamp().unsigned_abs()).to_string()
}

/// Invites somebody as whoever is signed in, with roles as the request writes them; returns staff id and code.
pub fn invite(practice: &Practice, user: &str, roles: &Value) -> Result<(String, String), Failure> {
    let name = json!({ "family": "Example", "given": [user.split('.').next().unwrap()] });
    let invited = call(practice, "identity.invite", json!({ "user_name": user, "name": name, "roles": roles }))?;
    let text = |field: &str| invited[field].as_str().unwrap().to_owned();
    Ok((text("staff"), text("invitation_code")))
}

/// Accepts an invitation with the passphrase that everybody has.
pub fn accept(practice: &Practice, user: &str, code: &str) -> Result<Value, Failure> {
    let input = json!({ "user_name": user, "invitation_code": code, "passphrase": PASSPHRASE });
    call(practice, "identity.accept_invitation", input)
}

/// Returns the staff id of the person with a user name, as the owner sees it.
pub fn staff(test: &TestPractice, user: &str) -> String {
    card(test, user)["staff"].as_str().unwrap().to_owned()
}

/// Returns the card of the person with a user name, as the owner sees it.
pub fn card(test: &TestPractice, user: &str) -> Value {
    let list = test.call_as(Role::Owner, "identity.staff", json!({})).unwrap();
    let rows = list["rows"].as_array().unwrap().clone();
    rows.into_iter().find(|row| row["user_name"] == user).unwrap()
}
