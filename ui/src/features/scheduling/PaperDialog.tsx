import { FileDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, type DayView } from "../../bridge";
import { Banner, Button, Dialog, KeyedForm, RadioGroup, fieldId, isCivil } from "../../kit";
import { dayTitle } from "../../words";
import { daysLater } from "./clock";
import { MOST_FORMS, savePaper, type PaperKind, type PaperTyped, type Saved } from "./paper";
import { DateOf, SelectOf, TextOf, Unready, useSetupForm, wholeOf, type Typed } from "./setupForm";
import { useNextWorkingDay } from "./workingDay";

export const PAPER_DRAFT = "/day#paper";
const FOUR_WEEKS = 27;
const USUAL_FORMS = "5";
/** What says at its own place what is wrong with it. */
const FIELDS: readonly (keyof PaperTyped)[] = ["date", "resource", "from", "until", "reason", "forms"];

export interface PaperDialogProps {
  kind: PaperKind;
  day: DayView;
  /** Whoever is signed in, as somebody who can be booked. */
  own: string | null;
  onClose: () => void;
  reopen: () => void;
}

/** Refuses before a folder is asked for what could not be written into it. */
function ready({ kind, from, until, reason, forms }: PaperTyped, t: (key: string) => string): void {
  if (kind === "downtime" && wholeOf(forms, "forms", t("scheduling.paper.formsWrong")) > MOST_FORMS) throw new Unready("forms", t("scheduling.paper.formsWrong"));
  if (kind !== "calendar") return;
  if (!isCivil(from)) throw new Unready("from", t("scheduling.paper.dateNeeded"));
  if (!isCivil(until)) throw new Unready("until", t("scheduling.paper.dateNeeded"));
  if (until < from) throw new Unready("until", t("scheduling.paper.order"));
  if (reason.trim() === "") throw new Unready("reason", t("scheduling.paper.reasonNeeded"));
}

function usePaper({ kind, day, own, reopen }: PaperDialogProps) {
  const { t } = useTranslation();
  const [saved, setSaved] = useState<Saved | null>(null);
  const people = day.columns.filter((one) => one.kind === "practitioner");
  const first = (people.find((one) => one.resource === own) ?? people[0])?.resource ?? "";
  const form = useSetupForm<PaperTyped>({
    about: "paper",
    place: "/day",
    initial: { kind, date: day.date, resource: kind === "calendar" ? (own ?? "") : first, from: day.date, until: daysLater(day.date, FOUR_WEEKS), reason: "", forms: USUAL_FORMS },
    reopen,
    send: async (typed) => {
      setSaved(null);
      ready(typed, t);
      const chosen = await call("shell.choose_folder", {});
      // Whoever chooses no folder goes on where they were: nothing is wrong, and nothing is done.
      if (chosen === null) throw new Unready("folder", "");
      setSaved(await savePaper(chosen.folder, typed));
    },
  });
  return { form, saved, people };
}

/** What is to be written, for which day and whom; then a folder is chosen. */
export function PaperDialog(props: PaperDialogProps) {
  const { kind, day, onClose } = props;
  const { t } = useTranslation();
  const { form, saved, people } = usePaper(props);
  const above = form.problems.find((one) => one.words !== "" && !FIELDS.some((field) => one.id === fieldId(field)));
  const close = () => {
    form.discard();
    onClose();
  };
  return (
    <Dialog title={t(`scheduling.paper.title.${kind}`)} isOpen onClose={close} testId="paper">
      <KeyedForm onSave={form.save} enterSaves className="kw-stack" label={t(`scheduling.paper.title.${kind}`)}>
        <p className="kw-quiet">{t(`scheduling.paper.words.${kind}`)}</p>
        {above ? <Banner tone="danger" testId="paper-refused">{above.words}</Banner> : null}
        {kind === "calendar" ? <Period form={form} /> : <WhichDay form={form} day={day} />}
        {kind === "practitioner" ? <SelectOf form={form} name="resource" label={t("scheduling.paper.who")} options={people.map((one) => ({ value: one.resource, label: one.name }))} testId="paper-who" /> : null}
        {kind === "downtime" ? <TextOf form={form} name="forms" label={t("scheduling.paper.forms")} hint={t("scheduling.paper.formsHint")} inputMode="numeric" testId="paper-forms" /> : null}
        {saved ? <SavedLine saved={saved} /> : null}
        <div className="kw-row">
          <Button type="submit" variant="primary" icon={<FileDown size={14} aria-hidden="true" />} isDisabled={form.busy} testId="paper-save">{t("scheduling.paper.save")}</Button>
          <Button variant="quiet" onPress={close} testId="paper-close">{saved ? t("common.done") : t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
}

/** The day that is shown, or the next one on which anybody works. */
function WhichDay({ form, day }: { form: Typed<PaperTyped>; day: DayView }) {
  const { t } = useTranslation();
  const { date: next } = useNextWorkingDay(day.today);
  const options = [
    { value: day.date, label: t("scheduling.paper.shown", { day: dayTitle(day.date) }) },
    ...(next !== null && next !== day.date ? [{ value: next, label: t("scheduling.paper.next", { day: dayTitle(next) }) }] : []),
  ];
  return <RadioGroup label={t("scheduling.paper.day")} options={options} value={form.values.date} onChange={(date) => form.set({ date })} error={form.wrong("date")} testId="paper-day" />;
}

function Period({ form }: { form: Typed<PaperTyped> }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="sc-two">
        <DateOf form={form} name="from" label={t("scheduling.paper.from")} testId="paper-from" />
        <DateOf form={form} name="until" label={t("scheduling.paper.until")} testId="paper-until" />
      </div>
      <TextOf form={form} name="reason" label={t("scheduling.paper.reason")} hint={t("scheduling.paper.reasonHint")} required testId="paper-reason" />
    </>
  );
}

/** What the file is called and known by, and how much is in it. */
function SavedLine({ saved }: { saved: Saved }) {
  const { t } = useTranslation();
  return (
    <Banner tone="ok" testId="paper-saved">
      {t("scheduling.paper.saved", { name: saved.name })} {t(`scheduling.paper.${saved.counted}`, { count: saved.count })}{saved.forms === undefined ? "" : ` ${t("scheduling.paper.formsOn", { count: saved.forms })}`}{saved.leftOut > 0 ? ` ${t("scheduling.paper.leftOut", { count: saved.leftOut })}` : ""} {t("scheduling.paper.sha")} <span className="kw-mono sq-sha">{saved.sha256}</span>
    </Banner>
  );
}
