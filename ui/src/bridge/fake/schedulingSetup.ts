import type { CalendarView, DepartmentView, ProductView, Requirement, ResourceView, RuleView, ServiceView, SetupView, SiteView } from "../generated";
import { day, today } from "./calendar";

/** What the practice has set up: who and what can be booked, when, and for what. The day takes its columns and its visits from here. */
export type FakeSetup = SetupView;

/** The seven columns of the day, by what they are called in the code. */
export const RESOURCE = { ito: "resource-1", osei: "resource-2", alvarez: "resource-3", room1: "resource-4", room2: "resource-5", procedure: "resource-6", ecg: "resource-7" } as const;
export const PRODUCT = { followUp: "product-1", newPatient: "product-2", annual: "product-3", wellChild: "product-4", vaccines: "product-5", minorProcedure: "product-6", bloodDraw: "product-7" } as const;
const SITE = "site-1";
const [EXAMS, LAB] = ["department-1", "department-2"] as const;
const [VISITS, PREVENTION, TREATMENT] = ["service-1", "service-2", "service-3"] as const;

/** The calendar of a resource: each has one of its own. */
export function calendarOf(id: string): string {
  return id.replace("resource", "calendar");
}

/** The next second of April: the day to which the ECG cart of the sketch is calibrated. */
function secondOfApril(): string {
  const year = Number(today().slice(0, 4));
  return today() <= `${year}-04-02` ? `${year}-04-02` : `${year + 1}-04-02`;
}

function resource(change: Pick<ResourceView, "resource" | "kind" | "name" | "note"> & Partial<ResourceView>): ResourceView {
  return { department: EXAMS, staff: null, practitioner: null, capabilities: [], capacity: 1, ended: false, lapsed: [], ...change };
}

const can = (...names: string[]) => names.map((name) => ({ name, valid_until: null }));

export function madeUpResources(): ResourceView[] {
  const licence = (number: string, ends: number, specialization: string) => ({ license_number: number, license_expires: day(ends), specialization });
  return [
    resource({ resource: RESOURCE.ito, kind: "practitioner", name: "Dr. Naomi Ito", note: "Family medicine", staff: "staff-1", practitioner: licence("WI-48213", 412, "Family medicine"), capabilities: can("medical visits", "minor surgery") }),
    resource({ resource: RESOURCE.osei, kind: "practitioner", name: "Dr. Peter Osei", note: "Pediatrics", staff: "staff-2", practitioner: licence("WI-51877", 96, "Pediatrics"), capabilities: can("medical visits", "children") }),
    resource({ resource: RESOURCE.alvarez, kind: "practitioner", name: "R. Alvarez, RN", note: "Nurse visits", staff: "staff-3", practitioner: licence("RN-90356", 201, "Nursing"), capabilities: can("vaccines", "blood draws") }),
    resource({ resource: RESOURCE.room1, kind: "room", name: "Room 1", note: "Exam", capabilities: can("exam table") }),
    resource({ resource: RESOURCE.room2, kind: "room", name: "Room 2", note: "Exam", capabilities: can("exam table") }),
    resource({ resource: RESOURCE.procedure, kind: "room", name: "Procedure", note: "Laminar hood", department: LAB, capabilities: [...can("laminar flow hood"), { name: "nitrous oxide", valid_until: day(-12) }], lapsed: ["nitrous oxide"] }),
    resource({ resource: RESOURCE.ecg, kind: "equipment", name: "ECG cart", note: "Calibrated to Apr 2", department: LAB, capabilities: [{ name: "ECG", valid_until: secondOfApril() }] }),
  ];
}

function product(change: Pick<ProductView, "product" | "service" | "label" | "minutes"> & Partial<ProductView>): ProductView {
  return { before: 0, after: 0, preparation: "", sensitive: false, notice_minutes: 0, requirements: [], gates: ["npp_acknowledged", "license_valid"], price_cents: null, ended: false, offer_version: 1, ...change };
}

const one = (kind: Requirement["kind"], capability: string | null): Requirement => ({ kind, capability, resource: null, count: 1 });

