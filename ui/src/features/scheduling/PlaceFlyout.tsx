import { useQueryClient } from "@tanstack/react-query";
import { UserPlus } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, refusalCode, useAnswer, useChange, type TheatreBoardView, type TheatreCheck, type TheatreReserved } from "../../bridge";
import { Banner, Button, DateField, KeyedForm, Select, SideFlyout, TextField, isCivil, toast, useDraft } from "../../kit";
import { failureWords, shortDayText } from "../../words";
import { ConflictList, OVERRIDE } from "./ConflictList";
import { spoken } from "./names";
import { byUrgency, lastAround, type Placing } from "./theatre";
import { allocateAgain } from "./theatreAgain";
import { LengthPick, TimePick } from "./TimePick";
import { SCHEDULE_ANSWERS, refreshSchedule } from "./useDayChanges";
import { CASE_LENGTHS } from "./CaseFlyout";
import { againWords } from "./useReleasing";
import type { Outcome } from "./useTheatreChanges";

export const PLACE_DRAFT = "/day/theatre#place";

export interface PlaceFlyoutProps {
  board: TheatreBoardView;
  placing: Placing;
  onChange: (placing: Placing) => void;
  onDate: (date: string) => void;
  onClose: () => void;
  /** Sends a move; what is new is sent from here. */
  onMove: (placing: Placing, override?: string) => Promise<Outcome>;
  /** Opens what was reserved, with what is not as it was where it was given back before. */
  onReserved: (reservation: string, missing: readonly string[]) => void;
  /** Gives back what was just reserved. */
  onUndo: (made: TheatreReserved) => void;
  /** Begins a new case for this place. Null where this session plans none. */
  onNewCase: (() => void) | null;
}

const AROUND: readonly number[] = [0, 5, 10, 15, 20, 25, 30, 40, 45, 60];
const SAVE = "th-reserve";

/** What is to be placed, as the list of it names it. */
const chosenOf = (placing: Placing) => (placing.purpose === "surgery" ? (placing.case ?? "") : placing.purpose);

/** A theatre and a time: for a case, for keeping a theatre free, or for a reservation that is moved. */
export function PlaceFlyout(props: PlaceFlyoutProps) {
  const { board, placing, onChange, onClose } = props;
  const { t } = useTranslation();
  // What was chosen is kept; what was typed for the same before comes back into it.
  const settle = useDraft(PLACE_DRAFT, () => (chosenOf(placing) === "" && placing.note.trim() === "" ? null : JSON.stringify({ placing, date: board.date })), (content) => {
    const { placing: kept } = JSON.parse(content) as { placing: Placing };
    if (kept.case === placing.case && kept.reservation === placing.reservation && kept.purpose === placing.purpose) onChange({ ...placing, note: kept.note, reason: kept.reason });
  });
  const close = () => { settle(); onClose(); };
  const [day, setDay] = useState(board.date);
  useEffect(() => setDay(board.date), [board.date]);
  // While another day is being typed, or is on its way, nothing may be sent that means the day before.
  const ready = placing.theatre !== "" && chosenOf(placing) !== "" && day === board.date;
  const checked = useAnswer("scheduling.check_theatre", checkOf(placing, board.date), { enabled: ready, keepPrevious: true });
  const check = ready ? checked.data : undefined;
  const act = usePlace(props, check, settle, () => void checked.refetch());
  const change = (part: Partial<Placing>) => { act.forget(); onChange({ ...placing, ...part }); };
  const against = check?.conflicts.length ?? 0;
  const moving = placing.reservation !== null;
  const free = against === 0 || (check?.may_override === true && placing.reason.trim() !== "");
  useKeptFocus(against);
  const title = moving ? t("scheduling.move.title", { name: placing.title }) : t("scheduling.theatre.place");
  const words = t(moving ? (against > 0 ? "scheduling.conflict.moveAnyway" : "scheduling.move.save") : against > 0 ? "scheduling.theatre.reserveAnyway" : "scheduling.theatre.reserve");
  const foot = (
    <>
      <Button id={SAVE} variant="primary" shortcut="Ctrl Enter" isDisabled={act.busy || !ready || !free} onPress={() => void act.save()} testId="place-save">{words}</Button>
      <span className="kw-grow" />
      <Button variant="quiet" onPress={close} testId="place-close">Esc</Button>
    </>
  );
  return (
    <SideFlyout title={title} sub={check ? `${shortDayText(board.date)}, ${check.time}` : shortDayText(board.date)} onClose={close} footer={foot} testId="place-flyout">
      {act.wrong ? <Banner tone="danger" testId="place-refused">{act.wrong}</Banner> : null}
      <KeyedForm onSave={() => { if (ready && free) void act.save(); }} className="kw-tight sd-book" label={title}>
        {moving ? null : <WhatFor {...props} onChange={change} />}
        <Where {...props} day={day} onDay={setDay} onChange={change} />
        {placing.purpose === "surgery" ? null : moving ? null : <TextField label={t("scheduling.theatre.note")} hint={t("scheduling.theatre.noteHint")} value={placing.note} onChange={(note) => change({ note })} lines={2} testId="place-note" />}
        {check ? <ConflictList check={check} reason={placing.reason} onReason={(reason) => onChange({ ...placing, reason })} error={act.noReason} label={t("scheduling.theatre.whyAnyway")} hint={t("scheduling.theatre.reasonHint")} /> : null}
        {check && against === 0 ? <p className="kw-sub" role="status" data-testid="place-free">{t("scheduling.theatre.free")}</p> : null}
      </KeyedForm>
    </SideFlyout>
  );
}

