import type { AgreementState, AssociateRow, Clause, Due, KeepAssociate } from "../generated";
import { refuse, type Answers } from "./answers";
import { day, daysBetween, real, required, today } from "./calendar";
import type { World } from "./world";

export const CLAUSES: readonly Clause[] = ["permitted_uses", "safeguards", "reporting", "subcontractors", "access", "amendment", "accounting", "books_and_records", "return_or_destroy", "termination"];
const WARNING_DAYS = 60;
const BASE64_MAX = Math.ceil((4 * 1024 * 1024) / 3) * 4;

/** What the fake keeps of an associate; how it stands is found when somebody looks. */
export type FakeAssociate = Omit<AssociateRow, "state" | "missing_clauses">;

export function madeUpAssociate(change: Partial<FakeAssociate> & { associate: string; name: string }): FakeAssociate {
  return {
    version: 1,
    contact: "Ana Reyes",
    phone: "(608) 555-0161",
    email: null,
    services: "Keeps our backups in its vault",
    phi_categories: null,
    subcontractors: [],
    signed_on: day(-300),
    effective_on: day(-300),
    expires_on: null,
    review_on: null,
    clauses: [...CLAUSES],
    incident_notice_hours: 24,
    return_or_destroy: "Destroys everything within 30 days and certifies it in writing",
    agreement_sha256: null,
    ended_on: null,
    returned: null,
    ...change,
  };
}

export function madeUpAssociates(): FakeAssociate[] {
  return [
    madeUpAssociate({ associate: "associate-1", name: "Drive Keeper LLC", expires_on: day(48), agreement_sha256: "5d41c0de".repeat(8), subcontractors: ["Cold Storage Inc"] }),
    madeUpAssociate({ associate: "associate-2", name: "Badger Billing Service", contact: "Joel Tran", services: "Sends claims and posts payments", phi_categories: "Names, insurance, diagnoses and charges", clauses: CLAUSES.filter((one) => one !== "termination" && one !== "subcontractors") }),
    madeUpAssociate({ associate: "associate-3", name: "Clearwater Transcription", contact: "Dee Oakes", phone: null, email: "dee@clearwater.example", services: "Types dictated notes", signed_on: null, effective_on: null, clauses: [] }),
    madeUpAssociate({ associate: "associate-4", name: "Old Shredding Co", contact: "Sam Lund", services: "Destroys paper records", expires_on: day(-20) }),
    madeUpAssociate({ associate: "associate-5", name: "Fax Forward", contact: "Lee Moss", services: "Receives faxes", ended_on: day(-90), returned: "Destroyed, certificate in the office safe" }),
  ];
}

export function stateOf(of: FakeAssociate): AgreementState {
  if (of.signed_on === null || of.effective_on === null) return "unsigned";
  if (of.ended_on !== null && of.ended_on <= today()) return "ended";
  if (today() < of.effective_on) return "not_yet";
  if (of.expires_on === null) return "in_force";
  if (of.expires_on < today()) return "expired";
  return daysBetween(today(), of.expires_on) <= WARNING_DAYS ? "expiring" : "in_force";
}

/** Says whether an agreement holds on a day, as the ledger and the backups ask. */
export function holds(world: World, associate: string, on: string): boolean {
  const found = world.associates.find((one) => one.associate === associate);
  if (!found?.signed_on || !found.effective_on) return false;
  const from = found.signed_on > found.effective_on ? found.signed_on : found.effective_on;
  return from <= on && (found.expires_on === null || on <= found.expires_on) && (found.ended_on === null || on < found.ended_on);
}

function rowOf(of: FakeAssociate): AssociateRow {
  return { ...of, state: stateOf(of), missing_clauses: CLAUSES.filter((one) => !of.clauses.includes(one)) };
}

function named(world: World, id: string): FakeAssociate {
  return world.associates.find((row) => row.associate === id) ?? refuse("compliance.unknown_associate", "associate", "Choose one from the register.");
}

