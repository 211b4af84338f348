//! `log.entries`: the log, newest first, filtered, a page at a time.

use crate::chosen::Chosen;
use crate::door::{Query, ReadCx};
use crate::entry::{LogEntry, Outcome};
use crate::readers::{Filter, Readers};
use crate::store::{Head, LogError};
use keepwell_kernel::{Code, Error, Instant, Operation, PatientId, Permission, Purpose, instant_text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The most rows on one page.
const LIMIT_MAX: u32 = 200;
/// How many entries one call looks at before it answers with what it has; the caller asks on from `next`.
const LOOKED_AT_MAX: usize = 20_000;
/// How many entries are opened at least at a time.
const PLACES_MIN: usize = 16;

/// The page is too long.
pub const LIMIT: Code = Code::new("log.limit", "A page holds 1 to 200 entries. Ask for fewer and go on with `next`.");
/// Asks for a page of the log.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "LogQuery")]
pub struct Entries {
    /// Only entries that touched this patient.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub patient: Option<String>,
    /// Only entries of the member of staff with this user name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub actor: Option<String>,
    /// Only entries of this operation.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub operation: Option<String>,
    /// Only entries that ended so.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub outcome: Option<Outcome>,
    /// Not before.
    #[serde(default)]
    #[ts(optional, type = "string | null")]
    pub from: Option<Instant>,
    /// Before.
    #[serde(default)]
    #[ts(optional, type = "string | null")]
    pub to: Option<Instant>,
    /// Go on behind this entry, towards older ones.
    #[serde(default)]
    #[ts(optional, type = "number | null")]
    pub after: Option<u64>,
    /// Rows on the page, 1 to 200.
    pub limit: u32,
    /// The screen's visit.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub visit: Option<String>,
}

/// One entry, for the log's readers.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct LogRow {
    /// Its place.
    #[ts(type = "number")]
    pub sequence: u64,
    /// When, with the offset in force there and then.
    pub at: String,
    /// The user name; empty where nobody was known.
    pub actor: String,
    /// The role.
    pub role: String,
    /// The operation.
    pub operation: String,
    /// Why.
    pub purpose: Option<Purpose>,
    /// The patients touched, by id.
    pub patients: Vec<PatientId>,
    /// How it ended.
    pub outcome: Outcome,
    /// The justification.
    pub reason: Option<String>,
    /// The machine.
    pub workstation: String,
    /// The session.
    pub session: String,
    /// Shared by the entries of one visit.
    pub correlation: String,
    /// How many records were changed.
    pub changes: u32,
    /// The refusal's code or the fault's reference.
    pub code: Option<String>,
}

/// A page of the log.
#[derive(Debug, Serialize, TS)]
pub struct LogPage {
    /// Newest first.
    pub rows: Vec<LogRow>,
    /// Where to go on; nothing at the end.
    #[ts(type = "number | null")]
    pub next: Option<u64>,
}

impl Operation for Entries {
    const NAME: &'static str = "log.entries";
    const PERMISSION: Permission = Permission::LogRead;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Legal, Purpose::PatientRequest];
    type Output = LogPage;
}

/// The filters, parsed.
#[derive(Clone)]
pub(crate) struct Wanted {
    pub(crate) chosen: Chosen,
    pub(crate) operation: Option<String>,
    pub(crate) outcome: Option<Outcome>,
}

/// Collects up to `limit` entries that are wanted and stand below a place, newest first, and says where to go on; nothing at
/// the end.
///
/// # Errors
/// [`Error`].
pub(crate) fn collect(
    cx: &ReadCx<'_>,
    wanted: Wanted,
    below: Option<u64>,
    limit: usize,
) -> Result<(Vec<LogEntry>, Option<u64>), Error> {
    cx.with_log(|reading, readers| {
        let size = Head::read(reading)?.frontier.size();
        let below = below.unwrap_or(size).min(size);
        Pages { readers, wanted, limit, looked_at: 0, found: Vec::new() }.collect(below)
    })
}

impl Query for Entries {
    fn run(self, cx: &ReadCx<'_>) -> Result<LogPage, Error> {
        if !(1..=LIMIT_MAX).contains(&self.limit) {
            return Err(LIMIT.at("limit").into());
        }
        let chosen = Chosen::of(self.patient.as_deref(), self.actor.as_deref(), (self.from, self.to))?;
        let wanted = Wanted { chosen, operation: self.operation, outcome: self.outcome };
        let (found, next) = collect(cx, wanted, self.after, self.limit as usize)?;
        Ok(LogPage { rows: found.into_iter().map(|entry| row(entry, cx)).collect(), next })
    }
}

