import { call, type DayView, type Output } from "../../bridge";

/** What of the calendar goes onto paper or into a file. */
export type PaperKind = "practitioner" | "desk" | "list" | "letters" | "downtime" | "calendar";

/** How many blank forms one may have written at once. */
export const MOST_FORMS = 50;

export interface PaperTyped {
  kind: PaperKind;
  /** The day, for what is about one. */
  date: string;
  resource: string;
  from: string;
  until: string;
  reason: string;
  /** How many blank forms, as it was typed. */
  forms: string;
}

export interface Saved {
  name: string;
  sha256: string;
  /** How much is in it, and how it is counted. */
  counted: "visits" | "people" | "events";
  count: number;
  leftOut: number;
  /** How many blank forms are in it, where there can be any. */
  forms?: number;
}

/** Which kinds a session may take out. Whose own calendar there is none of has none to take out. */
export function paperKinds(may: (operation: string) => boolean, day: DayView, own: string | null): PaperKind[] {
  const people = day.columns.some((one) => one.kind === "practitioner");
  return [
    ...(may("scheduling.day") && people ? (["practitioner"] as const) : []),
    ...(may("scheduling.day") ? (["desk"] as const) : []),
    ...(may("scheduling.reminders") ? (["list", "letters"] as const) : []),
    // It says of each person how they may be reached, as the reminders do.
    ...(may("scheduling.day") && may("scheduling.reminders") ? (["downtime"] as const) : []),
    ...(may("scheduling.calendar_file") && own !== null ? (["calendar"] as const) : []),
  ];
}

function sheet({ name, sha256, visits }: Output<"shell.save_day_sheet">): Saved {
  return { name, sha256, counted: "visits", count: visits, leftOut: 0 };
}

/** Writes it into the folder that was chosen. */
export async function savePaper(folder: string, { kind, date, resource, from, until, reason, forms }: PaperTyped): Promise<Saved> {
  if (kind === "practitioner") return sheet(await call("shell.save_day_sheet", { folder, date, kind, resource }));
  if (kind === "desk") return sheet(await call("shell.save_day_sheet", { folder, date, kind, resource: null }));
  if (kind === "downtime") {
    const count = Number(forms.trim());
    return { ...sheet(await call("shell.save_downtime_paper", { folder, date, forms: count })), forms: count };
  }
  if (kind === "calendar") {
    const { name, sha256, events } = await call("shell.save_calendar", { folder, resource, from, until, reason: reason.trim() });
    return { name, sha256, counted: "events", count: events, leftOut: 0 };
  }
  const { name, sha256, people, left_out } = await call("shell.save_reminders", { folder, date, kind });
  return { name, sha256, counted: "people", count: people, leftOut: left_out };
}
