//! One step of an errand: a command with a name, a time limit, and words for the day it fails.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Why an errand ended early.
#[derive(Debug)]
pub(crate) struct Stop {
    /// What to tell the person.
    pub(crate) words: String,
    /// The exit status: 1 for a failed step, 2 for usage.
    pub(crate) status: u8,
}

impl Stop {
    /// The errand was asked for in a way it does not know.
    pub(crate) fn usage(words: impl Into<String>) -> Self {
        Self { words: words.into(), status: 2 }
    }

    /// A step failed.
    pub(crate) fn failed(words: impl Into<String>) -> Self {
        Self { words: words.into(), status: 1 }
    }
}

/// How an errand ends.
pub(crate) type Done = Result<(), Stop>;

/// A command to run, as it would be typed in a shell.
pub(crate) struct Step {
    name: String,
    folder: PathBuf,
    program: String,
    arguments: Vec<String>,
    variables: Vec<(String, String)>,
    limit: Duration,
}

impl Step {
    /// Names a step and its program; it runs at the repository's root.
    pub(crate) fn new(name: &str, program: &str, arguments: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            folder: root(),
            program: program.to_owned(),
            arguments: arguments.iter().map(|argument| (*argument).to_owned()).collect(),
            variables: Vec::new(),
            limit: Duration::from_secs(45 * 60),
        }
    }

    /// Runs in a folder below the root.
    pub(crate) fn within(mut self, folder: &str) -> Self {
        self.folder.push(folder);
        self
    }

    /// Sets a variable of the environment.
    pub(crate) fn with(mut self, variable: &str, value: &str) -> Self {
        self.variables.push((variable.to_owned(), value.to_owned()));
        self
    }

    /// Ends the step as failed after so many minutes: a window that hangs must not hang whoever waits for it.
    pub(crate) fn minutes(mut self, minutes: u64) -> Self {
        self.limit = Duration::from_secs(minutes * 60);
        self
    }

    /// Returns the line that repeats this step in a shell.
    fn line(&self) -> String {
        let mut words = Vec::new();
        if let Ok(below) = self.folder.strip_prefix(root())
            && !below.as_os_str().is_empty()
        {
            words.push(format!("cd {} &&", below.display()));
        }
        words.extend(self.variables.iter().map(|(name, value)| format!("{name}={}", quoted(value))));
        words.push(quoted(&self.program));
        words.extend(self.arguments.iter().map(|argument| quoted(argument)));
        words.join(" ")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).current_dir(&self.folder).stdin(Stdio::null());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command
    }

    fn run(&self) -> Done {
        let started = self.command().spawn();
        let mut child = started.map_err(|error| self.failure(&format!("could not start: {error}")))?;
        match wait(&mut child, self.limit) {
            Ok(Some(status)) if status.success() => Ok(()),
            Ok(Some(status)) => Err(self.failure(&status.to_string())),
            Ok(None) => {
                end_group(&mut child);
                Err(self.failure(&format!("took longer than {} minutes", self.limit.as_secs() / 60)))
            }
            Err(error) => Err(self.failure(&error.to_string())),
        }
    }

    fn failure(&self, what: &str) -> Stop {
        Stop::failed(format!("\n{} failed ({what}). To repeat it:\n  {}", self.name, self.line()))
    }
}

/// Quotes a word for a shell where it needs it.
fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=,+@%".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn wait(child: &mut Child, limit: Duration) -> std::io::Result<Option<ExitStatus>> {
    let end = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Ends a step and whatever it started: its process group is its own.
fn end_group(child: &mut Child) {
    let group = format!("-{}", child.id());
    let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
    let _ = child.kill();
    let _ = child.wait();
}

/// The steps of one errand, and how long each took.
pub(crate) struct Steps {
    taken: Vec<(String, String)>,
    begun: Instant,
}

impl Steps {
    /// Begins an errand.
    pub(crate) fn begin() -> Self {
        Self { taken: Vec::new(), begun: Instant::now() }
    }

    /// Takes one step; the errand ends if it fails.
    pub(crate) fn take(&mut self, step: Step) -> Done {
        say(&format!("\n== {}: {}", step.name, step.line()));
        let begun = Instant::now();
        step.run()?;
        self.taken.push((step.name, format!("{:.1} s", begun.elapsed().as_secs_f64())));
        Ok(())
    }

    /// Notes a step that was not taken, and why: a check that was not made must not look like one that passed.
    pub(crate) fn not_run(&mut self, name: &str, why: &str) {
        self.taken.push((name.to_owned(), format!("not run: {why}")));
    }

    /// Prints where the time went.
    pub(crate) fn table(&self) {
        let width = self.taken.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        say("");
        for (name, time) in &self.taken {
            say(&format!("  {name:width$}  {time}"));
        }
        say(&format!("  {:width$}  {:.1} s", "all", self.begun.elapsed().as_secs_f64()));
    }
}

/// Prints a line; there is nobody to tell when that fails.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Returns the repository's root.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Returns the cargo that runs this errand.
pub(crate) fn cargo() -> String {
    std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned())
}

/// Says whether a command runs and succeeds, quietly.
pub(crate) fn works(program: impl AsRef<OsStr>, arguments: &[&str]) -> bool {
    let quiet =
        Command::new(program).args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::{Step, quoted};

    #[test]
    fn a_failed_step_prints_a_line_that_a_shell_repeats() {
        let step = Step::new("screens", "npm", &["run", "build it"]).within("ui").with("CI", "true");
        assert_eq!(step.line(), "cd ui && CI=true npm run 'build it'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }

    #[cfg(unix)]
    #[test]
    fn a_step_fails_when_its_command_fails_is_missing_or_hangs() {
        assert!(Step::new("good", "true", &[]).run().is_ok());
        assert!(Step::new("bad", "false", &[]).run().is_err_and(|stop| stop.words.contains("exit status: 1")));
        assert!(Step::new("none", "no-such-program", &[]).run().is_err());
        let hung = Step::new("hung", "sh", &["-c", "sleep 60 & wait"]).minutes(0).run();
        assert!(hung.is_err_and(|stop| stop.words.contains("took longer")));
    }
}
