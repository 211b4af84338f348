import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSession, type DayColumn, type DayView } from "../../bridge";
import { toast, useStore } from "../../kit";
import { columnSets, daySeen } from "./daySeen";

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

/** Which columns are shown, and the sets one key brings back. A person's own sets last until the program is closed. */
export function useColumnSets(day: DayView | undefined) {
  const { t } = useTranslation();
  const { staff } = useSession();
  const seen = useStore(daySeen);
  const kept = useStore(columnSets);
  const own = useMemo(() => kept.get(staff) ?? {}, [kept, staff]);
  const sets = useMemo((): ColumnSet[] => {
    const columns = day?.columns ?? [];
    const first = FIXED.map((kind, index) => ({ number: index + 1, name: t(`scheduling.day.columns.${kind}`), resources: fixed(kind, columns).map((one) => one.resource) }));
    const more = Object.entries(own).map(([number, resources]) => ({ number: Number(number), name: t("scheduling.day.columns.own", { number }), resources }));
    return [...first, ...more].toSorted((a, b) => a.number - b.number);
  }, [day, own, t]);
  const columns = useMemo(() => {
    const chosen = sets.find((one) => one.number === seen.columns)?.resources ?? [];
    const shown = (day?.columns ?? []).filter((one) => chosen.includes(one.resource));
    // A set of which nothing is left would hide the day.
    return shown.length > 0 ? shown : (day?.columns ?? []);
  }, [day, sets, seen.columns]);
  const choose = (number: number) => {
    if (sets.some((one) => one.number === number)) daySeen.set((before) => ({ ...before, columns: number }));
  };
  const keep = (number: number, resources: readonly string[]) => {
    columnSets.set((before) => new Map(before).set(staff, { ...own, [number]: [...resources] }));
    daySeen.set((before) => ({ ...before, columns: number }));
    toast(t("scheduling.day.columns.kept", { number }));
  };
  return { sets, columns, chosen: seen.columns, choose, keep };
}
