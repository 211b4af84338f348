//! From values to a PDF, one document at a time, and nothing of it is kept.

use crate::error::DocumentError;
use crate::legible::legible;
use crate::world::World;
use serde::Serialize;
use std::sync::{Mutex, PoisonError};
use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst::{WorldExt as _, syntax::DiagSpan};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// When a document was made, in UTC: year, month, day, hour, minute, second. Given and never read from the machine, so
/// that the same document is the same bytes.
pub type Created = (i32, u8, u8, u8, u8, u8);

/// What a document promises to whoever keeps or reads it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Promise {
    /// PDF/A-2u: it looks the same in thirty years, and its text can be searched.
    Kept,
    /// PDF/UA-1 besides: a screen reader reads it out in order.
    ReadByAnybody,
}

impl Promise {
    fn standards(self) -> &'static [PdfStandard] {
        match self {
            Self::Kept => &[PdfStandard::A_2u],
            Self::ReadByAnybody => &[PdfStandard::A_2u, PdfStandard::Ua_1],
        }
    }
}

/// A document to be made.
pub(crate) struct Order<'a, T> {
    /// The template's name.
    pub(crate) template: &'static str,
    /// What the template reads. Values only: no part of it is ever read as Typst.
    pub(crate) values: &'a T,
    /// The picture that the template may show, as SVG.
    pub(crate) picture: Option<String>,
    pub(crate) created: Created,
    pub(crate) promise: Promise,
}

/// One document at a time: forgetting is for all of Typst's memory at once, and a report of thousands of rows takes much.
static PRESS: Mutex<()> = Mutex::new(());

/// Typst remembers what it has set to be quick the next time. Here that would be patients' records, so it forgets.
struct Forgets;

impl Drop for Forgets {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

/// Makes the PDF.
pub(crate) fn print<T: Serialize>(order: Order<'_, T>) -> Result<Vec<u8>, DocumentError> {
    let (year, month, day, hour, minute, second) = order.created;
    let created = Datetime::from_ymd_hms(year, month, day, hour, minute, second).ok_or(DocumentError::Created)?;
    let values = values(order.values)?;
    let options = PdfOptions {
        // Two documents with the same title are two documents.
        ident: Smart::Custom(format!("{} {values}", order.template)),
        creator: Smart::Custom(Some("Keepwell".to_owned())),
        timestamp: Some(Timestamp::new_utc(created)),
        standards: PdfStandards::new(order.promise.standards())
            .map_err(|error| DocumentError::Export { messages: vec![error.message().to_string()] })?,
        ..PdfOptions::default()
    };
    let world = World::new(order.template, values, order.picture)?;
    // Nothing guarded by the lock can be left half done: what a document that failed left in memory is forgotten as well.
    let _alone = PRESS.lock().unwrap_or_else(PoisonError::into_inner);
    let _forgets = Forgets;
    let set = typst::compile::<PagedDocument>(&world);
    debug_assert!(set.warnings.is_empty(), "a template is warned of: {:?}", told(&world, &set.warnings));
    let pages = set.output.map_err(|wrong| DocumentError::Compile { messages: told(&world, &wrong) })?;
    typst_pdf::pdf(&pages, &options).map_err(|wrong| DocumentError::Export { messages: told(&world, &wrong) })
}

/// Writes the values down with every text in it made legible.
fn values<T: Serialize>(of: &T) -> Result<String, DocumentError> {
    let unreadable = |_| DocumentError::Compile { messages: vec!["its values cannot be written as JSON".to_owned()] };
    let mut values = serde_json::to_value(of).map_err(unreadable)?;
    each_text(&mut values);
    serde_json::to_string(&values).map_err(unreadable)
}

fn each_text(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = legible(text),
        serde_json::Value::Array(items) => items.iter_mut().for_each(each_text),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(each_text),
        _ => {}
    }
}

fn told(world: &World, wrong: &[SourceDiagnostic]) -> Vec<String> {
    wrong.iter().map(|one| format!("{}{}", place(world, one.span), without_values(&one.message))).collect()
}

/// Returns the template and line that a message is about.
fn place(world: &World, span: DiagSpan) -> String {
    let line = span.id().zip(world.range(span)).and_then(|(id, range)| {
        let source = typst::World::source(world, id).ok()?;
        let before = source.text().get(..range.start)?;
        Some((id.get().vpath().get_without_slash().to_owned(), before.matches('\n').count() + 1))
    });
    line.map_or_else(String::new, |(name, line)| format!("{name}:{line}: "))
}

/// Cuts a message off where it begins to quote: what it quotes may be a patient's name.
fn without_values(message: &str) -> &str {
    message.split(['`', '"', '\'']).next().unwrap_or_default().trim_end()
}
