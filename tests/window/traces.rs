//! What a journey leaves on disk: nothing that names a patient, in any file, however the text is written (invariant 3).

use std::path::{Path, PathBuf};

/// Returns the files below a folder that hold one of the words, in UTF-8 or UTF-16.
pub fn of(words: &[&str], folder: &Path) -> Vec<PathBuf> {
    let needles: Vec<Vec<u8>> = words.iter().flat_map(|word| spellings(word)).collect();
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        // A folder or file that has gone meanwhile holds nothing.
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() && holds(&path, &needles) => found.push(path),
                _ => {}
            }
        }
    }
    found
}

/// The folders that the session gave to settings, data, caches and state.
pub fn folders_of_the_session() -> Vec<PathBuf> {
    let names = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"];
    names.iter().filter_map(std::env::var_os).map(PathBuf::from).collect()
}

fn spellings(word: &str) -> [Vec<u8>; 3] {
    let units = || word.encode_utf16();
    [
        word.as_bytes().to_vec(),
        units().flat_map(u16::to_le_bytes).collect(),
        units().flat_map(u16::to_be_bytes).collect(),
    ]
}

fn holds(path: &Path, needles: &[Vec<u8>]) -> bool {
    let bytes = std::fs::read(path).unwrap_or_default();
    needles.iter().any(|needle| bytes.windows(needle.len()).any(|window| window == needle))
}

mod tests {
    use super::of;

    #[test]
    fn a_word_is_found_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let utf16: Vec<u8> = "xx Hintz".encode_utf16().flat_map(u16::to_le_bytes).collect();
        std::fs::create_dir(folder.path().join("deep")).unwrap();
        for (name, content) in [("deep/a", b"..Hintz.." as &[u8]), ("b", &utf16), ("c", b"Hin tz")] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let mut found = of(&["Hintz"], folder.path());
        found.sort();
        assert_eq!(found, [folder.path().join("b"), folder.path().join("deep/a")]);
    }
}
