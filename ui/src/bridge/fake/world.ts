import type { BackupRow, ChartHeader, Demographics, Draft, HoldRow, KeyStatus, LogRow, MergeProposal, Outcome, PatientVersion, PlanRow, PracticeDetails, PracticeState, Purpose, ReceivedRow, RefusalCode, Role, SessionView, StaffCard } from "../generated";
import { madeUpPatients } from "./people";
import { madeUpAccessRequests, type FakeAccess } from "./access";
import { madeUpAmendments, type FakeAmendment } from "./amendments";
import { madeUpAccountings, type FakeAccounting } from "./accountings";
import { madeUpAssociates, type FakeAssociate } from "./agreements";
import { madeUpBackups } from "./backups";
import { OFFSET } from "./calendar";
import { NO_DOWNTIME, type FakeDowntime } from "./downtime";
import { madeUpReceived } from "./received";
import { madeUpSchedule, type FakeSchedule } from "./schedule";
import { madeUpSetup, type FakeSetup } from "./schedulingSetup";
import { NO_THEATRE, type FakeTheatre } from "./theatre";
import { madeUpDestroyed, madeUpRetained, type FakeDestroyed, type FakeRetained } from "./retention";
import { madeUpDisclosures, madeUpSuspensions, type FakeDisclosure, type FakeSuspension } from "./ledger";

/** A patient of the fake backend, with every version. */
export interface FakePatient {
  id: string;
  mrn: string;
  versions: { record: Demographics; at: string; by: string; changed: string[] }[];
  deceased: ChartHeader["deceased"];
  restrictions: ChartHeader["restrictions"];
  mergedInto: string | null;
  photo: string | null;
}

/** Everything the fake backend knows. It is made up, lives in memory, and is never part of a release. */
export interface World {
  state: PracticeState;
  practice: PracticeDetails;
  patients: FakePatient[];
  staff: StaffCard[];
  log: LogRow[];
  merges: MergeProposal[];
  backups: BackupRow[];
  /** What is wrong with the next backup that is looked at. */
  badBackup: RefusalCode | null;
  plan: PlanRow | null;
  /** Whose key backups are sealed to besides the practice's own. */
  custodian: string | null;
  backupMissed: boolean;
  downtime: FakeDowntime;
  downtimeMissed: boolean;
  /** A backup that somebody opened with a double click, until the window asks. */
  openedBackup: { folder: string; name: string } | null;
  /** What a person chooses when asked for a folder. */
  folder: { folder: string; name: string } | null;
  associates: FakeAssociate[];
  /** Signed agreements in base64, by associate. */
  agreementFiles: Map<string, string>;
  disclosures: FakeDisclosure[];
  suspensions: FakeSuspension[];
  accountings: FakeAccounting[];
  accessRequests: FakeAccess[];
  amendments: FakeAmendment[];
  roles: Role[];
  session: SessionView | null;
  drafts: Draft[];
  passphrase: string;
  kitWords: string[];
  keys: KeyStatus;
  retained: FakeRetained[];
  holds: HoldRow[];
  destroyed: FakeDestroyed[];
  /** What support would get, where a test wants other words than the usual. */
  supportText: string | null;
  /** The last page of a practice that ended says so. */
  certificateFails: boolean;
  failures: number;
  readOnly: string | null;
  demonstration: boolean;
  /** The copy that is open, and in which state the practice beneath it stands. */
  copy: { madeAt: string; beneath: PracticeState } | null;
  /** The last proof found a backup that does not hold. */
  backupBroken: boolean;
  /** What a person chooses when asked for records. */
  records: { file: string; name: string; bytes: number } | null;
  /** The passphrase that the chosen records are sealed with; null for plain ones. */
  recordsPassphrase: string | null;
  received: ReceivedRow[];
  /** The session lacks the key of what was received. */
  receivedClosed: boolean;
  setup: FakeSetup;
  /** What is booked in it. */
  schedule: FakeSchedule;
  /** Cases and theatres; a practice without theatres has none. */
  theatre: FakeTheatre;
}

export const TODAY = "2026-11-21";
let sequence = 184_203;
let minute = 0;

export function instant(): string {
  minute += 1;
  const total = 9 * 60 + 12 + minute;
  return `${TODAY}T${String(Math.floor(total / 60) % 24).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}:04${OFFSET}`;
}

