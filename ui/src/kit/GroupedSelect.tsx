import { Check, ChevronDown } from "lucide-react";
import { Button, FieldError, Header, ListBox, ListBoxItem, ListBoxSection, Popover, Select as AriaSelect, SelectValue, Text } from "react-aria-components";
import { FieldLabel, type FieldProps } from "./fields";

export interface GroupedOption {
  value: string;
  label: string;
  /** Small words beside the label: a reference, a code. */
  aside?: string;
  /** A word that marks some options among the others. */
  mark?: string;
}

export interface OptionGroup {
  id: string;
  label: string;
  options: readonly GroupedOption[];
}

export interface GroupedSelectProps extends FieldProps {
  groups: readonly OptionGroup[];
  value: string;
  onChange: (value: string) => void;
}

/** A choice among so many that they stand under headings. Typing the first letters jumps to one. */
export function GroupedSelect({ label, groups, value, onChange, hint, error, id, testId, required }: GroupedSelectProps) {
  const chosen = groups.flatMap((group) => group.options).find((option) => option.value === value);
  return (
    <AriaSelect className="kw-field" selectedKey={value === "" ? null : value} onSelectionChange={(key) => onChange(String(key ?? ""))} isInvalid={Boolean(error)} validationBehavior="aria">
      <FieldLabel label={label} required={required} />
      <Button className="kw-input kw-select" {...(id ? { id } : {})} data-testid={testId}>
        <SelectValue className="kw-select-value">{chosen ? <>{chosen.label} {chosen.aside ? <span className="kw-quiet">{chosen.aside}</span> : null}</> : " "}</SelectValue>
        <ChevronDown size={14} aria-hidden="true" />
      </Button>
      {hint && !error ? <Text slot="description" className="kw-hint">{hint}</Text> : null}
      <FieldError className="kw-error">{error}</FieldError>
      <Popover className="kw-popover kw-listbox-popover">
        <ListBox className="kw-listbox kw-listbox-tall">
          {groups.map((group) => (
            <ListBoxSection key={group.id} id={group.id}>
              <Header className="kw-option-head">{group.label}</Header>
              {group.options.map((option) => <GroupedItem key={option.value} option={option} />)}
            </ListBoxSection>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

function GroupedItem({ option }: { option: GroupedOption }) {
  return (
    <ListBoxItem id={option.value} textValue={option.label} className="kw-option" data-testid={`option-${option.value}`}>
      {({ isSelected }) => (
        <>
          <span className="kw-grow">{option.label} {option.aside ? <span className="kw-sub">{option.aside}</span> : null}</span>
          {option.mark ? <span className="kw-badge kw-badge-info">{option.mark}</span> : null}
          {isSelected ? <Check size={14} aria-hidden="true" /> : null}
        </>
      )}
    </ListBoxItem>
  );
}
