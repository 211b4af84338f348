//! The made-up staff: invited through the door, and signed in one after the other.

use super::ask;
use crate::made_up::history::{Duty, SHARING, Shift};
use crate::practice::Practice;
use keepwell_kernel::{Error, Failure, Fault, Role};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::json;

/// Everybody's passphrase, which stands here in plain text because there is nobody in a demonstration to protect.
pub const PASSPHRASE: &str = "made up harbor lantern quilt";

/// The user name, the given name, the family name and the role of each, as many for each duty as share it.
pub const STAFF: [(&str, &str, &str, Role); 8] = [
    ("r.delgado", "Rosa", "Delgado", Role::Receptionist),
    ("t.brandt", "Tessa", "Brandt", Role::Receptionist),
    ("p.osei", "Patience", "Osei", Role::Nurse),
    ("k.lindqvist", "Karl", "Lindqvist", Role::Nurse),
    ("d.marchetti", "Diana", "Marchetti", Role::Physician),
    ("s.rahman", "Samir", "Rahman", Role::Physician),
    ("j.feldman", "Judith", "Feldman", Role::Biller),
    ("m.quon", "Michael", "Quon", Role::Biller),
];

#[derive(Deserialize)]
struct Invited {
    invitation_code: String,
}

/// Invites everybody, signs out whoever is signed in, and accepts each invitation.
///
/// # Errors
/// [`Failure`].
pub(super) fn hire(practice: &Practice) -> Result<(), Failure> {
    let mut codes = Vec::new();
    for (user_name, given, family, role) in STAFF {
        let input = json!({ "user_name": user_name,
            "name": { "family": family, "given": [given], "prefix": null, "suffix": null },
            "roles": [{ "role": role, "valid_from": null, "valid_until": null }] });
        let Invited { invitation_code } = ask(practice, "identity.invite", input, None)?;
        codes.push((user_name, invitation_code));
    }
    sign_out(practice)?;
    for (user_name, code) in codes {
        let input = json!({ "user_name": user_name, "invitation_code": code, "passphrase": PASSPHRASE });
        let IgnoredAny = ask(practice, "identity.accept_invitation", input, None)?;
        sign_out(practice)?;
    }
    Ok(())
}

/// Signs in whoever works a shift.
///
/// # Errors
/// [`Failure`].
pub(super) fn sign_in(practice: &Practice, shift: &Shift) -> Result<(), Failure> {
    let role = match shift.duty {
        Duty::FrontDesk => Role::Receptionist,
        Duty::Nursing => Role::Nurse,
        Duty::Medicine => Role::Physician,
        Duty::Billing => Role::Biller,
    };
    let Some((user_name, ..)) = STAFF.iter().filter(|(.., theirs)| *theirs == role).nth(shift.who % SHARING) else {
        return Err(practice.fail(&Error::Fault(Fault::because("nobody holds this role in the demonstration"))));
    };
    let input = json!({ "user_name": user_name, "passphrase": PASSPHRASE, "code": "" });
    let IgnoredAny = ask(practice, "identity.sign_in", input, None)?;
    Ok(())
}

/// Signs out.
///
/// # Errors
/// [`Failure`].
pub(super) fn sign_out(practice: &Practice) -> Result<(), Failure> {
    ask(practice, "identity.sign_out", json!({}), None)
}
