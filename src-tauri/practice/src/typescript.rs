//! The wire contract of the screens, written from the Rust types.

use crate::import::ImportReport;
use crate::practice::Progress;
use crate::status::{BackupStatus, KeychainKind, Problem, State, Status};
use crate::surface::{refusals, surface};
use crate::take_back::{NotTakenBack, TakenBack};
use keepwell_identity::{Advice, SessionView};
use keepwell_kernel::{Purpose, Role};
use keepwell_log::door::Declarations;
use keepwell_log::entry::Outcome;
use keepwell_log::verify::Verification;
use std::fmt::Write as _;
use ts_rs::{Config, TS};

const HEAD: &str = "\
// Made from the Rust types; a test fails when this file differs from them. Do not edit it by hand.

/** YYYY-MM-DD */
export type CivilDate = string;
/** RFC 3339 with the offset in force */
export type Instant = string;
";

const SHELL: &str = "
/** Answered by the window's shell itself: they touch no record, so they leave no entry. */
export type ShellCalls = {
  \"shell.status\": { input: Record<string, never>; output: ShellStatus };
  \"shell.time_zones\": { input: Record<string, never>; output: { zones: string[]; here: string } };
  \"shell.passphrase_advice\": { input: { passphrase: string; hints: string[] }; output: Advice };
  \"shell.choose_import\": { input: Record<string, never>; output: { file: string; name: string; bytes: number } | null };
  \"shell.run_import\": { input: { file: string }; output: ImportReport };
  \"shell.choose_folder\": { input: Record<string, never>; output: { folder: string; name: string } | null };
  \"shell.export_log\": { input: { folder: string; query: ExportLog; passphrase: string | null }; output: { entries: number; redacted: number; log_size: number; name: string } };
  \"shell.back_up\": { input: { folder: string; associate?: string | null }; output: { folder: string; name: string; bytes: number; rows: number; log_size: number } };
  \"shell.plan_backups\": { input: { folder: string | null; every: BackupEvery; associate?: string | null; custodian?: string | null }; output: null };
  \"shell.prove_backup\": { input: { folder: string }; output: { backup: string; ok: boolean; code: RefusalCode | null; entries: number; rows: number; took_ms: number } };
  \"shell.look_at_backup\": { input: { folder: string }; output: { made_at: Instant; version: string; log_size: number; bytes: number } };
  \"shell.restore\": { input: { folder: string; recovery_key: string }; output: { rows: number; entries: number; seconds: number } };
  \"shell.opened_backup\": { input: Record<string, never>; output: { folder: string; name: string } | null };
  \"shell.open_copy\": { input: { folder: string; recovery_key: string }; output: { made_at: Instant; rows: number; entries: number; seconds: number } };
  \"shell.close_copy\": { input: Record<string, never>; output: null };
  \"shell.plan_downtime\": { input: { folder: string | null; every: BackupEvery; passphrase: string | null }; output: null };
  \"shell.write_downtime\": { input: { folder: string }; output: { name: string; patients: number } };
  \"shell.choose_records\": { input: Record<string, never>; output: { file: string; name: string; bytes: number } | null };
  \"shell.take_back\": { input: { file: string; passphrase: string | null }; output: TakenBack };
  \"shell.save_accounting_letter\": { input: { folder: string; accounting: string }; output: { name: string; sha256: string } };
  \"shell.save_decision_letter\": { input: { folder: string; kind: DecisionLetterKind; request: string }; output: { name: string; sha256: string } };
  \"shell.save_monthly_seal\": { input: { folder: string }; output: { name: string; log_size: number } };
  \"shell.export_records\": { input: { folder: string; patient: string; details: DisclosureDetails; passphrase: string | null }; output: { name: string; sha256: string; bytes: number } };
  \"shell.save_log_report\": { input: { folder: string; query: AskLogReport }; output: { pdf: string; csv: string; sha256: string; entries: number } };
  \"shell.support_text\": { input: Record<string, never>; output: { text: string } };
  \"shell.save_support_text\": { input: { folder: string; text: string }; output: { name: string } };
  \"shell.save_agreement\": { input: { folder: string; associate: string }; output: { name: string; sha256: string } };
  \"shell.keep_look\": { input: { theme: \"system\" | \"light\" | \"dark\" | \"contrast\"; density: \"comfortable\" | \"compact\"; language: \"en-US\" | \"es-US\" }; output: null };
  \"shell.save_day_sheet\": { input: { folder: string; date: string; kind: \"desk\" | \"practitioner\"; resource: string | null }; output: { name: string; sha256: string; visits: number } };
  \"shell.save_downtime_paper\": { input: { folder: string; date: string; forms: number }; output: { name: string; sha256: string; visits: number } };
  \"shell.save_reminders\": { input: { folder: string; date: string; kind: \"list\" | \"letters\" }; output: { name: string; sha256: string; people: number; left_out: number } };
  \"shell.save_calendar\": { input: { folder: string; resource: string; from: string; until: string; reason: string }; output: { name: string; sha256: string; events: number } };
  \"shell.deidentify\": { input: { folder: string; k: number; epsilon: number | null }; output: { name: string; rows: number; report: unknown } };
  \"shell.decommission\": { input: { folder: string; practice_name: string; custodian: string; media: { manufacturer: string; model: string; serial: string; property_number: string; kind: string; source: string } }; output: { backup: string; certificate: string | null; log_size: number } };
  \"shell.reseal\": { input: Record<string, never>; output: { values: number } };
  \"shell.export_population\": { input: { folder: string; details: DisclosureDetails; passphrase: string | null }; output: { name: string | null; parts: number; patients: number; bytes: number } };
  \"shell.verify_log\": { input: Record<string, never>; output: Verification };
  \"shell.cancel\": { input: { job: string }; output: null };
  \"shell.print\": { input: Record<string, never>; output: null };
};
export type Failure =
  | { kind: \"refused\"; code: RefusalCode; field: string | null; remedy: string }
  | { kind: \"denied\" } | { kind: \"locked\" } | { kind: \"signed_out\" }
  | { kind: \"fault\"; reference: string };
";

/// Returns the TypeScript declarations of every operation, every type they carry, and every refusal.
#[must_use]
pub fn typescript() -> String {
    let mut types = Declarations::new();
    let mut operations = String::new();
    for entry in surface() {
        let (input, output) = entry.declare(&mut types);
        line(&mut operations, &format!("  \"{}\": {{ input: {input}; output: {output} }};", entry.name));
    }
    own_types(&mut types);
    let mut text = HEAD.to_owned();
    types.values().for_each(|declaration| line(&mut text, &format!("export {}", tidy(declaration))));
    line(&mut text, "\nexport type Operations = {");
    text.push_str(&operations);
    line(&mut text, "};");
    text.push_str(SHELL);
    line(&mut text, "export type RefusalCode =");
    let mut codes: Vec<&str> = refusals().iter().map(|code| code.code).chain(SHELL_CODES).collect();
    codes.sort_unstable();
    codes.iter().for_each(|code| line(&mut text, &format!("  | \"{code}\"")));
    text.truncate(text.trim_end().len());
    line(&mut text, ";");
    text
}

/// What the window's shell refuses by itself.
const SHELL_CODES: [&str; 14] = [
    "shell.backup_stopped",
    "shell.check_stopped",
    "shell.copy_not_open",
    "shell.copy_somebody_is_here",
    "shell.copy_stopped",
    "shell.deidentify_stopped",
    "shell.downtime_stopped",
    "shell.ending_stopped",
    "shell.export_stopped",
    "shell.file_not_chosen",
    "shell.folder_not_chosen",
    "shell.proof_stopped",
    "shell.resealing_stopped",
    "shell.restore_stopped",
];

fn line(text: &mut String, line: &str) {
    // Writing into a String cannot fail; the trait only says that other writers can.
    let _ = writeln!(text, "{line}");
}

/// Puts each short comment on one line and leaves no spaces at the ends of lines.
fn tidy(declaration: &str) -> String {
    let lines: Vec<&str> = declaration.lines().map(str::trim_end).collect();
    let joined = lines.join("\n");
    let mut tidy = String::new();
    let mut rest = joined.as_str();
    while let Some((before, after)) = rest.split_once("/**\n") {
        let Some((comment, behind)) = after.split_once("*/") else { break };
        let words: Vec<&str> = comment.lines().map(|line| line.trim().trim_start_matches('*').trim()).collect();
        tidy.push_str(before);
        tidy.push_str(&format!("/** {} */", words.join(" ").trim()));
        rest = behind;
    }
    tidy.push_str(rest);
    tidy
}

/// Declares the types that no operation carries.
fn own_types(types: &mut Declarations) {
    fn declare<T: TS>(config: &Config, types: &mut Declarations) {
        types.entry(T::ident(config)).or_insert_with(|| T::decl(config));
    }
    let config = Config::new().with_large_int("number");
    declare::<Purpose>(&config, types);
    declare::<Role>(&config, types);
    declare::<Outcome>(&config, types);
    declare::<SessionView>(&config, types);
    declare::<Verification>(&config, types);
    declare::<Advice>(&config, types);
    declare::<KeychainKind>(&config, types);
    declare::<Problem>(&config, types);
    declare::<State>(&config, types);
    declare::<Status>(&config, types);
    declare::<BackupStatus>(&config, types);
    declare::<Progress>(&config, types);
    declare::<ImportReport>(&config, types);
    declare::<NotTakenBack>(&config, types);
    declare::<TakenBack>(&config, types);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Leaves comments and texts out.
    fn bare(text: &str) -> String {
        let mut bare = String::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (begin, end) = match first {
                '/' if rest.starts_with("/*") => (2, "*/"),
                '/' if rest.starts_with("//") => (2, "\n"),
                '"' => (1, "\""),
                _ => {
                    bare.push(first);
                    rest = &rest[first.len_utf8()..];
                    continue;
                }
            };
            rest = rest[begin..].split_once(end).map_or("", |(_, rest)| rest);
        }
        bare
    }

    #[test]
    fn a_name_means_one_type() {
        let mut seen: BTreeMap<String, (String, &str)> = BTreeMap::new();
        for entry in surface() {
            let mut types = Declarations::new();
            entry.declare(&mut types);
            for (name, declaration) in types {
                let declaration: String = bare(&declaration).split_whitespace().collect();
                let before = seen.entry(name.clone()).or_insert_with(|| (declaration.clone(), entry.name));
                assert_eq!(before.0, declaration, "{name} of {} and of {} differ", before.1, entry.name);
            }
        }
    }

    #[test]
    fn every_operation_and_every_code_is_declared() {
        let text = typescript();
        for entry in surface() {
            assert!(text.contains(&format!("\"{}\": {{ input: ", entry.name)), "{}", entry.name);
        }
        for code in refusals() {
            assert!(text.contains(&format!("| \"{}\"", code.code)), "{}", code.code);
        }
        assert!(!text.contains("bigint"), "a number of the wire is a number");
    }

    #[test]
    fn every_type_that_is_named_is_declared() {
        let text = bare(&typescript());
        let declared: BTreeSet<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("export type "))
            .filter_map(|rest| rest.split([' ', '=']).next())
            .chain(["Array", "Record"])
            .collect();
        let words = text.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_');
        let missing: BTreeSet<&str> = words
            .filter(|word| word.starts_with(|first: char| first.is_ascii_uppercase()) && !declared.contains(word))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
