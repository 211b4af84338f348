import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Banner, Button, ErrorSummary, JobLine, KeyedForm, useGo, useStore } from "../../kit";
import { failureWords } from "../../words";
import { ENDING_JOB, ending, endingStopped, showEnding } from "./ending";
import { useEndForm } from "./endForm";
import { DeviceSection, KeeperSection, SureSection, WhatHappens } from "./EndParts";

/** The end of the practice on this computer: what happens, who keeps it from then on, and the certificate's lines. */
export function EndPracticeScreen() {
  const { t } = useTranslation();
  const { go } = useGo();
  const { running, failure } = useStore(ending);
  useEffect(showEnding, []);
  const { form, problems, attempt, end, leave } = useEndForm(() => go("/settings/practice"));
  const stopped = failure !== null && endingStopped(failure);
  return (
    <div className="screen">
      <div className="screen-bar"><h1>{t("exchange.ending.title")}</h1></div>
      <KeyedForm onSave={end} className="ex-end" label={t("exchange.ending.title")} testId="end-form">
        <div className="kw-scroll">
          <div className="ex-end-page">
            <ErrorSummary problems={problems} attempt={attempt} />
            <WhatHappens />
            <KeeperSection form={form} />
            <DeviceSection form={form} />
            <SureSection form={form} />
          </div>
        </div>
        <JobLine id={ENDING_JOB} testId="end" className="ex-run ex-end-run" />
        {stopped ? <div className="ex-end-said"><Banner tone="warn" testId="end-stopped">{failureWords(failure)}</Banner></div> : null}
        <footer className="ex-end-foot">
          <Button variant="danger" tall shortcut="Ctrl Enter" type="submit" isDisabled={running} testId="end-now">{t("exchange.ending.act")}</Button>
          <Button variant="quiet" tall onPress={leave} isDisabled={running} testId="end-leave">{t("exchange.ending.leave")}</Button>
          <span className="kw-grow" />
          <span className="kw-sub ex-end-note">{t(running ? "exchange.ending.canStop" : "exchange.ending.noUndo")}</span>
        </footer>
      </KeyedForm>
    </div>
  );
}
