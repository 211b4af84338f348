import { CalendarClock, CalendarOff, Wrench } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { CalendarView, RuleView, SetupView } from "../../bridge";
import { Badge, EmptyState } from "../../kit";
import { HoursFlyout } from "./HoursFlyout";
import type { TabProps } from "./ResourcesTab";
import { exceptionWords, over, ruleWhen, weekly } from "./setupWords";
import { WeekPicture, hoursOf, type Hours } from "./WeekPicture";

/** When each can be booked: a small picture of the week, and what differs from it. */
export function HoursTab({ setup, open, onOpen }: TabProps) {
  const { t } = useTranslation();
  const living = (one: CalendarView) => one.resources.some((id) => setup.resources.some((resource) => resource.resource === id && !resource.ended));
  const calendars = setup.calendars.filter(living);
  const hours = hoursOf(setup.rules);
  const shown = calendars.find((one) => one.calendar === open);
  return (
    <div className="screen-split">
      <div className="screen-main">
        {calendars.length === 0 ? <EmptyState icon={<CalendarClock size={28} />} title={t("scheduling.setup.teachHours")}>{t("scheduling.setup.teachHoursWords")}</EmptyState> : null}
        <ul className="sc-calendars" aria-label={t("scheduling.setup.tab.hours")}>
          {calendars.map((one) => (
            <li key={one.calendar}>
              <CalendarRow setup={setup} calendar={one} hours={hours} on={one.calendar === open} onOpen={() => onOpen(one.calendar)} />
            </li>
          ))}
        </ul>
      </div>
      {shown ? <HoursFlyout key={shown.calendar} setup={setup} calendar={shown} onClose={() => onOpen(null)} reopen={() => onOpen(shown.calendar)} /> : null}
    </div>
  );
}

export function rulesOf(setup: SetupView, calendar: string): RuleView[] {
  return setup.rules.filter((one) => one.calendar === calendar && !over(one)).toSorted((a, b) => Number(b.kind === "open") - Number(a.kind === "open") || a.from.localeCompare(b.from) || (a.weekdays[0] ?? 0) - (b.weekdays[0] ?? 0) || a.from_minute - b.from_minute);
}

function CalendarRow({ setup, calendar, hours, on, onOpen }: { setup: SetupView; calendar: CalendarView; hours: Hours; on: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  const rules = rulesOf(setup, calendar.calendar);
  const usual = rules.filter((one) => one.kind === "open" && weekly(one));
  const rest = rules.filter((one) => !usual.includes(one));
  const note = setup.resources.find((one) => one.resource === calendar.resources[0])?.note ?? "";
  return (
    <AriaButton className={on ? "sc-calendar sc-calendar-on" : "sc-calendar"} onPress={onOpen} data-testid="calendar-row">
      <span className="sc-calendar-name"><b>{calendar.name}</b><span className="kw-sub">{note}</span></span>
      <WeekPicture rules={rules} hours={hours} label={calendar.name} />
      <span className="sc-calendar-words">
        {usual.length === 0 ? <Badge tone="warn">{t("scheduling.setup.noHours")}</Badge> : null}
        {usual.map((one) => <span key={one.rule}>{ruleWhen(one, t)}{one.label ? <span className="kw-quiet"> · {one.label}</span> : null}</span>)}
      </span>
      <span className="sc-calendar-rest">{rest.slice(0, 3).map((one) => <Exception key={one.rule} rule={one} />)}</span>
    </AriaButton>
  );
}

/** What differs from the ordinary week, as a badge. */
function Exception({ rule }: { rule: RuleView }) {
  const { t } = useTranslation();
  const Sign = rule.kind === "maintenance" ? Wrench : CalendarOff;
  const words = exceptionWords(rule, t);
  return <Badge tone={rule.kind === "maintenance" ? "info" : "plain"} icon={<Sign size={12} aria-hidden="true" />} title={words}>{words}</Badge>;
}
