//! The window as a person meets it: look, click, type, wait. Every wait has an end.

use crate::driver::Driver;
use crate::picture::{Area, Picture};
use crate::{axe, picture, traces};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use thirtyfour::extensions::query::ElementQueryable;
use thirtyfour::prelude::{By, ElementWaitable, WebDriverError};
use thirtyfour::{Capabilities, WebDriver, WebElement};

/// What stopped a journey, in words.
#[derive(Debug)]
pub struct Trouble(pub String);

impl From<WebDriverError> for Trouble {
    fn from(error: WebDriverError) -> Self {
        Self(error.to_string())
    }
}

/// The window's size as it opens, and that of an office screen.
const USUAL: (u32, u32) = (1280, 800);
const WIDE: (u32, u32) = (1920, 1080);

/// What a step of a journey returns.
pub type Walked<T = ()> = Result<T, Trouble>;

/// How long a person would wait for something to appear; Argon2 on a busy machine is the slowest.
const PATIENCE: Duration = Duration::from_secs(30);
/// Names what lies over the middle of a part, or nothing. A field inside its label may itself be out of sight.
const OVER: &str = "
    const part = arguments[0];
    const box = part.getBoundingClientRect();
    const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const own = seen === null || part.contains(seen) || seen.contains(part) || part.closest('label')?.contains(seen);
    return own ? null : `${seen.tagName} ${seen.className}`;";
/// How long a whole journey may take.
const JOURNEY: Duration = Duration::from_secs(6 * 60);

/// The program under test, with a profile of its own.
pub struct Window {
    driver: WebDriver,
    profile: tempfile::TempDir,
    webkit: Driver,
    /// When the driver was asked to start the program.
    pub began: Instant,
}

/// How the program is started for a journey.
#[derive(Default)]
pub struct Start<'a> {
    /// What the file dialog will answer.
    pub import: Option<&'a Path>,
    /// What the folder dialog will answer.
    pub folder: Option<&'a Path>,
    /// With made-up patients, and signed in.
    pub demonstration: bool,
    /// A practice that is there already: its profile and the file of its device key.
    pub practice: Option<(&'a Path, &'a Path)>,
    /// Words that may stand in no file when the window has closed: names, numbers, passphrases.
    pub nowhere: &'a [&'a str],
}

/// Answers once nothing moves any more but what moves for ever, and two frames were drawn since.
const SETTLED: &str = "
  const done = arguments[arguments.length - 1];
  const frames = (many) => (many === 0 ? done(true) : requestAnimationFrame(() => frames(many - 1)));
  const ends = (one) => one.effect !== null && Number.isFinite(one.effect.getComputedTiming().endTime);
  requestAnimationFrame(() => {
    const moving = document.getAnimations().filter(ends).map((one) => one.finished);
    Promise.allSettled(moving).then(() => frames(2));
  });";

/// Walks a journey in a new window with an empty profile, and tells where it stopped.
pub fn journey(name: &str, start: &Start<'_>, walk: impl AsyncFnOnce(&Window) -> Walked) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    runtime.block_on(async {
        let window = Window::open(start).await;
        let walked = match tokio::time::timeout(JOURNEY, walk(&window)).await {
            Ok(Ok(())) => window.no_complaints().await,
            Ok(Err(trouble)) => Err(trouble),
            Err(_) => Err(Trouble(format!("the journey took longer than {} seconds", JOURNEY.as_secs()))),
        };
        let failure = match walked {
            Ok(()) => None,
            Err(trouble) => Some(window.explain(name, trouble).await),
        };
        let traces = window.close(start.nowhere).await;
        if let Some(words) = failure {
            panic!("{words}");
        }
        assert!(traces.is_empty(), "{name} left its patients or secrets on disk in {traces:?}");
    });
}

