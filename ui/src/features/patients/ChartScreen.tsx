import { Camera, Flower2, GitMerge, Pencil, ShieldAlert } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type ChartHeader } from "../../bridge";
import { Banner, Button, Failed, TabSet, useGo, useShortcuts } from "../../kit";
import { dateTimeText } from "../../words";
import { DeceasedDialog, PhotoDialog, RestrictionDialog } from "./chartActions";
import { Details } from "./Details";
import { MoreMenu, type PatientWay } from "./MoreMenu";
import { BillingView, FrontDeskView } from "./otherCards";
import { MergedNotice, PatientBanner } from "./PatientBanner";
import { Versions } from "./Versions";

export interface ChartScreenProps {
  patient: string;
  /** The list of who looked, drawn by the log. Null when this session may not read it. */
  whoLooked: ReactNode | null;
  /** What other systems sent, drawn by the exchange. Null when there is none, or this session may not see it. */
  received: ReactNode | null;
  /** What was asked to read differently, drawn by compliance. Null when nothing was. */
  amendments: ReactNode | null;
  /** When the patient comes and came, drawn by the schedule. Null where this session may not see it. */
  visits: ReactNode | null;
  ways: readonly PatientWay[];
}

/** Opens what the person's work allows: the chart, the front desk's card, or the biller's. */
export function ChartScreen(props: ChartScreenProps) {
  const may = useMay();
  if (may("patients.chart")) return <Chart {...props} />;
  if (may("patients.front_desk_card")) return <FrontDeskView patient={props.patient} ways={props.ways} visits={props.visits} />;
  return <BillingView patient={props.patient} ways={props.ways} />;
}

type Doing = "deceased" | "restriction" | "photo" | null;

function Chart({ patient, whoLooked, received, amendments, visits, ways }: ChartScreenProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [version, setVersion] = useState<number | null>(null);
  const [tab, setTab] = useState("details");
  const [doing, setDoing] = useState<Doing>(null);
  const chart = useAnswer("patients.chart", version === null ? { patient } : { patient, version }, { fresh: true, keepPrevious: true });
  useEffect(() => {
    setVersion(null);
    setTab("details");
  }, [patient]);
  if (chart.error) return <Failed failure={failureOf(chart.error)} />;
  if (!chart.data) return <div className="screen" />;
  const header = chart.data;
  const older = version !== null && header.version !== header.current_version;
  const close = () => setDoing(null);
  const items = [
    { id: "details", label: t("patients.chart.details"), content: <Details chart={header} /> },
    ...(visits ? [{ id: "visits", label: t("scheduling.visits.title"), content: visits }] : []),
    ...(may("patients.versions") ? [{ id: "versions", label: t("patients.chart.versions"), content: <Versions patient={patient} shown={header.version} onShow={(next) => { setVersion(next); setTab("details"); }} /> }] : []),
    ...(amendments ? [{ id: "amendments", label: t("compliance.amendment.tab"), content: amendments }] : []),
    ...(received ? [{ id: "received", label: t("exchange.received.title"), content: received }] : []),
    ...(whoLooked ? [{ id: "looked", label: t("patients.chart.looked"), content: whoLooked }] : []),
  ];
  return (
    <div className="screen">
      <PatientBanner chart={header} actions={<ChartActions chart={header} older={older} ways={ways} onDo={setDoing} />} />
      <MergedNotice chart={header} />
      {older ? (
        <Banner tone="warn" edge testId="as-of" actions={<Button onPress={() => setVersion(null)} testId="as-of-now">{t("patients.chart.backToNow")}</Button>}>
          {t("patients.chart.asOf", { when: dateTimeText(header.as_of), version: header.version, current: header.current_version })}
        </Banner>
      ) : null}
      <TabSet label={t("patients.chart.tabs")} items={items} selected={tab} onSelect={setTab} />
      <DeceasedDialog chart={header} isOpen={doing === "deceased"} onClose={close} />
      <RestrictionDialog chart={header} isOpen={doing === "restriction"} onClose={close} />
      <PhotoDialog chart={header} isOpen={doing === "photo"} onClose={close} />
    </div>
  );
}

function ChartActions({ chart, older, ways, onDo }: { chart: ChartHeader; older: boolean; ways: readonly PatientWay[]; onDo: (what: Doing) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const correct = () => go(`/patients/${chart.patient}/correct`);
  useShortcuts(may("patients.correct") && !older ? [{ keys: "e", shown: "E", words: t("patients.chart.correct"), run: correct }] : []);
  const more = [
    { id: "photo", may: may("patients.set_photo"), icon: <Camera size={14} aria-hidden="true" />, words: t("patients.chart.photo"), run: () => onDo("photo") },
    { id: "restriction", may: may("patients.note_restriction"), icon: <ShieldAlert size={14} aria-hidden="true" />, words: t("patients.chart.restriction"), run: () => onDo("restriction") },
    { id: "deceased", may: may("patients.mark_deceased") && !chart.deceased, icon: <Flower2 size={14} aria-hidden="true" />, words: t("patients.chart.deceased"), run: () => onDo("deceased") },
    { id: "merge", may: may("patients.propose_merge") && !chart.merged_into, icon: <GitMerge size={14} aria-hidden="true" />, words: t("patients.chart.merge"), run: () => go(`/patients/${chart.patient}/merge`) },
  ].filter((one) => one.may);
  return (
    <div className="kw-row pt-banner-actions">
      {older ? null : <MoreMenu items={[...more, ...ways.map(({ path, ...way }) => ({ ...way, run: () => go(path) }))]} />}
      {may("patients.correct") && !older ? <Button variant="primary" icon={<Pencil size={14} aria-hidden="true" />} shortcut="E" onPress={correct} testId="chart-correct">{t("patients.chart.correct")}</Button> : null}
    </div>
  );
}
