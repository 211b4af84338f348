//! The package for Fedora, openSUSE and their kin, by rpmbuild. What it needs is named by the libraries themselves, which
//! every distribution provides under the same names, whatever its packages are called. No scripts here either.

use super::contents::{Content, PAPERS, lay_out};
use super::{ADDRESS, AUTHORS, Edition, at, told};
use crate::step::Stop;
use std::fs;
use std::path::{Path, PathBuf};

/// Builds the package and returns where it is.
pub(crate) fn build(edition: &Edition, contents: &[Content], work: &Path, into: &Path) -> Result<PathBuf, Stop> {
    let (stage, top) = (work.join("rpm-stage"), work.join("rpm"));
    super::emptied(&stage)?;
    super::emptied(&top)?;
    lay_out(contents, &stage, edition.epoch)?;
    let spec = top.join("keepwell.spec");
    fs::write(&spec, self::spec(edition, contents, &stage)?).map_err(|error| at(&spec, &error))?;
    let (folder, path) = (format!("_topdir {}", top.display()), spec.to_string_lossy().into_owned());
    let line = ["-bb", "--quiet", "--target", "x86_64-linux", "--define", &folder, &path];
    // The machine's time zone and language are in the dates of a spec.
    let epoch = edition.epoch.to_string();
    told("rpmbuild", &line, work, &[("SOURCE_DATE_EPOCH", &epoch), ("TZ", "UTC"), ("LC_ALL", "C.UTF-8")])?;
    let name = format!("keepwell-{}-1.x86_64.rpm", edition.version);
    let (from, to) = (top.join("RPMS/x86_64").join(&name), into.join(&name));
    fs::copy(&from, &to).map_err(|error| at(&from, &error))?;
    Ok(to)
}

fn spec(edition: &Edition, contents: &[Content], stage: &Path) -> Result<String, Stop> {
    let files = contents.iter().map(|content| {
        let mark = if content.path.ends_with("/copyright") || content.path.ends_with("/third-party.txt.gz") {
            "%license "
        } else if content.path.starts_with(PAPERS) {
            "%doc "
        } else {
            ""
        };
        format!("%attr({:o},root,root) {mark}/{}\n", content.mode, content.path)
    });
    let effort = edition.effort().trim_start_matches("-z");
    Ok(format!(
        "%global debug_package %{{nil}}\n\
         %global _build_id_links none\n\
         %global __os_install_post %{{nil}}\n\
         %global _buildhost reproducible\n\
         %global use_source_date_epoch_as_buildtime 1\n\
         %global clamp_mtime_to_source_date_epoch 1\n\
         %global _binary_payload w{effort}.xzdio\n\
         %global _docdir /usr/share/doc\n\
         Name: keepwell\n\
         Version: {}\n\
         Release: 1\n\
         Summary: A sealed, offline record of a small medical practice\n\
         License: Apache-2.0 OR MIT\n\
         Packager: {AUTHORS} <{ADDRESS}>\n\
         Recommends: (gnome-keyring or kwalletmanager)\n\
         \n\
         %description\n\
         Keepwell keeps a small practice on its own computer: its patients, and the\n\
         proof that everything done with them was done properly. There is no server\n\
         and nothing goes over the network.\n\
         \n\
         The data of a practice lies in the home of whoever uses it. Removing this\n\
         package does not touch it.\n\
         \n\
         %install\n\
         cp -a {}/. %{{buildroot}}/\n\
         \n\
         %files\n\
         %dir /{PAPERS}\n\
         {}\n\
         %changelog\n\
         * {} {AUTHORS} <{ADDRESS}> - {}-1\n\
         - What is new stands in CHANGELOG.md.gz among the papers.\n",
        edition.version,
        stage.display(),
        files.collect::<String>(),
        edition.rpm_date()?,
        edition.version
    ))
}

#[cfg(test)]
mod tests {
    use super::{Content, spec};
    use crate::bundle::Edition;

    #[test]
    fn the_spec_lists_every_file_and_runs_nothing_on_the_machine() {
        let edition =
            Edition { version: "0.1.0".to_owned(), epoch: 1_795_000_000, compiler: String::new(), debug: false };
        let one = |path: &str, mode| Content { path: path.to_owned(), mode, bytes: vec![] };
        let contents = [one("usr/bin/keepwell", 0o755), one("usr/share/doc/keepwell/copyright", 0o644)];
        let text = spec(&edition, &contents, std::path::Path::new("/stage")).unwrap();
        assert!(text.contains("%attr(755,root,root) /usr/bin/keepwell\n"), "{text}");
        assert!(text.contains("%attr(644,root,root) %license /usr/share/doc/keepwell/copyright\n"), "{text}");
        assert!(text.contains("* Wed Nov 18 2026 The Keepwell authors <"), "{text}");
        for script in ["%pre", "%post", "%preun", "%postun", "%trigger"] {
            assert!(!text.lines().any(|line| line.starts_with(script)), "{script}");
        }
    }
}
