import { useId, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, type SearchRow } from "../../bridge";
import { Button, TextField } from "../../kit";
import { civilText } from "../../words";

export interface PatientPickerProps {
  label: string;
  onPick: (row: SearchRow) => void;
  exclude?: string;
  hint?: string;
  testId?: string;
  /** Takes the focus: where finding somebody is what comes first. */
  autoFocus?: boolean;
}

/** Finds one patient inside another task: type, arrow, Enter. */
export function PatientPicker({ label, onPick, exclude, hint, testId, autoFocus }: PatientPickerProps) {
  const { t } = useTranslation();
  const list = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const [visit] = useState(() => crypto.randomUUID());
  const search = useAnswer("patients.search", { query: query.trim(), limit: 8, visit }, { enabled: query.trim().length > 1, keepPrevious: true });
  const rows = query.trim().length > 1 ? (search.data?.rows ?? []).filter((row) => row.patient !== exclude) : [];
  const keys = (event: KeyboardEvent) => {
    if (rows.length === 0) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(rows.length - 1, active + step)));
    }
    const row = rows[active];
    if (event.key === "Enter" && row && !search.isFetching) {
      event.preventDefault();
      onPick(row);
    }
  };
  return (
    // The keys belong to the field inside; this only listens to them.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="kw-tight" onKeyDown={keys}>
      <TextField label={label} value={query} onChange={(text) => { setQuery(text); setActive(0); }} type="search" autoFocus={autoFocus ?? false} {...(hint ? { hint } : {})} {...(testId ? { testId } : {})} />
      {rows.length > 0 ? (
        <ul className="pt-picks" id={list} aria-label={t("patients.search.results")}>
          {rows.map((row, index) => (
            <li key={row.patient}>
              <Button className={index === active ? "pt-pick pt-pick-on" : "pt-pick"} onPress={() => onPick(row)} testId="picker-row">
                <b>{row.name}</b>
                <span className="kw-sub">{civilText(row.date_of_birth)} · {row.administrative_sex} · <span className="kw-mono">{row.mrn}</span></span>
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
