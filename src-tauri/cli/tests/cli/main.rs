//! The terminal, as a script sees it: arguments, standard streams and exit status.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may stop at a surprise"
)]

mod looking;
mod requests;

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PASSPHRASE: &str = "harbor lantern quilt 61";
const OWNER: &str = "naomi.ito";

/// A folder with room for a practice and its keychain.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A desk with a practice.
    fn with_practice() -> (Self, Value) {
        let desk = Self::new();
        let made = desk.run(&INIT, "");
        assert_eq!(made.status, 0, "{}", made.words);
        let shown = made.json();
        (desk, shown)
    }

    fn vault(&self) -> PathBuf {
        self.0.path().join("practice")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keepwell-cli"));
        let keychain = format!("file:{}", self.0.path().join("keys").display());
        command.arg("--vault").arg(self.vault()).args(["--keychain", &keychain]).args(arguments);
        command.env("KEEPWELL_PASSPHRASE", PASSPHRASE);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Ran {
        Ran::of(self.command(arguments), input)
    }

    /// Does one operation as the owner.
    fn call(&self, operation: &str, input: &Value, more: &[&str]) -> Ran {
        let arguments = [&["call", operation, "--user", OWNER], more].concat();
        self.run(&arguments, &input.to_string())
    }
}

const INIT: [&str; 9] = [
    "init",
    "--practice",
    "Lakeside Family Medicine",
    "--time-zone",
    "America/New_York",
    "--owner",
    OWNER,
    "--owner-name",
    "Naomi Ito",
];

struct Ran {
    status: i32,
    out: String,
    words: String,
}

impl Ran {
    fn of(mut command: Command, input: &str) -> Self {
        let mut child = command.spawn().unwrap();
        // A command that reads nothing may have closed its input already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { status: status.code().unwrap(), out: text(stdout), words: text(stderr) }
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {} / {}", self.out, self.words))
    }
}

fn ito() -> Value {
    json!({ "name": { "family": "Ito", "given": ["Kenji"] }, "date_of_birth": "1974-12-25", "administrative_sex": "M" })
}

#[test]
fn init_prints_what_is_shown_once_and_never_makes_a_second_practice() {
    let (desk, shown) = Desk::with_practice();
    assert!(shown["recovery_key"].as_str().unwrap().starts_with("AGE-SECRET-KEY-1"));
    assert!(shown["totp_uri"].as_str().unwrap().starts_with("otpauth://totp/"));
    assert_eq!(shown["recovery_codes"].as_array().unwrap().len(), 10);
    assert_eq!(shown["recovery_words"].as_array().unwrap().len(), 24);
    assert_eq!(shown["vault_id"].as_str().unwrap().len(), 36);
    let again = desk.run(&INIT, "");
    assert_eq!((again.status, &again.json()["code"]), (3, &json!("door.practice_exists")));
    let other = Desk::new();
    let aes = [INIT.as_slice(), &["--suite", "aes-256-gcm"]].concat();
    assert_eq!(other.run(&aes, "").status, 0);
    let unknown = [INIT.as_slice(), &["--suite", "rot13"]].concat();
    let refused = Desk::new().run(&unknown, "");
    assert_eq!((refused.status, &refused.json()["code"]), (3, &json!("identity.suite_unknown")));
}

#[test]
fn one_call_registers_searches_and_opens_a_chart() {
    let (desk, _) = Desk::with_practice();
    let registered = desk.call("patients.register", &ito(), &[]).json();
    assert!(registered["mrn"].as_str().unwrap().starts_with("MRN-"));
    let found = desk.call("patients.search", &json!({ "query": "kenji ito", "limit": 5 }), &["--purpose", "treatment"]);
    let row = found.json()["rows"][0].clone();
    assert_eq!((&row["patient"], &row["mrn"]), (&registered["patient"], &registered["mrn"]));
    assert_eq!(row["date_of_birth"], "1974-12-25");
    let chart = json!({ "patient": registered["patient"] });
    let emergency = ["--purpose", "emergency", "--reason", "unconscious"];
    assert_eq!(desk.call("patients.chart", &chart, &emergency).json()["mrn"], registered["mrn"]);
    let entries = desk.call("log.entries", &json!({ "patient": registered["patient"], "limit": 10 }), &[]).json();
    let chart = &entries["rows"][0];
    assert_eq!((&chart["operation"], &chart["purpose"]), (&json!("patients.chart"), &json!("emergency")));
    assert_eq!(chart["reason"], "unconscious");
}

