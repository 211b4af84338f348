import { useEffect, useMemo, useRef } from "react";
import { useAnswer, type BookingCheck, type DayView, type ProductView, type SetupView } from "../../bridge";
import { defaultProduct, proposed, type Booking } from "./booking";

/** What a booking comes to: with what was chosen, and where nothing was, with what is proposed. */
export interface BookingFacts {
  setup: SetupView;
  product: ProductView | undefined;
  minutes: number;
  resources: string[];
  /** Those of them that nobody chose: they were free, and something was missing. */
  added: string[];
}

const HALF_HOUR = 30;

export function useBookingFacts(booking: Booking | null, day: DayView | undefined): BookingFacts | null {
  const setup = useAnswer("scheduling.setup", {}, { enabled: booking !== null }).data;
  return useMemo(() => {
    if (!setup || !booking) return null;
    const wanted = booking.product === "" ? defaultProduct(setup, booking.resource) : booking.product;
    const product = setup.products.find((one) => one.product === wanted);
    const minutes = booking.minutes ?? product?.minutes ?? HALF_HOUR;
    const seen = day?.date === booking.date ? day : undefined;
    const chosen = booking.resources ?? (booking.resource === null ? [] : [booking.resource]);
    const begun = booking.resources ?? proposed(setup, seen, product, chosen, booking.minute, minutes);
    const resources = [...new Set([...begun, ...booking.added])].filter((one) => !booking.without.includes(one));
    return { setup, product, minutes, resources, added: resources.filter((one) => !chosen.includes(one)) };
  }, [setup, booking, day]);
}

/** What stands against a booking while it is made, asked anew with each change of it. */
export function useBookingCheck(booking: Booking, facts: BookingFacts | null) {
  const input = {
    product: facts?.product?.product ?? "",
    patient: booking.patient?.id ?? null,
    slot: { date: booking.date, minute: booking.minute, minutes: facts?.minutes ?? HALF_HOUR },
    resources: facts?.resources ?? [],
    unit: null,
    hold: booking.hold?.hold ?? null,
  };
  return useAnswer("scheduling.check", input, { enabled: Boolean(facts?.product), keepPrevious: true });
}

/**
 * Takes along what Rust found free for what is missing, and gives back the check without what is being mended so: nobody
 * is to be asked for a reason for a blink. What was taken off again stays off.
 */
export function useCompletion(booking: Booking, facts: BookingFacts | null, check: { data: BookingCheck | undefined; isPlaceholderData: boolean }, onAdd: (found: string[]) => void): BookingCheck | undefined {
  const { data, isPlaceholderData } = check;
  const latest = useRef(onAdd);
  latest.current = onAdd;
  const fresh = isPlaceholderData ? [] : (data?.complete_with ?? []);
  const found = fresh.filter((one) => !facts?.resources.includes(one) && !booking.without.includes(one)).join(" ");
  useEffect(() => {
    if (found !== "") latest.current(found.split(" "));
  }, [found]);
  const mending = found !== "" || (isPlaceholderData && booking.added.length > 0);
  return useMemo(() => (data && mending ? { ...data, conflicts: data.conflicts.filter((one) => one.kind !== "missing") } : data), [data, mending]);
}

/** Whether nothing is left to say before it can be sent. */
export function standsFree(check: BookingCheck | undefined, reason: string): boolean {
  if (!check || check.conflicts.length === 0) return true;
  return check.may_override && reason.trim() !== "";
}