impl Window {
    async fn open(start: &Start<'_>) -> Self {
        let profile = tempfile::tempdir().expect("a temporary profile");
        let answers = [("KEEPWELL_E2E_IMPORT", start.import), ("KEEPWELL_E2E_FOLDER", start.folder)];
        let variables: Vec<(&str, &Path)> =
            answers.into_iter().filter_map(|(name, path)| Some((name, path?))).collect();
        let webkit = Driver::start(&variables);
        let mut capabilities = Capabilities::new();
        // No browserName: the driver would compare it with what the program calls itself (ui.md section 6).
        let at = start.practice.map_or(profile.path(), |(profile, _)| profile);
        let mut arguments = vec![json!("--profile"), json!(at)];
        if let Some((_, key)) = start.practice {
            arguments.extend([json!("--keychain"), json!(format!("file:{}", key.display()))]);
        }
        arguments.extend(start.demonstration.then(|| json!("--demo")));
        let options = json!({ "binary": env!("CARGO_BIN_EXE_keepwell"), "args": arguments });
        capabilities.set("webkitgtk:browserOptions", options).expect("the options are JSON");
        let driver = WebDriver::builder(webkit.address(), capabilities).request_timeout(Duration::from_secs(60));
        let began = Instant::now();
        let driver = driver.await.expect("the window opens and lets itself be driven");
        driver.set_script_timeout(Duration::from_secs(60)).await.expect("the driver takes a time limit");
        Self { driver, profile, webkit, began }
    }

    /// Ends the program, whatever happened before, and returns the files that hold one of the words.
    async fn close(self, nowhere: &[&str]) -> Vec<PathBuf> {
        // A driver that has gone has closed the window already; what is left of its group ends with the value.
        let _ = self.driver.quit().await;
        drop(self.webkit);
        let mut folders = traces::folders_of_the_session();
        folders.push(self.profile.path().to_owned());
        folders.iter().flat_map(|folder| traces::of(nowhere, folder)).collect()
    }

    /// Runs a script in the page and returns its value.
    pub async fn script(&self, script: &str) -> Walked<Value> {
        Ok(self.driver.execute(script, Vec::new()).await?.json().clone())
    }

    /// Runs a script that answers by calling its last argument.
    pub async fn script_async(&self, script: &str) -> Walked<Value> {
        Ok(self.driver.execute_async(script, Vec::new()).await?.json().clone())
    }

    /// Waits for the part of the screen that carries a test id.
    pub async fn find(&self, id: &str) -> Walked<WebElement> {
        let query = self.driver.query(By::Css(selector(id))).wait(PATIENCE, Duration::from_millis(50));
        query.first().await.map_err(|_| Trouble(format!("nothing with the test id {id} appeared")))
    }

    /// Says whether the part is on the screen now. The page is asked and not the driver, which fails over a part that leaves
    /// while it is being found.
    pub async fn has(&self, id: &str) -> Walked<bool> {
        let there = json!(selector(id));
        Ok(self.script(&format!("return document.querySelector({there}) !== null")).await? == json!(true))
    }

