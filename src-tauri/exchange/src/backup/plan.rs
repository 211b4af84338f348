//! `exchange.plan_backups`: where backups are written by themselves and how often; and which of them are kept.

use super::custodian::public_key;
use super::table::{Backup, BackupPlan, RestoreTest};
use crate::refusals::BACKUP_PLACE;
use chrono::{DateTime, Datelike as _, Duration, FixedOffset};
use keepwell_compliance::{agreement_term, must_hold};
use keepwell_kernel::{AssociateId, BackupId, Error, Instant, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::{Reading, Record as _};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use ts_rs::TS;

/// The longest path of a folder, in characters.
const PLACE_MAX: usize = 1_000;
/// How many of the newest backups are kept whatever their days, so that a morning's mistake can be gone back behind.
const NEWEST: usize = 6;
const DAYS: usize = 14;
const WEEKS: usize = 8;
const MONTHS: usize = 12;

/// How often a backup is written by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "BackupEvery")]
pub enum Every {
    /// Each hour: at most an hour of work is lost.
    Hour,
    /// Each day.
    Day,
    /// Each week.
    Week,
}

impl Every {
    /// Returns the time between two backups.
    #[must_use]
    pub fn span(self) -> Duration {
        match self {
            Self::Hour => Duration::hours(1),
            Self::Day => Duration::days(1),
            Self::Week => Duration::weeks(1),
        }
    }
}

/// Says where backups go by themselves, and how often; without a folder, that none are written.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlanBackups {
    /// The whole path of a folder that is there.
    #[ts(type = "string | null")]
    pub folder: Option<String>,
    /// How often.
    pub every: Every,
    /// The business associate whose place it is; nothing for a drive of one's own.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub associate: Option<AssociateId>,
    /// A custodian's public key (`age1…`), to which every backup is sealed from now on, planned or not. It opens the
    /// envelope; what is in it is sealed still. Nothing leaves the one that is there, and an empty text takes it away.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub custodian: Option<String>,
}

impl Operation for PlanBackups {
    const NAME: &'static str = "exchange.plan_backups";
    const PERMISSION: Permission = Permission::BackUp;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::System];
    type Output = ();
}

impl Command for PlanBackups {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let fits = |folder: &String| folder.chars().count() <= PLACE_MAX && Path::new(folder).is_absolute();
        if self.folder.as_ref().is_some_and(|folder| !fits(folder)) {
            return Err(BACKUP_PLACE.at("folder").into());
        }
        if let Some(associate) = self.associate {
            must_hold(agreement_term!(cx, associate)?.as_ref(), cx.today(), "associate")?;
        }
        let custodian = match self.custodian.as_deref() {
            Some("") => None,
            Some(typed) => Some(public_key(typed)?),
            None => {
                let kept = cx.get::<BackupPlan>(&cx.key(BackupPlan::TABLE)?.ordered(1).done())?;
                kept.and_then(|stored| stored.record.custodian)
            }
        };
        cx.put(&BackupPlan { folder: self.folder, every: self.every, associate: self.associate, custodian })?;
        Ok(())
    }
}

/// A plan that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The folder.
    pub folder: String,
    /// How often.
    pub every: Every,
    /// The business associate whose place it is.
    pub associate: Option<AssociateId>,
}

/// How backups stand: the plan, and the newest one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupStanding {
    /// Where they go by themselves, and how often.
    pub plan: Option<Planned>,
    /// When the newest was made.
    pub last: Option<Instant>,
    /// The newest proof, of whichever backup.
    pub tested: Option<Tested>,
}

/// How the newest proof went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tested {
    /// When it was made.
    pub at: Instant,
    /// The backup held.
    pub ok: bool,
}

impl BackupStanding {
    /// Reads it, with the device keys alone.
    ///
    /// # Errors
    /// [`Error`].
    pub fn read(reading: &Reading<'_>) -> Result<Self, Error> {
        let plan = reading.get::<BackupPlan>(&reading.key_of(BackupPlan::TABLE)?.ordered(1).done())?;
        let plan = plan.and_then(|stored| {
            let BackupPlan { folder, every, associate, .. } = stored.record;
            Some(Planned { folder: folder?, every, associate })
        });
        let newest = reading.page::<Backup>(None, 1)?;
        let tested = reading.page::<RestoreTest>(None, 1)?;
        Ok(Self {
            plan,
            last: newest.first().map(|(_, stored)| stored.record.made_at),
            tested: tested.first().map(|(_, stored)| Tested { at: stored.record.at, ok: stored.record.ok }),
        })
    }

    /// Says whether a backup is to be written now. One that was made in the future is no reason to wait for it.
    #[must_use]
    pub fn is_due(&self, now: Instant) -> bool {
        let due = |last: Instant, every: Every| now - last >= every.span() || last > now;
        self.plan.as_ref().is_some_and(|plan| self.last.is_none_or(|last| due(last, plan.every)))
    }

    /// Says whether the newest backup of the plan is to be proved now: there is one that is younger than the last proof, and
    /// that proof failed or is a week old. One that was made in the future counts as none.
    #[must_use]
    pub fn is_unproved(&self, now: Instant) -> bool {
        let (Some(_), Some(last)) = (&self.plan, self.last) else { return false };
        let rests = |tested: Tested| {
            tested.at <= now && (tested.at > last || (tested.ok && now - tested.at < Duration::weeks(1)))
        };
        !self.tested.is_some_and(rests)
    }

