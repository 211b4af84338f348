import { createMemoryHistory, createRootRoute, createRoute, createRouter, useParams } from "@tanstack/react-router";
import { useMay } from "../bridge";
import { BackupsScreen, ImportScreen } from "../features/exchange";
import { SettingsScreen, StaffScreen } from "../features/identity";
import { LogScreen, WhoLooked } from "../features/log";
import { ChartScreen, CorrectScreen, MergeScreen, MergesScreen, PatientPicker, RegisterScreen, SearchScreen } from "../features/patients";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../kit";
import { Frame } from "./Frame";
import { useShellStatus } from "./status";

const root = createRootRoute({ component: Frame, notFoundComponent: Nowhere });

const route = (path: string, component: () => React.ReactNode) => createRoute({ getParentRoute: () => root, path, component });

/** The routes live in memory: nothing of them is ever written, and what they carry are record ids. */
export function makeRouter(start: string) {
  const routeTree = root.addChildren([
    route("/", SearchScreen),
    route("/patients", SearchScreen),
    route("/patients/new", RegisterScreen),
    route("/patients/$patient", Chart),
    route("/patients/$patient/correct", Correct),
    route("/patients/$patient/merge", Merge),
    route("/merges", MergesScreen),
    route("/import", ImportScreen),
    route("/backups", BackupsScreen),
    route("/staff", StaffScreen),
    route("/log", Log),
    route("/settings", Settings),
  ]);
  return createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [start] }), defaultPreload: false });
}

export type AppRouter = ReturnType<typeof makeRouter>;

function usePatient(): string {
  const params = useParams({ strict: false }) as { patient?: string };
  return params.patient ?? "";
}

function Chart() {
  const may = useMay();
  const patient = usePatient();
  return <ChartScreen key={patient} patient={patient} whoLooked={may("log.entries") ? <WhoLooked patient={patient} /> : null} />;
}

function Correct() {
  const patient = usePatient();
  return <CorrectScreen key={patient} patient={patient} />;
}

function Merge() {
  const patient = usePatient();
  return <MergeScreen key={patient} patient={patient} />;
}

function Log() {
  const { t } = useTranslation();
  const may = useMay();
  const pick = may("patients.search")
    ? { pickPatient: (onPick: (id: string, label: string) => void) => <PatientPicker label={t("log.filter.patient")} onPick={(row) => onPick(row.patient, row.name)} testId="log-pick-patient" /> }
    : {};
  return <LogScreen {...pick} />;
}

function Settings() {
  const status = useShellStatus();
  return <SettingsScreen version={status?.version ?? ""} />;
}

function Nowhere() {
  const { t } = useTranslation();
  return <EmptyState title={t("shell.nowhere")} />;
}
