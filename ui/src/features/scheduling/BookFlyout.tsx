import { Clock } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, refusalCode, useChange, type BookingCheck, type DayView } from "../../bridge";
import { Banner, Button, KeyedForm, Select, SideFlyout, TextField, toast } from "../../kit";
import { failureWords, shortDayText } from "../../words";
import { BookedBy } from "./BookedBy";
import { fitsNeed, lastProduct, productsFor, type Booking } from "./booking";
import { GateChips, NeedChips, needWords } from "./chips";
import { ConflictList, OVERRIDE } from "./ConflictList";
import { countdown, useSecondsLeft } from "./GridColumn";
import { looksFree } from "./layout";
import { spoken } from "./names";
import { PatientPart, type PatientWays } from "./PatientPart";
import { LengthPick, TimePick } from "./TimePick";
import { SCHEDULE_ANSWERS } from "./useDayChanges";
import { standsFree, useBookingCheck, useCompletion, type BookingFacts } from "./useBooking";

export interface BookFlyoutProps extends PatientWays {
  day: DayView;
  booking: Booking;
  facts: BookingFacts | null;
  onChange: (booking: Booking) => void;
  onClose: () => void;
  onBooked: (unit: string, date: string) => void;
}

/** The button that books, so that Enter on the defaults is all it takes once a patient is chosen. */
const BOOK = "sd-book";

/** Goes where one goes on: to the button that books, or, where something stands against it, to the reason. */
function goOn(): void {
  const button = document.getElementById(BOOK);
  const next = button?.hasAttribute("disabled") ? (document.getElementById(OVERRIDE) ?? button.closest<HTMLElement>("aside")) : button;
  next?.focus();
}

/** A button that cannot be pressed any more loses the focus to nowhere, and with it Escape and Enter. */
function useNeverLost(conflicts: number): void {
  useEffect(() => {
    const { activeElement } = document;
    if (conflicts > 0 && (activeElement === document.body || activeElement?.id === BOOK)) goOn();
  }, [conflicts]);
}

/** From a free time to a saved booking, beside the calendar. */
export function BookFlyout(props: BookFlyoutProps) {
  const { day, booking, facts, onChange, onClose } = props;
  const { t } = useTranslation();
  const asked = useBookingCheck(booking, facts);
  // What was held stays held as it is; what is added comes beside it.
  const check = useCompletion(booking, facts, asked, (found) => onChange({ ...booking, added: [...booking.added, ...found] }));
  const [reason, setReason] = useState("");
  const act = useBook(props, check, reason, () => void asked.refetch());
  useNeverLost(check?.conflicts.length ?? 0);
  const names = (facts?.resources ?? []).map((id) => facts?.setup.resources.find((one) => one.resource === id)?.name ?? "").join(", ");
  const change = (part: Partial<Booking>) => {
    act.forget();
    // What was held was held as it stood.
    const other = "minute" in part || "minutes" in part || "product" in part || "resources" in part;
    if (other && booking.hold) void call("scheduling.release_slot", { hold: booking.hold.hold }).catch(() => {});
    // What was free at one time may not be at another.
    onChange({ ...booking, ...(other ? { hold: null, added: [], without: [] } : {}), ...part });
  };
  const foot = (
    <>
      <Button id={BOOK} variant="primary" onPress={() => void act.book()} shortcut="Enter" isDisabled={act.busy || !facts?.product || !standsFree(check, reason)} testId="book">{t(check && check.conflicts.length > 0 ? "scheduling.book.anyway" : "scheduling.book.book")}</Button>
      {booking.hold || (check?.conflicts.length ?? 0) > 0 ? null : <Button onPress={() => void act.hold()} isDisabled={act.busy || !facts} testId="hold-slot">{t("scheduling.book.hold")}</Button>}
      <span className="kw-grow" />
      <Button variant="quiet" onPress={onClose} testId="book-close">Esc</Button>
    </>
  );
  return (
    <SideFlyout title={t("scheduling.book.title")} sub={`${shortDayText(booking.date)}, ${check?.time ?? ""}${names ? ` · ${names}` : ""}`} onClose={onClose} footer={foot} testId="book-flyout">
      {booking.hold ? <HoldLine hold={booking.hold} onGone={() => onChange({ ...booking, hold: null })} onRelease={() => change({ product: booking.product })} /> : null}
      {act.wrong ? <Banner tone="danger" testId="book-refused">{act.wrong}</Banner> : null}
      <PatientPart chosen={booking.patient} pickPatient={props.pickPatient} newPatient={props.newPatient} onPicked={(patient) => change({ patient, contact: null })} onChosen={goOn} error={act.noPatient} testId="book" />
      {booking.patient && check?.reach_by ? <Banner tone="info" testId="book-reach-by">{t("scheduling.book.reach", { words: check.reach_by })}</Banner> : null}
      {booking.patient ? <BookedBy key={booking.patient.id} patient={booking.patient.id} contact={booking.contact} onContact={(contact) => change({ contact })} /> : null}
      {facts ? (
        <KeyedForm onSave={() => void act.book()} className="kw-tight sd-book" label={t("scheduling.book.title")}>
          <WhatFor day={day} booking={booking} facts={facts} onChange={change} />
          {check ? <Needs day={day} booking={booking} facts={facts} check={check} onChange={change} /> : null}
          {check ? <ConflictList check={check} reason={reason} onReason={setReason} error={act.noReason} /> : null}
          <TextField label={t("scheduling.book.note")} placeholder={t("scheduling.book.noteHint")} value={booking.note} onChange={(note) => onChange({ ...booking, note })} lines={2} testId="book-note" />
        </KeyedForm>
      ) : null}
    </SideFlyout>
  );
}

