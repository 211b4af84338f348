import i18next from "i18next";
import { daysBetween } from "./dates";

/** Fewer days than these are said in days, fewer months than the others in months. */
const IN_DAYS = 60;
const IN_MONTHS = 24;

/** Counts the whole months from one civil date to a later one, as a calendar does. */
function monthsBetween(first: string, last: string): number {
  const [year = 0, month = 0, day = 0] = first.split("-").map(Number);
  const [lastYear = 0, lastMonth = 0, lastDay = 0] = last.split("-").map(Number);
  return (lastYear - year) * 12 + (lastMonth - month) - (lastDay < day ? 1 : 0);
}

/** Says how far one civil date lies from another: "in 41 days", "9 months ago". */
export function relativeText(from: string, to: string): string {
  const days = daysBetween(from, to);
  const words = new Intl.RelativeTimeFormat(i18next.language, { numeric: "auto" });
  if (Math.abs(days) < IN_DAYS) return words.format(days, "day");
  const months = days < 0 ? -monthsBetween(to, from) : monthsBetween(from, to);
  return Math.abs(months) < IN_MONTHS ? words.format(months, "month") : words.format(Math.trunc(months / 12), "year");
}
