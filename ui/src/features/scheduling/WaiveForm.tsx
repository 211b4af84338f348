import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "../../bridge";
import { Banner, Button, KeyedForm, TextField, toast } from "../../kit";
import { failureWords } from "../../words";
import { refreshSchedule } from "./useDayChanges";

/** What is waived, and how. */
export interface Waiving {
  /** What it is called. */
  name: string;
  /** Asks why it goes on all the same. */
  ask: string;
  /** Says where the reason is kept. */
  hint: string;
  send: (reason: string) => Promise<unknown>;
}

/** Opens the form below. */
export function WaiveButton({ name, onOpen, testId }: { name: string; onOpen: () => void; testId: string }) {
  const { t } = useTranslation();
  return <Button variant="quiet" className="kw-start" onPress={onOpen} testId={testId}>{t("scheduling.waive.open", { name })}</Button>;
}

/** Asks why something goes on although it is not in order, of a visit or of an operation. */
export function WaiveForm({ name, ask, hint, send, onDone }: Waiving & { onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setMissing(reason.trim() === "");
    if (reason.trim() === "" || busy) return;
    setBusy(true);
    try {
      await send(reason.trim());
      toast(t("scheduling.waive.done", { name }));
      onDone();
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
      await refreshSchedule(cache);
    }
    setBusy(false);
  };
  return (
    <KeyedForm onSave={() => void save()} enterSaves className="kw-tight sd-reasons" label={t("scheduling.waive.open", { name })}>
      {wrong ? <Banner tone="danger" testId="waive-refused">{wrong}</Banner> : null}
      <TextField label={ask} hint={hint} value={reason} onChange={setReason} error={missing && reason.trim() === "" ? t("scheduling.conflict.reasonNeeded") : undefined} autoFocus testId="waive-reason" />
      <div className="kw-row">
        <Button type="submit" variant="primary" isDisabled={busy} testId="waive-save">{t("scheduling.waive.save")}</Button>
        <Button variant="quiet" onPress={onDone} testId="waive-cancel">{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}
