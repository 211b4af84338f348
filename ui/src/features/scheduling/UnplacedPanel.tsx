import { CalendarPlus, Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CaseRow } from "../../bridge";
import { Button } from "../../kit";
import { civilText } from "../../words";
import { spoken } from "./names";
import { byUrgency } from "./theatre";
import { UrgencyMark } from "./theatreLook";

export interface UnplacedPanelProps {
  rows: readonly CaseRow[];
  /** Chooses a theatre and a time for a case. Null where this session reserves nothing. */
  onPlace: ((planned: CaseRow) => void) | null;
  onCase: ((planned: CaseRow) => void) | null;
}

/** The cases that are planned and have no theatre, the most urgent first. */
export function UnplacedPanel({ rows, onPlace, onCase }: UnplacedPanelProps) {
  const { t } = useTranslation();
  return (
    <section className="th-unplaced" aria-label={t("scheduling.theatre.without")} data-testid="unplaced">
      <header>
        <h2>{t("scheduling.theatre.without")}</h2>
        <span className="kw-sub" role="status">{t("scheduling.theatre.cases", { count: rows.length })}</span>
      </header>
      {rows.length === 0 ? <p className="kw-sub th-none">{t("scheduling.theatre.allPlaced")}</p> : null}
      <ul>
        {byUrgency(rows).map((one) => {
          const name = spoken(one.patient_name);
          return (
            <li key={one.case} className="th-card" data-case={onPlace ? one.case : undefined} data-testid="unplaced-case">
              <span className="kw-row"><b className="kw-grow kw-clip">{name}</b><UrgencyMark urgency={one.urgency} always /></span>
              <span className="kw-sub">{t("scheduling.theatre.caseOf", { count: one.minutes, surgeon: one.surgeon_name ?? t("scheduling.theatre.noSurgeon") })}</span>
              <span className="kw-sub">{t("scheduling.theatre.caseSince", { date: civilText(one.since) })}</span>
              {onPlace || onCase ? (
                <span className="kw-row">
                  {onPlace ? <Button icon={<CalendarPlus size={14} aria-hidden="true" />} aria-label={t("scheduling.theatre.placeOf", { name })} onPress={() => onPlace(one)} testId="place-case">{t("scheduling.theatre.placeShort")}</Button> : null}
                  {onCase ? <Button variant="quiet" icon={<Pencil size={14} aria-hidden="true" />} aria-label={t("scheduling.theatre.changeOf", { name })} onPress={() => onCase(one)} testId="unplaced-change">{t("scheduling.theatre.changeShort")}</Button> : null}
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
      {onPlace && rows.length > 0 ? <p className="kw-sub th-none">{t("scheduling.theatre.dragHint")}</p> : null}
    </section>
  );
}
