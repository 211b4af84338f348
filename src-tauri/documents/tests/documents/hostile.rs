//! Values that would be markup, that no font has, or that no page holds: printed as text, never obeyed, never fatal.

use crate::reading::{check_structure, letters, text};
use crate::samples;
use keepwell_documents::{
    AccountingLetter, AuditReport, CallList, CertificateOfDestruction, DaySheet, DecisionKind, DecisionLetter,
    DowntimePaper, MonthlySeal, PatientRecord, ReminderLetters, accounting_letter, audit_report, call_list,
    certificate_of_destruction, day_sheet, decision_letter, downtime_paper, monthly_seal, patient_record,
    reminder_letters,
};

/// What each must print as it stands, and what else must not stop it.
const MARKUP: [&str; 7] = [
    "#import \"/etc/passwd\": *",
    "] #panic() [",
    "$ x^2 $ *not bold* _not slanted_ `raw`",
    "\n#panic()\n= Heading\n- item",
    "#read(\"values.json\") \\ #eval(\"1+1\") <label> @reference",
    "// comment /* comment */ https://example.org ~ -- --- ... \u{5c}u{41}",
    "{\"a\": [1, 2]} <script>alert(1)</script> %PDF-1.7 (\\) >> endobj",
];

const LETTERS: [&str; 6] = [
    "שלום 123 عالم abc",
    "\u{202E}gnp.exe\u{202C} \u{2066}x\u{2069}",
    "王小明 🙂👩‍⚕️ \u{E000}\u{F8FF} \u{FFFC}\u{FFFD}\u{10FFFF}",
    "a\u{300}\u{301}\u{1DC0} \u{301} \u{5B0}\u{64B} x\u{200D}y\u{200C}z\u{34F}\u{AD}",
    "\u{0}\u{1}\u{7F}\u{85}\u{FEFF}\u{FFFE} tab\there",
    "",
];

fn put(everywhere: &str) -> (MonthlySeal, AccountingLetter, AuditReport, PatientRecord, CertificateOfDestruction) {
    let text = || everywhere.to_owned();
    let mut seal = samples::seal();
    for field in [
        &mut seal.practice,
        &mut seal.vault,
        &mut seal.month,
        &mut seal.log_size,
        &mut seal.root,
        &mut seal.state_digest,
        &mut seal.checkpoint,
        &mut seal.public_key,
    ] {
        *field = text();
    }
    (seal, letter(&text), report(&text), record(&text), certificate(&text))
}

fn letter(text: &dyn Fn() -> String) -> AccountingLetter {
    let mut letter = AccountingLetter { fee: Some(text()), ..samples::letter(2) };
    for field in [
        &mut letter.practice,
        &mut letter.practice_phone,
        &mut letter.privacy_officer,
        &mut letter.patient,
        &mut letter.birth_date,
        &mut letter.record_number,
        &mut letter.date,
        &mut letter.request_received,
        &mut letter.period_from,
        &mut letter.period_to,
    ] {
        *field = text();
    }
    letter.practice_address = vec![text(), text()];
    letter.patient_address = vec![text()];
    let one = &mut letter.disclosures[1];
    for field in [
        &mut one.date,
        &mut one.recipient,
        &mut one.recipient_address,
        &mut one.what,
        &mut one.purpose,
        &mut one.legal_basis,
    ] {
        *field = text();
    }
    one.times = Some(keepwell_documents::Repeated { count: text(), last: text() });
    letter
}

fn report(text: &dyn Fn() -> String) -> AuditReport {
    let mut report = samples::report(3);
    for field in [
        &mut report.practice,
        &mut report.title,
        &mut report.period,
        &mut report.filter,
        &mut report.generated,
        &mut report.log_size,
        &mut report.root,
    ] {
        *field = text();
    }
    let row = &mut report.rows[1];
    for field in [
        &mut row.sequence,
        &mut row.when,
        &mut row.who,
        &mut row.role,
        &mut row.operation,
        &mut row.purpose,
        &mut row.patients,
        &mut row.outcome,
        &mut row.reason,
    ] {
        *field = text();
    }
    report
}

