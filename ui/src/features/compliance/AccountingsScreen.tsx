import { CheckCircle2, FolderOutput, Hourglass, MailQuestion, OctagonAlert, Undo2 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type AccountingRow } from "../../bridge";
import { Badge, Button, DataGrid, EmptyState, Failed, useGo, useShortcuts, type Column } from "../../kit";
import { civilText, daysBetween, dollarsText, todayCivil, type Translate } from "../../words";
import { DeliverDialog, ExtendDialog, WithdrawDialog } from "./accountingDialogs";
import { AccountingFlyout } from "./AccountingFlyout";

export type AccountingAction = "deliver" | "extend" | "withdraw";
type Doing = { what: AccountingAction; row: AccountingRow } | null;

/** Days left that still leave time. */
const SOON = 14;

/** Who asked for an accounting, and by when each is to be answered. */
export function AccountingsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const list = useAnswer("compliance.accountings", {});
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState<string | null>(null);
  const [doing, setDoing] = useState<Doing>(null);
  const add = () => go("/accountings/new");
  useShortcuts(may("compliance.request_accounting") ? [{ keys: "n", shown: "N", words: t("compliance.accountings.new"), run: add }] : []);
  const columns = useMemo(() => accountingColumns(t), [t]);
  const rows = list.data?.rows ?? [];
  const show = useCallback((row: AccountingRow) => setOpen(row.accounting), []);
  const shown = rows.find((row) => row.accounting === open);
  const waiting = rows.filter(waits).length;
  const addButton = may("compliance.request_accounting") ? <Button variant="primary" shortcut="N" onPress={add} testId="accounting-new">{t("compliance.accountings.new")}</Button> : null;
  const close = () => setDoing(null);
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.accountings.title")}</h1>
        <span className="kw-sub">{rows.length > 0 ? t("compliance.accountings.open", { count: waiting }) : t("compliance.accountings.sub")}</span>
        <span className="kw-grow" />
        {may("exchange.export_population") ? <Button variant="quiet" icon={<FolderOutput size={14} aria-hidden="true" />} onPress={() => go("/backups/records")} testId="population-open">{t("compliance.population.open")}</Button> : null}
        {rows.length > 0 ? addButton : null}
      </div>
      <div className="screen-split">
        <div className="screen-main">
          {list.error ? <Failed failure={failureOf(list.error)} /> : null}
          {list.data && rows.length === 0 ? <EmptyState icon={<MailQuestion size={28} />} title={t("compliance.accountings.teach")} actions={addButton}>{t("compliance.accountings.teachWords")}</EmptyState> : null}
          {rows.length > 0 ? <DataGrid label={t("compliance.accountings.title")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={show} testId="accounting-rows" rowTestId="accounting-row" /> : null}
        </div>
        {shown ? <AccountingFlyout key={shown.accounting} row={shown} onClose={() => setOpen(null)} onDo={(what) => setDoing({ what, row: shown })} /> : null}
      </div>
      {doing?.what === "deliver" ? <DeliverDialog row={doing.row} onClose={close} /> : null}
      {doing?.what === "extend" ? <ExtendDialog row={doing.row} onClose={close} /> : null}
      {doing?.what === "withdraw" ? <WithdrawDialog row={doing.row} onClose={close} /> : null}
    </div>
  );
}

export function waits(row: AccountingRow): boolean {
  return row.delivered_on === null && row.withdrawn_on === null;
}

/** How a request stands: colour, sign and word. */
export function AccountingBadge({ row }: { row: AccountingRow }) {
  const { t } = useTranslation();
  if (row.delivered_on !== null) return <Badge tone="ok" icon={<CheckCircle2 size={12} aria-hidden="true" />}>{t("compliance.accountings.delivered", { date: civilText(row.delivered_on) })}</Badge>;
  if (row.withdrawn_on !== null) return <Badge icon={<Undo2 size={12} aria-hidden="true" />}>{t("compliance.accountings.withdrawn", { date: civilText(row.withdrawn_on) })}</Badge>;
  const left = daysBetween(todayCivil(), row.due_on);
  if (row.overdue || left < 0) return <Badge tone="danger" icon={<OctagonAlert size={12} aria-hidden="true" />}>{t("compliance.accountings.late", { count: Math.max(1, -left) })}</Badge>;
  return <Badge tone={left <= SOON ? "warn" : "info"} icon={<Hourglass size={12} aria-hidden="true" />}>{t("compliance.accountings.left", { count: left })}</Badge>;
}

function accountingColumns(t: Translate): Column<AccountingRow>[] {
  const column = (key: string) => t(`compliance.accountings.column.${key}`);
  return [
    { key: "patient", header: column("patient"), width: "minmax(200px,1.4fr)", cell: (row) => <span title={row.display_name}><b>{row.display_name}</b> <span className="kw-sub kw-mono">{row.mrn}</span></span> },
    { key: "state", header: column("state"), width: "188px", cell: (row) => <AccountingBadge row={row} /> },
    { key: "due", header: column("due"), width: "124px", cell: (row) => (waits(row) ? civilText(row.due_on) : "") },
    { key: "received", header: column("received"), width: "124px", cell: (row) => civilText(row.received_on) },
    { key: "covers", header: column("covers"), width: "minmax(200px,1fr)", cell: (row) => t("compliance.accountings.period", { from: civilText(row.from), to: civilText(row.to) }), spare: true },
    { key: "fee", header: column("fee"), width: "88px", cell: (row) => (row.fee_cents === 0 ? <span className="kw-quiet">{t("compliance.accountings.noFee")}</span> : dollarsText(row.fee_cents)), spare: true },
  ];
}
