import { useEffect, useRef, type PointerEvent as ReactPointerEvent, type RefObject } from "react";
import type { DayColumn, DayView, DayVisit } from "../../bridge";
import type { Carried, Drawn, GridSlot, GridState } from "./gridState";
import { autoscroll, hit, movedFrom, resizedTo, snap, stepAt, swapped, type Geometry } from "./layout";
import { isMovable } from "./status";

/** In pixels: less is a click that trembled. */
const THRESHOLD = 4;
/** In milliseconds: a finger that rests this long carries, one that moves before scrolls. */
const LONG_PRESS = 300;

export interface PointerParts {
  day: DayView;
  columns: readonly DayColumn[];
  state: GridState;
  body: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
  geometry: () => Geometry;
  canBook: boolean;
  onDrop: (carried: Carried) => void;
  /** Carried out of the grid, over the pinboard. */
  onPark: (visit: DayVisit) => void;
  onNew: (slot: GridSlot) => void;
}

interface Press {
  pointer: number;
  startX: number;
  startY: number;
  x: number;
  y: number;
  scrollTop: number;
  column: DayColumn;
  minute: number;
  visit: DayVisit | null;
  kind: "move" | "resize" | "draw";
  going: boolean;
  /** A finger that has not rested yet may still want to scroll. */
  waits: boolean;
  copy: boolean;
}

/** Carries visits and draws new ones with mouse, pen or finger. Nothing of it is drag and drop of the browser, which a window on Linux does not do dependably. */
export function useGridPointer(parts: PointerParts): { onPointerDown: (event: ReactPointerEvent) => void; dragged: RefObject<boolean> } {
  const latest = useRef(parts);
  latest.current = parts;
  const press = useRef<Press | null>(null);
  const dragged = useRef(false);
  const undo = useRef<() => void>(() => {});
  useEffect(() => () => undo.current(), []);

  const onPointerDown = (event: ReactPointerEvent) => {
    if (event.button !== 0 || press.current || !latest.current.canBook) return;
    const begun = pressAt(event, latest.current);
    if (!begun) return;
    press.current = begun;
    undo.current = listen(latest, press, dragged, begun);
  };
  return { onPointerDown, dragged };
}

/** What lies under the pointer as it goes down. */
function pressAt(event: ReactPointerEvent, { day, columns, body, scroller, geometry }: PointerParts): Press | null {
  const target = event.target instanceof Element ? event.target : null;
  const box = body.current?.getBoundingClientRect();
  if (!target || !box || target.closest("[data-hold],[data-reserved],[data-free]")) return null;
  const block = target.closest<HTMLElement>("[data-unit]");
  const under = target.closest<HTMLElement>("[data-column]");
  const column = columns.find((one) => one.resource === under?.dataset["column"]);
  if (!column) return null;
  const visit = day.visits.find((one) => one.unit === block?.dataset["unit"]) ?? null;
  // What cannot be moved is left to the click.
  if (visit && !isMovable(visit)) return null;
  const { minute } = hit(event.clientX - box.left, event.clientY - box.top, geometry());
  const kind = visit ? (target.closest("[data-edge]") ? "resize" : "move") : "draw";
  return { pointer: event.pointerId, startX: event.clientX, startY: event.clientY, x: event.clientX, y: event.clientY, scrollTop: scroller.current?.scrollTop ?? 0, column, minute, visit, kind, going: false, waits: event.pointerType === "touch", copy: false };
}

type Held<T> = { current: T };

