//! The trial of the packages: what somebody's computer does with them over the years, in a fresh system. Installed with
//! what they depend on and nothing else, started, upgraded, taken off; and the practice is there to the last byte.

use super::contents::Content;
use super::json::Json;
use super::room::Room;
use super::{at, told};
use crate::display;
use crate::step::{Done, Steps, Stop, root, say};
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What is tried.
pub(crate) struct Packages<'a> {
    pub(crate) deb: &'a Path,
    pub(crate) rpm: &'a Path,
    /// The same files under an older version.
    pub(crate) older: &'a Path,
    pub(crate) contents: &'a [Content],
}

/// Tries everything; the pictures and the rooms are in `try` below the folder.
pub(crate) fn all(steps: &mut Steps, packages: &Packages<'_>, folder: &Path) -> Done {
    crate::machine::install(steps, &[&crate::machine::TO_DRIVE[..], &crate::machine::TO_TRY[..]].concat())?;
    let folder = folder.join("try");
    super::emptied(&folder)?;
    judged(packages)?;
    let room = Room::build(steps, folder.join("room"))?;
    room.settle()?;
    installed(&room, packages)?;
    let practice = practice(&room)?;
    upgraded(&room, packages, &practice)?;
    opened(steps, &room, &folder.join("window.png"))?;
    taken_off(&room, packages, &practice)?;
    rpm(packages, &folder.join("rpm-room"))
}

/// Says what was found true.
fn found(words: &str) {
    say(&format!("   {words}"));
}

fn insist(so: bool, words: &str) -> Done {
    if !so {
        return Err(Stop::failed(format!("Not so: {words}")));
    }
    found(words);
    Ok(())
}

/// Asks the distributions' own judges of packages. Two of lintian's rules are not kept: names of functions stay in the
/// programs, for what a crash says, and there are no manuals, since each program says by itself what it takes. What rpmlint
/// says is printed and not judged: its version here does not know the licences by their SPDX names.
fn judged(packages: &Packages<'_>) -> Done {
    say("\n== judges of packages");
    let excused = "no-manual-page,unstripped-binary-or-object";
    let deb = packages.deb.to_string_lossy();
    let line = ["--fail-on", "error,warning", "--suppress-tags", excused, "--allow-root", &deb];
    told("lintian", &line, &root(), &[])?;
    found("lintian has nothing against the .deb package");
    let rpm = packages.rpm.to_string_lossy();
    found(&format!("rpm -K: {}", told("rpm", &["-K", "--nosignature", &rpm], &root(), &[])?.trim()));
    let said = Command::new("rpmlint").arg(packages.rpm).output();
    let said = said.map_err(|error| Stop::failed(format!("rpmlint: {error}")))?;
    let words = String::from_utf8_lossy(&said.stdout).into_owned();
    for line in
        words.lines().filter(|line| line.contains(": E: ") || line.contains(": W: ") || line.contains(" errors"))
    {
        found(&format!("rpmlint: {line}"));
    }
    Ok(())
}

/// Installs the older version with what it depends on, as apt does for people.
fn installed(room: &Room, packages: &Packages<'_>) -> Done {
    say("\n== installed from nothing");
    let older = room.bring(packages.older)?;
    room.run(&["apt-get", "install", "--yes", "--no-install-recommends", &older])?;
    files_are_there(room, packages)?;
    insist(room.run(&["dpkg", "--verify", "keepwell"])?.trim().is_empty(), "dpkg finds every file as it was packed")?;
    for name in ["keepwell", "keepwell-cli", "keepwell-verify"] {
        let libraries = room.run(&["ldd", &format!("/usr/bin/{name}")])?;
        insist(!libraries.contains("not found"), &format!("{name} finds its {} libraries", libraries.lines().count()))?;
        found(&format!("{name} --version: {}", room.run(&[name, "--version"])?.trim()));
    }
    Ok(())
}

fn files_are_there(room: &Room, packages: &Packages<'_>) -> Done {
    let paths: Vec<String> = packages.contents.iter().map(|one| format!("/{}", one.path)).collect();
    let line = ["stat", "--format=%a %U:%G %n"].into_iter().chain(paths.iter().map(String::as_str));
    let said = room.run(&line.collect::<Vec<_>>())?;
    let expected: String =
        packages.contents.iter().map(|one| format!("{:o} root:root /{}\n", one.mode, one.path)).collect();
    insist(said == expected, &format!("{} files are there, root's, with their modes", paths.len()))
}

