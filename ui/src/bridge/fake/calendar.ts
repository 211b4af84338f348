import { refuse } from "./answers";

const DAY = 24 * 60 * 60 * 1000;

/** How far the fake practice is behind UTC, as instants carry it. */
export const OFFSET = "-05:00";
const BEHIND = 5 * 60 * 60 * 1000;

/** The day so many days from now where the practice is, whatever this computer's zone: terms and clocks count from the real day. */
export function day(from: number): string {
  return new Date(Date.now() - BEHIND + from * DAY).toISOString().slice(0, 10);
}

export function today(): string {
  return day(0);
}

export function plus(on: string, days: number): string {
  return new Date(Date.parse(on) + days * DAY).toISOString().slice(0, 10);
}

export function daysBetween(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY);
}

/** Takes a day that is one, as Rust does. */
export function real(typed: string, field: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed)) ? typed : refuse("compliance.bad_date", field, "There is no such date.");
}

export function past(typed: string, field: string): string {
  return real(typed, field) > today() ? refuse("compliance.date_in_future", field, "Enter the day on which it happened.") : typed;
}

export function required(typed: string, field: string): string {
  return typed.trim() === "" ? refuse("compliance.missing", field, "Fill in this field.") : typed.trim();
}
