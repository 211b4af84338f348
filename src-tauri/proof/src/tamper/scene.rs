//! A small practice with a history, as somebody finds it on the disk: last week, and now.

use crate::disk::Disk;
use crate::history::History;
use crate::home::{Place, Secrets, each_row};
use crate::medium::{Media, Medium};
use crate::workload::{call, clock, founding, person, sign_in, start};
use keepwell_kernel::Failure;
use keepwell_practice::Practice;
use keepwell_practice::testing::{OWNER, PASSPHRASE};
use keepwell_vault::engine::{FileEngine, Lap, Part};
use redb::{ReadableTable as _, TableDefinition};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Every key and value of a store.
pub type Rows = BTreeMap<Vec<u8>, Vec<u8>>;
/// A table of redb, opened for changes.
pub type Opened<'t> = redb::Table<'t, &'static [u8], &'static [u8]>;

const TABLE: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("keepwell");
/// The one whose keys an attacker has.
pub const RECEPTIONIST: &str = "rita.example";
/// The one who lost a role on the way.
pub const BILLER: &str = "bill.example";

/// A store at one moment.
#[derive(Clone)]
pub struct Moment {
    /// The file.
    pub file: Vec<u8>,
    /// The journal beside it.
    pub journal: Vec<u8>,
    /// The keychain.
    pub secrets: Secrets,
    /// The rows.
    pub rows: Rows,
}

/// What an attacker finds.
pub struct Scene {
    /// Last week.
    pub older: Moment,
    /// Now.
    pub now: Moment,
    /// Now, if the power had gone a moment before the program ended, so that the newest commits are in the journal.
    pub cut: Moment,
    /// The patients.
    pub patients: Vec<String>,
    /// What every view shows, undisturbed.
    pub views: Vec<(String, Value)>,
    /// Staff ids by user name.
    pub staff: BTreeMap<String, [u8; 16]>,
}

fn moment(place: &Place) -> Moment {
    let media = place.disk.media();
    let (file, journal) = (media.tree.whole(), media.journal.whole());
    let rows = rows_of(&file, &journal).unwrap_or_else(|error| panic!("the scene cannot be read: {error}"));
    Moment { file, journal, secrets: place.ring.secrets(), rows }
}

/// Reads every row of a store, past the program.
///
/// # Errors
/// What the engine says.
pub fn rows_of(file: &[u8], journal: &[u8]) -> Result<Rows, String> {
    let disk = Disk::with(Media { tree: Medium::of(file), journal: Medium::of(journal) });
    let engine = FileEngine::again_on(move |part| disk.file(part), Lap::Usual).map_err(|error| error.to_string())?;
    let mut rows = Rows::new();
    each_row(&engine, |key, value| drop(rows.insert(key.to_vec(), value.to_vec())))
        .map_err(|error| error.to_string())?;
    Ok(rows)
}

