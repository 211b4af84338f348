import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts, type Shortcut } from "../../kit";
import type { useColumnSets } from "./columnSets";
import type { GridHandle } from "./ResourceDayGrid";
import type { DayActs } from "./useDayActs";

export interface DayShortcutParts {
  today: string | undefined;
  canBook: boolean;
  sets: ReturnType<typeof useColumnSets>;
  acts: DayActs;
  grid: RefObject<GridHandle | null>;
  placing: string | null;
  onDate: (date: string) => void;
  onTurn: (step: 1 | -1) => void;
}

/** Where the arrows have work of their own. */
export function arrowsAreTaken(): boolean {
  return document.activeElement?.closest("[role=tablist],[role=radiogroup],[role=menu],[role=grid],.kw-flyout") !== null;
}

/** One key for each thing one does often. What belongs to a visit is done to the one somebody stands on. */
export function useDayShortcuts({ today, canBook, sets, acts, grid, placing, onDate, onTurn }: DayShortcutParts): void {
  const { t } = useTranslation();
  const turn = (step: 1 | -1) => () => {
    if (!arrowsAreTaken()) onTurn(step);
  };
  const all: (Shortcut | null)[] = [
    { keys: "t", shown: "T", words: t("scheduling.day.today"), run: () => { if (today) onDate(today); } },
    { keys: "ArrowLeft", shown: "←", words: t("scheduling.day.before"), run: turn(-1) },
    { keys: "ArrowRight", shown: "→", words: t("scheduling.day.after"), run: turn(1) },
    { keys: "d", shown: "D", words: t("scheduling.day.keys.focus"), run: () => grid.current?.focus() },
    acts.find ? { keys: "f", shown: "F", words: t("scheduling.day.find"), run: acts.find } : null,
    acts.reminders ? { keys: "r", shown: "R", words: t("scheduling.reminders.title"), run: acts.reminders } : null,
    ...(canBook
      ? [
          { keys: "n", shown: "N", words: t("scheduling.day.new"), run: acts.newHere },
          { keys: "m", shown: "M", words: t("scheduling.day.keys.move"), run: acts.beginMove },
          { keys: "o", shown: "O", words: t("scheduling.day.keys.advance"), run: acts.advanceHere },
          { keys: "x", shown: "X", words: t("scheduling.day.keys.pin"), run: acts.parkHere },
          { keys: "v", shown: "V", words: t("scheduling.day.keys.place"), run: acts.placeHere },
        ]
      : []),
    placing === null ? null : { keys: "Escape", shown: "Esc", words: t("scheduling.grid.cancelled"), run: acts.disarm },
    ...sets.sets.flatMap((one) => [
      { keys: String(one.number), shown: String(one.number), words: t("scheduling.day.columns.key", { name: one.name }), run: () => sets.choose(one.number) },
      { keys: `F${one.number + 1}`, shown: `F${one.number + 1}`, words: t("scheduling.day.columns.key", { name: one.name }), run: () => sets.choose(one.number) },
    ]),
  ];
  useShortcuts(all.filter((one) => one !== null));
}
