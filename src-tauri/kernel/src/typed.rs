//! What people type: texts and dates, put into the one form that is kept.

use crate::CivilDate;
use unicode_normalization::UnicodeNormalization as _;

/// Trims a text and composes its letters (NFC). Nothing where it is longer than `longest` characters or holds invisible
/// signs: those that turn the direction of writing would let one text show as another.
#[must_use]
pub fn typed_text(typed: &str, longest: usize) -> Option<String> {
    let kept: String = typed.trim().nfc().collect();
    let invisible = |sign: char| {
        sign.is_control() && sign != '\n' || matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    (kept.chars().count() <= longest && !kept.chars().any(invisible)).then_some(kept)
}

/// Reads a civil date as it crosses the wire, `YYYY-MM-DD` and nothing else; nothing where there is no such date.
#[must_use]
pub fn typed_date(written: &str) -> Option<CivilDate> {
    let date = written.parse::<CivilDate>().ok()?;
    // The parser forgives spaces and missing zeros, which would let one date be written in several ways.
    (date.to_string() == written).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_trimmed_composed_and_free_of_invisible_signs() {
        assert_eq!(typed_text("  Jose\u{301}\n", 4).as_deref(), Some("Jos\u{e9}"));
        assert_eq!(typed_text("a\nb", 3).as_deref(), Some("a\nb"));
        for refused in ["abcde", "a\u{202E}b", "a\u{0}", "a\tb"] {
            assert_eq!(typed_text(refused, 4), None, "{refused:?}");
        }
    }

    #[test]
    fn a_date_is_written_in_one_way() {
        assert_eq!(typed_date("2024-02-29").map(|date| date.to_string()).as_deref(), Some("2024-02-29"));
        for refused in ["2023-02-29", "2024-2-29", " 2024-02-29", "02/29/2024", ""] {
            assert_eq!(typed_date(refused), None, "{refused:?}");
        }
    }
}
