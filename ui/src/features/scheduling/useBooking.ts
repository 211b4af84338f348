import { useMemo } from "react";
import { useAnswer, type BookingCheck, type DayView, type ProductView, type SetupView } from "../../bridge";
import { defaultProduct, proposed, type Booking } from "./booking";

/** What a booking comes to: with what was chosen, and where nothing was, with what is proposed. */
export interface BookingFacts {
  setup: SetupView;
  product: ProductView | undefined;
  minutes: number;
  resources: string[];
}

const HALF_HOUR = 30;

export function useBookingFacts(booking: Booking | null, day: DayView | undefined): BookingFacts | null {
  const setup = useAnswer("scheduling.setup", {}, { enabled: booking !== null }).data;
  return useMemo(() => {
    if (!setup || !booking) return null;
    const chosen = booking.product === "" ? defaultProduct(setup, booking.resource) : booking.product;
    const product = setup.products.find((one) => one.product === chosen);
    const minutes = booking.minutes ?? product?.minutes ?? HALF_HOUR;
    const seen = day?.date === booking.date ? day : undefined;
    const resources = booking.resources ?? proposed(setup, seen, product, booking.resource === null ? [] : [booking.resource], booking.minute, minutes);
    return { setup, product, minutes, resources };
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

/** Whether nothing is left to say before it can be sent. */
export function standsFree(check: BookingCheck | undefined, reason: string): boolean {
  if (!check || check.conflicts.length === 0) return true;
  return check.may_override && reason.trim() !== "";
}
