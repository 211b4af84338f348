import type { AccessGround, AccessRow, AccessState, DecisionLetter, DecisionLetterKind, FeeKind, Requester } from "../generated";
import { refuse, type Answers } from "./answers";
import { day, past, plus, real, required, today } from "./calendar";
import { nameOf } from "./ledger";
import type { World } from "./world";

const DAYS = 30;
const EXTENSION_DAYS = 30;
const FEE_MAX = 1_000_000;
const FEES: ReadonlySet<FeeKind> = new Set(["copying_labor", "supplies", "postage", "summary"]);
/** Where each ground stands in 45 CFR; a star marks those that can be reviewed. */
const GROUNDS: Record<AccessGround, string> = {
  psychotherapy_notes: "164.524(a)(1)(i)", legal_proceedings: "164.524(a)(1)(ii)", inmate: "164.524(a)(2)(ii)", research: "164.524(a)(2)(iii)", privacy_act: "164.524(a)(2)(iv)",
  confidential_source: "164.524(a)(2)(v)", endangers: "*164.524(a)(3)(i)", other_person: "*164.524(a)(3)(ii)", representative_harm: "*164.524(a)(3)(iii)",
};

/** A request as it is kept; the rest of a row is counted. */
export type FakeAccess = Omit<AccessRow, "access" | "display_name" | "mrn" | "state" | "due_on" | "overdue" | "can_extend" | "can_review" | "fee_cents"> & { id: string };

export function madeUpAccess(change: Partial<FakeAccess> & { id: string }): FakeAccess {
  return {
    patient: "00000000-0000-7000-8000-000000000001", requester: { representative: null, verification: "Photo ID" }, received_on: day(-9), scope: null, from: null, to: null,
    form: "PDF on a drive", electronic: true, channel: "Picked up at the desk", extension: null, fee_lines: [], decision: null, review: null, deliveries: [], withdrawn_on: null, ...change,
  };
}

export function madeUpAccessRequests(): FakeAccess[] {
  const denied = { outcome: "denied" as const, ground: "endangers" as const, basis: "The treating psychiatrist advises against it.", decided_on: day(-20), decided_by: "Dr. Naomi Ito" };
  return [
    madeUpAccess({ id: "access-1" }),
    madeUpAccess({ id: "access-2", patient: "00000000-0000-7000-8000-000000000003", received_on: day(-34), requester: { representative: { name: "Bo Example", relation: "Mother" }, verification: "Photo ID, court order" }, scope: "Results of this year" }),
    madeUpAccess({ id: "access-3", patient: "00000000-0000-7000-8000-000000000005", received_on: day(-40), decision: denied }),
    madeUpAccess({ id: "access-4", patient: "00000000-0000-7000-8000-000000000007", received_on: day(-90), decision: { ...denied, outcome: "granted", ground: null, basis: null, decided_on: day(-85) }, fee_lines: [{ kind: "supplies", cents: 650, agreed_on: null }], deliveries: [{ delivered_on: day(-80), sha256: null }] }),
  ];
}

function reviewable(of: FakeAccess): boolean {
  return of.decision?.ground ? GROUNDS[of.decision.ground].startsWith("*") : false;
}

function stateOf(of: FakeAccess): AccessState {
  if (of.withdrawn_on !== null) return "withdrawn";
  if (of.decision === null) return "waiting";
  const owed = (of.decision.outcome === "denied" ? 0 : 1) + (of.review?.outcome === "reversed" ? 1 : 0);
  if (of.deliveries.length < owed) return "to_deliver";
  if (of.review?.outcome === null) return "in_review";
  return of.deliveries.length === 0 ? "denied" : "delivered";
}

function clockRuns(of: FakeAccess): boolean {
  const state = stateOf(of);
  return state === "waiting" || (state === "to_deliver" && of.deliveries.length === 0 && of.decision?.outcome !== "denied");
}

function dueOn(of: FakeAccess): string {
  return plus(of.received_on, of.extension ? DAYS + EXTENSION_DAYS : DAYS);
}

export function isOpen(state: AccessState): boolean {
  return state === "waiting" || state === "to_deliver" || state === "in_review";
}

function rowOf(world: World, of: FakeAccess): AccessRow {
  const { display_name, mrn } = nameOf(world, of.patient);
  const { id, ...kept } = of;
  const state = stateOf(of);
  const due = dueOn(of);
  return {
    ...kept, access: id, display_name, mrn, state, due_on: due, overdue: clockRuns(of) && today() > due, can_extend: clockRuns(of) && of.extension === null && today() <= plus(of.received_on, DAYS),
    can_review: reviewable(of) && (of.review?.outcome ?? null) === null && state !== "withdrawn", fee_cents: of.fee_lines.reduce((sum, line) => sum + line.cents, 0),
  };
}

