import { History, ShieldAlert } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { BoardReservation, DayColumn, TheatreBoardView } from "../../bridge";
import { movedBy } from "../../kit";
import { lapsedText } from "./lapses";
import { allocationName, reservedIn, sentenceOf, stepText, titleOf, toldOnBoard } from "./theatre";
import { ReservationSign, UrgencyMark, toneClass } from "./theatreLook";

export interface TheatreListProps {
  board: TheatreBoardView;
  selected: string | null;
  onOpen: (reservation: string) => void;
}

/** The board as lists, one for each theatre: what the board shows and does, for whoever hears it or would rather read it. */
export function TheatreList({ board, selected, onOpen }: TheatreListProps) {
  const frame = useRef<HTMLDivElement>(null);
  const walk = (event: KeyboardEvent) => {
    const stops = [...(frame.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const next = movedBy(event.key, stops.indexOf(event.target as HTMLElement), stops.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    stops[next]?.focus();
  };
  return (
    // The arrows go from line to line; each of them is a button of its own.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="sc-agenda th-lists" ref={frame} onKeyDown={walk} data-testid="theatre-list">
      {board.theatres.map((one) => <OneTheatre key={one.resource} date={board.date} theatre={one} rows={reservedIn(board, one.resource)} selected={selected} onOpen={onOpen} />)}
    </div>
  );
}

function OneTheatre({ date, theatre, rows, selected, onOpen }: { date: string; theatre: DayColumn; rows: readonly BoardReservation[]; selected: string | null; onOpen: (reservation: string) => void }) {
  const { t } = useTranslation();
  return (
    <section className="th-list-of" aria-label={theatre.name}>
      <h2>{theatre.name} <span className="kw-sub">{theatre.note}</span></h2>
      {rows.length === 0 ? <p className="kw-sub">{t("scheduling.theatre.nothingIn")}</p> : null}
      <ol className="sc-agenda-lines" aria-label={t("scheduling.theatre.column", { name: theatre.name, note: theatre.note, count: rows.length })}>
        {rows.map((one) => (
          <li key={one.reservation}>
            <button type="button" className={`sc-agenda-line th-list-line ${toneClass(one)}`} data-on={selected === one.reservation || undefined} onClick={() => onOpen(one.reservation)} data-testid="theatre-line">
              <span className="kw-hidden">{[sentenceOf(one, theatre.name, date, t), lapsedText(one, t)].filter(Boolean).join(" ")}</span>
              <span className="kw-seen" aria-hidden="true">
                <span className="sc-agenda-time">{one.time}{toldOnBoard(one, date) === null ? null : <span className="th-list-told"><History className="sd-mark sd-told" size={12} aria-hidden="true" />{t("scheduling.told.toldTime", { time: toldOnBoard(one, date) })}</span>}</span>
                <span className="th-list-step"><ReservationSign of={one} size={12} />{one.case ? stepText(one, t) : titleOf(one, t)}</span>
                <b className="kw-clip">{one.case ? titleOf(one, t) : (one.note ?? "")}</b>
                <span className="kw-row">{lapsedText(one, t) === null ? null : <span className="th-list-lapsed" title={lapsedText(one, t) ?? ""}><ShieldAlert size={12} aria-hidden="true" /><span className="kw-clip">{lapsedText(one, t)}</span></span>}{one.case ? <UrgencyMark urgency={one.case.urgency} /> : null}<span className="kw-clip">{one.case?.surgeon_name ?? ""}</span></span>
                <span className="kw-clip kw-quiet">{one.allocations.filter((other) => other.resource === null || other.resource !== one.case?.surgeon).map((other) => allocationName(other, t)).join(", ")}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
