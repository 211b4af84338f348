//! Makes bundles as FORMAT.md describes them. It shares nothing with the verifier but that file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub type Hash = [u8; 32];
pub type Files = BTreeMap<String, Vec<u8>>;

pub const MANIFEST: &str = "manifest.json";
pub const NOTE: &str = "manifest.note";
pub const KEYS: &str = "log/keys.json";
pub const CHECKPOINTS: &str = "log/checkpoints.txt";
pub const LEAVES: &str = "log/leaves.bin";
pub const ENTRIES: &str = "log/entries.ndjson";
pub const TABLE: &str = "entries.csv";

/// 2026-03-01T14:15:00Z, when the log begins.
const BEGIN: i64 = 1_772_374_500_000;
/// One entry every so many milliseconds.
const STEP: i64 = 61_003;

pub fn hash(parts: &[&[u8]]) -> Hash {
    let mut sha = Sha256::new();
    parts.iter().for_each(|part| sha.update(part));
    sha.finalize().into()
}

pub fn signing_key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// A document in the making: every field as FORMAT.md section 8 has it.
#[derive(Default)]
pub struct Document(pub Vec<u8>);

impl Document {
    pub fn field(mut self, tag: u16, kind: u8, value: &[u8]) -> Self {
        self.0.extend(tag.to_be_bytes());
        self.0.push(kind);
        self.0.extend(u32::try_from(value.len()).unwrap().to_be_bytes());
        self.0.extend(value);
        self
    }

    pub fn text(self, tag: u16, value: &str) -> Self {
        self.field(tag, 3, value.as_bytes())
    }

    pub fn maybe(self, tag: u16, value: Option<&str>) -> Self {
        if let Some(value) = value { self.text(tag, value) } else { self }
    }

    pub fn list(self, tag: u16, items: &[Vec<u8>]) -> Self {
        let counted = |item: &Vec<u8>| [&u32::try_from(item.len()).unwrap().to_be_bytes()[..], item].concat();
        self.field(tag, 5, &items.iter().flat_map(counted).collect::<Vec<u8>>())
    }
}

/// What one made-up entry says.
pub struct Entry {
    pub sequence: u64,
    pub millis: i64,
    pub offset: i64,
    pub actor: Option<String>,
    pub user_name: String,
    pub role: Option<&'static str>,
    pub operation: &'static str,
    pub purpose: Option<&'static str>,
    pub reason: Option<String>,
    pub patients: Vec<[u8; 16]>,
    pub outcome: &'static str,
    pub code: Option<&'static str>,
    pub salt: Hash,
}

/// Made-up entries with everything that tells forms apart: nobody signed in, texts that spreadsheets take for formulas,
/// quotes and line breaks in a reason, several patients and none, all outcomes.
pub fn entry(sequence: u64) -> Entry {
    let seed = hash(&[b"salt", &sequence.to_be_bytes()]);
    let known = !sequence.is_multiple_of(7);
    let patient = |n: u64| hash(&[b"patient", &(n % 500).to_be_bytes()])[..16].try_into().unwrap();
    let reason = match sequence % 9 {
        3 => Some("asked by \"telephone\",\r\nand again".to_owned()),
        5 => Some("=HYPERLINK(\"x\")".to_owned()),
        7 => Some(String::new()),
        _ => None,
    };
    Entry {
        sequence,
        millis: BEGIN + i64::try_from(sequence).unwrap() * STEP,
        offset: if sequence % 5 == 4 { 20_700 } else { -18_000 },
        actor: known.then(|| id(&patient(sequence % 12 + 1000))),
        user_name: if known { format!("zoë.{}", sequence % 12) } else { String::new() },
        role: known.then_some("physician"),
        operation: ["patients.chart", "patients.search", "identity.sign_in", "patients.correct"][sequence as usize % 4],
        purpose: known.then_some("treatment"),
        reason,
        patients: (0..sequence % 3).map(|n| patient(sequence + n)).collect(),
        outcome: ["done", "done", "done", "refused", "denied", "fault"][sequence as usize % 6],
        code: (sequence % 6 == 3).then_some("patients.not_found"),
        salt: seed,
    }
}

