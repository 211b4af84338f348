//! Backups, proofs, restores and new keys of a whole practice, and how long a save is held up while a backup is written.

use crate::Done;
use crate::arguments::Arguments;
use crate::desk::Desk;
use crate::disk::{forget, fresh, megabytes, remove, warm};
use crate::door::written;
use crate::own::keychain_file;
use crate::peers::Side;
use crate::practices::Made;
use crate::report::Report;
use crate::samples::Samples;
use crate::workloads::progress;
use keepwell_kernel::{Clock, Secret};
use keepwell_practice::{BackedUp, Continue, Practice, RestoreTest};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Between two saves of one person: somebody types.
const BETWEEN: Duration = Duration::from_millis(20);
/// How long saves are measured beside nothing, before the backup and after it.
const ALONE: Duration = Duration::from_secs(20);
const SEALED: &str = "practice.age";

/// Measures each size that was asked for; 100,000 patients where none was.
pub(crate) fn run(arguments: &Arguments, report: &mut Report) -> Done<()> {
    let usual: &[u64] = if arguments.quick { &[1000] } else { &[100_000] };
    let sizes = if arguments.patients.is_empty() { usual } else { &arguments.patients };
    for size in sizes {
        let made = Made::with(&arguments.stores, *size)?;
        Keeping { report, size: written(*size), place: arguments.stores.join("keeping") }.measure(&made)?;
    }
    report.note(
        "Saves are registrations through the door, one every 20 ms by one person, measured alone before and after the \
         backup and while it is written. Backup, proof and restore are of a practice with ten entries of log per patient \
         and year for six years, on the disk that it stands on.",
    );
    Ok(())
}

struct Keeping<'r> {
    report: &'r mut Report,
    size: String,
    place: PathBuf,
}

