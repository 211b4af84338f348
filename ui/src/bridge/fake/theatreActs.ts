import type { CheckTheatre, Conflict, TheatreCheck } from "../generated";
import { refuse, type Answers } from "./answers";
import { NOW, at, nameOf, range, scheduleToday, shadesOn, visitsOn } from "./schedule";
import { OVERRIDERS } from "./scheduleFinding";
import { boardOf, isBefore, lapsesOf, newAllocation, newCase, newReservation, nextOf, resourceName, STEPS, whole, type FakeCase, type FakeReservation } from "./theatre";
import type { World } from "./world";

interface Stretch {
  date: string;
  from: number;
  to: number;
}

/** What stands against one person, room or device in a stretch of a day. */
function against(world: World, resource: string, { date, from, to }: Stretch, own: string | null): Conflict[] {
  const name = resourceName(world, resource) ?? "";
  const meets = (start: number, end: number) => start < to && end > from;
  const found: Conflict[] = [];
  const busy = (start: number, length: number, held_by: string) => found.push({ kind: "resource_busy", resource, name, time: range(start, length), held_by, can_override: true });
  for (const visit of visitsOn(world, date)) {
    const lives = visit.status !== "cancelled" && visit.status !== "no_show";
    if (lives && visit.resources.includes(resource) && meets(visit.from, visit.from + visit.minutes)) busy(visit.from, visit.minutes, nameOf(world, visit.patient));
  }
  for (const one of world.theatre.reservations.filter((other) => other.date === date && other.reservation !== own)) {
    const all = whole(one);
    const takes = one.theatre === resource ? [all] : world.theatre.allocations.filter((other) => other.reservation === one.reservation && other.resource === resource).map((other) => ({ from: all.from + other.from, to: all.from + other.to }));
    for (const span of takes) if (meets(span.from, span.to)) busy(span.from, span.to - span.from, labelOf(world, one));
  }
  const shade = shadesOn(world, date, resource).find((one) => meets(one.from, one.to));
  if (shade) found.push({ kind: "closed", resource, name, time: null, held_by: shade.label, can_override: true });
  return found;
}

function labelOf(world: World, one: FakeReservation): string {
  const patient = world.theatre.cases.find((other) => other.case === one.case)?.patient;
  return patient === undefined ? (one.note ?? "") : `${nameOf(world, patient)} · Surgery`;
}

/** What can do no more what it once could is found when it is allocated. */
function outOfDate(world: World, resource: string): Conflict[] {
  const found = world.setup.resources.find((one) => one.resource === resource);
  return found && found.lapsed.length > 0 ? [{ kind: "not_valid", resource, name: found.name, time: null, held_by: "", can_override: true }] : [];
}

const mayOverride = (world: World, conflicts: readonly Conflict[]) => world.roles.some((role) => OVERRIDERS.has(role)) && conflicts.every((one) => one.can_override);

export function checkTheatre(world: World, asked: CheckTheatre): TheatreCheck {
  const { slot, theatre, reservation } = asked;
  const span = { date: slot.date, from: slot.minute - asked.setup_minutes, to: slot.minute + slot.minutes + asked.turnover_minutes };
  const conflicts = against(world, theatre, span, reservation);
  const moved = world.theatre.reservations.find((one) => one.reservation === reservation);
  const planned = world.theatre.cases.find((one) => one.case === (asked.case ?? moved?.case));
  const allocated = world.theatre.allocations.filter((one) => one.reservation === reservation && one.resource !== null).map((one) => ({ resource: one.resource ?? "", from: span.from + one.from, to: span.from + one.to }));
  const taken = moved ? allocated : planned?.surgeon ? [{ resource: planned.surgeon, from: slot.minute, to: slot.minute + slot.minutes }] : [];
  for (const one of taken) conflicts.push(...against(world, one.resource, { date: slot.date, from: one.from, to: one.to }, reservation));
  const visit = planned ? visitsOn(world, slot.date).find((one) => one.patient === planned.patient && one.from < span.to && one.from + one.minutes > span.from) : undefined;
  if (visit && planned) conflicts.push({ kind: "patient_busy", resource: null, name: nameOf(world, planned.patient), time: range(visit.from, visit.minutes), held_by: "", can_override: true });
  if (slot.date < scheduleToday() || (slot.date === scheduleToday() && slot.minute + slot.minutes <= NOW)) conflicts.push({ kind: "past", resource: null, name: "", time: null, held_by: "", can_override: true });
  return { time: range(slot.minute, slot.minutes), conflicts, may_override: mayOverride(world, conflicts) };
}

