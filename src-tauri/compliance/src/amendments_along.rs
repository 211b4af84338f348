//! Amendments go with the record: out with every copy of it, and back in with one (45 CFR 164.526(c)(1), (d)(4), (d)(5)).

use crate::amendment::{AmendmentRequest, CLOCK};
use crate::fields::{LINE, STATEMENT_MAX, TEXT_MAX, is_kept};
use crate::ledger::all_of;
use crate::refusals::NOT_AS_KEPT;
use crate::table::AMENDMENT_OF;
use crate::tell_amendment::PERSONS_MAX;
use keepwell_kernel::{CivilDate, Error, PatientId};
use keepwell_log::door::WriteCx;
use keepwell_patients::{known_to, newest_version};
use keepwell_vault::Record as _;

/// Returns every request for an amendment of a patient's record and of those that were merged into it, oldest first. All go
/// along with every copy of the record, those that were denied as well: 164.526(d)(5) asks for it where there is a statement
/// of disagreement or the patient wished it, and 164.526(d)(4) links each denial to the record it is about, so a copy
/// without it would not be whole. One that waits goes along, so that its days go on where the record is taken in.
///
/// # Errors
/// A refusal at `field` where there is no such patient, and [`Error`].
pub fn amendments_of(cx: &WriteCx<'_, '_>, patient: PatientId, field: &str) -> Result<Vec<AmendmentRequest>, Error> {
    let known = known_to(cx, patient, field)?;
    let mut found = all_of!(cx, AmendmentRequest, AMENDMENT_OF, known.records());
    found.sort_by_key(|one| (one.received_on, one.id));
    Ok(found)
}

/// Brings requests back that came with a record, under the same ids, in the transaction that brought the record itself.
/// One that is here already stays as it is here: it came with the record that was merged into this one, and may have
/// gone on since.
///
/// # Errors
/// [`NOT_AS_KEPT`] at the request that nobody could have typed, and [`Error`].
pub fn bring_amendments_back(
    cx: &mut WriteCx<'_, '_>,
    patient: PatientId,
    amendments: Vec<AmendmentRequest>,
) -> Result<(), Error> {
    let known = known_to(cx, patient, "patient")?;
    for (at, one) in amendments.into_iter().enumerate() {
        let refused = || NOT_AS_KEPT.at(format!("amendments.{at}"));
        if !known.records().any(|record| record == one.patient) {
            return Err(refused().into());
        }
        let versions = newest_version(cx, one.patient, "patient")?;
        if !could_be_typed(&one, versions, cx.today()) {
            return Err(refused().into());
        }
        let key = cx.key(AmendmentRequest::TABLE)?.id(one.id.bytes()).done();
        match cx.get::<AmendmentRequest>(&key)? {
            None => {
                cx.put(&one)?;
            }
            Some(here) if here.record.patient == one.patient => {}
            Some(_) => return Err(refused().into()),
        }
    }
    Ok(())
}

/// Says whether the operations could have made this of what somebody typed, up to today.
fn could_be_typed(of: &AmendmentRequest, versions: u64, today: CivilDate) -> bool {
    let days = |first: CivilDate, on: CivilDate| first <= on && on <= today;
    let asked = of.received_on <= today
        && (1..=versions).contains(&of.target.version)
        && of.requester.is_kept()
        && is_kept(&of.text, STATEMENT_MAX)
        && of.reason.as_ref().is_none_or(|reason| is_kept(reason, TEXT_MAX));
    let extended = of.extension.as_ref().is_none_or(|one| {
        let in_time = one.sent_on <= CLOCK.due_on(of.received_on, None);
        in_time && days(of.received_on, one.sent_on) && is_kept(&one.reason, TEXT_MAX)
    });
    asked
        && extended
        && (of.accepted.is_none() || of.denied.is_none())
        && accepted(of, versions, &days)
        && denied(of, &days)
}

fn accepted(of: &AmendmentRequest, versions: u64, days: &dyn Fn(CivilDate, CivilDate) -> bool) -> bool {
    of.accepted.as_ref().is_none_or(|one| {
        let named = one.persons.len() <= PERSONS_MAX
            && one.persons.iter().all(|who| is_kept(&who.name, LINE) && days(of.received_on, who.told_on));
        let linked = one.appended.is_some() || one.version.is_some();
        let said = one.appended.as_ref().is_none_or(|text| is_kept(text, STATEMENT_MAX));
        let later = one.version.is_none_or(|version| version > of.target.version && version <= versions);
        named && linked && said && later && days(of.received_on, one.told_on)
    })
}

