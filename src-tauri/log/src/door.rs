//! The one door. It lives with the log, because nothing may come in or be shown without leaving an entry.

mod beside;
mod context;
mod copying;
mod destroying;
mod dispatch;
mod entering;
mod erasing;
mod exporting;
mod founding;
mod gate;
mod rekeying;
mod resident;
mod restoring;
mod session;
mod state;
mod surface;
mod touched;

pub use beside::{Beside, Job, Telling};
pub use context::{Facts, ReadCx, WriteCx};
pub use copying::COPY;
pub use dispatch::Call;
pub use erasing::Erased;
pub use gate::{GateCx, Locked};
pub use resident::{Resident, Residents};
pub use restoring::{DAMAGED, RESTORE, Restored, Source};
pub use session::Proven;
pub use state::{Authority, Door, Home, Plate, Standing};
pub use surface::{
    Command, Declarations, Entrance, Entry, Founding, MALFORMED, PURPOSE, Query, READ_ONLY, REASON_NEEDED,
    REASON_TOO_LONG, UNKNOWN, WRONG_RECOVERY_KEY,
};

use keepwell_kernel::Code;

/// There is a practice already.
pub const EXISTS: Code = Code::new(
    "door.practice_exists",
    "There is a practice in this folder already. Sign in to it, or choose another folder.",
);
/// The store cannot be opened for a reason without words of its own.
pub const UNOPENABLE: Code = Code::new(
    "door.unopenable",
    "The practice's file cannot be opened. Nothing was changed. The reference is in the local log.",
);

/// Every refusal of the door.
pub const REFUSALS: &[Code] =
    &[MALFORMED, UNKNOWN, PURPOSE, REASON_NEEDED, REASON_TOO_LONG, READ_ONLY, EXISTS, UNOPENABLE];
