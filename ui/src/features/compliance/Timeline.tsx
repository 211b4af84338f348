import { Hourglass, OctagonAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DecisionLetterKind } from "../../bridge";
import { civilText, daysBetween, todayCivil } from "../../words";
import { SaveDecisionLetter } from "./SaveDecisionLetter";

/** One thing that happened with a request. */
export interface Happened {
  id: string;
  on: string;
  title: string;
  lines?: readonly string[];
  /** The words of somebody, as they were written. */
  quote?: string | null;
  /** The letter that says it to whoever asked. */
  letter?: DecisionLetterKind;
}

/** What is awaited: that it is answered, or that what was granted is handed over, by a day. */
export interface Awaited {
  what: "answerBy" | "handOverBy";
  on: string;
}

/** What happened so far, the first on top, and at the end what is awaited. */
export function Timeline({ happened, request, next, letters = true }: { happened: readonly Happened[]; request: string; next: Awaited | null; letters?: boolean }) {
  const { t } = useTranslation();
  const inOrder = happened.toSorted((a, b) => a.on.localeCompare(b.on));
  return (
    <section className="cp-happened" aria-label={t("compliance.requests.happened")}>
      <h3>{t("compliance.requests.happened")}</h3>
      <ol className="cp-timeline" data-testid="timeline">
        {inOrder.map((one) => (
          <li key={one.id} data-testid={`happened-${one.id}`}>
            <span className="cp-timeline-on kw-sub">{civilText(one.on)}</span>
            <b>{one.title}</b>
            {(one.lines ?? []).map((line) => <p key={line}>{line}</p>)}
            {one.quote ? <blockquote className="cp-quote">{one.quote}</blockquote> : null}
            {one.letter && letters ? <SaveDecisionLetter kind={one.letter} request={request} /> : null}
          </li>
        ))}
        {next === null ? null : <Next {...next} />}
      </ol>
    </section>
  );
}

function Next({ what, on }: Awaited) {
  const { t } = useTranslation();
  const left = daysBetween(todayCivil(), on);
  const days = t(left < 0 ? "compliance.requests.late" : "compliance.requests.left", { count: Math.abs(left) });
  const SignOf = left < 0 ? OctagonAlert : Hourglass;
  return <li className="cp-timeline-next" data-tone={left < 0 ? "danger" : "info"} data-testid="awaited"><SignOf size={14} aria-hidden="true" /><b>{t(`compliance.requests.${what}`, { date: civilText(on), days })}</b></li>;
}
