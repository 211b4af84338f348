import { useRef, type PointerEvent, type RefObject } from "react";
import type { DayColumn, DayLabel } from "../../bridge";
import { hit, stepAt, timeAt, type Geometry } from "./layout";

export interface GhostParts {
  body: RefObject<HTMLDivElement | null>;
  columns: readonly DayColumn[];
  labels: readonly DayLabel[];
  geometry: () => Geometry;
  shown: boolean;
}

/** Shows which free time a click would take. It follows the pointer beside React, because it moves with every pixel. */
export function useGhost({ body, columns, labels, geometry, shown }: GhostParts) {
  const ghost = useRef<HTMLDivElement>(null);
  const hide = () => {
    if (ghost.current) ghost.current.hidden = true;
  };
  const onPointerMove = (event: PointerEvent) => {
    const box = body.current?.getBoundingClientRect();
    const line = ghost.current;
    if (!line || !box) return;
    const free = shown && event.pointerType !== "touch" && event.buttons === 0 && event.target instanceof Element && event.target.closest("button") === null && event.target.closest("[data-column]") !== null;
    line.hidden = !free;
    if (!free) return;
    const under = hit(event.clientX - box.left, event.clientY - box.top, geometry());
    const grid = columns[under.column]?.grid_minutes ?? 10;
    const minute = stepAt(under.minute, grid);
    line.style.setProperty("--at", String(under.column));
    line.style.setProperty("--from", String(minute));
    line.style.setProperty("--len", String(grid));
    line.textContent = timeAt(labels, minute);
  };
  return { ghost, hide, onPointerMove };
}
