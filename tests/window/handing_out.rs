//! What leaves the practice for people: an associate with an agreement, a disclosure in the ledger, its accounting, and a
//! patient's records in one sealed file.

use crate::first_day::{PASSPHRASE, a_bundle, bring_patients_in, family_name, set_up};
use crate::window::{Start, Walked, Window, journey};

const FILE_PASSPHRASE: &str = "seven tame otters forty-two";

#[test]
fn a_disclosure_is_recorded_accounted_for_and_records_are_handed_out() {
    let (import, drive) = (a_bundle(), tempfile::tempdir().expect("a drive"));
    let nowhere = [family_name(), PASSPHRASE.to_owned(), FILE_PASSPHRASE.to_owned()];
    let nowhere: Vec<&str> = nowhere.iter().map(String::as_str).collect();
    let start = Start { import: Some(&import), folder: Some(drive.path()), nowhere: &nowhere, ..Start::default() };
    journey("handing-out", &start, async |window| {
        set_up(window).await?;
        bring_patients_in(window).await?;
        enter_an_associate(window).await?;
        record_a_disclosure(window).await?;
        answer_for_it(window).await?;
        hand_out_the_records(window).await?;
        deny_an_amendment(window).await
    });
    let written = std::fs::read_dir(drive.path()).expect("the drive can be read");
    let read = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.expect("it can be read").path();
        (path.extension().expect("it has an ending").to_owned(), std::fs::read(&path).expect("the file can be read"))
    };
    let written: Vec<_> = written.map(read).collect();
    assert_eq!(written.len(), 3, "the letter of the accounting, the records, the letter of the denial");
    let written: std::collections::BTreeMap<_, _> = written.into_iter().collect();
    let [letter, records] = ["pdf", "age"].map(|ending| &written[std::ffi::OsStr::new(ending)]);
    assert!(letter.starts_with(b"%PDF-"), "the letter is on paper");
    assert!(records.starts_with(b"age-encryption.org/v1\n-> scrypt "), "the records are sealed");
}

async fn enter_an_associate(window: &Window) -> Walked {
    window.click("nav-associates").await?;
    window.find("associate-new").await?;
    window.screen("associates-none").await?;
    window.click("associate-new").await?;
    for (field, text) in [
        ("associate-name", "Drive Keeper"),
        ("associate-contact", "Ana Example"),
        ("associate-services", "Keeps our backups"),
        ("associate-signed", "01/10/2026"),
        ("associate-effective", "01/10/2026"),
        ("associate-hours", "24"),
        ("associate-return", "Destroys within 30 days"),
    ] {
        window.fill(field, text).await?;
    }
    window.screen("associate-form").await?;
    window.click("form-save").await?;
    window.shows("associate-rows", "Drive Keeper").await?;
    window.screen("associates").await
}

async fn open_the_chart(window: &Window) -> Walked {
    window.click("nav-patients").await?;
    window.fill("patient-search", &family_name()).await?;
    window.find("search-row").await?;
    window.shows("search-count", "1").await?;
    window.click("search-row").await?;
    window.find("chart-banner").await.map(drop)
}

async fn record_a_disclosure(window: &Window) -> Walked {
    open_the_chart(window).await?;
    window.click("chart-more").await?;
    window.click("chart-disclosures").await?;
    window.click("disclosure-new").await?;
    window.click("disclosure-kind").await?;
    window.click("option-authority").await?;
    window.fill("disclosure-name", "County Health").await?;
    window.fill("disclosure-what", "Result of a test").await?;
    window.fill("disclosure-purpose", "Reportable disease").await?;
    // The longest list of the program: once it grew over its field, and the click that opened it chose a basis.
    window.click("disclosure-basis").await?;
    window.click("option-public_health").await?;
    window.shows("disclosure-basis", "164.512(b)").await?;
    window.click("verify-photoId").await?;
    window.screen("disclosure-form").await?;
    window.click("form-save").await?;
    window.shows("disclosure-rows", "County Health").await?;
    window.screen("disclosures").await
}

async fn answer_for_it(window: &Window) -> Walked {
    open_the_chart(window).await?;
    window.click("chart-more").await?;
    window.click("chart-accounting").await?;
    window.find("request-form").await?;
    window.screen("accounting-request").await?;
    window.click("form-save").await?;
    window.click("nav-accountings").await?;
    window.find("accounting-row").await?;
    window.screen("accountings").await?;
    window.click("accounting-row").await?;
    window.click("accounting-letter").await?;
    window.shows("letter", "County Health").await?;
    window.shows("letter", "164.512(b)").await?;
    window.screen("accounting-letter").await?;
    window.click("letter-save").await?;
    window.shows("letter-saved", "keepwell-letter-").await?;
    window.screen("letter-saved").await
}

async fn hand_out_the_records(window: &Window) -> Walked {
    open_the_chart(window).await?;
    window.click("chart-more").await?;
    window.click("chart-records").await?;
    window.click("verify-photoId").await?;
    window.fill("records-passphrase", FILE_PASSPHRASE).await?;
    window.fill("records-again", FILE_PASSPHRASE).await?;
    window.screen("records").await?;
    window.click("form-save").await?;
    window.shows("records-made", ".zip.age").await?;
    window.screen("records-made").await?;
    window.click("records-finish").await?;
    window.shows("disclosure-rows", "164.524").await
}

/// A denied amendment stays with the record: whoever opens the chart sees what was asked, and why it does not stand there.
async fn deny_an_amendment(window: &Window) -> Walked {
    open_the_chart(window).await?;
    window.click("chart-more").await?;
    window.click("chart-amendment").await?;
    window.click("verify-known").await?;
    window.fill("amendment-text", "My phone number ends in 43.").await?;
    window.screen("amendment-form").await?;
    window.click("form-save").await?;
    window.shows("request-rows", "60 days left").await?;
    window.screen("requests").await?;
    window.click("amendment-row").await?;
    window.click("amendment-deny").await?;
    window.click("deny-ground-accurate_and_complete").await?;
    window.fill("deny-basis", "You gave us this number on the phone.").await?;
    window.screen("amendment-deny").await?;
    window.click("action-save").await?;
    window.shows("happened-denied", "You gave us this number").await?;
    window.screen("amendment-denied").await?;
    window.click("letter-amendment_denied").await?;
    window.shows("decision-letter-saved", "keepwell-").await?;
    open_the_chart(window).await?;
    window.click("tab-amendments").await?;
    window.shows("chart-amendments", "ends in 43").await?;
    window.screen("chart-amendments").await
}
