import { useTranslation } from "react-i18next";
import type { RuleView } from "../../bridge";
import { todayCivil } from "../../words";
import { clockText, weekdayName } from "./clock";
import { over, ruleWhen, weekly } from "./setupWords";

const WEEK = [1, 2, 3, 4, 5, 6, 7];

export interface Hours {
  first: number;
  last: number;
}

/** From when to when the pictures of all calendars reach, so that they can be compared. */
export function hoursOf(rules: readonly RuleView[]): Hours {
  const open = rules.filter((one) => one.kind === "open");
  if (open.length === 0) return { first: 480, last: 1_020 };
  return { first: Math.floor(Math.min(...open.map((one) => one.from_minute)) / 60) * 60, last: Math.ceil(Math.max(...open.map((one) => one.to_minute)) / 60) * 60 };
}

interface Band {
  key: string;
  weekday: number;
  from: number;
  to: number;
  kind: RuleView["kind"];
  every: number;
}

function bandsOf(rules: readonly RuleView[]): Band[] {
  const now = rules.filter((one) => weekly(one) && !over(one) && one.from <= todayCivil());
  return now.flatMap((one) => (one.weekdays.length === 0 ? WEEK : one.weekdays).map((weekday) => ({ key: `${one.rule}-${weekday}`, weekday, from: one.from_minute, to: one.to_minute, kind: one.kind, every: one.every_weeks })));
}

/** An ordinary week, small: what is open is filled, every second week half so, and what is closed in it is hatched. */
export function WeekPicture({ rules, hours, label }: { rules: readonly RuleView[]; hours: Hours; label: string }) {
  const { t } = useTranslation();
  const bands = bandsOf(rules);
  const height = Math.max(60, hours.last - hours.first);
  const place = (band: Band) => ({ top: `${((band.from - hours.first) / height) * 100}%`, height: `${((Math.min(band.to, hours.last) - Math.max(band.from, hours.first)) / height) * 100}%` });
  const said = rules.filter((one) => weekly(one) && !over(one)).map((one) => `${t(`scheduling.setup.rule.${one.kind}`)}: ${ruleWhen(one, t)}`).join("; ");
  return (
    <div className="sc-week" role="img" aria-label={t("scheduling.setup.weekOf", { name: label, hours: said || t("scheduling.setup.noHours") })} title={`${clockText(hours.first)} – ${clockText(hours.last)}`}>
      {WEEK.map((weekday) => (
        <div key={weekday} className="sc-week-day">
          <div className="sc-week-bar">
            {bands.filter((one) => one.weekday === weekday && one.from < hours.last && one.to > hours.first).map((one) => <span key={one.key} className="sc-week-band" data-kind={one.kind} data-every={one.every > 1 ? "second" : undefined} style={place(one)} />)}
          </div>
          <span className="sc-week-name">{weekdayName(weekday, "narrow")}</span>
        </div>
      ))}
    </div>
  );
}
