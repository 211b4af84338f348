#![doc = include_str!("../README.md")]

mod clock;
mod fields;
mod refusals;
mod table;

mod disclosure;
mod ledger;

mod correct_disclosure;
mod disclose;
mod disclosures;
mod lift_suspension;
mod suspend_accounting;
mod suspension;

mod accounting;
mod accounting_letter;
mod accountings;
mod deliver_accounting;
mod extend_accounting;
mod request_accounting;
mod withdraw_accounting;

mod requester;

mod access;
mod access_requests;
mod charge_access;
mod decide_access;
mod deliver_access;
mod extend_access;
mod fee;
mod request_access;
mod review_access;
mod withdraw_access;

mod accept_amendment;
mod accompany_disclosures;
mod amendment;
mod amendment_requests;
mod amendments;
mod amendments_along;
mod deny_amendment;
mod extend_amendment;
mod rebut_disagreement;
mod request_amendment;
mod state_disagreement;
mod tell_amendment;

mod decision_letter;

mod destroy;
mod destruction;
mod legal_hold;
mod place_hold;
mod release_hold;
mod retained;
mod retention;

mod agreement_file;
mod associate;
mod associates;
mod due;
mod end_associate;
mod keep_associate;

pub use accept_amendment::AcceptAmendment;
pub use access::{
    AccessDecision, AccessDelivery, AccessGround, AccessOutcome, AccessRequest, AccessReview, AccessState,
    ReviewOutcome,
};
pub use access_requests::{AccessRequestList, AccessRequests, AccessRow};
pub use accompany_disclosures::AccompanyDisclosures;
pub use accounting::Accounting;
pub use accounting_letter::{AccountingLetter, AskAccountingLetter, LetterItem};
pub use accountings::{AccountingList, AccountingRow, Accountings};
pub use agreement_file::{AgreementFile, OpenAgreement};
pub use amendment::{
    AmendedKind, AmendmentAccepted, AmendmentDenied, AmendmentDisagreement, AmendmentGround, AmendmentRebuttal,
    AmendmentRequest, AmendmentState, AmendmentTarget, PersonTold,
};
pub use amendment_requests::{AmendmentRequestList, AmendmentRequests, AmendmentRow};
pub use amendments::Amendments;
pub use amendments_along::{amendments_of, bring_amendments_back};
pub use associate::{AgreementState, AgreementTerm, BusinessAssociate, Clause, IN_FORCE_WARNING_DAYS, must_hold};
pub use associates::{AssociateList, AssociateRow, Associates};
pub use charge_access::ChargeAccess;
pub use clock::Extension;
pub use correct_disclosure::CorrectDisclosure;
pub use decide_access::DecideAccess;
pub use decision_letter::{AskDecisionLetter, DecisionLetter, DecisionLetterKind};
pub use deliver_access::DeliverAccess;
pub use deliver_accounting::DeliverAccounting;
pub use deny_amendment::DenyAmendment;
pub use destroy::{Destroy, Destroyed};
pub use destruction::Destruction;
pub use disclose::{Disclose, Disclosed};
pub use disclosure::{Authorization, Basis, Disclosure, DisclosureDetails, Recipient, RecipientKind, record};
pub use disclosures::{AskDisclosures, DisclosureLedger, DisclosureRow};
pub use due::{AskDue, Due, DueKind, DueList};
pub use end_associate::EndAssociate;
pub use extend_access::ExtendAccess;
pub use extend_accounting::ExtendAccounting;
pub use extend_amendment::ExtendAmendment;
pub use fee::{FeeKind, FeeLine, TypedFeeLine};
pub use keep_associate::{AssociateKept, KeepAssociate};
pub use legal_hold::{LegalHold, no_hold_at_all};
pub use lift_suspension::LiftSuspension;
pub use place_hold::{HoldPlaced, PlaceHold};
pub use rebut_disagreement::RebutDisagreement;
pub use refusals::REFUSALS;
pub use release_hold::ReleaseHold;
pub use request_access::{AccessRequested, RequestAccess};
pub use request_accounting::{AccountingRequested, RequestAccounting};
pub use request_amendment::{AmendmentRequested, RequestAmendment};
pub use requester::{Representative, Requester};
pub use retained::{AskRetained, DestroyedRow, HoldRow, RetainedList, RetainedOf, RetainedRow};
pub use retention::RetainedKind;
pub use review_access::ReviewAccess;
pub use state_disagreement::StateDisagreement;
pub use suspend_accounting::SuspendAccounting;
pub use suspension::{Suspension, SuspensionRow};
pub use tell_amendment::{TellAmendment, TellPerson};
pub use withdraw_access::WithdrawAccess;
pub use withdraw_accounting::WithdrawAccounting;

use keepwell_log::door::Entry;

/// Everything that can be done here.
pub const SURFACE: &[Entry] = &[
    Entry::command::<Disclose>(),
    Entry::command::<CorrectDisclosure>(),
    Entry::query::<AskDisclosures>(),
    Entry::command::<SuspendAccounting>(),
    Entry::command::<LiftSuspension>(),
    Entry::command::<RequestAccounting>(),
    Entry::command::<ExtendAccounting>(),
    Entry::command::<WithdrawAccounting>(),
    Entry::query::<AskAccountingLetter>(),
    Entry::command::<DeliverAccounting>(),
    Entry::query::<Accountings>(),
    Entry::command::<RequestAccess>(),
    Entry::command::<ExtendAccess>(),
    Entry::command::<ChargeAccess>(),
    Entry::command::<DecideAccess>(),
    Entry::command::<ReviewAccess>(),
    Entry::command::<DeliverAccess>(),
    Entry::command::<WithdrawAccess>(),
    Entry::query::<AccessRequests>(),
    Entry::command::<RequestAmendment>(),
    Entry::command::<ExtendAmendment>(),
    Entry::command::<AcceptAmendment>(),
    Entry::command::<TellAmendment>(),
    Entry::command::<DenyAmendment>(),
    Entry::command::<StateDisagreement>(),
    Entry::command::<AccompanyDisclosures>(),
    Entry::command::<RebutDisagreement>(),
    Entry::query::<AmendmentRequests>(),
    Entry::query::<Amendments>(),
    Entry::query::<AskDecisionLetter>(),
    Entry::command::<KeepAssociate>(),
    Entry::command::<EndAssociate>(),
    Entry::query::<Associates>(),
    Entry::query::<OpenAgreement>(),
    Entry::query::<AskDue>(),
    Entry::command::<PlaceHold>(),
    Entry::command::<ReleaseHold>(),
    Entry::query::<AskRetained>(),
    Entry::command::<Destroy>(),
];
