import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, type AssociateRow } from "../../bridge";
import { Select } from "../../kit";
import type { Translate } from "../../words";

export interface Places {
  /** Associates that an agreement in force lets keep a backup; none for whoever may not see the register. */
  offered: readonly AssociateRow[];
  nameOf: (associate: string | null, t: Translate) => string;
}

/** Whose place a backup can go to besides a drive of one's own. */
export function usePlaces(): Places {
  const may = useMay();
  const list = useAnswer("compliance.associates", {}, { enabled: may("compliance.associates") });
  const register = list.data;
  return useMemo(() => {
    const rows = register?.rows ?? [];
    return {
      offered: rows.filter((row) => row.state === "in_force" || row.state === "expiring"),
      nameOf: (associate, t) => (associate === null ? t("exchange.place.ownShort") : (rows.find((row) => row.associate === associate)?.name ?? t("exchange.place.someone"))),
    };
  }, [register]);
}

const OWN = "own";

export interface PlaceFieldProps {
  places: Places;
  value: string | null;
  onChange: (associate: string | null) => void;
  testId: string;
}

/** Asks whose place it is. Where there is nobody else's, there is nothing to ask. */
export function PlaceField({ places, value, onChange, testId }: PlaceFieldProps) {
  const { t } = useTranslation();
  if (places.offered.length === 0) return null;
  const options = [{ value: OWN, label: t("exchange.place.own") }, ...places.offered.map((row) => ({ value: row.associate, label: row.name }))];
  return <Select label={t("exchange.place.label")} options={options} value={value ?? OWN} onChange={(next) => onChange(next === OWN ? null : next)} hint={value === null ? t("exchange.place.ownHint") : t("exchange.place.hint")} testId={testId} />;
}
