//! The entries of a bundle as FHIR R4 AuditEvents, for auditors whose programs read those. They follow the patterns of IHE
//! BALP (Basic Audit Log Patterns: who, from where, about whom, in what piece of work), and claim none of its profiles,
//! which are about REST calls. What they say is not compared by a verifier; the signed entries are what counts.

use crate::entry::{Draft, LogEntry, Outcome};
use chrono::FixedOffset;
use keepwell_kernel::{Purpose, VaultId};
use serde_json::{Value, json};

const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const REST: &str = "http://hl7.org/fhir/restful-interaction";
const REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const ENTITY: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const BALP: &str = "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";

/// What kind of event an operation is: its DICOM code and words (PS3.16, CID 400), the interaction where it is like one,
/// and the action: create, read, update, execute.
type Kind = (&'static str, &'static str, Option<&'static str>, &'static str);

fn kind_of(operation: &str) -> Kind {
    const RECORD: (&str, &str) = ("110110", "Patient Record");
    let (code, words) = RECORD;
    match operation.split_once('.').unwrap_or((operation, "")) {
        ("patients", "register") => (code, words, Some("create"), "C"),
        ("patients", "chart" | "versions" | "photo" | "front_desk_card" | "billing_card") => {
            (code, words, Some("read"), "R")
        }
        ("patients", "search" | "possible_duplicates" | "merges") => ("110112", "Query", Some("search-type"), "E"),
        ("patients", _) => (code, words, Some("update"), "U"),
        ("identity", "sign_in" | "unlock" | "recover" | "accept_invitation" | "sign_out" | "lock") => {
            ("110114", "User Authentication", None, "E")
        }
        ("log", "export") | ("exchange", "back_up") => ("110106", "Export", None, "R"),
        ("log", _) => ("110101", "Audit Log Used", None, "R"),
        ("exchange", "import_patients" | "restore") => ("110107", "Import", None, "C"),
        _ => ("110100", "Application Activity", None, "E"),
    }
}

/// Returns the line of an entry; of one that is redacted, what stands in its header alone.
pub(super) fn line_of(vault: VaultId, entry: &LogEntry, redacted: bool) -> Vec<u8> {
    let mut line = event_of(vault, entry, redacted).to_string().into_bytes();
    line.push(b'\n');
    line
}

fn event_of(vault: VaultId, entry: &LogEntry, redacted: bool) -> Value {
    let draft = &entry.draft;
    let (code, words, interaction, action) = kind_of(&draft.operation);
    let mut subtype = vec![json!({ "system": "urn:keepwell:operation", "code": draft.operation })];
    subtype.extend(interaction.map(|code| json!({ "system": REST, "code": code })));
    // A whole number of minutes, as FHIR's instant has it.
    let recorded = FixedOffset::east_opt(draft.offset_seconds - draft.offset_seconds % 60)
        .map_or_else(|| draft.at.fixed_offset(), |offset| draft.at.with_timezone(&offset));
    let mut event = json!({
        "resourceType": "AuditEvent",
        "id": format!("entry-{}", entry.sequence),
        "type": { "system": DICOM, "code": code, "display": words },
        "subtype": subtype,
        "action": action,
        "recorded": recorded.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
        "outcome": outcome(draft.outcome),
        "agent": agents(draft, redacted),
        "source": {
            "observer": { "identifier": { "system": "urn:keepwell:vault", "value": vault.to_string() } },
            "type": [{ "system": "http://terminology.hl7.org/CodeSystem/security-source-type", "code": "4" }],
        },
    });
    if let (false, Some(fields)) = (redacted, event.as_object_mut()) {
        fields.insert("entity".to_owned(), entities(draft));
        if let Some(code) = &draft.code {
            fields.insert("outcomeDesc".to_owned(), json!(code));
        }
        if draft.purpose.is_some() || draft.reason.is_some() {
            fields.insert("purposeOfEvent".to_owned(), json!([purpose(draft)]));
        }
    }
    event
}

/// DICOM's event outcome: success, minor, serious and major failure.
const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "0",
        Outcome::Refused => "4",
        Outcome::Denied => "8",
        Outcome::Fault => "12",
    }
}

/// The purpose as HL7 codes it, where it does, and the reason that was typed.
fn purpose(draft: &Draft) -> Value {
    let code = draft.purpose.map(|purpose| match purpose {
        Purpose::Treatment => "TREAT",
        Purpose::Payment => "HPAYMT",
        Purpose::Operations => "HOPERAT",
        Purpose::PatientRequest => "PATRQT",
        Purpose::Emergency => "ETREAT",
        Purpose::PublicHealth => "PUBHLTH",
        Purpose::Legal => "HLEGAL",
        Purpose::System => "HSYSADMIN",
    });
    let mut concept = serde_json::Map::new();
    if let Some(code) = code {
        concept.insert("coding".to_owned(), json!([{ "system": REASON, "code": code }]));
    }
    if let Some(reason) = draft.reason.as_ref().filter(|reason| !reason.is_empty()) {
        concept.insert("text".to_owned(), json!(reason));
    }
    Value::Object(concept)
}

