import type { ComponentType } from "react";
import type { DayMode } from "./daySeen";
import { ListOf, MonthOf, WeekOf } from "./viewAnswers";

export interface OtherViewProps {
  mode: DayMode;
  date: string;
  /** This stay on the screen, for the log. */
  visit: string;
  /** The visit whose flyout is open. */
  selected: string | null;
  onOpen: (unit: string) => void;
  onReserved: ((reservation: string) => void) | null;
  onDay: (date: string) => void;
  onNew: (slot: { date: string; minute: number; resource?: string | null }) => void;
}

/** The other ways to look at the same visits, by what they are called in the address. */
export const OTHER_VIEWS: Partial<Record<Exclude<DayMode, "day">, ComponentType<OtherViewProps>>> & { day?: never } = { week: WeekOf, month: MonthOf, list: ListOf };

export function OtherView(props: OtherViewProps) {
  const View = props.mode === "day" ? undefined : OTHER_VIEWS[props.mode];
  return View ? <View {...props} /> : null;
}