function madeUpPractice(): PracticeDetails {
  return {
    name: "Lakeside Family Medicine",
    address: { lines: ["210 Lake Street", "Suite 4"], city: "Madison", state: "WI", postal_code: "53703", country: "US" },
    phone: "(608) 555-0142",
    npi: "1234567893",
    time_zone: "America/Chicago",
    hours: (["monday", "tuesday", "wednesday", "thursday", "friday"] as const).map((weekday) => ({ weekday, opens: "08:00", closes: "17:00" })),
    anonymous_mrn: false,
    idle_minutes: 15,
  };
}

export function newWorld(state: World["state"], roles: Role[]): World {
  sequence = 184_203;
  minute = 0;
  const world: World = {
    state,
    practice: madeUpPractice(),
    patients: madeUpPatients(),
    staff: staff(roles),
    log: [],
    retained: madeUpRetained("00000000-0000-7000-8000-000000000001"),
    holds: [],
    destroyed: madeUpDestroyed(),
    keys: { since: "2026-01-05", due_on: "2027-01-05", due: false, old_keys: false, cause: null, values: 0 },
    merges: [],
    backups: madeUpBackups(),
    badBackup: null,
    plan: null,
    custodian: null,
    backupMissed: false,
    downtime: { ...NO_DOWNTIME },
    downtimeMissed: false,
    openedBackup: null,
    folder: { folder: "folder-1", name: "For the auditor" },
    associates: madeUpAssociates(),
    agreementFiles: new Map(),
    disclosures: madeUpDisclosures(),
    suspensions: madeUpSuspensions(),
    accountings: madeUpAccountings(),
    accessRequests: madeUpAccessRequests(),
    amendments: madeUpAmendments(),
    roles,
    session: null,
    drafts: [],
    passphrase: "correct horse battery staple",
    kitWords: WORDS.slice(),
    supportText: null,
    certificateFails: false,
    failures: 0,
    readOnly: null,
    demonstration: false,
    copy: null,
    backupBroken: false,
    records: { file: "records-1", name: "records-2026-11-14.zip.age", bytes: 3_482_112 },
    recordsPassphrase: null,
    received: [],
    receivedClosed: false,
    setup: madeUpSetup(),
    schedule: madeUpSchedule([]),
    theatre: structuredClone(NO_THEATRE),
  };
  world.schedule = madeUpSchedule(world.patients);
  world.received = madeUpReceived(world.patients.map((one) => one.id));
  fillLog(world);
  if (state === "signed_in") world.session = sessionOf(world);
  return world;
}

export const WORDS = "harbor velvet onion marble canyon ticket lemon orbit walnut signal meadow copper island thumb pencil glacier anchor violin pepper saddle lantern mosaic timber willow".split(" ");

