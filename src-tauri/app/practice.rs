//! The seam to `keepwell-practice`, standing in while that crate is being written: there is no practice here yet.

use keepwell_kernel::{Failure, Fault, Purpose};
use serde::Serialize;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// One call through the door.
pub(crate) struct Call {
    pub(crate) operation: String,
    pub(crate) input: Value,
    pub(crate) purpose: Option<Purpose>,
    pub(crate) reason: Option<String>,
}

/// How far a long job is.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Progress {
    pub(crate) job: String,
    pub(crate) phase: String,
    pub(crate) done: u64,
    pub(crate) total: u64,
}

/// Whether a long job goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Continue {
    Yes,
    No,
}

/// The practice in a folder.
pub(crate) struct Practice;

impl Practice {
    pub(crate) fn at(_folder: &Path, _workstation: String) -> Self {
        Self
    }

    pub(crate) fn call(&self, call: Call) -> Result<Value, Failure> {
        drop((call.operation, call.input, call.purpose, call.reason));
        Err(not_here())
    }

    pub(crate) fn status(&self) -> Value {
        serde_json::json!({
            "state": "absent", "practice_name": null, "vault_id": null, "demonstration": false, "read_only": null,
            "keychain": "os", "problem": null, "locked_user": null, "session": null,
            "version": env!("CARGO_PKG_VERSION"), "idle_minutes": 15, "locks_at": null, "log_entries": null,
            "last_verification": null,
        })
    }

    pub(crate) fn import(
        &self,
        _paths: &[PathBuf],
        _progress: &mut dyn FnMut(Progress) -> Continue,
    ) -> Result<Value, Failure> {
        Err(not_here())
    }

    pub(crate) fn verify_log(&self, _progress: &mut dyn FnMut(Progress) -> Continue) -> Result<Value, Failure> {
        Err(not_here())
    }
}

fn not_here() -> Failure {
    Failure::Fault { reference: Fault::because("the practice crate is not joined yet").reference }
}
