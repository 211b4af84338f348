import i18next from "i18next";
import type { Translate } from "../../words";

/** Midnight at the end of a day, counted in minutes of the wall clock. */
export const DAY_ENDS = 1_440;

/** The narrow and thin blanks that time is written with; an ordinary one can be typed back. */
const NARROW = /[\u202f\u2009\u00a0]/g;

/** Any Monday: only the day of the week and the wall clock are ever read off it. */
const MONDAY = Date.UTC(2026, 0, 5);

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(i18next.language, { timeZone: "UTC", ...options });
}

const at = (minute: number) => new Date(MONDAY + minute * 60_000);

/** Shows a time of the wall clock: 8:30 AM. */
export function clockText(minute: number): string {
  return format({ hour: "numeric", minute: "2-digit" }).format(at(minute)).replaceAll(NARROW, " ");
}

/** Shows a time as the field for it takes it back: 8:30 AM, and nothing where there is none. */
export function clockTyped(minute: number | null): string {
  return minute === null ? "" : clockText(minute);
}

/** Shows a stretch of the wall clock: 8:30 AM – 12:00 PM. */
export function clockRange(from: number, to: number, t: Translate): string {
  if (from === 0 && to === DAY_ENDS) return t("scheduling.allDay");
  if (to === DAY_ENDS) return t("scheduling.fromClock", { from: clockText(from) });
  return format({ hour: "numeric", minute: "2-digit" }).formatRange(at(from), at(to)).replaceAll(NARROW, " ");
}

/** Reads a time as people type it: 8, 8:30, 8.30, 830, 5pm, 17:00, noon. What has no am or pm and lies before seven is taken as the afternoon, because practices are open then. */
export function readClock(typed: string): number | null {
  const text = typed.trim().toLowerCase().replaceAll(/[.\s]+(?=[ap])/g, "");
  if (/^(noon|mediodía|mediodia)$/.test(text)) return 720;
  if (/^(midnight|medianoche)$/.test(text)) return DAY_ENDS;
  const read = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*([ap])?(?:\.?\s*m\.?)?$/.exec(text);
  if (!read) return null;
  const hour = Number(read[1]);
  const minute = Number(read[2] ?? 0);
  if (minute > 59 || hour > 24 || (read[3] && (hour > 12 || hour === 0))) return null;
  return inDay(hour, read[3]) * 60 + minute > DAY_ENDS ? null : inDay(hour, read[3]) * 60 + minute;
}

function inDay(hour: number, half: string | undefined): number {
  if (half === "a") return hour % 12;
  if (half === "p") return (hour % 12) + 12;
  return hour > 0 && hour < 7 ? hour + 12 : hour;
}

/** The name of a day of the week; 1 is Monday. */
export function weekdayName(weekday: number, length: "long" | "short" | "narrow" = "short"): string {
  return format({ weekday: length }).format(at((weekday - 1) * DAY_ENDS));
}

/** Several days of the week in as few words as possible: Mon to Fri, Sat. */
export function weekdaysText(weekdays: readonly number[], t: Translate): string {
  if (weekdays.length === 0 || weekdays.length === 7) return t("scheduling.everyDay");
  const runs: [number, number][] = [];
  for (const weekday of weekdays.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last && last[1] === weekday - 1) last[1] = weekday;
    else runs.push([weekday, weekday]);
  }
  return runs
    .flatMap(([first, last]) => (last - first === 1 ? [weekdayName(first), weekdayName(last)] : [first === last ? weekdayName(first) : t("scheduling.days", { first: weekdayName(first), last: weekdayName(last) })]))
    .join(", ");
}

/** Which day of the week a civil date is; 1 is Monday. No zone has a say in it. */
export function weekdayOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/** A civil date so many days later. */
export function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Shows a day with what it is called: Mon, Mar 9. */
export function dayName(date: string, options: Intl.DateTimeFormatOptions = { weekday: "short", month: "short", day: "numeric" }): string {
  return format(options).format(new Date(`${date}T00:00:00Z`));
}

/** Shows a stretch of days: Dec 13 – 19, 2026. */
export function dateRange(from: string, until: string): string {
  return format({ year: "numeric", month: "short", day: "numeric" }).formatRange(new Date(`${from}T00:00:00Z`), new Date(`${until}T00:00:00Z`)).replaceAll(NARROW, " ");
}