/** Sends what was put together, and says at its place what stands in the way. */
function useBook({ booking, facts, onChange, onBooked }: BookFlyoutProps, check: BookingCheck | undefined, reason: string, recheck: () => void) {
  const { t } = useTranslation();
  const send = useChange("scheduling.book", SCHEDULE_ANSWERS);
  const holding = useChange("scheduling.hold_slot", ["scheduling.day"]);
  const [refused, setRefused] = useState<{ code: string | null; words: string } | null>(null);
  const slot = { date: booking.date, minute: booking.minute, minutes: facts?.minutes ?? 0 };
  const fail = (thrown: unknown) => {
    setRefused({ code: refusalCode(thrown), words: failureWords(failureOf(thrown)) });
    if (refusalCode(thrown) === "scheduling.conflict") recheck();
  };
  const book = async () => {
    if (!facts?.product || send.isPending) return;
    if (!booking.patient) return setRefused({ code: "patient", words: t("scheduling.book.patientNeeded") });
    try {
      const override = check && check.conflicts.length > 0 ? { override_reason: reason.trim() } : {};
      const made = await send.mutateAsync({ input: { product: facts.product.product, patient: booking.patient.id, ...(booking.contact ? { contact: booking.contact } : {}), slot, resources: facts.resources, ...(booking.hold ? { hold: booking.hold.hold } : {}), ...(booking.wait ? { wait: booking.wait } : {}), ...(booking.note.trim() ? { desk_note: booking.note.trim() } : {}), ...override } });
      lastProduct.set(facts.product.product);
      toast(t("scheduling.book.booked", { name: spoken(booking.patient.name), time: check?.time ?? "" }));
      onBooked(made.unit, booking.date);
    } catch (thrown) {
      fail(thrown);
    }
    return undefined;
  };
  const hold = async () => {
    if (!facts) return;
    try {
      const held = await holding.mutateAsync({ input: { product: facts.product?.product ?? null, slot, resources: facts.resources } });
      onChange({ ...booking, resources: facts.resources, minutes: facts.minutes, product: facts.product?.product ?? "", hold: { hold: held.hold, seconds: held.seconds_left, since: Date.now() } });
    } catch (thrown) {
      fail(thrown);
    }
  };
  const isAt = (code: string) => (refused?.code === code ? refused.words : undefined);
  const atField = refused?.code === "patient" || refused?.code === "scheduling.override_reason";
  return { book, hold, busy: send.isPending || holding.isPending, forget: () => setRefused(null), wrong: refused && !atField ? refused.words : null, noPatient: isAt("patient"), noReason: isAt("scheduling.override_reason") };
}

