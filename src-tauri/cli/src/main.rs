#![doc = include_str!("../README.md")]

mod arguments;
mod backup;
mod batch;
mod call;
mod demo;
mod desk;
mod ending;
mod import;
mod init;
mod keys;
mod log;
mod out;
mod passphrase;
mod said;
mod stop;
mod surface;
mod take_back;
mod told;

use arguments::{Arguments, BackupWhat, Command, ImportWhat, InWhat, KeysWhat, LogWhat, OutWhat};
use clap::Parser as _;
use ending::Ending;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Clap itself answers a wrong usage with status 2.
    let arguments = Arguments::parse();
    let ended = match &arguments.command {
        Command::Init(init) => init::run(&arguments.place, init),
        Command::Call(call) => call::run(&arguments.place, call),
        Command::Batch(batch) => batch::run(&arguments.place, &batch.who),
        Command::Surface(surface) => surface::run(surface),
        Command::Demo(demo) => demo::run(&arguments.place, demo),
        Command::Import { what: ImportWhat::Fhir(fhir) } => import::run(&arguments.place, fhir),
        Command::Out { what: OutWhat::Records(records) } => out::records(&arguments.place, records),
        Command::Out { what: OutWhat::Population(all) } => out::population(&arguments.place, all),
        Command::Out { what: OutWhat::Deidentified(data) } => out::deidentified(&arguments.place, data),
        Command::Backup { what: BackupWhat::Make(make) } => backup::make(&arguments.place, make),
        Command::Backup { what: BackupWhat::Prove(prove) } => backup::prove(&arguments.place, prove),
        Command::Backup { what: BackupWhat::Restore(restore) } => backup::restore(&arguments.place, restore),
        Command::In { what: InWhat::Records(records) } => take_back::run(&arguments.place, records),
        Command::Keys { what: KeysWhat::Status(who) } => keys::status(&arguments.place, who),
        Command::Keys { what: KeysWhat::Rotate(rotate) } => keys::rotate(&arguments.place, rotate),
        Command::Support => keys::support(&arguments.place),
        Command::Log { what: LogWhat::Verify(who) } => log::verify(&arguments.place, who),
        Command::Log { what: LogWhat::Tail(tail) } => log::tail(&arguments.place, tail),
        Command::Log { what: LogWhat::Export(export) } => log::export(&arguments.place, export),
    };
    ended
        .unwrap_or_else(|ending| {
            ending.say();
            ending
        })
        .status()
}

/// How a command ends: what it has said already, or what is still to be said.
type Ended = Result<Ending, Ending>;
