import type { AmendmentRequestList, AmendmentAccepted, AmendmentDenied, AmendmentDisagreement, AmendmentGround, AmendmentRebuttal, AmendmentRow, AmendmentState, AmendmentTarget, DecisionLetter, DecisionLetterKind, Due, Extension, PersonTold, Requester, TellPerson } from "../generated";
import { checkedRequester, extended } from "./access";
import { refuse, type Answers } from "./answers";
import { day, past, plus, required, today } from "./calendar";
import { nameOf } from "./ledger";
import type { World } from "./world";

const DAYS = 60;
const EXTENSION_DAYS = 30;
const PERSONS_MAX = 30;
const GRACE = "00000000-0000-7000-8000-000000000001";
const GROUNDS: ReadonlySet<string> = new Set<AmendmentGround>(["not_created_by_us", "not_in_record_set", "not_open_to_access", "accurate_and_complete"]);

export interface FakeAmendment {
  id: string;
  patient: string;
  requester: Requester;
  received_on: string;
  target: AmendmentTarget;
  text: string;
  reason: string | null;
  extension: Extension | null;
  accepted: AmendmentAccepted | null;
  denied: AmendmentDenied | null;
  disagreement: AmendmentDisagreement | null;
  accompany_asked_on: string | null;
  rebuttal: AmendmentRebuttal | null;
}

export function madeUpAmendment(change: Partial<FakeAmendment> & { id: string }): FakeAmendment {
  return {
    patient: GRACE,
    requester: { representative: null, verification: "Known in person" },
    received_on: day(-10),
    target: { kind: "patient", version: 1 },
    text: "My middle name is Anne, with an e.",
    reason: "It stands so on my birth certificate",
    extension: null,
    accepted: null,
    denied: null,
    disagreement: null,
    accompany_asked_on: null,
    rebuttal: null,
    ...change,
  };
}

export function madeUpAmendments(): FakeAmendment[] {
  const denied = { ground: "accurate_and_complete" as const, basis: "The address is the one that the patient gave on that day, and the signed form says the same.", told_on: day(-60) };
  return [
    madeUpAmendment({ id: "amendment-1" }),
    madeUpAmendment({ id: "amendment-2", patient: "00000000-0000-7000-8000-000000000003", received_on: day(-95), text: "I never lived on Spring Street.", reason: null, denied, disagreement: { text: "I did not sign that form. My sister filled it in for me, and she mixed up the houses.", received_on: day(-40) } }),
    madeUpAmendment({ id: "amendment-3", patient: "00000000-0000-7000-8000-000000000005", received_on: day(-150), accepted: { appended: "Born a day earlier than first recorded: see the certificate of April 2.", version: null, told_on: day(-120), persons: [{ name: "Dane County Public Health", told_on: day(-119) }] } }),
  ];
}

function stateOf(of: FakeAmendment): AmendmentState {
  if (of.accepted) return "accepted";
  return of.denied ? "denied" : "waiting";
}

function dueOn(of: FakeAmendment): string {
  return plus(of.received_on, of.extension ? DAYS + EXTENSION_DAYS : DAYS);
}

function rowOf(world: World, of: FakeAmendment): AmendmentRow {
  const { display_name, mrn } = nameOf(world, of.patient);
  const { id, ...kept } = of;
  const waits = stateOf(of) === "waiting";
  return { ...kept, amendment: id, display_name, mrn, state: stateOf(of), due_on: dueOn(of), overdue: waits && today() > dueOn(of), can_extend: waits && of.extension === null && today() <= plus(of.received_on, DAYS) };
}

function any(world: World, id: string): FakeAmendment {
  return world.amendments.find((one) => one.id === id) ?? refuse("compliance.unknown_request", "amendment", "Choose one from the list.");
}

function takeUp(world: World, id: string): FakeAmendment {
  const found = any(world, id);
  return stateOf(found) === "waiting" ? found : refuse("compliance.decided_before", "amendment", "It was decided.");
}

function newest(world: World, patient: string): number {
  return world.patients.find((one) => one.id === patient)?.versions.length ?? 0;
}

function after(typed: string, first: string, field: string): string {
  return past(typed, field) < first ? refuse("compliance.date_order", field, "Check both.") : typed;
}

function told(one: TellPerson, first: string, place: string): PersonTold {
  return { name: required(one.name, `${place}name`), told_on: after(one.told_on, first, `${place}told_on`) };
}

function denialOf(of: FakeAmendment): AmendmentDenied {
  return of.denied ?? refuse("compliance.not_denied", "amendment", "Nothing was denied.");
}

/** Amendments that wait are due by these days. */
export function dueAmendments(world: World): Due[] {
  return world.amendments.filter((one) => stateOf(one) === "waiting").map((one) => ({ kind: "amendment", on: dueOn(one), overdue: dueOn(one) < today(), associate: null }));
}

