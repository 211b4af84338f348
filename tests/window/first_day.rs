//! The first day of a practice: set it up, sign in with a code, bring patients in, find one, open the chart, lock and
//! unlock, and read in the log who looked. Every screen on the way is checked and pictured.

use crate::window::{Start, Trouble, Walked, Window, journey};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) const PASSPHRASE: &str = "lantern orchard seventeen quiet";
pub(crate) const USER: &str = "n.ito";

#[test]
fn the_first_day_of_a_practice() {
    let bundle = a_bundle();
    // The name as searched for, and the secrets as typed.
    let nowhere = [family_name(), PASSPHRASE.to_owned()];
    let nowhere: Vec<&str> = nowhere.iter().map(String::as_str).collect();
    let outside = tempfile::tempdir().expect("a folder for the auditor");
    let start = Start { import: Some(&bundle), folder: Some(outside.path()), nowhere: &nowhere, ..Start::default() };
    journey("first-day", &start, async |window| {
        let (secret, _) = set_up(window).await?;
        bring_patients_in(window).await?;
        open_a_chart(window).await?;
        lock_and_unlock(window, &secret).await?;
        read_the_log(window).await?;
        look_around(window).await?;
        sign_out_and_in(window, &secret).await
    });
    the_auditor_finds_the_bundle_whole(outside.path());
}

