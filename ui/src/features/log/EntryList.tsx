import { ListTree } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, type LogQuery, type LogRow, type Outcome } from "../../bridge";
import { Badge, DataGrid, EmptyState, Failed, type Column, type Tone } from "../../kit";
import { dateTimeText, numberText, type Translate } from "../../words";
import { EntryFlyout } from "./EntryFlyout";
import { fold, type FoldedLine } from "./fold";
import { useEntries } from "./useEntries";

const TONES: Record<Outcome, Tone> = { done: "ok", refused: "warn", denied: "danger", fault: "danger" };

export interface EntryListProps {
  query: Omit<LogQuery, "after" | "limit">;
  nameOf: (actor: string) => string;
  label: string;
  onOpenPatient?: (patient: string) => void;
}

export function EntryList({ query, nameOf, label, onOpenPatient }: EntryListProps) {
  const { t } = useTranslation();
  const entries = useEntries(query);
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState<string | null>(null);
  const pages = entries.data?.pages;
  const lines = useMemo(() => fold((pages ?? []).flatMap((page) => page.rows)), [pages]);
  const columns = useColumns(nameOf);
  const { hasNextPage, isFetching, fetchNextPage } = entries;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const shown = lines.find((line) => line.key === open);
  if (entries.error) return <Failed failure={failureOf(entries.error)} />;
  return (
    <div className="screen-split">
      <div className="screen-main">
        {entries.data && lines.length === 0 ? <EmptyState icon={<ListTree size={28} />} title={t("log.none")}>{t("log.noneWords")}</EmptyState> : null}
        {lines.length > 0 ? (
          <DataGrid label={label} columns={columns} rows={lines} active={active} onActive={setActive} onOpen={(line) => setOpen(line.key)} onReachEnd={more} total={-1} rowTestId="log-row" testId="log-rows" />
        ) : null}
        {lines.length > 0 ? <div className="log-foot kw-sub" role="status">{t(hasNextPage ? "log.shownMore" : "log.shownAll", { count: lines.length, entries: numberText(lines.reduce((sum, line) => sum + line.rows.length, 0)) })}</div> : null}
      </div>
      {shown ? <EntryFlyout line={shown} nameOf={nameOf} onClose={() => setOpen(null)} {...(onOpenPatient ? { onOpenPatient } : {})} /> : null}
    </div>
  );
}

export function operationWords(t: Translate, operation: string): string {
  return t(`log.operation.${operation.replace(".", "_")}`, { defaultValue: operation });
}

function useColumns(nameOf: (actor: string) => string): Column<FoldedLine>[] {
  const { t } = useTranslation();
  const patients = (line: FoldedLine) => (line.patients.length === 0 ? "" : t("log.patients", { count: line.patients.length }));
  return [
    { key: "at", header: t("log.column.at"), width: "154px", cell: (line) => dateTimeText(line.head.at) },
    { key: "who", header: t("log.column.who"), width: "minmax(120px,1fr)", cell: (line) => nameOf(line.head.actor) },
    {
      key: "what",
      header: t("log.column.what"),
      width: "minmax(160px,1.6fr)",
      cell: (line) => (
        <span className="log-what" title={line.head.operation}>
          <span className="kw-clip">{operationWords(t, line.head.operation)}</span>
          {line.rows.length > 1 ? <span className="log-times" data-testid="log-folded">×{line.rows.length}</span> : null}
        </span>
      ),
    },
    { key: "patients", header: t("log.column.patients"), width: "106px", cell: patients },
    { key: "purpose", header: t("log.column.purpose"), width: "104px", cell: (line) => (line.head.purpose ? t(`log.purpose.${line.head.purpose}`) : ""), spare: true },
    { key: "outcome", header: t("log.column.outcome"), width: "106px", cell: (line) => outcomeMark(line.head, t) },
    { key: "sequence", header: t("log.column.sequence"), width: "90px", cell: (line) => <span className="kw-mono kw-quiet">{numberText(line.head.sequence)}</span>, spare: true },
  ];
}

export function outcomeMark(row: LogRow, t: Translate) {
  return row.outcome === "done" ? <span className="kw-quiet">{t("log.outcome.done")}</span> : <Badge tone={TONES[row.outcome]}>{t(`log.outcome.${row.outcome}`)}</Badge>;
}