const CLINICAL = ["exchange.received", "compliance.amendments", "patients.chart", "patients.versions", "patients.photo", "patients.set_photo", "patients.note_restriction", "patients.mark_deceased", "patients.correct", "patients.propose_merge", "patients.merges", "patients.confirm_merge", "patients.unmerge"];
const DESK = ["patients.search", "patients.register", "patients.possible_duplicates", "patients.front_desk_card"];
const OWN = ["identity.sign_out", "identity.lock", "identity.change_passphrase", "identity.new_second_factor", "identity.practice"];
const STAFF = ["identity.staff", "identity.invite", "identity.assign_role", "identity.revoke_role", "identity.suspend", "identity.reinstate", "identity.reset_sign_in", "identity.record_training", "identity.terminate", "identity.change_practice", "identity.new_recovery_kit"];
const KEYS = ["identity.key_status", "identity.rotate_keys", "identity.reseal", "exchange.decommission"];
const BACKUPS = ["exchange.back_up", "exchange.prove_backup", "exchange.backups", "exchange.plan_backups"];
const REGISTER_READ = ["compliance.associates", "compliance.agreement_file", "compliance.due"];
const REGISTER = [...REGISTER_READ, "compliance.keep_associate", "compliance.end_associate"];
const REQUESTS = ["request_access", "extend_access", "charge_access", "decide_access", "review_access", "deliver_access", "withdraw_access", "access_requests", "request_amendment", "extend_amendment", "accept_amendment", "tell_amendment", "deny_amendment", "state_disagreement", "accompany_disclosures", "rebut_disagreement", "amendment_requests", "decision_letter"];
const LEDGER = ["disclose", "correct_disclosure", "disclosures", "suspend_accounting", "lift_suspension", "request_accounting", "extend_accounting", "withdraw_accounting", "accounting_letter", "deliver_accounting", "accountings"].concat(REQUESTS).map((name) => `compliance.${name}`).concat("exchange.export_records", "exchange.export_population", "exchange.deidentify", "exchange.downtime", "exchange.plan_downtime", "exchange.downtime_page", "exchange.seal_downtime", "exchange.note_downtime");
const RETENTION = ["place_hold", "release_hold", "retained", "destroy"].map((name) => `compliance.${name}`);
const LOG = ["log.entries", "log.export", "log.verify", "log.status", "log.seal", "log.report"];
const SCHEDULE_READ = ["setup", "day", "week", "month", "visit", "patient_visits", "contacts", "gates_ahead", "keep_column_sets", "theatre_board"].map((name) => `scheduling.${name}`);
const SCHEDULE = [...SCHEDULE_READ, ...["openings", "check", "book", "move", "advance", "hold_slot", "release_slot", "wait", "leave_waitlist", "waitlist", "keep_contact", "note_desk", "repeat", "end_series", "reminders", "calendar_file", "keep_case", "cancel_case", "reinstate_case", "check_theatre", "reserve_theatre", "move_reservation", "release_theatre", "advance_theatre", "check_allocation", "allocate", "end_allocation"].map((name) => `scheduling.${name}`)];
const SCHEDULE_SET_UP = ["keep_site", "keep_department", "keep_resource", "keep_service", "keep_product", "keep_calendar", "keep_rule", "end_rule", "figures", "resettle"].map((name) => `scheduling.${name}`);
const SCHEDULE_WAIVE = ["scheduling.waive_gate", "scheduling.waive_lapse"];
const SCHEDULE_DETAIL = ["scheduling.clinical_visit", "scheduling.note_reason", "scheduling.note_case", "scheduling.clinical_case", ...SCHEDULE_WAIVE];
const MAY: Partial<Record<Role, string[]>> = {
  owner: [...STAFF, ...KEYS, ...LOG, ...DESK, ...CLINICAL, ...BACKUPS, ...REGISTER, ...LEDGER, ...RETENTION, ...SCHEDULE, ...SCHEDULE_SET_UP, ...SCHEDULE_DETAIL, "exchange.import_patients", "exchange.take_back", "patients.billing_card"],
  physician: [...DESK, ...CLINICAL, ...SCHEDULE, ...SCHEDULE_DETAIL],
  nurse: [...DESK, ...CLINICAL, ...SCHEDULE, ...SCHEDULE_DETAIL],
  receptionist: [...DESK, ...SCHEDULE],
  department_manager: [...SCHEDULE, ...SCHEDULE_SET_UP, ...SCHEDULE_WAIVE],
  it_support: ["exchange.back_up", "exchange.backups", "exchange.plan_backups"],
  biller: [...SCHEDULE_READ, "patients.search", "patients.billing_card"],
  privacy_officer: [...LOG, ...REGISTER, ...LEDGER, ...RETENTION, "identity.staff", "patients.search", "patients.front_desk_card", ...SCHEDULE_READ],
  security_officer: [...LOG, ...BACKUPS, ...REGISTER, "identity.staff"],
  auditor: [...LOG, ...REGISTER_READ, "identity.staff"],
};

export function sessionOf(world: World): SessionView {
  return {
    staff: "staff-1",
    user_name: "n.ito",
    display_name: "Dr. Naomi Ito",
    roles: world.roles,
    operations: [...new Set([...OWN, ...world.roles.flatMap((role) => MAY[role] ?? [])])],
    idle_minutes: world.practice.idle_minutes,
    recovery_kit_confirmed: true,
    second_factor_confirmed: true,
    signed_in_at: `${TODAY}T09:12:00${OFFSET}`,
    drafts: world.drafts,
  };
}

