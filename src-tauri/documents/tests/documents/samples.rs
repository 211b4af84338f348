//! A document of each kind, as a practice would have them.

use keepwell_documents::{
    AccountedDisclosure, AccountingLetter, Attachment, AuditReport, AuditRow, CallList, CallRow,
    CertificateOfDestruction, Created, DaySheet, DaySheetRow, DecisionKind, DecisionLetter, DowntimePaper, Media,
    MonthlySeal, PatientRecord, RecordSection, RecordTable, ReminderLetter, ReminderLetters, Repeated, Sanitization,
    Signatory,
};

const CREATED: Created = (2026, 12, 1, 14, 5, 0);
const PRACTICE: &str = "Lakeside Family Medicine";
const VAULT: &str = "0197c1f2-6c1e-7a44-9d35-2f6f0a7be911";
const ROOT: &str = "8f3a61c09be24d17a5507c2e94d8163bb0f94e7d2ac85613fe07d94b38126ac5";
const OTHER: &str = "1b9d6bcd4f2a7780e1c35598d2f04a6be7093c81d4f65e20bb17a9c6305d8e42";

fn owned(text: &str) -> String {
    text.to_owned()
}

/// The checkpoint as the log writes it.
pub fn checkpoint() -> String {
    let signature = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJCrze8SNFZ4kKvN7w==";
    [
        &format!("keepwell/{VAULT}"),
        "184203",
        "jzphwJviTRelUHwulNgWO7D5Tn0qyFYT/gfZSzgSasU=",
        &format!("digest {OTHER}"),
        "time 2026-12-01T05:00:00.000Z",
        "version keepwell 0.1.0",
        "counter 812",
        &format!("previous {ROOT}"),
        "",
        &format!("— keepwell/{VAULT} {signature}"),
        "",
    ]
    .join("\n")
}

pub fn seal() -> MonthlySeal {
    MonthlySeal {
        created: CREATED,
        practice: owned(PRACTICE),
        vault: owned(VAULT),
        month: owned("November 2026"),
        log_size: owned("184,203"),
        root: owned(ROOT),
        state_digest: owned(OTHER),
        checkpoint: checkpoint(),
        public_key: owned("FhDy1ha7qPmB6NpiXvOZoqJwRDYvFeDTPqMy5lz2Ysc="),
    }
}

pub fn letter(rows: usize) -> AccountingLetter {
    let one = |at: usize| AccountedDisclosure {
        date: format!("March {}, 2026", at % 28 + 1),
        recipient: owned("Massachusetts Department of Public Health"),
        recipient_address: owned("305 South Street\nJamaica Plain, MA 02130"),
        what: owned("Name, date of birth, address, and the laboratory result of a notifiable disease (pertussis)"),
        purpose: owned("Report of a notifiable disease"),
        legal_basis: owned("45 CFR 164.512(b)(1)(i); 105 CMR 300.100"),
        times: (at % 3 == 1).then(|| Repeated { count: owned("4"), last: owned("June 2, 2026") }),
    };
    AccountingLetter {
        created: CREATED,
        practice: owned(PRACTICE),
        practice_address: vec![owned("118 Lake Road, Suite 2"), owned("Northampton, MA 01060")],
        practice_phone: owned("(413) 555-0136"),
        privacy_officer: owned("Dr. Miriam Okafor-Lindqvist"),
        patient: owned("María José Núñez Ibáñez"),
        birth_date: owned("March 2, 1984"),
        record_number: owned("MRN-2026-7K2QX"),
        patient_address: vec![owned("27 Elm Street, Apt. 4B"), owned("Easthampton, MA 01027")],
        date: owned("December 1, 2026"),
        request_received: owned("November 12, 2026"),
        period_from: owned("November 12, 2020"),
        period_to: owned("November 12, 2026"),
        disclosures: (0..rows).map(one).collect(),
        fee: Some(owned("This is your first accounting in twelve months, so there is no charge.")),
    }
}

pub fn decision(kind: DecisionKind) -> DecisionLetter {
    let letter = letter(0);
    DecisionLetter {
        created: CREATED,
        kind,
        practice: letter.practice,
        practice_address: letter.practice_address,
        practice_phone: letter.practice_phone,
        privacy_officer: letter.privacy_officer,
        addressee: letter.patient.clone(),
        patient: letter.patient,
        birth_date: letter.birth_date,
        record_number: letter.record_number,
        mail_to: letter.patient_address,
        date: letter.date,
        request_received: letter.request_received,
        asked: owned("The results of this year"),
        partly: false,
        ground: owned("Access would put a life in danger."),
        legal_basis: owned("45 CFR 164.524(a)(3)(i)"),
        basis: owned("A psychiatrist who knows the patient advises against it."),
        reviewable: true,
        reason: owned("The older papers are in storage."),
        answered_by: owned("January 11, 2027"),
    }
}

