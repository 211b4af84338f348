import { ListChecks, SearchX } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type GateKind, type GateRow } from "../../bridge";
import { Button, Checkbox, EmptyState, Failed, Select } from "../../kit";
import { civilText, dayTitle } from "../../words";
import { checksWanted } from "./daySeen";
import { GateChips } from "./chips";
import { spoken } from "./names";
import { useFocusBack } from "./useFocusBack";
import { WaiveGate } from "./VisitGates";

/** How far ahead one may look. */
export const SPANS: readonly number[] = [1, 7, 14, 31];
export const USUAL_SPAN = 7;
const ANY = "any";

export interface ChecksScreenProps {
  /** Opens the visit on its day; null where this session does not see the day. */
  onOpen: ((visit: Pick<GateRow, "unit" | "date">) => void) | null;
}

/** What of a visit is not in order or could not be looked at, by what was chosen. */
function openGates(row: GateRow, kind: string, failedOnly: boolean): GateRow["gates"] {
  return row.gates.filter((one) => (one.state === "failed" || (one.state === "not_checked" && !failedOnly)) && (kind === ANY || one.gate === kind));
}

/** The visits of the days ahead, where something must still be done before the patient comes. */
export function ChecksScreen({ onOpen }: ChecksScreenProps) {
  const { t } = useTranslation();
  const [days, setDays] = useState(() => checksWanted.get()?.days ?? USUAL_SPAN);
  const [kind, setKind] = useState(ANY);
  const [failedOnly, setFailedOnly] = useState(() => checksWanted.get()?.failedOnly ?? false);
  useEffect(() => checksWanted.set(null), []);
  const answer = useAnswer("scheduling.gates_ahead", { days }, { keepPrevious: true });
  const all = useMemo(() => (answer.data?.rows ?? []).filter((row) => openGates(row, ANY, false).length > 0), [answer.data]);
  const kinds = useMemo(() => [...new Set(all.flatMap((row) => openGates(row, ANY, false).map((one) => one.gate)))].toSorted(), [all]);
  const shown = useMemo(() => all.map((row) => ({ ...row, gates: openGates(row, kind, failedOnly) })).filter((row) => row.gates.length > 0), [all, kind, failedOnly]);
  const until = answer.data ? civilText(answer.data.until) : "";
  const dates = [...new Set(shown.map((row) => row.date))];
  const anything = () => {
    setKind(ANY);
    setFailedOnly(false);
  };
  return (
    <div className="screen" data-testid="checks">
      <div className="screen-bar">
        <h1>{t("scheduling.checks.title")}</h1>
        <span className="kw-sub" data-testid="checks-count">{answer.data ? `${t("scheduling.checks.count", { count: shown.length })} ${t("scheduling.checks.until", { day: until })}` : ""}</span>
      </div>
      <div className="sq-tools">
        <Select label={t("scheduling.checks.days")} options={SPANS.map((one) => ({ value: String(one), label: t("scheduling.checks.daysOf", { count: one }) }))} value={String(days)} onChange={(next) => setDays(Number(next))} testId="checks-days" />
        <Select label={t("scheduling.checks.kind")} options={[{ value: ANY, label: t("scheduling.checks.anyKind") }, ...kinds.map((one) => ({ value: one, label: t(`scheduling.gate.${one}`) }))]} value={kinds.some((one) => one === kind) ? kind : ANY} onChange={setKind} testId="checks-kind" />
        <Checkbox label={t("scheduling.checks.failedOnly")} value={failedOnly} onChange={setFailedOnly} testId="checks-failed" />
      </div>
      {answer.error ? <Failed failure={failureOf(answer.error)} /> : null}
      {answer.data && all.length === 0 ? <EmptyState icon={<ListChecks size={28} />} title={t("scheduling.checks.empty", { day: until })}>{t("scheduling.checks.emptyWords")}</EmptyState> : null}
      {all.length > 0 && shown.length === 0 ? <EmptyState icon={<SearchX size={28} />} title={t("scheduling.checks.noneFits")} actions={<Button onPress={anything} testId="checks-all">{t("scheduling.checks.showAll")}</Button>}>{t("scheduling.checks.noneFitsWords", { count: all.length })}</EmptyState> : null}
      {shown.length > 0 ? (
        <div className="kw-scroll sq-days" role="region" aria-label={t("scheduling.checks.words")} tabIndex={0} aria-busy={answer.isPlaceholderData}>
          {dates.map((date) => <Day key={date} date={date} rows={shown.filter((row) => row.date === date)} onOpen={onOpen} />)}
        </div>
      ) : null}
    </div>
  );
}

function Day({ date, rows, onOpen }: { date: string; rows: readonly GateRow[] } & ChecksScreenProps) {
  const { t } = useTranslation();
  return (
    <section className="sq-day" aria-label={dayTitle(date)}>
      <h2>{dayTitle(date)} <span className="kw-sub">{t("scheduling.checks.count", { count: rows.length })}</span></h2>
      <ul>{rows.map((row) => <Row key={row.unit} row={row} onOpen={onOpen} />)}</ul>
    </section>
  );
}

/** One visit: the line opens it; what failed can be waived here by whoever may. */
function Row({ row, onOpen }: { row: GateRow } & ChecksScreenProps) {
  const { t } = useTranslation();
  const may = useMay();
  const [waiving, setWaiving] = useState<GateKind | null>(null);
  const part = useFocusBack<HTMLDivElement>(String(waiving));
  const failed = may("scheduling.waive_gate") ? row.gates.filter((one) => one.state === "failed") : [];
  const name = spoken(row.patient_name);
  const line = (
    <>
      <span className="sq-time">{row.time}</span>
      <b className="kw-clip">{name}</b>
      <span className="kw-clip">{row.label}</span>
      <span className="kw-clip kw-quiet">{row.names.join(", ")}</span>
    </>
  );
  return (
    <li className="sq-row" data-testid="check-row">
      <div ref={part}>
        {onOpen ? <button type="button" className="sq-line" onClick={() => onOpen(row)} data-testid="check-open">{line}</button> : <div className="sq-line">{line}</div>}
        <div className="sq-gates">
          <GateChips gates={row.gates} />
          {failed.map(({ gate }) => (waiving === gate ? null : <Button key={gate} variant="quiet" onPress={() => setWaiving(gate)} testId={`waive-${gate}`}>{t("scheduling.waive.open", { name: t(`scheduling.gate.${gate}`) })}</Button>))}
        </div>
        {waiving && failed.some((one) => one.gate === waiving) ? <WaiveGate visit={row} gate={waiving} onDone={() => setWaiving(null)} /> : null}
      </div>
    </li>
  );
}
