import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

export interface FieldProblem {
  /** The id of the field, or null when the words belong to the form as a whole. */
  id: string | null;
  label: string;
  words: string;
}

/** Everything that stands in the way of saving, each linked to its field. It takes the focus when it appears. */
export function ErrorSummary({ problems, attempt }: { problems: readonly FieldProblem[]; attempt: number }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLDivElement>(null);
  const met = useRef(0);
  const any = problems.length > 0;
  useEffect(() => {
    // Once for each try to save: a summary that comes back while somebody types must not take the caret away.
    if (!any || attempt <= met.current) return;
    met.current = attempt;
    frame.current?.focus();
  }, [any, attempt]);
  if (!any) return null;
  return (
    <div className="kw-summary" role="alert" tabIndex={-1} ref={frame} data-testid="error-summary">
      <h2>{t("common.problems", { count: problems.length })}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.id}-${problem.words}`}>
            {problem.id ? (
              <a href={`#${problem.id}`} onClick={(event) => { event.preventDefault(); document.getElementById(problem.id ?? "")?.focus(); }}>
                {problem.label ? `${problem.label}: ` : ""}{problem.words}
              </a>
            ) : (
              problem.words
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
