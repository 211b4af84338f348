//! Who may do what, and what each view holds, as committed text: a widened permission or view is a visible diff.

use crate::scene::same_as_committed;
use keepwell_kernel::{Permission, Role};
use keepwell_log::door::{Declarations, Entry};
use keepwell_practice::surface;
use std::collections::BTreeMap;
use std::fmt::Write as _;

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// Returns the purposes for which a role may call an operation, or nothing where it may not.
fn purposes(entry: &Entry, role: Role) -> Option<String> {
    let shared = entry.purposes.iter().filter(|purpose| role.purposes().contains(purpose));
    let shared: Vec<&str> = shared.map(|purpose| purpose.word()).collect();
    (role.holds(entry.permission) && !shared.is_empty()).then(|| shared.join(", "))
}

#[test]
fn the_role_matrix_is_the_committed_one() {
    let mut text = String::from("Who may call each operation, and for which purposes.\n");
    for entry in surface() {
        writeln!(text, "\n{} ({}, {})", entry.name, word(&entry.kind), word(&entry.permission)).unwrap();
        if entry.permission == Permission::Anyone {
            let all: Vec<&str> = entry.purposes.iter().map(|purpose| purpose.word()).collect();
            writeln!(text, "  anyone: {}", all.join(", ")).unwrap();
            continue;
        }
        for role in Role::ALL {
            if let Some(purposes) = purposes(&entry, role) {
                writeln!(text, "  {}: {purposes}", role.word()).unwrap();
            }
        }
    }
    text.push_str("\nThe compartments whose keys each role holds.\n\n");
    for role in Role::ALL {
        let held: Vec<String> = role.compartments().iter().map(word).collect();
        writeln!(text, "{}: {}", role.word(), held.join(", ")).unwrap();
    }
    same_as_committed("tests/surface/roles.txt", &text);
}

#[test]
fn an_operation_that_a_role_may_call_has_a_purpose_that_the_role_may_act_under() {
    for entry in surface().iter().filter(|entry| entry.permission != Permission::Anyone) {
        for role in Role::ALL.into_iter().filter(|role| role.holds(entry.permission)) {
            assert!(purposes(entry, role).is_some(), "{} may never call {}", role.word(), entry.name);
        }
    }
}

/// Leaves the comments out of a declaration.
fn without_comments(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// Splits the fields of a declaration, one a line.
fn fields(declaration: &str) -> String {
    let bare = without_comments(declaration).split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut depth, mut lines) = (0i32, String::new());
    for sign in bare.chars() {
        depth += i32::from(matches!(sign, '{' | '<' | '(' | '[')) - i32::from(matches!(sign, '}' | '>' | ')' | ']'));
        lines.push(sign);
        if (sign == '{' || sign == ',') && depth == 1 {
            lines.push_str("\n   ");
        }
    }
    lines
}

fn words(declaration: &str) -> impl Iterator<Item = &str> {
    declaration.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_')
}

#[test]
fn the_views_are_the_committed_ones() {
    let mut text = String::from("What each operation answers, and the fields of every view.\n\n");
    let mut views = BTreeMap::new();
    for entry in surface() {
        let mut types = Declarations::new();
        let (_, output) = entry.declare(&mut types);
        writeln!(text, "{}: {output}", entry.name).unwrap();
        let mut waiting: Vec<String> = words(&output).map(str::to_owned).collect();
        while let Some(name) = waiting.pop() {
            if let Some(declaration) = types.get(&name).filter(|_| !views.contains_key(&name)) {
                let bare = without_comments(declaration);
                waiting.extend(words(&bare).map(str::to_owned));
                views.insert(name, fields(declaration));
            }
        }
    }
    views.values().for_each(|view| write!(text, "\n{view}\n").unwrap());
    same_as_committed("tests/surface/views.txt", &text);
}

#[test]
fn the_screens_types_are_the_committed_ones() {
    same_as_committed("ui/src/bridge/generated.ts", &keepwell_practice::typescript());
}
