import type { LogRow } from "../../bridge";
import type { Column } from "../../kit";
import { dateTimeText, numberText, type Translate } from "../../words";
import { operationWords, outcomeMark } from "./EntryList";

/** Every column that a report can be sorted by, named as Rust names its orders. Users stand by their user names, as in the saved table. */
export function reportColumns(t: Translate, nameOf: (actor: string) => string): Column<LogRow>[] {
  const quiet = (words: string) => <span className="kw-quiet">{words}</span>;
  return [
    { key: "sequence", header: t("log.column.sequence"), width: "88px", cell: (row) => <span className="kw-mono">{numberText(row.sequence)}</span> },
    { key: "at", header: t("log.column.at"), width: "156px", cell: (row) => dateTimeText(row.at) },
    { key: "actor", header: t("log.report.user"), width: "minmax(80px,.8fr)", cell: (row) => <span className="kw-mono" title={nameOf(row.actor)}>{row.actor}</span> },
    { key: "role", header: t("log.fact.role"), width: "minmax(76px,.8fr)", cell: (row) => (row.role ? t(`common.role.${row.role}`, { defaultValue: row.role }) : ""), spare: true },
    { key: "operation", header: t("log.column.what"), width: "minmax(160px,1.8fr)", cell: (row) => <span title={row.operation}>{operationWords(t, row.operation)}</span> },
    { key: "purpose", header: t("log.column.purpose"), width: "minmax(88px,100px)", cell: (row) => (row.purpose ? t(`log.purpose.${row.purpose}`) : ""), spare: true },
    { key: "patients", header: t("log.column.patients"), width: "94px", cell: (row) => (row.patients.length === 0 ? "" : t("log.patients", { count: row.patients.length })) },
    { key: "outcome", header: t("log.column.outcome"), width: "96px", cell: (row) => outcomeMark(row, t) },
    { key: "reason", header: t("log.report.reason"), width: "minmax(76px,1fr)", cell: (row) => <span title={row.reason ?? undefined}>{row.reason ?? ""}</span>, spare: true },
    { key: "workstation", header: t("log.fact.workstation"), width: "minmax(118px,.5fr)", cell: (row) => quiet(row.workstation), spare: true },
  ];
}
