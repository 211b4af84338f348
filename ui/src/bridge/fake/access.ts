import type { AccessDecision, AccessDelivery, AccessGround, AccessReview, AccessRow, AccessState, Due, Extension, FeeKind, FeeLine, Requester, TypedFeeLine } from "../generated";
import { refuse, type Answers } from "./answers";
import { day, past, plus, real, required, today } from "./calendar";
import { nameOf } from "./ledger";
import type { World } from "./world";

const DAYS = 30;
const EXTENSION_DAYS = 30;
const LINE_MAX = 1_000_000;
const GRACE = "00000000-0000-7000-8000-000000000001";
const REVIEWABLE: ReadonlySet<AccessGround> = new Set(["endangers", "other_person", "representative_harm"]);
const FEE_KINDS: ReadonlySet<string> = new Set<FeeKind>(["copying_labor", "supplies", "postage", "summary"]);

export interface FakeAccess {
  id: string;
  patient: string;
  requester: Requester;
  received_on: string;
  scope: string | null;
  from: string | null;
  to: string | null;
  form: string;
  electronic: boolean;
  channel: string;
  extension: Extension | null;
  fee_lines: FeeLine[];
  decision: AccessDecision | null;
  review: AccessReview | null;
  deliveries: AccessDelivery[];
  withdrawn_on: string | null;
}

export function madeUpAccess(change: Partial<FakeAccess> & { id: string }): FakeAccess {
  return {
    patient: GRACE,
    requester: { representative: null, verification: "Photo ID checked" },
    received_on: day(-6),
    scope: null,
    from: null,
    to: null,
    form: "PDF",
    electronic: true,
    channel: "Picked up here",
    extension: null,
    fee_lines: [],
    decision: null,
    review: null,
    deliveries: [],
    withdrawn_on: null,
    ...change,
  };
}

export function madeUpAccessRequests(): FakeAccess[] {
  const denial = { outcome: "denied" as const, ground: "endangers" as const, basis: "A licensed professional judged that reading these notes now would put the patient’s life in danger.", decided_on: day(-70), decided_by: "Dr. Peter Osei" };
  return [
    madeUpAccess({ id: "access-1" }),
    madeUpAccess({ id: "access-2", patient: "00000000-0000-7000-8000-000000000002", received_on: day(-33), requester: { representative: { name: "Lena Okafor", relation: "Mother" }, verification: "Birth certificate seen" }, scope: "Visit notes and lab results", from: day(-400), to: day(-33) }),
    madeUpAccess({ id: "access-3", patient: "00000000-0000-7000-8000-000000000004", received_on: day(-24), form: "Paper copy", electronic: false, channel: "By mail", fee_lines: [{ kind: "copying_labor", cents: 650, agreed_on: null }, { kind: "postage", cents: 420, agreed_on: null }], decision: { outcome: "granted", ground: null, basis: null, decided_on: day(-3), decided_by: "Miriam Feld" } }),
    madeUpAccess({ id: "access-4", patient: "00000000-0000-7000-8000-000000000006", received_on: day(-90), decision: denial }),
  ];
}

function stateOf(of: FakeAccess): AccessState {
  if (of.withdrawn_on !== null) return "withdrawn";
  if (!of.decision) return "waiting";
  const free = Number(of.decision.outcome !== "denied") + Number(of.review?.outcome === "reversed");
  if (of.deliveries.length < free) return "to_deliver";
  if (of.review && of.review.outcome === null) return "in_review";
  return of.deliveries.length === 0 ? "denied" : "delivered";
}

function dueOn(of: FakeAccess): string {
  return plus(of.received_on, of.extension ? DAYS + EXTENSION_DAYS : DAYS);
}

function isOpen(of: FakeAccess): boolean {
  return ["waiting", "to_deliver", "in_review"].includes(stateOf(of));
}

function clockRuns(of: FakeAccess): boolean {
  const state = stateOf(of);
  return state === "waiting" || (state === "to_deliver" && of.deliveries.length === 0 && of.decision?.outcome !== "denied");
}

