//! A patient's records as FHIR R4 resources; the elements of US Core where it has any.

use crate::fhir::US_CORE;
use keepwell_patients::{
    AddressUse, AdministrativeSex, ChannelKind, ChannelUse, ContactChannel, Demographics, EmergencyContact, Guarantor,
    Insurance, InsuranceRank, NameUse, PatientAddress, WholeRecord,
};
use serde_json::{Map, Value, json};

const V2_0131: &str = "http://terminology.hl7.org/CodeSystem/v2-0131";
const V2_0203: &str = "http://terminology.hl7.org/CodeSystem/v2-0203";

/// Returns the entries of a Bundle: the patient, then one for each insurance. They name each other by their addresses in it.
pub(super) fn entries(of: &WholeRecord) -> Vec<Value> {
    let address = format!("urn:uuid:{}", of.patient.id);
    let patient = json!({ "fullUrl": address, "resource": patient(of) });
    let coverages = of.patient.demographics.insurance.iter().map(|one| {
        let id = coverage_id(of, one);
        json!({ "fullUrl": format!("urn:keepwell:coverage:{id}"), "resource": coverage(&id, one, &address) })
    });
    std::iter::once(patient).chain(coverages).collect()
}

/// Returns the resources that stand one a line, where nothing has an address: they name each other by type and id.
pub(super) fn lines(of: &WholeRecord) -> Vec<Value> {
    let name = format!("Patient/{}", of.patient.id);
    let coverages = of.patient.demographics.insurance.iter().map(|one| coverage(&coverage_id(of, one), one, &name));
    std::iter::once(patient(of)).chain(coverages).collect()
}

/// A coverage has no id of its own here, so it bears one made of the patient's and its place in the order.
fn coverage_id(of: &WholeRecord, one: &Insurance) -> String {
    format!("{}-{}", of.patient.id, order(one.rank))
}

fn order(rank: InsuranceRank) -> u8 {
    match rank {
        InsuranceRank::Primary => 1,
        InsuranceRank::Secondary => 2,
        InsuranceRank::Tertiary => 3,
    }
}

fn patient(of: &WholeRecord) -> Value {
    let known = &of.patient.demographics;
    let mut names =
        vec![name("official", &known.name.family, &known.name.given, [&known.name.prefix, &known.name.suffix])];
    names.extend(known.other_names.iter().map(|one| {
        let used = match one.r#use {
            NameUse::Legal => "official",
            NameUse::Preferred => "usual",
            NameUse::Previous => "old",
        };
        name(used, &one.family, &one.given, [&one.prefix, &one.suffix])
    }));
    let mut contacts: Vec<Value> = known.emergency_contacts.iter().map(emergency_contact).collect();
    contacts.extend(known.guarantor.iter().map(guarantor));
    let sex = match known.administrative_sex {
        AdministrativeSex::F => "female",
        AdministrativeSex::M => "male",
        AdministrativeSex::U => "unknown",
    };
    let mrn = json!({ "use": "usual", "system": "urn:keepwell:mrn", "value": of.patient.mrn,
        "type": { "coding": [{ "system": V2_0203, "code": "MR" }], "text": "Medical record number" } });
    let mut resource = object(json!({
        "resourceType": "Patient",
        "id": of.patient.id,
        "meta": { "profile": [format!("{US_CORE}us-core-patient")] },
        "identifier": [mrn],
        "active": of.patient.merged_into.is_none(),
        "name": names,
        "gender": sex,
    }));
    put(&mut resource, "extension", said(known));
    put(&mut resource, "telecom", known.channels.iter().map(telecom).collect());
    put(&mut resource, "address", known.addresses.iter().map(address).collect());
    put(&mut resource, "contact", contacts);
    if let Some(born) = known.date_of_birth {
        resource.insert("birthDate".to_owned(), json!(born));
    }
    if let Some(language) = &known.language {
        resource.insert("communication".to_owned(), json!([{ "language": spoken(language), "preferred": true }]));
    }
    match of.patient.deceased {
        Some(deceased) => match deceased.on {
            Some(on) => resource.insert("deceasedDateTime".to_owned(), json!(on)),
            None => resource.insert("deceasedBoolean".to_owned(), json!(true)),
        },
        None => None,
    };
    Value::Object(resource)
}

