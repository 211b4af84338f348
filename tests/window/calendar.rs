//! The day in the real window: booked, moved by mouse and by keyboard, overridden with a reason, waited for, seen through.

use crate::first_day::{a_bundle, bring_patients_in, family_name, set_up};
use crate::window::{Start, Trouble, Walked, Window, journey};
use thirtyfour::prelude::By;
use thirtyfour::{Key, WebElement};

#[test]
fn a_visit_is_booked_moved_overridden_waited_for_and_seen_through() {
    let folder = tempfile::tempdir().expect("a folder for what is printed");
    let start = Start { demonstration: true, folder: Some(folder.path()), ..Start::default() };
    journey("calendar", &start, async |window| {
        window.find("day-grid").await?;
        window.screen("day").await?;
        go_to_an_empty_day(window).await?;
        book(window, "ma").await?;
        book(window, "jo").await?;
        move_by_mouse(window).await?;
        override_by_keyboard(window).await?;
        wait_and_be_offered(window).await?;
        see_through(window).await?;
        print_for_a_day_without_power(window).await?;
        look_at_the_week(window).await
    });
    let written = std::fs::read_dir(folder.path()).expect("the folder can be read");
    let written: Vec<_> = written.map(|entry| entry.expect("it can be read").path()).collect();
    let [paper] = written.as_slice() else { panic!("one paper was saved, not {written:?}") };
    assert!(std::fs::read(paper).expect("the paper can be read").starts_with(b"%PDF-"), "{paper:?}");
}

#[test]
fn a_practice_that_has_nothing_sets_its_calendar_up_and_books() {
    let import = a_bundle();
    journey("calendar-set-up", &Start { import: Some(&import), ..Start::default() }, async |window| {
        set_up(window).await?;
        bring_patients_in(window).await?;
        set_the_first_hour_up(window).await?;
        look_at_what_is_set_up(window).await?;
        keep_a_cart(window).await?;
        window.click("nav-day").await?;
        window.find("day-grid").await?;
        go_to(window, "t+3w").await?;
        book(window, &family_name()).await
    });
}

/// One page makes a site, a practitioner, a room, hours and three services.
async fn set_the_first_hour_up(window: &Window) -> Walked {
    window.click("nav-day").await?;
    window.click("day-set-up").await?;
    window.find("first-hour").await?;
    window.fill("first-person", "Dr. Naomi Ito").await?;
    window.fill("first-license", "IL 036-1").await?;
    window.screen("first-hour").await?;
    window.click("first-save").await?;
    window.find("day-grid").await?;
    window.screen("day-first").await
}

async fn look_at_what_is_set_up(window: &Window) -> Walked {
    window.click("nav-hours").await?;
    window.find("resource-row").await?;
    window.screen("set-up-people").await?;
    window.click("tab-hours").await?;
    window.find("calendar-row").await?;
    window.screen("set-up-hours").await?;
    window.click("tab-services").await?;
    window.find("product-row").await?;
    window.screen("set-up-services").await
}

async fn keep_a_cart(window: &Window) -> Walked {
    window.click("tab-people").await?;
    window.click("resource-new").await?;
    window.find("resource-form").await?;
    window.click("resource-kind-equipment").await?;
    window.fill("resource-name", "ECG cart").await?;
    window.screen("set-up-resource").await?;
    window.click("form-save").await?;
    window.gone("resource-form").await?;
    window.shows("resource-rows", "ECG cart").await
}

/// Three weeks ahead nothing is booked in the demonstration, so that what follows is the same on every day.
async fn go_to_an_empty_day(window: &Window) -> Walked {
    go_to(window, "t+3w").await?;
    window.gone("visit").await?;
    window.screen("day-free").await
}

pub(crate) async fn go_to(window: &Window, day: &str) -> Walked {
    // The driver takes a title that may be cut short for hidden, so it is pressed without asking the driver first.
    let title = window.find("day-title").await?;
    window.press(&title).await?;
    window.fill("jump", day).await?;
    window.type_keys(Key::Enter).await?;
    window.gone("jump").await
}

