//! A patient's records as one page that any browser shows, without scripts and without a network.

use super::{amendments, operations, visits, waits};
use keepwell_compliance::AmendmentRequest;
use keepwell_patients::{AdministrativeSex, ChannelKind, Demographics, WholeRecord};
use keepwell_scheduling::VisitsOfPatient;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1c2430}\
h1{font-size:1.5rem;margin:0}h2{font-size:1.05rem;margin:1.75rem 0 .5rem;border-bottom:1px solid #c9d1da;padding-bottom:.25rem}\
p.id{color:#4a5665;margin:.25rem 0 0}dl{display:grid;grid-template-columns:14rem 1fr;gap:.3rem 1rem;margin:0}\
dt{color:#4a5665}dd{margin:0;white-space:pre-line}table{border-collapse:collapse;width:100%}\
th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #e3e8ee}footer{margin-top:2rem;color:#4a5665;font-size:.875rem}";

/// What is told of a patient.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub(super) of: &'a WholeRecord,
    pub(super) asked: &'a [AmendmentRequest],
    pub(super) visits: &'a VisitsOfPatient,
}

/// Returns the page.
pub(super) fn page(told: Told<'_>, made: &str) -> String {
    let of = told.of;
    let born = born(of);
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Patient records</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'\">\
         <style>{STYLE}</style></head><body><header><h1>{}</h1><p class=\"id\">Born {born}, record number {}</p></header>",
        escaped(&of.patient.demographics.listed_name()),
        escaped(&of.patient.mrn),
    );
    if of.has_photo() {
        page.push_str("<p><img src=\"attachments/photo.jpg\" alt=\"Photo\" height=\"160\"></p>");
    }
    for (title, rows) in sections(told) {
        section(&mut page, title, &rows);
    }
    page.push_str("<h2>Versions of this record</h2><table><tr><th>Version</th><th>Written</th></tr>");
    for (version, at) in versions(of) {
        page += &format!("<tr><td>{version}</td><td>{at}</td></tr>");
    }
    page += &format!("</table><footer>Made {} by Keepwell.</footer></body></html>\n", escaped(made));
    page
}

/// What something is, and what the record says of it.
pub(super) type Row = (String, String);

/// Returns the parts of the record that hold anything, in the order in which they are read.
pub(super) fn sections(told: Told<'_>) -> Vec<(&'static str, Vec<Row>)> {
    let Told { of, asked, visits } = told;
    let known = &of.patient.demographics;
    let mut sections = vec![
        ("About the person", about(of, known)),
        ("How to reach the person", reach(known)),
        ("Others", others(known)),
        ("Insurance", insurance(known)),
        (
            "What the person asked",
            of.patient.restrictions.iter().map(|one| row("Not to be shared", &one.text)).collect(),
        ),
        ("Visits", visits::rows(visits)),
        ("Operations", operations::rows(visits)),
        ("On the waitlist", waits::rows(visits)),
        ("Who acts for the person", waits::contacts(visits)),
        ("Requests to amend this record", amendments::rows(asked, of.patient.id)),
    ];
    sections.retain(|(_, rows)| !rows.is_empty());
    sections
}

/// Returns the date of birth in words.
pub(super) fn born(of: &WholeRecord) -> String {
    of.patient.demographics.date_of_birth.map_or_else(|| "not known".to_owned(), |born| born.to_string())
}

/// Returns each version's number and when it was written.
pub(super) fn versions(of: &WholeRecord) -> impl Iterator<Item = Row> {
    of.versions.iter().map(|one| (one.version.to_string(), one.at.format("%Y-%m-%d %H:%M UTC").to_string()))
}

fn row(label: &str, said: &str) -> Row {
    (label.to_owned(), said.to_owned())
}

fn section(page: &mut String, title: &str, rows: &[Row]) {
    *page += &format!("<h2>{title}</h2><dl>");
    for (label, said) in rows {
        *page += &format!("<dt>{}</dt><dd>{}</dd>", escaped(label), escaped(said));
    }
    page.push_str("</dl>");
}

fn about(of: &WholeRecord, known: &Demographics) -> Vec<Row> {
    let sex = match known.administrative_sex {
        AdministrativeSex::F => "Female",
        AdministrativeSex::M => "Male",
        AdministrativeSex::U => "Unknown",
    };
    let mut rows = vec![row("Sex on claims", sex)];
    let others = known.other_names.iter().map(|name| format!("{} {}", name.given.join(" "), name.family));
    rows.extend(others.map(|name| row("Other name", name.trim())));
    for (label, said) in [
        ("Gender identity", &known.gender_identity),
        ("Pronouns", &known.pronouns),
        ("Language", &known.language),
        ("Record elsewhere", &known.ehr_link),
    ] {
        rows.extend(said.iter().map(|said| row(label, said)));
    }
    rows.extend(known.flags.iter().map(|flag| row("Note", flag)));
    if let Some(deceased) = of.patient.deceased {
        let on = deceased.on.map_or_else(|| "yes, on a day that is not known".to_owned(), |on| on.to_string());
        rows.push(row("Died", &on));
    }
    rows
}

fn reach(known: &Demographics) -> Vec<Row> {
    let home = |lines: &[String], place: [&str; 4]| -> String {
        let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
        [lines.join("\n"), place.join(" ")].join("\n").trim().to_owned()
    };
    let homes = known
        .addresses
        .iter()
        .map(|one| row("Address", &home(&one.lines, [&one.city, &one.state, &one.postal_code, &one.country])));
    let channels = known.channels.iter().map(|channel| {
        let label = match channel.kind {
            ChannelKind::Phone => "Phone",
            ChannelKind::Sms => "Text messages",
            ChannelKind::Email => "E-mail",
        };
        row(label, &channel.value)
    });
    let asked = known.confidential_communication.iter().map(|asked| row("Only in this way", asked));
    homes.chain(channels).chain(asked).collect()
}

fn others(known: &Demographics) -> Vec<Row> {
    let emergency = known.emergency_contacts.iter();
    let emergency =
        emergency.map(|one| row("In an emergency", &[&*one.name, &*one.relationship, &*one.phone].join(", ")));
    let pays = known.guarantor.iter().map(|one| {
        let parts = [Some(&one.name), Some(&one.relationship), one.phone.as_ref()];
        let parts: Vec<&str> =
            parts.into_iter().flatten().map(String::as_str).filter(|part| !part.is_empty()).collect();
        row("Answers for the bill", &parts.join(", "))
    });
    emergency.chain(pays).collect()
}

fn insurance(known: &Demographics) -> Vec<Row> {
    let said = known.insurance.iter().map(|one| {
        let group = one.group_number.as_ref().map(|number| format!(", group {number}")).unwrap_or_default();
        row(&one.provider, &format!("Policy {}{group}", one.policy_number))
    });
    said.collect()
}

/// Names and notes are text and never markup.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}
