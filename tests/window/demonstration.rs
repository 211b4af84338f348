//! The demonstration: it opens by itself on made-up patients, and says on every screen what it is.

use crate::window::{Start, journey};

#[test]
fn the_demonstration_opens_on_made_up_patients() {
    journey("demonstration", &Start { demonstration: true, ..Start::default() }, async |window| {
        window.find("demonstration").await?;
        window.click("nav-patients").await?;
        window.fill("patient-search", "ma").await?;
        window.find("search-row").await?;
        window.screen("demonstration-search").await?;
        window.type_keys(thirtyfour::Key::Enter).await?;
        window.find("chart-banner").await?;
        window.screen("demonstration-chart").await?;
        window.click("chart-correct").await?;
        window.find("registration-form").await?;
        window.screen("demonstration-correct").await?;
        window.click("nav-log").await?;
        window.find("log-row").await?;
        window.screen("demonstration-log").await
    });
}
