//! Out of the office and back: a backup is made and proved, the practice is lost, and it comes back from the recovery kit;
//! then an auditor gets a bundle of it that holds, and no longer does after one changed byte.

use crate::first_day::{
    PASSPHRASE, USER, a_bundle, bring_patients_in, code, family_name, hand_out_the_log, set_up,
    the_auditor_finds_the_bundle_whole,
};
use crate::window::{Start, Walked, Window, journey};
use std::cell::RefCell;

const NEW: &str = "copper thistle window eighty";

#[test]
fn a_practice_is_backed_up_lost_and_restored() {
    let (import, drive) = (a_bundle(), tempfile::tempdir().expect("a drive"));
    let nowhere = [family_name(), PASSPHRASE.to_owned(), NEW.to_owned()];
    let nowhere: Vec<&str> = nowhere.iter().map(String::as_str).collect();
    let start = Start { import: Some(&import), folder: Some(drive.path()), nowhere: &nowhere, ..Start::default() };
    let kit = RefCell::new(String::new());
    journey("backup", &start, async |window| {
        let (_, words) = set_up(window).await?;
        kit.replace(words);
        bring_patients_in(window).await?;
        back_up(window).await
    });
    // The profile of that window is gone with it: this one begins with nothing but the drive and the kit.
    journey("restore", &start, async |window| {
        let kit = kit.borrow().clone();
        restore(window, &kit).await?;
        come_in(window, &kit).await?;
        everything_is_there(window).await
    });
    the_auditor_finds_the_bundle_whole(drive.path());
}

async fn back_up(window: &Window) -> Walked {
    window.click("nav-backups").await?;
    window.shows("backups-standing", "no backup yet").await?;
    window.screen("backups-none").await?;
    window.click("backup-now").await?;
    window.find("backup-written").await?;
    window.screen("backup-written").await?;
    window.click("backup-prove-now").await?;
    window.shows("backup-proof", "holds").await?;
    window.click("backup-plan-open").await?;
    window.click("backup-plan-folder").await?;
    window.screen("backup-plan").await?;
    window.click("backup-plan-save").await?;
    window.shows("backup-plan", "Each day").await?;
    window.shows("backup-row", "Proved").await?;
    window.screen("backups").await
}

async fn restore(window: &Window, kit: &str) -> Walked {
    window.find("setup-restore").await?;
    window.screen("welcome").await?;
    window.click("setup-restore").await?;
    window.find("restore-choose").await?;
    window.screen("restore").await?;
    window.click("restore-choose").await?;
    window.find("restore-found").await?;
    // Another practice's kit opens nothing, and the words stay where they were typed.
    let other = format!("{}art", "abandon ".repeat(23));
    window.fill("restore-key", &other).await?;
    window.click("restore-run").await?;
    window.find("restore-refused").await?;
    window.screen("restore-refused").await?;
    window.fill("restore-key", kit).await?;
    window.click("restore-run").await?;
    window.find("restore-report").await?;
    window.screen("restored").await?;
    window.click("restore-done").await
}

/// An owner comes in with the kit, and gets a new passphrase and a new second factor.
async fn come_in(window: &Window, kit: &str) -> Walked {
    window.fill("recover-key", kit).await?;
    window.fill("recover-user", USER).await?;
    window.fill("recover-passphrase", NEW).await?;
    window.click("recover-submit").await?;
    let secret = window.text("factor-secret").await?.replace(' ', "");
    window.click("factor-kept").await?;
    window.fill("factor-code", &code(&secret)?).await?;
    window.click("factor-confirm").await?;
    window.find("patient-search").await.map(drop)
}

async fn everything_is_there(window: &Window) -> Walked {
    window.fill("patient-search", &family_name()).await?;
    window.find("search-row").await?;
    window.click("nav-log").await?;
    window.shows("log-rows", "Restored a backup").await?;
    window.click("log-verify").await?;
    window.shows("trust-line", "intact").await?;
    hand_out_the_log(window).await
}
