import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { call, callAs, useAnswer, type PracticeCreated, type SessionView } from "../../bridge";
import { Button, ErrorSummary, KeyedForm, fieldId } from "../../kit";
import { failureWords } from "../../words";
import { OwnerStep, type Owner } from "./OwnerStep";
import { NEW_PRACTICE, personName, practiceField, practiceHints, toPractice, type PracticeForm } from "./practice";
import { PracticeFields } from "./PracticeFields";
import { RecoveryKitSheet, TypeBackWords } from "./RecoveryKitSheet";
import type { FoundBackup } from "./restoreJob";
import { RestoreWizard } from "./RestoreWizard";
import { SecondFactorSteps } from "./SecondFactorSteps";
import { useAttempt } from "./useAttempt";
import { WizardFrame } from "./WizardFrame";

const STEPS = ["welcome", "practice", "owner", "kit", "words", "factor", "done"] as const;
export type Step = (typeof STEPS)[number];
const NEW_OWNER: Owner = { name: "", user_name: "", passphrase: "", suite: "xchacha20-poly1305" };

export interface SetupWizardProps {
  onFinished: (session: SessionView) => void;
  onRestored: () => void;
  /** Looks into a backup instead. */
  onLook: () => void;
  /** A backup that somebody opened to bring the practice back from. */
  restoreFrom?: FoundBackup | null;
}

/** First run: a practice begun anew, or one brought back from a backup. */
export function SetupWizard({ onFinished, onRestored, onLook, restoreFrom = null }: SetupWizardProps) {
  const [restoring, setRestoring] = useState(restoreFrom !== null);
  const [start, setStart] = useState(restoreFrom);
  const back = () => {
    setStart(null);
    setRestoring(false);
  };
  if (restoring) return <RestoreWizard start={start} onBack={back} onRestored={onRestored} />;
  return <NewPractice onFinished={onFinished} onRestore={() => setRestoring(true)} onLook={onLook} />;
}

/** From an empty computer to a practice that can be recovered. */
function NewPractice({ onFinished, onRestore, onLook }: { onFinished: (session: SessionView) => void; onRestore: () => void; onLook: () => void }) {
  const [step, setStep] = useState<Step>("welcome");
  const [owner, setOwner] = useState(NEW_OWNER);
  const [created, setCreated] = useState<PracticeCreated | null>(null);
  const attempt = useAttempt();
  const form = useForm<PracticeForm>({ defaultValues: NEW_PRACTICE, resolver: standardSchemaResolver(practiceHints) as never, mode: "onBlur", reValidateMode: "onBlur", shouldFocusError: false });
  const zones = useAnswer("shell.time_zones", {});
  const here = zones.data?.here;
  useEffect(() => {
    if (here && form.getValues("time_zone") === "") form.setValue("time_zone", here);
  }, [here, form]);
  const create = () =>
    attempt.run(async () => {
      const practice = toPractice(form.getValues());
      const made = await call("identity.create_practice", {
        practice,
        owner: { user_name: owner.user_name.trim(), name: personName(owner.name) },
        passphrase: owner.passphrase,
        suite: owner.suite,
      });
      callAs(made.session.roles);
      setCreated(made);
      setOwner({ ...owner, passphrase: "" });
      setStep("kit");
    });
  const refusedField = attempt.failure?.kind === "refused" && attempt.failure.field ? practiceField(attempt.failure.field) : null;
  useEffect(() => {
    // A refusal of the practice's own fields is met on the last button, so the wizard goes back to where it can be mended.
    if (!attempt.failure || !refusedField || attempt.failure.kind !== "refused" || attempt.failure.field?.startsWith("owner")) return;
    form.setError(refusedField, { message: failureWords(attempt.failure) });
    setStep("practice");
  }, [attempt.failure, refusedField, form]);
  return (
    <WizardFrame step={step} steps={STEPS}>
      {step === "welcome" ? <Welcome onNext={() => setStep("practice")} onRestore={onRestore} onLook={onLook} /> : null}
      {step === "practice" ? <PracticeStep form={form} onNext={() => setStep("owner")} onBack={() => setStep("welcome")} /> : null}
      {step === "owner" ? (
        <OwnerStep owner={owner} onChange={setOwner} practice={form.getValues("name")} attempt={attempt} onBack={() => setStep("practice")} onCreate={() => void create()} />
      ) : null}
      {step === "kit" && created ? <RecoveryKitSheet kit={created.kit} practice={form.getValues("name")} onNext={() => setStep("words")} /> : null}
      {step === "words" && created ? <TypeBackWords count={created.kit.words.length} onConfirmed={() => setStep("factor")} onBack={() => setStep("kit")} /> : null}
      {step === "factor" && created ? <SecondFactorSteps factor={created.second_factor} onConfirmed={() => setStep("done")} /> : null}
      {step === "done" && created ? (
        <Done onOpen={() => onFinished({ ...created.session, recovery_kit_confirmed: true, second_factor_confirmed: true })} />
      ) : null}
    </WizardFrame>
  );
}

function Done({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="kw-stack">
      <p>{t("identity.setup.doneWords")}</p>
      <div>
        <Button variant="primary" tall autoFocus onPress={onOpen} testId="setup-finish">{t("identity.setup.open")}</Button>
      </div>
    </div>
  );
}

function Welcome({ onNext, onRestore, onLook }: { onNext: () => void; onRestore: () => void; onLook: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="kw-stack">
      <p className="id-lead">{t("identity.welcome.lead")}</p>
      <ul className="id-list">
        <li>{t("identity.welcome.point1")}</li>
        <li>{t("identity.welcome.point2")}</li>
        <li>{t("identity.welcome.point3")}</li>
      </ul>
      <p className="kw-quiet">{t("identity.welcome.need")}</p>
      <div className="kw-row">
        <Button variant="primary" tall autoFocus onPress={onNext} testId="setup-begin">{t("identity.welcome.begin")}</Button>
        <Button tall onPress={onRestore} testId="setup-restore">{t("identity.welcome.restore")}</Button>
        <Button variant="quiet" tall onPress={onLook} testId="look-open">{t("identity.copy.open")}</Button>
      </div>
      <p className="kw-sub">{t("identity.welcome.restoreWhy")}</p>
    </div>
  );
}

function PracticeStep({ form, onNext, onBack }: { form: ReturnType<typeof useForm<PracticeForm>>; onNext: () => void; onBack: () => void }) {
  const { t, i18n } = useTranslation();
  const { errors, submitCount } = form.formState;
  const problems = Object.entries(errors).flatMap(([name, error]) => {
    const message = (error as { message?: string }).message;
    return message && submitCount > 0 ? [{ id: fieldId(name), label: "", words: i18n.exists(message) ? t(message) : message }] : [];
  });
  return (
    <KeyedForm onSave={() => void form.handleSubmit(onNext)()} className="kw-stack" label={t("identity.setup.practice")}>
      <p>{t("identity.practice.why")}</p>
      <ErrorSummary problems={problems} attempt={submitCount} />
      <PracticeFields control={form.control} />
      <div className="kw-row">
        <Button variant="primary" tall type="submit" shortcut="Ctrl Enter" testId="setup-practice-next">{t("common.continue")}</Button>
        <Button variant="quiet" tall onPress={onBack} testId="setup-back">{t("common.back")}</Button>
      </div>
    </KeyedForm>
  );
}
