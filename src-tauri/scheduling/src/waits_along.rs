//! What a patient waits for, and who acts for the patient, go along with the records too, and come back with them.

use crate::bring_visits_back::{NAME, is_kept, put_in_rows};
use crate::came_visits::{BY_WAIT, CameWaits, came_waits};
use crate::contact::{Contact, ContactChannel};
use crate::fields::{LINE, TEXT};
use crate::keep_contact::{CHANNELS_MAX, PATIENTS_MAX};
use crate::refusals::{NOT_AS_KEPT, TOO_MANY, UNKNOWN};
use crate::setup::Setup;
use crate::table::{CONTACT_BY_PATIENT, WAIT_BY_PATIENT};
use crate::unit::StandReason;
use crate::visits_along::VisitsOfPatient;
use crate::waitlist_entry::WaitlistEntry;
use keepwell_kernel::{CivilDate, ContactId, Error, Instant, PatientId, ProductId, WaitId};
use keepwell_log::door::WriteCx;
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most places on the waitlist that one record had, and the most who act for it.
const MOST: usize = 1_000;

/// A place on the waitlist as it goes along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitAlong {
    /// The place.
    pub wait: WaitId,
    /// The record it is about: the patient's own, or one that was merged into it.
    pub patient: PatientId,
    /// For what.
    pub product: ProductId,
    /// What that is called; it is the patient's own record.
    pub label: String,
    /// With whom or where, by name; anybody and anywhere where nothing is named.
    pub with: Vec<String>,
    /// On which days of the week, 1 for Monday to 7.
    pub weekdays: Vec<u8>,
    /// Not before this minute of the day.
    pub not_before: Option<u16>,
    /// Not after this minute of the day.
    pub not_after: Option<u16>,
    /// Until which day it is any use.
    pub until: Option<CivilDate>,
    /// What was said.
    pub note: String,
    /// Since when.
    pub since: Instant,
    /// It is over: booked, or given up.
    pub ended: bool,
    /// Why, where it was given up.
    pub reason: Option<StandReason>,
}

/// Somebody who acts for the patient, as that goes along. For whom else they act is not the patient's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactAlong {
    /// The contact.
    pub contact: ContactId,
    /// Who it is.
    pub name: String,
    /// What the contact is to the patient.
    pub relationship: String,
    /// How the contact is reached.
    pub channels: Vec<ContactChannel>,
}

/// Adds what one record waits for, and who acts for it, to what goes along.
///
/// # Errors
/// [`Error`].
pub(crate) fn add_waits(
    cx: &WriteCx<'_, '_>,
    setup: &Setup,
    record: PatientId,
    found: &mut VisitsOfPatient,
) -> Result<(), Error> {
    let prefix = cx.key(WaitlistEntry::TABLE)?.id(record.bytes()).done();
    for row in cx.find::<WaitlistEntry>(WAIT_BY_PATIENT, &prefix, MOST)? {
        found.waits.push(along(setup, cx.get::<WaitlistEntry>(&row)?.ok_or(UNKNOWN)?.record)?);
    }
    found.waits.extend(came_waits(cx, record)?.into_iter().flat_map(|row| row.waits));
    let prefix = cx.key(Contact::TABLE)?.id(record.bytes()).done();
    for row in cx.find::<Contact>(CONTACT_BY_PATIENT, &prefix, MOST)? {
        let Contact { id, name, relationship, channels, .. } = cx.get::<Contact>(&row)?.ok_or(UNKNOWN)?.record;
        // Whoever acts for a record acts for the one that was merged into it.
        if found.contacts.iter().all(|one| one.contact != id) {
            found.contacts.push(ContactAlong { contact: id, name, relationship, channels });
        }
    }
    found.waits.sort_by_key(|one| (one.since, one.wait));
    found.contacts.sort_by_key(|one| one.contact);
    Ok(())
}

fn along(setup: &Setup, wait: WaitlistEntry) -> Result<WaitAlong, Error> {
    let product = setup.product(wait.product).ok_or(UNKNOWN)?;
    Ok(WaitAlong {
        wait: wait.id,
        patient: wait.patient,
        product: wait.product,
        label: product.label.clone(),
        with: wait.resources.iter().map(|id| setup.name(*id)).collect(),
        weekdays: wait.weekdays,
        not_before: wait.not_before,
        not_after: wait.not_after,
        until: wait.until,
        note: wait.note,
        since: wait.since,
        ended: wait.ended,
        reason: wait.reason,
    })
}

