import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { civilText, parseTypedDate, todayCivil } from "../words";
import { TextField, type FieldProps } from "./fields";

export interface DateFieldProps extends FieldProps {
  /** YYYY-MM-DD when it could be read, otherwise the text as typed, so that nothing typed is lost. */
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  today?: string;
  autoFocus?: boolean;
}

export function isCivil(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** A date by typing. Below the field it says how the typing was understood. */
export function DateField({ value, onChange, today, hint, ...rest }: DateFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => shown(value));
  useEffect(() => {
    // A value set from outside (a restored draft, a reset form) replaces the text; our own typing already agrees with it.
    setText((now) => ((parseTypedDate(now, today ?? todayCivil()) ?? now) === value ? now : shown(value)));
  }, [value, today]);
  const change = (typed: string) => {
    setText(typed);
    onChange(parseTypedDate(typed, today ?? todayCivil()) ?? typed);
  };
  const understood = isCivil(value) && text !== civilText(value) ? civilText(value) : null;
  return <TextField {...rest} value={text} onChange={change} placeholder={t("common.date.placeholder")} hint={understood ?? hint} />;
}

function shown(value: string): string {
  return isCivil(value) ? civilText(value) : value;
}
