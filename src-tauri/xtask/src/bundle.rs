//! `cargo xtask bundle`: the packages for Linux, and on request a trial of them in a room of their own.
//!
//! They are written with the distributions' own tools, `dpkg-deb` and `rpmbuild`, over one list of files. Tauri's bundler
//! would bring a second build system (its CLI, from npm or from 600 crates) and still know one program only, write
//! the needed packages from a list kept by hand, have no place for a page in the software centre, a list of parts
//! or the licences of others, and stamp the time of the build into the files. `cargo-deb` and the `rpm` crate are two more
//! programs to install. dpkg-deb and rpmbuild are where packages are built anyway, read the needed libraries from the
//! programs, and take the time of the source: the same programs and papers give the same bytes.

mod attempt;
mod contents;
mod deb;
mod desktop;
mod json;
mod papers;
mod parts;
mod room;
mod rpm;
mod sbom;

use crate::errands::target_folder;
use crate::step::{Done, Step, Steps, Stop, cargo, root, say};
use crate::{machine, screens};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Who makes the packages. There is no mailbox yet, and `.invalid` is the ending that says so.
pub(crate) const AUTHORS: &str = "The Keepwell authors";
pub(crate) const ADDRESS: &str = "authors@keepwell.invalid";

/// The version of the package that the trial upgrades from.
const OLDER: &str = "0.0.9";

/// What a package says of its making.
pub(crate) struct Edition {
    pub(crate) version: String,
    /// The time of the source, in seconds since 1970: no file is younger.
    pub(crate) epoch: u64,
    /// The version of the compiler.
    pub(crate) compiler: String,
    /// Whether it holds the debug build, which is packed in haste.
    pub(crate) debug: bool,
}

impl Edition {
    fn here(debug: bool) -> Result<Self, Stop> {
        let epoch = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(seconds) => seconds,
            Err(_) => told("git", &["log", "-1", "--format=%ct"], &root(), &[])?,
        };
        let epoch = epoch.trim().parse().map_err(|_| Stop::failed("SOURCE_DATE_EPOCH is no number of seconds."))?;
        let compiler = told("rustc", &["--version"], &root(), &[])?;
        let compiler = compiler.split(' ').nth(1).unwrap_or("unknown").to_owned();
        // Every crate of ours has the version of the workspace.
        Ok(Self { version: env!("CARGO_PKG_VERSION").to_owned(), epoch, compiler, debug })
    }

    fn older(&self) -> Self {
        Self { version: OLDER.to_owned(), compiler: self.compiler.clone(), ..*self }
    }

    /// Returns how hard xz tries.
    pub(crate) fn effort(&self) -> &'static str {
        if self.debug { "-z1" } else { "-z6" }
    }

    fn date(&self, form: &str) -> Result<String, Stop> {
        let date = told("date", &["--utc", &format!("--date=@{}", self.epoch), form], &root(), &[("LC_ALL", "C")])?;
        Ok(date.trim().to_owned())
    }

    /// Returns the time of the source such as 2026-11-22T10:00:00Z.
    pub(crate) fn moment(&self) -> Result<String, Stop> {
        self.date("+%Y-%m-%dT%H:%M:%SZ")
    }

    /// Returns the day of the source such as 2026-11-22.
    pub(crate) fn day(&self) -> Result<String, Stop> {
        self.date("+%Y-%m-%d")
    }

    /// Returns the time of the source as mails and Debian's changelogs have it.
    pub(crate) fn mail_date(&self) -> Result<String, Stop> {
        self.date("+%a, %d %b %Y %H:%M:%S +0000")
    }

    /// Returns the day of the source as RPM's changelogs have it.
    pub(crate) fn rpm_date(&self) -> Result<String, Stop> {
        self.date("+%a %b %d %Y")
    }
}

/// Builds the packages; `--debug` takes the debug build, `--try` installs, upgrades, opens and removes them.
pub(crate) fn bundle(arguments: &[&str]) -> Done {
    if let ["--window", room, picture] = arguments {
        // Not for people: what the trial runs in a session of its own.
        return attempt::window(Path::new(room), Path::new(picture));
    }
    if arguments.iter().any(|word| !["--debug", "--try"].contains(word)) {
        return Err(Stop::usage("cargo xtask bundle takes nothing but --debug and --try."));
    }
    let edition = Edition::here(arguments.contains(&"--debug"))?;
    let mut steps = Steps::begin();
    let built = build(&edition, &mut steps)?;
    let folder = target_folder().join("bundle");
    let work = folder.join("work");
    emptied(&work)?;
    say("\n== packages");
    let contents = contents::gather(&edition, &built, &work)?;
    let made = [deb::build(&edition, &contents, &work, &folder)?, rpm::build(&edition, &contents, &work, &folder)?];
    if arguments.contains(&"--try") {
        let older = work.join("older");
        emptied(&older)?;
        let older = deb::build(&edition.older(), &contents, &work, &older)?;
        let [deb, rpm] = &made;
        attempt::all(&mut steps, &attempt::Packages { deb, rpm, older: &older, contents: &contents }, &folder)?;
    }
    steps.table();
    say("");
    for file in &made {
        let sum = told("sha256sum", &[&file.to_string_lossy()], &root(), &[])?;
        say(sum.trim_end());
    }
    Ok(())
}

