import { useEffect, useRef, type PointerEvent as ReactPointerEvent, type RefObject } from "react";
import type { BoardReservation, CaseRow, TheatreBoardView } from "../../bridge";
import { store, type Store } from "../../kit";
import { autoscroll, hit, movedFrom, snap, type Geometry } from "./layout";
import { beginsAt, lastAround } from "./theatre";

/** What is on its way to another theatre or time, by pointer: a reservation, or a case that has none yet. */
export interface Carried {
  reservation: BoardReservation | null;
  case: CaseRow | null;
  /** The theatre it is over; none while it is beside the board. */
  theatre: string;
  minute: number;
  minutes: number;
  setup: number;
  turnover: number;
}

export type Dropped = Carried;

/** What changes with every movement of the pointer: apart from React's state, so that only what shows it is drawn again. */
export interface BoardState {
  carried: Store<Carried | null>;
}

export function makeBoardState(): BoardState {
  return { carried: store<Carried | null>(null) };
}

/** In pixels: less is a click that trembled. */
const THRESHOLD = 4;

export interface BoardPointerParts {
  board: TheatreBoardView;
  body: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
  geometry: () => Geometry;
  state: BoardState;
  canReserve: boolean;
  onDrop: (dropped: Dropped) => void;
}

interface Press {
  pointer: number;
  startX: number;
  startY: number;
  scrollTop: number;
  carried: Carried;
  /** A case comes from beside the board, so it lies where the pointer is; a reservation goes as far as the pointer goes. */
  reservation: BoardReservation | null;
  going: boolean;
}

/** Carries reservations within the board, and cases from beside it, with a mouse or a pen; a finger uses the buttons. */
export function useBoardPointer(parts: BoardPointerParts): { onPointerDown: (event: ReactPointerEvent) => void; dragged: RefObject<boolean> } {
  const latest = useRef(parts);
  latest.current = parts;
  const dragged = useRef(false);
  const undo = useRef<() => void>(() => {});
  const begin = (event: { pointerId: number; clientX: number; clientY: number }, carried: Carried) => {
    undo.current();
    undo.current = listen(latest, dragged, { pointer: event.pointerId, startX: event.clientX, startY: event.clientY, scrollTop: latest.current.scroller.current?.scrollTop ?? 0, carried, reservation: carried.reservation, going: false });
  };
  const start = useRef(begin);
  start.current = begin;
  useEffect(() => {
    // The cases stand beside the board, in another part of the screen.
    const fromBeside = (event: PointerEvent) => {
      const card = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-case]") : null;
      const found = latest.current.board.unplaced.find((one) => one.case === card?.dataset["case"]);
      if (event.button !== 0 || event.pointerType === "touch" || !found || !latest.current.canReserve) return;
      start.current(event, { reservation: null, case: found, theatre: "", minute: 0, minutes: found.minutes, ...lastAround.get() });
    };
    window.addEventListener("pointerdown", fromBeside);
    return () => {
      window.removeEventListener("pointerdown", fromBeside);
      undo.current();
    };
  }, []);
  const onPointerDown = (event: ReactPointerEvent) => {
    if (event.button !== 0 || event.pointerType === "touch" || !latest.current.canReserve || !(event.target instanceof Element)) return;
    const block = event.target.closest<HTMLElement>("[data-reservation]");
    const found = latest.current.board.reservations.find((one) => one.reservation === block?.dataset["reservation"]);
    if (!found?.can_move) return;
    begin(event, { reservation: found, case: null, theatre: found.theatre, minute: beginsAt(found), minutes: found.minutes, setup: found.setup, turnover: found.turnover });
  };
  return { onPointerDown, dragged };
}

function listen(latest: { current: BoardPointerParts }, dragged: { current: boolean }, press: Press): () => void {
  const move = (event: PointerEvent) => {
    if (event.pointerId !== press.pointer) return;
    press.going ||= Math.hypot(event.clientX - press.startX, event.clientY - press.startY) >= THRESHOLD;
    if (press.going) latest.current.state.carried.set(over(latest.current, press, event));
  };
  const end = (event: PointerEvent) => {
    if (event.pointerId !== press.pointer) return;
    const carried = latest.current.state.carried.get();
    stop();
    if (!press.going) return;
    // The click that follows the end of a drag opens nothing.
    dragged.current = true;
    setTimeout(() => { dragged.current = false; }, 0);
    if (carried && carried.theatre !== "") latest.current.onDrop(carried);
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !press.going) return;
    event.preventDefault();
    event.stopPropagation();
    stop();
  };
  const stop = () => {
    latest.current.state.carried.set(null);
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", end);
    window.removeEventListener("pointercancel", stop);
    window.removeEventListener("keydown", keys, true);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", end);
  window.addEventListener("pointercancel", stop);
  window.addEventListener("keydown", keys, true);
  return stop;
}

/** What is carried, where the pointer is now. Near an edge the board comes to meet it. */
function over(parts: BoardPointerParts, press: Press, event: PointerEvent): Carried {
  const { board, body, scroller, geometry } = parts;
  const frame = scroller.current?.getBoundingClientRect();
  const box = body.current?.getBoundingClientRect();
  if (!frame || !box || !scroller.current) return press.carried;
  scroller.current.scrollTop += autoscroll(event.clientY - frame.top, frame.height);
  const inside = event.clientX >= frame.left && event.clientX <= frame.right && event.clientY >= frame.top && event.clientY <= frame.bottom;
  const under = hit(event.clientX - box.left, event.clientY - box.top, geometry());
  const column = board.theatres[under.column];
  if (!inside || !column) return { ...press.carried, theatre: press.reservation?.theatre ?? "" };
  const { carried, reservation } = press;
  if (!reservation) return { ...carried, theatre: column.resource, minute: Math.max(carried.setup, snap(under.minute, column.grid_minutes)) };
  const delta = (event.clientY - press.startY + scroller.current.scrollTop - press.scrollTop) / geometry().scale;
  return { ...carried, theatre: column.resource, minute: movedFrom(beginsAt(reservation), reservation.minutes, delta, column.grid_minutes, board.minutes) };
}
