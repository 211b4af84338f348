// Made from the Rust types; a test fails when this file differs from them. Do not edit it by hand.

/** YYYY-MM-DD */
export type CivilDate = string;
/** RFC 3339 with the offset in force */
export type Instant = string;
export type AcceptAmendment = {
/** The request. */
amendment: AmendmentId,
/** What was added to the record, where that is a text beside it. */
appended?: string | null,
/** The later version of the record that carries it, where there is one. */
version?: number,
/** When whoever asked was told. */
told_on: CivilDate,
/** Who else was told so far: those whom the patient named, and those who may rely on what was wrong. */
persons: Array<TellPerson>, };
export type AcceptInvitation = {
/** The user name. */
user_name: string,
/** The one-time code. */
invitation_code: Secret,
/** The passphrase the person chooses. */
passphrase: Secret, };
export type AccessDecision = {
/** Whether all, a part or nothing is handed over. */
outcome: AccessOutcome,
/** On what ground something is denied. */
ground: AccessGround | null,
/** The basis of a denial, as it was written to whoever asked. */
basis: string | null,
/** When. */
decided_on: CivilDate,
/** By whom: this person cannot review it. */
decided_by: string, };
export type AccessDelivery = {
/** When. */
delivered_on: CivilDate,
/** SHA-256 of what was handed over, in hex, where the program made it. */
sha256: string | null, };
export type AccessGround = "psychotherapy_notes" | "legal_proceedings" | "inmate" | "research" | "privacy_act" | "confidential_source" | "endangers" | "other_person" | "representative_harm";
export type AccessId = string;
export type AccessOutcome = "granted" | "partly" | "denied";
export type AccessRequestList = {
/** Every one that is open, and at most 200 others. */
rows: Array<AccessRow>, };
export type AccessRequested = {
/** The request. */
access: AccessId,
/** The day by which it must be acted on. */
due_on: CivilDate, };
export type AccessReview = {
/** When it was asked for. */
asked_on: CivilDate,
/** The licensed professional who reviews, and took no part in the denial. */
reviewer: string,
/** What became of it; nothing while it runs. */
outcome: ReviewOutcome | null,
/** When that was decided. */
decided_on: CivilDate | null, };
export type AccessRow = {
/** The request. */
access: AccessId,
/** The patient. */
patient: PatientId,
/** The patient's name. */
display_name: string,
/** The record number. */
mrn: string,
/** How it stands. */
state: AccessState,
/** Who asks, and how that was verified. */
requester: Requester,
/** When it was received. */
received_on: CivilDate,
/** What is asked for; nothing where it is the whole designated record set. */
scope: string | null,
/** The first day asked for. */
from: CivilDate | null,
/** The last day asked for. */
to: CivilDate | null,
/** In what form. */
form: string,
/** That form is electronic. */
electronic: boolean,
/** On what way it is handed over. */
channel: string,
/** The day by which it must be acted on. */
due_on: CivilDate,
/** Its days run, and that day has passed. */
overdue: boolean,
/** The extension. */
extension: Extension | null,
/** It can still be extended. */
can_extend: boolean,
/** What is charged, line by line. */
fee_lines: Array<FeeLine>,
/** What is charged in all, in cents. */
fee_cents: number,
/** What was decided. */
decision: AccessDecision | null,
/** What was denied can be reviewed, and was not yet. */
can_review: boolean,
/** The review of a denial. */
review: AccessReview | null,
/** What was handed over. */
deliveries: Array<AccessDelivery>,
/** When it was withdrawn. */
withdrawn_on: CivilDate | null, };
export type AccessState = "waiting" | "to_deliver" | "in_review" | "denied" | "delivered" | "withdrawn";
export type AccompanyDisclosures = {
/** The request. */
amendment: AmendmentId,
/** When it was asked for. */
asked_on: CivilDate, };
export type AccountingId = string;
export type AccountingLetter = {
/** Who writes. */
practice: PracticeDetails,
/** Today. */
date: CivilDate,
/** The patient's name. */
display_name: string,
/** The record number. */
mrn: string,
/** The date of birth. */
date_of_birth: CivilDate | null,
/** Where the letter goes, line by line: the alternative address where the patient asked for one (164.522(b)). */
mail_to: Array<string>,
/** When the request was received. */
received_on: CivilDate,
/** The first day it covers. */
from: CivilDate,
/** The last day it covers. */
to: CivilDate,
/** What the patient pays, in cents. */
fee_cents: number,
/** What was disclosed, oldest first. */
items: Array<LetterItem>, };
export type AccountingList = {
/** Every one that waits, and at most 200 others. */
rows: Array<AccountingRow>, };
export type AccountingRequested = {
/** The request. */
accounting: AccountingId,
/** The day by which it must be answered. */
due_on: CivilDate, };
export type AccountingRow = {
/** The request. */
accounting: AccountingId,
/** The patient. */
patient: PatientId,
/** The patient's name. */
display_name: string,
/** The record number. */
mrn: string,
/** When it was received. */
received_on: CivilDate,
/** The first day it covers. */
from: CivilDate,
/** The last day it covers. */
to: CivilDate,
/** The day by which it must be answered. */
due_on: CivilDate,
/** It waits, and that day has passed. */
overdue: boolean,
/** The extension. */
extension: Extension | null,
/** It can still be extended. */
can_extend: boolean,
/** What the patient pays, in cents. */
fee_cents: number,
/** When the patient withdrew it. */
withdrawn_on: CivilDate | null,
/** When the letter was handed over. */
delivered_on: CivilDate | null, };
export type Address = {
/** Street lines, at least one. */
lines: Array<string>,
/** The city. */
city: string,
/** The state, as two letters in the US. */
state: string,
/** The postal code. */
postal_code: string,
/** The country. */
country: string, };
export type AddressUse = "home" | "work" | "temporary" | "mailing";
export type AdministrativeSex = "F" | "M" | "U";
export type AdvanceTheatre = {
/** The reservation. */
reservation: ReservationId,
/** The version that was shown. */
version: number,
/** What it becomes. */
to: TheatreStep, };
export type AdvanceVisit = {
/** The visit. */
unit: UnitId,
/** The version that was shown. */
version: number,
/** What it becomes. */
to: VisitStatus,
/** Why, where it was missed or is cancelled. */
reason?: StandReason | null,
/** What is noted. Nothing clinical. */
note?: string | null, };
export type Advice = {
/** 0 (guessed at once) to 4 (strong). */
score: number,
/** It may be used. */
acceptable: boolean,
/** What would make it better; empty when nothing would. */
advice: string, };
export type AgreementFile = {
/** The PDF file in base64 (RFC 4648, section 4). */
pdf_base64: string,
/** Its SHA-256, in hex. */
sha256: string, };
export type AgreementState = "unsigned" | "not_yet" | "in_force" | "expiring" | "expired" | "ended";
export type Allocate = {
/** The reservation. */
reservation: ReservationId,
/** Who or what. */
what: AllocatedThing,
/** As what: anaesthetist, scrub nurse. */
role: string,
/** From when, in minutes since the reservation begins with its setup. */
from: number,
/** Until when, in the same minutes. */
to: number,
/** Why it is allocated against the calendar. */
override_reason?: string | null, };
export type Allocated = {
/** The allocation. */
allocation: AllocationId, };
export type AllocatedThing = { "kind": "resource",
/** Which. */
resource: ResourceId, } | { "kind": "item",
/** What. */
name: string,
/** How many. */
quantity: number, };
export type AllocationId = string;
export type AmendedKind = "patient";
export type AmendmentAccepted = {
/** What was added to the record. */
appended: string | null,
/** The later version of the record that carries it. */
version: number | null,
/** When whoever asked was told. */
told_on: CivilDate,
/** Who else was told. */
persons: Array<PersonTold>, };
export type AmendmentDenied = {
/** On what ground. */
ground: AmendmentGround,
/** The basis, as it was written to whoever asked. */
basis: string,
/** When whoever asked was told. */
told_on: CivilDate, };
export type AmendmentDisagreement = {
/** What it says. */
text: string,
/** When it was received. */
received_on: CivilDate, };
export type AmendmentGround = "not_created_by_us" | "not_in_record_set" | "not_open_to_access" | "accurate_and_complete";
export type AmendmentId = string;
export type AmendmentRebuttal = {
/** What it says. */
text: string,
/** When a copy was sent to whoever asked. */
sent_on: CivilDate, };
export type AmendmentRequestList = {
/** Every one that waits, and the others: of a patient all, of everybody at most 200. */
rows: Array<AmendmentRow>, };
export type AmendmentRequested = {
/** The request. */
amendment: AmendmentId,
/** The day by which it must be acted on. */
due_on: CivilDate, };
export type AmendmentRow = {
/** The request. */
amendment: AmendmentId,
/** The patient. */
patient: PatientId,
/** The patient's name. */
display_name: string,
/** The record number. */
mrn: string,
/** How it stands. */
state: AmendmentState,
/** Who asks, and how that was verified. */
requester: Requester,
/** When it was received. */
received_on: CivilDate,
/** Which record is to be amended. */
target: AmendmentTarget,
/** What it should say. */
text: string,
/** Why. */
reason: string | null,
/** The day by which it must be acted on. */
due_on: CivilDate,
/** It waits, and that day has passed. */
overdue: boolean,
/** The extension. */
extension: Extension | null,
/** It can still be extended. */
can_extend: boolean,
/** What was done, where it was accepted. */
accepted: AmendmentAccepted | null,
/** Why, where it was denied. */
denied: AmendmentDenied | null,
/** The statement against a denial. */
disagreement: AmendmentDisagreement | null,
/** When whoever asked wished that request and denial go along with disclosures. */
accompany_asked_on: CivilDate | null,
/** The practice's answer to the statement. */
rebuttal: AmendmentRebuttal | null, };
export type AmendmentState = "waiting" | "accepted" | "denied";
export type AmendmentTarget = {
/** What kind of record. */
kind: AmendedKind,
/** Which version of it. */
version: number, };
export type AskAccessRequests = {
/** The patient, with the records that were merged into this one; everybody where none is named. */
patient?: PatientId | null, };
export type AskAccountingLetter = {
/** The request. */
accounting: AccountingId, };
export type AskAccountings = Record<symbol, never>;
export type AskAmendmentRequests = {
/** The patient, with the records that were merged into this one: all of their requests. Everybody where none is named. */
patient?: PatientId | null, };
export type AskAmendments = {
/** The patient, with the records that were merged into this one. */
patient: PatientId, };
export type AskAssociates = Record<symbol, never>;
export type AskDecisionLetter = {
/** Which letter. */
kind: DecisionLetterKind,
/** The request for access or for an amendment. */
request: string, };
export type AskDisclosures = {
/** The patient. */
patient: PatientId, };
export type AskDue = Record<symbol, never>;
export type AskKeyStatus = Record<symbol, never>;
export type AskLogReport = {
/** Only entries that touched this patient. */
patient?: string | null,
/** Only entries of the member of staff with this user name. */
actor?: string | null,
/** Only entries of this operation. */
operation?: string | null,
/** Only entries that ended so. */
outcome?: Outcome | null,
/** Not before. */
from?: string | null,
/** Before. */
to?: string | null,
/** Only what stood in the log when it had so many entries, so that a report that was shown can be taken out as it was: the asking is an entry itself. */
below?: number | null,
/** By what it is sorted. */
sort: ReportOrder,
/** The last first. */
descending: boolean, };
export type AskLogStatus = Record<symbol, never>;
export type AskPractice = Record<symbol, never>;
export type AskRetained = {
/** The patient; where none is named, the practice's own documents. */
patient?: PatientId | null, };
export type AskSeal = Record<symbol, never>;
export type AssignRole = {
/** To whom. */
staff: StaffId,
/** The role. */
role: Role,
/** From when; now where nothing is said. */
valid_from: string | null,
/** Until when; without an end where nothing is said. */
valid_until: string | null, };
export type AssignmentId = string;
export type AssociateId = string;
export type AssociateKept = {
/** The associate. */
associate: AssociateId,
/** The terms that the agreement lacks (164.504(e)(2)). */
missing_clauses: Array<Clause>, };
export type AssociateList = {
/** Every associate, those whose agreement has ended too. */
rows: Array<AssociateRow>, };
export type AssociateRow = {
/** The associate. */
associate: AssociateId,
/** The version of what stands here. */
version: number,
/** How the agreement stands today. */
state: AgreementState,
/** Its name. */
name: string,
/** Whom to call there. */
contact: string,
/** The telephone number. */
phone: string | null,
/** The e-mail address. */
email: string | null,
/** What it does for the practice. */
services: string,
/** What information it gets. */
phi_categories: string | null,
/** The subcontractors it has named. */
subcontractors: Array<string>,
/** When the agreement was signed. */
signed_on: CivilDate | null,
/** The first day on which it holds. */
effective_on: CivilDate | null,
/** The last day on which it holds. */
expires_on: CivilDate | null,
/** When it is to be looked through again. */
review_on: CivilDate | null,
/** The terms that the agreement has. */
clauses: Array<Clause>,
/** The terms that it lacks. */
missing_clauses: Array<Clause>,
/** Within how many hours it reports an incident. */
incident_notice_hours: number,
/** What it does with the information at the end. */
return_or_destroy: string,
/** SHA-256 of the signed agreement, in hex; nothing where no file is kept. */
agreement_sha256: string | null,
/** When the agreement was ended. */
ended_on: CivilDate | null,
/** What became of the information then. */
returned: string | null, };
export type BackUp = {
/** The business associate whose place it goes to; nothing for a drive of one's own. */
associate?: AssociateId | null, };
export type BackupEvery = "hour" | "day" | "week";
export type BackupId = string;
export type BackupList = {
/** Newest first. */
rows: Array<BackupRow>,
/** Where backups go by themselves; nothing where there is no plan. */
plan: PlanRow | null,
/** A custodian's public key that every backup is sealed to, as age writes it; nothing where only the practice opens them. */
custodian: string | null, };
export type BackupRow = {
/** Its id, which its folder bears. */
backup: BackupId,
/** When it was made, with the offset in force. */
made_at: string,
/** The user name of whoever made it; empty where the plan did. */
made_by: string,
/** Entries of the log in it. */
log_size: number,
/** Bytes of the sealed file. */
bytes: number,
/** How long it took, in milliseconds. */
took_ms: number,
/** The business associate whose place it went to. */
associate: AssociateId | null,
/** The newest proof; a backup without one was never proved. */
proof: ProofRow | null, };
export type BackupStatus = {
/** When the newest was made, with the offset in force. */
last: string | null,
/** They are written by a plan. */
planned: boolean,
/** The plan asked for one and there is none, or it cannot be told. */
missed: boolean,
/** The last proof found that a backup does not hold, and none has held since. */
broken: boolean, };
export type BillingCard = {
/** The patient. */
patient: PatientId,
/** The record number. */
mrn: string,
/** `Family, Given Middle`. */
display_name: string,
/** The date of birth. */
date_of_birth: string | null,
/** The sex on claims. */
administrative_sex: AdministrativeSex,
/** Addresses. */
addresses: Array<PatientAddress>,
/** Who answers for the bill, where it is not the patient. */
guarantor: Guarantor | null,
/** Insurances. */
insurance: Array<Insurance>, };
export type BoardAllocation = {
/** The allocation. */
allocation: AllocationId,
/** The resource; something from the stock has none. */
resource: ResourceId | null,
/** Its kind. */
kind: ResourceKind | null,
/** Its name. */
name: string,
/** How many. */
quantity: number,
/** As what. */
role: string,
/** From when, in minutes since the reservation begins. */
from: number,
/** Until when. */
to: number,
/** The same as the clock shows it. */
time: string, };
export type BoardReservation = {
/** The reservation. */
reservation: ReservationId,
/** Its version, for a change. */
version: number,
/** The theatre. */
theatre: ResourceId,
/** What for. */
purpose: ReservationPurpose,
/** When its setup begins, in minutes since the day began; below nothing where that was the day before. */
from: number,
/** How long it is set up. */
setup: number,
/** How long the procedure takes. */
minutes: number,
/** How long it is made ready after. */
turnover: number,
/** The procedure as the clock shows it. */
time: string,
/** The case. */
case: CaseRow | null,
/** What was noted. */
note: string | null,
/** Where it stands. */
step: TheatreStep,
/** Since when. */
since: string | null,
/** What it may become. */
next: Array<TheatreStep>,
/** The steps it took, oldest first. */
checkpoints: Array<TheatreCheckpointView>,
/** Who and what goes along. */
allocations: Array<BoardAllocation>,
/** Why it stands where the calendar refused it. */
overridden: Array<string>,
/** What has ended by then and keeps the patient from being brought in, as long as that has not happened. */
lapsed: Array<TheatreLapse>,
/** It can be moved: the procedure has not ended. */
can_move: boolean,
/** It can be given back, and its case cancelled: nobody has been in the theatre. */
can_release: boolean,
/** When people were told that the procedure begins, where it stands elsewhere. */
told: ToldTime | null, };
export type BookVisit = {
/** What. */
product: ProductId,
/** For whom. */
patient: PatientId,
/** Who accepted it, where that is not the patient: a parent, a carer. */
contact?: ContactId | null,
/** When. */
slot: Slot,
/** With whom and what. */
resources: Array<ResourceId>,
/** The hold that is used up by it. */
hold?: SlotHoldId | null,
/** The place on the waitlist that is answered by it. */
wait?: WaitId | null,
/** What the front desk notes. Nothing clinical. */
desk_note?: string | null,
/** Why it is booked against the calendar. */
override_reason?: string | null, };
export type Booked = {
/** The order. */
order: OrderId,
/** Its line. */
line: OrderLineId,
/** The visit. */
unit: UnitId,
/** The visit's version. */
version: number, };
export type BookingCheck = {
/** The time as the clock shows it. */
time: string,
/** The clock shows this time twice on that day, and this is the second. */
second: boolean,
/** What the product needs. */
needs: Array<Need>,
/** What is free and would meet what is missing. */
complete_with: Array<ResourceId>,
/** All that stands against it; empty where it can be booked. */
conflicts: Array<Conflict>,
/** The person may book all the same, with a reason. */
may_override: boolean,
/** What is checked before the visit. */
gates: Array<GateView>,
/** How the patient wants to be reached (45 CFR 164.522(b)). */
reach_by: string | null, };
export type CalendarFile = {
/** What stands in it: `text/calendar`, lines that end in CR LF. */
text: string,
/** How many visits. */
events: number, };
export type CalendarId = string;
export type CalendarKept = {
/** The calendar. */
calendar: CalendarId, };
export type CalendarView = {
/** Its id. */
calendar: CalendarId,
/** Its name. */
name: string,
/** The resources bound to it. */
resources: Array<ResourceId>,
/** Its grid. */
grid_minutes: number,
/** How many days ahead may be booked. */
horizon_days: number, };
export type CancelCase = {
/** The case. */
case: CaseId,
/** The version that was shown. */
version: number,
/** Why. */
reason: StandReason,
/** What is noted. Nothing clinical. */
note?: string | null, };
export type Capability = {
/** What it is called where a service asks for it. */
name: string,
/** The last day on which it is valid; for ever where none is named. */
valid_until: string | null, };
export type CapabilityTyped = {
/** What it is called. */
name: string,
/** Its last day, YYYY-MM-DD. */
valid_until: string | null, };
export type CaseDetailView = {
/** What is done. */
procedure: string,
/** On which side. */
laterality: Laterality,
/** How the patient is anaesthetised. */
anaesthesia: string,
/** What else the team must know. */
note: string,
/** Who noted it. */
noted_by: string,
/** When. */
noted_at: string, };
export type CaseId = string;
export type CaseKept = {
/** The case. */
case: CaseId,
/** Its version now. */
version: number, };
export type CaseRow = {
/** The case. */
case: CaseId,
/** Its version, for a change. */
version: number,
/** Who is operated on. */
patient: PatientId,
/** `Family, Given Middle`. */
patient_name: string,
/** Who operates. */
surgeon: ResourceId | null,
/** The same by name. */
surgeon_name: string | null,
/** For which department. */
department: DepartmentId | null,
/** How long it can wait. */
urgency: Urgency,
/** How long the procedure is thought to take. */
minutes: number,
/** Since when it is planned. */
since: CivilDate, };
export type ChangePassphrase = {
/** The one in use. */
current: Secret,
/** The new one. */
new: Secret, };
export type ChangePractice = PracticeDetails;
export type ChannelKind = "phone" | "sms" | "email";
export type ChannelOfContact = {
/** What kind. */
kind: ContactChannelKind,
/** The number or the address. */
value: string,
/** It is tried first. */
preferred: boolean, };
export type ChannelUse = "home" | "work" | "mobile";
export type ChargeAccess = {
/** The request. */
access: AccessId,
/** The lines; none where nothing is charged. */
lines: Array<TypedFeeLine>, };
export type ChartHeader = {
/** The patient. */
patient: PatientId,
/** The record number. */
mrn: string,
/** The version that is shown. */
version: number,
/** The newest version. */
current_version: number,
/** When the version that is shown was made. */
as_of: string,
/** Who the patient is. */
demographics: Demographics,
/** `Family, Given Middle`. */
display_name: string,
/** What the patient wants to be called. */
preferred_name: string | null,
/** The age in words. */
age: string | null,
/** Whether and when the patient has died. */
deceased: Deceased | null,
/** What may not be shared. */
restrictions: Array<Restriction>,
/** The record that stays, where this one was merged. */
merged_into: PatientId | null,
/** The records that were merged into this one. */
merged_from: Array<PatientId>,
/** There is a photo. */
has_photo: boolean,
/** How many patients could be taken for this one. */
similar_patients: number,
/** When the patient was registered. */
registered_at: string, };
export type CheckAllocation = {
/** The reservation. */
reservation: ReservationId,
/** Who or what. */
what: AllocatedThing,
/** From when, in minutes since the reservation begins with its setup. */
from: number,
/** Until when, in the same minutes. */
to: number, };
export type CheckBooking = {
/** What is to be booked. */
product: ProductId,
/** For whom. */
patient: PatientId | null,
/** When. */
slot: Slot,
/** With whom and what. */
resources: Array<ResourceId>,
/** The visit that is moved. */
unit: UnitId | null,
/** The hold that is used. */
hold: SlotHoldId | null, };
export type CheckTheatre = {
/** The theatre. */
theatre: ResourceId,
/** When the procedure takes place. */
slot: Slot,
/** How long the theatre is set up before. */
setup_minutes: number,
/** How long it is made ready after. */
turnover_minutes: number,
/** The case it is for. */
case: CaseId | null,
/** The reservation that is moved. */
reservation: ReservationId | null, };
export type CheckpointOfVisit = {
/** What it became. */
status: VisitStatus,
/** When. */
at: string,
/** Who said so. */
by: string,
/** Why. */
reason: StandReason | null,
/** What was noted. */
note: string | null, };
export type CheckpointView = {
/** Entries it covers. */
size: number,
/** The tree's root, in hex. */
root: string,
/** When it was signed. */
at: string, };
export type Clause = "permitted_uses" | "safeguards" | "reporting" | "subcontractors" | "access" | "amendment" | "accounting" | "books_and_records" | "return_or_destroy" | "termination";
export type ClinicalCaseView = {
/** The case. */
case: CaseId,
/** Who is operated on. */
patient: PatientId,
/** `Family, Given Middle`. */
patient_name: string,
/** What is noted; nothing yet where nobody noted anything. */
detail: CaseDetailView | null, };
export type ClinicalSheetLine = {
/** The visit. */
visit: SheetLine,
/** Why the patient comes. */
reason_for_visit: string | null,
/** What will be done. */
procedure_detail: string | null, };
export type ClinicalSheetView = {
/** Which. */
date: CivilDate,
/** Whose. */
name: string,
/** The visits in the order in which they begin. */
rows: Array<ClinicalSheetLine>, };
export type ClinicalVisitView = {
/** The visit. */
unit: UnitId,
/** What it is, where the calendar shows a visit and nothing else. */
product_name: string,
/** Why the patient comes. */
reason_for_visit: string | null,
/** What will be done. */
procedure_detail: string | null, };
export type ColumnSet = {
/** The number of the key that brings it back. */
number: number,
/** What it shows. */
resources: Array<ResourceId>, };
export type ConfirmMerge = {
/** The merge. */
merge: MergeId, };
export type ConfirmRecoveryKit = {
/** At least two words with their numbers, counted from 1. */
answers: Array<KitAnswer>, };
export type ConfirmSecondFactor = {
/** Six digits. */
code: Secret, };
export type Conflict = {
/** What kind. */
kind: ConflictKind,
/** The resource it is about. */
resource: ResourceId | null,
/** Its name, or the patient's; what is missing stands among the needs. */
name: string,
/** When it is taken. */
time: string | null,
/** What takes it, or what is not valid: as much as the front desk may see. */
held_by: string,
/** It can be overridden by somebody who may. */
can_override: boolean, };
export type ConflictKind = "resource_busy" | "patient_busy" | "held" | "closed" | "not_offered" | "not_valid" | "missing" | "notice" | "past" | "horizon";
export type ContactChannel = {
/** How. */
kind: ChannelKind,
/** Where. */
use: ChannelUse,
/** The number in E.164 form, or the e-mail address. */
value: string,
/** The patient agreed to be reached on it. */
consent: boolean,
/** A message may be left on it. */
voicemail_allowed: boolean,
/** The patient would rather be reached on it than on the others. */
preferred: boolean, };
export type ContactChannelKind = "phone" | "sms" | "email";
export type ContactId = string;
export type ContactKept = {
/** The contact. */
contact: ContactId, };
export type ContactList = {
/** Those who still do. */
rows: Array<ContactRow>, };
export type ContactRow = {
/** The contact. */
contact: ContactId,
/** Who it is. */
name: string,
/** What the contact is to the patient. */
relationship: string,
/** For whom, this patient among them. */
patients: Array<PatientId>,
/** How the contact is reached. */
channels: Array<ChannelOfContact>, };
export type Correct = {
/** The patient. */
patient: PatientId,
/** The version that the person has before them. */
expected_version: number,
/** The legal name. */
name: LegalName,
/** Preferred and previous names. */
other_names?: Array<PatientName>,
/** The date of birth (`YYYY-MM-DD`), null where it is unknown. */
date_of_birth: string | null,
/** The sex on claims. */
administrative_sex: AdministrativeSex,
/** Gender identity, in the patient's words. */
gender_identity?: string | null,
/** Pronouns. */
pronouns?: string | null,
/** Addresses. */
addresses?: Array<PatientAddress>,
/** Ways to reach the patient. */
channels?: Array<ContactChannel>,
/** How the patient asked to be reached in confidence (45 CFR 164.522(b)). */
confidential_communication?: string | null,
/** The language the patient wants to be spoken to in. */
language?: string | null,
/** Whom to call in an emergency. */
emergency_contacts?: Array<EmergencyContact>,
/** Who answers for the bill, where it is not the patient. */
guarantor?: Guarantor | null,
/** Insurances. */
insurance?: Array<Insurance>,
/** Short notes for everybody: hard of hearing, needs an interpreter. */
flags?: Array<string>,
/** Where the patient's record in another system is found. */
ehr_link?: string | null, };
export type CorrectDisclosure = {
/** The row that is wrong. */
disclosure: DisclosureId,
/** What was wrong with it. */
correction: string,
/** What is right; nothing where there was no disclosure at all. */
details?: DisclosureDetails | null, };
export type Corrected = {
/** The newest version; the one before when nothing was different. */
version: number, };
export type CreatePractice = {
/** What the practice says of itself. */
practice: PracticeDetails,
/** Who answers for it. */
owner: Owner,
/** The owner's passphrase, at least 15 characters since the second factor is not confirmed yet. */
passphrase: Secret,
/** The cipher: `xchacha20-poly1305` or `aes-256-gcm`. */
suite: "xchacha20-poly1305" | "aes-256-gcm",
/** For made-up patients only; the screens say so. */
demonstration?: boolean, };
export type DayColumn = {
/** The resource. */
resource: ResourceId,
/** Its kind. */
kind: ResourceKind,
/** Its name. */
name: string,
/** What stands below the name. */
note: string,
/** How many bookings it takes at once. */
capacity: number,
/** Visits begin at whole multiples of so many minutes. */
grid_minutes: number, };
export type DayHold = {
/** The hold. */
hold: SlotHoldId,
/** What it is held for. */
product: ProductId | null,
/** What is held. */
resources: Array<ResourceId>,
/** From when. */
from: number,
/** How long. */
minutes: number,
/** Until when it lasts. */
until: string,
/** The same as the clock shows it. */
until_text: string,
/** How many seconds it still lasts. */
seconds_left: number,
/** Who holds it. */
held_by: string,
/** It is one's own. */
own: boolean, };
export type DayLabel = {
/** Where it begins. */
minute: number,
/** What the clock shows. */
text: string,
/** The clock shows it for the second time. */
again: boolean, };
export type DayNumbers = {
/** In the calendar, whether they are over or still to come. */
booked: number,
/** Here, or in a room, and waiting. */
arrived: number,
/** Being treated. */
in_care: number,
/** Over. */
done: number,
/** Nobody came. */
missed: number,
/** How long the one who waits longest has waited. */
longest_wait_minutes: number | null,
/** In which room; at the front desk where none is named. */
longest_wait_where: string | null,
/** How many are on the waitlist. */
waitlist: number,
/** Still to come, and a check has failed. */
checks: number, };
export type DayReserved = {
/** The reservation that takes it. */
reservation: ReservationId,
/** The column. */
resource: ResourceId,
/** From when, in minutes since the day began; below nothing where that was the day before. */
from: number,
/** How long. */
minutes: number,
/** What for. */
purpose: ReservationPurpose,
/** What to call it. Nothing clinical. */
label: string,
/** `Family, Given Middle` of whoever is operated on. */
patient_name: string | null,
/** When people were told that the procedure begins, where it stands elsewhere. */
told: ToldTime | null, };
export type DayShade = {
/** Whose. */
resource: ResourceId,
/** From when. */
from: number,
/** Until when. */
to: number,
/** Why. */
kind: RuleKind,
/** Why, in words of the practice. */
label: string, };
export type DayView = {
/** Which. */
date: CivilDate,
/** Today. */
today: CivilDate,
/** The practice's zone. */
zone: string,
/** How long it is: 1440 minutes, less or more where the clocks change. */
minutes: number,
/** The present, where it is today. */
now: number | null,
/** From when it is worth showing. */
first: number,
/** Until when it is worth showing. */
last: number,
/** The hours. */
labels: Array<DayLabel>,
/** Who and what can be booked. */
columns: Array<DayColumn>,
/** What is closed. */
shades: Array<DayShade>,
/** The visits; cancelled ones are not among them. */
visits: Array<DayVisit>,
/** Holds that live. */
holds: Array<DayHold>,
/** What theatres and the teams in them take. */
reserved: Array<DayReserved>,
/** The columns one keeps together. */
column_sets: Array<ColumnSet>,
/** The day in numbers. */
numbers: DayNumbers, };
export type DayVisit = {
/** The visit. */
unit: UnitId,
/** Its version, for a change. */
version: number,
/** What it is. */
product: ProductId,
/** Whose visit it is. */
patient: PatientId,
/** `Family, Given Middle`. */
patient_name: string,
/** Who and what is assigned. */
resources: Array<ResourceId>,
/** When it begins, in minutes since the day began; below nothing where that was the day before. */
from: number,
/** How long it takes. */
minutes: number,
/** What is kept free before. */
before: number,
/** What is kept free after. */
after: number,
/** The same as the clock shows it. */
time: string,
/** What to call it. */
label: string,
/** How it stands. */
status: VisitStatus,
/** Since when. */
since: string | null,
/** It stands where the calendar refused it. */
overridden: boolean,
/** It is one of a series. */
repeats: boolean,
/** The time that the patient was told, where the zone or its rules have changed since: `scheduling.resettle` puts the visit there. */
told: ToldTime | null, };
export type Deceased = {
/** The date of death, where it is known. */
on: string | null, };
export type DecideAccess = {
/** The request. */
access: AccessId,
/** Whether all, a part or nothing is handed over. */
outcome: AccessOutcome,
/** On what ground something is denied. */
ground?: AccessGround | null,
/** The basis of a denial in plain language, as it is written to whoever asked. */
basis?: string | null,
/** When: for a denial, the day on which it was sent. */
decided_on: CivilDate,
/** By whom. */
decided_by: string, };
export type DecisionLetter = {
/** Which letter. */
kind: DecisionLetterKind,
/** Who writes. */
practice: PracticeDetails,
/** The day on which it was or is sent. */
date: CivilDate,
/** The patient's name. */
display_name: string,
/** The record number. */
mrn: string,
/** The date of birth. */
date_of_birth: CivilDate | null,
/** To whom: the patient, or whoever stands in the patient's place. */
addressee: string,
/** Where the letter goes, line by line; nothing for a representative, whose address is not on record. */
mail_to: Array<string>,
/** When the request was received. */
received_on: CivilDate,
/** What was asked for; nothing where it is the whole record. */
asked: string | null,
/** A part of what was asked for is granted. */
partly: boolean,
/** On what ground access is denied. */
access_ground: AccessGround | null,
/** On what ground an amendment is denied. */
amendment_ground: AmendmentGround | null,
/** The place in title 45 of the Code of Federal Regulations. */
cite: string | null,
/** The basis of a denial. */
basis: string | null,
/** The denial can be reviewed. */
reviewable: boolean,
/** Why it takes longer. */
reason: string | null,
/** By when it is answered then. */
answered_by: CivilDate | null, };
export type DecisionLetterKind = "access_denied" | "access_extended" | "amendment_denied" | "amendment_extended";
export type Decommission = {
/** The practice's name, typed out, so that nobody ends another. */
practice_name: string,
/** Who keeps the last backup and the recovery kit from now on. */
custodian: string,
/** The last backup. */
backup: BackupId, };
export type DeidentifiedPage = {
/** What stays of each person. */
rows: Array<DeidentifiedRow>,
/** What was taken away. */
removed: Removed,
/** Where the next page begins; nothing after the last. It stays inside the program. */
next: PatientId | null, };
export type DeidentifiedRow = {
/** Made at random for this one file and kept nowhere: nobody can go back from it (164.514(c) is not made use of). */
study_id: string,
/** The sex on claims. */
sex: string,
/** The age in whole years, or `90+`; empty where it is not known. Of the dead, the age at death. */
age: string,
/** The year of birth; empty where the person is or became 90 or older. */
birth_year: string,
/** The state. */
state: string,
/** The first three digits of the ZIP code, or 000. */
zip3: string,
/** The year of death; empty for the living, and where the person became 90 or older. */
died_year: string, };
export type Deidentify = {
/** The last patient of the page before; nothing for the first page. */
after?: PatientId | null, };
export type DeliverAccess = {
/** The request. */
access: AccessId,
/** When. */
delivered_on: CivilDate,
/** SHA-256 of what was handed over, in hex, where the program made it: that of an export's manifest. */
sha256?: string | null, };
export type DeliverAccounting = {
/** The request. */
accounting: AccountingId,
/** When the letter was handed over or sent. */
delivered_on: CivilDate,
/** SHA-256 of the letter, in hex, where the program made one. */
letter_sha256?: string | null, };
export type Demographics = {
/** The legal name. */
name: LegalName,
/** Preferred and previous names. */
other_names?: Array<PatientName>,
/** The date of birth (`YYYY-MM-DD`), null where it is unknown. */
date_of_birth: string | null,
/** The sex on claims. */
administrative_sex: AdministrativeSex,
/** Gender identity, in the patient's words. */
gender_identity?: string | null,
/** Pronouns. */
pronouns?: string | null,
/** Addresses. */
addresses?: Array<PatientAddress>,
/** Ways to reach the patient. */
channels?: Array<ContactChannel>,
/** How the patient asked to be reached in confidence (45 CFR 164.522(b)). */
confidential_communication?: string | null,
/** The language the patient wants to be spoken to in. */
language?: string | null,
/** Whom to call in an emergency. */
emergency_contacts?: Array<EmergencyContact>,
/** Who answers for the bill, where it is not the patient. */
guarantor?: Guarantor | null,
/** Insurances. */
insurance?: Array<Insurance>,
/** Short notes for everybody: hard of hearing, needs an interpreter. */
flags?: Array<string>,
/** Where the patient's record in another system is found. */
ehr_link?: string | null, };
export type DenyAmendment = {
/** The request. */
amendment: AmendmentId,
/** On what ground. It is a name, so that one the law does not know is refused in words. */
ground: AmendmentGround,
/** The basis in plain language, as it is written to whoever asked. */
basis: string,
/** When whoever asked was told. */
told_on: CivilDate, };
export type DepartmentId = string;
export type DepartmentKept = {
/** The department. */
department: DepartmentId, };
export type DepartmentView = {
/** Its id. */
department: DepartmentId,
/** Where it is. */
site: SiteId,
/** Its name. */
name: string, };
export type DeskSheetView = {
/** Which. */
date: CivilDate,
/** Of whom; empty for everybody. */
name: string,
/** The visits in the order in which they begin. */
rows: Array<SheetLine>, };
export type Destroy = {
/** What kind of document. */
kind: RetainedKind,
/** Its id. */
document: string,
/** Who approved it. */
approved_by: string,
/** Why, such as the practice's schedule. */
reason: string, };
export type Destroyed = {
/** The record of the destruction. */
destruction: DestructionId, };
export type DestroyedRow = {
/** What kind of document it was. */
kind: RetainedKind,
/** When. */
destroyed_on: CivilDate,
/** By whom. */
destroyed_by: string,
/** Who approved. */
approved_by: string,
/** Why. */
reason: string, };
export type DestructionId = string;
export type DiscardDraft = {
/** The screen. */
screen: string, };
export type Disclose = {
/** Whose information it was. */
patient: PatientId,
/** What was disclosed, to whom, and why. */
details: DisclosureDetails, };
export type Disclosed = {
/** The row. */
disclosure: DisclosureId,
/** It belongs into an accounting. */
accountable: boolean, };
export type DisclosureAuthorization = {
/** When it was signed. */
signed_on: string,
/** The last day on which it holds. */
expires_on: string | null,
/** Or the event with which it ends. */
expires_with: string | null, };
export type DisclosureBasis = "treatment" | "payment" | "operations" | "individual" | "incidental" | "authorization" | "involved_in_care" | "national_security" | "custody" | "limited_data_set" | "required_by_law" | "public_health" | "abuse" | "oversight" | "judicial" | "law_enforcement" | "decedent" | "organ_donation" | "research" | "serious_threat" | "government" | "workers_compensation" | "secretary" | "impermissible";
export type DisclosureDetails = {
/** The day. */
disclosed_on: CivilDate,
/** Who received it. */
recipient: Recipient,
/** A brief description of what was disclosed, at most 2,000 characters. */
description: string,
/** The purpose, or what the request said. */
purpose: string,
/** The legal basis. */
basis: DisclosureBasis,
/** The authorization, where that is the basis. */
authorization?: DisclosureAuthorization | null,
/** How whoever asked was verified (164.514(h)). */
verification?: string | null,
/** Where the request is kept. */
request_reference?: string | null, };
export type DisclosureId = string;
export type DisclosureLedger = {
/** The patient's name. */
display_name: string,
/** The record number. */
mrn: string,
/** The date of birth. */
date_of_birth: CivilDate | null,
/** Every row, newest first, corrected ones too. */
rows: Array<DisclosureRow>,
/** Every suspension, newest first. */
suspensions: Array<SuspensionRow>, };
export type DisclosureRow = {
/** The row. */
disclosure: DisclosureId,
/** The day. */
disclosed_on: CivilDate,
/** When the row was written, with the offset in force. */
recorded_at: string,
/** Who received it. */
recipient: Recipient,
/** What was disclosed. */
description: string,
/** Why. */
purpose: string,
/** The legal basis. */
basis: DisclosureBasis,
/** Its place in 45 CFR. */
cite: string,
/** The authorization it rests on. */
authorization: DisclosureAuthorization | null,
/** How whoever asked was verified. */
verification: string | null,
/** Where the request is kept. */
request_reference: string | null,
/** The user name of whoever released it. */
released_by: string,
/** It belongs into an accounting: by its basis, and because no other row took its place. */
accountable: boolean,
/** It is hidden from the patient today. */
suspended: boolean,
/** It only takes another row back. */
void: boolean,
/** The row that it took the place of. */
corrects: DisclosureId | null,
/** The row that took its place. */
corrected_by: DisclosureId | null,
/** What was wrong with the row that it took the place of. */
correction: string | null,
/** SHA-256 of the file that was handed out, in hex. */
file_sha256: string | null, };
export type DowntimeList = {
/** The plan; nothing where none is in force. */
plan: DowntimePlanned | null,
/** A passphrase was set before, and opens the packs if no other is. */
has_passphrase: boolean,
/** When the last one was written, with the offset in force. */
last: string | null,
/** How many patients were in it. */
patients: number, };
export type DowntimePage = {
/** The living, each once. */
rows: Array<DowntimePatient>,
/** Where the next page begins; nothing after the last. */
next: PatientId | null, };
export type DowntimePatient = {
/** The name, family name first. */
name: string,
/** The medical record number. */
mrn: string,
/** The date of birth. */
date_of_birth: CivilDate | null,
/** How the patient wants to be reached (45 CFR 164.522(b)); where this is said, nothing else is. */
confidential: string | null,
/** Numbers, the preferred one first. */
phones: Array<string>,
/** Whom to call, and who that is. */
emergency: Array<string>,
/** What the practice marked the patient with. */
flags: Array<string>, };
export type DowntimePlanned = {
/** The folder's name. */
folder: string,
/** How often. */
every: BackupEvery, };
export type Draft = {
/** Of which screen. */
screen: string,
/** What was typed. */
content: string,
/** When. */
saved_at: string, };
export type DraftToKeep = {
/** The screen. */
screen: string,
/** What was typed, as the screen writes it. */
content: string, };
export type Due = {
/** What it is. */
kind: DueKind,
/** By when; nothing where it was due from the beginning, and for a review of a denial, for which the law names no day. */
on: CivilDate | null,
/** That day has passed. */
overdue: boolean,
/** The associate's name, where it is about one. */
associate: string | null, };
export type DueKind = "agreement_expiring" | "agreement_expired" | "agreement_unsigned" | "agreement_review" | "accounting" | "access" | "amendment";
export type DueList = {
/** Each thing that wants doing. */
rows: Array<Due>, };
export type DuplicateVerdict = "same" | "likely";
export type EmergencyContact = {
/** The name. */
name: string,
/** What that person is to the patient. */
relationship: string,
/** The phone number. */
phone: string, };
export type EndAllocation = {
/** The allocation. */
allocation: AllocationId, };
export type EndAssociate = {
/** The associate. */
associate: AssociateId,
/** The first day on which it no longer holds. */
ended_on: CivilDate,
/** How the information was returned or destroyed, or why it could not be. */
returned: string, };
export type EndRule = {
/** The rule. */
rule: RuleId, };
export type EndSeries = {
/** The first visit that is cancelled. */
unit: UnitId,
/** Why. */
reason: StandReason, };
export type Entered = {
/** The person's second factor. */
second_factor: SecondFactor,
/** The session. */
session: SessionView, };
export type ExportLog = {
/** Only entries that touched this patient. What they say of other patients too is redacted. */
patient?: string | null,
/** Only entries of the member of staff with this user name. */
actor?: string | null,
/** Not before. */
from?: string | null,
/** Before. */
to?: string | null, };
export type ExportPopulation = {
/** The last patient of the page before; nothing for the first page. */
after?: PatientId | null,
/** Who gets them, why, and on what legal basis; it becomes a row of the ledger for each patient. */
details: DisclosureDetails,
/** The age X25519 recipient who can open the file, `age1` and so on; without one the file is plain, for which the call needs a reason. */
recipient: string | null, };
export type ExportRecords = {
/** The patient. */
patient: PatientId,
/** Who gets them, why, and on what legal basis; it becomes a row of the ledger. */
details: DisclosureDetails,
/** Opens the file, at least 12 characters; without one the file is plain, for which the call needs a reason. */
passphrase: Secret | null, };
export type ExtendAccess = {
/** The request. */
access: AccessId,
/** When whoever asked was told in writing. */
sent_on: CivilDate,
/** The reason, as it was told. */
reason: string, };
export type ExtendAccounting = {
/** The request. */
accounting: AccountingId,
/** When the patient was told in writing. */
sent_on: CivilDate,
/** The reason, as the patient was told it. */
reason: string, };
export type ExtendAmendment = {
/** The request. */
amendment: AmendmentId,
/** When whoever asked was told in writing. */
sent_on: CivilDate,
/** The reason, as it was told. */
reason: string, };
export type Extension = {
/** When the patient was told. */
sent_on: CivilDate,
/** Why it takes longer. */
reason: string, };
export type FeeKind = "copying_labor" | "supplies" | "postage" | "summary";
export type FeeLine = {
/** What for. */
kind: FeeKind,
/** How much, in cents. */
cents: number,
/** When whoever asked agreed to a summary and to its price. */
agreed_on: CivilDate | null, };
export type FigureResource = {
/** The resource. */
resource: ResourceId,
/** Its name. */
name: string,
/** Its kind. */
kind: ResourceKind,
/** Its weeks. */
weeks: Array<FigureUse>, };
export type FigureUse = {
/** Minutes in which it can be booked; none where it has no hours of its own and could be booked at any time. */
open_minutes: number,
/** Minutes for which it is booked, buffers included. */
booked_minutes: number, };
export type FigureWeek = {
/** Its first day within the period. */
from: CivilDate,
/** Its last. */
until: CivilDate,
/** Visits, whether they took place or not. */
visits: number,
/** Those that took place. */
took_place: number,
/** Those that were missed. */
no_show: number,
/** Those that were cancelled. */
cancelled: number,
/** Of those that took place or were missed, how many were missed, in hundredths of a percent; nothing where there are none. */
no_show_rate: number | null,
/** Days from the booking to the visit, the middle of them. */
lead_days: number | null,
/** Minutes from arrival to care, the middle of them. */
waited_minutes: number | null, };
export type FiguresView = {
/** Its first day. */
from: CivilDate,
/** Its last day. */
until: CivilDate,
/** Its weeks, which begin on Mondays. */
weeks: Array<FigureWeek>,
/** Who and what is booked, with as many weeks each. */
resources: Array<FigureResource>, };
export type FindOpenings = {
/** For what. */
product: ProductId,
/** For whom; the patient's own visits are in the way too. */
patient: PatientId | null,
/** With whom and what it must be; the rest is found. */
resources: Array<ResourceId>,
/** The first day, YYYY-MM-DD; today where none is named. */
from: string | null,
/** How many days, 1 to 366. */
days: number,
/** On these days of the week, 1 for Monday to 7; on any where none is named. */
weekdays: Array<number>,
/** Not before this wall-clock minute of the day. */
not_before: number | null,
/** Over by this wall-clock minute of the day. */
not_after: number | null,
/** The most, 1 to 200. */
limit: number, };
export type FoundPatients = {
/** The best first. */
rows: Array<SearchRow>, };
export type FrontDeskCard = {
/** The patient. */
patient: PatientId,
/** The record number. */
mrn: string,
/** `Family, Given Middle`. */
display_name: string,
/** What the patient wants to be called. */
preferred_name: string | null,
/** Pronouns. */
pronouns: string | null,
/** The date of birth. */
date_of_birth: string | null,
/** The age in words. */
age: string | null,
/** The sex on claims. */
administrative_sex: AdministrativeSex,
/** The language to speak. */
language: string | null,
/** Addresses. */
addresses: Array<PatientAddress>,
/** Ways to reach the patient. */
channels: Array<ContactChannel>,
/** How the patient asked to be reached in confidence. */
confidential_communication: string | null,
/** Whom to call in an emergency. */
emergency_contacts: Array<EmergencyContact>,
/** Short notes for everybody. */
flags: Array<string>,
/** The patient has died. */
deceased: boolean,
/** The version, for a correction. */
version: number, };
export type GateKind = "npp_acknowledged" | "consent_signed" | "eligibility_snapshot" | "payer_authorization" | "license_valid" | "calibration_valid";
export type GateQueue = {
/** Today. */
from: CivilDate,
/** The last of the days. */
until: CivilDate,
/** The visits, in the order in which they begin. */
rows: Array<GateRow>, };
export type GateRow = {
/** The visit. */
unit: UnitId,
/** Its version, for a change. */
version: number,
/** Whose visit it is. */
patient: PatientId,
/** `Family, Given Middle`. */
patient_name: string,
/** Its day. */
date: CivilDate,
/** Its time as the clock shows it. */
time: string,
/** What to call it. */
label: string,
/** Who and what is assigned. */
names: Array<string>,
/** Its checks, those that passed among them. */
gates: Array<GateView>, };
export type GateState = "passed" | "failed" | "waived" | "not_checked";
export type GateView = {
/** What is checked. */
gate: GateKind,
/** How that stands. */
state: GateState,
/** What is not there, or why it was waived. */
why: string | null, };
export type Guarantor = {
/** The name. */
name: string,
/** What that person is to the patient. */
relationship: string,
/** The phone number. */
phone: string | null,
/** The address. */
address: Address | null, };
export type HoldId = string;
export type HoldPlaced = {
/** The hold. */
hold: HoldId, };
export type HoldRow = {
/** Its id. */
hold: HoldId,
/** The patient; nobody where it holds for the whole practice. */
patient: PatientId | null,
/** The matter. */
matter: string,
/** Why, and who ordered it. */
reason: string,
/** From when. */
placed_on: CivilDate,
/** By whom. */
placed_by: string, };
export type HoldSlot = {
/** What it is held for; its buffers are held too. */
product: ProductId | null,
/** When. */
slot: Slot,
/** With whom and what. */
resources: Array<ResourceId>, };
export type ImportOutcome = "created" | "updated" | "unchanged" | "refused";
export type ImportPatients = {
/** Where the resources come from, such as the file's name. It tells apart records that carry nothing but an id. */
source: string,
/** Up to 200 FHIR R4 resources, entries of Bundles, or Bundles, with up to 100 patients among them. */
resources: unknown[], };
export type ImportReport = {
/** New patients. */
created: number,
/** Known patients with something new. */
updated: number,
/** Known patients with nothing new. */
unchanged: number,
/** Everything that was refused, and why; a file that could not be read is a row of its own. */
refused: Array<ImportRow>,
/** What nothing here has a place for yet and was kept as received, those that were kept before among them. */
kept: Array<LeftOut>,
/** What was not imported and is not kept. */
not_imported: Array<LeftOut>,
/** Files that were read. */
files: number,
/** Somebody stopped the import; what was taken in before stays. */
cancelled: boolean, };
export type ImportRow = {
/** The place of the resource in what was sent, from 0. */
index: number,
/** The type of the resource. */
resource_type: string,
/** The id the resource has where it comes from; empty where it has none. */
id: string,
/** What became of it. */
outcome: ImportOutcome,
/** The patient. */
patient: PatientId | null,
/** Why it was refused. */
code: string | null,
/** The field at fault, dotted. */
field: string | null,
/** What can be done about it. */
remedy: string | null, };
export type Imported = {
/** One row for each patient, and for what is no resource. */
rows: Array<ImportRow>,
/** What was not imported. */
not_imported: Array<LeftOut>, };
export type Insurance = {
/** Its place in the order. */
rank: InsuranceRank,
/** The insurer. */
provider: string,
/** The policy or member number. */
policy_number: string,
/** The group number. */
group_number: string | null, };
export type InsuranceRank = "primary" | "secondary" | "tertiary";
export type Invite = {
/** The user name. */
user_name: string,
/** The name. */
name: PersonName,
/** At least one role. */
roles: Array<RoleToGive>, };
export type Invited = {
/** The id. */
staff: StaffId,
/** The one-time code. */
invitation_code: string,
/** Until when it counts. */
expires_at: string, };
export type KeepAssociate = {
/** The associate; nothing for a new one. */
associate?: AssociateId | null,
/** The version that was looked at, for one that is there. */
expected_version?: number,
/** Its name. */
name: string,
/** Whom to call there. */
contact: string,
/** The telephone number. */
phone: string | null,
/** The e-mail address. */
email: string | null,
/** What it does for the practice. */
services: string,
/** What information it gets. */
phi_categories: string | null,
/** The subcontractors it has named. */
subcontractors: Array<string>,
/** When the agreement was signed; nothing while it is not. */
signed_on: CivilDate | null,
/** The first day on which it holds. */
effective_on: CivilDate | null,
/** The last day on which it holds; nothing where it holds until it is ended. */
expires_on: CivilDate | null,
/** When it is to be looked through again. */
review_on: CivilDate | null,
/** The terms that the agreement has. */
clauses: Array<Clause>,
/** Within how many hours it reports an incident, at most 1,440. */
incident_notice_hours: number,
/** What it does with the information at the end. */
return_or_destroy: string,
/** The signed agreement, a PDF file in base64 (RFC 4648, section 4); nothing leaves the one that is there. */
agreement_base64?: string | null, };
export type KeepCalendar = {
/** Which; a new one where none is named. */
calendar?: CalendarId | null,
/** Its name. */
name: string,
/** The resources bound to it. */
resources: Array<ResourceId>,
/** Visits begin at whole multiples of so many minutes since midnight. */
grid_minutes: number,
/** How many days ahead may be booked. */
horizon_days: number, };
export type KeepCase = {
/** Which; a new one where none is named. */
case?: CaseId | null,
/** The version that was shown, where one is changed. */
version?: number | null,
/** Who is operated on. */
patient: PatientId,
/** Who operates. */
surgeon: ResourceId | null,
/** For which department. */
department: DepartmentId | null,
/** How long it can wait. */
urgency: Urgency,
/** How long the procedure is thought to take. */
minutes: number, };
export type KeepColumnSets = {
/** All of them: those that are not named are gone. */
sets: Array<ColumnSet>, };
export type KeepContact = {
/** Which; a new one where none is named. */
contact?: ContactId | null,
/** Who it is. */
name: string,
/** What the contact is to the patients. */
relationship: string,
/** For whom. */
patients: Array<PatientId>,
/** How the contact is reached. */
channels: Array<ChannelOfContact>,
/** The contact acts for nobody any more. */
ended: boolean, };
export type KeepDepartment = {
/** Which; a new one where none is named. */
department?: DepartmentId | null,
/** Where it is. */
site: SiteId,
/** Its name. */
name: string, };
export type KeepProduct = {
/** Which; a new one where none is named. */
product?: ProductId | null,
/** What it belongs to. */
service: ServiceId,
/** What everybody who books may read. */
label: string,
/** How long it takes. */
minutes: number,
/** What is kept free before. */
before: number,
/** What is kept free after. */
after: number,
/** What the patient does beforehand. */
preparation: string,
/** On calendars and paper it shows as a visit and nothing else. */
sensitive: boolean,
/** How long before it must be booked, in minutes. */
notice_minutes: number,
/** What it needs. */
requirements: Array<Requirement>,
/** What is checked before. */
gates: Array<GateKind>,
/** What it costs who pays it alone, in cents. */
price_cents: number | null,
/** It is not booked any more. */
ended: boolean, };
export type KeepReceived = {
/** Where the resources come from, such as the file's name. */
source: string,
/** Up to 100 FHIR resources that are no patients, 5 MiB in all. */
resources: Array<ResourceToKeep>, };
export type KeepResource = {
/** Which; a new one where none is named. */
resource?: ResourceId | null,
/** What kind of thing it is. */
kind: ResourceKind,
/** Its name. */
name: string,
/** What stands below the name. */
note: string,
/** Its department. */
department: DepartmentId | null,
/** The member of staff it is. */
staff: StaffId | null,
/** The licence, where it is a practitioner. */
practitioner: LicenseTyped | null,
/** What it can be used for. */
capabilities: Array<CapabilityTyped>,
/** How many bookings it takes at once. */
capacity: number,
/** It is not booked any more. */
ended: boolean, };
export type KeepRule = {
/** Which; a new one where none is named. */
rule?: RuleId | null,
/** Whose rule it is. */
calendar: CalendarId,
/** What it says. */
kind: RuleKind,
/** What is shown. */
label: string,
/** The days of the week, 1 for Monday to 7; none means every day. */
weekdays: Array<number>,
/** In every week, or in every so manieth from the week of its first day: 1 to 8. */
every_weeks: number,
/** Its first day, YYYY-MM-DD. */
from: string,
/** Its last day, YYYY-MM-DD. */
until: string | null,
/** From when, in wall-clock minutes of the day. */
from_minute: number,
/** Until when, in wall-clock minutes; 1440 is the end of the day. */
to_minute: number,
/** For these products alone; for all where none is named. */
products: Array<ProductId>,
/** How many bookings its time takes at once. */
capacity: number | null, };
export type KeepService = {
/** Which; a new one where none is named. */
service?: ServiceId | null,
/** Its name. */
name: string, };
export type KeepSite = {
/** Which; a new one where none is named. */
site?: SiteId | null,
/** Its name. */
name: string,
/** Where it is. */
address: string, };
export type KeptReceived = {
/** How many are kept now, by type, those that were kept before among them. */
kept: Array<LeftOut>,
/** What was not kept, and why; places count from 0. */
refused: Array<ImportRow>,
/** The session does not hold the keys of charts, so nothing was kept. */
closed: boolean, };
export type KeyStatus = {
/** Since which day they are used. */
since: CivilDate,
/** By when they should be changed: a year after that. */
due_on: CivilDate,
/** That day has come. */
due: boolean,
/** Something may still be sealed under an old key. */
old_keys: boolean,
/** Why it is being sealed anew, where that was begun and has not ended. */
cause: RotationCause | null,
/** Values that were sealed anew so far, or the last time. */
values: number, };
export type KeychainKind = "os" | "file" | "missing";
export type KitAnswer = {
/** Its number, from 1 to 24. */
position: number,
/** The word. */
word: string, };
export type Laterality = "none" | "left" | "right" | "both";
export type LeaveWaitlist = {
/** The place on the waitlist. */
wait: WaitId,
/** Why, where nothing was booked. */
reason?: StandReason | null, };
export type LeftInPlace = {
/** The visit, where it is one. */
unit: UnitId | null,
/** The reservation of a theatre, where it is one. */
reservation: ReservationId | null,
/** Whom it is about, where it is about somebody. */
patient: PatientId | null,
/** `Family, Given Middle`. */
patient_name: string | null,
/** What to call it. */
label: string,
/** The day on which it stands. */
date: CivilDate,
/** When it stands. */
time: string,
/** When people were told. */
told: ToldTime, };
export type LeftOut = {
/** A type of resource, or a part of a patient such as `Patient.photo`. */
resource_type: string,
/** How many. */
count: number, };
export type LegalName = {
/** The family name, all of it. */
family: string,
/** The given names in their order. */
given: Array<string>,
/** Before the name: Dr. */
prefix?: string | null,
/** Behind the name: Jr., III. */
suffix?: string | null, };
export type LetterItem = {
/** The day, or the first of the days. */
disclosed_on: CivilDate,
/** Who received it. */
recipient: string,
/** Where, as far as it is known. */
address: string | null,
/** What was disclosed. */
description: string,
/** Why. */
purpose: string,
/** The place in 45 CFR that permits or requires it. */
cite: string,
/** How many disclosures these were. */
times: number,
/** The last of the days. */
last_on: CivilDate, };
export type LicenseTyped = {
/** Its number. */
license_number: string,
/** Its last day, YYYY-MM-DD. */
license_expires: string | null,
/** What the practitioner specializes in. */
specialization: string, };
export type LiftSuspension = {
/** The suspension. */
suspension: SuspensionId, };
export type LikelyPatients = {
/** The likeliest first. */
rows: Array<PossibleDuplicate>, };
export type ListBackups = Record<symbol, never>;
export type ListMerges = Record<symbol, never>;
export type ListReceived = {
/** Of this patient alone. */
patient?: PatientId | null,
/** Of this type alone. An answer can hold fewer rows than there are then, and go on all the same. */
resource_type?: string | null,
/** Where the answer before ended; nothing for the first. */
after?: string | null, };
export type ListStaff = Record<symbol, never>;
export type ListVersions = {
/** The patient. */
patient: PatientId, };
export type Lock = {
/** What was typed and not saved, by screen. */
drafts: Array<DraftToKeep>, };
export type LogExport = {
/** Entries in the log, this one not among them. */
entries: number, };
export type LogPage = {
/** Newest first. */
rows: Array<LogRow>,
/** Where to go on; nothing at the end. */
next: number | null, };
export type LogQuery = {
/** Only entries that touched this patient. */
patient?: string | null,
/** Only entries of the member of staff with this user name. */
actor?: string | null,
/** Only entries of this operation. */
operation?: string | null,
/** Only entries that ended so. */
outcome?: Outcome | null,
/** Not before. */
from?: string | null,
/** Before. */
to?: string | null,
/** Go on behind this entry, towards older ones. */
after?: number | null,
/** Rows on the page, 1 to 200. */
limit: number,
/** The screen's visit. */
visit?: string | null, };
export type LogReport = {
/** The entries, in the order asked for. */
rows: Array<LogRow>,
/** The same as a table for spreadsheets. */
csv: string,
/** SHA-256 of that table, in hex. */
digest: string,
/** How many entries the log had, of which these were chosen; as `below`, it brings the same report again. */
log_size: number,
/** The root at the newest checkpoint, in hex; nothing where nothing was sealed yet. */
root: string | null, };
export type LogRow = {
/** Its place. */
sequence: number,
/** When, with the offset in force there and then. */
at: string,
/** The user name; empty where nobody was known. */
actor: string,
/** The role. */
role: string,
/** The operation. */
operation: string,
/** Why. */
purpose: Purpose | null,
/** The patients touched, by id. */
patients: Array<PatientId>,
/** How it ended. */
outcome: Outcome,
/** The justification. */
reason: string | null,
/** The machine. */
workstation: string,
/** The session. */
session: string,
/** Shared by the entries of one visit. */
correlation: string,
/** How many records were changed. */
changes: number,
/** The refusal's code or the fault's reference. */
code: string | null, };
export type LogStatus = {
/** Entries so far. */
entries: number,
/** The newest checkpoint. */
last_checkpoint: CheckpointView | null,
/** The keychain holds an anchor. */
anchored: boolean,
/** The store may only be read. */
read_only: boolean,
/** The last check of the log since the program started. */
last_verification: Verification | null, };
export type MadeUpTaken = {
/** The patients of this call, in its order. */
patients: Array<PatientId>, };
export type MadeUpVisit = {
/** Whose. */
patient: PatientId,
/** What it is. */
product: ProductId,
/** When. */
slot: Slot,
/** With whom and what. */
resources: Array<ResourceId>,
/** How many minutes after its time the patient comes; nobody comes at all where nothing is said. */
comes_after: number | null, };
export type MadeUpVisitsTaken = {
/** How many were taken in; the others would have collided. */
taken: number, };
export type MakeCalendarFile = {
/** The practitioner who is signed in. */
resource: ResourceId,
/** The first day, YYYY-MM-DD. */
from: string,
/** The last day, YYYY-MM-DD. */
until: string, };
export type MarkDeceased = {
/** The patient. */
patient: PatientId,
/** The date of death (`YYYY-MM-DD`), null where it is not known. */
on: string | null, };
export type MayEnd = {
/** SHA-256 of the last backup's sealed file, in hex. */
backup_sha256: string, };
export type MergeId = string;
export type MergeList = {
/** One row a merge. */
rows: Array<MergeProposal>, };
export type MergeProposal = {
/** The merge. */
merge: MergeId,
/** The record that closes. */
from: PatientId,
/** Its patient's name. */
from_name: string,
/** Its record number. */
from_mrn: string,
/** The record that stays. */
into: PatientId,
/** Its patient's name. */
into_name: string,
/** Its record number. */
into_mrn: string,
/** How the proposer knows that they are one person. */
reason: string,
/** Who proposed it. */
proposed_by: string,
/** When. */
proposed_at: string,
/** How far it has come. */
state: MergeState, };
export type MergeProposed = {
/** The merge. */
merge: MergeId, };
export type MergeState = "proposed" | "confirmed" | "undone";
export type MonthDay = {
/** Which. */
date: CivilDate,
/** How many visits practitioners have. */
booked: number,
/** How long practitioners are open, together. */
open_minutes: number,
/** How much of that is taken. */
busy_minutes: number, };
export type MonthView = {
/** Its first day. */
from: CivilDate,
/** Today. */
today: CivilDate,
/** Its days. */
days: Array<MonthDay>, };
export type MoveReservation = {
/** The reservation. */
reservation: ReservationId,
/** The version that was shown. */
version: number,
/** The theatre. */
theatre: ResourceId,
/** When the procedure takes place. */
slot: Slot,
/** How long the theatre is set up before. */
setup_minutes: number,
/** How long it is made ready after. */
turnover_minutes: number,
/** Why it is moved against the calendar. */
override_reason?: string | null, };
export type MoveVisit = {
/** The visit. */
unit: UnitId,
/** The version that was shown. */
version: number,
/** When it is to be. */
slot: Slot,
/** With whom and what. */
resources: Array<ResourceId>,
/** Why it is moved against the calendar. */
override_reason?: string | null, };
export type Moved = {
/** Its version now. */
version: number, };
export type NameUse = "legal" | "preferred" | "previous";
export type Need = {
/** What kind of thing. */
kind: ResourceKind,
/** What it must be able to do. */
capability: string | null,
/** How many. */
count: number,
/** What was chosen and meets it. */
met_by: Array<ResourceId>,
/** How many are missing. */
missing: number, };
export type NewRecoveryKit = Record<symbol, never>;
export type NewSecondFactor = {
/** The passphrase, since a passer-by must not be able to do this. */
passphrase: Secret, };
export type NotTakenBack = {
/** The file. */
file: string,
/** The folder in it, which is the record's id; empty for a whole file. */
record: string,
/** Why. */
code: RefusalCode,
/** What is at fault. */
field: string | null,
/** What can be done about it. */
remedy: string, };
export type NoteCase = {
/** The case. */
case: CaseId,
/** What is done. */
procedure: string,
/** On which side. */
laterality: Laterality,
/** How the patient is anaesthetised. */
anaesthesia: string,
/** What else the team must know. */
note: string, };
export type NoteDesk = {
/** The visit. */
unit: UnitId,
/** The version that was shown. */
version: number,
/** What is noted; nothing where it is empty. */
desk_note: string, };
export type NoteDowntime = {
/** How many patients are in it. */
patients: number, };
export type NoteReason = {
/** The visit. */
unit: UnitId,
/** Why the patient comes. */
reason_for_visit: string,
/** What will be done. */
procedure_detail: string, };
export type NoteRestriction = {
/** The patient. */
patient: PatientId,
/** What may not be shared, at most 1,000 characters. */
text: string, };
export type OpenAgreement = {
/** The associate. */
associate: AssociateId, };
export type OpenBillingCard = {
/** The patient. */
patient: PatientId, };
export type OpenChart = {
/** The patient. */
patient: PatientId,
/** The version to show; the newest when none is named. */
version?: number, };
export type OpenClinicalCase = {
/** The case. */
case: CaseId, };
export type OpenClinicalSheet = {
/** Which day, YYYY-MM-DD. */
date: string,
/** Whose. */
resource: ResourceId, };
export type OpenClinicalVisit = {
/** The visit. */
unit: UnitId, };
export type OpenContacts = {
/** The patient. */
patient: PatientId, };
export type OpenDay = {
/** Which, YYYY-MM-DD; today where none is named. */
date: string | null,
/** The screen's visit. */
visit?: string | null, };
export type OpenDeskSheet = {
/** Which day, YYYY-MM-DD. */
date: string,
/** Of whom; of everybody where nobody is named. */
resource: ResourceId | null, };
export type OpenFigures = {
/** Its first day, YYYY-MM-DD. */
from: string,
/** Its last day. */
until: string, };
export type OpenFrontDeskCard = {
/** The patient. */
patient: PatientId, };
export type OpenGatesAhead = {
/** How many days, today among them: 1 to 31. */
days: number, };
export type OpenMonth = {
/** Any of its days, YYYY-MM-DD; today where none is named. */
from: string | null, };
export type OpenPatientVisits = {
/** The patient. */
patient: PatientId, };
export type OpenPhoto = {
/** The patient. */
patient: PatientId, };
export type OpenReminders = {
/** The day of the visits, YYYY-MM-DD. */
date: string, };
export type OpenSetup = Record<symbol, never>;
export type OpenTheatreBoard = {
/** Which day, YYYY-MM-DD; today where none is named. */
date: string | null,
/** The screen's visit. */
visit?: string | null, };
export type OpenVisit = {
/** The visit. */
unit: UnitId, };
export type OpenWaitlist = {
/** With it, what fits on that day, YYYY-MM-DD. */
date: string | null, };
export type OpenWeek = {
/** The first day, YYYY-MM-DD; today where none is named. */
from: string | null,
/** How many, 1 to 42. */
days: number,
/** Of these resources; of all where none is named. */
resources: Array<ResourceId>,
/** The screen's visit. */
visit?: string | null, };
export type Opening = {
/** The day. */
date: CivilDate,
/** Minutes since it began. */
minute: number,
/** How long. */
minutes: number,
/** The same as the clock shows it. */
time: string,
/** Who and what is free. */
resources: Array<ResourceId>,
/** Their names, in the same order. */
names: Array<string>, };
export type OpeningHours = {
/** The day. */
weekday: Weekday,
/** Local time, `08:30`. */
opens: string,
/** Local time, after `opens`. */
closes: string, };
export type Openings = {
/** The earliest first. */
rows: Array<Opening>,
/** The last day that was looked at. */
searched_until: CivilDate, };
export type OperationState = "planned" | "reserved" | "under_way" | "over" | "cancelled";
export type OrderId = string;
export type OrderLineId = string;
export type Outcome = "done" | "refused" | "denied" | "fault";
export type Owner = {
/** The user name. */
user_name: string,
/** The name. */
name: PersonName, };
export type PatientAddress = {
/** What it is for. */
use: AddressUse,
/** Street, apartment: as on an envelope. */
lines: Array<string>,
/** The city. */
city: string,
/** The state: two letters in the United States. */
state: string,
/** The ZIP code in the United States. */
postal_code: string,
/** The country: `US`, or as written. */
country: string, };
export type PatientId = string;
export type PatientName = {
/** What the name is to the person. */
use: NameUse,
/** The family name. */
family: string,
/** The given names in their order. */
given: Array<string>,
/** Before the name. */
prefix: string | null,
/** Behind the name. */
suffix: string | null, };
export type PatientOperationRow = {
/** The case. */
case: CaseId,
/** Where it stands. */
state: OperationState,
/** How long it can wait. */
urgency: Urgency,
/** Who operates. */
surgeon_name: string | null,
/** In which theatre. */
theatre_name: string | null,
/** Its day, where a theatre is reserved. */
date: CivilDate | null,
/** Its time. */
time: string | null,
/** It came with the patient's records from another practice. */
elsewhere: boolean, };
export type PatientVersion = {
/** Counts from 1. */
version: number,
/** When it was made. */
at: string,
/** Who made it. */
by: string,
/** The names of the fields that differ from the version before; none in the first. */
changed: Array<string>, };
export type PatientVisitList = {
/** The latest first. */
rows: Array<PatientVisitRow>,
/** There are more than are shown. */
more: boolean,
/** The patient's operations, the one that was planned latest first. */
operations: Array<PatientOperationRow>, };
export type PatientVisitRow = {
/** The visit. */
unit: UnitId,
/** Its day. */
date: CivilDate,
/** Its time. */
time: string,
/** What to call it. */
label: string,
/** With whom and where. */
names: Array<string>,
/** How it stands. */
status: VisitStatus,
/** It is today or still to come, and not over. */
coming: boolean,
/** It came with the patient's records from another practice: there is nothing more to open, and nothing to change. */
elsewhere: boolean, };
export type PersonName = {
/** The family name. */
family: string,
/** Given names, in their order. */
given: Array<string>,
/** Before the name: Dr. */
prefix: string | null,
/** Behind the name: RN. */
suffix: string | null, };
export type PersonTold = {
/** Who. */
name: string,
/** When. */
told_on: CivilDate, };
export type Photo = {
/** The JPEG file in base64. */
jpeg_base64: string, };
export type PlaceHold = {
/** The patient; the whole practice where none is named. */
patient?: PatientId | null,
/** The matter it is for. */
matter: string,
/** Why, and who ordered it. */
reason: string, };
export type PlanBackups = {
/** The whole path of a folder that is there. */
folder: string | null,
/** How often. */
every: BackupEvery,
/** The business associate whose place it is; nothing for a drive of one's own. */
associate?: AssociateId | null,
/** A custodian's public key (`age1…`), to which every backup is sealed from now on, planned or not. It opens the envelope; what is in it is sealed still. Nothing leaves the one that is there, and an empty text takes it away. */
custodian?: string | null, };
export type PlanDowntime = {
/** The whole path of a folder that is there. */
folder: string | null,
/** How often. */
every: BackupEvery,
/** Opens the packs from now on; nothing where the one of before stays. */
passphrase?: Secret | null, };
export type PlanRow = {
/** The name of the folder; screens never hold a path. */
folder: string,
/** How often. */
every: BackupEvery,
/** The business associate whose place it is. */
associate: AssociateId | null, };
export type PopulationPage = {
/** How many patients are in the file. After the last there may be a page with nobody. */
patients: number,
/** The file in base64 (RFC 4648, section 4): a zip archive with a folder for each patient, inside an age file where there is a recipient. */
base64: string,
/** SHA-256 of the file, in hex. */
sha256: string,
/** Where the next page begins; nothing after the last. */
next: PatientId | null,
/** How many records of patients there are in all. */
of: number, };
export type PossibleDuplicate = {
/** The patient. */
patient: PatientId,
/** The record number. */
mrn: string,
/** `Family, Given Middle`. */
display_name: string,
/** The date of birth. */
date_of_birth: string | null,
/** The sex on claims. */
administrative_sex: AdministrativeSex,
/** The last four digits of a phone number. */
phone_last4: string | null,
/** From 0, nothing in common, to 1, everything known agrees. */
score: number,
/** What the score means. */
verdict: DuplicateVerdict,
/** The fields that agree. */
agrees: Array<string>,
/** The fields that differ. */
differs: Array<string>, };
export type PossibleDuplicates = {
/** The legal name. */
name: LegalName,
/** Preferred and previous names. */
other_names?: Array<PatientName>,
/** The date of birth (`YYYY-MM-DD`), null where it is unknown. */
date_of_birth: string | null,
/** The sex on claims. */
administrative_sex: AdministrativeSex,
/** Gender identity, in the patient's words. */
gender_identity?: string | null,
/** Pronouns. */
pronouns?: string | null,
/** Addresses. */
addresses?: Array<PatientAddress>,
/** Ways to reach the patient. */
channels?: Array<ContactChannel>,
/** How the patient asked to be reached in confidence (45 CFR 164.522(b)). */
confidential_communication?: string | null,
/** The language the patient wants to be spoken to in. */
language?: string | null,
/** Whom to call in an emergency. */
emergency_contacts?: Array<EmergencyContact>,
/** Who answers for the bill, where it is not the patient. */
guarantor?: Guarantor | null,
/** Insurances. */
insurance?: Array<Insurance>,
/** Short notes for everybody: hard of hearing, needs an interpreter. */
flags?: Array<string>,
/** Where the patient's record in another system is found. */
ehr_link?: string | null, };
export type PracticeCreated = {
/** The store's id. */
vault_id: VaultId,
/** The recovery kit. */
kit: RecoveryKit,
/** The owner's second factor. */
second_factor: SecondFactor,
/** The owner's session. */
session: SessionView, };
export type PracticeDetails = {
/** The name on the door. */
name: string,
/** Where it is. */
address: Address | null,
/** Its telephone number. */
phone: string | null,
/** Its National Provider Identifier (45 CFR 162.406). */
npi: string | null,
/** Its IANA time zone. */
time_zone: string,
/** When it is open. */
hours: Array<OpeningHours>,
/** Medical record numbers carry 0000 instead of the year. */
anonymous_mrn: boolean,
/** Minutes without a key or a click after which it locks, 1 to 60. */
idle_minutes: number, };
export type PracticeState = "absent" | "signed_out" | "locked" | "signed_in" | "unopenable";
export type Practitioner = {
/** The number of the licence. */
license_number: string,
/** The last day on which the licence is valid. */
license_expires: string | null,
/** What the practitioner specializes in. */
specialization: string, };
export type Problem = {
/** The code. */
code: RefusalCode,
/** What the person can do. */
remedy: string, };
export type ProductId = string;
export type ProductKept = {
/** The product. */
product: ProductId,
/** The version of its offer. */
offer_version: number, };
export type ProductView = {
/** Its id. */
product: ProductId,
/** What it belongs to. */
service: ServiceId,
/** What everybody who books may read. */
label: string,
/** How long it takes. */
minutes: number,
/** What is kept free before. */
before: number,
/** What is kept free after. */
after: number,
/** What the patient does beforehand. */
preparation: string,
/** It shows as a visit and nothing else. */
sensitive: boolean,
/** How long before it must be booked, in minutes. */
notice_minutes: number,
/** What it needs. */
requirements: Array<Requirement>,
/** What is checked before. */
gates: Array<GateKind>,
/** Its price in cents. */
price_cents: number | null,
/** It is not booked any more. */
ended: boolean,
/** The version of its offer. */
offer_version: number, };
export type Progress = {
/** The job's name; empty where there is only one. */
job: string,
/** What is being done: `reading`, `checking`, `making`, `writing`, `waiting`, `sealing`. */
phase: string,
/** How much is done, in bytes, entries or patients. */
done: number,
/** How much there is; 0 where nobody knows. */
total: number, };
export type ProofRow = {
/** When, with the offset in force. */
at: string,
/** The user name of whoever proved it. */
by: string,
/** Everything held. */
ok: boolean,
/** The refusal's code where it did not. */
code: RefusalCode | null,
/** Entries of its log that were checked. */
entries: number,
/** Rows that add up. */
rows: number,
/** How long the restore and the check took, in milliseconds. */
took_ms: number, };
export type ProposeMerge = {
/** The record that closes. */
from: PatientId,
/** The record that stays. */
into: PatientId, };
export type ProveBackup = Record<symbol, never>;
export type Purpose = "treatment" | "payment" | "operations" | "patient_request" | "emergency" | "public_health" | "legal" | "system";
export type ReadDowntimePage = {
/** The last patient of the page before; nothing for the first page. */
after?: PatientId | null, };
export type RebutDisagreement = {
/** The request. */
amendment: AmendmentId,
/** What the rebuttal says, at most 4,000 characters. */
text: string,
/** When a copy was sent to whoever asked. */
sent_on: CivilDate, };
export type ReceivedList = {
/** Up to 200, in no order that means anything. */
rows: Array<ReceivedRow>,
/** Where the next answer begins; nothing after the last. */
next: string | null, };
export type ReceivedRow = {
/** Its type. */
resource_type: string,
/** The id it has where it comes from; empty where it has none. */
resource_id: string,
/** Where it came from, such as the file's name. */
source: string,
/** When. */
received_at: Instant,
/** The patient it is about, where one is known. */
patient: PatientId | null,
/** Its JSON. */
json: string, };
export type Recipient = {
/** What it is. */
kind: RecipientKind,
/** The name, of a person or an institution. */
name: string,
/** The address, where it is known. */
address: string | null,
/** The business associate, where it is one. */
associate: AssociateId | null, };
export type RecipientKind = "individual" | "family" | "provider" | "health_plan" | "business_associate" | "authority" | "court" | "other";
export type RecordTakenBack = {
/** The patient. */
patient: PatientId,
/** What it came to. */
outcome: TakeBackOutcome,
/** How many versions the package has. */
versions: number,
/** How many resources of other systems are still to be kept. */
received_left: number, };
export type RecordTraining = {
/** Whose. */
staff: StaffId,
/** On which day. */
completed_on: string, };
export type RecordsOut = {
/** The row of the ledger. */
disclosure: DisclosureId,
/** The file in base64 (RFC 4648, section 4): a zip archive, inside an age file where there is a passphrase. */
base64: string,
/** SHA-256 of the manifest inside, in hex, as the ledger keeps it. The manifest has that of every other file. */
sha256: string, };
export type Recover = {
/** The 24 words, or the text of the key. */
recovery_key: Secret,
/** An owner's user name. */
user_name: string,
/** The new passphrase. */
passphrase: Secret, };
export type RecoveryKit = {
/** The practice's store. */
vault_id: VaultId,
/** The key as words. */
words: Array<string>,
/** The key as text: an age identity, so that backups open with the standard program too. */
recovery_key: string,
/** The text as a QR code. */
qr_svg: string,
/** When it was made. */
made_on: string, };
export type Register = {
/** Why this is somebody else than those who look alike. */
duplicate_override?: string | null,
/** The legal name. */
name: LegalName,
/** Preferred and previous names. */
other_names?: Array<PatientName>,
/** The date of birth (`YYYY-MM-DD`), null where it is unknown. */
date_of_birth: string | null,
/** The sex on claims. */
administrative_sex: AdministrativeSex,
/** Gender identity, in the patient's words. */
gender_identity?: string | null,
/** Pronouns. */
pronouns?: string | null,
/** Addresses. */
addresses?: Array<PatientAddress>,
/** Ways to reach the patient. */
channels?: Array<ContactChannel>,
/** How the patient asked to be reached in confidence (45 CFR 164.522(b)). */
confidential_communication?: string | null,
/** The language the patient wants to be spoken to in. */
language?: string | null,
/** Whom to call in an emergency. */
emergency_contacts?: Array<EmergencyContact>,
/** Who answers for the bill, where it is not the patient. */
guarantor?: Guarantor | null,
/** Insurances. */
insurance?: Array<Insurance>,
/** Short notes for everybody: hard of hearing, needs an interpreter. */
flags?: Array<string>,
/** Where the patient's record in another system is found. */
ehr_link?: string | null, };
export type Registered = {
/** The patient. */
patient: PatientId,
/** The record number. */
mrn: string, };
export type Reinstate = {
/** Whom. */
staff: StaffId, };
export type ReinstateCase = {
/** The case. */
case: CaseId,
/** The version that was shown. */
version: number, };
export type ReleaseHold = {
/** The hold. */
hold: HoldId,
/** Why, and who said so. */
release: string, };
export type ReleaseSlot = {
/** The hold. */
hold: SlotHoldId, };
export type ReleaseTheatre = {
/** The reservation. */
reservation: ReservationId,
/** The version that was shown. */
version: number,
/** Why. */
reason: StandReason,
/** What is noted. Nothing clinical. */
note?: string | null, };
export type ReminderList = {
/** Which day. */
date: CivilDate,
/** In the order in which they begin. */
rows: Array<ReminderRow>, };
export type ReminderRow = {
/** The visit; an operation has none. */
unit: UnitId | null,
/** Whose visit it is. */
patient: PatientId,
/** `Family, Given Middle`. */
patient_name: string,
/** Its time. */
time: string,
/** When it begins, as one says it to somebody: `9:30 AM`. */
clock: string,
/** What to call it; a sensitive one is a visit and nothing else. */
label: string,
/** How it stands. */
status: VisitStatus,
/** What the patient asked for where another way was asked for (45 CFR 164.522(b)); then that is the only way. */
reach_by: string | null,
/** The number to call, where one may be called. */
phone: string | null,
/** A message may be left on it. */
voicemail: boolean,
/** Where a letter goes, the name first; empty where none may be sent. */
address: Array<string>, };
export type Removed = {
/** Names: every person has one. */
names: number,
/** Addresses below the state, ZIP codes cut to three digits or to zeros. */
addresses: number,
/** Of them, ZIP codes that became 000. */
zip_codes_zeroed: number,
/** Dates cut to their year. */
dates: number,
/** Years taken away because they tell of an age over 89. */
years_over_89: number,
/** Telephone numbers, text numbers and e-mail addresses. */
channels: number,
/** Record numbers: every person has one. */
record_numbers: number,
/** Health plan beneficiary numbers. */
policy_numbers: number,
/** Web addresses. */
links: number,
/** Photos. */
photos: number,
/** Relatives and others. */
relatives: number,
/** Words that somebody typed freely. */
free_text: number, };
export type RepeatRefused = {
/** The day. */
date: CivilDate,
/** The time. */
time: string,
/** What stands against it. */
conflicts: Array<ConflictKind>, };
export type RepeatVisit = {
/** The visit. */
unit: UnitId,
/** The version that was shown. */
version: number,
/** The rule (RFC 5545): `FREQ=WEEKLY;BYDAY=MO;COUNT=8`. */
rule: string, };
export type Repeated = {
/** The series; none where nothing could be booked. */
series: SeriesId | null,
/** The visits that were booked. */
booked: Array<RepeatedVisit>,
/** The times that something stands against. */
not_booked: Array<RepeatRefused>, };
export type RepeatedVisit = {
/** The visit. */
unit: UnitId,
/** Its day. */
date: CivilDate,
/** Its time. */
time: string,
/** The time does not exist on that day, because the clocks change, and was moved forward. */
gap: boolean, };
export type ReportOrder = "sequence" | "at" | "actor" | "role" | "operation" | "purpose" | "patients" | "outcome" | "reason" | "workstation";
export type Representative = {
/** The name. */
name: string,
/** What makes this person the representative: parent, guardian, executor. */
relation: string, };
export type RequestAccess = {
/** The patient. */
patient: PatientId,
/** Who asks, and how that was verified. */
requester: Requester,
/** When the request was received. */
received_on: CivilDate,
/** What is asked for; where nothing is named, the whole designated record set. */
scope?: string | null,
/** The first day asked for; from the beginning where none is named. */
from?: CivilDate,
/** The last day asked for; to the end where none is named. */
to?: CivilDate,
/** In what form, in the words of whoever asks. */
form: string,
/** That form is electronic. */
electronic: boolean,
/** On what way it is to be handed over, in the words of whoever asks. */
channel: string, };
export type RequestAccounting = {
/** The patient. */
patient: PatientId,
/** When the request was received. */
received_on: CivilDate,
/** The first day asked for; six years back where none is named. */
from?: CivilDate,
/** The last day asked for; the day of the request where none is named. */
to?: CivilDate,
/** What the patient pays, in cents; nothing for the first in twelve months. */
fee_cents: number,
/** When the patient was told of the fee. */
fee_notice_sent_on?: CivilDate, };
export type RequestAmendment = {
/** The patient. */
patient: PatientId,
/** Who asks, and how that was verified. */
requester: Requester,
/** When the request was received. */
received_on: CivilDate,
/** Which record is to be amended. */
target: AmendmentTarget,
/** What it should say, at most 4,000 characters. */
text: string,
/** Why, where a reason is given. */
reason?: string | null, };
export type Requester = {
/** Whoever stands in the patient's place; nobody where the patient asks. */
representative: Representative | null,
/** How whoever asks was verified (164.514(h)). */
verification: string, };
export type Requirement = {
/** What kind of thing. */
kind: ResourceKind,
/** What it must be able to do on the day. */
capability: string | null,
/** This very one. */
resource: ResourceId | null,
/** How many. */
count: number, };
export type Reseal = Record<symbol, never>;
export type ResealStep = {
/** Values that were sealed anew since the keys were changed. */
values: number,
/** Nothing bears an old key any more, and the old keys are gone. */
done: boolean, };
export type ReservationId = string;
export type ReservationPurpose = "surgery" | "maintenance" | "block";
export type ReserveTheatre = {
/** The theatre. */
theatre: ResourceId,
/** When the procedure takes place; setup lies before it, turnover after it. */
slot: Slot,
/** How long the theatre is set up before. */
setup_minutes: number,
/** How long it is made ready after. */
turnover_minutes: number,
/** What for. */
purpose: ReservationPurpose,
/** The case, where it is for one. */
case: CaseId | null,
/** What is noted. Nothing clinical. */
note?: string | null,
/** Why it is reserved against the calendar. */
override_reason?: string | null, };
export type ResetSignIn = {
/** Whom. */
staff: StaffId, };
export type Resettle = {
/** The first day, YYYY-MM-DD. */
from: string,
/** How many days: 1 to 7. */
days: number, };
export type Resettled = {
/** How many visits and operations stand where people were told. */
moved: number,
/** What would collide there, and stays where it is. */
left: Array<LeftInPlace>, };
export type ResourceId = string;
export type ResourceKept = {
/** The resource. */
resource: ResourceId,
/** A calendar it is bound to. */
calendar: CalendarId, };
export type ResourceKind = "practitioner" | "room" | "theatre" | "equipment";
export type ResourceToKeep = {
/** The resource. */
resource: unknown,
/** The patient here, where one is known. */
patient: PatientId | null, };
export type ResourceView = {
/** Its id. */
resource: ResourceId,
/** Its kind. */
kind: ResourceKind,
/** Its name. */
name: string,
/** What stands below the name. */
note: string,
/** Its department. */
department: DepartmentId | null,
/** The member of staff it is. */
staff: StaffId | null,
/** The licence. */
practitioner: Practitioner | null,
/** What it can be used for. */
capabilities: Array<Capability>,
/** How many bookings it takes at once. */
capacity: number,
/** It is not booked any more. */
ended: boolean,
/** What is not valid today: names of capabilities, and `license`. */
lapsed: Array<string>, };
export type Restriction = {
/** What may not be shared. */
text: string,
/** When it was noted. */
noted_at: string, };
export type RetainedKind = "disclosure" | "suspension" | "accounting" | "access" | "amendment" | "associate" | "hold";
export type RetainedList = {
/** The patient; nobody for the practice's own documents. */
patient: RetainedOf | null,
/** The documents, those whose time comes first in front. */
rows: Array<RetainedRow>,
/** The holds that live. */
holds: Array<HoldRow>,
/** What was destroyed. */
destroyed: Array<DestroyedRow>, };
export type RetainedOf = {
/** The patient's name. */
display_name: string,
/** The record number. */
mrn: string,
/** The date of birth. */
date_of_birth: CivilDate | null, };
export type RetainedRow = {
/** What kind it is of. */
kind: RetainedKind,
/** Its id. */
document: string,
/** What it is known by. */
label: string,
/** The first day on which it may be destroyed; nothing while it is in effect. */
kept_until: CivilDate | null,
/** That day has come. */
due: boolean, };
export type ReviewAccess = {
/** The request. */
access: AccessId,
/** When the review was asked for. */
asked_on: CivilDate,
/** The licensed professional who reviews. */
reviewer: string,
/** What became of it; nothing while it runs. */
outcome?: ReviewOutcome | null,
/** When that was decided. */
decided_on?: CivilDate, };
export type ReviewOutcome = "upheld" | "reversed";
export type RevokeRole = {
/** From whom. */
staff: StaffId,
/** Which assignment. */
assignment: AssignmentId, };
export type Role = "owner" | "physician" | "nurse" | "receptionist" | "biller" | "it_support" | "department_manager" | "privacy_officer" | "security_officer" | "auditor";
export type RoleAssigned = {
/** Its id. */
assignment: AssignmentId, };
export type RoleAssignment = {
/** The id. */
assignment: AssignmentId,
/** The role. */
role: Role,
/** From when. */
valid_from: string,
/** Until when. */
valid_until: string | null,
/** When it was taken away. */
revoked_at: string | null,
/** It counts now. */
active: boolean, };
export type RoleToGive = {
/** The role. */
role: Role,
/** From when. */
valid_from: string | null,
/** Until when. */
valid_until: string | null, };
export type RotateKeys = {
/** Somebody may have got hold of the keys; then it does not wait for what is still being sealed anew. */
suspected_leak: boolean, };
export type RotationCause = "yearly" | "suspected_leak" | "role_taken";
export type RuleId = string;
export type RuleKept = {
/** The rule. */
rule: RuleId, };
export type RuleKind = "open" | "closed" | "time_off" | "maintenance" | "holiday";
export type RuleView = {
/** Its id. */
rule: RuleId,
/** Whose rule it is. */
calendar: CalendarId,
/** What it says. */
kind: RuleKind,
/** What is shown. */
label: string,
/** The days of the week, 1 for Monday to 7. */
weekdays: Array<number>,
/** In every week, or in every so manieth. */
every_weeks: number,
/** Its first day. */
from: CivilDate,
/** Its last day. */
until: CivilDate | null,
/** From when, in wall-clock minutes. */
from_minute: number,
/** Until when, in wall-clock minutes. */
to_minute: number,
/** For these products alone. */
products: Array<ProductId>,
/** How many bookings its time takes at once. */
capacity: number | null, };
export type Seal = {
/** The store. */
vault: string,
/** Entries it covers. */
size: number,
/** The tree's root, in hex. */
root: string,
/** The digest of every row, in hex. */
state_digest: string,
/** When it was signed. */
at: string,
/** The signed note, as it is (C2SP). */
note: string,
/** The key that signed it, in hex. */
public_key: string, };
export type SealDowntime = {
/** The pack as it is read once it is opened. */
pack: Secret, };
export type SealedDowntime = {
/** A page that opens itself in a browser for whoever types the passphrase. */
page: string, };
export type SearchPatients = {
/** Parts of names, a date of birth, a phone number, a record number, in any order. */
query: string,
/** The most rows, 1 to 50. */
limit: number,
/** The screen's visit. */
visit?: string | null, };
export type SearchRow = {
/** The patient. */
patient: PatientId,
/** The record number. */
mrn: string,
/** `Family, Given Middle`. */
name: string,
/** What the patient wants to be called. */
preferred_name: string | null,
/** The date of birth. */
date_of_birth: string | null,
/** The age in words. */
age: string | null,
/** The sex on claims. */
administrative_sex: AdministrativeSex,
/** The last four digits of a phone number, to tell people apart. */
phone_last4: string | null,
/** The patient has died. */
deceased: boolean,
/** Another patient could be taken for this one. */
similar_name: boolean, };
export type SecondFactor = {
/** For the authenticator. */
totp_uri: string,
/** The secret as text, where no camera is at hand. */
secret: string,
/** The URI as a QR code. */
qr_svg: string,
/** Ten codes for the day the authenticator is lost. */
recovery_codes: Array<string>, };
export type Secret = string;
export type SeriesEnded = {
/** How many visits. */
cancelled: number, };
export type SeriesId = string;
export type ServiceId = string;
export type ServiceKept = {
/** The service. */
service: ServiceId, };
export type ServiceView = {
/** Its id. */
service: ServiceId,
/** Its name. */
name: string, };
export type SessionView = {
/** Who. */
staff: StaffId,
/** The user name. */
user_name: string,
/** The name as one says it. */
display_name: string,
/** The roles held now. */
roles: Array<Role>,
/** The operations that those roles may call; the screens show no others. */
operations: Array<string>,
/** Minutes to the idle lock. */
idle_minutes: number,
/** The recovery kit's words were typed back. */
recovery_kit_confirmed: boolean,
/** The authenticator was confirmed. */
second_factor_confirmed: boolean,
/** When the session began. */
signed_in_at: string,
/** What was typed and not saved before the lock. */
drafts: Array<Draft>, };
export type SetPhoto = {
/** The patient. */
patient: PatientId,
/** The JPEG file in base64 (RFC 4648, section 4), at most 2 MB before encoding. */
jpeg_base64: string, };
export type SetupView = {
/** Where the practice works. */
sites: Array<SiteView>,
/** The departments. */
departments: Array<DepartmentView>,
/** Who and what can be booked. */
resources: Array<ResourceView>,
/** What the practice gives. */
services: Array<ServiceView>,
/** As it is booked. */
products: Array<ProductView>,
/** The calendars. */
calendars: Array<CalendarView>,
/** Their rules. */
rules: Array<RuleView>, };
export type SheetLine = {
/** The visit. */
unit: UnitId | null,
/** The surgical case, where it is an operation. */
case: CaseId | null,
/** Its time. */
time: string,
/** `Family, Given Middle`. */
patient_name: string,
/** The date of birth, where it is known. */
date_of_birth: CivilDate | null,
/** What to call it. */
label: string,
/** With whom. */
people: Array<string>,
/** Where. */
rooms: Array<string>,
/** How it stands. */
status: VisitStatus,
/** What the front desk noted. */
desk_note: string | null, };
export type ShellStatus = {
/** Where it stands. */
state: PracticeState,
/** Its name, once its store is open. */
practice_name: string | null,
/** Its store's id. */
vault_id: VaultId | null,
/** Made-up patients only. */
demonstration: boolean,
/** Why it may only be read, in words. */
read_only: string | null,
/** When the backup was made whose copy this is, opened for looking only; nothing for the practice itself. */
copy_made_at: string | null,
/** Where the device key is. */
keychain: KeychainKind,
/** Why it cannot be opened. */
problem: Problem | null,
/** Who locked it. */
locked_user: string | null,
/** The session of whoever is signed in, as at sign-in, without drafts. */
session: SessionView | null,
/** The program's version. */
version: string,
/** The release of the time zone database in it, such as `2026a`. */
time_zones: string,
/** Minutes without a key or a click after which it locks. */
idle_minutes: number,
/** When it locks if nobody does anything until then. */
locks_at: string | null,
/** Entries in the log. */
log_entries: number | null,
/** The last check of the log in this run of the program. */
last_verification: Verification | null,
/** How backups stand; nothing where there is no practice, and in a copy. */
backup: BackupStatus | null,
/** The downtime pack is planned, and none was written for days past its time, or the last attempt failed. */
downtime_missed: boolean, };
export type ShowDowntime = Record<symbol, never>;
export type SignIn = {
/** The user name. */
user_name: string,
/** The passphrase. */
passphrase: Secret,
/** Six digits, or a recovery code. May be empty until the authenticator is confirmed. */
code: Secret, };
export type SignOut = Record<symbol, never>;
export type SiteId = string;
export type SiteKept = {
/** The site. */
site: SiteId, };
export type SiteView = {
/** Its id. */
site: SiteId,
/** Its name. */
name: string,
/** Where it is. */
address: string, };
export type Slot = {
/** The day, YYYY-MM-DD. */
date: string,
/** Minutes since it began. */
minute: number,
/** How long. */
minutes: number, };
export type SlotHeld = {
/** The hold. */
hold: SlotHoldId,
/** Until when. */
until: string,
/** For how many seconds. */
seconds_left: number, };
export type SlotHoldId = string;
export type StaffCard = {
/** The id. */
staff: StaffId,
/** The user name. */
user_name: string,
/** The name. */
name: PersonName,
/** The name as one says it. */
display_name: string,
/** How the person stands. */
status: StaffStatus,
/** Every role ever given. */
roles: Array<RoleAssignment>,
/** When the training was completed. */
training_completed_on: string | null,
/** Until when the invitation counts. */
invited_until: string | null,
/** What was done when the person left. */
termination: TerminationChecklist | null, };
export type StaffId = string;
export type StaffList = {
/** By name. */
rows: Array<StaffCard>, };
export type StaffStatus = "invited" | "active" | "suspended" | "terminated";
export type StandReason = "patient_asked" | "practice_asked" | "ill" | "weather" | "no_answer" | "late" | "other";
export type StateDisagreement = {
/** The request. */
amendment: AmendmentId,
/** What the statement says, at most 4,000 characters. */
text: string,
/** When it was received. */
received_on: CivilDate, };
export type Suspend = {
/** Whom. */
staff: StaffId, };
export type SuspendAccounting = {
/** The patient. */
patient: PatientId,
/** The agency, by the name that its disclosures bear. */
agency: string,
/** When it was stated. */
stated_on: CivilDate,
/** It was spoken, so that it holds 30 days and no longer. */
spoken: boolean,
/** The last day, which a written statement names. */
until?: CivilDate,
/** Who said what, or where the paper is. */
statement: string, };
export type SuspensionId = string;
export type SuspensionRow = {
/** Its id. */
suspension: SuspensionId,
/** The agency. */
agency: string,
/** When it was stated. */
stated_on: CivilDate,
/** The last day on which it holds. */
until: CivilDate,
/** It was spoken, not written. */
spoken: boolean,
/** It hides rows today. */
lives: boolean, };
export type TakeBack = {
/** The package in base64 (RFC 4648, section 4): a zip archive as `RECORDS.md` describes it, opened before. */
base64: string,
/** Nothing for the record itself. Behind it, the place from 0 of the first resource of another system that is to be kept: one call keeps at most 100, and the answer says how many are left. */
received_from?: number, };
export type TakeBackOutcome = "created" | "unchanged";
export type TakeInMadeUp = {
/** The seed the patients were made from. */
seed: number,
/** The place of the first of them among all that the seed makes. */
first: number,
/** Up to 100 patients. */
patients: Array<Demographics>, };
export type TakeInMadeUpVisits = {
/** Up to 100 visits. */
visits: Array<MadeUpVisit>, };
export type TakenBack = {
/** Records that are here now. */
taken: number,
/** Records that were here from the same package. */
unchanged: number,
/** What was refused; nothing of it was kept. */
refused: Array<NotTakenBack>,
/** Somebody stopped it; what was taken before stays. */
cancelled: boolean, };
export type TellAmendment = {
/** The request. */
amendment: AmendmentId,
/** Who was told, and when. */
person: TellPerson, };
export type TellPerson = {
/** Who: a person or an institution. */
name: string,
/** When. */
told_on: CivilDate, };
export type Terminate = {
/** Whom. */
staff: StaffId,
/** What was done. */
checklist: TerminationChecklist, };
export type TerminationChecklist = {
/** Access elsewhere was removed too. */
access_removed: boolean,
/** Devices came back. */
devices_returned: boolean,
/** Keys and badges came back. */
keys_returned: boolean,
/** The exit interview, with the reminder of confidentiality, was held. */
exit_interview: boolean, };
export type TheatreBoardView = {
/** Which day. */
date: CivilDate,
/** Today. */
today: CivilDate,
/** The practice's zone. */
zone: string,
/** How long the day is. */
minutes: number,
/** The present, where it is today. */
now: number | null,
/** From when it is worth showing. */
first: number,
/** Until when. */
last: number,
/** The hours. */
labels: Array<DayLabel>,
/** The theatres. */
theatres: Array<DayColumn>,
/** When they are closed. */
shades: Array<DayShade>,
/** What is reserved. */
reservations: Array<BoardReservation>,
/** Planned, and no theatre is reserved. */
unplaced: Array<CaseRow>,
/** Who and what can be allocated. */
allocatable: Array<DayColumn>, };
export type TheatreCheck = {
/** The procedure as the clock shows it. */
time: string,
/** All that stands against it; empty where it can be reserved. */
conflicts: Array<Conflict>,
/** The person may reserve all the same, with a reason. */
may_override: boolean, };
export type TheatreCheckpointView = {
/** What it became. */
step: TheatreStep,
/** When. */
at: string,
/** Who said so. */
by: string, };
export type TheatreLapse = {
/** Of which resource. */
resource: ResourceId,
/** The same by name. */
name: string,
/** What has ended: `license`, or a capability in words of the practice. */
what: string,
/** Somebody who may can waive it. Nobody operates without a licence. */
can_waive: boolean,
/** Why it was waived. */
waived: string | null, };
export type TheatreReserved = {
/** The reservation. */
reservation: ReservationId,
/** Its version. */
version: number, };
export type TheatreStep = "reserved" | "set_up" | "patient_in" | "begun" | "ended" | "patient_out" | "turned_over";
export type ToBackUp = {
/** Entries in the log, this one not among them. */
entries: number, };
export type ToProve = {
/** Entries in the log now; the backup's log must be the beginning of this one. */
entries: number, };
export type ToldTime = {
/** The day, which need not be the one on which it stands. */
date: CivilDate,
/** The time as the clock shows it. */
time: string, };
export type TypedFeeLine = {
/** What for: copying labor, supplies, postage or an agreed summary. */
kind: FeeKind,
/** How much, in cents. */
cents: number,
/** When whoever asked agreed to a summary and to its price. */
agreed_on?: CivilDate, };
export type UnitId = string;
export type Unlock = {
/** The passphrase of whoever locked. */
passphrase: Secret,
/** A code, once the session is older than twelve hours. */
code?: Secret | null, };
export type Unmerge = {
/** The merge. */
merge: MergeId, };
export type Urgency = "emergency" | "urgent" | "elective";
export type VaultId = string;
export type Verification = {
/** Entries that were checked. */
entries: number,
/** Everything fits. */
ok: boolean,
/** The first entry that does not. */
first_bad?: number | null,
/** What is wrong, in words. */
what: string | null,
/** Signed checkpoints that were checked. */
checkpoints: number,
/** When the check ended. */
at: string, };
export type VerifyLog = Record<symbol, never>;
export type VersionList = {
/** The newest first. */
rows: Array<PatientVersion>, };
export type VisitContact = {
/** The contact. */
contact: ContactId,
/** Who it is. */
name: string,
/** What the contact is to the patient. */
relationship: string, };
export type VisitStatus = "booked" | "confirmed" | "arrived" | "roomed" | "in_care" | "done" | "checked_out" | "no_show" | "cancelled";
export type VisitView = {
/** The visit. */
unit: UnitId,
/** Its version, for a change. */
version: number,
/** The order it fulfils. */
order: OrderId,
/** Whose visit it is. */
patient: PatientId,
/** `Family, Given Middle`. */
patient_name: string,
/** Its day. */
date: CivilDate,
/** Its time. */
slot: Slot,
/** The same as the clock shows it. */
time: string,
/** What to call it. */
label: string,
/** What it is. */
product: ProductId,
/** The version of the offer that was accepted. */
offer_version: number,
/** Who and what is assigned. */
resources: Array<ResourceId>,
/** Their names, in the same order. */
names: Array<string>,
/** How it stands. */
status: VisitStatus,
/** What it may become. */
next: Array<VisitStatus>,
/** The steps it took, oldest first. */
checkpoints: Array<CheckpointOfVisit>,
/** Who accepted it, where that was not the patient. */
contact: VisitContact | null,
/** What the front desk noted. */
desk_note: string | null,
/** What the patient does beforehand. */
preparation: string,
/** Who booked it. */
booked_by: string,
/** When. */
booked_at: string,
/** Why it stands where the calendar refused it. */
overridden: Array<string>,
/** How the patient wants to be reached (45 CFR 164.522(b)). */
reach_by: string | null,
/** The time that the patient was told, where it stands elsewhere. */
told: ToldTime | null,
/** What is checked before it. */
gates: Array<GateView>,
/** It is one of a series. */
repeats: boolean, };
export type Wait = {
/** Who waits. */
patient: PatientId,
/** For what. */
product: ProductId,
/** With whom or where; anybody and anywhere where nothing is named. */
resources: Array<ResourceId>,
/** On which days of the week, 1 for Monday to 7; any where none is named. */
weekdays: Array<number>,
/** Not before this wall-clock minute of the day. */
not_before: number | null,
/** Over by this wall-clock minute of the day. */
not_after: number | null,
/** Until which day it is any use, YYYY-MM-DD. */
until: string | null,
/** What was said. Nothing clinical. */
note: string, };
export type WaitId = string;
export type WaitRow = {
/** The place on the waitlist. */
wait: WaitId,
/** Who waits. */
patient: PatientId,
/** `Family, Given Middle`. */
patient_name: string,
/** For what. */
product: ProductId,
/** Its label. */
label: string,
/** For how many days, by the practice's clock. */
waits_days: number,
/** With whom or where. */
resources: Array<ResourceId>,
/** On which days of the week. */
weekdays: Array<number>,
/** Not before this minute of the day. */
not_before: number | null,
/** Not after this minute of the day. */
not_after: number | null,
/** Until which day. */
until: CivilDate | null,
/** What was said. */
note: string,
/** How the patient wants to be reached (45 CFR 164.522(b)). */
reach_by: string | null,
/** What fits on the day that was asked about. */
fits: Array<Opening>, };
export type Waiting = {
/** The place on the waitlist. */
wait: WaitId, };
export type WaitlistView = {
/** Whoever waits longest first. */
rows: Array<WaitRow>, };
export type WaiveGate = {
/** The visit. */
unit: UnitId,
/** The version that was shown. */
version: number,
/** The gate. */
gate: GateKind,
/** Why. */
reason: string, };
export type WaiveLapse = {
/** The reservation. */
reservation: ReservationId,
/** The version that was shown. */
version: number,
/** Of which resource. */
resource: ResourceId,
/** What has ended, as it was shown. */
what: string,
/** Why. */
reason: string, };
export type WeekDay = {
/** Which. */
date: CivilDate,
/** How long it is. */
minutes: number,
/** From when it is worth showing. */
first: number,
/** Until when. */
last: number,
/** How many visits it has. */
booked: number,
/** The visits; cancelled ones are not among them. */
visits: Array<DayVisit>,
/** What is closed, where one resource alone is asked for. */
shades: Array<DayShade>, };
export type WeekView = {
/** The first. */
from: CivilDate,
/** Today. */
today: CivilDate,
/** The days in their order. */
days: Array<WeekDay>, };
export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
export type WithdrawAccess = {
/** The request. */
access: AccessId, };
export type WithdrawAccounting = {
/** The request. */
accounting: AccountingId, };