function check(input: KeepAssociate): void {
  if (input.signed_on && real(input.signed_on, "signed_on") > today()) refuse("compliance.date_in_future", "signed_on", "Enter the day on which it happened.");
  for (const field of ["effective_on", "expires_on", "review_on"] as const) if (input[field]) real(input[field], field);
  if (input.signed_on && !input.effective_on) refuse("compliance.missing", "effective_on", "Fill in this field.");
  if (input.expires_on && input.effective_on && input.expires_on < input.effective_on) refuse("compliance.date_order", "expires_on", "Check both.");
  if (input.incident_notice_hours < 1 || input.incident_notice_hours > 1440) refuse("compliance.notice_too_long", "incident_notice_hours", "Enter a number of hours from 1 to 1440.");
  for (const field of ["name", "contact", "services", "return_or_destroy"] as const) required(input[field], field);
  const pdf = input.agreement_base64;
  if (pdf && (pdf.length > BASE64_MAX || !atob(pdf).startsWith("%PDF-"))) refuse("compliance.not_pdf", "agreement_base64", "Choose another file.");
}

function dueOf(of: FakeAssociate): Due[] {
  const due = (kind: Due["kind"], on: string | null): Due => ({ kind, on, overdue: on === null || on < today(), associate: of.name });
  const state = stateOf(of);
  const kind = ({ expiring: "agreement_expiring", expired: "agreement_expired", unsigned: "agreement_unsigned" } as const)[state as "expiring" | "expired" | "unsigned"];
  const review = of.review_on !== null && of.review_on <= today() && state !== "ended" ? [due("agreement_review", of.review_on)] : [];
  return [...(kind ? [due(kind, state === "unsigned" ? null : of.expires_on)] : []), ...review];
}

/** What the register wants done, in the order of its days. */
export function dueAgreements(world: World): Due[] {
  return world.associates.flatMap(dueOf);
}

type Register = "compliance.keep_associate" | "compliance.end_associate" | "compliance.associates" | "compliance.agreement_file";

export const agreements: Pick<Answers<"compliance">, Register> = {
  "compliance.keep_associate": (world, input) => {
    const before = input.associate ? named(world, input.associate) : null;
    if (before && before.version !== input.expected_version) refuse("compliance.stale", null, "Look at it again, then make your change.");
    if (before?.ended_on) refuse("compliance.agreement_ended", "associate", "Enter the new one as a new associate.");
    check(input);
    const { expected_version: _version, agreement_base64: pdf, ...typed } = input;
    const associate = before?.associate ?? `associate-${world.associates.length + 1}`;
    const kept = { ...typed, associate, version: (before?.version ?? 0) + 1, agreement_sha256: pdf ? "0f3a".repeat(16) : (before?.agreement_sha256 ?? null), ended_on: null, returned: null };
    world.associates = [...world.associates.filter((row) => row.associate !== associate), kept];
    if (pdf) world.agreementFiles.set(associate, pdf);
    return { associate, missing_clauses: rowOf(kept).missing_clauses };
  },
  "compliance.end_associate": (world, input) => {
    const ended = named(world, input.associate);
    if (ended.ended_on) refuse("compliance.agreement_ended", "associate", "Enter the new one as a new associate.");
    if (real(input.ended_on, "ended_on") > today()) refuse("compliance.date_in_future", "ended_on", "Enter the day on which it happened.");
    required(input.returned, "returned");
    Object.assign(ended, { ended_on: input.ended_on, returned: input.returned, version: ended.version + 1 });
    return null;
  },
  "compliance.associates": (world) => ({ rows: world.associates.map(rowOf).toSorted((a, b) => a.name.localeCompare(b.name)) }),
  "compliance.agreement_file": (world, input) => {
    const sha256 = named(world, input.associate).agreement_sha256 ?? refuse("compliance.no_agreement_file", "associate", "Add the file in the register.");
    return { pdf_base64: world.agreementFiles.get(input.associate) ?? btoa("%PDF-1.7\n"), sha256 };
  },
};
