//! Staff come, change and go (45 CFR 164.308(a)(3), (a)(4)).

use crate::scene::{accept, call, card, code, entries_from, invite, sign_in, sign_in_with, staff};
use chrono::Duration;
use keepwell_kernel::{Failure, Role};
use keepwell_practice::testing::{OWNER, PASSPHRASE, TestPractice, user_name};
use serde_json::json;

#[test]
fn a_suspended_person_is_out_at_once() {
    let test = TestPractice::new();
    test.sign_in_as(Role::Nurse);
    // A second door to the same store, as another window of the same practice would be.
    let elsewhere = test.again();
    sign_in(&elsewhere, &user_name(Role::Nurse)).unwrap();
    call(&elsewhere, "patients.search", json!({ "query": "a", "limit": 1 })).unwrap();
    let nurse = staff(&test, &user_name(Role::Nurse));
    test.call("identity.suspend", json!({ "staff": nurse })).unwrap();
    let next = call(&elsewhere, "patients.search", json!({ "query": "a", "limit": 1 }));
    assert_eq!(next, Err(Failure::SignedOut));
    assert_eq!(code(sign_in(&test.practice, &user_name(Role::Nurse))), "identity.suspended");
    test.call_as(Role::Owner, "identity.reinstate", json!({ "staff": nurse })).unwrap();
    test.call_as(Role::Nurse, "patients.search", json!({ "query": "a", "limit": 1 })).unwrap();
}

#[test]
fn whoever_is_suspended_holds_no_keys_any_more() {
    let test = TestPractice::new();
    test.sign_in_as(Role::Nurse);
    let nurse = staff(&test, &user_name(Role::Nurse));
    let prefix = [vec![0x08], hex::decode(nurse.replace('-', "")).unwrap()].concat();
    let grants = || test.home.engine.tamper(|rows| rows.keys().filter(|key| key.starts_with(&prefix)).count());
    assert!(grants() > 0);
    test.call("identity.suspend", json!({ "staff": nurse })).unwrap();
    assert_eq!(grants(), 0);
}

#[test]
fn an_assignment_begins_and_ends_at_its_hour() {
    let test = TestPractice::new();
    let at = |hours: i64| (test.clock.now() + Duration::hours(hours)).to_rfc3339();
    let roles = json!([{ "role": "nurse", "valid_from": at(24), "valid_until": at(48) }]);
    let (_, invitation) = invite(&test.practice, "kim.locum", &roles).unwrap();
    assert_eq!(code(accept(&test.practice, "kim.locum", &invitation)), "identity.no_role");
    for (minutes, inside) in [(24 * 60 - 1, false), (1, true), (24 * 60 - 1, true), (1, false)] {
        test.clock.advance(Duration::minutes(minutes));
        // The first time in is with the code; it must not have been used up while no role was active.
        let answer = sign_in(&test.practice, "kim.locum");
        let answer = answer.or_else(|_| accept(&test.practice, "kim.locum", &invitation));
        assert_eq!(answer.is_ok(), inside, "{minutes}: {answer:?}");
    }
    assert_eq!(code(sign_in(&test.practice, "kim.locum")), "identity.no_role");
}

#[test]
fn an_open_session_ends_when_its_last_role_runs_out() {
    let test = TestPractice::new();
    let until = (test.clock.now() + Duration::hours(1)).to_rfc3339();
    let (_, invitation) =
        invite(&test.practice, "kim.locum", &json!([{ "role": "nurse", "valid_until": until }])).unwrap();
    accept(&test.practice, "kim.locum", &invitation).unwrap();
    let search = || test.call("patients.search", json!({ "query": "a", "limit": 1 }));
    test.clock.advance(Duration::minutes(59));
    search().unwrap();
    test.clock.advance(Duration::minutes(1));
    assert_eq!(search(), Err(Failure::SignedOut));
}

#[test]
fn a_revoked_assignment_cannot_be_revived() {
    let test = TestPractice::new();
    test.sign_in_as(Role::Nurse);
    let user = user_name(Role::Nurse);
    let nurse = staff(&test, &user);
    let assignment = card(&test, &user)["roles"][0]["assignment"].clone();
    let revoke = json!({ "staff": nurse, "assignment": assignment });
    test.call("identity.revoke_role", revoke.clone()).unwrap();
    assert_eq!(code(test.call("identity.revoke_role", revoke)), "identity.assignment_revoked");
    assert_eq!(code(sign_in(&test.practice, &user)), "identity.no_role");
    let given = test.call_as(Role::Owner, "identity.assign_role", json!({ "staff": nurse, "role": "nurse" })).unwrap();
    assert_ne!(given["assignment"], assignment);
    let roles = card(&test, &user)["roles"].clone();
    assert_eq!((&roles[0]["active"], &roles[1]["active"]), (&json!(false), &json!(true)));
    sign_in(&test.practice, &user).unwrap();
}