function HoldLine({ hold, onGone, onRelease }: { hold: NonNullable<Booking["hold"]>; onGone: () => void; onRelease: () => void }) {
  const { t } = useTranslation();
  const left = useSecondsLeft(hold.seconds, hold.since);
  const gone = useRef(onGone);
  gone.current = onGone;
  useEffect(() => {
    if (left <= 0) gone.current();
  }, [left]);
  return <Banner tone="info" testId="held" actions={<Button variant="quiet" onPress={onRelease} testId="release">{t("scheduling.book.release")}</Button>}><span className="kw-row"><Clock size={14} aria-hidden="true" />{t("scheduling.book.held", { left: countdown(left) })}</span></Banner>;
}

type PartProps = { day: DayView; booking: Booking; facts: BookingFacts; onChange: (part: Partial<Booking>) => void };

function WhatFor({ day, booking, facts, onChange }: PartProps) {
  const { t } = useTranslation();
  const grid = day.columns.find((one) => one.resource === booking.resource)?.grid_minutes ?? day.columns[0]?.grid_minutes ?? 10;
  const options = productsFor(facts.setup, booking.resource).map((one) => ({ value: one.product, label: t("scheduling.book.product", { label: one.label, count: one.minutes }) }));
  return (
    <>
      <Select label={t("scheduling.book.whatFor")} options={options} value={facts.product?.product ?? ""} onChange={(product) => onChange({ product, minutes: null, resources: null })} testId="book-product" />
      <div className="sd-two">
        <TimePick label={t("scheduling.book.starts")} day={day} minute={booking.minute} grid={grid} onChange={(minute) => onChange({ minute })} testId="book-starts" />
        <LengthPick minutes={facts.minutes} onChange={(minutes) => onChange({ minutes })} testId="book-length" />
      </div>
    </>
  );
}

/** What it takes, whether it is free, and the way to choose others. */
function Needs({ day, booking, facts, check, onChange }: PartProps & { check: BookingCheck }) {
  const { t } = useTranslation();
  const [choosing, setChoosing] = useState(false);
  const { setup, product, resources } = facts;
  const before = product?.before ?? 0;
  const take = (one: string, off: boolean) => onChange({ added: off ? booking.added.filter((other) => other !== one) : [...booking.added, one], without: off ? [...booking.without, one] : booking.without.filter((other) => other !== one) });
  const swap = (from: string | undefined, to: string) => onChange({ resources: [...resources.filter((one) => one !== from && one !== to), to] });
  return (
    <>
      <div>
        <div className="kw-label">{t("scheduling.book.needs")}</div>
        <NeedChips check={check} setup={setup} added={facts.added} without={booking.without} onOff={(one) => take(one, true)} onAdd={(one) => take(one, false)} />
        <Button variant="quiet" className="kw-start" aria-expanded={choosing} onPress={() => setChoosing(!choosing)} testId="book-others">{t("scheduling.book.others")}</Button>
      </div>
      {choosing ? (product?.requirements ?? []).map((need, index) => {
        const [met] = check.needs[index]?.met_by ?? [];
        const options = setup.resources.filter((one) => fitsNeed(one, need)).map((one) => ({ value: one.resource, label: t(looksFree(day, one.resource, booking.minute - before, facts.minutes + before + (product?.after ?? 0)) ? "scheduling.need.free" : "scheduling.need.taken", { name: one.name }) }));
        return <Select key={`${need.kind}-${need.capability}-${need.resource}`} label={needWords(need, t)} options={options} value={met ?? ""} onChange={(to) => swap(met, to)} testId={`book-need-${need.kind}`} />;
      }) : null}
      {check.gates.length > 0 ? <div><div className="kw-label">{t("scheduling.book.before")}</div><GateChips gates={check.gates} /></div> : null}
      {product && product.preparation !== "" ? <p className="kw-sub" data-testid="book-preparation">{t("scheduling.book.tell", { words: product.preparation })}</p> : null}
    </>
  );
}
