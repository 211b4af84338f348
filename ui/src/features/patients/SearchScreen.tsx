import type { Translate } from "../../words";
import { FileDown, GitMerge, Search, UserPlus, Users } from "lucide-react";
import { useCallback, useEffect, useId, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type SearchRow } from "../../bridge";
import { Button, DataGrid, EmptyState, Failed, Kbd, movedBy, rowId, settleDraft, useDraft, useGo, useShortcuts } from "../../kit";
import { useSearchColumns } from "./searchColumns";
import { sought } from "./sought";

const LIMIT = 50;
/** In milliseconds: letters that follow one another faster are asked for together. */
const PAUSE = 60;
const QUERY_DRAFT = "/patients#query";
const NOBODY: readonly SearchRow[] = [];

/** The first screen: type, look, open. Nothing opens by itself. */
export function SearchScreen() {
  const { t } = useTranslation();
  const { go } = useGo();
  const [query, setQueryState] = useState(() => sought.get());
  const [active, setActive] = useState(0);
  // One visit to the screen is one id, so that the log folds a search typed letter by letter into a line.
  const [visit] = useState(() => crypto.randomUUID());
  const grid = useId();
  const field = useRef<HTMLInputElement>(null);
  const [settled, settle] = usePaced(query.trim(), PAUSE);
  const search = useAnswer("patients.search", { query: settled, limit: LIMIT, visit }, { enabled: settled !== "", keepPrevious: true });
  const rows = settled === "" ? NOBODY : (search.data?.rows ?? NOBODY);
  const columns = useSearchColumns();
  const setQuery = (next: string) => {
    setQueryState(next);
    settle(next.trim());
    sought.set(next);
    setActive(0);
  };
  useDraft(QUERY_DRAFT, () => (query === "" ? null : query), (kept) => {
    setQuery(kept);
    settleDraft(QUERY_DRAFT);
  });
  useSearchShortcuts(() => field.current?.focus());
  const current = settled === query.trim() && !search.isPlaceholderData && !search.isFetching;
  const open = useCallback((row: SearchRow) => go(`/patients/${row.patient}`), [go]);
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const row = rows[active];
    if (event.key === "Enter") {
      // While newer rows are on their way, Enter could open somebody who is no longer there.
      if (row && current) open(row);
      return;
    }
    if (event.key === "Escape" && query !== "") return setQuery("");
    if (event.key === "Home" || event.key === "End") return undefined;
    const next = movedBy(event.key, active, rows.length);
    if (next === null) return undefined;
    event.preventDefault();
    return setActive(next);
  };
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("patients.search.title")}</h1>
        <span className="kw-grow" />
        <Actions />
      </div>
      <div className="pt-search">
        <SearchField field={field} query={query} onQuery={setQuery} onKeyDown={keys} grid={rows.length > 0 ? grid : null} active={active} />
        <span className="kw-sub" role="status" aria-busy={!current} data-testid="search-count">{settled === "" ? "" : countWords(t, rows.length)}</span>
      </div>
      {search.error ? <Failed failure={failureOf(search.error)} /> : null}
      {rows.length > 0 ? (
        <DataGrid label={t("patients.search.results")} id={grid} columns={columns} rows={rows} active={active} onActive={setActive} onOpen={open} rowTestId="search-row" testId="search-rows" />
      ) : (
        <Nothing query={settled} loading={!current && settled !== ""} />
      )}
    </div>
  );
}

interface SearchFieldProps {
  field: RefObject<HTMLInputElement | null>;
  query: string;
  onQuery: (query: string) => void;
  onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  /** The list the arrows move through, when there is one. */
  grid: string | null;
  active: number;
}

function SearchField({ field, query, onQuery, onKeyDown, grid, active }: SearchFieldProps) {
  const { t } = useTranslation();
  return (
    <>
      <Search size={16} aria-hidden="true" />
      <input
        ref={field}
        className="pt-search-input"
        role="combobox"
        aria-label={t("patients.search.label")}
        aria-expanded={grid !== null}
        aria-controls={grid ?? undefined}
        aria-haspopup="grid"
        aria-autocomplete="list"
        aria-activedescendant={grid === null ? undefined : rowId(grid, active)}
        placeholder={t("patients.search.placeholder")}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={onKeyDown}
        autoComplete="off"
        spellCheck={false}
        // The search is what this screen is for.
        autoFocus
        data-testid="patient-search"
      />
    </>
  );
}

function countWords(t: Translate, count: number): string {
  return count >= LIMIT ? t("patients.search.first", { count }) : t("patients.search.found", { count });
}

function Actions() {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  return (
    <>
      {may("patients.merges") ? <Button variant="quiet" icon={<GitMerge size={14} aria-hidden="true" />} onPress={() => go("/merges")} testId="patients-merges">{t("patients.merges.title")}</Button> : null}
      {may("exchange.import_patients") ? <Button icon={<FileDown size={14} aria-hidden="true" />} onPress={() => go("/import")} testId="patients-import">{t("patients.search.import")}</Button> : null}
      {may("patients.register") ? <Button variant="primary" icon={<UserPlus size={14} aria-hidden="true" />} shortcut="N" onPress={() => go("/patients/new")} testId="patients-new">{t("patients.search.new")}</Button> : null}
    </>
  );
}

function useSearchShortcuts(focus: () => void) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  useShortcuts([
    { keys: "/", shown: "/", words: t("patients.search.label"), run: focus },
    ...(may("patients.register") ? [{ keys: "n", shown: "N", words: t("patients.search.new"), run: () => go("/patients/new") }] : []),
  ]);
}

function Nothing({ query, loading }: { query: string; loading: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  if (loading) return <div className="kw-empty" />;
  if (query !== "") {
    return (
      <EmptyState icon={<Search size={28} />} title={t("patients.search.none")} actions={may("patients.register") ? <Button onPress={() => go("/patients/new")}>{t("patients.search.new")}</Button> : null}>
        {t("patients.search.noneWords")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<Users size={28} />} title={t("patients.search.teach")}>
      <dl className="pt-teach">
        {(["name", "birth", "phone", "mrn"] as const).map((kind) => (
          <div key={kind}>
            <dt><span className="kw-mono">{t(`patients.search.example.${kind}`)}</span></dt>
            <dd>{t(`patients.search.means.${kind}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="kw-sub pt-teach-keys"><Kbd>↑</Kbd> <Kbd>↓</Kbd> {t("patients.search.move")} <Kbd>Enter</Kbd> {t("patients.search.opens")}</p>
    </EmptyState>
  );
}

/**
 * Follows what is typed at once, and where letters follow one another faster than people mean them, after a pause. It is
 * told with the key itself, so that the question is asked in the same turn in which the letter is drawn.
 */
function usePaced(first: string, pause: number): [string, (value: string) => void] {
  const [paced, setPaced] = useState(first);
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const follow = useCallback(
    (value: string) => {
      clearTimeout(timer.current);
      const wait = last.current + pause - performance.now();
      // An emptied field asks nothing, so the letter after it need not wait.
      last.current = value === "" ? 0 : performance.now();
      if (wait <= 0) setPaced(value);
      else timer.current = setTimeout(() => setPaced(value), pause);
    },
    [pause],
  );
  return [paced, follow];
}
