import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useMay, type BoardReservation, type CaseRow, type TheatreBoardView } from "../../bridge";
import { toast } from "../../kit";
import { spoken } from "./names";
import { lastAround, movingOf, proposedPlace, titleOf, usualStep, type Placing } from "./theatre";
import type { BoardHandle } from "./TheatreBoard";
import { reservationOn, type TheatreDoing } from "./theatreDoing";
import type { Dropped } from "./useBoardPointer";
import { useReleasing } from "./useReleasing";
import { isSamePlace, useTheatreChanges, type Outcome, type TheatreChanges } from "./useTheatreChanges";

export interface TheatreParts {
  board: TheatreBoardView | undefined;
  handle: RefObject<BoardHandle | null>;
  doing: TheatreDoing;
  setDoing: (doing: TheatreDoing) => void;
}

/** How long a theatre is kept where nobody said how long. */
const HOUR = 60;

/** Everything one can do about the theatres, by whichever way it was asked for. */
export function useTheatreActs(parts: TheatreParts) {
  const { board, doing, setDoing } = parts;
  const { t } = useTranslation();
  const may = useMay();
  const changes = useTheatreChanges();
  const releasing = useReleasing(parts);
  const canReserve = may("scheduling.reserve_theatre");
  const placeCase = (planned: Pick<CaseRow, "case" | "patient_name" | "minutes" | "surgeon">, at: { theatre: string; minute: number } | null) => {
    if (!board) return;
    const around = lastAround.get();
    const place = proposedPlace(board, { ...around, minutes: planned.minutes }, planned.surgeon, at);
    setDoing({ what: "place", placing: { ...EMPTY, ...around, ...place, purpose: "surgery", case: planned.case, title: spoken(planned.patient_name), minutes: planned.minutes } });
  };
  /** A click elsewhere takes along what is being placed; where nothing is, it begins to be chosen there. */
  const placeAt = (at: { theatre: string; minute: number } | null) => {
    if (!board) return;
    if (doing?.what === "place" && at) return setDoing({ what: "place", placing: { ...doing.placing, ...at } });
    const around = lastAround.get();
    return setDoing({ what: "place", placing: { ...EMPTY, ...around, ...proposedPlace(board, { ...around, minutes: HOUR }, null, at) } });
  };
  const beginMove = (reservation: BoardReservation) => {
    if (!board) return;
    if (!reservation.can_move) return toast(t("scheduling.theatre.stays"));
    return setDoing({ what: "place", placing: movingOf(reservation, board.date, titleOf(reservation, t)) });
  };
  const move = useMover(parts, changes);
  const drop = async (dropped: Dropped) => {
    const { reservation, theatre, minute, minutes, setup, turnover } = dropped;
    if (!board) return;
    if (dropped.case) return placeCase(dropped.case, { theatre, minute });
    if (!reservation || isSamePlace(reservation, { theatre, minute, minutes, setup, turnover })) return;
    const placing = { ...movingOf(reservation, board.date, titleOf(reservation, t)), theatre, minute };
    // What stands against it is shown beside the board, with the way on for whoever may.
    if ((await move(placing)) === "conflict") setDoing({ what: "place", placing });
  };
  return {
    changes,
    releasing,
    move,
    drop: (dropped: Dropped) => void drop(dropped),
    beginMove,
    placeCase,
    placeAt,
    open: (reservation: string, missing: readonly string[] = []) => setDoing({ what: "reservation", reservation, missing }),
    openCase: (id: string) => setDoing({ what: "case", case: id, at: null }),
    newCase: may("scheduling.keep_case") ? () => setDoing({ what: "case", case: null, at: null }) : null,
    reserve: canReserve ? () => placeAt(null) : null,
    ...useKeyActs(parts, changes, beginMove),
  };
}

export type TheatreActs = ReturnType<typeof useTheatreActs>;

/** A place of which nothing is chosen yet. */
const EMPTY: Placing = { purpose: "surgery", case: null, reservation: null, version: 0, home: null, title: "", theatre: "", minute: 0, minutes: HOUR, setup: 0, turnover: 0, note: "", reason: "", again: null };

/** What keys do to a reservation: the one that is open, or the one somebody stands on. */
function useKeyActs({ board, doing, handle }: TheatreParts, changes: TheatreChanges, beginMove: (reservation: BoardReservation) => void) {
  const { t } = useTranslation();
  const may = useMay();
  const here = (run: (reservation: BoardReservation) => void) => () => {
    const reservation = doing?.what === "reservation" && board ? reservationOn(board, doing.reservation) : (handle.current?.here() ?? null);
    if (reservation) run(reservation);
    else toast(t("scheduling.theatre.notHere"));
  };
  const advance = (reservation: BoardReservation) => {
    const to = usualStep(reservation);
    if (to) void changes.advance(reservation, to);
    else toast(t("scheduling.theatre.noStep"));
  };
  return {
    moveHere: may("scheduling.move_reservation") ? here(beginMove) : null,
    advanceHere: may("scheduling.advance_theatre") ? here(advance) : null,
  };
}

/** Moves a reservation to what was chosen for it, on the day that is shown. */
function useMover({ board }: TheatreParts, changes: TheatreChanges) {
  return async (placing: Placing, override?: string): Promise<Outcome> => {
    if (!board || placing.reservation === null || placing.home === null) return "failed";
    const { theatre, minute, minutes, setup, turnover, version, title, home } = placing;
    return changes.move({ reservation: placing.reservation, version, title, to: { theatre, date: board.date, minute, minutes, setup, turnover }, back: home }, override);
  };
}
