import { useState } from "react";
import { failureWords, todayCivil } from "../words";
import { DateField } from "./DateField";
import { Select, type Option } from "./choices";
import { bringBack, useDraft, waitingDrafts } from "./drafts";
import type { FieldProblem } from "./ErrorSummary";
import { fieldId } from "./form";
import { TextField, type TextFieldProps } from "./fields";
import { toast } from "./toasts";

type Failure = Parameters<typeof failureWords>[0];

interface Wrong {
  field: string | null;
  words: string;
}

/** What a form holds while somebody types. */
export interface Typed<T> {
  values: T;
  set: (change: Partial<T>) => void;
  /** The words at a field, where the refusal named it. */
  wrong: (field: string) => string | undefined;
  problems: readonly FieldProblem[];
  attempt: number;
  busy: boolean;
  save: () => void;
  /** Ends the draft without saving it; what was typed can be brought back from the toast. */
  discard: () => void;
}

export interface TypedOptions<T> {
  /** The name under which the draft is kept at lock. */
  screen: string;
  initial: T;
  labelOf?: (field: string) => string;
  /** The field of the form for a path in a refusal. */
  fieldOf?: (path: string) => string;
  send: (values: T) => Promise<void>;
  /** Reads what was thrown: the bridge knows how, and the kit does not know the bridge. */
  failureOf: (thrown: unknown) => Failure;
  /** What the toast says of a draft that was thrown away. */
  discarded: string;
  /** Opens the form again, where what was thrown away is wanted back. */
  reopen: () => void;
}

/** Thrown by a form's own check before anything is sent. */
export class Unready extends Error {
  readonly field: string;

  constructor(field: string, words: string) {
    super(words);
    this.field = field;
  }
}

/** Keeps what is typed, also across a lock, sends it once, and puts what stood in the way at its field. */
export function useTypedForm<T extends object>(options: TypedOptions<T>): Typed<T> {
  const { screen, initial, labelOf, send, discarded, reopen } = options;
  // What was sent is what the next typing is compared with, for a form that stays after it.
  const [start, setStart] = useState(initial);
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
      setStart(values);
      settle();
    } catch (thrown) {
      setWrong(wrongOf(thrown, options));
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
    toast(discarded, { undo: again });
  };
  return {
    values,
    set: (change) => setValues((before) => ({ ...before, ...change })),
    wrong: (field) => (wrong?.field === field ? wrong.words : undefined),
    problems: wrong ? [{ id: wrong.field === null ? null : fieldId(wrong.field), label: wrong.field === null ? "" : (labelOf?.(wrong.field) ?? ""), words: wrong.words }] : [],
    attempt,
    busy,
    save: () => (busy ? undefined : void run()),
    discard,
  };
}

function wrongOf<T>(thrown: unknown, { fieldOf = (path) => path, failureOf }: TypedOptions<T>): Wrong {
  if (thrown instanceof Unready) return { field: thrown.field, words: thrown.message };
  const failure = failureOf(thrown);
  const field = failure.kind === "refused" && failure.field !== null ? fieldOf(failure.field) : "";
  return { field: field === "" ? null : field, words: failureWords(failure) };
}

/** An empty field is none. */
export function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}

/** A field of a form, by its name. */
export interface Bound<T> {
  form: Typed<T>;
  name: keyof T & string;
  label: string;
  hint?: string;
  required?: boolean;
  testId?: string;
}

/** Puts a value into the field of a form. */
export const put = <T,>(form: Typed<T>, name: keyof T & string) => (value: string | boolean) => form.set({ [name]: value } as Partial<T>);

export function TextOf<T>({ form, name, ...rest }: Bound<T> & Omit<TextFieldProps, "value" | "onChange" | "error" | "id">) {
  return <TextField {...rest} id={fieldId(name)} value={String(form.values[name])} onChange={put(form, name)} error={form.wrong(name)} />;
}

/** A year of two figures is a past one in a date field, as births are; of a date that lies ahead it is taken as one of the next thirty years. */
function farAhead(): string {
  return `${Number(todayCivil().slice(0, 4)) + 30}-12-31`;
}

export function DateOf<T>({ form, name, ahead, ...rest }: Bound<T> & { autoFocus?: boolean; ahead?: boolean }) {
  return <DateField {...rest} {...(ahead ? { today: farAhead() } : {})} id={fieldId(name)} value={String(form.values[name])} onChange={put(form, name)} error={form.wrong(name)} />;
}

export function SelectOf<T>({ form, name, ...rest }: Bound<T> & { options: readonly Option[] }) {
  return <Select {...rest} id={fieldId(name)} value={String(form.values[name])} onChange={put(form, name)} error={form.wrong(name)} />;
}
