import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useMay, useSession, type Input, type Invited, type Role, type StaffCard, type TerminationChecklist } from "../../bridge";
import { Badge, Banner, Button, Checkbox, DateField, Select, SideFlyout, isCivil, toast } from "../../kit";
import { civilText, dateTimeText } from "../../words";
import { InvitationCode, ROLES } from "./InviteFlyout";
import { useAttempt } from "./useAttempt";

/** One person of the staff, with everything one may do about them. */
export function StaffFlyout({ card, onClose }: { card: StaffCard; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  const attempt = useAttempt();
  const [reset, setReset] = useState<Invited | null>(null);
  const suspend = useChange("identity.suspend", ["identity.staff"]);
  const reinstate = useChange("identity.reinstate", ["identity.staff"]);
  const resetSignIn = useChange("identity.reset_sign_in", ["identity.staff"]);
  if (reset) return <InvitationCode made={reset} userName={card.user_name} onClose={onClose} />;
  const self = card.staff === session.staff;
  const input = { staff: card.staff };
  const put = (words: string, change: () => Promise<unknown>, undo?: () => Promise<unknown>) =>
    attempt.run(async () => {
      await change();
      toast(words, undo ? { undo: () => void attempt.run(async () => void (await undo())) } : {});
    });
  const wrong = attempt.words([]);
  return (
    <SideFlyout title={card.display_name} sub={<span className="kw-mono">{card.user_name}</span>} onClose={onClose} testId="staff-flyout">
      {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
      {card.invited_until ? <Banner tone="info">{t("identity.staff.invitedUntil", { when: dateTimeText(card.invited_until) })}</Banner> : null}
      <Roles card={card} />
      {may("identity.record_training") ? <Training card={card} /> : null}
      <section className="kw-tight">
        <h3>{t("identity.staff.signIn")}</h3>
        <div className="kw-row">
          {may("identity.reset_sign_in") && !self ? (
            <Button onPress={() => void attempt.run(async () => setReset(await resetSignIn.mutateAsync({ input })))} testId="staff-reset">{t("identity.staff.reset")}</Button>
          ) : null}
          {may("identity.suspend") && card.status === "active" && !self ? (
            <Button
              variant="danger"
              onPress={() => void put(t("identity.staff.suspended", { name: card.display_name }), () => suspend.mutateAsync({ input }), () => reinstate.mutateAsync({ input }))}
              testId="staff-suspend"
            >
              {t("identity.staff.suspend")}
            </Button>
          ) : null}
          {may("identity.reinstate") && card.status === "suspended" ? (
            <Button onPress={() => void put(t("identity.staff.reinstated", { name: card.display_name }), () => reinstate.mutateAsync({ input }))} testId="staff-reinstate">{t("identity.staff.reinstate")}</Button>
          ) : null}
        </div>
        <p className="kw-hint">{t(self ? "identity.staff.notYourself" : "identity.staff.suspendHint")}</p>
      </section>
      {may("identity.terminate") && !self ? <Termination card={card} /> : null}
    </SideFlyout>
  );
}

function Roles({ card }: { card: StaffCard }) {
  const { t } = useTranslation();
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const attempt = useAttempt();
  const revoke = useChange("identity.revoke_role", ["identity.staff"]);
  const wrong = attempt.words([]);
  return (
    <section className="kw-tight">
      <h3>{t("identity.staff.roles")}</h3>
      {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
      {card.roles.map((one) => (
        <div key={one.assignment} className="id-role">
          <div className="kw-grow">
            <b className={one.active ? "" : "kw-quiet"}>{t(`common.role.${one.role}`)}</b>
            <div className="kw-sub">
              {one.revoked_at
                ? t("identity.staff.revokedAt", { when: dateTimeText(one.revoked_at) })
                : t(one.valid_until ? "identity.staff.validBetween" : "identity.staff.validFrom", { from: civilText(one.valid_from.slice(0, 10)), until: one.valid_until ? civilText(one.valid_until.slice(0, 10)) : "" })}
            </div>
          </div>
          {one.active ? <Badge tone="ok">{t("identity.staff.roleActive")}</Badge> : null}
          {one.active && may("identity.revoke_role") ? (
            <Button variant="quiet" aria-label={t("identity.staff.revokeOf", { role: t(`common.role.${one.role}`) })} onPress={() => void attempt.run(async () => void (await revoke.mutateAsync({ input: { staff: card.staff, assignment: one.assignment } })))}>
              {t("identity.staff.revoke")}
            </Button>
          ) : null}
        </div>
      ))}
      {may("identity.assign_role") ? adding ? <AddRole card={card} onDone={() => setAdding(false)} /> : <div><Button onPress={() => setAdding(true)} testId="staff-add-role">{t("identity.staff.addRole")}</Button></div> : null}
    </section>
  );
}

function AddRole({ card, onDone }: { card: StaffCard; onDone: () => void }) {
  const { t } = useTranslation();
  const session = useSession();
  const attempt = useAttempt();
  const assign = useChange("identity.assign_role", ["identity.staff"]);
  const [role, setRole] = useState("");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const bad = [from, until].some((text) => text !== "" && !isCivil(text));
  const add = () =>
    attempt.run(async () => {
      const input: Input<"identity.assign_role"> = { staff: card.staff, role: role as Role, valid_from: startOf(from, session.signed_in_at), valid_until: startOf(until, session.signed_in_at) };
      await assign.mutateAsync({ input });
      onDone();
    });
  const wrong = attempt.words(["role", "valid_from", "valid_until"]);
  return (
    <div className="kw-tight id-inset">
      {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
      <Select label={t("identity.staff.role")} options={ROLES.map((one) => ({ value: one, label: t(`common.role.${one}`) }))} value={role} onChange={setRole} error={attempt.fieldWords("role")} />
      <div className="id-pair">
        <DateField label={t("identity.staff.from")} value={from} onChange={setFrom} hint={t("identity.staff.fromHint")} error={attempt.fieldWords("valid_from")} />
        <DateField label={t("identity.staff.until")} value={until} onChange={setUntil} hint={t("identity.staff.untilHint")} error={attempt.fieldWords("valid_until")} />
      </div>
      <div className="kw-row">
        <Button variant="primary" isDisabled={attempt.busy || role === "" || bad} onPress={() => void add()}>{t("identity.staff.addRole")}</Button>
        <Button variant="quiet" onPress={onDone}>{t("common.cancel")}</Button>
      </div>
    </div>
  );
}

/** The start of a civil day at the offset the session was opened with; Rust resolves the zone itself. */
export function startOf(day: string, signedInAt: string): string | null {
  if (!isCivil(day)) return null;
  const offset = /(Z|[+-]\d{2}:\d{2})$/.exec(signedInAt)?.[1] ?? "Z";
  return `${day}T00:00:00${offset}`;
}

function Training({ card }: { card: StaffCard }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const record = useChange("identity.record_training", ["identity.staff"]);
  const [on, setOn] = useState(card.training_completed_on ?? "");
  const save = () =>
    attempt.run(async () => {
      await record.mutateAsync({ input: { staff: card.staff, completed_on: on } });
      toast(t("common.saved"));
    });
  return (
    <section className="id-inline">
      <DateField label={t("identity.staff.trainingOn")} value={on} onChange={setOn} hint={t("identity.staff.trainingHint")} error={attempt.words([]) ?? undefined} />
      <Button isDisabled={!isCivil(on) || on === card.training_completed_on || attempt.busy} onPress={() => void save()}>{t("common.save")}</Button>
    </section>
  );
}

const CHECKS = ["access_removed", "devices_returned", "keys_returned", "exit_interview"] as const;

function Termination({ card }: { card: StaffCard }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const terminate = useChange("identity.terminate", ["identity.staff"]);
  const [open, setOpen] = useState(card.termination !== null);
  const [list, setList] = useState<TerminationChecklist>(card.termination ?? { access_removed: true, devices_returned: false, keys_returned: false, exit_interview: false });
  const save = () =>
    attempt.run(async () => {
      await terminate.mutateAsync({ input: { staff: card.staff, checklist: list } });
      toast(t("common.saved"));
    });
  const wrong = attempt.words([]);
  return (
    <section className="kw-tight">
      <h3>{t("identity.staff.leaving")}</h3>
      {open ? (
        <>
          <p className="kw-hint">{t("identity.staff.leavingWords")}</p>
          {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
          {CHECKS.map((one) => (
            <Checkbox key={one} label={t(`identity.staff.check.${one}`)} value={list[one]} onChange={(value) => setList({ ...list, [one]: value })} />
          ))}
          <div><Button variant="danger" isDisabled={attempt.busy} onPress={() => void save()} testId="staff-terminate">{t(card.status === "terminated" ? "common.save" : "identity.staff.terminate")}</Button></div>
        </>
      ) : (
        <div><Button onPress={() => setOpen(true)}>{t("identity.staff.startLeaving")}</Button></div>
      )}
    </section>
  );
}

