//! The pack as it is read and printed once it is opened: whom to reach and how, and forms for work on paper.

use super::page::DowntimePatient;
use std::fmt::Write as _;

/// What is asked of a patient who is new, in the order of the registration screen.
const REGISTRATION: [&str; 14] = [
    "Family name",
    "Given names",
    "Date of birth",
    "Sex",
    "Address",
    "City, state, ZIP",
    "Phone",
    "Other phone",
    "How may we reach you? Voicemail allowed?",
    "Emergency contact, relationship, phone",
    "Insurance, policy number",
    "Group number, policy holder",
    "Known allergies (none? say so)",
    "Medicines taken now",
];
/// What is written down of a visit, to be entered later with its own time and the mark of a late entry.
pub const ENCOUNTER: [&str; 9] = [
    "Patient, date of birth, record number",
    "Date, time of arrival, time seen",
    "Who treats",
    "Reason for the visit",
    "Allergies asked again: by whom, when",
    "Blood pressure, pulse, temperature, SpO2, weight",
    "Findings",
    "Assessment and plan, orders",
    "Medicines given or prescribed: name, dose, route, how often, how long",
];
const BLANKS: usize = 20;

/// A day as the front desk keeps it on paper. Nothing clinical.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySheet {
    /// The day.
    pub date: String,
    /// Its visits, the earliest first.
    pub visits: Vec<SheetVisit>,
}

/// One visit of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetVisit {
    /// When.
    pub time: String,
    /// Who comes.
    pub patient: String,
    /// With whom and where.
    pub with: String,
    /// What it is called where others may read it.
    pub label: String,
}

/// Writes the pack. Whatever was typed by people is text in it, never markup.
#[must_use]
pub fn pack(practice: &str, made_at: &str, sheets: &[DaySheet], patients: &[DowntimePatient]) -> String {
    let mut html = format!(
        "<p class=\"screen\"><button id=\"print\" type=\"button\">Print</button></p><h1>{}</h1>\
         <p>Made on {}. What happened since is not in it. Shred what was printed once the computers work again, and enter \
         what was written on paper with its own time.</p>",
        plain(practice),
        plain(made_at),
    );
    sheets.iter().for_each(|day| day_sheet(&mut html, day));
    patients_table(&mut html, patients);
    sheet(&mut html, "Registration", &REGISTRATION, 1);
    sheet(&mut html, "Visit", &ENCOUNTER, 3);
    calls(&mut html);
    html
}

/// Who is expected, with room to write down when they came.
fn day_sheet(html: &mut String, day: &DaySheet) {
    push(html, format_args!("<section class=\"sheet\"><h2>Day sheet, {}</h2>", plain(&day.date)));
    if day.visits.is_empty() {
        html.push_str("<p>Nobody was booked when this was made.</p></section>");
        return;
    }
    html.push_str("<table><thead><tr><th>Time</th><th>Patient</th><th>With</th><th>What</th><th>Came, left</th></tr></thead><tbody>");
    for visit in &day.visits {
        html.push_str("<tr>");
        let cells = [&visit.time, &visit.patient, &visit.with, &visit.label];
        cells.iter().for_each(|cell| push(html, format_args!("<td>{}</td>", plain(cell))));
        html.push_str("<td></td></tr>");
    }
    push(html, format_args!("</tbody></table><p>{} visits.</p></section>", day.visits.len()));
}

