import { EyeOff, FolderInput } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type DisclosureRow, type SuspensionRow } from "../../bridge";
import { Button, DataGrid, EmptyState, Failed, useGo, useShortcuts } from "../../kit";
import { civilText } from "../../words";
import { DisclosureFlyout } from "./DisclosureFlyout";
import { LiftDialog, SuspendDialog, TakeBackDialog } from "./ledgerDialogs";
import { ledgerColumns, marksOf } from "./ledgerParts";
import { PatientLine } from "./PatientLine";

type Doing = { what: "suspend" } | { what: "back"; row: DisclosureRow } | { what: "lift"; suspension: SuspensionRow } | null;

/** To whom a patient's information went. Each visit looks anew, because each look is an entry of its own. */
export function LedgerScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const answer = useAnswer("compliance.disclosures", { patient });
  const [active, setActive] = useState(-1);
  const [open, setOpen] = useState<string | null>(null);
  const [doing, setDoing] = useState<Doing>(null);
  const add = () => go(`/patients/${patient}/disclosures/new`);
  useShortcuts(may("compliance.disclose") ? [{ keys: "n", shown: "N", words: t("compliance.ledger.record"), run: add }] : []);
  const ledger = answer.data;
  const rows = useMemo(() => ledger?.rows ?? [], [ledger]);
  const columns = useMemo(() => ledgerColumns(t, rows), [t, rows]);
  const show = useCallback((row: DisclosureRow) => setOpen(row.disclosure), []);
  const shown = rows.find((row) => row.disclosure === open);
  const addButton = may("compliance.disclose") ? <Button variant="primary" shortcut="N" onPress={add} testId="disclosure-new">{t("compliance.ledger.record")}</Button> : null;
  const close = () => setDoing(null);
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.ledger.title")}</h1>
        <PatientLine of={ledger} />
        <span className="kw-grow" />
        <Button variant="quiet" onPress={() => go(`/patients/${patient}`)} testId="ledger-chart">{t("compliance.ledger.toChart")}</Button>
        {may("compliance.suspend_accounting") ? <Button onPress={() => setDoing({ what: "suspend" })} testId="ledger-suspend">{t("compliance.ledger.suspend")}</Button> : null}
        {may("compliance.request_accounting") ? <Button onPress={() => go(`/patients/${patient}/accounting`)} testId="ledger-request">{t("compliance.ledger.request")}</Button> : null}
        {rows.length > 0 ? addButton : null}
      </div>
      {answer.error ? <Failed failure={failureOf(answer.error)} /> : null}
      <Suspensions rows={ledger?.suspensions ?? []} onLift={may("compliance.lift_suspension") ? (suspension) => setDoing({ what: "lift", suspension }) : null} />
      <div className="screen-split">
        <div className="screen-main">
          {ledger && rows.length === 0 ? <EmptyState icon={<FolderInput size={28} />} title={t("compliance.ledger.teach")} actions={addButton}>{t("compliance.ledger.teachWords")}</EmptyState> : null}
          {rows.length > 0 ? <DataGrid label={t("compliance.ledger.title")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={show} testId="disclosure-rows" rowTestId="disclosure-row" /> : null}
        </div>
        {shown ? <DisclosureFlyout key={shown.disclosure} patient={patient} row={shown} marks={marksOf(shown, rows)} onClose={() => setOpen(null)} onTakeBack={() => setDoing({ what: "back", row: shown })} /> : null}
      </div>
      {doing?.what === "suspend" ? <SuspendDialog patient={patient} onClose={close} /> : null}
      {doing?.what === "back" ? <TakeBackDialog patient={patient} row={doing.row} onClose={close} /> : null}
      {doing?.what === "lift" ? <LiftDialog patient={patient} suspension={doing.suspension} onClose={close} /> : null}
    </div>
  );
}

/** The suspensions that hide something today. */
function Suspensions({ rows, onLift }: { rows: readonly SuspensionRow[]; onLift: ((suspension: SuspensionRow) => void) | null }) {
  const { t } = useTranslation();
  const living = rows.filter((row) => row.lives);
  if (living.length === 0) return null;
  return (
    <section className="cp-due" aria-label={t("compliance.ledger.suspensions")} data-testid="suspensions">
      <h2>{t("compliance.ledger.suspensions")}</h2>
      <ul>
        {living.map((row) => (
          <li key={row.suspension} data-tone="warn" data-testid="suspension">
            <EyeOff size={14} aria-hidden="true" />
            <span className="kw-grow">
              {t("compliance.ledger.suspension", { agency: row.agency, until: civilText(row.until) })} <span className="kw-sub">{t(row.spoken ? "compliance.ledger.spoken" : "compliance.ledger.written")}, {t("compliance.ledger.statedOn", { date: civilText(row.stated_on) })}</span>
            </span>
            {onLift ? <Button variant="quiet" onPress={() => onLift(row)} aria-label={`${t("compliance.ledger.lift")}: ${row.agency}`} testId="suspension-lift">{t("compliance.ledger.lift")}</Button> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