async fn book(window: &Window, patient: &str) -> Walked {
    window.click("day-new").await?;
    window.find("book-flyout").await?;
    window.fill("book-pick", patient).await?;
    window.click("picker-row").await?;
    window.find("book-patient").await?;
    window.find("needs").await?;
    if patient == "ma" {
        window.screen("day-book").await?;
    }
    window.click("book").await?;
    window.gone("book-flyout").await
}

/// Returns the visits in the first column, the earliest first.
async fn visits(window: &Window) -> Walked<Vec<WebElement>> {
    let first = "const all = [...document.querySelectorAll('[data-testid=\"visit\"]')]; \
                 return all.filter((one) => one.dataset.resource === all[0].dataset.resource).length";
    let many = window.script(first).await?.as_u64().unwrap_or(0);
    let all = window.all(By::Css("[data-testid='visit']")).await?;
    Ok(all.into_iter().take(usize::try_from(many).unwrap_or(0)).collect())
}

/// Returns what a screen reader says of the first visit.
async fn said(window: &Window) -> Walked<String> {
    let said = window.script("return document.querySelector('[data-testid=\"visit\"] .kw-hidden').textContent").await?;
    Ok(said.as_str().unwrap_or_default().to_owned())
}

async fn move_by_mouse(window: &Window) -> Walked {
    let booked = visits(window).await?;
    let [first, _] = booked.as_slice() else {
        return Err(Trouble(format!("{} visits are booked, not two", booked.len())));
    };
    let before = said(window).await?;
    window.drag(first, (0, 180)).await?;
    window.find("toast-undo").await?;
    let after = said(window).await?;
    if after == before {
        return Err(Trouble(format!("the mouse moved nothing: {after}")));
    }
    window.click("toast-undo").await?;
    window.gone("toast-undo").await
}

/// The first is moved onto the second, which is refused, and then all the same, with a reason.
async fn override_by_keyboard(window: &Window) -> Walked {
    window.script("document.querySelector('[data-testid=\"visit\"]').focus()").await?;
    window.type_keys("m").await?;
    window.type_keys(Key::Down).await?;
    window.type_keys(Key::Enter).await?;
    window.find("conflict").await?;
    window.screen("day-conflict").await?;
    window.fill("override-reason", "They come together").await?;
    window.click("override").await?;
    window.gone("conflict-flyout").await
}

async fn wait_and_be_offered(window: &Window) -> Walked {
    window.click("waitlist-open").await?;
    window.click("wait-add").await?;
    window.fill("book-pick", "an").await?;
    window.click("picker-row").await?;
    window.find("wait-patient").await?;
    window.fill("wait-note", "Mornings").await?;
    window.click("form-save").await?;
    window.find("wait-row").await?;
    window.screen("waitlist").await?;
    window.click("wait-offer").await?;
    window.find("book-flyout").await?;
    window.find("held").await?;
    window.click("book").await?;
    window.gone("book-flyout").await?;
    window.shows("waitlist-open", "0").await
}

async fn see_through(window: &Window) -> Walked {
    let first = window.find("visit").await?;
    window.press(&first).await?;
    window.find("visit-flyout").await?;
    for (step, status) in [
        ("step-confirmed", "Confirmed"),
        ("step-arrived", "Arrived"),
        ("step-roomed", "In room"),
        ("step-in_care", "In care"),
        ("step-done", "Done"),
        ("step-checked_out", "Checked out"),
    ] {
        window.click(step).await?;
        window.shows("visit-status", status).await?;
    }
    window.screen("visit").await
}

async fn print_for_a_day_without_power(window: &Window) -> Walked {
    window.click("paper-open").await?;
    window.click("paper-downtime").await?;
    window.fill("paper-forms", "2").await?;
    window.screen("paper-downtime").await?;
    window.click("paper-save").await?;
    window.shows("paper-saved", "keepwell-").await?;
    window.screen("paper-saved").await?;
    window.click("paper-close").await?;
    window.gone("paper").await
}

async fn look_at_the_week(window: &Window) -> Walked {
    for mode in ["mode-week", "mode-month", "mode-list"] {
        window.click(mode).await?;
        window.screen(mode).await?;
    }
    Ok(())
}
