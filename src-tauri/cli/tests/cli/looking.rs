//! Bad days at a terminal: a copy that is looked into, the downtime pack, the plans, and the end.

use super::{Desk, OWNER, Ran, ito};
use serde_json::{Value, json};
use std::path::Path;

const FILE_PASSPHRASE: &str = "seven tame otters 42";

/// A practice with one patient, the folder of its backup, and the words of its kit.
fn backed_up(drive: &Path) -> (Desk, String, String) {
    let (desk, shown) = Desk::with_practice();
    desk.call("patients.register", &ito(), &[]);
    let made = desk.run(&["backup", "make", drive.to_str().unwrap(), "--user", OWNER], "");
    assert_eq!(made.status, 0, "{}", made.words);
    let words: Vec<&str> =
        shown["recovery_words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    (desk, made.json()["folder"].as_str().unwrap().to_owned(), words.join(" "))
}

/// Looks into a backup and asks it these lines.
fn looked(at: &Desk, backup: &str, key: &str, passphrase: &str, lines: &[Value]) -> Ran {
    let mut command = at.command(&["copy", "look", backup, "--user", OWNER]);
    command.env("KEEPWELL_RECOVERY_KEY", key).env("KEEPWELL_PASSPHRASE", passphrase);
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    Ran::of(command, &lines.join("\n"))
}

fn files(folder: &Path) -> Vec<String> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_looked_into_nothing_is_changed_and_nothing_is_left() {
    let drive = tempfile::tempdir().unwrap();
    let (home, backup, key) = backed_up(drive.path());
    let other = Desk::new();
    let before = files(Path::new(&backup));
    let search = json!({ "id": 1, "operation": "patients.search", "input": { "query": "ito", "limit": 5 } });
    let looked_at = looked(
        &other,
        &backup,
        &key,
        super::PASSPHRASE,
        &[
            search.clone(),
            json!({ "id": 2, "operation": "patients.register", "input": ito() }),
            json!({ "id": 3, "operation": "exchange.plan_backups", "input": { "folder": null, "every": "day" } }),
            json!({ "id": 4, "operation": "log.verify" }),
            json!({ "id": 5, "operation": "shell.save_monthly_seal", "input": { "folder": "x" } }),
        ],
    );
    assert_eq!(looked_at.status, 0, "{}", looked_at.words);
    let answers: Vec<Value> = looked_at.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers[0]["output"]["rows"][0]["name"], "Ito, Kenji", "{answers:?}");
    for refused in &answers[1..3] {
        assert_eq!(refused["refusal"]["code"], "door.read_only", "{refused}");
    }
    assert_eq!(answers[3]["output"]["ok"], true);
    assert_eq!(answers[4]["outcome"], "refused", "the terminal has no other calls than the practice's own");
    assert!(looked_at.words.contains("This is a copy of") && !looked_at.words.contains("Ito"), "{}", looked_at.words);
    assert_eq!(files(&other.vault()), [""; 0], "the copy is thrown away");
    assert_eq!(files(Path::new(&backup)), before);

    let wrong = looked(&other, &backup, &key, "not the passphrase", std::slice::from_ref(&search));
    assert_eq!((wrong.status, &wrong.json()["code"]), (3, &json!("identity.sign_in_failed")));
    let wrong = looked(&other, &backup, &"abandon ".repeat(24), super::PASSPHRASE, std::slice::from_ref(&search));
    assert_eq!((wrong.status, &wrong.json()["code"]), (3, &json!("identity.recovery_key_shape")));
    assert_eq!(files(&other.vault()), [""; 0], "whoever does not come in leaves no copy either");

    // Beside the practice it says that a backup was opened, and stays as it was.
    assert_eq!(looked(&home, &backup, &key, super::PASSPHRASE, &[search]).status, 0);
    let tail = home.run(&["log", "tail", "--user", OWNER, "--limit", "5"], "").json();
    let operations: Vec<&str> =
        tail["rows"].as_array().unwrap().iter().map(|row| row["operation"].as_str().unwrap()).collect();
    assert!(operations.contains(&"exchange.open_copy"), "{operations:?}");
    assert!(!files(&home.vault()).contains(&"copy.keepwell".to_owned()));
}

