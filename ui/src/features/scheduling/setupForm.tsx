import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "../../bridge";
import { Button, Checkbox, ComboBox, DateField, ErrorSummary, KeyedForm, Select, SideFlyout, TextField, bringBack, fieldId, toast, useDraft, waitingDrafts, type FieldProblem, type Option, type TextFieldProps } from "../../kit";
import { failureWords, todayCivil } from "../../words";
import { clockText, readClock } from "./clock";

/** Where everything that sets the schedule up stands; what is typed there is kept under this name. */
export const SETUP_SCREEN = "/schedule-setup";

interface Wrong {
  field: string | null;
  words: string;
}

/** What a form of the set-up holds while somebody types. */
export interface SetupForm<T> {
  values: T;
  set: (change: Partial<T>) => void;
  wrong: (field: string) => string | undefined;
  problems: readonly FieldProblem[];
  attempt: number;
  busy: boolean;
  save: () => void;
  /** Ends the draft unsaved; the toast brings it back. */
  discard: () => void;
}

/** Thrown by a form's own check before anything is sent. */
export class NotReady extends Error {
  readonly field: string;

  constructor(field: string, words: string) {
    super(words);
    this.field = field;
  }
}

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

/** Keeps what is typed, also across a lock, sends it once, and puts what stood in the way at its field. */
export function useSetupForm<T extends object>({ about, initial, send, reopen, fieldOf = (path) => path, place = SETUP_SCREEN }: SetupFormOptions<T>): SetupForm<T> {
  const { t } = useTranslation();
  const screen = `${place}#${about}`;
  const [start] = useState(initial);
  const [values, setValues] = useState(initial);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const content = () => (JSON.stringify(values) === JSON.stringify(start) ? null : JSON.stringify(values));
  const settle = useDraft(screen, content, (kept) => setValues({ ...start, ...(JSON.parse(kept) as Partial<T>) }));
  const run = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await send(values);
      settle();
    } catch (thrown) {
      setWrong(wrongOf(thrown, fieldOf));
      setAttempt((before) => before + 1);
    }
    setBusy(false);
  };
  const discard = () => {
    const kept = content();
    settle();
    if (kept === null) return;
    const again = () => {
      bringBack([...waitingDrafts.get(), { screen, content: kept }]);
      reopen();
    };
    toast(t("scheduling.setup.discarded"), { undo: again });
  };
  return {
    values,
    set: (change) => setValues((before) => ({ ...before, ...change })),
    wrong: (field) => (wrong?.field === field ? wrong.words : undefined),
    problems: wrong ? [{ id: wrong.field === null ? null : fieldId(wrong.field), label: "", words: wrong.words }] : [],
    attempt,
    busy,
    save: () => (busy ? undefined : void run()),
    discard,
  };
}

function wrongOf(thrown: unknown, fieldOf: (path: string) => string): Wrong {
  if (thrown instanceof NotReady) return { field: thrown.field, words: thrown.message };
  const failure = failureOf(thrown);
  const field = failure.kind === "refused" && failure.field !== null ? fieldOf(failure.field) : "";
  return { field: field === "" ? null : field, words: failureWords(failure) };
}

export interface FormFlyoutProps<T> {
  title: string;
  sub?: ReactNode;
  form: SetupForm<T>;
  onClose: () => void;
  children: ReactNode;
  testId: string;
  more?: ReactNode;
}

/** A form beside the list it belongs to. */
export function FormFlyout<T>({ title, sub, form, onClose, children, testId, more }: FormFlyoutProps<T>) {
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
    </SideFlyout>
  );
}

interface Bound<T> {
  form: SetupForm<T>;
  name: keyof T & string;
  label: string;
  hint?: string;
  required?: boolean;
  testId?: string;
}

const set = <T,>(form: SetupForm<T>, name: keyof T & string) => (value: string | boolean) => form.set({ [name]: value } as Partial<T>);

export function TextOf<T>({ form, name, ...rest }: Bound<T> & Omit<TextFieldProps, "value" | "onChange" | "error" | "id">) {
  return <TextField {...rest} id={fieldId(name)} value={String(form.values[name])} onChange={set(form, name)} error={form.wrong(name)} />;
}

/** A date that may lie ahead: a year of two figures is one of the next thirty. */
export function DateOf<T>({ form, name, ...rest }: Bound<T>) {
  const ahead = `${Number(todayCivil().slice(0, 4)) + 30}-12-31`;
  return <DateField {...rest} today={ahead} id={fieldId(name)} value={String(form.values[name])} onChange={set(form, name)} error={form.wrong(name)} />;
}

/** A time of day by typing. Below the field it says how the typing was understood. */
export function ClockOf<T>({ form, name, hint, ...rest }: Bound<T>) {
  const typed = String(form.values[name]);
  const read = readClock(typed);
  const understood = read !== null && clockText(read) !== typed ? clockText(read) : hint;
  return <TextField {...rest} {...(understood ? { hint: understood } : {})} placeholder={clockText(510)} id={fieldId(name)} value={typed} onChange={set(form, name)} error={form.wrong(name)} />;
}

export function SelectOf<T>({ form, name, ...rest }: Bound<T> & { options: readonly Option[] }) {
  return <Select {...rest} id={fieldId(name)} value={String(form.values[name])} onChange={set(form, name)} error={form.wrong(name)} />;
}

export function ComboOf<T>({ form, name, ...rest }: Bound<T> & { options: readonly Option[]; placeholder?: string }) {
  return <ComboBox {...rest} id={fieldId(name)} value={String(form.values[name])} onChange={set(form, name)} error={form.wrong(name)} />;
}

export function CheckOf<T>({ form, name, label, hint, testId }: Bound<T>) {
  return <Checkbox label={label} {...(hint ? { hint } : {})} {...(testId ? { testId } : {})} value={Boolean(form.values[name])} onChange={set(form, name)} />;
}

export function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}

/** A whole number that was typed into a field, or the words that ask for one. */
export function wholeOf(text: string, field: string, words: string): number {
  if (!/^\d{1,6}$/.test(text.trim())) throw new NotReady(field, words);
  return Number(text.trim());
}

/** A time that was typed into a field, or the words that ask for one. */
export function minuteOf(text: string, field: string, words: string): number {
  const read = readClock(text);
  if (read === null) throw new NotReady(field, words);
  return read;
}
