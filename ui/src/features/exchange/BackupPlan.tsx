import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, type BackupEvery, type PlanRow } from "../../bridge";
import { Banner, Button, Dialog, KeyedForm, RadioGroup } from "../../kit";
import { failureWords } from "../../words";
import { PlaceField, type Places } from "./place";

const EVERY: readonly BackupEvery[] = ["hour", "day", "week"];

/** Whether backups are written by themselves, and the way to have them. */
export function PlanLine({ plan, places, mayPlan }: { plan: PlanRow | null; places: Places; mayPlan: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className="ex-plan" data-testid="backup-plan">
      <CalendarClock size={16} aria-hidden="true" />
      <span className="kw-grow">{plan ? t(`exchange.plan.${plan.every}`, { folder: plan.folder }) : t("exchange.plan.none")}{plan?.associate ? ` ${t("exchange.place.at", { name: places.nameOf(plan.associate, t) })}` : ""}</span>
      {mayPlan ? <Button onPress={() => setOpen(true)} testId="backup-plan-open">{t(plan ? "exchange.plan.change" : "exchange.plan.make")}</Button> : null}
      {open ? <PlanDialog plan={plan} places={places} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function PlanDialog({ plan, places, onClose }: { plan: PlanRow | null; places: Places; onClose: () => void }) {
  const { t } = useTranslation();
  const [every, setEvery] = useState<BackupEvery>(plan?.every ?? "day");
  const [associate, setAssociate] = useState(plan?.associate ?? null);
  const [folder, setFolder] = useState<{ folder: string; name: string } | null>(null);
  const { wrong, attempt } = useAttempts();
  const choose = () => attempt(async () => setFolder((await call("shell.choose_folder", {})) ?? folder));
  const keep = (token: string | null) => attempt(() => planned(token));
  const cache = useQueryClient();
  const planned = async (token: string | null) => {
    await call("shell.plan_backups", { folder: token, every, ...(token === null || associate === null ? {} : { associate }) });
    await cache.invalidateQueries({ queryKey: ["exchange.backups"] });
    onClose();
  };
  return (
    <Dialog title={t("exchange.plan.title")} isOpen onClose={onClose} testId="backup-plan-dialog">
      <KeyedForm onSave={() => (folder ? keep(folder.folder) : undefined)} enterSaves className="kw-stack" label={t("exchange.plan.title")}>
        <p className="kw-quiet">{t("exchange.plan.words")}</p>
        <RadioGroup row label={t("exchange.plan.every")} options={EVERY.map((one) => ({ value: one, label: t(`exchange.plan.each.${one}`) }))} value={every} onChange={(value) => setEvery(EVERY.find((one) => one === value) ?? every)} testId="backup-plan-every" />
        <div className="kw-row">
          <Button onPress={choose} testId="backup-plan-folder">{t("exchange.plan.choose")}</Button>
          <span className="kw-clip">{folder?.name ?? plan?.folder ?? t("exchange.plan.noFolder")}</span>
        </div>
        <PlaceField places={places} value={associate} onChange={setAssociate} testId="backup-plan-place" />
        <p className="kw-sub">{t("exchange.plan.kept")}</p>
        {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
        <div className="kw-row">
          <Button variant="primary" type="submit" isDisabled={folder === null} testId="backup-plan-save">{t("exchange.plan.save")}</Button>
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
