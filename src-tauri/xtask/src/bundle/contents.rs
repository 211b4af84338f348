//! What lies where once the package is installed. Both packages are made from this one list.

use super::papers;
use super::parts::{self, PROGRAMS};
use super::sbom::{self, Whole};
use super::{Edition, desktop, read_text, told};
use crate::step::{Stop, root};
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// A file of the package.
pub(crate) struct Content {
    /// Where it lies, without the leading slash.
    pub(crate) path: String,
    pub(crate) mode: u32,
    pub(crate) bytes: Vec<u8>,
}

impl Content {
    fn plain(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), mode: 0o644, bytes: bytes.into() }
    }
}

/// Where the papers lie.
pub(crate) const PAPERS: &str = "usr/share/doc/keepwell";

/// The icons, drawn by `cargo xtask icons`, and the folder of the theme each belongs in.
const ICONS: [(&str, &str); 5] = [
    ("32x32.png", "32x32/apps/keepwell.png"),
    ("128x128.png", "128x128/apps/keepwell.png"),
    ("128x128@2x.png", "256x256/apps/keepwell.png"),
    ("icon.png", "512x512/apps/keepwell.png"),
    ("keepwell.svg", "scalable/apps/keepwell.svg"),
];

/// Gathers everything, in the order of the paths.
pub(crate) fn gather(edition: &Edition, built: &Path, work: &Path) -> Result<Vec<Content>, Stop> {
    let mut all = programs(built, work)?;
    for (file, place) in ICONS {
        let path = root().join("icons").join(file);
        let bytes = fs::read(&path).map_err(|error| super::at(&path, &error))?;
        all.push(Content::plain(format!("usr/share/icons/hicolor/{place}"), bytes));
    }
    let name = desktop::IDENTIFIER;
    all.push(Content::plain(format!("usr/share/applications/{name}.desktop"), desktop::ENTRY));
    let page = desktop::page(&edition.version, &edition.day()?);
    all.push(Content::plain(format!("usr/share/metainfo/{name}.metainfo.xml"), page));
    all.push(Content::plain("usr/share/mime/packages/keepwell.xml", desktop::KINDS));
    all.extend(paper(edition, work)?);
    all.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(all)
}

/// The programs without the line tables that only a debugger reads; names of functions stay, for what a crash says.
fn programs(built: &Path, work: &Path) -> Result<Vec<Content>, Stop> {
    let mut found = Vec::new();
    for (_, name) in PROGRAMS {
        let (from, to) = (built.join(name), work.join(name));
        told("strip", &["--strip-debug", "-o", &to.to_string_lossy(), &from.to_string_lossy()], work, &[])?;
        let bytes = fs::read(&to).map_err(|error| super::at(&to, &error))?;
        found.push(Content { path: format!("usr/bin/{name}"), mode: 0o755, bytes });
    }
    Ok(found)
}

fn paper(edition: &Edition, work: &Path) -> Result<Vec<Content>, Stop> {
    let parts = parts::all()?;
    let moment = edition.moment()?;
    let whole = Whole { version: &edition.version, moment: &moment, compiler: &edition.compiler };
    let mit = read_text(&root().join("LICENSE-MIT"))?;
    let at = |name: &str| format!("{PAPERS}/{name}");
    let zipped = |name: &str, text: &str| -> Result<Content, Stop> {
        let path = work.join(name);
        fs::write(&path, text).map_err(|error| super::at(&path, &error))?;
        told("gzip", &["-9", "--no-name", "--force", name], work, &[])?;
        let path = work.join(format!("{name}.gz"));
        Ok(Content::plain(at(&format!("{name}.gz")), fs::read(&path).map_err(|error| super::at(&path, &error))?))
    };
    Ok(vec![
        Content::plain(at("copyright"), papers::copyright(&mit)),
        Content::plain(at("advisories.txt"), papers::advisories(&moment)),
        Content::plain(at("sbom.cdx.json"), sbom::document(&whole, &parts).to_string()),
        zipped("changelog", &papers::changelog(&edition.version, &edition.mail_date()?))?,
        zipped("CHANGELOG.md", &read_text(&root().join("CHANGELOG.md"))?)?,
        zipped("third-party.txt", &papers::third_party(&parts)?)?,
    ])
}

/// Writes the files below a folder, every one and every folder with the time of the source.
pub(crate) fn lay_out(contents: &[Content], below: &Path, epoch: u64) -> Result<(), Stop> {
    for content in contents {
        let path = below.join(&content.path);
        let written = || {
            fs::create_dir_all(path.parent().unwrap_or(below))?;
            fs::write(&path, &content.bytes)?;
            fs::set_permissions(&path, fs::Permissions::from_mode(content.mode))
        };
        written().map_err(|error| super::at(&path, &error))?;
    }
    date(below, SystemTime::UNIX_EPOCH + Duration::from_secs(epoch)).map_err(|error| super::at(below, &error))
}

/// Sets the time and, on folders, the mode that a strict umask may have taken away.
pub(crate) fn date(path: &Path, time: SystemTime) -> std::io::Result<()> {
    if path.is_dir() {
        for file in fs::read_dir(path)? {
            date(&file?.path(), time)?;
        }
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    File::open(path)?.set_modified(time)
}
