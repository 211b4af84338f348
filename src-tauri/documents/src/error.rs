//! Why a document could not be made.

/// A document that could not be made. None of its words come from the document's values: they may be a patient's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The template does not agree with what it was given, which is a mistake in this crate.
    #[error("the document could not be set: {}", messages.join("; "))]
    Compile {
        /// The place in the template and what Typst says of it.
        messages: Vec<String>,
    },
    /// The pages are no document of the promised standard.
    #[error("the pages could not be made a PDF of the promised standard: {}", messages.join("; "))]
    Export {
        /// The place in the template and what Typst says of it.
        messages: Vec<String>,
    },
    /// The moment of its making is on no calendar.
    #[error("the moment at which the document was made is on no calendar")]
    Created,
}
