//! Ctrl-C: long work looks whether somebody wants it to end, and ends at its next step.

use crate::ending::{Ending, INTERRUPTED};
use keepwell_practice::Continue;
use signal_hook::consts::SIGINT;
use signal_hook::flag;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether somebody has pressed Ctrl-C.
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Listens from now on. Ctrl-C a second time ends the program at once, which the store survives as it survives a
    /// power cut.
    ///
    /// # Errors
    /// A fault when the system does not let us listen.
    pub(crate) fn on_ctrl_c() -> Result<Self, Ending> {
        let pressed = Arc::new(AtomicBool::new(false));
        // In this order: the first time the flag is still down when the shutdown looks at it.
        flag::register_conditional_shutdown(SIGINT, i32::from(INTERRUPTED), Arc::clone(&pressed))
            .and_then(|_| flag::register(SIGINT, Arc::clone(&pressed)))
            .map_err(|error| Ending::fault(&error))?;
        Ok(Self(pressed))
    }

    /// Says whether to go on.
    pub(crate) fn asked(&self) -> Continue {
        if self.0.load(Ordering::Relaxed) { Continue::No } else { Continue::Yes }
    }
}
