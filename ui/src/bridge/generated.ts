// Made from the Rust types by `cargo test -p keepwell --test practice generated`. Do not edit by hand.

// kernel
export type Purpose = "treatment" | "payment" | "operations" | "patient_request" | "emergency" | "public_health" | "legal" | "system";
export type Role = "owner" | "physician" | "nurse" | "receptionist" | "biller" | "it_support" | "department_manager" | "privacy_officer" | "security_officer" | "auditor";
export type Outcome = "done" | "refused" | "denied" | "fault";
/** YYYY-MM-DD */
export type CivilDate = string;
/** RFC 3339 with the offset in force */
export type Instant = string;

// identity
export type Address = { lines: string[]; city: string; state: string; postal_code: string; country: string };
export type OpeningHours = { weekday: Weekday; opens: string; closes: string };
export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
export type PracticeDetails = { name: string; address: Address | null; phone: string | null; npi: string | null; time_zone: string; hours: OpeningHours[]; anonymous_mrn: boolean; idle_minutes: number };
export type PersonName = { family: string; given: string[]; prefix: string | null; suffix: string | null };
export type Suite = "xchacha20-poly1305" | "aes-256-gcm";
export type RecoveryKit = { vault_id: string; words: string[]; recovery_key: string; qr_svg: string; made_on: CivilDate };
export type SecondFactor = { totp_uri: string; secret: string; qr_svg: string; recovery_codes: string[] };
export type Draft = { screen: string; content: string; saved_at: Instant };
export type SessionView = { staff: string; user_name: string; display_name: string; roles: Role[]; operations: string[]; idle_minutes: number; recovery_kit_confirmed: boolean; second_factor_confirmed: boolean; signed_in_at: Instant; drafts: Draft[] };
export type CreatePractice = { practice: PracticeDetails; owner: { user_name: string; name: PersonName }; passphrase: string; suite: Suite };
export type PracticeCreated = { vault_id: string; kit: RecoveryKit; second_factor: SecondFactor; session: SessionView };
export type SignIn = { user_name: string; passphrase: string; code: string };
export type Unlock = { passphrase: string; code: string | null };
export type Lock = { drafts: { screen: string; content: string }[] };
export type AcceptInvitation = { user_name: string; invitation_code: string; passphrase: string };
export type Recover = { recovery_key: string; user_name: string; passphrase: string };
export type Entered = { second_factor: SecondFactor; session: SessionView };
export type RoleAssignment = { assignment: string; role: Role; valid_from: Instant; valid_until: Instant | null; revoked_at: Instant | null; active: boolean };
export type StaffStatus = "invited" | "active" | "suspended" | "terminated";
export type StaffCard = { staff: string; user_name: string; name: PersonName; display_name: string; status: StaffStatus; roles: RoleAssignment[]; training_completed_on: CivilDate | null; invited_until: Instant | null; termination: TerminationChecklist | null };
export type TerminationChecklist = { access_removed: boolean; devices_returned: boolean; keys_returned: boolean; exit_interview: boolean };
export type Invite = { user_name: string; name: PersonName; roles: { role: Role; valid_from: Instant | null; valid_until: Instant | null }[] };
export type Invited = { staff: string; invitation_code: string; expires_at: Instant };

