import { Check, EyeOff, FilePen, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DisclosureRow } from "../../bridge";
import { Badge, type Column } from "../../kit";
import { civilText, type Translate } from "../../words";

export type Mark = "corrected" | "takenBack" | "takesBack" | "correction" | "suspended";

/** Finds what must be known of a row besides what it says. */
export function marksOf(row: DisclosureRow, rows: readonly DisclosureRow[]): Mark[] {
  const by = row.corrected_by === null ? undefined : rows.find((other) => other.disclosure === row.corrected_by);
  const replaced: Mark[] = row.corrected_by === null ? [] : [by?.void ? "takenBack" : "corrected"];
  const replaces: Mark[] = row.corrects === null ? [] : [row.void ? "takesBack" : "correction"];
  return [...replaced, ...replaces, ...(row.suspended ? (["suspended"] as const) : [])];
}

export function Marks({ marks }: { marks: readonly Mark[] }) {
  const { t } = useTranslation();
  return (
    <span className="cp-marks">
      {marks.map((mark) => (
        <Badge key={mark} tone={mark === "suspended" ? "warn" : "plain"} icon={<MarkSign mark={mark} />}>{t(`compliance.ledger.mark.${mark}`)}</Badge>
      ))}
    </span>
  );
}

function MarkSign({ mark }: { mark: Mark }) {
  if (mark === "suspended") return <EyeOff size={12} aria-hidden="true" />;
  return mark === "takenBack" || mark === "takesBack" ? <Undo2 size={12} aria-hidden="true" /> : <FilePen size={12} aria-hidden="true" />;
}

export function ledgerColumns(t: Translate, rows: readonly DisclosureRow[]): Column<DisclosureRow>[] {
  const old = (row: DisclosureRow) => (row.corrected_by === null && !row.void ? undefined : "cp-old");
  return [
    { key: "on", header: t("compliance.ledger.column.on"), width: "116px", cell: (row) => <b className={old(row)}>{civilText(row.disclosed_on)}</b> },
    { key: "recipient", header: t("compliance.ledger.column.recipient"), width: "minmax(150px,1.2fr)", cell: (row) => <span className={old(row)} title={row.recipient.name}>{row.recipient.name}</span> },
    { key: "what", header: t("compliance.ledger.column.what"), width: "minmax(130px,1.2fr)", cell: (row) => <span className={old(row)} title={row.description}>{row.description}</span> },
    { key: "purpose", header: t("compliance.ledger.column.purpose"), width: "minmax(110px,1fr)", cell: (row) => <span title={row.purpose}>{row.purpose}</span>, spare: true },
    { key: "basis", header: t("compliance.ledger.column.basis"), width: "minmax(150px,1.3fr)", cell: (row) => <BasisWords row={row} />, spare: true },
    { key: "accountable", header: t("compliance.ledger.column.accountable"), width: "116px", cell: (row) => <Accountable row={row} /> },
    { key: "marks", header: t("compliance.ledger.column.marks"), width: "140px", cell: (row) => <Marks marks={marksOf(row, rows)} /> },
  ];
}

function BasisWords({ row }: { row: DisclosureRow }) {
  const { t } = useTranslation();
  const words = t(`compliance.basis.${row.basis}`);
  return <span title={`${words}, 45 CFR ${row.cite}`}><span className="kw-sub">{row.cite}</span> {words}</span>;
}

function Accountable({ row }: { row: DisclosureRow }) {
  const { t } = useTranslation();
  if (!row.accountable) return <span className="kw-quiet">{t("compliance.ledger.no")}</span>;
  return <span className="cp-yes"><Check size={14} aria-hidden="true" />{t("compliance.ledger.yes")}</span>;
}