#[test]
fn the_pack_and_the_backups_are_planned_and_the_pack_is_written() {
    let drive = tempfile::tempdir().unwrap();
    let folder = drive.path().to_str().unwrap();
    let (desk, _) = Desk::with_practice();
    desk.call("patients.register", &ito(), &[]);
    let run = |arguments: &[&str]| {
        let mut command = desk.command(&[arguments, &["--user", OWNER]].concat());
        command.env("KEEPWELL_FILE_PASSPHRASE", FILE_PASSPHRASE);
        Ran::of(command, "")
    };
    let unplanned = run(&["downtime", "write", folder]);
    assert_eq!(unplanned.status, 3, "a pack needs the passphrase of its plan: {}", unplanned.out);
    assert_eq!(run(&["downtime", "plan", folder, "--every", "day"]).status, 0);
    assert_eq!(run(&["downtime", "plan", folder, "--every", "week", "--same-passphrase"]).status, 0);
    let written = run(&["downtime", "write", folder]);
    assert_eq!((written.status, &written.json()["patients"]), (0, &json!(1)), "{}", written.words);
    let page = std::fs::read_to_string(written.json()["file"].as_str().unwrap()).unwrap();
    // The sealed part is base64, in which three letters turn up by chance; five hardly ever do.
    assert!(page.starts_with("<!") && !page.contains("Kenji"), "the pack is sealed");
    let list = run(&["downtime", "list"]).json();
    let name = json!(drive.path().file_name().unwrap().to_str().unwrap());
    assert_eq!((&list["plan"]["folder"], &list["plan"]["every"]), (&name, &json!("week")), "{list}");
    assert_eq!(run(&["downtime", "plan"]).status, 0);
    assert_eq!(run(&["downtime", "list"]).json()["plan"], Value::Null);

    assert_eq!(run(&["backup", "plan", folder, "--every", "hour"]).status, 0);
    let list = run(&["backup", "list"]).json();
    assert_eq!((&list["plan"]["folder"], &list["plan"]["every"]), (&name, &json!("hour")), "{list}");
    assert_eq!(run(&["backup", "plan", "/nowhere/at/all"]).status, 2);
    assert_eq!(run(&["backup", "plan", folder, "--every", "month"]).status, 2);
    let custodian = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
    assert_eq!(run(&["backup", "plan", folder, "--custodian", custodian]).status, 0);
    let refused = run(&["backup", "plan", folder, "--custodian", "age1nobody"]);
    assert_eq!((refused.status, &refused.json()["code"]), (3, &json!("exchange.custodian_key")));
    assert_eq!(run(&["backup", "plan"]).status, 0);
    assert_eq!(run(&["backup", "list"]).json()["custodian"], custodian, "it is no part of the plan's folder");
    assert_eq!(run(&["backup", "plan", "--custodian", "none"]).status, 0);
    assert_eq!(run(&["backup", "list"]).json()["custodian"], Value::Null);
    assert_eq!(run(&["backup", "list"]).json()["plan"], Value::Null);
}

#[test]
fn a_practice_is_ended_with_a_last_backup_and_a_certificate() {
    let drive = tempfile::tempdir().unwrap();
    let (desk, _) = Desk::with_practice();
    let folder = drive.path().to_str().unwrap();
    let end =
        |told: &Value| desk.run(&["decommission", folder, "--reason", "Sold", "--user", OWNER], &told.to_string());
    assert_eq!(end(&json!({ "practice_name": "Lakeside Family Medicine" })).status, 2);
    let other = json!({ "practice_name": "Another", "custodian": "N. Ito" });
    let refused = end(&other);
    assert_eq!(refused.status, 3, "{}", refused.words);
    let told =
        json!({ "practice_name": "Lakeside Family Medicine", "custodian": "N. Ito", "media": { "serial": "S7" } });
    let ended = end(&told);
    assert_eq!(ended.status, 0, "{}", ended.words);
    assert!(std::fs::read(ended.json()["certificate"].as_str().unwrap()).unwrap().starts_with(b"%PDF-"));
    assert!(Path::new(ended.json()["backup"].as_str().unwrap()).is_dir());
    let nobody = desk.run(&["log", "verify", "--user", OWNER], "");
    assert_eq!((nobody.status, &nobody.json()["code"]), (3, &json!("vault.missing")));
}

#[test]
fn the_papers_of_a_day_are_written_where_one_says() {
    let (desk, _) = Desk::with_practice();
    let drive = tempfile::tempdir().unwrap();
    let folder = drive.path().to_str().unwrap();
    let paper = |words: &[&str]| desk.run(&[&["paper"], words, &["--user", OWNER]].concat(), "");
    let done = |words: &[&str]| {
        let ran = paper(words);
        assert_eq!(ran.status, 0, "{words:?}: {}", ran.words);
        ran.json()
    };
    let day = done(&["day", "2026-12-01", folder]);
    assert_eq!(day["visits"], 0);
    let calls = done(&["calls", "2026-12-01", folder]);
    assert_eq!((&calls["people"], &calls["left_out"]), (&json!(0), &json!(0)));
    let pack = done(&["downtime", "2026-12-01", folder, "--forms", "1"]);
    assert_eq!(pack["visits"], 0);
    let many = paper(&["downtime", "2026-12-01", folder, "--forms", "51"]);
    assert_eq!((many.status, &many.json()["code"]), (3, &json!("scheduling.too_many")));
    for made in [&day, &calls, &pack] {
        assert!(std::fs::read(made["file"].as_str().unwrap()).unwrap().starts_with(b"%PDF-"), "{made}");
    }
    let nobody = paper(&["reminders", "2026-12-01", folder]);
    assert_eq!((nobody.status, &nobody.json()["code"]), (3, &json!("scheduling.nobody_to_write_to")));
    let list = desk.run(&["calendar", "reminders", "--date", "2026-12-01", "--user", OWNER], "");
    assert_eq!((list.status, &list.json()["rows"]), (0, &json!([])), "{}", list.words);
    let room = json!({ "kind": "room", "name": "Room 1", "note": "", "department": null, "staff": null, "practitioner": null,
        "capabilities": [], "capacity": 1, "ended": false });
    let kept = desk.call("scheduling.keep_resource", &room, &[]);
    let room = kept.json()["resource"].as_str().unwrap().to_owned();
    let days = ["--from", "2026-12-01", "--until", "2026-12-31", "--reason", "For my phone"];
    let not_own = paper(&[&["calendar", room.as_str(), folder], days.as_slice()].concat());
    assert_eq!((not_own.status, &not_own.json()["code"]), (3, &json!("scheduling.not_own_calendar")));
    assert_eq!(files(drive.path()).len(), 3, "what was refused left no file");
}