    /// Says whether one was missed: half as long again as the plan allows has passed without any.
    #[must_use]
    pub fn is_missed(&self, now: Instant) -> bool {
        let late = |last: Instant, every: Every| now - last >= every.span() + every.span() / 2;
        self.plan.as_ref().is_some_and(|plan| self.last.is_some_and(|last| late(last, plan.every)))
    }
}

/// Returns which of the backups in the plan's folder are kept, by generations: the newest six, one for each of fourteen
/// days, eight weeks and twelve months that have any; and the newest that was proved.
#[must_use]
pub fn kept(made: &[(BackupId, DateTime<FixedOffset>)], proved: &BTreeSet<BackupId>) -> BTreeSet<BackupId> {
    let mut newest_first = made.to_vec();
    newest_first.sort_by_key(|(id, at)| std::cmp::Reverse((*at, *id)));
    let mut kept: BTreeSet<BackupId> = newest_first.iter().take(NEWEST).map(|(id, _)| *id).collect();
    kept.extend(newest_first.iter().map(|(id, _)| *id).find(|id| proved.contains(id)));
    let mut generation = |count: usize, of: fn(&DateTime<FixedOffset>) -> (i32, u32)| {
        let mut seen = BTreeSet::new();
        for (id, at) in &newest_first {
            if seen.len() < count && seen.insert(of(at)) {
                kept.insert(*id);
            }
        }
    };
    generation(DAYS, |at| (at.year(), at.ordinal()));
    generation(WEEKS, |at| (at.iso_week().year(), at.iso_week().week()));
    generation(MONTHS, |at| (at.year(), at.month()));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn a_backup_is_due_by_its_plan_and_missed_a_while_later() {
        let plan = |every| Planned { folder: "/d".to_owned(), every, associate: None };
        let standing =
            |every, last: Option<&str>| BackupStanding { plan: Some(plan(every)), last: last.map(at), tested: None };
        let now = at("2026-11-22T12:00:00Z");
        for (standing, due, missed) in [
            (BackupStanding { plan: None, last: None, tested: None }, false, false),
            (BackupStanding { plan: None, last: Some(at("2020-01-01T00:00:00Z")), tested: None }, false, false),
            (standing(Every::Day, None), true, false),
            (standing(Every::Hour, Some("2026-11-22T11:00:01Z")), false, false),
            (standing(Every::Hour, Some("2026-11-22T11:00:00Z")), true, false),
            (standing(Every::Hour, Some("2026-11-22T10:30:00Z")), true, true),
            (standing(Every::Day, Some("2026-11-21T12:00:00Z")), true, false),
            (standing(Every::Day, Some("2026-11-20T23:00:00Z")), true, true),
            (standing(Every::Week, Some("2026-11-16T12:00:00Z")), false, false),
            (standing(Every::Week, Some("2027-01-01T00:00:00Z")), true, false),
        ] {
            assert_eq!((standing.is_due(now), standing.is_missed(now)), (due, missed), "{standing:?}");
        }
    }

    #[test]
    fn a_backup_is_proved_a_week_after_the_last_proof_and_at_once_after_one_that_failed() {
        let now = at("2026-11-22T12:00:00Z");
        let plan = Some(Planned { folder: "/d".to_owned(), every: Every::Day, associate: None });
        let tested = |text, ok| Some(Tested { at: at(text), ok });
        let last = Some(at("2026-11-22T08:00:00Z"));
        for (plan, last, tested, unproved) in [
            (None, last, None, false),
            (plan.clone(), None, None, false),
            (plan.clone(), last, None, true),
            (plan.clone(), last, tested("2026-11-22T09:00:00Z", true), false),
            (plan.clone(), last, tested("2026-11-22T09:00:00Z", false), false),
            (plan.clone(), last, tested("2026-11-21T09:00:00Z", true), false),
            (plan.clone(), last, tested("2026-11-21T09:00:00Z", false), true),
            (plan.clone(), last, tested("2026-11-15T12:00:00Z", true), true),
            (plan, last, tested("2027-01-01T00:00:00Z", true), true),
        ] {
            let standing = BackupStanding { plan, last, tested };
            assert_eq!(standing.is_unproved(now), unproved, "{standing:?}");
        }
    }

    #[test]
    fn generations_are_kept_and_the_newest_proved_with_them() {
        let from: DateTime<FixedOffset> = "2026-11-22T12:00:00-05:00".parse().unwrap();
        let made: Vec<_> = (0..24 * 400).map(|hours| (BackupId::make(), from - Duration::hours(hours))).collect();
        let proved = BTreeSet::from([made[100].0, made[5000].0]);
        let kept = kept(&made, &proved);
        let ages: BTreeSet<usize> = (0..made.len()).filter(|at| kept.contains(&made[*at].0)).collect();
        assert!((0..6).all(|hour| ages.contains(&hour)), "the newest");
        assert!(ages.contains(&100) && !ages.contains(&5000), "the newest that was proved, and no older one");
        assert!(kept.len() <= NEWEST + DAYS + WEEKS + MONTHS + 1 && kept.len() > 25, "{}", kept.len());
        assert!(ages.iter().next_back().is_some_and(|oldest| *oldest > 24 * 320), "the last of the twelfth month back");
        assert_eq!(super::kept(&[], &proved), BTreeSet::new());
        // What is kept today is kept again when nothing new has come.
        let left: Vec<_> = made.iter().copied().filter(|(id, _)| kept.contains(id)).collect();
        assert_eq!(super::kept(&left, &proved), kept);
    }
}
