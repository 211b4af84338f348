import type { FigureWeek, GateRow, ReminderRow } from "../generated";
import { refuse, type Answers } from "./answers";
import { daysBetween, plus } from "./calendar";
import { dice } from "./people";
import { clock, labelOf, nameOf, productOf, range, scheduleToday, shadesOn, visitsOn, weekdayOf, type FakeVisit } from "./schedule";
import { gatesOf, reachBy } from "./scheduleFinding";
import type { World } from "./world";

const LONGEST = 91;
const SHA = "9f3c41".padEnd(64, "ab07");

/** The weeks of a period: from each Monday, the first and the last cut where the period is. */
function weeksOf(from: string, until: string): { from: string; until: string }[] {
  const weeks: { from: string; until: string }[] = [];
  for (let first = from; first <= until; first = plus(weeks.at(-1)?.until ?? until, 1)) {
    const sunday = plus(first, 7 - weekdayOf(first));
    weeks.push({ from: first, until: sunday < until ? sunday : until });
  }
  return weeks;
}

function madeUpWeek(week: { from: string; until: string }): FigureWeek {
  const random = dice(Number(week.from.replaceAll("-", "")));
  const none = { ...week, visits: 0, took_place: 0, no_show: 0, cancelled: 0, no_show_rate: null, lead_days: null, waited_minutes: null };
  const days = Array.from({ length: daysBetween(week.from, week.until) + 1 }, (_, index) => plus(week.from, index)).filter((date) => weekdayOf(date) < 6 && date <= scheduleToday());
  if (days.length === 0) return none;
  const visits = days.length * (22 + Math.floor(random() * 9));
  const no_show = Math.round(visits * (0.03 + random() * 0.07));
  const cancelled = Math.round(visits * 0.06);
  const took_place = visits - no_show - cancelled;
  return { ...week, visits, took_place, no_show, cancelled, no_show_rate: Math.round((no_show / (took_place + no_show)) * 10_000), lead_days: 4 + Math.floor(random() * 8), waited_minutes: 6 + Math.floor(random() * 11) };
}

function openMinutes(world: World, resource: string, from: string, until: string): number {
  let sum = 0;
  for (let date = from; date <= until; date = plus(date, 1)) {
    const shut = shadesOn(world, date, resource).reduce((all, one) => all + one.to - one.from, 0);
    sum += Math.max(0, 1440 - shut);
  }
  return sum;
}

/** What of a visit is not in order, or could not be looked at. */
function openGates(world: World, visit: FakeVisit): GateRow["gates"] {
  return gatesOf(productOf(world, visit.product), visit.patient, visit.waived).filter((one) => one.state === "failed" || one.state === "not_checked");
}

const isComing = (visit: FakeVisit) => visit.status === "booked" || visit.status === "confirmed";

function gateRow(world: World, visit: FakeVisit): GateRow {
  const names = visit.resources.map((id) => world.setup.resources.find((one) => one.resource === id)?.name ?? "");
  return { unit: visit.unit, version: visit.version, patient: visit.patient, patient_name: nameOf(world, visit.patient), date: visit.date, time: range(visit.from, visit.minutes), label: labelOf(world, visit), names, gates: openGates(world, visit) };
}

/** Whom to remind and how: who wishes letters only is not called, and who gave no number cannot be. */
function reminderRow(world: World, visit: FakeVisit): ReminderRow {
  const record = world.patients.find((one) => one.id === visit.patient)?.versions.at(-1)?.record;
  const reach_by = reachBy(world, visit.patient);
  const phone = record?.channels?.find((one) => one.kind !== "email" && one.consent)?.value ?? null;
  const [home] = record?.addresses ?? [];
  const address = home ? [...home.lines, `${home.city} ${home.state} ${home.postal_code}`] : [];
  return { unit: visit.unit, patient: visit.patient, patient_name: nameOf(world, visit.patient), time: range(visit.from, visit.minutes), clock: clock(visit.from), voicemail: record?.channels?.find((one) => one.value === phone)?.voicemail_allowed ?? false, label: labelOf(world, visit), status: visit.status, reach_by, phone: /letter/i.test(reach_by ?? "") ? null : phone, address: /call|phone/i.test(reach_by ?? "") ? [] : address };
}

function remindersOn(world: World, date: string): ReminderRow[] {
  return visitsOn(world, date).filter(isComing).toSorted((a, b) => a.from - b.from).map((one) => reminderRow(world, one));
}

