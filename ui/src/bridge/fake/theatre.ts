import type { BoardAllocation, BoardReservation, CaseDetailView, CaseRow, DayReserved, ReservationPurpose, ResourceView, RuleView, TheatreBoardView, TheatreCheckpointView, TheatreLapse, TheatreStep, Urgency } from "../generated";
import { NOW, at, clock, nameOf, range, scheduleToday, shadesOn, toldTime, type FakeTold } from "./schedule";
import { calendarOf } from "./schedulingSetup";
import type { World } from "./world";

export interface FakeCase {
  case: string;
  version: number;
  patient: string;
  surgeon: string | null;
  department: string | null;
  urgency: Urgency;
  minutes: number;
  since: string;
  closed: boolean;
  clinical: CaseDetailView | null;
}

export interface FakeReservation {
  reservation: string;
  version: number;
  theatre: string;
  purpose: ReservationPurpose;
  date: string;
  /** When the procedure itself begins. */
  minute: number;
  minutes: number;
  setup: number;
  turnover: number;
  case: string | null;
  note: string | null;
  checkpoints: TheatreCheckpointView[];
  overridden: string[];
  /** What has ended of it and was waived. */
  waivers: { resource: string; what: string; reason: string }[];
  /** When people were told that it begins, where it stands elsewhere now. */
  told?: FakeTold;
}

export interface FakeAllocation {
  allocation: string;
  reservation: string;
  resource: string | null;
  name: string;
  quantity: number;
  role: string;
  from: number;
  to: number;
}

export interface FakeTheatre {
  cases: FakeCase[];
  reservations: FakeReservation[];
  allocations: FakeAllocation[];
  count: number;
}

export const NO_THEATRE: FakeTheatre = { cases: [], reservations: [], allocations: [], count: 0 };
export const THEATRE = { one: "resource-21", two: "resource-22", vale: "resource-23", chen: "resource-24", cArm: "resource-25", roth: "resource-26" } as const;
export const STEPS: readonly TheatreStep[] = ["reserved", "set_up", "patient_in", "begun", "ended", "patient_out", "turned_over"];

const h = (hour: number, minute = 0) => hour * 60 + minute;

const MORE: readonly [resource: string, kind: ResourceView["kind"], name: string, note: string][] = [
  [THEATRE.one, "theatre", "Theatre 1", "Laminar flow"],
  [THEATRE.two, "theatre", "Theatre 2", "Endoscopy"],
  [THEATRE.vale, "practitioner", "Dr. Lena Vale", "Surgery"],
  [THEATRE.roth, "practitioner", "Dr. Iris Roth", "Endoscopy"],
  [THEATRE.chen, "practitioner", "M. Chen, CRNA", "Anesthesia"],
  [THEATRE.cArm, "equipment", "C-arm", "Checked to May 9"],
];

/** What the C-arm could until it had to be looked at again. */
const CHECKED = { name: "fluoroscopy", valid_until: "2026-05-09" };

type Seed = readonly [theatre: keyof typeof THEATRE, patient: number, urgency: Urgency, minute: number, minutes: number, setup: number, turnover: number, steps: readonly (readonly [TheatreStep, number])[]];

/** The day in two theatres: what is over, what is under way at the made-up time, and what is still to come. */
const SEEDS: readonly Seed[] = [
  ["one", 26, "elective", h(8), 70, 30, 20, [["set_up", h(7, 33)], ["patient_in", h(7, 52)], ["begun", h(8, 4)], ["ended", h(9, 8)], ["patient_out", h(9, 17)], ["turned_over", h(9, 32)]]],
  ["one", 27, "urgent", h(10), 90, 25, 25, [["set_up", h(9, 36)], ["patient_in", h(9, 55)], ["begun", h(10, 8)]]],
  ["one", 28, "elective", h(12, 30), 60, 25, 20, []],
  ["two", 29, "elective", h(9), 45, 15, 15, [["set_up", h(8, 47)], ["patient_in", h(8, 58)], ["begun", h(9, 5)], ["ended", h(9, 46)], ["patient_out", h(9, 52)], ["turned_over", h(10, 3)]]],
  ["two", 30, "elective", h(10, 45), 45, 20, 15, [["set_up", h(10, 33)]]],
  ["two", 31, "emergency", h(15, 30), 30, 15, 15, []],
];

