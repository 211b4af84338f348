#![doc = include_str!("../README.md")]

mod accept_invitation;
mod authority;
mod change_roles;
mod change_secrets;
mod confirm_recovery_kit;
mod create_practice;
mod discard_draft;
mod draft;
mod enter;
mod invite;
mod key_rotation;
mod key_status;
mod kit;
mod list_staff;
mod lock;
mod passphrase;
mod practice;
mod practice_details;
mod record_training;
mod recover;
mod refusals;
mod reseal;
mod rotate_keys;
mod second_factor;
mod sign_in;
mod slot;
mod staff;
mod suspend;
mod unlock;

pub use accept_invitation::{AcceptInvitation, Entered};
pub use authority::StaffAuthority;
pub use change_roles::{AssignRole, RevokeRole, RoleAssigned};
pub use change_secrets::{ChangePassphrase, ConfirmSecondFactor, NewSecondFactor};
pub use confirm_recovery_kit::{ConfirmRecoveryKit, KitAnswer, NewRecoveryKit};
pub use create_practice::{CreatePractice, Owner, PracticeCreated};
pub use discard_draft::DiscardDraft;
pub use draft::{Draft, StoredDraft};
pub use enter::SessionView;
pub use invite::{Invite, Invited, RoleToGive};
pub use key_rotation::{KeyRotation, RotationCause};
pub use key_status::{AskKeyStatus, KeyStatus};
pub use kit::{RecoveryKit, read_key as read_recovery_key};
pub use list_staff::{ListStaff, StaffList};
pub use lock::{DraftToKeep, Lock, SignOut};
pub use passphrase::{Advice, advice};
pub use practice::{
    Address, DoorPlate, OpeningHours, Practice, PracticeDetails, Weekday, anonymous_mrn, npi_holds, practice_name,
    practice_of_query,
};
pub use practice_details::{AskPractice, ChangePractice};
pub use record_training::RecordTraining;
pub use recover::Recover;
pub use refusals::REFUSALS;
pub use reseal::{Reseal, ResealStep};
pub use rotate_keys::RotateKeys;
pub use second_factor::{SecondFactor, StoredSecondFactor};
pub use sign_in::SignIn;
pub use slot::SignInSlot;
pub use staff::{
    Assignment, PersonName, RoleAssignment, StaffCard, StaffMember, StaffStatus, TerminationChecklist, display_name,
    display_name_to,
};
pub use suspend::{Reinstate, ResetSignIn, Suspend, Terminate};
pub use unlock::Unlock;

use keepwell_log::door::Entry;

/// Everything this feature can do.
pub const SURFACE: &[Entry] = &[
    Entry::founding::<CreatePractice>(),
    Entry::entrance::<SignIn>(),
    Entry::entrance::<SignOut>(),
    Entry::entrance::<Lock>(),
    Entry::entrance::<Unlock>(),
    Entry::entrance::<AcceptInvitation>(),
    Entry::entrance::<Recover>(),
    Entry::command::<ConfirmRecoveryKit>(),
    Entry::command::<NewRecoveryKit>(),
    Entry::command::<ConfirmSecondFactor>(),
    Entry::command::<NewSecondFactor>(),
    Entry::command::<ChangePassphrase>(),
    Entry::command::<DiscardDraft>(),
    Entry::query::<AskPractice>(),
    Entry::command::<ChangePractice>(),
    Entry::query::<ListStaff>(),
    Entry::command::<Invite>(),
    Entry::command::<AssignRole>(),
    Entry::command::<RevokeRole>(),
    Entry::command::<Suspend>(),
    Entry::command::<Reinstate>(),
    Entry::command::<ResetSignIn>(),
    Entry::command::<RecordTraining>(),
    Entry::command::<Terminate>(),
    Entry::query::<AskKeyStatus>(),
    Entry::command::<RotateKeys>(),
    Entry::command::<Reseal>(),
];