#[test]
fn every_ending_has_its_status() {
    let (desk, _) = Desk::with_practice();
    let receptionist = invited(&desk, "receptionist");
    let as_receptionist = |operation: &str| desk.run(&["call", operation, "--user", &receptionist], "{}");
    let mut wrong = desk.command(&["call", "patients.search", "--user", OWNER]);
    wrong.env("KEEPWELL_PASSPHRASE", "harbor lantern quilt 62");
    let cases: [(&str, Ran, i32); 11] = [
        ("done", desk.call("identity.practice", &json!({}), &[]), 0),
        ("an unknown command", desk.run(&["dance"], ""), 2),
        ("an unknown purpose", desk.call("patients.search", &json!({}), &["--purpose", "fun"]), 2),
        ("no JSON", desk.run(&["call", "patients.search", "--user", OWNER], "query=a"), 2),
        ("no folder", Ran::of(without_vault(), "{}"), 2),
        ("a field missing", desk.call("patients.search", &json!({ "limit": 5 }), &[]), 3),
        ("no such operation", desk.call("patients.dance", &json!({}), &[]), 3),
        ("a wrong purpose", desk.call("log.entries", &json!({ "limit": 5 }), &["--purpose", "payment"]), 3),
        ("a wrong passphrase", Ran::of(wrong, "{}"), 3),
        ("a role without the permission", as_receptionist("log.entries"), 4),
        ("no practice", Desk::new().call("patients.search", &json!({}), &[]), 3),
    ];
    for (what, ran, status) in cases {
        assert_eq!(ran.status, status, "{what}: {} {}", ran.out, ran.words);
        assert_eq!(ran.words.is_empty(), status == 0, "{what} has its words: {}", ran.words);
    }
    let refused = desk.call("patients.search", &json!({ "limit": 5 }), &[]).json();
    assert_eq!((&refused["kind"], &refused["field"]), (&json!("refused"), &json!("query")));
    // Locking within a batch leaves its further lines before a locked door.
    let lines = "{\"id\":1,\"operation\":\"identity.lock\",\"input\":{\"drafts\":[]}}\n{\"id\":2,\"operation\":\"log.status\"}\n";
    let batch = desk.run(&["batch", "--user", OWNER], lines);
    assert!(batch.out.contains("\"outcome\":\"locked\""), "{}", batch.out);
}

fn without_vault() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_keepwell-cli"));
    command.args(["call", "patients.search", "--user", OWNER]).env("KEEPWELL_PASSPHRASE", PASSPHRASE);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Invites somebody with one role and accepts the invitation, all within one batch.
fn invited(desk: &Desk, role: &str) -> String {
    let name = format!("one.{role}");
    let invited = desk
        .call(
            "identity.invite",
            &json!({ "user_name": name, "name": { "family": "Example", "given": ["One"], "prefix": null, "suffix": null },
                "roles": [{ "role": role, "valid_from": null, "valid_until": null }] }),
            &[],
        )
        .json();
    let accept = json!({ "operation": "identity.accept_invitation", "input": {
        "user_name": name, "invitation_code": invited["invitation_code"], "passphrase": PASSPHRASE } });
    let sign_out = json!({ "operation": "identity.sign_out" });
    let batch = desk.run(&["batch", "--user", OWNER], &format!("{sign_out}\n{accept}\n"));
    assert_eq!(batch.out.matches("\"outcome\":\"done\"").count(), 2, "{}", batch.out);
    name
}

