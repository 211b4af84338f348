//! `scheduling.calendar_file`: one's own calendar as a file for another program (RFC 5545). It says when one is taken, and
//! nothing of anybody.

use crate::busy::{TakenBy, taken_of};
use crate::fields::date;
use crate::hours::day_span;
use crate::looking::Look as _;
use crate::refusals::{BAD_DATE, CALENDAR_REASON, NOT_OWN_CALENDAR, TOO_MANY, UNKNOWN};
use crate::resource::Resource;
use crate::setup::Setup;
use crate::sheet::units_of;
use crate::span::{Span, instant};
use crate::theatre::allocation::ResourceAllocation;
use crate::unit::FulfillmentUnit;
use keepwell_kernel::{Error, Instant, Operation, Permission, Purpose, ResourceId};
use keepwell_log::door::{Query, ReadCx};
use keepwell_vault::Record as _;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest period, in days: a year and a day.
const DAYS_MOST: i64 = 367;
/// The most octets of a line (RFC 5545, 3.1), the end of the line left out.
const LINE_OCTETS: usize = 75;

/// Makes the file of one's own calendar. The call needs a reason.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MakeCalendarFile {
    /// The practitioner who is signed in.
    pub resource: ResourceId,
    /// The first day, YYYY-MM-DD.
    pub from: String,
    /// The last day, YYYY-MM-DD.
    pub until: String,
}

/// The file.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct CalendarFile {
    /// What stands in it: `text/calendar`, lines that end in CR LF.
    pub text: String,
    /// How many visits.
    #[ts(type = "number")]
    pub events: u64,
}

impl Operation for MakeCalendarFile {
    const NAME: &'static str = "scheduling.calendar_file";
    const PERMISSION: Permission = Permission::ScheduleRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment];
    type Output = CalendarFile;
}

impl Query for MakeCalendarFile {
    fn run(self, cx: &ReadCx<'_>) -> Result<CalendarFile, Error> {
        if cx.reason().is_none_or(|reason| reason.trim().is_empty()) {
            return Err(CALENDAR_REASON.at("reason").into());
        }
        let (from, until) = (date(&self.from, "from")?, date(&self.until, "until")?);
        if until < from {
            return Err(BAD_DATE.at("until").into());
        }
        if (until - from).num_days() >= DAYS_MOST {
            return Err(TOO_MANY.at("until").into());
        }
        let setup = Setup::read(cx)?;
        let own = setup.resource(self.resource).ok_or_else(|| UNKNOWN.at("resource"))?;
        is_own(cx, own)?;
        let period = Span::new(day_span(cx.zone(), from).from, day_span(cx.zone(), until).to);
        let mut taken =
            units_of(cx, own.id, period)?.iter().map(|one| (one.span(), *one.id.bytes())).collect::<Vec<_>>();
        taken.extend(operations_of(cx, own.id, period)?);
        taken.sort_unstable();
        let events = taken.iter().map(|(span, id)| event(cx, *span, id)).collect::<Result<Vec<_>, Error>>()?;
        Ok(CalendarFile { events: events.len() as u64, text: file(&events) })
    }
}

/// Refuses a calendar that is not that of whoever asks.
fn is_own(cx: &ReadCx<'_>, resource: &Resource) -> Result<(), Error> {
    let own = resource.staff == Some(cx.who()?.staff);
    if own { Ok(()) } else { Err(NOT_OWN_CALENDAR.at("resource").into()) }
}

/// Returns when the practitioner takes part in operations.
fn operations_of(cx: &ReadCx<'_>, own: ResourceId, period: Span) -> Result<Vec<(Span, [u8; 16])>, Error> {
    let taken = taken_of(cx, own, period)?.into_iter().filter(|one| one.by == TakenBy::Allocation);
    let mut rows: Vec<_> = taken.map(|one| one.row).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut all = Vec::new();
    for row in rows {
        let one = cx.get::<ResourceAllocation>(&row)?.ok_or_else(|| UNKNOWN.at("resource"))?.record;
        if one.span().overlaps(period) {
            all.push((one.span(), *one.id.bytes()));
        }
    }
    Ok(all)
}

/// One visit or operation as lines: when, and that one is busy.
fn event(cx: &ReadCx<'_>, span: Span, id: &[u8; 16]) -> Result<Vec<String>, Error> {
    // A visit's own id holds the moment it was made and stands in a patient's records; one that nobody outside can make
    // from it is the same every time and says nothing.
    let name = cx.key(FulfillmentUnit::TABLE)?.blind("calendar file", id).done();
    let uid: String = name.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{uid}@keepwell.invalid"),
        format!("DTSTAMP:{}", utc(cx.now())),
        format!("DTSTART:{}", utc(instant(span.from))),
        format!("DTEND:{}", utc(instant(span.to))),
        format!("SUMMARY:{}", escaped("Visit")),
        "CLASS:PRIVATE".to_owned(),
        "TRANSP:OPAQUE".to_owned(),
        "END:VEVENT".to_owned(),
    ])
}

fn file(events: &[Vec<String>]) -> String {
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Keepwell//Calendar//EN", "CALSCALE:GREGORIAN"];
    let lines = head.into_iter().chain(["METHOD:PUBLISH"]);
    let lines = lines.chain(events.iter().flatten().map(String::as_str)).chain(["END:VCALENDAR"]);
    lines.map(folded).collect()
}

/// Writes a moment as RFC 5545 does in UTC (3.3.5, form 2).
fn utc(at: Instant) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// Writes a text so that its own signs are not taken for the form's (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => escaped.extend(['\\', sign]),
            '\n' => escaped.push_str("\\n"),
            '\r' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Ends a line, and folds it where it is longer than a line may be; never within a letter.
fn folded(line: &str) -> String {
    let (mut folded, mut octets) = (String::with_capacity(line.len() + 2), 0);
    for sign in line.chars() {
        if octets + sign.len_utf8() > LINE_OCTETS {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(sign);
        octets += sign.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_folded_line_is_short_and_unfolds_to_itself(line in "[^\\r\\n]{0,300}") {
            let folded = folded(&line);
            prop_assert!(folded.ends_with("\r\n"));
            prop_assert!(folded.split("\r\n").all(|part| part.len() <= LINE_OCTETS));
            prop_assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
        }

        #[test]
        fn an_escaped_text_is_one_line_and_reads_back(text in "[a-c\\\\;,\\n ]{0,60}") {
            let escaped = escaped(&text);
            prop_assert!(!escaped.contains('\n'));
            let (mut read, mut signs) = (String::new(), escaped.chars());
            while let Some(sign) = signs.next() {
                match sign {
                    '\\' => read.push(match signs.next() { Some('n') => '\n', Some(other) => other, None => '?' }),
                    ';' | ',' => prop_assert!(false, "a bare sign of the form"),
                    other => read.push(other),
                }
            }
            prop_assert_eq!(read, text);
        }
    }

    #[test]
    fn a_calendar_without_visits_is_one_all_the_same() {
        let text = file(&[]);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"));
        assert!(text.ends_with("END:VCALENDAR\r\n") && !text.contains("VEVENT"));
    }
}
