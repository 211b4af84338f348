import { useCallback, useEffect, useState } from "react";
import type { BoardReservation, CaseRow, TheatreBoardView } from "../../bridge";
import { store, waitingDrafts } from "../../kit";
import { CASE_DRAFT } from "./CaseFlyout";
import { daySeen } from "./daySeen";
import { PLACE_DRAFT } from "./PlaceFlyout";
import type { Placing } from "./theatre";

/** What stands in the column beside the board; where it is nothing, the cases without a theatre do. */
export type TheatreDoing =
  /** A reservation; where it is there again after it was given back, with what is not as it was. */
  | { what: "reservation"; reservation: string; missing?: readonly string[] }
  /** A case; none for a new one, with the place it was begun for. */
  | { what: "case"; case: string | null; at: { theatre: string; minute: number } | null }
  | { what: "place"; placing: Placing }
  | null;

/** The reservation that another screen asked to see. */
const wanted = store<string | null>(null);

/** Opens the board of a day with a reservation's flyout, once somebody goes there. */
export function showReservation(reservation: string, date: string): void {
  daySeen.set((before) => ({ ...before, date }));
  wanted.set(reservation);
}

/** A case, wherever on the board it stands. */
export function caseOn(board: TheatreBoardView, id: string | null): CaseRow | null {
  return board.unplaced.find((one) => one.case === id) ?? board.reservations.find((one) => one.case?.case === id)?.case ?? null;
}

export function reservationOn(board: TheatreBoardView, id: string): BoardReservation | null {
  return board.reservations.find((one) => one.reservation === id) ?? null;
}

/** What stands in the column, which begins with what was asked for elsewhere, or half made when the screen was left or the practice locked. */
export function useTheatreDoing(board: TheatreBoardView | undefined): [TheatreDoing, (doing: TheatreDoing) => void] {
  const [doing, setDoing] = useState<TheatreDoing | undefined>(undefined);
  useEffect(() => {
    if (!board || doing !== undefined) return;
    const asked = wanted.get();
    wanted.set(null);
    setDoing(asked === null ? begun(board) : { what: "reservation", reservation: asked });
  }, [board, doing]);
  return [doing ?? null, useCallback((next: TheatreDoing) => setDoing(next), [])];
}

/** What was half typed stands open again. What belongs to a day that is not shown waits for its day. */
function begun(board: TheatreBoardView): TheatreDoing {
  for (const { screen, content } of waitingDrafts.get()) {
    if (screen === PLACE_DRAFT) {
      const { placing, date } = JSON.parse(content) as { placing: Placing; date: string };
      daySeen.set((before) => ({ ...before, date }));
      return { what: "place", placing };
    }
    if (screen === CASE_DRAFT) return { what: "case", case: null, at: null };
    const [, kind, id = ""] = /^\/day\/theatre#(case|clinical|allocate)-(.+)$/.exec(screen) ?? [];
    if ((kind === "case" || kind === "clinical") && caseOn(board, id)) return { what: "case", case: id, at: null };
    if (kind === "allocate" && reservationOn(board, id)) return { what: "reservation", reservation: id };
  }
  return null;
}