function staff(roles: Role[]): StaffCard[] {
  const card = (number: number, user: string, family: string, given: string, held: Role[], status: StaffCard["status"], training: string | null): StaffCard => ({
    staff: `staff-${number}`,
    user_name: user,
    name: { family, given: [given], prefix: null, suffix: null },
    display_name: held.includes("physician") ? `Dr. ${given} ${family}` : `${given} ${family}`,
    status,
    roles: held.map((role, index) => ({ assignment: `assignment-${number}-${index}`, role, valid_from: `2025-03-0${number}T08:00:00${OFFSET}`, valid_until: null, revoked_at: null, active: status === "active" })),
    training_completed_on: training,
    invited_until: status === "invited" ? `2026-11-24T09:00:00${OFFSET}` : null,
    termination: null,
  });
  return [
    card(1, "n.ito", "Ito", "Naomi", roles.includes("physician") ? roles : [...roles, "physician"], "active", "2026-02-03"),
    card(2, "p.osei", "Osei", "Peter", ["physician"], "active", "2026-01-18"),
    card(3, "r.alvarez", "Alvarez", "Rosa", ["nurse"], "active", "2026-03-22"),
    card(4, "d.whitfield", "Whitfield", "Dana", ["receptionist"], "active", null),
    card(5, "k.brandt", "Brandt", "Kai", ["biller"], "suspended", "2025-11-30"),
    card(6, "m.feld", "Feld", "Miriam", ["privacy_officer"], "active", "2026-05-11"),
    card(7, "t.haddad", "Haddad", "Tariq", ["receptionist"], "invited", null),
  ];
}

export interface Entry {
  operation: string;
  purpose: Purpose | null;
  outcome: Outcome;
  patients?: string[];
  code?: string | null;
  correlation?: string;
  reason?: string | null;
  actor?: string;
}

export function write(world: World, entry: Entry): void {
  sequence += 1;
  world.log.unshift({
    sequence,
    at: instant(),
    actor: entry.actor ?? "staff-1",
    role: world.roles[0] ?? "owner",
    operation: entry.operation,
    purpose: entry.purpose,
    patients: entry.patients ?? [],
    outcome: entry.outcome,
    reason: entry.reason ?? null,
    workstation: "front-desk-1",
    session: "session-7c41",
    correlation: entry.correlation ?? `c-${sequence}`,
    changes: entry.outcome === "done" && /register|correct|change|note|mark|import/.test(entry.operation) ? 1 : 0,
    code: entry.code ?? null,
  });
}

const PAST: readonly [string, string, Outcome, number, string][] = [
  ["identity.sign_in", "staff-1", "done", 1, ""],
  ["patients.search", "staff-1", "done", 7, "visit-a"],
  ["patients.chart", "staff-1", "done", 1, ""],
  ["patients.correct", "staff-1", "refused", 1, ""],
  ["patients.correct", "staff-1", "done", 1, ""],
  ["patients.search", "staff-4", "done", 12, "visit-b"],
  ["patients.front_desk_card", "staff-4", "done", 1, ""],
  ["patients.chart", "staff-4", "denied", 1, ""],
  ["patients.register", "staff-4", "done", 1, ""],
  ["identity.sign_in", "staff-5", "refused", 2, ""],
  ["exchange.import_patients", "staff-1", "done", 6, "import-a"],
  ["patients.chart", "staff-3", "done", 1, ""],
  ["log.verify", "staff-6", "done", 1, ""],
];

function fillLog(world: World): void {
  let day = 1;
  sequence -= 640;
  for (let round = 0; round < 24; round += 1) {
    for (const [index, [operation, actor, outcome, times, correlation]] of PAST.entries()) {
      for (let time = 0; time < times; time += 1) {
        const patient = world.patients[(round * 7 + index + time) % world.patients.length];
        write(world, {
          operation,
          actor,
          outcome,
          purpose: actor === "staff-3" ? "treatment" : "operations",
          patients: operation.startsWith("patients") && patient ? [patient.id] : [],
          code: outcome === "refused" ? (operation.startsWith("identity") ? "identity.sign_in_failed" : "patients.birth_in_future") : null,
          ...(correlation ? { correlation: `${correlation}-${round}` } : {}),
        });
        const row = world.log[0];
        if (row) row.at = `2026-11-${String(day).padStart(2, "0")}${row.at.slice(10)}`;
      }
    }
    day = Math.min(20, day + 1);
  }
}

export function versionsOf(patient: FakePatient): PatientVersion[] {
  return patient.versions.map((one, index) => ({ version: index + 1, at: one.at, by: one.by, changed: one.changed }));
}
