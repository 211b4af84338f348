import type { AmendmentGround, AmendmentRow, AmendmentState, DecisionLetter, PersonTold, TellPerson } from "../generated";
import { accessLetter, asker, blankLetter, extended } from "./access";
import { refuse, type Answers } from "./answers";
import { day, past, plus, required, today } from "./calendar";
import { nameOf } from "./ledger";
import type { World } from "./world";

const DAYS = 60;
const EXTENSION_DAYS = 30;
const PERSONS_MAX = 30;
const GROUNDS: Record<AmendmentGround, string> = { not_created_by_us: "164.526(a)(2)(i)", not_in_record_set: "164.526(a)(2)(ii)", not_open_to_access: "164.526(a)(2)(iii)", accurate_and_complete: "164.526(a)(2)(iv)" };

/** A request as it is kept; the rest of a row is counted. */
export type FakeAmendment = Omit<AmendmentRow, "amendment" | "display_name" | "mrn" | "state" | "due_on" | "overdue" | "can_extend"> & { id: string };

export function madeUpAmendment(change: Partial<FakeAmendment> & { id: string }): FakeAmendment {
  return {
    patient: "00000000-0000-7000-8000-000000000001", requester: { representative: null, verification: "Photo ID" }, received_on: day(-18), target: { kind: "patient", version: 1 }, text: "I was born a day earlier.",
    reason: "My birth certificate says so.", extension: null, accepted: null, denied: null, disagreement: null, accompany_asked_on: null, rebuttal: null, ...change,
  };
}