function checkOf(placing: Placing, date: string) {
  return { theatre: placing.theatre, slot: { date, minute: placing.minute, minutes: placing.minutes }, setup_minutes: placing.setup, turnover_minutes: placing.turnover, case: placing.case, reservation: placing.reservation };
}

/** A button that cannot be pressed any more loses the focus to nowhere, and with it Escape. */
function useKeptFocus(conflicts: number): void {
  useEffect(() => {
    const { activeElement } = document;
    if (conflicts > 0 && (activeElement === document.body || activeElement?.id === SAVE)) (document.getElementById(OVERRIDE) ?? document.getElementById(SAVE)?.closest<HTMLElement>("aside"))?.focus();
  }, [conflicts]);
}

type PartProps = PlaceFlyoutProps & { onChange: (part: Partial<Placing>) => void };

/** For whom or what: one of the cases without a theatre, or nobody. */
function WhatFor({ board, placing, onChange, onNewCase }: PartProps) {
  const { t } = useTranslation();
  const rows = byUrgency(board.unplaced);
  const options = [
    ...rows.map((one) => ({ value: one.case, label: `${spoken(one.patient_name)} · ${t(`scheduling.theatre.urgency.${one.urgency}`)} · ${t("scheduling.minutes", { count: one.minutes })}` })),
    // A case that was made this moment may not be on the board yet.
    ...(placing.case !== null && !rows.some((one) => one.case === placing.case) ? [{ value: placing.case, label: placing.title }] : []),
    ...(["maintenance", "block"] as const).map((one) => ({ value: one, label: t(`scheduling.theatre.purposeLong.${one}`) })),
  ];
  const choose = (value: string) => {
    const found = rows.find((one) => one.case === value);
    if (value === "maintenance" || value === "block") return onChange({ purpose: value, case: null, again: null, title: t(`scheduling.theatre.purpose.${value}`), setup: 0, turnover: 0 });
    return onChange({ purpose: "surgery", case: value, again: null, title: found ? spoken(found.patient_name) : placing.title, minutes: found?.minutes ?? placing.minutes, ...(placing.purpose === "surgery" ? {} : lastAround.get()) });
  };
  return (
    <div>
      <Select label={t("scheduling.theatre.for")} options={options} value={chosenOf(placing)} onChange={choose} testId="place-for" />
      {onNewCase ? <Button variant="quiet" className="kw-start" icon={<UserPlus size={14} aria-hidden="true" />} onPress={onNewCase} testId="place-new-case">{t("scheduling.theatre.newCase")}</Button> : null}
    </div>
  );
}

/** A year of two figures is one of the next thirty: nobody reserves a theatre in the past. */
const farAhead = (today: string) => `${Number(today.slice(0, 4)) + 30}-12-31`;

