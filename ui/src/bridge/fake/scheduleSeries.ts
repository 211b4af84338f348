import type { ConflictKind, Repeated } from "../generated";
import { refuse, type Answers } from "./answers";
import { plus } from "./calendar";
import { checkBooking } from "./scheduleFinding";
import { NOW, at, findVisit, freshVisit, newVisit, range, scheduleToday } from "./schedule";

/** The days of a rule after its first. A month without the day is left out, as RFC 5545 says. */
function daysOf(rule: string, first: string): string[] {
  const part = (name: string) => new RegExp(`(?:^|;)${name}=(\\w+)`).exec(rule)?.[1];
  const count = Number(part("COUNT"));
  const step = Number(part("INTERVAL") ?? 1);
  const often = part("FREQ");
  if (!(count >= 1) || (often !== "WEEKLY" && often !== "MONTHLY")) return refuse("scheduling.bad_rule", "rule", "Choose how often.");
  const days: string[] = [];
  for (let index = 1; days.length < count - 1; index += 1) {
    const day = often === "WEEKLY" ? plus(first, index * step * 7) : inMonth(first, index * step);
    if (day) days.push(day);
  }
  return days;
}

function inMonth(first: string, months: number): string | null {
  const day = Number(first.slice(8));
  const found = new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)) - 1 + months, day));
  return found.getUTCDate() === day ? found.toISOString().slice(0, 10) : null;
}

/** Visits that repeat: each is a visit of its own. */
export const seriesAnswers: Pick<Answers<"scheduling">, "scheduling.repeat" | "scheduling.end_series"> = {
  "scheduling.repeat": (world, input) => {
    const visit = freshVisit(world, input.unit, input.version);
    if (visit.series !== undefined) return refuse("scheduling.in_series", "unit", "End its series first.");
    const horizon = Math.min(...world.setup.calendars.filter((one) => one.resources.some((id) => visit.resources.includes(id))).map((one) => one.horizon_days));
    const days = daysOf(input.rule, visit.date).filter((one) => one <= plus(scheduleToday(), horizon));
    const series = `series-${visit.unit}`;
    const booked: Repeated["booked"] = [];
    const not_booked: Repeated["not_booked"] = [];
    const { product, patient, from, minutes, resources, desk_note } = visit;
    const time = range(from, minutes);
    for (const date of days) {
      const { conflicts } = checkBooking(world, { product, patient, slot: { date, minute: from, minutes }, resources, unit: null, hold: null });
      if (conflicts.length === 0) booked.push({ unit: newVisit(world.schedule, { date, patient, product, resources, from, minutes, desk_note, series }).unit, date, time, gap: false });
      else not_booked.push({ date, time, conflicts: [...new Set(conflicts.map((one): ConflictKind => one.kind))] });
    }
    visit.series = series;
    visit.version += 1;
    return { series, booked, not_booked };
  },
  "scheduling.end_series": (world, input) => {
    const from = findVisit(world, input.unit);
    if (from.series === undefined) return refuse("scheduling.unknown", "unit", "Look at the day again.");
    const following = world.schedule.visits.filter((one) => one.series === from.series && one.date >= from.date && (one.status === "booked" || one.status === "confirmed"));
    for (const one of following) {
      one.status = "cancelled";
      one.version += 1;
      one.checkpoints = [...one.checkpoints, { status: "cancelled", at: at(one.date, NOW), by: "Dr. Naomi Ito", reason: input.reason, note: null }];
    }
    return { cancelled: following.length };
  },
};
