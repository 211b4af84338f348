import { useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { MonthDay, MonthView as Month } from "../../bridge";
import { dayName, weekdayName, weekdayOf } from "./clock";

export interface MonthViewProps {
  answer: Month;
  /** The day that is open elsewhere. */
  selected?: string | null;
  onDay: (date: string) => void;
}

/** Weeks begin on Sunday, as calendars in the United States do. */
const WEEK = [7, 1, 2, 3, 4, 5, 6];

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** How much of the open time is taken, in whole per cent. Null where nothing is open. */
export function takenOf(day: Pick<MonthDay, "open_minutes" | "busy_minutes">): number | null {
  return day.open_minutes <= 0 ? null : Math.round((day.busy_minutes / day.open_minutes) * 100);
}

/** A month: how many are booked on each day and how much of it is taken. It names nobody. */
export function MonthView({ answer, selected = null, onDay }: MonthViewProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLOListElement>(null);
  const [first] = answer.days;
  const blank = first ? weekdayOf(first.date) % 7 : 0;
  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const days = [...(frame.current?.querySelectorAll<HTMLElement>(".sc-month-day") ?? [])];
    const here = days.indexOf(event.target as HTMLElement);
    if (step === undefined || here === -1) return;
    event.preventDefault();
    event.stopPropagation();
    days[here + step]?.focus();
  };
  return (
    <div className="sc-month" data-testid="month-view">
      <div className="sc-month-head" aria-hidden="true">{WEEK.map((weekday) => <span key={weekday}>{weekdayName(weekday)}</span>)}</div>
      {/* The arrows go from day to day; each of them is a button of its own. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol className="sc-month-days" aria-label={t("scheduling.views.month", { month: first ? dayName(first.date, { month: "long", year: "numeric" }) : "" })} ref={frame} onKeyDown={walk}>
        {Array.from({ length: blank }, (_, place) => <li key={`blank-${WEEK[place]}`} className="sc-month-blank" aria-hidden="true" />)}
        {answer.days.map((day) => <li key={day.date}><Day day={day} today={answer.today} on={day.date === selected} onDay={onDay} /></li>)}
      </ol>
    </div>
  );
}

function Day({ day, today, on, onDay }: { day: MonthDay; today: string; on: boolean; onDay: (date: string) => void }) {
  const { t } = useTranslation();
  const taken = takenOf(day);
  const closed = taken === null && day.booked === 0;
  const counts = t("scheduling.views.booked", { count: day.booked });
  const share = taken === null ? "" : t("scheduling.views.taken", { percent: taken });
  const date = dayName(day.date, { weekday: "long", month: "long", day: "numeric" });
  return (
    <button type="button" className="sc-month-day" data-closed={closed || undefined} data-on={on || undefined} data-past={day.date < today || undefined} aria-current={day.date === today ? "date" : undefined} onClick={() => onDay(day.date)} data-testid="month-day">
      <span className="kw-hidden">{[date, closed ? t("scheduling.views.closed") : counts, closed ? "" : share].filter(Boolean).join(", ")}</span><span className="kw-seen" aria-hidden="true">
        <span className="sc-month-date">{Number(day.date.slice(8))}</span>
        {closed ? <span className="kw-sub">{t("scheduling.views.closed")}</span> : null}
        {closed ? null : <span className="sc-month-count"><b>{day.booked}</b> {t("scheduling.views.bookedWord")}</span>}
        {taken === null ? null : (
          <span className="sc-month-taken">
            <span className="sc-month-bar"><span style={{ width: `${Math.min(100, taken)}%` }} data-full={taken > 90 || undefined} /></span>
            <span className="kw-sub">{t("scheduling.views.percent", { percent: taken })}</span>
          </span>
        )}
      </span>
    </button>
  );
}
