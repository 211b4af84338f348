import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, refusalCode, type BoardReservation, type TheatreBoardView, type TheatreReserved, type TheatreStep } from "../../bridge";
import { toast } from "../../kit";
import { failureWords } from "../../words";
import { timeAt } from "./layout";
import { beginsAt, lengthOf, titleOf } from "./theatre";
import { refreshSchedule } from "./useDayChanges";

/** A place in a theatre, on a day. */
export interface TheatrePlace {
  theatre: string;
  date: string;
  minute: number;
  minutes: number;
  setup: number;
  turnover: number;
}

export interface Moving {
  reservation: string;
  version: number;
  title: string;
  to: TheatrePlace;
  back: TheatrePlace;
}

type Patch = (reservation: BoardReservation, board: TheatreBoardView) => BoardReservation;

/** Shows a change before it is answered, and gives back how to take it back where it is refused. */
function showAtOnce(cache: QueryClient, reservation: string, patch: Patch): () => void {
  const before = cache.getQueriesData<TheatreBoardView>({ queryKey: ["scheduling.theatre_board"] });
  cache.setQueriesData<TheatreBoardView>({ queryKey: ["scheduling.theatre_board"] }, (board) => (board ? { ...board, reservations: board.reservations.map((one) => (one.reservation === reservation ? patch(one, board) : one)) } : board));
  return () => {
    for (const [key, board] of before) cache.setQueryData(key, board);
  };
}

function movedTo({ theatre, date, minute, minutes, setup, turnover }: TheatrePlace): Patch {
  return (one, board) => {
    // On the pages of other days it stays until they are asked for anew.
    if (board.date !== date) return one;
    const time = `${timeAt(board.labels, minute)}–${timeAt(board.labels, minute + minutes)}`;
    // Where somebody puts it now is when people are told to come.
    return { ...one, theatre, from: minute - setup, minutes, setup, turnover, time, told: null };
  };
}

/** Sends a change that is shown at once and taken back where it is refused. Answers the new version. */
async function shown(cache: QueryClient, reservation: string, patch: Patch, send: () => Promise<{ version: number }>): Promise<number> {
  await cache.cancelQueries({ queryKey: ["scheduling.theatre_board"] });
  const rollback = showAtOnce(cache, reservation, patch);
  try {
    const { version } = await send();
    showAtOnce(cache, reservation, (one) => ({ ...one, version }));
    return version;
  } catch (thrown) {
    rollback();
    throw thrown;
  }
}

function sendMove(cache: QueryClient, { reservation, version, to }: Omit<Moving, "title" | "back">, override?: string): Promise<number> {
  const input = { reservation, version, theatre: to.theatre, slot: { date: to.date, minute: to.minute, minutes: to.minutes }, setup_minutes: to.setup, turnover_minutes: to.turnover, ...(override ? { override_reason: override } : {}) };
  return shown(cache, reservation, movedTo(to), () => call("scheduling.move_reservation", input));
}

function sendStep(cache: QueryClient, reservation: string, version: number, to: TheatreStep): Promise<number> {
  return shown(cache, reservation, (one) => ({ ...one, step: to, since: null, next: [] }), () => call("scheduling.advance_theatre", { reservation, version, to }));
}

/** What came of a move: what stands against it is no failure, it is asked about. */
export type Outcome = "done" | "conflict" | "failed";

/** Everything that changes a reservation or a case: it shows at once, is taken back where it is refused, and can be undone where that leaves nothing out. */
export function useTheatreChanges() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const failed = useCallback(async (thrown: unknown): Promise<"failed"> => {
    toast(failureWords(failureOf(thrown)), { tone: "danger" });
    await refreshSchedule(cache);
    return "failed";
  }, [cache]);
  const settled = (sent: Promise<unknown>) => void sent.then(() => refreshSchedule(cache)).catch(failed);

  const move = async (moving: Moving, override?: string): Promise<Outcome> => {
    try {
      const version = await sendMove(cache, moving, override);
      toast(t("scheduling.moved", { name: moving.title }), { undo: () => settled(sendMove(cache, { reservation: moving.reservation, version, to: moving.back })) });
      await refreshSchedule(cache);
      return "done";
    } catch (thrown) {
      return refusalCode(thrown) === "scheduling.conflict" ? "conflict" : failed(thrown);
    }
  };

  const advance = async (of: BoardReservation, to: TheatreStep): Promise<void> => {
    try {
      const version = await sendStep(cache, of.reservation, of.version, to);
      toast(t("scheduling.stepped", { name: titleOf(of, t), status: t(`scheduling.theatre.step.${to}`) }), { undo: () => settled(sendStep(cache, of.reservation, version, of.step)) });
      await refreshSchedule(cache);
    } catch (thrown) {
      await failed(thrown);
    }
  };

  /** The version of a reservation as the boards that were seen last have it. */
  const versionOf = (reservation: string) => cache.getQueriesData<TheatreBoardView>({ queryKey: ["scheduling.theatre_board"] }).flatMap(([, board]) => board?.reservations ?? []).find((one) => one.reservation === reservation)?.version ?? null;
  /** Takes back a reservation that was made a moment ago: its case is without a theatre again. */
  const unreserve = ({ reservation, version }: TheatreReserved) => settled(call("scheduling.release_theatre", { reservation, version, reason: "other" }));
  return { move, advance, unreserve, versionOf };
}

export type TheatreChanges = ReturnType<typeof useTheatreChanges>;

/** Whether a reservation would stay as it is. */
export function isSamePlace(of: BoardReservation, to: Pick<TheatrePlace, "theatre" | "minute" | "minutes" | "setup" | "turnover">): boolean {
  return of.theatre === to.theatre && beginsAt(of) === to.minute && lengthOf(of) === to.setup + to.minutes + to.turnover && of.setup === to.setup && of.minutes === to.minutes;
}
