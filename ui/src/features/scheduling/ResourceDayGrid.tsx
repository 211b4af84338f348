import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type MouseEvent, type Ref, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { DayColumn, DayView, DayVisit } from "../../bridge";
import { useStore } from "../../kit";
import { GridColumn } from "./GridColumn";
import { GUTTER, HEAD, Heads, Hours, Rules, useSize } from "./gridFrame";
import { sentence, type Carried, type Cursor, type GridSlot, type GridState, type GridStop } from "./gridState";
import { scaleOf, type Geometry } from "./layout";
import { reservedId } from "./ReservedBlock";
import { useGhost } from "./useGhost";
import { useGridKeys } from "./useGridKeys";
import { useGridPointer } from "./useGridPointer";
import { waitedMinutes } from "./waits";

/** What the screen around the grid may ask of it. */
export interface GridHandle {
  cursor: () => Cursor | null;
  beginMove: () => void;
  focus: () => void;
}

export interface ResourceDayGridProps {
  day: DayView;
  columns: readonly DayColumn[];
  seenAt: number;
  state: GridState;
  selected: string | null;
  slot: GridSlot | null;
  slotMinutes: number;
  pinned: ReadonlySet<string>;
  canBook: boolean;
  onOpen: (unit: string) => void;
  onHold: (hold: string) => void;
  /** Opens the theatres at a reservation. Null where the session sees none. */
  onReserved: ((reservation: string) => void) | null;
  onNew: (slot: GridSlot) => void;
  onDrop: (carried: Carried) => void;
  onPark: (visit: DayVisit) => void;
  ref?: Ref<GridHandle>;
}

/** The least width at which a column can still be read; below it the grid scrolls sideways. */
const LEAST_COLUMN = 76;

/** The day: columns are people, rooms and devices; what is in them is booked, held or shaded. */
export function ResourceDayGrid(props: ResourceDayGridProps) {
  const { day, columns, state, canBook, onOpen, onHold } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const scale = scaleOf(size.height - HEAD - 1, day.first, day.last);
  const width = Math.max(LEAST_COLUMN, (size.width - GUTTER) / Math.max(1, columns.length));
  const geometry = useCallback((): Geometry => {
    const drawn = body.current?.getBoundingClientRect().width ?? size.width;
    return { scale, first: day.first, gutter: GUTTER, columnWidth: (drawn - GUTTER) / Math.max(1, columns.length), columns: columns.length };
  }, [scale, day.first, columns.length, size.width]);
  const byResource = useMemo(() => new Map(columns.map((column) => [column.resource, visitsOf(day, column.resource)])), [day, columns]);
  const stops = useMemo(() => new Map(columns.map((column) => [column.resource, stopsOf(day, column.resource, byResource.get(column.resource) ?? [])])), [day, columns, byResource]);
  const { cursor, setCursor, go } = useCursor(props, stops, scroller);
  const { onPointerDown, dragged } = useGridPointer({ day, columns, state, body, scroller, geometry, canBook, onDrop: props.onDrop, onPark: props.onPark, onNew: props.onNew });
  const keys = useGridKeys({ day, columns, stopsOf: (resource) => stops.get(resource) ?? [], state, cursor, onCursor: go, onDrop: props.onDrop });
  const { ghost, hide, onPointerMove } = useGhost({ body, columns, labels: day.labels, geometry, shown: canBook });
  const { begin } = keys;
  useImperativeHandle(props.ref, () => ({ cursor: () => cursor, beginMove: begin, focus: () => focusStop(scroller) }), [cursor, begin]);
  const click = (event: MouseEvent) => {
    if (dragged.current || !(event.target instanceof Element)) return;
    const block = event.target.closest<HTMLElement>("[data-unit],[data-hold],[data-reserved],[data-free]");
    if (block?.dataset["unit"]) onOpen(block.dataset["unit"]);
    else if (block?.dataset["hold"]) onHold(block.dataset["hold"]);
    else if (block?.dataset["reserved"]) props.onReserved?.(block.dataset["reserved"]);
    else if (block && cursor) props.onNew({ resource: cursor.resource, minute: cursor.minute });
  };
  const track = { "--px": `${scale}px`, "--first": day.first, "--span": day.last - day.first, "--columns": columns.length, "--least": `${LEAST_COLUMN}px`, "--gutter": `${GUTTER}px` } as CSSProperties;
  return (
    <div className="sd-grid" ref={scroller} style={track} data-testid="day-grid">
      <Heads columns={columns} width={width} />
      {/* The keys and the pointer belong to the buttons inside; this listens to them in one place. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events */}
      <div className="sd-body" ref={body} onPointerDown={(event) => { hide(); onPointerDown(event); }} onPointerMove={onPointerMove} onClick={click} onKeyDown={keys.onKeyDown} onFocus={(event) => follow(event.target, day, setCursor)} onPointerOver={(event) => light(event.target, state)} onPointerLeave={() => { hide(); state.lit.set(null); }}>
        <Rules day={day} />
        <Hours day={day} />
        <Columns {...props} byResource={byResource} cursor={cursor} scale={scale} width={width} />
        {day.now === null ? null : <div className="sd-now" style={{ "--from": day.now } as CSSProperties} title={t("scheduling.grid.now")} aria-hidden="true" data-testid="now-line" />}
        <div className="sd-ghost" ref={ghost} hidden aria-hidden="true" />
      </div>
      <Said state={state} />
    </div>
  );
}

type ColumnsProps = ResourceDayGridProps & { byResource: ReadonlyMap<string, readonly DayVisit[]>; cursor: Cursor | null; scale: number; width: number };

