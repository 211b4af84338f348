import { Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DecisionLetterKind } from "../../bridge";
import { civilText } from "../../words";
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

/** What happened so far, the first on top, and at the end what is awaited. */
export function Timeline({ happened, request, next }: { happened: readonly Happened[]; request: string; next: string | null }) {
  const { t } = useTranslation();
  const inOrder = happened.toSorted((a, b) => a.on.localeCompare(b.on));
  return (
    <section aria-label={t("compliance.requests.happened")}>
      <h3>{t("compliance.requests.happened")}</h3>
      <ol className="cp-timeline" data-testid="timeline">
        {inOrder.map((one) => (
          <li key={one.id} data-testid={`happened-${one.id}`}>
            <span className="cp-timeline-on kw-sub">{civilText(one.on)}</span>
            <b>{one.title}</b>
            {(one.lines ?? []).map((line) => <p key={line}>{line}</p>)}
            {one.quote ? <blockquote className="cp-quote">{one.quote}</blockquote> : null}
            {one.letter ? <SaveDecisionLetter kind={one.letter} request={request} /> : null}
          </li>
        ))}
        {next === null ? null : <li className="cp-timeline-next" data-testid="awaited"><Hourglass size={14} aria-hidden="true" /><b>{next}</b></li>}
      </ol>
    </section>
  );
}
