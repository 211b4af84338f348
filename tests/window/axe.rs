//! The axe-core rules in the window: WCAG rules that a program can check, on the screen as it was painted.

use crate::window::{Trouble, Walked, Window};
use serde_json::Value;
use std::path::PathBuf;

/// The rules of WCAG 2.2 AA. Findings below "serious" are read by people, not by a gate.
const ALL: &str = r#"["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]"#;
/// Those of them that another look can break: it changes colours and nothing else.
const OF_COLOURS: &str = r#"{ type: "rule", values: ["color-contrast", "link-in-text-block"] }"#;
const RUN: &str = r#"
    const done = arguments[arguments.length - 1];
    axe.run(document, { runOnly: RULES, resultTypes: ["violations"] })
      .then((result) => done(result.violations.map((one) => ({
        rule: one.id, impact: one.impact, help: one.help,
        where: one.nodes.slice(0, 5).map((node) => node.target.join(" ") + ": " + node.failureSummary),
      }))))
      .catch((error) => done([{ rule: "axe", impact: "critical", help: String(error), where: [] }]));
"#;

fn source() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("ui/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).expect("axe-core is installed with the screens' packages")
}

/// Fails when axe finds anything serious or critical on the screen as it is now, or on one of which all but its colours was
/// checked already.
pub async fn check(window: &Window, screen: &str, colours_alone: bool) -> Walked {
    if window.script("return typeof window.axe").await? != "object" {
        // A script of the driver is not under the page's policy, so this needs no exception there.
        let define = format!("{}; window.axe = axe; return true", source());
        window.script(&define).await?;
    }
    let found = window.script_async(&RUN.replace("RULES", if colours_alone { OF_COLOURS } else { ALL })).await?;
    let serious = |one: &&Value| matches!(one["impact"].as_str(), Some("serious" | "critical"));
    let serious: Vec<&Value> = found.as_array().into_iter().flatten().filter(serious).collect();
    if serious.is_empty() {
        return Ok(());
    }
    let told = serde_json::to_string_pretty(&serious).unwrap_or_default();
    Err(Trouble(format!("axe on {screen}: {told}")))
}
