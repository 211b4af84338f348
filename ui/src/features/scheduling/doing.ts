import { useEffect, useState } from "react";
import type { DayVisit, PatientVisitRow, VisitView } from "../../bridge";
import { store, waitingDrafts } from "../../kit";
import { newBooking, type Booking } from "./booking";
import type { Held } from "./useHolding";
import { daySeen } from "./daySeen";
import type { Going } from "./useDayChanges";

/** What stands in the column beside the day. */
export type Doing =
  | { what: "visit"; unit: string }
  | { what: "book"; booking: Booking }
  | { what: "conflict"; going: Going; back: Omit<Going, "version"> }
  | { what: "openings" }
  | { what: "waitlist" }
  | { what: "reminders" }
  | null;

export const BOOKING_DRAFT = "/day#booking";
export const PINS_DRAFT = "/day#pinboard";

/** The visit that another screen asked to see. */
const wanted = store<string | null>(null);

/** Opens the day of a visit with its flyout, once somebody goes there. */
export function showVisit(visit: Pick<PatientVisitRow, "unit" | "date">): void {
  daySeen.set((before) => ({ ...before, date: visit.date, mode: "day" }));
  wanted.set(visit.unit);
}

/** What stands in the column when the screen opens: a visit that was asked for, or a booking that was begun. */
export function useBegun(): Doing {
  const [begun] = useState<Doing>(() => {
    const unit = wanted.get();
    return unit === null ? begunBooking() : { what: "visit", unit };
  });
  useEffect(() => wanted.set(null), []);
  return begun;
}

/** A booking that was half made when the screen was left, or the practice locked, stands open again. */
function begunBooking(): Doing {
  const draft = waitingDrafts.get().find((one) => one.screen === BOOKING_DRAFT);
  return draft ? { what: "book", booking: newBooking(JSON.parse(draft.content) as Booking) } : null;
}

/** Whether there is anything in a booking that it would be a pity to lose. */
export function worthKeeping(booking: Booking): boolean {
  return booking.patient !== null || booking.note.trim() !== "";
}

/** The same again for the same patient. */
export function bookAgain(visit: Pick<DayVisit, "minutes" | "product" | "resources" | "patient" | "patient_name">, date: string, minute: number): Booking {
  return newBooking({ date, minute, minutes: visit.minutes, product: visit.product, resource: visit.resources[0] ?? null, resources: visit.resources, patient: { id: visit.patient, name: visit.patient_name, mrn: "" } });
}

export function goingOf(visit: VisitView): Omit<Going, "version"> {
  return { unit: visit.unit, product: visit.product, patient: visit.patient, patient_name: visit.patient_name, date: visit.date, from: visit.slot.minute, minutes: visit.slot.minutes, resources: visit.resources };
}

/** The booking of a time that is held, for somebody or for whoever is chosen next. */
export function bookHeld({ opening, product, held, since }: Held, patient: Booking["patient"] = null): Booking {
  const { date, minute, minutes, resources } = opening;
  return newBooking({ date, minute, minutes, product, resource: resources[0] ?? null, resources, patient, hold: { hold: held.hold, seconds: held.seconds_left, since } });
}
