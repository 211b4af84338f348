import i18next from "i18next";
import { daysBetween } from "./dates";

const MONTH = 30.44;
const YEAR = 365.25;
/** Fewer days than these are said in days, fewer than the others in months. */
const IN_DAYS = 60;
const IN_MONTHS = 2 * YEAR;

/** Says how far one civil date lies from another: "in 41 days", "9 months ago". */
export function relativeText(from: string, to: string): string {
  const days = daysBetween(from, to);
  const far = Math.abs(days);
  const words = new Intl.RelativeTimeFormat(i18next.language, { numeric: "auto" });
  if (far < IN_DAYS) return words.format(days, "day");
  return far < IN_MONTHS ? words.format(Math.trunc(days / MONTH), "month") : words.format(Math.trunc(days / YEAR), "year");
}
