import type { DayVisit } from "../../bridge";

/** How many minutes somebody has waited who is here and not in care yet. Both times are Rust's, of the same day. */
export function waitedMinutes(visit: Pick<DayVisit, "status" | "since">, now: number | null): number | null {
  if (now === null || visit.since === null || (visit.status !== "arrived" && visit.status !== "roomed")) return null;
  const read = /T(\d{2}):(\d{2})/.exec(visit.since);
  if (!read) return null;
  const waited = now - (Number(read[1]) * 60 + Number(read[2]));
  return waited > 0 ? waited : null;
}
