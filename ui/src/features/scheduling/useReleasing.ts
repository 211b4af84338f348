import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, useMay, type BoardReservation, type StandReason } from "../../bridge";
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

/** Giving a theatre back. Taking that back is a new reservation of the same, with everybody and everything that can be had again. */
export function useReleasing(parts: TheatreParts): (of: BoardReservation, reason: StandReason) => Promise<boolean> {
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
  return async (of, reason) => {
    const { board } = latest.current;
    if (!board) return false;
    try {
      const gone = may("scheduling.reserve_theatre") ? await givenBack(of, board.date, t) : null;
      await call("scheduling.release_theatre", { reservation: of.reservation, version: of.version, reason });
      const words = t(of.case ? "scheduling.theatre.released" : "scheduling.theatre.releasedTime", { name: titleOf(of, t) });
      toast(words, gone ? { undo: () => void again(gone) } : {});
      await refreshSchedule(cache);
      return true;
    } catch (thrown) {
      wrong(failureWords(failureOf(thrown)));
      await refreshSchedule(cache);
      return false;
    }
  };
}
