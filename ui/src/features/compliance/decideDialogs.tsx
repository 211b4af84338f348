import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useSession, type AccessGround, type AccessOutcome, type ReviewOutcome } from "../../bridge";
import { Banner, GroupedSelect, RadioGroup, fieldId, toast } from "../../kit";
import { todayCivil } from "../../words";
import { ActionDialog } from "./ActionDialog";
import { ACCESS_OLD, type AccessDialogProps } from "./extendDialogs";
import { canBeReviewed, groundGroups } from "./grounds";
import { DateOf, TextOf, orNull, useTyped } from "./typing";

const OUTCOMES: readonly AccessOutcome[] = ["granted", "partly", "denied"];
const REVIEWS = ["running", "upheld", "reversed"] as const;

/** Grants a request or denies it in writing. Whether a denial can be reviewed is said, and never chosen. */
export function DecideDialog({ row, onClose }: AccessDialogProps) {
  const { t } = useTranslation();
  const { display_name } = useSession();
  const decide = useChange("compliance.decide_access", ACCESS_OLD);
  const groups = useMemo(() => groundGroups(t), [t]);
  const word = (name: string) => t(`compliance.access.decideDialog.${name}`);
  const form = useTyped({
    screen: `/accountings#decide-${row.access}`,
    initial: { outcome: "granted", ground: "", basis: "", decided_on: todayCivil(), decided_by: display_name },
    labelOf: () => "",
    send: async ({ outcome, ground, basis, decided_on, decided_by }) => {
      const denial = outcome === "granted" ? { ground: null, basis: null } : { ground: ground === "" ? null : (ground as AccessGround), basis: orNull(basis) };
      await decide.mutateAsync({ input: { access: row.access, outcome: outcome as AccessOutcome, ...denial, decided_on, decided_by: decided_by.trim() } });
      toast(t(`compliance.access.decideDialog.done.${outcome}`));
      onClose();
    },
  });
  const { outcome, ground } = form.values;
  const reviewable = canBeReviewed(ground);
  const fields = ["decided_on", "decided_by", ...(outcome === "granted" ? [] : (["ground", "basis"] as const))] as const;
  return (
    <ActionDialog title={word("title")} words={word("words")} act={t(`compliance.access.decideDialog.save.${outcome}`)} form={form} fields={fields} onClose={onClose} testId="decide-dialog">
      <RadioGroup label={word("outcome")} options={OUTCOMES.map((value) => ({ value, label: word(`choice.${value}`), hint: word(`hint.${value}`) }))} value={outcome} onChange={(next) => form.set({ outcome: next })} testId="decide-outcome" />
      {outcome === "granted" ? null : (
        <>
          <GroupedSelect label={word("ground")} groups={groups} value={ground} onChange={(next) => form.set({ ground: next })} id={fieldId("ground")} error={form.wrong("ground")} required testId="decide-ground" />
          {reviewable === null ? null : <Banner tone="info" testId="decide-reviewable">{t(reviewable ? "compliance.access.reviewable" : "compliance.access.notReviewable")}</Banner>}
          <TextOf form={form} name="basis" label={word("basis")} hint={word("basisHint")} required lines={3} testId="decide-basis" />
        </>
      )}
      <div className="cp-two">
        <DateOf form={form} name="decided_on" label={word(outcome === "granted" ? "decided_on" : "sent_on")} required testId="decide-on" />
        <TextOf form={form} name="decided_by" label={word("decided_by")} required testId="decide-by" />
      </div>
    </ActionDialog>
  );
}

/** The review of a denial by another professional: that it runs, and later what became of it. */
export function ReviewDialog({ row, onClose }: AccessDialogProps) {
  const { t } = useTranslation();
  const review = useChange("compliance.review_access", ACCESS_OLD);
  const word = (name: string) => t(`compliance.access.reviewDialog.${name}`);
  const before = row.review;
  const form = useTyped({
    screen: `/accountings#review-${row.access}`,
    initial: { asked_on: before?.asked_on ?? todayCivil(), reviewer: before?.reviewer ?? "", outcome: "running", decided_on: todayCivil() },
    labelOf: () => "",
    send: async ({ asked_on, reviewer, outcome, decided_on }) => {
      const became = outcome === "running" ? {} : { outcome: outcome as ReviewOutcome, decided_on };
      await review.mutateAsync({ input: { access: row.access, asked_on, reviewer: reviewer.trim(), ...became } });
      toast(word(`done.${outcome}`));
      onClose();
    },
  });
  const running = form.values.outcome === "running";
  const fields = ["asked_on", "reviewer", ...(running ? [] : (["decided_on"] as const))] as const;
  return (
    <ActionDialog title={word("title")} words={t("compliance.access.reviewDialog.words", { who: row.decision?.decided_by ?? "" })} act={word("save")} form={form} fields={fields} onClose={onClose} testId="review-dialog">
      <div className="cp-two">
        <DateOf form={form} name="asked_on" label={word("asked_on")} required testId="review-asked" />
        <TextOf form={form} name="reviewer" label={word("reviewer")} required autoFocus testId="review-reviewer" />
      </div>
      <RadioGroup label={word("outcome")} options={REVIEWS.map((value) => ({ value, label: word(`choice.${value}`) }))} value={form.values.outcome} onChange={(outcome) => form.set({ outcome })} testId="review-outcome" />
      {running ? null : <DateOf form={form} name="decided_on" label={word("decided_on")} required testId="review-on" />}
    </ActionDialog>
  );
}
