//! Why something is not booked, and why something that is booked is not changed.

use keepwell_kernel::Code;

macro_rules! codes {
    ($($name:ident = $code:literal, $remedy:literal;)+) => {
        $(#[doc = $remedy] pub const $name: Code = Code::new($code, $remedy);)+
        /// Every refusal of this feature.
        pub const REFUSALS: &[Code] = &[$($name),+];
    };
}

codes! {
    UNKNOWN = "scheduling.unknown", "This is not there any more. Look at the calendar again.";
    STALE = "scheduling.stale", "Somebody else has changed this meanwhile. Look at it again, then make your change.";
    CONFLICT = "scheduling.conflict", "Something stands against this time. Look at the list, then choose another time or say why it must be this one.";
    OVERRIDE_REASON = "scheduling.override_reason", "Say in a few words why this is booked all the same.";
    OVERRIDE_DENIED = "scheduling.override_denied", "Your role cannot book against the calendar. Choose another time, or ask a clinician or the manager.";
    BAD_TEXT = "scheduling.bad_text", "Fill in this field, shorten its text, or remove invisible signs from it.";
    BAD_MINUTES = "scheduling.bad_minutes", "These minutes do not fit. Choose a length and a time within the day.";
    BAD_DATE = "scheduling.bad_date", "There is no such date, or it lies before the one it follows. Enter year, month and day, as 2026-12-31.";
    TOO_MANY = "scheduling.too_many", "These are more than can be kept or shown at once. Choose fewer.";
    NO_RESOURCE = "scheduling.no_resource", "Choose at least one practitioner, room or piece of equipment.";
    NOT_OFFERED = "scheduling.not_offered", "This is not offered any more. Choose another service.";
    BAD_STATUS = "scheduling.bad_status", "From where it stands now, this visit cannot become that. Look at its steps.";
    REASON_NEEDED = "scheduling.reason_needed", "Choose why the visit was missed or cancelled.";
    HOLD_GONE = "scheduling.hold_gone", "This hold has expired or was released. Hold the time again.";
    ENDED = "scheduling.ended", "This is not in use any more. Choose another.";
    NAME_TAKEN = "scheduling.name_taken", "Something of this kind has this name already. Choose another name.";
    PATIENT_CLOSED = "scheduling.patient_closed", "This record was merged into another, or the patient has died. Open the record that stays.";
    GATE_FAILED = "scheduling.gate_failed", "A check before the visit failed. Look at it, mend what it asks for, or have it waived with a reason.";
    LICENSE_ENDED = "scheduling.license_ended", "This licence has ended, and nobody treats without one. Enter the renewed licence, or let somebody else do it.";
    BAD_RULE = "scheduling.bad_rule", "This rule of repetition cannot be read. Choose how often and how many times.";
    IN_SERIES = "scheduling.in_series", "This visit repeats already. End its series first.";
    NOT_A_THEATRE = "scheduling.not_a_theatre", "This is no operating theatre. Choose one, or set one up under hours and services.";
    OUTSIDE_RESERVATION = "scheduling.outside_reservation", "These times lie outside the reservation. Choose times within its setup, procedure and turnover.";
    CASE_PLACED = "scheduling.case_placed", "A theatre is reserved for this case. Move that reservation, or release it first.";
    CASE_CLOSED = "scheduling.case_closed", "This case is over or was cancelled. Plan it again, or a new one.";
    CASE_OF_ANOTHER = "scheduling.case_of_another", "A case stays its patient's. Cancel it, and plan a new one for the other patient.";
    CASE_NEEDED = "scheduling.case_needed", "An operation is reserved for a case, and maintenance for none. Choose one or the other.";
    IN_USE = "scheduling.in_use", "Visits to come are booked here. Move or cancel them first.";
    NOT_OWN_CALENDAR = "scheduling.not_own_calendar", "This is not your own calendar. Only the person it belongs to takes it out; whoever sets the calendar up can say whose it is.";
    NOBODY_TO_WRITE_TO = "scheduling.nobody_to_write_to", "Nobody who has a visit to come on this day may be reminded by letter. Print the call list: it says how each may be reached.";
    CALENDAR_REASON = "scheduling.calendar_reason", "Say in a few words why the calendar is taken out of the program.";
    NOT_AS_KEPT = "scheduling.not_as_kept", "The named visit is not as Keepwell keeps one, so somebody else wrote it. Nothing was taken from the file.";
}
