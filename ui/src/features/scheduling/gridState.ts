import type { DayVisit } from "../../bridge";
import { store, type Store } from "../../kit";
import { spoken } from "./names";
import { toldOnPage } from "./told";
import type { Translate } from "../../words";

/** A visit on its way to another place, by pointer or by keys. */
export interface Carried {
  visit: DayVisit;
  /** The column it was taken from. */
  column: string;
  /** The column it is over now. */
  target: string;
  kind: "move" | "resize" | "copy";
  from: number;
  minutes: number;
  resources: string[];
  byKeys: boolean;
}

/** A stretch of a new booking that is being drawn with the pointer. */
export interface Drawn {
  resource: string;
  from: number;
  minutes: number;
}

/** What changes with every movement of the pointer: apart from React's state, so that only what shows it is drawn again. */
export interface GridState {
  carried: Store<Carried | null>;
  drawn: Store<Drawn | null>;
  /** The unit that is pointed at, for its other columns. */
  lit: Store<string | null>;
  /** What the screen reader says next. */
  said: Store<string>;
}

export function makeGridState(): GridState {
  return { carried: store<Carried | null>(null), drawn: store<Drawn | null>(null), lit: store<string | null>(null), said: store("") };
}

/** Where somebody stands in the grid: on a visit, or on a free time where there is no unit. */
export interface Cursor {
  resource: string;
  unit: string | null;
  minute: number;
}

/** What the arrows come by in a column. */
export interface GridStop {
  unit: string;
  from: number;
  minutes: number;
}

/** A time in a column that somebody asked for. Without minutes, what is booked says how long it is. */
export interface GridSlot {
  resource: string;
  minute: number;
  minutes?: number;
}

/** Whether something was really changed by carrying it. */
export function isSame(carried: Carried): boolean {
  const { visit } = carried;
  return carried.from === visit.from && carried.minutes === visit.minutes && carried.resources.join() === visit.resources.join();
}

/** The sentence that stands for a visit where it cannot be seen. */
export function sentence(t: Translate, visit: DayVisit, date: string, names: (resource: string) => string): string {
  const told = toldOnPage(visit, date);
  const said = t("scheduling.grid.sentence", { name: spoken(visit.patient_name), time: visit.time, label: visit.label, with: visit.resources.map(names).filter(Boolean).join(", "), status: t(`scheduling.status.${visit.status}`) });
  return [said, told === null ? null : t("scheduling.grid.told", { time: told }), visit.overridden ? t("scheduling.grid.overridden") : null].filter(Boolean).join(" ");
}
