//! The days that the law gives a practice to answer a request, and the one extension of them.

use crate::fields::{TEXT_MAX, past, required};
use crate::refusals::{DATE_ORDER, EXTENDED_BEFORE, EXTENDED_LATE};
use chrono::Days;
use keepwell_kernel::{CivilDate, Refusal};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Every extension is of so many days (164.524(b)(2)(ii), 164.526(b)(2)(ii), 164.528(c)(1)(ii)).
const EXTENSION_DAYS: u64 = 30;

/// An extension, of which the patient was told in writing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// When the patient was told.
    #[ts(type = "CivilDate")]
    pub sent_on: CivilDate,
    /// Why it takes longer.
    pub reason: String,
}

/// How many days a kind of request has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    pub(crate) days: u64,
}

impl Clock {
    /// Returns the day by which a request must be answered.
    pub(crate) fn due_on(self, received_on: CivilDate, extension: Option<&Extension>) -> CivilDate {
        let more = if extension.is_some() { EXTENSION_DAYS } else { 0 };
        received_on + Days::new(self.days + more)
    }

    /// Checks an extension: the only one, told in writing while the first days run. `field` names the request.
    ///
    /// # Errors
    /// A refusal at the field.
    pub(crate) fn extended(
        self,
        (received_on, before): (CivilDate, Option<&Extension>),
        (sent_on, reason): (&str, &str),
        today: CivilDate,
        field: &str,
    ) -> Result<Extension, Refusal> {
        if before.is_some() {
            return Err(EXTENDED_BEFORE.at(field));
        }
        let sent_on = past(sent_on, today, "sent_on")?;
        if sent_on > self.due_on(received_on, None) {
            return Err(EXTENDED_LATE.at("sent_on"));
        }
        if sent_on < received_on {
            return Err(DATE_ORDER.at("sent_on"));
        }
        Ok(Extension { sent_on, reason: required(reason, TEXT_MAX, "reason")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> CivilDate {
        text.parse().unwrap()
    }

    /// AT-57 and the dates of 164.526: what was received on 2026-01-15.
    #[test]
    fn thirty_and_sixty_days_and_thirty_more() {
        let received = date("2026-01-15");
        let told = Extension { sent_on: date("2026-01-20"), reason: "Records on paper".to_owned() };
        for (days, due, extended) in [(30, "2026-02-14", "2026-03-16"), (60, "2026-03-16", "2026-04-15")] {
            let clock = Clock { days };
            assert_eq!(clock.due_on(received, None), date(due));
            assert_eq!(clock.due_on(received, Some(&told)), date(extended));
            let extend = |before, on: &str| {
                let extended = clock.extended((received, before), (on, "Paper"), date("2026-12-31"), "request");
                extended.map(|one| one.sent_on).map_err(|refusal| refusal.code.code)
            };
            assert_eq!(extend(None, due), Ok(date(due)), "the last of the first days is one of them");
            let late = (date(due) + Days::new(1)).to_string();
            assert_eq!(extend(None, &late), Err("compliance.extended_late"));
            assert_eq!(extend(None, "2026-01-14"), Err("compliance.date_order"));
            assert_eq!(extend(None, "2027-01-01"), Err("compliance.date_in_future"));
            assert_eq!(extend(Some(&told), "2026-01-25"), Err("compliance.extended_before"));
        }
    }
}
