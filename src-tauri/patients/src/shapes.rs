//! What a phone number, an address, an identifier or a name must look like before it is kept.
//!
//! Each check returns the one form that is stored, or a sentence that tells the person what to type instead.

use unicode_normalization::UnicodeNormalization;

/// The longest name part that is kept, in characters.
pub const LONGEST_NAME: usize = 100;

/// Returns a phone number in E.164 form (`+13125550142`); without a country it is taken as North American.
///
/// # Errors
/// Says what is missing when the text is no phone number, lacks its area code or carries an extension.
pub fn phone(typed: &str) -> Result<String, &'static str> {
    const SHAPE: &str = "Enter a phone number with its area code, such as 312 555 0142.";
    let text = typed.trim().trim_start_matches("tel:");
    if text.chars().count() > 40 {
        return Err(SHAPE);
    }
    if text.chars().any(|letter| letter.is_alphabetic() || letter == '#') {
        return Err("Enter the number alone, without an extension or words.");
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    // The trunk zero in brackets, as in +44 (0)20, is not dialled from abroad.
    let abroad = text
        .trim_start_matches(['(', ' '])
        .strip_prefix('+')
        .map(|rest| rest.replacen("(0)", "", 1).chars().filter(char::is_ascii_digit).collect::<String>());
    if text
        .chars()
        .any(|sign| !sign.is_ascii_digit() && !sign.is_whitespace() && !"+()-./\u{2010}\u{2011}\u{2013}".contains(sign))
        || text.chars().filter(|sign| *sign == '+').count() > usize::from(abroad.is_some())
    {
        return Err(SHAPE);
    }
    match abroad.as_deref().or_else(|| digits.strip_prefix("011")).or_else(|| digits.strip_prefix("00")) {
        Some(abroad) => match abroad.strip_prefix('1') {
            Some(rest) => north_american(rest),
            None if (7..=15).contains(&abroad.len()) && !abroad.starts_with('0') => Ok(format!("+{abroad}")),
            None => Err("Enter the country code and the whole number, such as +44 20 7946 0123."),
        },
        None => match digits.len() {
            10 => north_american(&digits),
            11 if digits.starts_with('1') => north_american(digits.get(1..).ok_or(SHAPE)?),
            7 => Err("Add the area code."),
            _ => Err(SHAPE),
        },
    }
}

/// Checks the ten digits of the North American plan: neither an area nor an exchange begins with 0 or 1.
fn north_american(digits: &str) -> Result<String, &'static str> {
    let heads = digits.chars().next().zip(digits.chars().nth(3));
    match heads {
        Some(('2'..='9', '2'..='9')) if digits.len() == 10 => Ok(format!("+1{digits}")),
        Some(_) if digits.len() == 10 => {
            Err("Check the number: an area code and the digits after it begin with 2 to 9.")
        }
        _ => Err("Enter all ten digits of the phone number, with the area code."),
    }
}

/// Returns an e-mail address with its domain in lower case.
///
/// # Errors
/// Says what is missing when the text has not the shape `name@place.example` or is longer than 254 bytes (RFC 5321).
pub fn email(typed: &str) -> Result<String, &'static str> {
    const SHAPE: &str = "Enter an e-mail address such as ana@example.com.";
    let text = typed.trim();
    let (local, domain) = text.rsplit_once('@').ok_or(SHAPE)?;
    if text.len() > 254 || local.is_empty() || local.len() > 64 || local.contains('@') {
        return Err(SHAPE);
    }
    let plain = |letter: char| letter.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~-.".contains(letter);
    if !local.chars().all(plain) || local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(SHAPE);
    }
    let domain: String = domain.to_lowercase();
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let named = domain.rsplit('.').next().is_some_and(|last| last.chars().any(char::is_alphabetic) && last.len() > 1);
    if !domain.contains('.') || !named || !domain.split('.').all(label) {
        return Err(SHAPE);
    }
    Ok(format!("{local}@{domain}"))
}

/// Returns a ZIP code (`60613`) or ZIP+4 (`60613-1234`).
///
/// # Errors
/// Says what is missing when there are not five or nine digits.
pub fn postal_code(typed: &str) -> Result<String, &'static str> {
    const SHAPE: &str = "Enter a ZIP code of five digits, or nine as 60613-1234.";
    let digits: String = typed.trim().chars().filter(|sign| !matches!(sign, '-' | ' ' | '\u{2013}')).collect();
    if !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(SHAPE);
    }
    match (digits.len(), digits.split_at_checked(5)) {
        (5, _) => Ok(digits),
        (9, Some((zone, add_on))) => Ok(format!("{zone}-{add_on}")),
        _ => Err(SHAPE),
    }
}

