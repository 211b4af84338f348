//! The three ways an operation does not end well. Nothing here ever carries a patient's data.

use serde::Serialize;

/// A closed reason with the words that help: `feature.reason` and what the person can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The name, `feature.reason`.
    pub code: &'static str,
    /// What the person can do about it, in plain words.
    pub remedy: &'static str,
}

impl Code {
    /// States a code.
    #[must_use]
    pub const fn new(code: &'static str, remedy: &'static str) -> Self {
        Self { code, remedy }
    }

    /// Refuses the whole request for this reason.
    #[must_use]
    pub const fn refusal(self) -> Refusal {
        Refusal { code: self, field: None }
    }

    /// Refuses because of one field, named by its dotted path (`channels.0.value`).
    #[must_use]
    pub fn at(self, field: impl Into<String>) -> Refusal {
        Refusal { code: self, field: Some(field.into()) }
    }
}

/// An expected "no": shown beside the field it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub code: Code,
    /// The field, as a dotted path, where one is to blame.
    pub field: Option<String>,
}

/// A defect, a disk or a key in trouble. The person gets the reference; the local log gets the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Eight characters the person can read out.
    pub reference: String,
    /// What went wrong, technically, without patient data.
    pub chain: String,
}

impl Fault {
    /// Makes a fault from an error and everything beneath it.
    #[must_use]
    pub fn from_error(error: &(dyn std::error::Error + 'static)) -> Self {
        let mut chain = error.to_string();
        let mut below = error.source();
        while let Some(cause) = below {
            chain.push_str(": ");
            chain.push_str(&cause.to_string());
            below = cause.source();
        }
        Self::because(chain)
    }

    /// Makes a fault from a sentence.
    #[must_use]
    pub fn because(chain: impl Into<String>) -> Self {
        let id = uuid::Uuid::new_v4().simple().to_string();
        Self { reference: id.chars().take(8).collect::<String>().to_uppercase(), chain: chain.into() }
    }
}

/// How an operation can fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// Expected; the person can do something about it.
    Refused(Refusal),
    /// The role or the policy does not allow it.
    Denied,
    /// The practice is locked.
    Locked,
    /// Nobody is signed in.
    SignedOut,
    /// A defect or the machine.
    Fault(Fault),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self::Refused(code.refusal())
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// An error as it crosses the bridge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Failure {
    /// See [`Error::Refused`].
    Refused {
        /// `feature.reason`.
        code: String,
        /// The dotted path of the field, where one is to blame.
        field: Option<String>,
        /// What the person can do.
        remedy: String,
    },
    /// See [`Error::Denied`].
    Denied,
    /// See [`Error::Locked`].
    Locked,
    /// See [`Error::SignedOut`].
    SignedOut,
    /// See [`Error::Fault`].
    Fault {
        /// What the person can read out.
        reference: String,
    },
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        match error {
            Error::Refused(refusal) => Self::Refused {
                code: refusal.code.code.to_owned(),
                field: refusal.field.clone(),
                remedy: refusal.code.remedy.to_owned(),
            },
            Error::Denied => Self::Denied,
            Error::Locked => Self::Locked,
            Error::SignedOut => Self::SignedOut,
            Error::Fault(fault) => Self::Fault { reference: fault.reference.clone() },
        }
    }
}
