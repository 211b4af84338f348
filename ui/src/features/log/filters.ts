import type { LogQuery, Outcome } from "../../bridge";
import { isCivil } from "../../kit";

export interface LogFilters {
  actor: string;
  patient: { id: string; label: string } | null;
  operation: string;
  outcome: string;
  from: string;
  to: string;
}

export const NO_FILTERS: LogFilters = { actor: "", patient: null, operation: "", outcome: "", from: "", to: "" };
export const PAGE = 200;

/** Turns what was chosen into a query. A day is sent at the offset the session was opened with; Rust resolves the zone. */
export function toQuery(filters: LogFilters, signedInAt: string): Omit<LogQuery, "after" | "limit"> {
  const offset = /(Z|[+-]\d{2}:\d{2})$/.exec(signedInAt)?.[1] ?? "Z";
  return {
    actor: filters.actor || null,
    patient: filters.patient?.id ?? null,
    operation: filters.operation || null,
    outcome: (filters.outcome || null) as Outcome | null,
    from: isCivil(filters.from) ? `${filters.from}T00:00:00${offset}` : null,
    to: isCivil(filters.to) ? `${filters.to}T23:59:59${offset}` : null,
  };
}
