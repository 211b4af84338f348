import type { ProductView, Requirement, ResourceView, SetupView, WaitRow } from "../../bridge";
import { civilText, type Translate } from "../../words";
import { clockRange, clockText, readClock, weekdaysText } from "./clock";
import { listed } from "./setupWords";

/** What somebody wishes of a time. */
export interface Wishes {
  resources: string[];
  weekdays: number[];
  time: "any" | "morning" | "afternoon" | "own";
  after: string;
  before: string;
}

export const NO_WISHES: Wishes = { resources: [], weekdays: [], time: "any", after: "", before: "" };

const NOON = 720;

export interface Limits {
  not_before: number | null;
  not_after: number | null;
}

/** From when to when, as the core takes it. What cannot be read as a time is no limit yet. */
export function limitsOf(wishes: Wishes): Limits {
  if (wishes.time === "morning") return { not_before: null, not_after: NOON };
  if (wishes.time === "afternoon") return { not_before: NOON, not_after: null };
  return wishes.time === "own" ? { not_before: readClock(wishes.after), not_after: readClock(wishes.before) } : { not_before: null, not_after: null };
}

function fits(resource: ResourceView, need: Requirement): boolean {
  if (resource.kind !== need.kind) return false;
  return need.resource === null ? need.capability === null || resource.capabilities.some((one) => one.name === need.capability) : need.resource === resource.resource;
}

/** Who and what a product can be booked with. */
export function choicesFor(setup: SetupView, product: ProductView | undefined): ResourceView[] {
  const living = setup.resources.filter((one) => !one.ended);
  return product ? living.filter((one) => product.requirements.some((need) => fits(one, need))) : living;
}

function timeWords({ not_before, not_after }: Limits, t: Translate): string {
  if (not_before === null && not_after === null) return "";
  if (not_before === null) return t("scheduling.wishes.until", { time: clockText(not_after ?? 0) });
  return not_after === null ? t("scheduling.wishes.from", { time: clockText(not_before) }) : clockRange(not_before, not_after, t);
}

/** The wishes of somebody who waits, in one line. */
export function wishWords(row: Pick<WaitRow, "resources" | "weekdays" | "not_before" | "not_after" | "until">, setup: SetupView | undefined, t: Translate): string {
  const names = row.resources.map((id) => setup?.resources.find((one) => one.resource === id)?.name ?? "").filter(Boolean);
  const parts = [
    names.length > 0 ? listed(names) : "",
    row.weekdays.length > 0 ? weekdaysText(row.weekdays, t) : "",
    timeWords(row, t),
    row.until === null ? "" : t("scheduling.wishes.by", { date: civilText(row.until) }),
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : t("scheduling.wishes.none");
}
