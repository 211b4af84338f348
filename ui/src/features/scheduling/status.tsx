import { ArrowDown, Ban, CalendarCheck, Check, CheckCheck, DoorOpen, LogOut, Minus, Play, Plus, X, type LucideIcon } from "lucide-react";
import type { OperationState, StandReason, VisitStatus } from "../../bridge";

/** The colours of the status, by the names of their tokens. */
export type StatusTone = "booked" | "confirmed" | "arrived" | "roomed" | "care" | "done" | "missed";

interface Look {
  tone: StatusTone;
  sign: LucideIcon;
}

const LOOKS: Record<VisitStatus, Look> = {
  booked: { tone: "booked", sign: Minus },
  confirmed: { tone: "confirmed", sign: Check },
  arrived: { tone: "arrived", sign: ArrowDown },
  roomed: { tone: "roomed", sign: DoorOpen },
  in_care: { tone: "care", sign: Plus },
  done: { tone: "done", sign: CheckCheck },
  checked_out: { tone: "done", sign: LogOut },
  no_show: { tone: "missed", sign: X },
  cancelled: { tone: "missed", sign: Ban },
};

export function toneOf(status: VisitStatus): StatusTone {
  return LOOKS[status].tone;
}

export function StatusSign({ status, size = 11 }: { status: VisitStatus; size?: number }) {
  const { sign: Sign } = LOOKS[status];
  return <Sign className="sd-sign" size={size} strokeWidth={2.4} aria-hidden="true" />;
}

const OPERATIONS: Record<OperationState, Look> = {
  planned: { tone: "booked", sign: Minus },
  reserved: { tone: "confirmed", sign: CalendarCheck },
  under_way: { tone: "care", sign: Play },
  over: { tone: "done", sign: CheckCheck },
  cancelled: { tone: "missed", sign: Ban },
};

export function toneOfOperation(state: OperationState): StatusTone {
  return OPERATIONS[state].tone;
}

export function OperationSign({ state, size = 11 }: { state: OperationState; size?: number }) {
  const { sign: Sign } = OPERATIONS[state];
  return <Sign className="sd-sign" size={size} strokeWidth={2.4} aria-hidden="true" />;
}

/** The usual way of a visit. Confirming may be left out: whoever stands at the desk has come. */
const USUAL: Partial<Record<VisitStatus, VisitStatus>> = { booked: "arrived", confirmed: "arrived", arrived: "roomed", roomed: "in_care", in_care: "done", done: "checked_out" };

export function usualNext(status: VisitStatus): VisitStatus | null {
  return USUAL[status] ?? null;
}

const ORDER: readonly VisitStatus[] = ["booked", "confirmed", "arrived", "roomed", "in_care", "done", "checked_out"];

/** Whether a step leads back on the usual way. */
export function leadsBack(from: VisitStatus, to: VisitStatus): boolean {
  return ORDER.includes(to) && (ORDER.indexOf(to) < ORDER.indexOf(from) || !ORDER.includes(from));
}

const MOVABLE: ReadonlySet<VisitStatus> = new Set(["booked", "confirmed", "arrived", "roomed"]);

/** Whether a visit can still be put elsewhere: one that began, or that never came to be, stays where it is. */
export function isMovable(visit: { status: VisitStatus }): boolean {
  return MOVABLE.has(visit.status);
}

/** Whether a visit is still to come, as far as anybody said. */
export function isAhead(visit: { status: VisitStatus }): boolean {
  return visit.status === "booked" || visit.status === "confirmed";
}

/** What ends a visit before it began needs a reason. */
export function needsReason(to: VisitStatus): boolean {
  return to === "no_show" || to === "cancelled";
}

/** The reasons that are one tap away, the likeliest first. */
export const REASONS: Record<"no_show" | "cancelled", readonly StandReason[]> = {
  no_show: ["no_answer", "ill", "weather", "late", "other"],
  cancelled: ["patient_asked", "practice_asked", "ill", "weather", "other"],
};
