import i18next from "i18next";
import { useController, type Control, type FieldPath, type FieldValues } from "react-hook-form";
import { Checkbox, ComboBox, RadioGroup, Select, type Option } from "./choices";
import { DateField } from "./DateField";
import { TextField, type TextFieldProps } from "./fields";

interface Bound<T extends FieldValues> {
  control: Control<T>;
  name: FieldPath<T>;
}

/** The id of a form's field, from its path in the record: the error summary and Rust's refusals find it by this. */
export function fieldId(name: string): string {
  return `field-${name}`;
}

/** A hint's message is a key of words; a refusal's message is the words themselves. */
function said(message: string | undefined): string | undefined {
  return message !== undefined && i18next.exists(message) ? i18next.t(message) : message;
}

export function FormText<T extends FieldValues>({ control, name, ...rest }: Bound<T> & Omit<TextFieldProps, "value" | "onChange" | "error" | "id">) {
  const { field, fieldState } = useController({ control, name });
  return (
    <TextField
      {...rest}
      id={fieldId(name)}
      value={(field.value as string | null | undefined) ?? ""}
      onChange={field.onChange}
      onBlur={field.onBlur}
      error={said(fieldState.error?.message)}
    />
  );
}

export function FormDate<T extends FieldValues>({ control, name, ...rest }: Bound<T> & { label: string; hint?: string; testId?: string; required?: boolean; disabled?: boolean }) {
  const { field, fieldState } = useController({ control, name });
  return (
    <DateField
      {...rest}
      id={fieldId(name)}
      value={(field.value as string | null | undefined) ?? ""}
      onChange={field.onChange}
      onBlur={field.onBlur}
      error={said(fieldState.error?.message)}
    />
  );
}

type ChoiceRest = { label: string; options: readonly Option[]; hint?: string; testId?: string; required?: boolean };

export function FormSelect<T extends FieldValues>({ control, name, ...rest }: Bound<T> & ChoiceRest) {
  const { field, fieldState } = useController({ control, name });
  return <Select {...rest} id={fieldId(name)} value={(field.value as string | null | undefined) ?? ""} onChange={field.onChange} error={said(fieldState.error?.message)} />;
}

export function FormCombo<T extends FieldValues>({ control, name, ...rest }: Bound<T> & ChoiceRest) {
  const { field, fieldState } = useController({ control, name });
  return (
    <ComboBox
      {...rest}
      id={fieldId(name)}
      value={(field.value as string | null | undefined) ?? ""}
      onChange={field.onChange}
      onBlur={field.onBlur}
      error={said(fieldState.error?.message)}
    />
  );
}

export function FormRadios<T extends FieldValues>({ control, name, row, ...rest }: Bound<T> & ChoiceRest & { row?: boolean }) {
  const { field, fieldState } = useController({ control, name });
  return <RadioGroup {...rest} {...(row ? { row } : {})} value={(field.value as string | null | undefined) ?? ""} onChange={field.onChange} error={said(fieldState.error?.message)} />;
}

export function FormCheck<T extends FieldValues>({ control, name, ...rest }: Bound<T> & { label: string; hint?: string; testId?: string; disabled?: boolean }) {
  const { field } = useController({ control, name });
  return <Checkbox {...rest} value={Boolean(field.value)} onChange={field.onChange} />;
}
