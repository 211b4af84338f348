//! Who somebody is, in typed fields: the seed's base user and patient, as one registers and corrects them.
//!
//! Nothing here implements `Debug`, so that no patient can be printed by accident.

use keepwell_kernel::CivilDate;
use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

/// The sex that claims carry (X12 837, DMG03), apart from gender identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum AdministrativeSex {
    /// Female.
    F,
    /// Male.
    M,
    /// Unknown.
    U,
}

impl AdministrativeSex {
    /// Returns the letter.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::F => 'F',
            Self::M => 'M',
            Self::U => 'U',
        }
    }
}

/// The name in the law and on claims.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LegalName {
    /// The family name, all of it.
    pub family: String,
    /// The given names in their order.
    pub given: Vec<String>,
    /// Before the name: Dr.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub prefix: Option<String>,
    /// Behind the name: Jr., III.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub suffix: Option<String>,
}

/// What a name is to the person who bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NameUse {
    /// The name in the law.
    Legal,
    /// What the person wants to be called.
    Preferred,
    /// A name once borne.
    Previous,
}

/// Another name of a person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PatientName {
    /// What the name is to the person.
    pub r#use: NameUse,
    /// The family name.
    pub family: String,
    /// The given names in their order.
    pub given: Vec<String>,
    /// Before the name.
    pub prefix: Option<String>,
    /// Behind the name.
    pub suffix: Option<String>,
}

/// A postal address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street, apartment: as on an envelope.
    pub lines: Vec<String>,
    /// The city.
    pub city: String,
    /// The state: two letters in the United States.
    pub state: String,
    /// The ZIP code in the United States.
    pub postal_code: String,
    /// The country: `US`, or as written.
    pub country: String,
}

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AddressUse {
    /// Where the person lives.
    Home,
    /// Where the person works.
    Work,
    /// For a time.
    Temporary,
    /// For letters.
    Mailing,
}

/// An address of a patient.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PatientAddress {
    /// What it is for.
    pub r#use: AddressUse,
    /// Street, apartment: as on an envelope.
    pub lines: Vec<String>,
    /// The city.
    pub city: String,
    /// The state: two letters in the United States.
    pub state: String,
    /// The ZIP code in the United States.
    pub postal_code: String,
    /// The country: `US`, or as written.
    pub country: String,
}

/// A way to reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// A voice call.
    Phone,
    /// A text message.
    Sms,
    /// An e-mail.
    Email,
}

/// Where a channel reaches somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChannelUse {
    /// At home.
    Home,
    /// At work.
    Work,
    /// Anywhere.
    Mobile,
}

/// A contact channel with what the patient allows on it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ContactChannel {
    /// How.
    pub kind: ChannelKind,
    /// Where.
    pub r#use: ChannelUse,
    /// The number in E.164 form, or the e-mail address.
    pub value: String,
    /// The patient agreed to be reached on it.
    pub consent: bool,
    /// A message may be left on it.
    pub voicemail_allowed: bool,
    /// The patient would rather be reached on it than on the others.
    pub preferred: bool,
}

/// Whom to call in an emergency.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EmergencyContact {
    /// The name.
    pub name: String,
    /// What that person is to the patient.
    pub relationship: String,
    /// The phone number.
    pub phone: String,
}

/// Who answers for the bill.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Guarantor {
    /// The name.
    pub name: String,
    /// What that person is to the patient.
    pub relationship: String,
    /// The phone number.
    pub phone: Option<String>,
    /// The address.
    pub address: Option<Address>,
}

/// The order in which insurers pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InsuranceRank {
    /// Pays first.
    Primary,
    /// Pays second.
    Secondary,
    /// Pays third.
    Tertiary,
}

/// An insurance, as far as it is known before billing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Insurance {
    /// Its place in the order.
    pub rank: InsuranceRank,
    /// The insurer.
    pub provider: String,
    /// The policy or member number.
    pub policy_number: String,
    /// The group number.
    pub group_number: Option<String>,
}

/// Requires a field that may be null: a date of birth that was left out by mistake must not quietly become unknown.
pub(crate) fn stated<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}

