//! How a person is reached: telephones, e-mail, addresses, language.

use super::Left;
use super::names::is_over;
use crate::fhir::patient::{
    Address, AddressType, AddressUse as Use, Communication, ContactPoint, ContactSystem, ContactUse, Text,
};
use keepwell_kernel::CivilDate;
use keepwell_patients::{Address as Place, AddressUse, ChannelKind, ChannelUse, ContactChannel, PatientAddress};

/// Takes telephones, text messages and e-mail that still hold. Nobody has agreed to anything yet, so none may be used
/// without asking (45 CFR 164.522(b)).
pub(super) fn channels(points: &[ContactPoint], today: CivilDate, left: &mut Left) -> Vec<ContactChannel> {
    let first = points.iter().filter_map(|point| point.rank).min();
    let mut channels: Vec<ContactChannel> = Vec::new();
    for point in points {
        let Some(value) = &point.value else { continue };
        if point.r#use == Some(ContactUse::Old) || is_over(point.period.as_ref(), today) {
            left.part("telecom", "old");
            continue;
        }
        let kind = match point.system {
            Some(ContactSystem::Phone) => ChannelKind::Phone,
            Some(ContactSystem::Sms) => ChannelKind::Sms,
            Some(ContactSystem::Email) => ChannelKind::Email,
            // Without a system an address with its sign can only be e-mail; anything else is read as a telephone.
            None if value.0.contains('@') => ChannelKind::Email,
            None => ChannelKind::Phone,
            Some(ContactSystem::Fax) => {
                left.part("telecom", "fax");
                continue;
            }
            Some(ContactSystem::Pager | ContactSystem::Url | ContactSystem::Other) => {
                left.part("telecom", "other");
                continue;
            }
        };
        let r#use = match point.r#use {
            Some(ContactUse::Work) => ChannelUse::Work,
            Some(ContactUse::Mobile) => ChannelUse::Mobile,
            _ => ChannelUse::Home,
        };
        channels.push(ContactChannel {
            kind,
            r#use,
            value: value.0.clone(),
            consent: false,
            voicemail_allowed: false,
            preferred: point.rank.is_some() && point.rank == first,
        });
    }
    channels
}

/// Returns the first telephone number among ways to reach somebody.
pub(super) fn telephone(points: &[ContactPoint], today: CivilDate) -> Option<String> {
    let holds = |point: &&ContactPoint| {
        matches!(point.system, Some(ContactSystem::Phone | ContactSystem::Sms) | None)
            && point.r#use != Some(ContactUse::Old)
            && !is_over(point.period.as_ref(), today)
    };
    points.iter().filter(holds).find_map(|point| point.value.as_ref()).map(|value| value.0.clone())
}

/// Takes the addresses that still hold.
pub(super) fn addresses(addresses: &[Address], today: CivilDate, left: &mut Left) -> Vec<PatientAddress> {
    let mut taken = Vec::new();
    for address in addresses {
        if address.r#use == Some(Use::Old) || is_over(address.period.as_ref(), today) {
            left.part("address", "old");
            continue;
        }
        let Some(Place { lines, city, state, postal_code, country }) = place(address) else { continue };
        let r#use = match (address.r#use, address.r#type) {
            (Some(Use::Billing), _) | (_, Some(AddressType::Postal)) => AddressUse::Mailing,
            (Some(Use::Work), _) => AddressUse::Work,
            (Some(Use::Temp), _) => AddressUse::Temporary,
            (Some(Use::Home | Use::Old) | None, _) => AddressUse::Home,
        };
        taken.push(PatientAddress { r#use, lines, city, state, postal_code, country });
    }
    taken
}

/// Puts an address together; nothing when it says nothing. Where the parts are missing, the whole stands in one line.
pub(super) fn place(address: &Address) -> Option<Place> {
    let text = |part: &Option<Text>| part.as_ref().map(|text| text.0.clone());
    let parts = [&address.city, &address.district, &address.state, &address.postal_code];
    let mut lines: Vec<String> = address.line.iter().flatten().map(|line| line.0.clone()).collect();
    lines.extend(text(&address.district));
    if lines.is_empty() && parts.iter().all(|part| part.is_none()) {
        lines.extend(address.text.iter().flat_map(|text| text.0.lines()).map(|line| line.trim().to_owned()));
        lines.retain(|line| !line.is_empty());
    }
    let city = text(&address.city).unwrap_or_default();
    let state = text(&address.state).unwrap_or_default();
    let postal_code = text(&address.postal_code).unwrap_or_default();
    let says_nothing = lines.is_empty() && [&city, &state, &postal_code].iter().all(|part| part.is_empty());
    let country = text(&address.country).map_or_else(|| "US".to_owned(), |country| country_code(&country));
    (!says_nothing).then_some(Place { lines, city, state, postal_code, country })
}

