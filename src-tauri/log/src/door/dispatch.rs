//! The one function by which everything comes in.
//!
//! In this order: find the operation; is the session open; does a role hold the permission today; does the policy
//! allow the purpose; open the transaction; run; append the entry in the same transaction; commit; answer.

use super::Entry;
use super::context::{Effect, Facts, ReadCx, WriteCx};
use super::entering::{admitted_as, ended, with_changes};
use super::gate::{GateCx, Passage};
use super::session::Session;
use super::state::{Door, Inside};
use super::surface::{
    PURPOSE, READ_ONLY, REASON_MAX, REASON_NEEDED, REASON_TOO_LONG, Run, UNKNOWN, WRONG_RECOVERY_KEY, operations_of,
    purpose_for,
};
use super::touched::Touched;
use crate::entry::Draft;
use crate::store::Pen;
use keepwell_kernel::{Error, Fault, Instant, Kind, Permission, Purpose, Role};
use keepwell_vault::engine::Verdict;
use keepwell_vault::{Keyring, Vault, VaultError};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What comes to the door.
#[derive(Debug, Clone, Default)]
pub struct Call {
    /// `feature.verb`.
    pub operation: String,
    /// The request.
    pub input: Value,
    /// Why; the first purpose that fits when none is stated.
    pub purpose: Option<Purpose>,
    /// The justification.
    pub reason: Option<String>,
}

/// What the door has found out about a call before running it.
#[derive(Clone)]
pub(super) struct Admitted {
    pub(super) entry: Entry,
    pub(super) purpose: Purpose,
    pub(super) role: Option<Role>,
    roles: Vec<Role>,
}

impl Door {
    /// Lets a call in, or says why not. Every outcome leaves exactly one entry.
    ///
    /// # Errors
    /// [`Error`].
    pub fn call(&self, call: &Call) -> Result<Value, Error> {
        let mut inside = self.inside();
        let now = self.clock.now();
        let answer = self.let_in(&mut inside, call, now);
        if let Err(Error::Fault(fault)) = &answer {
            inside.faults.push(fault.clone());
        }
        answer
    }

    fn let_in(&self, inside: &mut Inside, call: &Call, now: Instant) -> Result<Value, Error> {
        let found = self.surface.iter().find(|entry| entry.name == call.operation).copied();
        if let Some(Entry { run: Run::Founding(check, found), .. }) = found
            && inside.vault.is_none()
        {
            return self.found_practice(inside, call, now, (check, found));
        }
        let vault = inside.vault.clone().ok_or_else(|| inside.why_closed())?;
        let Some(entry) = found else {
            return self.turn_away(inside, &vault, call, None, now, UNKNOWN.into());
        };
        if call.reason.as_ref().is_some_and(|reason| reason.chars().count() > REASON_MAX) {
            return self.turn_away(inside, &vault, call, Some(entry), now, REASON_TOO_LONG.at("reason").into());
        }
        if !matches!(entry.run, Run::Query(_)) {
            self.enter_waiting(inside, &vault)?;
        }
        match self.admit(inside, &vault, call, entry, now) {
            Err(refusal) => self.turn_away(inside, &vault, call, Some(entry), now, refusal),
            Ok(admitted) => match entry.run {
                Run::Query(run) => self.look(inside, &vault, call, &admitted, now, run),
                Run::Command(run) => self.change(inside, &vault, call, &admitted, now, run),
                Run::Entrance(run, recovery) => {
                    self.give_device_key(&vault, call, recovery)?;
                    self.pass(inside, &vault, call, &admitted, now, run)
                }
                Run::Founding(..) => self.turn_away(inside, &vault, call, Some(entry), now, super::EXISTS.into()),
            },
        }
    }