/** Two theatres, who and what works in them, and a day of it. */
export function makeTheatres(world: World): void {
  for (const [resource, kind, name, note] of MORE) {
    const like = world.setup.resources.find((one) => one.kind === (kind === "theatre" ? "room" : kind));
    if (like) world.setup.resources.push({ ...like, resource, kind, name, note, staff: null, capabilities: resource === THEATRE.cArm ? [CHECKED] : [], lapsed: resource === THEATRE.cArm ? [CHECKED.name] : [] });
    const calendar = world.setup.calendars[0];
    if (calendar) world.setup.calendars.push({ ...calendar, calendar: calendarOf(resource), name, resources: [resource] });
    const open: RuleView = { rule: `rule-${resource}`, calendar: calendarOf(resource), kind: "open", label: "", weekdays: [1, 2, 3, 4, 5], every_weeks: 1, from: "2026-01-05", until: null, from_minute: h(7), to_minute: h(17), products: [], capacity: null };
    world.setup.rules.push(open);
  }
  const date = scheduleToday();
  const theatre: FakeTheatre = structuredClone(NO_THEATRE);
  world.theatre = theatre;
  for (const [where, who, urgency, minute, minutes, setup, turnover, steps] of SEEDS) {
    const one = newCase(world, { patient: world.patients[who]?.id ?? "", surgeon: where === "one" ? THEATRE.vale : THEATRE.roth, department: null, urgency, minutes });
    const reservation = newReservation(world, { theatre: THEATRE[where], purpose: "surgery", date, minute, minutes, setup, turnover, case: one.case, note: null });
    reservation.checkpoints.push(...steps.map(([step, when]) => ({ step, at: at(date, when), by: "R. Alvarez" })));
  }
  const second = theatre.reservations[1];
  if (second) {
    newAllocation(world, { reservation: second.reservation, resource: THEATRE.chen, name: "", quantity: 1, role: "Anesthesia", from: 15, to: 130 });
    newAllocation(world, { reservation: second.reservation, resource: THEATRE.cArm, name: "", quantity: 1, role: "Imaging", from: 25, to: 85 });
    newAllocation(world, { reservation: second.reservation, resource: null, name: "Cortical screws 3.5 mm", quantity: 6, role: "", from: 0, to: 140 });
  }
  const third = theatre.reservations[2];
  newReservation(world, { theatre: THEATRE.one, purpose: "maintenance", date, minute: h(14, 30), minutes: 90, setup: 0, turnover: 0, case: null, note: "Air filters" });
  newReservation(world, { theatre: THEATRE.two, purpose: "block", date, minute: h(12, 30), minutes: 120, setup: 0, turnover: 0, case: null, note: "Kept for emergencies" });
  for (const [who, urgency, minutes] of [[32, "emergency", 90], [33, "urgent", 45], [34, "elective", 60]] as const) {
    newCase(world, { patient: world.patients[who]?.id ?? "", surgeon: who === 33 ? null : THEATRE.vale, department: null, urgency, minutes });
  }
  if (third) newAllocation(world, { reservation: third.reservation, resource: THEATRE.cArm, name: "", quantity: 1, role: "Imaging", from: 25, to: 85 });
  const first = theatre.cases[1];
  if (first) first.clinical = { procedure: "Fixation of a fracture of the radius", laterality: "left", anaesthesia: "General", note: "Latex allergy", noted_by: "Dr. Lena Vale", noted_at: at(date, h(7, 10)) };
}

export function newCase(world: World, of: Pick<FakeCase, "patient" | "surgeon" | "department" | "urgency" | "minutes">): FakeCase {
  world.theatre.count += 1;
  const made: FakeCase = { case: `case-${world.theatre.count}`, version: 1, since: scheduleToday(), closed: false, clinical: null, ...of };
  world.theatre.cases.push(made);
  return made;
}

/** Reserves a theatre. The case's surgeon is allocated in the same step. */
export function newReservation(world: World, of: Omit<FakeReservation, "reservation" | "version" | "checkpoints" | "overridden" | "waivers">): FakeReservation {
  world.theatre.count += 1;
  const made: FakeReservation = { reservation: `reservation-${world.theatre.count}`, version: 1, checkpoints: [{ step: "reserved", at: at(of.date, h(7)), by: "Dana Whitfield" }], overridden: [], waivers: [], ...of };
  world.theatre.reservations.push(made);
  const surgeon = world.theatre.cases.find((one) => one.case === of.case)?.surgeon ?? null;
  if (surgeon !== null) newAllocation(world, { reservation: made.reservation, resource: surgeon, name: "", quantity: 1, role: "Surgeon", from: made.setup, to: made.setup + made.minutes });
  return made;
}

export function newAllocation(world: World, of: Omit<FakeAllocation, "allocation">): FakeAllocation {
  world.theatre.count += 1;
  const made = { allocation: `allocation-${world.theatre.count}`, ...of };
  world.theatre.allocations.push(made);
  return made;
}

export function stepOf(reservation: FakeReservation): TheatreStep {
  return reservation.checkpoints.at(-1)?.step ?? "reserved";
}

/** Any later step, or the one before. */
export function nextOf(reservation: FakeReservation): TheatreStep[] {
  if (reservation.purpose !== "surgery") return [];
  const before = reservation.checkpoints.at(-2)?.step;
  return [...STEPS.slice(STEPS.indexOf(stepOf(reservation)) + 1), ...(before ? [before] : [])];
}

/** Whether the patient is still to be brought in: from then on, nobody need be told and nothing is asked for any more. */
export function isBefore(of: FakeReservation, step: TheatreStep): boolean {
  return STEPS.indexOf(stepOf(of)) < STEPS.indexOf(step);
}