#[test]
fn a_batch_answers_each_line_at_once_and_holds_the_practice() {
    let (desk, _) = Desk::with_practice();
    let mut child = desk.command(&["batch", "--user", OWNER]).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut ask = |line: &str| -> Value {
        writeln!(input, "{line}").unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap()
    };
    let done = ask(&json!({ "id": "a", "operation": "patients.register", "input": ito() }).to_string());
    assert_eq!((&done["id"], &done["outcome"]), (&json!("a"), &json!("done")));
    assert!(done["output"]["patient"].is_string() && done["micros"].is_u64() && done.get("refusal").is_none());
    let refused = ask(&json!({ "id": 2, "operation": "patients.register", "input": ito() }).to_string());
    assert_eq!(
        (&refused["outcome"], &refused["refusal"]["code"]),
        (&json!("refused"), &json!("patients.possible_duplicate"))
    );
    for (line, id) in [
        ("nonsense", Value::Null),
        ("{\"id\":3,\"operation\":7}", json!(3)),
        ("{\"id\":4,\"operation\":\"a.b\",\"x\":1}", json!(4)),
    ] {
        let malformed = ask(line);
        assert_eq!((&malformed["id"], &malformed["refusal"]["code"]), (&id, &json!("door.malformed")), "{line}");
    }
    let elsewhere = desk.call("patients.search", &json!({ "query": "ito", "limit": 5 }), &[]);
    assert_eq!((elsewhere.status, &elsewhere.json()["code"]), (3, &json!("vault.held_elsewhere")));
    drop(input);
    assert!(child.wait().unwrap().success());
    assert_eq!(desk.call("patients.search", &json!({ "query": "ito", "limit": 5 }), &[]).status, 0);
}

#[test]
fn a_bundle_twice_makes_one_patient() {
    let (desk, _) = Desk::with_practice();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/fhir/bundles");
    let bundle =
        std::fs::read_dir(folder).expect("shared/data lies beside the repository").next().unwrap().unwrap().path();
    let import = ["import", "fhir", bundle.to_str().unwrap(), "--user", OWNER];
    let first = desk.run(&import, "").json();
    assert_eq!((&first["created"], &first["refused"], &first["files"]), (&json!(1), &json!([]), &json!(1)));
    assert!(!first["not_imported"].as_array().unwrap().is_empty());
    let second = desk.run(&import, "").json();
    assert_eq!((&second["created"], &second["unchanged"]), (&json!(0), &json!(1)));
    let wrong = desk.0.path().join("a.json");
    std::fs::write(&wrong, "MSH|").unwrap();
    let refused = desk.run(&["import", "fhir", wrong.to_str().unwrap(), "--user", OWNER], "");
    assert_eq!((refused.status, &refused.json()["code"]), (3, &json!("exchange.not_json")));
}

#[test]
fn the_surface_needs_no_practice() {
    let desk = Desk::new();
    let surface = desk.run(&["surface"], "").json();
    let register = surface.as_array().unwrap().iter().find(|one| one["name"] == "patients.register").unwrap();
    assert_eq!((&register["kind"], &register["permission"]), (&json!("command"), &json!("demographics_write")));
    let roles = register["roles"].as_array().unwrap();
    assert!(roles.contains(&json!("receptionist")) && !roles.contains(&json!("it_support")), "{roles:?}");
    assert!(register["purposes"].as_array().unwrap().contains(&json!("treatment")));
    let types = desk.run(&["surface", "--types"], "");
    assert!(types.status == 0 && types.out.contains("export type Operations = {"));
}

