//! The Patient resource of FHIR R4, as far as it is taken. What does not fit is an error that names the field.
//!
//! Nothing here implements `Debug`, so that no patient can be printed by accident.

use super::date::{Date, DateOrTime};
use serde::Deserialize;
use serde_json::Value;

/// A text that says something: FHIR strings are never empty.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Text(pub String);

impl TryFrom<String> for Text {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let trimmed = text.trim();
        if trimmed.is_empty() { Err("an empty text") } else { Ok(Self(trimmed.to_owned())) }
    }
}

macro_rules! elements {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Default, Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        pub struct $name { $($(#[$field_doc])* pub $field: $kind,)+ }
    )+};
}

elements! {
    /// A patient.
    Patient {
        /// The id on the server that the file comes from.
        id: Option<Text>,
        /// Rules one must know to understand the record.
        implicit_rules: Option<Text>,
        /// Extensions that change the meaning.
        modifier_extension: Vec<Extension>,
        /// Extensions that add to it.
        extension: Vec<Extension>,
        /// Identifiers in business use.
        identifier: Vec<Identifier>,
        /// The record is in use.
        active: Option<bool>,
        /// Names.
        name: Vec<HumanName>,
        /// Telephones, addresses for e-mail and so on.
        telecom: Vec<ContactPoint>,
        /// The administrative gender.
        gender: Option<Gender>,
        /// The date of birth.
        birth_date: Option<Date>,
        /// The person is dead.
        deceased_boolean: Option<bool>,
        /// When the person died.
        deceased_date_time: Option<DateOrTime>,
        /// Addresses.
        address: Vec<Address>,
        /// Other people.
        contact: Vec<Contact>,
        /// Languages.
        communication: Vec<Communication>,
        /// Other records of the same person.
        link: Vec<Link>,
    }
    /// Anything more.
    Extension {
        /// What it means.
        url: Option<Text>,
        /// Parts of it.
        extension: Vec<Extension>,
        /// A code.
        value_code: Option<Text>,
        /// A text.
        value_string: Option<Text>,
        /// A concept.
        value_codeable_concept: Option<Concept>,
        /// A coding.
        value_coding: Option<Coding>,
    }
    /// Something said by codes or in words.
    Concept {
        /// The codes.
        coding: Vec<Coding>,
        /// The words.
        text: Option<Text>,
    }
    /// One code.
    Coding {
        /// Whose code.
        system: Option<Text>,
        /// The code.
        code: Option<Text>,
        /// Its name.
        display: Option<Text>,
    }
    /// From when until when.
    Period {
        /// The first moment.
        start: Option<DateOrTime>,
        /// The last moment.
        end: Option<DateOrTime>,
    }
    /// An identifier.
    Identifier {
        /// `usual`, `official`, `temp`, `secondary` or `old`.
        r#use: Option<IdentifierUse>,
        /// What kind.
        r#type: Option<Concept>,
        /// Whose.
        system: Option<Text>,
        /// The identifier itself.
        value: Option<Text>,
        /// When it holds.
        period: Option<Period>,
    }
    /// A name.
    HumanName {
        /// What the name is for.
        r#use: Option<NameUse>,
        /// The whole name.
        text: Option<Text>,
        /// The family name.
        family: Option<Text>,
        /// The given names; an element may be null when only an extension says something about it.
        given: Vec<Option<Text>>,
        /// What comes before.
        prefix: Vec<Option<Text>>,
        /// What comes after.
        suffix: Vec<Option<Text>>,
        /// When it holds.
        period: Option<Period>,
    }
    /// A way to reach somebody.
    ContactPoint {
        /// What it is.
        system: Option<ContactSystem>,
        /// The number or the address.
        value: Option<Text>,
        /// Where it reaches the person.
        r#use: Option<ContactUse>,
        /// 1 is tried first.
        rank: Option<u32>,
        /// When it holds.
        period: Option<Period>,
    }
    /// An address.
    Address {
        /// What the address is for.
        r#use: Option<AddressUse>,
        /// `postal`, `physical` or `both`.
        r#type: Option<AddressType>,
        /// The whole address.
        text: Option<Text>,
        /// The street and the unit.
        line: Vec<Option<Text>>,
        /// The town.
        city: Option<Text>,
        /// The district.
        district: Option<Text>,
        /// The state.
        state: Option<Text>,
        /// The postal code.
        postal_code: Option<Text>,
        /// The country.
        country: Option<Text>,
        /// When it holds.
        period: Option<Period>,
    }
    /// Somebody else.
    Contact {
        /// What this person is to the patient.
        relationship: Vec<Concept>,
        /// The name.
        name: Option<HumanName>,
        /// Ways to reach this person.
        telecom: Vec<ContactPoint>,
        /// The address.
        address: Option<Address>,
        /// When it holds.
        period: Option<Period>,
    }
    /// A language.
    Communication {
        /// Which one.
        language: Option<Concept>,
        /// The patient prefers it.
        preferred: Option<bool>,
    }
    /// Another record of the same person.
    Link {
        /// How the two stand to each other.
        r#type: Option<LinkType>,
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident { $($(#[$code_doc:meta])* $code:ident,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$code_doc])* $code,)+ }
    )+};
}

codes! {
    /// The administrative gender.
    Gender {
        /// Male.
        Male,
        /// Female.
        Female,
        /// Neither of the two.
        Other,
        /// Not known.
        Unknown,
    }
    /// What an identifier is for.
    IdentifierUse {
        /// In everyday use.
        Usual,
        /// The most trusted one.
        Official,
        /// Temporary.
        Temp,
        /// Of somebody who only passes it on.
        Secondary,
        /// No longer valid.
        Old,
    }
    /// What a name is for.
    NameUse {
        /// Used every day.
        Usual,
        /// The formal name.
        Official,
        /// Temporary.
        Temp,
        /// Among friends.
        Nickname,
        /// To stay unknown.
        Anonymous,
        /// No longer used.
        Old,
        /// Before a marriage.
        Maiden,
    }
    /// What kind of way to reach somebody.
    ContactSystem {
        /// A telephone.
        Phone,
        /// A fax machine.
        Fax,
        /// E-mail.
        Email,
        /// A pager.
        Pager,
        /// Something on the web.
        Url,
        /// Text messages.
        Sms,
        /// Something else.
        Other,
    }
    /// Where it reaches the person.
    ContactUse {
        /// At home.
        Home,
        /// At work.
        Work,
        /// For a time.
        Temp,
        /// No longer.
        Old,
        /// Anywhere.
        Mobile,
    }
    /// What an address is for.
    AddressUse {
        /// Home.
        Home,
        /// Work.
        Work,
        /// For a time.
        Temp,
        /// No longer.
        Old,
        /// For bills.
        Billing,
    }
    /// What goes to an address.
    AddressType {
        /// Mail.
        Postal,
        /// Visitors.
        Physical,
        /// Either.
        Both,
    }
    /// How two records of one person stand to each other.
    LinkType {
        /// The other one took this one's place.
        ReplacedBy,
        /// This one took the other one's place.
        Replaces,
        /// The other one says more.
        Refer,
        /// The other one is of interest too.
        Seealso,
    }
}

impl Concept {
    /// Returns its words: the text, or the name of a code, or a code.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        let display = || self.coding.iter().find_map(|coding| coding.display.as_ref());
        let code = || self.coding.iter().find_map(|coding| coding.code.as_ref());
        self.text.as_ref().or_else(display).or_else(code).map(|text| text.0.as_str())
    }

    /// Says whether one of its codes is this one, whoever defined it.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.codes().any(|found| found == code)
    }

    /// Returns its codes.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.coding.iter().filter_map(|coding| coding.code.as_ref()).map(|code| code.0.as_str())
    }
}