/// Builds the three programs, and returns the folder where they are.
fn build(edition: &Edition, steps: &mut Steps) -> Result<PathBuf, Stop> {
    machine::install(steps, &[&machine::TO_BUILD[..], &machine::TO_PACK[..]].concat())?;
    screens::install(steps)?;
    screens::build(steps)?;
    let mut line = vec!["build", "--locked"];
    if !edition.debug {
        line.push("--release");
    }
    line.extend(parts::PROGRAMS.iter().flat_map(|(package, _)| ["--package", package]));
    steps.take(Step::new("programs", &cargo(), &line))?;
    Ok(target_folder().join(if edition.debug { "debug" } else { "release" }))
}

/// Runs a program to its end and returns what it prints; the error has what it says.
pub(crate) fn told(program: &str, arguments: &[&str], folder: &Path, with: &[(&str, &str)]) -> Result<String, Stop> {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).envs(with.iter().copied()).stdin(Stdio::null());
    let ended = command.output().map_err(|error| Stop::failed(format!("{program}: {error}")))?;
    if !ended.status.success() {
        let words = [ended.stdout, ended.stderr].concat();
        let line = arguments.join(" ");
        return Err(Stop::failed(format!("{program} {line}: {}\n{}", ended.status, String::from_utf8_lossy(&words))));
    }
    Ok(String::from_utf8_lossy(&ended.stdout).into_owned())
}

/// Makes a folder that holds nothing.
pub(crate) fn emptied(folder: &Path) -> Done {
    if folder.exists() {
        std::fs::remove_dir_all(folder).map_err(|error| at(folder, &error))?;
    }
    std::fs::create_dir_all(folder).map_err(|error| at(folder, &error))
}

fn read_text(path: &Path) -> Result<String, Stop> {
    std::fs::read_to_string(path).map_err(|error| at(path, &error))
}

/// Says where something failed.
pub(crate) fn at(path: &Path, error: &std::io::Error) -> Stop {
    Stop::failed(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::Edition;
    use tauri_utils::config::{BundleTarget, BundleType, Config, NSISInstallerMode, WebviewInstallMode, parse};
    use tauri_utils::platform::Target;

    /// Reads what Tauri's bundler reads on a system. These types know no setting that Tauri does not know, and the schema
    /// is made from them.
    fn configured(target: Target) -> Config {
        let (value, _) = parse::read_from(target, &crate::step::root()).unwrap();
        serde_json::from_value(value).unwrap()
    }

    fn targets(config: &Config) -> Vec<BundleType> {
        match &config.bundle.targets {
            BundleTarget::List(types) => types.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn windows_installs_for_the_machine_without_a_network_and_never_an_older_version() {
        let bundle = configured(Target::Windows);
        assert_eq!(targets(&bundle), [BundleType::Nsis]);
        let windows = &bundle.bundle.windows;
        assert!(bundle.bundle.active && !windows.allow_downgrades);
        assert!(matches!(windows.webview_install_mode, WebviewInstallMode::OfflineInstaller { .. }));
        assert!(matches!(windows.nsis.as_ref().unwrap().install_mode, NSISInstallerMode::PerMachine));
        // The uninstaller can delete what lies in folders named like this. The practice must not be in one of them.
        let places = std::fs::read_to_string(crate::step::root().join("src-tauri/app/launch.rs")).unwrap();
        assert!(!places.contains(&bundle.identifier) && places.contains("from(\"ProgramData\")"));
    }

    #[test]
    fn a_backups_note_opens_with_the_program() {
        for target in [Target::Windows, Target::MacOS] {
            let associations = configured(target).bundle.file_associations.unwrap();
            let endings: Vec<String> = associations.iter().flat_map(|one| &one.ext).map(ToString::to_string).collect();
            assert_eq!(endings, ["note"], "as backup.note has it");
        }
    }

    #[test]
    fn macos_is_hardened_without_exceptions() {
        let bundle = configured(Target::MacOS);
        assert_eq!(targets(&bundle), [BundleType::App, BundleType::Dmg]);
        assert!(bundle.bundle.macos.hardened_runtime && bundle.bundle.macos.entitlements.is_none());
    }

    #[test]
    fn linux_is_left_to_this_errand() {
        assert!(!configured(Target::Linux).bundle.active);
    }

    #[test]
    fn a_misspelt_setting_is_found() {
        let (mut value, _) = parse::read_from(Target::Windows, &crate::step::root()).unwrap();
        value["bundle"]["windows"]["nsis"]["instalMode"] = "perMachine".into();
        assert!(serde_json::from_value::<Config>(value).is_err());
    }

    #[test]
    fn every_date_is_the_sources() {
        let edition = Edition { version: "1".into(), epoch: 1_795_000_000, compiler: String::new(), debug: true };
        assert_eq!(edition.moment().unwrap(), "2026-11-18T11:06:40Z");
        assert_eq!(edition.mail_date().unwrap(), "Wed, 18 Nov 2026 11:06:40 +0000");
        assert_eq!(
            (edition.day().unwrap().as_str(), edition.rpm_date().unwrap().as_str()),
            ("2026-11-18", "Wed Nov 18 2026")
        );
    }
}
