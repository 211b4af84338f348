import { History, Pin, Repeat, TriangleAlert } from "lucide-react";
import { memo, useSyncExternalStore, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { DayVisit } from "../../bridge";
import type { GridState } from "./gridState";
import type { Place } from "./layout";
import { fitName, spoken, widthOf } from "./names";
import { StatusSign, toneOf } from "./status";

export interface VisitBlockProps {
  visit: DayVisit;
  resource: string;
  place: Place;
  /** Pixels to a minute, and the width of the column in pixels. */
  scale: number;
  width: number;
  /** The one stop of the tabulator. */
  stop: boolean;
  selected: boolean;
  pinned: boolean;
  label: string;
  /** What is said below the name: how long somebody waits, or what for. */
  aside: string;
  /** What the patient was told, where it stands elsewhere. */
  told: string | null;
  movable: boolean;
  state: GridState;
}

/** Below this height in pixels, name and label share a line; below the other, that line has no room around it. */
const TWO_LINES = 38;
const TIGHT = 24;
/** What stands beside the name: the bar, the sign, and the room around them. */
const BESIDE = 37;
/** What each mark behind the name takes. */
const MARK = 14;
/** Less room than this behind the name shows nothing that could be read. */
const LEAST_ASIDE = 34;

/** One visit in one column. Its position is set through custom properties, which the policy of the window allows. */
export const VisitBlock = memo(function VisitBlock(props: VisitBlockProps) {
  const { visit, resource, place, scale, width, stop, selected, pinned, label, aside, told, movable, state } = props;
  const { t } = useTranslation();
  const lit = useSyncExternalStore(state.lit.subscribe, () => state.lit.get() === visit.unit);
  const moving = useSyncExternalStore(state.carried.subscribe, () => state.carried.get()?.visit.unit === visit.unit);
  const tall = visit.minutes * scale >= TWO_LINES;
  const marks = [told !== null, visit.overridden, visit.repeats, pinned].filter(Boolean).length;
  const room = width / place.lanes - BESIDE - marks * MARK;
  const short = fitName(visit.patient_name, room);
  // Where even the family name leaves no room for it, a corner says it: the name comes first.
  const cramped = told !== null && widthOf(short) > room;
  const aloud = !tall && room - widthOf(short) >= LEAST_ASIDE;
  const whole = spoken(visit.patient_name);
  const looks = { lit: lit || undefined, moving: moving || undefined, selected: selected || undefined, tall: tall || undefined, tight: visit.minutes * scale < TIGHT || undefined, pinned: pinned || undefined };
  const style = { "--from": visit.from, "--len": visit.minutes, "--lane": place.lane, "--lanes": place.lanes } as CSSProperties;
  return (
    <button
      type="button"
      className={`sd-visit sd-${toneOf(visit.status)}`}
      style={style}
      tabIndex={stop ? 0 : -1}
      aria-pressed={selected}
      data-unit={visit.unit}
      data-resource={resource}
      data-status={visit.status}
      data-lit={looks.lit}
      data-moving={looks.moving}
      data-tall={looks.tall}
      data-tight={looks.tight}
      data-pinned={looks.pinned}
      data-told={cramped || undefined}
      data-testid="visit"
    >
      {/* What a screen reader hears is a sentence; what is seen is cut to the room there is. */}
      <span className="kw-hidden">{label}</span>
      <span className="sd-line" aria-hidden="true">
        <StatusSign status={visit.status} size={10} />
        <span className="sd-name">{short}</span>
        <span className="sd-whole">{whole}</span>
        {told === null || cramped ? null : <History className="sd-mark sd-told" size={11} aria-hidden="true" />}
        {visit.overridden ? <TriangleAlert className="sd-mark" size={11} aria-hidden="true" /> : null}
        {visit.repeats ? <Repeat className="sd-mark" size={11} aria-hidden="true" /> : null}
        {pinned ? <Pin className="sd-mark" size={11} aria-hidden="true" /> : null}
        {tall ? null : <em data-room={aloud || undefined}>{aside}</em>}
      </span>
      {tall ? <span className="sd-aside" aria-hidden="true">{aside}</span> : null}
      <span className="sd-more" aria-hidden="true">{told === null ? null : <>{t("scheduling.told.toldTime", { time: told })}<br /></>}{visit.time} · {t(`scheduling.status.${visit.status}`)}</span>
      {movable ? <span className="sd-edge" data-edge="end" aria-hidden="true" /> : null}
    </button>
  );
});