/// The two-letter codes of the United States Postal Service (Publication 28, appendix B) and their names.
const STATES: &str = "AL Alabama;AK Alaska;AZ Arizona;AR Arkansas;CA California;CO Colorado;CT Connecticut;DE Delaware;\
DC District of Columbia;FL Florida;GA Georgia;HI Hawaii;ID Idaho;IL Illinois;IN Indiana;IA Iowa;KS Kansas;KY Kentucky;\
LA Louisiana;ME Maine;MD Maryland;MA Massachusetts;MI Michigan;MN Minnesota;MS Mississippi;MO Missouri;MT Montana;\
NE Nebraska;NV Nevada;NH New Hampshire;NJ New Jersey;NM New Mexico;NY New York;NC North Carolina;ND North Dakota;\
OH Ohio;OK Oklahoma;OR Oregon;PA Pennsylvania;RI Rhode Island;SC South Carolina;SD South Dakota;TN Tennessee;TX Texas;\
UT Utah;VT Vermont;VA Virginia;WA Washington;WV West Virginia;WI Wisconsin;WY Wyoming;AS American Samoa;GU Guam;\
MP Northern Mariana Islands;PR Puerto Rico;VI Virgin Islands;FM Micronesia;MH Marshall Islands;PW Palau;\
AA Armed Forces Americas;AE Armed Forces Europe;AP Armed Forces Pacific";

/// Returns the two-letter code of a state, from the code or the state's name in any case.
///
/// # Errors
/// Says what to enter when no state or territory is meant.
pub fn state(typed: &str) -> Result<String, &'static str> {
    let text = typed.trim();
    STATES
        .split(';')
        .filter_map(|line| line.split_once(' '))
        .find(|(code, name)| code.eq_ignore_ascii_case(text) || name.eq_ignore_ascii_case(text))
        .map(|(code, _)| code.to_owned())
        .ok_or("Enter the two-letter code of a state, such as IL.")
}

/// Returns a National Provider Identifier as its ten digits.
///
/// # Errors
/// Says whether digits are missing or the check digit does not fit (Luhn over the digits after the prefix 80840, as
/// 45 CFR 162.406 and the CMS check-digit rule have it).
pub fn npi(typed: &str) -> Result<String, &'static str> {
    let digits: String = typed.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
    if digits.len() != 10 || !digits.bytes().all(|digit| digit.is_ascii_digit()) || !digits.starts_with(['1', '2']) {
        return Err("Enter the ten digits of the NPI. It begins with 1 or 2.");
    }
    let sum: u32 = format!("80840{digits}")
        .bytes()
        .rev()
        .map(|digit| u32::from(digit - b'0'))
        .enumerate()
        .map(|(place, digit)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    if sum.is_multiple_of(10) { Ok(digits) } else { Err("Check the NPI: its last digit does not fit the others.") }
}

/// Returns a part of a person's name, in any script, with single spaces and composed letters (NFC).
///
/// # Errors
/// Says what is wrong when it is empty, longer than 100 characters, holds no letter, or holds invisible control signs.
pub fn name(typed: &str) -> Result<String, &'static str> {
    let composed: String = typed.nfc().collect();
    let text = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err("Enter a name.");
    }
    if text.chars().count() > LONGEST_NAME {
        return Err("Shorten the name to 100 characters.");
    }
    // Signs that turn the direction of writing would let one name show as another.
    if text.chars().any(|sign| sign.is_control() || matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')) {
        return Err("Remove the invisible signs from the name.");
    }
    if !text.chars().any(char::is_alphabetic) {
        return Err("Enter a name with at least one letter.");
    }
    Ok(text)
}

/// Medical record numbers: `MRN-YYYY-XXXXC`, four Crockford base-32 characters and a check character.
pub mod mrn {
    /// How many numbers a year holds: four characters of five bits.
    pub const NUMBERS: u32 = 1 << 20;

    /// Crockford's alphabet, in which I, L, O and U are left out because they are misread.
    const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// Odd, so that multiplying by it visits every number once before it repeats.
    const STRIDE: u32 = 0x9_E377 | 1;

    /// Where the first year begins, and how far each year begins from the last.
    const OFFSET: u32 = 0x5_A827;

    /// Returns the record number with its check character; nothing when `number` or `year` has too many digits.
    pub fn compose(year: u16, number: u32) -> Option<String> {
        if number >= NUMBERS || year > 9999 {
            return None;
        }
        let values = [number >> 15, number >> 10 & 31, number >> 5 & 31, number & 31];
        let tail: Option<String> = values.iter().chain([&check(values)]).map(|value| letter(*value)).collect();
        tail.map(|tail| format!("MRN-{year:04}-{tail}"))
    }

