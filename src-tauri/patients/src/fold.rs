//! Brings the many ways of writing one name to a single form, so that search and comparison need only equality.
//!
//! Latin letters lose case, accents and ligatures. Apostrophes vanish and hyphens part words, so O'Brien meets obrien
//! and Garcia-Lopez meets garcia lopez. Names in other scripts keep their letters (after NFKC and lower case), because
//! taking the marks off an Arabic, Cyrillic or Korean name makes another name of it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Returns the folded form: lower-case words without accents, parted by single spaces, without punctuation.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        text.bytes().for_each(|byte| push_folded(&mut folded, char::from(byte.to_ascii_lowercase())));
    } else {
        // Lower case can take a letter apart (İ) and so needs composing once more before the letters are judged.
        let lower: String = text.nfkc().flat_map(char::to_lowercase).collect();
        lower.nfkc().for_each(|letter| push_letter(&mut folded, letter));
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    // A mark can have met its letter only now that the sign between them is gone.
    if folded.is_ascii() { folded } else { folded.nfc().collect() }
}

/// Returns the folded words of a text in their order.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Returns the folded form with its words run together, in which O'Brien, OBrien and O Brien are one.
pub fn joined(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(|letter| letter != ' ');
    folded
}

/// Returns whether a letter belongs to a script that writes words without spaces (Chinese, Japanese, Korean names).
pub fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter), 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF
        | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// Adds one letter that is already in lower case; a mark only to a letter that keeps its marks.
fn push_letter(folded: &mut String, letter: char) {
    if is_combining_mark(letter) {
        if folded.chars().next_back().is_some_and(|last| !last.is_ascii()) {
            folded.push(letter);
        }
        return;
    }
    if !is_latin(letter) {
        return push_folded(folded, letter);
    }
    decompose_canonical(letter, |part| {
        if is_combining_mark(part) {
            return;
        }
        match special(part) {
            Some(plain) => folded.push_str(plain),
            None => push_folded(folded, part),
        }
    });
}

/// Adds a plain character: letters and digits stand, apostrophes and stops within a word vanish, the rest parts words.
fn push_folded(folded: &mut String, letter: char) {
    if letter.is_alphanumeric() {
        folded.push(if letter == 'ς' { 'σ' } else { letter });
    } else if !is_silent(letter) && !folded.is_empty() && !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// Returns whether a sign is written inside a word without parting it: every apostrophe, and the joiners of Persian.
fn is_silent(letter: char) -> bool {
    matches!(letter, '\'' | '`' | '´' | '\u{2018}'..='\u{201B}' | '\u{2032}' | '\u{2035}' | '\u{FF07}'
        | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// Returns whether a lower-case letter is Latin; the modifier apostrophes among letters count, so that they can vanish.
fn is_latin(letter: char) -> bool {
    matches!(u32::from(letter), 0x61..=0x7A | 0xAA | 0xBA | 0xDF..=0x2AF | 0x2B9..=0x2BF | 0x2C60..=0x2C7F
        | 0x1D00..=0x1DBF | 0x1E00..=0x1EFF | 0xA720..=0xA7FF | 0xAB30..=0xAB6F)
}

/// Returns how a Latin letter that does not decompose is commonly typed without it.
fn special(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' | 'ŀ' | 'ƚ' => "l",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ĸ' | 'ƙ' => "k",
        'ŋ' | 'ɲ' => "n",
        'ŧ' => "t",
        'ſ' => "s",
        'ə' | 'ǝ' | 'ɛ' => "e",
        'ɓ' => "b",
        'ƒ' => "f",
        'ɔ' => "o",
        'ƴ' => "y",
        '\u{2B9}'..='\u{2BF}' | 'ꞌ' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_meet() {
        for (written, folded) in [
            ("O'Brien", "obrien"),
            ("O’BRIEN", "obrien"),
            ("Oʼbrien", "obrien"),
            ("García-López", "garcia lopez"),
            ("GARCIA  LOPEZ ", "garcia lopez"),
            ("Muñoz", "munoz"),
            ("Mun\u{303}oz", "munoz"),
            ("Müller", "muller"),
            ("Groß", "gross"),
            ("GROẞ", "gross"),
            ("Sørensen", "sorensen"),
            ("Ægir", "aegir"),
            ("Łukasz", "lukasz"),
            ("Đặng", "dang"),
            ("Nguyễn", "nguyen"),
            ("İbrahim", "ibrahim"),
            ("Þór", "thor"),
            ("St. John", "st john"),
            ("ＳＭＩＴＨ", "smith"),
            ("  -- ", ""),
            ("", ""),
            ("John Paul III", "john paul iii"),
            ("Kealoha ʻŌpio", "kealoha opio"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
        assert_eq!(joined("O Brien"), joined("O'Brien"));
        assert_eq!(joined("De La Cruz"), joined("delacruz"));
        assert_eq!(words("Garcia-Lopez, Ana").collect::<Vec<_>>(), ["garcia", "lopez", "ana"]);
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        for (written, folded) in [
            ("王小明", "王小明"),
            ("김민준", "김민준"),
            ("Андрей", "андрей"),
            ("محمد", "محمد"),
            ("ΓΙΏΡΓΟΣ", "γιώργοσ"),
            ("Γιώργος", "γιώργοσ"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(!once.contains("  ") && !once.starts_with(' ') && !once.ends_with(' '));
        }

        #[test]
        fn case_and_accents_of_latin_make_no_difference(text in "[a-zA-Zéñüçßøłđæ' -]{0,30}") {
            prop_assert_eq!(fold(&text.to_uppercase()), fold(&text));
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), fold(&text));
        }
    }
}
