import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField } from "./fields";

export interface CodeFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  id?: string;
  testId?: string;
  autoFocus?: boolean;
  /** Lets the person switch to typing one of the one-use recovery codes. */
  recovery?: boolean;
  onComplete?: () => void;
}

/** Six boxes for the eye, one ordinary input for the keyboard, the clipboard and the screen reader. */
export function CodeField({ label, value, onChange, error, id, testId, autoFocus, recovery, onComplete }: CodeFieldProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(false);
  const toggle = () => {
    onChange("");
    setWords(!words);
  };
  return (
    <div className="kw-code-field">
      {words ? (
        <TextField
          label={t("common.recoveryCode")}
          value={value}
          onChange={onChange}
          error={error}
          mono
          autoFocus
          {...(id ? { id } : {})}
          {...(testId ? { testId } : {})}
        />
      ) : (
        <SixFigures {...{ label, value, onChange, error, id, testId, autoFocus, onComplete }} />
      )}
      {recovery ? (
        <button type="button" className="kw-link" onClick={toggle} data-skip-enter data-testid={testId ? `${testId}-switch` : undefined}>
          {t(words ? "common.useAuthenticator" : "common.useRecoveryCode")}
        </button>
      ) : null}
    </div>
  );
}

interface SixProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  error: string | undefined;
  id: string | undefined;
  testId: string | undefined;
  autoFocus: boolean | undefined;
  onComplete: (() => void) | undefined;
}

function SixFigures({ label, value, onChange, error, id, testId, autoFocus, onComplete }: SixProps) {
  const own = useId();
  const field = id ?? own;
  const [focused, setFocused] = useState(false);
  const change = (typed: string) => {
    const figures = typed.replace(/\D/g, "").slice(0, 6);
    onChange(figures);
    if (figures.length === 6 && figures !== value) onComplete?.();
  };
  return (
    <div className="kw-field">
      <label className="kw-label" htmlFor={field}>{label}</label>
      <div className="kw-code" data-invalid={error ? "true" : undefined}>
        <input
          id={field}
          data-testid={testId}
          className="kw-code-input"
          value={value}
          onChange={(event) => change(event.target.value)}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          inputMode="numeric"
          autoComplete="one-time-code"
          // The code is the only thing asked for when this is set, so the caret may start here.
          autoFocus={autoFocus}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${field}-error` : undefined}
        />
        {[0, 1, 2, 3, 4, 5].map((place) => (
          <span key={place} className="kw-code-box" aria-hidden="true" data-here={focused && place === Math.min(value.length, 5) ? "true" : undefined}>
            {value.charAt(place)}
          </span>
        ))}
      </div>
      {error ? <div className="kw-error" id={`${field}-error`}>{error}</div> : null}
    </div>
  );
}
