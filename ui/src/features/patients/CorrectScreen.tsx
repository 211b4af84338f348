import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, refusalCode, useAnswer, useChange, type ChartHeader, type Demographics } from "../../bridge";
import { Banner, Button, Failed, settleDraft, toast, useGo } from "../../kit";
import { failureWords } from "../../words";
import { fromDemographics } from "./demographics";
import { RegistrationForm } from "./RegistrationForm";

export function CorrectScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const chart = useAnswer("patients.chart", { patient }, { fresh: true });
  // The form keeps the record it started from: a later answer must not overwrite what is being typed.
  const [start, setStart] = useState<ChartHeader | null>(null);
  if (start === null && chart.data && !chart.isFetching) setStart(chart.data);
  if (chart.error && !start) return <Failed failure={failureOf(chart.error)} />;
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("patients.form.correctTitle")}</h1>
        {start ? <span className="kw-sub">{start.display_name} · <span className="kw-mono">{start.mrn}</span></span> : null}
      </div>
      {start ? <Editor patient={patient} start={start} reload={chart.refetch} /> : null}
    </div>
  );
}

function Editor({ patient, start, reload }: { patient: string; start: ChartHeader; reload: () => Promise<{ data?: ChartHeader | undefined }> }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const [version, setVersion] = useState(start.current_version);
  const [stale, setStale] = useState<string | null>(null);
  const correct = useChange("patients.correct", ["patients.chart", "patients.versions", "patients.search"]);
  const save = async (demographics: Demographics) => {
    try {
      await correct.mutateAsync({ input: { ...demographics, patient, expected_version: version } });
      toast(t("patients.form.corrected"));
      settleDraft(`/patients/${patient}/correct`);
      go(`/patients/${patient}`);
      return true;
    } catch (thrown) {
      if (refusalCode(thrown) !== "patients.stale") throw thrown;
      setStale(failureWords(failureOf(thrown)));
      return false;
    }
  };
  const takeNewest = async () => {
    const newest = await reload();
    if (newest.data) setVersion(newest.data.current_version);
    setStale(null);
  };
  const notice = stale ? (
    <Banner tone="warn" testId="stale" actions={<Button onPress={() => void takeNewest()} testId="stale-again">{t("patients.form.staleDo")}</Button>}>{stale} {t("patients.form.staleKept")}</Banner>
  ) : null;
  return (
    <RegistrationForm
      label={t("patients.form.correctTitle")}
      screen={`/patients/${patient}/correct`}
      initial={fromDemographics(start.demographics)}
      saveWords={t("patients.form.saveCorrection")}
      onSave={save}
      onCancel={() => go(`/patients/${patient}`)}
      notice={notice}
    />
  );
}
