//! What theatres and the teams in them take of the columns of a day.

use crate::looking::Look;
use crate::slot::short;
use crate::span::Span;
use crate::theatre::allocation::allocations;
use crate::theatre::held_on;
use crate::theatre::reservation::{ReservationPurpose, TheatreStep};
use crate::told::ToldTime;
use keepwell_kernel::{Error, ReservationId, ResourceId};
use serde::Serialize;
use ts_rs::TS;

/// A stretch of a column.
#[derive(Debug, Serialize, TS)]
pub struct DayReserved {
    /// The reservation that takes it.
    pub reservation: ReservationId,
    /// The column.
    pub resource: ResourceId,
    /// From when, in minutes since the day began; below nothing where that was the day before.
    pub from: i32,
    /// How long.
    pub minutes: u16,
    /// What for.
    pub purpose: ReservationPurpose,
    /// What to call it. Nothing clinical.
    pub label: String,
    /// `Family, Given Middle` of whoever is operated on.
    pub patient_name: Option<String>,
    /// When people were told that the procedure begins, where it stands elsewhere.
    pub told: Option<ToldTime>,
}

/// Returns what is taken of the columns of a day.
///
/// # Errors
/// [`Error`].
pub(crate) fn reserved(cx: &impl Look, day: Span) -> Result<Vec<DayReserved>, Error> {
    let mut all = Vec::new();
    for stored in held_on(cx, day)? {
        let one = &stored.record;
        // Whoever is in the theatre needs to be told nothing any more.
        let told = one.told(cx.here()).filter(|_| one.step < TheatreStep::PatientIn);
        let told = told.map(|span| ToldTime::of(cx.here(), span));
        let patient_name = one.patient.map(|patient| Ok::<_, Error>(cx.patient(patient)?.listed_name)).transpose()?;
        let stretch = |resource, span: Span| DayReserved {
            reservation: one.id,
            resource,
            from: i32::try_from(span.from - day.from).unwrap_or(i32::MIN),
            minutes: short(span.to - span.from),
            purpose: one.purpose,
            label: one.label(),
            patient_name: patient_name.clone(),
            told: told.clone(),
        };
        all.push(stretch(one.theatre, one.taken()));
        for along in allocations(cx, one.id)? {
            all.extend(along.resource().map(|id| stretch(id, along.span())));
        }
    }
    Ok(all)
}
