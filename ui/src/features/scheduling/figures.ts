import i18next from "i18next";
import type { FigureUse, FigureWeek } from "../../bridge";
import { daysBetween } from "../../words";
import { daysLater, weekdayOf } from "./clock";

export type PeriodName = "month" | "four" | "thirteen" | "own";
export const PERIODS: readonly PeriodName[] = ["month", "four", "thirteen", "own"];

/** The longest period that is counted, in days. */
export const LONGEST_DAYS = 91;

export interface Period {
  from: string;
  until: string;
}

/** From the Monday so many weeks ago until today, this week counted. */
function lastWeeks(today: string, weeks: number): Period {
  return { from: daysLater(today, 1 - weekdayOf(today) - 7 * (weeks - 1)), until: today };
}

/** The days of a period that has a name. */
export function periodOf(name: Exclude<PeriodName, "own">, today: string): Period {
  if (name === "month") return { from: `${today.slice(0, 7)}-01`, until: today };
  return lastWeeks(today, name === "four" ? 4 : 13);
}

/** What is wrong with dates that somebody typed, by its field. Null where they can be counted. */
export function wrongPeriod({ from, until }: Period): { field: "from" | "until"; key: "fromNeeded" | "untilNeeded" | "untilBefore" | "tooLong" } | null {
  const civil = /^\d{4}-\d{2}-\d{2}$/;
  if (!civil.test(from)) return { field: "from", key: "fromNeeded" };
  if (!civil.test(until)) return { field: "until", key: "untilNeeded" };
  if (until < from) return { field: "until", key: "untilBefore" };
  return daysBetween(from, until) >= LONGEST_DAYS ? { field: "from", key: "tooLong" } : null;
}

/** How many visits of a period are over or were missed, how many of them were missed, and the share of that in per cent. */
export function missedOf(weeks: readonly FigureWeek[]): { over: number; missed: number; share: number | null } {
  const missed = weeks.reduce((sum, one) => sum + one.no_show, 0);
  const over = missed + weeks.reduce((sum, one) => sum + one.took_place, 0);
  return { over, missed, share: over === 0 ? null : (missed / over) * 100 };
}

/** A share in per cent with one figure behind the point, so that a column of them can be compared: 4.8, 9.0. */
export function shareText(percent: number): string {
  return new Intl.NumberFormat(i18next.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(percent);
}

/** The least and the most of what is known. */
export function rangeOf(values: readonly (number | null)[]): { least: number; most: number } | null {
  const known = values.filter((one) => one !== null);
  return known.length === 0 ? null : { least: Math.min(...known), most: Math.max(...known) };
}

/** Booked of open time in whole per cent. Null where nothing was open. */
export function usedOf(uses: readonly FigureUse[]): number | null {
  const open = uses.reduce((sum, one) => sum + one.open_minutes, 0);
  return open <= 0 ? null : Math.round((uses.reduce((sum, one) => sum + one.booked_minutes, 0) / open) * 100);
}

/** Up to which share a chart reaches, in per cent: a round number above the highest, so that a calm practice looks calm. */
export function topOf(weeks: readonly FigureWeek[]): number {
  const highest = Math.max(0, ...weeks.map((one) => (one.no_show_rate ?? 0) / 100));
  return Math.min(100, Math.max(10, Math.ceil(highest / 10) * 10));
}