/** What has ended of the theatre and of whoever and whatever goes along. Nobody is brought in for maintenance, so nothing of that is asked for. */
export function lapsesOf(world: World, of: FakeReservation): TheatreLapse[] {
  if (of.purpose !== "surgery" || !isBefore(of, "patient_in")) return [];
  const along = world.theatre.allocations.filter((one) => one.reservation === of.reservation).map((one) => one.resource);
  return [...new Set([of.theatre, ...along])].flatMap((resource) => {
    const found = world.setup.resources.find((one) => one.resource === resource);
    return (found?.lapsed ?? []).map((what) => ({ resource: found?.resource ?? "", name: found?.name ?? "", what, can_waive: what !== "license", waived: of.waivers.find((one) => one.resource === resource && one.what === what)?.reason ?? null }));
  });
}

export function whole(one: FakeReservation): { from: number; to: number } {
  return { from: one.minute - one.setup, to: one.minute + one.minutes + one.turnover };
}

export function caseRow(world: World, of: FakeCase): CaseRow {
  const { case: id, version, patient, surgeon, department, urgency, minutes, since } = of;
  return { case: id, version, patient, patient_name: nameOf(world, patient), surgeon, surgeon_name: resourceName(world, surgeon), department, urgency, minutes, since };
}

export function resourceName(world: World, resource: string | null): string | null {
  return world.setup.resources.find((one) => one.resource === resource)?.name ?? null;
}

function allocationRow(world: World, of: FakeAllocation, begins: number): BoardAllocation {
  const { allocation, resource, quantity, role, from, to } = of;
  const kind = world.setup.resources.find((one) => one.resource === resource)?.kind ?? null;
  return { allocation, resource, kind, name: resourceName(world, resource) ?? of.name, quantity, role, from, to, time: range(begins + from, to - from) };
}

function boardReservation(world: World, of: FakeReservation): BoardReservation {
  const found = world.theatre.cases.find((one) => one.case === of.case);
  const { from } = whole(of);
  return {
    reservation: of.reservation,
    version: of.version,
    theatre: of.theatre,
    purpose: of.purpose,
    from,
    setup: of.setup,
    minutes: of.minutes,
    turnover: of.turnover,
    time: range(of.minute, of.minutes),
    case: found ? caseRow(world, found) : null,
    note: of.note,
    step: stepOf(of),
    since: of.checkpoints.at(-1)?.at ?? null,
    next: nextOf(of),
    checkpoints: of.checkpoints,
    allocations: world.theatre.allocations
      .filter((one) => one.reservation === of.reservation)
      .map((one) => allocationRow(world, one, from)),
    overridden: of.overridden,
    lapsed: lapsesOf(world, of),
    can_move: isBefore(of, "ended"),
    can_release: of.purpose !== "surgery" || isBefore(of, "patient_in"),
    told: toldOf(of),
  };
}

function toldOf(of: FakeReservation) {
  return isBefore(of, "patient_in") ? toldTime(of.told, of.minutes) : null;
}

/** What theatres and allocations take of a day's columns. */
export function reservedOn(world: World, date: string): DayReserved[] {
  return world.theatre.reservations.filter((one) => one.date === date).flatMap((one) => {
    const { from, to } = whole(one);
    const patient = world.theatre.cases.find((other) => other.case === one.case)?.patient ?? null;
    const row = { reservation: one.reservation, purpose: one.purpose, label: one.purpose === "surgery" ? "Surgery" : (one.note ?? ""), patient_name: patient === null ? null : nameOf(world, patient), told: toldOf(one) };
    return [
      { ...row, resource: one.theatre, from, minutes: to - from },
      ...world.theatre.allocations.flatMap((other) => (other.reservation === one.reservation && other.resource !== null ? [{ ...row, resource: other.resource, from: from + other.from, minutes: other.to - other.from }] : [])),
    ];
  });
}

export function boardOf(world: World, asked: string | null): TheatreBoardView {
  const today = scheduleToday();
  const date = asked ?? today;
  const living = world.setup.resources.filter((one) => !one.ended);
  const column = (one: ResourceView) => ({ resource: one.resource, kind: one.kind, name: one.name, note: one.note, capacity: one.capacity, grid_minutes: 5 });
  const theatres = living.filter((one) => one.kind === "theatre");
  const placed = new Set(world.theatre.reservations.map((one) => one.case));
  return {
    date,
    today,
    zone: world.practice.time_zone,
    minutes: 1440,
    now: date === today ? NOW : null,
    first: 420,
    last: 1080,
    labels: Array.from({ length: 24 }, (_, hour) => ({ minute: hour * 60, text: clock(hour * 60), again: false })),
    theatres: theatres.map(column),
    shades: theatres.flatMap((one) => shadesOn(world, date, one.resource)),
    reservations: world.theatre.reservations.filter((one) => one.date === date).map((one) => boardReservation(world, one)),
    unplaced: world.theatre.cases.filter((one) => !one.closed && !placed.has(one.case)).map((one) => caseRow(world, one)),
    allocatable: living.filter((one) => one.kind !== "theatre").map(column),
  };
}