export type Operations = {
  "identity.create_practice": { input: CreatePractice; output: PracticeCreated };
  "identity.sign_in": { input: SignIn; output: SessionView };
  "identity.sign_out": { input: SignOut; output: null };
  "identity.lock": { input: Lock; output: null };
  "identity.unlock": { input: Unlock; output: SessionView };
  "identity.accept_invitation": { input: AcceptInvitation; output: Entered };
  "identity.recover": { input: Recover; output: Entered };
  "identity.confirm_recovery_kit": { input: ConfirmRecoveryKit; output: null };
  "identity.new_recovery_kit": { input: NewRecoveryKit; output: RecoveryKit };
  "identity.confirm_second_factor": { input: ConfirmSecondFactor; output: null };
  "identity.new_second_factor": { input: NewSecondFactor; output: SecondFactor };
  "identity.change_passphrase": { input: ChangePassphrase; output: null };
  "identity.discard_draft": { input: DiscardDraft; output: null };
  "identity.practice": { input: AskPractice; output: PracticeDetails };
  "identity.change_practice": { input: ChangePractice; output: null };
  "identity.staff": { input: ListStaff; output: StaffList };
  "identity.invite": { input: Invite; output: Invited };
  "identity.assign_role": { input: AssignRole; output: RoleAssigned };
  "identity.revoke_role": { input: RevokeRole; output: null };
  "identity.suspend": { input: Suspend; output: null };
  "identity.reinstate": { input: Reinstate; output: null };
  "identity.reset_sign_in": { input: ResetSignIn; output: Invited };
  "identity.record_training": { input: RecordTraining; output: null };
  "identity.terminate": { input: Terminate; output: null };
  "identity.key_status": { input: AskKeyStatus; output: KeyStatus };
  "identity.rotate_keys": { input: RotateKeys; output: null };
  "identity.reseal": { input: Reseal; output: ResealStep };
  "patients.register": { input: Register; output: Registered };
  "patients.correct": { input: Correct; output: Corrected };
  "patients.search": { input: SearchPatients; output: FoundPatients };
  "patients.chart": { input: OpenChart; output: ChartHeader };
  "patients.versions": { input: ListVersions; output: VersionList };
  "patients.front_desk_card": { input: OpenFrontDeskCard; output: FrontDeskCard };
  "patients.billing_card": { input: OpenBillingCard; output: BillingCard };
  "patients.possible_duplicates": { input: PossibleDuplicates; output: LikelyPatients };
  "patients.propose_merge": { input: ProposeMerge; output: MergeProposed };
  "patients.merges": { input: ListMerges; output: MergeList };
  "patients.confirm_merge": { input: ConfirmMerge; output: null };
  "patients.unmerge": { input: Unmerge; output: null };
  "patients.mark_deceased": { input: MarkDeceased; output: null };
  "patients.note_restriction": { input: NoteRestriction; output: null };
  "patients.set_photo": { input: SetPhoto; output: null };
  "patients.photo": { input: OpenPhoto; output: Photo };
  "scheduling.setup": { input: OpenSetup; output: SetupView };
  "scheduling.keep_site": { input: KeepSite; output: SiteKept };
  "scheduling.keep_department": { input: KeepDepartment; output: DepartmentKept };
  "scheduling.keep_resource": { input: KeepResource; output: ResourceKept };
  "scheduling.keep_service": { input: KeepService; output: ServiceKept };
  "scheduling.keep_product": { input: KeepProduct; output: ProductKept };
  "scheduling.keep_calendar": { input: KeepCalendar; output: CalendarKept };
  "scheduling.keep_rule": { input: KeepRule; output: RuleKept };
  "scheduling.end_rule": { input: EndRule; output: null };
  "scheduling.day": { input: OpenDay; output: DayView };
  "scheduling.week": { input: OpenWeek; output: WeekView };
  "scheduling.month": { input: OpenMonth; output: MonthView };
  "scheduling.openings": { input: FindOpenings; output: Openings };
  "scheduling.check": { input: CheckBooking; output: BookingCheck };
  "scheduling.hold_slot": { input: HoldSlot; output: SlotHeld };
  "scheduling.release_slot": { input: ReleaseSlot; output: null };
  "scheduling.book": { input: BookVisit; output: Booked };
  "scheduling.move": { input: MoveVisit; output: Moved };
  "scheduling.advance": { input: AdvanceVisit; output: Moved };
  "scheduling.note_desk": { input: NoteDesk; output: Moved };
  "scheduling.repeat": { input: RepeatVisit; output: Repeated };
  "scheduling.end_series": { input: EndSeries; output: SeriesEnded };
  "scheduling.waive_gate": { input: WaiveGate; output: Moved };
  "scheduling.visit": { input: OpenVisit; output: VisitView };
  "scheduling.clinical_visit": { input: OpenClinicalVisit; output: ClinicalVisitView };
  "scheduling.note_reason": { input: NoteReason; output: null };
  "scheduling.patient_visits": { input: OpenPatientVisits; output: PatientVisitList };
  "scheduling.keep_contact": { input: KeepContact; output: ContactKept };
  "scheduling.contacts": { input: OpenContacts; output: ContactList };
  "scheduling.wait": { input: Wait; output: Waiting };
  "scheduling.waitlist": { input: OpenWaitlist; output: WaitlistView };
  "scheduling.leave_waitlist": { input: LeaveWaitlist; output: null };
  "scheduling.theatre_board": { input: OpenTheatreBoard; output: TheatreBoardView };
  "scheduling.keep_case": { input: KeepCase; output: CaseKept };
  "scheduling.cancel_case": { input: CancelCase; output: CaseKept };
  "scheduling.reinstate_case": { input: ReinstateCase; output: CaseKept };
  "scheduling.note_case": { input: NoteCase; output: null };
  "scheduling.clinical_case": { input: OpenClinicalCase; output: ClinicalCaseView };
  "scheduling.check_theatre": { input: CheckTheatre; output: TheatreCheck };
  "scheduling.reserve_theatre": { input: ReserveTheatre; output: TheatreReserved };
  "scheduling.move_reservation": { input: MoveReservation; output: Moved };
  "scheduling.release_theatre": { input: ReleaseTheatre; output: null };
  "scheduling.advance_theatre": { input: AdvanceTheatre; output: Moved };
  "scheduling.waive_lapse": { input: WaiveLapse; output: Moved };
  "scheduling.check_allocation": { input: CheckAllocation; output: TheatreCheck };
  "scheduling.allocate": { input: Allocate; output: Allocated };
  "scheduling.end_allocation": { input: EndAllocation; output: null };
  "scheduling.keep_column_sets": { input: KeepColumnSets; output: null };
  "scheduling.gates_ahead": { input: OpenGatesAhead; output: GateQueue };
  "scheduling.resettle": { input: Resettle; output: Resettled };
  "scheduling.figures": { input: OpenFigures; output: FiguresView };
  "scheduling.desk_sheet": { input: OpenDeskSheet; output: DeskSheetView };
  "scheduling.clinical_sheet": { input: OpenClinicalSheet; output: ClinicalSheetView };
  "scheduling.reminders": { input: OpenReminders; output: ReminderList };
  "scheduling.calendar_file": { input: MakeCalendarFile; output: CalendarFile };
  "log.entries": { input: LogQuery; output: LogPage };
  "log.verify": { input: VerifyLog; output: Verification };
  "log.status": { input: AskLogStatus; output: LogStatus };
  "log.export": { input: ExportLog; output: LogExport };
  "log.seal": { input: AskSeal; output: Seal };
  "log.report": { input: AskLogReport; output: LogReport };
  "compliance.disclose": { input: Disclose; output: Disclosed };
  "compliance.correct_disclosure": { input: CorrectDisclosure; output: Disclosed };
  "compliance.disclosures": { input: AskDisclosures; output: DisclosureLedger };
  "compliance.suspend_accounting": { input: SuspendAccounting; output: null };
  "compliance.lift_suspension": { input: LiftSuspension; output: null };
  "compliance.request_accounting": { input: RequestAccounting; output: AccountingRequested };
  "compliance.extend_accounting": { input: ExtendAccounting; output: null };
  "compliance.withdraw_accounting": { input: WithdrawAccounting; output: null };
  "compliance.accounting_letter": { input: AskAccountingLetter; output: AccountingLetter };
  "compliance.deliver_accounting": { input: DeliverAccounting; output: null };
  "compliance.accountings": { input: AskAccountings; output: AccountingList };
  "compliance.request_access": { input: RequestAccess; output: AccessRequested };
  "compliance.extend_access": { input: ExtendAccess; output: null };
  "compliance.charge_access": { input: ChargeAccess; output: null };
  "compliance.decide_access": { input: DecideAccess; output: null };
  "compliance.review_access": { input: ReviewAccess; output: null };
  "compliance.deliver_access": { input: DeliverAccess; output: null };
  "compliance.withdraw_access": { input: WithdrawAccess; output: null };
  "compliance.access_requests": { input: AskAccessRequests; output: AccessRequestList };
  "compliance.request_amendment": { input: RequestAmendment; output: AmendmentRequested };
  "compliance.extend_amendment": { input: ExtendAmendment; output: null };
  "compliance.accept_amendment": { input: AcceptAmendment; output: null };
  "compliance.tell_amendment": { input: TellAmendment; output: null };
  "compliance.deny_amendment": { input: DenyAmendment; output: null };
  "compliance.state_disagreement": { input: StateDisagreement; output: null };
  "compliance.accompany_disclosures": { input: AccompanyDisclosures; output: null };
  "compliance.rebut_disagreement": { input: RebutDisagreement; output: null };
  "compliance.amendment_requests": { input: AskAmendmentRequests; output: AmendmentRequestList };
  "compliance.amendments": { input: AskAmendments; output: AmendmentRequestList };
  "compliance.decision_letter": { input: AskDecisionLetter; output: DecisionLetter };
  "compliance.keep_associate": { input: KeepAssociate; output: AssociateKept };
  "compliance.end_associate": { input: EndAssociate; output: null };
  "compliance.associates": { input: AskAssociates; output: AssociateList };
  "compliance.agreement_file": { input: OpenAgreement; output: AgreementFile };
  "compliance.due": { input: AskDue; output: DueList };
  "compliance.place_hold": { input: PlaceHold; output: HoldPlaced };
  "compliance.release_hold": { input: ReleaseHold; output: null };
  "compliance.retained": { input: AskRetained; output: RetainedList };
  "compliance.destroy": { input: Destroy; output: Destroyed };
  "exchange.import_patients": { input: ImportPatients; output: Imported };
  "exchange.back_up": { input: BackUp; output: ToBackUp };
  "exchange.prove_backup": { input: ProveBackup; output: ToProve };
  "exchange.backups": { input: ListBackups; output: BackupList };
  "exchange.plan_backups": { input: PlanBackups; output: null };
  "exchange.decommission": { input: Decommission; output: MayEnd };
  "exchange.export_records": { input: ExportRecords; output: RecordsOut };
  "exchange.export_population": { input: ExportPopulation; output: PopulationPage };
  "exchange.take_back": { input: TakeBack; output: RecordTakenBack };
  "exchange.keep_received": { input: KeepReceived; output: KeptReceived };
  "exchange.received": { input: ListReceived; output: ReceivedList };
  "exchange.deidentify": { input: Deidentify; output: DeidentifiedPage };
  "exchange.plan_downtime": { input: PlanDowntime; output: null };
  "exchange.downtime": { input: ShowDowntime; output: DowntimeList };
  "exchange.downtime_page": { input: ReadDowntimePage; output: DowntimePage };
  "exchange.seal_downtime": { input: SealDowntime; output: SealedDowntime };
  "exchange.note_downtime": { input: NoteDowntime; output: null };
  "practice.take_in_made_up": { input: TakeInMadeUp; output: MadeUpTaken };
  "practice.take_in_made_up_visits": { input: TakeInMadeUpVisits; output: MadeUpVisitsTaken };
};

