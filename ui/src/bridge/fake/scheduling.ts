import type { DayHold, DayNumbers, VisitStatus, VisitView } from "../generated";
import { refuse, type Answers } from "./answers";
import { plus } from "./calendar";
import { checkBooking, findOpenings, gatesOf, reachBy } from "./scheduleFinding";
import { deskAnswers } from "./scheduleDesk";
import { seriesAnswers } from "./scheduleSeries";
import { operationsOf, toldAnswers } from "./scheduleTold";
import { setupAnswers } from "./schedulingKeep";
import { NOW, at, clock, dayVisit, findVisit, freshVisit, labelOf, nameOf, newVisit, productOf, range, scheduleToday, shadesOn, toldTime, visitsOn, type FakeVisit } from "./schedule";
import { reservedOn } from "./theatre";
import { theatreAnswers } from "./theatreActs";
import type { World } from "./world";

const NEXT: Record<VisitStatus, VisitStatus[]> = {
  booked: ["confirmed", "arrived", "no_show", "cancelled"],
  confirmed: ["arrived", "no_show", "cancelled"],
  arrived: ["roomed", "in_care", "cancelled"],
  roomed: ["in_care"],
  in_care: ["done"],
  done: ["checked_out"],
  checked_out: [],
  no_show: ["booked"],
  cancelled: ["booked"],
};

/** Refuses a time that something stands against, as Rust does. */
function stand(world: World, asked: Parameters<typeof checkBooking>[1], reason: string | null | undefined): string[] {
  const found = checkBooking(world, asked);
  if (found.conflicts.length === 0) return [];
  if (reason === null || reason === undefined) return refuse("scheduling.conflict", null, "See what stands against it.");
  if (reason.trim() === "") return refuse("scheduling.override_reason", "override_reason", "Say why.");
  return found.may_override ? [reason.trim()] : refuse("scheduling.override_denied", null, "Choose another time.");
}

function holdsOn(world: World, date: string): DayHold[] {
  world.schedule.holds = world.schedule.holds.filter((one) => one.ends > Date.now());
  return world.schedule.holds
    .filter((one) => one.date === date)
    .map(({ date: on, ends, ...hold }) => {
      const seconds_left = Math.max(0, Math.round((ends - Date.now()) / 1000));
      const minute = NOW + Math.ceil(seconds_left / 60);
      return { ...hold, seconds_left, until: at(on, minute), until_text: clock(minute) };
    });
}

const isComing = (visit: FakeVisit) => visit.status === "booked" || visit.status === "confirmed";

function numbersOf(world: World, visits: readonly FakeVisit[]): DayNumbers {
  const count = (...statuses: VisitStatus[]) => visits.filter((one) => statuses.includes(one.status)).length;
  const waits = visits
    .filter((one) => one.status === "roomed" || one.status === "arrived")
    .map((one) => {
      const since = one.checkpoints[one.checkpoints.length - 1]?.at.slice(11, 16).split(":").map(Number) ?? [];
      return { minutes: NOW - ((since[0] ?? 0) * 60 + (since[1] ?? 0)), where: one.resources[one.resources.length - 1] };
    })
    .toSorted((a, b) => b.minutes - a.minutes);
  const longest = waits[0];
  return {
    booked: count("booked", "confirmed", "arrived", "roomed", "in_care", "done", "checked_out"),
    arrived: count("arrived", "roomed"),
    in_care: count("in_care"),
    done: count("done", "checked_out"),
    missed: count("no_show"),
    longest_wait_minutes: longest?.minutes ?? null,
    longest_wait_where: world.setup.resources.find((one) => one.resource === longest?.where)?.name ?? null,
    waitlist: world.schedule.waiting.length,
    checks: visits.filter((one) => isComing(one) && gatesOf(productOf(world, one.product), one.patient, one.waived).some((gate) => gate.state === "failed")).length,
  };
}

/** Who accepted a booking, as the visit shows them. */
function contactOf(world: World, contact: string | null | undefined): VisitView["contact"] {
  const found = world.schedule.contacts.find((one) => one.contact === contact);
  return found ? { contact: found.contact, name: found.name, relationship: found.relationship } : null;
}

function visitView(world: World, visit: FakeVisit): VisitView {
  const product = productOf(world, visit.product);
  return {
    unit: visit.unit,
    version: visit.version,
    order: visit.unit.replace("unit", "order"),
    patient: visit.patient,
    patient_name: nameOf(world, visit.patient),
    date: visit.date,
    slot: { date: visit.date, minute: visit.from, minutes: visit.minutes },
    time: range(visit.from, visit.minutes),
    label: labelOf(world, visit),
    product: visit.product,
    offer_version: product?.offer_version ?? 1,
    resources: visit.resources,
    names: visit.resources.map((id) => world.setup.resources.find((one) => one.resource === id)?.name ?? ""),
    status: visit.status,
    next: NEXT[visit.status],
    checkpoints: visit.checkpoints,
    contact: visit.contact ?? null,
    desk_note: visit.desk_note,
    preparation: product?.preparation ?? "",
    booked_by: visit.checkpoints[0]?.by ?? "",
    booked_at: visit.checkpoints[0]?.at ?? "",
    overridden: visit.overridden,
    reach_by: reachBy(world, visit.patient),
    repeats: visit.series !== undefined,
    gates: gatesOf(product, visit.patient, visit.waived),
    told: toldTime(visit.told, visit.minutes),
  };
}

