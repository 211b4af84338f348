import { useMemo, useRef, type CSSProperties, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DayShade, DayVisit, WeekDay, WeekView as Week } from "../../bridge";
import { dayName } from "./clock";
import { packLanes, type Place } from "./layout";
import { fitName, spoken } from "./names";
import { StatusSign, toneOf } from "./status";
import { toldOnPage } from "./told";

export interface WeekViewProps {
  answer: Week;
  /** The visit whose flyout is open. */
  selected?: string | null;
  onOpen: (unit: string) => void;
  onDay: (date: string) => void;
}

/** More side by side than this cannot be read: then a day is a list in the order of its times. */
const MOST_LANES = 1;
/** In minutes: less has no room for a second line. */
const TWO_LINES = 38;

/** Seven days beside each other: painted by the hour where there is room for it, listed where there is not. */
export function WeekView({ answer, selected = null, onOpen, onDay }: WeekViewProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const days = useMemo(() => answer.days.map((one) => ({ ...one, visits: one.visits.toSorted((a, b) => a.from - b.from || a.unit.localeCompare(b.unit)) })), [answer]);
  const first = Math.min(...days.map((one) => one.first));
  const last = Math.max(...days.map((one) => one.last));
  const places = useMemo(() => new Map(days.map((one) => [one.date, packLanes(one.visits.map((visit) => ({ id: visit.unit, from: visit.from, to: visit.from + visit.minutes })))])), [days]);
  const crowded = [...places.values()].some((day) => [...day.values()].some((place) => place.lanes > MOST_LANES));
  return (
    // The arrows go from visit to visit; each of them is a button of its own.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="sc-days-view" data-crowded={crowded || undefined} ref={frame} onKeyDown={(event) => walk(event, frame.current)} data-testid="week-view" style={{ "--days": days.length } as CSSProperties}>
      {days.map((day, place) => (
        <section key={day.date} className="sc-day" data-day={place} aria-label={t("scheduling.views.dayOf", { date: dayName(day.date, { weekday: "long", month: "long", day: "numeric" }), count: day.booked })}>
          <DayHead day={day} today={answer.today} onDay={onDay} />
          <ul className="sc-day-body">
            {crowded ? null : day.shades.map((shade) => <Shade key={`${shade.from}-${shade.kind}`} shade={shade} first={first} last={last} />)}
            {day.visits.map((visit) => (
              <li key={visit.unit} {...(crowded ? {} : { style: placed(visit, places.get(day.date)?.get(visit.unit), first, last) })}>
                <Visit visit={visit} date={day.date} on={visit.unit === selected} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function placed(visit: DayVisit, place: Place | undefined, first: number, last: number): CSSProperties {
  const { lane, lanes } = place ?? { lane: 0, lanes: 1 };
  const share = 100 / (last - first);
  return { top: `${(visit.from - first) * share}%`, height: `${visit.minutes * share}%`, left: `${(lane / lanes) * 100}%`, width: `${100 / lanes}%` };
}

function DayHead({ day, today, onDay }: { day: WeekDay; today: string; onDay: (date: string) => void }) {
  const { t } = useTranslation();
  return (
    <header className="sc-day-head" data-today={day.date === today || undefined}>
      <button type="button" className="sc-day-name" onClick={() => onDay(day.date)} aria-current={day.date === today ? "date" : undefined} data-testid="week-day">
        {dayName(day.date, { weekday: "short" })} <b>{dayName(day.date, { month: "short", day: "numeric" })}</b>
      </button>
      <span className="kw-sub">{t("scheduling.views.booked", { count: day.booked })}</span>
    </header>
  );
}

function Shade({ shade, first, last }: { shade: DayShade; first: number; last: number }) {
  const share = 100 / (last - first);
  const [from, to] = [Math.max(shade.from, first), Math.min(shade.to, last)];
  return to > from ? <li className="sc-day-shade" aria-hidden="true" data-kind={shade.kind} style={{ top: `${(from - first) * share}%`, height: `${(to - from) * share}%` }} title={shade.label}>{shade.kind === "closed" ? "" : shade.label}</li> : null;
}

/** One visit of a day: the sign of its status, the time it begins, who comes. */
function Visit({ visit, date, on, onOpen }: { visit: DayVisit; date: string; on: boolean; onOpen: (unit: string) => void }) {
  const { t } = useTranslation();
  const name = spoken(visit.patient_name);
  const sentence = t("scheduling.views.visit", { name, time: visit.time, label: visit.label, status: t(`scheduling.status.${visit.status}`) });
  const told = toldOnPage(visit, date);
  const whole = told === null ? sentence : `${sentence}. ${t("scheduling.grid.told", { time: told })}`;
  return (
    <button type="button" className="sc-visit" data-tone={toneOf(visit.status)} data-status={visit.status} data-short={visit.minutes < TWO_LINES || undefined} data-on={on || undefined} data-told={told !== null || undefined} onClick={() => onOpen(visit.unit)} title={whole} data-testid="week-visit">
      <span className="kw-hidden">{whole}</span><span className="kw-seen" aria-hidden="true">
        <StatusSign status={visit.status} />
        <span className="sc-visit-time">{visit.time.split(/\s?[–-]\s?| to /)[0]}</span>
        <b>{fitName(visit.patient_name, 92)}</b>
        <span className="sc-visit-label">{visit.label}</span>
      </span>
    </button>
  );
}

/** Up and down within a day, left and right to the same place of the day beside it. */
function walk(event: KeyboardEvent, frame: HTMLElement | null): void {
  const days = [...(frame?.querySelectorAll<HTMLElement>("[data-day]") ?? [])].map((day) => [...day.querySelectorAll<HTMLElement>(".sc-day-name,.sc-visit")]);
  const here = days.findIndex((day) => day.includes(event.target as HTMLElement));
  if (here === -1) return;
  const row = days[here]?.indexOf(event.target as HTMLElement) ?? 0;
  const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const column = days[here + (step[0] ?? 0)] ?? [];
  column[Math.max(0, Math.min(column.length - 1, row + (step[1] ?? 0)))]?.focus();
}
