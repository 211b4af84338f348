import { FolderOutput } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMay, type AccessRow } from "../../bridge";
import { Button, SideFlyout, useGo } from "../../kit";
import { civilText, dollarsText, type Translate } from "../../words";
import { clockRuns } from "./clock";
import { Facts, type Fact } from "./Facts";
import { canBeReviewed, citeOf } from "./grounds";
import { RequestBadge, spanOf } from "./requestParts";
import { askedBy } from "./requester";
import { Timeline, type Happened } from "./Timeline";

export type AccessAction = "decide" | "deliver" | "review" | "fee" | "extend" | "withdraw";

const OPERATIONS: Record<AccessAction, string> = {
  decide: "compliance.decide_access",
  deliver: "compliance.deliver_access",
  review: "compliance.review_access",
  fee: "compliance.charge_access",
  extend: "compliance.extend_access",
  withdraw: "compliance.withdraw_access",
};

/** What can be done next, the nearest first. */
export function accessSteps(row: AccessRow): AccessAction[] {
  const open = row.state === "waiting" || row.state === "to_deliver" || row.state === "in_review";
  const can: Record<AccessAction, boolean> = {
    decide: row.state === "waiting",
    deliver: row.state === "to_deliver",
    review: row.can_review,
    fee: open && row.deliveries.length === 0,
    extend: row.can_extend,
    withdraw: open,
  };
  return (Object.keys(can) as AccessAction[]).filter((step) => can[step]);
}

/** One request for access: what happened so far, and the next steps. */
export function AccessFlyout({ row, onClose, onDo }: { row: AccessRow; onClose: () => void; onDo: (what: AccessAction) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const asked = { kind: "access", id: row.access, row } as const;
  const steps = accessSteps(row).filter((step) => may(OPERATIONS[step]));
  const words = (step: AccessAction) => t(`compliance.access.step.${step === "review" && row.review ? "reviewed" : step}`);
  const records = row.state === "to_deliver" && may("exchange.export_records") && may("compliance.disclosures");
  const foot = steps.map((step, place) => <Button key={step} variant={place === 0 ? "primary" : "plain"} onPress={() => onDo(step)} testId={`access-${step}`}>{words(step)}</Button>);
  return (
    <SideFlyout title={row.display_name} sub={<>{t("compliance.requests.kind.access")} · <span className="kw-mono">{row.mrn}</span></>} onClose={onClose} footer={foot.length > 0 ? foot : undefined} testId="access">
      <div><RequestBadge asked={asked} /></div>
      <Facts facts={factsOf(row, t)} />
      {records ? (
        <div className="kw-tight">
          <p className="kw-sub">{t("compliance.access.makeWords")}</p>
          <div><Button icon={<FolderOutput size={14} aria-hidden="true" />} onPress={() => go(`/patients/${row.patient}/records`)} testId="access-records">{t("compliance.access.make")}</Button></div>
        </div>
      ) : null}
      <Timeline happened={happenedTo(row, t)} request={row.access} next={clockRuns(asked) ? { what: row.state === "to_deliver" ? "handOverBy" : "answerBy", on: row.due_on } : null} />
      {row.state === "waiting" && !row.can_extend ? <p className="kw-sub">{t("compliance.access.cannotExtend")}</p> : null}
    </SideFlyout>
  );
}

function factsOf(row: AccessRow, t: Translate): Fact[] {
  const word = (name: string) => t(`compliance.access.fact.${name}`);
  const span = spanOf(row.from, row.to, t);
  const lines = row.fee_lines.map((line) => `${t(`compliance.feeKind.${line.kind}`)} ${dollarsText(line.cents)}`).join(", ");
  const facts: (Fact | null)[] = [
    { name: word("what"), value: row.scope ?? t("compliance.requests.whole") },
    span === null ? null : { name: word("span"), value: span },
    { name: word("form"), value: `${row.form} (${t(row.electronic ? "compliance.access.electronic" : "compliance.access.notElectronic")})` },
    { name: word("channel"), value: row.channel },
    { name: word("fee"), value: row.fee_cents === 0 ? t("compliance.accountings.noFee") : `${dollarsText(row.fee_cents)}: ${lines}` },
  ];
  return facts.filter((fact) => fact !== null);
}

function happenedTo(row: AccessRow, t: Translate): Happened[] {
  const word = (name: string, more: Record<string, unknown> = {}) => t(`compliance.access.happened.${name}`, more);
  const { extension, review } = row;
  const happened: (Happened | null)[] = [
    { id: "received", on: row.received_on, title: word("received"), lines: [askedBy(row.requester, t), row.requester.verification] },
    extension ? { id: "extended", on: extension.sent_on, title: word("extended", { date: civilText(row.due_on) }), lines: [extension.reason], letter: "access_extended" } : null,
    decided(row, t),
    review ? { id: "review", on: review.asked_on, title: word("review"), lines: [word("reviewer", { who: review.reviewer })] } : null,
    review?.outcome && review.decided_on ? { id: "reviewed", on: review.decided_on, title: t(`compliance.access.reviewOutcome.${review.outcome}`) } : null,
    ...row.deliveries.map((one, place): Happened => ({ id: `delivered-${place}`, on: one.delivered_on, title: word("delivered"), lines: one.sha256 === null ? [] : [word("sha", { sha: `${one.sha256.slice(0, 16)}…` })] })),
    row.withdrawn_on === null ? null : { id: "withdrawn", on: row.withdrawn_on, title: word("withdrawn") },
  ];
  return happened.filter((one) => one !== null);
}

function decided({ decision }: AccessRow, t: Translate): Happened | null {
  if (!decision) return null;
  const title = t(`compliance.access.decided.${decision.outcome}`, { who: decision.decided_by });
  const { ground } = decision;
  if (ground === null) return { id: "decided", on: decision.decided_on, title };
  const review = t(canBeReviewed(ground) ? "compliance.access.reviewable" : "compliance.access.notReviewable");
  return { id: "decided", on: decision.decided_on, title, lines: [`${t(`compliance.accessGround.${ground}`)} (45 CFR ${citeOf(ground)})`, review], quote: decision.basis, letter: "access_denied" };
}
