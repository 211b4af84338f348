import { Package, Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, refusalCode, useAnswer, useChange, useMay, type BoardReservation, type TheatreBoardView } from "../../bridge";
import { Button, ErrorSummary, KeyedForm, Select, TextField, fieldId, toast, useDraft, waitingDrafts } from "../../kit";
import { failureWords } from "../../words";
import { ConflictList, OVERRIDE } from "./ConflictList";
import { timeAt } from "./layout";
import { allocationName, lengthOf } from "./theatre";
import { SCHEDULE_ANSWERS } from "./useDayChanges";
import { useFocusBack } from "./useFocusBack";

export interface AllocationPartProps {
  board: TheatreBoardView;
  reservation: BoardReservation;
}

export const allocateDraft = (reservation: string) => `/day/theatre#allocate-${reservation}`;

/** Who and what a reservation takes: the list, and the way to add to it. */
export function AllocationPart({ board, reservation }: AllocationPartProps) {
  const { t } = useTranslation();
  const may = useMay();
  // What was half typed when the practice locked stands open again.
  const [adding, setAdding] = useState(() => waitingDrafts.get().some((one) => one.screen === allocateDraft(reservation.reservation)));
  const end = useChange("scheduling.end_allocation", SCHEDULE_ANSWERS);
  const part = useFocusBack(`${adding}-${reservation.allocations.length}`);
  const rows = reservation.allocations.toSorted((a, b) => Number(a.resource === null) - Number(b.resource === null) || a.from - b.from || a.name.localeCompare(b.name));
  const remove = async (allocation: string, name: string) => {
    try {
      await end.mutateAsync({ input: { allocation } });
      toast(t("scheduling.theatre.removed", { name }));
    } catch (thrown) {
      toast(failureWords(failureOf(thrown)), { tone: "danger" });
    }
  };
  return (
    <section ref={part} className="kw-tight" aria-label={t("scheduling.theatre.allocations")}>
      <h3>{t("scheduling.theatre.allocations")}</h3>
      {rows.length === 0 ? <p className="kw-sub">{t("scheduling.theatre.nothingAllocated")}</p> : null}
      <ul className="th-allocations" data-testid="allocations">
        {rows.map((one) => (
          <li key={one.allocation}>
            {one.resource === null ? <Package size={13} aria-hidden="true" /> : <span className="th-dot" aria-hidden="true" />}
            <span className="kw-grow">
              <b>{allocationName(one, t)}</b>
              <span className="kw-sub kw-block">{[one.role, one.resource === null ? "" : one.time].filter(Boolean).join(" · ")}</span>
            </span>
            {may("scheduling.end_allocation") ? <Button variant="quiet" aria-label={t("scheduling.theatre.remove", { name: one.name })} icon={<X size={13} aria-hidden="true" />} isDisabled={end.isPending} onPress={() => void remove(one.allocation, one.name)} testId="allocation-remove" /> : null}
          </li>
        ))}
      </ul>
      {adding ? <AllocateForm board={board} reservation={reservation} onDone={() => setAdding(false)} /> : null}
      {!adding && may("scheduling.allocate") ? <div><Button variant="quiet" className="kw-start" icon={<Plus size={14} aria-hidden="true" />} onPress={() => setAdding(true)} testId="allocate">{t("scheduling.theatre.allocate")}</Button></div> : null}
    </section>
  );
}

interface Typed {
  what: string;
  name: string;
  quantity: string;
  role: string;
  from: number;
  to: number;
  reason: string;
}

/** What stands in the list for something that is counted and not booked. */
const ITEM = "item";

