import type { AccessRow, AccountingRow, AmendmentRow } from "../../bridge";

/** The law gives each kind of request this many days more, once. */
export const MORE_DAYS = 30;

/** One of the three things that a patient may ask for by law. */
export type Asked =
  | { kind: "access"; id: string; row: AccessRow }
  | { kind: "amendment"; id: string; row: AmendmentRow }
  | { kind: "accounting"; id: string; row: AccountingRow };

export type AskedKind = Asked["kind"];

export const ASKED_KINDS: readonly AskedKind[] = ["access", "amendment", "accounting"];

/** The day so many days after another. */
export function daysAfter(on: string, days: number): string {
  return new Date(Date.parse(on) + days * 86_400_000).toISOString().slice(0, 10);
}

export function waits(row: AccountingRow): boolean {
  return row.delivered_on === null && row.withdrawn_on === null;
}

/** Says whether the days of the law run. For a review and for what it sets free, the law names none. */
export function clockRuns(asked: Asked): boolean {
  if (asked.kind === "accounting") return waits(asked.row);
  if (asked.kind === "amendment") return asked.row.state === "waiting";
  return asked.row.state === "waiting" || (asked.row.state === "to_deliver" && asked.row.deliveries.length === 0 && asked.row.decision?.outcome !== "denied");
}

/** Says whether something is still to be done. */
export function isOpen(asked: Asked): boolean {
  return clockRuns(asked) || (asked.kind === "access" && (asked.row.state === "to_deliver" || asked.row.state === "in_review"));
}

function place(asked: Asked): number {
  return clockRuns(asked) ? 0 : isOpen(asked) ? 1 : 2;
}

/** Whose days run comes first, by the day they end; then what waits without a day; then the rest, the latest first. */
export function sorted(all: readonly Asked[]): Asked[] {
  const byDay = (a: Asked, b: Asked) => (clockRuns(a) ? a.row.due_on.localeCompare(b.row.due_on) : b.row.received_on.localeCompare(a.row.received_on));
  return all.toSorted((a, b) => place(a) - place(b) || byDay(a, b));
}