/** Refuses what something stands against, as Rust does. */
function stand(world: World, conflicts: readonly Conflict[], reason: string | null | undefined): string[] {
  if (conflicts.length === 0) return [];
  if (reason === null || reason === undefined) return refuse("scheduling.conflict", null, "See what stands against it.");
  if (reason.trim() === "") return refuse("scheduling.override_reason", "override_reason", "Say why.");
  return mayOverride(world, conflicts) ? [reason.trim()] : refuse("scheduling.override_denied", null, "Choose another time.");
}

function livingCase(world: World, id: string, version: number | null): FakeCase {
  const found = world.theatre.cases.find((one) => one.case === id) ?? refuse("scheduling.unknown", "case", "Look at the board again.");
  if (found.closed) return refuse("scheduling.case_closed", "case", "Plan a new one.");
  return version === null || version === found.version ? found : refuse("scheduling.stale", null, "Look at the board again.");
}

function fresh(world: World, id: string, version: number): FakeReservation {
  const found = world.theatre.reservations.find((one) => one.reservation === id) ?? refuse("scheduling.unknown", "reservation", "Look at the board again.");
  return found.version === version ? found : refuse("scheduling.stale", null, "Look at the board again.");
}

function drop(world: World, reservation: string): void {
  world.theatre.reservations = world.theatre.reservations.filter((one) => one.reservation !== reservation);
  world.theatre.allocations = world.theatre.allocations.filter((one) => one.reservation !== reservation);
}

const lengths = (minutes: number, field: string, least = 0) => (Number.isInteger(minutes) && minutes >= least && minutes <= 720 ? minutes : refuse("scheduling.bad_minutes", field, "Choose a length from 5 minutes to 12 hours."));

type Theatre = "keep_case" | "cancel_case" | "reinstate_case" | "note_case" | "clinical_case" | "check_theatre" | "reserve_theatre" | "move_reservation" | "release_theatre" | "advance_theatre" | "waive_lapse" | "check_allocation" | "allocate" | "end_allocation" | "theatre_board";

const cases: Pick<Answers<"scheduling">, "scheduling.keep_case" | "scheduling.cancel_case" | "scheduling.reinstate_case" | "scheduling.note_case" | "scheduling.clinical_case"> = {
  "scheduling.keep_case": (world, input) => {
    lengths(input.minutes, "minutes", 5);
    const { patient, surgeon, department, urgency, minutes } = input;
    if (!input.case) return newCase(world, { patient, surgeon, department, urgency, minutes });
    const found = livingCase(world, input.case, input.version ?? 0);
    Object.assign(found, { surgeon, department, urgency, minutes, version: found.version + 1 });
    return { case: found.case, version: found.version };
  },
  "scheduling.cancel_case": (world, input) => {
    const found = livingCase(world, input.case, input.version);
    found.closed = true;
    found.version += 1;
    for (const one of world.theatre.reservations.filter((other) => other.case === found.case)) drop(world, one.reservation);
    return { case: found.case, version: found.version };
  },
  "scheduling.reinstate_case": (world, input) => {
    const found = world.theatre.cases.find((one) => one.case === input.case);
    if (!found) return refuse("scheduling.unknown", "case", "This is not there any more.");
    if (found.version !== input.version) return refuse("scheduling.stale", "version", "Somebody else has changed this meanwhile.");
    if (!found.closed) return refuse("scheduling.bad_status", "case", "It is planned already.");
    Object.assign(found, { closed: false, version: found.version + 1 });
    return { case: found.case, version: found.version };
  },
  "scheduling.note_case": (world, input) => {
    const { case: id, ...clinical } = input;
    livingCase(world, id, null).clinical = { ...clinical, noted_by: "Dr. Naomi Ito", noted_at: at(scheduleToday(), NOW) };
    return null;
  },
  "scheduling.clinical_case": (world, input) => {
    const found = livingCase(world, input.case, null);
    return { case: found.case, patient: found.patient, patient_name: nameOf(world, found.patient), detail: found.clinical };
  },
};