export function madeUpAmendments(): FakeAmendment[] {
  return [
    madeUpAmendment({ id: "amendment-1" }),
    madeUpAmendment({ id: "amendment-2", patient: "00000000-0000-7000-8000-000000000003", received_on: day(-63), text: "My middle name is missing.", reason: null }),
    madeUpAmendment({
      id: "amendment-3", received_on: day(-120), text: "I never lived at that address.", denied: { ground: "accurate_and_complete", basis: "The lease in the record names this address.", told_on: day(-100) },
      disagreement: { text: "The lease was my sister’s.", received_on: day(-90) },
    }),
    madeUpAmendment({ id: "amendment-4", patient: "00000000-0000-7000-8000-000000000005", received_on: day(-200), accepted: { appended: "The legal name changed on marriage.", version: null, told_on: day(-190), persons: [{ name: "Dane County Public Health", told_on: day(-188) }] } }),
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
  const state = stateOf(of);
  const waits = state === "waiting";
  return { ...kept, amendment: id, display_name, mrn, state, due_on: dueOn(of), overdue: waits && today() > dueOn(of), can_extend: waits && of.extension === null && today() <= plus(of.received_on, DAYS) };
}

function find(world: World, id: string): FakeAmendment {
  return world.amendments.find((one) => one.id === id) ?? refuse("compliance.unknown_request", "amendment", "Choose one from the list.");
}

function takeUp(world: World, id: string): FakeAmendment {
  const found = find(world, id);
  return stateOf(found) === "waiting" ? found : refuse("compliance.decided_before", "amendment", "The decision stays as it was sent.");
}

function since(typed: string, first: string, field: string): string {
  return past(typed, field) < first ? refuse("compliance.date_order", field, "Check both.") : typed;
}

function told(typed: TellPerson, first: string, place: string): PersonTold {
  return { name: required(typed.name, `${place}.name`), told_on: since(typed.told_on, first, `${place}.told_on`) };
}

function newest(world: World, patient: string): number {
  return world.patients.find((one) => one.id === patient)?.versions.length ?? 0;
}

function denialOf(of: FakeAmendment): { told_on: string } {
  return of.denied ?? refuse("compliance.not_denied", "amendment", "This request was not denied.");
}

function amendmentLetter(world: World, kind: "amendment_denied" | "amendment_extended", id: string): DecisionLetter {
  const of = world.amendments.find((one) => one.id === id) ?? refuse("compliance.unknown_request", "request", "Choose one from the list.");
  const letter = { ...blankLetter(world, kind, of), asked: of.text };
  const none = () => refuse("compliance.no_letter", "request", "There is no such letter.");
  if (kind === "amendment_extended") return of.extension ? { ...letter, date: of.extension.sent_on, reason: of.extension.reason, answered_by: dueOn(of) } : none();
  return of.denied ? { ...letter, date: of.denied.told_on, amendment_ground: of.denied.ground, cite: GROUNDS[of.denied.ground], basis: of.denied.basis } : none();
}

/** A letter about a request of either kind. */
export function decisionLetter(world: World, kind: DecisionLetter["kind"], request: string): DecisionLetter {
  return kind === "access_denied" || kind === "access_extended" ? accessLetter(world, kind, request) : amendmentLetter(world, kind, request);
}

/** What is due of the requests for amendments, where somebody may look at them. */
export function dueAmendments(world: World): { kind: "amendment"; on: string; overdue: boolean; associate: null }[] {
  if (!world.session?.operations.includes("compliance.amendment_requests")) return [];
  const waiting = world.amendments.filter((one) => stateOf(one) === "waiting");
  return waiting.map((one) => ({ kind: "amendment", on: dueOn(one), overdue: dueOn(one) < today(), associate: null }));
}

type Amendments = "request_amendment" | "extend_amendment" | "accept_amendment" | "tell_amendment" | "deny_amendment" | "state_disagreement" | "accompany_disclosures" | "rebut_disagreement" | "amendment_requests" | "decision_letter";

export const amendments: Pick<Answers<"compliance">, `compliance.${Amendments}`> = {
  "compliance.request_amendment": (world, input) => {
    nameOf(world, input.patient);
    if (input.target.version < 1 || input.target.version > newest(world, input.patient)) refuse("compliance.unknown_version", "target.version", "Choose one from its versions.");
    const made = madeUpAmendment({
      id: `amendment-${world.amendments.length + 1}`, patient: input.patient, requester: asker(input.requester), received_on: past(input.received_on, "received_on"), target: input.target,
      text: required(input.text, "text"), reason: input.reason?.trim() ? input.reason.trim() : null,
    });
    world.amendments.push(made);
    return { amendment: made.id, due_on: dueOn(made) };
  },
  "compliance.extend_amendment": (world, input) => {
    const request = takeUp(world, input.amendment);
    request.extension = extended(request, DAYS, input, "amendment");
    return null;
  },
  "compliance.accept_amendment": (world, input) => {
    const request = takeUp(world, input.amendment);
    const toldOn = since(input.told_on, request.received_on, "told_on");
    if (input.persons.length > PERSONS_MAX) refuse("compliance.too_many_told", "persons", "At most 30 persons.");
    const persons = input.persons.map((one, at) => told(one, request.received_on, `persons.${at}`));
    const appended = input.appended?.trim() ? input.appended.trim() : null;
    const version = input.version ?? null;
    if (appended === null && version === null) refuse("compliance.amendment_link", "appended", "Say what was added.");
    if (version !== null && (version <= request.target.version || version > newest(world, request.patient))) refuse("compliance.unknown_version", "version", "Choose one from its versions.");
    request.accepted = { appended, version, told_on: toldOn, persons };
    return null;
  },
  "compliance.tell_amendment": (world, input) => {
    const request = find(world, input.amendment);
    const person = told(input.person, request.received_on, "person");
    const accepted = request.accepted ?? refuse("compliance.not_accepted", "amendment", "This request was not accepted.");
    if (accepted.persons.length >= PERSONS_MAX) refuse("compliance.too_many_told", "person", "At most 30 persons.");
    accepted.persons.push(person);
    return null;
  },
  "compliance.deny_amendment": (world, input) => {
    const request = takeUp(world, input.amendment);
    if (!(input.ground in GROUNDS)) refuse("compliance.amendment_ground", "ground", "The law knows four grounds.");
    request.denied = { ground: input.ground, basis: required(input.basis, "basis"), told_on: since(input.told_on, request.received_on, "told_on") };
    return null;
  },
  "compliance.state_disagreement": (world, input) => {
    const request = find(world, input.amendment);
    const denial = denialOf(request);
    if (request.disagreement) refuse("compliance.said_before", "amendment", "It stays as it was said first.");
    request.disagreement = { text: required(input.text, "text"), received_on: since(input.received_on, denial.told_on, "received_on") };
    return null;
  },
  "compliance.accompany_disclosures": (world, input) => {
    const request = find(world, input.amendment);
    const denial = denialOf(request);
    if (request.accompany_asked_on !== null) refuse("compliance.said_before", "amendment", "It stays as it was said first.");
    request.accompany_asked_on = since(input.asked_on, denial.told_on, "asked_on");
    return null;
  },
  "compliance.rebut_disagreement": (world, input) => {
    const request = find(world, input.amendment);
    const stated = request.disagreement ?? refuse("compliance.no_disagreement", "amendment", "There is no statement to answer.");
    if (request.rebuttal) refuse("compliance.said_before", "amendment", "It stays as it was said first.");
    request.rebuttal = { text: required(input.text, "text"), sent_on: since(input.sent_on, stated.received_on, "sent_on") };
    return null;
  },
  "compliance.amendment_requests": (world, input) => {
    const rows = world.amendments.filter((one) => !input.patient || one.patient === input.patient).map((one) => rowOf(world, one));
    const waiting = rows.filter((row) => row.state === "waiting").toSorted((a, b) => a.due_on.localeCompare(b.due_on));
    return { rows: [...waiting, ...rows.filter((row) => row.state !== "waiting").toSorted((a, b) => b.received_on.localeCompare(a.received_on))] };
  },
  "compliance.decision_letter": (world, input) => decisionLetter(world, input.kind, input.request),
};
