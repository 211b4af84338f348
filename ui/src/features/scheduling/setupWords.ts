import i18next from "i18next";
import type { ProductView, Requirement, ResourceView, RuleView, SetupView } from "../../bridge";
import { daysBetween, todayCivil, type Translate } from "../../words";
import { DAY_ENDS, clockRange, dateRange, daysLater, weekdaysText } from "./clock";

/** Puts words into a list as people read it: one, two and three. */
export function listed(words: readonly string[]): string {
  return new Intl.ListFormat(i18next.language, { style: "long", type: "conjunction" }).format(words);
}

/** One need of a service in plain words: one room with laminar flow hood. */
export function needWords(need: Requirement, resources: readonly Pick<ResourceView, "resource" | "name">[], t: Translate): string {
  if (need.resource !== null) return resources.find((one) => one.resource === need.resource)?.name ?? t("scheduling.setup.goneResource");
  const what = t(`scheduling.setup.need.${need.kind}`, { count: need.count });
  return need.capability === null ? what : t(`scheduling.setup.needWith.${need.kind}`, { what, capability: need.capability });
}

/** All that a service needs, in one line. */
export function needsWords(product: Pick<ProductView, "requirements">, resources: SetupView["resources"], t: Translate): string {
  return product.requirements.length === 0 ? t("scheduling.setup.needsNothing") : listed(product.requirements.map((need) => needWords(need, resources, t)));
}

/** How long a service takes, with what comes before and after it: 60 min, and 10 before, 15 after. */
export function lengthWords(product: Pick<ProductView, "minutes" | "before" | "after">, t: Translate): string {
  const parts = [product.before > 0 ? t("scheduling.setup.before", { count: product.before }) : "", product.after > 0 ? t("scheduling.setup.after", { count: product.after }) : ""].filter(Boolean);
  const whole = t("scheduling.minutes", { count: product.minutes });
  return parts.length > 0 ? `${whole}, ${parts.join(", ")}` : whole;
}

/** The same where there is little room: 60 min +10 +15. */
export function shortLength(product: Pick<ProductView, "minutes" | "before" | "after">, t: Translate): string {
  const around = [product.before, product.after].filter((count) => count > 0).map((count) => ` +${count}`);
  return `${t("scheduling.minutes", { count: product.minutes })}${around.join("")}`;
}

/** A notice in the greatest unit that fits: 2 days, 90 minutes. */
export function noticeWords(minutes: number, t: Translate): string {
  if (minutes === 0) return t("scheduling.setup.noNotice");
  if (minutes % 1_440 === 0) return t("scheduling.setup.days", { count: minutes / 1_440 });
  return minutes % 60 === 0 ? t("scheduling.setup.hours", { count: minutes / 60 }) : t("scheduling.minutes", { count: minutes });
}

/** When a rule holds: Mon to Fri, 8:30 AM – 12:00 PM; Dec 13 – 19, 2026, all day. */
export function ruleWhen(rule: RuleView, t: Translate): string {
  const time = clockRange(rule.from_minute, rule.to_minute, t);
  const days = rule.weekdays.length > 0 || rule.kind === "open" ? weekdaysText(rule.weekdays, t) : "";
  const every = rule.every_weeks > 1 ? t("scheduling.setup.secondWeek", { days }) : days;
  const span = rule.until === null ? "" : dateRange(rule.from, rule.until);
  return [rule.from === rule.until ? "" : every, span, time].filter(Boolean).join(", ");
}

/** What differs from the week, where there is little room: Vacation, Dec 13 – 19, 2026. */
export function exceptionWords(rule: RuleView, t: Translate): string {
  const name = rule.label || t(`scheduling.setup.rule.${rule.kind}`);
  const whole = rule.from_minute === 0 && rule.to_minute === DAY_ENDS;
  return `${name}, ${rule.until !== null && whole ? dateRange(rule.from, rule.until) : ruleWhen(rule, t)}`;
}

/** Whether a rule says something of every week, and not of some days only. */
export function weekly(rule: RuleView): boolean {
  return rule.until === null || (rule.kind === "open" && daysBetween(rule.from, rule.until) > 13);
}

/** Whether a rule is over. */
export function over(rule: RuleView): boolean {
  return rule.until !== null && rule.until < todayCivil();
}

export interface ResourceStanding {
  tone: "ok" | "warn" | "danger" | "plain";
  words: string;
}

/** How soon a licence or a calibration ends before it is said. */
const SOON = 45;

/** How a person, a room or a device stands: what has lapsed comes before what soon will. */
export function standingOf(of: ResourceView, t: Translate): ResourceStanding {
  if (of.ended) return { tone: "plain", words: t("scheduling.setup.endedResource") };
  const [lapsed] = of.lapsed;
  if (lapsed !== undefined) {
    const what = lapsed === "license" ? t("scheduling.setup.license") : lapsed;
    return { tone: "danger", words: t("scheduling.setup.lapsed", { what, count: of.lapsed.length - 1 }) };
  }
  const [next] = datesOf(of, t).toSorted((a, b) => (a.until < b.until ? -1 : 1));
  if (next && next.until <= daysLater(todayCivil(), SOON)) return { tone: "warn", words: t("scheduling.setup.lapsesIn", { what: next.what, count: daysBetween(todayCivil(), next.until) }) };
  return { tone: "ok", words: t("scheduling.setup.bookable") };
}

function datesOf(of: ResourceView, t: Translate): { what: string; until: string }[] {
  const license = of.practitioner?.license_expires ?? null;
  const can = of.capabilities.flatMap((one) => (one.valid_until === null ? [] : [{ what: one.name, until: one.valid_until }]));
  return license === null ? can : [{ what: t("scheduling.setup.license"), until: license }, ...can];
}

/** Every name of something that can be done, as it is written on people, rooms and devices. */
export function capabilityNames(setup: SetupView): string[] {
  return [...new Set(setup.resources.flatMap((one) => one.capabilities.map((can) => can.name)))].toSorted((a, b) => a.localeCompare(b));
}

/** Where a resource stands: its department and, where there are several sites, the site. */
export function placeWords(of: ResourceView, setup: SetupView): string {
  const department = setup.departments.find((one) => one.department === of.department);
  if (!department) return "";
  const site = setup.sites.length > 1 ? setup.sites.find((one) => one.site === department.site)?.name : undefined;
  return site ? `${department.name}, ${site}` : department.name;
}
