//! `cargo xtask tamper`: attacks on a store, and which detector finds each.

use keepwell_proof::tamper::judge::Found;
use keepwell_proof::tamper::scene::Scene;
use keepwell_proof::tamper::{Table, inside, journal, pages, rows, whole};
use std::io::Write as _;
use std::process::ExitCode;

fn say(line: &str) {
    // There is nobody to tell when that fails.
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn main() -> ExitCode {
    let scene = match Scene::make() {
        Ok(scene) => scene,
        Err(failure) => {
            say(&format!("the practice is not made: {failure:?}"));
            return ExitCode::FAILURE;
        }
    };
    let (mut alone, mut with_keys) = (Table::default(), Table::default());
    pages::attacks(&scene, (0, 1)).for_each(|attack| alone.enter(&scene, &attack));
    rows::attacks(&scene, (0, 1)).for_each(|attack| alone.enter(&scene, &attack));
    whole::attacks(&scene).iter().for_each(|attack| alone.enter(&scene, attack));
    journal::attacks(&scene).iter().for_each(|attack| alone.enter(&scene, attack));
    inside::attacks(&scene).iter().for_each(|attack| with_keys.enter(&scene, attack));
    for (who, table) in [("the file alone", &alone), ("the file and the unlocked keychain", &with_keys)] {
        say(&format!("\nWith {who}: {} attacks\n\n{table}", table.attacks()));
        for found in [Found::NotDetected, Found::Silent, Found::Panicked] {
            table.ended(found).iter().for_each(|what| say(&format!("{}: {what}", found.words())));
        }
    }
    let bad = alone.unknown();
    bad.iter().for_each(|what| say(&format!("FAILED: {what}")));
    if bad.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
