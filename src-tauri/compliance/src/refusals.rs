//! Why something is not recorded.

use keepwell_kernel::Code;

macro_rules! codes {
    ($($name:ident = $code:literal, $remedy:literal;)+) => {
        $(#[doc = $remedy] pub const $name: Code = Code::new($code, $remedy);)+
        /// Every refusal of this feature.
        pub const REFUSALS: &[Code] = &[$($name),+];
    };
}

codes! {
    MISSING = "compliance.missing", "Fill in this field.";
    TEXT = "compliance.bad_text", "Shorten this text and remove invisible signs from it.";
    DATE = "compliance.bad_date", "There is no such date. Enter year, month and day, as 2026-12-31.";
    IN_FUTURE = "compliance.date_in_future", "This date is in the future. Enter the day on which it happened.";
    DATE_ORDER = "compliance.date_order", "This date lies before the one it follows. Check both.";
    UNKNOWN_DISCLOSURE = "compliance.unknown_disclosure", "There is no such disclosure. Choose one from the list.";
    CORRECTED_BEFORE = "compliance.corrected_before", "This row was corrected before. Correct the row that replaced it.";
    NO_AUTHORIZATION = "compliance.no_authorization", "This basis needs a signed authorization. Enter when it was signed and when it ends, or choose the basis that applies.";
    AUTHORIZATION_INVALID = "compliance.authorization_invalid", "The authorization did not cover that day: it was signed later or had ended. Ask the patient for a new one.";
    NOT_VERIFIED = "compliance.not_verified", "Say how you made sure who asked and that they may ask.";
    ASSOCIATE_MISSING = "compliance.associate_missing", "Choose the business associate from the register, or enter it there first.";
    UNKNOWN_ASSOCIATE = "compliance.unknown_associate", "There is no such business associate. Choose one from the register.";
    NO_AGREEMENT = "compliance.no_agreement", "There was no business associate agreement in force on that day. Sign one and enter it in the register first.";
    STALE = "compliance.stale", "Somebody else has changed this meanwhile. Look at it again, then make your change.";
    ENDED = "compliance.agreement_ended", "This agreement has ended. Enter the new one as a new associate.";
    NOTICE_TOO_LONG = "compliance.notice_too_long", "The law gives an associate at most 60 days to report. Enter a number of hours from 1 to 1440.";
    NOT_PDF = "compliance.not_pdf", "This is not a PDF file of at most 4 MB. Choose another file.";
    NO_FILE = "compliance.no_agreement_file", "No signed agreement is kept for this associate. Add the file in the register.";
    UNKNOWN_SUSPENSION = "compliance.unknown_suspension", "There is no such suspension, or it has ended.";
    STATEMENT_END = "compliance.statement_end", "A written statement says how long it holds. Enter that day; a spoken one holds 30 days.";
    UNKNOWN_ACCOUNTING = "compliance.unknown_accounting", "There is no such request. Choose one from the list.";
    ACCOUNTING_CLOSED = "compliance.accounting_closed", "This request was answered or withdrawn. Enter a new one.";
    SIX_YEARS = "compliance.six_years", "An accounting covers at most the six years before the request. Choose a later first day.";
    FIRST_IS_FREE = "compliance.first_is_free", "The first accounting in twelve months is free. Leave the fee empty.";
    FEE_NOTICE = "compliance.fee_notice", "Before charging, tell the patient the fee and that the request can be withdrawn or changed. Enter the day you did.";
    FEE_RANGE = "compliance.fee_range", "Enter a fee between 0 and 10,000 dollars, in cents.";
    EXTENDED_BEFORE = "compliance.extended_before", "This request was extended before. The law allows one extension.";
    UNKNOWN_HOLD = "compliance.unknown_hold", "There is no such legal hold, or it was released.";
    LEGAL_HOLD = "compliance.legal_hold", "A legal hold keeps this. Ask whoever placed it; it can be destroyed once the hold is released.";
    UNKNOWN_DOCUMENT = "compliance.unknown_document", "There is no such document, or it was destroyed before.";
    STILL_IN_EFFECT = "compliance.still_in_effect", "This is still in effect. Its six years begin when it ends.";
    KEPT_LONGER = "compliance.kept_longer", "The law keeps this for six years from its making or from when it was last in effect. Look at the day it is kept until.";
    EXTENDED_LATE = "compliance.extended_late", "The first 30 or 60 days are over, so it cannot be extended. Answer it now.";
    UNKNOWN_REQUEST = "compliance.unknown_request", "There is no such request. Choose one from the list.";
    REQUEST_CLOSED = "compliance.request_closed", "This request was answered or withdrawn. Enter a new one.";
    FEE_KIND = "compliance.fee_kind", "The law allows four charges: copying, supplies, postage and an agreed summary. Searching for records is free.";
    FEE_AGREEMENT = "compliance.fee_agreement", "A summary or explanation may be charged only where its price was agreed beforehand. Enter the day.";
    FEE_AFTER_DELIVERY = "compliance.fee_after_delivery", "The records were handed over. A fee is set before that.";
    DECIDED_BEFORE = "compliance.decided_before", "This request was decided before. The decision stays as it was sent.";
    DENIAL_GROUND = "compliance.denial_ground", "A denial, of all or of a part, needs a ground. What is granted whole has none.";
    NOT_GRANTED = "compliance.not_granted", "Nothing is granted that waits to be handed over. Decide on the request first.";
    NOT_DENIED = "compliance.not_denied", "This request was not denied.";
    NOT_REVIEWABLE = "compliance.not_reviewable", "The law gives no review of a denial on this ground.";
    REVIEWED_BEFORE = "compliance.reviewed_before", "This denial was reviewed before. The law gives one review.";
    REVIEWER_TOOK_PART = "compliance.reviewer_took_part", "Whoever denied the request cannot review it. Choose a licensed professional who took no part in it.";
    UNKNOWN_VERSION = "compliance.unknown_version", "The record has no such version, or it is not a later one. Choose one from its versions.";
    AMENDMENT_LINK = "compliance.amendment_link", "Say what was added to the record, or which later version of it carries the amendment.";
    AMENDMENT_GROUND = "compliance.amendment_ground", "The law knows four grounds: not created by you, not in the record set, not open to access, accurate and complete. Choose one, or accept.";
    NOT_ACCEPTED = "compliance.not_accepted", "This request was not accepted, so there is nothing to tell anybody.";
    TOO_MANY_TOLD = "compliance.too_many_told", "At most 30 persons are noted for one amendment.";
    SAID_BEFORE = "compliance.said_before", "This was said before, and stays as it was said first.";
    NO_DISAGREEMENT = "compliance.no_disagreement", "There is no statement of disagreement to answer.";
    NOT_AS_KEPT = "compliance.not_as_kept", "The named request is not as Keepwell keeps one, or it is another patient's here. Nothing was taken from the file.";
    NO_LETTER = "compliance.no_letter", "There is no such letter: this request was not denied or not extended.";
}