/// The auditor has the folder and the verifier, and nothing of the practice.
pub(crate) fn the_auditor_finds_the_bundle_whole(outside: &Path) {
    let within = std::fs::read_dir(outside).expect("the folder can be read");
    let mut within = within.map(|entry| entry.expect("it can be read").path());
    let is_bundle = |path: &PathBuf| path.join("manifest.note").is_file();
    let bundle = within.find(is_bundle).expect("a bundle was written");
    let check = || {
        let source = keepwell_verifier::Source::open(&bundle).expect("the bundle opens");
        keepwell_verifier::verify(&source, &keepwell_verifier::Ask::default()).expect("the bundle is one")
    };
    let report = check();
    assert_eq!(report.verdict, keepwell_verifier::Verdict::Pass, "{report:?}");
    assert!(report.entries > 10 && report.not_disclosed == 0, "{report:?}");
    let table = bundle.join("entries.csv");
    let mut bytes = std::fs::read(&table).expect("the table is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&table, bytes).expect("the table can be changed");
    assert_eq!(check().verdict, keepwell_verifier::Verdict::Fail);
}

/// The smallest Synthea bundle in the shared data beside the repository.
pub(crate) fn a_bundle() -> PathBuf {
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/fhir/bundles");
    let files = std::fs::read_dir(&shared).expect("the shared data stands beside the repository");
    let bundles = files.map(|file| file.expect("the folder can be read").path());
    let bundles = bundles.filter(|path| path.extension().is_some_and(|kind| kind == "json"));
    let smallest = bundles.min_by_key(|path| path.metadata().map_or(u64::MAX, |file| file.len()));
    smallest.expect("there is a bundle").canonicalize().expect("the bundle has a path")
}

/// Walks the wizard; returns the secret for the authenticator, and the words of the recovery kit.
pub(crate) async fn set_up(window: &Window) -> Walked<(String, String)> {
    window.click("setup-begin").await?;
    window.fill("practice-name", "Lakeside Family Medicine").await?;
    window.fill("practice-line1", "12 Harbor Street").await?;
    window.fill("practice-city", "Portland").await?;
    window.fill("practice-state", "ME").await?;
    window.fill("practice-postal-code", "04101").await?;
    window.fill("practice-npi", "1234567893").await?;
    window.screen("setup-practice").await?;
    window.click("setup-practice-next").await?;
    window.fill("owner-name", "Naomi Ito").await?;
    window.fill("owner-user-name", USER).await?;
    window.fill("owner-passphrase", PASSPHRASE).await?;
    window.find("passphrase-advice").await?;
    window.screen("setup-owner").await?;
    window.click("setup-create").await?;
    window.find("kit-sheet").await?;
    window.screen("setup-recovery-kit").await?;
    let words = kit_words(window).await?;
    window.click("kit-continue").await?;
    window.screen("setup-kit-words").await?;
    for place in 1..=2 {
        let answer = format!("kit-answer-{place}");
        let word = asked_word(window, &answer, &words).await?;
        window.fill(&answer, &word).await?;
    }
    window.click("kit-confirm").await?;
    let secret = window.text("factor-secret").await?.replace(' ', "");
    window.screen("setup-second-factor").await?;
    window.click("factor-kept").await?;
    window.fill("factor-code", &code(&secret)?).await?;
    window.click("factor-confirm").await?;
    window.find("setup-finish").await?;
    window.screen("setup-ready").await?;
    window.click("setup-finish").await?;
    window.find("day-empty").await?;
    window.screen("day-empty").await?;
    window.click("nav-patients").await?;
    window.find("patient-search").await?;
    Ok((secret, words.join(" ")))
}

async fn kit_words(window: &Window) -> Walked<Vec<String>> {
    let words = "return [...document.querySelectorAll('[data-testid^=\"kit-word-\"]')].map((word) => word.innerText)";
    let words: Vec<String> = serde_json::from_value(window.script(words).await?).unwrap_or_default();
    if words.len() < 12 { Err(Trouble(format!("the kit shows {} words", words.len()))) } else { Ok(words) }
}

/// Reads from the label of a field which word it asks for.
async fn asked_word(window: &Window, field: &str, words: &[String]) -> Walked<String> {
    let label = format!("return document.querySelector('[data-testid=\"{field}\"]').labels[0].innerText");
    let label = window.script(&label).await?.as_str().unwrap_or_default().to_owned();
    let place: String = label.chars().filter(char::is_ascii_digit).collect();
    let word = place.parse::<usize>().ok().and_then(|place| words.get(place.checked_sub(1)?));
    word.cloned().ok_or_else(|| Trouble(format!("{field} asks for {label:?}")))
}

pub(crate) async fn bring_patients_in(window: &Window) -> Walked {
    window.screen("patients-empty").await?;
    window.click("patients-import").await?;
    window.find("import-choose").await?;
    window.screen("import").await?;
    window.click("import-choose").await?;
    window.click("import-run").await?;
    window.find("import-report").await?;
    window.shows("import-created", "1").await?;
    window.shows("import-refused", "0").await?;
    window.screen("import-report").await?;
    // The same file again makes no second patient.
    window.click("import-run").await?;
    window.shows("import-unchanged", "1").await?;
    window.shows("import-created", "0").await
}

async fn open_a_chart(window: &Window) -> Walked {
    window.click("nav-patients").await?;
    window.fill("patient-search", &family_name()).await?;
    window.find("search-row").await?;
    window.shows("search-count", "1").await?;
    window.screen("search").await?;
    window.type_keys(thirtyfour::Key::Enter).await?;
    window.find("chart-banner").await?;
    window.shows("chart-mrn", "MRN-").await?;
    window.screen("chart").await?;
    window.click("tab-versions").await?;
    window.find("version-row").await?;
    window.screen("chart-versions").await?;
    window.click("tab-looked").await?;
    window.find("log-row").await?;
    window.screen("chart-who-looked").await
}

/// The family name in the bundle, without the figures that Synthea puts behind names.
pub(crate) fn family_name() -> String {
    let text = std::fs::read_to_string(a_bundle()).expect("the bundle can be read");
    let bundle: serde_json::Value = serde_json::from_str(&text).expect("the bundle is JSON");
    let resources = bundle["entry"].as_array().expect("the bundle has entries").iter().map(|entry| &entry["resource"]);
    let patient = resources.into_iter().find(|one| one["resourceType"] == "Patient").expect("the bundle has a patient");
    let family = patient["name"][0]["family"].as_str().expect("the patient has a name");
    family.trim_end_matches(|figure: char| figure.is_ascii_digit()).to_owned()
}

async fn lock_and_unlock(window: &Window, secret: &str) -> Walked {
    window.control('l').await?;
    window.find("lock-screen").await?;
    if window.has("chart-banner").await? {
        return Err(Trouble("the locked window still holds the chart".to_owned()));
    }
    window.screen("lock").await?;
    window.fill("unlock-passphrase", "not the passphrase at all").await?;
    window.click("unlock-submit").await?;
    window.find("unlock-refused").await?;
    window.fill("unlock-passphrase", PASSPHRASE).await?;
    window.click("unlock-submit").await?;
    window.gone("unlock-refused").await?;
    if window.has("unlock-code").await? {
        window.fill("unlock-code", &fresh_code(secret).await?).await?;
        window.click("unlock-submit").await?;
    }
    // An unlock comes back to the very same place.
    window.find("chart-banner").await.map(drop)
}

async fn read_the_log(window: &Window) -> Walked {
    window.click("nav-log").await?;
    // Who looked, who changed what, and who was turned away: all of it is there.
    for words in ["Naomi Ito", "Opened a chart", "Refused"] {
        window.shows("log-rows", words).await?;
    }
    // Only the rows in sight are drawn.
    scroll_the_log(window, "1e6").await?;
    for words in ["Created the practice", "Imported patients"] {
        window.shows("log-rows", words).await?;
    }
    scroll_the_log(window, "0").await?;
    window.screen("log").await?;
    window.click("log-row").await?;
    window.find("log-entry").await?;
    window.screen("log-entry").await?;
    window.click("log-verify").await?;
    window.shows("trust-line", "intact").await?;
    window.screen("log-verified").await?;
    hand_out_the_log(window).await
}

async fn scroll_the_log(window: &Window, to: &str) -> Walked {
    let within = "const rows = document.querySelector('[data-testid=\"log-rows\"]');";
    let all = "for (let at = rows; at !== null; at = at.parentElement) if (at.scrollHeight > at.clientHeight + 1 && getComputedStyle(at).overflowY !== 'visible') { at.scrollTop = ";
    window.script(&format!("{within} {all}{to}; break; }}")).await.map(drop)
}

/// Writes the audit bundle, from the log's screen.
pub(crate) async fn hand_out_the_log(window: &Window) -> Walked {
    window.click("log-export").await?;
    window.fill("log-export-reason", "The auditor asked for it by letter").await?;
    window.screen("log-export").await?;
    // Its files are looked at here, byte by byte, so this one goes out in clear.
    window.click("log-export-written-plain").await?;
    window.screen("log-export-plain").await?;
    window.click("log-export-write").await?;
    window.shows("toast", "entries written to").await
}

async fn look_around(window: &Window) -> Walked {
    window.click("nav-patients").await?;
    window.click("patients-new").await?;
    window.find("registration-form").await?;
    window.screen("register").await?;
    window.click("nav-staff").await?;
    window.find("staff-invite").await?;
    window.screen("staff").await?;
    window.click("staff-invite").await?;
    window.find("invite-user").await?;
    window.screen("staff-invite").await?;
    window.click("nav-settings").await?;
    window.find("tab-practice").await?;
    window.screen("settings").await?;
    window.click("tab-practice").await?;
    window.find("practice-save").await?;
    window.screen("settings-practice").await?;
    window.control('k').await?;
    window.find("palette-input").await?;
    window.screen("palette").await?;
    window.type_keys(thirtyfour::Key::Escape).await?;
    window.gone("palette-input").await
}

async fn sign_out_and_in(window: &Window, secret: &str) -> Walked {
    window.click("sign-out").await?;
    window.find("sign-in-user").await?;
    window.screen("sign-in").await?;
    sign_in(window, secret).await
}

/// Signs in with what was set up on the first day.
pub(crate) async fn sign_in(window: &Window, secret: &str) -> Walked {
    window.fill("sign-in-user", USER).await?;
    window.fill("sign-in-passphrase", PASSPHRASE).await?;
    window.fill("sign-in-code", &fresh_code(secret).await?).await?;
    window.click("sign-in-submit").await?;
    window.click("nav-patients").await?;
    window.find("patient-search").await.map(drop)
}

/// The code an authenticator shows now (RFC 6238).
pub(crate) fn code(secret: &str) -> Walked<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| Trouble(error.to_string()))?;
    let secret = totp_rs::Secret::try_from_base32(secret).map_err(|error| Trouble(error.to_string()))?;
    let authenticator = totp_rs::Builder::new().with_secret(secret).build_noncompliant();
    Ok(authenticator.generate(now.as_secs()).to_string())
}

/// A code that has not been used: each is accepted once, so the next half minute must come first.
async fn fresh_code(secret: &str) -> Walked<String> {
    let used = code(secret)?;
    loop {
        let shown = code(secret)?;
        if shown != used {
            return Ok(shown);
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}
