import type { BackupRow } from "../../bridge";

export interface Standing {
  tone: "ok" | "warn" | "danger";
  /** The words that say it, below exchange.backups.standing. */
  state: "none" | "broken" | "old" | "oldUnproved" | "unproved" | "fresh";
}

const A_DAY = 24 * 60 * 60 * 1000;

/** Finds how the practice stands should this computer be lost now. Only the newest backup counts: older ones hold less. */
export function standingOf(newest: BackupRow | undefined, now: number): Standing {
  if (!newest) return { tone: "danger", state: "none" };
  if (newest.proof && !newest.proof.ok) return { tone: "danger", state: "broken" };
  // A time that cannot be read is no proof of being fresh.
  const fresh = now - Date.parse(newest.made_at) <= A_DAY;
  if (!fresh) return { tone: "warn", state: newest.proof ? "old" : "oldUnproved" };
  return newest.proof ? { tone: "ok", state: "fresh" } : { tone: "warn", state: "unproved" };
}
