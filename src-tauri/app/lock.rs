//! The clock behind the practice. It locks when nobody has done anything for the practice's idle time, whatever the
//! window shows (45 CFR 164.312(a)(2)(iii)), and seals the log's checkpoints.

use crate::desk::Desk;
use std::sync::Arc;
use std::time::Duration;

/// How often the clock is looked at. A lock is late by at most this.
const TICK: Duration = Duration::from_secs(5);

/// Ticks for as long as the program runs.
pub(crate) fn watch(desk: &Arc<Desk>) {
    let desk = Arc::clone(desk);
    std::thread::spawn(move || {
        loop {
            tick(&desk);
            std::thread::sleep(TICK);
        }
    });
}

fn tick(desk: &Desk) {
    // Somebody waits for a running job, even if their hands are still.
    if desk.jobs.any_awaited() {
        desk.practice().somebody_is_there();
    }
    desk.own().tick();
    if let Some(copy) = desk.copy() {
        copy.tick();
    }
}
