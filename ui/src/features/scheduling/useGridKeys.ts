import { useCallback, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DayColumn, DayView } from "../../bridge";
import { isSame, type Carried, type Cursor, type GridState, type GridStop } from "./gridState";
import { columnBeside, swapped, timeAt, visitTowards, type Arrow, type ColumnOfVisits } from "./layout";
import { spoken } from "./names";

export interface KeyParts {
  day: DayView;
  columns: readonly DayColumn[];
  stopsOf: (resource: string) => readonly GridStop[];
  state: GridState;
  cursor: Cursor | null;
  onCursor: (cursor: Cursor) => void;
  onDrop: (carried: Carried) => void;
}

const ARROWS: ReadonlySet<string> = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

function isArrow(key: string): key is Arrow {
  return ARROWS.has(key);
}

/** Everything the pointer can do, by keys. What is handled here goes no further, so that an arrow in the grid does not turn the day. */
export function useGridKeys(parts: KeyParts) {
  const { t } = useTranslation();
  const { day, columns, stopsOf, state, cursor, onCursor, onDrop } = parts;
  const nameOf = (resource: string) => columns.find((one) => one.resource === resource)?.name ?? "";
  const tell = (carried: Carried) => state.said.set(t("scheduling.grid.over", { name: nameOf(carried.target), from: timeAt(day.labels, carried.from), to: timeAt(day.labels, carried.from + carried.minutes) }));

  const begin = useCallback(() => {
    const visit = cursor?.unit ? day.visits.find((one) => one.unit === cursor.unit) : undefined;
    if (!visit || !cursor) return;
    state.carried.set({ visit, column: cursor.resource, target: cursor.resource, kind: "move", from: visit.from, minutes: visit.minutes, resources: visit.resources, byKeys: true });
    state.said.set(t("scheduling.grid.begin", { name: spoken(visit.patient_name) }));
  }, [cursor, day, state, t]);

  const carry = (event: KeyboardEvent, carried: Carried) => {
    const next = carriedBy(event, carried, columns, day);
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") {
      state.carried.set(null);
      state.said.set(t("scheduling.grid.cancelled"));
    } else if (event.key === "Enter") {
      state.carried.set(null);
      if (isSame(carried)) state.said.set(t("scheduling.grid.cancelled"));
      else onDrop(carried);
    } else if (next) {
      state.carried.set(next);
      tell(next);
    }
  };

  const walk = (event: KeyboardEvent, key: Arrow) => {
    event.preventDefault();
    event.stopPropagation();
    if (!cursor) return;
    const next = event.altKey || cursor.unit === null ? freeTowards(cursor, key, columns, day, event.altKey) : null;
    if (next) {
      onCursor(next);
      return;
    }
    const found = visitTowards(columns.map((one): ColumnOfVisits => ({ resource: one.resource, visits: stopsOf(one.resource) })), cursor, key);
    const stop = found ? stopsOf(found.resource).find((one) => one.unit === found.unit) : undefined;
    if (found && stop) onCursor({ resource: found.resource, unit: found.unit, minute: stop.from });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const carried = state.carried.get();
    if (carried?.byKeys) return carry(event, carried);
    if (event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
    return isArrow(event.key) ? walk(event, event.key) : undefined;
  };
  return { onKeyDown, begin };
}

/** What is carried after one key, or null when the key carries nothing. */
export function carriedBy(event: Pick<KeyboardEvent, "key" | "shiftKey">, carried: Carried, columns: readonly DayColumn[], day: DayView): Carried | null {
  const grid = columns.find((one) => one.resource === carried.target)?.grid_minutes ?? 10;
  const clamp = (from: number) => Math.max(0, Math.min(day.minutes - carried.minutes, from));
  const beside = (step: 1 | -1): Carried => {
    const target = columnBeside(columns, carried.target, step);
    return { ...carried, target, resources: swapped(carried.visit.resources, carried.column, target) };
  };
  const step = event.key === "ArrowDown" ? grid : event.key === "ArrowUp" ? -grid : 0;
  if (step !== 0 && event.shiftKey) return { ...carried, minutes: Math.max(grid, Math.min(day.minutes - carried.from, carried.minutes + step)) };
  if (step !== 0) return { ...carried, from: clamp(onGrid(carried.from, step, grid)) };
  if (event.key === "[" || event.key === "ArrowLeft") return beside(-1);
  return event.key === "]" || event.key === "ArrowRight" ? beside(1) : null;
}

/** The next line of the grid in a direction: what stands off the grid comes onto it first. */
function onGrid(from: number, step: number, grid: number): number {
  if (from % grid === 0) return from + step;
  return step > 0 ? Math.ceil(from / grid) * grid : Math.floor(from / grid) * grid;
}

/** The free time an arrow leads to. Without Alt, only somebody who stands on a free time walks from one to the next. */
function freeTowards(cursor: Cursor, key: Arrow, columns: readonly DayColumn[], day: DayView, alt: boolean): Cursor | null {
  const here = columns.findIndex((one) => one.resource === cursor.resource);
  const grid = columns[here]?.grid_minutes ?? 10;
  if (key === "ArrowUp" || key === "ArrowDown") {
    const minute = onGrid(cursor.minute, key === "ArrowDown" ? grid : -grid, grid);
    return { ...cursor, unit: null, minute: Math.max(day.first, Math.min(day.last - grid, minute)) };
  }
  const beside = columns[here + (key === "ArrowRight" ? 1 : -1)];
  return beside && (alt || cursor.unit === null) ? { resource: beside.resource, unit: null, minute: cursor.minute } : null;
}
