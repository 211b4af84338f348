import { ChartColumn, Printer } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, useAnswer, type FiguresView } from "../../bridge";
import { Banner, Button, DateField, EmptyState, Failed, KeyedForm, Select, fieldId } from "../../kit";
import { failureWords, numberText, todayCivil } from "../../words";
import { dateRange } from "./clock";
import { RateChart, UseTable, WeekTable } from "./FigureCharts";
import { PERIODS, missedOf, periodOf, rangeOf, shareText, usedOf, wrongPeriod, type Period, type PeriodName } from "./figures";

/** How the calendar is used: what a manager looks at once a week. No patient is in it. */
export function FiguresScreen() {
  const { t } = useTranslation();
  const [name, setName] = useState<PeriodName>("thirteen");
  const [own, setOwn] = useState<Period | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  // What has no dates yet is not asked for: the figures of the period before stay until they are.
  const period = name === "own" ? own : periodOf(name, todayCivil());
  const answer = useAnswer("scheduling.figures", period ?? { from: "", until: "" }, { enabled: period !== null, keepPrevious: true });
  const print = () => {
    setWrong(null);
    call("shell.print", {}).catch((thrown: unknown) => setWrong(failureWords(failureOf(thrown))));
  };
  const choose = (next: PeriodName) => {
    if (next === "own" && own === null && period !== null) setOwn(period);
    setName(next);
  };
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("scheduling.figures.title")}</h1>
        <span className="kw-sub">{t("scheduling.figures.words")}</span>
        <span className="kw-grow" />
        <Button icon={<Printer size={14} aria-hidden="true" />} onPress={print} isDisabled={!answer.data} testId="figures-print">{t("scheduling.figures.print")}</Button>
      </div>
      <div className="sf-tools">
        <Select label={t("scheduling.figures.period")} options={PERIODS.map((one) => ({ value: one, label: t(`scheduling.figures.periods.${one}`) }))} value={name} onChange={(next) => choose(next as PeriodName)} testId="figures-period" />
        {name === "own" && own ? <OwnDates key={`${own.from}-${own.until}`} period={own} onShow={setOwn} /> : null}
      </div>
      {wrong ? <Banner tone="danger" edge testId="figures-refused">{wrong}</Banner> : null}
      {answer.error ? <Failed failure={failureOf(answer.error)} /> : null}
      {answer.data && !answer.error ? <Page figures={answer.data} old={answer.isPlaceholderData} /> : null}
    </div>
  );
}

/** Two dates that somebody types. They are counted when they are sent, not letter by letter: each look is an entry in the log. */
function OwnDates({ period, onShow }: { period: Period; onShow: (period: Period) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(period);
  const [tried, setTried] = useState(false);
  const wrong = wrongPeriod(typed);
  const at = (field: "from" | "until") => (tried && wrong?.field === field ? t(`scheduling.figures.${wrong.key}`) : undefined);
  const show = () => {
    setTried(true);
    if (!wrong) onShow(typed);
  };
  return (
    <KeyedForm onSave={show} enterSaves className="sf-own" label={t("scheduling.figures.periods.own")}>
      <DateField label={t("scheduling.figures.from")} value={typed.from} onChange={(from) => setTyped({ ...typed, from })} error={at("from")} id={fieldId("figures-from")} testId="figures-from" />
      <DateField label={t("scheduling.figures.until")} value={typed.until} onChange={(until) => setTyped({ ...typed, until })} error={at("until")} id={fieldId("figures-until")} testId="figures-until" />
      <Button type="submit" variant="primary" testId="figures-show">{t("scheduling.figures.show")}</Button>
    </KeyedForm>
  );
}

function Page({ figures, old }: { figures: FiguresView; old: boolean }) {
  const { t } = useTranslation();
  const practice = useAnswer("identity.practice", {});
  const { weeks, resources } = figures;
  const nothing = weeks.every((one) => one.visits === 0) && resources.every((one) => one.weeks.every((use) => use.booked_minutes === 0));
  if (nothing) return <EmptyState icon={<ChartColumn size={28} />} title={t("scheduling.figures.empty")}>{t("scheduling.figures.emptyWords")}</EmptyState>;
  return (
    <div className="kw-scroll sf-page" role="region" aria-label={t("scheduling.figures.title")} tabIndex={0} aria-busy={old} data-testid="figures">
      <p className="sf-span">{t("scheduling.figures.span", { practice: practice.data?.name ?? t("scheduling.figures.title"), span: dateRange(figures.from, figures.until) })}</p>
      <Numbers figures={figures} />
      <RateChart weeks={weeks} />
      <UseTable weeks={weeks} resources={resources} />
      <WeekTable weeks={weeks} />
    </div>
  );
}

/** Four numbers, each with what it means. */
function Numbers({ figures }: { figures: FiguresView }) {
  const { t } = useTranslation();
  const { weeks, resources } = figures;
  const { over, missed, share } = missedOf(weeks);
  const lead = rangeOf(weeks.map((one) => one.lead_days));
  const waited = rangeOf(weeks.map((one) => one.waited_minutes));
  const uses = resources.filter((one) => one.kind === "practitioner").flatMap((one) => one.weeks);
  const used = usedOf(uses);
  const hours = Math.round(uses.reduce((sum, one) => sum + one.open_minutes, 0) / 60);
  const span = ({ least, most }: { least: number; most: number }) => (least === most ? numberText(least) : t("scheduling.figures.range", { least: numberText(least), most: numberText(most) }));
  const dash = <span aria-hidden="true">–</span>;
  return (
    <dl className="sf-numbers" data-testid="figures-numbers">
      <Figure name={t("scheduling.figures.missed")} value={share === null ? dash : t("scheduling.figures.percent", { value: shareText(share) })} words={t("scheduling.figures.missedWords", { count: over, over: numberText(over), missed: numberText(missed) })} />
      <Figure name={t("scheduling.figures.lead")} value={lead ? t("scheduling.figures.leadValue", { count: lead.most, range: span(lead) }) : dash} words={t(lead ? "scheduling.figures.leadWords" : "scheduling.figures.leadNone")} />
      <Figure name={t("scheduling.figures.waited")} value={waited ? t("scheduling.figures.waitedValue", { range: span(waited) }) : dash} words={t(waited ? "scheduling.figures.waitedWords" : "scheduling.figures.waitedNone")} />
      <Figure name={t("scheduling.figures.used")} value={used === null ? dash : t("scheduling.figures.percent", { value: used })} words={used === null ? t("scheduling.figures.usedNone") : t("scheduling.figures.usedWords", { count: hours, hours: numberText(hours) })} />
    </dl>
  );
}

function Figure({ name, value, words }: { name: string; value: ReactNode; words: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="sf-number">{value}</dd>
      <dd className="kw-sub">{words}</dd>
    </div>
  );
}