const looking: Pick<Answers<"scheduling">, "scheduling.day" | "scheduling.week" | "scheduling.month" | "scheduling.visit" | "scheduling.clinical_visit" | "scheduling.patient_visits" | "scheduling.openings" | "scheduling.check" | "scheduling.waitlist"> = {
  "scheduling.day": (world, input) => {
    const today = scheduleToday();
    const date = input.date ?? today;
    const visits = visitsOn(world, date);
    const resources = world.setup.resources.filter((one) => !one.ended);
    const grid = (resource: string) => world.setup.calendars.find((one) => one.resources.includes(resource))?.grid_minutes ?? 10;
    return {
      date,
      today,
      zone: world.practice.time_zone,
      minutes: 1440,
      now: date === today ? NOW : null,
      first: 480,
      last: 1050,
      labels: Array.from({ length: 24 }, (_, hour) => ({ minute: hour * 60, text: clock(hour * 60), again: false })),
      columns: resources.map((one) => ({ resource: one.resource, kind: one.kind, name: one.name, note: one.note, capacity: one.capacity, grid_minutes: grid(one.resource) })),
      shades: resources.flatMap((one) => shadesOn(world, date, one.resource)),
      visits: visits.map((one) => dayVisit(world, one)),
      holds: holdsOn(world, date),
      reserved: reservedOn(world, date),
      numbers: numbersOf(world, visits),
      column_sets: world.schedule.columnSets,
    };
  },
  "scheduling.week": (world, input) => {
    const from = input.from ?? scheduleToday();
    const [only] = input.resources;
    return {
      from,
      today: scheduleToday(),
      days: Array.from({ length: Math.min(42, input.days) }, (_, index) => {
        const date = plus(from, index);
        const visits = visitsOn(world, date).filter((one) => input.resources.length === 0 || one.resources.some((id) => input.resources.includes(id)));
        return { date, minutes: 1440, first: 480, last: 1050, booked: visits.filter((one) => one.status !== "cancelled").length, visits: visits.map((one) => dayVisit(world, one)), shades: only && input.resources.length === 1 ? shadesOn(world, date, only) : [] };
      }),
    };
  },
  "scheduling.month": (world, input) => {
    const first = `${(input.from ?? scheduleToday()).slice(0, 7)}-01`;
    const length = new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)), 0)).getUTCDate();
    const days = Array.from({ length }, (_, index) => {
      const date = plus(first, index);
      const visits = visitsOn(world, date).filter((one) => one.status !== "cancelled");
      const people = world.setup.resources.filter((one) => one.kind === "practitioner" && !one.ended);
      const shut = people.reduce((sum, one) => sum + shadesOn(world, date, one.resource).reduce((all, shade) => all + shade.to - shade.from, 0), 0);
      return { date, booked: visits.length, open_minutes: Math.max(0, people.length * 1440 - shut), busy_minutes: visits.reduce((sum, one) => sum + one.minutes, 0) };
    });
    return { from: first, today: scheduleToday(), days };
  },
  "scheduling.visit": (world, input) => visitView(world, findVisit(world, input.unit)),
  "scheduling.clinical_visit": (world, input) => {
    const visit = findVisit(world, input.unit);
    return { unit: visit.unit, reason_for_visit: visit.reason_for_visit, procedure_detail: visit.procedure_detail, product_name: productOf(world, visit.product)?.label ?? "" };
  },
  "scheduling.patient_visits": (world, input) => ({
    more: false,
    operations: operationsOf(world, input.patient),
    rows: world.schedule.visits
      .filter((one) => one.patient === input.patient)
      .toSorted((a, b) => b.date.localeCompare(a.date) || b.from - a.from)
      .map((one) => ({ unit: one.unit, date: one.date, time: range(one.from, one.minutes), label: labelOf(world, one), names: visitView(world, one).names, status: one.status, coming: one.date >= scheduleToday() && isComing(one), elsewhere: false })),
  }),
  "scheduling.openings": (world, input) => findOpenings(world, input),
  "scheduling.check": (world, input) => checkBooking(world, input),
  "scheduling.waitlist": (world, input) => ({
    rows: world.schedule.waiting.map((one) => ({
      ...one,
      patient_name: nameOf(world, one.patient),
      label: productOf(world, one.product)?.label ?? "",
      reach_by: null,
      fits: input.date === null ? [] : findOpenings(world, { product: one.product, patient: one.patient, resources: one.resources, from: input.date, days: 1, weekdays: one.weekdays, not_before: one.not_before, not_after: one.not_after, limit: 2 }).rows,
    })),
  }),
};

