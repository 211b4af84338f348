import type { CheckpointOfVisit, ColumnSet, DayHold, DayShade, DayVisit, KeepContact, ProductView, RuleView, ToldTime, VisitStatus, VisitView, WaitRow } from "../generated";
import { refuse } from "./answers";
import { plus, today } from "./calendar";
import { dice } from "./people";
import { PRODUCT, RESOURCE } from "./schedulingSetup";
import type { World } from "./world";

/** A visit of the fake backend, with what only its own view shows. */
export interface FakeVisit {
  unit: string;
  version: number;
  date: string;
  patient: string;
  product: string;
  resources: string[];
  from: number;
  minutes: number;
  status: VisitStatus;
  checkpoints: CheckpointOfVisit[];
  desk_note: string | null;
  /** Who accepted it, where that was not the patient. */
  contact?: VisitView["contact"];
  overridden: string[];
  reason_for_visit: string | null;
  procedure_detail: string | null;
  /** When the patient was told to come, where the visit stands elsewhere now. */
  told?: FakeTold;
  /** Gates that were waived, with why. */
  waived?: Record<string, string>;
  /** The series it is one of. */
  series?: string;
}

/** What people were told: a day, and a minute of it. */
export interface FakeTold {
  date: string;
  minute: number;
}

/** The same in words; null where it stands where they were told. */
export function toldTime(told: FakeTold | undefined, minutes: number): ToldTime | null {
  return told ? { date: told.date, time: range(told.minute, minutes) } : null;
}

export interface FakeHold extends Omit<DayHold, "seconds_left" | "until" | "until_text"> {
  date: string;
  /** When it runs out, in milliseconds of this computer's clock. */
  ends: number;
}

export interface FakeSchedule {
  visits: FakeVisit[];
  holds: FakeHold[];
  waiting: Omit<WaitRow, "patient_name" | "label" | "fits" | "reach_by">[];
  /** Days that were made up already. */
  made: Set<string>;
  count: number;
  contacts: (KeepContact & { contact: string })[];
  columnSets: ColumnSet[];
}

/** The made-up clock stands still, so that pictures and tests can be compared. */
export const NOW = 10 * 60 + 36;

/** The made-up day: today, or the Monday after where nobody works today. */
export function scheduleToday(): string {
  const weekday = weekdayOf(today());
  return weekday > 5 ? plus(today(), 8 - weekday) : today();
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: string): number {
  return ((new Date(date).getUTCDay() + 6) % 7) + 1;
}

export function at(date: string, minute: number): string {
  return `${date}T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}:00-06:00`;
}

