import { ArrowRight, CalendarX, IdCard, Move, Pencil, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, type BoardReservation, type TheatreBoardView, type TheatreStep } from "../../bridge";
import { Banner, Button, SideFlyout } from "../../kit";
import { civilText, dateTimeText, shortDayText, timeText } from "../../words";
import { AllocationPart } from "./AllocationPart";
import { CaseClinical } from "./CaseClinical";
import { LapsePart } from "./LapsePart";
import { ReasonTaps } from "./ReasonTaps";
import { REASONS } from "./status";
import { STEPS, stepBefore, stepText, titleOf, toldOnBoard, usualStep } from "./theatre";
import { ReservationSign, StepSign, UrgencyMark, stepTone, toneClass } from "./theatreLook";
import type { Releasing } from "./useReleasing";
import type { TheatreChanges } from "./useTheatreChanges";

export interface ReservationFlyoutProps {
  board: TheatreBoardView;
  reservation: BoardReservation;
  changes: TheatreChanges;
  /** What is not as it was before the theatre was given back. */
  missing: readonly string[];
  releasing: Releasing;
  onClose: () => void;
  onMove: (reservation: BoardReservation) => void;
  onCase: (id: string) => void;
  /** Opens the patient; null where this session opens nobody. */
  onPatient: ((patient: string) => void) | null;
}

/** One reservation: how it stands, its next step, who and what it takes. */
export function ReservationFlyout(props: ReservationFlyoutProps) {
  const { board, reservation, changes, missing, onClose, onCase } = props;
  const { t } = useTranslation();
  const may = useMay();
  const planned = reservation.case;
  const theatre = board.theatres.find((one) => one.resource === reservation.theatre)?.name ?? "";
  const title = titleOf(reservation, t);
  const told = toldOnBoard(reservation, board.date);
  return (
    <SideFlyout title={title} sub={`${shortDayText(board.date)}, ${reservation.time} · ${theatre}`} onClose={onClose} footer={<Foot {...props} />} testId="reservation-flyout">
      <div className="kw-row">
        <span className={`sd-badge ${toneClass(reservation)}`} data-testid="reservation-step"><ReservationSign of={reservation} size={12} />{planned ? stepText(reservation, t) : title}</span>
        {planned ? <UrgencyMark urgency={planned.urgency} always /> : null}
      </div>
      {missing.length === 0 ? null : <Banner tone="warn" testId="reservation-missing">{t("scheduling.theatre.again.missing", { what: missing.join(", ") })}</Banner>}
      {told === null ? null : <Banner tone="warn" testId="reservation-told">{t("scheduling.told.inTheatre", { time: told })}</Banner>}
      <LapsePart reservation={reservation} />
      {planned || reservation.next.length > 0 ? <Steps key={reservation.step} reservation={reservation} date={board.date} onAdvance={may("scheduling.advance_theatre") ? changes.advance : null} /> : null}
      <Facts reservation={reservation} />
      {planned && may("scheduling.keep_case") ? <div><Button variant="quiet" className="kw-start" icon={<Pencil size={14} aria-hidden="true" />} onPress={() => onCase(planned.case)} testId="case-change">{t("scheduling.theatre.changeCase")}</Button></div> : null}
      <AllocationPart board={board} reservation={reservation} />
      {planned && may("scheduling.clinical_case") ? <CaseClinical key={planned.case} id={planned.case} /> : null}
      {may("scheduling.release_theatre") && reservation.can_release ? <Ends {...props} /> : null}
    </SideFlyout>
  );
}

/** What was reserved is gone, by somebody else's hand: that is said, instead of closing under somebody's eyes. */
export function GoneFlyout({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <SideFlyout title={t("scheduling.theatre.goneTitle")} onClose={onClose} testId="reservation-gone">
      <Banner tone="info">{t("scheduling.theatre.gone")}</Banner>
    </SideFlyout>
  );
}

