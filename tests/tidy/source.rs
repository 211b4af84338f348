//! Rules for the source that no compiler holds: lengths, names, words that hide failures, comments, machine paths.

use crate::scene::root;
use std::path::Path;

const LINES_MAX: usize = 400;
const TEST_LINES_MAX: usize = 800;
const FUNCTION_LINES_MAX: usize = 60;

/// A file of the repository.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// Says whether the file is test code as a whole.
    pub fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("/trial.rs")
    }

    /// Returns what stands before the tests at the foot.
    pub fn code(&self) -> &str {
        self.text.split("\n#[cfg(test)]\nmod tests {").next().unwrap()
    }
}

/// Returns every Rust file.
pub fn rust() -> Vec<Source> {
    let mut found = Vec::new();
    for folder in ["src-tauri", "tests"] {
        walk(&root().join(folder), "rs", &mut found);
    }
    assert!(found.len() > 100, "the source is not where it was");
    found
}

/// Collects files with an ending, leaving out what is built or fetched.
pub fn walk(folder: &Path, ending: &str, into: &mut Vec<Source>) {
    for file in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (file.path(), file.file_name().into_string().unwrap());
        if path.is_dir() {
            if !["target", "node_modules", "dist", "gen"].contains(&name.as_str()) {
                walk(&path, ending, into);
            }
        } else if name.ends_with(&format!(".{ending}")) {
            into.push(Source { path: relative(&path), text: std::fs::read_to_string(&path).unwrap() });
        }
    }
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")
}

#[track_caller]
fn none(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn no_file_is_too_long_to_hold_in_the_head() {
    let too_long = |source: &Source| {
        let (lines, most) = if source.is_test() {
            (source.text.lines().count(), TEST_LINES_MAX)
        } else {
            (source.code().lines().count(), LINES_MAX)
        };
        (lines > most).then(|| format!("{}: {lines} lines, at most {most}", source.path))
    };
    none(rust().iter().filter_map(too_long).collect(), "files that must be split");
}

/// Returns the name and length of every function, found by the indentation that rustfmt gives.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(place) = words.iter().position(|word| *word == "fn") else { continue };
        let modifiers = ["pub", "const", "async", "pub(crate)", "pub(super)", "extern"];
        if !words[..place].iter().all(|word| modifiers.contains(word)) {
            continue;
        }
        let end = format!("{}}}", " ".repeat(indent));
        let length = lines[at..]
            .iter()
            .position(|line| *line == end || (line.ends_with(';') && line.len() - line.trim_start().len() == indent));
        let name = words.get(place + 1).map_or("", |name| name.split(['(', '<']).next().unwrap());
        found.push((name.to_owned(), length.map_or(0, |length| length + 1)));
    }
    found
}

#[test]
fn no_function_is_too_long_to_hold_in_the_head() {
    let mut too_long = Vec::new();
    for source in rust() {
        for (name, length) in functions(if source.is_test() { &source.text } else { source.code() }) {
            if length > FUNCTION_LINES_MAX {
                too_long.push(format!("{}: {name} has {length} lines, at most {FUNCTION_LINES_MAX}", source.path));
            }
        }
    }
    none(too_long, "functions that must be split");
}

#[test]
fn the_measure_of_functions_can_find_one() {
    let text =
        format!("impl A {{\n    pub fn long(\n        self,\n    ) {{\n{}    }}\n}}\n", "        a();\n".repeat(70));
    assert_eq!(functions(&text), [("long".to_owned(), 74)]);
}

/// Only where a failure cannot matter to a patient: the shell around the work, the errands, the terminal's last words.
fn may_let_go(path: &str) -> bool {
    ["src-tauri/app/", "src-tauri/xtask/", "src-tauri/cli/"].iter().any(|folder| path.starts_with(folder))
}

