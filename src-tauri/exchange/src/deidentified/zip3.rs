//! Which first three digits of a ZIP code may stay (45 CFR 164.514(b)(2)(i)(B)).

/// Areas of 20,000 people or fewer: the union of the lists by the Census of 2000 (guidance of the Department of Health
/// and Human Services), of 2010 and of 2020. What only one of them names is taken away too.
const SMALL: [u16; 23] =
    [36, 59, 63, 102, 202, 203, 204, 205, 369, 556, 692, 753, 772, 790, 821, 823, 830, 831, 878, 879, 884, 890, 893];

/// Ranges of first digits under which mail is delivered to homes (from the list of the `zipcodes` package 3.0, MIT, of the
/// standard type, without military addresses). The Census' own table of areas was not at hand; whatever is not listed
/// here becomes 000, which the rule always allows.
const DELIVERED: &str = "006-035 037-054 056-058 060-062 064-089 100-101 103-191 193-201 206-212 214-268 270-331 333-339 \
    341-342 344 346-347 349-352 354-368 370-374 376-398 400-418 420-427 430-458 460-516 520-528 530-532 534-535 537-551 \
    553-555 557-567 570-577 580-588 590-620 622-631 633-641 644-648 650-658 660-662 664-681 683-691 693 700-701 703-708 \
    710-714 716-731 734-741 743-752 754-770 773-789 791-816 820 822 824-829 832-838 840-841 843-847 850-853 855-857 \
    859-860 863-865 870-871 873-875 877 880-883 891 894-895 897-898 900-908 910-928 930-937 939-941 943-961 967-986 988-999";

/// Returns the first three digits where enough people live there, and 000 everywhere else.
pub(super) fn zip3(postal_code: &str) -> String {
    let digits: String = postal_code.chars().take(3).collect();
    let prefix = digits.parse::<u16>().ok().filter(|_| digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()));
    match prefix {
        Some(prefix) if !SMALL.contains(&prefix) && is_delivered(prefix) => digits,
        _ => "000".to_owned(),
    }
}

fn is_delivered(prefix: u16) -> bool {
    DELIVERED.split_whitespace().any(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        let bound = |text: &str| text.parse::<u16>().ok();
        bound(first).zip(bound(last)).is_some_and(|(first, last)| (first..=last).contains(&prefix))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cases of AT-70, and what no list knows.
    #[test]
    fn small_and_unknown_areas_become_zeros() {
        for (code, kept) in [
            ("20211", "000"),
            ("75301", "000"),
            ("06390", "000"),
            ("10001", "100"),
            ("53703-1234", "537"),
            ("00000", "000"),
            ("", "000"),
            ("9", "000"),
            ("SW1A 1AA", "000"),
            ("09012", "000"),
            ("٣٣٣٣٣", "000"),
        ] {
            assert_eq!(zip3(code), kept, "{code}");
        }
    }
}
