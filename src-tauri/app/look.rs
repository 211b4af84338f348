//! How the window looks: theme, density, language. The private web view keeps nothing, so that lies in a file of its own beside
//! the store. It names nobody, and whoever signs in reads the first screen in the language they chose.

use crate::desk::Desk;
use crate::door::fault;
use keepwell_kernel::Failure;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Theme {
    #[default]
    System,
    Light,
    Dark,
    Contrast,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Density {
    #[default]
    Comfortable,
    Compact,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Language {
    #[default]
    #[serde(rename = "en-US")]
    English,
    #[serde(rename = "es-US")]
    Spanish,
}

/// What was chosen on this computer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Look {
    theme: Theme,
    density: Density,
    language: Language,
}

impl Look {
    /// Reads what was chosen. Where nothing was, or the file is not ours, the window looks as it does at first: nothing
    /// of the practice depends on it.
    pub(crate) fn read(path: &Path) -> Self {
        std::fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    fn keep(self, path: &Path) -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, serde_json::to_vec(&self)?)
    }

    /// Tells the page before its first line runs, so that nobody sees another look first. It is made of the words above and
    /// of nothing that somebody typed.
    pub(crate) fn script(self) -> Result<String, serde_json::Error> {
        Ok(format!(
            "Object.defineProperty(window, 'keepwellLook', {{ value: Object.freeze({}) }});",
            serde_json::to_string(&self)?
        ))
    }
}

/// Keeps what somebody chose.
pub(crate) fn keep(desk: &Desk, input: Value) -> Result<Value, Failure> {
    let look: Look = serde_json::from_value(input).map_err(|_| fault("a look was sent without its fields"))?;
    look.keep(&desk.launch.look()).map_err(|error| fault(format!("the look was not kept: {error}")))?;
    Ok(Value::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_chosen_is_there_at_the_next_start() {
        let profile = tempfile::tempdir().unwrap();
        let path = profile.path().join("new/look.json");
        assert_eq!(Look::read(&path), Look::default());
        let chosen = json!({ "theme": "dark", "density": "compact", "language": "es-US" });
        let look: Look = serde_json::from_value(chosen.clone()).unwrap();
        look.keep(&path).unwrap();
        assert_eq!(Look::read(&path), look);
        let script = look.script().unwrap();
        assert!(script.contains(&chosen["language"].to_string()) && script.contains("\"dark\""), "{script}");
    }

    #[test]
    fn what_is_not_ours_changes_nothing_and_reaches_no_script() {
        let profile = tempfile::tempdir().unwrap();
        let path = profile.path().join("look.json");
        for text in [
            "",
            "{}",
            "{\"theme\":\"</script>\"}",
            "[1]",
            "{\"theme\":\"dark\",\"density\":\"compact\",\"language\":\"fr\"}",
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(Look::read(&path), Look::default(), "{text}");
        }
    }
}