pub fn id(bytes: &[u8; 16]) -> String {
    let digits = hex::encode(bytes);
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

impl Entry {
    pub fn header(&self) -> Vec<u8> {
        Document::default()
            .text(1, "keepwell/log-header/1")
            .field(2, 1, &self.sequence.to_be_bytes())
            .field(3, 2, &self.millis.to_be_bytes())
            .field(4, 2, &self.offset.to_be_bytes())
            .maybe(5, self.actor.as_deref())
            .maybe(6, self.actor.as_deref())
            .text(7, self.operation)
            .text(8, self.outcome)
            .text(9, &id(&[0x5a; 16]))
            .0
    }

    pub fn payload(&self) -> Vec<u8> {
        let change = |version: u64| {
            let start =
                Document::default().text(1, "keepwell/log-change/1").text(2, "patients").field(3, 4, &[1, 2, 3]);
            start.field(4, 1, &version.to_be_bytes()).field(5, 4, &self.salt).0
        };
        let changes: Vec<_> = (0..u64::from(self.outcome == "done")).map(change).collect();
        Document::default()
            .text(1, "keepwell/log-payload/1")
            .text(2, &self.user_name)
            .maybe(3, self.role)
            .text(4, "front-desk")
            .maybe(5, self.purpose)
            .maybe(6, self.reason.as_deref())
            .list(7, &self.patients.iter().map(|patient| patient.to_vec()).collect::<Vec<_>>())
            .maybe(8, self.code)
            .list(9, &changes)
            .text(10, "physician holds chart_read")
            .0
    }

    pub fn leaf(&self) -> Hash {
        leaf(&self.header(), &hash(&[&self.salt, &self.payload()]))
    }

    pub fn line(&self, redacted: bool) -> String {
        let (sequence, header) = (self.sequence, STANDARD.encode(self.header()));
        let (salt, payload) = (STANDARD.encode(self.salt), STANDARD.encode(self.payload()));
        if redacted {
            let hash = STANDARD.encode(hash(&[&self.salt, &self.payload()]));
            return format!("{{\"sequence\":{sequence},\"header\":\"{header}\",\"payload_hash\":\"{hash}\"}}\n");
        }
        format!("{{\"sequence\":{sequence},\"header\":\"{header}\",\"salt\":\"{salt}\",\"payload\":\"{payload}\"}}\n")
    }

    pub fn row(&self, redacted: bool) -> String {
        let show = |text: &str| if redacted { String::new() } else { text.to_owned() };
        let patients: Vec<_> = self.patients.iter().map(id).collect();
        let cells = [
            self.sequence.to_string(),
            stamp(self.millis, "T") + &format!(".{:03}Z", self.millis.rem_euclid(1000)),
            stamp(self.millis + self.offset * 1000, " "),
            show(&self.user_name),
            self.actor.clone().unwrap_or_default(),
            show(self.role.unwrap_or_default()),
            show("front-desk"),
            self.operation.to_owned(),
            show(self.purpose.unwrap_or_default()),
            show(self.reason.as_deref().unwrap_or_default()),
            show(&patients.join(" ")),
            self.outcome.to_owned(),
            show(self.code.unwrap_or_default()),
            (if redacted { "yes" } else { "no" }).to_owned(),
        ];
        row(&cells)
    }
}

pub fn leaf(header: &[u8], payload_hash: &Hash) -> Hash {
    hash(&[&[0], &hash(&[header]), payload_hash])
}

/// The made-up log lies in 2026 and the years after; days are counted on by the calendar, one by one.
fn stamp(millis: i64, between: &str) -> String {
    let seconds = millis.div_euclid(1000);
    let (mut day, rest) = (seconds.div_euclid(86_400) - 20_454, seconds.rem_euclid(86_400));
    let (mut year, mut month) = (2026, 0);
    let leap = |year: i64| i64::from(year % 4 == 0);
    let length = |year: i64, month: usize| [31, 28 + leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month];
    while day >= length(year, month) {
        day -= length(year, month);
        (year, month) = if month == 11 { (year + 1, 0) } else { (year, month + 1) };
    }
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year}-{:02}-{:02}{between}{hour:02}:{minute:02}:{second:02}", month + 1, day + 1)
}

