import { Check, ChevronDown } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import {
  Button,
  Checkbox as AriaCheckbox,
  ComboBox as AriaComboBox,
  FieldError,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup as AriaRadioGroup,
  Select as AriaSelect,
  SelectValue,
  Text,
} from "react-aria-components";
import { FieldLabel, type FieldProps } from "./fields";

export interface Option {
  value: string;
  label: string;
}

export interface ChoiceProps extends FieldProps {
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  onBlur?: () => void;
  placeholder?: string;
}

export function Select({ label, options, value, onChange, hint, error, id, testId, required, disabled }: ChoiceProps) {
  return (
    <AriaSelect
      className="kw-field"
      selectedKey={value === "" ? null : value}
      onSelectionChange={(key) => onChange(String(key ?? ""))}
      isInvalid={Boolean(error)}
      isDisabled={disabled ?? false}
      validationBehavior="aria"
    >
      <FieldLabel label={label} required={required} />
      <Button className="kw-input kw-select" {...(id ? { id } : {})} data-testid={testId}>
        <SelectValue className="kw-select-value">{({ selectedText, isPlaceholder }) => (isPlaceholder ? " " : selectedText)}</SelectValue>
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      {hint && !error ? <Text slot="description" className="kw-hint">{hint}</Text> : null}
      <FieldError className="kw-error">{error}</FieldError>
      <Popover className="kw-popover kw-listbox-popover">
        <OptionList options={options} />
      </Popover>
    </AriaSelect>
  );
}

function OptionList({ options }: { options: readonly Option[] }) {
  return (
    <ListBox className="kw-listbox" items={options.map((option) => ({ id: option.value, ...option }))}>
      {(option) => (
        <ListBoxItem id={option.id} textValue={option.label} className="kw-option" data-testid={`option-${option.id}`}>
          {({ isSelected }) => (
            <>
              <span>{option.label}</span>
              {isSelected ? <Check size={14} aria-hidden="true" /> : null}
            </>
          )}
        </ListBoxItem>
      )}
    </ListBox>
  );
}

/** Type to narrow a long list. At most fifty rows are shown, which keeps it instant. */
export function ComboBox({ label, options, value, onChange, onBlur, hint, error, id, testId, required, disabled, placeholder }: ChoiceProps) {
  const chosen = options.find((option) => option.value === value)?.label ?? "";
  const [text, setText] = useState<string | null>(null);
  const shown = useMemo(() => narrowed(options, text ?? ""), [options, text]);
  return (
    <AriaComboBox
      className="kw-field"
      items={shown.map((option) => ({ id: option.value, ...option }))}
      selectedKey={value === "" ? null : value}
      inputValue={text ?? chosen}
      onInputChange={setText}
      onSelectionChange={(key) => {
        if (key !== null) onChange(String(key));
        setText(null);
      }}
      onBlur={() => {
        setText(null);
        onBlur?.();
      }}
      {...(id ? { id } : {})}
      defaultFilter={() => true}
      isInvalid={Boolean(error)}
      isDisabled={disabled ?? false}
      validationBehavior="aria"
      menuTrigger="input"
    >
      <FieldLabel label={label} required={required} />
      <span className="kw-input-wrap">
        <Input className="kw-input kw-combo-input" data-testid={testId} spellCheck={false} placeholder={placeholder} />
        <Button className="kw-combo-open">
          <ChevronDown size={14} aria-hidden="true" />
        </Button>
      </span>
      {hint && !error ? <Text slot="description" className="kw-hint">{hint}</Text> : null}
      <FieldError className="kw-error">{error}</FieldError>
      <Popover className="kw-popover kw-listbox-popover">
        <ListBox className="kw-listbox">
          {(option: { id: string; label: string }) => (
            <ListBoxItem id={option.id} textValue={option.label} className="kw-option">
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

function narrowed(options: readonly Option[], text: string): Option[] {
  const sought = text.trim().toLowerCase().replace(/[\s_]+/g, " ");
  const fits = options.filter((option) => option.label.toLowerCase().replace(/_/g, " ").includes(sought));
  return fits.slice(0, 50);
}

export interface CheckboxProps {
  label: ReactNode;
  value: boolean;
  onChange: (value: boolean) => void;
  hint?: string;
  disabled?: boolean;
  testId?: string;
}

export function Checkbox({ label, value, onChange, hint, disabled, testId }: CheckboxProps) {
  return (
    <AriaCheckbox className="kw-check" isSelected={value} onChange={onChange} isDisabled={disabled ?? false} data-testid={testId}>
      <span className="kw-check-box" aria-hidden="true">
        {value ? <Check size={12} strokeWidth={3} /> : null}
      </span>
      <span>
        {label}
        {hint ? <span className="kw-hint kw-block">{hint}</span> : null}
      </span>
    </AriaCheckbox>
  );
}

export interface RadioGroupProps extends FieldProps {
  options: readonly (Option & { hint?: string })[];
  value: string;
  onChange: (value: string) => void;
  row?: boolean;
}

export function RadioGroup({ label, options, value, onChange, error, hint, testId, required, row }: RadioGroupProps) {
  return (
    <AriaRadioGroup
      className="kw-field"
      value={value}
      onChange={onChange}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      data-testid={testId}
      orientation={row ? "horizontal" : "vertical"}
    >
      <FieldLabel label={label} required={required} />
      <div className={row ? "kw-radios kw-radios-row" : "kw-radios"}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="kw-radio" data-testid={testId ? `${testId}-${option.value}` : undefined}>
            <span className="kw-radio-dot" aria-hidden="true" />
            <span>
              {option.label}
              {option.hint ? <span className="kw-hint kw-block">{option.hint}</span> : null}
            </span>
          </Radio>
        ))}
      </div>
      {hint && !error ? <Text slot="description" className="kw-hint">{hint}</Text> : null}
      <FieldError className="kw-error">{error}</FieldError>
    </AriaRadioGroup>
  );
}
