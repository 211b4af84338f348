//! How quick the window is: from its start to a screen that can be used, from a key to what it finds, and from one drawing to
//! the next while a visit is dragged. The figures are printed, never judged: a test machine is busy. `KEEPWELL_MEASURE=PROFILE:KEYFILE` names a larger demonstration,
//! with the note on how to sign in beside it; without it the usual small one is measured.

use crate::calendar::go_to;
use crate::window::{Start, Trouble, Walked, Window, journey};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thirtyfour::prelude::By;

/// What is typed, letter by letter, and taken away again: common and rare names, a slip, a date and a number.
const TYPED: [&str; 8] = ["smith jo", "garcia ma", "okafor", "nguyen", "jonson", "o'bri", "1961", "lindqv"];
/// As fast as a quick typist.
const BETWEEN_KEYS: Duration = Duration::from_millis(120);

/// Notes how long each drawing of the page was after the one before.
const METER: &str = "
  window.__drawings = [];
  let last = performance.now();
  const drawn = () => {
    const now = performance.now();
    if (document.querySelector('[data-testid=\"preview\"]')) window.__drawings.push(now - last);
    last = now;
    if (window.__drawings !== null) requestAnimationFrame(drawn);
  };
  requestAnimationFrame(drawn);
  return true;";

/// Notes, for each change of the field, how long it takes until what it finds is painted.
const WATCH: &str = "
  const field = document.querySelector('[data-testid=\"patient-search\"]');
  const count = document.querySelector('[data-testid=\"search-count\"]');
  window.__keys = [];
  window.__known = [];
  window.__drawing = [];
  let asked = null;
  const settled = () => {
    if (asked === null || asked.value !== field.value || count.getAttribute('aria-busy') !== 'false') return;
    const { began } = asked;
    asked = null;
    const known = performance.now() - began;
    // What is in the document now is painted with the next frame; what runs after that frame runs after its painting.
    requestAnimationFrame(() => {
      const drawing = performance.now() - began;
      setTimeout(() => {
        window.__known.push(known);
        window.__drawing.push(drawing);
        window.__keys.push(performance.now() - began);
      }, 0);
    });
  };
  new MutationObserver(settled).observe(count, { attributes: true, childList: true, characterData: true, subtree: true });
  field.addEventListener('input', (event) => { asked = { value: field.value, began: event.timeStamp }; });
  return true;";

#[test]
fn the_window_is_quick() {
    let named = std::env::var("KEEPWELL_MEASURE").ok();
    let practice: Option<(PathBuf, PathBuf)> = named.as_deref().map(|named| {
        let (profile, key) = named.split_once(':').expect("KEEPWELL_MEASURE is PROFILE:KEYFILE");
        (profile.into(), key.into())
    });
    let there = practice.as_ref().map(|(profile, key)| (profile.as_path(), key.as_path()));
    journey("start", &Start { practice: there, ..Start::default() }, async |window| {
        let first = if there.is_some() { "sign-in-user" } else { "setup-begin" };
        started(window, first).await
    });
    journey("frames", &Start { practice: there, demonstration: true, ..Start::default() }, frames);
    journey("keys", &Start { practice: there, demonstration: true, ..Start::default() }, keys);
}

/// Waits until the first screen can be used, and prints how long that took.
async fn started(window: &Window, first: &str) -> Walked {
    let end = window.began + Duration::from_secs(30);
    while !window.has(first).await? {
        if Instant::now() > end {
            return Err(Trouble("the first screen did not come".to_owned()));
        }
    }
    let usable = window.began.elapsed().as_millis();
    let page = window.script("return Math.round(performance.now())").await?;
    eprintln!(
        "measured: from the start of the program, by its driver, to a usable screen {usable} ms, of them {page} ms in the page"
    );
    Ok(())
}

/// Drags a visit about in a small and in a wide window, and prints how often each is drawn.
async fn frames(window: &Window) -> Walked {
    // On two of the next four days at most nobody works.
    for day in ["t+1", "t+2", "t+3", "t+4"] {
        go_to(window, day).await?;
        tokio::time::sleep(Duration::from_secs(1)).await;
        if window.has("visit").await? {
            break;
        }
    }
    for size in [(1280, 800), (1920, 1080)] {
        window.resize(size).await?;
        let booked = window.all(By::Css("[data-testid='visit'][data-status='booked']")).await?;
        let first = booked.first().ok_or_else(|| Trouble("nothing is booked in the next days".to_owned()))?;
        let shown = "return [document.querySelectorAll('.sd-col').length, \
                     document.querySelectorAll('[data-testid=\"visit\"]').length]";
        let shown = window.script(shown).await?;
        window.script(METER).await?;
        window.whirl(first, 180).await?;
        let measured = window.script("const all = window.__drawings; window.__drawings = null; return all").await?;
        let times = sorted(&measured);
        if times.len() < 30 {
            return Err(Trouble(format!("{} drawings of a visit that is dragged", times.len())));
        }
        eprintln!(
            "measured: {} columns with {} visits in {} by {}, one dragged: drawn every {:.0} ms at p50, {:.0} at p95, {:.0} at \
             p99",
            shown[0],
            shown[1],
            size.0,
            size.1,
            at(&times, 50),
            at(&times, 95),
            at(&times, 99),
        );
    }
    Ok(())
}

fn sorted(measured: &serde_json::Value) -> Vec<f64> {
    let mut times: Vec<f64> = measured.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    times
}

fn at(times: &[f64], share: usize) -> f64 {
    times[(times.len() * share / 100).min(times.len() - 1)]
}

/// Types, and prints how long each key takes.
async fn keys(window: &Window) -> Walked {
    window.click("nav-patients").await?;
    window.find("patient-search").await?;
    window.script(WATCH).await?;
    // The first search of a session builds the index, and is measured by the bench.
    window.fill("patient-search", "a").await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut settled = window.script("return window.__keys.length").await?;
    while settled == 0 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        settled = window.script("return window.__keys.length").await?;
    }
    measure_keys(window).await
}

/// Types everything once, and prints how long each key takes.
async fn measure_keys(window: &Window) -> Walked {
    window.script("window.__keys.length = window.__known.length = window.__drawing.length = 0; return true").await?;
    for typed in TYPED {
        window.fill("patient-search", " ").await?;
        for letter in typed.chars() {
            window.type_keys(letter.to_string()).await?;
            tokio::time::sleep(BETWEEN_KEYS).await;
        }
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let measured = window.script("return window.__keys").await?;
    let times = sorted(&measured);
    let typed: usize = TYPED.iter().map(|typed| typed.chars().count()).sum();
    if times.len() < typed / 2 {
        return Err(Trouble(format!("{} of {typed} keys were answered", times.len())));
    }
    eprintln!(
        "measured: from a key to its results on the screen {:.0} ms at p50, {:.0} at p95, {:.0} at most, of {} keys",
        at(&times, 50),
        at(&times, 95),
        times[times.len() - 1],
        times.len()
    );
    for (script, until) in [
        ("return window.__known", "the results stood in the document"),
        ("return window.__drawing", "the frame with them began"),
    ] {
        let part = sorted(&window.script(script).await?);
        eprintln!("measured: of it, until {until}, {:.0} ms at p50, {:.0} at p95", at(&part, 50), at(&part, 95));
    }
    Ok(())
}
