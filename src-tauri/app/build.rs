//! Describes the desktop program to Tauri: one command, in a plugin of its own, so that it has a permission of its own.

use std::io::Write;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The screens are embedded, so a change to them must rebuild the program.
    writeln!(std::io::stdout(), "cargo:rerun-if-changed=ui/dist")?;
    if !Path::new("ui/dist/index.html").exists() {
        return Err("the screens are not built yet: run `npm ci && npm run build` in ui/, or `cargo xtask run`".into());
    }
    // An inlined plugin is consulted by Tauri's access list; a bare application command is open to every local window.
    let door = tauri_build::InlinedPlugin::new()
        .commands(&["call"])
        .default_permission(tauri_build::DefaultPermissionRule::AllowAllCommands);
    tauri_build::try_build(tauri_build::Attributes::new().plugin("practice", door))?;
    Ok(())
}
