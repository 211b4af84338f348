import { Pencil, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useChange, type CalendarView, type RuleKind, type RuleView, type SetupView } from "../../bridge";
import { Button, SideFlyout, toast } from "../../kit";
import { failureWords } from "../../words";
import { rulesOf } from "./HoursTab";
import { RuleForm } from "./RuleForm";
import { FormFlyout, TextOf, useSetupForm, wholeOf } from "./setupForm";
import { ruleWhen, weekly } from "./setupWords";

interface HoursProps {
  setup: SetupView;
  calendar: CalendarView;
  onClose: () => void;
  reopen: () => void;
}

type Doing = { what: "rule"; kind: RuleKind; row: RuleView | null } | { what: "steps" } | null;

const ADDED: readonly RuleKind[] = ["open", "time_off", "holiday", "closed", "maintenance"];

/** The hours of one calendar: what holds every week, and what differs from it. */
export function HoursFlyout({ setup, calendar, onClose, reopen }: HoursProps) {
  const { t } = useTranslation();
  const [doing, setDoing] = useState<Doing>(null);
  const back = () => setDoing(null);
  const again = () => {
    reopen();
    setDoing(doing);
  };
  if (doing?.what === "rule") return <RuleForm setup={setup} calendar={calendar} kind={doing.kind} row={doing.row} onClose={back} reopen={again} />;
  if (doing?.what === "steps") return <StepsForm calendar={calendar} onClose={back} reopen={again} />;
  const rules = rulesOf(setup, calendar.calendar);
  const usual = rules.filter((one) => one.kind === "open" && weekly(one));
  const rest = rules.filter((one) => !usual.includes(one));
  const change = (row: RuleView) => setDoing({ what: "rule", kind: row.kind, row });
  return (
    <SideFlyout title={calendar.name} sub={t("scheduling.setup.hoursWords")} onClose={onClose} testId="hours">
      <section className="kw-tight" aria-label={t("scheduling.setup.everyWeek")}>
        <h3>{t("scheduling.setup.everyWeek")}</h3>
        {usual.length === 0 ? <p className="kw-quiet">{t("scheduling.setup.noHoursTeach")}</p> : null}
        <Rules rules={usual} onChange={change} />
      </section>
      {rest.length > 0 ? (
        <section className="kw-tight" aria-label={t("scheduling.setup.otherDays")}>
          <h3>{t("scheduling.setup.otherDays")}</h3>
          <Rules rules={rest} onChange={change} />
        </section>
      ) : null}
      <div className="sc-chips">
        {ADDED.map((kind) => <Button key={kind} className="sc-chip" onPress={() => setDoing({ what: "rule", kind, row: null })} testId={`rule-new-${kind}`}>{t(`scheduling.setup.addRule.${kind}`)}</Button>)}
      </div>
      <div className="sc-line">
        <span className="kw-grow kw-sub">{t("scheduling.setup.steps", { step: calendar.grid_minutes, count: calendar.horizon_days })}</span>
        <Button variant="quiet" aria-label={t("scheduling.setup.changeSteps")} icon={<Pencil size={14} aria-hidden="true" />} onPress={() => setDoing({ what: "steps" })} testId="steps-change" />
      </div>
    </SideFlyout>
  );
}

function Rules({ rules, onChange }: { rules: readonly RuleView[]; onChange: (row: RuleView) => void }) {
  const { t } = useTranslation();
  const end = useEnding();
  return (
    <ul className="sc-rules">
      {rules.map((one) => {
        const words = ruleWhen(one, t);
        return (
          <li key={one.rule} className="sc-line" data-testid="rule-row">
            <span className="kw-grow">{one.label || one.kind !== "open" ? <b>{one.label || t(`scheduling.setup.rule.${one.kind}`)}</b> : null} <span className={one.label || one.kind !== "open" ? "kw-sub kw-block" : undefined}>{words}</span></span>
            <Button variant="quiet" aria-label={t("scheduling.setup.changeNamed", { name: words })} icon={<Pencil size={14} aria-hidden="true" />} onPress={() => onChange(one)} testId="rule-change" />
            <Button variant="quiet" aria-label={t("scheduling.setup.endRule", { name: words })} icon={<X size={14} aria-hidden="true" />} onPress={() => void end(one)} testId="rule-end" />
          </li>
        );
      })}
    </ul>
  );
}

const OLD = ["scheduling.setup", "scheduling.day"] as const;

/** Ends a rule; for ten seconds it can be taken back. */
function useEnding() {
  const { t } = useTranslation();
  const end = useChange("scheduling.end_rule", OLD);
  const keep = useChange("scheduling.keep_rule", OLD);
  return async (row: RuleView) => {
    const { rule, ...same } = row;
    try {
      await end.mutateAsync({ input: { rule } });
      toast(t("scheduling.setup.ruleEnded"), { undo: () => void keep.mutateAsync({ input: same }).catch((thrown: unknown) => toast(failureWords(failureOf(thrown)), { tone: "danger" })) });
    } catch (thrown) {
      toast(failureWords(failureOf(thrown)), { tone: "danger" });
    }
  };
}

/** In which steps bookings begin, and how far ahead one may book. */
function StepsForm({ calendar, onClose, reopen }: { calendar: CalendarView; onClose: () => void; reopen: () => void }) {
  const { t } = useTranslation();
  const keep = useChange("scheduling.keep_calendar", OLD);
  const form = useSetupForm({
    about: `hours:${calendar.calendar}-steps`,
    initial: { grid_minutes: String(calendar.grid_minutes), horizon_days: String(calendar.horizon_days) },
    reopen,
    send: async (typed) => {
      const whole = (field: "grid_minutes" | "horizon_days") => wholeOf(typed[field], field, t("scheduling.setup.wholeNumber"));
      await keep.mutateAsync({ input: { ...calendar, grid_minutes: whole("grid_minutes"), horizon_days: whole("horizon_days") } });
      toast(t("scheduling.setup.kept", { name: calendar.name }));
      onClose();
    },
  });
  return (
    <FormFlyout title={calendar.name} form={form} onClose={onClose} testId="steps-form">
      <TextOf form={form} name="grid_minutes" label={t("scheduling.setup.field.grid_minutes")} hint={t("scheduling.setup.hint.grid_minutes")} inputMode="numeric" required autoFocus testId="steps-grid" />
      <TextOf form={form} name="horizon_days" label={t("scheduling.setup.field.horizon_days")} inputMode="numeric" required testId="steps-horizon" />
    </FormFlyout>
  );
}
