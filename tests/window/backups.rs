//! Out of the office and back: a backup is made and proved, the practice is lost, the backup is looked into on a computer
//! that knows nothing, and the practice comes back there from the recovery kit; then an auditor gets a bundle of it that holds, and no longer does after one changed byte.

use crate::first_day::{
    PASSPHRASE, a_bundle, bring_patients_in, family_name, hand_out_the_log, set_up, sign_in,
    the_auditor_finds_the_bundle_whole,
};
use crate::window::{Start, Walked, Window, journey};
use std::cell::RefCell;

#[test]
fn a_practice_is_backed_up_lost_and_restored() {
    let (import, drive) = (a_bundle(), tempfile::tempdir().expect("a drive"));
    let nowhere = [family_name(), PASSPHRASE.to_owned()];
    let nowhere: Vec<&str> = nowhere.iter().map(String::as_str).collect();
    let start = Start { import: Some(&import), folder: Some(drive.path()), nowhere: &nowhere, ..Start::default() };
    let kept = RefCell::new((String::new(), String::new()));
    journey("backup", &start, async |window| {
        kept.replace(set_up(window).await?);
        bring_patients_in(window).await?;
        back_up(window).await
    });
    // The profile of that window is gone with it: this one begins with nothing but the drive and the kit.
    journey("restore", &start, async |window| {
        let (secret, kit) = kept.borrow().clone();
        look_into_it(window, &kit, &secret).await?;
        restore(window, &kit).await?;
        sign_in(window, &secret).await?;
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

/// In an emergency: the backup is opened beside nothing at all, people come in as themselves and change nothing.
async fn look_into_it(window: &Window, kit: &str, secret: &str) -> Walked {
    window.click("look-open").await?;
    window.find("look-choose").await?;
    window.screen("look").await?;
    window.click("look-choose").await?;
    window.find("look-note").await?;
    window.fill("look-key", kit).await?;
    window.screen("look-key").await?;
    window.click("look-run").await?;
    window.find("sign-in-user").await?;
    window.screen("copy-sign-in").await?;
    sign_in(window, secret).await?;
    window.fill("patient-search", &family_name()).await?;
    window.click("search-row").await?;
    window.find("chart-banner").await?;
    window.screen("copy-chart").await?;
    window.click("copy-close").await?;
    window.find("setup-restore").await.map(drop)
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
