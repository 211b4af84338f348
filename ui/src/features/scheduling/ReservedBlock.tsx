import { History, Scissors } from "lucide-react";
import { memo, type CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import type { DayLabel, DayReserved, ReservationPurpose } from "../../bridge";
import { timeAt, type Place } from "./layout";
import { fitName, spoken, widthOf } from "./names";
import { PurposeSign } from "./theatreLook";

export function ReservedSign({ purpose, size = 11 }: { purpose: ReservationPurpose; size?: number }) {
  return purpose === "surgery" ? <Scissors className="sd-sign" size={size} strokeWidth={2.2} aria-hidden="true" /> : <PurposeSign purpose={purpose} size={size} />;
}

/** A reservation of a theatre as one of the day's columns has it. */
export function reservedId(of: Pick<DayReserved, "reservation" | "resource" | "from">): string {
  return `${of.reservation}@${of.from}`;
}

export interface ReservedBlockProps {
  reserved: DayReserved;
  /** What people were told, where it stands elsewhere. */
  told: string | null;
  place: Place;
  labels: readonly DayLabel[];
  first: number;
  last: number;
  scale: number;
  width: number;
  stop: boolean;
}

/** What stands beside the name, and the height that two lines need, in pixels. */
const BESIDE = 32;
/** What the mark behind the name takes. */
const MARK = 14;
const TWO_LINES = 36;

/** What a theatre takes of a column of the day. It is no visit: nothing carries it, and pressing it opens the theatres. */
export const ReservedBlock = memo(function ReservedBlock({ reserved, told, place, labels, first, last, scale, width, stop }: ReservedBlockProps) {
  const { t } = useTranslation();
  const from = Math.max(first, reserved.from);
  const to = Math.min(last, reserved.from + reserved.minutes);
  if (to <= from) return null;
  const { patient_name: patient } = reserved;
  const time = t("scheduling.views.span", { from: timeAt(labels, reserved.from), to: timeAt(labels, reserved.from + reserved.minutes) });
  const label = reserved.label === "" ? t(`scheduling.theatre.purpose.${reserved.purpose}`) : reserved.label;
  const said = patient ? t("scheduling.theatre.onDay", { label, name: spoken(patient), time }) : t("scheduling.theatre.onDayKept", { label, time });
  const sentence = told === null ? said : `${said} ${t("scheduling.told.people", { time: told })}`;
  const room = width / place.lanes - BESIDE - (told === null ? 0 : MARK);
  const shown = patient ? fitName(patient, room) : label;
  // Where even the shortest name leaves no room for the mark, a corner says it, as on a visit.
  const cramped = told !== null && widthOf(shown) > room;
  const tall = (to - from) * scale >= TWO_LINES;
  const style = { "--from": from, "--len": to - from, "--lane": place.lane, "--lanes": place.lanes } as CSSProperties;
  return (
    <button type="button" className="sd-visit sd-reserved" style={style} tabIndex={stop ? 0 : -1} data-reserved={reserved.reservation} data-stop={reservedId(reserved)} data-resource={reserved.resource} data-purpose={reserved.purpose} data-tall={tall || undefined} data-told={cramped || undefined} data-testid="reserved">
      <span className="kw-hidden">{sentence}</span>
      <span className="sd-line" aria-hidden="true">
        <ReservedSign purpose={reserved.purpose} size={10} />
        <span className="sd-name">{shown}</span>
        <span className="sd-whole">{patient ? spoken(patient) : label}</span>
        {told === null || cramped ? null : <History className="sd-mark sd-told" size={11} aria-hidden="true" />}
      </span>
      {tall ? <span className="sd-aside" aria-hidden="true">{patient ? label : time}</span> : null}
      <span className="sd-more" aria-hidden="true">{told === null ? null : <>{t("scheduling.told.toldTime", { time: told })}<br /></>}{time} · {t("scheduling.theatre.openBoard")}</span>
    </button>
  );
});
