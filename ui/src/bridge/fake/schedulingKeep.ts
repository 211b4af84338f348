import type { ResourceView, RuleView } from "../generated";
import { refuse, type Answers } from "./answers";
import { today } from "./calendar";
import { calendarOf } from "./schedulingSetup";
import type { World } from "./world";

/** Takes a text that is one, as Rust does. */
function text(typed: string, field: string): string {
  const trimmed = typed.trim();
  return trimmed === "" || trimmed.length > 200 ? refuse("scheduling.bad_text", field, "Fill in this field, in 200 characters at most.") : trimmed;
}

function minutes(count: number, field: string, [least, most]: readonly [number, number]): number {
  return Number.isInteger(count) && count >= least && count <= most ? count : refuse("scheduling.bad_minutes", field, `Type a number of minutes from ${least} to ${most}.`);
}

function civil(typed: string | null, field: string): string | null {
  return typed === null || (/^\d{4}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(Date.parse(typed))) ? typed : refuse("scheduling.bad_date", field, "There is no such date.");
}

let made = 0;

function freshId(kind: string): string {
  made += 1;
  return `${kind}-new-${made}`;
}

/** Puts a row in the place of the one with the same id, or at the end. */
function put<T extends object, K extends keyof T>(rows: readonly T[], key: K, row: T): T[] {
  return rows.some((one) => one[key] === row[key]) ? rows.map((one) => (one[key] === row[key] ? row : one)) : [...rows, row];
}

function known<T extends object>(rows: readonly T[], key: keyof T, id: string, field: string): T {
  return rows.find((one) => one[key] === id) ?? refuse("scheduling.unknown", field, "Choose one from the list.");
}

/** No two things of one kind have one name: they could not be told apart at the desk. */
function unlike<T extends object>(rows: readonly T[], key: keyof T, id: string | null | undefined, named: keyof T, name: string, field: string): string {
  const same = rows.some((one) => one[key] !== id && String(one[named]).toLowerCase() === name.toLowerCase());
  return same ? refuse("scheduling.name_taken", field, "Choose another name.") : name;
}

function lapsedOf(of: Pick<ResourceView, "capabilities" | "practitioner">): string[] {
  const license = of.practitioner?.license_expires ?? null;
  const gone = of.capabilities.filter((one) => one.valid_until !== null && one.valid_until < today()).map((one) => one.name);
  return license !== null && license < today() ? ["license", ...gone] : gone;
}

function ruleOf(world: World, input: Omit<RuleView, "rule"> & { rule?: string | null }): RuleView {
  known(world.setup.calendars, "calendar", input.calendar, "calendar");
  minutes(input.from_minute, "from_minute", [0, 1_440]);
  minutes(input.to_minute, "to_minute", [0, 1_440]);
  if (input.to_minute <= input.from_minute) refuse("scheduling.bad_minutes", "to_minute", "The end lies after the beginning.");
  if (!civil(input.from, "from")) refuse("scheduling.bad_date", "from", "There is no such date.");
  if (civil(input.until, "until") !== null && (input.until ?? "") < input.from) refuse("scheduling.bad_date", "until", "The last day lies after the first.");
  return { ...input, rule: input.rule ?? freshId("rule") };
}

type Kept = "scheduling.setup" | "scheduling.keep_site" | "scheduling.keep_department" | "scheduling.keep_resource" | "scheduling.keep_service" | "scheduling.keep_product" | "scheduling.keep_calendar" | "scheduling.keep_rule" | "scheduling.end_rule";

/** What sets the schedule up. */
export const setupAnswers: Pick<Answers<"scheduling">, Kept> = {
  "scheduling.setup": (world) => world.setup,
  "scheduling.keep_site": (world, input) => {
    const site = input.site ?? freshId("site");
    const name = unlike(world.setup.sites, "site", site, "name", text(input.name, "name"), "name");
    world.setup.sites = put(world.setup.sites, "site", { site, name, address: input.address.trim() });
    return { site };
  },
  "scheduling.keep_department": (world, input) => {
    const department = input.department ?? freshId("department");
    known(world.setup.sites, "site", input.site, "site");
    world.setup.departments = put(world.setup.departments, "department", { department, site: input.site, name: text(input.name, "name") });
    return { department };
  },
  "scheduling.keep_resource": (world, input) => {
    const resource = input.resource ?? freshId("resource");
    const name = unlike(world.setup.resources, "resource", resource, "name", text(input.name, "name"), "name");
    for (const [place, one] of input.capabilities.entries()) {
      text(one.name, `capabilities.${place}.name`);
      civil(one.valid_until, `capabilities.${place}.valid_until`);
    }
    if (input.practitioner) civil(input.practitioner.license_expires, "practitioner.license_expires");
    if (input.capacity < 1 || input.capacity > 99) refuse("scheduling.too_many", "capacity", "Type a number from 1 to 99.");
    world.setup.resources = put(world.setup.resources, "resource", { ...input, resource, name, lapsed: lapsedOf(input) });
    const calendar = calendarOf(resource);
    const before = world.setup.calendars.find((one) => one.calendar === calendar);
    world.setup.calendars = put(world.setup.calendars, "calendar", { grid_minutes: 10, horizon_days: 365, resources: [resource], ...before, calendar, name });
    return { resource, calendar };
  },
  "scheduling.keep_service": (world, input) => {
    const service = input.service ?? freshId("service");
    const name = unlike(world.setup.services, "service", service, "name", text(input.name, "name"), "name");
    world.setup.services = put(world.setup.services, "service", { service, name });
    return { service };
  },
  "scheduling.keep_product": (world, input) => {
    const product = input.product ?? freshId("product");
    known(world.setup.services, "service", input.service, "service");
    unlike(world.setup.products, "product", product, "label", text(input.label, "label"), "label");
    minutes(input.minutes, "minutes", [5, 1_440]);
    minutes(input.before, "before", [0, 240]);
    minutes(input.after, "after", [0, 240]);
    const offer_version = (world.setup.products.find((one) => one.product === product)?.offer_version ?? 0) + 1;
    world.setup.products = put(world.setup.products, "product", { ...input, product, offer_version });
    return { product, offer_version };
  },
  "scheduling.keep_calendar": (world, input) => {
    const calendar = input.calendar ?? freshId("calendar");
    world.setup.calendars = put(world.setup.calendars, "calendar", { ...input, calendar, name: text(input.name, "name") });
    return { calendar };
  },
  "scheduling.keep_rule": (world, input) => {
    const kept = ruleOf(world, input);
    world.setup.rules = put(world.setup.rules, "rule", kept);
    return { rule: kept.rule };
  },
  "scheduling.end_rule": (world, input) => {
    known(world.setup.rules, "rule", input.rule, "rule");
    world.setup.rules = world.setup.rules.filter((one) => one.rule !== input.rule);
    return null;
  },
};
