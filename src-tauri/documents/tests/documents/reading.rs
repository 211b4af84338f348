//! Reads PDFs with programs that are not ours.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Gives a PDF to a program and returns what it says.
fn ask(program: &str, package: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let path = file.path().to_str().unwrap();
    let arguments: Vec<&str> = arguments.iter().map(|one| if *one == "FILE" { path } else { *one }).collect();
    let run = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let output =
        run.unwrap_or_else(|error| panic!("{program} is missing ({error}): `cargo xtask test` installs {package}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Returns the text of each page, as it stands on the paper.
pub fn pages(pdf: &[u8]) -> Vec<String> {
    let text = ask("pdftotext", "poppler-utils", &["-layout", "FILE", "-"], pdf);
    let mut pages: Vec<String> = text.split('\u{C}').map(str::to_owned).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "pdftotext ends every page");
    pages
}

/// Returns the whole text in reading order, white space made one, for what may be broken over lines.
pub fn text(pdf: &[u8]) -> String {
    let text = ask("pdftotext", "poppler-utils", &["-raw", "FILE", "-"], pdf);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text without any white space, for words that are longer than a line.
pub fn letters(pdf: &[u8]) -> String {
    text(pdf).replace(' ', "")
}

/// Returns what the PDF says about itself.
pub fn about(pdf: &[u8]) -> String {
    ask("pdfinfo", "poppler-utils", &["-isodates", "FILE"], pdf)
}

/// Returns the metadata in which a PDF says what standard it follows.
pub fn promises(pdf: &[u8]) -> String {
    ask("pdfinfo", "poppler-utils", &["-meta", "FILE"], pdf)
}

/// Looks whether the PDF's own structure holds together.
pub fn check_structure(pdf: &[u8]) {
    let said = ask("qpdf", "qpdf", &["--check", "FILE"], pdf);
    assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
}

/// Returns the words that stand outside the margins, where a printer cannot reach or another column is.
pub fn beyond_the_paper(pdf: &[u8]) -> Vec<String> {
    let text = ask("pdftotext", "poppler-utils", &["-bbox", "FILE", "-"], pdf);
    let number = |line: &str, name: &str| -> Option<f64> {
        let (_, rest) = line.split_once(&format!("{name}=\""))?;
        rest.split('"').next()?.parse().ok()
    };
    let (mut width, mut height, mut beyond) = (0.0, 0.0, Vec::new());
    for line in text.lines() {
        if line.contains("<page ") {
            (width, height) = (number(line, "width").unwrap(), number(line, "height").unwrap());
        } else if let Some(left) = number(line, "xMin") {
            let (right, foot) = (number(line, "xMax").unwrap(), number(line, "yMax").unwrap());
            if left < 20.0 || right > width - 20.0 || foot > height - 20.0 {
                beyond.push(line.trim().to_owned());
            }
        }
    }
    assert!(width > 600.0, "the pages were not measured");
    beyond
}
