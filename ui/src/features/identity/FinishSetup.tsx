import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type RecoveryKit, type SecondFactor, type SessionView } from "../../bridge";
import { Banner, Button, KeyedForm, PassphraseField } from "../../kit";
import { RecoveryKitSheet, TypeBackWords } from "./RecoveryKitSheet";
import { SecondFactorSteps } from "./SecondFactorSteps";
import { useAttempt } from "./useAttempt";
import { WizardFrame } from "./WizardFrame";

export interface FinishSetupProps {
  session: SessionView;
  practice: string;
  /** The second factor that came with an accepted invitation or a recovery. */
  factor?: SecondFactor | null;
  onFinished: (session: SessionView) => void;
}

/** What was left undone: a recovery kit nobody confirmed, or an authenticator nobody proved. */
export function FinishSetup({ session, practice, factor = null, onFinished }: FinishSetupProps) {
  const [kitDone, setKitDone] = useState(session.recovery_kit_confirmed);
  const [kit, setKit] = useState<RecoveryKit | null>(null);
  const [typing, setTyping] = useState(false);
  const [second, setSecond] = useState(factor);
  const steps = [...(session.recovery_kit_confirmed ? [] : ["kit", "words"]), ...(session.second_factor_confirmed ? [] : ["factor"])];
  const finish = (change: Partial<SessionView>) => {
    const next = { ...session, recovery_kit_confirmed: kitDone, ...change };
    if (next.recovery_kit_confirmed && next.second_factor_confirmed) onFinished(next);
  };
  const kitConfirmed = () => {
    setKitDone(true);
    finish({ recovery_kit_confirmed: true });
  };
  const step = kitDone ? "factor" : typing ? "words" : "kit";
  return (
    <WizardFrame step={step} steps={steps}>
      {step === "kit" && kit === null ? <NewKit onMade={setKit} /> : null}
      {step === "kit" && kit ? <RecoveryKitSheet kit={kit} practice={practice} onNext={() => setTyping(true)} /> : null}
      {step === "words" && kit ? <TypeBackWords count={kit.words.length} onConfirmed={kitConfirmed} onBack={() => setTyping(false)} /> : null}
      {step === "factor" && second === null ? <NewFactor onMade={setSecond} /> : null}
      {step === "factor" && second ? <SecondFactorSteps factor={second} onConfirmed={() => finish({ second_factor_confirmed: true })} /> : null}
    </WizardFrame>
  );
}

export function NewKit({ onMade }: { onMade: (kit: RecoveryKit) => void }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const wrong = attempt.words([]);
  return (
    <div className="kw-stack">
      <p>{t("identity.kit.newWhy")}</p>
      {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
      <div>
        <Button variant="primary" tall isDisabled={attempt.busy} testId="kit-new" onPress={() => void attempt.run(async () => onMade(await call("identity.new_recovery_kit", {})))}>
          {t("identity.kit.new")}
        </Button>
      </div>
    </div>
  );
}

export function NewFactor({ onMade }: { onMade: (factor: SecondFactor) => void }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [passphrase, setPassphrase] = useState("");
  const make = () => attempt.run(async () => onMade(await call("identity.new_second_factor", { passphrase })));
  return (
    <KeyedForm onSave={() => void make()} enterSaves className="kw-stack" label={t("identity.factor.new")}>
      <p>{t("identity.factor.newWhy")}</p>
      <PassphraseField
        label={t("identity.passphrase.current")}
        value={passphrase}
        onChange={setPassphrase}
        error={attempt.words([]) ?? undefined}
        testId="factor-passphrase"
      />
      <div>
        <Button variant="primary" tall type="submit" isDisabled={attempt.busy || passphrase === ""} testId="factor-new">{t("identity.factor.new")}</Button>
      </div>
    </KeyedForm>
  );
}
