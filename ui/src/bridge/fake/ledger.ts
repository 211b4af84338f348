import type { DisclosureBasis, DisclosureDetails, DisclosureRow, SuspensionRow } from "../generated";
import { holds } from "./agreements";
import { refuse, type Answers } from "./answers";
import { day, past, plus, real, required, today } from "./calendar";
import { instant, type World } from "./world";

const SPOKEN_DAYS = 30;
/** Where each basis stands in 45 CFR; a star marks what must be accounted for. */
const CITES: Record<DisclosureBasis, string> = {
  treatment: "164.506(c)(1)", payment: "164.506(c)(3)", operations: "164.506(c)(4)", individual: "164.524", incidental: "164.502(a)(1)(iii)", authorization: "164.508",
  involved_in_care: "164.510", national_security: "164.512(k)(2)", custody: "164.512(k)(5)", limited_data_set: "164.514(e)", required_by_law: "*164.512(a)", public_health: "*164.512(b)",
  abuse: "*164.512(c)", oversight: "*164.512(d)", judicial: "*164.512(e)", law_enforcement: "*164.512(f)", decedent: "*164.512(g)", organ_donation: "*164.512(h)", research: "*164.512(i)",
  serious_threat: "*164.512(j)", government: "*164.512(k)", workers_compensation: "*164.512(l)", secretary: "*164.502(a)(2)(ii)", impermissible: "*164.528(a)(1)",
};

export interface FakeDisclosure extends DisclosureDetails {
  id: string;
  patient: string;
  recorded_at: string;
  corrects: string | null;
  void: boolean;
  correction: string | null;
  file_sha256: string | null;
}

export type FakeSuspension = Omit<SuspensionRow, "lives"> & { patient: string; lifted: boolean };

const GRACE = "00000000-0000-7000-8000-000000000001";

export function madeUpDisclosure(change: Partial<FakeDisclosure> & { id: string }): FakeDisclosure {
  return {
    patient: GRACE,
    disclosed_on: day(-12),
    recorded_at: `${change.disclosed_on ?? day(-12)}T10:42:00-05:00`,
    recipient: { kind: "authority", name: "Dane County Public Health", address: "210 Martin Luther King Jr Blvd, Madison WI", associate: null },
    description: "Positive pertussis test of that day",
    purpose: "Reportable disease",
    basis: "public_health",
    authorization: null,
    verification: "Called back on the published number",
    request_reference: null,
    corrects: null,
    void: false,
    correction: null,
    file_sha256: null,
    ...change,
  };
}

export function madeUpDisclosures(): FakeDisclosure[] {
  return [
    madeUpDisclosure({ id: "disclosure-1" }),
    madeUpDisclosure({ id: "disclosure-2", disclosed_on: day(-40), recipient: { kind: "court", name: "Dane County Circuit Court", address: null, associate: null }, description: "Notes of visits in 2025", purpose: "Subpoena in case 26-CV-118", basis: "judicial", verification: "Court order read, number 26-CV-118" }),
    madeUpDisclosure({ id: "disclosure-3", disclosed_on: day(-41), recipient: { kind: "court", name: "Dane County Circuit Court", address: null, associate: null }, description: "Notes of visits in 2024", purpose: "Subpoena in case 26-CV-118", basis: "judicial", verification: "Court order read, number 26-CV-118", corrects: "disclosure-2", correction: "It was the notes of 2024" }),
    madeUpDisclosure({ id: "disclosure-4", disclosed_on: day(-55), recipient: { kind: "authority", name: "County Sheriff", address: null, associate: null }, description: "Date of the last visit", purpose: "Missing person", basis: "law_enforcement" }),
    madeUpDisclosure({ id: "disclosure-5", disclosed_on: day(-80), recipient: { kind: "individual", name: "Grace Hallorán", address: null, associate: null }, description: "Whole record as files", purpose: "At the patient’s request", basis: "individual", verification: "Photo ID checked", file_sha256: "9a0b".repeat(16) }),
    madeUpDisclosure({ id: "disclosure-6", disclosed_on: day(-120), recipient: { kind: "other", name: "Madison Youth Camp", address: null, associate: null }, description: "Immunizations", purpose: "Asked for by the patient", basis: "authorization", authorization: { signed_on: day(-125), expires_on: day(-30), expires_with: null }, verification: "Letterhead and signature" }),
  ];
}

export function madeUpSuspensions(): FakeSuspension[] {
  return [{ suspension: "suspension-1", patient: GRACE, agency: "County Sheriff", stated_on: day(-10), until: day(20), spoken: true, lifted: false }];
}

export function accountableBasis(basis: DisclosureBasis): boolean {
  return CITES[basis].startsWith("*");
}

export function citeOf(basis: DisclosureBasis): string {
  return CITES[basis].replace("*", "");
}

function lives(one: FakeSuspension): boolean {
  return !one.lifted && one.stated_on <= today() && today() <= one.until;
}

export function isHidden(world: World, row: FakeDisclosure): boolean {
  const agency = row.recipient.name.toLowerCase();
  return (row.basis === "oversight" || row.basis === "law_enforcement") && world.suspensions.some((one) => one.patient === row.patient && lives(one) && one.agency.toLowerCase() === agency);
}

