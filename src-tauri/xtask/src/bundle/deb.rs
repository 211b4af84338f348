//! The package for Debian and Ubuntu, by dpkg's own tools.
//!
//! It has no maintainer scripts: dpkg's triggers of desktop-file-utils, shared-mime-info and the icon theme refresh the
//! caches, and without a script nothing can touch a practice's data, neither on removal nor on purge.

use super::contents::{Content, date, lay_out};
use super::parts::PROGRAMS;
use super::{ADDRESS, AUTHORS, Edition, at, told};
use crate::step::Stop;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What is wanted but does not have to be there: a keychain for the device key, since the window offers a file where
/// there is none; and a bus, by which the keychain, the lock when the computer sleeps and the second start are reached.
const RECOMMENDS: &str = "gnome-keyring | kwalletmanager, default-dbus-session-bus | dbus-session-bus";

/// Builds the package and returns where it is.
pub(crate) fn build(edition: &Edition, contents: &[Content], work: &Path, into: &Path) -> Result<PathBuf, Stop> {
    let stage = work.join(format!("deb-{}", edition.version));
    super::emptied(&stage)?;
    lay_out(contents, &stage, edition.epoch)?;
    let depends = libraries(&stage, work)?;
    let control = stage.join("DEBIAN");
    let sums = md5sums(contents, &stage)?;
    let written = || {
        fs::create_dir_all(&control)?;
        fs::write(control.join("control"), self::control(edition, &depends, size(contents)))?;
        fs::write(control.join("md5sums"), sums)?;
        date(&stage, SystemTime::UNIX_EPOCH + Duration::from_secs(edition.epoch))
    };
    written().map_err(|error| at(&control, &error))?;
    let file = into.join(format!("keepwell_{}_amd64.deb", edition.version));
    // More than one thread cuts the file into other blocks than one does.
    let line = ["--root-owner-group", "-Zxz", edition.effort(), "--threads-max=1", "--build"];
    let (stage, path) = (stage.to_string_lossy(), file.to_string_lossy());
    told(
        "dpkg-deb",
        &[&line[..], &[&stage, &path]].concat(),
        work,
        &[("SOURCE_DATE_EPOCH", &edition.epoch.to_string())],
    )?;
    Ok(file)
}

/// Asks dpkg which packages hold the libraries that the programs name, and since which version.
fn libraries(stage: &Path, work: &Path) -> Result<String, Stop> {
    let folder = work.join("shlibdeps");
    super::emptied(&folder)?;
    let about = folder.join("debian");
    let written = fs::create_dir_all(&about).and_then(|()| {
        fs::write(about.join("control"), "Source: keepwell\n\nPackage: keepwell\nArchitecture: amd64\n")
    });
    written.map_err(|error| at(&about, &error))?;
    let programs: Vec<String> =
        PROGRAMS.iter().map(|(_, name)| stage.join("usr/bin").join(name).to_string_lossy().into_owned()).collect();
    let line: Vec<&str> = std::iter::once("-O").chain(programs.iter().map(String::as_str)).collect();
    let said = told("dpkg-shlibdeps", &line, &folder, &[])?;
    let depends = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    depends.map(str::to_owned).ok_or_else(|| Stop::failed(format!("dpkg-shlibdeps names no libraries: {said}")))
}

/// Returns the size in KiB as Debian counts it: every file rounded up, and one for each folder.
fn size(contents: &[Content]) -> usize {
    let mut folders: Vec<&str> = contents
        .iter()
        .flat_map(|one| one.path.match_indices('/').filter_map(|(end, _)| one.path.get(..end)))
        .collect();
    folders.sort_unstable();
    folders.dedup();
    contents.iter().map(|one| one.bytes.len().div_ceil(1024)).sum::<usize>() + folders.len()
}

fn md5sums(contents: &[Content], stage: &Path) -> Result<String, Stop> {
    let paths: Vec<&str> = contents.iter().map(|content| content.path.as_str()).collect();
    told("md5sum", &paths, stage, &[])
}

fn control(edition: &Edition, depends: &str, size: usize) -> String {
    format!(
        "Package: keepwell\n\
         Version: {}\n\
         Architecture: amd64\n\
         Maintainer: {AUTHORS} <{ADDRESS}>\n\
         Installed-Size: {size}\n\
         Depends: {depends}\n\
         Recommends: {RECOMMENDS}\n\
         Section: misc\n\
         Priority: optional\n\
         Description: sealed, offline record of a small medical practice\n \
         Keepwell keeps a small practice on its own computer: its patients, and the\n \
         proof that everything done with them was done properly. There is no server\n \
         and nothing goes over the network.\n \
         .\n \
         The data of a practice lies in the home of whoever uses it. Neither removing\n \
         nor purging this package touches it.\n",
        edition.version
    )
}

#[cfg(test)]
mod tests {
    use super::{Content, build, control, size};
    use crate::bundle::Edition;

    fn edition(version: &str) -> Edition {
        Edition { version: version.to_owned(), epoch: 1_795_000_000, compiler: "1.95.0".to_owned(), debug: true }
    }

    #[test]
    fn the_control_file_is_what_dpkg_reads() {
        let text = control(&edition("0.1.0"), "libc6 (>= 2.34)", 7);
        for field in ["Package: keepwell", "Version: 0.1.0", "Installed-Size: 7", "Depends: libc6 (>= 2.34)"] {
            assert!(text.lines().any(|line| line == field), "{field}: {text}");
        }
        assert!(text.lines().all(|line| !line.is_empty() && line.len() < 120));
        assert!(text.contains("\nRecommends: gnome-keyring | kwalletmanager, "));
        assert!(text.ends_with("touches it.\n"));
    }

    #[test]
    fn the_size_counts_files_and_folders() {
        let one = |path: &str, length| Content { path: path.to_owned(), mode: 0o644, bytes: vec![0; length] };
        assert_eq!(size(&[one("usr/bin/a", 1025), one("usr/bin/b", 1)]), 2 + 1 + 2);
    }

    /// The programs stand in for ours: what is tried is the package around them.
    #[test]
    fn the_same_files_make_the_same_package_and_without_scripts() {
        if !crate::step::works("dpkg-shlibdeps", &["--version"]) {
            println!("not checked: dpkg-dev is not installed");
            return;
        }
        let work = std::env::temp_dir().join(format!("keepwell-deb-{}", std::process::id()));
        let program = std::fs::read("/bin/true").unwrap();
        let contents: Vec<Content> = ["keepwell", "keepwell-cli", "keepwell-verify"]
            .map(|name| Content { path: format!("usr/bin/{name}"), mode: 0o755, bytes: program.clone() })
            .into();
        let made = |folder: &str| {
            let into = work.join(folder);
            std::fs::create_dir_all(&into).unwrap();
            let file = build(&edition("0.1.0"), &contents, &into, &into).unwrap();
            let asked = std::process::Command::new("dpkg-deb").arg("--ctrl-tarfile").arg(&file).output().unwrap();
            (std::fs::read(file).unwrap(), String::from_utf8_lossy(&asked.stdout).into_owned())
        };
        let (first, scripts) = made("first");
        std::thread::sleep(std::time::Duration::from_millis(1100));
        let (second, _) = made("second");
        std::fs::remove_dir_all(&work).unwrap();
        assert!(first == second, "the packages differ");
        for script in ["preinst", "postinst", "prerm", "postrm"] {
            assert!(!scripts.contains(script), "{script}");
        }
    }
}