export function clock(minute: number): string {
  const hour = Math.floor(minute / 60) % 24;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute % 60).padStart(2, "0")}`;
}

export function range(from: number, minutes: number): string {
  return `${clock(from)} to ${clock(from + minutes)}`;
}

type Seed = readonly [patient: number, product: keyof typeof PRODUCT, resources: readonly (keyof typeof RESOURCE)[], from: number, minutes: number, status: VisitStatus, since: number];

const h = (hour: number, minute = 0) => hour * 60 + minute;

/** The day of the sketch, person by person. */
const SKETCH: readonly Seed[] = [
  [6, "followUp", ["ito"], h(8, 30), 30, "checked_out", h(9, 4)],
  [5, "followUp", ["ito"], h(9), 30, "done", h(9, 41)],
  [1, "annual", ["ito", "room1", "ecg"], h(9, 45), 45, "in_care", h(9, 52)],
  [0, "followUp", ["ito"], h(10, 30), 30, "arrived", h(10, 30)],
  [2, "followUp", ["ito", "room1"], h(11), 30, "confirmed", h(9)],
  [3, "minorProcedure", ["ito", "procedure"], h(13), 60, "booked", h(8)],
  [4, "followUp", ["ito"], h(14, 30), 30, "booked", h(8)],
  [18, "followUp", ["ito"], h(15, 15), 30, "confirmed", h(8)],
  [7, "wellChild", ["osei"], h(8, 30), 20, "done", h(8, 55)],
  [8, "wellChild", ["osei"], h(9), 40, "done", h(9, 44)],
  [9, "followUp", ["osei", "room2"], h(10), 30, "roomed", h(10, 18)],
  [10, "vaccines", ["osei"], h(10, 45), 20, "confirmed", h(9)],
  [11, "followUp", ["osei", "room2"], h(11, 15), 30, "no_show", h(10, 35)],
  [12, "wellChild", ["osei"], h(13, 30), 30, "booked", h(8)],
  [21, "newPatient", ["osei", "room2"], h(14, 30), 45, "confirmed", h(8)],
  [13, "bloodDraw", ["alvarez"], h(9), 20, "done", h(9, 24)],
  [14, "bloodDraw", ["alvarez"], h(9, 30), 20, "in_care", h(9, 40)],
  [15, "vaccines", ["alvarez"], h(10, 15), 40, "confirmed", h(8)],
  [16, "bloodDraw", ["alvarez"], h(13), 20, "booked", h(8)],
  [22, "bloodDraw", ["alvarez"], h(13, 40), 20, "booked", h(8)],
];

const CLINICAL: Record<number, string> = { 0: "Blood pressure after the new dose", 1: "Annual exam, chest pain in September", 3: "Mole on the left shoulder, to be taken out", 9: "Sore throat since Friday" };

export function madeUpSchedule(patients: readonly { id: string }[]): FakeSchedule {
  const date = scheduleToday();
  const patient = (index: number) => patients[index]?.id ?? "";
  const schedule: FakeSchedule = { visits: [], holds: [], waiting: [], made: new Set([date]), count: 0, contacts: madeUpContacts(patient(0)), columnSets: [] };
  for (const [who, product, resources, from, minutes, status, since] of SKETCH) {
    const visit = newVisit(schedule, { date, patient: patient(who), product: PRODUCT[product], resources: resources.map((one) => RESOURCE[one]), from, minutes });
    visit.reason_for_visit = CLINICAL[who] ?? null;
    if (status !== "booked") {
      visit.status = status;
      visit.version = 2;
      visit.checkpoints.push({ status, at: at(date, since), by: "Dana Whitfield", reason: status === "no_show" ? "no_answer" : null, note: null });
    }
  }
  schedule.holds.push({ hold: "hold-1", product: PRODUCT.followUp, date, resources: [RESOURCE.ito], from: h(11, 30), minutes: 30, ends: Date.now() + 372_000, held_by: "D. Whitfield", own: false });
  const wait = (number: number, who: number, product: keyof typeof PRODUCT, weekdays: number[], not_before: number | null, not_after: number | null, note: string) => {
    schedule.waiting.push({ wait: `wait-${number}`, patient: patient(who), product: PRODUCT[product], waits_days: number * 3, resources: [], weekdays, not_before, not_after, until: null, note });
  };
  wait(1, 23, "followUp", [], h(13), null, "After school");
  wait(2, 24, "annual", [1, 2, 3], null, null, "");
  wait(3, 25, "bloodDraw", [], null, h(12), "Needs to come fasting");
  return schedule;
}

/** Who acts for the first patient: her daughter books for her. */
function madeUpContacts(patient: string): FakeSchedule["contacts"] {
  return [{ contact: "contact-1", name: "Elena Hallorán", relationship: "Daughter", patients: [patient], channels: [{ kind: "phone", value: "+16085550177", preferred: true }, { kind: "email", value: "elena@example.org", preferred: false }], ended: false }];
}

export function newVisit(schedule: FakeSchedule, of: Pick<FakeVisit, "date" | "patient" | "product" | "resources" | "from" | "minutes"> & { desk_note?: string | null; overridden?: string[]; series?: string }): FakeVisit {
  schedule.count += 1;
  const visit: FakeVisit = {
    unit: `unit-${schedule.count}`,
    version: 1,
    status: "booked",
    checkpoints: [{ status: "booked", at: at(plus(of.date, -9), h(9, 12)), by: "Dana Whitfield", reason: null, note: null }],
    desk_note: null,
    overridden: [],
    reason_for_visit: null,
    procedure_detail: null,
    ...of,
  };
  schedule.visits.push(visit);
  return visit;
}

export function findVisit(world: World, unit: string): FakeVisit {
  return world.schedule.visits.find((one) => one.unit === unit) ?? refuse("scheduling.unknown", "unit", "Look at the day again.");
}

export function freshVisit(world: World, unit: string, version: number): FakeVisit {
  const visit = findVisit(world, unit);
  return visit.version === version ? visit : refuse("scheduling.stale", null, "Look at the day again.");
}

/** The visits of a day. A working day that nobody looked at yet is made up on the way. */
export function visitsOn(world: World, date: string): FakeVisit[] {
  if (!world.schedule.made.has(date)) fill(world, date);
  return world.schedule.visits.filter((one) => one.date === date);
}

function fill(world: World, date: string): void {
  world.schedule.made.add(date);
  const random = dice(Number(date.replaceAll("-", "")));
  const over = date < scheduleToday();
  for (const [resource, product, length] of [[RESOURCE.ito, PRODUCT.followUp, 30], [RESOURCE.osei, PRODUCT.wellChild, 30], [RESOURCE.alvarez, PRODUCT.bloodDraw, 20]] as const) {
    if (!world.setup.resources.some((one) => one.resource === resource)) continue;
    const shades = shadesOn(world, date, resource);
    for (let from = h(8, 30); from < h(16, 30); from += length) {
      const free = !shades.some((one) => one.from < from + length && one.to > from);
      if (!free || random() < 0.42) continue;
      const patient = world.patients[Math.floor(random() * 60)]?.id ?? "";
      if (world.schedule.visits.some((one) => one.date === date && one.patient === patient)) continue;
      const visit = newVisit(world.schedule, { date, patient, product, resources: [resource], from, minutes: length });
      if (over) visit.status = random() < 0.08 ? "no_show" : "checked_out";
      else if (random() < 0.4) visit.status = "confirmed";
    }
  }
}

function inForce(rule: RuleView, date: string): boolean {
  if (date < rule.from || (rule.until !== null && date > rule.until)) return false;
  if (rule.weekdays.length > 0 && !rule.weekdays.includes(weekdayOf(date))) return false;
  const weeks = Math.floor(Math.round((Date.parse(date) - Date.parse(rule.from)) / 86_400_000 + weekdayOf(rule.from) - 1) / 7);
  return weeks % rule.every_weeks === 0;
}

/** When a resource cannot be booked that day, and why. */
export function shadesOn(world: World, date: string, resource: string): DayShade[] {
  const calendars = new Set(world.setup.calendars.filter((one) => one.resources.includes(resource)).map((one) => one.calendar));
  const rules = world.setup.rules.filter((one) => calendars.has(one.calendar) && inForce(one, date));
  const open = rules.filter((one) => one.kind === "open").toSorted((a, b) => a.from_minute - b.from_minute);
  const shades: DayShade[] = [];
  let until = 0;
  for (const rule of open) {
    if (rule.from_minute > until) shades.push({ resource, from: until, to: rule.from_minute, kind: "closed", label: "" });
    until = Math.max(until, rule.to_minute);
  }
  if (until < 1440) shades.push({ resource, from: until, to: 1440, kind: "closed", label: "" });
  for (const rule of rules) {
    if (rule.kind !== "open") shades.push({ resource, from: rule.from_minute, to: rule.to_minute, kind: rule.kind, label: rule.label });
  }
  return shades;
}

export function productOf(world: World, id: string): ProductView | undefined {
  return world.setup.products.find((one) => one.product === id);
}

export function nameOf(world: World, patient: string): string {
  const found = world.patients.find((one) => one.id === patient);
  const record = found?.versions[found.versions.length - 1]?.record;
  return record ? `${record.name.family}, ${record.name.given.join(" ")}` : "";
}

/** What the front desk reads of a product: a sensitive one has a neutral label. */
export function labelOf(world: World, visit: Pick<FakeVisit, "product" | "resources">): string {
  const product = productOf(world, visit.product);
  if (!product?.sensitive) return product?.label ?? "";
  const first = world.setup.resources.find((one) => one.resource === visit.resources[0]);
  return `Visit with ${(first?.name ?? "").replace(/^(Dr\.) \S+ /, "$1 ")}`;
}

/** The row of the day. */
export function dayVisit(world: World, visit: FakeVisit): DayVisit {
  const product = productOf(world, visit.product);
  return {
    unit: visit.unit,
    version: visit.version,
    product: visit.product,
    patient: visit.patient,
    patient_name: nameOf(world, visit.patient),
    resources: visit.resources,
    from: visit.from,
    minutes: visit.minutes,
    before: product?.before ?? 0,
    after: product?.after ?? 0,
    time: range(visit.from, visit.minutes),
    told: toldTime(visit.told, visit.minutes),
    label: labelOf(world, visit),
    status: visit.status,
    since: visit.checkpoints[visit.checkpoints.length - 1]?.at ?? null,
    overridden: visit.overridden.length > 0,
    repeats: visit.series !== undefined,
  };
}
