//! The entries of a bundle as FHIR R4 AuditEvents, for auditors whose programs read those: who, from where, about whom, in
//! what piece of work, as the patterns of IHE BALP (Basic Audit Log Patterns 1.1) have it. One of those profiles is claimed by
//! whatever was done to one patient's record from a machine with a name: reading, making or changing something. Searches claim
//! none, because the log does not keep what was typed, nor does anything that was not done. What an event says is not compared
//! by a verifier; the signed entries are what counts.

use crate::entry::{Draft, LogEntry, Noted, Outcome};
use chrono::FixedOffset;
use keepwell_kernel::{Purpose, VaultId};
use serde_json::{Value, json};

const DICOM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const REST: &str = "http://hl7.org/fhir/restful-interaction";
const REASON: &str = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const EVENT: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";
const ENTITY: &str = "http://terminology.hl7.org/CodeSystem/audit-entity-type";
const OBJECT: &str = "http://terminology.hl7.org/CodeSystem/object-role";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const BALP: &str = "https://profiles.ihe.net/ITI/BALP";

/// What kind of event an entry is: its DICOM code and words (PS3.16, CID 400), the interaction where it is like one, and the
/// action: create, read, update, execute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    code: &'static str,
    words: &'static str,
    interaction: Option<&'static str>,
    action: &'static str,
}

const READ: Kind = Kind { code: "110110", words: "Patient Record", interaction: Some("read"), action: "R" };
const CREATE: Kind = Kind { interaction: Some("create"), action: "C", ..READ };
const UPDATE: Kind = Kind { interaction: Some("update"), action: "U", ..READ };
const QUERY: Kind = Kind { code: "110112", words: "Query", interaction: Some("search-type"), action: "E" };
const ACTIVITY: Kind = Kind { code: "110100", words: "Application Activity", interaction: None, action: "E" };
const ACCESS: Kind = Kind { code: "110114", words: "User Authentication", ..ACTIVITY };
const LOG_USED: Kind = Kind { code: "110101", words: "Audit Log Used", interaction: None, action: "R" };
const EXPORT: Kind = Kind { code: "110106", words: "Export", ..LOG_USED };
const IMPORT: Kind = Kind { code: "110107", words: "Import", interaction: None, action: "C" };

/// Returns the kind that the operation's name tells, if it does.
fn named(operation: &str) -> Option<Kind> {
    Some(match operation.split_once('.').unwrap_or((operation, "")) {
        ("patients", "register") => CREATE,
        ("patients", "chart" | "versions" | "photo" | "front_desk_card" | "billing_card") => READ,
        ("patients", "search" | "possible_duplicates" | "merges") => QUERY,
        ("patients", _) => UPDATE,
        ("identity", "sign_in" | "unlock" | "recover" | "accept_invitation" | "sign_out" | "lock") => ACCESS,
        ("log", "export") | ("exchange", "back_up") => EXPORT,
        ("log", _) => LOG_USED,
        ("exchange", "import_patients" | "restore") => IMPORT,
        _ => return None,
    })
}

/// Returns the kind of an entry. Any other operation about somebody is known by what it changed, once it was done; of what is
/// redacted, the name alone is told.
fn kind_of(draft: &Draft, redacted: bool) -> Kind {
    if let Some(kind) = named(&draft.operation) {
        return kind;
    }
    if redacted || draft.outcome != Outcome::Done || draft.patients.is_empty() {
        return ACTIVITY;
    }
    match draft.changes.as_slice() {
        [] => READ,
        changes if changes.iter().all(|change| change.version == 1) => CREATE,
        _ => UPDATE,
    }
}

