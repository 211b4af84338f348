import { Copy, Printer } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, useChange, type Invited, type Role } from "../../bridge";
import { Banner, Button, KeyedForm, Select, SideFlyout, TextField, toast } from "../../kit";
import { dateTimeText } from "../../words";
import { personName } from "./practice";
import { useAttempt } from "./useAttempt";

export const ROLES: readonly Role[] = ["physician", "nurse", "receptionist", "biller", "department_manager", "privacy_officer", "security_officer", "auditor", "it_support", "owner"];

export function InviteFlyout({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const invite = useChange("identity.invite", ["identity.staff"]);
  const [name, setName] = useState("");
  const [userName, setUserName] = useState("");
  const [role, setRole] = useState("");
  const [made, setMade] = useState<Invited | null>(null);
  const send = () =>
    attempt.run(async () => {
      const roles = role === "" ? [] : [{ role: role as Role, valid_from: null, valid_until: null }];
      setMade(await invite.mutateAsync({ input: { user_name: userName.trim(), name: personName(name), roles } }));
    });
  if (made) return <InvitationCode made={made} userName={userName} onClose={onClose} />;
  const wrong = attempt.words(["user_name", "name.family", "name", "roles"]);
  return (
    <SideFlyout
      title={t("identity.staff.invite")}
      onClose={onClose}
      footer={
        <>
          <Button variant="primary" shortcut="Ctrl Enter" isDisabled={attempt.busy || name === "" || userName === "" || role === ""} onPress={() => void send()} testId="invite-send">{t("identity.staff.makeCode")}</Button>
          <Button variant="quiet" onPress={onClose}>{t("common.cancel")}</Button>
        </>
      }
    >
      <KeyedForm onSave={() => void send()} className="kw-stack" label={t("identity.staff.invite")}>
        <p className="kw-quiet">{t("identity.staff.inviteWords")}</p>
        {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
        <TextField label={t("identity.staff.personName")} hint={t("identity.owner.nameHint")} value={name} onChange={setName} autoFocus required error={attempt.fieldWords("name.family") ?? attempt.fieldWords("name")} testId="invite-name" />
        <TextField label={t("identity.signIn.userName")} value={userName} onChange={setUserName} required error={attempt.fieldWords("user_name")} testId="invite-user" />
        <Select label={t("identity.staff.role")} options={ROLES.map((one) => ({ value: one, label: t(`common.role.${one}`) }))} value={role} onChange={setRole} required error={attempt.fieldWords("roles")} testId="invite-role" />
        {role ? <p className="kw-hint">{t(`identity.roleMeans.${role}`)}</p> : null}
      </KeyedForm>
    </SideFlyout>
  );
}

/** The one-time code, shown once. */
export function InvitationCode({ made, userName, onClose }: { made: Invited; userName: string; onClose: () => void }) {
  const { t } = useTranslation();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.invitation_code);
      toast(t("identity.staff.copied"));
    } catch {
      toast(t("identity.staff.notCopied"), { tone: "danger" });
    }
  };
  return (
    <SideFlyout title={t("identity.staff.codeTitle")} onClose={onClose} footer={<Button variant="primary" onPress={onClose} testId="invite-done">{t("common.done")}</Button>}>
      <p>{t("identity.staff.codeWords", { userName })}</p>
      <div className="id-sheet">
        <header><h2>{t("identity.staff.codeSheet")}</h2></header>
        <p className="id-invitation kw-mono" data-testid="invitation-code-shown">{made.invitation_code}</p>
        <p className="kw-hint">{t("identity.staff.codeUntil", { when: dateTimeText(made.expires_at), userName })}</p>
      </div>
      <div className="kw-row">
        <Button icon={<Copy size={14} aria-hidden="true" />} onPress={() => void copy()} testId="invite-copy">{t("common.copy")}</Button>
        <Button icon={<Printer size={14} aria-hidden="true" />} onPress={() => void call("shell.print", {})} testId="invite-print">{t("common.print")}</Button>
      </div>
      <Banner tone="warn">{t("identity.staff.codeOnce")}</Banner>
    </SideFlyout>
  );
}
