import { FileCheck2, FilterX, FolderOutput, Stamp, X } from "lucide-react";
import { useCallback, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, useSession, type Outcome } from "../../bridge";
import { Button, ComboBox, DateField, Select, TextField, useGo } from "../../kit";
import { EntryList, operationWords } from "./EntryList";
import { ExportDialog } from "./ExportDialog";
import { NO_FILTERS, toQuery, type LogFilters } from "./filters";
import { ReportView } from "./ReportView";
import { saveSeal } from "./saveSeal";
import { isTooLong, useReport } from "./useReport";
import { VerificationPanel } from "./VerificationPanel";

const OUTCOMES: readonly Outcome[] = ["done", "refused", "denied", "fault"];

export interface LogScreenProps {
  /** Draws the search for one patient; the patients' own, put in by the shell. */
  pickPatient?: (onPick: (id: string, label: string) => void) => ReactNode;
}

/** Names for the people in the log, when this session may know them. */
export function useActorNames(): { nameOf: (actor: string) => string; options: { value: string; label: string }[] } {
  const may = useMay();
  const staff = useAnswer("identity.staff", {}, { enabled: may("identity.staff") });
  const known = staff.data?.rows;
  const rows = known ?? [];
  // The same function each time, so that a long list is drawn again only when a name is new.
  const nameOf = useCallback((actor: string) => known?.find((one) => one.staff === actor || one.user_name === actor)?.display_name ?? actor, [known]);
  return {
    nameOf,
    options: rows.map((one) => ({ value: one.user_name, label: one.display_name })),
  };
}

export function LogScreen({ pickPatient }: LogScreenProps) {
  const { t } = useTranslation();
  const may = useMay();
  const session = useSession();
  const { go } = useGo();
  const [filters, setFilters] = useState<LogFilters>(NO_FILTERS);
  const [exporting, setExporting] = useState(false);
  const [reporting, setReporting] = useState(false);
  // Saving asks anew, so it can find a report that has grown too long meanwhile.
  const [refused, setRefused] = useState(false);
  const people = useActorNames();
  const set = (change: Partial<LogFilters>) => {
    setRefused(false);
    setFilters({ ...filters, ...change });
  };
  const filtered = JSON.stringify(filters) !== JSON.stringify(NO_FILTERS);
  const query = toQuery(filters, session.signed_in_at);
  const report = useReport(query, reporting);
  const tooLong = reporting && (refused || isTooLong(report.failure));
  const opens = may("patients.chart") ? { onOpenPatient: (patient: string) => go(`/patients/${patient}`) } : {};
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("log.title")}</h1>
        <span className="kw-sub">{t("log.sub")}</span>
        <span className="kw-grow" />
        {may("log.report") && !reporting ? <Button icon={<FileCheck2 size={14} aria-hidden="true" />} onPress={() => setReporting(true)} testId="log-report-open">{t("log.report.open")}</Button> : null}
        {may("log.export") ? <Button icon={<Stamp size={14} aria-hidden="true" />} onPress={() => void saveSeal(t)} testId="log-seal">{t("log.seal.open")}</Button> : null}
        {may("log.export") ? <Button icon={<FolderOutput size={14} aria-hidden="true" />} onPress={() => setExporting(true)} testId="log-export">{t("log.export.open")}</Button> : null}
      </div>
      <ExportDialog filters={filters} nameOf={people.nameOf} isOpen={exporting} onClose={() => setExporting(false)} />
      <VerificationPanel />
      <Filters {...{ filters, set, people: people.options, filtered }} onClear={() => set(NO_FILTERS)} pickPatient={pickPatient} wrongFrom={tooLong ? t("log.report.shorter") : undefined} />
      {reporting ? (
        <ReportView report={report} nameOf={people.nameOf} onClose={() => setReporting(false)} onTooLong={() => setRefused(true)} {...opens} />
      ) : (
        <EntryList key={JSON.stringify(query)} query={query} nameOf={people.nameOf} label={t("log.title")} {...opens} />
      )}
    </div>
  );
}

interface FiltersProps {
  filters: LogFilters;
  set: (change: Partial<LogFilters>) => void;
  people: { value: string; label: string }[];
  filtered: boolean;
  onClear: () => void;
  pickPatient: LogScreenProps["pickPatient"];
  /** Why the period has to be shorter. */
  wrongFrom: string | undefined;
}

function Filters({ filters, set, people, filtered, onClear, pickPatient, wrongFrom }: FiltersProps) {
  const { t } = useTranslation();
  const session = useSession();
  const anything = { value: "", label: t("log.filter.any") };
  const operations = session.operations.toSorted().map((value) => ({ value, label: operationWords(t, value) }));
  const [picking, setPicking] = useState(false);
  const picked = (id: string, label: string) => {
    set({ patient: { id, label } });
    setPicking(false);
  };
  return (
    <>
      <div className="log-filters" role="group" aria-label={t("log.filter.title")}>
        {people.length > 0 ? (
          <ComboBox label={t("log.filter.person")} options={people} value={filters.actor} onChange={(actor) => set({ actor })} placeholder={t("log.filter.any")} testId="log-filter-person" />
        ) : (
          <TextField label={t("log.filter.person")} value={filters.actor} onChange={(actor) => set({ actor })} testId="log-filter-person" />
        )}
        <div className="kw-field">
          <span className="kw-label">{t("log.filter.patient")}</span>
          {filters.patient ? (
            <Button className="log-chosen" onPress={() => set({ patient: null })} aria-label={t("log.filter.dropPatient", { name: filters.patient.label })}><span className="kw-clip">{filters.patient.label}</span><X size={14} aria-hidden="true" /></Button>
          ) : (
            <Button className="log-chosen" isDisabled={!pickPatient} onPress={() => setPicking(!picking)} testId="log-filter-patient">{t("log.filter.any")}</Button>
          )}
        </div>
        <ComboBox label={t("log.filter.operation")} options={operations} value={filters.operation} onChange={(operation) => set({ operation })} placeholder={t("log.filter.any")} testId="log-filter-operation" />
        <Select label={t("log.filter.outcome")} options={[{ ...anything, value: "any" }, ...OUTCOMES.map((value) => ({ value, label: t(`log.outcome.${value}`) }))]} value={filters.outcome || "any"} onChange={(outcome) => set({ outcome: outcome === "any" ? "" : outcome })} testId="log-filter-outcome" />
        <DateField label={t("log.filter.from")} value={filters.from} onChange={(from) => set({ from })} error={wrongFrom} testId="log-filter-from" />
        <DateField label={t("log.filter.to")} value={filters.to} onChange={(to) => set({ to })} testId="log-filter-to" />
        <Button variant="quiet" isDisabled={!filtered} icon={<FilterX size={14} aria-hidden="true" />} onPress={onClear} testId="log-filter-clear">{t("log.filter.clear")}</Button>
      </div>
      {picking && pickPatient ? <div className="log-pick">{pickPatient(picked)}</div> : null}
    </>
  );
}

/** Who looked at one patient, for the chart. */
export function WhoLooked({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const people = useActorNames();
  return <EntryList query={{ patient }} nameOf={people.nameOf} label={t("log.whoLooked")} />;
}