    /// Waits until the part has left the screen.
    pub async fn gone(&self, id: &str) -> Walked {
        let end = Instant::now() + PATIENCE;
        while self.has(id).await? {
            if Instant::now() > end {
                return Err(Trouble(format!("{id} is still there")));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Does something with a part that may be drawn anew between its finding and its use; then it is found again. A part that
    /// went stale was neither read nor clicked.
    async fn while_drawn<T>(&self, act: impl AsyncFn() -> Walked<T>) -> Walked<T> {
        let end = Instant::now() + PATIENCE;
        loop {
            match act().await {
                Err(Trouble(words)) if words.contains("stale element") && Instant::now() < end => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                done => return done,
            }
        }
    }

    /// Returns the words of a part.
    pub async fn text(&self, id: &str) -> Walked<String> {
        self.while_drawn(async || self.read(id).await).await
    }

    async fn read(&self, id: &str) -> Walked<String> {
        let element = self.find(id).await?;
        // The driver's own reading leaves out what is cut short with dots, which a person still reads in part.
        let read = self.driver.execute("return arguments[0].innerText", vec![element.to_json()?]).await?;
        Ok(read.json().as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a part shows the words.
    pub async fn shows(&self, id: &str, words: &str) -> Walked {
        let end = Instant::now() + PATIENCE;
        loop {
            let text = self.text(id).await?;
            if text.contains(words) {
                return Ok(());
            }
            if Instant::now() > end {
                return Err(Trouble(format!("{id} does not show {words:?} but {text:?}")));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks a part once it can be clicked.
    pub async fn click(&self, id: &str) -> Walked {
        self.while_drawn(async || self.click_once(id).await).await
    }

    async fn click_once(&self, id: &str) -> Walked {
        let element = self.find(id).await?;
        let ready = element.wait_until().wait(PATIENCE, Duration::from_millis(50));
        ready.clickable().await.map_err(|_| Trouble(format!("{id} cannot be clicked")))?;
        self.press(&element).await
    }

    /// Opens a list and takes what bears the words.
    pub async fn choose(&self, id: &str, words: &str) -> Walked {
        self.click(id).await?;
        let named = format!("//*[starts-with(@data-testid, 'option-')][contains(., '{words}')]");
        let query = self.driver.query(By::XPath(named)).wait(PATIENCE, Duration::from_millis(50));
        let option = query.first().await.map_err(|_| Trouble(format!("{id} does not offer {words:?}")))?;
        self.press(&option).await
    }

    /// WebKit's driver answers some clicks with "unsupported operation" (tauri#6541), so there are two more ways. None of
    /// them is tried while something lies over the part: the click would be the other's, and nobody would hear of it.
    pub async fn press(&self, element: &WebElement) -> Walked {
        element.scroll_into_view().await?;
        self.lies_open(element).await?;
        if element.click().await.is_ok() {
            return Ok(());
        }
        if self.driver.action_chain().click_element(element).perform().await.is_ok() {
            return Ok(());
        }
        self.driver.execute("arguments[0].click()", vec![element.to_json()?]).await?;
        Ok(())
    }

    /// Waits until nothing lies over the middle of a part; a label counts as its field.
    async fn lies_open(&self, element: &WebElement) -> Walked {
        let end = Instant::now() + PATIENCE;
        loop {
            let over = self.driver.execute(OVER, vec![element.to_json()?]).await?;
            let Some(over) = over.json().as_str().map(str::to_owned) else { return Ok(()) };
            if Instant::now() > end {
                return Err(Trouble(format!("what was to be pressed lies under {over}")));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Returns every part that a selector finds, in the order of the page.
    pub async fn all(&self, by: By) -> Walked<Vec<WebElement>> {
        self.while_drawn(async || Ok(self.driver.find_all(by.clone()).await?)).await
    }

    /// Takes hold of a part with the mouse, moves it by so many pixels in two goes, and lets it go.
    pub async fn drag(&self, element: &WebElement, (right, down): (i64, i64)) -> Walked {
        self.lies_open(element).await?;
        let chain = self.driver.action_chain().click_and_hold_element(element);
        let chain = chain.move_by_offset(right / 2, down / 2).move_by_offset(right - right / 2, down - down / 2);
        Ok(chain.release().perform().await?)
    }

    /// Takes hold of a part with the mouse, moves it in circles, sixty steps a second, and lets it go where it was.
    pub async fn whirl(&self, element: &WebElement, steps: u32) -> Walked {
        self.lies_open(element).await?;
        let step = Some(Duration::from_millis(16));
        let chain = self.driver.action_chain_with_delay(step, step).click_and_hold_element(element);
        let place = |at: u32| {
            let turn = f64::from(at) * std::f64::consts::TAU / 60.0;
            ((turn.sin() * 200.0).round() as i64, ((1.0 - turn.cos()) * 60.0).round() as i64)
        };
        let chain = (0..steps).fold(chain, |chain, at| {
            let ((x, y), (right, down)) = (place(at), place(at + 1));
            chain.move_by_offset(right - x, down - y)
        });
        Ok(chain.release().perform().await?)
    }

    /// Types into a field in place of what is there.
    pub async fn fill(&self, id: &str, text: &str) -> Walked {
        self.while_drawn(async || self.fill_once(id, text).await).await
    }

    async fn fill_once(&self, id: &str, text: &str) -> Walked {
        let element = self.find(id).await?;
        self.press(&element).await?;
        // The driver's own "clear" changes the field without React hearing of it.
        self.driver.execute("arguments[0].select()", vec![element.to_json()?]).await?;
        element.send_keys(text).await?;
        Ok(())
    }

    /// Types into whatever holds the focus.
    pub async fn type_keys(&self, keys: impl Into<thirtyfour::TypingData>) -> Walked {
        let keys: thirtyfour::TypingData = keys.into();
        let chain = keys.as_vec().into_iter().fold(self.driver.action_chain(), |chain, key| chain.send_keys(key));
        Ok(chain.perform().await?)
    }

    /// Presses a letter with Control held.
    pub async fn control(&self, letter: char) -> Walked {
        let chain = self.driver.action_chain().key_down(thirtyfour::Key::Control).key_down(letter);
        let chain = chain.key_up(letter).key_up(thirtyfour::Key::Control);
        Ok(chain.perform().await?)
    }

    /// The heading stays where it is, whatever was scrolled to: only what lies beneath it moves.
    async fn heading_stands(&self, name: &str) -> Walked {
        let top = "const bar = document.querySelector('.screen-bar'); return bar ? bar.getBoundingClientRect().top : 0";
        let top = self.script(top).await?;
        if top.as_f64().is_some_and(|top| top >= 0.0) {
            return Ok(());
        }
        Err(Trouble(format!("{name} was scrolled out of its frame: its heading stands at {top}")))
    }

    /// Checks the screen as it is: in its frame, painted, without serious findings of axe, light and dark. Where pictures are
    /// wanted, keeps both looks, small and wide.
    pub async fn screen(&self, name: &str) -> Walked {
        self.heading_stands(name).await?;
        for look in ["light", "dark"] {
            self.wear(look).await?;
            let picture = self.picture().await?;
            picture.keep(&format!("{name}-{look}"));
            if picture.colours() < 3 {
                return Err(Trouble(format!("{name} ({look}) was not painted")));
            }
            axe::check(self, &format!("{name} ({look})"), look == "dark").await?;
        }
        if picture::wanted().is_some() {
            self.resize(WIDE).await?;
            for look in ["light", "dark"] {
                self.wear(look).await?;
                self.picture().await?.keep(&format!("{name}-wide-{look}"));
            }
            self.resize(USUAL).await?;
        }
        self.wear("light").await
    }

    /// Puts the page into a look, and waits until colours have stopped fading and the last of them is painted.
    async fn wear(&self, look: &str) -> Walked {
        let wear = format!("document.documentElement.dataset.theme = '{look}';{SETTLED}");
        self.script_async(&wear).await.map(drop)
    }

    /// Gives the window a size.
    pub async fn resize(&self, (width, height): (u32, u32)) -> Walked {
        self.driver.set_window_rect(0, 0, width, height).await?;
        let end = Instant::now() + PATIENCE;
        while self.script("return [innerWidth, innerHeight]").await? != json!([width, height]) {
            if Instant::now() > end {
                return Err(Trouble(format!("the window does not take the size {width} by {height}")));
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Takes a picture of the page, where it is on the screen.
    async fn picture(&self) -> Walked<Picture> {
        let place = self.script("return [screenX, screenY, innerWidth, innerHeight]").await?;
        let side = |index: usize| place[index].as_u64().and_then(|side| usize::try_from(side).ok()).unwrap_or(0);
        Ok(Picture::of(Area { left: side(0), top: side(1), width: side(2), height: side(3) }))
    }

    /// What the page complained about since it was loaded: errors nobody caught, and breaches of its policy.
    async fn no_complaints(&self) -> Walked {
        let complaints = self.script("return window.__complaints ?? ['the page was not watched']").await?;
        match complaints.as_array().is_some_and(Vec::is_empty) {
            true => Ok(()),
            false => Err(Trouble(format!("the page complained: {complaints}"))),
        }
    }

    /// Adds what the window shows to the words of a failure, and keeps a picture of it.
    async fn explain(&self, name: &str, trouble: Trouble) -> String {
        let seen = self.script("return document.body.innerText + '\\n' + JSON.stringify(window.__complaints)").await;
        let seen = seen.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default();
        let kept = match self.picture().await {
            Ok(picture) => picture.keep_failure(name).display().to_string(),
            Err(trouble) => format!("none: {}", trouble.0),
        };
        format!("{name}: {}\n\nThe window showed:\n{seen}\n\nPicture: {kept}", trouble.0)
    }
}

fn selector(id: &str) -> String {
    format!("[data-testid=\"{id}\"]")
}
