import { useCallback, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type Ref } from "react";
import { useTranslation } from "react-i18next";
import type { BoardReservation, DayColumn, DayShade, TheatreBoardView } from "../../bridge";
import { useStore } from "../../kit";
import { GUTTER, HEAD, Heads, Hours, Rules, useSize } from "./gridFrame";
import { hit, packLanes, stepAt, timeAt, visitTowards, type Arrow, type Geometry } from "./layout";
import { ReservationBlock, partsOf } from "./ReservationBlock";
import { lengthOf, reservedIn, sentenceOf, toldOnBoard, type Placing } from "./theatre";
import { useBoardPointer, type BoardState, type Dropped } from "./useBoardPointer";
import { useGhost } from "./useGhost";

/** What the screen around the board may ask of it. */
export interface BoardHandle {
  /** The reservation somebody stands on. */
  here: () => BoardReservation | null;
  focus: () => void;
}

export interface TheatreBoardProps {
  board: TheatreBoardView;
  state: BoardState;
  selected: string | null;
  /** The place that is being chosen beside the board. */
  placing: Placing | null;
  canReserve: boolean;
  onOpen: (reservation: string) => void;
  onFree: (at: { theatre: string; minute: number }) => void;
  onDrop: (dropped: Dropped) => void;
  ref?: Ref<BoardHandle>;
}

