import { FolderOutput, MailQuestion } from "lucide-react";
import { useCallback, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay } from "../../bridge";
import { Button, DataGrid, EmptyState, Failed, TabSet, useGo, useShortcuts } from "../../kit";
import { ASKED_KINDS, isOpen, sorted, type Asked, type AskedKind } from "./clock";
import { PatientLine } from "./PatientLine";
import { RequestFlyout } from "./RequestFlyout";
import { requestColumns } from "./requestParts";

const TABS = ["all", ...ASKED_KINDS] as const;
type Tab = (typeof TABS)[number];

const TAKES: Record<AskedKind, string> = { access: "compliance.request_access", amendment: "compliance.request_amendment", accounting: "compliance.request_accounting" };

interface AllAsked {
  rows: readonly Asked[];
  ready: boolean;
  error: Error | null;
}

/** Everything that was asked for; of one patient, with what was asked on records that were merged into this one. */
function useAsked(patient: string | null): AllAsked {
  const may = useMay();
  const of = patient === null ? {} : { patient };
  const access = useAnswer("compliance.access_requests", of, { enabled: may("compliance.access_requests") });
  const amendments = useAnswer("compliance.amendment_requests", of, { enabled: may("compliance.amendment_requests") });
  const accountings = useAnswer("compliance.accountings", {}, { enabled: may("compliance.accountings") });
  const rows = useMemo(
    () => sorted([
      ...(access.data?.rows ?? []).map((row): Asked => ({ kind: "access", id: row.access, row })),
      ...(amendments.data?.rows ?? []).map((row): Asked => ({ kind: "amendment", id: row.amendment, row })),
      ...(accountings.data?.rows ?? []).filter((row) => patient === null || row.patient === patient).map((row): Asked => ({ kind: "accounting", id: row.accounting, row })),
    ]),
    [access.data, amendments.data, accountings.data, patient],
  );
  const asked = [access, amendments, accountings];
  return { rows, ready: asked.every((one) => !one.isLoading), error: asked.find((one) => one.error)?.error ?? null };
}

/** Who asked for something that the law gives days for, and by when each is to be answered. */
export function RequestsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const all = useAsked(null);
  const add = () => go("/accountings/new");
  useShortcuts(may("compliance.request_accounting") ? [{ keys: "n", shown: "N", words: t("compliance.requests.new"), run: add }] : []);
  const addButton = may("compliance.request_accounting") ? <Button variant="primary" shortcut="N" onPress={add} testId="accounting-new">{t("compliance.requests.new")}</Button> : null;
  const waiting = all.rows.filter(isOpen).length;
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.requests.title")}</h1>
        <span className="kw-sub">{all.rows.length > 0 ? t("compliance.requests.open", { count: waiting }) : t("compliance.requests.sub")}</span>
        <span className="kw-grow" />
        {may("exchange.export_population") ? <Button variant="quiet" icon={<FolderOutput size={14} aria-hidden="true" />} onPress={() => go("/backups/records")} testId="population-open">{t("compliance.population.open")}</Button> : null}
        {all.rows.length > 0 ? addButton : null}
      </div>
      <RequestTabs all={all} ofOne={false} actions={addButton} />
    </div>
  );
}

/** What one patient asked for, and the ways to take another request. */
export function PatientRequestsScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const all = useAsked(patient);
  const ledger = useAnswer("compliance.disclosures", { patient }, { enabled: may("compliance.disclosures") });
  const ways = ASKED_KINDS.filter((kind) => may(TAKES[kind]));
  const buttons = ways.map((kind) => <Button key={kind} onPress={() => go(newPath(kind, patient))} testId={`requests-new-${kind}`}>{t(`compliance.requests.take.${kind}`)}</Button>);
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.requests.title")}</h1>
        <PatientLine of={ledger.data} />
        <span className="kw-grow" />
        <Button variant="quiet" onPress={() => go(`/patients/${patient}`)} testId="requests-chart">{t("compliance.ledger.toChart")}</Button>
        {all.rows.length > 0 ? buttons : null}
      </div>
      <RequestTabs all={all} ofOne actions={<>{buttons}</>} />
    </div>
  );
}

/** Where a request of a patient is taken. */
export function newPath(kind: AskedKind, patient: string): string {
  return kind === "accounting" ? `/patients/${patient}/accounting` : `/accountings/${kind}/${patient}`;
}

function RequestTabs({ all, ofOne, actions }: { all: AllAsked; ofOne: boolean; actions: ReactNode }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<Tab>("all");
  const [open, setOpen] = useState<string | null>(null);
  const shown = all.rows.find((one) => one.id === open);
  const of = (one: Tab) => (one === "all" ? all.rows : all.rows.filter((asked) => asked.kind === one));
  const label = (one: Tab) => t("compliance.requests.tabWords", { what: t(`compliance.requests.tab.${one}`), count: of(one).filter(isOpen).length });
  const items = TABS.map((one) => ({ id: one, label: label(one), content: <RequestRows key={one} tab={one} rows={of(one)} ready={all.ready} ofOne={ofOne} onOpen={setOpen} actions={actions} /> }));
  return (
    <div className="screen-split">
      <div className="screen-main">
        {all.error ? <Failed failure={failureOf(all.error)} /> : <TabSet label={t("compliance.requests.tabs")} items={items} selected={tab} onSelect={(next) => setTab(next as Tab)} />}
      </div>
      {shown ? <RequestFlyout key={shown.id} asked={shown} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

interface RowsProps {
  tab: Tab;
  rows: readonly Asked[];
  ready: boolean;
  ofOne: boolean;
  onOpen: (id: string) => void;
  actions: ReactNode;
}

const rowTestId = (asked: Asked) => `${asked.kind}-row`;

function RequestRows({ tab, rows, ready, ofOne, onOpen, actions }: RowsProps) {
  const { t } = useTranslation();
  // The mark stays with its request where a step moves it to another place in the list.
  const [marked, setMarked] = useState<string | null>(null);
  const active = rows.findIndex((one) => one.id === marked);
  const columns = useMemo(() => requestColumns(t, ofOne), [t, ofOne]);
  const mark = useCallback((index: number) => setMarked(rows[index]?.id ?? null), [rows]);
  const show = useCallback((asked: Asked) => onOpen(asked.id), [onOpen]);
  if (!ready) return null;
  if (rows.length === 0) return <EmptyState icon={<MailQuestion size={28} />} title={t(ofOne ? "compliance.requests.teachOne" : "compliance.requests.teach")} actions={actions}>{t(`compliance.requests.teachWords.${tab}`)}</EmptyState>;
  return <DataGrid label={t("compliance.requests.title")} columns={columns} rows={rows} active={active} onActive={mark} onOpen={show} testId="request-rows" rowTestId={rowTestId} />;
}