    /// Session, role, purpose, in that order.
    fn admit(
        &self,
        inside: &mut Inside,
        vault: &Vault,
        call: &Call,
        entry: Entry,
        now: Instant,
    ) -> Result<Admitted, Error> {
        if entry.permission == Permission::Anyone {
            let stated = call.purpose.or_else(|| entry.purposes.first().copied());
            let fitting = stated.filter(|purpose| entry.purposes.contains(purpose));
            let purpose = fitting.ok_or_else(|| PURPOSE.at("purpose"))?;
            return Ok(Admitted { entry, purpose, role: None, roles: Vec::new() });
        }
        let Some(session) = &inside.session else {
            return Err(if inside.locked.is_some() { Error::Locked } else { Error::SignedOut });
        };
        let roles = vault.read(&session.keyring, |reading| self.authority.roles(reading, session.staff, now))?;
        if roles.is_empty() {
            // Suspended, terminated or run out while the session was open: it ends here.
            inside.session = None;
            return Err(Error::SignedOut);
        }
        let holding: Vec<Role> = roles.iter().copied().filter(|role| role.holds(entry.permission)).collect();
        if holding.is_empty() {
            return Err(Error::Denied);
        }
        let fitting = holding.iter().find_map(|role| Some((*role, purpose_for(&entry, *role, call.purpose)?)));
        let (role, purpose) = fitting.ok_or_else(|| PURPOSE.at("purpose"))?;
        if purpose == Purpose::Emergency && call.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            return Err(REASON_NEEDED.at("reason").into());
        }
        if inside.read_only.is_some() && entry.kind == Kind::Command {
            return Err(READ_ONLY.into());
        }
        Ok(Admitted { entry, purpose, role: Some(role), roles })
    }

    /// Answers a call that got no further, leaving its entry.
    fn turn_away(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        call: &Call,
        entry: Option<Entry>,
        now: Instant,
        error: Error,
    ) -> Result<Value, Error> {
        let mut draft = self.draft(inside, call, entry.map(|entry| entry.name), now);
        draft.policy = "not admitted".to_owned();
        ended(&mut draft, &error);
        self.enter(inside, vault, &draft)?;
        Err(error)
    }

    fn look(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        call: &Call,
        admitted: &Admitted,
        now: Instant,
        run: fn(&Value, &ReadCx<'_>) -> Result<Value, Error>,
    ) -> Result<Value, Error> {
        let session = inside.session.as_ref().ok_or(Error::SignedOut)?;
        let facts = self.facts(inside, vault, call, admitted, now);
        let (answer, patients) = vault.read(&session.keyring, |reading| {
            let cx = ReadCx { facts, reading, touched: Touched::default(), residents: &session.residents };
            let answer = run(&call.input, &cx);
            Ok::<_, Error>((answer, cx.touched.patients()))
        })?;
        let visit = call.input.get("visit").and_then(Value::as_str);
        let (correlation, new) = session.visit(&call.operation, visit, &patients, now);
        let mut draft = self.draft(inside, call, Some(admitted.entry.name), now);
        admitted_as(&mut draft, admitted);
        (draft.correlation, draft.patients) = (correlation, new.clone());
        if let Err(error) = &answer {
            ended(&mut draft, error);
        }
        self.enter(inside, vault, &draft)?;
        if let (Some(visit), Some(session)) = (visit, inside.session.as_mut()) {
            session.shown(admitted.entry.name, visit, correlation, &new, now);
        }
        answer
    }

    fn change(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        call: &Call,
        admitted: &Admitted,
        now: Instant,
        run: fn(&Value, &mut WriteCx<'_, '_>) -> Result<Value, Error>,
    ) -> Result<Value, Error> {
        let mut draft = self.draft(inside, call, Some(admitted.entry.name), now);
        admitted_as(&mut draft, admitted);
        let session = inside.session.as_ref().ok_or(Error::SignedOut)?;
        let pen = pen(vault, &session.pen);
        let mut seen = BTreeSet::new();
        let done = vault.write::<_, Error>(&session.keyring, &mut |writing| {
            let facts = self.facts(inside, vault, call, admitted, now);
            let mut cx = WriteCx {
                facts,
                writing,
                touched: Touched::default(),
                residents: &session.residents,
                effects: Vec::new(),
                private: &session.private,
            };
            let answer = run(&call.input, &mut cx);
            let (patients, effects) = (cx.touched.patients(), std::mem::take(&mut cx.effects));
            seen.clone_from(&patients);
            let answer = answer?;
            let entry = with_changes(&draft, &patients, writing);
            let appended = pen.append(writing, &entry)?;
            Ok((Verdict::Commit, (answer, effects, appended)))
        });
        match done {
            Ok((answer, effects, appended)) => {
                self.committed(inside, vault, Some(appended));
                inside.take_effects(vault, effects)?;
                self.read_plate(inside, vault)?;
                Ok(answer)
            }
            Err(error) => {
                draft.patients = seen.into_iter().collect();
                ended(&mut draft, &error);
                self.enter(inside, vault, &draft)?;
                Err(error)
            }
        }
    }

    fn pass(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        call: &Call,
        admitted: &Admitted,
        now: Instant,
        run: fn(&Value, &mut GateCx<'_, '_>) -> Result<Value, Error>,
    ) -> Result<Value, Error> {
        if inside.read_only.is_none() {
            inside.dip(vault)?;
        }
        let mut draft = self.draft(inside, call, Some(admitted.entry.name), now);
        admitted_as(&mut draft, admitted);
        let keyring = inside.keyring(vault)?;
        let read_only = inside.read_only.is_some();
        // Whoever leaves has left, whatever the disk says: this is known before anything is committed.
        let mut leaving = None;
        let done = vault.write::<_, Error>(&keyring, &mut |writing| {
            let nobody = std::cell::RefCell::default();
            let residents = inside.session.as_ref().map_or(&nobody, |session| &session.residents);
            let facts = self.facts(inside, vault, call, admitted, now);
            let (locked, surface) = (inside.locked.clone(), self.surface.as_slice());
            let (touched, passage) = (Touched::default(), Passage::Stay);
            let mut cx = GateCx { facts, writing, touched, residents, passage, about: None, locked, surface };
            let answer = run(&call.input, &mut cx);
            let passage = std::mem::replace(&mut cx.passage, Passage::Stay);
            let (patients, about) = (cx.touched.patients(), cx.about.take());
            leaving = passage.leaving();
            if let Err(fault @ Error::Fault(_)) = answer {
                return Err(fault);
            }
            let mut entry = with_changes(&draft, &patients, writing);
            if let Some(about) = about.filter(|_| entry.actor.is_none()) {
                (entry.actor, entry.user_name) = (Some(about.staff), about.user_name);
            }
            if let Err(error) = &answer {
                ended(&mut entry, error);
            }
            if read_only {
                return Ok((Verdict::Abort, (answer, passage, None)));
            }
            let appended = inside.pen(vault)?.append(writing, &entry)?;
            Ok((Verdict::Commit, (answer, passage, Some(appended))))
        });
        match done {
            Ok((answer, passage, appended)) => {
                self.committed(inside, vault, appended);
                if answer.is_ok() || leaving.is_some() {
                    self.through(inside, vault, passage, now)?;
                }
                answer
            }
            Err(error) => {
                ended(&mut draft, &error);
                self.let_out(inside, vault, &draft, leaving, now).and(Err(error))
            }
        }
    }

    /// Leaves the entry of a passage that failed, and lets out whoever wanted to leave all the same.
    fn let_out(
        &self,
        inside: &mut Inside,
        vault: &Arc<Vault>,
        draft: &Draft,
        leaving: Option<Passage>,
        now: Instant,
    ) -> Result<(), Error> {
        let entered = self.enter(inside, vault, draft);
        leaving.map_or(Ok(()), |leaving| self.through(inside, vault, leaving, now))?;
        entered
    }

    /// Gives the machine a device key when its keychain has lost it and the call brings the recovery key. Until then
    /// there is nothing to write the log with, so a wrong recovery key on such a machine leaves no entry.
    fn give_device_key(&self, vault: &Vault, call: &Call, recovery: super::surface::Recovery) -> Result<(), Error> {
        if vault.device_key().is_err() {
            let key = recovery(&call.input)?.ok_or(VaultError::NoDeviceKey)?;
            match vault.recover(&key) {
                Err(VaultError::Sealed { .. }) => return Err(WRONG_RECOVERY_KEY.at("recovery_key").into()),
                other => other?,
            };
        }
        Ok(())
    }

    /// Does to the session what an entrance asked for.
    fn through(&self, inside: &mut Inside, vault: &Arc<Vault>, passage: Passage, now: Instant) -> Result<(), Error> {
        match passage {
            Passage::Stay => {}
            Passage::Open(proven) => {
                let began =
                    inside.locked.take().filter(|locked| locked.staff == proven.staff).map(|locked| locked.began);
                let mut session = Session::open(*proven, now).map_err(|error| Fault::from_error(&error))?;
                session.began = began.unwrap_or(now);
                inside.session = Some(session);
            }
            Passage::Close => {
                self.seal_now(inside, vault, now);
                (inside.session, inside.locked) = (None, None);
            }
            Passage::Lock => {
                self.seal_now(inside, vault, now);
                inside.lock();
            }
        }
        Ok(())
    }

    fn facts<'v>(
        &self,
        inside: &Inside,
        vault: &'v Vault,
        call: &Call,
        admitted: &Admitted,
        now: Instant,
    ) -> Facts<'v> {
        let session = inside.session.as_ref();
        Facts {
            actor: session.zip(admitted.role).map(|(session, role)| session.actor(role)),
            now,
            zone: inside.zone(),
            vault,
            reason: call.reason.clone(),
            operations: operations_of(&self.surface, &admitted.roles),
            roles: admitted.roles.clone(),
            began: session.map_or(now, |session| session.began),
            read_only: inside.read_only,
            verification: inside.verification.clone(),
        }
    }
}