function listen(latest: Held<PointerParts>, press: Held<Press | null>, dragged: Held<boolean>, begun: Press): () => void {
  let frame = 0;
  const rest = begun.waits ? setTimeout(() => { begun.waits = false; start(latest.current, begun); }, LONG_PRESS) : undefined;
  const scroll = () => {
    frame = requestAnimationFrame(scroll);
    if (begun.going) scrollAtEdge(latest.current, begun);
  };
  const move = (event: PointerEvent) => {
    if (event.pointerId !== begun.pointer) return;
    Object.assign(begun, { x: event.clientX, y: event.clientY, copy: event.ctrlKey || event.altKey });
    const far = Math.hypot(begun.x - begun.startX, begun.y - begun.startY) >= THRESHOLD;
    if (begun.waits && far) return stop();
    if (!begun.going && far) start(latest.current, begun);
    if (begun.going) follow(latest.current, begun);
    return undefined;
  };
  const end = (event: PointerEvent) => {
    if (event.pointerId !== begun.pointer) return;
    const over = document.elementFromPoint?.(event.clientX, event.clientY) ?? null;
    finish(latest.current, begun, over);
    // The click that follows the end of a drag opens nothing.
    if (begun.going) {
      dragged.current = true;
      setTimeout(() => { dragged.current = false; }, 0);
    }
    stop();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    stop();
  };
  // While a finger carries something, the page under it must not scroll away.
  const still = (event: TouchEvent) => { if (begun.going) event.preventDefault(); };
  const stop = () => {
    clearTimeout(rest);
    cancelAnimationFrame(frame);
    press.current = null;
    latest.current.state.carried.set(null);
    latest.current.state.drawn.set(null);
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("pointercancel", stop);
    window.removeEventListener("keydown", keys, true);
    window.removeEventListener("touchmove", still);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", stop);
  window.addEventListener("keydown", keys, true);
  window.addEventListener("touchmove", still, { passive: false });
  frame = requestAnimationFrame(scroll);
  return stop;
}

/** Near an edge, the grid comes to meet what is carried. */
function scrollAtEdge(parts: PointerParts, press: Press): void {
  const { scroller } = parts;
  if (!scroller.current) return;
  const box = scroller.current.getBoundingClientRect();
  const step = autoscroll(press.y - box.top, box.height);
  if (step === 0) return;
  scroller.current.scrollTop += step;
  follow(parts, press);
}

function start({ body }: PointerParts, press: Press): void {
  press.going = true;
  body.current?.setPointerCapture?.(press.pointer);
}

/** Brings what is carried to where the pointer is. */
function follow(parts: PointerParts, press: Press): void {
  const { state, columns, day, geometry, body, scroller } = parts;
  const box = body.current?.getBoundingClientRect();
  if (!box) return;
  const scale = geometry().scale;
  const delta = (press.y - press.startY + (scroller.current?.scrollTop ?? 0) - press.scrollTop) / scale;
  const grid = press.column.grid_minutes;
  if (press.kind === "draw") return state.drawn.set(drawnBy(press, delta, day));
  const { visit } = press;
  if (!visit) return undefined;
  if (press.kind === "resize") {
    const minutes = resizedTo(visit.from, visit.minutes, delta, grid, day.minutes);
    return state.carried.set({ visit, column: press.column.resource, target: press.column.resource, kind: "resize", from: visit.from, minutes, resources: visit.resources, byKeys: false });
  }
  const over = columns[hit(press.x - box.left, 0, geometry()).column];
  // A person is not carried into a room: over another kind, the visit stays in its own column.
  const target = over && over.kind === press.column.kind ? over.resource : press.column.resource;
  const from = movedFrom(visit.from, visit.minutes, delta, grid, day.minutes);
  return state.carried.set({ visit, column: press.column.resource, target, kind: press.copy ? "copy" : "move", from, minutes: visit.minutes, resources: swapped(visit.resources, press.column.resource, target), byKeys: false });
}

function drawnBy(press: Press, delta: number, day: DayView): Drawn {
  const grid = press.column.grid_minutes;
  const anchor = stepAt(press.minute, grid);
  const other = snap(press.minute + delta, grid);
  const from = Math.max(0, Math.min(anchor, other));
  return { resource: press.column.resource, from, minutes: Math.min(day.minutes, Math.max(anchor + grid, other)) - from };
}

function finish(parts: PointerParts, press: Press, over: Element | null): void {
  const carried = parts.state.carried.get();
  const drawn = parts.state.drawn.get();
  if (press.going && carried && over?.closest("[data-pinboard]")) return parts.onPark(carried.visit);
  if (press.going && carried) return parts.onDrop(carried);
  if (press.going && drawn) return parts.onNew({ resource: drawn.resource, minute: drawn.from, minutes: drawn.minutes });
  if (!press.going && press.visit === null) return parts.onNew({ resource: press.column.resource, minute: stepAt(press.minute, press.column.grid_minutes) });
  return undefined;
}
