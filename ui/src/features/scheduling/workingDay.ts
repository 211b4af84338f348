import { useAnswer } from "../../bridge";
import { daysLater } from "./clock";
import { plusMonths } from "./daySeen";

/** The next day after today on which anybody is there, as the calendars say it; holidays are none. Null while it is not known. */
export function useNextWorkingDay(today: string, enabled = true): string | null {
  const tomorrow = daysLater(today, 1);
  const after = plusMonths(`${tomorrow.slice(0, 7)}-01`, 1);
  const first = useAnswer("scheduling.month", { from: tomorrow }, { enabled });
  const open = (days: { date: string; open_minutes: number; booked: number }[] | undefined) => days?.find((one) => one.date > today && (one.open_minutes > 0 || one.booked > 0))?.date ?? null;
  const found = open(first.data?.days);
  const second = useAnswer("scheduling.month", { from: after }, { enabled: enabled && first.data !== undefined && found === null });
  return found ?? open(second.data?.days);
}