pub fn row(cells: &[String]) -> String {
    let guard = |cell: &String| {
        if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.clone() }
    };
    let cells: Vec<_> = cells.iter().map(|cell| format!("\"{}\"", guard(cell).replace('"', "\"\""))).collect();
    cells.join(",") + "\r\n"
}

const COLUMNS: &str =
    "sequence,time,local_time,user_name,actor,role,workstation,operation,purpose,reason,patients,outcome,code,redacted";

/// The root over leaves, as RFC 6962 defines it.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => hash(&[]),
        [leaf] => *leaf,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            hash(&[&[1], &root(&leaves[..split]), &root(&leaves[split..])])
        }
    }
}

/// Signs a text as a note.
pub fn note(text: &str, name: &str, key: &SigningKey) -> String {
    let id = hash(&[name.as_bytes(), &[0x0a, 1], key.verifying_key().as_bytes()]);
    let signature = [&id[..4], &key.sign(text.as_bytes()).to_bytes()].concat();
    format!("{text}\n— {name} {}\n", STANDARD.encode(signature))
}

/// A made-up practice with its log.
pub struct Practice {
    pub vault: String,
    /// Each key with the counter from which it signs.
    pub keys: Vec<(u64, SigningKey)>,
    pub entries: Vec<Entry>,
    pub leaves: Vec<Hash>,
    /// The signed notes.
    pub checkpoints: Vec<String>,
}

impl Practice {
    /// A log of so many entries, with a checkpoint every so many and at the end.
    pub fn new(size: u64, every: u64, keys: Vec<(u64, SigningKey)>) -> Self {
        Self::of((0..size).map(entry).collect(), every, keys)
    }

    pub fn of(entries: Vec<Entry>, every: u64, keys: Vec<(u64, SigningKey)>) -> Self {
        let leaves: Vec<Hash> = entries.iter().map(Entry::leaf).collect();
        let vault = "019ca9c0-a39a-7000-8000-0000000000aa".to_owned();
        let mut practice = Self { vault, keys, entries, leaves, checkpoints: Vec::new() };
        practice.seal(every);
        practice
    }

    pub fn origin(&self) -> String {
        format!("keepwell/{}", self.vault)
    }

    pub fn key(&self, counter: u64) -> &SigningKey {
        &self.keys.iter().rev().find(|(from, _)| *from <= counter).unwrap().1
    }

    fn seal(&mut self, every: u64) {
        let (mut previous, mut frontier) = ([0; 32], Vec::new());
        for (at, leaf) in self.leaves.clone().into_iter().enumerate() {
            add(&mut frontier, leaf);
            let size = at as u64 + 1;
            if size.is_multiple_of(every) || size == self.leaves.len() as u64 {
                let counter = self.checkpoints.len() as u64 + 1;
                let (_, last) = frontier.last().copied().unwrap();
                let root = frontier.iter().rev().skip(1).fold(last, |right, (_, left)| hash(&[&[1], left, &right]));
                let text = self.text(size, &root, self.entries[at].millis, counter, &previous);
                previous = hash(&[text.as_bytes()]);
                self.checkpoints.push(note(&text, &self.origin(), self.key(counter)));
            }
        }
    }

    /// The text of a checkpoint.
    pub fn text(&self, size: u64, root: &Hash, millis: i64, counter: u64, previous: &Hash) -> String {
        let time = stamp(millis - 18_000_000, "T") + &format!(".{:03}-05:00", millis.rem_euclid(1000));
        let (root, digest, previous) = (STANDARD.encode(root), hex::encode([7; 32]), hex::encode(previous));
        let origin = self.origin();
        format!(
            "{origin}\n{size}\n{root}\ndigest {digest}\ntime {time}\nversion 0.1.0\ncounter {counter}\nprevious {previous}\n"
        )
    }

    /// A bundle of chosen entries, some of them redacted, with copies for people.
    pub fn bundle(&self, chosen: &[u64], redacted: &[u64]) -> Files {
        self.bundle_where(chosen, |at| redacted.contains(&at))
    }

