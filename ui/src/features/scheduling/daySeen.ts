import { store } from "../../kit";

export type DayMode = "day" | "week" | "month" | "list";
/** The theatres have a screen of their own beside these. */
export type ShownAs = DayMode | "theatre";
export const MODES: readonly ShownAs[] = ["day", "week", "month", "theatre", "list"];

export function isMode(text: string | undefined): text is DayMode {
  return MODES.some((one) => one === text && one !== "theatre");
}

/** Which day is open and how: coming back to the screen finds it as it was. It names nobody. */
export const daySeen = store<{ date: string | null; mode: DayMode; columns: number }>({ date: null, mode: "day", columns: 1 });

/** The visits of which somebody noted in this session that nobody answered the reminder. The note itself stands with the visit. */
export const unanswered = store<ReadonlySet<string>>(new Set());

/** How the checks ahead are to begin, where the day leads there. */
export const checksWanted = store<{ days: number; failedOnly: boolean } | null>(null);

/** At a lock or a sign-out, the day begins anew with today. */
export function forgetDay(): void {
  daySeen.set({ date: null, mode: "day", columns: 1 });
  unanswered.set(new Set());
  checksWanted.set(null);
}

const DAY = 86_400_000;

export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** A day as one types it to go there: t, t+2w, +3, -1, 3/15. Null when it is none of these; whole dates are read elsewhere. */
export function jumpTo(typed: string, today: string): string | null {
  const text = typed.trim().toLowerCase();
  const step = /^(?:t(?:oday)?|hoy|h)?\s*(?:([+-])\s*(\d{1,3})\s*([dwms]?))?$/.exec(text);
  if (step && text !== "") {
    const count = Number(step[2] ?? 0) * (step[1] === "-" ? -1 : 1);
    if (step[3] === "m") return plusMonths(today, count);
    return plusDays(today, count * (step[3] === "w" || step[3] === "s" ? 7 : 1));
  }
  const short = /^(\d{1,2})[/-](\d{1,2})$/.exec(text);
  if (!short) return null;
  // The year is left out, so the day nearest to today is meant.
  const years = [-1, 0, 1].map((more) => civil(Number(today.slice(0, 4)) + more, Number(short[1]), Number(short[2]))).filter((one) => one !== null);
  return years.toSorted((a, b) => Math.abs(Date.parse(a) - Date.parse(today)) - Math.abs(Date.parse(b) - Date.parse(today)))[0] ?? null;
}

function civil(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}

export function plusMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}
