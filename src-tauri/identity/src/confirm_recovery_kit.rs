//! `identity.confirm_recovery_kit` and `identity.new_recovery_kit`.

use crate::kit::{KitWords, RecoveryKit};
use crate::practice::{Practice, practice_of};
use crate::refusals::{KIT_GONE, KIT_TWO_WORDS, KIT_WORDS_WRONG};
use keepwell_kernel::{Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::{Key, VaultError};
use serde::Deserialize;
use std::collections::BTreeSet;
use ts_rs::TS;

/// Types back words of the kit, so that it is known to be at hand.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRecoveryKit {
    /// At least two words with their numbers, counted from 1.
    pub answers: Vec<KitAnswer>,
}

/// One word typed back.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KitAnswer {
    /// Its number, from 1 to 24.
    pub position: u32,
    /// The word.
    pub word: String,
}

impl Operation for ConfirmRecoveryKit {
    const NAME: &'static str = "identity.confirm_recovery_kit";
    const PERMISSION: Permission = Permission::PracticeChange;
    const PURPOSES: &'static [Purpose] = &[Purpose::System, Purpose::Operations];
    type Output = ();
}

impl Command for ConfirmRecoveryKit {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<(), Error> {
        let answers: Vec<(u32, String)> = self.answers.into_iter().map(|one| (one.position, one.word)).collect();
        if answers.iter().map(|(position, _)| position).collect::<BTreeSet<_>>().len() < 2 {
            return Err(KIT_TWO_WORDS.at("answers").into());
        }
        let agrees = cx.resident::<KitWords, _>(|words| words.agree(&answers))?.ok_or(KIT_GONE)?;
        if !agrees {
            return Err(KIT_WORDS_WRONG.at("answers").into());
        }
        let mut practice = practice_of!(cx)?;
        practice.kit_confirmed = true;
        cx.put(&practice)?;
        Ok(())
    }
}

/// Makes a new kit; the old one opens nothing any more.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NewRecoveryKit {}

impl Operation for NewRecoveryKit {
    const NAME: &'static str = "identity.new_recovery_kit";
    const PERMISSION: Permission = Permission::PracticeChange;
    const PURPOSES: &'static [Purpose] = &[Purpose::System, Purpose::Operations];
    type Output = RecoveryKit;
}

impl Command for NewRecoveryKit {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<RecoveryKit, Error> {
        let key = Key::make().map_err(VaultError::from)?;
        cx.replace_recovery(&key)?;
        let kit = RecoveryKit::of(&key, cx.vault().id(), cx.today())?;
        let mut practice: Practice = practice_of!(cx)?;
        (practice.kit_confirmed, practice.kit_made_on) = (false, cx.today());
        cx.put(&practice)?;
        let words = KitWords::of(&kit);
        cx.after_commit(move |residents| residents.keep(words));
        Ok(kit)
    }
}
