//! `downtime plan`, `downtime write` and `backup plan`: what the window does by itself, and the pack of today.

use crate::arguments::{Place, Who};
use crate::desk::signed_in;
use crate::ending::Ending;
use crate::stop::Stop;
use crate::told::Told;
use crate::{Ended, passphrase, said};
use clap::{Args, Subcommand, ValueEnum};
use keepwell_kernel::{AssociateId, Secret};
use keepwell_practice::{DowntimePack, Every};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

#[derive(Subcommand)]
pub(crate) enum DowntimeWhat {
    /// Say where the window writes the pack by itself, how often, and what opens it.
    ///
    /// The passphrase comes from KEEPWELL_FILE_PASSPHRASE or a prompt.
    Plan(DowntimePlan),
    /// Write the pack of today. The passphrase of the plan opens it, without the program.
    Write(Write),
}

/// How often.
#[derive(Clone, Copy, ValueEnum)]
enum Often {
    Hour,
    Day,
    Week,
}

impl From<Often> for Every {
    fn from(often: Often) -> Self {
        match often {
            Often::Hour => Self::Hour,
            Often::Day => Self::Day,
            Often::Week => Self::Week,
        }
    }
}

#[derive(Args)]
pub(crate) struct DowntimePlan {
    /// A folder that is there, such as a drive of its own; with none, nothing is written any more.
    #[arg(value_name = "FOLDER")]
    within: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "day")]
    every: Often,
    /// Leave the passphrase as it is.
    #[arg(long)]
    same_passphrase: bool,
    #[command(flatten)]
    who: Who,
}

#[derive(Args)]
pub(crate) struct BackupPlan {
    /// A folder that is there, such as a drive of its own; with none, nothing is written any more.
    #[arg(value_name = "FOLDER")]
    within: Option<PathBuf>,
    #[arg(long, value_enum, default_value = "day")]
    every: Often,
    /// The business associate whose place that is, by its id in the register; refused without an agreement in force.
    #[arg(long, value_name = "ID", value_parser = AssociateId::parse)]
    associate: Option<AssociateId>,
    /// A custodian's public key, to which every backup is sealed from now on; `none` takes it away, and without this the one
    /// that is there stays.
    #[arg(long, value_name = "age1…|none")]
    custodian: Option<String>,
    #[command(flatten)]
    who: Who,
}

#[derive(Args)]
pub(crate) struct Write {
    /// A folder that is there.
    #[arg(value_name = "FOLDER")]
    within: PathBuf,
    #[command(flatten)]
    who: Who,
}

/// Plans where the pack is written.
///
/// # Errors
/// The ending to take.
pub(crate) fn plan_downtime(place: &Place, plan: &DowntimePlan) -> Ended {
    let passphrase = match plan.same_passphrase || plan.within.is_none() {
        true => None,
        false => Some(Secret::new(passphrase::of_a_file()?.as_str().to_owned())),
    };
    let folder = there(plan.within.as_deref())?;
    signed_in(place, &plan.who, |practice| {
        practice.plan_downtime(folder.as_deref(), plan.every.into(), passphrase.as_ref())?;
        said::json(&Value::Null)?;
        Ok(Ending::Done)
    })
}

/// Plans where backups are written.
///
/// # Errors
/// The ending to take.
pub(crate) fn plan_backups(place: &Place, plan: &BackupPlan) -> Ended {
    let folder = there(plan.within.as_deref())?;
    signed_in(place, &plan.who, |practice| {
        let custodian = plan.custodian.as_deref().map(|typed| if typed == "none" { "" } else { typed });
        practice.plan_backups(folder.as_deref(), plan.every.into(), plan.associate, custodian)?;
        said::json(&Value::Null)?;
        Ok(Ending::Done)
    })
}

/// Returns the whole path of a folder that is there: the window works in another folder than this terminal.
fn there(folder: Option<&Path>) -> Result<Option<PathBuf>, Ending> {
    let Some(folder) = folder else { return Ok(None) };
    let whole =
        folder.canonicalize().map_err(|_| folder).and_then(|whole| whole.is_dir().then_some(whole).ok_or(folder));
    whole.map(Some).map_err(|folder| Ending::Usage(format!("There is no folder {}.", folder.display())))
}

/// Writes the pack of today. Ctrl-C ends it and leaves the pack that was there.
///
/// # Errors
/// The ending to take.
pub(crate) fn write_downtime(place: &Place, write: &Write) -> Ended {
    signed_in(place, &write.who, |practice| {
        let (stop, mut told) = (Stop::on_ctrl_c()?, Told::new(|_| "patients read"));
        let written = practice.write_downtime(&write.within, &mut |step| {
            told.tell(&step);
            stop.asked()
        })?;
        let Some(DowntimePack { name, patients }) = written else { return Ok(Ending::Stopped) };
        said::json(&json!({ "file": write.within.join(name), "patients": patients }))?;
        Ok(Ending::Done)
    })
}