/// Names the session's pen without borrowing the whole of what is inside.
pub(super) fn pen<'i>(vault: &Vault, ink: &'i super::session::SegmentInk) -> Pen<'i> {
    Pen { vault: vault.id(), suite: vault.suite(), segment: &ink.segment, envelope: ink.envelope.as_ref() }
}

impl Inside {
    /// Lets what was asked for after the commit happen.
    fn take_effects(&mut self, vault: &Vault, effects: Vec<Effect>) -> Result<(), Error> {
        let Some(session) = self.session.as_mut() else { return Ok(()) };
        for effect in effects {
            match effect {
                Effect::Residents(change) => change(&mut session.residents.borrow_mut()),
                Effect::Epoch(compartment, epoch, key) => {
                    Arc::make_mut(&mut session.keyring).add_epoch(compartment, epoch, key);
                }
                Effect::Erasable => self.erasable = true,
                Effect::OldEpochsRetired => Arc::make_mut(&mut session.keyring).forget_old_epochs(),
                Effect::Recovery(public) => {
                    Arc::make_mut(&mut session.keyring).adopt_recovery(public);
                    vault.adopt_recovery(public)?;
                }
            }
        }
        Ok(())
    }

    /// Returns the keys that are held: the session's, or the device's alone.
    pub(super) fn keyring(&self, vault: &Vault) -> Result<Arc<Keyring>, Error> {
        match &self.session {
            Some(session) => Ok(Arc::clone(&session.keyring)),
            None => Ok(Arc::new(vault.device_keyring()?)),
        }
    }
}
