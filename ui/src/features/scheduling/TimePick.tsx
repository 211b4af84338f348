import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Select } from "../../kit";
import type { Hourly } from "./gridFrame";
import { timeAt } from "./layout";

/** The time something begins, from a list in the steps of the calendar; typing its first figures finds it. */
export function TimePick({ label, day, minute, grid, onChange, testId }: { label: string; day: Hourly; minute: number; grid: number; onChange: (minute: number) => void; testId?: string }) {
  const options = useMemo(() => {
    const steps = Array.from({ length: Math.floor((day.last - day.first) / grid) }, (_, index) => day.first + index * grid);
    const all = steps.includes(minute) ? steps : [...steps, minute].toSorted((a, b) => a - b);
    return all.map((one) => ({ value: String(one), label: timeAt(day.labels, one) }));
  }, [day, minute, grid]);
  return <Select label={label} options={options} value={String(minute)} onChange={(value) => onChange(Number(value))} {...(testId ? { testId } : {})} />;
}

const LENGTHS: readonly number[] = [10, 15, 20, 30, 40, 45, 60, 90, 120];

export interface LengthPickProps {
  minutes: number;
  onChange: (minutes: number) => void;
  testId?: string;
  /** What it is the length of, and which are offered, where it is not a visit. */
  label?: string;
  lengths?: readonly number[];
}

export function LengthPick({ minutes, onChange, testId, label, lengths = LENGTHS }: LengthPickProps) {
  const { t } = useTranslation();
  const all = lengths.includes(minutes) ? lengths : [...lengths, minutes].toSorted((a, b) => a - b);
  return <Select label={label ?? t("scheduling.book.length")} options={all.map((one) => ({ value: String(one), label: t("scheduling.minutes", { count: one }) }))} value={String(minutes)} onChange={(value) => onChange(Number(value))} {...(testId ? { testId } : {})} />;
}