/** What the desk and the manager look at beside the day. */
export const deskAnswers: Pick<Answers<"scheduling">, "scheduling.figures" | "scheduling.gates_ahead" | "scheduling.reminders" | "scheduling.keep_column_sets" | "scheduling.desk_sheet" | "scheduling.clinical_sheet" | "scheduling.calendar_file"> = {
  "scheduling.figures": (world, input) => {
    if (input.until < input.from) return refuse("scheduling.bad_date", "until", "The last day lies after the first.");
    if (daysBetween(input.from, input.until) >= LONGEST) return refuse("scheduling.too_many", "from", "Choose at most 13 weeks.");
    const weeks = world.setup.resources.length === 0 ? [] : weeksOf(input.from, input.until).map(madeUpWeek);
    const resources = world.setup.resources.filter((one) => !one.ended).map((one, place) => ({
      resource: one.resource,
      name: one.name,
      kind: one.kind,
      weeks: weeks.map((week) => {
        const random = dice(Number(week.from.replaceAll("-", "")) * 31 + place * 7919);
        random();
        const open_minutes = openMinutes(world, one.resource, week.from, week.until);
        const share = one.kind === "practitioner" ? 0.62 + random() * 0.42 : 0.12 + random() * 0.5;
        return { open_minutes, booked_minutes: week.visits === 0 ? 0 : Math.round(open_minutes * share) };
      }),
    }));
    return { from: input.from, until: input.until, weeks, resources };
  },
  "scheduling.gates_ahead": (world, input) => {
    if (input.days < 1 || input.days > 31) return refuse("scheduling.too_many", "days", "Choose 1 to 31 days.");
    const from = scheduleToday();
    const days = Array.from({ length: input.days }, (_, index) => plus(from, index));
    const rows = days.flatMap((date) => visitsOn(world, date).filter((one) => isComing(one) && openGates(world, one).length > 0).toSorted((a, b) => a.from - b.from));
    return { from, until: plus(from, input.days - 1), rows: rows.map((one) => gateRow(world, one)) };
  },
  "scheduling.reminders": (world, input) => ({ date: input.date, rows: remindersOn(world, input.date) }),
  // The shell asks these while it prints; no screen does.
  "scheduling.desk_sheet": () => refuse("door.unknown_operation", null, "The window does not ask this."),
  "scheduling.clinical_sheet": () => refuse("door.unknown_operation", null, "The window does not ask this."),
  "scheduling.calendar_file": () => refuse("door.unknown_operation", null, "The window does not ask this."),
  "scheduling.keep_column_sets": (world, input) => {
    if (input.sets.some((one) => one.number < 4 || one.number > 8)) return refuse("scheduling.too_many", "sets", "Choose a key from 4 to 8.");
    world.schedule.columnSets = input.sets;
    return null;
  },
};

/** What of the day is written into a folder that a person chose. */
export const deskPapers: Pick<Answers<"shell">, "shell.save_day_sheet" | "shell.save_downtime_paper" | "shell.save_reminders" | "shell.save_calendar"> = {
  "shell.save_day_sheet": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    const visits = visitsOn(world, input.date).filter((one) => input.resource === null || one.resources.includes(input.resource));
    return { name: `day-${input.kind}-${input.date}.pdf`, sha256: SHA, visits: visits.length };
  },
  "shell.save_downtime_paper": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (input.forms < 0 || input.forms > 50) return refuse("scheduling.too_many", "forms", "Choose at most 50 forms.");
    return { name: `downtime-${input.date}.pdf`, sha256: SHA, visits: visitsOn(world, input.date).length };
  },
  "shell.save_reminders": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    const rows = remindersOn(world, input.date);
    const reached = rows.filter((one) => (input.kind === "list" ? one.phone !== null : one.address.length > 0));
    return { name: `reminders-${input.kind}-${input.date}.pdf`, sha256: SHA, people: reached.length, left_out: rows.length - reached.length };
  },
  "shell.save_calendar": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (input.reason.trim() === "") return refuse("door.reason_needed", "reason", "Say why.");
    if (input.until < input.from) return refuse("scheduling.bad_date", "until", "The last day lies after the first.");
    const events = world.schedule.visits.filter((one) => one.date >= input.from && one.date <= input.until && one.resources.includes(input.resource) && one.status !== "cancelled");
    return { name: `calendar-${input.from}.ics`, sha256: SHA, events: events.length };
  },
};
