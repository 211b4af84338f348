//! How somebody may be reminded of a visit: by a voice call or a letter, as the patient allows it (45 CFR 164.522(b)).

use crate::demographics::{ChannelKind, Demographics};
use crate::patient::{Patient, look_at};
use keepwell_kernel::{CivilDate, Error, PatientId};
use keepwell_log::door::ReadCx;

/// A patient with the ways to remind of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemindedPatient {
    /// `Family, Given Middle`.
    pub listed_name: String,
    /// The date of birth, where it is known.
    pub date_of_birth: Option<CivilDate>,
    /// What the patient asked for where another way was asked for; then no number and no address is given, because only a
    /// person can read what it allows.
    pub reach_by: Option<String>,
    /// The number to call, where one may be called.
    pub phone: Option<String>,
    /// A message may be left on it.
    pub voicemail: bool,
    /// Where a letter goes, the name first; empty where none may be sent.
    pub address: Vec<String>,
}

impl RemindedPatient {
    fn of(patient: &Patient) -> Self {
        let known = &patient.demographics;
        let reach_by = known.confidential_communication.clone();
        // Nobody writes to the dead, nor calls their house.
        let any_way = reach_by.is_none() && patient.deceased.is_none();
        let mut phones: Vec<_> =
            known.channels.iter().filter(|one| any_way && one.consent && one.kind == ChannelKind::Phone).collect();
        phones.sort_by_key(|one| !one.preferred);
        let phone = phones.first();
        Self {
            listed_name: known.listed_name(),
            date_of_birth: known.date_of_birth,
            phone: phone.map(|one| one.value.clone()),
            voicemail: phone.is_some_and(|one| one.voicemail_allowed),
            address: if any_way { addressed(known) } else { Vec::new() },
            reach_by: reach_by.filter(|_| patient.deceased.is_none()),
        }
    }
}

/// Returns where a letter goes: the address for letters where there is one, else the first.
fn addressed(known: &Demographics) -> Vec<String> {
    let home = known.addresses.iter().min_by_key(|one| one.r#use != crate::demographics::AddressUse::Mailing);
    let Some(home) = home else { return Vec::new() };
    let name = [known.name.prefix.as_deref(), Some(&known.name.given.join(" ")), Some(&known.name.family)];
    let suffix = known.name.suffix.as_deref();
    let name: Vec<&str> = name.into_iter().chain([suffix]).flatten().filter(|part| !part.is_empty()).collect();
    let place = [home.city.as_str(), &home.state, &home.postal_code];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let lines = std::iter::once(name.join(" ")).chain(home.lines.iter().cloned()).chain([place.join(" ")]);
    lines.filter(|line| !line.is_empty()).collect()
}

/// Looks at a patient, which notes the look.
///
/// # Errors
/// A refusal at `patient` where there is none.
pub fn reminded(cx: &ReadCx<'_>, patient: PatientId) -> Result<RemindedPatient, Error> {
    Ok(RemindedPatient::of(&look_at(cx, patient)?.record))
}
