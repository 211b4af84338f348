//! Everybody, in memory while the session lasts: the search index, and beside it what comparing two people needs.
//!
//! Comparing reads no record, so that registering one person does not count as a look at two hundred others. Whoever
//! does come into question is read, and so noted.

use crate::demographics::Demographics;
use crate::likeness::{self, Home, Likeness, Traits};
use crate::patient::{Patient, traits};
use crate::people_index::{NameKind, PeopleIndex, PersonName, Ready};
use keepwell_kernel::{CivilDate, Error, Fault, PatientId};
use keepwell_log::door::{ReadCx, Resident, WriteCx};
use keepwell_vault::{Reading, Stored, VaultError};
use std::collections::HashMap;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The index of everybody in the practice.
pub(crate) struct People {
    pub(crate) index: PeopleIndex,
    known: HashMap<Uuid, Known>,
}

/// The traits of one person, packed: a hundred thousand of them must fit beside the index.
struct Known(Zeroizing<String>);

/// Names as (kind, family, given), date of birth, sex, homes as (line, postal code), phones, e-mails, insurances.
type Packed = (
    Vec<(u8, String, Vec<String>)>,
    Option<CivilDate>,
    char,
    Vec<(String, String)>,
    Vec<String>,
    Vec<String>,
    Vec<String>,
);

impl Known {
    fn pack(traits: Traits) -> Self {
        let kind = |kind| match kind {
            NameKind::Legal => 0,
            NameKind::Preferred => 1,
            NameKind::Previous => 2,
        };
        let packed: Packed = (
            traits.names.into_iter().map(|name| (kind(name.kind), name.family, name.given)).collect(),
            traits.date_of_birth,
            traits.sex,
            traits.addresses.into_iter().map(|home| (home.line, home.postal_code)).collect(),
            traits.phones,
            traits.emails,
            traits.insurance_ids,
        );
        // Plain values can always be written. If one day some cannot, there is no text, and reading that is an error.
        Self(Zeroizing::new(serde_json::to_string(&packed).unwrap_or_else(|_| String::new())))
    }

    fn traits(&self) -> Result<Traits, Fault> {
        let unreadable = |_| Fault::because("what is known of a person in memory cannot be read");
        let packed: Packed = serde_json::from_str(&self.0).map_err(unreadable)?;
        let (names, date_of_birth, sex, homes, phones, emails, insurance_ids) = packed;
        let kind = |kind| match kind {
            0 => NameKind::Legal,
            1 => NameKind::Preferred,
            _ => NameKind::Previous,
        };
        Ok(Traits {
            names: names
                .into_iter()
                .map(|(number, family, given)| PersonName { family, given, kind: kind(number) })
                .collect(),
            date_of_birth,
            sex,
            addresses: homes.into_iter().map(|(line, postal_code)| Home { line, postal_code }).collect(),
            phones,
            emails,
            insurance_ids,
        })
    }
}

impl Resident for People {
    fn build(reading: &Reading<'_>) -> Result<Self, VaultError> {
        let (mut index, mut known) = (PeopleIndex::bulk(), HashMap::new());
        let ready = |stored: Stored<Patient>| {
            (Known::pack(traits(&stored.record.demographics)), Ready::of(stored.record.person()))
        };
        reading.each(ready, |(traits, person)| {
            known.insert(person.id(), traits);
            index.insert(person);
        })?;
        index.settle();
        Ok(Self { index, known })
    }
}

/// Somebody who looks like the person in question.
pub(crate) struct Alike {
    pub(crate) patient: PatientId,
    pub(crate) likeness: Likeness,
}

impl People {
    /// Brings a patient up to date.
    pub(crate) fn put(&mut self, patient: &Patient) {
        self.known.insert(patient.id.uuid(), Known::pack(traits(&patient.demographics)));
        self.index.put(patient.person());
    }

    /// Returns everybody who is likely the same person, the likeliest first.
    fn alike(&self, sought: &Traits) -> Result<Vec<Alike>, Fault> {
        let mut alike = Vec::new();
        for id in self.index.candidates(sought) {
            let Some(known) = self.known.get(&id) else { continue };
            let likeness = likeness::compare(sought, &known.traits()?);
            if likeness.score >= likeness::LIKELY {
                alike.push(Alike { patient: PatientId::from(id), likeness });
            }
        }
        alike.sort_by(|one, other| other.likeness.score.total_cmp(&one.likeness.score));
        Ok(alike)
    }
}

/// Returns who is likely the same person as somebody who is about to be registered.
///
/// # Errors
/// [`Error`].
pub(crate) fn alike_before(cx: &WriteCx<'_, '_>, demographics: &Demographics) -> Result<Vec<Alike>, Error> {
    let sought = traits(demographics);
    Ok(cx.resident::<People, _>(|people| people.alike(&sought))??)
}

/// Returns who is likely the same person as somebody who is being typed in.
///
/// # Errors
/// [`Error`].
pub(crate) fn alike_now(cx: &ReadCx<'_>, demographics: &Demographics) -> Result<Vec<Alike>, Error> {
    let sought = traits(demographics);
    Ok(cx.resident::<People, _>(|people| people.alike(&sought))??)
}
