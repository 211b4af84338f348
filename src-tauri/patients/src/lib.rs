#![doc = include_str!("../README.md")]

mod check;
mod demographics;
mod patient;
mod record_number;
mod table;

pub mod fold;
pub mod likeness;
pub mod nicknames;
pub mod people_index;
pub mod phonetic;
pub mod shapes;
pub mod typed_date;

mod people;
mod staff;
mod views;

mod billing_card;
mod bring_back;
mod called;
mod chart;
mod confirm_merge;
mod correct;
mod front_desk_card;
mod known;
mod links;
mod mark_deceased;
mod merge;
mod merges;
mod note_restriction;
mod photo;
mod possible_duplicates;
mod propose_merge;
mod register;
mod reminded;
mod search;
mod set_photo;
mod take_in;
mod unmerge;
mod versions;
mod whole_record;

#[cfg(test)]
mod trial;

pub use billing_card::OpenBillingCard;
pub use bring_back::{BroughtBack, MERGED_MISSING, bring_back};
pub use called::{CalledPatient, called, called_to};
pub use chart::Chart;
pub use confirm_merge::ConfirmMerge;
pub use correct::{Correct, Corrected};
pub use demographics::{
    Address, AddressUse, AdministrativeSex, ChannelKind, ChannelUse, ContactChannel, Demographics, EmergencyContact,
    Guarantor, Insurance, InsuranceRank, LegalName, NameUse, PatientAddress, PatientName,
};
pub use front_desk_card::OpenFrontDeskCard;
pub use known::{KnownPatient, known, known_to, newest_version};
pub use mark_deceased::MarkDeceased;
pub use merge::{Merge, MergeState};
pub use merges::{MergeList, Merges};
pub use note_restriction::NoteRestriction;
pub use patient::{Deceased, NotedRestriction, Patient};
pub use photo::{OpenPhoto, Photo};
pub use possible_duplicates::{LikelyPatients, PossibleDuplicates};
pub use propose_merge::{MergeProposed, ProposeMerge};
pub use record_number::NumberCounter;
pub use register::{Register, Registered};
pub use reminded::{RemindedPatient, reminded};
pub use search::{FoundPatients, Search};
pub use set_photo::{PHOTO_BYTES_MAX, SetPhoto};
pub use take_in::{ExternalId, ImportLink, TakenIn, Taking, take_in};
pub use unmerge::Unmerge;
pub use versions::{VersionList, Versions};
pub use views::{
    BillingCard, ChartHeader, FrontDeskCard, MergeProposal, PatientVersion, PossibleDuplicate, Restriction, SearchRow,
    Verdict,
};
pub use whole_record::{RecordMerge, RecordVersion, WholeRecord, WholeRecords, how_many, some_patients, whole_record};

use keepwell_kernel::Code;
use keepwell_log::door::Entry;

/// Everything that can be done with patients, on one page.
pub const SURFACE: &[Entry] = &[
    Entry::command::<Register>(),
    Entry::command::<Correct>(),
    Entry::query::<Search>(),
    Entry::query::<Chart>(),
    Entry::query::<Versions>(),
    Entry::query::<OpenFrontDeskCard>(),
    Entry::query::<OpenBillingCard>(),
    Entry::query::<PossibleDuplicates>(),
    Entry::command::<ProposeMerge>(),
    Entry::query::<Merges>(),
    Entry::command::<ConfirmMerge>(),
    Entry::command::<Unmerge>(),
    Entry::command::<MarkDeceased>(),
    Entry::command::<NoteRestriction>(),
    Entry::command::<SetPhoto>(),
    Entry::query::<OpenPhoto>(),
];

/// Every refusal of this feature.
pub const REFUSALS: &[Code] = &[
    check::NAME,
    check::MISSING,
    check::TEXT,
    check::TOO_MANY,
    check::DATE_IMPOSSIBLE,
    check::BIRTH_IN_FUTURE,
    check::BIRTH_TOO_EARLY,
    check::PHONE,
    check::EMAIL,
    check::STATE,
    check::POSTAL_CODE,
    check::ADDRESS_EMPTY,
    check::RANK_TWICE,
    patient::UNKNOWN,
    bring_back::ID_TAKEN,
    bring_back::NUMBER_TAKEN,
    bring_back::LINK_TAKEN,
    bring_back::MERGED_MISSING,
    bring_back::NOT_AS_KEPT,
    record_number::USED_UP,
    register::POSSIBLE_DUPLICATE,
    correct::STALE,
    correct::MERGED_AWAY,
    search::LIMIT,
    chart::UNKNOWN_VERSION,
    merge::UNKNOWN_MERGE,
    merge::ALREADY_MERGED,
    merge::RESTRICTIONS_DIFFER,
    propose_merge::SAME_RECORD,
    propose_merge::ALREADY_PROPOSED,
    confirm_merge::SECOND_PERSON,
    confirm_merge::NOT_PROPOSED,
    unmerge::ALREADY_UNDONE,
    mark_deceased::DEATH_IN_FUTURE,
    mark_deceased::DEATH_BEFORE_BIRTH,
    set_photo::PHOTO_FORM,
    set_photo::PHOTO_SIZE,
    photo::NO_PHOTO,
    take_in::EXTERNAL_ID,
];
