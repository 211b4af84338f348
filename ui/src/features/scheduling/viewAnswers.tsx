import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay } from "../../bridge";
import { Failed, Select } from "../../kit";
import { AgendaView } from "./AgendaView";
import { daysLater, weekdayOf } from "./clock";
import { MonthView } from "./MonthView";
import { WeekView } from "./WeekView";

/** What the screen of the day gives to its other ways to look. */
export interface AnswerViewProps {
  date: string;
  /** This stay on the screen, for the log. */
  visit: string;
  selected?: string | null;
  onOpen: (unit: string) => void;
  /** Opens the theatres at a reservation. Null where the session sees none. */
  onReserved: ((reservation: string) => void) | null;
  onDay: (date: string) => void;
  onNew: (slot: { date: string; minute: number; resource?: string | null }) => void;
}

/** How often what others change is looked for, in milliseconds. */
const AGAIN_MS = 20_000;
const ALL = "all";

/** The week around a day, from its Monday: of everybody, or of one with the hours in which nothing can be booked. */
export function WeekOf({ date, visit, selected, onOpen, onDay }: AnswerViewProps) {
  const { t } = useTranslation();
  const [who, setWho] = useState(ALL);
  const setup = useAnswer("scheduling.setup", {});
  const from = daysLater(date, 1 - weekdayOf(date));
  const week = useAnswer("scheduling.week", { from, days: 7, resources: who === ALL ? [] : [who], visit }, { keepPrevious: true, every: AGAIN_MS });
  const living = (setup.data?.resources ?? []).filter((one) => !one.ended);
  return (
    <div className="sc-agenda">
      <div className="sc-agenda-tools">
        <Select label={t("scheduling.views.whose")} options={[{ value: ALL, label: t("scheduling.views.all") }, ...living.map((one) => ({ value: one.resource, label: one.name }))]} value={who} onChange={setWho} testId="week-who" />
      </div>
      {week.error ? <Failed failure={failureOf(week.error)} /> : null}
      {week.data ? <WeekView answer={week.data} selected={selected ?? null} onOpen={onOpen} onDay={onDay} /> : null}
    </div>
  );
}

export function MonthOf({ date, onDay }: AnswerViewProps) {
  const month = useAnswer("scheduling.month", { from: date }, { keepPrevious: true });
  if (month.error) return <Failed failure={failureOf(month.error)} />;
  return month.data ? <MonthView answer={month.data} selected={date} onDay={onDay} /> : null;
}

/** The day as a list. It asks as the grid does, so that going from one to the other shows nothing old. */
export function ListOf({ date, visit, selected, onOpen, onReserved, onNew }: AnswerViewProps) {
  const may = useMay();
  const day = useAnswer("scheduling.day", { date, visit }, { keepPrevious: true, every: AGAIN_MS });
  if (day.error) return <Failed failure={failureOf(day.error)} />;
  return day.data ? <AgendaView day={day.data} selected={selected ?? null} onOpen={onOpen} onReserved={onReserved} onNew={may("scheduling.book") ? (slot, resource) => onNew({ date: slot.date, minute: slot.minute, resource }) : null} /> : null;
}