/// Writes the United States as `US`; every other country stays as it is written.
fn country_code(country: &str) -> String {
    let ours = ["US", "USA", "U.S.", "U.S.A.", "UNITED STATES", "UNITED STATES OF AMERICA"];
    if ours.contains(&country.to_uppercase().as_str()) { "US".to_owned() } else { country.to_owned() }
}

/// Takes the preferred language, or the first: as a BCP 47 tag where there is one.
pub(super) fn language(spoken: &[Communication], left: &mut Left) -> Option<String> {
    let chosen = spoken.iter().position(|one| one.preferred == Some(true)).unwrap_or(0);
    (1..spoken.len()).for_each(|_| left.part("communication", "further"));
    let concept = spoken.get(chosen)?.language.as_ref()?;
    let tag = concept.codes().next().or_else(|| concept.words());
    tag.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fhir::patient::{self, Patient};
    use serde_json::{Value, json};

    fn read(resource: Value) -> (Patient, CivilDate, Left) {
        (patient::read(&resource).unwrap(), "2026-11-21".parse().unwrap(), Left(Vec::new()))
    }

    #[test]
    fn only_what_still_holds_is_taken_and_the_rest_is_named() {
        let (patient, today, mut left) = read(json!({ "telecom": [
            { "use": "home" },
            { "system": "phone", "value": "312 555 0142", "use": "work", "rank": 2 },
            { "system": "phone", "value": "312 555 0143", "use": "mobile", "rank": 1 },
            { "system": "phone", "value": "312 555 0144", "use": "old" },
            { "system": "phone", "value": "312 555 0145", "period": { "end": "2014" } },
            { "system": "fax", "value": "312 555 0146" },
            { "value": "ana@example.com" },
        ] }));
        let channels = channels(&patient.telecom, today, &mut left);
        let shown: Vec<_> =
            channels.iter().map(|one| (one.kind, one.r#use, one.preferred, one.value.as_str())).collect();
        assert_eq!(
            shown,
            [
                (ChannelKind::Phone, ChannelUse::Work, false, "312 555 0142"),
                (ChannelKind::Phone, ChannelUse::Mobile, true, "312 555 0143"),
                (ChannelKind::Email, ChannelUse::Home, false, "ana@example.com"),
            ]
        );
        assert!(channels.iter().all(|one| !one.consent && !one.voicemail_allowed));
        assert_eq!(left.0, ["Patient.telecom:old", "Patient.telecom:old", "Patient.telecom:fax"]);
    }

    #[test]
    fn addresses_keep_what_they_say() {
        let (patient, today, mut left) = read(json!({ "address": [
            { "use": "home", "line": ["1 Main St", null], "city": "Mounds", "state": "OK", "postalCode": "74047", "country": "USA" },
            { "use": "billing", "text": "PO Box 1\nMounds, OK" },
            { "use": "old", "line": ["2 Main St"] },
            { "use": "home" },
            { "line": ["马当路190号"], "city": "上海市", "district": "黄埔区", "country": "CHN" },
        ] }));
        let taken = addresses(&patient.address, today, &mut left);
        let shown: Vec<_> = taken.iter().map(|one| (one.r#use, one.lines.join("|"), one.country.as_str())).collect();
        assert_eq!(
            shown,
            [
                (AddressUse::Home, "1 Main St".to_owned(), "US"),
                (AddressUse::Mailing, "PO Box 1|Mounds, OK".to_owned(), "US"),
                (AddressUse::Home, "马当路190号|黄埔区".to_owned(), "CHN"),
            ]
        );
        assert_eq!(left.0, ["Patient.address:old"]);
    }

    #[test]
    fn the_preferred_language_is_a_tag_where_there_is_one() {
        let spoken = |one: &str| json!({ "language": { "coding": [{ "code": one }], "text": "words" } });
        let mut second = spoken("nl-NL");
        second["preferred"] = json!(true);
        for (communication, language) in [
            (json!([spoken("en-US"), second]), Some("nl-NL")),
            (json!([spoken("es"), spoken("en")]), Some("es")),
            (json!([{ "language": { "text": "Quechua" } }]), Some("Quechua")),
            (json!([]), None),
        ] {
            let (patient, _, mut left) = read(json!({ "communication": communication }));
            assert_eq!(super::language(&patient.communication, &mut left).as_deref(), language);
        }
    }
}
