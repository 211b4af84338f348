//! The theatres in the real window: an operation is planned, placed, staffed and followed to its end; then the figures, and the
//! checks ahead.

use crate::calendar::go_to;
use crate::window::{Start, Walked, Window, journey};

#[test]
fn an_operation_is_planned_placed_staffed_and_followed() {
    journey("theatre", &Start { demonstration: true, ..Start::default() }, async |window| {
        window.find("day-grid").await?;
        window.find("reserved").await?;
        window.click("mode-theatre").await?;
        window.find("reservation").await?;
        window.find("unplaced-case").await?;
        window.screen("theatre").await?;
        go_to(window, "t+3w").await?;
        window.gone("reservation").await?;
        plan_and_place(window).await?;
        staff(window).await?;
        follow(window).await?;
        window.click("mode-day").await?;
        window.find("reserved").await?;
        window.screen("day-reserved").await?;
        look_at_the_numbers(window).await
    });
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
