//! Writing the entry of a call: begun before anything runs, filled with how it ended.

use super::Call;
use super::dispatch::Admitted;
use super::state::{Door, Inside};
use crate::entry::{Draft, Noted, Outcome};
use crate::store::Appended;
use keepwell_kernel::{Error, Instant, PatientId, Permission, Role};
use keepwell_vault::engine::Verdict;
use keepwell_vault::{Change, Vault, Writing};
use std::collections::BTreeSet;
use std::sync::Arc;
use uuid::Uuid;

/// So many entries of looks go into one commit while a demonstration is made.
const AT_LEISURE: usize = 256;

impl Door {
    /// Begins an entry with what is known before anything has run.
    pub(super) fn draft(&self, inside: &Inside, call: &Call, operation: Option<&'static str>, now: Instant) -> Draft {
        let session = inside.session.as_ref();
        Draft {
            at: now,
            offset_seconds: inside.zone().offset_seconds(now),
            actor: session.map(|session| session.staff),
            user_name: session.map(|session| session.user_name.clone()).unwrap_or_default(),
            role: None,
            workstation: self.workstation.clone(),
            session: session.map(|session| session.id),
            // A name that is not on the surface may be anything, a patient's name among them; it is not kept.
            operation: operation.unwrap_or("unknown").to_owned(),
            purpose: call.purpose,
            reason: call.reason.as_ref().filter(|reason| !reason.trim().is_empty()).map(|reason| first(reason)),
            patients: Vec::new(),
            outcome: Outcome::Done,
            code: None,
            changes: Vec::new(),
            correlation: Uuid::now_v7(),
            policy: String::new(),
        }
    }

    /// Commits an entry alone; in a practice that is made at leisure, with those that follow it.
    pub(super) fn enter(&self, inside: &mut Inside, vault: &Arc<Vault>, draft: &Draft) -> Result<(), Error> {
        if inside.read_only.is_some() {
            return Ok(());
        }
        inside.waiting.push(draft.clone());
        let together = if self.home.at_leisure() { AT_LEISURE } else { 1 };
        if inside.waiting.len() < together { Ok(()) } else { self.enter_waiting(inside, vault) }
    }

    /// Commits the entries that wait.
    pub(super) fn enter_waiting(&self, inside: &mut Inside, vault: &Arc<Vault>) -> Result<(), Error> {
        let waiting = std::mem::take(&mut inside.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        inside.dip(vault)?;
        let keyring = inside.keyring(vault)?;
        let appended = vault.write::<_, Error>(&keyring, &mut |writing| {
            let (pen, mut last) = (inside.pen(vault)?, None::<Appended>);
            for draft in &waiting {
                let appended = pen.append(writing, draft)?;
                let before = last.take().and_then(|before| before.anchor);
                last = Some(Appended { anchor: appended.anchor.or(before), ..appended });
            }
            Ok((Verdict::Commit, last))
        })?;
        self.committed(inside, vault, appended);
        Ok(())
    }
}

pub(super) fn admitted_as(draft: &mut Draft, admitted: &Admitted) {
    draft.role = admitted.role;
    draft.purpose = Some(admitted.purpose);
    let holder = admitted.role.map_or("anyone", Role::word);
    draft.policy = format!("{holder} holds {}", permission_word(admitted.entry.permission));
}

fn permission_word(permission: Permission) -> String {
    serde_json::to_value(permission).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

pub(super) fn ended(draft: &mut Draft, error: &Error) {
    (draft.outcome, draft.code) = match error {
        Error::Refused(refusal) => (Outcome::Refused, Some(refusal.code.code.to_owned())),
        Error::Denied => (Outcome::Denied, None),
        Error::Locked => (Outcome::Denied, Some("locked".to_owned())),
        Error::SignedOut => (Outcome::Denied, Some("signed_out".to_owned())),
        Error::Fault(fault) => (Outcome::Fault, Some(fault.reference.clone())),
    };
}

pub(super) fn with_changes(draft: &Draft, patients: &BTreeSet<PatientId>, writing: &Writing<'_>) -> Draft {
    let mut entry = draft.clone();
    entry.patients = patients.iter().copied().collect();
    entry.changes = writing.changes().iter().map(|change: &Change| Noted::from(change)).collect();
    entry
}

/// Returns what an entry has room for of a reason: one that is longer is turned away, and its beginning kept.
fn first(reason: &str) -> String {
    reason.chars().take(super::surface::REASON_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_names_the_permission_in_its_one_word() {
        for (permission, word) in [
            (Permission::Anyone, "anyone"),
            (Permission::OwnSession, "own_session"),
            (Permission::ChartRead, "chart_read"),
            (Permission::Import, "import"),
        ] {
            assert_eq!(permission_word(permission), word);
        }
    }
}
