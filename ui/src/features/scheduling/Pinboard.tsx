import { Pin, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DayVisit } from "../../bridge";
import { Button } from "../../kit";
import { shortDayText } from "../../words";
import { spoken } from "./names";

/** A visit that waits on the pinboard for another time. It keeps its old one until it is placed. */
export interface Pinned {
  unit: string;
  version: number;
  product: string;
  patient: string;
  patient_name: string;
  label: string;
  date: string;
  time: string;
  from: number;
  minutes: number;
  resources: string[];
}

export function pinnedOf(visit: DayVisit, date: string): Pinned {
  const { unit, version, product, patient, patient_name, label, time, from, minutes, resources } = visit;
  return { unit, version, product, patient, patient_name, label, date, time, from, minutes, resources };
}

/** The tray below the day: what was picked up here can be put down on any day. */
export function Pinboard({ pins, placing, onPlace, onDrop }: { pins: readonly Pinned[]; placing: string | null; onPlace: (pin: Pinned) => void; onDrop: (pin: Pinned) => void }) {
  const { t } = useTranslation();
  if (pins.length === 0) return <div className="sd-pins sd-pins-empty" data-pinboard aria-hidden="true"><Pin size={13} /> {t("scheduling.pin.empty")}</div>;
  return (
    <section className="sd-pins" data-pinboard aria-label={t("scheduling.pin.title")} data-testid="pinboard">
      <Pin size={13} aria-hidden="true" />
      <ul>
        {pins.map((pin) => (
          <li key={pin.unit} data-placing={placing === pin.unit || undefined}>
            <Button variant="quiet" aria-pressed={placing === pin.unit} onPress={() => onPlace(pin)} testId="pin">
              <b>{spoken(pin.patient_name)}</b>
              <span className="kw-sub">{shortDayText(pin.date)}, {pin.time} · {t("scheduling.minutes", { count: pin.minutes })}</span>
            </Button>
            <Button variant="quiet" aria-label={t("scheduling.pin.off", { name: spoken(pin.patient_name) })} icon={<X size={13} aria-hidden="true" />} onPress={() => onDrop(pin)} testId="pin-off" />
          </li>
        ))}
      </ul>
      <span className="kw-sub">{placing ? t("scheduling.pin.click") : t("scheduling.pin.hint")}</span>
    </section>
  );
}
