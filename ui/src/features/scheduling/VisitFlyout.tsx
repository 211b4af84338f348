import { ArrowRight, CalendarPlus, CalendarX, IdCard, Move, Pin, UserX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type StandReason, type VisitStatus, type VisitView } from "../../bridge";
import { Banner, Button, Failed, SideFlyout } from "../../kit";
import { dateTimeText, shortDayText, timeText } from "../../words";
import { contactName } from "./BookedBy";
import { ClinicalPart } from "./ClinicalPart";
import { DeskNote } from "./DeskNote";
import { spoken } from "./names";
import { RepeatPart } from "./RepeatPart";
import { REASONS, StatusSign, isMovable, leadsBack, needsReason, toneOf, usualNext } from "./status";
import { toldText } from "./told";
import { VisitGates } from "./VisitGates";

export interface VisitFlyoutProps {
  unit: string;
  onClose: () => void;
  onAdvance: (visit: VisitView, to: VisitStatus, reason?: StandReason) => Promise<boolean>;
  onMove: (visit: VisitView) => void;
  onRebook: (visit: VisitView) => void;
  onPark: (visit: VisitView) => void;
  /** Opens the patient; null where this session opens nobody. */
  onPatient: ((patient: string) => void) | null;
}

/** One visit: how it stands, what it may become, and everything about it that the desk may know. */
export function VisitFlyout(props: VisitFlyoutProps) {
  const { unit, onClose } = props;
  const { t } = useTranslation();
  const may = useMay();
  const answer = useAnswer("scheduling.visit", { unit }, { fresh: true });
  const visit = answer.data;
  return (
    <SideFlyout title={visit ? spoken(visit.patient_name) : t("scheduling.visit.title")} sub={visit ? `${shortDayText(visit.date)}, ${visit.time} · ${visit.names.join(", ")}` : undefined} onClose={onClose} footer={visit && may("scheduling.move") ? <Foot {...props} visit={visit} /> : undefined} testId="visit-flyout">
      {answer.error ? <Failed failure={failureOf(answer.error)} /> : null}
      {visit ? (
        <>
          <div className="kw-row">
            <span className={`sd-badge sd-${toneOf(visit.status)}`} data-testid="visit-status"><StatusSign status={visit.status} size={12} />{t(`scheduling.status.${visit.status}`)}</span>
            <b>{visit.label}</b>
          </div>
          {visit.told === null ? null : <Banner tone="warn" testId="visit-told">{t("scheduling.told.flyout", { time: toldText(visit.told, visit.date) })}</Banner>}
          {may("scheduling.advance") ? <Steps key={visit.status} visit={visit} onAdvance={props.onAdvance} /> : null}
          {visit.reach_by ? <Banner tone="info" testId="reach-by">{t("scheduling.book.reach", { words: visit.reach_by })}</Banner> : null}
          <Facts visit={visit} />
          <DeskNote visit={visit} />
          <VisitGates visit={visit} />
          <RepeatPart visit={visit} />
          {may("scheduling.clinical_visit") ? <ClinicalPart unit={unit} /> : null}
          <Checkpoints visit={visit} />
        </>
      ) : null}
    </SideFlyout>
  );
}

