import type { DayView, ProductView, Requirement, ResourceView, SetupView } from "../../bridge";
import { store } from "../../kit";
import { looksFree } from "./layout";

/** A booking as far as it is made. */
export interface Booking {
  date: string;
  minute: number;
  minutes: number | null;
  /** The column it was begun in, and what was chosen beside it. */
  resource: string | null;
  resources: string[] | null;
  /** What is free and was taken along for what was missing, and what of it was taken off again. */
  added: string[];
  without: string[];
  product: string;
  patient: { id: string; name: string; mrn: string } | null;
  /** Who accepts it, where that is not the patient. */
  contact: string | null;
  note: string;
  hold: { hold: string; seconds: number; since: number } | null;
  /** The place on the waitlist that is answered by it. */
  wait: string | null;
}

export function newBooking(change: Pick<Booking, "date" | "minute"> & Partial<Booking>): Booking {
  return { minutes: null, resource: null, resources: null, added: [], without: [], product: "", patient: null, contact: null, note: "", hold: null, wait: null, ...change };
}

/** What was booked last: often the next is the same. It names no patient. */
export const lastProduct = store("");

export function fitsNeed(resource: ResourceView, need: Requirement): boolean {
  if (resource.kind !== need.kind || resource.ended) return false;
  if (need.resource !== null && need.resource !== resource.resource) return false;
  return need.capability === null || resource.capabilities.some((one) => one.name === need.capability);
}

/** The products, those first that the column can do. */
export function productsFor(setup: SetupView, resource: string | null): ProductView[] {
  const offered = setup.products.filter((one) => !one.ended);
  const column = setup.resources.find((one) => one.resource === resource);
  if (!column) return offered;
  const does = (product: ProductView) => product.requirements.some((need) => fitsNeed(column, need));
  return [...offered.filter(does), ...offered.filter((one) => !does(one))];
}

export function defaultProduct(setup: SetupView, resource: string | null): string {
  const sorted = productsFor(setup, resource);
  const column = setup.resources.find((one) => one.resource === resource);
  const last = sorted.find((one) => one.product === lastProduct.get());
  if (last && (!column || last.requirements.some((need) => fitsNeed(column, need)))) return last.product;
  return sorted[0]?.product ?? "";
}

/** Who and what a product would take at a time: what was asked for first, then what looks free. Where the day is not seen, Rust says what is. */
export function proposed(setup: SetupView, day: DayView | undefined, product: ProductView | undefined, wanted: readonly string[], from: number, minutes: number): string[] {
  const chosen = setup.resources.filter((one) => wanted.includes(one.resource));
  const taken: ResourceView[] = [];
  for (const need of product?.requirements ?? []) {
    for (let count = 0; count < need.count; count += 1) {
      const left = (one: ResourceView) => fitsNeed(one, need) && !taken.includes(one);
      const free = (one: ResourceView) => day !== undefined && looksFree(day, one.resource, from - (product?.before ?? 0), minutes + (product?.before ?? 0) + (product?.after ?? 0));
      const found = chosen.find(left) ?? setup.resources.find((one) => left(one) && free(one));
      if (found) taken.push(found);
    }
  }
  // What was asked for is booked even where the product does not need it.
  return [...new Set([...wanted, ...taken.map((one) => one.resource)])];
}
