//! Making the practice: the one call that runs before there is a log, and becomes its first entry.

use super::context::Facts;
use super::gate::{GateCx, Passage};
use super::session::{SegmentInk, Session};
use super::state::{Door, Inside};
use super::surface::{Check, Found, Run};
use super::touched::Touched;
use super::{Call, Entry};
use crate::entry::Outcome;
use keepwell_kernel::{Error, Fault, Instant, Purpose};
use keepwell_vault::engine::Verdict;
use keepwell_vault::{Key, Keyring, Vault, VaultError};
use serde_json::Value;
use std::sync::Arc;

/// Fills the new store.
type Filling<'f> = &'f dyn Fn(&Value, &mut GateCx<'_, '_>) -> Result<Value, Error>;

impl Door {
    pub(super) fn found_practice(
        &self,
        inside: &mut Inside,
        call: &Call,
        now: Instant,
        (check, found): (Check, Found),
    ) -> Result<Value, Error> {
        if let Some(problem) = inside.problem {
            return Err(problem.into());
        }
        let suite = check(&call.input, now)?;
        let recovery = Key::make().map_err(VaultError::from)?;
        let engine = self.home.create().map_err(VaultError::from)?;
        let made = Vault::create(engine, self.home.keychain(), suite, &recovery);
        let (vault, keyring) = match made {
            Ok((vault, keyring)) => (Arc::new(vault), keyring),
            Err(error) => {
                self.home.discard().map_err(VaultError::from)?;
                return Err(error.into());
            }
        };
        inside.vault = Some(Arc::clone(&vault));
        let filled = self.fill(inside, &vault, &keyring, call, now, |input, cx| found(input, cx, &recovery));
        let answer = filled.and_then(|answer| {
            self.home.keep().map_err(VaultError::from)?;
            Ok(answer)
        });
        if answer.is_err() {
            (inside.vault, inside.session) = (None, None);
            drop(vault);
            self.home.discard().map_err(VaultError::from)?;
        }
        answer
    }

    fn fill(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        keyring: &Arc<Keyring>,
        call: &Call,
        now: Instant,
        found: impl Fn(&Value, &mut GateCx<'_, '_>) -> Result<Value, Error>,
    ) -> Result<Value, Error> {
        let entry = self.surface.iter().find(|entry| matches!(entry.run, Run::Founding(..))).copied();
        let entry = entry.ok_or_else(|| Fault::because("no founding operation"))?;
        let answer = self.pass_founding(inside, vault, keyring, call, entry, now, &found)?;
        self.read_plate(inside, vault)?;
        Ok(answer)
    }

    #[expect(clippy::too_many_arguments, reason = "the founding has no session yet that could carry them")]
    fn pass_founding(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        keyring: &Arc<Keyring>,
        call: &Call,
        entry: Entry,
        now: Instant,
        found: Filling<'_>,
    ) -> Result<Value, Error> {
        let ink = SegmentInk::begin(keyring.device().log_public()).map_err(|error| Fault::from_error(&error))?;
        let mut draft = self.founding_draft(inside, call, entry, now);
        let done = vault.write::<_, Error>(keyring, &mut |writing| {
            let residents = std::cell::RefCell::default();
            let facts = Facts::of_nobody(vault, now, keepwell_kernel::Zone::UTC);
            let surface = self.surface.as_slice();
            let (touched, passage) = (Touched::default(), Passage::Stay);
            let mut cx =
                GateCx { facts, writing, touched, residents: &residents, passage, about: None, locked: None, surface };
            let answer = found(&call.input, &mut cx)?;
            let passage = std::mem::replace(&mut cx.passage, Passage::Stay);
            let Passage::Open(proven) = passage else {
                return Err(Fault::because("a practice was made without an owner").into());
            };
            (draft.actor, draft.user_name) = (Some(proven.staff), proven.user_name.clone());
            draft.changes = writing.changes().iter().map(crate::entry::Noted::from).collect();
            let appended = super::dispatch::pen(vault, &ink).append(writing, &draft)?;
            Ok((Verdict::Commit, (answer, proven, appended)))
        });
        let (answer, proven, appended) = done?;
        let mut session = Session::open(*proven, now).map_err(|error| Fault::from_error(&error))?;
        session.pen = ink;
        inside.session = Some(session);
        self.committed(inside, vault, Some(appended));
        self.seal_now(inside, vault, now);
        Ok(answer)
    }

    fn founding_draft(&self, inside: &Inside, call: &Call, entry: Entry, now: Instant) -> crate::entry::Draft {
        crate::entry::Draft {
            at: now,
            offset_seconds: inside.zone().offset_seconds(now),
            actor: None,
            user_name: String::new(),
            role: Some(keepwell_kernel::Role::Owner),
            workstation: self.workstation.clone(),
            session: None,
            operation: entry.name.to_owned(),
            purpose: Some(Purpose::System),
            reason: call.reason.clone(),
            patients: Vec::new(),
            outcome: Outcome::Done,
            code: None,
            changes: Vec::new(),
            correlation: uuid::Uuid::now_v7(),
            policy: "there was no practice".to_owned(),
        }
    }
}
