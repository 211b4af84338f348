//! A session of its own for the window tests: D-Bus, keychain daemon, X server, window manager and settings folder.
//!
//! `cargo xtask test` calls `dbus-run-session -- xtask session COMMAND`, so that every part ends with the command and
//! nothing of the person's own desktop is touched.

use crate::step::{Step, Stop, say};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

/// What WebKit needs to draw and to be driven without a graphics card (tauri#15936, and ui.md section 6).
const DRAWING: [(&str, &str); 6] = [
    ("WEBKIT_DISABLE_COMPOSITING_MODE", "1"),
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ("LIBGL_ALWAYS_SOFTWARE", "1"),
    ("GDK_BACKEND", "x11"),
    ("NO_AT_BRIDGE", "1"),
    ("TAURI_WEBVIEW_AUTOMATION", "true"),
];

/// A bus that starts no services by itself: desktop portals and the like would only fail where there is no desktop.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Windows without frames, so that what the program draws is exactly the window.
const WINDOWS: &str = r#"<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><keepBorder>no</keepBorder></theme>
  <applications><application class="*"><decor>no</decor><position force="yes"><x>0</x><y>0</y></position></application></applications>
</openbox_config>
"#;

/// Makes a step run in a session of its own. Other systems have their own keychain and screen at hand.
pub(crate) fn in_a_session(name: &str, command: &[&str]) -> Result<Step, Stop> {
    if let (false, Some((program, arguments))) = (cfg!(target_os = "linux"), command.split_first()) {
        return Ok(Step::new(name, program, arguments));
    }
    let own = std::env::current_exe().map_err(|error| Stop::failed(error.to_string()))?;
    let bus = own.with_file_name("keepwell-session-bus.conf");
    fs::write(&bus, BUS).map_err(|error| Stop::failed(format!("{}: {error}", bus.display())))?;
    let bus = format!("--config-file={}", bus.display());
    let own = own.to_string_lossy();
    let line = [&[bus.as_str(), "--", own.as_ref(), "session"], command].concat();
    Ok(Step::new(name, "dbus-run-session", &line))
}

/// Says whether a window can be shown here.
pub(crate) fn there_is_one() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// Runs a command in the session, with everything it needs, and passes its exit status on.
pub(crate) fn session(command: &[&str]) -> ExitCode {
    match prepared(command) {
        Ok(code) => ExitCode::from(u8::try_from(code).unwrap_or(1)),
        Err(error) => {
            say(&format!("The session for the window could not be set up: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// What the session started; it ends with the value.
struct Session {
    home: PathBuf,
    parts: Vec<Child>,
}

impl Drop for Session {
    fn drop(&mut self) {
        for part in &mut self.parts {
            let _ = part.kill();
            let _ = part.wait();
        }
        let _ = fs::remove_dir_all(&self.home);
    }
}

fn prepared(command: &[&str]) -> std::io::Result<i32> {
    let (program, arguments) = command.split_first().ok_or(std::io::ErrorKind::InvalidInput)?;
    let home = std::env::temp_dir().join(format!("keepwell-session-{}", std::process::id()));
    let mut session = Session { home: home.clone(), parts: Vec::new() };
    let folders = folders(&home)?;
    let number = start_screen(&mut session)?;
    let display = format!(":{number}");
    let dressed = |program: &str| {
        let mut command = Command::new(program);
        command.env("DISPLAY", &display).env_remove("WAYLAND_DISPLAY").envs(DRAWING).stdin(Stdio::null());
        command.envs(folders.iter().map(|(name, path)| (name, path)));
        command
    };
    unlock_keychain(dressed("gnome-keyring-daemon"))?;
    let windows = home.join("windows.xml");
    fs::write(&windows, WINDOWS)?;
    let mut manager = dressed("openbox");
    manager.arg("--config-file").arg(&windows).stdout(Stdio::null()).stderr(Stdio::null());
    session.parts.push(manager.spawn()?);
    // The X server keeps its picture in a file, so a test sees what was really painted, whatever the driver says.
    let command = dressed(program).args(arguments).env("KEEPWELL_SCREEN", home.join("Xvfb_screen0")).status()?;
    Ok(command.code().unwrap_or(1))
}

/// Settings, data and caches go to a folder that ends with the session.
fn folders(home: &Path) -> std::io::Result<Vec<(&'static str, PathBuf)>> {
    let names = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"];
    let folders: Vec<_> = names.into_iter().map(|name| (name, home.join(name.to_lowercase()))).collect();
    for (_, folder) in &folders {
        fs::create_dir_all(folder)?;
        #[cfg(unix)]
        fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    }
    Ok(folders)
}

/// Starts an X server on the first free number, which it prints itself: two runs at once do not meet.
fn start_screen(session: &mut Session) -> std::io::Result<String> {
    let arguments =
        ["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset", "-nocursor", "-fbdir"];
    let mut screen = Command::new("Xvfb");
    screen.args(arguments).arg(&session.home).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut screen = screen.spawn()?;
    let output = screen.stdout.take();
    session.parts.push(screen);
    let mut number = String::new();
    BufReader::new(output.ok_or(std::io::ErrorKind::BrokenPipe)?).read_line(&mut number)?;
    match number.trim() {
        "" => Err(std::io::Error::other("Xvfb did not start")),
        number => Ok(number.to_owned()),
    }
}

/// Unlocks a fresh keychain; with an empty password the daemon makes none (storage.md section 4).
fn unlock_keychain(mut daemon: Command) -> std::io::Result<()> {
    daemon.args(["--unlock", "--components=secrets"]);
    let mut daemon = daemon.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    if let Some(mut password) = daemon.stdin.take() {
        password.write_all(b"window-tests")?;
    }
    match daemon.wait()?.success() {
        true => Ok(()),
        false => Err(std::io::Error::other("gnome-keyring-daemon did not unlock")),
    }
}
