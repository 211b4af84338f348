import type { DayHold, DayLabel, DayReserved, DayShade, DayVisit } from "../../bridge";

/** Something in a column, from one minute of the day to another; the end is not part of it. */
export interface Span {
  id: string;
  from: number;
  to: number;
}

/** In which lane of how many something stands where several overlap. */
export interface Place {
  lane: number;
  lanes: number;
}

/** Puts what overlaps side by side. The order in which the spans are given does not matter. */
export function packLanes(spans: readonly Span[]): Map<string, Place> {
  const sorted = spans.toSorted((a, b) => a.from - b.from || b.to - a.to || (a.id < b.id ? -1 : 1));
  const placed = new Map<string, Place>();
  let cluster: { id: string; lane: number }[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const one of cluster) placed.set(one.id, { lane: one.lane, lanes: ends.length });
    cluster = [];
    ends = [];
  };
  for (const span of sorted) {
    if (ends.every((end) => end <= span.from)) close();
    const free = ends.findIndex((end) => end <= span.from);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = span.to;
    cluster.push({ id: span.id, lane });
  }
  close();
  return placed;
}

export function snap(minute: number, grid: number): number {
  return Math.round(minute / grid) * grid;
}

function within(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}

/** Where a visit begins after it was dragged so far. Less than half a step is no move, so that what stands off the grid stays there. */
export function movedFrom(from: number, minutes: number, delta: number, grid: number, day: number): number {
  if (Math.abs(delta) < grid / 2) return from;
  return within(snap(from + delta, grid), 0, Math.max(0, day - minutes));
}

/** How long a visit is after its end was dragged so far. */
export function resizedTo(from: number, minutes: number, delta: number, grid: number, day: number): number {
  if (Math.abs(delta) < grid / 2) return minutes;
  return within(snap(from + minutes + delta, grid) - from, grid, day - from);
}

/** The smallest height of an hour at which two lines of a visit can still be read. */
export const LEAST_HOUR = 44;

/** How many pixels a minute takes: the whole working day is in view where it can be, and scrolls where it cannot. */
export function scaleOf(height: number, first: number, last: number): number {
  return Math.max(LEAST_HOUR / 60, height / Math.max(60, last - first));
}

export interface Geometry {
  /** Pixels to a minute. */
  scale: number;
  /** The first minute shown. */
  first: number;
  gutter: number;
  columnWidth: number;
  columns: number;
}

/** Which column and which minute lie under a point that is measured from the corner of the grid. */
export function hit(x: number, y: number, geometry: Geometry): { column: number; minute: number } {
  const column = Math.floor((x - geometry.gutter) / Math.max(1, geometry.columnWidth));
  return { column: within(column, 0, Math.max(0, geometry.columns - 1)), minute: geometry.first + y / geometry.scale };
}

/** The free step of the grid that a minute lies in. */
export function stepAt(minute: number, grid: number): number {
  return Math.floor(minute / grid) * grid;
}

const EDGE = 36;
const FASTEST = 16;

/** How far to scroll in one frame while something is dragged near an edge. */
export function autoscroll(place: number, size: number): number {
  if (place < EDGE) return -FASTEST * Math.min(1, (EDGE - place) / EDGE);
  if (place > size - EDGE) return FASTEST * Math.min(1, (place - (size - EDGE)) / EDGE);
  return 0;
}

/** The resources of a visit that was carried from one column to another. */
export function swapped(resources: readonly string[], from: string, to: string): string[] {
  if (from === to || resources.includes(to)) return [...resources];
  return resources.map((one) => (one === from ? to : one));
}

export interface ColumnOfVisits {
  resource: string;
  visits: readonly { unit: string; from: number }[];
}

export type Arrow = "ArrowUp" | "ArrowDown" | "ArrowLeft" | "ArrowRight";

/** Which visit an arrow leads to: by time within a column, to the nearest one in the next column that has any. */
export function visitTowards(columns: readonly ColumnOfVisits[], at: { resource: string; minute: number; unit: string | null }, key: Arrow): { resource: string; unit: string } | null {
  const here = columns.findIndex((one) => one.resource === at.resource);
  const column = columns[here];
  if (!column) return null;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const place = column.visits.findIndex((one) => one.unit === at.unit);
    const next = place === -1 ? besides(column.visits, at.minute, key) : column.visits[place + (key === "ArrowUp" ? -1 : 1)];
    return next ? { resource: column.resource, unit: next.unit } : null;
  }
  const others = key === "ArrowLeft" ? columns.slice(0, here).toReversed() : columns.slice(here + 1);
  const target = others.find((one) => one.visits.length > 0);
  if (!target) return null;
  const nearest = target.visits.toSorted((a, b) => Math.abs(a.from - at.minute) - Math.abs(b.from - at.minute))[0];
  return nearest ? { resource: target.resource, unit: nearest.unit } : null;
}

function besides(visits: ColumnOfVisits["visits"], minute: number, key: Arrow) {
  return key === "ArrowUp" ? visits.findLast((one) => one.from <= minute) : visits.find((one) => one.from >= minute);
}

/** The next column of the same kind, for what is carried sideways. */
export function columnBeside(columns: readonly { resource: string; kind: string }[], from: string, step: 1 | -1): string {
  const kind = columns.find((one) => one.resource === from)?.kind;
  const same = columns.filter((one) => one.kind === kind);
  return same[same.findIndex((one) => one.resource === from) + step]?.resource ?? from;
}

/** The time of day at a minute, read off the hours that Rust has written: they know of a night with an hour more or less. */
export function timeAt(labels: readonly DayLabel[], minute: number): string {
  const label = labels.findLast((one) => one.minute <= minute) ?? labels[0];
  const read = /^(\d{1,2}):(\d{2})(.*)$/.exec(label?.text ?? "");
  if (!label || !read) return "";
  const total = Number(read[1]) * 60 + Number(read[2]) + (minute - label.minute);
  const hour = Math.floor(total / 60);
  const twelve = labels.every((one) => !/^(0|1[3-9]|2\d):/.test(one.text));
  const shown = twelve && hour > 12 ? hour - 12 : hour % 24;
  return `${shown}:${String(((total % 60) + 60) % 60).padStart(2, "0")}${read[3]}`;
}

interface Taken {
  visits: readonly DayVisit[];
  holds: readonly DayHold[];
  shades: readonly DayShade[];
  reserved: readonly DayReserved[];
}

/** Whether a visit still takes its time; one that was cancelled or missed frees it. */
export function takesTime(visit: Pick<DayVisit, "status">): boolean {
  return visit.status !== "cancelled" && visit.status !== "no_show";
}

/** Whether nothing seen on the day stands against a time. Rust decides; this only chooses what to propose. */
export function looksFree(taken: Taken, resource: string, from: number, minutes: number): boolean {
  const meets = (start: number, end: number) => start < from + minutes && end > from;
  return (
    !taken.visits.some((one) => takesTime(one) && one.resources.includes(resource) && meets(one.from - one.before, one.from + one.minutes + one.after)) &&
    !taken.holds.some((one) => one.resources.includes(resource) && meets(one.from, one.from + one.minutes)) &&
    !taken.reserved.some((one) => one.resource === resource && meets(one.from, one.from + one.minutes)) &&
    !taken.shades.some((one) => one.resource === resource && meets(one.from, one.to))
  );
}
