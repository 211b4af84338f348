import { useTranslation } from "react-i18next";
import { useMay, type AmendmentRow } from "../../bridge";
import { Button, SideFlyout, useGo } from "../../kit";
import { civilText, type Translate } from "../../words";
import { Facts } from "./Facts";
import { RequestBadge } from "./requestParts";
import { askedBy } from "./requester";
import { Timeline, type Happened } from "./Timeline";

export type AmendmentAction = "accept" | "deny" | "extend" | "tell" | "disagree" | "accompany" | "rebut";

const OPERATIONS: Record<AmendmentAction, string> = {
  accept: "compliance.accept_amendment",
  deny: "compliance.deny_amendment",
  extend: "compliance.extend_amendment",
  tell: "compliance.tell_amendment",
  disagree: "compliance.state_disagreement",
  accompany: "compliance.accompany_disclosures",
  rebut: "compliance.rebut_disagreement",
};

/** What can be done next, the nearest first. */
export function amendmentSteps(row: AmendmentRow): AmendmentAction[] {
  const denied = row.state === "denied";
  const can: Record<AmendmentAction, boolean> = {
    accept: row.state === "waiting",
    deny: row.state === "waiting",
    extend: row.can_extend,
    tell: row.state === "accepted",
    rebut: row.disagreement !== null && row.rebuttal === null,
    disagree: denied && row.disagreement === null,
    accompany: denied && row.accompany_asked_on === null,
  };
  return (Object.keys(can) as AmendmentAction[]).filter((step) => can[step]);
}

/** One request for an amendment: what happened so far, and the next steps. */
export function AmendmentFlyout({ row, onClose, onDo }: { row: AmendmentRow; onClose: () => void; onDo: (what: AmendmentAction) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const steps = amendmentSteps(row).filter((step) => may(OPERATIONS[step]));
  const foot = steps.map((step, place) => <Button key={step} variant={place === 0 ? "primary" : "plain"} onPress={() => onDo(step)} testId={`amendment-${step}`}>{t(`compliance.amendment.step.${step}`)}</Button>);
  const word = (name: string) => t(`compliance.amendment.fact.${name}`);
  return (
    <SideFlyout title={row.display_name} sub={<>{t("compliance.requests.kind.amendment")} · <span className="kw-mono">{row.mrn}</span></>} onClose={onClose} footer={foot.length > 0 ? foot : undefined} testId="amendment">
      <div><RequestBadge asked={{ kind: "amendment", id: row.amendment, row }} /></div>
      <Facts facts={[{ name: word("target"), value: t("compliance.amendment.version", { version: row.target.version }) }]} />
      {row.state === "waiting" && may("patients.correct") ? (
        <div className="kw-tight">
          <p className="kw-sub">{t("compliance.amendment.correctWords")}</p>
          <div><Button onPress={() => go(`/patients/${row.patient}/correct`)} testId="amendment-correct">{t("compliance.amendment.correct")}</Button></div>
        </div>
      ) : null}
      <Timeline happened={happenedTo(row, t)} request={row.amendment} next={row.state === "waiting" ? { what: "answerBy", on: row.due_on } : null} />
      {row.state === "waiting" && !row.can_extend ? <p className="kw-sub">{t("compliance.amendment.cannotExtend")}</p> : null}
      {row.state === "denied" ? <p className="kw-sub">{t("compliance.amendment.travels")}</p> : null}
    </SideFlyout>
  );
}

/** What happened with a request, in words. */
export function happenedTo(row: AmendmentRow, t: Translate): Happened[] {
  const word = (name: string, more: Record<string, unknown> = {}) => t(`compliance.amendment.happened.${name}`, more);
  const { extension, accepted, denied, disagreement, rebuttal } = row;
  const because = row.reason === null ? [] : [word("because", { reason: row.reason })];
  const carried = accepted?.version ? [word("carried", { version: accepted.version })] : [];
  const happened: (Happened | null)[] = [
    { id: "received", on: row.received_on, title: word("received"), lines: [askedBy(row.requester, t), row.requester.verification, ...because], quote: row.text },
    extension ? { id: "extended", on: extension.sent_on, title: word("extended", { date: civilText(row.due_on) }), lines: [extension.reason], letter: "amendment_extended" } : null,
    accepted ? { id: "accepted", on: accepted.told_on, title: word("accepted"), lines: carried, quote: accepted.appended } : null,
    ...(accepted?.persons ?? []).map((one, place): Happened => ({ id: `told-${place}`, on: one.told_on, title: word("told", { who: one.name }) })),
    denied ? { id: "denied", on: denied.told_on, title: word("denied"), lines: [t(`compliance.amendmentGround.${denied.ground}`)], quote: denied.basis, letter: "amendment_denied" } : null,
    disagreement ? { id: "disagreed", on: disagreement.received_on, title: word("disagreed"), quote: disagreement.text } : null,
    row.accompany_asked_on === null ? null : { id: "accompany", on: row.accompany_asked_on, title: word("accompany") },
    rebuttal ? { id: "rebutted", on: rebuttal.sent_on, title: word("rebutted"), quote: rebuttal.text } : null,
  ];
  return happened.filter((one) => one !== null);
}
