import i18next from "i18next";
import type { Progress } from "../bridge/generated";
import { numberText } from "./dates";

const MEGABYTE = 1024 * 1024;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Shows the size of a file: 812 kB, 4.6 MB. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${numberText(bytes)} B`;
  return bytes < MEGABYTE ? `${numberText(Math.round(bytes / 1024))} kB` : `${numberText(Math.round(bytes / 1024 / 102.4) / 10)} MB`;
}

/** Shows how long something took: 3.2 sec, 4 min. */
export function durationText(milliseconds: number): string {
  const [unit, amount] = measured(milliseconds);
  return new Intl.NumberFormat(i18next.language, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount);
}

/** Shows an amount of money that is counted in cents: $1,250.00. Nothing of it is ever a fraction. */
export function dollarsText(cents: number): string {
  const digits = String(cents).padStart(3, "0");
  return `$${numberText(Number(digits.slice(0, -2)))}.${digits.slice(-2)}`;
}

/** Reads dollars as they are typed (12, 12.5, $1,250.00) as cents, figure by figure. Null when it is no amount. */
export function centsOf(typed: string): number | null {
  const read = /^\$?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/.exec(typed.trim());
  if (!read) return null;
  return Number(`${(read[1] ?? "").replaceAll(",", "")}${(read[2] ?? "").padEnd(2, "0")}`);
}

function measured(milliseconds: number): ["second" | "minute" | "hour", number] {
  if (milliseconds < 2 * MINUTE) return ["second", milliseconds / 1000];
  return milliseconds < 2 * HOUR ? ["minute", milliseconds / MINUTE] : ["hour", milliseconds / HOUR];
}

/** Puts a step of a backup's work into what a bar shows. Files are counted in megabytes, rows and entries one by one. */
export function stepOf({ phase, done, total }: Progress): { phase: string; done: number; total: number } {
  const inFiles = (bytes: number) => (phase === "reading" ? Math.ceil(bytes / MEGABYTE) : bytes);
  return { phase: i18next.t(`common.backupPhase.${phase}`, { defaultValue: phase }), done: inFiles(done), total: inFiles(total) };
}
