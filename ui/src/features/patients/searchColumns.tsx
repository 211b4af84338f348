import { Flower2, Users } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { SearchRow } from "../../bridge";
import { Badge, type Column } from "../../kit";
import { civilText, type Translate } from "../../words";

export function useSearchColumns(): Column<SearchRow>[] {
  const { t } = useTranslation();
  return useMemo(() => columnsIn(t), [t]);
}

function columnsIn(t: Translate): Column<SearchRow>[] {
  return [
    {
      key: "name",
      header: t("patients.column.name"),
      width: "minmax(200px,1.6fr)",
      cell: (row) => (
        <span className="pt-name">
          <b className="kw-clip" title={row.name}>{row.name}</b>
          {row.deceased ? <Badge icon={<Flower2 size={12} aria-hidden="true" />}>{t("patients.deceased")}</Badge> : null}
          {row.similar_name ? <Badge tone="warn" icon={<Users size={12} aria-hidden="true" />}>{t("patients.similar")}</Badge> : null}
        </span>
      ),
    },
    { key: "preferred", header: t("patients.column.preferred"), width: "minmax(90px,.7fr)", cell: (row) => row.preferred_name ?? "", spare: true },
    {
      key: "birth",
      header: t("patients.column.birth"),
      width: "194px",
      cell: (row) => (
        <>
          {civilText(row.date_of_birth)}
          {row.age ? <span className="kw-quiet"> · {row.age}</span> : null}
        </>
      ),
    },
    { key: "sex", header: t("patients.column.sex"), width: "60px", cell: (row) => <span title={t(`patients.sex.${row.administrative_sex}`)}>{row.administrative_sex}</span>, spare: true },
    { key: "mrn", header: t("patients.column.mrn"), width: "150px", cell: (row) => <span className="kw-mono">{row.mrn}</span> },
    { key: "phone", header: t("patients.column.phone"), width: "100px", cell: (row) => (row.phone_last4 ? <span className="kw-mono">··· {row.phone_last4}</span> : ""), spare: true },
  ];
}
