import { FolderInput, FolderOutput, HardDrive } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay } from "../../bridge";
import { Button, DataGrid, EmptyState, Failed, useGo, useShortcuts, useStore } from "../../kit";
import { Outcome, StandingLine, Working, backupColumns } from "./BackupParts";
import { PlanLine } from "./BackupPlan";
import { DowntimeLine } from "./DowntimeParts";
import { PlaceField, usePlaces } from "./place";
import { backingUp } from "./backupJobs";
import { useBackupWork } from "./useBackupWork";

/** Every backup that was made, whether it holds, and the making of a new one. */
export function BackupsScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const state = useStore(backingUp);
  const list = useAnswer("exchange.backups", {});
  const broken = useAnswer("shell.status", {}).data?.backup?.broken ?? false;
  const [active, setActive] = useState(-1);
  const places = usePlaces();
  const [associate, setAssociate] = useState<string | null>(null);
  const work = useBackupWork(associate);
  const mayBackUp = may("exchange.back_up");
  const mayProve = may("exchange.prove_backup");
  useShortcuts([
    ...(mayBackUp ? [{ keys: "n", shown: "N", words: t("exchange.backups.now"), run: work.write }] : []),
    ...(mayProve ? [{ keys: "v", shown: "V", words: t("exchange.backups.prove"), run: work.prove }] : []),
  ]);
  const columns = useMemo(() => backupColumns(t, places.nameOf), [t, places.nameOf]);
  const rows = list.data?.rows ?? [];
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("exchange.backups.title")}</h1>
        <span className="kw-sub">{rows.length > 0 ? t("exchange.backups.count", { count: rows.length }) : ""}</span>
        <span className="kw-grow" />
        {may("exchange.export_population") ? <Button variant="quiet" icon={<FolderOutput size={14} aria-hidden="true" />} onPress={() => go("/backups/records")} testId="population-open">{t("compliance.population.open")}</Button> : null}
        {may("exchange.take_back") ? <Button variant="quiet" icon={<FolderInput size={14} aria-hidden="true" />} onPress={() => go("/import/records")} testId="take-back-open">{t("exchange.takeBack.open")}</Button> : null}
        {mayProve ? <Button shortcut="V" isDisabled={state.running} onPress={work.prove} testId="backup-prove">{t("exchange.backups.prove")}</Button> : null}
        {mayBackUp ? <Button variant="primary" shortcut="N" isDisabled={state.running} onPress={work.write} testId="backup-now">{t("exchange.backups.now")}</Button> : null}
      </div>
      {list.error ? <Failed failure={failureOf(list.error)} /> : null}
      {list.data ? <StandingLine newest={rows[0]} broken={broken} /> : null}
      {list.data ? <PlanLine plan={list.data.plan} custodian={list.data.custodian} places={places} mayPlan={may("exchange.plan_backups")} /> : null}
      {list.data ? <DowntimeLine /> : null}
      {list.data && mayBackUp && places.offered.length > 0 ? <div className="ex-place"><PlaceField places={places} value={associate} onChange={setAssociate} testId="backup-place" /></div> : null}
      <Working />
      <Outcome state={state} onProve={mayProve ? work.proveWritten : null} />
      {list.data && rows.length === 0 ? <EmptyState icon={<HardDrive size={28} />} title={t("exchange.backups.teach")}>{t("exchange.backups.teachWords")}</EmptyState> : null}
      {rows.length > 0 ? (
        <DataGrid label={t("exchange.backups.title")} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={nothing} testId="backup-rows" rowTestId="backup-row" />
      ) : null}
    </div>
  );
}

/** A row says everything it has to say. */
function nothing(): void {}
