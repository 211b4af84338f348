import { FileDown, FileText, FolderInput } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useState } from "react";
import { useMay, type ImportReport, type ImportRow, type LeftOut } from "../../bridge";
import { Banner, Button, DataGrid, EmptyState, Progress, jobs, useGo, useStore, type Column } from "../../kit";
import { failureWords, numberText, refusalWords, sizeText } from "../../words";
import { IMPORT_JOB, chooseFile, importing, runImport } from "./importJob";

export function ImportScreen() {
  const { t } = useTranslation();
  const { go } = useGo();
  const may = useMay();
  const cache = useQueryClient();
  const state = useStore(importing);
  const job = useStore(jobs).find((one) => one.id === IMPORT_JOB && one.state === "running");
  const run = async () => {
    await runImport(t, () => go("/import"));
    await Promise.all([["patients.search"], ["exchange.received"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
  };
  const { file, report, running } = state;
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("exchange.title")}</h1>
        <span className="kw-grow" />
        {may("exchange.take_back") ? <Button variant="quiet" icon={<FolderInput size={14} aria-hidden="true" />} onPress={() => go("/import/records")} testId="take-back-open">{t("exchange.takeBack.open")}</Button> : null}
        <Button variant="quiet" onPress={() => go("/patients")}>{t("exchange.toPatients")}</Button>
        {file ? <Button isDisabled={running} onPress={() => void chooseFile()} testId="import-choose">{t("exchange.chooseOther")}</Button> : null}
      </div>
      {state.failure ? <div className="kw-pad"><Banner tone="danger">{failureWords(state.failure)}</Banner></div> : null}
      {file ? (
        <div className="ex-file">
          <FileText size={20} aria-hidden="true" />
          <div className="kw-grow">
            <b>{file.name}</b>
            <div className="kw-sub">{t("exchange.bytes", { size: sizeText(file.bytes) })}</div>
          </div>
          {running ? null : <Button variant="primary" onPress={() => void run()} testId="import-run">{t(report ? "exchange.again" : "exchange.run")}</Button>}
          {job?.cancel ? <Button onPress={job.cancel} testId="import-cancel">{t("common.cancel")}</Button> : null}
        </div>
      ) : (
        <EmptyState icon={<FileDown size={28} />} title={t("exchange.teach")} actions={<Button variant="primary" onPress={() => void chooseFile()} testId="import-choose">{t("exchange.choose")}</Button>}>
          {t("exchange.teachWords")}
        </EmptyState>
      )}
      {job ? <div className="kw-pad" data-testid="import-progress"><Progress label={t("exchange.job")} phase={job.phase} done={job.done} total={job.total} /></div> : null}
      {report ? <Report report={report} /> : null}
    </div>
  );
}

function Report({ report }: { report: ImportReport }) {
  const { t } = useTranslation();
  const [active, setActive] = useState(-1);
  const counts = (["created", "updated", "unchanged"] as const).map((kind) => [kind, report[kind]] as const);
  const columns: Column<ImportRow>[] = [
    { key: "index", header: t("exchange.column.row"), width: "72px", cell: (row) => <span className="kw-mono">{numberText(row.index + 1)}</span> },
    { key: "id", header: t("exchange.column.id"), width: "minmax(140px,1fr)", cell: (row) => <span className="kw-mono">{row.id || row.resource_type}</span> },
    { key: "field", header: t("exchange.column.field"), width: "minmax(110px,.8fr)", cell: (row) => row.field ?? "", spare: true },
    { key: "why", header: t("exchange.column.why"), width: "minmax(220px,2.4fr)", cell: (row) => <span title={why(row)}>{why(row)}</span> },
  ];
  return (
    <section className="ex-report" aria-label={t("exchange.result")} data-testid="import-report">
      <div className="screen-strip">
        {counts.map(([kind, count]) => (
          <span key={kind} data-testid={`import-${kind}`}><b>{numberText(count)}</b>{t(`exchange.count.${kind}`)}</span>
        ))}
        <span className={report.refused.length > 0 ? "ex-refused" : ""} data-testid="import-refused"><b>{numberText(report.refused.length)}</b>{t("exchange.count.refused")}</span>
        <span className="kw-grow" />
        <span>{t("exchange.files", { count: report.files })}</span>
      </div>
      {report.cancelled ? <div className="kw-pad"><Banner tone="warn">{t("exchange.wasCancelled")}</Banner></div> : null}
      {report.kept.length > 0 ? (
        <div className="kw-pad" data-testid="import-kept">
          <Banner tone="info" actions={<WaysToReceived kept={report.kept} />}>{t("exchange.kept", { what: report.kept.map((one) => `${one.resource_type} (${numberText(one.count)})`).join(", ") })}</Banner>
        </div>
      ) : null}
      {report.not_imported.length > 0 ? (
        <div className="kw-pad" data-testid="import-not-imported">
          <Banner tone="info">{t("exchange.notImported", { what: report.not_imported.map((one) => `${one.resource_type} (${numberText(one.count)})`).join(", ") })}</Banner>
        </div>
      ) : null}
      {report.refused.length > 0 ? (
        <>
          <h2 className="ex-heading">{t("exchange.refusedTitle")}</h2>
          <DataGrid label={t("exchange.refusedTitle")} columns={columns} rows={report.refused} active={active} onActive={setActive} onOpen={() => {}} rowTestId="import-refused-row" />
        </>
      ) : (
        <p className="ex-heading kw-quiet">{t("exchange.noneRefused")}</p>
      )}
    </section>
  );
}

/** A way to each type that was kept, for those who may open charts. */
function WaysToReceived({ kept }: { kept: readonly LeftOut[] }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const may = useMay();
  if (!may("exchange.received")) return null;
  return (
    <div className="ex-kept-ways" role="group" aria-label={t("exchange.received.open")}>
      {kept.map((one) => (
        <Button key={one.resource_type} onPress={() => go(`/received/${encodeURIComponent(one.resource_type)}`)} testId={`import-kept-${one.resource_type}`}>{one.resource_type}</Button>
      ))}
    </div>
  );
}

function why(row: ImportRow): string {
  return refusalWords(row.code ?? "", row.remedy ?? row.code ?? "");
}
