import { useQueryClient } from "@tanstack/react-query";
import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type DayView, type LeftInPlace } from "../../bridge";
import { Banner, Button, Dialog, JobLine, RadioGroup, useGo, useStore } from "../../kit";
import { failureWords, shortDayText } from "../../words";
import { spoken } from "./names";
import { lastDay, resettle, resettleShown, resettling, RESETTLE_JOB, stretchOf, type Resettling } from "./resettle";
import { toldText } from "./told";
import { refreshSchedule } from "./useDayChanges";

export interface ToldDialogProps {
  day: DayView;
  /** Opens what stays where it is. */
  onLeft: (row: LeftInPlace) => void;
}

/** Puts what stands elsewhere back to the times people were told: asks how far, shows how far it is, and says what stays. */
export function ToldDialog({ day, onLeft }: ToldDialogProps) {
  const { t } = useTranslation();
  const { go } = useGo();
  const cache = useQueryClient();
  const run = useStore(resettling);
  const [far, setFar] = useState<"week" | "weeks">("week");
  const close = () => resettleShown.set(false);
  const start = () => {
    const open = () => { go("/day"); resettleShown.set(true); };
    void resettle(t, stretchOf(far, day.date, day.today), open).finally(() => refreshSchedule(cache));
  };
  const options = (["week", "weeks"] as const).map((value) => {
    const stretch = stretchOf(value, day.date, day.today);
    return { value, label: t(`scheduling.told.far.${value}`), hint: t("scheduling.told.span", { from: shortDayText(stretch.from), until: shortDayText(lastDay(stretch)) }) };
  });
  const foot = run ? <Button onPress={close} testId="told-close">{t(run.running ? "scheduling.told.later" : "common.close")}</Button> : (
    <>
      <Button onPress={close} testId="told-cancel">{t("common.cancel")}</Button>
      <Button variant="primary" onPress={start} testId="told-start">{t("scheduling.told.start")}</Button>
    </>
  );
  return (
    <Dialog title={t("scheduling.told.title")} isOpen onClose={close} footer={foot} wide testId="told-dialog">
      {run ? null : <p>{t("scheduling.told.words")}</p>}
      {run ? null : <RadioGroup label={t("scheduling.told.howFar")} options={options} value={far} onChange={(value) => setFar(value === "weeks" ? "weeks" : "week")} testId="told-far" />}
      <JobLine id={RESETTLE_JOB} testId="told" />
      {run && !run.running ? <Result run={run} onLeft={(row) => { close(); onLeft(row); }} /> : null}
    </Dialog>
  );
}

/** What was done and what was not, also where it stopped half way. */
function Result({ run, onLeft }: { run: Resettling } & Pick<ToldDialogProps, "onLeft">) {
  const { t } = useTranslation();
  const { moved, left, failure, done, stretch } = run;
  const until = done === 0 ? null : shortDayText(lastDay({ from: stretch.from, weeks: done }));
  const reached = until === null ? t("scheduling.told.nothingReached") : t("scheduling.told.reached", { from: shortDayText(stretch.from), until });
  return (
    <>
      {failure ? <Banner tone="danger" testId="told-refused">{failureWords(failure)}</Banner> : null}
      <Banner tone={left.length > 0 || done < stretch.weeks ? "warn" : "ok"} testId="told-done">{t("scheduling.told.moved", { count: moved })} {reached}{done < stretch.weeks ? ` ${t("scheduling.told.again")}` : ""}</Banner>
      {left.length > 0 ? (
        <section className="kw-tight" aria-label={t("scheduling.told.left", { count: left.length })}>
          <h3>{t("scheduling.told.left", { count: left.length })}</h3>
          <p className="kw-sub">{t("scheduling.told.leftWords")}</p>
          <ul className="sq-left">{left.map((row) => <li key={row.unit ?? row.reservation}><Left row={row} onLeft={onLeft} /></li>)}</ul>
        </section>
      ) : null}
    </>
  );
}

function Left({ row, onLeft }: { row: LeftInPlace } & Pick<ToldDialogProps, "onLeft">) {
  const { t } = useTranslation();
  const name = row.patient_name === null ? row.label : spoken(row.patient_name);
  const time = `${shortDayText(row.date)}, ${row.time}`;
  const which = row.reservation === null ? "openVisit" : "openOperation";
  return (
    <div className="sq-left-row" data-testid="told-left">
      <b className="kw-clip">{name}</b>
      <span className="kw-clip kw-quiet">{row.patient_name === null ? "" : row.label}</span>
      <span>{t("scheduling.told.stands", { time })}</span>
      <span>{t("scheduling.told.toldTime", { time: toldText(row.told, row.date) })}</span>
      <Button variant="quiet" icon={<CalendarClock size={14} aria-hidden="true" />} aria-label={t(`scheduling.told.${which}Of`, { name, time })} onPress={() => onLeft(row)} testId="told-left-go">{t(`scheduling.told.${which}`)}</Button>
    </div>
  );
}
