import { Hourglass, Plus } from "lucide-react";
import { useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { DayHold, DayReserved, DayView, DayVisit, Slot } from "../../bridge";
import { EmptyState, movedBy, Select } from "../../kit";
import { agendaOf, type AgendaLine } from "./agenda";
import { takesTime, timeAt } from "./layout";
import { spoken } from "./names";
import { ReservedSign } from "./ReservedBlock";
import { listed } from "./setupWords";
import { StatusSign, toneOf } from "./status";
import { toldOfReserved, toldOnPage } from "./told";

export interface AgendaViewProps {
  day: DayView;
  selected?: string | null;
  onOpen: (unit: string) => void;
  /** Opens the theatres at a reservation. Null where the session sees none. */
  onReserved: ((reservation: string) => void) | null;
  /** Books into a free time. Null where the session books nothing. */
  onNew: ((slot: Slot, resource: string) => void) | null;
}

const ALL = "all";

/** The day as a list by its times. It does what the grid does, for whoever hears a screen or would rather read one line after the other. */
export function AgendaView({ day, selected = null, onOpen, onReserved, onNew }: AgendaViewProps) {
  const { t } = useTranslation();
  const [who, setWho] = useState(ALL);
  const frame = useRef<HTMLOListElement>(null);
  const resource = day.columns.some((one) => one.resource === who) ? who : null;
  const lines = useMemo(() => agendaOf(day, resource), [day, resource]);
  const walk = (event: KeyboardEvent) => {
    const stops = [...(frame.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const next = movedBy(event.key, stops.indexOf(event.target as HTMLElement), stops.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    stops[next]?.focus();
  };
  const name = (id: string) => day.columns.find((one) => one.resource === id)?.name ?? "";
  return (
    <div className="sc-agenda" data-testid="agenda-view">
      <div className="sc-agenda-tools">
        <Select label={t("scheduling.views.whose")} options={[{ value: ALL, label: t("scheduling.views.all") }, ...day.columns.map((one) => ({ value: one.resource, label: one.name }))]} value={resource ?? ALL} onChange={setWho} testId="agenda-who" />
        <span className="kw-sub" role="status">{t("scheduling.views.booked", { count: lines.filter((one) => one.what === "visit" && takesTime(one.visit)).length })}{resource === null && onNew ? ` · ${t("scheduling.views.chooseForFree")}` : ""}</span>
      </div>
      {lines.length === 0 ? <EmptyState title={t("scheduling.views.emptyDay")}>{t("scheduling.views.emptyDayWords")}</EmptyState> : null}
      {/* The arrows go from line to line; each of them is a button of its own. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol className="sc-agenda-lines" ref={frame} onKeyDown={walk} aria-label={t("scheduling.views.list", { who: resource === null ? t("scheduling.views.all") : name(resource) })}>
        {lines.map((line) => (
          <li key={keyOf(line)} data-now={day.now !== null && line.what === "visit" && line.from <= day.now && line.from + line.visit.minutes > day.now ? true : undefined}>
            {line.what === "visit" ? <VisitLine visit={line.visit} date={day.date} names={line.visit.resources.map(name)} on={line.visit.unit === selected} onOpen={onOpen} /> : null}
            {line.what === "hold" ? <HoldLine hold={line.hold} time={timeAt(day.labels, line.from)} names={line.hold.resources.map(name)} /> : null}
            {line.what === "reserved" ? <ReservedLine reserved={line.reserved} day={day} names={line.resources.map(name)} onOpen={onReserved} /> : null}
            {line.what === "free" && resource !== null ? <FreeLine day={day} line={line} who={name(resource)} onNew={onNew ? (slot) => onNew(slot, resource) : null} /> : null}
          </li>
        ))}
      </ol>
    </div>
  );
}

function keyOf(line: AgendaLine): string {
  if (line.what === "visit") return line.visit.unit;
  if (line.what === "reserved") return line.reserved.reservation;
  return line.what === "hold" ? line.hold.hold : `free-${line.from}`;
}

function VisitLine({ visit, date, names, on, onOpen }: { visit: DayVisit; date: string; names: readonly string[]; on: boolean; onOpen: (unit: string) => void }) {
  const { t } = useTranslation();
  const told = toldOnPage(visit, date);
  return (
    <button type="button" className="sc-agenda-line" data-tone={toneOf(visit.status)} data-on={on || undefined} onClick={() => onOpen(visit.unit)} data-testid="agenda-visit">
      <span className="sc-agenda-time">{visit.time}</span>
      <span className="sc-agenda-status"><StatusSign status={visit.status} size={12} />{t(`scheduling.status.${visit.status}`)}</span>
      <b className="kw-clip">{spoken(visit.patient_name)}</b>
      <span className="kw-clip">{told === null ? visit.label : t("scheduling.told.aside", { label: visit.label, time: told })}</span>
      <span className="kw-clip kw-quiet">{listed(names.filter(Boolean))}</span>
    </button>
  );
}

function HoldLine({ hold, time, names }: { hold: DayHold; time: string; names: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className="sc-agenda-line sc-agenda-hold">
      <span className="sc-agenda-time">{time}</span>
      <span className="sc-agenda-status"><Hourglass size={12} aria-hidden="true" />{t("scheduling.views.held")}</span>
      <span className="kw-clip">{t("scheduling.views.heldUntil", { time: hold.until_text, who: hold.held_by })}</span>
      <span />
      <span className="kw-clip kw-quiet">{listed(names.filter(Boolean))}</span>
    </div>
  );
}

/** What a theatre takes of the day: its own screen says more of it. */
function ReservedLine({ reserved, day, names, onOpen }: { reserved: DayReserved; day: DayView; names: readonly string[]; onOpen: ((reservation: string) => void) | null }) {
  const { t } = useTranslation();
  const told = toldOfReserved(reserved, day.date);
  const label = reserved.patient_name ? reserved.label : "";
  const about = told === null ? label : label === "" ? t("scheduling.told.toldTime", { time: told }) : t("scheduling.told.aside", { label, time: told });
  const parts = (
    <>
      <span className="sc-agenda-time">{t("scheduling.views.span", { from: timeAt(day.labels, reserved.from), to: timeAt(day.labels, reserved.from + reserved.minutes) })}</span>
      <span className="sc-agenda-status"><ReservedSign purpose={reserved.purpose} size={12} />{t(`scheduling.theatre.purpose.${reserved.purpose}`)}</span>
      <b className="kw-clip">{reserved.patient_name ? spoken(reserved.patient_name) : reserved.label}</b>
      <span className="kw-clip">{about}</span>
      <span className="kw-clip kw-quiet">{listed(names.filter(Boolean))}</span>
    </>
  );
  if (!onOpen) return <div className="sc-agenda-line" data-testid="agenda-reserved">{parts}</div>;
  return <button type="button" className="sc-agenda-line" onClick={() => onOpen(reserved.reservation)} data-testid="agenda-reserved">{parts}</button>;
}

function FreeLine({ day, line, who, onNew }: { day: DayView; line: { from: number; minutes: number }; who: string; onNew: ((slot: Slot) => void) | null }) {
  const { t } = useTranslation();
  const time = t("scheduling.views.span", { from: timeAt(day.labels, line.from), to: timeAt(day.labels, line.from + line.minutes) });
  const words = t("scheduling.views.free", { count: line.minutes });
  if (!onNew) return <div className="sc-agenda-line sc-agenda-free"><span className="sc-agenda-time">{time}</span><span>{words}</span></div>;
  const book = () => onNew({ date: day.date, minute: line.from, minutes: line.minutes });
  return (
    <button type="button" className="sc-agenda-line sc-agenda-free" onClick={book} data-testid="agenda-free">
      <span className="kw-hidden">{t("scheduling.views.bookFree", { who, time })}</span><span className="kw-seen" aria-hidden="true">
        <span className="sc-agenda-time">{time}</span>
        <span className="sc-agenda-status"><Plus size={12} aria-hidden="true" />{words}</span>
        <span className="kw-quiet">{t("scheduling.views.bookHere")}</span>
      </span>
    </button>
  );
}