fn patients_table(html: &mut String, patients: &[DowntimePatient]) {
    let mut sorted: Vec<&DowntimePatient> = patients.iter().collect();
    sorted.sort_by(|one, other| (one.name.to_lowercase(), &one.mrn).cmp(&(other.name.to_lowercase(), &other.mrn)));
    html.push_str("<h2>Patients</h2><table><thead><tr><th>Name</th><th>Born</th><th>Record</th><th>Reach</th><th>In an emergency</th><th>Marks</th></tr></thead><tbody>");
    for one in sorted {
        let born = one.date_of_birth.map_or_else(|| "not known".to_owned(), |date| date.to_string());
        let reach = one.confidential.as_ref().map_or_else(|| one.phones.join(", "), |only| format!("Only so: {only}"));
        let cells = [&one.name, &born, &one.mrn, &reach, &one.emergency.join("; "), &one.flags.join(", ")];
        html.push_str("<tr>");
        cells.iter().for_each(|cell| push(html, format_args!("<td>{}</td>", plain(cell))));
        html.push_str("</tr>");
    }
    push(html, format_args!("</tbody></table><p>{} patients.</p>", patients.len()));
}

/// A form with a line or more for each thing that is asked.
fn sheet(html: &mut String, title: &str, asked: &[&str], lines: usize) {
    push(html, format_args!("<section class=\"sheet\"><h2>{title}</h2>"));
    for one in asked {
        push(html, format_args!("<div class=\"keep\"><b>{}</b>", plain(one)));
        (0..lines).for_each(|_| html.push_str("<div class=\"line\"></div>"));
        html.push_str("</div>");
    }
    html.push_str("<p>Written by, on, at:</p><div class=\"line\"></div></section>");
}

/// Who was called and who came: the day goes on without its list.
fn calls(html: &mut String) {
    html.push_str("<section class=\"sheet\"><h2>Who came, who called</h2><table><thead><tr><th>Time</th><th>Name, date of birth</th><th>What for, what was said</th><th>By</th></tr></thead><tbody>");
    (0..BLANKS).for_each(|_| html.push_str("<tr><td class=\"line\"></td><td></td><td></td><td></td></tr>"));
    html.push_str("</tbody></table></section>");
}

fn push(html: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail; the trait only says that other writers can.
    let _ = html.write_fmt(words);
}

/// Puts what was typed where markup is read.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            '\'' => plain.push_str("&#39;"),
            sign if sign.is_control() => plain.push(' '),
            sign => plain.push(sign),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_text_in_order_and_a_wish_for_one_way_hides_the_others() {
        let one = |name: &str, confidential: Option<&str>| DowntimePatient {
            name: name.to_owned(),
            mrn: "M-1".to_owned(),
            date_of_birth: None,
            confidential: confidential.map(str::to_owned),
            phones: vec!["555-0100".to_owned()],
            emergency: Vec::new(),
            flags: vec!["<b>VIP</b>".to_owned()],
        };
        let visit = SheetVisit {
            time: "9:00 to 9:30".to_owned(),
            patient: "<i>Zorn</i>, A".to_owned(),
            with: "Dr. Ito, Room 1".to_owned(),
            label: "Visit with Dr. Ito".to_owned(),
        };
        let sheets = [("2026-11-21", vec![visit]), ("2026-11-22", Vec::new())];
        let sheets = sheets.map(|(date, visits)| DaySheet { date: date.to_owned(), visits });
        let patients = [one("Zorn, A", None), one("<script>x</script>, B", Some("by letter"))];
        let html = pack("Lakeside & Co", "now", &sheets, &patients);
        assert!(html.contains("Day sheet, 2026-11-21") && html.contains("&lt;i&gt;Zorn") && !html.contains("<i>"));
        assert!(html.contains("Dr. Ito, Room 1") && html.contains("1 visits.") && html.contains("Nobody was booked"));
        assert!(html.find("&lt;script&gt;x").unwrap() < html.find("Zorn, A").unwrap());
        assert!(!html.contains("<script") && !html.contains("<b>VIP") && html.contains("Lakeside &amp; Co"));
        assert_eq!(html.matches("555-0100").count(), 1);
        assert!(html.contains("Only so: by letter") && html.contains("2 patients."));
        assert!(REGISTRATION.iter().chain(&ENCOUNTER).all(|asked| html.contains(plain(asked).as_str())));
    }
}
