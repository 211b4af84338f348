//! `exchange.keep_received`: keeps resources of other systems as they were received, the same one never twice.

use super::table::{Kept, keep};
use crate::fhir::resources::{NotImported, type_of};
use crate::import_patients::{ImportRow, LeftOut, SOURCE_MAX, left_out};
use crate::refusals::{RECEIVED_FULL, RECEIVED_LARGE, RECEIVED_MANY, SOURCE_MISSING};
use keepwell_kernel::{Code, Compartment, Error, Fault, Operation, PatientId, Permission, Purpose};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::known_to;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use ts_rs::TS;

/// The most resources in one call: the entry that names each change must fit into one value of the store.
pub const RESOURCES_AT_A_TIME: usize = 100;
/// The largest resource, in bytes of JSON.
pub(crate) const RESOURCE_BYTES_MAX: usize = 1024 * 1024;
/// The most in one call, in bytes of JSON.
pub(crate) const BYTES_AT_A_TIME: usize = 5 * 1024 * 1024;
/// The longest id that FHIR allows, in characters.
pub(crate) const RESOURCE_ID_MAX: usize = 64;

/// Keeps resources. They are data of charts: where the session does not hold the keys of those, none is kept, and the
/// answer says so.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KeepReceived {
    /// Where the resources come from, such as the file's name.
    pub source: String,
    /// Up to 100 FHIR resources that are no patients, 5 MiB in all.
    pub resources: Vec<ResourceToKeep>,
}

/// A resource, with the patient it is about.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResourceToKeep {
    /// The resource.
    #[ts(type = "unknown")]
    pub resource: Value,
    /// The patient here, where one is known.
    pub patient: Option<PatientId>,
}

/// What became of them.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct KeptReceived {
    /// How many are kept now, by type, those that were kept before among them.
    pub kept: Vec<LeftOut>,
    /// What was not kept, and why; places count from 0.
    pub refused: Vec<ImportRow>,
    /// The session does not hold the keys of charts, so nothing was kept.
    pub closed: bool,
}

impl Operation for KeepReceived {
    const NAME: &'static str = "exchange.keep_received";
    const PERMISSION: Permission = Permission::Import;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment];
    type Output = KeptReceived;
}

impl Command for KeepReceived {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<KeptReceived, Error> {
        let source = self.source.trim().to_owned();
        if source.is_empty() || source.chars().count() > SOURCE_MAX {
            return Err(SOURCE_MISSING.at("source").into());
        }
        if self.resources.len() > RESOURCES_AT_A_TIME {
            return Err(RECEIVED_MANY.at("resources").into());
        }
        if !cx.holds(Compartment::Clinical) {
            return Ok(KeptReceived { kept: Vec::new(), refused: Vec::new(), closed: true });
        }
        let (mut kept, mut refused, mut known, mut bytes) = (NotImported::new(), Vec::new(), BTreeSet::new(), 0);
        for (index, ResourceToKeep { resource, patient }) in (0..).zip(self.resources) {
            let Some(kind) = type_of(&resource).map(str::to_owned) else {
                return Err(crate::refusals::NOT_A_RESOURCE.at(format!("resources.{index}")).into());
            };
            if let Some(patient) = patient.filter(|patient| !known.contains(patient)) {
                known_to(cx, patient, &format!("resources.{index}.patient"))?;
                known.insert(patient);
            }
            let id = resource.get("id").and_then(Value::as_str).map_or("", |id| id);
            let id: String = id.chars().take(RESOURCE_ID_MAX).collect();
            let json = serde_json::to_string(&resource).map_err(|error| Fault::from_error(&error))?;
            bytes += json.len().min(RESOURCE_BYTES_MAX);
            if bytes > BYTES_AT_A_TIME {
                return Err(RECEIVED_MANY.at("resources").into());
            }
            let mut refuse = |code: Code| refused.push(ImportRow::refused(index, &kind, &id, &code.refusal()));
            if json.len() > RESOURCE_BYTES_MAX {
                refuse(RECEIVED_LARGE);
                continue;
            }
            let received_at = cx.now();
            match keep(cx, (kind.clone(), id.clone()), (source.clone(), received_at), patient, json)? {
                Kept::New | Kept::Before => *kept.entry(kind).or_default() += 1,
                Kept::Full => refuse(RECEIVED_FULL),
            }
        }
        Ok(KeptReceived { kept: left_out(kept), refused, closed: false })
    }
}
