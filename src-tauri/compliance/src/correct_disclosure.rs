//! `compliance.correct_disclosure`: a new row that takes an older one's place; the older one stays as it is.

use crate::disclose::Disclosed;
use crate::disclosure::{Disclosure, DisclosureDetails, checked};
use crate::fields::{TEXT_MAX, required};
use crate::ledger::{all_of, corrected};
use crate::refusals::{CORRECTED_BEFORE, UNKNOWN_DISCLOSURE};
use crate::table::DISCLOSURE_OF;
use keepwell_kernel::{DisclosureId, Error, Operation, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_vault::Record as _;
use serde::Deserialize;
use ts_rs::TS;

/// Corrects a row of the ledger, or takes it back.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CorrectDisclosure {
    /// The row that is wrong.
    pub disclosure: DisclosureId,
    /// What was wrong with it.
    pub correction: String,
    /// What is right; nothing where there was no disclosure at all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub details: Option<DisclosureDetails>,
}

impl Operation for CorrectDisclosure {
    const NAME: &'static str = "compliance.correct_disclosure";
    const PERMISSION: Permission = Permission::DisclosureWrite;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::PatientRequest, Purpose::Legal];
    type Output = Disclosed;
}

impl Command for CorrectDisclosure {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Disclosed, Error> {
        let key = cx.key(Disclosure::TABLE)?.id(self.disclosure.bytes()).done();
        let wrong = cx.get::<Disclosure>(&key)?.ok_or_else(|| UNKNOWN_DISCLOSURE.at("disclosure"))?.record;
        if corrected(&all_of!(cx, Disclosure, DISCLOSURE_OF, [wrong.patient])).contains_key(&wrong.id) {
            return Err(CORRECTED_BEFORE.at("disclosure").into());
        }
        let correction = Some(required(&self.correction, TEXT_MAX, "correction")?);
        let right = match &self.details {
            Some(details) => {
                Disclosure { corrects: Some(wrong.id), correction, ..checked(cx, wrong.patient, details)? }
            }
            None => Disclosure {
                id: DisclosureId::make(),
                recorded_at: cx.now(),
                released_by: cx.actor()?.user_name.clone(),
                corrects: Some(wrong.id),
                void: true,
                correction,
                ..wrong
            },
        };
        cx.put(&right)?;
        Ok(Disclosed { disclosure: right.id, accountable: right.is_accountable() })
    }
}