function find(world: World, id: string): FakeAccess {
  return world.accessRequests.find((one) => one.id === id) ?? refuse("compliance.unknown_request", "access", "Choose one from the list.");
}

function takeUp(world: World, id: string): FakeAccess {
  const found = find(world, id);
  return isOpen(stateOf(found)) ? found : refuse("compliance.request_closed", "access", "Enter a new one.");
}

/** Who asks, checked as Rust does. */
export function asker(typed: Requester): Requester {
  if (typed.representative) {
    required(typed.representative.name, "requester.representative.name");
    required(typed.representative.relation, "requester.representative.relation");
  }
  return typed.verification.trim() === "" ? refuse("compliance.not_verified", "requester.verification", "Say how you made sure who asked.") : typed;
}

/** An extension, told once and in time. */
export function extended(of: { received_on: string; extension: unknown }, days: number, input: { sent_on: string; reason: string }, field: string): { sent_on: string; reason: string } {
  if (of.extension) refuse("compliance.extended_before", field, "The law allows one extension.");
  if (past(input.sent_on, "sent_on") > plus(of.received_on, days)) refuse("compliance.extended_late", "sent_on", "Answer it now.");
  if (input.sent_on < of.received_on) refuse("compliance.date_order", "sent_on", "Check both.");
  return { sent_on: input.sent_on, reason: required(input.reason, "reason") };
}

/** What every letter about a request begins with. */
export function blankLetter(world: World, kind: DecisionLetterKind, of: { patient: string; requester: Requester; received_on: string }): DecisionLetter {
  const name = nameOf(world, of.patient);
  const representative = of.requester.representative?.name ?? null;
  return {
    kind, practice: world.practice, date: today(), ...name, addressee: representative ?? name.display_name, mail_to: representative === null ? ["100 Willow Lane", "Madison WI 53703"] : [], received_on: of.received_on,
    asked: null, partly: false, access_ground: null, amendment_ground: null, cite: null, basis: null, reviewable: false, reason: null, answered_by: null,
  };
}

export function accessLetter(world: World, kind: "access_denied" | "access_extended", id: string): DecisionLetter {
  const of = world.accessRequests.find((one) => one.id === id) ?? refuse("compliance.unknown_request", "request", "Choose one from the list.");
  const letter = { ...blankLetter(world, kind, of), asked: of.scope };
  const none = () => refuse("compliance.no_letter", "request", "There is no such letter.");
  if (kind === "access_extended") return of.extension ? { ...letter, date: of.extension.sent_on, reason: of.extension.reason, answered_by: dueOn(of) } : none();
  const denial = of.decision;
  if (!denial?.ground) return none();
  return { ...letter, date: denial.decided_on, partly: denial.outcome === "partly", access_ground: denial.ground, cite: GROUNDS[denial.ground].replace("*", ""), basis: denial.basis, reviewable: reviewable(of) };
}

/** What is due of the requests for access, where somebody may look at them. */
export function dueAccess(world: World): { kind: "access"; on: string | null; overdue: boolean; associate: null }[] {
  if (!world.session?.operations.includes("compliance.access_requests")) return [];
  const open = world.accessRequests.filter((one) => isOpen(stateOf(one)));
  return open.map((one) => ({ kind: "access", on: clockRuns(one) ? dueOn(one) : null, overdue: clockRuns(one) && dueOn(one) < today(), associate: null }));
}

type Access = "request_access" | "extend_access" | "charge_access" | "decide_access" | "review_access" | "deliver_access" | "withdraw_access" | "access_requests";

