import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type AmendmentRow } from "../../bridge";
import { Failed } from "../../kit";
import { civilText } from "../../words";
import { happenedTo } from "./AmendmentFlyout";
import { RequestBadge } from "./requestParts";
import { Timeline } from "./Timeline";

/** What was asked to read differently in a patient's record, for the chart. Nothing where nobody ever asked. */
export function useAmendmentsOf(patient: string): ReactNode | null {
  const may = useMay();
  const asked = useAnswer("compliance.amendments", { patient }, { enabled: may("compliance.amendments") && may("patients.chart"), fresh: true });
  // A record whose amendments cannot be read is not shown as one that has none.
  if (asked.error) return <Failed failure={failureOf(asked.error)} />;
  const rows = asked.data?.rows ?? [];
  return rows.length > 0 ? <AmendmentsOf rows={rows} /> : null;
}

function AmendmentsOf({ rows }: { rows: readonly AmendmentRow[] }) {
  const { t } = useTranslation();
  return (
    <div className="kw-scroll cp-amendments" data-testid="chart-amendments">
      <p className="kw-sub">{t("compliance.amendment.linked")}</p>
      {rows.map((row) => (
        <article key={row.amendment} aria-label={t("compliance.amendment.of", { date: civilText(row.received_on) })}>
          <header className="kw-row">
            <h2>{t("compliance.amendment.version", { version: row.target.version })}</h2>
            <RequestBadge asked={{ kind: "amendment", id: row.amendment, row }} />
          </header>
          <Timeline happened={happenedTo(row, t)} letters={false} request={row.amendment} next={row.state === "waiting" ? { what: "answerBy", on: row.due_on } : null} />
        </article>
      ))}
    </div>
  );
}
