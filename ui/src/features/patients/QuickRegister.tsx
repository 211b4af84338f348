import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, refusalCode, useChange, type Demographics, type PossibleDuplicate } from "../../bridge";
import { Badge, Banner, Button, DateField, KeyedForm, RadioGroup, TextField, isCivil } from "../../kit";
import { civilText, failureWords } from "../../words";

export interface QuickRegisterProps {
  onMade: (patient: string, name: string, mrn: string) => void;
  onCancel: () => void;
}

interface Typed {
  family: string;
  given: string;
  birth: string;
  sex: string;
  phone: string;
}

const NOTHING: Typed = { family: "", given: "", birth: "", sex: "", phone: "" };

/** What the record needs to begin with; the rest is asked for when the patient is there. */
function demographicsOf(typed: Typed): Demographics {
  const phone = typed.phone.trim();
  return {
    name: { family: typed.family.trim(), given: typed.given.trim().split(/\s+/), prefix: null, suffix: null },
    date_of_birth: typed.birth,
    administrative_sex: typed.sex as Demographics["administrative_sex"],
    channels: phone === "" ? [] : [{ kind: "phone", use: "mobile", value: phone, consent: true, voicemail_allowed: false, preferred: true }],
  };
}

const FIELDS: Record<string, keyof Typed> = { name: "family", date_of_birth: "birth", administrative_sex: "sex", channels: "phone" };

/** Registers somebody inside another task: five fields, and a look at who may be the same person. */
export function QuickRegister({ onMade, onCancel }: QuickRegisterProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(NOTHING);
  const [wrong, setWrong] = useState<Partial<Record<keyof Typed | "form", string>>>({});
  const [alike, setAlike] = useState<readonly PossibleDuplicate[]>([]);
  const [reason, setReason] = useState("");
  const register = useChange("patients.register", ["patients.search"]);
  const set = (part: Partial<Typed>) => setTyped((before) => ({ ...before, ...part }));
  const missing = () => ({
    ...(typed.family.trim() ? {} : { family: t("patients.form.familyNeeded") }),
    ...(typed.given.trim() ? {} : { given: t("patients.form.givenNeeded") }),
    ...(isCivil(typed.birth) ? {} : { birth: t("patients.form.birthUnreadable") }),
    ...(typed.sex ? {} : { sex: t("patients.form.sexNeeded") }),
  });
  const save = async () => {
    const needed = missing();
    setWrong(needed);
    if (Object.keys(needed).length > 0 || register.isPending) return;
    const demographics = demographicsOf(typed);
    try {
      const override = alike.length > 0 && reason.trim() !== "" ? { duplicate_override: reason.trim() } : {};
      const made = await register.mutateAsync({ input: { ...demographics, ...override } });
      onMade(made.patient, `${typed.family.trim()}, ${typed.given.trim()}`, made.mrn);
    } catch (thrown) {
      if (refusalCode(thrown) === "patients.possible_duplicate") return setAlike((await call("patients.possible_duplicates", demographics)).rows);
      const failure = failureOf(thrown);
      const field = failure.kind === "refused" && failure.field ? (FIELDS[failure.field.split(".")[0] ?? ""] ?? "form") : "form";
      setWrong({ [field]: failureWords(failure) });
    }
    return undefined;
  };
  const sexes = (["F", "M", "U"] as const).map((value) => ({ value, label: t(`patients.sex.${value}`) }));
  return (
    <KeyedForm onSave={() => void save()} className="kw-tight" label={t("patients.form.newTitle")} testId="quick-register">
      <h3>{t("patients.form.newTitle")}</h3>
      {wrong.form ? <Banner tone="danger">{wrong.form}</Banner> : null}
      <TextField label={t("patients.form.family")} value={typed.family} onChange={(family) => set({ family })} error={wrong.family} autoFocus testId="quick-family" />
      <TextField label={t("patients.form.given")} value={typed.given} onChange={(given) => set({ given })} error={wrong.given} testId="quick-given" />
      <DateField label={t("patients.form.dateOfBirth")} value={typed.birth} onChange={(birth) => set({ birth })} error={wrong.birth} testId="quick-birth" />
      <RadioGroup label={t("patients.form.sex")} options={sexes} value={typed.sex} onChange={(sex) => set({ sex })} error={wrong.sex} row testId="quick-sex" />
      <TextField label={t("patients.form.phone")} type="tel" value={typed.phone} onChange={(phone) => set({ phone })} error={wrong.phone} testId="quick-phone" />
      {alike.length > 0 ? <Alike rows={alike} reason={reason} onReason={setReason} onTake={(row) => onMade(row.patient, row.display_name, row.mrn)} /> : null}
      <div className="kw-row">
        <Button variant="primary" type="submit" shortcut="Ctrl Enter" isDisabled={register.isPending || (alike.length > 0 && reason.trim().length < 3)} testId="quick-save">{t(alike.length > 0 ? "patients.duplicate.override" : "patients.form.register")}</Button>
        <Button variant="quiet" onPress={onCancel} testId="quick-cancel">{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}

/** Who may be the same person: taking the record that exists is the first way. */
function Alike({ rows, reason, onReason, onTake }: { rows: readonly PossibleDuplicate[]; reason: string; onReason: (reason: string) => void; onTake: (row: PossibleDuplicate) => void }) {
  const { t } = useTranslation();
  return (
    <div className="kw-tight" role="group" aria-label={t("patients.duplicate.title")} data-testid="quick-alike">
      <b>{t("patients.duplicate.title")}</b>
      {rows.map((row) => (
        <Button key={row.patient} className="pt-pick" onPress={() => onTake(row)} testId="quick-take">
          <b>{row.display_name}</b>
          <span className="kw-sub">{civilText(row.date_of_birth)} · {row.administrative_sex} · <span className="kw-mono">{row.mrn}</span></span>
          <Badge tone={row.verdict === "same" ? "danger" : "warn"}>{t(`patients.duplicate.${row.verdict}`)}</Badge>
        </Button>
      ))}
      <TextField label={t("patients.duplicate.reason")} hint={t("patients.duplicate.reasonHint")} value={reason} onChange={onReason} testId="quick-reason" />
    </div>
  );
}