// patients
export type AdministrativeSex = "F" | "M" | "U";
export type NameUse = "legal" | "preferred" | "previous";
export type PatientName = { use: NameUse; family: string; given: string[]; prefix: string | null; suffix: string | null };
export type AddressUse = "home" | "work" | "temporary" | "mailing";
export type PatientAddress = Address & { use: AddressUse };
export type ChannelKind = "phone" | "sms" | "email";
export type ChannelUse = "home" | "work" | "mobile";
export type ContactChannel = { kind: ChannelKind; use: ChannelUse; value: string; consent: boolean; voicemail_allowed: boolean; preferred: boolean };
export type EmergencyContact = { name: string; relationship: string; phone: string };
export type Guarantor = { name: string; relationship: string; phone: string | null; address: Address | null };
export type Insurance = { rank: "primary" | "secondary" | "tertiary"; provider: string; policy_number: string; group_number: string | null };
export type Deceased = { on: CivilDate | null };
/** The fields one registers and corrects. Absent optional fields may be left out. */
export type Demographics = {
  name: { family: string; given: string[]; prefix?: string | null; suffix?: string | null };
  other_names?: PatientName[];
  date_of_birth: CivilDate | null;
  administrative_sex: AdministrativeSex;
  gender_identity?: string | null;
  pronouns?: string | null;
  addresses?: PatientAddress[];
  channels?: ContactChannel[];
  confidential_communication?: string | null;
  language?: string | null;
  emergency_contacts?: EmergencyContact[];
  guarantor?: Guarantor | null;
  insurance?: Insurance[];
  flags?: string[];
  ehr_link?: string | null;
};
export type Register = Demographics & { duplicate_override?: string | null };
export type Registered = { patient: string; mrn: string };
export type Correct = Demographics & { patient: string; expected_version: number };
export type SearchPatients = { query: string; limit: number; visit?: string | null };
export type SearchRow = { patient: string; mrn: string; name: string; preferred_name: string | null; date_of_birth: CivilDate | null; age: string | null; administrative_sex: AdministrativeSex; phone_last4: string | null; deceased: boolean; similar_name: boolean };
export type ChartHeader = { patient: string; mrn: string; version: number; current_version: number; as_of: Instant; demographics: Demographics; display_name: string; preferred_name: string | null; age: string | null; deceased: Deceased | null; restrictions: Restriction[]; merged_into: string | null; merged_from: string[]; has_photo: boolean; similar_patients: number; registered_at: Instant };
export type Restriction = { text: string; noted_at: Instant };
export type FrontDeskCard = { patient: string; mrn: string; display_name: string; preferred_name: string | null; pronouns: string | null; date_of_birth: CivilDate | null; age: string | null; administrative_sex: AdministrativeSex; language: string | null; addresses: PatientAddress[]; channels: ContactChannel[]; confidential_communication: string | null; emergency_contacts: EmergencyContact[]; flags: string[]; deceased: boolean; version: number };
export type BillingCard = { patient: string; mrn: string; display_name: string; date_of_birth: CivilDate | null; administrative_sex: AdministrativeSex; addresses: PatientAddress[]; guarantor: Guarantor | null; insurance: Insurance[] };
export type PatientVersion = { version: number; at: Instant; by: string; changed: string[] };
export type PossibleDuplicate = { patient: string; mrn: string; display_name: string; date_of_birth: CivilDate | null; administrative_sex: AdministrativeSex; phone_last4: string | null; score: number; verdict: "same" | "likely"; agrees: string[]; differs: string[] };
export type MergeProposal = { merge: string; from: string; from_name: string; from_mrn: string; into: string; into_name: string; into_mrn: string; reason: string; proposed_by: string; proposed_at: Instant; state: "proposed" | "confirmed" | "undone" };

// log
export type LogQuery = { patient?: string | null; actor?: string | null; operation?: string | null; outcome?: Outcome | null; from?: Instant | null; to?: Instant | null; after?: number | null; limit: number };
export type LogRow = { sequence: number; at: Instant; actor: string; role: string; operation: string; purpose: Purpose | null; patients: string[]; outcome: Outcome; reason: string | null; workstation: string; session: string; correlation: string; changes: number; code: string | null };
export type Verification = { entries: number; ok: boolean; first_bad?: number | null; what: string | null; checkpoints: number; at: Instant };
export type LogStatus = { entries: number; last_checkpoint: { size: number; root: string; at: Instant } | null; anchored: boolean; read_only: boolean; last_verification: Verification | null };

// exchange
export type ImportRow = { index: number; resource_type: string; id: string; outcome: "created" | "updated" | "unchanged" | "refused"; patient: string | null; code: string | null; field: string | null; remedy: string | null };
export type ImportPatients = { source: string; resources: unknown[] };
export type Imported = { rows: ImportRow[]; not_imported: { resource_type: string; count: number }[] };
export type ImportReport = { created: number; updated: number; unchanged: number; refused: ImportRow[]; not_imported: { resource_type: string; count: number }[]; files: number; cancelled: boolean };

