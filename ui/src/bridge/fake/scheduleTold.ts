import type { LeftInPlace, PatientOperationRow } from "../generated";
import { refuse, type Answers } from "./answers";
import { plus } from "./calendar";
import { labelOf, nameOf, range, scheduleToday, toldTime, visitsOn, type FakeVisit } from "./schedule";
import { released } from "./steps";
import { isBefore, reservedOn, resourceName, stepOf, whole, type FakeCase, type FakeReservation } from "./theatre";
import type { World } from "./world";

/** By how much the made-up practice moved, and for how many days visits are made up. */
const HOUR = 60;
const DAYS = 28;

const isAhead = (visit: FakeVisit) => visit.status === "booked" || visit.status === "confirmed";
const takesTime = (visit: FakeVisit) => visit.status !== "cancelled" && visit.status !== "no_show";

/** The practice went one zone to the east: what is still to come stands an hour later than people were told. */
export function makeTold(world: World): void {
  for (let day = 0; day < DAYS; day += 1) {
    for (const visit of visitsOn(world, plus(scheduleToday(), day))) {
      if (isAhead(visit)) visit.told = { date: visit.date, minute: visit.from - HOUR };
    }
  }
  makeToldInTheatres(world);
}

/** The same for operations alone, as where nobody has booked a visit yet. */
export function makeToldInTheatres(world: World): void {
  for (const one of world.theatre.reservations) {
    if (one.case !== null && isBefore(one, "patient_in")) one.told = { date: one.date, minute: one.minute - HOUR };
  }
}

interface Place {
  date: string;
  from: number;
  minutes: number;
}

const overlap = (a: Place, b: Place) => a.date === b.date && a.from < b.from + b.minutes && b.from < a.from + a.minutes;
const toldPlace = (visit: FakeVisit): Place => ({ date: visit.told?.date ?? visit.date, from: visit.told?.minute ?? visit.from, minutes: visit.minutes });

/** Whether something that stays where it is stands where this visit was told to be. */
function collides(world: World, visit: FakeVisit, moving: readonly FakeVisit[]): boolean {
  const told = toldPlace(visit);
  const others = visitsOn(world, told.date).filter((one) => one !== visit && takesTime(one) && !moving.includes(one));
  const shares = (one: FakeVisit) => one.patient === visit.patient || one.resources.some((id) => visit.resources.includes(id));
  const reserved = reservedOn(world, told.date).filter((one) => visit.resources.includes(one.resource));
  return others.some((one) => shares(one) && overlap(told, one)) || reserved.some((one) => overlap(told, { ...one, date: told.date }));
}

/** Where an operation takes its theatre, were it put back. */
function toldTheatre(of: FakeReservation): Place {
  const { from, to } = whole({ ...of, minute: of.told?.minute ?? of.minute });
  return { date: of.told?.date ?? of.date, from, minutes: to - from };
}

/** Whether the theatre is taken at that time by something that stays. */
function blocked(world: World, of: FakeReservation, moving: readonly FakeReservation[]): boolean {
  const told = toldTheatre(of);
  const standing = world.theatre.reservations.filter((one) => one !== of && one.theatre === of.theatre && !moving.includes(one));
  return standing.some((one) => overlap(told, { date: one.date, from: whole(one).from, minutes: whole(one).to - whole(one).from }));
}

/** Parts what can move from what would meet something. What stays may be in the way of another, so it is asked again until nothing more stays. */
function settled<T>(displaced: readonly T[], meets: (one: T, moving: readonly T[]) => boolean): { moving: T[]; staying: T[] } {
  let moving = [...displaced];
  for (;;) {
    const all = moving;
    moving = all.filter((one) => !meets(one, all));
    if (moving.length === all.length) return { moving, staying: displaced.filter((one) => !moving.includes(one)) };
  }
}

function leftVisit(world: World, visit: FakeVisit): LeftInPlace {
  const { unit, patient, date, from, minutes } = visit;
  const told = toldTime(visit.told, minutes) ?? { date, time: "" };
  return { unit, reservation: null, patient, patient_name: nameOf(world, patient), label: labelOf(world, visit), date, time: range(from, minutes), told };
}

function leftOperation(world: World, of: FakeReservation): LeftInPlace {
  const { reservation, date, minute, minutes } = of;
  const patient = world.theatre.cases.find((one) => one.case === of.case)?.patient ?? null;
  const told = toldTime(of.told, minutes) ?? { date, time: "" };
  return { unit: null, reservation, patient, patient_name: patient === null ? null : nameOf(world, patient), label: "Surgery", date, time: range(minute, minutes), told };
}

/** Operations go first, so that visits find the theatres as they will stand. */
function settleOperations(world: World, days: readonly string[]): { moved: number; left: LeftInPlace[] } {
  const displaced = world.theatre.reservations.filter((one) => days.includes(one.date) && one.told !== undefined && isBefore(one, "patient_in"));
  const { moving, staying } = settled(displaced, (one, all) => blocked(world, one, all));
  for (const one of moving) {
    Object.assign(one, { date: one.told?.date, minute: one.told?.minute, version: one.version + 1 });
    delete one.told;
  }
  return { moved: moving.length, left: staying.map((one) => leftOperation(world, one)) };
}

export const toldAnswers: Pick<Answers<"scheduling">, "scheduling.resettle"> = {
  "scheduling.resettle": async (world, input) => {
    if (input.days < 1 || input.days > 7) return refuse("scheduling.too_many", "days", "Choose 1 to 7 days.");
    await released("resettling");
    const days = Array.from({ length: input.days }, (_, index) => plus(input.from, index));
    const operations = settleOperations(world, days);
    const displaced = days.flatMap((date) => visitsOn(world, date)).filter((one) => isAhead(one) && one.told !== undefined);
    const { moving, staying } = settled(displaced, (one, all) => collides(world, one, all));
    for (const one of moving) {
      Object.assign(one, { date: one.told?.date, from: one.told?.minute, version: one.version + 1 });
      delete one.told;
    }
    return { moved: moving.length + operations.moved, left: [...staying.map((one) => leftVisit(world, one)), ...operations.left] };
  },
};

function stateOf(world: World, of: FakeCase): Pick<PatientOperationRow, "state" | "theatre_name" | "date" | "time"> {
  const held = world.theatre.reservations.find((one) => one.case === of.case);
  if (!held) return { state: of.closed ? "cancelled" : "planned", theatre_name: null, date: null, time: null };
  const step = stepOf(held);
  const over = step === "patient_out" || step === "turned_over";
  const state = over ? "over" : step === "reserved" || step === "set_up" ? "reserved" : "under_way";
  return { state, theatre_name: resourceName(world, held.theatre), date: held.date, time: range(held.minute, held.minutes) };
}

/** A patient's operations, the one that was planned latest first. */
export function operationsOf(world: World, patient: string): PatientOperationRow[] {
  const own = world.theatre.cases.filter((one) => one.patient === patient);
  return own.toReversed().map((one) => ({ case: one.case, urgency: one.urgency, surgeon_name: resourceName(world, one.surgeon), elsewhere: false, ...stateOf(world, one) }));
}
