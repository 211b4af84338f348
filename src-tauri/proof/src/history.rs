//! Everything that happened to a disk and a keychain, in the one order in which it happened.

use keepwell_vault::engine::Part;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The rows of a store at one moment: their hash, and how many entries the log among them has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rows {
    /// Hash over every key and value.
    pub hash: [u8; 32],
    /// Entries in the log.
    pub entries: u64,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// Bytes were written, and are not safe before the next `Synced`.
    Wrote {
        /// To which file.
        part: Part,
        /// Where.
        offset: u64,
        /// What.
        bytes: Vec<u8>,
    },
    /// A file was made longer or shorter, which is not safe before its next `Synced` either.
    Resized(Part, u64),
    /// Everything before is safe in this file; a sync of the one says nothing about the other.
    Synced(Part),
    /// A secret is on its way to the keychain.
    Telling {
        /// Its name.
        name: String,
        /// Its value.
        secret: Vec<u8>,
    },
    /// The keychain has the secret that was on its way.
    Told,
    /// A transaction begins.
    Begun,
    /// A transaction ended with these rows, and whoever asked for it was told so.
    Committed(Rows),
    /// A transaction ended and changed nothing.
    Undone,
    /// The store is about to be given its name.
    Keeping,
    /// The store has its name.
    Kept,
    /// A step of the workload was answered; its number.
    Answered(usize),
}

/// A recording.
#[derive(Debug, Default)]
pub struct History(Mutex<Vec<Event>>);

impl History {
    /// Adds what has just happened.
    pub fn note(&self, event: Event) {
        self.events().push(event);
    }

    /// Returns what was recorded.
    pub fn events(&self) -> MutexGuard<'_, Vec<Event>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
