//! Sealing everything anew after new keys were made, step by step, while work goes on.

use crate::practice::{Continue, Practice, Progress};
use keepwell_identity::ResealStep;
use keepwell_kernel::{Failure, Fault};
use keepwell_log::door::Call;
use serde_json::json;

impl Practice {
    /// Seals anew what bears an old key until nothing does, and answers how many values that were. Each step is a change of
    /// its own with its own entry, so that others work between them; what was stopped goes on where it ended.
    ///
    /// # Errors
    /// [`Failure`]; nothing when it was stopped.
    pub fn reseal(&self, progress: &mut dyn FnMut(Progress) -> Continue) -> Result<Option<u64>, Failure> {
        loop {
            let call = Call { operation: "identity.reseal".to_owned(), input: json!({}), ..Call::default() };
            let answer = self.call(call)?;
            let step: ResealStep =
                serde_json::from_value(answer).map_err(|error| self.fail(&Fault::from_error(&error).into()))?;
            if step.done {
                return Ok(Some(step.values));
            }
            // How much there is nobody has counted: counting would take as long as the work.
            if progress(Progress::of("sealing", step.values, 0)) == Continue::No {
                return Ok(None);
            }
        }
    }
}
