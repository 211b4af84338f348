import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { weekdayName } from "./clock";

const WEEK = [1, 2, 3, 4, 5, 6, 7];

export interface WeekdayTogglesProps {
  label: string;
  value: readonly number[];
  onChange: (weekdays: number[]) => void;
  hint?: string;
  testId?: string;
}

/** The seven days, each on or off. */
export function WeekdayToggles({ label, value, onChange, hint, testId }: WeekdayTogglesProps) {
  return (
    <div className="kw-field">
      <span className="kw-label" aria-hidden="true">{label}</span>
      <ToggleButtonGroup className="sc-days" aria-label={label} selectionMode="multiple" selectedKeys={value.map(String)} onSelectionChange={(keys) => onChange([...keys].map(Number).toSorted((a, b) => a - b))} data-testid={testId}>
        {WEEK.map((weekday) => (
          <ToggleButton key={weekday} id={String(weekday)} className="sc-day-toggle" aria-label={weekdayName(weekday, "long")} data-testid={testId ? `${testId}-${weekday}` : undefined}>
            {weekdayName(weekday)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {hint ? <span className="kw-hint">{hint}</span> : null}
    </div>
  );
}