export type Operations = {
  "identity.create_practice": { input: CreatePractice; output: PracticeCreated };
  "identity.sign_in": { input: SignIn; output: SessionView };
  "identity.sign_out": { input: Record<string, never>; output: null };
  "identity.lock": { input: Lock; output: null };
  "identity.unlock": { input: Unlock; output: SessionView };
  "identity.accept_invitation": { input: AcceptInvitation; output: Entered };
  "identity.recover": { input: Recover; output: Entered };
  "identity.confirm_recovery_kit": { input: { answers: { position: number; word: string }[] }; output: null };
  "identity.new_recovery_kit": { input: Record<string, never>; output: RecoveryKit };
  "identity.confirm_second_factor": { input: { code: string }; output: null };
  "identity.new_second_factor": { input: { passphrase: string }; output: SecondFactor };
  "identity.change_passphrase": { input: { current: string; new: string }; output: null };
  "identity.discard_draft": { input: { screen: string }; output: null };
  "identity.practice": { input: Record<string, never>; output: PracticeDetails };
  "identity.change_practice": { input: PracticeDetails; output: null };
  "identity.staff": { input: Record<string, never>; output: { rows: StaffCard[] } };
  "identity.invite": { input: Invite; output: Invited };
  "identity.assign_role": { input: { staff: string; role: Role; valid_from: Instant | null; valid_until: Instant | null }; output: { assignment: string } };
  "identity.revoke_role": { input: { staff: string; assignment: string }; output: null };
  "identity.suspend": { input: { staff: string }; output: null };
  "identity.reinstate": { input: { staff: string }; output: null };
  "identity.reset_sign_in": { input: { staff: string }; output: Invited };
  "identity.record_training": { input: { staff: string; completed_on: CivilDate }; output: null };
  "identity.terminate": { input: { staff: string; checklist: TerminationChecklist }; output: null };
  "patients.register": { input: Register; output: Registered };
  "patients.correct": { input: Correct; output: { version: number } };
  "patients.search": { input: SearchPatients; output: { rows: SearchRow[] } };
  "patients.chart": { input: { patient: string; version?: number | null }; output: ChartHeader };
  "patients.front_desk_card": { input: { patient: string }; output: FrontDeskCard };
  "patients.billing_card": { input: { patient: string }; output: BillingCard };
  "patients.versions": { input: { patient: string }; output: { rows: PatientVersion[] } };
  "patients.possible_duplicates": { input: Demographics; output: { rows: PossibleDuplicate[] } };
  "patients.propose_merge": { input: { from: string; into: string }; output: { merge: string } };
  "patients.merges": { input: Record<string, never>; output: { rows: MergeProposal[] } };
  "patients.confirm_merge": { input: { merge: string }; output: null };
  "patients.unmerge": { input: { merge: string }; output: null };
  "patients.mark_deceased": { input: { patient: string; on: CivilDate | null }; output: null };
  "patients.note_restriction": { input: { patient: string; text: string }; output: null };
  "patients.set_photo": { input: { patient: string; jpeg_base64: string }; output: null };
  "patients.photo": { input: { patient: string }; output: { jpeg_base64: string } };
  "log.entries": { input: LogQuery; output: { rows: LogRow[]; next: number | null } };
  "log.verify": { input: Record<string, never>; output: Verification };
  "log.status": { input: Record<string, never>; output: LogStatus };
  "exchange.import_patients": { input: ImportPatients; output: Imported };
};

/** Answered by the window's shell itself: they touch no record, so they leave no entry. */
export type ShellCalls = {
  "shell.status": { input: Record<string, never>; output: ShellStatus };
  "shell.time_zones": { input: Record<string, never>; output: { zones: string[]; here: string } };
  "shell.passphrase_advice": { input: { passphrase: string; hints: string[] }; output: { score: number; acceptable: boolean; advice: string } };
  "shell.choose_import": { input: Record<string, never>; output: { file: string; name: string; bytes: number } | null };
  "shell.run_import": { input: { file: string }; output: ImportReport };
  "shell.verify_log": { input: Record<string, never>; output: Verification };
  "shell.cancel": { input: { job: string }; output: null };
  "shell.print": { input: Record<string, never>; output: null };
};
export type ShellStatus = { state: "absent" | "signed_out" | "locked" | "signed_in" | "unopenable"; practice_name: string | null; vault_id: string | null; demonstration: boolean; read_only: string | null; keychain: "os" | "file" | "missing"; problem: { code: string; remedy: string } | null; locked_user: string | null; session: SessionView | null; version: string; idle_minutes: number; locks_at: Instant | null; log_entries: number | null; last_verification: Verification | null };
export type Progress = { job: string; phase: string; done: number; total: number };
export type Failure =
  | { kind: "refused"; code: RefusalCode; field: string | null; remedy: string }
  | { kind: "denied" } | { kind: "locked" } | { kind: "signed_out" }
  | { kind: "fault"; reference: string };
export type RefusalCode = string;