/// The person, with the role under which it was allowed, and the program on its machine.
fn agents(draft: &Draft, redacted: bool) -> Value {
    let mut who = serde_json::Map::new();
    if let Some(actor) = draft.actor {
        who.insert("identifier".to_owned(), json!({ "system": "urn:keepwell:staff", "value": actor.to_string() }));
    }
    let shown = match (redacted, draft.user_name.as_str()) {
        (true, _) => "redacted",
        (false, "") => "nobody was signed in",
        (false, name) => name,
    };
    who.insert("display".to_owned(), json!(shown));
    let mut person = json!({ "who": who, "requestor": true,
        "type": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP" }] } });
    let mut program = json!({ "who": { "display": "Keepwell" }, "requestor": false,
        "type": { "coding": [{ "system": DICOM, "code": "110150", "display": "Application" }] } });
    if !redacted {
        if let (Some(role), Some(fields)) = (draft.role, person.as_object_mut()) {
            let role = json!([{ "coding": [{ "system": "urn:keepwell:role", "code": role.word() }] }]);
            fields.insert("role".to_owned(), role);
        }
        if let Some(fields) = program.as_object_mut().filter(|_| !draft.workstation.is_empty()) {
            fields.insert("network".to_owned(), json!({ "address": draft.workstation, "type": "1" }));
        }
    }
    json!([person, program])
}

/// The patients, the records that were changed, and the piece of work that the entry belongs to.
fn entities(draft: &Draft) -> Value {
    let coding = |system: &str, code: &str| json!({ "system": system, "code": code });
    let patients = draft.patients.iter().map(|patient| {
        json!({ "what": { "reference": format!("Patient/{patient}") },
            "type": coding(ENTITY, "1"), "role": coding(OBJECT, "1") })
    });
    let changes = draft.changes.iter().map(|change| {
        json!({ "what": { "identifier": { "system": "urn:keepwell:record", "value": hex::encode(&change.key) } },
            "type": coding(ENTITY, "2"), "role": coding(OBJECT, "4"), "name": change.table,
            "detail": [{ "type": "version", "valueString": change.version.to_string() }] })
    });
    let work = json!({ "what": { "identifier": { "value": draft.correlation.to_string() } },
        "type": coding(BALP, "XrequestId") });
    patients.chain(changes).chain([work]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use keepwell_kernel::{PatientId, Role, StaffId};

    fn entry(operation: &str) -> LogEntry {
        let draft = Draft {
            at: "2026-03-01T14:15:00.250Z".parse().unwrap(),
            offset_seconds: -18_000,
            actor: Some(StaffId::make()),
            user_name: "n.ito".to_owned(),
            role: Some(Role::Owner),
            workstation: "front-desk".to_owned(),
            session: None,
            operation: operation.to_owned(),
            purpose: Some(Purpose::Treatment),
            reason: Some("asked at the desk".to_owned()),
            patients: vec![PatientId::make()],
            outcome: Outcome::Refused,
            code: Some("patients.stale".to_owned()),
            changes: Vec::new(),
            correlation: uuid::Uuid::now_v7(),
            policy: String::new(),
        };
        LogEntry { sequence: 7, draft }
    }

    #[test]
    fn an_event_says_who_what_when_where_why_and_about_whom() {
        let entry = entry("patients.chart");
        let event = event_of(VaultId::make(), &entry, false);
        let at = |pointer: &str| event.pointer(pointer).cloned().unwrap_or_default();
        assert_eq!(at("/type/code"), "110110");
        assert_eq!(
            (at("/action"), at("/outcome"), at("/outcomeDesc")),
            (json!("R"), json!("4"), json!("patients.stale"))
        );
        assert_eq!(at("/recorded"), "2026-03-01T09:15:00.250-05:00");
        assert_eq!((at("/agent/0/who/display"), at("/agent/0/requestor")), (json!("n.ito"), json!(true)));
        assert_eq!(at("/agent/1/network/address"), "front-desk");
        assert_eq!(at("/purposeOfEvent/0/coding/0/code"), "TREAT");
        assert_eq!(at("/entity/0/what/reference"), format!("Patient/{}", entry.draft.patients[0]));
    }

    #[test]
    fn a_redacted_event_says_what_its_header_says() {
        let text = event_of(VaultId::make(), &entry("patients.chart"), true).to_string();
        for hidden in ["n.ito", "Patient/", "asked", "front-desk", "TREAT", "stale", "owner"] {
            assert!(!text.contains(hidden), "{hidden}: {text}");
        }
    }

    #[test]
    fn what_is_done_to_a_patient_is_of_its_kind() {
        for (operation, code, action) in [
            ("patients.register", "110110", "C"),
            ("patients.correct", "110110", "U"),
            ("patients.search", "110112", "E"),
            ("identity.sign_in", "110114", "E"),
            ("log.export", "110106", "R"),
            ("log.entries", "110101", "R"),
            ("exchange.import_patients", "110107", "C"),
            ("unknown", "110100", "E"),
        ] {
            let (found, _, _, does) = kind_of(operation);
            assert_eq!((found, does), (code, action), "{operation}");
        }
    }
}
