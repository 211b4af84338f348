//! Which of a person's names is the legal one, which is preferred, and which are of the past.

use crate::fhir::patient::{HumanName, NameUse as Use, Period, Text};
use keepwell_kernel::CivilDate;
use keepwell_patients::{LegalName, NameUse, PatientName};

/// A person's names.
pub(super) struct Names {
    pub(super) legal: LegalName,
    pub(super) others: Vec<PatientName>,
}

/// Says whether a period is over.
pub(super) fn is_over(period: Option<&Period>, today: CivilDate) -> bool {
    period.and_then(|period| period.end).is_some_and(|end| end.0.last() < today)
}

/// Sorts the names; nothing when none of them says anything.
pub(super) fn of(names: &[HumanName], today: CivilDate) -> Option<Names> {
    let mut ranked: Vec<(u8, &HumanName)> =
        names.iter().filter(|name| says_something(name)).map(|name| (rank(name, today), name)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let ((_, legal), rest) = ranked.split_first()?;
    let legal = name_of(legal, true);
    let mut others: Vec<PatientName> = Vec::new();
    let mut preferred = false;
    for (_, other) in rest {
        let name = name_of(other, false);
        let same = |family: &str, given: &[String]| name.family == family && name.given == given;
        if same(&legal.family, &legal.given) || others.iter().any(|other| same(&other.family, &other.given)) {
            continue;
        }
        // There is one preferred name; every further one stays findable as a name the person has been known by.
        let is_preferred = !preferred && matches!(other.r#use, Some(Use::Usual | Use::Nickname));
        let r#use = if is_preferred && !is_over(other.period.as_ref(), today) {
            preferred = true;
            NameUse::Preferred
        } else {
            NameUse::Previous
        };
        let LegalName { family, given, prefix, suffix } = name;
        others.push(PatientName { r#use, family, given, prefix, suffix });
    }
    Some(Names { legal, others })
}

fn says_something(name: &HumanName) -> bool {
    name.text.is_some() || name.family.is_some() || name.given.iter().any(Option::is_some)
}

/// The lower, the more likely the legal name.
fn rank(name: &HumanName, today: CivilDate) -> u8 {
    if is_over(name.period.as_ref(), today) {
        return 8;
    }
    match name.r#use {
        Some(Use::Official) => 0,
        None => 1,
        Some(Use::Usual) => 2,
        Some(Use::Temp) => 3,
        Some(Use::Nickname) => 4,
        Some(Use::Anonymous) => 5,
        Some(Use::Maiden) => 6,
        Some(Use::Old) => 7,
    }
}

/// Takes the parts of a name. Where a legal name has no family name, the given names are all there is; a nickname may
/// do without. A name that is written out whole is kept whole, because cutting it apart would be guessing.
fn name_of(name: &HumanName, legal: bool) -> LegalName {
    let joined = |parts: &[Option<Text>]| {
        let all: Vec<&str> = parts.iter().flatten().map(|part| part.0.as_str()).collect();
        (!all.is_empty()).then(|| all.join(" "))
    };
    let given: Vec<String> = name.given.iter().flatten().map(|given| given.0.clone()).collect();
    let (family, given) = match (&name.family, given.is_empty()) {
        (Some(family), _) => (family.0.clone(), given),
        (None, false) if legal => (given.join(" "), Vec::new()),
        (None, false) => (String::new(), given),
        (None, true) => (name.text.as_ref().map(|text| text.0.clone()).unwrap_or_default(), given),
    };
    LegalName { family, given, prefix: joined(&name.prefix), suffix: joined(&name.suffix) }
}

/// Returns a name as one writes it.
pub(super) fn written(name: &HumanName) -> Option<String> {
    let given = name.given.iter().flatten().map(|given| given.0.as_str());
    let parts: Vec<&str> = given.chain(name.family.as_ref().map(|family| family.0.as_str())).collect();
    if parts.is_empty() { name.text.as_ref().map(|text| text.0.clone()) } else { Some(parts.join(" ")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::patient;
    use serde_json::{Value, json};

    fn sorted(names: Value) -> Option<Names> {
        let patient = patient::read(&json!({ "name": names })).unwrap();
        of(&patient.name, "2026-11-21".parse().unwrap())
    }

    fn shown(names: Value) -> Vec<String> {
        let Names { legal, others } = sorted(names).unwrap();
        let one = |family: &str, given: &[String]| format!("{}/{}", given.join(" "), family);
        let others = others.iter().map(|name| format!("{:?} {}", name.r#use, one(&name.family, &name.given)));
        std::iter::once(one(&legal.family, &legal.given)).chain(others).collect()
    }

    #[test]
    fn each_name_finds_its_use() {
        for (names, expected) in [
            (
                json!([{ "use": "official", "family": "Chalmers", "given": ["Peter", "James"] },
                    { "use": "usual", "given": ["Jim"] },
                    { "use": "maiden", "family": "Windsor", "given": ["Peter"], "period": { "end": "2002" } }]),
                vec!["Peter James/Chalmers", "Preferred Jim/", "Previous Peter/Windsor"],
            ),
            (json!([{ "use": "old", "family": "A" }, { "family": "B" }]), vec!["/B", "Previous /A"]),
            (
                json!([{ "use": "official", "family": "A", "period": { "end": "2026-11-20" } }, { "use": "temp", "family": "B" }]),
                vec!["/B", "Previous /A"],
            ),
            (
                json!([{ "use": "official", "family": "A", "period": { "end": "2026" } }, { "family": "B" }]),
                vec!["/A", "Previous /B"],
            ),
            (json!([{ "family": "A" }, { "use": "usual", "family": "A" }]), vec!["/A"]),
            (json!([{ "use": "official", "text": "张无忌" }]), vec!["/张无忌"]),
            (json!([{ "given": ["Suharto"] }]), vec!["/Suharto"]),
            (
                json!([{ "family": "A", "given": [null] }, { "use": "nickname", "text": "Al B" }]),
                vec!["/A", "Preferred /Al B"],
            ),
            (
                json!([{ "family": "A" }, { "use": "nickname", "given": ["N"] }, { "use": "usual", "given": ["U"] }]),
                vec!["/A", "Preferred U/", "Previous N/"],
            ),
        ] {
            assert_eq!(shown(names.clone()), expected, "{names}");
        }
    }

    #[test]
    fn a_name_that_says_nothing_is_no_name() {
        for names in [json!([]), json!([{}]), json!([{ "use": "official", "given": [null], "prefix": ["Dr."] }])] {
            assert!(sorted(names).is_none());
        }
    }
}