fn record(text: &dyn Fn() -> String) -> PatientRecord {
    let mut record = samples::record();
    for field in [&mut record.practice, &mut record.patient, &mut record.birth_date, &mut record.record_number] {
        *field = text();
    }
    let section = &mut record.sections[2];
    section.title = text();
    section.rows = vec![(text(), text())];
    section.note = Some(text());
    section.table =
        Some(keepwell_documents::RecordTable { head: vec![text(), text()], rows: vec![vec![text(), text()]] });
    let file = &mut record.attachments[0];
    for field in [&mut file.name, &mut file.kind, &mut file.bytes, &mut file.sha256] {
        *field = text();
    }
    record
}

fn certificate(text: &dyn Fn() -> String) -> CertificateOfDestruction {
    let mut certificate = samples::certificate();
    let (media, done) = (&mut certificate.media, &mut certificate.sanitization);
    let person = &mut certificate.performed_by;
    for field in [
        &mut certificate.practice,
        &mut certificate.vault,
        &mut certificate.log_size,
        &mut certificate.root,
        &mut certificate.final_backup,
        &mut media.manufacturer,
        &mut media.model,
        &mut media.serial,
        &mut media.property_number,
        &mut media.kind,
        &mut media.source,
        &mut done.description,
        &mut done.method,
        &mut done.tool,
        &mut done.verification,
        &mut done.sample,
        &mut done.classification_after,
        &mut done.destination,
        &mut person.name,
        &mut person.title,
        &mut person.date,
        &mut person.place,
        &mut person.phone,
    ] {
        *field = text();
    }
    certificate
}

fn decision(text: &dyn Fn() -> String) -> DecisionLetter {
    let mut letter = samples::decision(DecisionKind::AccessDenied);
    for field in [
        &mut letter.practice,
        &mut letter.practice_phone,
        &mut letter.privacy_officer,
        &mut letter.patient,
        &mut letter.birth_date,
        &mut letter.record_number,
        &mut letter.addressee,
        &mut letter.date,
        &mut letter.request_received,
        &mut letter.asked,
        &mut letter.ground,
        &mut letter.legal_basis,
        &mut letter.basis,
    ] {
        *field = text();
    }
    letter.practice_address = vec![text(), text()];
    letter.mail_to = vec![text()];
    letter
}

/// Makes a document of each kind with the text in every field.
#[track_caller]
fn printed(everywhere: &str) -> [Vec<u8>; 6] {
    let (seal, letter, report, record, certificate) = put(everywhere);
    let made = [
        monthly_seal(&seal),
        accounting_letter(&letter),
        audit_report(&report),
        patient_record(&record),
        certificate_of_destruction(&certificate),
        decision_letter(&decision(&|| everywhere.to_owned())),
    ];
    made.map(|pdf| pdf.unwrap_or_else(|error| panic!("{:?}: {error}", everywhere.chars().take(40).collect::<String>())))
}

#[test]
fn markup_is_printed_and_not_obeyed() {
    for markup in MARKUP {
        let bare: String = markup.split_whitespace().collect();
        for pdf in printed(markup) {
            // A value may go on over a page's foot and head; every kind has it within one page at least once.
            assert!(letters(&pdf).contains(&bare), "{markup}: {}", text(&pdf));
        }
    }
}

#[test]
fn no_letter_stops_a_document() {
    for strange in LETTERS {
        for pdf in printed(strange) {
            check_structure(&pdf);
        }
    }
    let record = patient_record(&put(LETTERS[2]).3).unwrap();
    assert!(text(&record).contains("[U+738B][U+5C0F][U+660E]"), "{}", text(&record));
}

/// Makes sure that a document is whole and on its paper. What runs off the paper is not lost to a reader of the text, so
/// the paper itself is looked at.
#[track_caller]
fn on_paper(pdf: &[u8]) {
    check_structure(pdf);
    let beyond = crate::reading::beyond_the_paper(pdf);
    assert!(beyond.is_empty(), "{beyond:#?}");
}

#[test]
fn no_word_in_any_field_runs_off_the_paper() {
    for long in ["W".repeat(600), "0123456789abcdef".repeat(40)] {
        for pdf in printed(&long) {
            on_paper(&pdf);
        }
    }
}

