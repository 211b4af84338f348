import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, useMay, type BoardReservation, type CaseKept, type CaseRow, type StandReason } from "../../bridge";
import { toast } from "../../kit";
import { failureWords } from "../../words";
import { titleOf } from "./theatre";
import { allocateAgain, givenBack, isTaken, reserveAgain, type GivenBack } from "./theatreAgain";
import { refreshSchedule } from "./useDayChanges";
import type { TheatreParts } from "./useTheatreActs";

/** What is said once a reservation is there again, with what is not as it was. */
export function againWords(title: string, missing: readonly string[], t: (key: string, options?: Record<string, unknown>) => string): string {
  return missing.length === 0 ? t("scheduling.theatre.again.back", { name: title }) : t("scheduling.theatre.again.without", { name: title, what: missing.join(", ") });
}

export interface Releasing {
  release: (of: BoardReservation, reason: StandReason) => Promise<boolean>;
  /** Cancels a case, and gives back the theatre it has. */
  cancel: (planned: CaseRow, title: string, reason: StandReason, of: BoardReservation | null) => Promise<boolean>;
}

/** Giving a theatre back, and a case up. Taking that back is a new reservation of the same, with everybody and everything that can be had again. */
export function useReleasing(parts: TheatreParts): Releasing {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const may = useMay();
  const latest = useRef(parts);
  latest.current = parts;
  const wrong = (words: string) => toast(words, { tone: "danger" });
  /** What comes of it opens beside the board, unless that shows another day by now or somebody does something else there. */
  const isHere = (date: string) => latest.current.doing === null && latest.current.board?.date === date;
  const again = async (gone: GivenBack) => {
    const { title } = gone.placing;
    try {
      const made = await reserveAgain(gone);
      const missing = await allocateAgain(made, gone.date, gone.again, t);
      toast(againWords(title, missing, t), missing.length === 0 ? {} : { tone: "danger" });
      await refreshSchedule(cache);
      if (isHere(gone.date)) latest.current.setDoing({ what: "reservation", reservation: made.reservation, missing });
    } catch (thrown) {
      wrong(isTaken(thrown) ? t("scheduling.theatre.again.taken", { name: title }) : t("scheduling.theatre.again.failed", { name: title, why: failureWords(failureOf(thrown)) }));
      await refreshSchedule(cache);
      if (isTaken(thrown) && isHere(gone.date)) latest.current.setDoing({ what: "place", placing: gone.placing });
    }
  };
  /** Looks at what is given back once more, gives it back, and says whether that was done. */
  const ending = async (of: BoardReservation | null, send: (gone: GivenBack | null) => Promise<unknown>): Promise<boolean> => {
    const { board } = latest.current;
    if (!board) return false;
    try {
      await send(of && may("scheduling.reserve_theatre") ? await givenBack(of, board.date, t) : null);
      return true;
    } catch (thrown) {
      wrong(failureWords(failureOf(thrown)));
      return false;
    } finally {
      await refreshSchedule(cache);
    }
  };
  /** A case is planned again first: its theatre is reserved for what waits. */
  const planned = (kept: CaseKept, title: string, gone: GivenBack | null) =>
    ending(null, async () => {
      await call("scheduling.reinstate_case", kept);
      if (gone) await again(gone);
      else toast(t("scheduling.theatre.released", { name: title }));
    });
  return {
    release: (of, reason) =>
      ending(of, async (gone) => {
        await call("scheduling.release_theatre", { reservation: of.reservation, version: of.version, reason });
        const words = t(of.case ? "scheduling.theatre.released" : "scheduling.theatre.releasedTime", { name: titleOf(of, t) });
        toast(words, gone ? { undo: () => void again(gone) } : {});
      }),
    cancel: (one, title, reason, of) =>
      ending(of, async (gone) => {
        const kept = await call("scheduling.cancel_case", { case: one.case, version: one.version, reason });
        toast(t("scheduling.theatre.cancelled", { name: title }), may("scheduling.reinstate_case") ? { undo: () => void planned(kept, title, gone) } : {});
      }),
  };
}
