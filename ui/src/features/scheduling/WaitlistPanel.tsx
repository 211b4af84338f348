import { Hourglass, PhoneCall, Plus, X } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useChange, useMay, type Opening, type SetupView, type StandReason, type WaitRow } from "../../bridge";
import { Badge, Banner, Button, EmptyState, Failed, SideFlyout, toast } from "../../kit";
import { failureWords, shortDayText } from "../../words";
import { spoken } from "./names";
import { HeldLine } from "./OpeningsPanel";
import { useHolding, type Held } from "./useHolding";
import { WaitForm } from "./WaitForm";
import { wishWords } from "./wishes";

export interface WaitlistPanelProps {
  /** The day that is looked at: what fits is what fits then. */
  date: string | null;
  pickPatient: (onPick: (id: string, label: string) => void) => ReactNode;
  /** A time is held for somebody who waits: the booking can be made. */
  onHeld: (held: Held, row: WaitRow) => void;
  onClose: () => void;
}

const REASONS: readonly StandReason[] = ["patient_asked", "no_answer", "practice_asked", "other"];
const OLD = ["scheduling.waitlist", "scheduling.day"] as const;

/** Who waits for a time, in the order in which they came, and what fits on the day. */
export function WaitlistPanel({ date, pickPatient, onHeld, onClose }: WaitlistPanelProps) {
  const { t } = useTranslation();
  const may = useMay();
  const list = useAnswer("scheduling.waitlist", { date });
  const setup = useAnswer("scheduling.setup", {});
  const [adding, setAdding] = useState(false);
  // Who it is for must be known when the hold is answered, and that is not the next drawing.
  const offered = useRef<WaitRow | null>(null);
  const tell = (held: Held) => (offered.current ? onHeld(held, offered.current) : undefined);
  const holding = useHolding(tell);
  if (adding && setup.data) return <WaitForm setup={setup.data} pickPatient={pickPatient} onClose={() => setAdding(false)} reopen={() => setAdding(true)} />;
  const rows = list.data?.rows ?? [];
  const fitting = rows.filter((one) => one.fits.length > 0);
  const others = rows.filter((one) => one.fits.length === 0);
  const add = may("scheduling.wait") ? <Button variant="primary" icon={<Plus size={14} aria-hidden="true" />} onPress={() => setAdding(true)} testId="wait-add">{t("scheduling.waitlist.add")}</Button> : null;
  const offer = (row: WaitRow, opening: Opening) => {
    offered.current = row;
    void holding.hold(opening, row.product);
  };
  const part = (title: string, some: readonly WaitRow[]) => (some.length > 0 ? <Part title={title} rows={some} setup={setup.data} busy={holding.busy} onOffer={offer} /> : null);
  return (
    <SideFlyout title={t("scheduling.waitlist.title")} sub={t("scheduling.waitlist.count", { count: rows.length })} onClose={onClose} footer={add} testId="waitlist">
      {list.error ? <Failed failure={failureOf(list.error)} /> : null}
      {holding.wrong ? <Banner tone="danger" testId="waitlist-refused">{holding.wrong}</Banner> : null}
      {holding.held ? <HeldLine held={holding.held} onAgain={tell} onLetGo={() => void holding.letGo()} onOver={holding.forget} /> : null}
      {list.data && rows.length === 0 ? <EmptyState icon={<Hourglass size={28} />} title={t("scheduling.waitlist.teach")}>{t("scheduling.waitlist.teachWords")}</EmptyState> : null}
      {part(t("scheduling.waitlist.fits", { count: fitting.length }), fitting)}
      {part(t("scheduling.waitlist.others"), others)}
    </SideFlyout>
  );
}

interface PartProps {
  title: string;
  rows: readonly WaitRow[];
  setup: SetupView | undefined;
  busy: boolean;
  onOffer: (row: WaitRow, opening: Opening) => void;
}

function Part({ title, rows, setup, busy, onOffer }: PartProps) {
  return (
    <section className="kw-tight" aria-label={title}>
      <h3>{title}</h3>
      <ul className="sc-waits">{rows.map((row) => <Waiting key={row.wait} row={row} setup={setup} busy={busy} onOffer={onOffer} />)}</ul>
    </section>
  );
}

function Waiting({ row, setup, busy, onOffer }: Omit<PartProps, "title" | "rows"> & { row: WaitRow }) {
  const { t } = useTranslation();
  const may = useMay();
  const [leaving, setLeaving] = useState(false);
  const leave = useLeaving(row);
  const name = spoken(row.patient_name);
  return (
    <li className="sc-wait" data-testid="wait-row">
      <div className="sc-line">
        <span className="kw-grow"><b>{name}</b> <span className="kw-quiet">{row.label}</span></span>
        <span className="kw-sub">{t("scheduling.waitlist.since", { count: row.waits_days })}</span>
        {may("scheduling.leave_waitlist") ? <Button variant="quiet" aria-label={t("scheduling.waitlist.leaveNamed", { name })} aria-expanded={leaving} icon={<X size={14} aria-hidden="true" />} onPress={() => setLeaving(!leaving)} testId="wait-leave" /> : null}
      </div>
      <span className="kw-sub">{wishWords(row, setup, t)}</span>
      {row.note ? <span className="kw-sub">{row.note}</span> : null}
      {row.reach_by ? <Badge tone="info" icon={<PhoneCall size={12} aria-hidden="true" />} title={row.reach_by}>{row.reach_by}</Badge> : null}
      {leaving ? (
        <div className="sc-chips" role="group" aria-label={t("scheduling.waitlist.why")}>
          <span className="kw-sub">{t("scheduling.waitlist.why")}</span>
          {REASONS.map((reason) => <Button key={reason} className="sc-chip" onPress={() => void leave(reason)} testId={`leave-${reason}`}>{t(`scheduling.reason.${reason}`)}</Button>)}
        </div>
      ) : null}
      {row.fits.length > 0 && !leaving && may("scheduling.hold_slot") ? (
        <div className="sc-chips">
          {row.fits.map((one) => <Button key={`${one.date}-${one.minute}`} className="sc-chip sc-fit" isDisabled={busy} onPress={() => onOffer(row, one)} testId="wait-offer"><span className="kw-hidden">{t("scheduling.waitlist.offer", { name, day: shortDayText(one.date), time: one.time, names: one.names.join(", ") })}</span><span className="kw-seen" aria-hidden="true">{one.time} · {one.names[0]}</span></Button>)}
        </div>
      ) : null}
    </li>
  );
}

/** Takes somebody off the list with one tap; for ten seconds it can be taken back. */
function useLeaving(row: WaitRow) {
  const { t } = useTranslation();
  const leave = useChange("scheduling.leave_waitlist", OLD);
  const wait = useChange("scheduling.wait", OLD);
  const failed = (thrown: unknown) => toast(failureWords(failureOf(thrown)), { tone: "danger" });
  return async (reason: StandReason) => {
    const { patient, product, resources, weekdays, not_before, not_after, until, note } = row;
    try {
      await leave.mutateAsync({ input: { wait: row.wait, reason } });
      toast(t("scheduling.waitlist.left", { name: spoken(row.patient_name) }), { undo: () => void wait.mutateAsync({ input: { patient, product, resources, weekdays, not_before, not_after, until, note } }).catch(failed) });
    } catch (thrown) {
      failed(thrown);
    }
  };
}
