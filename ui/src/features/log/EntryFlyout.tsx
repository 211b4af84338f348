import { useTranslation } from "react-i18next";
import type { LogRow } from "../../bridge";
import { Button, SideFlyout } from "../../kit";
import { dateTimeText, numberText, refusalWords, timeText, type Translate } from "../../words";
import { operationWords } from "./EntryList";
import type { FoldedLine } from "./fold";

export interface EntryFlyoutProps {
  line: FoldedLine;
  nameOf: (actor: string) => string;
  onClose: () => void;
  onOpenPatient?: (patient: string) => void;
}

export function EntryFlyout({ line, nameOf, onClose, onOpenPatient }: EntryFlyoutProps) {
  const { t } = useTranslation();
  const row = line.head;
  return (
    <SideFlyout title={operationWords(t, row.operation)} sub={<>{dateTimeText(row.at)} · <span className="kw-mono">{numberText(row.sequence)}</span></>} onClose={onClose} testId="log-entry">
      <dl className="kw-kv log-kv">
        {facts(row, nameOf, t).map(([name, value, mono]) => (
          <div key={name} className="log-fact">
            <dt>{name}</dt>
            <dd className={mono ? "kw-mono" : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      {line.patients.length > 0 ? (
        <section className="kw-tight">
          <h3>{t("log.patients", { count: line.patients.length })}</h3>
          <ul className="log-patients">
            {line.patients.slice(0, 50).map((patient) => (
              <li key={patient}>
                <span className="kw-mono">{patient}</span>
                {onOpenPatient ? <Button variant="quiet" onPress={() => onOpenPatient(patient)}>{t("log.openChart")}</Button> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {line.rows.length > 1 ? (
        <section className="kw-tight">
          <h3>{t("log.run", { count: line.rows.length })}</h3>
          <ol className="log-run">
            {line.rows.map((one) => (
              <li key={one.sequence}>
                <span className="kw-mono">{numberText(one.sequence)}</span>
                <span>{timeText(one.at)}</span>
                <span className="kw-quiet">{t("log.patients", { count: one.patients.length })}</span>
              </li>
            ))}
          </ol>
        </section>
      ) : null}
    </SideFlyout>
  );
}

type Fact = [name: string, value: string, mono?: boolean];

function facts(row: LogRow, nameOf: (actor: string) => string, t: Translate): Fact[] {
  const all: (Fact | null)[] = [
    [t("log.column.who"), nameOf(row.actor)],
    row.role ? [t("log.fact.role"), t(`common.role.${row.role}`, { defaultValue: row.role })] : null,
    [t("log.fact.operation"), row.operation, true],
    row.purpose ? [t("log.column.purpose"), t(`log.purpose.${row.purpose}`)] : null,
    [t("log.column.outcome"), t(`log.outcome.${row.outcome}`)],
    row.code ? [t("log.fact.code"), refusalWords(row.code, row.code)] : null,
    row.reason ? [t("log.fact.reason"), row.reason] : null,
    [t("log.fact.changes"), numberText(row.changes)],
    [t("log.fact.workstation"), row.workstation, true],
    [t("log.fact.session"), row.session, true],
    row.correlation ? [t("log.fact.correlation"), row.correlation, true] : null,
  ];
  return all.filter((fact) => fact !== null);
}
