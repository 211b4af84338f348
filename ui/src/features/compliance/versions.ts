import { useTranslation } from "react-i18next";
import { useAnswer, useMay } from "../../bridge";
import type { Option } from "../../kit";
import { dateTimeText } from "../../words";

/** The versions of a patient's record, the newest first, and what the newest is. */
export interface Versions {
  newest: number | null;
  options: readonly Option[];
}

/**
 * Whoever may look at versions chooses among them by their day. Whoever may not, such as a privacy officer, learns from
 * the front desk's card how many there are.
 */
export function useVersions(patient: string): Versions {
  const { t } = useTranslation();
  const may = useMay();
  const byDay = may("patients.versions");
  const versions = useAnswer("patients.versions", { patient }, { enabled: patient !== "" && byDay });
  const card = useAnswer("patients.front_desk_card", { patient }, { enabled: patient !== "" && !byDay && may("patients.front_desk_card") });
  const rows = (versions.data?.rows ?? []).toSorted((a, b) => b.version - a.version);
  const newest = rows[0]?.version ?? card.data?.version ?? null;
  const named = (version: number, on?: string) => {
    const key = on === undefined ? "version" : version === newest ? "versionNewest" : "versionOf";
    return { value: String(version), label: t(`compliance.amendment.${key}`, { version, on }) };
  };
  if (rows.length > 0) return { newest, options: rows.map((row) => named(row.version, dateTimeText(row.at))) };
  return { newest, options: Array.from({ length: newest ?? 0 }, (_, place) => named((newest ?? 0) - place)) };
}
