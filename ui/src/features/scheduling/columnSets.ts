import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, type ColumnSet as KeptSet, type DayColumn, type DayView } from "../../bridge";
import { toast, useStore } from "../../kit";
import { failureWords } from "../../words";
import { daySeen } from "./daySeen";

/** The sets that are always there; the others somebody puts together. */
const FIXED = ["all", "people", "places"] as const;
export const SET_NUMBERS: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];

export interface ColumnSet {
  number: number;
  name: string;
  resources: readonly string[];
}

function fixed(kind: (typeof FIXED)[number], columns: readonly DayColumn[]): DayColumn[] {
  if (kind === "people") return columns.filter((one) => one.kind === "practitioner");
  return kind === "places" ? columns.filter((one) => one.kind !== "practitioner") : [...columns];
}

/** Sends all of one's own sets, shown at once and taken back where they are refused. Answers whether they are kept. */
function useSending() {
  const cache = useQueryClient();
  const put = (sets: KeptSet[]) => cache.setQueriesData<DayView>({ queryKey: ["scheduling.day"] }, (day) => (day ? { ...day, column_sets: sets } : day));
  return async (sets: KeptSet[], before: KeptSet[]): Promise<boolean> => {
    // An answer that was asked for earlier does not know them and would take them away again.
    await cache.cancelQueries({ queryKey: ["scheduling.day"] });
    put(sets);
    try {
      await call("scheduling.keep_column_sets", { sets });
      return true;
    } catch (thrown) {
      put(before);
      toast(failureWords(failureOf(thrown)), { tone: "danger" });
      return false;
    }
  };
}

/** Which columns are shown, and the sets one key brings back. A person's own sets are kept with the practice. */
export function useColumnSets(day: DayView | undefined) {
  const { t } = useTranslation();
  const seen = useStore(daySeen);
  const send = useSending();
  const own = useMemo(() => day?.column_sets ?? [], [day]);
  const sets = useMemo((): ColumnSet[] => {
    const columns = day?.columns ?? [];
    const first = FIXED.map((kind, index) => ({ number: index + 1, name: t(`scheduling.day.columns.${kind}`), resources: fixed(kind, columns).map((one) => one.resource) }));
    const more = own.map(({ number, resources }) => ({ number, name: t("scheduling.day.columns.own", { number }), resources }));
    return [...first, ...more].toSorted((a, b) => a.number - b.number);
  }, [day, own, t]);
  const columns = useMemo(() => {
    const chosen = sets.find((one) => one.number === seen.columns)?.resources ?? [];
    const shown = (day?.columns ?? []).filter((one) => chosen.includes(one.resource));
    // A set of which nothing is left would hide the day.
    return shown.length > 0 ? shown : (day?.columns ?? []);
  }, [day, sets, seen.columns]);
  const show = (number: number) => daySeen.set((before) => ({ ...before, columns: number }));
  const choose = (number: number) => {
    if (sets.some((one) => one.number === number)) show(number);
  };
  const keep = async (number: number, resources: readonly string[]) => {
    const next = [...own.filter((one) => one.number !== number), { number, resources: [...resources] }].toSorted((a, b) => a.number - b.number);
    if (!(await send(next, own))) return;
    show(number);
    toast(t("scheduling.day.columns.kept", { number }));
  };
  const drop = async (number: number) => {
    const next = own.filter((one) => one.number !== number);
    if (!(await send(next, own))) return;
    if (seen.columns === number) show(1);
    toast(t("scheduling.day.columns.dropped", { number }), { undo: () => void send(own, next) });
  };
  return { sets, columns, chosen: seen.columns, choose, keep, drop };
}
