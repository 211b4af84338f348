//! `exchange.import_patients`: takes patients in from FHIR resources, the same one never twice.

use crate::fhir::resources::{Found, NotImported, each, slim};
use crate::person;
use crate::refusals::{NOT_A_RESOURCE, SOURCE_MISSING, TOO_MANY};
use keepwell_kernel::{CivilDate, Error, Operation, PatientId, Permission, Purpose, Refusal};
use keepwell_log::door::{Command, WriteCx};
use keepwell_patients::{TakenIn, Taking, take_in};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// The most resources in one call.
const RESOURCES_MAX: usize = 200;
/// The most patients in one call: the entry that names them all must fit into one value of the store.
const PATIENTS_MAX: usize = 100;
/// The longest name of a source, in characters.
pub(crate) const SOURCE_MAX: usize = 200;
/// The longest id that FHIR allows, in characters.
const ID_MAX: usize = 64;

/// Takes patients in.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportPatients {
    /// Where the resources come from, such as the file's name. It tells apart records that carry nothing but an id.
    pub source: String,
    /// Up to 200 FHIR R4 resources, entries of Bundles, or Bundles, with up to 100 patients among them.
    #[ts(type = "unknown[]")]
    pub resources: Vec<Value>,
}

/// What became of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// A new patient.
    Created,
    /// A patient who was known, with something new.
    Updated,
    /// A patient who was known, with nothing new.
    Unchanged,
    /// Not taken; the row says why.
    Refused,
}

/// What became of one resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportRow {
    /// The place of the resource in what was sent, from 0.
    #[ts(type = "number")]
    pub index: u64,
    /// The type of the resource.
    pub resource_type: String,
    /// The id the resource has where it comes from; empty where it has none.
    pub id: String,
    /// What became of it.
    pub outcome: ImportOutcome,
    /// The patient.
    pub patient: Option<PatientId>,
    /// Why it was refused.
    pub code: Option<String>,
    /// The field at fault, dotted.
    pub field: Option<String>,
    /// What can be done about it.
    pub remedy: Option<String>,
}

/// Something that was not imported, and how often it occurred.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeftOut {
    /// A type of resource, or a part of a patient such as `Patient.photo`.
    pub resource_type: String,
    /// How many.
    #[ts(type = "number")]
    pub count: u64,
}

/// What became of everything.
#[derive(Debug, Serialize, Deserialize, TS)]
pub struct Imported {
    /// One row for each patient, and for what is no resource.
    pub rows: Vec<ImportRow>,
    /// What was not imported.
    pub not_imported: Vec<LeftOut>,
}

/// Lists what was counted.
#[must_use]
pub fn left_out(counted: NotImported) -> Vec<LeftOut> {
    counted.into_iter().map(|(resource_type, count)| LeftOut { resource_type, count }).collect()
}

impl ImportRow {
    fn taken(index: u64, id: String, taken: &TakenIn) -> Self {
        Self {
            index,
            resource_type: "Patient".to_owned(),
            id,
            outcome: match taken.outcome {
                Taking::Created => ImportOutcome::Created,
                Taking::Updated => ImportOutcome::Updated,
                Taking::Unchanged => ImportOutcome::Unchanged,
            },
            patient: Some(taken.patient),
            code: None,
            field: None,
            remedy: None,
        }
    }

    /// Says why something was refused.
    #[must_use]
    pub fn refused(index: u64, resource_type: &str, id: &str, refusal: &Refusal) -> Self {
        Self {
            index,
            resource_type: resource_type.to_owned(),
            id: id.to_owned(),
            outcome: ImportOutcome::Refused,
            patient: None,
            code: Some(refusal.code.code.to_owned()),
            field: refusal.field.clone(),
            remedy: Some(refusal.code.remedy.to_owned()),
        }
    }
}

impl Operation for ImportPatients {
    const NAME: &'static str = "exchange.import_patients";
    const PERMISSION: Permission = Permission::Import;
    const PURPOSES: &'static [Purpose] = &[Purpose::Operations, Purpose::Treatment];
    type Output = Imported;
}

impl Command for ImportPatients {
    fn run(self, cx: &mut WriteCx<'_, '_>) -> Result<Imported, Error> {
        let source = self.source.trim();
        if source.is_empty() || source.chars().count() > SOURCE_MAX {
            return Err(SOURCE_MISSING.at("source").into());
        }
        let mut not_imported = NotImported::new();
        let found = find(&self.resources, &mut not_imported);
        if self.resources.len() > RESOURCES_MAX || found.len() > PATIENTS_MAX {
            return Err(TOO_MANY.at("resources").into());
        }
        let rows = found.into_iter().map(|one| one.take(cx, source, &mut not_imported)).collect::<Result<_, _>>()?;
        Ok(Imported { rows, not_imported: left_out(not_imported) })
    }
}

/// A patient, or something that is no resource, with its place.
struct Item {
    index: u64,
    full_url: Option<String>,
    resource: Option<Value>,
}

fn find(resources: &[Value], not_imported: &mut NotImported) -> Vec<Item> {
    let mut items = Vec::new();
    for (index, value) in (0..).zip(resources) {
        each(value, &mut |found| match found {
            Found::Patient { full_url, resource } => {
                items.push(Item { index, full_url: full_url.map(str::to_owned), resource: Some(resource.clone()) });
            }
            Found::Other { name, .. } => *not_imported.entry(name.to_owned()).or_default() += 1,
            Found::Foreign => items.push(Item { index, full_url: None, resource: None }),
        });
    }
    items
}

impl Item {
    /// Takes one patient in. A refusal is the row's own and does not stop the others; anything else stops them all.
    fn take(self, cx: &mut WriteCx<'_, '_>, source: &str, left: &mut NotImported) -> Result<ImportRow, Error> {
        let Some(mut resource) = self.resource else {
            return Ok(ImportRow::refused(self.index, "", "", &NOT_A_RESOURCE.refusal()));
        };
        slim(&mut resource);
        let id: String = resource.get("id").and_then(Value::as_str).unwrap_or_default().chars().take(ID_MAX).collect();
        match bring_in(cx, &resource, self.full_url.as_deref(), source, left) {
            Ok(taken) => Ok(ImportRow::taken(self.index, id, &taken)),
            Err(Error::Refused(refusal)) => Ok(ImportRow::refused(self.index, "Patient", &id, &refusal)),
            Err(other) => Err(other),
        }
    }
}

fn bring_in(
    cx: &mut WriteCx<'_, '_>,
    resource: &Value,
    full_url: Option<&str>,
    source: &str,
    left: &mut NotImported,
) -> Result<TakenIn, Error> {
    let today: CivilDate = cx.today();
    let person = person::read(resource, full_url, source, today, left)?;
    take_in(cx, &person.source, person.demographics, person.deceased)
}