struct Pages<'p, 'a> {
    readers: &'p mut Readers<'a>,
    wanted: Wanted,
    limit: usize,
    looked_at: usize,
    found: Vec<LogEntry>,
}

impl Pages<'_, '_> {
    /// Collects a page, and says where to go on.
    fn collect(mut self, below: u64) -> Result<(Vec<LogEntry>, Option<u64>), LogError> {
        // Where time was set back, entries do not stand in the order of time, and a day may be found more than once.
        let bounded = self.wanted.chosen.from.is_some() || self.wanted.chosen.to.is_some();
        let runs = if bounded { self.readers.runs(below)? } else { vec![(0, below)] };
        for (begin, end) in runs {
            let end = self.start_below(begin, end)?;
            if let Some(next) = self.collect_in(begin, end)? {
                return Ok((self.found, (next > 0).then_some(next)));
            }
        }
        Ok((self.found, None))
    }

    /// Skips to the day asked for by halving, since the entries of a run stand in the order of time.
    fn start_below(&mut self, begin: u64, end: u64) -> Result<u64, LogError> {
        let Some(to) = self.wanted.chosen.to else { return Ok(end) };
        let (mut low, mut high) = self.readers.narrowed((begin, end), to)?;
        let fits = low <= high
            && (low == begin || self.is_before(low - 1, to)?)
            && (high == end || !self.is_before(high, to)?);
        if !fits {
            (low, high) = (begin, end);
        }
        while low < high {
            let middle = low + (high - low) / 2;
            if self.is_before(middle, to)? { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    fn is_before(&mut self, place: u64, moment: Instant) -> Result<bool, LogError> {
        Ok(self.readers.open(place)?.0.entry.draft.at < moment)
    }

    /// Collects from one run; answers where to go on once the page is full or enough was looked at.
    fn collect_in(&mut self, begin: u64, mut below: u64) -> Result<Option<u64>, LogError> {
        loop {
            let places = self.places(begin, below)?;
            if places.is_empty() {
                return Ok(None);
            }
            for entry in self.readers.open_all(&places)? {
                below = entry.sequence;
                if self.wanted.chosen.from.is_some_and(|from| entry.draft.at < from) {
                    return Ok(None);
                }
                if self.wanted.holds(&entry) {
                    self.found.push(entry);
                }
                if self.found.len() == self.limit {
                    return Ok(Some(below));
                }
            }
            self.looked_at += places.len();
            if self.looked_at >= LOOKED_AT_MAX {
                return Ok(Some(below));
            }
        }
    }

    /// Returns the next places worth opening: from the most telling index, or simply one after the other.
    fn places(&self, begin: u64, below: u64) -> Result<Vec<u64>, LogError> {
        let most = (self.limit - self.found.len()).max(PLACES_MIN);
        let wanted = &self.wanted;
        let filter = wanted
            .chosen
            .patient
            .map(Filter::Patient)
            .or(wanted.outcome.filter(|outcome| *outcome != Outcome::Done).map(Filter::Outcome))
            .or(wanted.chosen.actor.as_deref().map(Filter::Actor))
            .or(wanted.operation.as_deref().map(Filter::Operation));
        match filter {
            Some(filter) => self.readers.places(filter, (begin, below), most),
            None => Ok((below.saturating_sub(most as u64).max(begin)..below).rev().collect()),
        }
    }
}

impl Wanted {
    fn holds(&self, entry: &LogEntry) -> bool {
        let draft = &entry.draft;
        self.chosen.holds(entry)
            && self.operation.as_ref().is_none_or(|operation| *operation == draft.operation)
            && self.outcome.is_none_or(|outcome| outcome == draft.outcome)
    }
}

pub(crate) fn row(entry: LogEntry, cx: &ReadCx<'_>) -> LogRow {
    let draft = entry.draft;
    let zone_now = cx.zone();
    let offset = chrono::FixedOffset::east_opt(draft.offset_seconds);
    // The offset that was in force is shown, even if the practice has moved to another zone since.
    let at = offset.map_or_else(
        || instant_text(draft.at, zone_now),
        |offset| draft.at.with_timezone(&offset).to_rfc3339_opts(chrono::SecondsFormat::Millis, false),
    );
    LogRow {
        sequence: entry.sequence,
        at,
        actor: draft.user_name,
        role: draft.role.map_or("", keepwell_kernel::Role::word).to_owned(),
        operation: draft.operation,
        purpose: draft.purpose,
        patients: draft.patients,
        outcome: draft.outcome,
        reason: draft.reason,
        workstation: draft.workstation,
        session: draft.session.map(|session| session.to_string()).unwrap_or_default(),
        correlation: draft.correlation.to_string(),
        changes: u32::try_from(draft.changes.len()).unwrap_or(u32::MAX),
        code: draft.code,
    }
}