/// Reads a Patient resource. On failure it returns the path of the field that is at fault, dotted.
///
/// # Errors
/// The dotted path, empty where the resource as a whole is no object.
pub fn read(resource: &Value) -> Result<Patient, String> {
    serde_path_to_error::deserialize(resource).map_err(|error| dotted(error.path()))
}

fn dotted(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let segments = path.iter().map(|segment| match segment {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } => key.clone(),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => "?".to_owned(),
    });
    segments.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_of_the_wrong_form_names_its_field() {
        for (resource, field) in [
            (json!({ "birthDate": "12/25/1974" }), "birthDate"),
            (json!({ "birthDate": 1974 }), "birthDate"),
            (json!({ "gender": "F" }), "gender"),
            (json!({ "name": { "family": "Shaw" } }), "name"),
            (json!({ "name": [{ "family": ["Shaw"] }] }), "name.0.family"),
            (json!({ "name": [{ "family": "Shaw" }, { "given": ["Amy", 7] }] }), "name.1.given.1"),
            (json!({ "name": [{ "family": "  " }] }), "name.0.family"),
            (json!({ "name": [{ "use": "legal" }] }), "name.0.use"),
            (json!({ "deceasedDateTime": "yesterday" }), "deceasedDateTime"),
            (json!({ "deceasedBoolean": "true" }), "deceasedBoolean"),
            (json!({ "telecom": [{ "system": "telephone" }] }), "telecom.0.system"),
            (json!({ "contact": [{ "name": { "period": { "end": "soon" } } }] }), "contact.0.name.period.end"),
        ] {
            assert_eq!(read(&resource).err().as_deref(), Some(field), "{resource}");
        }
    }

    #[test]
    fn what_is_not_taken_does_not_disturb() {
        let resource = json!({
            "resourceType": "Patient", "meta": { "versionId": "1" }, "_birthDate": { "extension": [] },
            "name": [{ "family": "Shaw", "given": [null, "Amy"], "_given": [{ "id": "a" }, null] }],
        });
        let patient = read(&resource).unwrap();
        assert!(patient.name[0].given == [None, Some(Text("Amy".to_owned()))]);
    }
}
