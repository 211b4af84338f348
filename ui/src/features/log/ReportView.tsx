import { FileDown, ListTree } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, type LogReport, type LogRow, type Output } from "../../bridge";
import { Banner, Button, DataGrid, EmptyState, Failed } from "../../kit";
import { failureWords, numberText } from "../../words";
import { EntryFlyout } from "./EntryFlyout";
import { reportColumns } from "./reportColumns";
import { isTooLong, type Report } from "./useReport";

export interface ReportViewProps {
  report: Report;
  nameOf: (actor: string) => string;
  onClose: () => void;
  /** The refusal that belongs to the period is shown at its field. */
  onTooLong: () => void;
  onOpenPatient?: (patient: string) => void;
}

/** What the filters choose, whole, in the order of a column, with what proves it: for reading, and to be saved. */
export function ReportView({ report, nameOf, onClose, onTooLong, onOpenPatient }: ReportViewProps) {
  const { t } = useTranslation();
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState<number | null>(null);
  const columns = useMemo(() => reportColumns(t, nameOf), [t, nameOf]);
  const show = useCallback((row: LogRow) => setOpen(row.sequence), []);
  const { data, failure, query, sorted, onSort } = report;
  const shown = data?.rows.find((row) => row.sequence === open);
  return (
    <section className="log-report" aria-label={t("log.report.title")} data-testid="report">
      <Saving key={JSON.stringify(query)} report={report} onTooLong={onTooLong} onClose={onClose} />
      {failure && !isTooLong(failure) ? <Failed failure={failure} /> : null}
      {failure && isTooLong(failure) ? <EmptyState icon={<ListTree size={28} />} title={t("log.report.tooLong")}>{failureWords(failure)}</EmptyState> : null}
      <div className="screen-split">
        <div className="screen-main">
          {data && data.rows.length === 0 ? <EmptyState icon={<ListTree size={28} />} title={t("log.none")}>{t("log.noneWords")}</EmptyState> : null}
          {data && data.rows.length > 0 ? <DataGrid label={t("log.report.title")} columns={columns} rows={data.rows} active={active} onActive={setActive} onOpen={show} sorted={sorted} onSort={onSort} testId="report-rows" rowTestId="report-row" /> : null}
          {data ? <Proof data={data} /> : null}
        </div>
        {shown ? <EntryFlyout line={{ key: String(shown.sequence), head: shown, rows: [shown], patients: shown.patients }} nameOf={nameOf} onClose={() => setOpen(null)} {...(onOpenPatient ? { onOpenPatient } : {})} /> : null}
      </div>
    </section>
  );
}

/** What the report is known by: its digest, and the log it was taken from. */
function Proof({ data }: { data: LogReport }) {
  const { t } = useTranslation();
  const fact = (name: string, value: string, mono = false) => (
    <div className="log-report-fact">
      <dt>{t(`log.report.${name}`)}</dt>
      <dd className={mono ? "kw-mono" : undefined} data-testid={`report-${name}`}>{value}</dd>
    </div>
  );
  return (
    <dl className="log-report-proof" data-testid="report-proof">
      {fact("entries", numberText(data.rows.length))}
      {fact("digest", data.digest, true)}
      {fact("logSize", numberText(data.log_size))}
      {fact("root", data.root ?? t("log.report.noRoot"), data.root !== null)}
    </dl>
  );
}

type Saved = Output<"shell.save_log_report">;

/** The strip above the report: what it is, and the way to have it as files. */
function Saving({ report, onTooLong, onClose }: Pick<ReportViewProps, "report" | "onTooLong" | "onClose">) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const save = async () => {
    setBusy(true);
    setWrong(null);
    try {
      const chosen = await call("shell.choose_folder", {});
      // What is shown is what is saved, though the showing is an entry of the log itself.
      const below = report.data?.log_size ?? null;
      if (chosen !== null) setSaved(await call("shell.save_log_report", { folder: chosen.folder, query: { ...report.query, below } }));
    } catch (thrown) {
      const failure = failureOf(thrown);
      setWrong(failureWords(failure));
      if (isTooLong(failure)) onTooLong();
    }
    setBusy(false);
  };
  return (
    <>
      <div className="log-report-bar">
        <h2>{t("log.report.title")}</h2>
        <span className="kw-sub log-report-words">{t("log.report.words")}</span>
        <Button variant="quiet" onPress={onClose} testId="report-close">{t("log.report.close")}</Button>
        <Button variant="primary" icon={<FileDown size={14} aria-hidden="true" />} isDisabled={busy || report.data === undefined} onPress={() => void save()} testId="report-save">{t("log.report.save")}</Button>
      </div>
      {wrong ? <Banner tone="danger" edge testId="report-refused">{wrong}</Banner> : null}
      {saved ? (
        <Banner tone="ok" edge testId="report-saved">
          {t("log.report.saved", { pdf: saved.pdf, csv: saved.csv, count: saved.entries, entries: numberText(saved.entries) })} <span className="kw-mono log-sha">{saved.sha256}</span>
        </Banner>
      ) : null}
    </>
  );
}