#[test]
fn a_word_of_ten_thousand_letters_is_printed_whole() {
    let long = "0123456789abcdef".repeat(625);
    let mut record = samples::record();
    record.sections.truncate(1);
    record.sections[0].note = Some(long.clone());
    let mut report = samples::report(3);
    report.rows[1].reason.clone_from(&long);
    for pdf in [patient_record(&record).unwrap(), audit_report(&report).unwrap()] {
        on_paper(&pdf);
        let printed = letters(&pdf);
        // On the paper a page's foot and head stand between its parts.
        assert!(printed.matches("0123456789abcdef").count() >= 600, "a part of the word is missing");
    }
    assert!(letters(&patient_record(&record).unwrap()).matches("abcdef").count() >= 620);
}

/// Letters alone, behind a letter, before one and behind a space: what the fonts have and what they lack, joined as nobody
/// would. All of what the fonts were made for, and some of the rest.
#[test]
fn letters_of_every_script_can_be_printed() {
    let near = |number: u32| number < 0x600 || (0x1E00..0x2100).contains(&number) || (0xFB00..0xFC00).contains(&number);
    let all: Vec<char> = (0..=0x10_FFFF_u32)
        .filter(|number| near(*number) || number.is_multiple_of(1999))
        .filter_map(char::from_u32)
        .collect();
    let mut record = samples::record();
    record.sections.truncate(1);
    let note = all.iter().map(|letter| format!("a{letter}א{letter} {letter}ب")).collect();
    record.sections[0].note = Some(note);
    record.sections[0].title = all.iter().step_by(40).collect();
    check_structure(&patient_record(&record).unwrap());
}

fn sheet(text: &dyn Fn() -> String) -> DaySheet {
    let mut sheet = samples::day_sheet(true, 3);
    (sheet.name, sheet.practice, sheet.date, sheet.printed) = (Some(text()), text(), text(), text());
    let row = &mut sheet.rows[1];
    for field in [
        &mut row.time,
        &mut row.patient,
        &mut row.born,
        &mut row.label,
        &mut row.with,
        &mut row.room,
        &mut row.status,
        &mut row.note,
        &mut row.reason,
    ] {
        *field = text();
    }
    sheet
}

fn calls(text: &dyn Fn() -> String) -> CallList {
    let mut list = samples::calls(3);
    (list.practice, list.date, list.printed, list.counted) = (text(), text(), text(), text());
    let row = &mut list.rows[1];
    for field in [&mut row.time, &mut row.patient, &mut row.label, &mut row.call, &mut row.status] {
        *field = text();
    }
    list
}

fn downtime(text: &dyn Fn() -> String) -> DowntimePaper {
    let (day, list) = (sheet(text), calls(text));
    let mut pack = samples::downtime(3, 1);
    (pack.rows, pack.calls, pack.form) = (day.rows, list.rows, vec![text()]);
    (pack.practice, pack.date, pack.printed, pack.counted) = (text(), text(), text(), text());
    pack
}

fn reminders(text: &dyn Fn() -> String) -> ReminderLetters {
    let mut all = samples::reminders(2);
    (all.practice, all.practice_phone, all.date) = (text(), text(), text());
    all.practice_address = vec![text()];
    (all.letters[1].address, all.letters[1].day, all.letters[1].time) = (vec![text(), text()], text(), text());
    all
}

#[test]
fn the_calendars_papers_print_what_is_markup_as_text() {
    for markup in MARKUP.into_iter().chain(LETTERS) {
        let said = || markup.to_owned();
        let papers = [
            day_sheet(&sheet(&said)).unwrap(),
            day_sheet(&DaySheet { name: None, ..sheet(&said) }).unwrap(),
            call_list(&calls(&said)).unwrap(),
            downtime_paper(&downtime(&said)).unwrap(),
            reminder_letters(&reminders(&said)).unwrap(),
        ];
        for pdf in papers {
            check_structure(&pdf);
            if MARKUP.contains(&markup) {
                let bare: String = markup.split_whitespace().collect();
                assert!(letters(&pdf).contains(&bare), "{markup}: {}", text(&pdf));
            }
        }
    }
    // Without a name the letter begins all the same.
    let mut all = samples::reminders(1);
    all.letters[0].address.clear();
    assert!(text(&reminder_letters(&all).unwrap()).contains("Dear patient:"));
}
