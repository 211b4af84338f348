//! The first start: the window opens by itself on the wizard that creates a practice.

use crate::first_day::set_up;
use crate::window::{Start, Trouble, Walked, Window, journey};

#[test]
fn the_window_opens_on_the_wizard() {
    journey("opening", &Start::default(), async |window| {
        window.find("setup-begin").await?;
        window.screen("setup-welcome").await?;
        // The screens can reach the one door and nothing else of the shell.
        let refused = window
            .script_async(
                "const done = arguments[arguments.length - 1];
                 window.__TAURI_INTERNALS__.invoke('plugin:window|set_title', { label: 'main', value: 'x' })
                   .then(() => done('allowed'), (error) => done('refused'));",
            )
            .await?;
        if refused != "refused" {
            return Err(Trouble("the window may call more than the door".to_owned()));
        }
        Ok(())
    });
}

#[test]
fn the_window_looks_as_it_did_last_from_its_first_moment() {
    let kept = tempfile::tempdir().expect("a temporary folder");
    let key = kept.path().join("key");
    let start = Start { practice: Some((kept.path(), &key)), ..Start::default() };
    journey("look-chosen", &start, async |window| {
        set_up(window).await?;
        window.click("nav-settings").await?;
        window.find("theme").await?;
        window.screen("settings").await?;
        window.click("theme-dark").await?;
        window.click("density-compact").await?;
        window.click("language-es-US").await?;
        window.find("nav-day").await?;
        shows_the_look(window).await
    });
    journey("look-kept", &start, async |window| {
        window.find("sign-in-user").await?;
        shows_the_look(window).await
    });
}

async fn shows_the_look(window: &Window) -> Walked {
    let look = "const { lang, dataset } = document.documentElement; return [lang, dataset.theme, dataset.density]";
    let shown = window.script(look).await?;
    if shown == serde_json::json!(["es-US", "dark", "compact"]) {
        return Ok(());
    }
    Err(Trouble(format!("the window does not look as it was chosen: {shown}")))
}
