//! What the crate leans on: nothing of Keepwell's, no file and no socket.

#[test]
fn documents_know_nothing_of_ours() {
    let manifest = include_str!("../../Cargo.toml");
    let leans = manifest.lines().filter(|line| line.starts_with("keepwell"));
    assert_eq!(leans.count(), 0, "{manifest}");
}

#[test]
fn the_source_names_no_file_no_socket_and_no_clock() {
    let mut files = 0;
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for word in ["std::fs", "std::net", "std::env", "std::process", "SystemTime", "Utc::now", "eval("] {
            assert!(!text.contains(word), "{word}");
        }
        files += 1;
    }
    assert!(files >= 9);
}

#[test]
fn no_template_reads_values_as_markup() {
    let mut files = 0;
    for file in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for word in ["eval(", "plugin(", "mode: \"markup\"", "#import \"@", "read(", "raw("] {
            assert!(!text.contains(word), "{word}");
        }
        files += 1;
    }
    assert_eq!(files, 12);
}
