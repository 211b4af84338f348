//! Text as it can be printed: every letter as itself or, where no font has it, as its number, and nothing left out that a
//! reader could miss. PDF/A and PDF/UA forbid the empty box that a missing letter leaves, and a name is better given as
//! `[U+738B]`, which somebody can look up, than not at all.

use crate::world::fonts;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::text::{Coverage, is_default_ignorable};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Where a line may break without a sign.
const MAY_BREAK: char = '\u{200B}';
/// Words up to this length are never broken by us; dates, amounts and telephone numbers are shorter.
const WHOLE: usize = 12;
/// Longer words may break anywhere after so many letters; no word of English is much longer.
const LETTERS: usize = 20;
/// Numbers, hashes and the like, which have no syllables, may break anywhere after so many signs.
const SIGNS: usize = 8;

/// From there on, after every so many: a place for every letter makes a long word slow to set.
const STEP: usize = 4;

/// The letters that each family has in all its weights.
static FAMILIES: LazyLock<Vec<Vec<&'static Coverage>>> = LazyLock::new(|| {
    let mut families: BTreeMap<&str, Vec<&Coverage>> = BTreeMap::new();
    for font in fonts() {
        families.entry(font.info().family.as_str()).or_default().push(&font.info().coverage);
    }
    families.into_values().collect()
});

/// Returns the text as it can be printed, with places where lines may break in words that are longer than a line.
pub(crate) fn legible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n");
    let mut letters = text.nfc().filter(|letter| !is_shapeless(*letter)).map(spaced).peekable();
    while let Some(letter) = letters.next() {
        let mut marks = Vec::new();
        while let Some(mark) = letters.next_if(|next| is_combining_mark(*next)) {
            marks.push(mark);
        }
        push(&mut shown, letter, &marks);
    }
    breakable(&shown)
}

/// Pushes a letter with its marks, which one font must have together: fonts cannot share a letter.
fn push(shown: &mut String, letter: char, marks: &[char]) {
    let stands = !is_combining_mark(letter);
    if stands && is_printable(letter, marks) {
        shown.push(letter);
        shown.extend(marks);
        return;
    }
    if stands && is_printable(letter, &[]) {
        shown.push(letter);
    } else {
        push_number(shown, letter);
    }
    marks.iter().for_each(|mark| push_number(shown, *mark));
}

fn push_number(shown: &mut String, letter: char) {
    shown.push_str(&format!("[U+{:04X}]", u32::from(letter)));
}

fn is_printable(letter: char, marks: &[char]) -> bool {
    let joins = |letter: char| matches!(letter, '\u{200C}' | '\u{200D}');
    match letter {
        '\n' | ' ' | '\u{A0}' => marks.is_empty(),
        _ if joins(letter) => marks.is_empty(),
        // What turns the order of letters round without being seen, and what means something else to everybody.
        _ if letter.is_control() || is_default_ignorable(letter) || is_private(letter) || letter == '\u{FFFC}' => false,
        _ => FAMILIES.iter().any(|faces| {
            let has = |one: &char| faces.iter().all(|face| face.contains(u32::from(*one)));
            has(&letter) && marks.iter().all(has)
        }),
    }
}

fn is_private(letter: char) -> bool {
    matches!(letter, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Says whether a sign has no shape and says nothing: hints where to break or in which style to draw.
fn is_shapeless(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Makes one line end of all line ends and one space of all spaces but the one that does not break.
fn spaced(letter: char) -> char {
    match letter {
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\u{A0}' | '\n' => letter,
        _ if letter.is_whitespace() => ' ',
        _ => letter,
    }
}

/// Lets long words break, so that none runs out of its column and off the page. A reader of the PDF's text gets the word
/// whole: what is put in here has no glyph.
fn breakable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for word in text.split_inclusive([' ', '\n']) {
        if word.chars().nth(WHOLE + 1).is_none() {
            shown.push_str(word);
        } else {
            push_breakable(&mut shown, word);
        }
    }
    shown
}

fn push_breakable(shown: &mut String, word: &str) {
    let (mut piece, mut signs) = (0_usize, false);
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        shown.push(letter);
        piece += 1;
        // Capitals are wide and seldom make a word.
        signs |= !letter.is_alphabetic() || (piece > 1 && letter.is_uppercase());
        let holds = |next: &char| next.is_whitespace() || is_combining_mark(*next) || is_default_ignorable(*next);
        if letters.peek().is_none_or(holds) {
            continue;
        }
        if letter.is_ascii_punctuation() && !"([{\"'#$".contains(letter) {
            shown.push(MAY_BREAK);
            (piece, signs) = (0, false);
            continue;
        }
        let longest = if signs { SIGNS } else { LETTERS };
        if piece >= longest && (piece - longest).is_multiple_of(STEP) {
            shown.push(MAY_BREAK);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> String {
        legible(text).replace(MAY_BREAK, "")
    }

    #[test]
    fn letters_that_the_fonts_have_stay_themselves() {
        for text in
            ["José Núñez-Ibáñez ¿sí?", "Nguyễn Thị Hằng", "Łukasz Żółć", "Иван", "Ωμέγα", "שָׁלוֹם", "سَلام", "½ µg ≤ 5 °C"]
        {
            assert_eq!(bare(text), text.nfc().collect::<String>());
        }
        assert_eq!(bare("Jose\u{301}"), "José", "an accent that was typed apart joins its letter");
    }

    #[test]
    fn what_cannot_be_printed_is_given_by_its_number() {
        for (text, shown) in [
            ("王", "[U+738B]"),
            ("ok 🙂", "ok [U+1F642]"),
            ("a\u{0}b\u{7}", "a[U+0000]b[U+0007]"),
            ("\u{202E}evil", "[U+202E]evil"),
            ("\u{E000}", "[U+E000]"),
            ("x\u{1AB0}", "x[U+1AB0]"),
            ("\u{301}x", "[U+0301]x"),
            ("a \u{5B0}", "a [U+05B0]"),
            ("\u{FFFC}", "[U+FFFC]"),
        ] {
            assert_eq!(bare(text), shown);
        }
    }

    #[test]
    fn lines_and_spaces_are_of_one_kind() {
        assert_eq!(bare("a\r\nb\rc\u{2028}d\te\u{3000}f\u{AD}g\u{FEFF}"), "a\nb\nc\nd e fg");
    }

    #[test]
    fn short_words_hold_together_and_long_ones_may_break() {
        for whole in ["2026-11-03", "(413) 555-0136", "$1,234.56", "MRN-2026-AB3", "administration"] {
            assert_eq!(legible(whole), whole);
        }
        assert_eq!(legible("patients.register").replace(MAY_BREAK, "|"), "patients.|register");
        assert_eq!(legible("MRN-2026-AB3D5").replace(MAY_BREAK, "|"), "MRN-|2026-|AB3D5");
        let long = legible(&"a".repeat(10_000));
        assert_eq!(long.matches(MAY_BREAK).count(), (10_000 - LETTERS) / STEP);
        assert_eq!(long.replace(MAY_BREAK, "").len(), 10_000);
    }
}
