import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner, Button, Checkbox, ErrorSummary, JobLine, KeyedForm, TextField, fieldId, settleDraft, useDraft, useGo, useStore, type FieldProblem } from "../../kit";
import { failureWords, type Translate } from "../../words";
import { DEIDENTIFY_JOB, deidentify, deidentifying, wasStopped } from "./deidentify";
import { DeidentifiedReport } from "./DeidentifiedReport";
import { epsilonOf, kOf } from "./report";

const PATH = "/deidentified";

interface Typed {
  k: string;
  noisy: boolean;
  epsilon: string;
}

const START: Typed = { k: "1", noisy: false, epsilon: "1.0" };

/** Data about all patients from which what identifies them was taken away, written into a folder. */
export function DeidentifiedScreen() {
  const { t } = useTranslation();
  const state = useStore(deidentifying);
  const { failure, made, running } = state;
  return (
    <div className="screen">
      <div className="screen-bar"><h1>{t("exchange.deidentified.title")}</h1></div>
      <div className="kw-scroll">
        <div className="ex-deid">
          <p>{t("exchange.deidentified.words")}</p>
          <p className="kw-quiet">{t("exchange.deidentified.aidsWords")}</p>
          <DeidentifyForm running={running} />
          <JobLine id={DEIDENTIFY_JOB} testId="deidentify" />
          {failure ? <Banner tone={wasStopped(failure) ? "warn" : "danger"} testId="deidentify-refused">{failureWords(failure)}</Banner> : null}
          {made ? <DeidentifiedReport made={made} /> : null}
        </div>
      </div>
    </div>
  );
}

function DeidentifyForm({ running }: { running: boolean }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const [typed, setTyped] = useState(START);
  // What was written with is no longer unfinished, and stays in the fields for the next time.
  const [start, setStart] = useState(START);
  const [shown, setShown] = useState<readonly FieldProblem[]>([]);
  const [attempt, setAttempt] = useState(0);
  const content = () => (JSON.stringify(typed) === JSON.stringify(start) ? null : JSON.stringify(typed));
  useDraft(PATH, content, (kept) => setTyped({ ...START, ...(JSON.parse(kept) as Partial<Typed>) }));
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const wrong = (field: string) => shown.find((one) => one.id === fieldId(field))?.words;
  const write = () => {
    const problems = problemsOf(typed, t);
    setShown(problems);
    setAttempt((before) => before + 1);
    const k = kOf(typed.k);
    if (problems.length > 0 || k === null || running) return;
    setStart(typed);
    settleDraft(PATH);
    void deidentify(t, { k, epsilon: typed.noisy ? epsilonOf(typed.epsilon) : null }, () => go(PATH));
  };
  return (
    <KeyedForm onSave={write} className="ex-deid-form" label={t("exchange.deidentified.title")} testId="deidentify-form">
      <ErrorSummary problems={shown} attempt={attempt} />
      <div className="ex-deid-fields">
        <TextField label={t("exchange.deidentified.k")} hint={t("exchange.deidentified.kHint")} value={typed.k} onChange={(k) => set({ k })} inputMode="numeric" id={fieldId("k")} error={wrong("k")} testId="deidentify-k" />
        <div className="kw-tight">
          <Checkbox label={t("exchange.deidentified.noisy")} hint={t("exchange.deidentified.noisyHint")} value={typed.noisy} onChange={(noisy) => set({ noisy })} testId="deidentify-noisy" />
          {typed.noisy ? <TextField label={t("exchange.deidentified.epsilon")} hint={t("exchange.deidentified.epsilonHint")} value={typed.epsilon} onChange={(epsilon) => set({ epsilon })} id={fieldId("epsilon")} error={wrong("epsilon")} testId="deidentify-epsilon" /> : null}
        </div>
      </div>
      <div><Button variant="primary" type="submit" shortcut="Ctrl Enter" isDisabled={running} testId="deidentify-write">{t("exchange.deidentified.act")}</Button></div>
    </KeyedForm>
  );
}

function problemsOf({ k, noisy, epsilon }: Typed, t: Translate): FieldProblem[] {
  const problem = (field: string) => ({ id: fieldId(field), label: t(`exchange.deidentified.${field}`), words: t(`exchange.deidentified.${field}Wrong`) });
  return [...(kOf(k) === null ? [problem("k")] : []), ...(noisy && epsilonOf(epsilon) === null ? [problem("epsilon")] : [])];
}