export function madeUpProducts(): ProductView[] {
  const doctor = one("practitioner", "medical visits");
  const room = one("room", "exam table");
  return [
    product({ product: PRODUCT.followUp, service: VISITS, label: "Follow-up", minutes: 30, requirements: [doctor], price_cents: 12_500, offer_version: 3 }),
    product({ product: PRODUCT.newPatient, service: VISITS, label: "New patient", minutes: 45, requirements: [doctor, room], preparation: "Bring your insurance card and a list of your medicines.", price_cents: 21_000, offer_version: 2, gates: ["npp_acknowledged", "eligibility_snapshot", "license_valid"] }),
    product({ product: PRODUCT.annual, service: PREVENTION, label: "Annual exam", minutes: 45, requirements: [doctor, room], preparation: "Eat and drink nothing but water for eight hours before.", price_cents: 24_000 }),
    product({ product: PRODUCT.wellChild, service: PREVENTION, label: "Well child", minutes: 30, requirements: [one("practitioner", "children")], price_cents: 16_000 }),
    product({ product: PRODUCT.vaccines, service: PREVENTION, label: "Vaccines", minutes: 20, requirements: [one("practitioner", "vaccines")], price_cents: 4_500, gates: ["npp_acknowledged", "consent_signed", "license_valid"] }),
    product({ product: PRODUCT.minorProcedure, service: TREATMENT, label: "Minor procedure", minutes: 60, before: 10, after: 15, sensitive: true, notice_minutes: 1_440, requirements: [one("practitioner", "minor surgery"), one("room", "laminar flow hood")], price_cents: 48_000, gates: ["npp_acknowledged", "consent_signed", "payer_authorization", "license_valid", "calibration_valid"], preparation: "Have somebody drive you home." }),
    product({ product: PRODUCT.bloodDraw, service: TREATMENT, label: "Blood draw", minutes: 20, requirements: [one("practitioner", "blood draws")], price_cents: 3_500 }),
  ];
}

const WEEKDAYS = [1, 2, 3, 4, 5];

function rule(number: number, of: string, change: Partial<RuleView>): RuleView {
  return { rule: `rule-${number}`, calendar: calendarOf(of), kind: "open", label: "", weekdays: WEEKDAYS, every_weeks: 1, from: "2026-01-05", until: null, from_minute: 8 * 60, to_minute: 17 * 60, products: [], capacity: null, ...change };
}

/** Hours of the week, and what differs from them. The rooms are open through noon, the people are not. */
export function madeUpRules(): RuleView[] {
  const at = (hour: number, minute = 0) => hour * 60 + minute;
  const whole = { weekdays: [], from_minute: 0, to_minute: 1_440 };
  return [
    rule(1, RESOURCE.ito, { from_minute: at(8, 30), to_minute: at(12) }),
    rule(2, RESOURCE.ito, { from_minute: at(13), to_minute: at(17) }),
    rule(3, RESOURCE.osei, { to_minute: at(12) }),
    rule(4, RESOURCE.osei, { from_minute: at(13, 30), to_minute: at(17) }),
    rule(5, RESOURCE.osei, { weekdays: [6], every_weeks: 2, label: "Saturday clinic", from: "2026-01-10", from_minute: at(9), to_minute: at(12) }),
    rule(6, RESOURCE.alvarez, { from_minute: at(9), to_minute: at(12) }),
    rule(7, RESOURCE.alvarez, { from_minute: at(13), to_minute: at(17) }),
    ...[RESOURCE.room1, RESOURCE.room2, RESOURCE.procedure, RESOURCE.ecg].map((of, index) => rule(8 + index, of, {})),
    rule(12, RESOURCE.osei, { kind: "time_off", label: "Vacation", from: day(20), until: day(26), ...whole }),
    rule(13, RESOURCE.ecg, { kind: "maintenance", label: "Calibration", weekdays: [3], every_weeks: 2, from: "2026-01-07", from_minute: at(15), to_minute: at(17) }),
    ...Object.values(RESOURCE).map((of, index) => rule(14 + index, of, { kind: "holiday", label: "New Year’s Day", from: newYear(), until: newYear(), ...whole })),
  ];
}

function newYear(): string {
  return `${Number(today().slice(0, 4)) + 1}-01-01`;
}

export function madeUpSetup(): FakeSetup {
  const sites: SiteView[] = [{ site: SITE, name: "Lake Street", address: "210 Lake Street, Suite 4, Madison" }];
  const departments: DepartmentView[] = [{ department: EXAMS, site: SITE, name: "Exams" }, { department: LAB, site: SITE, name: "Procedures and lab" }];
  const services: ServiceView[] = [{ service: VISITS, name: "Visits" }, { service: PREVENTION, name: "Prevention" }, { service: TREATMENT, name: "Treatment and lab" }];
  const resources = madeUpResources();
  const calendars = resources.map((of): CalendarView => ({ calendar: calendarOf(of.resource), name: of.name, resources: [of.resource], grid_minutes: 10, horizon_days: 365 }));
  return { sites, departments, resources, services, products: madeUpProducts(), calendars, rules: madeUpRules() };
}

/** A practice on its first day, in which nothing can be booked yet. */
export function emptySetup(): FakeSetup {
  return { sites: [], departments: [], resources: [], services: [], products: [], calendars: [], rules: [] };
}