/** One tap for the next step; what ends the visit before it began asks why, with one more. */
function Steps({ visit, onAdvance }: { visit: VisitView; onAdvance: VisitFlyoutProps["onAdvance"] }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<"no_show" | "cancelled" | null>(null);
  // A second tap while the first is on its way would be refused as stale.
  const [busy, setBusy] = useState(false);
  const step = (to: VisitStatus, reason?: StandReason) => {
    setBusy(true);
    void onAdvance(visit, to, reason).finally(() => setBusy(false));
  };
  const usual = usualNext(visit.status);
  const main = usual && visit.next.includes(usual) ? usual : visit.next.find((one) => !needsReason(one) && !leadsBack(visit.status, one));
  const others = visit.next.filter((one) => one !== main && !needsReason(one));
  const ends = visit.next.filter((one): one is "no_show" | "cancelled" => one === "no_show" || one === "cancelled");
  return (
    <div className="kw-tight">
      <div className="kw-row">
        {main ? <Button variant="primary" shortcut="O" icon={<ArrowRight size={14} aria-hidden="true" />} isDisabled={busy} onPress={() => step(main)} testId={`step-${main}`}>{t(`scheduling.step.${main}`)}</Button> : null}
        {others.map((one) => <Button key={one} isDisabled={busy} onPress={() => step(one)} testId={`step-${one}`}>{leadsBack(visit.status, one) ? t("scheduling.visit.backTo", { status: t(`scheduling.status.${one}`).toLowerCase() }) : t(`scheduling.step.${one}`)}</Button>)}
      </div>
      <div className="kw-row">
        {ends.map((one) => <Button key={one} variant="quiet" className="kw-start" aria-expanded={asking === one} icon={one === "no_show" ? <UserX size={14} aria-hidden="true" /> : <CalendarX size={14} aria-hidden="true" />} onPress={() => setAsking(asking === one ? null : one)} testId={`step-${one}`}>{t(`scheduling.step.${one}`)}</Button>)}
      </div>
      {asking ? (
        <div className="sd-reasons" role="group" aria-label={t(`scheduling.why.${asking}`)}>
          <span className="kw-label">{t(`scheduling.why.${asking}`)}</span>
          <div className="kw-row">{REASONS[asking].map((reason) => <Button key={reason} isDisabled={busy} onPress={() => step(asking, reason)} testId={`reason-${reason}`}>{t(`scheduling.reason.${reason}`)}</Button>)}</div>
        </div>
      ) : null}
    </div>
  );
}

function Foot({ visit, onMove, onRebook, onPark, onPatient }: VisitFlyoutProps & { visit: VisitView }) {
  const { t } = useTranslation();
  const movable = isMovable(visit);
  return (
    <>
      {movable ? <Button icon={<Move size={14} aria-hidden="true" />} onPress={() => onMove(visit)} testId="visit-move">{t("scheduling.visit.move")}</Button> : null}
      {movable ? <Button icon={<Pin size={14} aria-hidden="true" />} shortcut="X" onPress={() => onPark(visit)} testId="visit-pin">{t("scheduling.visit.pin")}</Button> : null}
      <Button icon={<CalendarPlus size={14} aria-hidden="true" />} onPress={() => onRebook(visit)} testId="visit-rebook">{t("scheduling.visit.rebook")}</Button>
      {onPatient ? <Button variant="quiet" icon={<IdCard size={14} aria-hidden="true" />} onPress={() => onPatient(visit.patient)} testId="visit-patient">{t("scheduling.visit.patient")}</Button> : null}
    </>
  );
}

function Facts({ visit }: { visit: VisitView }) {
  const { t } = useTranslation();
  return (
    <dl className="kw-kv sd-kv">
      {visit.preparation ? <><dt>{t("scheduling.visit.preparation")}</dt><dd>{visit.preparation}</dd></> : null}
      {visit.contact ? <><dt>{t("scheduling.contacts.bookedBy")}</dt><dd data-testid="visit-booked-by">{contactName(visit.contact, t)}</dd></> : null}
      <dt>{t("scheduling.visit.entered")}</dt><dd>{visit.booked_by}, {dateTimeText(visit.booked_at)}</dd>
      {visit.overridden.map((reason) => <div key={reason} className="sd-kv-row"><dt>{t("scheduling.visit.overridden")}</dt><dd>{reason}</dd></div>)}
    </dl>
  );
}

/** What happened when, and who said so. */
function Checkpoints({ visit }: { visit: VisitView }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t("scheduling.visit.checkpoints")}>
      <h3>{t("scheduling.visit.checkpoints")}</h3>
      <ol className="sd-points" data-testid="checkpoints">
        {visit.checkpoints.map((one) => (
          <li key={`${one.status}-${one.at}`} className={`sd-${toneOf(one.status)}`}>
            <StatusSign status={one.status} size={12} />
            <span>{t(`scheduling.status.${one.status}`)}{one.reason ? `: ${t(`scheduling.reason.${one.reason}`).toLowerCase()}` : ""}</span>
            <span className="kw-sub">{one.at.slice(0, 10) === visit.date ? timeText(one.at) : dateTimeText(one.at)} · {one.by}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
