//! What keeps a practice safe over the years: new keys, a legal hold, a report of the log, the records of everybody; and its
//! end.

use crate::first_day::{PASSPHRASE, a_bundle, bring_patients_in, family_name, set_up};
use crate::window::{Start, Walked, Window, journey};

const FILE_PASSPHRASE: &str = "seven tame otters forty-two";

#[test]
fn keys_are_made_anew_a_hold_is_placed_everybodys_records_go_out_and_the_practice_ends() {
    let (import, drive) = (a_bundle(), tempfile::tempdir().expect("a drive"));
    let nowhere = [family_name(), PASSPHRASE.to_owned(), FILE_PASSPHRASE.to_owned()];
    let nowhere: Vec<&str> = nowhere.iter().map(String::as_str).collect();
    let start = Start { import: Some(&import), folder: Some(drive.path()), nowhere: &nowhere, ..Start::default() };
    journey("keeping", &start, async |window| {
        set_up(window).await?;
        bring_patients_in(window).await?;
        make_new_keys(window).await?;
        place_and_release_a_hold(window).await?;
        report_the_log(window).await?;
        hand_everybody_out(window).await?;
        write_a_downtime_pack(window).await?;
        show_what_support_gets(window).await?;
        end_the_practice(window).await
    });
    let written = std::fs::read_dir(drive.path()).expect("the drive can be read");
    let mut kinds: Vec<_> = written.map(|entry| kind(&entry.expect("it can be read").path())).collect();
    kinds.sort();
    let expected = [
        "keepwell-backup",
        "keepwell-certificate pdf",
        "keepwell-downtime html",
        "keepwell-records",
        "keepwell-report csv",
        "keepwell-report pdf",
        "keepwell-support json",
    ];
    assert_eq!(kinds, expected);
}

/// The name of what was written, without what tells two of a day apart.
fn kind(path: &std::path::Path) -> String {
    let part =
        |name: Option<&std::ffi::OsStr>| name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, ending) = (part(path.file_stem()), part(path.extension()));
    let stem: Vec<&str> = stem.split('-').take(2).collect();
    format!("{} {ending}", stem.join("-")).trim_end().to_owned()
}

async fn make_new_keys(window: &Window) -> Walked {
    window.click("nav-settings").await?;
    window.click("tab-keys").await?;
    window.find("keys-facts").await?;
    window.screen("keys").await?;
    window.click("keys-new").await?;
    window.find("keys-dialog").await?;
    window.screen("keys-new").await?;
    window.click("keys-make").await?;
    window.gone("keys-dialog").await?;
    window.shows("keys-facts", "All under the keys in use").await?;
    window.screen("keys-made").await
}

async fn place_and_release_a_hold(window: &Window) -> Walked {
    window.click("nav-retained").await?;
    window.find("hold-place").await?;
    window.screen("retained-none").await?;
    window.click("hold-place").await?;
    window.fill("hold-matter", "Example v. Example").await?;
    window.fill("hold-reason", "Letter of counsel").await?;
    window.screen("hold-form").await?;
    window.click("action-save").await?;
    window.shows("hold", "Example v. Example").await?;
    window.screen("retained-held").await?;
    window.click("hold-release").await?;
    window.fill("release-why", "Settled").await?;
    window.click("action-save").await?;
    window.gone("hold").await
}

async fn report_the_log(window: &Window) -> Walked {
    window.click("nav-log").await?;
    window.click("log-report-open").await?;
    window.find("report-rows").await?;
    window.screen("log-report").await?;
    window.click("report-rows-by-operation").await?;
    window.click("report-save").await?;
    window.shows("report-saved", "keepwell-report-").await?;
    window.screen("log-report-saved").await?;
    window.click("report-close").await
}

async fn hand_everybody_out(window: &Window) -> Walked {
    window.click("nav-backups").await?;
    window.click("population-open").await?;
    window.fill("disclosure-name", "Example Custodian").await?;
    window.fill("disclosure-purpose", "The practice moves to another program").await?;
    window.click("disclosure-basis").await?;
    window.click("option-operations").await?;
    window.click("verify-photoId").await?;
    window.fill("records-passphrase", FILE_PASSPHRASE).await?;
    window.fill("records-again", FILE_PASSPHRASE).await?;
    window.screen("population").await?;
    window.click("form-save").await?;
    window.shows("population-made", "keepwell-records-").await?;
    window.screen("population-made").await?;
    window.click("population-finish").await
}

async fn write_a_downtime_pack(window: &Window) -> Walked {
    window.click("nav-backups").await?;
    window.click("downtime-open").await?;
    window.click("downtime-plan-open").await?;
    window.click("downtime-plan-folder").await?;
    window.fill("downtime-plan-passphrase", FILE_PASSPHRASE).await?;
    window.fill("downtime-plan-again", FILE_PASSPHRASE).await?;
    window.screen("downtime-plan").await?;
    window.click("downtime-plan-save").await?;
    window.gone("downtime-plan-dialog").await?;
    window.click("downtime-now").await?;
    window.shows("downtime-written", "keepwell-downtime-").await?;
    window.screen("downtime").await
}

async fn show_what_support_gets(window: &Window) -> Walked {
    window.click("nav-settings").await?;
    window.click("tab-help").await?;
    window.click("support-show").await?;
    window.shows("support-text", "keepwell-support-1").await?;
    window.screen("support").await?;
    window.click("support-save").await?;
    window.shows("support-saved", "keepwell-support-").await
}

async fn end_the_practice(window: &Window) -> Walked {
    window.click("tab-practice").await?;
    window.click("settings-end").await?;
    window.find("end-form").await?;
    window.screen("end").await?;
    window.fill("end-custodian", "R. Example, attorney").await?;
    window.click("end-kit").await?;
    window.fill("end-name", "Lakeside Family Medicine").await?;
    window.click("end-now").await?;
    window.shows("ended", "keepwell-certificate-").await?;
    window.screen("ended").await?;
    window.click("ended-done").await?;
    window.find("setup-begin").await.map(drop)
}