    pub fn bundle_where(&self, chosen: &[u64], redacted: impl Fn(u64) -> bool) -> Files {
        let mut files = Files::new();
        let chosen: Vec<_> = chosen.iter().map(|at| (&self.entries[*at as usize], redacted(*at))).collect();
        files.insert(
            ENTRIES.into(),
            chosen.iter().map(|(entry, hidden)| entry.line(*hidden)).collect::<String>().into(),
        );
        let first = row(&COLUMNS.split(',').map(str::to_owned).collect::<Vec<_>>());
        let rows: String = chosen.iter().map(|(entry, hidden)| entry.row(*hidden)).collect();
        files.insert(TABLE.into(), format!("\u{feff}{first}{rows}").into());
        files.insert(LEAVES.into(), self.leaves.concat());
        files.insert(CHECKPOINTS.into(), framed(&self.checkpoints));
        files.insert(KEYS.into(), self.keys_json(&self.keys));
        files.insert("README.txt".into(), b"What this is.\n".to_vec());
        files.insert("copies/entries.pdf".into(), b"%PDF made up".to_vec());
        self.sign(&mut files);
        files
    }

    pub fn keys_json(&self, keys: &[(u64, SigningKey)]) -> Vec<u8> {
        let origin = self.origin();
        let key = |(from, key): &(u64, SigningKey)| json!({ "name": origin, "public_key": STANDARD.encode(key.verifying_key().as_bytes()), "from_counter": from });
        serde_json::to_vec(&json!({ "keys": keys.iter().map(key).collect::<Vec<_>>() })).unwrap()
    }

    /// Writes a manifest for what is there, and signs it: what the practice itself would do.
    pub fn sign(&self, files: &mut Files) {
        self.list(files);
        self.sign_manifest(files);
    }

    pub fn sign_manifest(&self, files: &mut Files) {
        let digest = hex::encode(hash(&[&files[MANIFEST]]));
        let text = format!("keepwell/audit-bundle/1\nmanifest {digest}\n");
        files.insert(NOTE.into(), note(&text, &self.origin(), &self.keys.last().unwrap().1).into());
    }

    /// Writes a manifest for what is there, and leaves the signature as it was: what somebody without the key can do.
    pub fn list(&self, files: &mut Files) {
        let lines = String::from_utf8_lossy(&files[ENTRIES]).lines().map(str::to_owned).collect::<Vec<_>>();
        let describe = |(path, bytes): (&String, &Vec<u8>)| json!({ "path": path, "size": bytes.len(), "sha256": hex::encode(hash(&[bytes])) });
        let listed: Vec<_> = files.iter().filter(|(path, _)| !path.starts_with("manifest.")).map(describe).collect();
        let manifest = json!({
            "format": "keepwell/audit-bundle/1",
            "vault": self.vault,
            "made_at": "2026-04-01T09:00:00.000-04:00",
            "made_by": "N. Ito",
            "chosen": { "period": "March 2026", "patients": "all" },
            "log_size": self.leaves.len(),
            "entries": lines.len(),
            "redacted": lines.iter().filter(|line| line.contains("payload_hash")).count(),
            "files": listed,
        });
        files.insert(MANIFEST.into(), serde_json::to_vec_pretty(&manifest).unwrap());
    }

    /// What is printed for the safe at a checkpoint of the log.
    pub fn printed(&self, checkpoint: usize) -> String {
        let mut lines = self.checkpoints[checkpoint].lines().skip(1);
        format!("{} {}", lines.next().unwrap(), lines.next().unwrap())
    }
}

fn add(frontier: &mut Vec<(u32, Hash)>, leaf: Hash) {
    let (mut height, mut node) = (0, leaf);
    while let Some((_, left)) = frontier.pop_if(|(left, _)| *left == height) {
        (height, node) = (height + 1, hash(&[&[1], &left, &node]));
    }
    frontier.push((height, node));
}

/// The file of checkpoints for these notes.
pub fn framed(notes: &[String]) -> Vec<u8> {
    let mut text = String::new();
    for note in notes {
        write!(text, "note {}\n{note}", note.len()).unwrap();
    }
    text.into_bytes()
}
