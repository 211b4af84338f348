import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { NotTakenBack, TakenBack } from "../../bridge";
import { Banner, DataGrid, type Column } from "../../kit";
import { numberText, refusalWords, type Translate } from "../../words";

/** What came back, and what was refused and why. */
export function TakeBackReport({ report }: { report: TakenBack }) {
  const { t } = useTranslation();
  const [active, setActive] = useState(-1);
  const columns = useMemo(() => columnsOf(t), [t]);
  const { taken, unchanged, refused, cancelled } = report;
  const empty = taken + unchanged + refused.length === 0 && !cancelled;
  return (
    <section className="ex-report" aria-label={t("exchange.takeBack.result")} data-testid="take-back-report">
      <div className="screen-strip ex-back-strip">
        <span data-testid="take-back-taken"><b>{numberText(taken)}</b>{t("exchange.takeBack.count.taken")}</span>
        <span data-testid="take-back-unchanged"><b>{numberText(unchanged)}</b>{t("exchange.takeBack.count.unchanged")}</span>
        <span className={refused.length > 0 ? "ex-refused" : ""} data-testid="take-back-count-refused"><b>{numberText(refused.length)}</b>{t("exchange.takeBack.count.refused")}</span>
      </div>
      {cancelled ? <div className="kw-pad"><Banner tone="warn" testId="take-back-cancelled">{t("exchange.takeBack.cancelled")}</Banner></div> : null}
      {refused.length > 0 ? (
        <>
          <h2 className="ex-heading">{t("exchange.takeBack.refusedTitle")}</h2>
          <DataGrid label={t("exchange.takeBack.refusedTitle")} columns={columns} rows={refused} active={active} onActive={setActive} onOpen={nothing} rowTestId="take-back-refused-row" testId="take-back-refused-rows" />
          <Detail row={refused[active]} />
        </>
      ) : (
        <p className="ex-heading kw-quiet">{t(empty ? "exchange.takeBack.nothing" : "exchange.takeBack.noneRefused")}</p>
      )}
    </section>
  );
}

/** A row is one line; the one that is marked is told in full. */
function Detail({ row }: { row: NotTakenBack | undefined }) {
  const { t } = useTranslation();
  if (!row) return null;
  return (
    <div className="ex-back-detail" aria-live="polite" data-testid="take-back-detail">
      <dl className="kw-kv">
        <dt>{t("exchange.takeBack.column.file")}</dt><dd className="kw-mono">{row.file}</dd>
        <dt>{t("exchange.takeBack.column.record")}</dt><dd className={row.record === "" ? "" : "kw-mono"}>{row.record === "" ? t("exchange.takeBack.wholeFile") : row.record}</dd>
        {row.field ? <><dt>{t("exchange.takeBack.column.part")}</dt><dd className="kw-mono">{row.field}</dd></> : null}
        <dt>{t("exchange.takeBack.column.why")}</dt><dd>{why(row)}</dd>
      </dl>
    </div>
  );
}

/** Marking a row is all there is to do with it. */
function nothing(): void {}

function columnsOf(t: Translate): Column<NotTakenBack>[] {
  return [
    { key: "file", header: t("exchange.takeBack.column.file"), width: "minmax(120px,.8fr)", cell: (row) => <span className="kw-mono" title={row.file}>{row.file}</span> },
    { key: "record", header: t("exchange.takeBack.column.record"), width: "minmax(120px,.9fr)", cell: (row) => (row.record === "" ? t("exchange.takeBack.wholeFile") : <span className="kw-mono" title={row.record}>{row.record}</span>) },
    { key: "part", header: t("exchange.takeBack.column.part"), width: "minmax(100px,.6fr)", cell: (row) => <span className="kw-mono" title={row.field ?? ""}>{row.field ?? ""}</span>, spare: true },
    { key: "why", header: t("exchange.takeBack.column.why"), width: "minmax(220px,2.4fr)", cell: (row) => <span title={why(row)}>{why(row)}</span> },
  ];
}

function why(row: NotTakenBack): string {
  return refusalWords(row.code, row.remedy);
}