function isReviewable(of: FakeAccess): boolean {
  return REVIEWABLE.has(of.decision?.ground as AccessGround);
}

function rowOf(world: World, of: FakeAccess): AccessRow {
  const { display_name, mrn } = nameOf(world, of.patient);
  const { id, ...kept } = of;
  return {
    ...kept,
    access: id,
    display_name,
    mrn,
    state: stateOf(of),
    due_on: dueOn(of),
    overdue: clockRuns(of) && today() > dueOn(of),
    can_extend: clockRuns(of) && of.extension === null && today() <= plus(of.received_on, DAYS),
    fee_cents: of.fee_lines.reduce((sum, line) => sum + line.cents, 0),
    can_review: isReviewable(of) && of.review?.outcome == null && of.withdrawn_on === null,
  };
}

function any(world: World, id: string): FakeAccess {
  return world.accessRequests.find((one) => one.id === id) ?? refuse("compliance.unknown_request", "access", "Choose one from the list.");
}

function takeUp(world: World, id: string): FakeAccess {
  const found = any(world, id);
  return isOpen(found) ? found : refuse("compliance.request_closed", "access", "Enter a new one.");
}

/** Every request that waits, by its day; for a review and what it sets free there is none. */
export function dueAccess(world: World): Due[] {
  return world.accessRequests.filter(isOpen).map((one) => ({ kind: "access", on: clockRuns(one) ? dueOn(one) : null, overdue: clockRuns(one) && dueOn(one) < today(), associate: null }));
}

export function checkedRequester(typed: Requester): Requester {
  const one = typed.representative;
  const representative = one && { name: required(one.name, "requester.representative.name"), relation: required(one.relation, "requester.representative.relation") };
  if (typed.verification.trim() === "") refuse("compliance.not_verified", "requester.verification", "Say how.");
  return { representative, verification: typed.verification.trim() };
}

/** The only extension, told while the first days run. */
export function extended(of: { received_on: string; extension: Extension | null }, typed: { sent_on: string; reason: string }, days: number, field: string): Extension {
  if (of.extension) refuse("compliance.extended_before", field, "The law allows one extension.");
  if (past(typed.sent_on, "sent_on") > plus(of.received_on, days)) refuse("compliance.extended_late", "sent_on", "Answer it now.");
  if (typed.sent_on < of.received_on) refuse("compliance.date_order", "sent_on", "Check both.");
  return { sent_on: typed.sent_on, reason: required(typed.reason, "reason") };
}

function feeLine(typed: TypedFeeLine, place: number): FeeLine {
  const at = `lines.${place}`;
  if (!FEE_KINDS.has(typed.kind)) refuse("compliance.fee_kind", `${at}.kind`, "Leave it out.");
  if (typed.cents < 1 || typed.cents > LINE_MAX) refuse("compliance.fee_range", `${at}.cents`, "Enter a fee between 0 and 10,000 dollars.");
  const agreed = typed.agreed_on ? past(typed.agreed_on, `${at}.agreed_on`) : null;
  if (typed.kind === "summary" && agreed === null) refuse("compliance.fee_agreement", `${at}.agreed_on`, "Enter the day.");
  return { kind: typed.kind, cents: typed.cents, agreed_on: typed.kind === "summary" ? agreed : null };
}

/** What was denied, where it can be reviewed and was not yet. */
function reviewed(of: FakeAccess): AccessDecision {
  const { decision } = of;
  if (of.withdrawn_on !== null) refuse("compliance.request_closed", "access", "Enter a new one.");
  if (!decision || decision.ground === null) return refuse("compliance.not_denied", "access", "Nothing was denied.");
  if (!isReviewable(of)) refuse("compliance.not_reviewable", "access", "The law has no review for it.");
  if (of.review?.outcome) refuse("compliance.reviewed_before", "access", "It was reviewed.");
  return decision;
}