/// Declares a type with all demographic fields, and others before them. Flattening one type into another would lose
/// both the refusal of unknown fields and the path of the field that is at fault.
macro_rules! with_demographics {
    (
        $(#[$about:meta])*
        pub struct $name:ident($birth:ty) {
            $($(#[$note:meta])* pub $own:ident: $type:ty,)*
        }
    ) => {
        $(#[$about])*
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$note])* pub $own: $type,)*
            /// The legal name.
            pub name: $crate::demographics::LegalName,
            /// Preferred and previous names.
            #[serde(default)]
            #[ts(as = "Option<Vec<crate::demographics::PatientName>>", optional)]
            pub other_names: Vec<$crate::demographics::PatientName>,
            /// The date of birth (`YYYY-MM-DD`), null where it is unknown.
            #[serde(deserialize_with = "crate::demographics::stated")]
            #[ts(type = "string | null")]
            pub date_of_birth: Option<$birth>,
            /// The sex on claims.
            pub administrative_sex: $crate::demographics::AdministrativeSex,
            /// Gender identity, in the patient's words.
            #[serde(default)]
            #[ts(optional = nullable)]
            pub gender_identity: Option<String>,
            /// Pronouns.
            #[serde(default)]
            #[ts(optional = nullable)]
            pub pronouns: Option<String>,
            /// Addresses.
            #[serde(default)]
            #[ts(as = "Option<Vec<crate::demographics::PatientAddress>>", optional)]
            pub addresses: Vec<$crate::demographics::PatientAddress>,
            /// Ways to reach the patient.
            #[serde(default)]
            #[ts(as = "Option<Vec<crate::demographics::ContactChannel>>", optional)]
            pub channels: Vec<$crate::demographics::ContactChannel>,
            /// How the patient asked to be reached in confidence (45 CFR 164.522(b)).
            #[serde(default)]
            #[ts(optional = nullable)]
            pub confidential_communication: Option<String>,
            /// The language the patient wants to be spoken to in.
            #[serde(default)]
            #[ts(optional = nullable)]
            pub language: Option<String>,
            /// Whom to call in an emergency.
            #[serde(default)]
            #[ts(as = "Option<Vec<crate::demographics::EmergencyContact>>", optional)]
            pub emergency_contacts: Vec<$crate::demographics::EmergencyContact>,
            /// Who answers for the bill, where it is not the patient.
            #[serde(default)]
            #[ts(optional = nullable)]
            pub guarantor: Option<$crate::demographics::Guarantor>,
            /// Insurances.
            #[serde(default)]
            #[ts(as = "Option<Vec<crate::demographics::Insurance>>", optional)]
            pub insurance: Vec<$crate::demographics::Insurance>,
            /// Short notes for everybody: hard of hearing, needs an interpreter.
            #[serde(default)]
            #[ts(as = "Option<Vec<String>>", optional)]
            pub flags: Vec<String>,
            /// Where the patient's record in another system is found.
            #[serde(default)]
            #[ts(optional = nullable)]
            pub ehr_link: Option<String>,
        }
    };
}

/// Declares a request that carries demographic fields, whose date of birth is checked by this feature and not by the
/// decoder, so that an impossible date is refused in words.
macro_rules! demographic_request {
    ($($declaration:tt)*) => {
        $crate::demographics::with_demographics! {
            #[derive(serde::Deserialize, ts_rs::TS)]
            $($declaration)*
        }
    };
}

/// Copies every demographic field but the date of birth from a request.
macro_rules! demographics_of {
    ($request:expr) => {{
        let request = $request;
        let date_of_birth = crate::check::civil_date(request.date_of_birth.as_deref(), "date_of_birth")?;
        $crate::demographics::Demographics {
            name: request.name.clone(),
            other_names: request.other_names.clone(),
            date_of_birth,
            administrative_sex: request.administrative_sex,
            gender_identity: request.gender_identity.clone(),
            pronouns: request.pronouns.clone(),
            addresses: request.addresses.clone(),
            channels: request.channels.clone(),
            confidential_communication: request.confidential_communication.clone(),
            language: request.language.clone(),
            emergency_contacts: request.emergency_contacts.clone(),
            guarantor: request.guarantor.clone(),
            insurance: request.insurance.clone(),
            flags: request.flags.clone(),
            ehr_link: request.ehr_link.clone(),
        }
    }};
}

pub(crate) use {demographic_request, demographics_of, with_demographics};

with_demographics! {
    /// The fields that one registers and corrects.
    #[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
    pub struct Demographics(CivilDate) {}
}

impl Demographics {
    /// Returns the name as it is listed: `Family, Given Middle`, with the suffix behind the family name.
    #[must_use]
    pub fn listed_name(&self) -> String {
        let family = match &self.name.suffix {
            Some(suffix) => format!("{} {suffix}", self.name.family),
            None => self.name.family.clone(),
        };
        if self.name.given.is_empty() { family } else { format!("{family}, {}", self.name.given.join(" ")) }
    }

    /// Returns what the person wants to be called, where that is known.
    #[must_use]
    pub fn preferred_name(&self) -> Option<String> {
        let preferred = self.other_names.iter().find(|name| name.r#use == NameUse::Preferred)?;
        Some(if preferred.given.is_empty() { preferred.family.clone() } else { preferred.given.join(" ") })
    }

    /// Returns the last four digits of the number the person would rather be called on.
    #[must_use]
    pub fn phone_last4(&self) -> Option<String> {
        let mut phones = self.channels.iter().filter(|channel| channel.kind != ChannelKind::Email);
        let phone = phones.clone().find(|channel| channel.preferred).or_else(|| phones.next())?;
        let digits: Vec<char> = phone.value.chars().filter(char::is_ascii_digit).collect();
        Some(digits.iter().skip(digits.len().saturating_sub(4)).collect())
    }
}
