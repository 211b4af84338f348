import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChange, useMay, type GateKind, type VisitView } from "../../bridge";
import { GateChips } from "./chips";
import { SCHEDULE_ANSWERS } from "./useDayChanges";
import { useFocusBack } from "./useFocusBack";
import { WaiveButton, WaiveForm } from "./WaiveForm";

/** What must be in order before a visit, and, for whoever may, the way on without it. */
export function VisitGates({ visit }: { visit: VisitView }) {
  const { t } = useTranslation();
  const may = useMay();
  const [waiving, setWaiving] = useState<GateKind | null>(null);
  const failed = may("scheduling.waive_gate") ? visit.gates.filter((one) => one.state === "failed") : [];
  // What is waived loses its button once the visit is seen anew, a moment after its form.
  const part = useFocusBack(`${waiving}-${failed.length}`);
  if (visit.gates.length === 0) return null;
  return (
    <section ref={part} className="kw-tight" aria-label={t("scheduling.book.before")}>
      <div><div className="kw-label">{t("scheduling.book.before")}</div><GateChips gates={visit.gates} /></div>
      {failed.map(({ gate }) => (waiving === gate
        ? <WaiveGate key={gate} visit={visit} gate={gate} onDone={() => setWaiving(null)} />
        : <div key={gate}><WaiveButton name={t(`scheduling.gate.${gate}`)} onOpen={() => setWaiving(gate)} testId={`waive-${gate}`} /></div>
      ))}
    </section>
  );
}

export interface WaiveGateProps {
  visit: Pick<VisitView, "unit" | "version">;
  gate: GateKind;
  onDone: () => void;
}

/** Asks why a visit goes on although something is not in order. */
export function WaiveGate({ visit, gate, onDone }: WaiveGateProps) {
  const { t } = useTranslation();
  const send = useChange("scheduling.waive_gate", SCHEDULE_ANSWERS);
  const name = t(`scheduling.gate.${gate}`);
  return <WaiveForm name={name} ask={t("scheduling.waive.reason", { name })} hint={t("scheduling.conflict.reasonHint")} send={(reason) => send.mutateAsync({ input: { unit: visit.unit, version: visit.version, gate, reason } })} onDone={onDone} />;
}