/// A practice in the home, and the hash of it.
struct Practice {
    sum: String,
    vault: String,
    key: String,
    /// A recovery code, which signs in once without an authenticator.
    code: String,
}

/// Makes a practice with the installed program, where the window keeps one.
fn practice(room: &Room) -> Result<Practice, Stop> {
    say("\n== a practice in the home");
    let vault = format!("{}/.local/share/keepwell/practice/vault", room.home());
    let key = format!("file:{}/device.key", room.home());
    let made = ["keepwell-cli", "--vault", &vault, "--keychain", &key, "demo", "--patients", "25", "--seed", "1"];
    let made = Json::read(&room.run(&made)?).unwrap_or(Json::Null);
    let code = made.get("recovery_codes").items().first().and_then(Json::as_text).unwrap_or_default().to_owned();
    let sum = room.sum_of_home()?;
    found(&format!("made with 25 patients; every file together: {}", sum.get(..16).unwrap_or(&sum)));
    Ok(Practice { sum, vault, key, code })
}

impl Practice {
    fn kept(&self, room: &Room, after: &str) -> Done {
        insist(room.sum_of_home()? == self.sum, &format!("after {after} the practice is there to the last byte"))
    }
}

/// Installs the newer version over the older, asks it for the practice, and tries to go back. Both packages hold the same
/// program until there is a released one: what is tried is the package. That a newer store is refused is the vault's own test.
fn upgraded(room: &Room, packages: &Packages<'_>, practice: &Practice) -> Done {
    say("\n== upgraded");
    let newer = room.bring(packages.deb)?;
    room.run(&["apt-get", "install", "--yes", "--no-install-recommends", &newer])?;
    let version = room.run(&["dpkg-query", "--show", "--showformat=${Version}", "keepwell"])?;
    insist(version == env!("CARGO_PKG_VERSION"), &format!("the version is {version}"))?;
    files_are_there(room, packages)?;
    practice.kept(room, "the upgrade")?;
    let older = room.bring(packages.older)?;
    let back = room.run(&["apt-get", "install", "--yes", &older]);
    insist(back.is_err_and(|stop| stop.words.contains("downgraded")), "apt does not go back to the older by itself")?;
    // On a copy: opening a practice writes to it and to what stands for its keychain, as it should.
    room.run(&["cp", "-r", &room.home(), "/srv/copy"])?;
    let copied = |path: &str| path.replacen(&room.home(), "/srv/copy", 1);
    let (vault, key) = (copied(&practice.vault), copied(&practice.key));
    let line = ["keepwell-cli", "--vault", &vault, "--keychain", &key, "log", "verify", "--user", "owner"];
    let said = room.run(&[&line[..], &["--totp", &practice.code]].concat())?;
    found(&format!(
        "after the upgrade the practice opens and its log is checked: {}",
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    ));
    Ok(())
}

/// Opens the window of the installed program in a session of its own.
fn opened(steps: &mut Steps, room: &Room, picture: &Path) -> Done {
    let own = std::env::current_exe().map_err(|error| Stop::failed(error.to_string()))?;
    let (own, folder, picture) = (own.to_string_lossy(), room.folder.to_string_lossy(), picture.to_string_lossy());
    steps.take(display::in_a_session("the window", &[&own, "bundle", "--window", &folder, &picture])?.minutes(3))
}

/// Starts the window in the room and looks at it. Runs in the session, which has the screen and the bus.
pub(crate) fn window(room: &Path, picture: &Path) -> Done {
    let room = Room { folder: room.to_owned() };
    // A profile and settings that nobody has used, all of it gone with the session.
    let scratch = std::env::var("XDG_DATA_HOME").map_err(|_| Stop::usage("This runs in a session of its own."))?;
    let key = format!("file:{scratch}/device.key");
    let line = room.line(&["keepwell", "--profile", &format!("{scratch}/profile"), "--keychain", &key]);
    let mut program = Command::new("unshare");
    program.args(line.iter().skip(1)).env("HOME", &scratch).stdin(Stdio::null()).stdout(Stdio::null());
    let mut child = program.stderr(Stdio::piped()).spawn().map_err(|error| at(picture, &error))?;
    let looked = look(&mut child, picture);
    let ended = child.try_wait();
    let _ = child.kill();
    let _ = child.wait();
    let mut words = String::new();
    let read = child.stderr.take().map(|mut errors| errors.read_to_string(&mut words));
    if let Some(Err(error)) = read {
        return Err(at(picture, &error));
    }
    say(&format!("   it said on standard error: {}", if words.is_empty() { "nothing" } else { words.trim() }));
    looked?;
    insist(matches!(ended, Ok(None)), "ten seconds later it still runs")
}

