import * as v from "valibot";
import type { Address, PracticeDetails, Weekday } from "../../bridge";
import { npiIsWellFormed } from "./npi";

export const WEEKDAYS: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

export interface DayHours {
  weekday: Weekday;
  open: boolean;
  opens: string;
  closes: string;
}

export interface PracticeForm {
  name: string;
  line1: string;
  line2: string;
  city: string;
  state: string;
  postal_code: string;
  phone: string;
  npi: string;
  time_zone: string;
  hours: DayHours[];
  anonymous_mrn: boolean;
  idle_minutes: string;
}

export const NEW_PRACTICE: PracticeForm = {
  name: "",
  line1: "",
  line2: "",
  city: "",
  state: "",
  postal_code: "",
  phone: "",
  npi: "",
  time_zone: "",
  hours: WEEKDAYS.map((weekday, index) => ({ weekday, open: index < 5, opens: "08:00", closes: "17:00" })),
  anonymous_mrn: false,
  idle_minutes: "15",
};

/** Hints while typing; Rust is the validator that counts. The messages are keys of words. */
export const practiceHints = v.looseObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1, "identity.practice.nameNeeded")),
  npi: v.pipe(v.string(), v.check((npi) => npi.trim() === "" || npiIsWellFormed(npi.trim()), "identity.practice.npiWrong")),
  time_zone: v.pipe(v.string(), v.minLength(1, "identity.practice.zoneNeeded")),
  idle_minutes: v.pipe(v.string(), v.check((text) => /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 60, "identity.practice.idleWrong")),
});

export function toPractice(form: PracticeForm): PracticeDetails {
  return {
    name: form.name.trim(),
    address: addressOf(form),
    phone: orNull(form.phone),
    npi: orNull(form.npi),
    time_zone: form.time_zone,
    hours: form.hours.filter((day) => day.open).map(({ weekday, opens, closes }) => ({ weekday, opens, closes })),
    anonymous_mrn: form.anonymous_mrn,
    idle_minutes: Number(form.idle_minutes),
  };
}

export function fromPractice(practice: PracticeDetails): PracticeForm {
  const address = practice.address;
  return {
    name: practice.name,
    line1: address?.lines[0] ?? "",
    line2: address?.lines[1] ?? "",
    city: address?.city ?? "",
    state: address?.state ?? "",
    postal_code: address?.postal_code ?? "",
    phone: practice.phone ?? "",
    npi: practice.npi ?? "",
    time_zone: practice.time_zone,
    hours: NEW_PRACTICE.hours.map((day) => {
      const kept = practice.hours.find((one) => one.weekday === day.weekday);
      return kept ? { ...kept, open: true } : { ...day, open: false };
    }),
    anonymous_mrn: practice.anonymous_mrn,
    idle_minutes: String(practice.idle_minutes),
  };
}

/** Finds the form's field for the path in a refusal. */
export function practiceField(path: string): keyof PracticeForm | null {
  const field = path.replace(/^practice\./, "").replace(/^address\./, "");
  if (field.startsWith("lines") || field === "address") return field === "lines.1" ? "line2" : "line1";
  const first = field.split(".")[0] ?? "";
  return first in NEW_PRACTICE ? (first as keyof PracticeForm) : null;
}

function addressOf(form: PracticeForm): Address | null {
  const lines = [form.line1, form.line2].map((line) => line.trim()).filter((line) => line !== "");
  if (lines.length === 0 && form.city.trim() === "" && form.postal_code.trim() === "") return null;
  return { lines, city: form.city.trim(), state: form.state.trim().toUpperCase(), postal_code: form.postal_code.trim(), country: "US" };
}

function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}

/** Splits a full name as people write it: the last word is the family name unless there is a comma. */
export function personName(full: string): { family: string; given: string[]; prefix: null; suffix: null } {
  const text = full.trim().replace(/\s+/g, " ");
  const [before = "", after] = text.split(",").map((part) => part.trim());
  if (after !== undefined) return { family: before, given: after.split(" ").filter(Boolean), prefix: null, suffix: null };
  const words = text.split(" ").filter(Boolean);
  return { family: words[words.length - 1] ?? "", given: words.slice(0, -1), prefix: null, suffix: null };
}

/** Reads a time as people type it: 8, 8:30, 830, 5pm. Returns HH:MM, or the text as it was. */
export function typedTime(text: string): string {
  const read = /^(\d{1,2}):?(\d{2})?\s*([ap])?\.?m?\.?$/i.exec(text.trim());
  if (!read) return text;
  const half = read[3]?.toLowerCase();
  const hour = (Number(read[1]) % (half ? 12 : 24)) + (half === "p" ? 12 : 0);
  const minute = Number(read[2] ?? "0");
  if (minute > 59 || Number(read[1]) > 24) return text;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