/** The day and what is booked in it, made up. Setting up is faked apart. */
export const scheduling: Answers<"scheduling"> = {
  ...setupAnswers,
  ...looking,
  ...seriesAnswers,
  ...deskAnswers,
  ...toldAnswers,
  ...theatreAnswers,
  "scheduling.book": (world, input) => {
    if (input.resources.length === 0) return refuse("scheduling.no_resource", "resources", "Choose who or what.");
    const overridden = stand(world, { product: input.product, patient: input.patient, slot: input.slot, resources: input.resources, unit: null, hold: input.hold ?? null }, input.override_reason);
    world.schedule.holds = world.schedule.holds.filter((one) => one.hold !== input.hold);
    const visit = newVisit(world.schedule, { date: input.slot.date, patient: input.patient, product: input.product, resources: input.resources, from: input.slot.minute, minutes: input.slot.minutes, desk_note: input.desk_note ?? null, overridden });
    visit.contact = contactOf(world, input.contact);
    world.schedule.waiting = world.schedule.waiting.filter((one) => one.wait !== input.wait);
    return { order: visit.unit.replace("unit", "order"), line: visit.unit.replace("unit", "line"), unit: visit.unit, version: visit.version };
  },
  "scheduling.move": (world, input) => {
    const visit = freshVisit(world, input.unit, input.version);
    const overridden = stand(world, { product: visit.product, patient: visit.patient, slot: input.slot, resources: input.resources, unit: visit.unit, hold: null }, input.override_reason);
    Object.assign(visit, { date: input.slot.date, from: input.slot.minute, minutes: input.slot.minutes, resources: input.resources, version: visit.version + 1, overridden: [...visit.overridden, ...overridden] });
    delete visit.told;
    return { version: visit.version };
  },
  "scheduling.advance": (world, input) => {
    const visit = freshVisit(world, input.unit, input.version);
    const before = visit.checkpoints.at(-2)?.status ?? "booked";
    const back = input.to === before;
    if (!back && !NEXT[visit.status].includes(input.to)) return refuse("scheduling.bad_status", "to", "Look at the day again.");
    if ((input.to === "no_show" || input.to === "cancelled") && !input.reason) return refuse("scheduling.reason_needed", "reason", "Say why.");
    if (input.to === "in_care" && visitView(world, visit).gates.some((one) => one.state === "failed")) return refuse("scheduling.gate_failed", "to", "Look at what failed.");
    visit.checkpoints = back ? visit.checkpoints.slice(0, Math.max(1, visit.checkpoints.length - 1)) : [...visit.checkpoints, { status: input.to, at: at(visit.date, NOW), by: "Dr. Naomi Ito", reason: input.reason ?? null, note: input.note ?? null }];
    visit.status = input.to;
    visit.version += 1;
    return { version: visit.version };
  },
  "scheduling.note_desk": (world, input) => {
    const visit = freshVisit(world, input.unit, input.version);
    visit.desk_note = input.desk_note.trim() || null;
    visit.version += 1;
    return { version: visit.version };
  },
  "scheduling.waive_gate": (world, input) => {
    const visit = freshVisit(world, input.unit, input.version);
    if (input.reason.trim() === "") return refuse("scheduling.bad_text", "reason", "Say why.");
    visit.waived = { ...visit.waived, [input.gate]: input.reason.trim() };
    visit.version += 1;
    return { version: visit.version };
  },
  "scheduling.keep_contact": (world, input) => {
    world.schedule.count += 1;
    const contact = input.contact ?? `contact-${world.schedule.count}`;
    world.schedule.contacts = [...world.schedule.contacts.filter((one) => one.contact !== contact), { ...input, contact }];
    return { contact };
  },
  "scheduling.contacts": (world, input) => ({
    rows: world.schedule.contacts.filter((one) => !one.ended && one.patients.includes(input.patient)).map(({ contact, name, relationship, patients, channels }) => ({ contact, name, relationship, patients, channels })),
  }),
  "scheduling.hold_slot": (world, input) => {
    world.schedule.count += 1;
    const hold = `hold-${world.schedule.count}`;
    if (input.resources.length === 0) return refuse("scheduling.no_resource", "resources", "Choose who or what.");
    world.schedule.holds.push({ hold, product: input.product ?? null, date: input.slot.date, resources: input.resources, from: input.slot.minute, minutes: input.slot.minutes, ends: Date.now() + 600_000, held_by: "Dr. Naomi Ito", own: true });
    return { hold, until: at(input.slot.date, NOW + 10), seconds_left: 600 };
  },
  "scheduling.release_slot": (world, input) => {
    world.schedule.holds = world.schedule.holds.filter((one) => one.hold !== input.hold);
    return null;
  },
  "scheduling.note_reason": (world, input) => {
    Object.assign(findVisit(world, input.unit), { reason_for_visit: input.reason_for_visit, procedure_detail: input.procedure_detail });
    return null;
  },
  "scheduling.wait": (world, input) => {
    world.schedule.count += 1;
    const wait = `wait-${world.schedule.count}`;
    world.schedule.waiting.push({ wait, waits_days: 0, ...input });
    return { wait };
  },
  "scheduling.leave_waitlist": (world, input) => {
    world.schedule.waiting = world.schedule.waiting.filter((one) => one.wait !== input.wait);
    return null;
  },
};