    /// Returns the record number of the `n`th registration of a year; nothing once the year's numbers are used up.
    ///
    /// The numbers of a year are all different and do not show how many patients came before.
    pub fn nth(year: u16, n: u32) -> Option<String> {
        if n >= NUMBERS {
            return None;
        }
        let start = OFFSET.wrapping_mul(u32::from(year).wrapping_add(1));
        compose(year, n.wrapping_mul(STRIDE).wrapping_add(start) % NUMBERS)
    }

    /// Returns a typed record number in its one form. The prefix may be missing, and I, L and O stand for 1, 1 and 0.
    ///
    /// # Errors
    /// Says whether the shape is wrong or the check character does not fit.
    pub fn parse(typed: &str) -> Result<String, &'static str> {
        const SHAPE: &str = "Enter the record number as MRN-2025-AB3D7.";
        let plain = plain(typed);
        let digits = plain.strip_prefix("MRN").unwrap_or(&plain);
        let (year, tail) = digits.split_at_checked(4).ok_or(SHAPE)?;
        if tail.len() != 5 || !year.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(SHAPE);
        }
        let values: Vec<u32> = tail.chars().filter_map(value).collect();
        let [first, second, third, fourth, last] = *values.as_slice() else { return Err(SHAPE) };
        if check([first, second, third, fourth]) != last {
            return Err("Check the record number: its last character does not fit the others.");
        }
        let number = first << 15 | second << 10 | third << 5 | fourth;
        compose(year.parse().map_err(|_| SHAPE)?, number).ok_or(SHAPE)
    }

    /// Returns a record number as it is compared: capitals and digits only, misread letters put right.
    pub fn plain(typed: &str) -> String {
        typed
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|sign| match sign.to_ascii_uppercase() {
                'I' | 'L' => '1',
                'O' => '0',
                sign => sign,
            })
            .collect()
    }

    /// Luhn's check modulo 32, which finds every single wrong character and nearly every swap of neighbours.
    fn check(values: [u32; 4]) -> u32 {
        let sum: u32 = values
            .iter()
            .rev()
            .enumerate()
            .map(|(place, value)| if place % 2 == 0 { value * 2 / 32 + value * 2 % 32 } else { *value })
            .sum();
        (32 - sum % 32) % 32
    }

    fn letter(value: u32) -> Option<char> {
        ALPHABET.get(usize::try_from(value).ok()?).map(|letter| char::from(*letter))
    }

    fn value(letter: char) -> Option<u32> {
        ALPHABET.iter().position(|known| char::from(*known) == letter).and_then(|place| u32::try_from(place).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn phones_take_one_form() {
        for typed in [
            "3125550142",
            "312-555-0142",
            "(312) 555-0142",
            "(312)555-0142",
            "312.555.0142",
            " 1 312 555 0142 ",
            "+1 (312) 555-0142",
            "(+1) 312-555-0142",
            "1-312-555-0142",
            "0013125550142",
            "tel:+1-312-555-0142",
        ] {
            assert_eq!(phone(typed).as_deref(), Ok("+13125550142"), "{typed}");
        }
        for (typed, stored) in [
            ("+44 20 7946 0123", "+442079460123"),
            ("+44 (0)20 7946 0123", "+442079460123"),
            ("011 44 20 7946 0123", "+442079460123"),
            ("+31201234567", "+31201234567"),
        ] {
            assert_eq!(phone(typed).as_deref(), Ok(stored), "{typed}");
        }
        for typed in [
            "",
            "555-0142",
            "112 555 0142",
            "312 055 0142",
            "312 555 014",
            "312 555 01422",
            "312 555 0142 x3",
            "312-555-CALL",
            "+0 312 555 0142",
            "++13125550142",
            "+1 312 555",
            "312@5550142",
            "٣١٢٥٥٥٠١٤٢",
        ] {
            assert!(phone(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn emails_have_a_name_and_a_place() {
        for (typed, stored) in [
            (" Ana@Example.COM ", "Ana@example.com"),
            ("ana.garcia+clinic@mail.example.co", "ana.garcia+clinic@mail.example.co"),
            ("o'brien@example.com", "o'brien@example.com"),
            ("用户@例子.中国", "用户@例子.中国"),
        ] {
            assert_eq!(email(typed).as_deref(), Ok(stored), "{typed}");
        }
        for typed in [
            "",
            "ana",
            "@example.com",
            "ana@",
            "ana@example",
            "ana@@example.com",
            "a b@example.com",
            ".ana@example.com",
            "ana..g@example.com",
            "ana@-example.com",
            "ana@example..com",
            "ana@127.0.0.1",
            "ana@example.com\r\nbcc:x@example.com",
        ] {
            assert!(email(typed).is_err(), "{typed}");
        }
        assert!(email(&format!("{}@example.com", "a".repeat(65))).is_err());
    }

    #[test]
    fn postal_codes_states_and_npis() {
        for (typed, stored) in [("60613", "60613"), ("606131234", "60613-1234"), (" 60613-1234", "60613-1234")] {
            assert_eq!(postal_code(typed).as_deref(), Ok(stored));
        }
        for typed in ["", "6061", "606133", "6061A", "60613-12", "٦٠٦١٣"] {
            assert!(postal_code(typed).is_err(), "{typed}");
        }
        for (typed, stored) in [("il", "IL"), ("Massachusetts", "MA"), (" new york ", "NY"), ("PR", "PR")] {
            assert_eq!(state(typed).as_deref(), Ok(stored));
        }
        for typed in ["", "XX", "Ontario", "I L"] {
            assert!(state(typed).is_err(), "{typed}");
        }
        // The example of the CMS check-digit rule.
        assert_eq!(npi("1234567893").as_deref(), Ok("1234567893"));
        for typed in ["1234567890", "123456789", "3234567893", "12345678933", "1234567A93", ""] {
            assert!(npi(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn names_may_be_in_any_script() {
        for (typed, stored) in [
            (" Ana  María ", "Ana María"),
            ("Mun\u{303}oz", "Muñoz"),
            ("王", "王"),
            ("O", "O"),
            ("علي", "علي"),
            ("X Æ A-12", "X Æ A-12"),
        ] {
            assert_eq!(name(typed).as_deref(), Ok(stored));
        }
        for typed in ["", "   ", "12", "--", "Ana\u{7}", "Ana\u{202E}", "\u{2066}Ana"] {
            assert!(name(typed).is_err(), "{typed:?}");
        }
        assert!(name(&"é".repeat(100)).is_ok());
        assert!(name(&"é".repeat(101)).is_err());
    }

    #[test]
    fn record_numbers_are_unique_and_scattered() {
        let mut seen = HashSet::new();
        for n in 0..50_000 {
            assert!(seen.insert(mrn::nth(2025, n).unwrap()));
        }
        assert_eq!(mrn::nth(2025, mrn::NUMBERS), None);
        assert_eq!(mrn::compose(2025, mrn::NUMBERS), None);
        assert_eq!(mrn::compose(10_000, 1), None);
        // Fixed for ever: numbers already printed on wristbands must come out the same.
        assert_eq!(mrn::nth(2025, 0).as_deref(), Some("MRN-2025-9H563"));
        assert_eq!(mrn::nth(0, 0).as_deref(), Some("MRN-0000-BA17J"));
        let tails: Vec<String> = (0..1000).filter_map(|n| mrn::nth(2025, n)).map(|mrn| mrn[9..12].to_owned()).collect();
        assert!(tails.windows(2).all(|pair| pair[0] != pair[1]));
    }

    proptest! {
        #[test]
        fn record_numbers_survive_misreading(year in 0u16..=9999, number in 0..mrn::NUMBERS) {
            let made = mrn::compose(year, number).unwrap();
            let misread = made.to_lowercase().replace('0', "o").replace('1', "l").replace('-', " ");
            prop_assert_eq!(mrn::parse(&misread), Ok(made.clone()));
            prop_assert_eq!(mrn::parse(&made[4..]), Ok(made.clone()));
        }

        #[test]
        fn one_wrong_character_is_found(number in 0..mrn::NUMBERS, place in 9usize..14, by in 1usize..32) {
            const ALPHABET: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
            let made = mrn::compose(2025, number).unwrap();
            let old = ALPHABET.find(&made[place..=place]).unwrap();
            let wrong = ALPHABET.chars().nth((old + by) % 32).unwrap();
            let mut changed = made.clone();
            changed.replace_range(place..=place, &wrong.to_string());
            prop_assert!(mrn::parse(&changed).is_err());
        }

        #[test]
        fn nothing_makes_a_check_panic_and_what_is_kept_is_stable(text in "\\PC{0,40}") {
            for check in [phone, email, postal_code, state, npi, name, mrn::parse] {
                if let Ok(kept) = check(&text) {
                    prop_assert_eq!(check(&kept), Ok(kept.clone()));
                }
            }
        }

        #[test]
        fn typed_digits_never_panic(text in "[0-9 +().#x-]{0,20}") {
            if let Ok(kept) = phone(&text) {
                prop_assert_eq!(phone(&kept), Ok(kept.clone()));
            }
        }
    }
}
