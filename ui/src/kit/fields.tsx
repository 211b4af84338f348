import { useState, type ReactNode, type Ref } from "react";
import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField } from "react-aria-components";
import { useTranslation } from "react-i18next";

export interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  id?: string;
  testId?: string;
  required?: boolean;
  disabled?: boolean;
}

export interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  type?: "text" | "email" | "tel" | "password" | "search";
  autoComplete?: string;
  placeholder?: string;
  mono?: boolean;
  lines?: number;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  inputMode?: "numeric" | "text" | "tel" | "email";
  hiddenLabel?: boolean;
  suffix?: ReactNode;
}

/** A label above, the field, then either what is wrong or what to type. */
export function TextField(props: TextFieldProps) {
  const { label, hint, error, id, testId, required, disabled, mono, lines, inputRef, hiddenLabel, suffix, placeholder, type = "text", ...rest } = props;
  const inputClass = mono ? "kw-input kw-mono" : "kw-input";
  return (
    <AriaTextField
      {...rest}
      {...(id ? { id } : {})}
      type={type}
      className="kw-field"
      isInvalid={Boolean(error)}
      isRequired={required ?? false}
      isDisabled={disabled ?? false}
      validationBehavior="aria"
      {...(hiddenLabel ? { "aria-label": label } : {})}
    >
      {hiddenLabel ? null : <FieldLabel label={label} required={required} />}
      {lines ? (
        <TextArea className="kw-input kw-area" rows={lines} data-testid={testId} placeholder={placeholder} />
      ) : (
        <span className="kw-input-wrap">
          <Input className={inputClass} {...(inputRef ? { ref: inputRef } : {})} data-testid={testId} placeholder={placeholder} spellCheck={false} />
          {suffix}
        </span>
      )}
      {hint && !error ? <Text slot="description" className="kw-hint">{hint}</Text> : null}
      <FieldError className="kw-error">{error}</FieldError>
    </AriaTextField>
  );
}

export function FieldLabel({ label, required }: { label: string; required?: boolean | undefined }) {
  const { t } = useTranslation();
  return (
    <Label className="kw-label">
      {label}
      {required ? <span className="kw-needed"> {t("common.needed")}</span> : null}
    </Label>
  );
}

export interface PassphraseFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  autoComplete?: "current-password" | "new-password";
  autoFocus?: boolean;
  meter?: ReactNode;
}

/** Shows or hides what is typed. Pasting is welcome: a password keeper types better than a person. */
export function PassphraseField({ autoComplete = "current-password", hint, meter, ...rest }: PassphraseFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  return (
    <div className="kw-passphrase">
      <TextField
        {...rest}
        type={shown ? "text" : "password"}
        autoComplete={autoComplete}
        hint={hint}
        suffix={
          <button
            type="button"
            className="kw-reveal"
            aria-pressed={shown}
            aria-label={t(shown ? "common.hidePassphrase" : "common.showPassphrase")}
            onClick={() => setShown(!shown)}
            tabIndex={0}
            data-skip-enter
          >
            {t(shown ? "common.hide" : "common.show")}
          </button>
        }
      />
      {meter}
    </div>
  );
}

/** Words above, several controls below, read out as one group. */
export function FieldGroup({ label, children, hint }: { label: string; children: ReactNode; hint?: ReactNode }) {
  return (
    <fieldset className="kw-group">
      <legend className="kw-label">{label}</legend>
      {children}
      {hint ? <div className="kw-hint">{hint}</div> : null}
    </fieldset>
  );
}