/** The way of the patient through the theatre: what was is kept with its time, what comes is one tap away. */
function Steps({ reservation, date, onAdvance }: { reservation: BoardReservation; date: string; onAdvance: TheatreChanges["advance"] | null }) {
  const { t } = useTranslation();
  // A second tap while the first is on its way would be refused as stale.
  const [busy, setBusy] = useState(false);
  const step = (to: TheatreStep) => {
    if (!onAdvance) return;
    setBusy(true);
    void onAdvance(reservation, to).finally(() => setBusy(false));
  };
  const usual = usualStep(reservation);
  const back = stepBefore(reservation);
  const here = STEPS.indexOf(reservation.step);
  return (
    <section aria-label={t("scheduling.theatre.steps")}>
      <ol className="th-steps" data-testid="steps">
        {STEPS.map((one, place) => {
          const point = reservation.checkpoints.findLast((other) => other.step === one);
          const reached = place <= here && point !== undefined;
          const words = t(`scheduling.theatre.step.${one}`);
          return (
            <li key={one} className={`sd-${stepTone(one)}`} data-reached={reached || undefined} aria-current={place === here ? "step" : undefined}>
              <StepSign step={one} size={13} />
              {onAdvance && place > here && reservation.next.includes(one) ? (
                <Button variant={one === usual ? "primary" : "quiet"} className={one === usual ? "" : "kw-start"} isDisabled={busy} {...(one === usual ? { shortcut: "O", icon: <ArrowRight size={14} aria-hidden="true" /> } : {})} onPress={() => step(one)} testId={`step-${one}`}>{words}</Button>
              ) : (
                <span>{words}</span>
              )}
              <span className="kw-sub">{reached ? `${point.at.slice(0, 10) === date ? timeText(point.at) : dateTimeText(point.at)} · ${point.by}` : ""}</span>
            </li>
          );
        })}
      </ol>
      {onAdvance && back ? <div><Button variant="quiet" className="kw-start" icon={<Undo2 size={14} aria-hidden="true" />} isDisabled={busy} onPress={() => step(back)} testId="step-back">{t("scheduling.visit.backTo", { status: t(`scheduling.theatre.step.${back}`).toLowerCase() })}</Button></div> : null}
    </section>
  );
}

function Facts({ reservation }: { reservation: BoardReservation }) {
  const { t } = useTranslation();
  const { case: planned } = reservation;
  return (
    <dl className="kw-kv sd-kv">
      {planned ? <><dt>{t("scheduling.theatre.surgeon")}</dt><dd>{planned.surgeon_name ?? t("scheduling.theatre.noSurgeon")}</dd></> : null}
      <dt>{t("scheduling.theatre.lengths")}</dt><dd>{t("scheduling.theatre.lengthsOf", { setup: reservation.setup, minutes: reservation.minutes, turnover: reservation.turnover })}</dd>
      {planned ? <><dt>{t("scheduling.theatre.plannedSince")}</dt><dd>{civilText(planned.since)}</dd></> : null}
      {reservation.note ? <><dt>{t("scheduling.theatre.note")}</dt><dd className="sd-note">{reservation.note}</dd></> : null}
      {reservation.overridden.map((reason) => <div key={reason} className="sd-kv-row"><dt>{t("scheduling.theatre.overBecause")}</dt><dd>{reason}</dd></div>)}
    </dl>
  );
}

/** Giving the theatre back, and giving the case up: each with a reason in one tap. */
function Ends({ reservation, releasing, onClose }: ReservationFlyoutProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { case: planned } = reservation;
  const closing = async (done: Promise<boolean>) => {
    if (await done) onClose();
  };
  return (
    <section className="kw-tight" aria-label={t("scheduling.theatre.ends")}>
      <ReasonTaps name="release" icon={<CalendarX size={14} aria-hidden="true" />} words={t(planned ? "scheduling.theatre.release" : "scheduling.theatre.releaseTime")} ask={t("scheduling.theatre.whyRelease")} reasons={RELEASE} onReason={(reason) => closing(releasing.release(reservation, reason))} />
      {planned && may("scheduling.cancel_case") ? <ReasonTaps name="cancel-case" icon={<CalendarX size={14} aria-hidden="true" />} words={t("scheduling.theatre.cancel")} ask={t("scheduling.theatre.whyCancel")} reasons={REASONS.cancelled} onReason={(reason) => closing(releasing.cancel(planned, titleOf(reservation, t), reason, reservation))} /> : null}
    </section>
  );
}

/** The likeliest first. */
const RELEASE = ["practice_asked", "patient_asked", "ill", "late", "other"] as const;

function Foot({ board, reservation, onMove, onPatient }: ReservationFlyoutProps) {
  const { t } = useTranslation();
  const may = useMay();
  const { case: planned } = reservation;
  // What began the day before is moved on its own day, because a time of that day is meant.
  const elsewhere = reservation.from + reservation.setup < 0;
  return (
    <>
      {may("scheduling.move_reservation") && reservation.can_move && !elsewhere ? <Button icon={<Move size={14} aria-hidden="true" />} shortcut="M" onPress={() => onMove(reservation)} testId="reservation-move">{t("scheduling.theatre.move")}</Button> : null}
      {elsewhere ? <span className="kw-sub">{t("scheduling.theatre.dayBefore", { date: shortDayText(board.date) })}</span> : null}
      {planned && onPatient ? <Button variant="quiet" icon={<IdCard size={14} aria-hidden="true" />} onPress={() => onPatient(planned.patient)} testId="reservation-patient">{t("scheduling.visit.patient")}</Button> : null}
    </>
  );
}
