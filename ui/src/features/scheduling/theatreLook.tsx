import { CircleStop, DoorOpen, LogOut, Minus, PackageCheck, Play, Siren, Sparkles, TriangleAlert, Lock, Wrench, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BoardReservation, ReservationPurpose, TheatreStep, Urgency } from "../../bridge";
import { Badge } from "../../kit";
import type { StatusTone } from "./status";

/** Each step by colour and sign; the word stands beside it. */
const LOOKS: Record<TheatreStep, { tone: StatusTone; sign: LucideIcon }> = {
  reserved: { tone: "booked", sign: Minus },
  set_up: { tone: "confirmed", sign: PackageCheck },
  patient_in: { tone: "arrived", sign: DoorOpen },
  begun: { tone: "care", sign: Play },
  ended: { tone: "roomed", sign: CircleStop },
  patient_out: { tone: "done", sign: LogOut },
  turned_over: { tone: "done", sign: Sparkles },
};

const KEPT: Record<Exclude<ReservationPurpose, "surgery">, LucideIcon> = { maintenance: Wrench, block: Lock };

export function stepTone(step: TheatreStep): StatusTone {
  return LOOKS[step].tone;
}

export function StepSign({ step, size = 11 }: { step: TheatreStep; size?: number }) {
  const { sign: Sign } = LOOKS[step];
  return <Sign className="sd-sign" size={size} strokeWidth={2.4} aria-hidden="true" />;
}

/** The sign of a reservation: of its step, or of what the theatre is kept for. */
export function ReservationSign({ of, size = 11 }: { of: Pick<BoardReservation, "purpose" | "step">; size?: number }) {
  if (of.purpose === "surgery") return <StepSign step={of.step} size={size} />;
  const Sign = KEPT[of.purpose];
  return <Sign className="sd-sign" size={size} strokeWidth={2.2} aria-hidden="true" />;
}

export function PurposeSign({ purpose, size = 11 }: { purpose: Exclude<ReservationPurpose, "surgery">; size?: number }) {
  const Sign = KEPT[purpose];
  return <Sign className="sd-sign" size={size} strokeWidth={2.2} aria-hidden="true" />;
}

/** The class of a reservation's colours. */
export function toneClass(of: Pick<BoardReservation, "purpose" | "step">): string {
  return of.purpose === "surgery" ? `sd-${stepTone(of.step)}` : `th-${of.purpose}`;
}

/** How urgent a case is. What is elective needs no mark. */
export function UrgencyMark({ urgency, always = false }: { urgency: Urgency; always?: boolean }) {
  const { t } = useTranslation();
  const words = t(`scheduling.theatre.urgency.${urgency}`);
  if (urgency === "emergency") return <Badge tone="danger" icon={<Siren size={12} aria-hidden="true" />}>{words}</Badge>;
  if (urgency === "urgent") return <Badge tone="warn" icon={<TriangleAlert size={12} aria-hidden="true" />}>{words}</Badge>;
  return always ? <Badge>{words}</Badge> : null;
}
