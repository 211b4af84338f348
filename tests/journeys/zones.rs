//! The practice moves to another zone: what people were told holds, and nothing collides because of it.

use super::scheduling::{MONDAY, Office, dice, office};
use super::theatre::theatres;
use crate::scene::{code, register, with};
use keepwell_practice::testing::TestPractice;
use serde_json::{Value, json};

fn done(test: &TestPractice, operation: &str, input: Value) -> Value {
    test.call(operation, input).unwrap_or_else(|failure| panic!("{operation}: {failure:?}"))
}

fn move_to(test: &TestPractice, zone: &str) {
    let practice = done(test, "identity.practice", json!({}));
    done(test, "identity.change_practice", with(practice, &json!({ "time_zone": zone })));
}

fn visits(test: &TestPractice, date: &str) -> Vec<Value> {
    done(test, "scheduling.day", json!({ "date": date }))["visits"].as_array().unwrap().clone()
}

/// Says when each visit of Monday stands, and when its patient was told.
fn times(test: &TestPractice) -> Vec<(String, Option<String>)> {
    let text = |one: &Value, field: &str| one[field].as_str().map(str::to_owned);
    visits(test, MONDAY).iter().map(|one| (text(one, "time").unwrap(), text(&one["told"], "time"))).collect()
}

fn booked(test: &TestPractice, office: &Office, family: &str, minute: u16) {
    let born = format!("19{}-01-01", 40 + minute % 50);
    let patient = register(&test.practice, family, "Ana", &born);
    let wish = with(office.follow_up(minute), &json!({ "patient": patient, "override_reason": "Early" }));
    done(test, "scheduling.book", wish);
}

#[test]
fn a_practice_that_moves_keeps_the_times_it_told() {
    let test = TestPractice::new();
    let all = theatres(&test);
    all.placed(&test, 840);
    for (family, minute) in [("Row", 510), ("Quill", 570), ("Diaz", 600)] {
        booked(&test, &all.office, family, minute);
    }
    move_to(&test, "America/Chicago");
    let told = |time: &str| Some(time.to_owned());
    assert_eq!(
        times(&test),
        [
            ("7:30 to 8:00".to_owned(), told("8:30 to 9:00")),
            ("8:30 to 9:00".to_owned(), told("9:30 to 10:00")),
            ("9:00 to 9:30".to_owned(), told("10:00 to 10:30")),
        ]
    );
    // Somebody is booked where the second one was told: that one stays, so the first one finds its time taken and stays too.
    booked(&test, &all.office, "Abara", 570);
    for (days, refused) in [(0, "scheduling.too_many"), (8, "scheduling.too_many")] {
        assert_eq!(code(test.call("scheduling.resettle", json!({ "from": MONDAY, "days": days }))), refused);
    }
    let resettled = done(&test, "scheduling.resettle", json!({ "from": MONDAY, "days": 7 }));
    assert_eq!(resettled["moved"], 2, "the third visit and the operation: {resettled}");
    let left: Vec<&Value> = resettled["left"].as_array().unwrap().iter().map(|one| &one["patient_name"]).collect();
    assert_eq!(left, ["Quill, Ana", "Row, Ana"], "{resettled}");
    assert_eq!(times(&test)[3], ("10:00 to 10:30".to_owned(), None));
    let board = done(&test, "scheduling.theatre_board", json!({ "date": MONDAY }));
    let held = &board["reservations"][0];
    assert_eq!((&held["time"], &held["allocations"][0]["time"]), (&json!("2:00 to 3:00"), &json!("2:00 to 3:00")));
    let again = done(&test, "scheduling.resettle", json!({ "from": MONDAY, "days": 7 }));
    assert_eq!(again["moved"], 0, "what was told is where it was told");
}

#[test]
fn whatever_was_booked_a_move_to_any_zone_makes_nothing_collide() {
    let zones = ["America/Chicago", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"];
    for (round, zone) in zones.into_iter().enumerate() {
        let test = TestPractice::new();
        let office = office(&test);
        let patients: Vec<String> = [("Abara", "1951"), ("Brandt", "1962"), ("Castellanos", "1973")]
            .iter()
            .map(|(family, year)| register(&test.practice, family, "Ann", &format!("{year}-01-01")))
            .collect();
        let mut seed = 0x5EED_u64 + round as u64;
        let mut some = |count: usize| (0..count).filter(|_| try_one(&test, &office, &patients, &mut seed)).count();
        let before = some(120);
        move_to(&test, zone);
        let after = some(60);
        assert!(before > 20 && after > 5, "{zone}: {before} and {after}");
        let mut left = 0;
        for from in ["2026-11-21", "2026-11-28"] {
            let resettled = done(&test, "scheduling.resettle", json!({ "from": from, "days": 7 }));
            left = resettled["left"].as_array().unwrap().len();
        }
        assert_eq!(left, 0, "nothing is booked in the second week");
        let shown = nothing_meets(&test);
        assert_eq!(shown, before + after, "{zone}: nobody was lost");
    }
}

fn try_one(test: &TestPractice, office: &Office, patients: &[String], seed: &mut u64) -> bool {
    let slot = json!({ "date": format!("2026-11-{}", 23 + dice(seed, 4)), "minute": 540 + dice(seed, 90) * 5,
                       "minutes": 15 + dice(seed, 6) * 5 });
    let people = [&office.ito, &office.osei];
    let patient = &patients[usize::try_from(dice(seed, 3)).unwrap()];
    let wish = json!({ "product": office.follow_up, "patient": patient, "slot": slot,
                       "resources": [people[usize::try_from(dice(seed, 2)).unwrap()], office.room] });
    test.call("scheduling.book", wish).is_ok()
}

/// Looks at every pair of visits of the days, and says how many visits there are.
fn nothing_meets(test: &TestPractice) -> usize {
    let mut all: Vec<(i64, i64, Value, Value)> = Vec::new();
    for day in 21..30 {
        for one in visits(test, &format!("2026-11-{day}")) {
            let from = day * 1_440 + one["from"].as_i64().unwrap();
            let to = from + one["minutes"].as_i64().unwrap();
            // One over midnight shows on both of its days.
            if one["from"].as_i64().unwrap() >= 0 {
                all.push((from, to, one["patient"].clone(), one["resources"].clone()));
            }
        }
    }
    for (at, (from, to, patient, resources)) in all.iter().enumerate() {
        for (other_from, other_to, other, others) in all.iter().skip(at + 1) {
            let ids = |list: &Value| list.as_array().unwrap().clone();
            let share = patient == other || ids(resources).iter().any(|id| ids(others).contains(id));
            assert!(
                !share || from >= other_to || other_from >= to,
                "two meet: {from} to {to}, {other_from} to {other_to}"
            );
        }
    }
    all.len()
}

#[test]
fn who_was_booked_here_is_told_nothing_else() {
    let test = TestPractice::new();
    let office = office(&test);
    done(&test, "scheduling.book", office.follow_up(570));
    assert_eq!(times(&test), [("9:30 to 10:00".to_owned(), None)]);
    move_to(&test, "America/Detroit");
    assert_eq!(times(&test), [("9:30 to 10:00".to_owned(), None)], "the same clock by another name");
}
