import { createMemoryHistory, createRootRoute, createRoute, createRouter, useParams, useSearch } from "@tanstack/react-router";
import { Archive, FilePen, FileSearch, FolderInput, FolderOutput, Inbox, MailQuestion } from "lucide-react";
import { useMay } from "../bridge";
import { AccessRequestScreen, AmendmentRequestScreen, AssociatesScreen, ChangeAssociateScreen, CorrectDisclosureScreen, HandOutScreen, LedgerScreen, LetterScreen, NewAssociateScreen, NewRequestScreen, PatientRequestScreen, PatientRequestsScreen, PopulationScreen, RecordDisclosureScreen, RequestsScreen, RetainedScreen, useAmendmentsOf } from "../features/compliance";
import { BackupsScreen, DeidentifiedScreen, DowntimeScreen, EndPracticeScreen, ImportScreen, ReceivedScreen, TakeBackScreen, useReceivedOf } from "../features/exchange";
import { SettingsScreen, StaffScreen } from "../features/identity";
import { LogScreen, WhoLooked } from "../features/log";
import { ChartScreen, CorrectScreen, MergeScreen, MergesScreen, PatientPicker, QuickRegister, RegisterScreen, SearchScreen, type PatientWay } from "../features/patients";
import { ChecksScreen, DayScreen, FiguresScreen, SetupScreen, TheatreScreen, showVisit, useVisitsOf, type DayScreenProps } from "../features/scheduling";
import { useTranslation } from "react-i18next";
import { EmptyState, useGo } from "../kit";
import { Frame } from "./Frame";
import { useShellStatus } from "./status";

const root = createRootRoute({ component: Frame, notFoundComponent: Nowhere });

const route = (path: string, component: () => React.ReactNode) => createRoute({ getParentRoute: () => root, path, component });

/** The routes live in memory: nothing of them is ever written, and what they carry are record ids. */
export function makeRouter(start: string) {
  const routeTree = root.addChildren([
    route("/", SearchScreen),
    route("/day", Day),
    route("/day/theatre", Theatre),
    route("/patients", SearchScreen),
    route("/patients/new", RegisterScreen),
    route("/patients/$patient", Chart),
    route("/patients/$patient/correct", Correct),
    route("/patients/$patient/merge", Merge),
    route("/patients/$patient/disclosures", Ledger),
    route("/patients/$patient/disclosures/new", RecordDisclosure),
    route("/patients/$patient/disclosures/$disclosure/correct", CorrectDisclosure),
    route("/patients/$patient/accounting", PatientRequest),
    route("/patients/$patient/requests", PatientRequests),
    route("/patients/$patient/records", HandOut),
    route("/patients/$patient/retained", PatientRetained),
    route("/associates", AssociatesScreen),
    route("/associates/new", NewAssociateScreen),
    route("/associates/$associate/change", ChangeAssociate),
    route("/accountings", RequestsScreen),
    route("/accountings/new", NewAccounting),
    route("/accountings/new/access", NewAccess),
    route("/accountings/new/amendment", NewAmendment),
    route("/accountings/access/$patient", AccessOf),
    route("/accountings/amendment/$patient", AmendmentOf),
    route("/accountings/$accounting/letter", Letter),
    route("/retained", Retained),
    route("/merges", MergesScreen),
    route("/import", ImportScreen),
    route("/import/records", TakeBackScreen),
    route("/received", AllReceived),
    route("/received/$type", ReceivedOfType),
    route("/backups", BackupsScreen),
    route("/backups/records", PopulationScreen),
    route("/backups/downtime", DowntimeScreen),
    route("/deidentified", DeidentifiedScreen),
    route("/checks", Checks),
    route("/figures", FiguresScreen),
    route("/schedule-setup", SetupScreen),
    route("/staff", StaffScreen),
    route("/log", Log),
    route("/settings", Settings),
    route("/settings/keys", Keys),
    route("/settings/practice", PracticeDetails),
    route("/settings/end", EndPracticeScreen),
  ]);
  return createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [start] }), defaultPreload: false });
}

export type AppRouter = ReturnType<typeof makeRouter>;

function useParam(name: "type" | "patient" | "associate" | "accounting" | "disclosure"): string {
  const params = useParams({ strict: false }) as Record<string, string | undefined>;
  return params[name] ?? "";
}

function usePatient(): string {
  return useParam("patient");
}

/** What the patients' feature draws for the schedule: the search, the short registration, and the way to somebody. */
function usePatientWays(pick: string): Omit<DayScreenProps, "view"> {
  const { t } = useTranslation();
  const may = useMay();
  const opens = may("patients.chart") || may("patients.front_desk_card") || may("patients.billing_card");
  return {
    pickPatient: (onPick) => <PatientPicker label={t("scheduling.book.find")} hint={t("scheduling.book.findHint")} autoFocus onPick={(row) => onPick(row.patient, row.name, row.mrn)} testId={pick} />,
    newPatient: may("patients.register") ? (onMade, onCancel) => <QuickRegister onMade={onMade} onCancel={onCancel} /> : null,
    patientPath: opens ? (patient) => `/patients/${patient}` : null,
  };
}

function Day() {
  const { view } = useSearch({ strict: false }) as { view?: string };
  return <DayScreen view={view} {...usePatientWays("book-pick")} />;
}

function Theatre() {
  return <TheatreScreen {...usePatientWays("case-pick")} />;
}

