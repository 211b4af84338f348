import { useDraft } from "../../kit";
import type { DayView, VisitView } from "../../bridge";
import type { Booking } from "./booking";
import { BookFlyout, type BookFlyoutProps } from "./BookFlyout";
import { ConflictFlyout } from "./ConflictFlyout";
import { BOOKING_DRAFT, bookHeld, worthKeeping, type Doing } from "./doing";
import { OpeningsPanel } from "./OpeningsPanel";
import { RemindersPanel } from "./RemindersPanel";
import type { PatientWays } from "./PatientPart";
import type { BookingFacts } from "./useBooking";
import type { DayActs } from "./useDayActs";
import type { Held } from "./useHolding";
import { VisitFlyout } from "./VisitFlyout";
import { WaitlistPanel } from "./WaitlistPanel";

export interface DaySideProps extends PatientWays {
  day: DayView;
  doing: Doing;
  facts: BookingFacts | null;
  acts: DayActs;
  setDoing: (doing: Doing) => void;
  onDate: (date: string) => void;
  onMove: (visit: VisitView) => void;
  onPatient: ((patient: string) => void) | null;
}

/** The column beside the day: one thing at a time, and the day stays in view. */
export function DaySide({ day, doing, facts, acts, setDoing, onDate, onMove, onPatient, ...ways }: DaySideProps) {
  const close = () => setDoing(null);
  if (doing?.what === "visit") {
    return <VisitFlyout key={doing.unit} unit={doing.unit} onClose={close} onAdvance={acts.advance} onMove={onMove} onRebook={acts.again} onPark={(visit) => { acts.parkVisit(visit); close(); }} onPatient={onPatient} />;
  }
  if (doing?.what === "conflict") {
    const { going, back } = doing;
    return <ConflictFlyout key={`${going.unit}-${going.from}-${going.resources.join()}`} day={day} going={going} onClose={close} onOverride={async (reason) => { const done = await acts.override(going, back, reason); if (done) close(); return done; }} />;
  }
  if (doing?.what === "book") {
    return <KeptBooking {...ways} day={day} booking={doing.booking} facts={facts} onChange={(booking) => setDoing({ what: "book", booking })} onClose={close} onBooked={(_unit, date) => { close(); if (date !== day.date) onDate(date); }} />;
  }
  if (doing?.what === "reminders") return <RemindersPanel day={day} onOpen={(unit, date) => { if (date !== day.date) onDate(date); acts.open(unit); }} onClose={close} />;
  const bookThis = (held: Held, who: Pick<Booking, "patient" | "wait">) => {
    if (held.opening.date !== day.date) onDate(held.opening.date);
    setDoing({ what: "book", booking: { ...bookHeld(held, who.patient), wait: who.wait } });
  };
  if (doing?.what === "openings") return <OpeningsPanel from={day.date} onHeld={(held) => bookThis(held, { patient: null, wait: null })} onClose={close} />;
  if (doing?.what === "waitlist") return <WaitlistPanel date={day.date} pickPatient={ways.pickPatient} onHeld={(held, row) => bookThis(held, { patient: { id: row.patient, name: row.patient_name, mrn: "" }, wait: row.wait })} onClose={close} />;
  return null;
}

/** A booking that is kept as a draft until it is booked or closed. */
function KeptBooking(props: BookFlyoutProps) {
  const { booking, onChange } = props;
  const settle = useDraft(BOOKING_DRAFT, () => (worthKeeping(booking) ? JSON.stringify(booking) : null), (content) => onChange(JSON.parse(content) as BookFlyoutProps["booking"]));
  return (
    <BookFlyout
      {...props}
      onClose={() => { settle(); props.onClose(); }}
      onBooked={(unit, date) => { settle(); props.onBooked(unit, date); }}
    />
  );
}
