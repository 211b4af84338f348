import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "../../bridge";
import { Button, Checkbox, ComboBox, DateOf as DateOfAny, ErrorSummary, KeyedForm, SideFlyout, TextField, Unready, fieldId, put, useTypedForm, type Bound, type Option, type Typed } from "../../kit";
import { clockText, readClock } from "./clock";

export { SelectOf, TextOf, Unready, orNull, type Typed } from "../../kit";

/** Where everything that sets the schedule up stands; what is typed there is kept under this name. */
export const SETUP_SCREEN = "/schedule-setup";

export interface SetupFormOptions<T> {
  /** What the form is about, as the end of its draft's name. */
  about: string;
  initial: T;
  send: (values: T) => Promise<void>;
  /** Opens the form again, where what was thrown away is wanted back. */
  reopen: () => void;
  fieldOf?: (path: string) => string;
  /** Where the form stands, unless it is the set-up. */
  place?: string;
}

/** A form beside the list it belongs to, which is opened again where what was thrown away is wanted back. */
export function useSetupForm<T extends object>({ about, place = SETUP_SCREEN, ...options }: SetupFormOptions<T>): Typed<T> {
  const { t } = useTranslation();
  return useTypedForm({ ...options, screen: `${place}#${about}`, failureOf, discarded: t("scheduling.setup.discarded") });
}

export interface FormFlyoutProps<T> {
  title: string;
  sub?: ReactNode;
  form: Typed<T>;
  onClose: () => void;
  children: ReactNode;
  testId: string;
  more?: ReactNode;
  /** What stands below the form and is no part of it. */
  after?: ReactNode;
}

/** A form beside the list it belongs to. */
export function FormFlyout<T>({ title, sub, form, onClose, children, testId, more, after }: FormFlyoutProps<T>) {
  const { t } = useTranslation();
  const close = () => {
    form.discard();
    onClose();
  };
  const foot = (
    <>
      <Button variant="primary" shortcut="Ctrl Enter" isDisabled={form.busy} onPress={form.save} testId="form-save">{t("common.save")}</Button>
      <Button variant="quiet" onPress={close} testId="form-cancel">{t("common.cancel")}</Button>
      {more}
    </>
  );
  return (
    <SideFlyout title={title} {...(sub ? { sub } : {})} onClose={close} footer={foot} testId={testId}>
      <KeyedForm onSave={form.save} className="sc-form" label={title}>
        <ErrorSummary problems={form.problems} attempt={form.attempt} />
        {children}
      </KeyedForm>
      {after}
    </SideFlyout>
  );
}

/** A date that may lie ahead: a year of two figures is one of the next thirty. */
export function DateOf<T>(props: Bound<T>) {
  return <DateOfAny ahead {...props} />;
}

/** A time of day by typing. Below the field it says how the typing was understood. */
export function ClockOf<T>({ form, name, hint, ...rest }: Bound<T>) {
  const typed = String(form.values[name]);
  const read = readClock(typed);
  const understood = read !== null && clockText(read) !== typed ? clockText(read) : hint;
  return <TextField {...rest} {...(understood ? { hint: understood } : {})} placeholder={clockText(510)} id={fieldId(name)} value={typed} onChange={put(form, name)} error={form.wrong(name)} />;
}

export function ComboOf<T>({ form, name, ...rest }: Bound<T> & { options: readonly Option[]; placeholder?: string }) {
  return <ComboBox {...rest} id={fieldId(name)} value={String(form.values[name])} onChange={put(form, name)} error={form.wrong(name)} />;
}

export function CheckOf<T>({ form, name, label, hint, testId }: Bound<T>) {
  return <Checkbox label={label} {...(hint ? { hint } : {})} {...(testId ? { testId } : {})} value={Boolean(form.values[name])} onChange={put(form, name)} />;
}

/** A whole number that was typed into a field, or the words that ask for one. */
export function wholeOf(text: string, field: string, words: string): number {
  if (!/^\d{1,6}$/.test(text.trim())) throw new Unready(field, words);
  return Number(text.trim());
}

/** A time that was typed into a field, or the words that ask for one. */
export function minuteOf(text: string, field: string, words: string): number {
  const read = readClock(text);
  if (read === null) throw new Unready(field, words);
  return read;
}
