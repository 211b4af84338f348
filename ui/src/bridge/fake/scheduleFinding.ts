import type { BookingCheck, CheckBooking, Conflict, FindOpenings, GateKind, GateView, Need, Opening, ProductView, Requirement, ResourceView, Slot } from "../generated";
import { plus } from "./calendar";
import { NOW, labelOf, nameOf, productOf, range, scheduleToday, shadesOn, visitsOn, weekdayOf } from "./schedule";
import { reservedOn } from "./theatre";
import type { World } from "./world";

export const OVERRIDERS: ReadonlySet<string> = new Set(["owner", "physician", "nurse", "department_manager"]);

export function dayWords(date: string): string {
  const words = new Intl.DateTimeFormat("en-US", { timeZone: "UTC", weekday: "short", month: "short", day: "numeric" }).format(new Date(date));
  return words.replace(",", "");
}

function meets(from: number, to: number, slot: Slot, product: ProductView | undefined): boolean {
  return from < slot.minute + slot.minutes + (product?.after ?? 0) && to > slot.minute - (product?.before ?? 0);
}

function fits(resource: ResourceView, need: Requirement): boolean {
  if (resource.kind !== need.kind || resource.ended) return false;
  if (need.resource !== null && resource.resource !== need.resource) return false;
  return need.capability === null || resource.capabilities.some((one) => one.name === need.capability);
}

/** Everything that stands against one resource at a time. */
function against(world: World, resource: ResourceView, asked: CheckBooking, product: ProductView | undefined): Conflict[] {
  const { slot, unit, hold } = asked;
  const found: Conflict[] = [];
  const conflict = (kind: Conflict["kind"], time: string | null, held_by: string, can_override = true): Conflict => ({ kind, resource: resource.resource, name: resource.name, time, held_by, can_override });
  for (const visit of visitsOn(world, slot.date)) {
    if (visit.unit === unit || visit.status === "cancelled" || visit.status === "no_show" || !visit.resources.includes(resource.resource)) continue;
    if (meets(visit.from, visit.from + visit.minutes, slot, product)) found.push(conflict("resource_busy", range(visit.from, visit.minutes), `${nameOf(world, visit.patient)} · ${labelOf(world, visit)}`));
  }
  for (const one of world.schedule.holds) {
    if (one.date !== slot.date || one.hold === hold || one.ends < Date.now() || !one.resources.includes(resource.resource)) continue;
    if (meets(one.from, one.from + one.minutes, slot, product)) found.push(conflict("held", range(one.from, one.minutes), one.held_by));
  }
  for (const one of reservedOn(world, slot.date)) {
    if (one.resource === resource.resource && meets(one.from, one.from + one.minutes, slot, product)) found.push(conflict("resource_busy", range(one.from, one.minutes), one.label));
  }
  const shade = shadesOn(world, slot.date, resource.resource).find((one) => meets(one.from, one.to, slot, product));
  if (shade) found.push(conflict("closed", null, shade.label));
  return found;
}

const STATES: Partial<Record<GateKind, GateView>> = {
  npp_acknowledged: { gate: "npp_acknowledged", state: "passed", why: null },
  license_valid: { gate: "license_valid", state: "passed", why: null },
  calibration_valid: { gate: "calibration_valid", state: "passed", why: null },
  eligibility_snapshot: { gate: "eligibility_snapshot", state: "failed", why: "41 days old" },
};

/** One patient in twenty has not signed for the privacy notice. */
const isUnsigned = (patient: string | null): boolean => patient !== null && Number(patient.slice(-12)) % 20 === 0;

export function gatesOf(product: ProductView | undefined, patient: string | null, waived: Record<string, string> = {}): GateView[] {
  return (product?.gates ?? []).map((gate) => {
    const why = waived[gate];
    if (why !== undefined) return { gate, state: "waived", why };
    if (gate === "npp_acknowledged" && isUnsigned(patient)) return { gate, state: "failed", why: "Not signed yet" };
    return STATES[gate] ?? { gate, state: "not_checked", why: null };
  });
}

