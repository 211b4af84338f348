import type { DayColumn, DayHold, DayReserved, DayView, DayVisit } from "../../bridge";
import { takesTime } from "./layout";

/** One line of a day's list: a visit, a hold, what theatres take, or a time in which nothing is booked. */
export type AgendaLine =
  | { what: "visit"; from: number; visit: DayVisit }
  | { what: "hold"; from: number; hold: DayHold }
  | { what: "reserved"; from: number; reserved: DayReserved; resources: string[] }
  | { what: "free"; from: number; minutes: number };

interface Stretch {
  from: number;
  to: number;
}

/** What stands in the way of booking a column: visits with what comes before and after them, holds, and closed hours. */
function taken(day: DayView, resource: string): Stretch[] {
  const visits = day.visits.filter((one) => one.resources.includes(resource) && takesTime(one)).map((one) => ({ from: one.from - one.before, to: one.from + one.minutes + one.after }));
  const holds = day.holds.filter((one) => one.resources.includes(resource)).map((one) => ({ from: one.from, to: one.from + one.minutes }));
  const shades = day.shades.filter((one) => one.resource === resource).map((one) => ({ from: one.from, to: one.to }));
  const reserved = day.reserved.filter((one) => one.resource === resource).map((one) => ({ from: one.from, to: one.from + one.minutes }));
  return [...visits, ...holds, ...shades, ...reserved].toSorted((a, b) => a.from - b.from);
}

/** The open times of a column in which nothing stands, from now on where it is today. Rust decides what may be booked in them. */
export function freeTimes(day: DayView, column: Pick<DayColumn, "resource" | "grid_minutes">): { from: number; minutes: number }[] {
  const step = Math.max(5, column.grid_minutes);
  let here = Math.max(day.first, day.now === null ? day.first : Math.ceil(day.now / step) * step);
  // What was is no more to be booked.
  if (day.date < day.today) return [];
  const free: { from: number; minutes: number }[] = [];
  for (const stretch of [...taken(day, column.resource), { from: day.last, to: day.last }]) {
    if (stretch.from - here >= step) free.push({ from: here, minutes: stretch.from - here });
    here = Math.max(here, stretch.to);
  }
  return free;
}

/** What theatres take, once for each reservation, with everybody and everything it takes. */
function reservations(day: DayView, own: (resources: readonly string[]) => boolean): AgendaLine[] {
  const ids = [...new Set(day.reserved.map((one) => one.reservation))];
  return ids.flatMap((id): AgendaLine[] => {
    const rows = day.reserved.filter((one) => one.reservation === id && own([one.resource])).toSorted((a, b) => a.from - b.from || b.minutes - a.minutes);
    const [first] = rows;
    return first ? [{ what: "reserved", from: first.from, reserved: first, resources: rows.map((one) => one.resource) }] : [];
  });
}

/** A day by its times: of one person, room or device with what is free between, or of all of them. */
export function agendaOf(day: DayView, resource: string | null): AgendaLine[] {
  const own = (resources: readonly string[]) => resource === null || resources.includes(resource);
  const column = day.columns.find((one) => one.resource === resource);
  const lines: AgendaLine[] = [
    ...day.visits.filter((one) => own(one.resources)).map((visit): AgendaLine => ({ what: "visit", from: visit.from, visit })),
    ...day.holds.filter((one) => own(one.resources)).map((hold): AgendaLine => ({ what: "hold", from: hold.from, hold })),
    ...reservations(day, own),
    ...(column ? freeTimes(day, column).map(({ from, minutes }): AgendaLine => ({ what: "free", from, minutes })) : []),
  ];
  return lines.toSorted((a, b) => a.from - b.from);
}
