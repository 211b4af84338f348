import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, callAs, type Entered, type SessionView } from "../../bridge";
import { Banner, Button, KeyedForm, TextField } from "../../kit";
import { NewPassphrase } from "./NewPassphrase";
import { RecoveryKeyField } from "./RecoveryKeyField";
import { useAttempt } from "./useAttempt";

type Way = "ways" | "recover" | "invitation";
interface WayProps {
  onBack: () => void;
  onEntered: (session: SessionView, second: Entered["second_factor"]) => void;
}

export function CantSignIn({ onBack, onEntered }: WayProps) {
  const { t } = useTranslation();
  const [way, setWay] = useState<Way>("ways");
  if (way === "recover") return <Recover onBack={() => setWay("ways")} onEntered={onEntered} />;
  if (way === "invitation") return <Invitation onBack={() => setWay("ways")} onEntered={onEntered} />;
  return (
    <div className="id-card">
      <h1>{t("identity.lost.title")}</h1>
      <div className="id-ways">
        <div>
          <h2>{t("identity.lost.phone")}</h2>
          <p>{t("identity.lost.phoneWords")}</p>
          <Button onPress={onBack}>{t("identity.lost.phoneDo")}</Button>
        </div>
        <div>
          <h2>{t("identity.lost.forgot")}</h2>
          <p>{t("identity.lost.forgotWords")}</p>
          <Button onPress={() => setWay("invitation")} testId="lost-invitation">{t("identity.lost.invitation")}</Button>
        </div>
        <div>
          <h2>{t("identity.lost.alone")}</h2>
          <p>{t("identity.lost.aloneWords")}</p>
          <Button onPress={() => setWay("recover")} testId="lost-recover">{t("identity.lost.recover")}</Button>
        </div>
      </div>
      <Button variant="quiet" wide onPress={onBack} testId="lost-back">{t("identity.lost.back")}</Button>
    </div>
  );
}

function Recover({ onBack, onEntered }: WayProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [key, setKey] = useState("");
  const [name, setName] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const enter = () =>
    attempt.run(async () => {
      const entered = await call("identity.recover", { recovery_key: key.trim(), user_name: name.trim(), passphrase });
      callAs(entered.session.roles);
      onEntered(entered.session, entered.second_factor);
    });
  const wrong = attempt.words(["recovery_key", "user_name", "passphrase"]);
  return (
    <KeyedForm onSave={() => void enter()} enterSaves className="id-card" label={t("identity.lost.recover")}>
      <h1>{t("identity.lost.recover")}</h1>
      <p>{t("identity.lost.recoverWords")}</p>
      {wrong ? <Banner tone="danger" testId="recover-refused">{wrong}</Banner> : null}
      <RecoveryKeyField value={key} onChange={setKey} error={attempt.fieldWords("recovery_key")} testId="recover-key" />
      <TextField label={t("identity.signIn.userName")} value={name} onChange={setName} autoComplete="username" error={attempt.fieldWords("user_name")} testId="recover-user" />
      <NewPassphrase label={t("identity.passphrase.new")} value={passphrase} onChange={setPassphrase} hints={[name]} error={attempt.fieldWords("passphrase")} testId="recover-passphrase" />
      <Button variant="primary" tall wide type="submit" isDisabled={attempt.busy || key === "" || name === "" || passphrase === ""} testId="recover-submit">{t("identity.lost.recoverDo")}</Button>
      <Button variant="quiet" wide onPress={onBack}>{t("common.back")}</Button>
    </KeyedForm>
  );
}

function Invitation({ onBack, onEntered }: WayProps) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const enter = () =>
    attempt.run(async () => {
      const entered = await call("identity.accept_invitation", { user_name: name.trim(), invitation_code: code.trim(), passphrase });
      callAs(entered.session.roles);
      onEntered(entered.session, entered.second_factor);
    });
  const wrong = attempt.words(["invitation_code", "user_name", "passphrase"]);
  return (
    <KeyedForm onSave={() => void enter()} enterSaves className="id-card" label={t("identity.lost.invitation")}>
      <h1>{t("identity.lost.invitation")}</h1>
      <p>{t("identity.lost.invitationWords")}</p>
      {wrong ? <Banner tone="danger" testId="invitation-refused">{wrong}</Banner> : null}
      <TextField label={t("identity.signIn.userName")} value={name} onChange={setName} autoComplete="username" autoFocus error={attempt.fieldWords("user_name")} testId="invitation-user" />
      <TextField label={t("identity.lost.code")} value={code} onChange={setCode} mono error={attempt.fieldWords("invitation_code")} testId="invitation-code" />
      <NewPassphrase label={t("identity.passphrase.new")} value={passphrase} onChange={setPassphrase} hints={[name]} error={attempt.fieldWords("passphrase")} testId="invitation-passphrase" />
      <Button variant="primary" tall wide type="submit" isDisabled={attempt.busy || name === "" || code === "" || passphrase === ""} testId="invitation-submit">{t("identity.lost.invitationDo")}</Button>
      <Button variant="quiet" wide onPress={onBack}>{t("common.back")}</Button>
    </KeyedForm>
  );
}