export const access: Pick<Answers<"compliance">, `compliance.${Access}`> = {
  "compliance.request_access": (world, input) => {
    nameOf(world, input.patient);
    const from = input.from ? real(input.from, "from") : null;
    const to = input.to ? real(input.to, "to") : null;
    if (from !== null && to !== null && to < from) refuse("compliance.date_order", "to", "Check both.");
    const made = madeUpAccess({
      id: `access-${world.accessRequests.length + 1}`, patient: input.patient, requester: asker(input.requester), received_on: past(input.received_on, "received_on"), scope: input.scope?.trim() ? input.scope : null,
      from, to, form: required(input.form, "form"), electronic: input.electronic, channel: required(input.channel, "channel"),
    });
    world.accessRequests.push(made);
    return { access: made.id, due_on: dueOn(made) };
  },
  "compliance.extend_access": (world, input) => {
    const request = takeUp(world, input.access);
    if (!clockRuns(request)) refuse("compliance.request_closed", "access", "Enter a new one.");
    request.extension = extended(request, DAYS, input, "access");
    return null;
  },
  "compliance.charge_access": (world, input) => {
    const request = takeUp(world, input.access);
    if (request.deliveries.length > 0) refuse("compliance.fee_after_delivery", "access", "A fee is set before that.");
    request.fee_lines = input.lines.map((line, at) => {
      if (!FEES.has(line.kind)) refuse("compliance.fee_kind", `lines.${at}.kind`, "The law allows four charges.");
      if (line.cents < 1 || line.cents > FEE_MAX) refuse("compliance.fee_range", `lines.${at}.cents`, "Enter a fee between 0 and 10,000 dollars.");
      if (line.kind !== "summary") return { kind: line.kind, cents: line.cents, agreed_on: null };
      const agreed = line.agreed_on ? past(line.agreed_on, `lines.${at}.agreed_on`) : refuse("compliance.fee_agreement", `lines.${at}.agreed_on`, "Enter the day.");
      return { kind: line.kind, cents: line.cents, agreed_on: agreed };
    });
    return null;
  },
  "compliance.decide_access": (world, input) => {
    const request = takeUp(world, input.access);
    if (request.decision) refuse("compliance.decided_before", "access", "The decision stays as it was sent.");
    const decided = past(input.decided_on, "decided_on");
    if (decided < request.received_on) refuse("compliance.date_order", "decided_on", "Check both.");
    const basis = input.basis?.trim() ? input.basis.trim() : null;
    const ground = input.ground ?? null;
    if ((input.outcome === "granted") !== (ground === null) || (ground === null && basis !== null)) refuse("compliance.denial_ground", "ground", "A denial needs a ground.");
    if (ground !== null && basis === null) refuse("compliance.missing", "basis", "Fill in this field.");
    request.decision = { outcome: input.outcome, ground, basis, decided_on: decided, decided_by: required(input.decided_by, "decided_by") };
    return null;
  },
  "compliance.review_access": (world, input) => {
    const request = find(world, input.access);
    if (request.withdrawn_on !== null) refuse("compliance.request_closed", "access", "Enter a new one.");
    const denial = request.decision?.ground ? request.decision : refuse("compliance.not_denied", "access", "This request was not denied.");
    if (!reviewable(request)) refuse("compliance.not_reviewable", "access", "The law gives no review on this ground.");
    if (request.review?.outcome) refuse("compliance.reviewed_before", "access", "The law gives one review.");
    const asked = past(input.asked_on, "asked_on");
    if (asked < denial.decided_on) refuse("compliance.date_order", "asked_on", "Check both.");
    const reviewer = required(input.reviewer, "reviewer");
    const folded = (name: string) => name.trim().split(/\s+/).join(" ").toLowerCase();
    if (folded(reviewer) === folded(denial.decided_by)) refuse("compliance.reviewer_took_part", "reviewer", "Choose somebody else.");
    const outcome = input.outcome ?? null;
    const decided = input.decided_on ? past(input.decided_on, "decided_on") : null;
    if ((outcome === null) !== (decided === null)) refuse("compliance.missing", outcome === null ? "outcome" : "decided_on", "Fill in this field.");
    if (decided !== null && decided < asked) refuse("compliance.date_order", "decided_on", "Check both.");
    request.review = { asked_on: asked, reviewer, outcome, decided_on: decided };
    return null;
  },
  "compliance.deliver_access": (world, input) => {
    const request = takeUp(world, input.access);
    if (stateOf(request) !== "to_deliver") refuse("compliance.not_granted", "access", "Decide on the request first.");
    const first = (request.deliveries.length === 0 && request.decision?.outcome !== "denied" ? request.decision?.decided_on : request.review?.decided_on) ?? request.received_on;
    if (past(input.delivered_on, "delivered_on") < first) refuse("compliance.date_order", "delivered_on", "Check both.");
    request.deliveries.push({ delivered_on: input.delivered_on, sha256: input.sha256 ?? null });
    return null;
  },
  "compliance.withdraw_access": (world, input) => {
    takeUp(world, input.access).withdrawn_on = today();
    return null;
  },
  "compliance.access_requests": (world, input) => {
    const rows = world.accessRequests.filter((one) => !input.patient || one.patient === input.patient).map((one) => rowOf(world, one));
    const open = rows.filter((row) => isOpen(row.state)).toSorted((a, b) => a.due_on.localeCompare(b.due_on));
    return { rows: [...open, ...rows.filter((row) => !isOpen(row.state)).toSorted((a, b) => b.received_on.localeCompare(a.received_on))] };
  },
};