/// Changes the rows of a file through redb itself.
#[must_use]
pub fn edited(file: &[u8], edit: impl FnOnce(&mut Opened<'_>)) -> Vec<u8> {
    let disk = Disk::with(Medium::of(file));
    {
        let database = redb::Database::builder().create_with_backend(disk.file(Part::Tree)).expect("the store opens");
        let writing = database.begin_write().expect("it can be written");
        edit(&mut writing.open_table(TABLE).expect("its table is there"));
        writing.commit().expect("it commits");
    }
    disk.media().tree.whole()
}

/// Puts a row in a table of redb.
pub fn put(table: &mut Opened<'_>, key: &[u8], value: &[u8]) {
    drop(table.insert(key, value).expect("the row goes in"));
}

/// Drops a row of a table of redb.
pub fn remove(table: &mut Opened<'_>, key: &[u8]) {
    drop(table.remove(key).expect("the row comes out"));
}

/// Makes a table of redb hold exactly these rows.
pub fn replace_all(table: &mut Opened<'_>, rows: &Rows) {
    let held: Vec<Vec<u8>> = table.iter().expect("rows").map(|row| row.expect("a row").0.value().to_vec()).collect();
    held.iter().filter(|key| !rows.contains_key(*key)).for_each(|key| remove(table, key));
    rows.iter().for_each(|(key, value)| put(table, key, value));
}

impl Scene {
    /// Makes the practice, does a dozen things in it, and keeps what stood half way.
    ///
    /// # Errors
    /// [`Failure`].
    pub fn make() -> Result<Self, Failure> {
        // The journal is to hold what was done last, and not to have been begun again a moment ago.
        let place = Place::empty(&Arc::new(History::default())).with_laps(Lap::Usual);
        let clock = clock();
        let practice = start(&place, &clock);
        call(&practice, "identity.create_practice", founding())?;
        let mut staff = BTreeMap::new();
        for (user, role) in [(RECEPTIONIST, "receptionist"), (BILLER, "biller")] {
            let roles = json!([{ "role": role, "valid_from": null, "valid_until": null }]);
            let name = json!({ "family": "Example", "given": [role] });
            let input = json!({ "user_name": user, "name": name, "roles": roles });
            let invited = call(&practice, "identity.invite", input)?;
            let code = &invited["invitation_code"];
            let accepting = json!({ "user_name": user, "invitation_code": code, "passphrase": PASSPHRASE });
            call(&practice, "identity.accept_invitation", accepting)?;
            sign_in(&practice, OWNER)?;
            staff.insert(user.to_owned(), id_of(&invited["staff"]));
        }
        let mut patients = Vec::new();
        for (family, born) in [("Quillfeather", "1980-01-01"), ("Brambleworth", "1961-04-02")] {
            patients.push(text(&call(&practice, "patients.register", person(family, "Ada", born))?["patient"]));
        }
        correct(&practice, &patients[0], "Quillfeather", "Adah", 1)?;
        practice.close();
        drop(practice);
        place.let_go();
        let older = moment(&place);
        let practice = start(&place, &clock);
        sign_in(&practice, OWNER)?;
        correct(&practice, &patients[0], "Quillfeather", "Adelaide", 2)?;
        patients.push(text(&call(&practice, "patients.register", person("Ostrander", "Bo", "1990-06-01"))?["patient"]));
        let photo = json!({ "patient": patients[1], "jpeg_base64": format!("/9j/{}", "AbCd".repeat(500)) });
        call(&practice, "patients.set_photo", photo)?;
        let input = json!({ "staff": staff_id(&practice, BILLER)? });
        call(&practice, "identity.suspend", input)?;
        call(&practice, "patients.search", json!({ "query": "Quill", "limit": 5 }))?;
        let cut = moment(&place);
        practice.close();
        drop(practice);
        place.let_go();
        let now = moment(&place);
        let mut scene = Self { older, now, cut, patients, views: Vec::new(), staff };
        let place = Place::found(Medium::of(&scene.now.file), scene.now.secrets.clone(), true, None);
        let practice = start(&place, &clock);
        sign_in(&practice, OWNER)?;
        scene.views =
            views(&practice, &scene.patients, entries(&scene.now.rows)).into_iter().collect::<Result<_, _>>()?;
        Ok(scene)
    }
}

fn correct(practice: &Practice, patient: &str, family: &str, given: &str, version: u64) -> Result<(), Failure> {
    let name = json!({ "family": family, "given": [given] });
    let input = json!({ "patient": patient, "expected_version": version, "name": name,
        "date_of_birth": "1980-01-01", "administrative_sex": "F" });
    call(practice, "patients.correct", input).map(drop)
}

fn staff_id(practice: &Practice, user: &str) -> Result<Value, Failure> {
    let list = call(practice, "identity.staff", json!({}))?;
    let rows = list["rows"].as_array().cloned().unwrap_or_default();
    Ok(rows.iter().find(|row| row["user_name"] == user).map_or(Value::Null, |row| row["staff"].clone()))
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn id_of(value: &Value) -> [u8; 16] {
    let digits: String = text(value).chars().filter(char::is_ascii_hexdigit).collect();
    u128::from_str_radix(&digits, 16).expect("an id").to_be_bytes()
}

/// Returns how many entries stand in the log.
#[must_use]
pub fn entries(rows: &Rows) -> u64 {
    rows.keys().filter(|key| key.starts_with(&crate::home::ENTRIES)).count() as u64
}

/// Returns what every view shows to the owner; of the log, the first `entries` entries.
#[must_use]
pub fn views(practice: &Practice, patients: &[String], entries: u64) -> Vec<Result<(String, Value), Failure>> {
    let mut asked: Vec<(&str, Value)> =
        vec![("identity.practice", json!({})), ("identity.staff", json!({})), ("patients.merges", json!({}))];
    for family in ["Quillfeather", "Brambleworth", "Ostrander", "Ad"] {
        asked.push(("patients.search", json!({ "query": family, "limit": 50 })));
    }
    for patient in patients {
        for operation in ["patients.chart", "patients.versions", "patients.front_desk_card", "patients.billing_card"] {
            asked.push((operation, json!({ "patient": patient })));
        }
    }
    asked.push(("patients.photo", json!({ "patient": patients[1] })));
    let filters = [
        json!({}),
        json!({ "patient": patients[0] }),
        json!({ "actor": OWNER }),
        json!({ "operation": "patients.search" }),
    ];
    for mut filter in filters {
        filter["limit"] = json!(200);
        filter["after"] = json!(entries);
        asked.push(("log.entries", filter));
    }
    let ask = |(operation, input): (&str, Value)| {
        let name = format!("{operation} {input}");
        call(practice, operation, input).map(|shown| (name, shown))
    };
    asked.into_iter().map(ask).collect()
}
