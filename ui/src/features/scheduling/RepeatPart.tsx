import { useQueryClient } from "@tanstack/react-query";
import { CalendarX, Repeat } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, refusalCode, useChange, useMay, type Repeated, type StandReason, type VisitView } from "../../bridge";
import { Banner, Button, KeyedForm, Select, TextField, toast } from "../../kit";
import { failureWords, shortDayText } from "../../words";
import { OFTEN, rareDay, readCount, ruleOf, type Often } from "./repeat";
import { REASONS, needsReason } from "./status";
import { SCHEDULE_ANSWERS, refreshSchedule } from "./useDayChanges";
import { useFocusBack } from "./useFocusBack";

/** Whether a visit comes again: the way to repeat it, what came of that, and the way to end it. */
export function RepeatPart({ visit }: { visit: VisitView }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState(false);
  // Kept here, so that it can still be read once the visit is one of a series.
  const [done, setDone] = useState<{ answer: Repeated; count: number } | null>(null);
  const canRepeat = !visit.repeats && !needsReason(visit.status) && may("scheduling.repeat");
  const part = useFocusBack(`${open} ${visit.repeats}`);
  return (
    <section ref={part} className="kw-tight" aria-label={t("scheduling.repeat.title")}>
      {done ? <RepeatDone answer={done.answer} count={done.count} /> : null}
      {visit.repeats ? <SeriesPart visit={visit} /> : null}
      {canRepeat && open ? <RepeatForm visit={visit} onDone={(answer, count) => { setDone({ answer, count }); setOpen(false); }} onClose={() => setOpen(false)} /> : null}
      {canRepeat && !open ? <div><Button variant="quiet" className="kw-start" icon={<Repeat size={14} aria-hidden="true" />} onPress={() => setOpen(true)} testId="repeat-open">{t("scheduling.repeat.open")}</Button></div> : null}
    </section>
  );
}

const USUAL_COUNT = "6";

function RepeatForm({ visit, onDone, onClose }: { visit: VisitView; onDone: (answer: Repeated, count: number) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const send = useChange("scheduling.repeat", SCHEDULE_ANSWERS);
  const [often, setOften] = useState<Often>("week");
  const [typed, setTyped] = useState(USUAL_COUNT);
  const [wrong, setWrong] = useState<{ code: string | null; words: string } | null>(null);
  const day = rareDay(often, visit.date);
  const save = async () => {
    const count = readCount(typed);
    if (count === null) return setWrong({ code: "scheduling.bad_rule", words: t("scheduling.repeat.countWrong") });
    if (send.isPending) return undefined;
    try {
      onDone(await send.mutateAsync({ input: { unit: visit.unit, version: visit.version, rule: ruleOf(often, count) } }), count);
    } catch (thrown) {
      setWrong({ code: refusalCode(thrown), words: failureWords(failureOf(thrown)) });
      await refreshSchedule(cache);
    }
    return undefined;
  };
  const atCount = wrong?.code === "scheduling.bad_rule";
  return (
    <KeyedForm onSave={() => void save()} enterSaves className="kw-tight sd-reasons" label={t("scheduling.repeat.title")} testId="repeat-form">
      {wrong && !atCount ? <Banner tone="danger" testId="repeat-refused">{wrong.words}</Banner> : null}
      <div className="sd-two">
        <Select label={t("scheduling.repeat.often")} options={OFTEN.map((one) => ({ value: one, label: t(`scheduling.repeat.every.${one}`) }))} value={often} onChange={(value) => setOften(value as Often)} hint={day === null ? undefined : t("scheduling.repeat.rare", { day })} testId="repeat-often" />
        <TextField label={t("scheduling.repeat.count")} hint={t("scheduling.repeat.countHint")} value={typed} onChange={(value) => { setTyped(value); setWrong(null); }} error={atCount ? wrong.words : undefined} inputMode="numeric" testId="repeat-count" />
      </div>
      <div className="kw-row">
        <Button type="submit" variant="primary" isDisabled={send.isPending} testId="repeat-save">{t("scheduling.repeat.save")}</Button>
        <Button variant="quiet" onPress={onClose} testId="repeat-cancel">{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}

/** What was booked, and what was not and why: nothing is booked over anything by itself. */
function RepeatDone({ answer, count }: { answer: Repeated; count: number }) {
  const { t } = useTranslation();
  const { booked, not_booked } = answer;
  const beyond = count - 1 - booked.length - not_booked.length;
  return (
    <div className="kw-tight" aria-live="polite" data-testid="repeat-done">
      <Banner tone={booked.length > 0 ? "ok" : "info"} testId="repeat-booked">
        <b>{t("scheduling.repeat.booked", { count: booked.length })}</b>
        <ul className="sd-conflicts">
          {booked.map((one) => <li key={one.unit} data-testid="repeat-one">{shortDayText(one.date)}, {one.time}{one.gap ? ` (${t("scheduling.repeat.gap")})` : ""}</li>)}
        </ul>
      </Banner>
      {not_booked.length > 0 ? (
        <Banner tone="warn" testId="repeat-not-booked">
          <b>{t("scheduling.repeat.notBooked", { count: not_booked.length })}</b>
          <ul className="sd-conflicts">
            {not_booked.map((one) => <li key={`${one.date}-${one.time}`}>{t("scheduling.repeat.because", { when: `${shortDayText(one.date)}, ${one.time}`, why: one.conflicts.map((kind) => t(`scheduling.repeat.against.${kind}`)).join("; ") })}</li>)}
          </ul>
        </Banner>
      ) : null}
      {beyond > 0 ? <p className="kw-sub" data-testid="repeat-beyond">{t("scheduling.repeat.beyond", { count: beyond })}</p> : null}
    </div>
  );
}

/** A visit of a series, and the end of that with one more tap for why. */
function SeriesPart({ visit }: { visit: VisitView }) {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const part = useFocusBack(String(asking));
  // Whoever is here already is seen: then only what follows ends.
  const isAhead = visit.status === "booked" || visit.status === "confirmed";
  const end = async (reason: StandReason) => {
    setBusy(true);
    try {
      const { cancelled } = await call("scheduling.end_series", { unit: visit.unit, reason });
      setAsking(false);
      toast(t("scheduling.series.ended", { count: cancelled }));
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
    }
    setBusy(false);
    await refreshSchedule(cache);
  };
  return (
    <section ref={part} className="kw-tight" aria-label={t("scheduling.series.title")} data-testid="series">
      {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
      <div className="kw-row"><Repeat size={14} aria-hidden="true" /><span>{t("scheduling.series.title")}</span></div>
      {may("scheduling.end_series") ? <div><Button variant="quiet" className="kw-start" aria-expanded={asking} icon={<CalendarX size={14} aria-hidden="true" />} onPress={() => setAsking(!asking)} testId="series-end">{t(isAhead ? "scheduling.series.end" : "scheduling.series.endAfter")}</Button></div> : null}
      {asking ? (
        <div className="sd-reasons" role="group" aria-label={t("scheduling.series.why")}>
          <span className="kw-label">{t("scheduling.series.why")}</span>
          <div className="kw-row">{REASONS.cancelled.map((reason) => <Button key={reason} isDisabled={busy} onPress={() => void end(reason)} testId={`series-${reason}`}>{t(`scheduling.reason.${reason}`)}</Button>)}</div>
        </div>
      ) : null}
    </section>
  );
}
