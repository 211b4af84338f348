//! What the desktop is told about the program: its entry in the menu, its page in the software centre, its kind of file.

/// The name of the entry, the icon and the page; tauri.conf.json has the same.
pub(crate) const IDENTIFIER: &str = "org.keepwell.desktop";

/// The entry in the menu. It takes the note of a backup: the window asks whether to look into it or to restore it, and does
/// neither by itself.
pub(crate) const ENTRY: &str = "\
[Desktop Entry]
Type=Application
Version=1.4
Name=Keepwell
GenericName=Medical practice
GenericName[es]=Consulta médica
Comment=A sealed, offline record of a small medical practice
Comment[es]=El registro sellado y sin conexión de una consulta médica pequeña
Exec=keepwell %f
MimeType=application/vnd.keepwell.backup-note;
Icon=keepwell
Terminal=false
Categories=Office;MedicalSoftware;
Keywords=patients;practice;clinic;doctor;records;
Keywords[es]=pacientes;consulta;clínica;médico;historial;
StartupNotify=true
StartupWMClass=keepwell
";

/// The kind of file that Keepwell has: the note of a backup, known by its first line. An audit bundle is a folder or a plain ZIP file and has no kind of its own.
pub(crate) const KINDS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/vnd.keepwell.backup-note">
    <comment>Keepwell backup, what it says of itself</comment>
    <comment xml:lang="es">Copia de seguridad de Keepwell, lo que dice de sí misma</comment>
    <sub-class-of type="text/plain"/>
    <icon name="keepwell"/>
    <magic priority="80">
      <match type="string" offset="0" value="keepwell/backup/1\n"/>
    </magic>
    <glob pattern="backup.note"/>
  </mime-type>
</mime-info>
"#;

/// Returns the page of the software centre, for a version released on a day such as 2026-11-22.
pub(crate) fn page(version: &str, day: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>{IDENTIFIER}</id>
  <name>Keepwell</name>
  <summary>A sealed, offline record of a small medical practice</summary>
  <summary xml:lang="es">El registro sellado y sin conexión de una consulta médica pequeña</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>Apache-2.0 OR MIT</project_license>
  <developer id="org.keepwell">
    <name>The Keepwell authors</name>
  </developer>
  <developer_name>The Keepwell authors</developer_name>
  <description>
    <p>Keepwell keeps a small practice on its own computer: its patients, and the proof that everything done with them was done properly. There is no server and nothing goes over the network.</p>
    <p xml:lang="es">Keepwell guarda una consulta pequeña en su propio ordenador: sus pacientes, y la prueba de que todo lo que se hizo con ellos se hizo bien. No hay servidor y nada sale por la red.</p>
  </description>
  <launchable type="desktop-id">{IDENTIFIER}.desktop</launchable>
  <icon type="stock">keepwell</icon>
  <categories>
    <category>Office</category>
    <category>MedicalSoftware</category>
  </categories>
  <provides>
    <binary>keepwell</binary>
    <binary>keepwell-cli</binary>
    <binary>keepwell-verify</binary>
  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="{version}" date="{day}"/>
  </releases>
</component>
"#
    )
}

#[cfg(test)]
mod tests {
    use super::{ENTRY, IDENTIFIER, KINDS, page};
    use std::process::Command;

    /// Holds a text to a program where the machine has it, and says so where it has not.
    fn held_to(program: &str, arguments: &[&str], name: &str, text: &str) {
        let folder = std::env::temp_dir().join(format!("keepwell-desktop-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(name), text).unwrap();
        let held = Command::new(program).args(arguments).arg(folder.join(name)).output();
        std::fs::remove_dir_all(&folder).unwrap();
        match held {
            Ok(said) => {
                let words = [said.stdout, said.stderr].concat();
                assert!(said.status.success(), "{}", String::from_utf8_lossy(&words));
            }
            Err(_) => println!("not checked: {program} is not installed"),
        }
    }

    #[test]
    fn the_entry_is_what_desktops_read() {
        assert!(
            ENTRY.contains("%f") && KINDS.contains(r#"type="application/vnd.keepwell.backup-note""#),
            "one kind of file"
        );
        assert!(ENTRY.contains("MimeType=application/vnd.keepwell.backup-note;"));
        held_to("desktop-file-validate", &["--warn-kde"], &format!("{IDENTIFIER}.desktop"), ENTRY);
    }

    #[test]
    fn the_page_is_what_software_centres_read() {
        let name = format!("{IDENTIFIER}.metainfo.xml");
        let page = page("0.1.0", "2026-11-22");
        held_to("appstreamcli", &["validate", "--no-net", "--pedantic", "--explain"], &name, &page);
    }

    #[test]
    fn a_backups_note_is_known_by_the_line_it_begins_with() {
        let form = std::fs::read_to_string(crate::step::root().join("src-tauri/exchange/BACKUP.md")).unwrap();
        assert!(form.contains("\nkeepwell/backup/1\n") && KINDS.contains(r#"value="keepwell/backup/1\n""#));
        held_to("xmllint", &["--noout"], "keepwell.xml", KINDS);
    }

    #[test]
    fn the_identifier_is_the_windows_own() {
        let window = std::fs::read_to_string(crate::step::root().join("tauri.conf.json")).unwrap();
        assert!(window.contains(&format!("\"identifier\": \"{IDENTIFIER}\"")));
    }
}
