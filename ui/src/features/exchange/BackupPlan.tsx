import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, type BackupEvery, type PlanRow } from "../../bridge";
import { Banner, Button, Dialog, KeyedForm, RadioGroup, TextField } from "../../kit";
import { failureWords } from "../../words";
import { PlaceField, type Places } from "./place";

const EVERY: readonly BackupEvery[] = ["hour", "day", "week"];

/** Whether backups are written by themselves, and the way to have them. */
export function PlanLine({ plan, custodian, places, mayPlan }: { plan: PlanRow | null; custodian: string | null; places: Places; mayPlan: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="ex-plan" data-testid="backup-plan">
      <CalendarClock size={16} aria-hidden="true" />
      <span className="kw-grow">{plan ? t(`exchange.plan.${plan.every}`, { folder: plan.folder }) : t("exchange.plan.none")}{plan?.associate ? ` ${t("exchange.place.at", { name: places.nameOf(plan.associate, t) })}` : ""}{custodian === null ? "" : ` ${t("exchange.plan.custodianIs", { key: shortKey(custodian) })}`}</span>
      {mayPlan ? <Button onPress={() => setOpen(true)} testId="backup-plan-open">{t(plan ? "exchange.plan.change" : "exchange.plan.make")}</Button> : null}
      {open ? <PlanDialog plan={plan} custodian={custodian} places={places} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

/** As much of a public key as tells it from others. */
function shortKey(key: string): string {
  return `${key.slice(0, 12)}…${key.slice(-6)}`;
}

function PlanDialog({ plan, custodian, places, onClose }: { plan: PlanRow | null; custodian: string | null; places: Places; onClose: () => void }) {
  const { t } = useTranslation();
  const [every, setEvery] = useState<BackupEvery>(plan?.every ?? "day");
  const [associate, setAssociate] = useState(plan?.associate ?? null);
  const [key, setKey] = useState(custodian ?? "");
  const [folder, setFolder] = useState<{ folder: string; name: string } | null>(null);
  const { wrong, attempt } = useAttempts();
  const choose = () => attempt(async () => setFolder((await call("shell.choose_folder", {})) ?? folder));
  const keep = (token: string | null) => attempt(() => planned(token));
  const cache = useQueryClient();
  const changed = key.trim() !== (custodian ?? "");
  // Without a plan there is still somebody to seal backups to that are made by hand.
  const mayKeep = folder !== null || (plan === null && changed);
  const planned = async (token: string | null) => {
    await call("shell.plan_backups", { folder: token, every, ...(token === null || associate === null ? {} : { associate }), ...(changed ? { custodian: key.trim() } : {}) });
    await cache.invalidateQueries({ queryKey: ["exchange.backups"] });
    onClose();
  };
  return (
    <Dialog title={t("exchange.plan.title")} isOpen onClose={onClose} testId="backup-plan-dialog">
      <KeyedForm onSave={() => (mayKeep ? keep(folder?.folder ?? null) : undefined)} enterSaves className="kw-stack" label={t("exchange.plan.title")}>
        <p className="kw-quiet">{t("exchange.plan.words")}</p>
        <RadioGroup row label={t("exchange.plan.every")} options={EVERY.map((one) => ({ value: one, label: t(`exchange.plan.each.${one}`) }))} value={every} onChange={(value) => setEvery(EVERY.find((one) => one === value) ?? every)} testId="backup-plan-every" />
        <div className="kw-row">
          <Button onPress={choose} testId="backup-plan-folder">{t("exchange.plan.choose")}</Button>
          <span className="kw-clip">{folder?.name ?? plan?.folder ?? t("exchange.plan.noFolder")}</span>
        </div>
        <PlaceField places={places} value={associate} onChange={setAssociate} testId="backup-plan-place" />
        <TextField label={t("exchange.plan.custodian")} hint={t("exchange.plan.custodianHint")} value={key} onChange={setKey} autoComplete="off" testId="backup-plan-custodian" />
        <p className="kw-sub">{t("exchange.plan.kept")}</p>
        {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
        <div className="kw-row">
          <Button variant="primary" type="submit" isDisabled={!mayKeep} testId="backup-plan-save">{t("exchange.plan.save")}</Button>
          {plan ? <Button onPress={() => keep(null)} testId="backup-plan-stop">{t("exchange.plan.stop")}</Button> : null}
          <Button variant="quiet" onPress={onClose}>{t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
}

/** Does something and keeps the words of why it could not be done. */
function useAttempts() {
  const [wrong, setWrong] = useState<string | null>(null);
  const attempt = (work: () => Promise<void>) => {
    setWrong(null);
    void work().catch((thrown: unknown) => setWrong(failureWords(failureOf(thrown))));
  };
  return { wrong, attempt };
}