impl Keeping<'_> {
    fn measure(&mut self, made: &Made) -> Done<()> {
        let (drive, cold, other) = (self.place.join("drive"), self.place.join("cold"), self.place.join("other"));
        fresh(&self.place)?;
        std::fs::create_dir_all(&drive)?;
        std::fs::create_dir_all(&cold)?;
        forget(&made.folder)?;
        let desk = Desk::at(&made.folder)?;
        desk.sign_in()?;
        let kit = desk.call("identity.new_recovery_kit", json!({}))?;
        let key = kit.pointer("/recovery_key").and_then(Value::as_str).ok_or("a kit without its key")?;
        self.back_up(&desk, &cold, " of a cold store")?;
        std::fs::remove_dir_all(&cold)?;
        self.once("read once before the backup", "s", warm(&made.folder)?);
        let backup = self.back_up(&desk, &drive, "")?;
        self.prove(&desk, &backup)?;
        desk.sign_out()?;
        desk.practice.close();
        drop(desk);
        let practice = self.restore(&backup, &other, &Secret::new(key.to_owned()))?;
        self.new_keys(Desk { practice })?;
        remove(&keychain_file(&other))?;
        Ok(std::fs::remove_dir_all(&self.place)?)
    }

    fn once(&mut self, what: &str, unit: &'static str, value: f64) {
        self.report.put(format!("{what}, {}", self.size), unit, Side::Keepwell, Samples::one(value));
    }

    /// Writes a backup while somebody saves, and returns its folder.
    fn back_up(&mut self, desk: &Desk, drive: &Path, of: &str) -> Done<PathBuf> {
        let (done, mut people) = (AtomicBool::new(false), People::new());
        // The first save after somebody has come in looks for duplicates, and reads everybody for it.
        desk.call("patients.search", json!({ "query": "a", "limit": 1 }))?;
        let before = people.saves(desk, |begun| begun.elapsed() < ALONE)?;
        progress("backup");
        let (made, during) = std::thread::scope(|scope| {
            let backup = scope.spawn(|| {
                let made = timed(|| desk.practice.back_up(drive, None, &mut |_| Continue::Yes));
                done.store(true, Ordering::Release);
                made
            });
            let during = people.saves(desk, |_| !done.load(Ordering::Acquire));
            (backup.join(), during)
        });
        let (seconds, made) = made.map_err(|_| "the backup ended in a panic")?;
        let BackedUp { name, .. } = made.map_err(said)?.ok_or("the backup was stopped")?;
        let after = people.saves(desk, |begun| begun.elapsed() < ALONE)?;
        self.once(&format!("backup{of}"), "s", seconds);
        self.once(&format!("size of the backup{of}"), "MB", megabytes(&drive.join(&name), SEALED)?);
        for (what, times) in [("before", before), ("during", during?), ("after", after)] {
            let mut samples = Samples::default();
            times.into_iter().for_each(|time| samples.add(0, time));
            let (line, longest) =
                (format!("longest save {what} a backup{of}"), samples.longest().ok_or("nobody saved")?);
            progress(&format!("{line}: {longest:.1} ms"));
            self.once(&line, "ms", longest);
            self.report.put(format!("save {what} a backup{of}, {}", self.size), "ms", Side::Keepwell, samples);
        }
        Ok(drive.join(name))
    }

    fn prove(&mut self, desk: &Desk, backup: &Path) -> Done<()> {
        progress("proof");
        let (seconds, tested) = timed(|| desk.practice.prove_backup(backup, &mut |_| Continue::Yes));
        let RestoreTest { ok, .. } = tested.map_err(said)?.ok_or("the proof was stopped")?;
        self.once("proof", "s", seconds);
        if ok { Ok(()) } else { Err("the backup does not hold".into()) }
    }

    fn restore(&mut self, backup: &Path, into: &Path, key: &Secret) -> Done<Practice> {
        progress("restore");
        remove(&keychain_file(into))?;
        let Desk { practice } = Desk::at(into)?;
        let (seconds, restored) = timed(|| practice.restore(backup, key, &mut |_| Continue::Yes));
        restored.map_err(said)?.ok_or("the restore was stopped")?;
        self.once("restore", "s", seconds);
        Ok(practice)
    }

    fn new_keys(&mut self, desk: Desk) -> Done<()> {
        progress("new keys");
        desk.sign_in()?;
        let (rotated, _) = desk.timed("identity.rotate_keys", json!({ "suspected_leak": false }))?;
        self.once("new keys", "ms", rotated / 1e3);
        let (seconds, values) = timed(|| desk.practice.reseal(&mut |_| Continue::Yes));
        let values = values.map_err(said)?.ok_or("the sealing was stopped")?;
        self.once("everything sealed anew", "s", seconds);
        self.once("values sealed anew", "thousand", values as f64 / 1e3);
        desk.sign_out()?;
        desk.practice.close();
        Ok(())
    }
}

/// Whoever comes to be registered: others in every run.
struct People(Box<dyn Iterator<Item = Done<Value>>>);

impl People {
    fn new() -> Self {
        let seed = Clock::of_the_machine().now().timestamp_millis().unsigned_abs();
        let people = keepwell_practice::made_up::patients(1_000_000, seed).map(|person| {
            let mut input = serde_json::to_value(person)?;
            let fields = input.as_object_mut().ok_or("a person without fields")?;
            fields.insert("duplicate_override".to_owned(), json!("Another person, made up for a measurement."));
            Ok(input)
        });
        Self(Box::new(people))
    }

    /// Registers people one after the other while it goes on, and returns the milliseconds of each.
    fn saves(&mut self, desk: &Desk, goes_on: impl Fn(Instant) -> bool) -> Done<Vec<f64>> {
        let (begun, mut times) = (Instant::now(), Vec::new());
        while goes_on(begun) {
            let person = self.0.next().ok_or("nobody is left")??;
            times.push(desk.timed("patients.register", person)?.0 / 1e3);
            std::thread::sleep(BETWEEN);
        }
        Ok(times)
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let begun = Instant::now();
    let answer = work();
    (begun.elapsed().as_secs_f64(), answer)
}

fn said(failure: keepwell_kernel::Failure) -> String {
    format!("{failure:?}")
}
