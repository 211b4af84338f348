//! Six years of log, written straight into a store that nobody has open: real entries by the log's own pen, many in
//! one transaction. Nothing of the product is changed for it; whoever holds the device keys can add to the log.

use crate::Done;
use crate::chance::Chance;
use crate::own::{keychain, store_in};
use crate::workloads::progress;
use chrono::Duration;
use keepwell_kernel::{Instant, PatientId, Purpose, Role, SessionId, StaffId};
use keepwell_log::checkpoint::Anchor;
use keepwell_log::entry::{Draft, Outcome};
use keepwell_log::store::{Head, LogError, Pen};
use keepwell_vault::engine::{FileEngine, Verdict};
use keepwell_vault::{Keyring, Segment, Suite, Vault};
use std::path::Path;
use std::sync::Arc;
use uuid::Uuid;

/// Entries in one transaction, well below the vault's limit of 8 MiB.
const BATCH: u64 = 3000;
/// Entries of one session, and so of one segment.
const SESSION: u64 = 250;
/// Entries in a row about the same patient: somebody comes, is looked up, looked at and written about.
const ABOUT_ONE: u64 = 10;
/// The people who work there.
pub(crate) const STAFF: [&str; 8] =
    ["naomi.ito", "ana.ruiz", "ben.okafor", "carla.dietz", "dev.patel", "eve.larsen", "femi.ade", "grace.kim"];
const DONE: [(&str, Purpose); 6] = [
    ("patients.search", Purpose::Treatment),
    ("patients.search", Purpose::Treatment),
    ("patients.chart", Purpose::Treatment),
    ("patients.front_desk_card", Purpose::Operations),
    ("patients.billing_card", Purpose::Payment),
    ("patients.correct", Purpose::Operations),
];

/// The years that are behind.
pub(crate) struct Past<'p> {
    /// The practice's folder.
    pub(crate) folder: &'p Path,
    /// The patients whom the entries name.
    pub(crate) patients: &'p [PatientId],
    /// When the first entry was written; the last is written today.
    pub(crate) from: Instant,
    /// What the entries follow from.
    pub(crate) seed: u64,
}

impl Past<'_> {
    /// Adds entries until the log has so many, and anchors it.
    pub(crate) fn fill(&self, until: u64) -> Done<()> {
        let vault = Vault::open(Box::new(FileEngine::open(&store_in(self.folder))?), keychain(self.folder)?)?;
        let keyring = Arc::new(vault.device_keyring()?);
        let begin = vault.read::<_, LogError>(&keyring, Head::read)?.frontier.size();
        let mut shift = Shift::begin(self, &vault, Arc::clone(&keyring), (begin, until))?;
        let mut anchor = None;
        while shift.next < until {
            anchor = shift.write(&vault, BATCH.min(until - shift.next))?.or(anchor);
            if (shift.next - begin) % (BATCH * 100) < BATCH {
                progress(&format!("{} of {until} entries", shift.next));
            }
        }
        if let Some(anchor) = anchor {
            vault.set_anchor(anchor.to_string().as_bytes())?;
        }
        Ok(())
    }
}

/// Whoever writes at the moment, and how far the log is.
struct Shift<'p> {
    past: &'p Past<'p>,
    keyring: Arc<Keyring>,
    chance: Chance,
    next: u64,
    begin: u64,
    step: Duration,
    who: usize,
    session: SessionId,
    segment: Segment,
    envelope: Option<keepwell_vault::Envelope>,
    patient: PatientId,
    correlation: Uuid,
    staff: Vec<StaffId>,
}

impl<'p> Shift<'p> {
    fn begin(past: &'p Past<'p>, vault: &Vault, keyring: Arc<Keyring>, (begin, until): (u64, u64)) -> Done<Self> {
        let span = keepwell_kernel::Clock::of_the_machine().now() - past.from;
        let step = span / i32::try_from(until.saturating_sub(begin).max(1))?;
        let (segment, envelope) = Segment::begin(keyring.device().log_public())?;
        let patient = *past.patients.first().ok_or("a practice without patients")?;
        let (session, staff) = (SessionId::make(), STAFF.iter().map(|_| StaffId::make()).collect());
        let chance = Chance::new(past.seed ^ vault.id().uuid().as_u64_pair().0 ^ begin);
        let (envelope, correlation) = (Some(envelope), Uuid::now_v7());
        Ok(Self {
            past,
            keyring,
            chance,
            next: begin,
            begin,
            step,
            who: 0,
            session,
            segment,
            envelope,
            patient,
            correlation,
            staff,
        })
    }

    fn write(&mut self, vault: &Vault, count: u64) -> Done<Option<Anchor>> {
        let keyring = Arc::clone(&self.keyring);
        let until = self.next + count;
        let mut anchor = None;
        vault.write::<_, LogError>(&keyring, &mut |tx| {
            while self.next < until {
                self.turn()?;
                let draft = self.draft();
                let (suite, segment, envelope) = (Suite::XChaCha20Poly1305, &self.segment, self.envelope.as_ref());
                anchor =
                    Pen { vault: vault.id(), suite, segment, envelope }.append(tx, &draft)?.anchor.or(anchor.take());
                (self.envelope, self.next) = (None, self.next + 1);
            }
            Ok((Verdict::Commit, ()))
        })?;
        Ok(anchor)
    }

    /// Turns to the next patient, and to the next session, when it is time.
    fn turn(&mut self) -> Result<(), LogError> {
        if self.next.is_multiple_of(ABOUT_ONE) {
            let place = self.chance.index(self.past.patients.len());
            self.patient = self.past.patients.get(place).copied().unwrap_or(self.patient);
            self.correlation = Uuid::now_v7();
        }
        if self.next.is_multiple_of(SESSION) {
            let begun = Segment::begin(self.keyring.device().log_public());
            let (segment, envelope) = begun.map_err(|error| LogError::Sealed(self.next, error))?;
            (self.segment, self.envelope, self.session) = (segment, Some(envelope), SessionId::make());
            self.who = self.chance.index(STAFF.len());
        }
        Ok(())
    }

    fn draft(&mut self) -> Draft {
        let (operation, purpose) = DONE.get(self.chance.index(DONE.len())).copied().unwrap_or(DONE[0]);
        let refused = self.chance.below(200) == 0;
        let steps = i32::try_from(self.next - self.begin).unwrap_or(i32::MAX);
        Draft {
            at: self.past.from + self.step * steps,
            offset_seconds: -18_000,
            actor: self.staff.get(self.who).copied(),
            user_name: STAFF.get(self.who).copied().unwrap_or_default().to_owned(),
            role: Some(Role::Owner),
            workstation: "front-desk-2".to_owned(),
            session: Some(self.session),
            operation: operation.to_owned(),
            purpose: Some(purpose),
            reason: None,
            patients: vec![self.patient],
            outcome: if refused { Outcome::Refused } else { Outcome::Done },
            code: refused.then(|| "patients.stale".to_owned()),
            changes: Vec::new(),
            correlation: self.correlation,
            policy: "owner holds chart_read".to_owned(),
        }
    }
}
