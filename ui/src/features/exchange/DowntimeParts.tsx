import { LifeBuoy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, type DowntimeList } from "../../bridge";
import { Banner, Button, useGo } from "../../kit";
import { dateTimeText, failureWords, numberText, type Translate } from "../../words";
import { downtimeStopped, type DowntimeState } from "./downtimeJob";

export const DOWNTIME_PATH = "/backups/downtime";

/** The downtime pack among the backups: how it stands, and the way to it. Nothing for whoever may not see it. */
export function DowntimeLine() {
  const { t } = useTranslation();
  const { go } = useGo();
  const may = useMay()("exchange.downtime");
  const list = useAnswer("exchange.downtime", {}, { enabled: may });
  if (!may) return null;
  return (
    <div className="ex-plan" data-testid="downtime-line">
      <LifeBuoy size={16} aria-hidden="true" />
      <span className="kw-grow">{list.data ? t("exchange.downtime.line", { standing: lastWords(t, list.data) }) : t("exchange.downtime.title")}</span>
      <Button onPress={() => go(DOWNTIME_PATH)} testId="downtime-open">{t("exchange.downtime.open")}</Button>
    </div>
  );
}

function lastWords(t: Translate, { last, patients }: DowntimeList): string {
  return last === null ? t("exchange.downtime.none") : t("exchange.downtime.last", { when: dateTimeText(last), count: patients, number: numberText(patients) });
}

/** How the practice stands on a day without computers: what was missed first, then what there is. */
export function DowntimeStanding({ list, missed }: { list: DowntimeList; missed: boolean }) {
  const { t } = useTranslation();
  const state = list.last === null ? "none" : list.plan ? "planned" : "byHand";
  const after = { none: list.has_passphrase ? "exchange.downtime.noneWhy" : "exchange.downtime.noneFirst", planned: null, byHand: "exchange.downtime.byHand" }[state];
  const tone = { none: "warn", planned: "ok", byHand: "info" } as const;
  return (
    <div className="ex-standing" data-testid="downtime-standing" data-tone={missed ? "warn" : tone[state]}>
      {missed ? <Banner tone="warn" testId="downtime-missed-here">{t("shell.downtimeMissed")}</Banner> : null}
      <Banner tone={missed && state === "planned" ? "info" : tone[state]}>{lastWords(t, list)}{after ? ` ${t(after)}` : ""}</Banner>
    </div>
  );
}

/** What came of writing one by hand. */
export function DowntimeOutcome({ state: { failure, written } }: { state: DowntimeState }) {
  const { t } = useTranslation();
  if (!failure && !written) return null;
  return (
    <div className="ex-outcome">
      {failure ? <Banner tone={downtimeStopped(failure) ? "warn" : "danger"} testId="downtime-refused">{failureWords(failure)}</Banner> : null}
      {written ? <Banner tone="ok" testId="downtime-written">{t("exchange.downtime.written", { name: written.name, count: written.patients, number: numberText(written.patients) })}</Banner> : null}
    </div>
  );
}
