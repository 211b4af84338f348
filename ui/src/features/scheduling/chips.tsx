import { AlertTriangle, Check, CircleDashed, CircleX, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BookingCheck, GateState, GateView, SetupView } from "../../bridge";
import { Badge, Button, type Tone } from "../../kit";
import type { Translate } from "../../words";

const TONES: Record<GateState, Tone> = { passed: "ok", waived: "info", failed: "warn", not_checked: "plain" };
const SIGNS: Record<GateState, typeof Check> = { passed: Check, waived: Check, failed: CircleX, not_checked: CircleDashed };

/** What must be in order before the visit, each with how it stands. */
export function GateChips({ gates }: { gates: readonly GateView[] }) {
  const { t } = useTranslation();
  return (
    <div className="kw-badges" data-testid="gates">
      {gates.map((one) => {
        const Sign = SIGNS[one.state];
        return <Badge key={one.gate} tone={TONES[one.state]} icon={<Sign size={12} aria-hidden="true" />} title={t(`scheduling.gateState.${one.state}`)}>{gateWords(one, t)}</Badge>;
      })}
    </div>
  );
}

function gateWords(gate: GateView, t: Translate): string {
  const name = t(`scheduling.gate.${gate.gate}`);
  return t(gate.why === null ? "scheduling.gateIs" : "scheduling.gateWhy", { name, state: t(`scheduling.gateState.${gate.state}`).toLowerCase(), why: gate.why ?? "" });
}

export interface NeedChipsProps {
  check: BookingCheck;
  setup: SetupView;
  /** What nobody chose, and what of that was taken off again. */
  added: readonly string[];
  without: readonly string[];
  onOff: (resource: string) => void;
  onAdd: (resource: string) => void;
}

/** Who and what is needed, and whether it is free. What was added by itself says so, and can be taken off. */
export function NeedChips({ check, setup, added, without, onOff, onAdd }: NeedChipsProps) {
  const { t } = useTranslation();
  const taken = new Set(check.conflicts.map((one) => one.resource));
  const name = (id: string) => setup.resources.find((one) => one.resource === id)?.name ?? "";
  return (
    <div className="kw-badges" data-testid="needs">
      {check.needs.flatMap((need) => [
        ...need.met_by.map((id) => (
          <Badge key={id} tone={taken.has(id) ? "warn" : "ok"} icon={taken.has(id) ? <AlertTriangle size={12} aria-hidden="true" /> : <Check size={12} aria-hidden="true" />}>
            {t(taken.has(id) ? "scheduling.need.taken" : added.includes(id) ? "scheduling.need.added" : "scheduling.need.free", { name: name(id) })}
            {added.includes(id) ? <Button variant="quiet" className="sd-off" aria-label={t("scheduling.need.off", { name: name(id) })} icon={<X size={12} aria-hidden="true" />} onPress={() => onOff(id)} testId={`need-off-${id}`} /> : null}
          </Badge>
        )),
        ...(need.missing > 0 ? [<Badge key={`${need.kind}-${need.capability}`} tone="warn" icon={<AlertTriangle size={12} aria-hidden="true" />}>{t("scheduling.need.missing", { what: needWords(need, t) })}</Badge>] : []),
      ])}
      {check.complete_with.filter((id) => without.includes(id)).map((id) => <Button key={id} className="sd-add" icon={<Plus size={12} aria-hidden="true" />} onPress={() => onAdd(id)} testId={`need-add-${id}`}>{t("scheduling.need.add", { name: name(id) })}</Button>)}
    </div>
  );
}

/** A need in words: "a room for laminar flow hood". */
export function needWords(need: { kind: string; capability: string | null }, t: Translate): string {
  const kind = t(`scheduling.kindOne.${need.kind}`);
  return need.capability === null ? kind : t("scheduling.need.with", { kind, capability: need.capability });
}