/** The queue of checks; whoever sees the day opens a visit there. */
function Checks() {
  const may = useMay();
  const { go } = useGo();
  return <ChecksScreen onOpen={may("scheduling.day") ? (visit) => { showVisit(visit); go("/day"); } : null} />;
}

function Chart() {
  const may = useMay();
  const patient = usePatient();
  const received = useReceivedOf(patient);
  const amendments = useAmendmentsOf(patient);
  const { go } = useGo();
  const visits = useVisitsOf(patient, may("scheduling.day") ? (visit) => { showVisit(visit); go("/day"); } : undefined);
  return <ChartScreen key={patient} patient={patient} received={received} amendments={amendments} visits={visits} ways={useWays(patient)} whoLooked={may("log.entries") ? <WhoLooked patient={patient} /> : null} />;
}

/** What else can be done about a patient, from other features. */
function useWays(patient: string): PatientWay[] {
  const { t } = useTranslation();
  const may = useMay();
  const ways = [
    { id: "disclosures", may: may("compliance.disclosures"), icon: <FolderInput size={14} aria-hidden="true" />, words: t("compliance.ledger.title"), path: `/patients/${patient}/disclosures` },
    { id: "requests", may: may("compliance.access_requests") && may("compliance.disclosures"), icon: <Inbox size={14} aria-hidden="true" />, words: t("compliance.requests.title"), path: `/patients/${patient}/requests` },
    { id: "access", may: may("compliance.request_access") && may("compliance.disclosures"), icon: <FileSearch size={14} aria-hidden="true" />, words: t("compliance.requests.take.access"), path: `/accountings/access/${patient}` },
    { id: "amendment", may: may("compliance.request_amendment") && may("compliance.disclosures"), icon: <FilePen size={14} aria-hidden="true" />, words: t("compliance.requests.take.amendment"), path: `/accountings/amendment/${patient}` },
    { id: "accounting", may: may("compliance.request_accounting") && may("compliance.disclosures"), icon: <MailQuestion size={14} aria-hidden="true" />, words: t("compliance.requests.take.accounting"), path: `/patients/${patient}/accounting` },
    { id: "records", may: may("exchange.export_records") && may("compliance.disclosures"), icon: <FolderOutput size={14} aria-hidden="true" />, words: t("compliance.records.open"), path: `/patients/${patient}/records` },
    { id: "retained", may: may("compliance.retained") && may("compliance.disclosures"), icon: <Archive size={14} aria-hidden="true" />, words: t("compliance.retained.title"), path: `/patients/${patient}/retained` },
  ];
  return ways.filter((one) => one.may).map(({ id, icon, words, path }) => ({ id, icon, words, path }));
}

function AllReceived() {
  return <ReceivedScreen />;
}

function ReceivedOfType() {
  const type = useParam("type");
  return <ReceivedScreen key={type} start={type} />;
}

function Ledger() {
  const patient = usePatient();
  return <LedgerScreen key={patient} patient={patient} />;
}

function RecordDisclosure() {
  const patient = usePatient();
  return <RecordDisclosureScreen key={patient} patient={patient} />;
}

function CorrectDisclosure() {
  const [patient, disclosure] = [usePatient(), useParam("disclosure")];
  return <CorrectDisclosureScreen key={disclosure} patient={patient} disclosure={disclosure} />;
}

function PatientRequest() {
  const patient = usePatient();
  return <PatientRequestScreen key={patient} patient={patient} />;
}

function HandOut() {
  const patient = usePatient();
  return <HandOutScreen key={patient} patient={patient} />;
}

function PatientRetained() {
  const patient = usePatient();
  return <RetainedScreen key={patient} patient={patient} />;
}

function Retained() {
  return <RetainedScreen patient={null} />;
}

function ChangeAssociate() {
  const associate = useParam("associate");
  return <ChangeAssociateScreen key={associate} associate={associate} />;
}

function PatientRequests() {
  const patient = usePatient();
  return <PatientRequestsScreen key={patient} patient={patient} />;
}

function AccessOf() {
  const patient = usePatient();
  return <AccessRequestScreen key={patient} patient={patient} />;
}

function AmendmentOf() {
  const patient = usePatient();
  return <AmendmentRequestScreen key={patient} patient={patient} />;
}

function NewAccounting() {
  return <NewRequest start="accounting" />;
}

function NewAccess() {
  return <NewRequest start="access" />;
}

function NewAmendment() {
  return <NewRequest start="amendment" />;
}

function NewRequest({ start }: { start: "access" | "amendment" | "accounting" }) {
  const { t } = useTranslation();
  return <NewRequestScreen start={start} pickPatient={(onPick) => <PatientPicker label={t("compliance.request.pick")} onPick={(row) => onPick(row.patient, `${row.name} · ${row.mrn}`)} testId="request-pick" />} />;
}

function Letter() {
  const accounting = useParam("accounting");
  return <LetterScreen key={accounting} accounting={accounting} />;
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

function Keys() {
  const status = useShellStatus();
  return <SettingsScreen version={status?.version ?? ""} start="keys" />;
}

function PracticeDetails() {
  const status = useShellStatus();
  return <SettingsScreen version={status?.version ?? ""} start="practice" />;
}

function Nowhere() {
  const { t } = useTranslation();
  return <EmptyState title={t("shell.nowhere")} />;
}
