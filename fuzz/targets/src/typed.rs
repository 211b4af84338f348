//! What people type: names, dates, numbers, and a search.

use chrono::NaiveDate;
use keepwell_patients::fold::{fold, joined, words};
use keepwell_patients::people_index::{MOST_HITS, NameKind, PeopleIndex, Person, PersonName};
use keepwell_patients::typed_date::{self, TypedDate};
use keepwell_patients::{phonetic, shapes};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use uuid::Uuid;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
}

fn person(number: u32, given: &str, family: &str, phone: &str) -> Person {
    Person {
        id: Uuid::from_u128(u128::from(number)),
        mrn: shapes::mrn::nth(2026, number).unwrap(),
        names: vec![PersonName { family: family.to_owned(), given: vec![given.to_owned()], kind: NameKind::Legal }],
        date_of_birth: NaiveDate::from_ymd_opt(1950 + i32::try_from(number).unwrap(), 3, number),
        phones: vec![phone.to_owned()],
        sex: 'U',
        deceased: number.is_multiple_of(5),
        merged: number == 4,
    }
}

static INDEX: LazyLock<PeopleIndex> = LazyLock::new(|| {
    let people = [
        ("Ana", "García-López", "+13125550142"),
        ("María José", "O'Brien", "+13125550143"),
        ("小明", "王", "+17735551970"),
        ("Robert", "Smith", "+13125550199"),
        ("Zoë", "Müller-Weiß", ""),
        ("Андрей", "Соколов", "+442079460123"),
        ("April", "De La Cruz", "+13120142777"),
        ("Tell", "Dobson", "+13125551234"),
    ];
    PeopleIndex::build(
        (1u32..).zip(people).map(|(number, (given, family, phone))| person(number, given, family, phone)),
    )
});

/// Accepts a text in one form: what was accepted is accepted again as itself.
fn fixed(form: fn(&str) -> Result<String, &'static str>, text: &str) {
    if let Ok(accepted) = form(text) {
        assert_eq!(form(&accepted).as_ref(), Ok(&accepted), "{text:?} has another form the second time");
    }
}

/// One text, as a name, as a date, as each kind of number and as a search.
pub fn typed(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let text = text.as_ref();
    let folded = fold(text);
    assert_eq!(fold(&folded), folded, "{text:?} folds differently the second time");
    assert_eq!(words(text).collect::<Vec<_>>().join(" "), folded);
    assert!(!joined(text).contains(' '));
    assert!(phonetic::sound_alike(&folded, &folded) || phonetic::keys(&folded).iter().all(Option::is_none));
    for form in [
        shapes::phone,
        shapes::email,
        shapes::postal_code,
        shapes::state,
        shapes::npi,
        shapes::name,
        shapes::mrn::parse,
    ] {
        fixed(form, text);
    }
    match typed_date::read(text, today()) {
        Some(date @ TypedDate::Day(day)) => {
            assert!(date.covers(day));
            assert_eq!(typed_date::read(&day.format("%Y-%m-%d").to_string(), today()), Some(date), "{text:?}");
        }
        Some(TypedDate::Month { year, month }) => {
            assert!(NaiveDate::from_ymd_opt(year, month, 1).is_some(), "{text:?} is no month");
        }
        Some(TypedDate::Year(_)) | None => {}
    }
    search(text);
}

fn search(text: &str) {
    let hits = INDEX.search(text, MOST_HITS, today());
    let found: BTreeSet<Uuid> = hits.iter().map(|hit| hit.id).collect();
    assert_eq!(found.len(), hits.len(), "somebody is shown twice");
    assert!(!found.contains(&Uuid::from_u128(4)), "a merged record is shown");
    assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "the best come first");
    let few = INDEX.search(text, 2, today());
    assert!(few.iter().zip(&hits).all(|(few, all)| few.id == all.id), "a smaller limit shows others");
}
