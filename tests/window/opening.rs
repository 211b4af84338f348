//! The first start: the window opens by itself on the wizard that creates a practice.

use crate::window::{Start, Trouble, journey};

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
    let look = r#"{"theme":"dark","density":"compact","language":"es-US"}"#;
    std::fs::write(kept.path().join("look.json"), look).expect("the look is written");
    let key = kept.path().join("key");
    journey("look", &Start { practice: Some((kept.path(), &key)), ..Start::default() }, async |window| {
        window.find("setup-begin").await?;
        let shown =
            window.script("const root = document.documentElement; return [root.lang, root.dataset.theme]").await?;
        if shown != serde_json::json!(["es-US", "dark"]) {
            return Err(Trouble(format!("the window forgot how it looked: {shown}")));
        }
        Ok(())
    });
}
