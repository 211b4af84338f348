import { History, ShieldAlert, Siren, TriangleAlert } from "lucide-react";
import { memo, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { BoardReservation } from "../../bridge";
import { lapsedText } from "./lapses";
import type { Place } from "./layout";
import { fitName, widthOf } from "./names";
import { allocationName, beginsAt, stepText, titleOf } from "./theatre";
import { ReservationSign, toneClass } from "./theatreLook";

export interface ReservationBlockProps {
  reservation: BoardReservation;
  place: Place;
  /** The day as far as it is drawn, pixels to a minute, and the width of the column in pixels. */
  first: number;
  last: number;
  scale: number;
  width: number;
  /** The one stop of the tabulator. */
  stop: boolean;
  selected: boolean;
  moving: boolean;
  movable: boolean;
  label: string;
  /** What people were told, where it stands elsewhere. */
  told: string | null;
}

/** What one line takes, in pixels: of the words, and of the chips. */
const LINE = 16;
const CHIP_LINE = 19;
/** Less than this has no room for a word. */
const LEAST_WORD = 13;
/** What stands beside the words of a block, and of a chip. */
const BESIDE = 34;
const CHIP_BESIDE = 16;
/** What each sign beside the name takes. */
const MARK = 17;

/** One reservation: setup, the procedure and turnover, one below the other. */
export const ReservationBlock = memo(function ReservationBlock(props: ReservationBlockProps) {
  const { reservation, place, first, last, scale, stop, selected, moving, movable, label } = props;
  const parts = partsOf(reservation, first, last);
  const whole = parts.reduce((sum, one) => sum + one.len, 0);
  const [begin] = parts;
  if (!begin) return null;
  const style = { "--from": begin.from, "--len": whole, "--lane": place.lane, "--lanes": place.lanes } as CSSProperties;
  return (
    <button
      type="button"
      className={`th-res ${toneClass(reservation)}`}
      style={style}
      tabIndex={stop ? 0 : -1}
      aria-pressed={selected}
      data-reservation={reservation.reservation}
      data-step={reservation.step}
      data-purpose={reservation.purpose}
      data-moving={moving || undefined}
      data-movable={movable || undefined}
      data-testid="reservation"
    >
      <span className="kw-hidden">{label}</span>
      {parts.map((one) => (one.what === "procedure" ? <Procedure key={one.what} {...props} width={props.width / place.lanes} height={one.len * scale} len={one.len} /> : <Around key={one.what} what={one.what} minutes={one.minutes} len={one.len} roomy={one.len * scale >= LEAST_WORD} />))}
    </button>
  );
});

/** Setup and turnover: a pattern each, and the word where there is room for it. */
function Around({ what, minutes, len, roomy }: { what: "setup" | "turnover"; minutes: number; len: number; roomy: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={`th-part th-${what}`} style={{ "--part": len } as CSSProperties} data-roomy={roomy || undefined} aria-hidden="true">
      <span className="th-word">{t(`scheduling.theatre.${what}Of`, { count: minutes })}</span>
    </span>
  );
}

function Procedure({ reservation, told, height, len, width }: ReservationBlockProps & { height: number; len: number }) {
  const { t } = useTranslation();
  const lapsed = lapsedText(reservation, t);
  const lines = Math.max(1, Math.floor((height - 4) / LINE));
  const title = titleOf(reservation, t);
  const { case: planned } = reservation;
  const marks = [told !== null, lapsed !== null, planned !== null && planned.urgency !== "elective"].filter(Boolean).length;
  const name = planned ? fitName(planned.patient_name, width - BESIDE - marks * MARK) : title;
  const toldWords = told === null ? "" : t("scheduling.told.toldTime", { time: told });
  const about = [planned ? (planned.surgeon_name ?? t("scheduling.theatre.noSurgeon")) : (reservation.note ?? ""), reservation.time, toldWords];
  const standing = [stepText(reservation, t), ...(planned && planned.urgency !== "elective" ? [t(`scheduling.theatre.urgency.${planned.urgency}`)] : [])].join(" · ");
  const chips = lines > 2 ? chipsOf(reservation, t) : [];
  const shown = fitting(chips, width - BESIDE, Math.floor((height - 4 - 3 * LINE) / CHIP_LINE));
  return (
    <span className="th-part th-procedure" style={{ "--part": len } as CSSProperties}>
      <span className="th-line">
        <ReservationSign of={reservation} />
        {/* All else in the block is in its sentence; this is heard with it. */}
        {lapsed === null ? null : <span className="th-lapsed" role="img" aria-label={lapsed} title={lapsed} data-testid="lapsed-mark"><ShieldAlert size={12} aria-hidden="true" /></span>}
        {told === null ? null : <History className="sd-mark sd-told" size={12} aria-hidden="true" />}
        <b className="th-name" aria-hidden="true">{name}</b>
        {planned?.urgency === "urgent" ? <TriangleAlert className="th-urgent" size={12} aria-hidden="true" /> : null}
        {planned?.urgency === "emergency" ? <Siren className="th-emergency" size={12} aria-hidden="true" /> : null}
        {lines === 1 ? <em aria-hidden="true">{planned ? standing : about.filter(Boolean).join(" · ")}</em> : null}
      </span>
      {lines > 1 && planned ? <span className="th-line" aria-hidden="true"><span className="th-step">{standing}</span>{lines === 2 && planned.surgeon_name ? <em>· {planned.surgeon_name}</em> : null}</span> : null}
      {lines > (planned ? 2 : 1) ? <span className="th-line th-about" aria-hidden="true">{about.filter(Boolean).join(" · ")}</span> : null}
      {chips.length > 0 ? (
        <span className="th-chips" aria-hidden="true">
          {chips.map((one, index) => <span key={one} className="th-chip" data-rest={index >= shown || undefined}>{one}</span>)}
          {shown < chips.length && shown > 0 ? <span className="th-chip th-rest">+{chips.length - shown}</span> : null}
        </span>
      ) : null}
    </span>
  );
}

/** Who and what was allocated beside the surgeon, who has a place of their own. */
function chipsOf(reservation: BoardReservation, t: Parameters<typeof allocationName>[1]): string[] {
  return [...new Set(reservation.allocations.filter((one) => one.resource === null || one.resource !== reservation.case?.surgeon).map((one) => allocationName(one, t)))];
}

/** How many chips fit into so many lines. */
export function fitting(chips: readonly string[], room: number, lines: number): number {
  let line = 1;
  let used = 0;
  for (const [index, chip] of chips.entries()) {
    const wide = Math.min(room, widthOf(chip) * 0.92 + CHIP_BESIDE);
    if (used + wide > room && used > 0) {
      line += 1;
      used = 0;
    }
    if (line > lines) return index;
    used += wide + 4;
  }
  return lines > 0 ? chips.length : 0;
}

export interface Part {
  what: "setup" | "procedure" | "turnover";
  from: number;
  len: number;
  /** How long it is, also where not all of it lies on this day. */
  minutes: number;
}

/** The three parts as far as they lie in what is shown of the day. */
export function partsOf(of: Pick<BoardReservation, "from" | "setup" | "minutes" | "turnover">, first: number, last: number): Part[] {
  const begin = beginsAt(of);
  const all = [
    { what: "setup" as const, from: of.from, to: begin },
    { what: "procedure" as const, from: begin, to: begin + of.minutes },
    { what: "turnover" as const, from: begin + of.minutes, to: begin + of.minutes + of.turnover },
  ];
  return all.flatMap(({ what, from, to }) => {
    const [start, end] = [Math.max(from, first), Math.min(to, last)];
    return end > start ? [{ what, from: start, len: end - start, minutes: to - from }] : [];
  });
}
