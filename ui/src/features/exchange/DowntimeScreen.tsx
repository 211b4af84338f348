import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay } from "../../bridge";
import { Button, Failed, JobLine, useGo, useShortcuts, useStore } from "../../kit";
import { DOWNTIME_PATH, DowntimeOutcome, DowntimeStanding } from "./DowntimeParts";
import { DowntimePlanLine } from "./DowntimePlan";
import { DOWNTIME_JOB, writeDowntime, writingDowntime } from "./downtimeJob";

const ADVICE = ["paper", "drive", "who", "inside"] as const;
const WRITES = ["exchange.downtime_page", "exchange.seal_downtime", "exchange.note_downtime"];

/** The sealed page for the day on which the computers do not work. */
export function DowntimeScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const cache = useQueryClient();
  const state = useStore(writingDowntime);
  const list = useAnswer("exchange.downtime", {});
  const missed = useAnswer("shell.status", {}).data?.downtime_missed ?? false;
  const mayWrite = WRITES.every((operation) => may(operation));
  const ready = list.data?.has_passphrase === true && !state.running;
  const write = async () => {
    if (!ready) return;
    await writeDowntime(t, () => go(DOWNTIME_PATH));
    await Promise.all([["exchange.downtime"], ["shell.status"]].map((queryKey) => cache.invalidateQueries({ queryKey })));
  };
  useShortcuts(mayWrite ? [{ keys: "n", shown: "N", words: t("exchange.downtime.now"), run: () => void write() }] : []);
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("exchange.downtime.title")}</h1>
        <span className="kw-grow" />
        {may("exchange.backups") ? <Button variant="quiet" onPress={() => go("/backups")} testId="downtime-leave">{t("exchange.downtime.toBackups")}</Button> : null}
        {mayWrite ? <Button variant={list.data?.has_passphrase === false ? "plain" : "primary"} shortcut="N" isDisabled={!ready} onPress={() => void write()} testId="downtime-now">{t("exchange.downtime.now")}</Button> : null}
      </div>
      {list.error ? <Failed failure={failureOf(list.error)} /> : null}
      {list.data ? <DowntimeStanding list={list.data} missed={missed} /> : null}
      {list.data ? <DowntimePlanLine list={list.data} mayPlan={may("exchange.plan_downtime")} /> : null}
      <JobLine id={DOWNTIME_JOB} testId="downtime" className="ex-run" />
      <DowntimeOutcome state={state} />
      <div className="kw-scroll"><WhatItIs /></div>
    </div>
  );
}

function WhatItIs() {
  const { t } = useTranslation();
  return (
    <div className="ex-downtime">
      <p>{t("exchange.downtime.words")}</p>
      <dl className="ex-downtime-advice">
        {ADVICE.map((one) => (
          <div key={one}>
            <dt>{t(`exchange.downtime.advice.${one}`)}</dt>
            <dd>{t(`exchange.downtime.advice.${one}Words`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