/// What was said to a denial needs one, and an answer needs what it answers.
fn denied(of: &AmendmentRequest, days: &dyn Fn(CivilDate, CivilDate) -> bool) -> bool {
    let Some(denial) = &of.denied else {
        return of.disagreement.is_none() && of.accompany_asked_on.is_none() && of.rebuttal.is_none();
    };
    let wished = of.accompany_asked_on.is_none_or(|on| days(denial.told_on, on));
    let stated = of
        .disagreement
        .as_ref()
        .is_none_or(|one| is_kept(&one.text, STATEMENT_MAX) && days(denial.told_on, one.received_on));
    let answered = of.rebuttal.as_ref().is_none_or(|one| {
        let after = of.disagreement.as_ref().is_some_and(|stated| days(stated.received_on, one.sent_on));
        after && is_kept(&one.text, STATEMENT_MAX)
    });
    is_kept(&denial.basis, TEXT_MAX) && days(of.received_on, denial.told_on) && wished && stated && answered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amendment::{
        AmendedKind, AmendmentAccepted, AmendmentDenied, AmendmentDisagreement, AmendmentGround, AmendmentRebuttal,
        AmendmentTarget,
    };
    use crate::clock::Extension;
    use crate::requester::Requester;
    use keepwell_kernel::AmendmentId;

    fn on(day: &str) -> CivilDate {
        day.parse().unwrap()
    }

    fn asked() -> AmendmentRequest {
        AmendmentRequest {
            id: AmendmentId::make(),
            patient: PatientId::make(),
            requester: Requester { representative: None, verification: "Photo ID".to_owned() },
            received_on: on("2026-01-15"),
            target: AmendmentTarget { kind: AmendedKind::Patient, version: 1 },
            text: "Born a day earlier".to_owned(),
            reason: None,
            extension: Some(Extension { sent_on: on("2026-03-16"), reason: "Paper".to_owned() }),
            accepted: None,
            denied: None,
            disagreement: None,
            accompany_asked_on: None,
            rebuttal: None,
        }
    }

    fn answered() -> AmendmentRequest {
        AmendmentRequest {
            denied: Some(AmendmentDenied {
                ground: AmendmentGround::AccurateAndComplete,
                basis: "The certificate".to_owned(),
                told_on: on("2026-03-20"),
            }),
            disagreement: Some(AmendmentDisagreement { text: "No".to_owned(), received_on: on("2026-03-21") }),
            accompany_asked_on: Some(on("2026-03-21")),
            rebuttal: Some(AmendmentRebuttal { text: "Yes".to_owned(), sent_on: on("2026-03-22") }),
            ..asked()
        }
    }

    fn amended() -> AmendmentRequest {
        let accepted =
            AmendmentAccepted { appended: None, version: Some(2), told_on: on("2026-03-20"), persons: Vec::new() };
        AmendmentRequest { accepted: Some(accepted), ..asked() }
    }

    #[test]
    fn what_nobody_could_have_typed_does_not_come_back() {
        type Made = fn() -> AmendmentRequest;
        type Change = fn(&mut AmendmentRequest);
        let fine = |one: &AmendmentRequest| could_be_typed(one, 2, on("2026-11-21"));
        assert!(fine(&asked()) && fine(&answered()) && fine(&amended()));
        let changes: [(Made, Change); 13] = [
            (asked, |one| one.text = " untidy".to_owned()),
            (asked, |one| one.text = String::new()),
            (asked, |one| one.reason = Some(String::new())),
            (asked, |one| one.target.version = 3),
            (asked, |one| one.received_on = on("2026-11-22")),
            (asked, |one| one.requester.verification = String::new()),
            (asked, |one| one.extension.as_mut().unwrap().sent_on = on("2026-03-17")),
            (asked, |one| one.accompany_asked_on = Some(on("2026-03-21"))),
            (answered, |one| one.disagreement = None),
            (answered, |one| one.denied = None),
            (answered, |one| one.rebuttal.as_mut().unwrap().sent_on = on("2026-03-20")),
            (answered, |one| one.accepted = amended().accepted),
            (amended, |one| one.accepted.as_mut().unwrap().version = Some(1)),
        ];
        for (place, (made, change)) in changes.into_iter().enumerate() {
            let mut one = made();
            change(&mut one);
            assert!(!fine(&one), "change {place} came back");
        }
    }
}
