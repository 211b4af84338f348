import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, callAs, type Entered, type SessionView, type ShellStatus } from "../../bridge";
import { Banner, Button, CodeField, KeyedForm, PassphraseField, TextField } from "../../kit";
import { CantSignIn } from "./CantSignIn";
import { DoorFrame } from "./DoorFrame";
import { useAttempt } from "./useAttempt";

export interface SignInScreenProps {
  status: ShellStatus;
  onEntered: (session: SessionView, second?: Entered["second_factor"]) => void;
  /** Looks into a backup instead. */
  onLook: () => void;
}

export function SignInScreen({ status, onEntered, onLook }: SignInScreenProps) {
  const [lost, setLost] = useState(false);
  return (
    <DoorFrame status={status}>
      {lost ? <CantSignIn onBack={() => setLost(false)} onEntered={onEntered} /> : <SignInForm copy={status.copy_made_at !== null} onLost={() => setLost(true)} onEntered={onEntered} onLook={onLook} />}
    </DoorFrame>
  );
}

/** The greeting for an hour of the day. */
export function greeting(hour: number): "morning" | "afternoon" | "evening" {
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}

const FIELDS = ["user_name", "passphrase", "code"];

interface SignInFormProps {
  /** Nothing can be changed in a copy, so neither an invitation nor the kit lets anybody in there. */
  copy: boolean;
  onLost: () => void;
  onEntered: (session: SessionView) => void;
  onLook: () => void;
}

function SignInForm({ copy, onLost, onEntered, onLook }: SignInFormProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const [code, setCode] = useState("");
  const enter = () =>
    attempt.run(async () => {
      try {
        const session = await call("identity.sign_in", { user_name: name.trim(), passphrase, code: code.trim() });
        callAs(session.roles);
        onEntered(session);
      } catch (thrown) {
        // A code is good for one try, so it is never left standing for a second.
        setCode("");
        throw thrown;
      }
    });
  const wrong = attempt.words(FIELDS);
  return (
    <KeyedForm onSave={() => void enter()} enterSaves className="id-card" label={t("identity.signIn.title")}>
      <h1>{t(`identity.signIn.${greeting(new Date().getHours())}`)}</h1>
      {wrong ? <Banner tone="danger" testId="sign-in-refused">{wrong}</Banner> : null}
      <TextField label={t("identity.signIn.userName")} value={name} onChange={setName} autoComplete="username" autoFocus error={attempt.fieldWords("user_name")} testId="sign-in-user" />
      <PassphraseField label={t("identity.passphrase.label")} value={passphrase} onChange={setPassphrase} error={attempt.fieldWords("passphrase")} testId="sign-in-passphrase" />
      <CodeField label={t("identity.signIn.code")} value={code} onChange={setCode} error={attempt.fieldWords("code")} testId="sign-in-code" recovery />
      <Button variant="primary" tall wide type="submit" isDisabled={attempt.busy || name.trim() === "" || passphrase === ""} testId="sign-in-submit">
        {t(attempt.busy ? "identity.signIn.opening" : copy ? "identity.copy.enter" : "identity.signIn.open")}
      </Button>
      {copy ? null : (
        <div className="id-quiet-ways">
          <Button variant="quiet" onPress={onLost} testId="sign-in-lost">{t("identity.signIn.lost")}</Button>
          <Button variant="quiet" onPress={onLook} testId="look-open">{t("identity.copy.open")}</Button>
        </div>
      )}
    </KeyedForm>
  );
}
