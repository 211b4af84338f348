/** How often a visit comes again. */
export type Often = "week" | "twoWeeks" | "fourWeeks" | "month";

export const OFTEN: readonly Often[] = ["week", "twoWeeks", "fourWeeks", "month"];

const PARTS: Record<Often, string> = { week: "FREQ=WEEKLY;INTERVAL=1", twoWeeks: "FREQ=WEEKLY;INTERVAL=2", fourWeeks: "FREQ=WEEKLY;INTERVAL=4", month: "FREQ=MONTHLY" };

/** The rule of a series (RFC 5545). Its count has the first visit in it. */
export function ruleOf(often: Often, count: number): string {
  return `${PARTS[often]};COUNT=${count}`;
}

export const FEWEST = 2;
export const MOST = 52;

/** Reads how many visits are meant, the first among them. */
export function readCount(typed: string): number | null {
  const count = /^\d{1,2}$/.test(typed.trim()) ? Number(typed) : 0;
  return count >= FEWEST && count <= MOST ? count : null;
}

/** The day of the month, where not every month has it: those without are left out. */
export function rareDay(often: Often, date: string): number | null {
  const day = Number(date.slice(8, 10));
  return often === "month" && day > 28 ? day : null;
}
