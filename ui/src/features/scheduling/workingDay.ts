import { useAnswer } from "../../bridge";
import { daysLater } from "./clock";
import { plusMonths } from "./daySeen";

export interface NextWorkingDay {
  date: string | null;
  /** It is still being looked for. */
  isPending: boolean;
}

/** The next day after today on which anybody is there, as the calendars say it; holidays are none. Null where there is none until the end of next month. */
export function useNextWorkingDay(today: string): NextWorkingDay {
  const tomorrow = daysLater(today, 1);
  const after = plusMonths(`${tomorrow.slice(0, 7)}-01`, 1);
  const first = useAnswer("scheduling.month", { from: tomorrow });
  const open = (days: { date: string; open_minutes: number; booked: number }[] | undefined) => days?.find((one) => one.date > today && (one.open_minutes > 0 || one.booked > 0))?.date ?? null;
  const found = open(first.data?.days);
  const goesOn = first.data !== undefined && found === null;
  const second = useAnswer("scheduling.month", { from: after }, { enabled: goesOn });
  return { date: found ?? open(second.data?.days), isPending: first.isLoading || (goesOn && second.isLoading) };
}
