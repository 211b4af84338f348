//! All that a template can see: the templates, the fonts, its values and one picture. No file system, no network, no
//! packages, no clock.

use crate::error::DocumentError;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _};

/// The name under which a template reads its values.
const VALUES: &str = "values.json";
/// The name under which a template reads its picture.
const PICTURE: &str = "picture.svg";

/// The templates, in the program itself.
const TEMPLATES: [(&str, &str); 12] = [
    ("sheet.typ", include_str!("../templates/sheet.typ")),
    ("accounting_letter.typ", include_str!("../templates/accounting_letter.typ")),
    ("audit_report.typ", include_str!("../templates/audit_report.typ")),
    ("call_list.typ", include_str!("../templates/call_list.typ")),
    ("certificate_of_destruction.typ", include_str!("../templates/certificate_of_destruction.typ")),
    ("day_sheet.typ", include_str!("../templates/day_sheet.typ")),
    ("day_tables.typ", include_str!("../templates/day_tables.typ")),
    ("decision_letter.typ", include_str!("../templates/decision_letter.typ")),
    ("downtime_paper.typ", include_str!("../templates/downtime_paper.typ")),
    ("monthly_seal.typ", include_str!("../templates/monthly_seal.typ")),
    ("patient_record.typ", include_str!("../templates/patient_record.typ")),
    ("reminder_letters.typ", include_str!("../templates/reminder_letters.typ")),
];

/// The fonts, in the program itself: a document looks the same on every machine, and one without fonts prints too.
const FACES: [&[u8]; 5] = [
    include_bytes!("../fonts/Inter-Regular.ttf"),
    include_bytes!("../fonts/Inter-Bold.ttf"),
    include_bytes!("../fonts/JetBrainsMono-Regular.ttf"),
    include_bytes!("../fonts/NotoSansArabic-Regular.ttf"),
    include_bytes!("../fonts/NotoSansHebrew-Regular.ttf"),
];

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FACES.iter().flat_map(|face| Font::iter(Bytes::new(*face))).collect());
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// Returns the fonts.
pub(crate) fn fonts() -> &'static [Font] {
    &FONTS
}

/// The world of one document.
pub(crate) struct World {
    main: FileId,
    values: Bytes,
    picture: Option<Bytes>,
}

impl World {
    pub(crate) fn new(template: &'static str, values: String, picture: Option<String>) -> Result<Self, DocumentError> {
        let path = VirtualPath::new(template)
            .map_err(|_| DocumentError::Compile { messages: vec![format!("{template} is no name of a template")] })?;
        Ok(Self {
            main: RootedPath::new(VirtualRoot::Project, path).intern(),
            values: Bytes::from_string(values),
            picture: picture.map(Bytes::from_string),
        })
    }
}

/// Returns the name of a file of ours; packages are refused before anybody could look for them.
fn name(id: FileId) -> FileResult<&'static str> {
    match id.get().root() {
        VirtualRoot::Project => Ok(id.get().vpath().get_without_slash()),
        VirtualRoot::Package(_) => {
            Err(FileError::Package(PackageError::Other(Some("templates here use no packages".into()))))
        }
    }
}

impl typst::World for World {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let name = name(id)?;
        let found = TEMPLATES.iter().find(|(template, _)| *template == name);
        let (_, text) = found.ok_or_else(|| FileError::NotFound(name.into()))?;
        Ok(Source::new(id, (*text).to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match (name(id)?, &self.picture) {
            (VALUES, _) => Ok(self.values.clone()),
            (PICTURE, Some(picture)) => Ok(picture.clone()),
            (other, _) => Err(FileError::NotFound(other.into())),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
