import { useTranslation } from "react-i18next";
import type { ResourceView } from "../../bridge";
import { Checkbox, FieldGroup, Select, TextField } from "../../kit";
import { clockText, readClock } from "./clock";
import { WeekdayToggles } from "./WeekdayToggles";
import type { Wishes } from "./wishes";

const TIMES: readonly Wishes["time"][] = ["any", "morning", "afternoon", "own"];

export interface WishFieldsProps {
  wishes: Wishes;
  choices: readonly ResourceView[];
  onChange: (change: Partial<Wishes>) => void;
}

/** With whom, on which days, at what time. */
export function WishFields({ wishes, choices, onChange }: WishFieldsProps) {
  const { t } = useTranslation();
  const tick = (resource: string, on: boolean) => onChange({ resources: on ? [...wishes.resources, resource] : wishes.resources.filter((one) => one !== resource) });
  const understood = (typed: string) => {
    const read = readClock(typed);
    return read === null ? "" : clockText(read);
  };
  return (
    <>
      {choices.length > 1 ? (
        <FieldGroup label={t("scheduling.wishes.who")} hint={t("scheduling.wishes.whoHint")}>
          <div className="sc-ticks">{choices.map((one) => <Checkbox key={one.resource} label={one.name} value={wishes.resources.includes(one.resource)} onChange={(on) => tick(one.resource, on)} testId={`wish-${one.resource}`} />)}</div>
        </FieldGroup>
      ) : null}
      <WeekdayToggles label={t("scheduling.wishes.days")} value={wishes.weekdays} onChange={(weekdays) => onChange({ weekdays })} hint={t("scheduling.wishes.daysHint")} testId="wish-days" />
      <Select label={t("scheduling.wishes.time")} options={TIMES.map((one) => ({ value: one, label: t(`scheduling.wishes.times.${one}`) }))} value={wishes.time} onChange={(time) => onChange({ time: time as Wishes["time"] })} testId="wish-time" />
      {wishes.time === "own" ? (
        <div className="sc-two">
          <TextField label={t("scheduling.wishes.after")} value={wishes.after} onChange={(after) => onChange({ after })} hint={understood(wishes.after)} placeholder={clockText(600)} testId="wish-after" />
          <TextField label={t("scheduling.wishes.before")} value={wishes.before} onChange={(before) => onChange({ before })} hint={understood(wishes.before)} placeholder={clockText(720)} testId="wish-before" />
        </div>
      ) : null}
    </>
  );
}
