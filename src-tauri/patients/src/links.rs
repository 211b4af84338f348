//! Which links to other systems belong to whom, in memory: the store's index of them begins with the other system, and
//! looking through all of them for one patient's would count as a look at everybody.

use crate::take_in::ImportLink;
use keepwell_kernel::{Error, PatientId};
use keepwell_log::door::{Resident, WriteCx};
use keepwell_vault::{Reading, Record as _, VaultError};
use std::collections::HashMap;

/// The ids of the links of each patient.
struct Links(HashMap<PatientId, Vec<[u8; 16]>>);

impl Resident for Links {
    fn build(reading: &Reading<'_>) -> Result<Self, VaultError> {
        let mut links: HashMap<PatientId, Vec<[u8; 16]>> = HashMap::new();
        reading.each::<ImportLink, _>(
            |stored| (stored.record.patient, stored.record.id),
            |(patient, link)| links.entry(patient).or_default().push(link),
        )?;
        Ok(Self(links))
    }
}

/// Puts a new link.
///
/// # Errors
/// [`Error`].
pub(crate) fn put_link(cx: &mut WriteCx<'_, '_>, link: &ImportLink) -> Result<(), Error> {
    cx.put(link)?;
    let (patient, id) = (link.patient, link.id);
    cx.after_commit(move |residents| {
        residents.update::<Links>(|links| links.0.entry(patient).or_default().push(id));
    });
    Ok(())
}

/// Returns a patient's links in the order of the systems and the ids there.
///
/// # Errors
/// [`Error`].
pub(crate) fn links_of(cx: &WriteCx<'_, '_>, patient: PatientId) -> Result<Vec<ImportLink>, Error> {
    let ids = cx.resident::<Links, _>(|links| links.0.get(&patient).cloned())?;
    let mut links = Vec::new();
    for id in ids.into_iter().flatten() {
        let row = cx.key(ImportLink::TABLE)?.id(&id).done();
        links.extend(cx.get::<ImportLink>(&row)?.map(|stored| stored.record));
    }
    links.sort_by(|one, other| (&one.system, &one.value).cmp(&(&other.system, &other.value)));
    Ok(links)
}