function Columns({ day, columns, byResource, cursor, scale, width, slot, slotMinutes, selected, pinned, canBook, state, seenAt }: ColumnsProps) {
  const { t } = useTranslation();
  const parts = useMemo(() => new Map(columns.map((one) => [one.resource, { holds: day.holds.filter((hold) => hold.resources.includes(one.resource)), shades: day.shades.filter((shade) => shade.resource === one.resource), reserved: day.reserved.filter((other) => other.resource === one.resource) }])), [day, columns]);
  const sentenceOf = useCallback((visit: DayVisit) => sentence(t, visit, day.date, (resource) => day.columns.find((one) => one.resource === resource)?.name ?? ""), [t, day]);
  const asideOf = useCallback((visit: DayVisit) => {
    const waited = waitedMinutes(visit, day.now);
    return waited === null ? visit.label : t("scheduling.grid.waits", { label: visit.label, count: waited });
  }, [t, day.now]);
  return columns.map((column) => (
    <GridColumn
      key={column.resource}
      column={column}
      visits={byResource.get(column.resource) ?? []}
      holds={parts.get(column.resource)?.holds ?? []}
      shades={parts.get(column.resource)?.shades ?? []}
      reserved={parts.get(column.resource)?.reserved ?? []}
      date={day.date}
      labels={day.labels}
      first={day.first}
      last={day.last}
      scale={scale}
      width={width}
      seenAt={seenAt}
      cursor={cursor?.resource === column.resource ? cursor : null}
      slot={slot?.resource === column.resource ? slot : null}
      slotMinutes={slotMinutes}
      selected={selected}
      pinned={pinned}
      canBook={canBook}
      state={state}
      sentenceOf={sentenceOf}
      asideOf={asideOf}
    />
  ));
}

/** What a screen reader hears while something is carried. */
function Said({ state }: { state: GridState }) {
  return <div className="kw-hidden" role="status" aria-live="assertive" data-testid="grid-said">{useStore(state.said)}</div>;
}

function visitsOf(day: DayView, resource: string): readonly DayVisit[] {
  return day.visits.filter((one) => one.status !== "cancelled" && one.resources.includes(resource)).toSorted((a, b) => a.from - b.from || a.unit.localeCompare(b.unit));
}

/** Where the arrows come by in a column: its visits, and what theatres take of it. */
function stopsOf(day: DayView, resource: string, visits: readonly DayVisit[]): readonly GridStop[] {
  const reserved = day.reserved.filter((one) => one.resource === resource).map((one) => ({ unit: reservedId(one), from: one.from, minutes: one.minutes }));
  return [...visits.map(({ unit, from, minutes }) => ({ unit, from, minutes })), ...reserved].toSorted((a, b) => a.from - b.from || a.unit.localeCompare(b.unit));
}

function focusStop(scroller: RefObject<HTMLDivElement | null>): void {
  scroller.current?.querySelector<HTMLElement>('.sd-body button[tabindex="0"]')?.focus();
}

/** Points out a visit in all the columns it takes. */
function light(target: EventTarget, state: GridState): void {
  const unit = target instanceof Element ? (target.closest<HTMLElement>("[data-unit]")?.dataset["unit"] ?? null) : null;
  if (state.lit.get() !== unit) state.lit.set(unit);
}

function follow(target: EventTarget, day: DayView, onCursor: (cursor: Cursor) => void): void {
  if (!(target instanceof HTMLElement)) return;
  const { unit, resource, stop } = target.dataset;
  const visit = day.visits.find((one) => one.unit === unit);
  const reserved = day.reserved.find((one) => one.resource === resource && reservedId(one) === stop);
  if (visit && resource) onCursor({ resource, unit: visit.unit, minute: visit.from });
  else if (reserved) onCursor({ resource: reserved.resource, unit: reservedId(reserved), minute: reserved.from });
}

/** Where somebody stands. One place in the grid is in the way of the tabulator; the arrows do the rest. */
function useCursor({ day, columns, state }: ResourceDayGridProps, stops: ReadonlyMap<string, readonly GridStop[]>, scroller: RefObject<HTMLDivElement | null>) {
  const [kept, setCursor] = useState<Cursor | null>(null);
  const [asked, setAsked] = useState(0);
  const cursor = useMemo(() => settled(kept, day, columns, stops), [kept, day, columns, stops]);
  const go = useCallback((next: Cursor) => {
    setCursor(next);
    setAsked((before) => before + 1);
  }, []);
  useLayoutEffect(() => {
    if (asked > 0) focusStop(scroller);
  }, [asked, scroller]);
  useEffect(() => state.lit.set(null), [day.date, state]);
  return { cursor, setCursor, go };
}

/** The cursor as it holds on the day that is shown: a visit that is gone leaves its time behind. */
function settled(kept: Cursor | null, day: DayView, columns: readonly DayColumn[], stops: ReadonlyMap<string, readonly GridStop[]>): Cursor | null {
  const there = kept && columns.some((one) => one.resource === kept.resource) ? kept : null;
  if (there) return there.unit === null || (stops.get(there.resource) ?? []).some((one) => one.unit === there.unit) ? there : { ...there, unit: null };
  const now = day.now ?? day.first;
  for (const column of columns) {
    const here = stops.get(column.resource) ?? [];
    const next = here.find((one) => one.from + one.minutes > now) ?? here[here.length - 1];
    if (next) return { resource: column.resource, unit: next.unit, minute: next.from };
  }
  const [first] = columns;
  return first ? { resource: first.resource, unit: null, minute: Math.max(day.first, Math.floor(now / first.grid_minutes) * first.grid_minutes) } : null;
}
