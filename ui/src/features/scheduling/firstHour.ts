import { call, type KeepProduct, type KeepRule, type Requirement } from "../../bridge";
import { todayCivil } from "../../words";

/** A service that nearly every practice offers, as the first hour proposes it. */
export interface UsualService {
  label: string;
  minutes: number;
  room: boolean;
}

export interface FirstHourWishes {
  site: { name: string; address: string };
  person: { name: string; staff: string | null; license: string };
  room: string;
  hours: readonly (readonly [number, number])[];
  service: string;
  services: readonly UsualService[];
  /** The second line of the room's column. */
  roomNote: string;
}

/** What was made so far, so that a second try goes on where the first one was stopped. */
export interface Made {
  site?: string;
  person?: { resource: string; calendar: string };
  room?: { resource: string; calendar: string };
  rules: string[];
  service?: string;
  products: string[];
}

const need = (kind: Requirement["kind"]): Requirement => ({ kind, capability: null, resource: null, count: 1 });

function hoursRule(calendar: string, [from_minute, to_minute]: readonly [number, number]): KeepRule {
  return { calendar, kind: "open", label: "", weekdays: [1, 2, 3, 4, 5], every_weeks: 1, from: todayCivil(), until: null, from_minute, to_minute, products: [], capacity: null };
}

function usualProduct(service: string, { label, minutes, room }: UsualService): KeepProduct {
  return { service, label, minutes, before: 0, after: 0, preparation: "", sensitive: false, notice_minutes: 0, requirements: room ? [need("practitioner"), need("room")] : [need("practitioner")], gates: ["npp_acknowledged", "license_valid"], price_cents: null, ended: false };
}

/** Sets everything up that a first booking needs, one operation after the other, and notes in `made` what stands; each step is told with that, so that it can be kept. */
export async function setUpFirstHour(wishes: FirstHourWishes, made: Made, onStep: (done: number, of: number, made: Made) => void): Promise<void> {
  const { site, person, room } = wishes;
  const resource = { department: null, capabilities: [], capacity: 1, ended: false };
  const first = wishes.hours[0]?.[0] ?? 0;
  const last = wishes.hours.at(-1)?.[1] ?? 0;
  const of = 4 + wishes.hours.length + 1 + wishes.services.length;
  const step = () => onStep([made.site, made.person, made.room, made.service].filter(Boolean).length + made.rules.length + made.products.length, of, structuredClone(made));
  made.site ??= (await call("scheduling.keep_site", site)).site;
  step();
  made.person ??= await call("scheduling.keep_resource", { ...resource, kind: "practitioner", name: person.name, note: "", staff: person.staff, practitioner: { license_number: person.license, license_expires: null, specialization: "" } });
  step();
  made.room ??= await call("scheduling.keep_resource", { ...resource, kind: "room", name: room, note: wishes.roomNote, staff: null, practitioner: null });
  step();
  const rules = [...wishes.hours.map((span) => hoursRule(made.person?.calendar ?? "", span)), hoursRule(made.room?.calendar ?? "", [first, last])];
  for (const rule of rules.slice(made.rules.length)) {
    // Each needs what was made before it, and a refusal stops the rest.
    // oxlint-disable-next-line no-await-in-loop
    made.rules.push((await call("scheduling.keep_rule", rule)).rule);
    step();
  }
  made.service ??= (await call("scheduling.keep_service", { name: wishes.service })).service;
  step();
  for (const one of wishes.services.slice(made.products.length)) {
    // The same holds here.
    // oxlint-disable-next-line no-await-in-loop
    made.products.push((await call("scheduling.keep_product", usualProduct(made.service, one))).product);
    step();
  }
}
