import { Check, ShieldAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useMay, type BoardReservation, type TheatreLapse } from "../../bridge";
import { Badge } from "../../kit";
import { lapseName, openLapses } from "./lapses";
import { SCHEDULE_ANSWERS } from "./useDayChanges";
import { useFocusBack } from "./useFocusBack";
import { WaiveButton, WaiveForm } from "./WaiveForm";

const keyOf = (of: TheatreLapse) => `${of.resource}-${of.what}`;

/** What has ended of the theatre and of whoever and whatever goes along, and, for whoever may, the way on without it. */
export function LapsePart({ reservation }: { reservation: BoardReservation }) {
  const { t } = useTranslation();
  const [waiving, setWaiving] = useState<string | null>(null);
  // What is waived loses its button once the board is seen anew, a moment after its form.
  const part = useFocusBack(`${waiving}-${openLapses(reservation).length}`);
  if (reservation.lapsed.length === 0) return null;
  return (
    <section ref={part} className="kw-tight" aria-label={t("scheduling.theatre.lapse.title")} data-testid="lapses">
      <h3>{t("scheduling.theatre.lapse.title")}</h3>
      <ul className="th-lapses">
        {reservation.lapsed.map((one) => (
          <li key={keyOf(one)} className="kw-tight" data-testid="lapse">
            <Standing lapse={one} />
            {one.waived === null ? <WayOn reservation={reservation} lapse={one} isOpen={waiving === keyOf(one)} onOpen={(open) => setWaiving(open ? keyOf(one) : null)} /> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Standing({ lapse }: { lapse: TheatreLapse }) {
  const { t } = useTranslation();
  const { waived } = lapse;
  return (
    <>
      <div className="kw-row">
        <b>{lapseName(lapse, t)}</b>
        {waived === null ? <Badge tone="warn" icon={<ShieldAlert size={12} aria-hidden="true" />}>{t("scheduling.theatre.lapse.ended")}</Badge> : <Badge tone="info" icon={<Check size={12} aria-hidden="true" />}>{t("scheduling.theatre.lapse.waived")}</Badge>}
      </div>
      {waived === null ? null : <p className="kw-sub">{t("scheduling.theatre.lapse.because", { reason: waived })}</p>}
    </>
  );
}

/** A license is never waived; of anything else, whoever may not waive it reads who can. */
function WayOn({ reservation, lapse, isOpen, onOpen }: { reservation: BoardReservation; lapse: TheatreLapse; isOpen: boolean; onOpen: (open: boolean) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const send = useChange("scheduling.waive_lapse", SCHEDULE_ANSWERS);
  const name = lapseName(lapse, t);
  if (!lapse.can_waive) return <p className="kw-sub">{t("scheduling.theatre.lapse.never")}</p>;
  if (!may("scheduling.waive_lapse")) return <p className="kw-sub">{t("scheduling.theatre.lapse.ask")}</p>;
  if (!isOpen) return <div><WaiveButton name={name} onOpen={() => onOpen(true)} testId="waive-lapse" /></div>;
  const { reservation: id, version } = reservation;
  return <WaiveForm name={name} ask={t("scheduling.theatre.lapse.reason")} hint={t("scheduling.theatre.reasonHint")} send={(reason) => send.mutateAsync({ input: { reservation: id, version, resource: lapse.resource, what: lapse.what, reason } })} onDone={() => onOpen(false)} />;
}