pub fn report(rows: usize) -> AuditReport {
    let people = [("Ana Ortiz", "Front desk"), ("Dr. Miriam Okafor-Lindqvist", "Clinician"), ("J. Park", "Biller")];
    let operations = ["patients.register", "patients.search", "clinical.sign_note", "billing.submit_claim"];
    let one = |at: usize| {
        let (who, role) = people[at % people.len()];
        let refused = at % 9 == 4;
        AuditRow {
            sequence: (184_203 - rows + at).to_string(),
            when: format!("2026-11-{:02} {:02}:{:02}:07", at % 30 + 1, at % 12 + 7, at % 60),
            who: owned(who),
            role: owned(role),
            operation: owned(operations[at % operations.len()]),
            purpose: owned("Treatment"),
            patients: if at.is_multiple_of(2) {
                owned("M. J. Núñez Ibáñez, MRN-2026-7K2QX")
            } else {
                String::new()
            },
            outcome: owned(if refused { "Refused" } else { "Done" }),
            reason: if refused {
                owned("The record is restricted; no treatment relation was stated.")
            } else {
                String::new()
            },
        }
    };
    AuditReport {
        created: CREATED,
        practice: owned(PRACTICE),
        title: owned("Who looked at records in November"),
        period: owned("November 1 to November 30, 2026"),
        filter: owned("All operations, all staff, outcomes done and refused"),
        generated: owned("December 1, 2026, 9:05 AM EST"),
        log_size: owned("184,203"),
        root: owned(ROOT),
        rows: (0..rows).map(one).collect(),
    }
}

fn facts(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(label, value)| (owned(label), owned(value))).collect()
}

fn table(head: &[&str], rows: &[&[&str]]) -> Option<RecordTable> {
    let row = |cells: &[&str]| cells.iter().map(|cell| owned(cell)).collect();
    Some(RecordTable { head: row(head), rows: rows.iter().map(|cells| row(cells)).collect() })
}

fn section(title: &str) -> RecordSection {
    RecordSection { title: owned(title), rows: Vec::new(), table: None, note: None }
}

pub fn record() -> PatientRecord {
    let about = [
        ("Preferred name", "Majo"),
        ("Sex for clinical use", "Female"),
        ("Address", "27 Elm Street, Apt. 4B\nEasthampton, MA 01027"),
        ("Phone", "(413) 555-0171"),
        ("Language", "Spanish (es-US); needs an interpreter"),
        ("Emergency contact", ""),
    ];
    let note = "Cough for three weeks, worse at night, no fever. Son (6) was treated for pertussis in February.\n\n\
        Lungs clear. SpO2 98 % on room air, 37.1 °C.\n\nPCR taken. Azithromycin 500 mg on day 1, then 250 mg for four days. \
        Told to stay at home until five days of it are taken; ¿preguntas? answered in Spanish.";
    let medication: [&[&str]; 3] = [
        &["Azithromycin", "500 mg on day 1, then 250 mg", "2026-03-02", "2026-03-06", "Completed"],
        &["Levothyroxine", "75 µg every morning", "2021-08-19", "", "Active"],
        &["Ibuprofen", "400 mg as needed, at most three a day", "2026-01-11", "", "Active"],
    ];
    PatientRecord {
        created: CREATED,
        practice: owned(PRACTICE),
        patient: owned("María José Núñez Ibáñez"),
        birth_date: owned("March 2, 1984"),
        record_number: owned("MRN-2026-7K2QX"),
        sections: vec![
            RecordSection { rows: facts(&about), ..section("About the patient") },
            section("Allergies"),
            RecordSection {
                table: table(&["Medication", "Dose", "From", "To", "State"], &medication),
                ..section("Medication")
            },
            RecordSection {
                rows: facts(&[("Signed by", "Dr. Miriam Okafor-Lindqvist, March 2, 2026, 11:42 AM")]),
                note: Some(owned(note)),
                ..section("Visit on March 2, 2026")
            },
        ],
        attachments: vec![Attachment {
            name: owned("pertussis-pcr-2026-03-03.pdf"),
            kind: owned("Laboratory report"),
            bytes: owned("184 KB"),
            sha256: owned(OTHER),
        }],
    }
}