/** In which theatre, on which day, from when, and how long each part takes. */
function Where({ board, placing, onChange, onDate, day, onDay }: PartProps & { day: string; onDay: (typed: string) => void }) {
  const { t } = useTranslation();
  const grid = board.theatres.find((one) => one.resource === placing.theatre)?.grid_minutes ?? 5;
  // The board follows once the day is typed to its end: each day that is asked for is a look in the log.
  const follow = () => { if (isCivil(day) && day !== board.date) onDate(day); };
  return (
    <>
      <Select label={t("scheduling.kind.theatre")} options={board.theatres.map((one) => ({ value: one.resource, label: one.name }))} value={placing.theatre} onChange={(theatre) => onChange({ theatre })} testId="place-theatre" />
      <div className="sd-two">
        <DateField label={t("scheduling.move.day")} value={day} today={farAhead(board.today)} onChange={onDay} onBlur={follow} error={isCivil(day) ? undefined : t("scheduling.jump.unreadable")} testId="place-day" />
        <TimePick label={t("scheduling.theatre.begins")} day={board} minute={placing.minute} grid={grid} onChange={(minute) => onChange({ minute })} testId="place-starts" />
      </div>
      <div className="sc-three">
        <LengthPick label={t("scheduling.theatre.setup")} lengths={AROUND} minutes={placing.setup} onChange={(setup) => onChange({ setup })} testId="place-setup" />
        <LengthPick label={t("scheduling.theatre.procedureShort")} lengths={CASE_LENGTHS} minutes={placing.minutes} onChange={(minutes) => onChange({ minutes })} testId="place-minutes" />
        <LengthPick label={t("scheduling.theatre.turnover")} lengths={AROUND} minutes={placing.turnover} onChange={(turnover) => onChange({ turnover })} testId="place-turnover" />
      </div>
    </>
  );
}

/** Sends what was put together, and says at its place what stands in the way. */
function usePlace({ board, placing, onMove, onReserved, onUndo, onClose }: PlaceFlyoutProps, check: TheatreCheck | undefined, settle: () => void, recheck: () => void) {
  const { t } = useTranslation();
  const send = useChange("scheduling.reserve_theatre", SCHEDULE_ANSWERS);
  const [refused, setRefused] = useState<{ code: string | null; words: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const cache = useQueryClient();
  const override = check && check.conflicts.length > 0 ? placing.reason.trim() : undefined;
  const move = async () => {
    setBusy(true);
    const outcome = await onMove(placing, override);
    setBusy(false);
    if (outcome === "conflict") recheck();
    if (outcome !== "done") return;
    settle();
    onClose();
  };
  const reserve = async () => {
    const { purpose, theatre, setup, turnover, note } = placing;
    setBusy(true);
    try {
      const made = await send.mutateAsync({ input: { theatre, slot: { date: board.date, minute: placing.minute, minutes: placing.minutes }, setup_minutes: setup, turnover_minutes: turnover, purpose, case: placing.case, ...(note.trim() ? { note: note.trim() } : {}), ...(override === undefined ? {} : { override_reason: override }) } });
      if (purpose === "surgery") lastAround.set({ setup, turnover });
      settle();
      const missing = placing.again ? await allocateAgain(made, board.date, placing.again, t) : [];
      toast(missing.length > 0 ? againWords(placing.title, missing, t) : t("scheduling.theatre.reserved", { name: placing.title, time: check?.time ?? "" }), { undo: () => onUndo(made) });
      if (placing.again) await refreshSchedule(cache);
      onReserved(made.reservation, missing);
    } catch (thrown) {
      setRefused({ code: refusalCode(thrown), words: failureWords(failureOf(thrown)) });
      if (refusalCode(thrown) === "scheduling.conflict") recheck();
    }
    setBusy(false);
  };
  const save = () => (busy ? undefined : placing.reservation === null ? reserve() : move());
  const atReason = refused?.code === "scheduling.override_reason";
  return { save, busy, forget: () => setRefused(null), wrong: refused && !atReason ? refused.words : null, noReason: atReason ? refused.words : undefined };
}