#[test]
fn no_failure_is_hidden() {
    let mut found = Vec::new();
    for source in rust().iter().filter(|source| !source.is_test()) {
        let lines: Vec<&str> = source.code().lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let hidden = [".ok().unwrap_or_default()", ".ok().unwrap_or("].iter().any(|words| line.contains(words));
            let let_go = line.trim() == ".ok();" || (line.contains(".ok();") && !line.contains('='));
            // What is let go knowingly has its reason on the line above.
            let explained = at > 0 && lines[at - 1].trim_start().starts_with("//");
            let ignored = line.contains("let _ =") && !may_let_go(&source.path) && !explained;
            if hidden || let_go || ignored {
                found.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    none(found, "a Result that nobody looks at");
}

#[test]
fn names_are_the_fields_own() {
    let mut found = Vec::new();
    for source in rust() {
        let file = source.path.rsplit('/').next().unwrap();
        if ["utils.rs", "util.rs", "helpers.rs", "commands.rs", "types.rs", "common.rs"].contains(&file)
            || (file == "mod.rs" && !source.is_test())
        {
            found.push(source.path.clone());
        }
        for line in source.text.lines() {
            let mut words = line.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
            let declares = words.any(|word| ["struct", "enum", "trait", "type"].contains(&word));
            let name = words.next().filter(|_| declares).unwrap_or_default();
            // A service is what a practice gives: the seeds' tables `services` and `service_products`.
            let given = source.path.starts_with("src-tauri/scheduling/") && name.contains("Service");
            if !given && ["Manager", "Service", "Helper", "Util"].iter().any(|vague| name.contains(vague)) {
                found.push(format!("{}: {name}", source.path));
            }
        }
    }
    none(found, "names that say nothing");
}

#[test]
fn comments_are_sentences() {
    let mut found = Vec::new();
    for source in rust() {
        let lines: Vec<&str> = source.text.lines().map(str::trim_start).collect();
        let (mut fenced, mut paragraph) = (false, false);
        for (at, line) in lines.iter().enumerate() {
            let Some(text) = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) else {
                (fenced, paragraph) = (false, false);
                continue;
            };
            let text = text.trim();
            if text.starts_with("```") {
                fenced = !fenced;
            }
            let next = lines.get(at + 1).and_then(|next| next.strip_prefix("///").or_else(|| next.strip_prefix("//!")));
            let last = next.is_none_or(|next| next.trim().is_empty());
            let structure = text.is_empty() || text.starts_with(['#', '|', '`', '-', '<']) || fenced;
            if last && !structure && !text.ends_with(['.', ':', '?', '`', ';', ')']) {
                found.push(format!("{}:{}: {text}", source.path, at + 1));
            }
            let begins = !paragraph && !structure;
            if begins
                && text.chars().next().is_some_and(char::is_lowercase)
                && !text.starts_with(|_: char| text.contains("::"))
            {
                found.push(format!("{}:{}: {text}", source.path, at + 1));
            }
            paragraph = !last;
        }
    }
    none(found, "comments that are no sentences");
}

/// Lists the files under version control, or every file where there is no git.
fn tracked() -> Vec<String> {
    let listed = std::process::Command::new("git").arg("-C").arg(root()).args(["ls-files", "-z"]).output().unwrap();
    assert!(listed.status.success(), "git does not list the files");
    let text = String::from_utf8(listed.stdout).unwrap();
    text.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    // Put together here, so that this file does not hold them itself.
    let places: Vec<String> = ["work", "root", "tmp", "home", "Users"].iter().map(|name| format!("/{name}/")).collect();
    let mut found = Vec::new();
    for path in tracked() {
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else { continue };
        for (at, line) in text.lines().enumerate() {
            for place in &places {
                // A path of the machine begins where no longer path goes on.
                let begins = line.match_indices(place.as_str()).any(|(found, _)| {
                    !line[..found].ends_with(|sign: char| sign.is_ascii_alphanumeric() || "._-~@$})*".contains(sign))
                });
                if begins {
                    found.push(format!("{path}:{}: {place}", at + 1));
                }
            }
        }
    }
    none(found, "machine paths");
}

#[test]
fn nothing_is_left_lying_about_at_the_root() {
    let allowed = ["md", "toml", "json", "lock", ""];
    let strays: Vec<String> = tracked()
        .into_iter()
        .filter(|path| !path.contains('/') && !path.starts_with('.') && !path.starts_with("LICENSE"))
        .filter(|path| !allowed.contains(&path.rsplit_once('.').map_or("", |(_, ending)| ending)))
        .collect();
    none(strays, "files at the root that belong elsewhere");
}

/// What a download leaves in a folder goes in unnoticed with everything else, so a new kind of file is allowed here first.
#[test]
fn every_file_is_of_a_kind_that_belongs_here() {
    let kinds = [
        "rs", "tsx", "ts", "json", "toml", "md", "txt", "png", "css", "hex", "lock", "svg", "py", "ico", "icns",
        "html", "yml", "typ", "ttf", "cjs",
    ];
    let named = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let strays: Vec<String> = tracked()
        .into_iter()
        .filter(|path| {
            named(path).rsplit_once('.').is_some_and(|(name, kind)| !name.is_empty() && !kinds.contains(&kind))
        })
        .collect();
    none(strays, "files of a kind that nothing here is made of");
}
