import { Archive, CircleDot, Gavel, Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RetainedRow } from "../../bridge";
import { Badge, type Column } from "../../kit";
import { civilText, relativeText, todayCivil, type Translate } from "../../words";

export type RetainedState = "inEffect" | "kept" | "held" | "mayGo";

/** How a document stands. A hold matters only once nothing else keeps the document. */
export function stateOf(row: RetainedRow, held: boolean): RetainedState {
  if (row.kept_until === null) return "inEffect";
  if (!row.due) return "kept";
  return held ? "held" : "mayGo";
}

/** What a document is known by. A row of a patient's is known by its day, which comes as Rust writes it. */
export function labelOf(row: RetainedRow): string {
  const [, day, rest] = /^(\d{4}-\d{2}-\d{2})(?: (.+))?$/u.exec(row.label) ?? [];
  if (day === undefined) return row.label;
  return rest === undefined ? civilText(day) : `${rest}, ${civilText(day)}`;
}

const SIGNS = { inEffect: CircleDot, kept: Archive, held: Gavel, mayGo: Hourglass } as const;
const TONES = { inEffect: "ok", kept: "plain", held: "warn", mayGo: "info" } as const;

/** Sign, word and colour of how a document stands. */
export function StateBadge({ state }: { state: RetainedState }) {
  const { t } = useTranslation();
  const Sign = SIGNS[state];
  return <Badge tone={TONES[state]} icon={<Sign size={12} aria-hidden="true" />}>{t(`compliance.retained.state.${state}`)}</Badge>;
}

export function retainedColumns(t: Translate, held: boolean): Column<RetainedRow>[] {
  const today = todayCivil();
  const column = (name: string) => t(`compliance.retained.column.${name}`);
  return [
    { key: "kind", header: column("kind"), width: "minmax(132px,176px)", cell: (row) => t(`compliance.retained.kind.${row.kind}`) },
    { key: "what", header: column("what"), width: "minmax(150px,1fr)", cell: (row) => <b title={labelOf(row)}>{labelOf(row)}</b> },
    { key: "until", header: column("until"), width: "124px", cell: (row) => (row.kept_until === null ? <span className="kw-quiet">{t("compliance.retained.open")}</span> : civilText(row.kept_until)) },
    { key: "when", header: column("when"), width: "136px", cell: (row) => <span className="kw-quiet">{row.kept_until === null ? "" : relativeText(today, row.kept_until)}</span>, spare: true },
    { key: "state", header: column("state"), width: "116px", cell: (row) => <StateBadge state={stateOf(row, held)} /> },
  ];
}