/// FHIR knows no empty lists.
fn put(resource: &mut Map<String, Value>, element: &str, list: Vec<Value>) {
    if !list.is_empty() {
        resource.insert(element.to_owned(), Value::Array(list));
    }
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn said(known: &Demographics) -> Vec<Value> {
    let text = |url: String, said: &String| json!({ "url": url, "valueCodeableConcept": { "text": said } });
    let gender = known.gender_identity.iter().map(|one| text(format!("{US_CORE}us-core-genderIdentity"), one));
    let pronouns = "http://hl7.org/fhir/StructureDefinition/individual-pronouns";
    let pronoun = |said: &String| json!({ "url": pronouns, "extension": [{ "url": "value", "valueCodeableConcept": { "text": said } }] });
    gender.chain(known.pronouns.iter().map(pronoun)).collect()
}

/// A language that is kept as a tag of BCP 47, as other systems send it, bears its code; words stay words.
fn spoken(language: &str) -> Value {
    let (tongue, region) = language.split_once('-').unwrap_or((language, "US"));
    let is_tag = (2..=3).contains(&tongue.len())
        && tongue.bytes().all(|byte| byte.is_ascii_lowercase())
        && region.len() == 2
        && region.bytes().all(|byte| byte.is_ascii_uppercase());
    match is_tag {
        true => json!({ "coding": [{ "system": "urn:ietf:bcp:47", "code": language }], "text": language }),
        false => json!({ "text": language }),
    }
}

fn name(used: &str, family: &str, given: &[String], [prefix, suffix]: [&Option<String>; 2]) -> Value {
    let mut name = object(json!({ "use": used }));
    if !family.is_empty() {
        name.insert("family".to_owned(), json!(family));
    }
    put(&mut name, "given", given.iter().map(|one| json!(one)).collect());
    put(&mut name, "prefix", prefix.iter().map(|one| json!(one)).collect());
    put(&mut name, "suffix", suffix.iter().map(|one| json!(one)).collect());
    Value::Object(name)
}

fn telecom(channel: &ContactChannel) -> Value {
    let system = match channel.kind {
        ChannelKind::Phone => "phone",
        ChannelKind::Sms => "sms",
        ChannelKind::Email => "email",
    };
    let used = match channel.r#use {
        ChannelUse::Home => "home",
        ChannelUse::Work => "work",
        ChannelUse::Mobile => "mobile",
    };
    let mut telecom = object(json!({ "system": system, "use": used, "value": channel.value }));
    if channel.preferred {
        telecom.insert("rank".to_owned(), json!(1));
    }
    Value::Object(telecom)
}

fn address(home: &PatientAddress) -> Value {
    let (used, kind) = match home.r#use {
        AddressUse::Home => ("home", "both"),
        AddressUse::Work => ("work", "both"),
        AddressUse::Temporary => ("temp", "both"),
        AddressUse::Mailing => ("home", "postal"),
    };
    let place = [&home.city, &home.state, &home.postal_code, &home.country];
    let mut address = object(json!({ "use": used, "type": kind }));
    located(&mut address, &home.lines, place);
    Value::Object(address)
}

fn located(address: &mut Map<String, Value>, lines: &[String], place: [&String; 4]) {
    put(address, "line", lines.iter().map(|line| json!(line)).collect());
    for (element, part) in ["city", "state", "postalCode", "country"].into_iter().zip(place) {
        if !part.is_empty() {
            address.insert(element.to_owned(), json!(part));
        }
    }
}

fn emergency_contact(of: &EmergencyContact) -> Value {
    json!({
        "relationship": [{ "coding": [{ "system": V2_0131, "code": "C" }], "text": shown(&of.relationship, "Emergency contact") }],
        "name": { "text": of.name },
        "telecom": [{ "system": "phone", "value": of.phone }],
    })
}

fn guarantor(of: &Guarantor) -> Value {
    let mut contact = object(json!({
        "relationship": [{ "coding": [{ "system": V2_0131, "code": "BP" }], "text": shown(&of.relationship, "Guarantor") }],
        "name": { "text": of.name },
    }));
    put(&mut contact, "telecom", of.phone.iter().map(|phone| json!({ "system": "phone", "value": phone })).collect());
    if let Some(home) = &of.address {
        let mut address = Map::new();
        located(&mut address, &home.lines, [&home.city, &home.state, &home.postal_code, &home.country]);
        contact.insert("address".to_owned(), Value::Object(address));
    }
    Value::Object(contact)
}

fn shown<'a>(relationship: &'a str, otherwise: &'a str) -> &'a str {
    if relationship.is_empty() { otherwise } else { relationship }
}

fn coverage(id: &str, one: &Insurance, beneficiary: &str) -> Value {
    let mut coverage = object(json!({
        "resourceType": "Coverage",
        "id": id,
        "meta": { "profile": [format!("{US_CORE}us-core-coverage")] },
        "status": "active",
        "subscriberId": one.policy_number,
        "identifier": [{ "type": { "coding": [{ "system": V2_0203, "code": "MB" }] }, "value": one.policy_number }],
        "beneficiary": { "reference": beneficiary },
        "relationship": { "text": "Not known before billing" },
        "payor": [{ "display": one.provider }],
        "order": order(one.rank),
    }));
    let class = "http://terminology.hl7.org/CodeSystem/coverage-class";
    let group =
        |number: &String| json!({ "type": { "coding": [{ "system": class, "code": "group" }] }, "value": number });
    put(&mut coverage, "class", one.group_number.iter().map(group).collect());
    Value::Object(coverage)
}
