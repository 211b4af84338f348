//! What the machine must have before anything can be built: system packages, and the parts of Rust that check code.

use crate::step::{Done, Step, Steps, Stop, say, works};
use std::process::Command;

/// To build the window on Debian and Ubuntu.
pub(crate) const TO_BUILD: [&str; 3] = ["build-essential", "libwebkit2gtk-4.1-dev", "pkg-config"];

/// To show and drive the window where there is no display and no keychain.
pub(crate) const TO_DRIVE: [&str; 7] =
    ["dbus", "fonts-dejavu-core", "gnome-keyring", "openbox", "procps", "webkit2gtk-driver", "xvfb"];

/// To hold what leaves the program to programs that are not ours: the second verifier in Python, what opens a backup, and what
/// reads a PDF.
/// The same for the packages: their entry in the menu, their page in the software centre, their list of parts.
pub(crate) const TO_VERIFY: [&str; 11] = [
    "age",
    "appstream",
    "desktop-file-utils",
    "libxml2-utils",
    "poppler-utils",
    "python3",
    "python3-cryptography",
    "python3-jsonschema",
    "python3-venv",
    "qpdf",
    "zstd",
];

/// To pack the program for Linux; dpkg's own tools come with `build-essential`.
pub(crate) const TO_PACK: [&str; 1] = ["rpm"];

/// To try the packages in a fresh system.
pub(crate) const TO_TRY: [&str; 5] = ["imagemagick", "lintian", "mmdebstrap", "rpmlint", "x11-utils"];

/// To build SQLCipher, which the bench measures beside.
pub(crate) const TO_MEASURE: [&str; 3] = ["build-essential", "libssl-dev", "pkg-config"];

/// Installs the packages that are missing, or says exactly what to install.
pub(crate) fn install(steps: &mut Steps, packages: &[&'static str]) -> Done {
    if !cfg!(target_os = "linux") {
        return Ok(()); // Windows and macOS bring their web view with them.
    }
    if !works("dpkg-query", &["--version"]) {
        return other_linux();
    }
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say(&format!("These system packages are missing: {}", missing.join(" ")));
    let sudo = needs_sudo(&missing)?;
    steps.take(apt("package lists", sudo, &["update"]).minutes(10))?;
    let install = [&["install", "--yes", "--no-install-recommends"], missing.as_slice()].concat();
    steps.take(apt("system packages", sudo, &install).minutes(30))
}

fn apt(name: &str, sudo: bool, arguments: &[&str]) -> Step {
    // `env` is there because sudo drops the variable, and apt must never ask anybody anything.
    let quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let line = [&quiet[..], arguments].concat();
    if sudo { Step::new(name, "sudo", &line) } else { Step::new(name, "env", line.get(1..).unwrap_or(&[])) }
}

fn installed(package: &str) -> bool {
    let asked = Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]).output();
    asked.is_ok_and(|answer| answer.stdout == b"installed")
}

fn needs_sudo(missing: &[&str]) -> Result<bool, Stop> {
    let user = Command::new("id").arg("-u").output();
    if user.is_ok_and(|user| user.stdout.trim_ascii() == b"0") {
        return Ok(false);
    }
    if works("sudo", &["--version"]) {
        return Ok(true);
    }
    let list = missing.join(" ");
    Err(Stop::failed(format!("Somebody with administrator's rights must run:\n  apt-get install --yes {list}")))
}

/// Other distributions name their packages differently, so nothing is installed there: the person is told what to do.
fn other_linux() -> Done {
    if works("pkg-config", &["--exists", "webkit2gtk-4.1"]) {
        return Ok(());
    }
    Err(Stop::failed(
        "WebKitGTK 4.1 with its development files is missing. Install it and run this again:\n  \
         Fedora:    dnf install gcc pkgconf webkit2gtk4.1-devel\n  \
         Arch:      pacman -S --needed base-devel webkit2gtk-4.1\n  \
         openSUSE:  zypper install gcc pkgconf webkit2gtk3-devel",
    ))
}

/// Adds the formatter and the linter where a small installation of Rust came without them.
pub(crate) fn rust_parts(steps: &mut Steps) -> Done {
    for (part, probe) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !works(crate::step::cargo(), &[probe, "--version"]) {
            steps.take(Step::new(part, "rustup", &["component", "add", part]).minutes(10))?;
        }
    }
    Ok(())
}
