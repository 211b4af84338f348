import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type PatientOperationRow, type PatientVisitRow } from "../../bridge";
import { Button, Failed } from "../../kit";
import { shortDayText } from "../../words";
import { ContactsPart } from "./ContactsPart";
import { OperationSign, StatusSign, toneOf, toneOfOperation } from "./status";
import { UrgencyMark } from "./theatreLook";

/** Past visits that are shown before somebody asks for all. */
const LATEST = 8;

/** When a patient comes and when they came, for the chart and for the front desk. Null where this session may not see it. */
export function useVisitsOf(patient: string, onOpen?: (visit: PatientVisitRow) => void): ReactNode | null {
  const may = useMay();
  const answer = useAnswer("scheduling.patient_visits", { patient }, { enabled: may("scheduling.patient_visits"), fresh: true });
  if (!may("scheduling.patient_visits")) return null;
  // A list that cannot be read is not shown as one that is empty.
  if (answer.error) return <Failed failure={failureOf(answer.error)} />;
  return answer.data ? <PatientVisits rows={answer.data.rows} operations={answer.data.operations} {...(onOpen ? { onOpen } : {})}><ContactsPart patient={patient} /></PatientVisits> : null;
}

export interface PatientVisitsProps {
  rows: readonly PatientVisitRow[];
  operations: readonly PatientOperationRow[];
  onOpen?: (visit: PatientVisitRow) => void;
  /** What else of a patient belongs to their visits. */
  children?: ReactNode;
}

/** A patient's visits: what is to come first, then what was. */
export function PatientVisits({ rows, operations, onOpen, children }: PatientVisitsProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const coming = rows.filter((one) => one.coming).toSorted((a, b) => a.date.localeCompare(b.date));
  const past = rows.filter((one) => !one.coming).toSorted((a, b) => b.date.localeCompare(a.date));
  const open = onOpen ? { onOpen } : {};
  return (
    <div className="kw-scroll sc-patient" data-testid="patient-visits">
      <Visits title={t("scheduling.visits.coming")} none={t("scheduling.visits.noneComing")} rows={coming} {...open} />
      <Visits title={t("scheduling.visits.past")} none={t("scheduling.visits.nonePast")} rows={all ? past : past.slice(0, LATEST)} {...open} />
      {past.length > LATEST && !all ? <Button variant="quiet" className="kw-start" onPress={() => setAll(true)} testId="visits-all">{t("scheduling.visits.all", { count: past.length })}</Button> : null}
      {operations.length > 0 ? <Operations rows={operations} /> : null}
      {children}
    </div>
  );
}

function Visits({ title, none, rows, onOpen }: { title: string; none: string } & Pick<PatientVisitsProps, "rows" | "onOpen">) {
  return (
    <section className="kw-tight" aria-label={title}>
      <h2 className="kw-h3">{title}</h2>
      {rows.length === 0 ? <p className="kw-quiet">{none}</p> : null}
      <ul className="sc-patient-rows">{rows.map((row) => <li key={row.unit}><Line row={row} {...(onOpen ? { onOpen } : {})} /></li>)}</ul>
    </section>
  );
}

function Line({ row, onOpen }: { row: PatientVisitRow; onOpen?: (visit: PatientVisitRow) => void }) {
  const { t } = useTranslation();
  const content = (
    <>
      <span className="sc-patient-day">{shortDayText(row.date)}</span>
      <span className="kw-quiet">{row.time}</span>
      <b className="kw-clip">{row.label}</b>
      <span className="kw-clip">{row.elsewhere ? [...row.names, t("scheduling.visits.elsewhere")].join(" · ") : row.names.join(", ")}</span>
      <span className="sc-agenda-status" data-tone={toneOf(row.status)}><StatusSign status={row.status} size={12} />{t(`scheduling.status.${row.status}`)}</span>
    </>
  );
  // A visit of another practice is a line to be read: there is nothing behind it.
  return onOpen && !row.elsewhere ? <button type="button" className="sc-patient-row" onClick={() => onOpen(row)} data-testid="patient-visit">{content}</button> : <div className="sc-patient-row" data-testid="patient-visit">{content}</div>;
}

/** A patient's operations, the one that was planned latest first. They are lines to be read: what is done in them stands with the theatres. */
function Operations({ rows }: { rows: readonly PatientOperationRow[] }) {
  const { t } = useTranslation();
  return (
    <section className="kw-tight" aria-label={t("scheduling.operations.title")} data-testid="patient-operations">
      <h2 className="kw-h3">{t("scheduling.operations.title")}</h2>
      <ul className="sc-patient-rows">{rows.map((row) => <li key={row.case}><Operation row={row} /></li>)}</ul>
    </section>
  );
}

function Operation({ row }: { row: PatientOperationRow }) {
  const { t } = useTranslation();
  return (
    <div className="sc-patient-row" data-testid="patient-operation">
      <span className="sc-patient-day">{row.date === null ? t("scheduling.operations.noDay") : shortDayText(row.date)}</span>
      <span className="kw-quiet">{row.time}</span>
      <span className="kw-clip"><UrgencyMark urgency={row.urgency} always /></span>
      <span className="kw-clip">{[row.surgeon_name ?? t("scheduling.theatre.noSurgeon"), row.theatre_name, row.elsewhere ? t("scheduling.operations.elsewhere") : null].filter(Boolean).join(" · ")}</span>
      <span className="sc-agenda-status" data-tone={toneOfOperation(row.state)}><OperationSign state={row.state} size={12} />{t(`scheduling.operations.state.${row.state}`)}</span>
    </div>
  );
}
