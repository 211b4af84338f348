import { BellRing, Check, Mail, MailX, PhoneCall, PhoneMissed, PhoneOff } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type DayView, type ReminderRow } from "../../bridge";
import { Badge, Button, EmptyState, Failed, Select, SideFlyout, useStore } from "../../kit";
import { shortDayText } from "../../words";
import { unanswered } from "./daySeen";
import { spoken } from "./names";
import { StatusSign, toneOf } from "./status";
import { useReminding, type VisitReminder } from "./useReminding";
import { useNextWorkingDay } from "./workingDay";

export interface RemindersPanelProps {
  day: DayView;
  /** Opens a visit of a day. */
  onOpen: (unit: string, date: string) => void;
  onClose: () => void;
}

type RowProps = { row: ReminderRow; acts: ReturnType<typeof useReminding>; onOpen: (unit: string) => void };

/** Who is to be reminded: of the day that is shown where it lies ahead, otherwise of the next working day. */
export function RemindersPanel({ day, onOpen, onClose }: RemindersPanelProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(day.date > day.today ? day.date : null);
  const next = useNextWorkingDay(day.today);
  // Where nobody works in the next weeks, the day that is shown is all there is to remind of.
  const date = chosen ?? next.date ?? (next.isPending ? null : day.date < day.today ? day.today : day.date);
  const list = useAnswer("scheduling.reminders", { date: date ?? "" }, { enabled: date !== null, keepPrevious: true });
  const acts = useReminding(day.today);
  const noted = useStore(unanswered);
  const rows = date === null ? [] : (list.data?.rows ?? []);
  const isDone = (row: ReminderRow) => row.status !== "booked" || (row.unit !== null && noted.has(row.unit));
  const waiting = rows.filter((row) => !isDone(row));
  const dates = [...new Set([next.date, date, day.date, day.today].filter((one) => one !== null))].filter((one) => one >= day.today).toSorted();
  const part = (title: string, some: readonly ReminderRow[]) => (some.length > 0 ? <Part key={title} title={title}>{some.map((row) => <Row key={row.unit ?? `${row.patient}-${row.time}`} row={row} acts={acts} onOpen={(unit) => onOpen(unit, list.data?.date ?? day.date)} />)}</Part> : null);
  return (
    <SideFlyout title={t("scheduling.reminders.title")} sub={date ? t("scheduling.reminders.sub", { day: shortDayText(date), count: rows.length }) : undefined} onClose={onClose} testId="reminders">
      {date && dates.length > 1 ? <Select label={t("scheduling.paper.day")} options={dates.map((one) => ({ value: one, label: shortDayText(one) }))} value={date} onChange={setChosen} testId="reminders-day" /> : null}
      {list.error ? <Failed failure={failureOf(list.error)} /> : null}
      {list.data && rows.length === 0 ? <EmptyState icon={<BellRing size={28} />} title={t("scheduling.reminders.teach")}>{t("scheduling.reminders.teachWords")}</EmptyState> : null}
      {part(t("scheduling.reminders.call"), waiting.filter((row) => row.phone !== null))}
      {part(t("scheduling.reminders.others"), waiting.filter((row) => row.phone === null))}
      {part(t("scheduling.reminders.done"), rows.filter(isDone))}
    </SideFlyout>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="kw-tight" aria-label={title}>
      <h3>{title}</h3>
      <ul className="sc-waits">{children}</ul>
    </section>
  );
}

function Row({ row, acts, onOpen }: RowProps) {
  const { t } = useTranslation();
  const name = spoken(row.patient_name);
  const { unit } = row;
  return (
    <li className="sq-remind" data-testid="reminder">
      <div className="sc-line">
        {unit === null ? <b>{name}</b> : <button type="button" className="sq-name" aria-label={t("scheduling.reminders.openNamed", { name, time: row.time })} onClick={() => onOpen(unit)} data-testid="reminder-open"><b>{name}</b></button>}
        <span className="kw-grow" />
        <span className="sc-agenda-status" data-tone={toneOf(row.status)}><StatusSign status={row.status} size={12} />{t(`scheduling.status.${row.status}`)}</span>
      </div>
      <span className="kw-sub">{row.time} · {row.label}</span>
      <Reach row={row} />
      {unit === null ? null : <Acts row={{ ...row, unit }} acts={acts} name={name} />}
    </li>
  );
}

/** How the patient may be reached: the number as it is dialled, or that nobody is to call. */
function Reach({ row }: { row: ReminderRow }) {
  const { t } = useTranslation();
  const letter = row.address.length > 0;
  return (
    <>
      {row.phone === null ? (
        <div className="kw-badges">
          <Badge tone="warn" icon={<PhoneOff size={12} aria-hidden="true" />}>{t("scheduling.reminders.doNotCall")}</Badge>
          <Badge tone={letter ? "info" : "warn"} icon={letter ? <Mail size={12} aria-hidden="true" /> : <MailX size={12} aria-hidden="true" />}>{t(letter ? "scheduling.reminders.letter" : "scheduling.reminders.noLetter")}</Badge>
        </div>
      ) : <span className="sq-phone"><PhoneCall size={13} aria-hidden="true" /><span className="kw-hidden">{t("scheduling.reminders.number", { number: row.phone })}</span><span aria-hidden="true">{row.phone}</span>{row.voicemail ? null : <span className="kw-sub"> · {t("scheduling.reminders.noVoicemail")}</span>}</span>}
      {row.reach_by ? <span className="kw-sub">{t("scheduling.book.reach", { words: row.reach_by })}</span> : null}
    </>
  );
}

/** One tap for what came of it. */
function Acts({ row, acts, name }: Pick<RowProps, "acts"> & { row: VisitReminder; name: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const noted = useStore(unanswered).has(row.unit);
  if (row.status !== "booked") return null;
  const busy = acts.busy === row.unit;
  return (
    <div className="kw-row">
      {may("scheduling.advance") ? <Button aria-label={t("scheduling.reminders.confirmNamed", { name, time: row.time })} icon={<Check size={14} aria-hidden="true" />} isDisabled={busy} onPress={() => void acts.confirm(row)} testId="reminder-confirmed">{t("scheduling.reminders.confirmed")}</Button> : null}
      {noted ? <Badge icon={<PhoneMissed size={12} aria-hidden="true" />}>{t("scheduling.reminders.noted")}</Badge> : null}
      {!noted && may("scheduling.note_desk") && row.phone !== null ? <Button variant="quiet" aria-label={t("scheduling.reminders.noAnswerNamed", { name, time: row.time })} icon={<PhoneMissed size={14} aria-hidden="true" />} isDisabled={busy} onPress={() => void acts.note(row)} testId="reminder-no-answer">{t("scheduling.reminders.noAnswer")}</Button> : null}
    </div>
  );
}