/** Answered by the window's shell itself: they touch no record, so they leave no entry. */
export type ShellCalls = {
  "shell.status": { input: Record<string, never>; output: ShellStatus };
  "shell.time_zones": { input: Record<string, never>; output: { zones: string[]; here: string } };
  "shell.passphrase_advice": { input: { passphrase: string; hints: string[] }; output: Advice };
  "shell.choose_import": { input: Record<string, never>; output: { file: string; name: string; bytes: number } | null };
  "shell.run_import": { input: { file: string }; output: ImportReport };
  "shell.choose_folder": { input: Record<string, never>; output: { folder: string; name: string } | null };
  "shell.export_log": { input: { folder: string; query: ExportLog; passphrase: string | null }; output: { entries: number; redacted: number; log_size: number; name: string } };
  "shell.back_up": { input: { folder: string; associate?: string | null }; output: { folder: string; name: string; bytes: number; rows: number; log_size: number } };
  "shell.plan_backups": { input: { folder: string | null; every: BackupEvery; associate?: string | null; custodian?: string | null }; output: null };
  "shell.prove_backup": { input: { folder: string }; output: { backup: string; ok: boolean; code: RefusalCode | null; entries: number; rows: number; took_ms: number } };
  "shell.look_at_backup": { input: { folder: string }; output: { made_at: Instant; version: string; log_size: number; bytes: number } };
  "shell.restore": { input: { folder: string; recovery_key: string }; output: { rows: number; entries: number; seconds: number } };
  "shell.opened_backup": { input: Record<string, never>; output: { folder: string; name: string } | null };
  "shell.open_copy": { input: { folder: string; recovery_key: string }; output: { made_at: Instant; rows: number; entries: number; seconds: number } };
  "shell.close_copy": { input: Record<string, never>; output: null };
  "shell.plan_downtime": { input: { folder: string | null; every: BackupEvery; passphrase: string | null }; output: null };
  "shell.write_downtime": { input: { folder: string }; output: { name: string; patients: number } };
  "shell.choose_records": { input: Record<string, never>; output: { file: string; name: string; bytes: number } | null };
  "shell.take_back": { input: { file: string; passphrase: string | null }; output: TakenBack };
  "shell.save_accounting_letter": { input: { folder: string; accounting: string }; output: { name: string; sha256: string } };
  "shell.save_decision_letter": { input: { folder: string; kind: DecisionLetterKind; request: string }; output: { name: string; sha256: string } };
  "shell.save_monthly_seal": { input: { folder: string }; output: { name: string; log_size: number } };
  "shell.export_records": { input: { folder: string; patient: string; details: DisclosureDetails; passphrase: string | null }; output: { name: string; sha256: string; bytes: number } };
  "shell.save_log_report": { input: { folder: string; query: AskLogReport }; output: { pdf: string; csv: string; sha256: string; entries: number } };
  "shell.support_text": { input: Record<string, never>; output: { text: string } };
  "shell.save_support_text": { input: { folder: string; text: string }; output: { name: string } };
  "shell.save_agreement": { input: { folder: string; associate: string }; output: { name: string; sha256: string } };
  "shell.keep_look": { input: { theme: "system" | "light" | "dark" | "contrast"; density: "comfortable" | "compact"; language: "en-US" | "es-US" }; output: null };
  "shell.save_day_sheet": { input: { folder: string; date: string; kind: "desk" | "practitioner"; resource: string | null }; output: { name: string; sha256: string; visits: number } };
  "shell.save_downtime_paper": { input: { folder: string; date: string; forms: number }; output: { name: string; sha256: string; visits: number } };
  "shell.save_reminders": { input: { folder: string; date: string; kind: "list" | "letters" }; output: { name: string; sha256: string; people: number; left_out: number } };
  "shell.save_calendar": { input: { folder: string; resource: string; from: string; until: string; reason: string }; output: { name: string; sha256: string; events: number } };
  "shell.deidentify": { input: { folder: string; k: number; epsilon: number | null }; output: { name: string; rows: number; report: unknown } };
  "shell.decommission": { input: { folder: string; practice_name: string; custodian: string; media: { manufacturer: string; model: string; serial: string; property_number: string; kind: string; source: string } }; output: { backup: string; certificate: string | null; log_size: number } };
  "shell.reseal": { input: Record<string, never>; output: { values: number } };
  "shell.export_population": { input: { folder: string; details: DisclosureDetails; passphrase: string | null }; output: { name: string | null; parts: number; patients: number; bytes: number } };
  "shell.verify_log": { input: Record<string, never>; output: Verification };
  "shell.cancel": { input: { job: string }; output: null };
  "shell.print": { input: Record<string, never>; output: null };
};
export type Failure =
  | { kind: "refused"; code: RefusalCode; field: string | null; remedy: string }
  | { kind: "denied" } | { kind: "locked" } | { kind: "signed_out" }
  | { kind: "fault"; reference: string };
