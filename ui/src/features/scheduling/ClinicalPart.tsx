import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useChange, useMay, type ClinicalVisitView } from "../../bridge";
import { Banner, Button, KeyedForm, TextField, toast, useDraft } from "../../kit";
import { failureWords } from "../../words";

/** Why the patient comes: asked for apart, and only for who treats. */
export function ClinicalPart({ unit }: { unit: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const answer = useAnswer("scheduling.clinical_visit", { unit }, { fresh: true });
  const [editing, setEditing] = useState(false);
  const seen = answer.data;
  if (answer.error) return <Banner tone="danger">{failureWords(failureOf(answer.error))}</Banner>;
  if (!seen) return null;
  return (
    <section className="sd-clinical" aria-label={t("scheduling.clinical.title")} data-testid="clinical">
      <h3>{t("scheduling.clinical.title")}</h3>
      {editing ? (
        <ReasonForm unit={unit} seen={seen} onDone={() => setEditing(false)} />
      ) : (
        <>
          <b>{seen.product_name}</b>
          <p>{seen.reason_for_visit ?? t("scheduling.clinical.none")}</p>
          {seen.procedure_detail ? <p>{seen.procedure_detail}</p> : null}
          {may("scheduling.note_reason") ? <Button variant="quiet" className="kw-start" onPress={() => setEditing(true)} testId="reason-edit">{t("scheduling.clinical.edit")}</Button> : null}
        </>
      )}
    </section>
  );
}

function ReasonForm({ unit, seen, onDone }: { unit: string; seen: ClinicalVisitView; onDone: () => void }) {
  const { t } = useTranslation();
  const note = useChange("scheduling.note_reason", ["scheduling.clinical_visit"]);
  const [reason, setReason] = useState(seen.reason_for_visit ?? "");
  const [detail, setDetail] = useState(seen.procedure_detail ?? "");
  const [wrong, setWrong] = useState<string | null>(null);
  const settle = useDraft(`/day#reason-${unit}`, () => (reason !== (seen.reason_for_visit ?? "") || detail !== (seen.procedure_detail ?? "") ? JSON.stringify({ reason, detail }) : null), (content) => {
    const kept = JSON.parse(content) as { reason: string; detail: string };
    setReason(kept.reason);
    setDetail(kept.detail);
  });
  const save = async () => {
    try {
      await note.mutateAsync({ input: { unit, reason_for_visit: reason.trim(), procedure_detail: detail.trim() } });
      settle();
      toast(t("common.saved"));
      onDone();
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
    }
  };
  return (
    <KeyedForm onSave={() => void save()} className="kw-tight" label={t("scheduling.clinical.title")}>
      {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
      <TextField label={t("scheduling.clinical.reason")} value={reason} onChange={setReason} lines={2} autoFocus testId="reason-text" />
      <TextField label={t("scheduling.clinical.detail")} value={detail} onChange={setDetail} lines={2} testId="reason-detail" />
      <div className="kw-row">
        <Button type="submit" variant="primary" isDisabled={note.isPending} testId="reason-save">{t("common.save")}</Button>
        <Button variant="quiet" onPress={() => { settle(); onDone(); }}>{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}
