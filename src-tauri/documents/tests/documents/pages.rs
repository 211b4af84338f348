//! Every kind prints, says what it was given, and is the kind of PDF that it promises to be.

use crate::reading::{about, check_structure, letters, pages, promises, text};
use crate::samples;
use keepwell_documents::{
    DecisionKind, DecisionLetter, DocumentError, accounting_letter, audit_report, call_list,
    certificate_of_destruction, day_sheet, decision_letter, downtime_paper, monthly_seal, patient_record,
    reminder_letters,
};

/// The documents for the safe and the office, and those for patients.
fn all() -> [(&'static str, Vec<u8>, bool); 11] {
    [
        ("monthly seal", monthly_seal(&samples::seal()).unwrap(), false),
        ("audit report", audit_report(&samples::report(3)).unwrap(), false),
        ("certificate", certificate_of_destruction(&samples::certificate()).unwrap(), false),
        ("day sheet", day_sheet(&samples::day_sheet(true, 3)).unwrap(), false),
        ("front desk", day_sheet(&samples::day_sheet(false, 3)).unwrap(), false),
        ("downtime pack", downtime_paper(&samples::downtime(3, 2)).unwrap(), false),
        ("call list", call_list(&samples::calls(3)).unwrap(), false),
        ("reminders", reminder_letters(&samples::reminders(2)).unwrap(), true),
        ("accounting letter", accounting_letter(&samples::letter(2)).unwrap(), true),
        ("decision letter", decision_letter(&samples::decision(DecisionKind::AccessDenied)).unwrap(), true),
        ("patient record", patient_record(&samples::record()).unwrap(), true),
    ]
}

#[test]
fn every_kind_is_the_pdf_that_it_promises_to_be() {
    for (name, pdf, for_patients) in all() {
        check_structure(&pdf);
        let said = promises(&pdf);
        assert!(said.contains("<pdfaid:part>2</pdfaid:part>"), "{name}: {said}");
        assert!(said.contains("<pdfaid:conformance>U</pdfaid:conformance>"), "{name}: {said}");
        assert_eq!(said.contains("<pdfuaid:part>1</pdfuaid:part>"), for_patients, "{name}: {said}");
        let about = about(&pdf);
        let line = |of: &str| about.lines().find(|line| line.starts_with(of)).unwrap_or_default().to_owned();
        assert!(line("Tagged:").ends_with("yes"), "{name}: {about}");
        assert!(line("Page size:").contains("letter"), "{name}: {about}");
        assert!(line("CreationDate:").ends_with("2026-12-01T14:05:00Z"), "{name}: {about}");
        assert!(!about.contains("Núñez"), "{name}: a patient's name is in what lists of files show: {about}");
    }
}

#[test]
fn the_same_document_is_the_same_bytes() {
    for ((name, first, _), (_, second, _)) in all().into_iter().zip(all()) {
        assert!(first == second, "{name}");
    }
    let mut other = samples::seal();
    other.created.5 = 1;
    assert!(monthly_seal(&other).unwrap() != monthly_seal(&samples::seal()).unwrap());
}

#[test]
fn a_moment_that_never_was_is_refused() {
    let never = (2026, 2, 30, 0, 0, 0);
    let seal = keepwell_documents::MonthlySeal { created: never, ..samples::seal() };
    assert_eq!(monthly_seal(&seal), Err(DocumentError::Created));
}

#[test]
fn a_seal_prints_the_checkpoint_line_by_line_on_one_page() {
    let pdf = monthly_seal(&samples::seal()).unwrap();
    let pages = pages(&pdf);
    assert_eq!(pages.len(), 1);
    let lines: Vec<&str> = pages[0].lines().map(str::trim).collect();
    let checkpoint = samples::checkpoint();
    let short: Vec<&str> = checkpoint.lines().take(8).collect();
    assert!(lines.windows(8).any(|window| window == short), "{lines:#?}");
    // The signature is longer than the paper and goes on in the next line.
    let signature: String = checkpoint.lines().last().unwrap().split(' ').collect();
    assert!(letters(&pdf).contains(&signature));
    let text = text(&pdf);
    for said in ["November 2026", "184,203", "keepwell-verify BUNDLE --checkpoint FILE", "Signature", "Page 1 of 1"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(letters(&pdf).contains(&samples::seal().root));
}

#[test]
fn a_checkpoint_too_long_for_a_code_is_printed_without_one() {
    let mut seal = samples::seal();
    seal.checkpoint = "line of a checkpoint with many witnesses\n".repeat(80);
    let text = text(&monthly_seal(&seal).unwrap());
    assert!(text.contains("it is too long for a code to scan"), "{text}");
    assert_eq!(text.matches("many witnesses").count(), 80);
}

#[test]
fn a_letter_accounts_for_what_the_rule_asks() {
    let letter = samples::letter(2);
    let pdf = accounting_letter(&letter).unwrap();
    let text = text(&pdf);
    for said in [
        "María José Núñez Ibáñez",
        "MRN-2026-7K2QX",
        "27 Elm Street",
        "November 12, 2020 to November 12, 2026",
        "305 South Street",
        "45 CFR 164.512(b)(1)(i)",
        "4 times, last June 2, 2026",
        "(413) 555-0136",
        "Dr. Miriam Okafor-Lindqvist",
        "Office for Civil Rights",
        "no charge",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!text.contains("There were none"));
}

#[test]
fn a_letter_about_nothing_says_so_on_one_page() {
    let letter = keepwell_documents::AccountingLetter { fee: None, ..samples::letter(0) };
    let pdf = accounting_letter(&letter).unwrap();
    let text = text(&pdf);
    assert!(text.contains("There were none to account for in this period."), "{text}");
    assert!(text.contains("Page 1 of 1") && !text.contains("charge"), "{text}");
}

/// 164.524(d)(2), 164.526(d)(1): what a denial must say, and what would be untrue in one of another kind.
#[test]
fn a_denial_says_why_and_what_can_be_done_about_it() {
    use DecisionKind::{AccessDenied, AccessExtended, AmendmentDenied, AmendmentExtended};
    let said = |letter: &DecisionLetter| {
        let text = text(&decision_letter(letter).unwrap());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (review, disagree, along) =
        ("You may have this denial reviewed", "you disagree", "your request and this denial");
    let none = "gives no review";
    let delay = "January 11, 2027";
    let [access, amendment] = [AccessDenied, AmendmentDenied].map(samples::decision);
    let partly = DecisionLetter { partly: true, reviewable: false, ..access.clone() };
    for (letter, holds, lacks) in [
        (
            &access,
            vec![review, "We deny this request", "164.524(a)(3)(i)"],
            vec![none, disagree, delay, "a part of it"],
        ),
        (&partly, vec![none, "We hand over a part of it"], vec![review, disagree]),
        (&amendment, vec![disagree, along, "We do not make this amendment"], vec![review, none, delay]),
        (&samples::decision(AccessExtended), vec![delay, "in storage"], vec![review, none, disagree, "We deny"]),
        (&samples::decision(AmendmentExtended), vec![delay, "in storage"], vec![review, none, disagree, "We deny"]),
    ] {
        let text = said(letter);
        for words in
            holds.into_iter().chain(["Office for Civil Rights", "complain to us", "MRN-2026-7K2QX", "(413) 555-0136"])
        {
            assert!(text.contains(words), "{:?} lacks {words}: {text}", letter.kind);
        }
        for words in lacks {
            assert!(!text.contains(words), "{:?} says {words}: {text}", letter.kind);
        }
    }
}

/// Looks at each page for what must stand on it.
#[track_caller]
fn on_every_page(pdf: &[u8], least: usize, marks: &[&str]) {
    let pages = pages(pdf);
    assert!(pages.len() >= least, "only {} pages", pages.len());
    for (at, page) in pages.iter().enumerate() {
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        let number = format!("Page {} of {}", at + 1, pages.len());
        for mark in marks.iter().copied().chain([number.as_str()]) {
            assert!(page.contains(mark), "page {} lacks {mark}: {page}", at + 1);
        }
    }
}

#[test]
fn pages_that_part_still_say_whose_they_are() {
    let patient =
        ["María José Núñez Ibáñez", "Born March 2, 1984", "Record MRN-2026-7K2QX", "Lakeside Family Medicine"];
    on_every_page(&accounting_letter(&samples::letter(16)).unwrap(), 3, &patient);
    let mut record = samples::record();
    record.sections = (0..12).flat_map(|_| samples::record().sections).collect();
    on_every_page(&patient_record(&record).unwrap(), 3, &patient);
    let head = ["Lakeside Family Medicine", "8f3a61c0 9be24d17 a5507c2e", "Entry When Who, as what Operation"];
    on_every_page(&audit_report(&samples::report(60)).unwrap(), 3, &head);
}

#[test]
fn a_report_holds_every_row_once_and_in_order() {
    let report = samples::report(120);
    let text = text(&audit_report(&report).unwrap());
    let mut from = 0;
    for row in &report.rows {
        let at = text[from..].find(&row.sequence).unwrap_or_else(|| panic!("{} is missing", row.sequence));
        from += at + row.sequence.len();
    }
    assert!(text.contains("In this report 120 entries"));
}

#[test]
fn a_report_of_nothing_says_so() {
    let text = text(&audit_report(&samples::report(0)).unwrap());
    assert!(text.contains("No entry of the log is of this kind."), "{text}");
}

#[test]
fn a_record_prints_rows_of_every_length() {
    let mut record = samples::record();
    let wide: Vec<String> = (0..12).map(|at| format!("Column{at}")).collect();
    let cells: Vec<String> = (0..14).map(|at| format!("cell{at}")).collect();
    for (head, row) in [(wide, cells), (vec!["One".to_owned()], vec!["two".to_owned(), "three".to_owned()])] {
        record.sections[1].table = Some(keepwell_documents::RecordTable { head, rows: vec![row, Vec::new()] });
        let text = text(&patient_record(&record).unwrap());
        let table = record.sections[1].table.as_ref().unwrap();
        for said in table.head.iter().chain(table.rows.iter().flatten()) {
            assert!(text.contains(said.as_str()), "{said}: {text}");
        }
    }
}

#[test]
fn a_certificate_has_the_fields_of_the_standard_and_lines_to_sign_on() {
    let text = text(&certificate_of_destruction(&samples::certificate()).unwrap());
    for said in [
        "Manufacturer Samsung",
        "Serial number S64KNX0T402219",
        "Media type Solid-state drive",
        "Purge",
        "Verification",
        "Sample",
        "Classification afterwards",
        "Destination",
        "Performed by",
        "Verified by",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(text.matches("Signature").count(), 2);
    let alone = keepwell_documents::CertificateOfDestruction { verified_by: None, ..samples::certificate() };
    let said = certificate_of_destruction(&alone).map(|pdf| crate::reading::text(&pdf)).unwrap();
    assert!(!said.contains("Verified by"));
}

#[test]
fn a_sheet_of_the_day_says_who_comes_when_and_only_a_clinical_one_what_for() {
    let own = text(&day_sheet(&samples::day_sheet(true, 3)).unwrap());
    for said in
        ["8:00 to 8:30", "Núñez Ibáñez, María José", "1988-07-19", "Minor procedure", "Procedure room", "Arrived"]
    {
        assert!(own.contains(said), "{said}: {own}");
    }
    assert!(own.contains("What for") && own.contains("Mole on the back") && own.contains("Brings a walker"));
    let bare =
        text(&day_sheet(&keepwell_documents::DaySheet { clinical: false, ..samples::day_sheet(true, 3) }).unwrap());
    assert!(!bare.contains("What for") && !bare.contains("Mole on the back") && bare.contains("Dr. Naomi Ito"));
    let desk = samples::day_sheet(false, 40);
    let desk = day_sheet(&desk).unwrap();
    assert!(text(&desk).contains("40 visits") && pages(&desk).len() > 1);
    assert!(pages(&desk).iter().all(|page| page.contains("Tuesday, December 1, 2026") && page.contains("Where")));
    let none = text(&day_sheet(&samples::day_sheet(true, 0)).unwrap());
    assert!(none.contains("No visit is booked on this day."), "{none}");
}

#[test]
fn a_downtime_pack_has_who_comes_how_to_reach_them_and_forms_to_fill_in() {
    let pdf = downtime_paper(&samples::downtime(3, 2)).unwrap();
    let said = pages(&pdf);
    assert_eq!(said.len(), 4, "a sheet, a list and two forms");
    assert!(said[0].contains("Who is expected") && said[0].contains("Brings a walker"));
    assert!(said[1].contains("How each may be reached") && said[1].contains("Do not call"));
    for form in &said[2..] {
        assert!(form.contains("Reason for the visit") && form.contains("Written by, on, at"), "{form}");
        assert!(!form.contains("Okonkwo"), "a blank form is about nobody");
    }
    assert!(said.iter().all(|page| page.contains("lock it away")));
    let empty = downtime_paper(&samples::downtime(0, 0)).unwrap();
    assert_eq!(pages(&empty).len(), 2);
    assert!(text(&empty).contains("No visit is booked on this day."));
}

#[test]
fn a_list_of_calls_says_whom_nobody_calls() {
    let said = text(&call_list(&samples::calls(3)).unwrap());
    for words in ["no message", "Only as asked: call mobile, no voicemail", "Do not call", "8 not to be called"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert!(text(&call_list(&samples::calls(0)).unwrap()).contains("No visit of this day is still to come."));
}

#[test]
fn a_reminder_is_one_page_and_says_nothing_of_what_the_visit_is() {
    let pdf = reminder_letters(&samples::reminders(3)).unwrap();
    let pages = pages(&pdf);
    assert_eq!(pages.len(), 3);
    for page in pages {
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            page.contains("Dear María José Núñez Ibáñez:") && page.contains("1420 Prairie Avenue, Apt 3"),
            "{page}"
        );
        assert!(
            page.contains("Tuesday, December 1, 2026, at 9:30 AM") && page.contains("call +1 312 555 0100"),
            "{page}"
        );
    }
}
