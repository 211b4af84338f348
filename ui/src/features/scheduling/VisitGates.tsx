import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useChange, useMay, type GateKind, type VisitView } from "../../bridge";
import { Banner, Button, KeyedForm, TextField, toast } from "../../kit";
import { failureWords } from "../../words";
import { GateChips } from "./chips";
import { SCHEDULE_ANSWERS, refreshSchedule } from "./useDayChanges";
import { useFocusBack } from "./useFocusBack";

/** What must be in order before a visit, and, for whoever may, the way on without it. */
export function VisitGates({ visit }: { visit: VisitView }) {
  const { t } = useTranslation();
  const may = useMay();
  const [waiving, setWaiving] = useState<GateKind | null>(null);
  const part = useFocusBack(String(waiving));
  if (visit.gates.length === 0) return null;
  const failed = may("scheduling.waive_gate") ? visit.gates.filter((one) => one.state === "failed") : [];
  return (
    <section ref={part} className="kw-tight" aria-label={t("scheduling.book.before")}>
      <div><div className="kw-label">{t("scheduling.book.before")}</div><GateChips gates={visit.gates} /></div>
      {failed.map(({ gate }) => (waiving === gate
        ? <WaiveForm key={gate} visit={visit} gate={gate} onDone={() => setWaiving(null)} />
        : <div key={gate}><Button variant="quiet" className="kw-start" onPress={() => setWaiving(gate)} testId={`waive-${gate}`}>{t("scheduling.waive.open", { name: t(`scheduling.gate.${gate}`) })}</Button></div>
      ))}
    </section>
  );
}

export interface WaiveFormProps {
  visit: Pick<VisitView, "unit" | "version">;
  gate: GateKind;
  onDone: () => void;
}

/** Asks why a visit goes on although something is not in order. */
export function WaiveForm({ visit, gate, onDone }: WaiveFormProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const send = useChange("scheduling.waive_gate", SCHEDULE_ANSWERS);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const name = t(`scheduling.gate.${gate}`);
  const save = async () => {
    setMissing(reason.trim() === "");
    if (reason.trim() === "" || send.isPending) return;
    try {
      await send.mutateAsync({ input: { unit: visit.unit, version: visit.version, gate, reason: reason.trim() } });
      toast(t("scheduling.waive.done", { name }));
      onDone();
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
      await refreshSchedule(cache);
    }
  };
  return (
    <KeyedForm onSave={() => void save()} enterSaves className="kw-tight sd-reasons" label={t("scheduling.waive.open", { name })}>
      {wrong ? <Banner tone="danger" testId="waive-refused">{wrong}</Banner> : null}
      <TextField label={t("scheduling.waive.reason", { name })} hint={t("scheduling.conflict.reasonHint")} value={reason} onChange={setReason} error={missing && reason.trim() === "" ? t("scheduling.conflict.reasonNeeded") : undefined} autoFocus testId="waive-reason" />
      <div className="kw-row">
        <Button type="submit" variant="primary" isDisabled={send.isPending} testId="waive-save">{t("scheduling.waive.save")}</Button>
        <Button variant="quiet" onPress={onDone}>{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}
