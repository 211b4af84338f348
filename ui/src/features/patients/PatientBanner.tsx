import { AlertTriangle, Flower2, ShieldAlert, Users } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, type ChartHeader } from "../../bridge";
import { Badge, Button, Banner, Face, bytesOf, useBlobUrl, useGo } from "../../kit";
import { civilText, initials } from "../../words";
import { preferredChannelWords } from "./channelWords";

/** Two identifiers and everything that must not be missed, on top of whatever is done with this patient. */
export function PatientBanner({ chart, actions }: { chart: ChartHeader; actions?: ReactNode }) {
  const { t } = useTranslation();
  const record = chart.demographics;
  const call = preferredChannelWords(record.channels ?? [], t);
  return (
    <header className="pt-banner" data-testid="chart-banner">
      <Photo patient={chart.patient} name={chart.display_name} has={chart.has_photo} />
      <div className="pt-banner-words">
        <h1>
          <span data-testid="chart-name">{chart.display_name}</span>
          <small>
            {chart.preferred_name ? `“${chart.preferred_name}”` : ""}
            {chart.preferred_name && record.pronouns ? " · " : ""}
            {record.pronouns ?? ""}
          </small>
        </h1>
        <div className="kw-sub">
          {civilText(record.date_of_birth)}
          {chart.age ? ` · ${chart.age}` : ""} · {t(`patients.sex.${record.administrative_sex}`)} · <span className="kw-mono" data-testid="chart-mrn">{chart.mrn}</span>
          {call ? ` · ${call}` : ""}
        </div>
      </div>
      <span className="kw-grow" />
      <div className="kw-badges pt-banner-flags">
        {chart.deceased ? <Badge icon={<Flower2 size={12} aria-hidden="true" />}>{chart.deceased.on ? t("patients.deceasedOn", { date: civilText(chart.deceased.on) }) : t("patients.deceased")}</Badge> : null}
        {chart.restrictions.map((one) => (
          <Badge key={one.noted_at + one.text} tone="danger" title={one.text} icon={<ShieldAlert size={12} aria-hidden="true" />}>{one.text}</Badge>
        ))}
        {record.confidential_communication ? <Badge tone="warn" title={record.confidential_communication} icon={<AlertTriangle size={12} aria-hidden="true" />}>{record.confidential_communication}</Badge> : null}
        {(record.flags ?? []).map((flag) => <Badge key={flag} tone="info">{flag}</Badge>)}
        {chart.similar_patients > 0 ? <Badge tone="warn" icon={<Users size={12} aria-hidden="true" />}>{t("patients.similarCount", { count: chart.similar_patients })}</Badge> : null}
      </div>
      {actions}
    </header>
  );
}

export function MergedNotice({ chart }: { chart: ChartHeader }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const into = chart.merged_into;
  if (into) {
    return (
      <Banner tone="warn" edge actions={<Button onPress={() => go(`/patients/${into}`)} testId="merged-open">{t("patients.merge.openOther")}</Button>}>
        {t("patients.merge.isMerged")}
      </Banner>
    );
  }
  return chart.merged_from.length > 0 ? <Banner tone="info" edge>{t("patients.merge.holds", { count: chart.merged_from.length })}</Banner> : null;
}

function Photo({ patient, name, has }: { patient: string; name: string; has: boolean }) {
  const may = useMay();
  const photo = useAnswer("patients.photo", { patient }, { enabled: has && may("patients.photo") });
  const base64 = has ? photo.data?.jpeg_base64 : undefined;
  const bytes = useMemo(() => (base64 ? bytesOf(base64) : null), [base64]);
  const address = useBlobUrl(bytes, "image/jpeg");
  return <Face letters={initials(name)} picture={address} />;
}