export type RefusalCode =
  | "compliance.accounting_closed"
  | "compliance.agreement_ended"
  | "compliance.amendment_ground"
  | "compliance.amendment_link"
  | "compliance.associate_missing"
  | "compliance.authorization_invalid"
  | "compliance.bad_date"
  | "compliance.bad_text"
  | "compliance.corrected_before"
  | "compliance.date_in_future"
  | "compliance.date_order"
  | "compliance.decided_before"
  | "compliance.denial_ground"
  | "compliance.extended_before"
  | "compliance.extended_late"
  | "compliance.fee_after_delivery"
  | "compliance.fee_agreement"
  | "compliance.fee_kind"
  | "compliance.fee_notice"
  | "compliance.fee_range"
  | "compliance.first_is_free"
  | "compliance.kept_longer"
  | "compliance.legal_hold"
  | "compliance.missing"
  | "compliance.no_agreement"
  | "compliance.no_agreement_file"
  | "compliance.no_authorization"
  | "compliance.no_disagreement"
  | "compliance.no_letter"
  | "compliance.not_accepted"
  | "compliance.not_as_kept"
  | "compliance.not_denied"
  | "compliance.not_granted"
  | "compliance.not_pdf"
  | "compliance.not_reviewable"
  | "compliance.not_verified"
  | "compliance.notice_too_long"
  | "compliance.request_closed"
  | "compliance.reviewed_before"
  | "compliance.reviewer_took_part"
  | "compliance.said_before"
  | "compliance.six_years"
  | "compliance.stale"
  | "compliance.statement_end"
  | "compliance.still_in_effect"
  | "compliance.too_many_told"
  | "compliance.unknown_accounting"
  | "compliance.unknown_associate"
  | "compliance.unknown_disclosure"
  | "compliance.unknown_document"
  | "compliance.unknown_hold"
  | "compliance.unknown_request"
  | "compliance.unknown_suspension"
  | "compliance.unknown_version"
  | "door.malformed"
  | "door.practice_exists"
  | "door.purpose"
  | "door.read_only"
  | "door.reason_needed"
  | "door.reason_too_long"
  | "door.unknown_operation"
  | "door.unopenable"
  | "door.wrong_recovery_key"
  | "exchange.animal"
  | "exchange.backup_cut"
  | "exchange.backup_damaged"
  | "exchange.backup_foreign"
  | "exchange.backup_forked"
  | "exchange.backup_missing"
  | "exchange.backup_newer"
  | "exchange.backup_not_written"
  | "exchange.backup_other_key"
  | "exchange.backup_place"
  | "exchange.backup_unreadable"
  | "exchange.bad_recipient"
  | "exchange.compressed"
  | "exchange.custodian_key"
  | "exchange.custodian_missing"
  | "exchange.custodian_secret"
  | "exchange.empty"
  | "exchange.final_backup_stale"
  | "exchange.final_backup_unproved"
  | "exchange.malformed_value"
  | "exchange.name_differs"
  | "exchange.no_files"
  | "exchange.no_name"
  | "exchange.not_a_resource"
  | "exchange.not_fhir"
  | "exchange.not_json"
  | "exchange.passphrase_short"
  | "exchange.plain_without_reason"
  | "exchange.population_cut"
  | "exchange.received_closed"
  | "exchange.received_cursor"
  | "exchange.received_full"
  | "exchange.received_large"
  | "exchange.received_many"
  | "exchange.records_damaged"
  | "exchange.records_form"
  | "exchange.records_missing"
  | "exchange.records_not_written"
  | "exchange.records_other_key"
  | "exchange.records_path"
  | "exchange.records_sealed"
  | "exchange.records_too_large"
  | "exchange.records_unlisted"
  | "exchange.records_unreadable"
  | "exchange.source_missing"
  | "exchange.too_long"
  | "exchange.too_many"
  | "exchange.truncated"
  | "exchange.unknown_modifier"
  | "exchange.unreadable"
  | "exchange.visits_closed"
  | "exchange.xml"
  | "identity.address_shape"
  | "identity.assignment_revoked"
  | "identity.assignment_unknown"
  | "identity.cannot_grant"
  | "identity.code_needed"
  | "identity.code_used"
  | "identity.code_wrong"
  | "identity.draft_too_long"
  | "identity.future_date"
  | "identity.hours_order"
  | "identity.idle_minutes"
  | "identity.invitation_expired"
  | "identity.invitation_wrong"
  | "identity.kit_gone"
  | "identity.kit_two_words"
  | "identity.kit_words_wrong"
  | "identity.last_owner"
  | "identity.locked_out"
  | "identity.name_missing"
  | "identity.name_too_long"
  | "identity.no_role"
  | "identity.not_an_owner"
  | "identity.not_locked"
  | "identity.not_oneself"
  | "identity.npi_check_digit"
  | "identity.passphrase_common"
  | "identity.passphrase_long"
  | "identity.passphrase_short"
  | "identity.recovery_key_shape"
  | "identity.resealing_runs"
  | "identity.role_needed"
  | "identity.sign_in_failed"
  | "identity.staff_status"
  | "identity.staff_unknown"
  | "identity.suite_unknown"
  | "identity.suspended"
  | "identity.time_zone_unknown"
  | "identity.user_name_shape"
  | "identity.user_name_taken"
  | "identity.validity_order"
  | "identity.wait"
  | "log.backup_damaged"
  | "log.broken"
  | "log.forked"
  | "log.limit"
  | "log.no_checkpoint"
  | "log.not_written"
  | "log.report_too_long"
  | "log.rolled_back"
  | "log.unknown_patient"
  | "patients.address_empty"
  | "patients.already_merged"
  | "patients.already_proposed"
  | "patients.already_undone"
  | "patients.bad_email"
  | "patients.bad_name"
  | "patients.bad_phone"
  | "patients.bad_postal_code"
  | "patients.bad_state"
  | "patients.bad_text"
  | "patients.birth_in_future"
  | "patients.birth_too_early"
  | "patients.date_impossible"
  | "patients.death_before_birth"
  | "patients.death_in_future"
  | "patients.external_id"
  | "patients.id_taken"
  | "patients.insurance_rank"
  | "patients.limit"
  | "patients.link_taken"
  | "patients.merged_away"
  | "patients.merged_missing"
  | "patients.missing"
  | "patients.no_photo"
  | "patients.not_as_kept"
  | "patients.not_proposed"
  | "patients.number_taken"
  | "patients.numbers_used_up"
  | "patients.photo_form"
  | "patients.photo_size"
  | "patients.possible_duplicate"
  | "patients.restrictions_differ"
  | "patients.same_record"
  | "patients.second_person"
  | "patients.stale"
  | "patients.too_many"
  | "patients.unknown"
  | "patients.unknown_merge"
  | "patients.unknown_version"
  | "practice.not_a_demonstration"
  | "practice.too_many"
  | "scheduling.bad_date"
  | "scheduling.bad_minutes"
  | "scheduling.bad_rule"
  | "scheduling.bad_status"
  | "scheduling.bad_text"
  | "scheduling.calendar_reason"
  | "scheduling.case_closed"
  | "scheduling.case_needed"
  | "scheduling.case_of_another"
  | "scheduling.case_placed"
  | "scheduling.conflict"
  | "scheduling.ended"
  | "scheduling.gate_failed"
  | "scheduling.hold_gone"
  | "scheduling.in_series"
  | "scheduling.in_use"
  | "scheduling.license_ended"
  | "scheduling.name_taken"
  | "scheduling.no_resource"
  | "scheduling.nobody_to_write_to"
  | "scheduling.not_a_theatre"
  | "scheduling.not_as_kept"
  | "scheduling.not_offered"
  | "scheduling.not_own_calendar"
  | "scheduling.outside_reservation"
  | "scheduling.override_denied"
  | "scheduling.override_reason"
  | "scheduling.patient_closed"
  | "scheduling.reason_needed"
  | "scheduling.stale"
  | "scheduling.too_many"
  | "scheduling.unknown"
  | "shell.backup_stopped"
  | "shell.check_stopped"
  | "shell.copy_not_open"
  | "shell.copy_somebody_is_here"
  | "shell.copy_stopped"
  | "shell.deidentify_stopped"
  | "shell.downtime_stopped"
  | "shell.ending_stopped"
  | "shell.export_stopped"
  | "shell.file_not_chosen"
  | "shell.folder_not_chosen"
  | "shell.proof_stopped"
  | "shell.resealing_stopped"
  | "shell.restore_stopped"
  | "vault.damaged"
  | "vault.foreign"
  | "vault.full"
  | "vault.held_elsewhere"
  | "vault.keychain_beside_store"
  | "vault.keychain_unreachable"
  | "vault.missing"
  | "vault.newer"
  | "vault.no_device_key"
  | "vault.other_format"
  | "vault.read_only"
  | "vault.too_large"
  | "vault.truncated";
