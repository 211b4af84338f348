//! WebKit's driver: one process per journey, on a port that is free.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running driver; it ends with the value.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver and waits until it answers. The variables reach the program under test through it.
    pub fn start(variables: &[(&str, &std::path::Path)]) -> Self {
        let port = free_port();
        let mut command = Command::new("WebKitWebDriver");
        command.args(["--host=127.0.0.1", &format!("--port={port}")]).envs(variables.iter().copied());
        // Without it WebKit does not let itself be driven.
        command.env("TAURI_WEBVIEW_AUTOMATION", "true").stdin(Stdio::null());
        // A group of its own, so that the program ends with the driver: the driver leaves it running.
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let process = command.spawn().expect("WebKitWebDriver (Debian package webkit2gtk-driver) starts");
        let driver = Self { process, port };
        let end = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < end, "WebKitWebDriver does not answer on port {port}");
            std::thread::sleep(Duration::from_millis(50));
        }
        driver
    }

    /// Returns the address of the driver.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let probe = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    probe.local_addr().expect("the port has a number").port()
}
