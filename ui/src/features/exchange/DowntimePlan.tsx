import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, type BackupEvery, type DowntimeList, type Failure } from "../../bridge";
import { Banner, Button, Dialog, KeyedForm, NO_PASSPHRASES, PassphraseField, RadioGroup, fieldId, passphraseProblem, type Passphrases } from "../../kit";
import { failureWords } from "../../words";

const EVERY: readonly BackupEvery[] = ["hour", "day", "week"];
type Often = BackupEvery | "never";
const OFTEN: readonly Often[] = [...EVERY, "never"];

/** Whether the pack is written by itself, and the way to have it so. */
export function DowntimePlanLine({ list, mayPlan }: { list: DowntimeList; mayPlan: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { plan } = list;
  return (
    <div className="ex-plan" data-testid="downtime-plan">
      <CalendarClock size={16} aria-hidden="true" />
      <span className="kw-grow">{plan ? t(`exchange.downtime.plan.${plan.every}`, { folder: plan.folder }) : t("exchange.downtime.plan.none")}</span>
      {mayPlan ? <Button variant={list.has_passphrase ? "plain" : "primary"} onPress={() => setOpen(true)} testId="downtime-plan-open">{t(plan ? "exchange.plan.change" : "exchange.downtime.plan.make")}</Button> : null}
      {open ? <DowntimePlanDialog list={list} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}

function DowntimePlanDialog({ list, onClose }: { list: DowntimeList; onClose: () => void }) {
  const { t } = useTranslation();
  const form = usePlanForm(list, onClose);
  const { often, folder, secret } = form.typed;
  const secretHint = t(list.has_passphrase ? "exchange.downtime.plan.keepHint" : "exchange.downtime.plan.newHint");
  return (
    <Dialog title={t("exchange.downtime.plan.title")} isOpen onClose={onClose} testId="downtime-plan-dialog">
      <KeyedForm onSave={() => void form.save()} enterSaves className="kw-stack" label={t("exchange.downtime.plan.title")}>
        <p className="kw-quiet">{t("exchange.downtime.plan.words")}</p>
        <RadioGroup row label={t("exchange.plan.every")} options={OFTEN.map((one) => ({ value: one, label: one === "never" ? t("exchange.downtime.plan.never") : t(`exchange.plan.each.${one}`) }))} value={often} onChange={(value) => form.set({ often: OFTEN.find((one) => one === value) ?? often })} testId="downtime-plan-every" />
        {often === "never" ? null : (
          <div className="kw-tight">
            <div className="kw-row">
              <Button id={fieldId("folder")} aria-describedby={form.wrong("folder") ? "downtime-folder-wrong" : undefined} onPress={() => void form.choose()} testId="downtime-plan-folder">{t("exchange.plan.choose")}</Button>
              <span className="kw-clip">{folder?.name ?? (list.plan ? t("exchange.downtime.plan.folderAgain", { folder: list.plan.folder }) : t("exchange.plan.noFolder"))}</span>
            </div>
            {form.wrong("folder") ? <p className="kw-error" role="alert" id="downtime-folder-wrong" data-testid="downtime-plan-folder-refused">{form.wrong("folder")}</p> : null}
          </div>
        )}
        <div className="kw-tight">
          <div className="kw-pair">
            <PassphraseField label={t("exchange.downtime.plan.passphrase")} value={secret.first} onChange={(first) => form.set({ secret: { ...secret, first } })} autoComplete="new-password" id={fieldId("passphrase")} error={form.wrong("passphrase")} required={!list.has_passphrase} testId="downtime-plan-passphrase" />
            <PassphraseField label={t("common.sealing.again")} value={secret.again} onChange={(again) => form.set({ secret: { ...secret, again } })} autoComplete="new-password" id={fieldId("again")} error={form.wrong("again")} required={!list.has_passphrase} testId="downtime-plan-again" />
          </div>
          <p className="kw-sub">{secretHint}</p>
        </div>
        {form.wrong(null) ? <Banner tone="danger" testId="downtime-plan-refused">{form.wrong(null)}</Banner> : null}
        <div className="kw-row">
          <Button variant="primary" type="submit" isDisabled={form.busy} testId="downtime-plan-save">{t("exchange.plan.save")}</Button>
          <Button variant="quiet" onPress={onClose}>{t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
}

interface Typed {
  often: Often;
  folder: { folder: string; name: string } | null;
  secret: Passphrases;
}

type Field = "folder" | "passphrase" | "again" | null;

interface Problem {
  field: Field;
  words: string;
}

/** What is typed, and the sending of it. A refusal takes nothing away; closing takes the passphrase away. */
function usePlanForm(list: DowntimeList, onClose: () => void) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [typed, setTyped] = useState<Typed>({ often: list.plan?.every ?? "day", folder: null, secret: NO_PASSPHRASES });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  useEffect(() => {
    // The caret goes to where something stands in the way, so that nobody has to look for it.
    if (problem?.field) document.getElementById(fieldId(problem.field))?.focus();
  }, [problem]);
  const attempt = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await work();
    } catch (thrown) {
      setProblem(problemOf(failureOf(thrown), t("common.sealing.short")));
    }
    setBusy(false);
  };
  const send = async () => {
    const { often, folder, secret } = typed;
    await call("shell.plan_downtime", { folder: often === "never" ? null : (folder?.folder ?? null), every: often === "never" ? (list.plan?.every ?? "day") : often, passphrase: secret.first === "" ? null : secret.first });
    await Promise.all([["exchange.downtime"], ["shell.status"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
    onClose();
  };
  return {
    typed,
    set,
    busy,
    wrong: (field: Field) => (problem?.field === field ? problem.words : undefined),
    choose: () => attempt(async () => set({ folder: (await call("shell.choose_folder", {})) ?? typed.folder })),
    save: async () => {
      const found = problemIn(typed, list.has_passphrase, t("exchange.downtime.plan.folderNeeded"));
      if (found) setProblem(found);
      else await attempt(send);
    },
  };
}

/** Says what can be said before anything is sent. Null when nothing stands in the way. */
function problemIn({ often, folder, secret }: Typed, hasPassphrase: boolean, folderWords: string): Problem | null {
  if (often !== "never" && folder === null) return { field: "folder", words: folderWords };
  const stays = hasPassphrase && secret.first === "" && secret.again === "";
  return stays ? null : passphraseProblem(secret);
}

function problemOf(failure: Failure, short: string): Problem {
  if (failure.kind !== "refused") return { field: null, words: failureWords(failure) };
  // The refusal's own words speak of a file that somebody gets; nobody gets this one.
  if (failure.code === "exchange.passphrase_short") return { field: "passphrase", words: short };
  return { field: failure.field === "folder" ? "folder" : null, words: failureWords(failure) };
}
