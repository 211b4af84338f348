import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { TriangleAlert } from "lucide-react";
import { useMay, type DayView, type GateQueue } from "../../bridge";
import { Button, useGo } from "../../kit";
import { daysBetween } from "../../words";
import { SPANS, USUAL_SPAN } from "./ChecksScreen";
import { checksWanted } from "./daySeen";

/** How the day stands, in a few numbers. None of them names anybody. */
export function DayNumbers({ day, onWaitlist, onReminders }: { day: DayView; onWaitlist: (() => void) | null; onReminders: (() => void) | null }) {
  const { t } = useTranslation();
  const { numbers } = day;
  const { longest_wait_minutes: wait, longest_wait_where: where } = numbers;
  const waiting = t("scheduling.day.waiting", { count: numbers.waitlist });
  return (
    <section className="sd-numbers" aria-label={t("scheduling.day.numbers.label")} data-testid="day-numbers">
      {(["booked", "arrived", "in_care", "done", "missed"] as const).map((one) => (
        <span key={one}><b>{numbers[one]}</b>{t(`scheduling.day.numbers.${one}`)}</span>
      ))}
      {wait === null ? null : (
        <span className="sd-longest"><b>{t("scheduling.day.numbers.wait", { count: wait })}</b>{where === null ? t("scheduling.day.numbers.longestAnywhere") : t("scheduling.day.numbers.longest", { where })}</span>
      )}
      {numbers.checks > 0 ? <FailedWay day={day} /> : null}
      <span className="kw-grow" />
      <span className="sd-ways">
        <ChecksWay />
        {onReminders ? <Button variant="quiet" className="sd-waitlist" onPress={onReminders} testId="reminders-open">{t("scheduling.reminders.open")}</Button> : null}
        {onWaitlist ? <Button variant="quiet" className="sd-waitlist" onPress={onWaitlist} testId="waitlist-open">{waiting}</Button> : <span>{waiting}</span>}
      </span>
    </section>
  );
}

/** How many of the day's visits have a check that failed, and the way to them. Days that the checks ahead do not reach have the number alone. */
function FailedWay({ day }: { day: DayView }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const { checks } = day.numbers;
  const ahead = daysBetween(day.today, day.date);
  const days = ahead < 0 ? undefined : SPANS.find((one) => one > ahead);
  const parts = <><TriangleAlert size={12} aria-hidden="true" /><b>{checks}</b>{t("scheduling.day.numbers.checks")}</>;
  if (days === undefined || !may("scheduling.gates_ahead")) return <span className="sd-failed" data-testid="day-checks">{parts}</span>;
  const open = () => {
    checksWanted.set({ days, failedOnly: true });
    go("/checks");
  };
  return <Button variant="quiet" className="sd-waitlist sd-failed" onPress={open} testId="day-checks">{parts}</Button>;
}

/** For how long a count is shown that somebody saw, in milliseconds. */
const COUNT_LASTS_MS = 600_000;

/** The way to the checks ahead, with how many there were a moment ago. It does not look by itself: each look names patients in the log. */
function ChecksWay() {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const cache = useQueryClient();
  if (!may("scheduling.gates_ahead")) return null;
  const key = ["scheduling.gates_ahead", { days: USUAL_SPAN }];
  const seen = cache.getQueryState<GateQueue>(key);
  const isOld = !seen || seen.isInvalidated || Date.now() - seen.dataUpdatedAt > COUNT_LASTS_MS;
  const words = seen?.data && !isOld ? t("scheduling.checks.aheadCount", { count: seen.data.rows.length }) : t("scheduling.checks.ahead");
  return <Button variant="quiet" className="sd-waitlist" onPress={() => go("/checks")} testId="checks-open">{words}</Button>;
}
