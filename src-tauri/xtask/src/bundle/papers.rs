//! The papers in /usr/share/doc/keepwell: whose work is in the package, under which licences, and what was not checked.

use super::parts::{Origin, Part};
use crate::step::Stop;
use std::collections::BTreeMap;
use std::path::Path;

/// The copyright file in Debian's form.
pub(crate) const COPYRIGHT: &str = "\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Keepwell
Comment: What others wrote and is linked into the programs or shown by the
 screens is listed with its licences, word for word, in third-party.txt.gz
 beside this file, and part by part in sbom.cdx.json.

Files: *
Copyright: 2026 the Keepwell developers
License: Apache-2.0 or Expat

License: Apache-2.0
 On Debian systems the text is in /usr/share/common-licenses/Apache-2.0;
 elsewhere it is at https://www.apache.org/licenses/LICENSE-2.0.

License: Expat
";

/// Returns the copyright file with the text of the MIT licence, which Debian calls Expat.
pub(crate) fn copyright(mit: &str) -> String {
    // The heading and the copyright line stand above already.
    let body = mit.lines().skip_while(|line| !line.starts_with("Permission"));
    let lines = body.map(|line| if line.is_empty() { " .\n".to_owned() } else { format!(" {line}\n") });
    format!("{COPYRIGHT}{}", lines.collect::<String>())
}

/// Returns the changelog in Debian's form: one entry that sends to the project's own.
pub(crate) fn changelog(version: &str, day: &str) -> String {
    format!(
        "keepwell ({version}) unstable; urgency=medium\n\n  * What is new stands in CHANGELOG.md.gz beside this file.\n\n \
         -- {} <{}>  {day}\n",
        super::AUTHORS,
        super::ADDRESS
    )
}

/// Returns what is known of weaknesses in the parts: that nobody looked, and how one looks.
pub(crate) fn advisories(moment: &str) -> String {
    format!(
        "Known weaknesses in the parts of this package\n\n\
         RustSec (cargo deny):  not checked. This package is built without a network, and the advisory database is fetched.\n\
         npm (npm audit):       not checked. It asks the registry's advisory service, which needs a network.\n\
         The system's libraries (WebKitGTK, GTK): not checked. They are the distribution's, and so are their updates.\n\n\
         \"Not checked\" is not \"nothing found\". To look, where there is a network:\n\
         \x20 cargo deny check advisories          in the source of this version\n\
         \x20 npm audit --omit=dev                 in its folder ui\n\
         \x20 or any tool that reads CycloneDX     over sbom.cdx.json beside this file\n\n\
         The list of parts is of {moment}.\n"
    )
}

/// Returns the texts of the licences of everything that others wrote, each text once, with the parts it came with.
pub(crate) fn third_party(parts: &[Part]) -> Result<String, Stop> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut without = Vec::new();
    let others: Vec<&Part> = parts.iter().filter(|part| part.origin != Origin::Own).collect();
    let mut list = String::new();
    for part in &others {
        let name = format!("{} {}", part.name, part.version);
        let licence = part.licence.as_deref().unwrap_or("no licence named");
        list.push_str(&format!("  {name}  ({licence})\n"));
        let found = licences_in(&part.folder)?;
        if found.is_empty() {
            without.push(format!("  {name}  ({licence})\n"));
        }
        for text in found {
            texts.entry(text).or_default().push(name.clone());
        }
    }
    let mut file = format!("What others wrote and Keepwell carries: {} parts\n\n{list}", others.len());
    if !without.is_empty() {
        let lines = without.concat();
        file.push_str(&format!("\nThese came without the text of their licence; its name is all there is:\n\n{lines}"));
    }
    let rule = "=".repeat(80);
    for (text, names) in &texts {
        file.push_str(&format!("\n{rule}\n{}\n{rule}\n\n{}\n", names.join(", "), text.trim_end()));
    }
    Ok(file)
}

/// Reads the files that hold licences and notices at the top of a source folder, in the order of their names.
fn licences_in(folder: &Path) -> Result<Vec<String>, Stop> {
    let failed = |error: std::io::Error| Stop::failed(format!("{}: {error}", folder.display()));
    let mut paths = Vec::new();
    for file in std::fs::read_dir(folder).map_err(failed)? {
        let path = file.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        let kinds = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];
        if kinds.iter().any(|kind| name.starts_with(kind)) && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    let mut texts = Vec::new();
    for path in paths {
        // A few are in Latin-1; a name with a strange letter is better than no name.
        let bytes = std::fs::read(&path).map_err(failed)?;
        texts.push(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
    }
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::{advisories, changelog, copyright, third_party};

    #[test]
    fn the_copyright_file_has_the_licence_in_full() {
        let mit = std::fs::read_to_string(crate::step::root().join("LICENSE-MIT")).unwrap();
        let file = copyright(&mit);
        assert!(file.contains("\nLicense: Expat\n Permission is hereby granted"), "{file}");
        assert!(file.contains("\n .\n") && file.ends_with("SOFTWARE.\n"), "{file}");
        assert!(file.lines().all(|line| line.len() < 140));
    }

    #[test]
    fn what_was_not_checked_is_not_called_fine() {
        let words = advisories("2026-11-22T10:00:00Z");
        assert_eq!(words.lines().filter(|line| line.contains("not checked. ")).count(), 3, "{words}");
        assert!(!words.contains("no known"));
    }

    #[test]
    fn the_changelog_is_debians() {
        let entry = changelog("0.1.0", "Sun, 22 Nov 2026 10:00:00 +0000");
        assert!(entry.starts_with("keepwell (0.1.0) unstable; urgency=medium\n\n  * "));
        assert!(
            entry.contains("\n\n -- The Keepwell authors <") && entry.ends_with(">  Sun, 22 Nov 2026 10:00:00 +0000\n")
        );
    }

    #[test]
    fn the_words_of_others_licences_come_along() {
        let parts = crate::bundle::parts::all().unwrap();
        let file = third_party(&parts).unwrap();
        assert!(file.contains("  redb 4") && file.contains("Permission is hereby granted"));
    }
}
