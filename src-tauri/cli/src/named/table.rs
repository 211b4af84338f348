//! The commands that are one operation each.

use super::Named;

/// What the first words are for.
pub(super) const GROUPS: [(&str, &str); 10] = [
    ("disclosure", "The ledger of disclosures."),
    ("accounting", "Requests for an accounting of disclosures, and what suspends one."),
    ("access", "Requests for access to a record, with their fees and reviews."),
    ("amendment", "Requests for an amendment, and all that is said to one."),
    ("associate", "Business associates and their agreements."),
    ("hold", "Legal holds."),
    ("retention", "What is kept, for how long, and the end of it."),
    ("downtime", "The downtime pack."),
    ("backup", ""),
    ("log", ""),
];

const fn named(
    words: [&'static str; 2],
    operation: &'static str,
    about: &'static str,
    typed: &'static str,
    told: &'static str,
) -> Named {
    Named { words, operation, about, typed, told }
}

#[rustfmt::skip]
pub(super) const TABLE: [Named; 39] = [
    named(["disclosure", "record"], "compliance.disclose", "Record a disclosure.", "patient:ID", "details"),
    named(["disclosure", "correct"], "compliance.correct_disclosure", "Correct a row by another row.",
        "disclosure:ID", "correction [details]"),
    named(["disclosure", "list"], "compliance.disclosures", "Show a patient's ledger.", "patient:ID", ""),

    named(["accounting", "request"], "compliance.request_accounting", "Keep a request.",
        "patient:ID received-on:DATE [from:DATE] [to:DATE] fee-cents:N [fee-notice-sent-on:DATE]", ""),
    named(["accounting", "extend"], "compliance.extend_accounting", "Take thirty more days, once.",
        "accounting:ID sent-on:DATE", "reason"),
    named(["accounting", "withdraw"], "compliance.withdraw_accounting", "End a request that was taken back.",
        "accounting:ID", ""),
    named(["accounting", "deliver"], "compliance.deliver_accounting", "Note that the letter was handed over or sent.",
        "accounting:ID delivered-on:DATE [letter-sha256:HEX]", ""),
    named(["accounting", "list"], "compliance.accountings", "Show the requests.", "", ""),
    named(["accounting", "suspend"], "compliance.suspend_accounting", "Keep an agency's statement that suspends its rows.",
        "patient:ID stated-on:DATE spoken [until:DATE]", "agency statement"),
    named(["accounting", "lift"], "compliance.lift_suspension", "Lift a suspension.", "suspension:ID", ""),

    named(["access", "request"], "compliance.request_access", "Keep a request.",
        "patient:ID received-on:DATE [from:DATE] [to:DATE] electronic", "requester form channel [scope]"),
    named(["access", "extend"], "compliance.extend_access", "Take thirty more days, once.",
        "access:ID sent-on:DATE", "reason"),
    named(["access", "charge"], "compliance.charge_access", "Set the fee.", "access:ID", "lines"),
    named(["access", "decide"], "compliance.decide_access", "Grant a request, a part of it or nothing.",
        "access:ID outcome:WORD [ground:WORD] decided-on:DATE", "decided_by [basis]"),
    named(["access", "review"], "compliance.review_access", "Note the review of a denial.",
        "access:ID asked-on:DATE [outcome:WORD] [decided-on:DATE]", "reviewer"),
    named(["access", "deliver"], "compliance.deliver_access", "Note that the copy was handed over.",
        "access:ID delivered-on:DATE [sha256:HEX]", ""),
    named(["access", "withdraw"], "compliance.withdraw_access", "End a request that was taken back.", "access:ID", ""),
    named(["access", "list"], "compliance.access_requests", "Show the requests.", "[patient:ID]", ""),

    named(["amendment", "request"], "compliance.request_amendment", "Keep a request.",
        "patient:ID received-on:DATE", "requester target text [reason]"),
    named(["amendment", "extend"], "compliance.extend_amendment", "Take thirty more days, once.",
        "amendment:ID sent-on:DATE", "reason"),
    named(["amendment", "accept"], "compliance.accept_amendment", "Accept a request.",
        "amendment:ID told-on:DATE [version:N]", "persons [appended]"),
    named(["amendment", "tell"], "compliance.tell_amendment", "Note who was told of an amendment.",
        "amendment:ID", "person"),
    named(["amendment", "deny"], "compliance.deny_amendment", "Deny a request.",
        "amendment:ID ground:WORD told-on:DATE", "basis"),
    named(["amendment", "disagree"], "compliance.state_disagreement", "Keep the patient's statement of disagreement.",
        "amendment:ID received-on:DATE", "text"),
    named(["amendment", "accompany"], "compliance.accompany_disclosures", "Let the request go along with every copy.",
        "amendment:ID asked-on:DATE", ""),
    named(["amendment", "rebut"], "compliance.rebut_disagreement", "Answer a statement of disagreement.",
        "amendment:ID sent-on:DATE", "text"),
    named(["amendment", "list"], "compliance.amendment_requests", "Show the requests.", "[patient:ID]", ""),
    named(["amendment", "of"], "compliance.amendments", "Show what was asked about a chart that one may open.",
        "patient:ID", ""),

    named(["associate", "keep"], "compliance.keep_associate", "Keep a business associate and its agreement.",
        "[associate:ID] [expected-version:N] incident-notice-hours:N",
        "name contact phone email services phi_categories subcontractors signed_on effective_on expires_on review_on \
         clauses return_or_destroy [agreement_base64]"),
    named(["associate", "end"], "compliance.end_associate", "Note that an agreement has ended.",
        "associate:ID ended-on:DATE", "returned"),
    named(["associate", "list"], "compliance.associates", "Show the register.", "", ""),
    named(["associate", "due"], "compliance.due", "Show which agreements and requests are due.", "", ""),

    named(["hold", "place"], "compliance.place_hold", "Place a hold on a patient's documents, or on all.",
        "[patient:ID]", "matter reason"),
    named(["hold", "release"], "compliance.release_hold", "Release a hold.", "hold:ID", "release"),

    named(["retention", "list"], "compliance.retained", "Show what is kept of a patient, or of the practice itself.",
        "[patient:ID]", ""),
    named(["retention", "destroy"], "compliance.destroy", "Destroy a document whose time has come, for good.",
        "kind:WORD document:ID", "approved_by reason"),

    named(["downtime", "list"], "exchange.downtime", "Show the plan and the packs that were written.", "", ""),
    named(["backup", "list"], "exchange.backups", "Show the plan, the backups and their proofs.", "", ""),
    named(["log", "report"], "log.report", "Show a report of the log; `paper report` takes it out.",
        "[patient:ID] [actor:USER] [operation:NAME] [outcome:WORD] [from:TIME] [to:TIME] [below:N] sort:WORD descending",
        ""),
];