function AllocateForm({ board, reservation, onDone }: AllocationPartProps & { onDone: () => void }) {
  const { t } = useTranslation();
  const [start] = useState<Typed>(() => ({ what: "", name: "", quantity: "1", role: "", from: 0, to: lengthOf(reservation), reason: "" }));
  const [typed, setTyped] = useState(start);
  const settle = useDraft(allocateDraft(reservation.reservation), () => (JSON.stringify(typed) === JSON.stringify(start) ? null : JSON.stringify(typed)), (content) => setTyped({ ...start, ...(JSON.parse(content) as Partial<Typed>) }));
  const form = useAllocate(reservation, typed, () => { settle(); onDone(); });
  const change = (part: Partial<Typed>) => { form.forget(); setTyped((before) => ({ ...before, ...part })); };
  const options = [...board.allocatable.map((one) => ({ value: one.resource, label: `${one.name} · ${t(`scheduling.kind.${one.kind}`)}` })), { value: ITEM, label: t("scheduling.theatre.item") }];
  const check = useAnswer("scheduling.check_allocation", { reservation: reservation.reservation, what: { kind: "resource", resource: typed.what }, from: typed.from, to: typed.to }, { enabled: form.taken, fresh: true });
  const times = momentsOf(board, reservation, [typed.from, typed.to]);
  return (
    <KeyedForm onSave={() => void form.save()} className="kw-tight sd-reasons" label={t("scheduling.theatre.allocate")}>
      <ErrorSummary problems={form.problems} attempt={form.attempt} />
      <Select id={fieldId("what")} label={t("scheduling.theatre.what")} options={options} value={typed.what} onChange={(what) => change({ what, reason: "" })} error={form.at("what")} testId="allocate-what" />
      {typed.what === ITEM ? (
        <div className="th-item">
          <TextField id={fieldId("name")} label={t("scheduling.theatre.itemName")} value={typed.name} onChange={(name) => change({ name })} error={form.at("name")} testId="allocate-name" />
          <TextField id={fieldId("quantity")} label={t("scheduling.theatre.quantity")} value={typed.quantity} onChange={(quantity) => change({ quantity })} inputMode="numeric" error={form.at("quantity")} testId="allocate-quantity" />
        </div>
      ) : null}
      <TextField id={fieldId("role")} label={t("scheduling.theatre.role")} hint={t("scheduling.theatre.roleHint")} value={typed.role} onChange={(role) => change({ role })} error={form.at("role")} testId="allocate-role" />
      {typed.what === ITEM ? null : (
        <div className="sd-two">
          <Select id={fieldId("from")} label={t("scheduling.theatre.from")} options={times} value={String(typed.from)} onChange={(from) => change({ from: Number(from), reason: "" })} error={form.at("from")} testId="allocate-from" />
          <Select id={fieldId("to")} label={t("scheduling.theatre.to")} options={times} value={String(typed.to)} onChange={(to) => change({ to: Number(to), reason: "" })} error={form.at("to")} testId="allocate-to" />
        </div>
      )}
      {form.taken && check.data ? (
        <ConflictList check={check.data} reason={typed.reason} onReason={(reason) => setTyped((before) => ({ ...before, reason }))} error={form.at("reason")} label={t("scheduling.theatre.whyAllocate")} hint={t("scheduling.theatre.reasonHint")} />
      ) : null}
      <div className="kw-row">
        <Button type="submit" variant="primary" isDisabled={form.busy || (form.taken && check.data?.may_override !== true)} testId="allocate-save">{t(form.taken ? "scheduling.theatre.addAnyway" : "scheduling.theatre.add")}</Button>
        <Button variant="quiet" onPress={() => { settle(); onDone(); }} testId="allocate-cancel">{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}

/** The field of the form for a path in a refusal. */
const FIELDS: Readonly<Record<string, string>> = { "what.name": "name", "what.quantity": "quantity", "what.resource": "what", resource: "what", override_reason: "reason" };

/** Sends what was chosen, and says at its field what stands in the way. */
function useAllocate(reservation: BoardReservation, typed: Typed, onDone: () => void) {
  const { t } = useTranslation();
  const send = useChange("scheduling.allocate", SCHEDULE_ANSWERS);
  const [wrong, setWrong] = useState<{ field: string | null; words: string } | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [taken, setTaken] = useState(false);
  const refuse = (field: string | null, words: string) => {
    setWrong({ field, words });
    setAttempt((before) => before + 1);
  };
  const save = async () => {
    if (send.isPending) return undefined;
    if (typed.what === "") return refuse("what", t("scheduling.theatre.whatNeeded"));
    const quantity = Number(typed.quantity.trim());
    if (typed.what === ITEM && typed.name.trim() === "") return refuse("name", t("scheduling.theatre.itemNeeded"));
    if (typed.what === ITEM && (!Number.isInteger(quantity) || quantity < 1)) return refuse("quantity", t("scheduling.setup.wholeNumber"));
    if (taken && typed.reason.trim() === "") return refuse("reason", t("scheduling.conflict.reasonNeeded"));
    // What is counted lies ready all the time; only what is booked is booked by the minute.
    const what = typed.what === ITEM ? { kind: "item" as const, name: typed.name.trim(), quantity } : { kind: "resource" as const, resource: typed.what };
    const [from, to] = typed.what === ITEM ? [0, lengthOf(reservation)] : [typed.from, typed.to];
    try {
      await send.mutateAsync({ input: { reservation: reservation.reservation, what, role: typed.role.trim(), from, to, ...(taken ? { override_reason: typed.reason.trim() } : {}) } });
      toast(t("common.saved"));
      onDone();
    } catch (thrown) {
      const failure = failureOf(thrown);
      setTaken(refusalCode(thrown) === "scheduling.conflict");
      if (refusalCode(thrown) === "scheduling.conflict") return setWrong(null);
      const field = failure.kind === "refused" && failure.field !== null ? (FIELDS[failure.field] ?? failure.field) : null;
      return refuse(field, failureWords(failure));
    }
    return undefined;
  };
  const forget = () => {
    setWrong(null);
    setTaken(false);
  };
  const problems = wrong ? [{ id: wrong.field === null ? null : wrong.field === "reason" ? OVERRIDE : fieldId(wrong.field), label: "", words: wrong.words }] : [];
  return { save, busy: send.isPending, taken, attempt, problems, forget, at: (field: string) => (wrong?.field === field ? wrong.words : undefined) };
}

/** The moments of a reservation, in steps of five minutes and at the edges of its parts, each as the clock shows it. */
function momentsOf(board: TheatreBoardView, of: BoardReservation, chosen: readonly number[]): { value: string; label: string }[] {
  const whole = lengthOf(of);
  const steps = Array.from({ length: Math.floor(whole / 5) + 1 }, (_, index) => index * 5);
  const all = [...new Set([...steps, of.setup, of.setup + of.minutes, whole, ...chosen])].toSorted((a, b) => a - b);
  return all.map((one) => ({ value: String(one), label: timeAt(board.labels, of.from + one) }));
}
