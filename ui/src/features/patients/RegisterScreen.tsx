import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, refusalCode, useChange, type Demographics, type PossibleDuplicate } from "../../bridge";
import { Badge, Button, KeyedForm, SideFlyout, TextField, settleDraft, toast, useGo, useShortcuts } from "../../kit";
import { civilText, type Translate } from "../../words";
import { EMPTY_FORM } from "./demographics";
import { RegistrationForm } from "./RegistrationForm";

const SCREEN = "/patients/new";

interface Suspicion {
  typed: Demographics;
  rows: PossibleDuplicate[];
}

export function RegisterScreen() {
  const { t } = useTranslation();
  const { go, back } = useGo();
  const [suspicion, setSuspicion] = useState<Suspicion | null>(null);
  const register = useChange("patients.register", ["patients.search"]);
  useShortcuts([{ keys: "$mod+Enter", shown: "Ctrl Enter", words: t("patients.form.register"), run: () => {} }]);
  const save = async (demographics: Demographics, override: string | null = null) => {
    try {
      const made = await register.mutateAsync({ input: { ...demographics, ...(override ? { duplicate_override: override } : {}) } });
      toast(t("patients.form.registered", { mrn: made.mrn }));
      settleDraft(SCREEN);
      go(`/patients/${made.patient}`);
      return true;
    } catch (thrown) {
      if (refusalCode(thrown) !== "patients.possible_duplicate") throw thrown;
      const { rows } = await call("patients.possible_duplicates", demographics);
      setSuspicion({ typed: demographics, rows });
      return false;
    }
  };
  return (
    <div className="screen">
      <div className="screen-bar"><h1>{t("patients.form.newTitle")}</h1></div>
      <div className="screen-split">
        <div className="screen-main">
          <RegistrationForm label={t("patients.form.newTitle")} screen={SCREEN} initial={EMPTY_FORM} saveWords={t("patients.form.register")} onSave={(demographics) => save(demographics)} onCancel={back} />
        </div>
        {suspicion ? (
          <Duplicates suspicion={suspicion} onClose={() => setSuspicion(null)} onOpen={(patient) => go(`/patients/${patient}`)} onOverride={(reason) => save(suspicion.typed, reason)} />
        ) : null}
      </div>
    </div>
  );
}

interface DuplicatesProps {
  suspicion: Suspicion;
  onClose: () => void;
  onOpen: (patient: string) => void;
  onOverride: (reason: string) => Promise<boolean>;
}

/** The person being registered beside those who look like the same person. */
function Duplicates({ suspicion, onClose, onOpen, onOverride }: DuplicatesProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const override = async () => {
    setBusy(true);
    try {
      await onOverride(reason.trim());
    } catch {
      setWrong(t("patients.duplicate.failed"));
      setBusy(false);
    }
  };
  const typed = suspicion.typed;
  return (
    <SideFlyout title={t("patients.duplicate.title")} sub={t("patients.duplicate.sub", { count: suspicion.rows.length })} onClose={onClose} testId="duplicates">
      <div className="pt-same">
        <h3>{t("patients.duplicate.typed")}</h3>
        <b>{typed.name.family}, {typed.name.given.join(" ")}</b>
        <span>{civilText(typed.date_of_birth)} · {typed.administrative_sex}</span>
      </div>
      {suspicion.rows.map((row) => (
        <div key={row.patient} className="pt-same pt-same-found" data-testid="duplicate-row">
          <div className="kw-row">
            <b className="kw-grow">{row.display_name}</b>
            <Badge tone={row.verdict === "same" ? "danger" : "warn"}>{t(`patients.duplicate.${row.verdict}`)}</Badge>
          </div>
          <span>{civilText(row.date_of_birth)} · {row.administrative_sex} · <span className="kw-mono">{row.mrn}</span></span>
          <span className="kw-sub">{t("patients.duplicate.agrees", { what: fieldList(row.agrees, t) })}</span>
          {row.differs.length > 0 ? <span className="kw-sub">{t("patients.duplicate.differs", { what: fieldList(row.differs, t) })}</span> : null}
          <div><Button onPress={() => onOpen(row.patient)} testId="duplicate-open">{t("patients.duplicate.open")}</Button></div>
        </div>
      ))}
      <KeyedForm onSave={() => void override()} enterSaves className="kw-tight pt-override" label={t("patients.duplicate.override")}>
        <TextField label={t("patients.duplicate.reason")} hint={t("patients.duplicate.reasonHint")} value={reason} onChange={setReason} error={wrong || undefined} testId="duplicate-reason" />
        <div><Button type="submit" isDisabled={busy || reason.trim().length < 3} testId="duplicate-override">{t("patients.duplicate.override")}</Button></div>
      </KeyedForm>
    </SideFlyout>
  );
}

/** Names fields in words: "date of birth, phone". */
export function fieldList(fields: readonly string[], t: Translate): string {
  return fields.map((field) => t(`patients.field.${field.split(".")[0]}`, { defaultValue: field.replace(/_/g, " ") }).toLowerCase()).join(", ");
}
