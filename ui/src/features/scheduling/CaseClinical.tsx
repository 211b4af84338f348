import { EyeOff, Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useChange, useMay, type ClinicalCaseView, type Laterality } from "../../bridge";
import { Banner, Button, KeyedForm, RadioGroup, TextField, fieldId, toast, useDraft, waitingDrafts } from "../../kit";
import { dateTimeText, failureWords } from "../../words";
import { useFocusBack } from "./useFocusBack";

/** What is to be done, as it is typed. */
export interface Clinical {
  procedure: string;
  laterality: Laterality;
  anaesthesia: string;
  note: string;
}

export const NOTHING_CLINICAL: Clinical = { procedure: "", laterality: "none", anaesthesia: "", note: "" };
export const LATERALITIES: readonly Laterality[] = ["none", "left", "right", "both"];

export const clinicalDraft = (id: string) => `/day/theatre#clinical-${id}`;

/** What is done in a case. It is asked for only when somebody opens it, because each look is kept in the log. */
export function CaseClinical({ id }: { id: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const begun = () => waitingDrafts.get().some((one) => one.screen === clinicalDraft(id));
  const [open, setOpen] = useState(begun);
  const [editing, setEditing] = useState(begun);
  const part = useFocusBack(`${open}-${editing}`);
  const answer = useAnswer("scheduling.clinical_case", { case: id }, { fresh: true, enabled: open });
  const seen = open ? answer.data : undefined;
  return (
    <section ref={part} className="sd-clinical" aria-label={t("scheduling.theatre.clinical")} data-testid="case-clinical">
      <h3>{t("scheduling.theatre.clinical")}</h3>
      {open ? null : <Button variant="quiet" className="kw-start" icon={<EyeOff size={14} aria-hidden="true" />} onPress={() => setOpen(true)} testId="clinical-open">{t("scheduling.theatre.clinicalOpen")}</Button>}
      {open && answer.error ? <Banner tone="danger">{failureWords(failureOf(answer.error))}</Banner> : null}
      {seen && editing ? <ClinicalForm id={id} seen={seen.detail} onDone={() => setEditing(false)} /> : null}
      {seen && !editing ? (
        <>
          <ClinicalSeen seen={seen.detail} />
          {may("scheduling.note_case") ? <Button variant="quiet" className="kw-start" icon={<Pencil size={14} aria-hidden="true" />} onPress={() => setEditing(true)} testId="clinical-edit">{t("scheduling.theatre.clinicalEdit")}</Button> : null}
        </>
      ) : null}
    </section>
  );
}

function ClinicalSeen({ seen }: { seen: ClinicalCaseView["detail"] }) {
  const { t } = useTranslation();
  if (!seen) return <p className="kw-sub" data-testid="clinical-none">{t("scheduling.theatre.clinicalNone")}</p>;
  return (
    <>
      <b data-testid="clinical-procedure">{seen.procedure}</b>
      <dl className="kw-kv sd-kv">
        <dt>{t("scheduling.theatre.laterality")}</dt><dd>{t(`scheduling.theatre.side.${seen.laterality}`)}</dd>
        {seen.anaesthesia ? <><dt>{t("scheduling.theatre.anaesthesia")}</dt><dd>{seen.anaesthesia}</dd></> : null}
        {seen.note ? <><dt>{t("scheduling.theatre.clinicalNote")}</dt><dd className="sd-note">{seen.note}</dd></> : null}
      </dl>
      <span className="kw-sub">{seen.noted_by}, {dateTimeText(seen.noted_at)}</span>
    </>
  );
}

function ClinicalForm({ id, seen, onDone }: { id: string; seen: ClinicalCaseView["detail"]; onDone: () => void }) {
  const { t } = useTranslation();
  const note = useChange("scheduling.note_case", ["scheduling.clinical_case"]);
  const [start] = useState<Clinical>(() => ({ procedure: seen?.procedure ?? "", laterality: seen?.laterality ?? "none", anaesthesia: seen?.anaesthesia ?? "", note: seen?.note ?? "" }));
  const [typed, setTyped] = useState(start);
  const [wrong, setWrong] = useState<string | null>(null);
  const settle = useDraft(clinicalDraft(id), () => (JSON.stringify(typed) === JSON.stringify(start) ? null : JSON.stringify(typed)), (content) => setTyped({ ...start, ...(JSON.parse(content) as Partial<Clinical>) }));
  const save = async () => {
    if (note.isPending) return;
    try {
      await note.mutateAsync({ input: { case: id, ...trimmed(typed) } });
      settle();
      toast(t("common.saved"));
      onDone();
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
    }
  };
  return (
    <KeyedForm onSave={() => void save()} className="kw-tight" label={t("scheduling.theatre.clinical")}>
      {wrong ? <Banner tone="danger" testId="clinical-refused">{wrong}</Banner> : null}
      <ClinicalFields typed={typed} onChange={(part) => setTyped((before) => ({ ...before, ...part }))} autoFocus />
      <div className="kw-row">
        <Button type="submit" variant="primary" isDisabled={note.isPending} testId="clinical-save">{t("common.save")}</Button>
        <Button variant="quiet" onPress={() => { settle(); onDone(); }}>{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}

export function trimmed({ procedure, laterality, anaesthesia, note }: Clinical): Clinical {
  return { procedure: procedure.trim(), laterality, anaesthesia: anaesthesia.trim(), note: note.trim() };
}

export function ClinicalFields({ typed, onChange, autoFocus = false, error }: { typed: Clinical; onChange: (part: Partial<Clinical>) => void; autoFocus?: boolean; error?: string | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      <TextField id={fieldId("procedure")} label={t("scheduling.theatre.procedure")} error={error} value={typed.procedure} onChange={(procedure) => onChange({ procedure })} lines={2} autoFocus={autoFocus} testId="clinical-procedure-text" />
      <RadioGroup label={t("scheduling.theatre.laterality")} row options={LATERALITIES.map((one) => ({ value: one, label: t(`scheduling.theatre.side.${one}`) }))} value={typed.laterality} onChange={(laterality) => onChange({ laterality: laterality as Laterality })} testId="clinical-side" />
      <TextField label={t("scheduling.theatre.anaesthesia")} value={typed.anaesthesia} onChange={(anaesthesia) => onChange({ anaesthesia })} testId="clinical-anaesthesia" />
      <TextField label={t("scheduling.theatre.clinicalNote")} value={typed.note} onChange={(text) => onChange({ note: text })} lines={2} testId="clinical-note" />
    </>
  );
}
