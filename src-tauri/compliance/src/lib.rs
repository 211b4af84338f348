#![doc = include_str!("../README.md")]

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

pub use accounting::{Accounting, Extension};
pub use accounting_letter::{AccountingLetter, AskAccountingLetter, LetterItem};
pub use accountings::{AccountingList, AccountingRow, Accountings};
pub use agreement_file::{AgreementFile, OpenAgreement};
pub use associate::{AgreementState, AgreementTerm, BusinessAssociate, Clause, IN_FORCE_WARNING_DAYS, must_hold};
pub use associates::{AssociateList, AssociateRow, Associates};
pub use correct_disclosure::CorrectDisclosure;
pub use deliver_accounting::DeliverAccounting;
pub use destroy::{Destroy, Destroyed};
pub use destruction::Destruction;
pub use disclose::{Disclose, Disclosed};
pub use disclosure::{Authorization, Basis, Disclosure, DisclosureDetails, Recipient, RecipientKind, record};
pub use disclosures::{AskDisclosures, DisclosureLedger, DisclosureRow};
pub use due::{AskDue, Due, DueKind, DueList};
pub use end_associate::EndAssociate;
pub use extend_accounting::ExtendAccounting;
pub use keep_associate::{AssociateKept, KeepAssociate};
pub use legal_hold::{LegalHold, no_hold_at_all};
pub use lift_suspension::LiftSuspension;
pub use place_hold::{HoldPlaced, PlaceHold};
pub use refusals::REFUSALS;
pub use release_hold::ReleaseHold;
pub use request_accounting::{AccountingRequested, RequestAccounting};
pub use retained::{AskRetained, DestroyedRow, HoldRow, RetainedList, RetainedOf, RetainedRow};
pub use retention::RetainedKind;
pub use suspend_accounting::SuspendAccounting;
pub use suspension::{Suspension, SuspensionRow};
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