#[test]
fn the_log_is_checked_and_read() {
    let (desk, _) = Desk::with_practice();
    let checked = desk.run(&["log", "verify", "--user", OWNER], "").json();
    assert_eq!((&checked["ok"], checked["entries"].as_u64().unwrap() >= 2), (&json!(true), true));
    let tail = desk.run(&["log", "tail", "--user", OWNER, "--limit", "3"], "").json();
    let rows = tail["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["operation"]), (3, &json!("identity.sign_in")));
    assert!(rows[0]["sequence"].as_u64() > rows[1]["sequence"].as_u64());
}

#[test]
fn a_part_of_the_log_is_handed_out_for_a_reason_into_a_new_folder() {
    let (desk, _) = Desk::with_practice();
    let outside = tempfile::tempdir().unwrap();
    let folder = outside.path().join("bundle");
    let folder = folder.to_str().unwrap();
    let export = |reason: &str, more: &[&str]| {
        desk.run(&[&["log", "export", folder, "--plain", "--user", OWNER, "--reason", reason], more].concat(), "")
    };
    let refused = export(" ", &[]);
    assert_eq!((refused.status, &refused.json()["code"]), (3, &json!("door.reason_needed")));
    let refused = export("For the auditor.", &["--from", "yesterday"]);
    assert_eq!((refused.status, &refused.json()["code"]), (3, &json!("door.malformed")));
    assert!(!Path::new(folder).exists(), "what was refused leaves no folder");
    let done = export("For the auditor.", &[]);
    assert_eq!((done.status, done.json()["entries"].as_u64()), (0, done.json()["log_size"].as_u64()), "{}", done.words);
    let report = keepwell_verifier::verify(
        &keepwell_verifier::Source::open(Path::new(folder)).unwrap(),
        &keepwell_verifier::Ask::default(),
    );
    assert_eq!(report.unwrap().verdict, keepwell_verifier::Verdict::Pass);
    let again = export("For the auditor.", &[]);
    assert_eq!((again.status, &again.json()["code"]), (3, &json!("log.not_written")));
}

#[test]
fn a_keychain_file_inside_the_vault_is_refused() {
    let desk = Desk::new();
    let mut command = Command::new(env!("CARGO_BIN_EXE_keepwell-cli"));
    let keychain = format!("file:{}", desk.vault().join("keys").display());
    command.arg("--vault").arg(desk.vault()).args(["--keychain", &keychain]).args(INIT);
    command.env("KEEPWELL_PASSPHRASE", PASSPHRASE).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ran = Ran::of(command, "");
    assert_eq!((ran.status, &ran.json()["code"]), (3, &json!("vault.keychain_beside_store")));
    assert!(!desk.vault().exists(), "a refused practice left a folder behind");
}

/// Makes a small demonstration with a year behind it.
fn demonstration(seed: &str) -> (Desk, Ran) {
    let desk = Desk::new();
    let made = desk.run(&["demo", "--patients", "120", "--seed", seed, "--years", "1", "--owner", OWNER], "");
    assert_eq!((made.status, &made.json()["patients"]), (0, &json!(120)), "{}", made.words);
    (desk, made)
}

#[test]
fn a_demonstration_is_the_same_for_the_same_seed() {
    let people = |seed: &str| {
        let (desk, made) = demonstration(seed);
        assert!(made.words.contains("today's date"), "{}", made.words);
        let found = desk.call("patients.search", &json!({ "query": "a", "limit": 50 }), &[]).json();
        let mut people: Vec<String> =
            found["rows"].as_array().unwrap().iter().map(|row| format!("{} {}", row["mrn"], row["name"])).collect();
        people.sort();
        assert!(!people.is_empty());
        (people, made.json()["entries"].as_u64().unwrap())
    };
    let first = people("7");
    assert!((600..1800).contains(&first.1), "{} entries", first.1);
    assert_eq!(first, people("7"));
    assert_ne!(first, people("8"));
}

#[test]
fn the_staff_of_a_demonstration_can_sign_in_and_its_log_holds() {
    let (desk, made) = demonstration("3");
    let made = made.json();
    let staff = made["staff"].as_array().unwrap();
    let roles: Vec<&str> = staff.iter().map(|one| one["role"].as_str().unwrap()).collect();
    assert_eq!(roles.len(), 8, "{roles:?}");
    for one in staff {
        let mut command = desk.command(&["call", "patients.search", "--user", one["user_name"].as_str().unwrap()]);
        command.env("KEEPWELL_PASSPHRASE", one["passphrase"].as_str().unwrap());
        let found = Ran::of(command, &json!({ "query": "a", "limit": 5 }).to_string());
        assert_eq!(found.status, 0, "{one}: {}", found.words);
    }
    let checked = desk.run(&["log", "verify", "--user", OWNER], "").json();
    assert_eq!(checked["ok"], true);
    assert!(checked["entries"].as_u64() > made["entries"].as_u64());
}

#[test]
fn a_demonstration_goes_into_no_folder_that_holds_a_practice() {
    let demo = ["demo", "--patients", "20", "--seed", "7", "--owner", OWNER];
    let twice = Desk::new();
    assert_eq!(twice.run(&demo, "").status, 0);
    let (real, _) = Desk::with_practice();
    for desk in [twice, real] {
        let count = |desk: &Desk| desk.run(&["log", "verify", "--user", OWNER], "").json()["entries"].as_u64().unwrap();
        let before = count(&desk);
        let again = desk.run(&demo, "");
        assert_eq!((again.status, &again.json()["code"]), (3, &json!("door.practice_exists")));
        assert!(again.words.contains("already"), "{}", again.words);
        // The refusal, and the entrances of the two counts: nothing was taken in.
        assert!(count(&desk) <= before + 8);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_demonstration_ends_in_order_and_opens() {
    let desk = Desk::new();
    let mut child = desk.command(&["demo", "--patients", "1000000", "--seed", "7", "--owner", OWNER]).spawn().unwrap();
    let mut words = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    words.read_line(&mut line).unwrap();
    assert!(line.contains("of 1000000 patients"), "{line}");
    let pressed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(pressed.success());
    let ended = child.wait_with_output().unwrap();
    words.read_line(&mut line).unwrap();
    assert_eq!(ended.status.code(), Some(130), "{line}");
    let shown: Value = serde_json::from_slice(&ended.stdout).unwrap();
    assert_eq!((&shown["interrupted"], shown["recovery_codes"].as_array().unwrap().len()), (&json!(true), 10));
    let made = shown["patients"].as_u64().unwrap();
    assert!(made > 0 && made < 1_000_000);
    let checked = desk.run(&["log", "verify", "--user", OWNER], "").json();
    assert_eq!(checked["ok"], true);
}

#[test]
fn a_backup_is_made_proved_and_restored_on_another_computer() {
    let (desk, shown) = Desk::with_practice();
    let drive = tempfile::tempdir().unwrap();
    let within = drive.path().to_str().unwrap();
    let made = desk.run(&["backup", "make", within, "--user", OWNER], "");
    assert_eq!(made.status, 0, "{}", made.words);
    let backup = made.json()["folder"].as_str().unwrap().to_owned();
    let proved = desk.run(&["backup", "prove", &backup, "--user", OWNER], "");
    assert_eq!((proved.status, &proved.json()["ok"]), (0, &json!(true)), "{}", proved.words);
    let restore = |desk: &Desk, key: &str| {
        let mut command = desk.command(&["backup", "restore", &backup]);
        command.env("KEEPWELL_RECOVERY_KEY", key);
        Ran::of(command, "")
    };
    let other = Desk::new();
    let words: Vec<&str> =
        shown["recovery_words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let wrong = restore(&other, &"abandon ".repeat(24));
    assert_eq!((wrong.status, &wrong.json()["code"]), (3, &json!("identity.recovery_key_shape")));
    let restored = restore(&other, &words.join(" "));
    assert_eq!(restored.status, 0, "{}", restored.words);
    assert_eq!(restored.json()["vault_id"], shown["vault_id"]);
    assert!(!restored.out.contains(words[0]) && !restored.words.contains(words[0]), "the key is not repeated");
    assert_eq!(restore(&other, &words.join(" ")).json()["code"], "door.practice_exists");
    // Everybody signs in on the other computer as on the first.
    let searched = other.run(&["call", "patients.search", "--user", OWNER], r#"{ "query": "lopez", "limit": 1 }"#);
    assert_eq!(searched.status, 0, "{}", searched.words);
}

#[test]
fn records_are_handed_out_sealed_and_data_without_anybody_in_it() {
    let (desk, _) = Desk::with_practice();
    let person = json!({ "name": { "family": "Quillfeather", "given": ["Ana"] }, "date_of_birth": "1985-02-03",
        "administrative_sex": "F" });
    let made = desk.run(&["call", "patients.register", "--user", OWNER], &person.to_string());
    let patient = made.json()["patient"].as_str().unwrap().to_owned();
    let drive = tempfile::tempdir().unwrap();
    let within = drive.path().to_str().unwrap();
    let details = json!({ "disclosed_on": "2026-11-01", "description": "All records", "purpose": "Asked for a copy",
        "basis": "individual", "verification": "Photo id",
        "recipient": { "kind": "individual", "name": "Ana Quillfeather", "address": null, "associate": null } });
    let records = |file_passphrase: &str| {
        let details = details.to_string();
        let mut command = desk.command(&["out", "records", &patient, within, "--details", &details, "--user", OWNER]);
        command.env("KEEPWELL_PASSPHRASE", PASSPHRASE).env("KEEPWELL_FILE_PASSPHRASE", file_passphrase);
        Ran::of(command, "")
    };
    assert_eq!(records("short").json()["code"], "exchange.passphrase_short");
    let written = records("seven tame otters 42");
    assert_eq!(written.status, 0, "{}", written.words);
    let file = std::fs::read(written.json()["file"].as_str().unwrap()).unwrap();
    assert!(file.starts_with(b"age-encryption.org/v1"));
    let details = details.to_string();
    let mut command = desk.command(&["out", "population", within, "--details", &details, "--user", OWNER]);
    command.env("KEEPWELL_FILE_PASSPHRASE", "seven tame otters 42");
    let everybody = Ran::of(command, "");
    assert_eq!((everybody.status, &everybody.json()["patients"]), (0, &json!(1)), "{}", everybody.words);
    let folder = PathBuf::from(everybody.json()["folder"].as_str().unwrap());
    for sealed in ["key.age", "part-0001.zip.age"] {
        assert!(std::fs::read(folder.join(sealed)).unwrap().starts_with(b"age-encryption.org/v1"), "{sealed}");
    }
    let (other, _) = Desk::with_practice();
    let back = |passphrase: &str| {
        let mut command = other.command(&["in", "records", folder.to_str().unwrap(), "--user", OWNER]);
        command.env("KEEPWELL_FILE_PASSPHRASE", passphrase);
        Ran::of(command, "")
    };
    assert_eq!(back("seven tame otters 43").json()["code"], "exchange.records_other_key");
    let taken = back("seven tame otters 42");
    assert_eq!((taken.status, &taken.json()["taken"]), (0, &json!(1)), "{}", taken.words);
    let data = desk.run(&["out", "deidentified", within, "--k", "1", "--user", OWNER], "");
    assert_eq!((data.status, &data.json()["rows"]), (0, &json!(1)), "{}", data.words);
    assert!(!data.out.contains("Quillfeather"));
}

#[test]
fn every_command_says_what_it_is_for() {
    let help = |arguments: &[&str]| {
        let ran = Desk::new().run(&[arguments, &["--help"]].concat(), "");
        assert_eq!((ran.status, ran.words.as_str()), (0, ""), "{arguments:?}");
        ran.out
    };
    let whole = help(&[]);
    for told in ["Exit status: 0 done, 2 usage, 3 refused", "KEEPWELL_PASSPHRASE", "--vault <DIR>", "os|file:PATH"] {
        assert!(whole.contains(told), "{told}: {whole}");
    }
    let commands = "init, call, batch, surface, demo, import fhir, log verify, log tail, log export, log report, backup make, \
        backup plan, backup prove, backup restore, backup list, copy look, downtime plan, downtime write, downtime list, \
        out records, out population, out deidentified, in records, keys status, keys rotate, support, decommission, \
        paper seal, paper report, paper accounting, paper access-denied, paper access-extended, paper amendment-denied, \
        paper amendment-extended, paper agreement, paper day, paper calls, paper reminders, paper calendar, disclosure record, accounting request, access request, \
        amendment request, associate keep, hold place, retention destroy";
    for command in commands.split(", ").map(|words| words.split_whitespace().collect::<Vec<_>>()) {
        let command = command.as_slice();
        assert!(command.len() > 1 || whole.contains(&format!("  {} ", command[0])), "{command:?}: {whole}");
        let text = help(command);
        assert!(text.starts_with(|letter: char| letter.is_uppercase()) && text.contains("Usage:"), "{text}");
    }
    assert!(help(&["demo"]).contains("about ten entries"));
    for wrong in [&["demo", "--patients", "0", "--seed", "1"], &["demo", "--patients", "5", "--seed", "x"]] {
        assert_eq!(Desk::new().run(wrong, "").status, 2, "{wrong:?}");
    }
}
