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

function measured(milliseconds: number): ["second" | "minute" | "hour", number] {
  if (milliseconds < 2 * MINUTE) return ["second", milliseconds / 1000];
  return milliseconds < 2 * HOUR ? ["minute", milliseconds / MINUTE] : ["hour", milliseconds / HOUR];
}

/** Puts a step of a backup's work into what a bar shows. Files are counted in megabytes, rows and entries one by one. */
export function stepOf({ phase, done, total }: Progress): { phase: string; done: number; total: number } {
  const inFiles = (bytes: number) => (phase === "reading" ? Math.ceil(bytes / MEGABYTE) : bytes);
  return { phase: i18next.t(`common.backupPhase.${phase}`, { defaultValue: phase }), done: inFiles(done), total: inFiles(total) };
}
