//! The one window. It shows the program's own screens and goes nowhere else.

use crate::launch::Launch;
use crate::look::Look;
use tauri::utils::config::WindowConfig;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewWindowBuilder};

/// Opens the window that tauri.conf.json describes.
pub(crate) fn open(app: &AppHandle, launch: &Launch) -> tauri::Result<()> {
    let config: WindowConfig = app.config().app.windows.first().cloned().ok_or(tauri::Error::WindowNotFound)?;
    let builder = WebviewWindowBuilder::from_config(app, &config)?
        .on_navigation(|url| is_own(url, tauri::is_dev()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .initialization_script(Look::read(&launch.look()).script()?);
    // A private web view keeps nothing on disk, but no WebDriver can enter it (ui.md 0.5).
    #[cfg(feature = "e2e")]
    let builder = builder.incognito(false).data_directory(launch.webview()).initialization_script(COMPLAINTS);
    builder.build()?;
    Ok(())
}

/// Collects what the page complains about from its first moment, for the window tests to read.
#[cfg(feature = "e2e")]
const COMPLAINTS: &str = "
    window.__complaints = [];
    const complain = (words) => window.__complaints.push(String(words));
    addEventListener('securitypolicyviolation', (event) => complain(`policy ${event.effectiveDirective}: ${event.blockedURI}`));
    addEventListener('error', (event) => complain(`error: ${event.message}`));
    addEventListener('unhandledrejection', (event) => complain(`rejection: ${event.reason}`));
";

/// Brings the window to the front when somebody starts the program a second time.
pub(crate) fn bring_forward(app: &AppHandle) {
    for window in app.webview_windows().values() {
        // A window manager may refuse; the person then finds the window in the task bar.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Says whether an address belongs to the program's own screens.
fn is_own(url: &Url, developing: bool) -> bool {
    let own = match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => cfg!(not(windows)),
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    };
    let vite = developing && url.scheme() == "http" && url.host_str() == Some("localhost") && url.port() == Some(5173);
    own || vite
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    #[cfg(not(windows))]
    fn only_the_programs_own_screens_are_shown() {
        for (address, own) in [
            ("tauri://localhost/", true),
            ("tauri://localhost/index.html#/patients", true),
            ("tauri://elsewhere/", false),
            ("http://localhost:5173/", false),
            ("https://localhost/", false),
            ("http://tauri.localhost/", false),
            ("https://example.org/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
            ("javascript:alert(1)", false),
        ] {
            assert_eq!(is_own(&address.parse().unwrap(), false), own, "{address}");
        }
        assert!(is_own(&"http://localhost:5173/".parse().unwrap(), true));
        assert!(!is_own(&"http://localhost:5174/".parse().unwrap(), true));
    }
}