fn look(child: &mut Child, picture: &Path) -> Done {
    let begun = Instant::now();
    loop {
        let windows = told("xwininfo", &["-root", "-tree"], &root(), &[])?;
        if let Some(line) = windows.lines().find(|line| line.contains("\"Keepwell") && line.contains("1280x800")) {
            found(&format!("a window after {:.1} s: {}", begun.elapsed().as_secs_f64(), line.trim()));
            break;
        }
        if let Ok(Some(status)) = child.try_wait() {
            return Err(Stop::failed(format!("The window's program ended: {status}")));
        }
        if begun.elapsed() > Duration::from_secs(60) {
            return Err(Stop::failed(format!("No window after a minute. There are:\n{windows}")));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    std::thread::sleep(Duration::from_secs(10));
    let screen = std::env::var("KEEPWELL_SCREEN").unwrap_or_default();
    let path = picture.to_string_lossy();
    told("convert", &[&format!("xwd:{screen}"), &path], &root(), &[])?;
    let colours = told("convert", &[&path, "-format", "%k", "info:"], &root(), &[])?;
    insist(
        colours.trim().parse().is_ok_and(|number: u32| number > 50),
        &format!("it shows {} colours: {path}", colours.trim()),
    )
}

/// Removes and purges the package.
fn taken_off(room: &Room, packages: &Packages<'_>, practice: &Practice) -> Done {
    say("\n== taken off");
    let left = || packages.contents.iter().filter(|one| room.folder.join(&one.path).exists()).count();
    room.run(&["apt-get", "remove", "--yes", "keepwell"])?;
    insist(left() == 0, "after removing, no file of the package is left")?;
    practice.kept(room, "removing")?;
    room.run(&["apt-get", "install", "--yes", "--no-install-recommends", &room.bring(packages.deb)?])?;
    room.run(&["apt-get", "purge", "--yes", "keepwell"])?;
    insist(left() == 0 && !room.folder.join(super::contents::PAPERS).exists(), "after purging neither")?;
    practice.kept(room, "purging")
}

/// Installs and erases the RPM package in an empty folder: its libraries are a distribution's that is not at hand here.
fn rpm(packages: &Packages<'_>, room: &Path) -> Done {
    say("\n== the RPM package");
    let file = packages.rpm.to_string_lossy();
    let listed =
        told("rpm", &["-qp", "--qf", "[%{FILEMODES:octal} %{FILEUSERNAME} %{FILENAMES}\\n]", &file], &root(), &[])?;
    let expected = packages.contents.iter().map(|one| format!("100{:o} root /{}", one.mode, one.path));
    let missing: Vec<String> = expected.filter(|line| !listed.lines().any(|one| one == line)).collect();
    insist(missing.is_empty(), &format!("it lists {} files with their modes {missing:?}", listed.lines().count()))?;
    insist(told("rpm", &["-qp", "--scripts", &file], &root(), &[])?.trim().is_empty(), "it has no scripts")?;
    let needs = told("rpm", &["-qpR", &file], &root(), &[])?;
    found(&format!(
        "it needs {} things, among them libwebkit2gtk: {}",
        needs.lines().count(),
        needs.contains("libwebkit2gtk-4.1.so.0")
    ));
    super::emptied(room)?;
    let data = room.join("data");
    std::fs::write(&data, "kept").map_err(|error| at(&data, &error))?;
    let place = room.to_string_lossy();
    let with = |words: &[&str]| told("rpm", &[&["--root", &place], words].concat(), &root(), &[]);
    with(&["--install", "--nodeps", &file])?;
    let verified = with(&["--verify", "--nodeps", "keepwell"])?;
    insist(verified.trim().is_empty(), "installed in an empty folder, rpm finds every file as it was packed")?;
    with(&["--erase", "keepwell"])?;
    let left = packages.contents.iter().filter(|one| room.join(&one.path).exists()).count();
    insist(left == 0 && data.exists(), "erased, no file of it is left, and what is not its own is")?;
    found("not tried: an installation with its dependencies on Fedora or openSUSE, whose packages are not at hand");
    Ok(())
}
