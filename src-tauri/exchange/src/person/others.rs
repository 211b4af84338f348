//! The people around a patient: whom to call, and who pays.

use super::Left;
use super::names::{is_over, written};
use super::reach::{place, telephone};
use crate::fhir::patient::Contact;
use keepwell_kernel::CivilDate;
use keepwell_patients::{EmergencyContact, Guarantor};

/// The people that are taken.
#[derive(Default)]
pub(super) struct Others {
    pub(super) emergency_contacts: Vec<EmergencyContact>,
    pub(super) guarantor: Option<Guarantor>,
}

/// Codes of v3-RoleCode and v2-0131 that say what somebody is to the patient, in words.
const RELATIONSHIPS: [(&str, &str); 22] = [
    ("MTH", "mother"),
    ("FTH", "father"),
    ("PRN", "parent"),
    ("WIFE", "wife"),
    ("HUSB", "husband"),
    ("SPS", "spouse"),
    ("DOMPART", "partner"),
    ("SIGOTHR", "partner"),
    ("CHILD", "child"),
    ("SON", "son"),
    ("DAU", "daughter"),
    ("SIB", "sibling"),
    ("BRO", "brother"),
    ("SIS", "sister"),
    ("GRPRN", "grandparent"),
    ("AUNT", "aunt"),
    ("UNCLE", "uncle"),
    ("FRND", "friend"),
    ("NBOR", "neighbor"),
    ("GUARD", "guardian"),
    ("N", "next of kin"),
    ("C", "emergency contact"),
];

/// Takes the people one can call. A contact that is an organization, or has no name or telephone, is named as left out.
pub(super) fn of(contacts: &[Contact], today: CivilDate, left: &mut Left) -> Others {
    let mut others = Others::default();
    for contact in contacts {
        let name = contact.name.as_ref().and_then(written);
        let (Some(name), false) = (name, is_over(contact.period.as_ref(), today)) else {
            left.part("contact", "organization-or-past");
            continue;
        };
        let phone = telephone(&contact.telecom, today);
        if others.guarantor.is_none() && pays(contact) {
            let address = contact.address.as_ref().and_then(place);
            others.guarantor = Some(Guarantor { name, relationship: relationship(contact), phone, address });
        } else if let Some(phone) = phone {
            others.emergency_contacts.push(EmergencyContact { name, relationship: relationship(contact), phone });
        } else {
            left.part("contact", "without-telephone");
        }
    }
    others
}

fn pays(contact: &Contact) -> bool {
    contact
        .relationship
        .iter()
        .any(|one| one.is("GUAR") || one.words().is_some_and(|words| words.eq_ignore_ascii_case("guarantor")))
}

/// Says what somebody is to the patient: the closest word that the codes have, or the file's own words.
fn relationship(contact: &Contact) -> String {
    let codes: Vec<&str> = contact.relationship.iter().flat_map(|one| one.codes()).collect();
    let known = RELATIONSHIPS.iter().find(|(code, _)| codes.contains(code)).map(|(_, words)| (*words).to_owned());
    let said = || contact.relationship.iter().find_map(|one| one.words()).map(str::to_owned);
    known.or_else(said).unwrap_or_else(|| "contact".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::patient;
    use serde_json::json;

    #[test]
    fn contacts_become_people_to_call_or_who_pay() {
        let phone = json!([{ "system": "phone", "value": "+31201234567" }]);
        let is = |codes: &[&str]| {
            let coding: Vec<_> = codes.iter().map(|code| json!({ "code": code })).collect();
            json!([{ "coding": coding }])
        };
        let patient = patient::read(&json!({ "contact": [
            { "relationship": is(&["N", "WIFE"]), "name": { "text": "Ariadne Bor-Jansma" }, "telecom": phone },
            { "relationship": is(&["GUAR"]), "name": { "family": "Solo", "given": ["Han"] }, "address": { "line": ["1 A St"] } },
            { "relationship": is(&["E"]), "organization": { "display": "Acme" } },
            { "relationship": [{ "text": "Landlord" }], "name": { "family": "Roper" }, "telecom": phone },
            { "name": { "family": "Silent" } },
            { "name": { "family": "Past" }, "telecom": phone, "period": { "end": "2010" } },
        ] }))
        .unwrap();
        let mut left = Left(Vec::new());
        let others = of(&patient.contact, "2026-11-21".parse().unwrap(), &mut left);
        let called: Vec<_> =
            others.emergency_contacts.iter().map(|one| format!("{}, {}", one.name, one.relationship)).collect();
        assert_eq!(called, ["Ariadne Bor-Jansma, wife", "Roper, Landlord"]);
        let guarantor = others.guarantor.unwrap();
        assert_eq!((guarantor.name.as_str(), guarantor.phone), ("Han Solo", None));
        assert_eq!(guarantor.address.unwrap().lines, ["1 A St"]);
        assert_eq!(left.0.len(), 3);
    }
}
