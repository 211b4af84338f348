//! Every refusal of this feature, with the words that help.

use keepwell_kernel::Code;

macro_rules! codes {
    ($($name:ident = $code:literal, $remedy:literal;)+) => {
        $(#[doc = $remedy] pub const $name: Code = Code::new($code, $remedy);)+
        /// Every refusal of this feature.
        pub const REFUSALS: &[Code] = &[$($name),+];
    };
}

codes! {
    NAME_MISSING = "identity.name_missing", "Enter a name.";
    NAME_TOO_LONG = "identity.name_too_long", "Use at most 100 characters.";
    USER_NAME_SHAPE = "identity.user_name_shape", "Use 3 to 32 letters, digits, dots, dashes or underscores, beginning with a letter.";
    USER_NAME_TAKEN = "identity.user_name_taken", "Somebody has this user name already. Choose another.";
    TIME_ZONE_UNKNOWN = "identity.time_zone_unknown", "Choose the time zone from the list, such as America/New_York.";
    NPI_CHECK_DIGIT = "identity.npi_check_digit", "This is not a valid NPI. It has ten digits, and the last one checks the others; look for a slip.";
    IDLE_MINUTES = "identity.idle_minutes", "Choose 1 to 60 minutes.";
    HOURS_ORDER = "identity.hours_order", "Enter times as 08:30, with closing after opening.";
    ADDRESS_SHAPE = "identity.address_shape", "Enter at least one line, the city and the state.";
    PASSPHRASE_SHORT = "identity.passphrase_short", "Use at least 15 characters, or at least 8 once your authenticator is confirmed. A few unrelated words are easy to remember.";
    PASSPHRASE_COMMON = "identity.passphrase_common", "This passphrase is one that guessers try first. Use a few unrelated words of your own.";
    PASSPHRASE_LONG = "identity.passphrase_long", "Use at most 256 characters.";
    SUITE_UNKNOWN = "identity.suite_unknown", "Choose xchacha20-poly1305 or aes-256-gcm.";
    SIGN_IN_FAILED = "identity.sign_in_failed", "The user name, passphrase or code is not right. Check Caps Lock and the code on your authenticator.";
    WAIT = "identity.wait", "Too many wrong tries in a row. Wait a little, then try again; the wait grows with each wrong try, to 15 minutes at most.";
    LOCKED_OUT = "identity.locked_out", "This sign-in is closed after 100 wrong tries. Another administrator can reset it, or the owner can use the recovery kit.";
    CODE_NEEDED = "identity.code_needed", "Enter the six-digit code from your authenticator, or a recovery code.";
    CODE_USED = "identity.code_used", "This code was used already. Wait for the next one on your authenticator.";
    CODE_WRONG = "identity.code_wrong", "The code is not right. Check that your authenticator shows Keepwell and that this computer's clock is right.";
    SUSPENDED = "identity.suspended", "This sign-in is suspended. Ask whoever manages the staff.";
    NO_ROLE = "identity.no_role", "No role is active for you today. Ask whoever manages the staff.";
    NOT_LOCKED = "identity.not_locked", "The practice is not locked. Sign in with your user name.";
    INVITATION_WRONG = "identity.invitation_wrong", "The user name or the invitation code is not right.";
    INVITATION_EXPIRED = "identity.invitation_expired", "The invitation has run out. Ask for a new one.";
    RECOVERY_KEY_SHAPE = "identity.recovery_key_shape", "Enter the 24 words of the recovery kit, or the key that begins with AGE-SECRET-KEY-1.";
    NOT_AN_OWNER = "identity.not_an_owner", "The recovery key signs in an owner of the practice. Enter an owner's user name.";
    KIT_WORDS_WRONG = "identity.kit_words_wrong", "These are not the words of the recovery kit. Look at the numbers beside the words.";
    KIT_TWO_WORDS = "identity.kit_two_words", "Type back at least two of the words.";
    KIT_GONE = "identity.kit_gone", "The recovery kit was shown in an earlier session and is not kept anywhere. Make a new kit.";
    STAFF_UNKNOWN = "identity.staff_unknown", "There is no such member of staff.";
    ASSIGNMENT_UNKNOWN = "identity.assignment_unknown", "There is no such role assignment.";
    ASSIGNMENT_REVOKED = "identity.assignment_revoked", "This assignment was revoked and cannot be revived. Assign the role again.";
    ROLE_NEEDED = "identity.role_needed", "Give at least one role.";
    VALIDITY_ORDER = "identity.validity_order", "The role must end after it begins.";
    CANNOT_GRANT = "identity.cannot_grant", "This role opens parts of the practice that you cannot open yourself, so you cannot give it. Ask the owner.";
    LAST_OWNER = "identity.last_owner", "The practice needs at least one owner. Make somebody else an owner first.";
    NOT_ONESELF = "identity.not_oneself", "Somebody else must do this for you.";
    STAFF_STATUS = "identity.staff_status", "This cannot be done while the person is in this status.";
    FUTURE_DATE = "identity.future_date", "Enter a date that is not in the future.";
    RESEALING_RUNS = "identity.resealing_runs", "What was written under the last keys is still being sealed anew. Let that end, then make new keys.";
    DRAFT_TOO_LONG = "identity.draft_too_long", "The unsaved text is too long to keep. Save it first.";
}
