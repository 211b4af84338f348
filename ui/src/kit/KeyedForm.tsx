import type { FormEvent, KeyboardEvent, ReactNode } from "react";

export interface KeyedFormProps {
  onSave: () => void;
  children: ReactNode;
  className?: string;
  label?: string;
  /** On a short form, Enter in the last field saves; on a long one only Ctrl-Enter does. */
  enterSaves?: boolean;
  testId?: string;
}

/** Enter goes to the next field, Ctrl-Enter saves. */
export function KeyedForm({ onSave, children, className, label, enterSaves, testId }: KeyedFormProps) {
  const keys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Enter" || event.defaultPrevented) return;
    const here = event.target;
    if (!(here instanceof HTMLInputElement) || here.getAttribute("aria-expanded") === "true") return;
    event.preventDefault();
    const next = fieldAfter(event.currentTarget, here);
    if (next) next.focus();
    else if (enterSaves) onSave();
  };
  // On its way down, because a list or a button in the form would take Enter for itself on the way up.
  const chord = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    onSave();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form className={className} onSubmit={submit} onKeyDown={keys} onKeyDownCapture={chord} noValidate aria-label={label} data-testid={testId}>
      {children}
    </form>
  );
}

function fieldAfter(form: HTMLFormElement, here: HTMLElement): HTMLElement | null {
  const stops = [...form.querySelectorAll<HTMLElement>("input:not([type=hidden]),textarea,select,button.kw-select")].filter(
    (one) => !one.hasAttribute("disabled") && !one.hasAttribute("data-skip-enter") && one.getAttribute("aria-hidden") !== "true" && one.tabIndex >= 0,
  );
  return stops[stops.indexOf(here) + 1] ?? null;
}
