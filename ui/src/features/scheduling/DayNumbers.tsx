import { useTranslation } from "react-i18next";
import type { DayNumbers as Numbers } from "../../bridge";
import { Button } from "../../kit";

/** How the day stands, in six numbers. None of them names anybody. */
export function DayNumbers({ numbers, onWaitlist }: { numbers: Numbers; onWaitlist: (() => void) | null }) {
  const { t } = useTranslation();
  const { longest_wait_minutes: wait, longest_wait_where: where } = numbers;
  const waiting = t("scheduling.day.waiting", { count: numbers.waitlist });
  return (
    <section className="screen-strip sd-numbers" aria-label={t("scheduling.day.numbers.label")} data-testid="day-numbers">
      {(["booked", "arrived", "in_care", "done", "missed"] as const).map((one) => (
        <span key={one}><b>{numbers[one]}</b>{t(`scheduling.day.numbers.${one}`)}</span>
      ))}
      {wait === null ? null : (
        <span className="sd-longest"><b>{t("scheduling.day.numbers.wait", { count: wait })}</b>{where === null ? t("scheduling.day.numbers.longestAnywhere") : t("scheduling.day.numbers.longest", { where })}</span>
      )}
      <span className="kw-grow" />
      {onWaitlist ? <Button variant="quiet" className="sd-waitlist" onPress={onWaitlist} testId="waitlist-open">{waiting}</Button> : <span>{waiting}</span>}
    </section>
  );
}
