//! Long jobs: choosing files and reading them in, and checking the whole log, with progress and a way to stop.

use crate::desk::Desk;
use crate::door::fault;
use keepwell_kernel::Failure;
use keepwell_practice::{Continue, Progress};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tauri::ipc::Channel;
use tauri::{Runtime, WebviewWindow};

/// The files that were chosen, by token, and the switch of each running job.
#[derive(Default)]
pub(crate) struct Jobs {
    chosen: Mutex<HashMap<String, PathBuf>>,
    running: Mutex<HashMap<String, Running>>,
}

/// The switch of a running job, and whether somebody waits for it.
struct Running {
    stopped: Arc<AtomicBool>,
    awaited: bool,
}

/// A thread that met a defect while holding the list has not harmed the list.
fn held<T>(list: &Mutex<T>) -> MutexGuard<'_, T> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Jobs {
    /// Keeps a chosen file and returns the token by which the screens may name it: they never hold a path.
    pub(crate) fn keep(&self, path: PathBuf) -> String {
        let token = uuid::Uuid::new_v4().to_string();
        held(&self.chosen).insert(token.clone(), path);
        token
    }

    pub(crate) fn path_of(&self, token: &str) -> Option<PathBuf> {
        held(&self.chosen).get(token).cloned()
    }

    /// Forgets what was chosen: the next person at the desk has chosen nothing.
    pub(crate) fn forget(&self) {
        held(&self.chosen).clear();
    }

    /// Starts a job that somebody waits for.
    pub(crate) fn start(&self) -> Job<'_> {
        self.started(true)
    }

    /// Starts a job that began by itself: it keeps nobody signed in.
    pub(crate) fn start_unawaited(&self) -> Job<'_> {
        self.started(false)
    }

    fn started(&self, awaited: bool) -> Job<'_> {
        let name = uuid::Uuid::new_v4().to_string();
        let stopped = Arc::new(AtomicBool::new(false));
        held(&self.running).insert(name.clone(), Running { stopped: Arc::clone(&stopped), awaited });
        Job { jobs: self, name, stopped }
    }

    fn stop(&self, name: &str) {
        if let Some(running) = held(&self.running).get(name) {
            running.stopped.store(true, Ordering::SeqCst);
        }
    }

    /// Stops every job, before the program ends.
    pub(crate) fn cancel_all(&self) {
        held(&self.running).values().for_each(|running| running.stopped.store(true, Ordering::SeqCst));
    }

    /// Says whether a job runs that somebody waits for, so that the desk is not idle.
    pub(crate) fn any_awaited(&self) -> bool {
        held(&self.running).values().any(|running| running.awaited)
    }
}

/// One running job; it leaves the list when it ends, however it ends.
pub(crate) struct Job<'a> {
    jobs: &'a Jobs,
    name: String,
    stopped: Arc<AtomicBool>,
}

impl Job<'_> {
    /// Passes progress on under the job's own name, and says whether to go on.
    pub(crate) fn tell(&self, progress: Progress, channel: &Channel<Progress>) -> Continue {
        let told = channel.send(Progress { job: self.name.clone(), ..progress });
        // A window that cannot be told any more has gone, and nobody is waiting for the job.
        if told.is_err() { Continue::No } else { self.goes_on() }
    }

    /// Says whether to go on, for a job that no screen shows.
    pub(crate) fn goes_on(&self) -> Continue {
        if self.stopped.load(Ordering::SeqCst) { Continue::No } else { Continue::Yes }
    }
}

impl Drop for Job<'_> {
    fn drop(&mut self) {
        held(&self.jobs.running).remove(&self.name);
    }
}

/// Lets the person choose a file in the system's own dialog.
pub(crate) fn choose_import<R: Runtime>(desk: &Desk, window: &WebviewWindow<R>) -> Result<Value, Failure> {
    let Some(path) = chosen_path(window, "FHIR R4", &["json", "ndjson"])? else { return Ok(Value::Null) };
    keep_file(desk, path)
}

/// Keeps a file that was chosen; the screens get its name, its size and a token.
pub(crate) fn keep_file(desk: &Desk, path: PathBuf) -> Result<Value, Failure> {
    let bytes = std::fs::metadata(&path).map_err(|error| fault(format!("the chosen file: {}", error.kind())))?.len();
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(json!({ "file": desk.jobs.keep(path), "name": name, "bytes": bytes }))
}

/// Returns the file that a token stands for.
pub(crate) fn chosen_file(desk: &Desk, token: &str) -> Result<PathBuf, Failure> {
    desk.jobs.path_of(token).ok_or_else(|| Failure::Refused {
        code: "shell.file_not_chosen".to_owned(),
        field: Some("file".to_owned()),
        remedy: "Choose the file again.".to_owned(),
    })
}

