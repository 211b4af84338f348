//! The theatres in the real window: an operation is planned, placed, staffed, cancelled and planned again; what has ended of its
//! equipment is waived, and it is followed to its end; then the figures, and the checks ahead.

use crate::calendar::go_to;
use crate::window::{Start, Walked, Window, journey};

const MAT: &str = "Warming mat 7";

#[test]
fn an_operation_is_planned_placed_staffed_and_followed() {
    journey("theatre", &Start { demonstration: true, ..Start::default() }, async |window| {
        window.find("day-grid").await?;
        window.find("reserved").await?;
        keep_a_mat_past_its_calibration(window).await?;
        window.click("nav-day").await?;
        window.click("mode-theatre").await?;
        window.find("reservation").await?;
        window.find("unplaced-case").await?;
        window.screen("theatre").await?;
        go_to(window, "t+3w").await?;
        window.gone("reservation").await?;
        plan_and_place(window).await?;
        staff(window).await?;
        cancel_and_plan_again(window).await?;
        waive_the_calibration(window).await?;
        follow(window).await?;
        window.click("mode-day").await?;
        window.find("reserved").await?;
        window.screen("day-reserved").await?;
        look_at_the_numbers(window).await
    });
}

async fn keep_a_mat_past_its_calibration(window: &Window) -> Walked {
    window.click("nav-hours").await?;
    window.click("resource-new").await?;
    window.click("resource-kind-equipment").await?;
    window.fill("resource-name", MAT).await?;
    window.click("can-add").await?;
    window.fill("can-0-name", "Calibration").await?;
    window.fill("can-0-until", "01/15/2024").await?;
    window.screen("set-up-lapsed").await?;
    window.click("form-save").await?;
    window.gone("resource-form").await
}

async fn plan_and_place(window: &Window) -> Walked {
    window.click("day-new").await?;
    window.find("case-flyout").await?;
    window.fill("case-pick", "ma").await?;
    window.click("picker-row").await?;
    window.find("case-patient").await?;
    window.screen("case").await?;
    window.click("form-save").await?;
    window.find("place-flyout").await?;
    window.find("place-free").await?;
    window.screen("case-place").await?;
    window.click("place-save").await?;
    window.gone("place-flyout").await?;
    window.find("reservation").await.map(drop)
}

/// Something from the stock goes along.
async fn staff(window: &Window) -> Walked {
    let held = window.find("reservation").await?;
    window.press(&held).await?;
    window.find("reservation-flyout").await?;
    window.click("allocate").await?;
    window.click("allocate-what").await?;
    window.click("option-item").await?;
    window.fill("allocate-name", "Suture 3-0").await?;
    window.click("allocate-save").await?;
    window.shows("allocations", "Suture 3-0").await
}

/// What went along goes along again.
async fn cancel_and_plan_again(window: &Window) -> Walked {
    window.click("cancel-case").await?;
    window.click("cancel-case-patient_asked").await?;
    window.gone("reservation").await?;
    // What was done before can be undone as well; the keys take back the last.
    window.control('z').await?;
    window.find("reservation-flyout").await?;
    window.shows("allocations", "Suture 3-0").await?;
    window.screen("reservation-again").await
}

/// It is asked for twice: whoever takes the mat says why, and whoever brings the patient in answers for it.
async fn waive_the_calibration(window: &Window) -> Walked {
    window.click("allocate").await?;
    window.choose("allocate-what", MAT).await?;
    window.click("allocate-save").await?;
    window.fill("override-reason", "The other one is being mended").await?;
    window.click("allocate-save").await?;
    window.shows("allocations", MAT).await?;
    window.shows("lapses", "Calibration").await?;
    window.click("waive-lapse").await?;
    window.fill("waive-reason", "Checked against a thermometer this morning").await?;
    window.screen("reservation-waive").await?;
    window.click("waive-save").await?;
    window.shows("lapses", "Checked against a thermometer").await
}

async fn follow(window: &Window) -> Walked {
    for step in ["set_up", "patient_in", "begun", "ended", "patient_out"] {
        window.click(&format!("step-{step}")).await?;
        window.gone(&format!("step-{step}")).await?;
    }
    window.screen("reservation").await?;
    window.click("step-turned_over").await?;
    window.gone("step-turned_over").await
}

async fn look_at_the_numbers(window: &Window) -> Walked {
    window.click("nav-figures").await?;
    window.find("figures-use").await?;
    window.screen("figures").await?;
    window.click("nav-checks").await?;
    window.find("check-row").await?;
    window.screen("checks").await
}