/** Whether there is such a letter is what matters here; the words of it are Rust's. */
export function letterOf(world: World, kind: DecisionLetterKind, request: string): DecisionLetter {
  const of = world.accessRequests.find((one) => one.id === request) ?? world.amendments.find((one) => one.id === request) ?? refuse("compliance.unknown_request", "request", "Choose one from the list.");
  const denied = "decision" in of ? (of.decision?.ground ?? null) !== null : of.denied !== null;
  const there = kind.endsWith("extended") ? of.extension !== null : denied;
  if (!there || kind.startsWith("access") !== "decision" in of) refuse("compliance.no_letter", "request", "There is no such letter.");
  const { display_name, mrn, date_of_birth } = nameOf(world, of.patient);
  return { kind, practice: world.practice, date: today(), display_name, mrn, date_of_birth, addressee: of.requester.representative?.name ?? display_name, mail_to: [], received_on: of.received_on, asked: null, partly: false, access_ground: null, amendment_ground: null, cite: null, basis: null, reviewable: false, reason: of.extension?.reason ?? null, answered_by: null };
}

function listOf(world: World, patient: string | null): AmendmentRequestList {
  const rows = world.amendments.filter((one) => patient === null || one.patient === patient).map((one) => rowOf(world, one));
  const waits = (row: AmendmentRow) => row.state === "waiting";
  return { rows: [...rows.filter(waits).toSorted((a, b) => a.due_on.localeCompare(b.due_on)), ...rows.filter((row) => !waits(row)).toSorted((a, b) => b.received_on.localeCompare(a.received_on))] };
}

type Amendments = `compliance.${"request_amendment" | "extend_amendment" | "accept_amendment" | "tell_amendment" | "deny_amendment" | "state_disagreement" | "accompany_disclosures" | "rebut_disagreement" | "amendment_requests" | "amendments" | "decision_letter"}`;

export const amendments: Pick<Answers<"compliance">, Amendments> = {
  "compliance.request_amendment": (world, input) => {
    nameOf(world, input.patient);
    if (input.target.version < 1 || input.target.version > newest(world, input.patient)) refuse("compliance.unknown_version", "target.version", "Choose one from the list.");
    const made = madeUpAmendment({ id: `amendment-${world.amendments.length + 1}`, patient: input.patient, requester: checkedRequester(input.requester), received_on: past(input.received_on, "received_on"), target: input.target, text: required(input.text, "text"), reason: input.reason ?? null });
    world.amendments.push(made);
    return { amendment: made.id, due_on: dueOn(made) };
  },
  "compliance.extend_amendment": (world, input) => {
    const of = takeUp(world, input.amendment);
    of.extension = extended(of, input, DAYS, "amendment");
    return null;
  },
  "compliance.accept_amendment": (world, input) => {
    const of = takeUp(world, input.amendment);
    const told_on = after(input.told_on, of.received_on, "told_on");
    if (input.persons.length > PERSONS_MAX) refuse("compliance.too_many_told", "persons", "Name fewer.");
    const persons = input.persons.map((one, place) => told(one, of.received_on, `persons.${place}.`));
    const [appended, version] = [input.appended ?? null, input.version ?? null];
    if (appended === null && version === null) refuse("compliance.amendment_link", "appended", "Say what was added, or which version carries it.");
    if (version !== null && (version <= of.target.version || version > newest(world, of.patient))) refuse("compliance.unknown_version", "version", "Choose one from the list.");
    of.accepted = { appended, version, told_on, persons };
    return null;
  },
  "compliance.tell_amendment": (world, input) => {
    const of = any(world, input.amendment);
    const accepted = of.accepted ?? refuse("compliance.not_accepted", "amendment", "Accept it first.");
    if (accepted.persons.length >= PERSONS_MAX) refuse("compliance.too_many_told", "person", "Name fewer.");
    accepted.persons.push(told(input.person, of.received_on, "person."));
    return null;
  },
  "compliance.deny_amendment": (world, input) => {
    const of = takeUp(world, input.amendment);
    if (!GROUNDS.has(input.ground)) refuse("compliance.amendment_ground", "ground", "Choose one of the four.");
    of.denied = { ground: input.ground, basis: required(input.basis, "basis"), told_on: after(input.told_on, of.received_on, "told_on") };
    return null;
  },
  "compliance.state_disagreement": (world, input) => {
    const of = any(world, input.amendment);
    const denial = denialOf(of);
    if (of.disagreement) refuse("compliance.said_before", "amendment", "It was said.");
    of.disagreement = { text: required(input.text, "text"), received_on: after(input.received_on, denial.told_on, "received_on") };
    return null;
  },
  "compliance.accompany_disclosures": (world, input) => {
    const of = any(world, input.amendment);
    const denial = denialOf(of);
    if (of.accompany_asked_on !== null) refuse("compliance.said_before", "amendment", "It was said.");
    of.accompany_asked_on = after(input.asked_on, denial.told_on, "asked_on");
    return null;
  },
  "compliance.rebut_disagreement": (world, input) => {
    const of = any(world, input.amendment);
    const statement = of.disagreement ?? refuse("compliance.no_disagreement", "amendment", "There is no statement.");
    if (of.rebuttal) refuse("compliance.said_before", "amendment", "It was said.");
    of.rebuttal = { text: required(input.text, "text"), sent_on: after(input.sent_on, statement.received_on, "sent_on") };
    return null;
  },
  "compliance.amendment_requests": (world, input) => listOf(world, input.patient ?? null),
  "compliance.amendments": (world, input) => listOf(world, input.patient),
  "compliance.decision_letter": (world, input) => letterOf(world, input.kind, input.request),
};
