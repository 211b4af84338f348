import type { DayReserved, ToldTime } from "../../bridge";
import { shortDayText } from "../../words";
import { plusDays } from "./daySeen";

/** The day on which something stands that the page of a day shows: it may have begun the day before. */
export function standsOn(date: string, from: number): string {
  return from < 0 ? plusDays(date, -1) : date;
}

/** What people were told: the time, and the day where it is not the one on which it stands. */
export function toldText(told: ToldTime, stands: string): string {
  return told.date === stands ? told.time : `${shortDayText(told.date)}, ${told.time}`;
}

/** The same for a visit on the page of a day; null where it stands as people were told. */
export function toldOnPage(of: { told: ToldTime | null; from: number }, date: string): string | null {
  return of.told === null ? null : toldText(of.told, standsOn(date, of.from));
}

/** The same for what a theatre takes of a day. Where that began the day before, setup may have and the procedure not: then the day is said in any case. */
export function toldOfReserved(of: DayReserved, date: string): string | null {
  return of.told === null ? null : toldText(of.told, of.from < 0 ? "" : date);
}
