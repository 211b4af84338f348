import { useTranslation } from "react-i18next";
import type { Conflict, Need } from "../../bridge";
import { Banner, TextField } from "../../kit";
import type { Translate } from "../../words";
import { needWords } from "./chips";

/** What a check of a time found, whatever is to take place then. */
export interface Checked {
  conflicts: readonly Conflict[];
  may_override: boolean;
  needs?: readonly Need[];
}

/** One thing that stands against a time, in a sentence. What is missing is said from what the product needs. */
export function conflictWords(conflict: Conflict, check: Pick<Checked, "needs">, t: Translate): string {
  const missing = () => (check.needs ?? []).filter((need) => need.missing > 0).map((need) => needWords(need, t)).join(", ");
  const name = conflict.kind === "missing" ? missing() : conflict.name;
  const words = t(`scheduling.conflict.kind.${conflict.kind}`, { name, time: conflict.time ?? "", by: conflict.held_by });
  return conflict.held_by === "" || conflict.kind === "held" ? words : t("scheduling.conflict.by", { words, by: conflict.held_by });
}

/** The field of the reason, for whoever has to go there next. */
export const OVERRIDE = "sd-override";

export interface ConflictListProps {
  check: Checked;
  reason: string;
  onReason: (reason: string) => void;
  error?: string | undefined;
  /** Where the reason is kept, unless it is with a visit. */
  hint?: string;
  /** What is asked, unless it is about a booking. */
  label?: string;
}

/** Everything that stands against a time, and, for whoever may, the reason to do it all the same. */
export function ConflictList({ check, reason, onReason, error, hint, label }: ConflictListProps) {
  const { t } = useTranslation();
  if (check.conflicts.length === 0) return null;
  return (
    <div className="kw-tight" data-testid="conflicts">
      <Banner tone="warn">
        <b>{t("scheduling.conflict.title", { count: check.conflicts.length })}</b>
        <ul className="sd-conflicts">
          {check.conflicts.map((one) => <li key={`${one.kind}-${one.resource}-${one.time}-${one.held_by}`} data-testid="conflict">{conflictWords(one, check, t)}</li>)}
        </ul>
      </Banner>
      {check.may_override ? (
        <TextField id={OVERRIDE} label={label ?? t("scheduling.conflict.reason")} hint={hint ?? t("scheduling.conflict.reasonHint")} value={reason} onChange={onReason} error={error} testId="override-reason" />
      ) : (
        <p className="kw-sub">{t("scheduling.conflict.cannot")}</p>
      )}
    </div>
  );
}