export function rowsOf(world: World, patient: string): DisclosureRow[] {
  const rows = world.disclosures.filter((one) => one.patient === patient).toSorted((a, b) => (a.disclosed_on === b.disclosed_on ? b.id.localeCompare(a.id) : b.disclosed_on.localeCompare(a.disclosed_on)));
  return rows.map((row) => {
    const correctedBy = rows.find((other) => other.corrects === row.id)?.id ?? null;
    const { id, patient: _patient, ...kept } = row;
    return {
      ...kept,
      disclosure: id,
      cite: citeOf(row.basis),
      authorization: row.authorization ?? null,
      verification: row.verification ?? null,
      request_reference: row.request_reference ?? null,
      released_by: "n.ito",
      accountable: !row.void && correctedBy === null && accountableBasis(row.basis),
      suspended: isHidden(world, row),
      corrected_by: correctedBy,
    };
  });
}

/** Checks what was typed of a disclosure, in the order in which Rust does. */
export function checkDisclosure(world: World, typed: DisclosureDetails): void {
  past(typed.disclosed_on, "disclosed_on");
  const { recipient, authorization } = typed;
  required(recipient.name, "recipient.name");
  if (recipient.kind === "business_associate" && recipient.associate === null) refuse("compliance.associate_missing", "recipient.associate", "Choose the business associate from the register.");
  if (recipient.associate !== null && !holds(world, recipient.associate, typed.disclosed_on)) refuse("compliance.no_agreement", "recipient.associate", "Sign one and enter it in the register first.");
  if (authorization && !authorization.expires_on && !authorization.expires_with) refuse("compliance.missing", "authorization.expires_on", "Fill in this field.");
  if (authorization) real(authorization.signed_on, "authorization.signed_on");
  if (typed.basis === "authorization") {
    if (!authorization) return refuse("compliance.no_authorization", "authorization", "Enter when it was signed and when it ends.");
    if (authorization.signed_on > typed.disclosed_on) refuse("compliance.authorization_invalid", "authorization.signed_on", "Ask the patient for a new one.");
    if (authorization.expires_on && authorization.expires_on < typed.disclosed_on) refuse("compliance.authorization_invalid", "authorization.expires_on", "Ask the patient for a new one.");
  }
  const asked = typed.basis !== "impermissible" && typed.basis !== "incidental";
  if (asked && (typed.verification ?? "").trim() === "") refuse("compliance.not_verified", "verification", "Say how you made sure who asked.");
  required(typed.description, "description");
  required(typed.purpose, "purpose");
}

export function record(world: World, patient: string, details: DisclosureDetails, more: Partial<FakeDisclosure> = {}): FakeDisclosure {
  checkDisclosure(world, details);
  const row: FakeDisclosure = { ...details, id: `disclosure-${world.disclosures.length + 1}`, patient, recorded_at: instant(), corrects: null, void: false, correction: null, file_sha256: null, ...more };
  world.disclosures.push(row);
  return row;
}

export function nameOf(world: World, patient: string) {
  const found = world.patients.find((one) => one.id === patient) ?? refuse("patients.unknown", "patient", "Search for the patient again.");
  const newest = found.versions[found.versions.length - 1]?.record;
  return { display_name: newest ? `${newest.name.family}, ${newest.name.given.join(" ")}` : "", mrn: found.mrn, date_of_birth: newest?.date_of_birth ?? null };
}

type Ledger = "compliance.disclose" | "compliance.correct_disclosure" | "compliance.disclosures" | "compliance.suspend_accounting" | "compliance.lift_suspension";

export const ledger: Pick<Answers<"compliance">, Ledger> = {
  "compliance.disclose": (world, input) => {
    const row = record(world, input.patient, input.details);
    return { disclosure: row.id, accountable: accountableBasis(row.basis) };
  },
  "compliance.correct_disclosure": (world, input) => {
    const wrong = world.disclosures.find((one) => one.id === input.disclosure) ?? refuse("compliance.unknown_disclosure", "disclosure", "Choose one from the list.");
    if (world.disclosures.some((one) => one.corrects === wrong.id)) refuse("compliance.corrected_before", "disclosure", "Correct the row that replaced it.");
    const correction = required(input.correction, "correction");
    const row = input.details
      ? record(world, wrong.patient, input.details, { corrects: wrong.id, correction })
      : { ...wrong, id: `disclosure-${world.disclosures.length + 1}`, corrects: wrong.id, void: true, correction, recorded_at: instant() };
    if (!input.details) world.disclosures.push(row);
    return { disclosure: row.id, accountable: !row.void && accountableBasis(row.basis) };
  },
  "compliance.disclosures": (world, input) => ({
    ...nameOf(world, input.patient),
    rows: rowsOf(world, input.patient),
    suspensions: world.suspensions.filter((one) => one.patient === input.patient).map((one) => {
      const { patient: _patient, lifted: _lifted, ...kept } = one;
      return { ...kept, lives: lives(one) };
    }),
  }),
  "compliance.suspend_accounting": (world, input) => {
    required(input.agency, "agency");
    past(input.stated_on, "stated_on");
    if (!input.spoken && !input.until) refuse("compliance.statement_end", "until", "A written statement says how long it holds.");
    if (!input.spoken && input.until && real(input.until, "until") < input.stated_on) refuse("compliance.date_order", "until", "Check both.");
    required(input.statement, "statement");
    const until = input.spoken ? plus(input.stated_on, SPOKEN_DAYS) : (input.until ?? "");
    world.suspensions.unshift({ suspension: `suspension-${world.suspensions.length + 1}`, patient: input.patient, agency: input.agency, stated_on: input.stated_on, until, spoken: input.spoken, lifted: false });
    return null;
  },
  "compliance.lift_suspension": (world, input) => {
    const living = world.suspensions.find((one) => one.suspension === input.suspension && lives(one)) ?? refuse("compliance.unknown_suspension", "suspension", "It has ended.");
    living.lifted = true;
    return null;
  },
};