/// Brings both back. A place on another practice's waitlist is none on this one's; whoever acts for a patient acts here too.
/// Answers how many rows it wrote.
///
/// # Errors
/// [`NOT_AS_KEPT`] at what this program would not have kept so, and [`Error`].
pub(crate) fn bring_waits_back(
    cx: &mut WriteCx<'_, '_>,
    patient: PatientId,
    records: &[PatientId],
    came: &VisitsOfPatient,
) -> Result<usize, Error> {
    let latest = cx.now() + chrono::Duration::days(1);
    if came.waits.len() > MOST || came.contacts.len() > MOST {
        return Err(TOO_MANY.at("waits").into());
    }
    let mut here = BTreeSet::new();
    for record in records {
        here.extend(came_waits(cx, *record)?.into_iter().flat_map(|row| row.waits).map(|one| one.wait));
    }
    let mut new = Vec::new();
    for (at, one) in came.waits.iter().enumerate().filter(|(_, one)| !here.contains(&one.wait)) {
        if !records.contains(&one.patient) || !could_be_kept(one, latest) || is_somebody_elses(cx, one.wait)? {
            return Err(NOT_AS_KEPT.at(format!("waits.{at}")).into());
        }
        new.push(one.clone());
    }
    let rows = put_in_rows(cx, new, "waits", |part, waits| CameWaits { patient, part, waits })?;
    let mut contacts = 0;
    for (at, one) in came.contacts.iter().enumerate() {
        contacts += usize::from(bring_contact_back(cx, patient, one, &format!("contacts.{at}"))?);
    }
    Ok(rows + contacts)
}

/// Keeps a contact that came, or adds the patient to one who came with somebody else's record. Says whether that was to do.
fn bring_contact_back(
    cx: &mut WriteCx<'_, '_>,
    patient: PatientId,
    one: &ContactAlong,
    field: &str,
) -> Result<bool, Error> {
    if !could_act(one) {
        return Err(NOT_AS_KEPT.at(field).into());
    }
    let ContactAlong { contact: id, name, relationship, channels } = one.clone();
    let row = cx.key(Contact::TABLE)?.id(id.bytes()).done();
    let here = cx.get::<Contact>(&row)?.map(|stored| stored.record);
    let mut kept =
        here.unwrap_or_else(|| Contact { id, name, relationship, patients: Vec::new(), channels, ended: false });
    if kept.name != one.name {
        return Err(NOT_AS_KEPT.at(field).into());
    }
    // What is kept here is newer than what came: only for whom they act is added.
    if kept.ended || kept.patients.contains(&patient) {
        return Ok(false);
    }
    kept.patients.push(patient);
    if kept.patients.len() > PATIENTS_MAX {
        return Err(TOO_MANY.at(field).into());
    }
    cx.put(&kept)?;
    Ok(true)
}

/// Says whether a place with this id is on the waitlist here, or came with another record.
fn is_somebody_elses(cx: &WriteCx<'_, '_>, wait: WaitId) -> Result<bool, Error> {
    let own = cx.key(WaitlistEntry::TABLE)?.id(wait.bytes()).done();
    let came = cx.key(CameWaits::TABLE)?.id(wait.bytes()).done();
    Ok(cx.get::<WaitlistEntry>(&own)?.is_some() || !cx.find::<CameWaits>(BY_WAIT, &came, 1)?.is_empty())
}

fn could_be_kept(one: &WaitAlong, latest: Instant) -> bool {
    let said = [(&one.label, LINE), (&one.note, TEXT)];
    said.into_iter().all(|(text, most)| is_kept(text, most))
        && one.with.len() <= crate::book::RESOURCES_MAX
        && one.with.iter().all(|name| is_kept(name, NAME))
        && one.weekdays.iter().all(|day| (1..=7).contains(day))
        && one.since <= latest
}

fn could_act(one: &ContactAlong) -> bool {
    let reached = |channel: &ContactChannel| !channel.value.is_empty() && is_kept(&channel.value, LINE);
    let said = !one.name.is_empty() && is_kept(&one.name, LINE) && is_kept(&one.relationship, LINE);
    said && one.channels.len() <= CHANNELS_MAX && one.channels.iter().all(reached)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn what_was_written_is_read_for_ever() {
        let patient = PatientId::from_bytes([1; 16]);
        let wait = WaitAlong {
            wait: WaitId::from_bytes([22; 16]),
            patient,
            product: ProductId::from_bytes([7; 16]),
            label: "Minor procedure".to_owned(),
            with: vec!["Dr. Naomi Ito".to_owned()],
            weekdays: vec![1, 3],
            not_before: Some(540),
            not_after: Some(720),
            until: CivilDate::from_ymd_opt(2026, 4, 1),
            note: "Mornings".to_owned(),
            since: "2026-03-09T14:30:00Z".parse().unwrap(),
            ended: true,
            reason: Some(StandReason::Ill),
        };
        let row = CameWaits { patient, part: 0, waits: vec![wait] };
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        assert_eq!(keepwell_vault::golden::holds(&row, folder, "came-waits-1.hex"), 0x0534);
    }
}
