import type { LeftInPlace, PatientOperationRow } from "../generated";
import { refuse, type Answers } from "./answers";
import { plus } from "./calendar";
import { labelOf, nameOf, range, scheduleToday, visitsOn, type FakeVisit } from "./schedule";
import { released } from "./steps";
import { reservedOn, resourceName, stepOf, type FakeCase } from "./theatre";
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
      if (isAhead(visit)) visit.told = visit.from - HOUR;
    }
  }
}

function meets(visit: FakeVisit, told: number, other: { from: number; minutes: number }): boolean {
  return told < other.from + other.minutes && other.from < told + visit.minutes;
}

/** Whether something that stays where it is stands where this visit was told to be. */
function collides(world: World, visit: FakeVisit, told: number, moving: readonly FakeVisit[]): boolean {
  const others = visitsOn(world, visit.date).filter((one) => one !== visit && takesTime(one) && !moving.includes(one));
  const shares = (one: FakeVisit) => one.patient === visit.patient || one.resources.some((id) => visit.resources.includes(id));
  const reserved = reservedOn(world, visit.date).filter((one) => visit.resources.includes(one.resource));
  return others.some((one) => shares(one) && meets(visit, told, one)) || reserved.some((one) => meets(visit, told, one));
}

/** Parts what can move from what would meet something. What stays may be in the way of another, so it is asked again until nothing more stays. */
function settled(world: World, displaced: readonly FakeVisit[]): { moving: FakeVisit[]; staying: FakeVisit[] } {
  let moving = [...displaced];
  for (;;) {
    const all = moving;
    moving = all.filter((one) => !collides(world, one, one.told ?? one.from, all));
    if (moving.length === all.length) return { moving, staying: displaced.filter((one) => !moving.includes(one)) };
  }
}

function leftRow(world: World, visit: FakeVisit): LeftInPlace {
  return { patient: visit.patient, patient_name: nameOf(world, visit.patient), label: labelOf(world, visit), date: visit.date, time: range(visit.from, visit.minutes), told: range(visit.told ?? visit.from, visit.minutes) };
}

export const toldAnswers: Pick<Answers<"scheduling">, "scheduling.resettle"> = {
  "scheduling.resettle": async (world, input) => {
    if (input.days < 1 || input.days > 7) return refuse("scheduling.too_many", "days", "Choose 1 to 7 days.");
    await released("resettling");
    const days = Array.from({ length: input.days }, (_, index) => plus(input.from, index));
    const displaced = days.flatMap((date) => visitsOn(world, date)).filter((one) => isAhead(one) && one.told !== undefined);
    const { moving, staying } = settled(world, displaced);
    for (const one of moving) {
      one.from = one.told ?? one.from;
      one.version += 1;
      delete one.told;
    }
    return { moved: moving.length, left: staying.map((one) => leftRow(world, one)) };
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