function sortedRows(world: World, patient: string | null | undefined): AccessRow[] {
  const rows = world.accessRequests.filter((one) => !patient || one.patient === patient).map((one) => ({ open: isOpen(one), row: rowOf(world, one) }));
  const open = rows.filter((one) => one.open).toSorted((a, b) => a.row.due_on.localeCompare(b.row.due_on));
  const closed = rows.filter((one) => !one.open).toSorted((a, b) => b.row.received_on.localeCompare(a.row.received_on));
  return [...open, ...closed].map((one) => one.row);
}

type Access = `compliance.${"request" | "extend" | "charge" | "decide" | "review" | "deliver" | "withdraw"}_access` | "compliance.access_requests";

export const access: Pick<Answers<"compliance">, Access> = {
  "compliance.request_access": (world, input) => {
    nameOf(world, input.patient);
    const [from, to] = [input.from ? real(input.from, "from") : null, input.to ? real(input.to, "to") : null];
    if (from !== null && to !== null && to < from) refuse("compliance.date_order", "to", "Check both.");
    const made = madeUpAccess({ id: `access-${world.accessRequests.length + 1}`, patient: input.patient, requester: checkedRequester(input.requester), received_on: past(input.received_on, "received_on"), scope: input.scope ?? null, from, to, form: required(input.form, "form"), electronic: input.electronic, channel: required(input.channel, "channel") });
    world.accessRequests.push(made);
    return { access: made.id, due_on: dueOn(made) };
  },
  "compliance.extend_access": (world, input) => {
    const of = takeUp(world, input.access);
    of.extension = extended(of, input, DAYS, "access");
    return null;
  },
  "compliance.charge_access": (world, input) => {
    const of = takeUp(world, input.access);
    if (of.deliveries.length > 0) refuse("compliance.fee_after_delivery", "access", "It was handed over.");
    of.fee_lines = input.lines.map(feeLine);
    return null;
  },
  "compliance.decide_access": (world, input) => {
    const of = takeUp(world, input.access);
    if (of.decision) refuse("compliance.decided_before", "access", "It was decided.");
    if (past(input.decided_on, "decided_on") < of.received_on) refuse("compliance.date_order", "decided_on", "Check both.");
    const { outcome } = input;
    const ground = input.ground ?? null;
    if ((outcome === "granted") !== (ground === null)) refuse("compliance.denial_ground", "ground", "Choose the ground.");
    const basis = outcome === "granted" ? null : required(input.basis ?? "", "basis");
    of.decision = { outcome, ground, basis, decided_on: input.decided_on, decided_by: required(input.decided_by, "decided_by") };
    return null;
  },
  "compliance.review_access": (world, input) => {
    const of = any(world, input.access);
    const denial = reviewed(of);
    if (past(input.asked_on, "asked_on") < denial.decided_on) refuse("compliance.date_order", "asked_on", "Check both.");
    const reviewer = required(input.reviewer, "reviewer");
    if (reviewer.toLowerCase() === denial.decided_by.toLowerCase()) refuse("compliance.reviewer_took_part", "reviewer", "Name another.");
    const decided = input.outcome ? past(required(input.decided_on ?? "", "decided_on"), "decided_on") : null;
    if (decided !== null && decided < input.asked_on) refuse("compliance.date_order", "decided_on", "Check both.");
    of.review = { asked_on: input.asked_on, reviewer, outcome: input.outcome ?? null, decided_on: decided };
    return null;
  },
  "compliance.deliver_access": (world, input) => {
    const of = takeUp(world, input.access);
    if (stateOf(of) !== "to_deliver") refuse("compliance.not_granted", "access", "Decide first.");
    const first = (of.review?.decided_on ?? null) === null ? of.decision?.decided_on : of.review?.decided_on;
    if (past(input.delivered_on, "delivered_on") < (first ?? "")) refuse("compliance.date_order", "delivered_on", "Check both.");
    of.deliveries.push({ delivered_on: input.delivered_on, sha256: input.sha256 ?? null });
    return null;
  },
  "compliance.withdraw_access": (world, input) => {
    takeUp(world, input.access).withdrawn_on = today();
    return null;
  },
  "compliance.access_requests": (world, input) => ({ rows: sortedRows(world, input.patient) }),
};
