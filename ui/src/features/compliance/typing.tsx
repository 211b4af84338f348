import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf } from "../../bridge";
import { Button, DateField, Select, TextField, bringBack, fieldId, toast, useDraft, useGo, waitingDrafts, type FieldProblem, type Option, type TextFieldProps } from "../../kit";
import { failureWords, todayCivil } from "../../words";

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
  /** Where the form stands; its draft is kept under this name at lock. */
  screen: string;
  initial: T;
  labelOf: (field: string) => string;
  /** The field of the form for a path in a refusal. */
  fieldOf?: (path: string) => string;
  send: (values: T) => Promise<void>;
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
export function useTyped<T extends object>({ screen, initial, labelOf, fieldOf = (path) => path, send }: TypedOptions<T>): Typed<T> {
  const { t } = useTranslation();
  const { go } = useGo();
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
      go(screen.split("#")[0] ?? screen);
    };
    toast(t("compliance.discarded"), { undo: again });
  };
  return {
    values,
    set: (change) => setValues((before) => ({ ...before, ...change })),
    wrong: (field) => (wrong?.field === field ? wrong.words : undefined),
    problems: wrong ? [{ id: wrong.field === null ? null : fieldId(wrong.field), label: wrong.field === null ? "" : labelOf(wrong.field), words: wrong.words }] : [],
    attempt,
    busy,
    save: () => (busy ? undefined : void run()),
    discard,
  };
}

function wrongOf(thrown: unknown, fieldOf: (path: string) => string): Wrong {
  if (thrown instanceof Unready) return { field: thrown.field, words: thrown.message };
  const failure = failureOf(thrown);
  const field = failure.kind === "refused" && failure.field !== null ? fieldOf(failure.field) : "";
  return { field: field === "" ? null : field, words: failureWords(failure) };
}

export function orNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}

interface Bound<T> {
  form: Typed<T>;
  name: keyof T & string;
  label: string;
  hint?: string;
  required?: boolean;
  testId?: string;
}

export function TextOf<T>({ form, name, ...rest }: Bound<T> & Omit<TextFieldProps, "value" | "onChange" | "error" | "id">) {
  return <TextField {...rest} id={fieldId(name)} value={String(form.values[name])} onChange={(text) => form.set({ [name]: text } as Partial<T>)} error={form.wrong(name)} />;
}

/** A year of two figures is a past one in a date field, as births are; of a date that lies ahead it is taken as one of the next thirty years. */
function farAhead(): string {
  return `${Number(todayCivil().slice(0, 4)) + 30}-12-31`;
}

export function DateOf<T>({ form, name, ahead, ...rest }: Bound<T> & { autoFocus?: boolean; ahead?: boolean }) {
  return <DateField {...rest} {...(ahead ? { today: farAhead() } : {})} id={fieldId(name)} value={String(form.values[name])} onChange={(text) => form.set({ [name]: text } as Partial<T>)} error={form.wrong(name)} />;
}

export function SelectOf<T>({ form, name, ...rest }: Bound<T> & { options: readonly Option[] }) {
  return <Select {...rest} id={fieldId(name)} value={String(form.values[name])} onChange={(text) => form.set({ [name]: text } as Partial<T>)} error={form.wrong(name)} />;
}

/** The foot of a long form: save, leave, and how the keys go. */
export function FormFoot({ words, busy, keys, onCancel }: { words: string; busy: boolean; keys: string; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <footer className="cp-form-foot">
      <Button variant="primary" tall shortcut="Ctrl Enter" type="submit" isDisabled={busy} testId="form-save">{words}</Button>
      <Button variant="quiet" tall onPress={onCancel} testId="form-cancel">{t("common.cancel")}</Button>
      <span className="kw-grow" />
      <span className="kw-sub cp-foot-hint">{keys}</span>
    </footer>
  );
}

export function Section({ title, hint, children }: { title: string; hint?: string; children: React.ReactNode }) {
  return (
    <section className="cp-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {hint ? <p className="kw-hint">{hint}</p> : null}
      </header>
      <div className="cp-section-body">{children}</div>
    </section>
  );
}