export function checkBooking(world: World, asked: CheckBooking): BookingCheck {
  const product = productOf(world, asked.product);
  const chosen = asked.resources.flatMap((id) => world.setup.resources.filter((one) => one.resource === id));
  const needs = (product?.requirements ?? []).map((need): Need => {
    const met = chosen.filter((one) => fits(one, need)).map((one) => one.resource);
    return { kind: need.kind, capability: need.capability, count: need.count, met_by: met, missing: Math.max(0, need.count - met.length) };
  });
  const conflicts = chosen.flatMap((one) => against(world, one, asked, product));
  const { slot, patient } = asked;
  if (patient !== null) {
    for (const visit of visitsOn(world, slot.date)) {
      if (visit.patient !== patient || visit.unit === asked.unit || visit.status === "cancelled" || visit.status === "no_show" || !meets(visit.from, visit.from + visit.minutes, slot, product)) continue;
      conflicts.push({ kind: "patient_busy", resource: null, name: nameOf(world, patient), time: range(visit.from, visit.minutes), held_by: labelOf(world, visit), can_override: true });
    }
  }
  // Once, whatever is missing: the needs say what.
  if (needs.some((need) => need.missing > 0)) conflicts.push({ kind: "missing", resource: null, name: "", time: null, held_by: "", can_override: true });
  const today = scheduleToday();
  if (slot.date < today || (slot.date === today && slot.minute + slot.minutes <= NOW)) conflicts.push({ kind: "past", resource: null, name: "", time: null, held_by: "", can_override: true });
  const may_override = world.roles.some((role) => OVERRIDERS.has(role)) && conflicts.every((one) => one.can_override);
  const reach_by = patient === null ? null : reachBy(world, patient);
  return { time: range(slot.minute, slot.minutes), second: false, needs, complete_with: completion(world, product, asked, chosen), conflicts, may_override, gates: gatesOf(product, patient), reach_by };
}

/** What is free then and would meet what is missing, as Rust finds it: all of it or nothing. */
function completion(world: World, product: ProductView | undefined, asked: CheckBooking, chosen: readonly ResourceView[]): string[] {
  const taken = [...chosen];
  const found: string[] = [];
  for (const need of product?.requirements ?? []) {
    for (let missing = need.count - chosen.filter((one) => fits(one, need)).length; missing > 0; missing -= 1) {
      const free = world.setup.resources.find((one) => fits(one, need) && !taken.includes(one) && against(world, one, asked, product).length === 0);
      if (!free) return [];
      taken.push(free);
      found.push(free.resource);
    }
  }
  return found;
}

/** How a patient wants to be reached. */
export function reachBy(world: World, patient: string): string | null {
  return world.patients.find((one) => one.id === patient)?.versions.at(-1)?.record.confidential_communication ?? null;
}

/** Takes for each need the first resource that is free, those that were asked for first. */
function combination(world: World, product: ProductView, slot: Slot, wanted: readonly string[]): ResourceView[] | null {
  const taken: ResourceView[] = [];
  for (const need of product.requirements) {
    const candidates = world.setup.resources.filter((one) => fits(one, need) && !taken.includes(one)).toSorted((a, b) => Number(wanted.includes(b.resource)) - Number(wanted.includes(a.resource)));
    const free = candidates.find((one) => against(world, one, { product: product.product, patient: null, slot, resources: [], unit: null, hold: null }, product).length === 0);
    if (!free) return null;
    taken.push(free);
  }
  return wanted.every((id) => taken.some((one) => one.resource === id)) ? taken : null;
}

export function findOpenings(world: World, asked: FindOpenings): { rows: Opening[]; searched_until: string } {
  const product = productOf(world, asked.product);
  const start = asked.from ?? scheduleToday();
  const rows: Opening[] = [];
  let date = start;
  if (!product) return { rows, searched_until: date };
  for (let day = 0; day < asked.days && rows.length < asked.limit; day += 1) {
    date = plus(start, day);
    if (asked.weekdays.length > 0 && !asked.weekdays.includes(weekdayOf(date))) continue;
    const first = Math.max(asked.not_before ?? 480, date === scheduleToday() ? Math.ceil(NOW / 10) * 10 : 0);
    for (let minute = first; minute + product.minutes <= (asked.not_after ?? 1020) && rows.length < asked.limit; minute += 10) {
      const slot = { date, minute, minutes: product.minutes };
      const resources = combination(world, product, slot, asked.resources);
      if (!resources || (rows.at(-1)?.date === date && (rows.at(-1)?.minute ?? 0) + product.minutes > minute)) continue;
      rows.push({ date, minute, minutes: product.minutes, time: range(minute, product.minutes), resources: resources.map((one) => one.resource), names: resources.map((one) => one.name) });
    }
  }
  return { rows, searched_until: date };
}
