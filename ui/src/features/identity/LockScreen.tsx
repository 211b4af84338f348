import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, callAs, refusalCode, type SessionView, type ShellStatus } from "../../bridge";
import { Banner, Button, CodeField, KeyedForm, PassphraseField } from "../../kit";
import { DoorFrame } from "./DoorFrame";
import { useAttempt } from "./useAttempt";

export interface LockScreenProps {
  status: ShellStatus;
  kept: number;
  onEntered: (session: SessionView) => void;
  onSignOut: () => void;
}

/** A kind lock: it says that nothing is lost and asks for as little as the rules allow. */
export function LockScreen({ status, kept, onEntered, onSignOut }: LockScreenProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [passphrase, setPassphrase] = useState("");
  const [code, setCode] = useState("");
  const [codeNeeded, setCodeNeeded] = useState(false);
  const enter = () =>
    attempt.run(async () => {
      try {
        const session = await call("identity.unlock", { passphrase, code: codeNeeded ? code.trim() : null });
        callAs(session.roles);
        onEntered(session);
      } catch (thrown) {
        if (refusalCode(thrown) === "identity.code_needed") setCodeNeeded(true);
        setCode("");
        throw thrown;
      }
    });
  const onlyCode = attempt.failure?.kind === "refused" && attempt.failure.code === "identity.code_needed";
  const wrong = onlyCode ? null : attempt.words(["passphrase", "code"]);
  return (
    <DoorFrame status={status}>
      <KeyedForm onSave={() => void enter()} enterSaves className="id-card" label={t("identity.lock.title")} testId="lock-screen">
        <div className="kw-tight">
          <h1>{t("identity.lock.title")}</h1>
          <p className="kw-quiet">{t(kept > 0 ? "identity.lock.kept" : "identity.lock.same", { name: status.locked_user ?? "" })}</p>
        </div>
        {wrong ? <Banner tone="danger" testId="unlock-refused">{wrong}</Banner> : null}
        {onlyCode ? <Banner tone="info">{t("identity.lock.codeToo")}</Banner> : null}
        <PassphraseField label={t("identity.passphrase.of", { name: status.locked_user ?? "" })} value={passphrase} onChange={setPassphrase} autoFocus error={attempt.fieldWords("passphrase")} testId="unlock-passphrase" />
        {codeNeeded ? <CodeField label={t("identity.signIn.code")} value={code} onChange={setCode} autoFocus error={onlyCode ? undefined : attempt.fieldWords("code")} testId="unlock-code" recovery /> : null}
        <Button variant="primary" tall wide type="submit" isDisabled={attempt.busy || passphrase === ""} testId="unlock-submit">{t(attempt.busy ? "identity.signIn.opening" : "identity.lock.unlock")}</Button>
        <Button variant="quiet" wide onPress={onSignOut} testId="unlock-sign-out">{t("identity.lock.other")}</Button>
      </KeyedForm>
    </DoorFrame>
  );
}