/// A WebDriver cannot press the buttons of a system dialog, so a build for the window tests takes a path named outside.
#[cfg(feature = "e2e")]
pub(crate) fn chosen_path<R: Runtime>(
    _: &WebviewWindow<R>,
    _: &str,
    endings: &[&str],
) -> Result<Option<PathBuf>, Failure> {
    let name = if endings.contains(&"age") { "KEEPWELL_E2E_RECORDS" } else { "KEEPWELL_E2E_IMPORT" };
    Ok(std::env::var_os(name).map(PathBuf::from))
}

#[cfg(not(feature = "e2e"))]
pub(crate) fn chosen_path<R: Runtime>(
    window: &WebviewWindow<R>,
    kind: &str,
    endings: &[&str],
) -> Result<Option<PathBuf>, Failure> {
    use tauri_plugin_dialog::DialogExt;
    let dialog = window.dialog().file().set_parent(window).add_filter(kind, endings);
    let chosen = dialog.blocking_pick_file();
    chosen.map(|file| file.into_path().map_err(|_| fault("the chosen file has no path"))).transpose()
}

#[derive(Deserialize)]
struct Run {
    file: String,
}

/// Reads a chosen file in. The same file may be read again: that makes no second patient.
pub(crate) fn run_import(desk: &Desk, input: Value, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let run: Run = serde_json::from_value(input).map_err(|_| fault("an import was started without its file"))?;
    let path = chosen_file(desk, &run.file)?;
    import(desk, &path, progress)
}

fn import(desk: &Desk, path: &Path, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let job = desk.jobs.start();
    let report = desk.practice().import(&[path.to_owned()], &mut |step| job.tell(step, progress))?;
    serde_json::to_value(report).map_err(|error| fault(error.to_string()))
}

/// Checks every entry of the log.
pub(crate) fn verify_log(desk: &Desk, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let job = desk.jobs.start();
    let verification =
        desk.practice().verify_log(&mut |step| job.tell(step, progress))?.ok_or_else(|| Failure::Refused {
            code: "shell.check_stopped".to_owned(),
            field: None,
            remedy: "The check was stopped. Nothing is known about the rest of the log until it is checked again."
                .to_owned(),
        })?;
    serde_json::to_value(verification).map_err(|error| fault(error.to_string()))
}

/// Seals anew what bears an old key.
pub(crate) fn reseal(desk: &Desk, progress: &Channel<Progress>) -> Result<Value, Failure> {
    let job = desk.jobs.start_unawaited();
    let values = desk.practice().reseal(&mut |step| job.tell(step, progress))?.ok_or_else(|| Failure::Refused {
        code: "shell.resealing_stopped".to_owned(),
        field: None,
        remedy: "The sealing was stopped. It goes on where it ended; the old keys are kept until then.".to_owned(),
    })?;
    Ok(json!({ "values": values }))
}

#[derive(Deserialize)]
struct Cancel {
    job: String,
}

/// Asks a job to stop at its next step. Stopping one that has ended already changes nothing.
pub(crate) fn cancel(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let cancel: Cancel = serde_json::from_value(input).map_err(|_| fault("a job was cancelled without its name"))?;
    desk.jobs.stop(&cancel.job);
    Ok(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::{Jobs, Progress};
    use keepwell_practice::Continue;
    use tauri::ipc::Channel;

    fn step() -> Progress {
        Progress { job: "any".into(), phase: "reading".into(), done: 1, total: 2 }
    }

    #[test]
    fn a_token_opens_one_file_until_the_desk_is_left() {
        let jobs = Jobs::default();
        let token = jobs.keep("patients.json".into());
        assert_eq!(jobs.path_of("another"), None);
        assert_eq!(jobs.path_of(&token), Some("patients.json".into()));
        jobs.forget();
        assert_eq!(jobs.path_of(&token), None);
    }

    #[test]
    fn a_job_stops_when_asked_and_leaves_the_list_when_it_ends() {
        let jobs = Jobs::default();
        let channel = Channel::new(|_| Ok(()));
        let (first, second) = (jobs.start(), jobs.start());
        jobs.stop(&first.name);
        jobs.stop("a job that has ended");
        assert_eq!(first.tell(step(), &channel), Continue::No);
        assert_eq!(second.tell(step(), &channel), Continue::Yes);
        drop(first);
        assert!(jobs.any_awaited());
        drop(second);
        let quiet = jobs.start_unawaited();
        assert!(!jobs.any_awaited(), "what began by itself keeps nobody signed in");
        jobs.stop(&quiet.name);
        assert_eq!(quiet.tell(step(), &channel), Continue::No);
    }

    #[test]
    fn a_job_nobody_can_hear_stops() {
        let jobs = Jobs::default();
        let gone = Channel::new(|_| Err(tauri::Error::WindowNotFound));
        assert_eq!(jobs.start().tell(step(), &gone), Continue::No);
    }
}
