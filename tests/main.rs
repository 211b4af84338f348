//! The tests that cross features: what every operation owes, journeys by role through the one door, files written by
//! earlier versions, and the tidiness of the source.
//!
//! With `KEEPWELL_ACCEPT=1` the committed snapshots are written anew; a reviewer then sees what became wider.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test may stop at a surprise"
)]

mod scene;

mod surface {
    mod names;
    mod settings;
    mod snapshots;
    mod the_loop;
}

mod journeys {
    mod administration;
    mod audit;
    pub mod backups;
    mod booking_refusals;
    mod by_role;
    mod coming_in;
    mod decommission;
    mod downtime;
    mod emergency;
    mod keys;
    mod kill;
    pub mod ledger;
    mod looks;
    mod model_log;
    mod model_roles;
    mod no_trace;
    mod operations_along;
    mod paper_calendar;
    pub mod population;
    mod received;
    pub mod records;
    mod recovery;
    pub mod requests;
    mod retention;
    pub mod scheduling;
    pub mod taking_back;
    mod tamper;
    pub mod theatre;
    mod trouble;
    mod visits_along;
    mod zones;
}

mod format {
    mod golden;
}

mod tidy {
    mod architecture;
    mod layers;
    mod source;
}
