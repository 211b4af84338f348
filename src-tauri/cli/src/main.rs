#![doc = include_str!("../README.md")]

mod arguments;
mod backup;
mod batch;
mod call;
mod copy;
mod decommission;
mod demo;
mod desk;
mod ending;
mod import;
mod init;
mod keys;
mod log;
mod named;
mod out;
mod paper;
mod passphrase;
mod plans;
mod said;
mod stop;
mod surface;
mod take_back;
mod told;

use arguments::{Arguments, BackupWhat, Command, ImportWhat, InWhat, KeysWhat, LogWhat, Place};
use clap::{CommandFactory as _, FromArgMatches as _};
use copy::CopyWhat;
use ending::Ending;
use out::OutWhat;
use plans::DowntimeWhat;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Clap itself answers a wrong usage with status 2.
    let matches = named::with_commands(Arguments::command()).get_matches();
    let ended = named::run(&matches).unwrap_or_else(|| {
        let Arguments { place, command } = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
        done(&place, &command)
    });
    ended
        .unwrap_or_else(|ending| {
            ending.say();
            ending
        })
        .status()
}

fn done(place: &Place, command: &Command) -> Ended {
    match command {
        Command::Init(init) => init::run(place, init),
        Command::Call(call) => call::run(place, call),
        Command::Batch(batch) => batch::run(place, &batch.who),
        Command::Surface(surface) => surface::run(surface),
        Command::Demo(demo) => demo::run(place, demo),
        Command::Import { what: ImportWhat::Fhir(fhir) } => import::run(place, fhir),
        Command::Out { what: OutWhat::Records(records) } => out::records(place, records),
        Command::Out { what: OutWhat::Population(all) } => out::population(place, all),
        Command::Out { what: OutWhat::Deidentified(data) } => out::deidentified(place, data),
        Command::Backup { what: BackupWhat::Make(make) } => backup::make(place, make),
        Command::Backup { what: BackupWhat::Prove(prove) } => backup::prove(place, prove),
        Command::Backup { what: BackupWhat::Plan(plan) } => plans::plan_backups(place, plan),
        Command::Backup { what: BackupWhat::Restore(restore) } => backup::restore(place, restore),
        Command::In { what: InWhat::Records(records) } => take_back::run(place, records),
        Command::Keys { what: KeysWhat::Status(who) } => keys::status(place, who),
        Command::Keys { what: KeysWhat::Rotate(rotate) } => keys::rotate(place, rotate),
        Command::Support => keys::support(place),
        Command::Log { what: LogWhat::Verify(who) } => log::verify(place, who),
        Command::Log { what: LogWhat::Tail(tail) } => log::tail(place, tail),
        Command::Log { what: LogWhat::Export(export) } => log::export(place, export),
        Command::Copy { what: CopyWhat::Look(look) } => copy::look(place, look),
        Command::Downtime { what: DowntimeWhat::Plan(plan) } => plans::plan_downtime(place, plan),
        Command::Downtime { what: DowntimeWhat::Write(write) } => plans::write_downtime(place, write),
        Command::Paper { what } => paper::write(place, what),
        Command::Decommission(end) => decommission::run(place, end),
    }
}

/// How a command ends: what it has said already, or what is still to be said.
type Ended = Result<Ending, Ending>;