/// Returns the profile of BALP that an event holds to, if it does.
fn profile_of(draft: &Draft, kind: Kind) -> Option<&'static str> {
    let removes = |change: &Noted| change.content == [0; 32];
    if draft.outcome != Outcome::Done
        || draft.patients.len() != 1
        || draft.workstation.is_empty()
        || draft.changes.iter().any(removes)
    {
        return None;
    }
    match kind.interaction? {
        "read" => Some("IHE.BasicAudit.PatientRead"),
        "create" => Some("IHE.BasicAudit.PatientCreate"),
        "update" => Some("IHE.BasicAudit.PatientUpdate"),
        _ => None,
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
    let kind = kind_of(draft, redacted);
    let profile = if redacted { None } else { profile_of(draft, kind) };
    let dicom = coding(DICOM, kind.code, kind.words);
    let mut subtype = vec![json!({ "system": "urn:keepwell:operation", "code": draft.operation })];
    subtype.extend(kind.interaction.map(|code| coding(REST, code, code)));
    let of_what = match profile {
        Some(_) => {
            subtype.push(dicom);
            coding(EVENT, "rest", "RESTful Operation")
        }
        None => dicom,
    };
    // A whole number of minutes, as FHIR's instant has it.
    let recorded = FixedOffset::east_opt(draft.offset_seconds - draft.offset_seconds % 60)
        .map_or_else(|| draft.at.fixed_offset(), |offset| draft.at.with_timezone(&offset));
    let mut event = json!({
        "resourceType": "AuditEvent",
        "id": format!("entry-{}", entry.sequence),
        "type": of_what,
        "subtype": subtype,
        "action": kind.action,
        "recorded": recorded.format("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
        "outcome": outcome(draft.outcome),
        "agent": agents(vault, draft, kind, redacted),
        "source": {
            "observer": the_vault(vault),
            "type": [{ "system": "http://terminology.hl7.org/CodeSystem/security-source-type", "code": "4" }],
        },
    });
    if let (false, Some(fields)) = (redacted, event.as_object_mut()) {
        fields.insert("entity".to_owned(), entities(draft, kind));
        if let Some(profile) = profile {
            fields.insert("meta".to_owned(), json!({ "profile": [format!("{BALP}/StructureDefinition/{profile}")] }));
        }
        if let Some(code) = &draft.code {
            fields.insert("outcomeDesc".to_owned(), json!(code));
        }
        if draft.purpose.is_some() || draft.reason.is_some() {
            fields.insert("purposeOfEvent".to_owned(), json!([purpose(draft)]));
        }
    }
    event
}

fn coding(system: &str, code: &str, words: &str) -> Value {
    json!({ "system": system, "code": code, "display": words })
}

fn the_vault(vault: VaultId) -> Value {
    json!({ "identifier": { "system": "urn:keepwell:vault", "value": vault.to_string() } })
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

/// The person, with the role under which it was allowed; and the two ends between which what was read or written went: the
/// program's windows or terminal, and its store, both on one machine.
fn agents(vault: VaultId, draft: &Draft, kind: Kind, redacted: bool) -> Value {
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
    let part = match kind.action {
        "C" | "U" => coding(PARTICIPATION, "AUT", "author (originator)"),
        _ => coding(PARTICIPATION, "IRCP", "information recipient"),
    };
    let mut person = json!({ "who": who, "requestor": true, "type": { "coding": [part] } });
    let end = |who: Value, code: &str, words: &str| json!({ "who": who, "requestor": false, "type": { "coding": [coding(DICOM, code, words)] } });
    let program = json!({ "display": "Keepwell" });
    if redacted {
        return json!([person, end(program, "110150", "Application")]);
    }
    if let (Some(role), Some(fields)) = (draft.role, person.as_object_mut()) {
        let role = json!([{ "coding": [{ "system": "urn:keepwell:role", "code": role.word() }] }]);
        fields.insert("role".to_owned(), role);
    }
    let (source, destination) = (("110153", "Source Role ID"), ("110152", "Destination Role ID"));
    let (client, store) = if kind.action == "R" { (destination, source) } else { (source, destination) };
    let mut ends = [end(program, client.0, client.1), end(the_vault(vault), store.0, store.1)];
    for fields in ends.iter_mut().filter_map(Value::as_object_mut).filter(|_| !draft.workstation.is_empty()) {
        fields.insert("network".to_owned(), json!({ "address": draft.workstation, "type": "1" }));
    }
    let [client, store] = ends;
    json!([person, client, store])
}

/// The patients, what was shown or changed, and the piece of work that the entry belongs to. The first record that was changed is
/// what the event is about, and the others went along with it.
fn entities(draft: &Draft, kind: Kind) -> Value {
    let patients = draft.patients.iter().map(|patient| {
        json!({ "what": { "reference": format!("Patient/{patient}") },
            "type": coding(ENTITY, "1", "Person"), "role": coding(OBJECT, "1", "Patient") })
    });
    let shown = draft.changes.is_empty() && kind.interaction == Some("read");
    let shown = shown.then(|| {
        json!({ "what": { "identifier": { "system": "urn:keepwell:shown-by", "value": draft.operation } },
            "type": coding(ENTITY, "2", "System Object"), "role": coding(OBJECT, "4", "Domain Resource") })
    });
    let changes = draft.changes.iter().enumerate().map(|(at, change)| {
        let of = if at == 0 { ("2", "System Object") } else { ("4", "Other") };
        json!({ "what": { "identifier": { "system": "urn:keepwell:record", "value": hex::encode(&change.key) } },
            "type": coding(ENTITY, of.0, of.1), "role": coding(OBJECT, "4", "Domain Resource"), "name": change.table,
            "detail": [{ "type": "version", "valueString": change.version.to_string() }] })
    });
    let work = json!({ "what": { "identifier": { "value": draft.correlation.to_string() } },
        "type": { "system": format!("{BALP}/CodeSystem/BasicAuditEntityType"), "code": "XrequestId" } });
    patients.chain(shown).chain(changes).chain([work]).collect()
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

    fn changed(version: u64) -> Noted {
        Noted { table: "visits".to_owned(), key: vec![1, 2], version, content: [1; 32] }
    }

    /// An entry of something that was done, and what it changed.
    fn done(operation: &str, changes: Vec<Noted>) -> LogEntry {
        let mut entry = entry(operation);
        (entry.draft.outcome, entry.draft.changes) = (Outcome::Done, changes);
        entry
    }

    #[test]
    fn what_was_done_to_one_patients_record_claims_its_pattern() {
        let profile = |entry: &LogEntry| {
            let event = event_of(VaultId::make(), entry, false);
            let url = event.pointer("/meta/profile/0").and_then(Value::as_str).unwrap_or_default();
            assert_eq!(url.is_empty(), event["type"]["code"] != "rest", "{event}");
            url.rsplit_once('.').map_or("none", |(_, name)| name).to_owned()
        };
        for (operation, changes, claimed) in [
            ("patients.chart", vec![], "PatientRead"),
            ("patients.register", vec![changed(1)], "PatientCreate"),
            ("patients.correct", vec![changed(2)], "PatientUpdate"),
            ("scheduling.visit", vec![], "PatientRead"),
            ("scheduling.book", vec![changed(1), changed(1)], "PatientCreate"),
            ("scheduling.advance", vec![changed(3), changed(1)], "PatientUpdate"),
            ("patients.search", vec![], "none"),
            ("log.export", vec![], "none"),
            ("scheduling.end_rule", vec![Noted { content: [0; 32], ..changed(2) }], "none"),
        ] {
            assert_eq!(profile(&done(operation, changes)), claimed, "{operation}");
        }
        assert_eq!(profile(&entry("patients.chart")), "none", "what was refused");
        let mut two = done("patients.chart", Vec::new());
        two.draft.patients.push(PatientId::make());
        assert_eq!(profile(&two), "none", "about two patients");
        let mut nowhere = done("patients.chart", Vec::new());
        nowhere.draft.workstation.clear();
        assert_eq!(profile(&nowhere), "none", "from no machine");
    }

    #[test]
    fn what_is_read_goes_to_the_program_and_what_is_written_comes_from_it() {
        let ends = |entry: &LogEntry| {
            let event = event_of(VaultId::make(), entry, false);
            let code = |at: &str| event.pointer(at).cloned().unwrap_or_default();
            (code("/agent/1/type/coding/0/code"), code("/agent/2/type/coding/0/code"))
        };
        assert_eq!(ends(&done("patients.chart", vec![])), (json!("110152"), json!("110153")));
        assert_eq!(ends(&done("patients.correct", vec![changed(2)])), (json!("110153"), json!("110152")));
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
            ("scheduling.advance", "110100", "E"),
            ("unknown", "110100", "E"),
        ] {
            let kind = kind_of(&entry(operation).draft, false);
            assert_eq!((kind.code, kind.action), (code, action), "{operation}");
        }
        let shown = done("scheduling.visit", Vec::new());
        assert_eq!((kind_of(&shown.draft, false), kind_of(&shown.draft, true)), (READ, ACTIVITY), "redacted");
    }
}
