//! How a command ends, and the exit status that says so.

use crate::said;
use keepwell_kernel::{Code, Failure, Fault};
use std::process::ExitCode;

/// The status that every shell gives to Ctrl-C.
pub(crate) const INTERRUPTED: u8 = 130;

/// How a command ended.
#[derive(Debug)]
pub(crate) enum Ending {
    /// It did what was asked.
    Done,
    /// The command was typed wrongly in a way that only shows later.
    Usage(String),
    /// The door, or the way to it, said no.
    Failed(Failure),
    /// Nobody reads any more.
    Silent,
    /// Somebody pressed Ctrl-C; what was begun is in order and not whole.
    Stopped,
}

impl Ending {
    /// Ends in a refusal.
    pub(crate) fn refused(code: Code) -> Self {
        let Code { code, remedy } = code;
        Self::Failed(Failure::Refused { code: code.to_owned(), field: None, remedy: remedy.to_owned() })
    }

    /// Ends in a fault, telling the person what the machine said; it is the person's own terminal.
    pub(crate) fn fault(error: &(dyn std::error::Error + 'static)) -> Self {
        let fault = Fault::from_error(error);
        said::words(&format!("{}: {}", fault.reference, fault.chain));
        Self::Failed(Failure::Fault { reference: fault.reference })
    }

    pub(crate) const fn silent() -> Self {
        Self::Silent
    }

    /// Says how it ended: the failure as JSON where the answer would have stood, and words for the person.
    pub(crate) fn say(&self) {
        let Self::Failed(failure) = self else {
            if let Self::Usage(words) = self {
                said::words(words);
            }
            return;
        };
        said::words(&words_of(failure));
        // A closed standard output leaves only the status to say it.
        let _ = said::json(failure);
    }

    /// Returns the exit status.
    pub(crate) fn status(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done | Self::Silent => 0,
            Self::Usage(_) => 2,
            Self::Failed(Failure::Refused { .. }) => 3,
            Self::Failed(Failure::Denied) => 4,
            Self::Failed(Failure::SignedOut | Failure::Locked) => 5,
            Self::Failed(Failure::Fault { .. }) => 6,
            Self::Stopped => INTERRUPTED,
        })
    }
}

impl From<Failure> for Ending {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Says a failure in words.
pub(crate) fn words_of(failure: &Failure) -> String {
    match failure {
        Failure::Refused { code, field: Some(field), remedy } => format!("{remedy} ({code} at {field})"),
        Failure::Refused { code, field: None, remedy } => format!("{remedy} ({code})"),
        Failure::Denied => "Your role does not allow this.".to_owned(),
        Failure::Locked => "The practice is locked.".to_owned(),
        Failure::SignedOut => "Nobody is signed in.".to_owned(),
        Failure::Fault { reference } => {
            format!("Something went wrong. The local log has the cause under the reference {reference}.")
        }
    }
}
