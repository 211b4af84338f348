import i18next from "i18next";

interface Civil {
  year: number;
  month: number;
  day: number;
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const SPANISH = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];

/** Reads a date as people type it: 3/4/70, 1970-03-04, 4 Mar 1970, Mar 4 1970. Returns YYYY-MM-DD, or null when it is not a date.
 *  A year of two figures is taken as the latest one that does not lie after `today`, because births and deaths are past. */
export function parseTypedDate(text: string, today: string): string | null {
  const typed = text.trim().toLowerCase();
  return civil(numeric(typed, today)) ?? civil(worded(typed, today));
}

function numeric(typed: string, today: string): Civil | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(typed);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const us = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(typed);
  if (us) return { year: fullYear(us[3] ?? "", today), month: Number(us[1]), day: Number(us[2]) };
  const run = /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  return run ? { year: Number(run[3]), month: Number(run[1]), day: Number(run[2]) } : null;
}

function worded(typed: string, today: string): Civil | null {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:de\s+)?([a-z]{3,})\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})$/.exec(typed);
  if (dayFirst) return { year: fullYear(dayFirst[3] ?? "", today), month: monthOf(dayFirst[2] ?? ""), day: Number(dayFirst[1]) };
  const monthFirst = /^([a-z]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})$/.exec(typed);
  return monthFirst ? { year: fullYear(monthFirst[3] ?? "", today), month: monthOf(monthFirst[1] ?? ""), day: Number(monthFirst[2]) } : null;
}

function monthOf(word: string): number {
  const start = word.slice(0, 3);
  return Math.max(MONTHS.indexOf(start), SPANISH.indexOf(start)) + 1;
}

function fullYear(figures: string, today: string): number {
  if (figures.length === 4) return Number(figures);
  const now = Number(today.slice(0, 4));
  const candidate = Math.floor(now / 100) * 100 + Number(figures);
  return candidate > now ? candidate - 100 : candidate;
}

function civil(date: Civil | null): string | null {
  if (date === null || date.month < 1 || date.month > 12 || date.year < 1800) return null;
  const days = new Date(Date.UTC(date.year, date.month, 0)).getUTCDate();
  if (date.day < 1 || date.day > days) return null;
  return `${String(date.year).padStart(4, "0")}-${String(date.month).padStart(2, "0")}-${String(date.day).padStart(2, "0")}`;
}

/** How far the practice's clock is from UTC, in minutes. Null while nobody is signed in. */
let practiceOffset: number | null = null;

/** Takes the practice's clock from an instant that Rust wrote, which carries the offset in force there. Null: there is no practice to ask. */
export function keepPracticeClock(instant: string | null): void {
  const read = instant === null ? null : /(?:([+-])(\d{2}):(\d{2})|Z)$/.exec(instant);
  practiceOffset = read ? (read[1] === "-" ? -1 : 1) * (Number(read[2] ?? 0) * 60 + Number(read[3] ?? 0)) : null;
}

/** Returns today's civil date where the practice is, also on a computer that stands in another zone; before anybody is signed in, on this computer. It is only a hint for typing; Rust owns the clock. */
export function todayCivil(): string {
  if (practiceOffset !== null) return new Date(Date.now() + practiceOffset * 60_000).toISOString().slice(0, 10);
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

/** Counts the days from one civil date to another; negative where the other lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((asUtc(to).getTime() - asUtc(from).getTime()) / 86_400_000);
}

function asUtc(civilDate: string): Date {
  return new Date(Date.UTC(Number(civilDate.slice(0, 4)), Number(civilDate.slice(5, 7)) - 1, Number(civilDate.slice(8, 10))));
}

/** Shows a civil date: Apr 2, 1961. */
export function civilText(civilDate: string | null): string {
  if (civilDate === null) return i18next.t("common.date.unknown");
  return new Intl.DateTimeFormat(i18next.language, { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" }).format(asUtc(civilDate));
}

/** Shows a civil date with its weekday, short: Mon, Mar 9. */
export function shortDayText(civilDate: string): string {
  return new Intl.DateTimeFormat(i18next.language, { timeZone: "UTC", weekday: "short", month: "short", day: "numeric" }).format(asUtc(civilDate));
}

/** Shows a civil date as the title of a day: Monday, March 9. */
export function dayTitle(civilDate: string): string {
  const words = new Intl.DateTimeFormat(i18next.language, { timeZone: "UTC", weekday: "long", month: "long", day: "numeric" }).format(asUtc(civilDate));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Shows the month of a civil date as the title of a month: December 2026. */
export function monthTitle(civilDate: string): string {
  const words = new Intl.DateTimeFormat(i18next.language, { timeZone: "UTC", month: "long", year: "numeric" }).format(asUtc(civilDate));
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Counts the week of a civil date, with Monday first; the week with the first Thursday is the first of the year. */
export function weekOf(civilDate: string): number {
  const thursday = asUtc(civilDate);
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - first) / 604_800_000);
}

/** Shows the wall-clock time that an instant carries: 10:42. The offset is Rust's, so nothing is converted here. */
export function timeText(instant: string): string {
  return instant.slice(11, 16);
}

/** Shows the day of an instant, "Today" when it is. */
export function dayText(instant: string): string {
  const day = instant.slice(0, 10);
  return day === todayCivil() ? i18next.t("common.date.today") : civilText(day);
}

export function dateTimeText(instant: string): string {
  return `${dayText(instant)}, ${timeText(instant)}`;
}

export function numberText(count: number): string {
  return new Intl.NumberFormat(i18next.language).format(count);
}

/** Two letters that stand for a person where there is no photo. */
export function initials(name: string): string {
  const [family, given] = name.split(",").map((part) => part.trim());
  if (family && given) return (given.charAt(0) + family.charAt(0)).toUpperCase();
  const parts = name.replace(/[,.]/g, " ").split(/\s+/).filter((part) => part.length > 0 && !/^(dr|mr|ms|mrs)$/i.test(part));
  const first = parts[0]?.charAt(0) ?? "";
  const last = parts.length > 1 ? (parts[parts.length - 1]?.charAt(0) ?? "") : "";
  return (first + last).toUpperCase();
}