/** The smallest height of an hour, in pixels: a quarter of an hour of setup still has room for its word. */
const LEAST_HOUR = 54;
const LEAST_COLUMN = 150;
const ARROWS: ReadonlySet<string> = new Set(["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]);

/** The theatres through the day: a column each, and in it what is reserved. */
export function TheatreBoard(props: TheatreBoardProps) {
  const { board, state, canReserve, onOpen, onFree } = props;
  const { theatres } = board;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const size = useSize(scroller);
  const scale = Math.max(LEAST_HOUR / 60, (size.height - HEAD - 1) / Math.max(60, board.last - board.first));
  const width = Math.max(LEAST_COLUMN, (size.width - GUTTER) / Math.max(1, theatres.length));
  const geometry = useCallback((): Geometry => {
    const drawn = body.current?.getBoundingClientRect().width ?? size.width;
    return { scale, first: board.first, gutter: GUTTER, columnWidth: (drawn - GUTTER) / Math.max(1, theatres.length), columns: theatres.length };
  }, [scale, board.first, theatres.length, size.width]);
  const { cursor, setCursor, onKeyDown } = useBoardCursor(board, scroller);
  useImperativeHandle(props.ref, () => ({ here: () => board.reservations.find((one) => one.reservation === cursor) ?? null, focus: () => focusStop(scroller.current) }), [board, cursor]);
  const { ghost, hide, onPointerMove } = useGhost({ body, columns: theatres, labels: board.labels, geometry, shown: canReserve });
  const { onPointerDown, dragged } = useBoardPointer({ board, body, scroller, geometry, state, canReserve, onDrop: props.onDrop });
  const click = (event: MouseEvent) => {
    if (dragged.current || !(event.target instanceof Element)) return;
    const block = event.target.closest<HTMLElement>("[data-reservation]");
    if (block?.dataset["reservation"]) return onOpen(block.dataset["reservation"]);
    const column = theatres.find((one) => one.resource === (event.target as Element).closest<HTMLElement>("[data-column]")?.dataset["column"]);
    const box = body.current?.getBoundingClientRect();
    if (!column || !box || !canReserve) return undefined;
    return onFree({ theatre: column.resource, minute: stepAt(hit(0, event.clientY - box.top, geometry()).minute, column.grid_minutes) });
  };
  // Whoever scrolls by keyboard stands on a reservation; where there is none, on the board itself.
  const empty = board.reservations.length === 0 ? { role: "group", tabIndex: 0, "aria-label": t("scheduling.theatre.title") } : {};
  const track = { "--px": `${scale}px`, "--first": board.first, "--span": board.last - board.first, "--columns": theatres.length, "--least": `${LEAST_COLUMN}px`, "--gutter": `${GUTTER}px` } as CSSProperties;
  return (
    <div className="sd-grid th-board" ref={scroller} style={track} {...empty} data-testid="theatre-board">
      <Heads columns={theatres} width={width} />
      {/* The keys and the pointer belong to the buttons inside; this listens to them in one place. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events */}
      <div className="sd-body" ref={body} onPointerDown={(event) => { hide(); onPointerDown(event); }} onPointerMove={onPointerMove} onPointerLeave={hide} onClick={click} onKeyDown={onKeyDown} onFocus={(event) => setCursor(event.target instanceof HTMLElement ? (event.target.dataset["reservation"] ?? null) : null)}>
        <Rules day={board} />
        <Hours day={board} />
        {theatres.map((one) => <TheatreColumn key={one.resource} {...props} column={one} cursor={cursor} scale={scale} width={width} />)}
        {board.now === null ? null : <div className="sd-now" style={{ "--from": board.now } as CSSProperties} title={t("scheduling.grid.now")} aria-hidden="true" data-testid="now-line" />}
        <div className="sd-ghost" ref={ghost} hidden aria-hidden="true" />
      </div>
    </div>
  );
}

const ALONE = { lane: 0, lanes: 1 };

type ColumnProps = TheatreBoardProps & { column: DayColumn; cursor: string | null; scale: number; width: number };

/** One theatre through the day: what shades it, then a list of what is reserved. */
function TheatreColumn({ board, column, state, cursor, scale, width, selected, placing, canReserve }: ColumnProps) {
  const { t } = useTranslation();
  const reserved = useMemo(() => reservedIn(board, column.resource), [board, column.resource]);
  // What was reserved over something else stands beside it, so that neither hides the other.
  const places = useMemo(() => packLanes(reserved.map((one) => ({ id: one.reservation, from: one.from, to: one.from + lengthOf(one) }))), [reserved]);
  const carried = useStore(state.carried);
  return (
    <section className="sd-col" data-column={column.resource} aria-label={column.name}>
      {board.shades.filter((one) => one.resource === column.resource).map((one) => <Shade key={`${one.kind}-${one.from}`} shade={one} board={board} />)}
      <ul className="sd-list" aria-label={t("scheduling.theatre.column", { name: column.name, note: column.note, count: reserved.length })}>
        {reserved.map((one) => (
          <li key={one.reservation}>
            <ReservationBlock reservation={one} place={places.get(one.reservation) ?? ALONE} first={board.first} last={board.last} scale={scale} width={width} stop={cursor === one.reservation} selected={selected === one.reservation} moving={carried?.reservation?.reservation === one.reservation || placing?.reservation === one.reservation} movable={canReserve && one.can_move} label={sentenceOf(one, column.name, board.date, t)} told={toldOnBoard(one, board.date)} />
          </li>
        ))}
      </ul>
      {placing && !carried && placing.theatre === column.resource ? <Preview board={board} around={placing} minute={placing.minute} words={placing.title} /> : null}
      {carried?.theatre === column.resource ? <Preview board={board} around={carried} minute={carried.minute} words="" /> : null}
    </section>
  );
}

/** Where what is chosen, or carried, would come to lie: its three parts, as they would be drawn. */
function Preview({ board, around, minute, words }: { board: TheatreBoardView; around: Pick<Placing, "setup" | "minutes" | "turnover">; minute: number; words: string }) {
  const parts = partsOf({ from: minute - around.setup, setup: around.setup, minutes: around.minutes, turnover: around.turnover }, board.first, board.last);
  const [begin] = parts;
  if (!begin) return null;
  return (
    <div className="th-preview" style={{ "--from": begin.from, "--len": parts.reduce((sum, one) => sum + one.len, 0) } as CSSProperties} aria-hidden="true" data-testid="preview">
      {parts.map((one) => <span key={one.what} className={`th-part th-${one.what}`} style={{ "--part": one.len } as CSSProperties}>{one.what === "procedure" ? `${timeAt(board.labels, minute)}–${timeAt(board.labels, minute + around.minutes)} ${words}` : ""}</span>)}
    </div>
  );
}

function Shade({ shade, board }: { shade: DayShade; board: TheatreBoardView }) {
  const { t } = useTranslation();
  const [from, to] = [Math.max(board.first, shade.from), Math.min(board.last, shade.to)];
  if (to <= from) return null;
  const words = shade.label === "" ? t(`scheduling.shade.${shade.kind}`) : shade.label;
  return <div className="sd-shade" data-kind={shade.kind} style={{ "--from": from, "--len": to - from } as CSSProperties} title={words}><span>{words}</span></div>;
}

function focusStop(scroller: HTMLElement | null): void {
  scroller?.querySelector<HTMLElement>('.sd-body button[tabindex="0"]')?.focus();
}

/** Where somebody stands. One reservation is in the way of the tabulator; the arrows lead to the others. */
function useBoardCursor(board: TheatreBoardView, scroller: { current: HTMLDivElement | null }) {
  const [kept, setKept] = useState<string | null>(null);
  const [asked, setAsked] = useState(0);
  const cursor = useMemo(() => {
    if (board.reservations.some((one) => one.reservation === kept)) return kept;
    const all = board.theatres.flatMap((one) => reservedIn(board, one.resource));
    const now = board.now ?? board.first;
    const next = all.find((one) => one.from + one.setup + one.minutes + one.turnover > now) ?? all[0];
    return next?.reservation ?? null;
  }, [board, kept]);
  useLayoutEffect(() => {
    if (asked > 0) focusStop(scroller.current);
  }, [asked, scroller]);
  const setCursor = (reservation: string | null) => {
    if (reservation !== null) setKept(reservation);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!ARROWS.has(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    // What is handled here goes no further, so that an arrow in the board does not turn the day.
    event.preventDefault();
    event.stopPropagation();
    const at = board.reservations.find((one) => one.reservation === cursor);
    if (!at) return;
    const columns = board.theatres.map((one) => ({ resource: one.resource, visits: reservedIn(board, one.resource).map(({ reservation, from }) => ({ unit: reservation, from })) }));
    const next = visitTowards(columns, { resource: at.theatre, minute: at.from, unit: at.reservation }, event.key as Arrow);
    if (!next) return;
    setKept(next.unit);
    setAsked((before) => before + 1);
  };
  return { cursor, setCursor, onKeyDown };
}