/** The theatre board, made up. */
export const theatreAnswers: Pick<Answers<"scheduling">, `scheduling.${Theatre}`> = {
  ...cases,
  "scheduling.theatre_board": (world, input) => boardOf(world, input.date),
  "scheduling.check_theatre": (world, input) => checkTheatre(world, input),
  "scheduling.reserve_theatre": (world, input) => {
    lengths(input.slot.minutes, "slot.minutes", 5);
    if (input.case !== null) livingCase(world, input.case, null);
    if (input.case !== null && world.theatre.reservations.some((one) => one.case === input.case)) return refuse("scheduling.case_placed", "case", "Move it instead.");
    const overridden = stand(world, checkTheatre(world, { ...input, reservation: null }).conflicts, input.override_reason);
    const made = newReservation(world, { theatre: input.theatre, purpose: input.purpose, date: input.slot.date, minute: input.slot.minute, minutes: input.slot.minutes, setup: lengths(input.setup_minutes, "setup_minutes"), turnover: lengths(input.turnover_minutes, "turnover_minutes"), case: input.case, note: input.note ?? null });
    made.overridden = overridden;
    return { reservation: made.reservation, version: made.version };
  },
  "scheduling.move_reservation": (world, input) => {
    const found = fresh(world, input.reservation, input.version);
    if (!isBefore(found, "ended")) return refuse("scheduling.bad_status", "reservation", "Look at the board again.");
    const { conflicts } = checkTheatre(world, { ...input, case: found.case });
    const overridden = [...found.overridden, ...stand(world, conflicts, input.override_reason)];
    Object.assign(found, { theatre: input.theatre, date: input.slot.date, minute: input.slot.minute, minutes: input.slot.minutes, setup: input.setup_minutes, turnover: input.turnover_minutes, overridden, version: found.version + 1 });
    delete found.told;
    return { version: found.version };
  },
  "scheduling.release_theatre": (world, input) => {
    const found = fresh(world, input.reservation, input.version);
    if (found.purpose === "surgery" && !isBefore(found, "patient_in")) return refuse("scheduling.bad_status", "reservation", "Look at the board again.");
    drop(world, found.reservation);
    return null;
  },
  "scheduling.advance_theatre": (world, input) => {
    const found = fresh(world, input.reservation, input.version);
    if (!nextOf(found).includes(input.to)) return refuse("scheduling.bad_status", "to", "Look at the board again.");
    if (!STEPS.slice(0, STEPS.indexOf("patient_in")).includes(input.to) && lapsesOf(world, found).some((one) => one.waived === null)) return refuse("scheduling.gate_failed", "to", "Look at what has ended.");
    const back = found.checkpoints.at(-2)?.step === input.to;
    if (back) found.checkpoints.pop();
    else found.checkpoints.push({ step: input.to, at: at(found.date, NOW), by: "Dr. Naomi Ito" });
    found.version += 1;
    return { version: found.version };
  },
  "scheduling.waive_lapse": (world, input) => {
    const found = fresh(world, input.reservation, input.version);
    if (!isBefore(found, "patient_in")) return refuse("scheduling.bad_status", "reservation", "Look at the board again.");
    const lapse = lapsesOf(world, found).find((one) => one.resource === input.resource && one.what === input.what) ?? refuse("scheduling.unknown", "what", "Look at the board again.");
    if (!lapse.can_waive) return refuse("scheduling.license_ended", "what", "Enter the renewed one.");
    if (input.reason.trim() === "") return refuse("scheduling.bad_text", "reason", "Say why.");
    const isOther = (one: { resource: string; what: string }) => one.resource !== input.resource || one.what !== input.what;
    found.waivers = [...found.waivers.filter(isOther), { resource: input.resource, what: input.what, reason: input.reason.trim() }];
    found.version += 1;
    return { version: found.version };
  },
  "scheduling.check_allocation": (world, input) => {
    const found = world.theatre.reservations.find((one) => one.reservation === input.reservation) ?? refuse("scheduling.unknown", "reservation", "Look at the board again.");
    const from = whole(found).from + input.from;
    const conflicts = input.what.kind === "resource" ? [...against(world, input.what.resource, { date: found.date, from, to: from + input.to - input.from }, null), ...outOfDate(world, input.what.resource)] : [];
    return { time: range(from, input.to - input.from), conflicts, may_override: mayOverride(world, conflicts) };
  },
  "scheduling.allocate": (world, input) => {
    const found = world.theatre.reservations.find((one) => one.reservation === input.reservation) ?? refuse("scheduling.unknown", "reservation", "Look at the board again.");
    const all = whole(found);
    if (input.from < 0 || input.to > all.to - all.from || input.from >= input.to) return refuse("scheduling.outside_reservation", "to", "Choose a time within it.");
    const { what, role, from, to } = input;
    if (what.kind === "item" && what.name.trim() === "") return refuse("scheduling.bad_text", "what.name", "Say what.");
    if (what.kind === "resource") found.overridden.push(...stand(world, [...against(world, what.resource, { date: found.date, from: all.from + from, to: all.from + to }, null), ...outOfDate(world, what.resource)], input.override_reason));
    const made = newAllocation(world, { reservation: found.reservation, role, from, to, ...(what.kind === "resource" ? { resource: what.resource, name: "", quantity: 1 } : { resource: null, name: what.name.trim(), quantity: what.quantity }) });
    found.version += 1;
    return { allocation: made.allocation };
  },
  "scheduling.end_allocation": (world, input) => {
    if (!world.theatre.allocations.some((one) => one.allocation === input.allocation)) return refuse("scheduling.unknown", "allocation", "Look at the board again.");
    world.theatre.allocations = world.theatre.allocations.filter((one) => one.allocation !== input.allocation);
    return null;
  },
};
