import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../bridge";
import { ComboBox, useGo } from "../../kit";
import { ReceivedList } from "./ReceivedList";
import { KNOWN_TYPES } from "./resourceTypes";
import { useReceived } from "./useReceived";

const ANY = "any";

/** Everything that other systems sent and nothing here has a place for yet, of one type or of all. */
export function ReceivedScreen({ start = null }: { start?: string | null }) {
  const { t } = useTranslation();
  const may = useMay();
  const { go } = useGo();
  const [type, setType] = useState(start);
  const received = useReceived(type === null ? {} : { resource_type: type });
  const options = useMemo(() => {
    const seen = [...new Set([...KNOWN_TYPES, ...(start === null ? [] : [start])])].toSorted();
    return [{ value: ANY, label: t("exchange.received.any") }, ...seen.map((value) => ({ value, label: value }))];
  }, [start, t]);
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("exchange.received.title")}</h1>
        <span className="kw-sub">{t("exchange.received.words")}</span>
      </div>
      <div className="ex-place">
        <ComboBox label={t("exchange.received.type")} options={options} value={type ?? ANY} onChange={(next) => setType(next === ANY ? null : next)} placeholder={t("exchange.received.search")} testId="received-type" />
      </div>
      <ReceivedList key={type ?? ANY} received={received} narrowed={type !== null} {...(may("patients.chart") ? { onOpenPatient: (patient: string) => go(`/patients/${patient}`) } : {})} />
    </div>
  );
}