pub fn certificate() -> CertificateOfDestruction {
    let person = |name: &str, title: &str| Signatory {
        name: owned(name),
        title: owned(title),
        date: owned("December 1, 2026"),
        place: owned("Northampton, MA"),
        phone: owned("(413) 555-0136"),
    };
    CertificateOfDestruction {
        created: CREATED,
        practice: owned(PRACTICE),
        vault: owned(VAULT),
        log_size: owned("184,203"),
        root: owned(ROOT),
        final_backup: owned(OTHER),
        media: Media {
            manufacturer: owned("Samsung"),
            model: owned("PM9A1 MZVL2512"),
            serial: owned("S64KNX0T402219"),
            property_number: String::new(),
            kind: owned("Solid-state drive, NVMe, 512 GB"),
            source: owned("Front desk laptop, Latitude 5430"),
        },
        sanitization: Sanitization {
            description: owned("Purge"),
            method: owned("Cryptographic erase, then NVMe Format with user data erase"),
            tool: owned("Keepwell 0.1.0; nvme-cli 2.11"),
            verification: owned(
                "The store no longer opens with the practice's keys; random reads found no readable page",
            ),
            sample: owned("10 % of the drive, at random"),
            classification_after: owned("Not sensitive"),
            destination: owned("Recycler: Pioneer Valley Electronics, Hadley, MA"),
        },
        performed_by: person("J. Park", "Biller and security officer"),
        verified_by: Some(person("Dr. Miriam Okafor-Lindqvist", "Privacy officer")),
    }
}

/// A practitioner's sheet, which says what visits are for, or the front desk's, which does not.
pub fn day_sheet(own: bool, rows: usize) -> DaySheet {
    let one = |at: usize| DaySheetRow {
        time: format!("{}:{:02} to {}:{:02}", 8 + at / 4, at % 4 * 15, 8 + (at + 2) / 4, (at + 2) % 4 * 15),
        patient: owned(["Núñez Ibáñez, María José", "Okonkwo-Reyes III, Adaeze Inés", "Li, Wei"][at % 3]),
        born: owned("1988-07-19"),
        label: owned(["Follow-up", "Visit with Dr. Naomi Ito", "Minor procedure"][at % if own { 3 } else { 2 }]),
        with: owned("Dr. Naomi Ito"),
        room: owned(["Room 2", "Procedure room", ""][at % 3]),
        status: owned(["Booked", "Confirmed", "Arrived"][at % 3]),
        note: owned(["", "", "Brings a walker; her daughter drives"][at % 3]),
        reason: if own { owned(["Blood pressure", "", "Mole on the back\nExcision"][at % 3]) } else { String::new() },
    };
    DaySheet {
        created: CREATED,
        practice: owned(PRACTICE),
        date: owned("Tuesday, December 1, 2026"),
        name: own.then(|| owned("Dr. Naomi Ito")),
        clinical: own,
        printed: owned("December 1, 2026 at 7:40 AM"),
        rows: (0..rows).map(one).collect(),
    }
}

pub fn calls(rows: usize) -> CallList {
    let one = |at: usize| CallRow {
        time: format!("{}:{:02} to {}:{:02}", 8 + at / 4, at % 4 * 15, 8 + (at + 2) / 4, (at + 2) % 4 * 15),
        patient: owned(["Núñez Ibáñez, María José", "Okonkwo-Reyes III, Adaeze Inés", "Li, Wei"][at % 3]),
        label: owned(["Follow-up", "Visit with Dr. Naomi Ito"][at % 2]),
        call: owned(["+1 312 555 0143, no message", "Only as asked: call mobile, no voicemail", "Do not call"][at % 3]),
        not_a_number: !at.is_multiple_of(3),
        status: owned(["Booked", "Confirmed"][at % 2]),
    };
    CallList {
        created: CREATED,
        practice: owned(PRACTICE),
        date: owned("Tuesday, December 1, 2026"),
        printed: owned("November 30, 2026 at 2:05 PM"),
        counted: owned("8 to call, 8 only as they asked, 8 not to be called"),
        rows: (0..rows).map(one).collect(),
    }
}

/// What is kept for the day on which the computers do not work.
pub fn downtime(rows: usize, forms: u8) -> DowntimePaper {
    let (day, list) = (day_sheet(false, rows), calls(rows));
    DowntimePaper {
        created: CREATED,
        practice: day.practice,
        date: day.date,
        printed: day.printed,
        rows: day.rows,
        counted: list.counted,
        calls: list.rows,
        forms,
        form: [
            "Patient, date of birth, record number",
            "Date, time of arrival, time seen",
            "Who treats",
            "Reason for the visit",
            "Allergies asked again: by whom, when",
            "Blood pressure, pulse, temperature, SpO2, weight",
            "Findings",
            "Assessment and plan, orders",
            "Medicines given or prescribed: name, dose, route, how often, how long",
        ]
        .map(owned)
        .to_vec(),
    }
}

pub fn reminders(count: usize) -> ReminderLetters {
    let one = |_| ReminderLetter {
        address: ["María José Núñez Ibáñez", "1420 Prairie Avenue, Apt 3", "Chicago, IL 60605"].map(owned).to_vec(),
        day: owned("Tuesday, December 1, 2026"),
        time: owned("9:30 AM"),
    };
    ReminderLetters {
        created: CREATED,
        practice: owned(PRACTICE),
        practice_address: ["200 Lake Street", "Chicago, IL 60601"].map(owned).to_vec(),
        practice_phone: owned("+1 312 555 0100"),
        date: owned("November 24, 2026"),
        letters: (0..count).map(one).collect(),
    }
}