#[test]
fn the_last_owner_stays() {
    let test = TestPractice::new();
    let owner = staff(&test, OWNER);
    let assignment = card(&test, OWNER)["roles"][0]["assignment"].clone();
    let revoke = json!({ "staff": owner, "assignment": assignment });
    assert_eq!(code(test.call("identity.revoke_role", revoke.clone())), "identity.last_owner");
    assert_eq!(code(test.call("identity.suspend", json!({ "staff": owner }))), "identity.not_oneself");
    let manager = test.call_as(Role::DepartmentManager, "identity.suspend", json!({ "staff": owner }));
    assert_eq!(code(manager), "identity.last_owner");
    let (_, invitation) = {
        sign_in(&test.practice, OWNER).unwrap();
        invite(&test.practice, "second.owner", &json!([{ "role": "owner" }])).unwrap()
    };
    // Somebody who was only invited cannot come in yet and so does not count.
    assert_eq!(code(test.call("identity.revoke_role", revoke.clone())), "identity.last_owner");
    accept(&test.practice, "second.owner", &invitation).unwrap();
    test.call("identity.revoke_role", revoke).unwrap();
    assert_eq!(code(sign_in(&test.practice, OWNER)), "identity.no_role");
}

#[test]
fn nobody_gives_away_what_they_do_not_hold() {
    let test = TestPractice::new();
    test.sign_in_as(Role::DepartmentManager);
    for role in ["owner", "nurse", "privacy_officer", "biller"] {
        assert_eq!(
            code(invite(&test.practice, "new.person", &json!([{ "role": role }]))),
            "identity.cannot_grant",
            "{role}"
        );
    }
    invite(&test.practice, "new.person", &json!([{ "role": "receptionist" }])).unwrap();
}

#[test]
fn an_invitation_counts_once_and_for_three_days() {
    let test = TestPractice::new();
    let nurse = json!([{ "role": "nurse" }]);
    let (_, good) = invite(&test.practice, "ana.nurse", &nurse).unwrap();
    let (_, late) = invite(&test.practice, "bea.nurse", &nurse).unwrap();
    assert_eq!(code(invite(&test.practice, "ANA.nurse", &nurse)), "identity.user_name_taken");
    assert_eq!(code(accept(&test.practice, "ana.nurse", &late)), "identity.invitation_wrong");
    assert_eq!(code(sign_in_with(&test.practice, "ana.nurse", &good, "")), "identity.sign_in_failed");
    accept(&test.practice, "ana.nurse", &good.to_lowercase().replace('-', " ")).unwrap();
    assert_eq!(code(accept(&test.practice, "ana.nurse", &good)), "identity.invitation_wrong");
    test.clock.advance(Duration::hours(72));
    assert_eq!(code(accept(&test.practice, "bea.nurse", &late)), "identity.invitation_expired");
}

#[test]
fn a_second_administrator_resets_a_sign_in_and_the_old_one_is_dead() {
    let test = TestPractice::new();
    for role in [Role::Nurse, Role::SecurityOfficer] {
        test.sign_in_as(role);
    }
    let (user, nurse) = (user_name(Role::Nurse), staff(&test, &user_name(Role::Nurse)));
    assert_eq!(
        code(test.call("identity.reset_sign_in", json!({ "staff": staff(&test, OWNER) }))),
        "identity.not_oneself"
    );
    let invited = test.call("identity.reset_sign_in", json!({ "staff": nurse })).unwrap();
    assert_eq!(code(sign_in(&test.practice, &user)), "identity.sign_in_failed");
    let entered = accept(&test.practice, &user, invited["invitation_code"].as_str().unwrap()).unwrap();
    assert_eq!(entered["session"]["user_name"], user);
    sign_in_with(&test.practice, &user, PASSPHRASE, "").unwrap();
    let resets = entries_from(&test.practice, 0);
    let by: Vec<_> = resets.iter().filter(|row| row["operation"] == "identity.reset_sign_in").collect();
    assert_eq!((by.len(), &by[1]["actor"], &by[1]["outcome"]), (2, &json!(OWNER), &json!("done")));
}

#[test]
fn whoever_has_left_comes_in_no_more() {
    let test = TestPractice::new();
    test.sign_in_as(Role::Nurse);
    let nurse = staff(&test, &user_name(Role::Nurse));
    let checklist =
        json!({ "access_removed": true, "devices_returned": true, "keys_returned": true, "exit_interview": true });
    test.call("identity.terminate", json!({ "staff": nurse, "checklist": checklist })).unwrap();
    assert_eq!(code(sign_in(&test.practice, &user_name(Role::Nurse))), "identity.suspended");
    sign_in(&test.practice, OWNER).unwrap();
    for again in ["identity.reinstate", "identity.reset_sign_in"] {
        assert_eq!(code(test.call(again, json!({ "staff": nurse }))), "identity.staff_status", "{again}");
    }
    let card = card(&test, &user_name(Role::Nurse));
    assert_eq!((&card["status"], &card["termination"]), (&json!("terminated"), &checklist));
    assert!(card["roles"].as_array().unwrap().iter().all(|role| role["active"] == false));
}
