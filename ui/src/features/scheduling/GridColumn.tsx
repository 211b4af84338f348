import { Plus } from "lucide-react";
import { memo, useEffect, useMemo, useState, useSyncExternalStore, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { DayColumn, DayHold, DayLabel, DayReserved, DayShade, DayVisit } from "../../bridge";
import { useStore } from "../../kit";
import type { Cursor, GridSlot, GridState } from "./gridState";
import { packLanes, takesTime, timeAt, type Place } from "./layout";
import { widthOf } from "./names";
import { ReservedBlock, reservedId } from "./ReservedBlock";
import { isMovable } from "./status";
import { toldOfReserved, toldOnPage } from "./told";
import { VisitBlock } from "./VisitBlock";

export interface GridColumnProps {
  column: DayColumn;
  visits: readonly DayVisit[];
  holds: readonly DayHold[];
  shades: readonly DayShade[];
  /** What theatres take of it. */
  reserved: readonly DayReserved[];
  /** The day that is shown. */
  date: string;
  labels: readonly DayLabel[];
  first: number;
  last: number;
  scale: number;
  width: number;
  /** When the day was asked for, in milliseconds: holds run out from then. */
  seenAt: number;
  cursor: Cursor | null;
  /** Where the flyout is about to book. */
  slot: GridSlot | null;
  slotMinutes: number;
  selected: string | null;
  pinned: ReadonlySet<string>;
  canBook: boolean;
  state: GridState;
  sentenceOf: (visit: DayVisit) => string;
  asideOf: (visit: DayVisit) => string;
}

const ALONE: Place = { lane: 0, lanes: 1 };

/** One person, room or device through the day: what shades it, then a list of what is booked. */
export const GridColumn = memo(function GridColumn(props: GridColumnProps) {
  const { column, visits, holds, shades, reserved, date, labels, first, last, scale, width, cursor, slot, state } = props;
  const { t } = useTranslation();
  const places = useMemo(() => packLanes([...visits.map((one) => ({ id: one.unit, from: one.from, to: one.from + one.minutes })), ...holds.map((one) => ({ id: one.hold, from: one.from, to: one.from + one.minutes })), ...reserved.map((one) => ({ id: reservedId(one), from: one.from, to: one.from + one.minutes }))]), [visits, holds, reserved]);
  return (
    <section className="sd-col" data-column={column.resource} aria-label={column.name}>
      {shades.map((one) => <Shade key={`${one.kind}-${one.from}`} shade={one} first={first} last={last} />)}
      <Buffers visits={visits} />
      <ul className="sd-list" aria-label={t("scheduling.grid.column", { name: column.name, note: column.note, count: visits.length })}>
        {visits.map((visit) => (
          <li key={visit.unit}>
            <VisitBlock visit={visit} resource={column.resource} place={places.get(visit.unit) ?? ALONE} scale={scale} width={width} stop={cursor?.unit === visit.unit} selected={props.selected === visit.unit} pinned={props.pinned.has(visit.unit)} label={props.sentenceOf(visit)} aside={props.asideOf(visit)} told={toldOnPage(visit, date)} movable={props.canBook && isMovable(visit)} state={state} />
          </li>
        ))}
        {reserved.map((one) => (
          <li key={reservedId(one)}><ReservedBlock reserved={one} told={toldOfReserved(one, date)} place={places.get(reservedId(one)) ?? ALONE} labels={labels} first={first} last={last} scale={scale} width={width} stop={cursor?.unit === reservedId(one)} /></li>
        ))}
        {holds.map((one) => (
          <li key={one.hold}><HoldBlock hold={one} place={places.get(one.hold) ?? ALONE} seenAt={props.seenAt} width={width} /></li>
        ))}
      </ul>
      {slot ? <div className="sd-slot" style={{ "--from": slot.minute, "--len": slot.minutes ?? props.slotMinutes } as CSSProperties} data-testid="slot">{t("scheduling.grid.here", { time: timeAt(labels, slot.minute) })}</div> : null}
      {cursor && cursor.unit === null && props.canBook ? <FreeTime column={column} minute={cursor.minute} labels={labels} /> : null}
      <Preview resource={column.resource} labels={labels} state={state} />
    </section>
  );
});

/** The free time somebody stands on. It is a button, so that Enter books there. */
function FreeTime({ column, minute, labels }: { column: DayColumn; minute: number; labels: readonly DayLabel[] }) {
  const { t } = useTranslation();
  return (
    <button type="button" className="sd-free" style={{ "--from": minute, "--len": column.grid_minutes } as CSSProperties} tabIndex={0} data-free aria-label={t("scheduling.grid.free", { name: column.name, time: timeAt(labels, minute) })} data-testid="free-time">
      <Plus size={11} aria-hidden="true" /> {timeAt(labels, minute)}
    </button>
  );
}

function Shade({ shade, first, last }: { shade: DayShade; first: number; last: number }) {
  const { t } = useTranslation();
  const from = Math.max(first, shade.from);
  const to = Math.min(last, shade.to);
  if (to <= from) return null;
  const words = shade.label === "" ? t(`scheduling.shade.${shade.kind}`) : shade.label;
  return (
    <div className="sd-shade" data-kind={shade.kind} style={{ "--from": from, "--len": to - from } as CSSProperties} title={words}>
      {to - from >= 40 || shade.kind !== "closed" ? <span>{words}</span> : null}
    </div>
  );
}

/** The time that a visit takes before and after itself. */
function Buffers({ visits }: { visits: readonly DayVisit[] }) {
  return visits
    .filter((one) => takesTime(one) && one.before + one.after > 0)
    .map((one) => <div key={one.unit} className="sd-buffer" style={{ "--from": one.from - one.before, "--len": one.before + one.minutes + one.after } as CSSProperties} aria-hidden="true" />);
}

/** Seconds as a clock counts them down: 6:12. */
export function countdown(seconds: number): string {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

/** How many seconds a hold has left, counted on from when the day was asked for. */
export function useSecondsLeft(seconds: number, seenAt: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, seconds - (Math.max(now, seenAt) - seenAt) / 1000);
}

/** What stands beside the words of a hold: its frame, and the seconds. */
const HOLD_BESIDE = 50;

function HoldBlock({ hold, place, seenAt, width }: { hold: DayHold; place: Place; seenAt: number; width: number }) {
  const { t } = useTranslation();
  const left = useSecondsLeft(hold.seconds_left, seenAt);
  if (left <= 0) return null;
  const style = { "--from": hold.from, "--len": hold.minutes, "--lane": place.lane, "--lanes": place.lanes } as CSSProperties;
  const whole = t("scheduling.grid.hold", { time: hold.until_text });
  const roomy = widthOf(whole) <= width / place.lanes - HOLD_BESIDE;
  const words = roomy ? whole : t("scheduling.grid.holdShort", { time: hold.until_text });
  return (
    <button type="button" className="sd-visit sd-hold" style={style} tabIndex={-1} data-hold={hold.hold} aria-label={t("scheduling.grid.holdSentence", { time: hold.until_text, who: hold.held_by })} data-testid="hold">
      <span className="sd-line"><span className="sd-name">{words}</span><em data-room={roomy || undefined}>{countdown(left)}</em></span>
      <span className="sd-more">{hold.held_by}</span>
    </button>
  );
}

/** Where what is carried, or drawn, would come to lie. */
function Preview({ resource, labels, state }: { resource: string; labels: readonly DayLabel[]; state: GridState }) {
  const carried = useStore(state.carried);
  const drawn = useSyncExternalStore(state.drawn.subscribe, () => (state.drawn.get()?.resource === resource ? state.drawn.get() : null));
  const shown = carried?.resources.includes(resource) ? carried : drawn;
  if (!shown) return null;
  return (
    <div className="sd-preview" style={{ "--from": shown.from, "--len": shown.minutes } as CSSProperties} aria-hidden="true" data-testid="preview">
      {timeAt(labels, shown.from)}–{timeAt(labels, shown.from + shown.minutes)}
    </div>
  );
}
