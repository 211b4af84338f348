import { refuse, type Answers } from "./answers";
import { reachBy } from "./scheduleFinding";
import { clock, labelOf, nameOf, range, visitsOn, type FakeVisit } from "./schedule";
import type { World } from "./world";

const SHA = "9f".repeat(32);
const folderGone = () => refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");

function line(world: World, visit: FakeVisit) {
  const named = (...kinds: string[]) => world.setup.resources.filter((one) => visit.resources.includes(one.resource) && kinds.includes(one.kind)).map((one) => one.name);
  return { unit: visit.unit, time: range(visit.from, visit.minutes), patient_name: nameOf(world, visit.patient), date_of_birth: null, label: labelOf(world, visit), people: named("practitioner"), rooms: named("room", "theatre"), status: visit.status, desk_note: visit.desk_note };
}

function toCome(world: World, date: string) {
  return visitsOn(world, date).filter((one) => one.status === "booked" || one.status === "confirmed");
}

/** What paper of the calendar is made of. */
export const paperAnswers: Pick<Answers<"scheduling">, "scheduling.desk_sheet" | "scheduling.clinical_sheet" | "scheduling.reminders" | "scheduling.calendar_file"> = {
  "scheduling.desk_sheet": (world, input) => ({
    date: input.date,
    name: world.setup.resources.find((one) => one.resource === input.resource)?.name ?? "",
    rows: visitsOn(world, input.date).filter((one) => input.resource === null || one.resources.includes(input.resource)).map((one) => line(world, one)),
  }),
  "scheduling.clinical_sheet": (world, input) => ({
    date: input.date,
    name: world.setup.resources.find((one) => one.resource === input.resource)?.name ?? "",
    rows: visitsOn(world, input.date).filter((one) => one.resources.includes(input.resource)).map((one) => ({ visit: line(world, one), reason_for_visit: one.reason_for_visit, procedure_detail: one.procedure_detail })),
  }),
  "scheduling.reminders": (world, input) => ({
    date: input.date,
    rows: toCome(world, input.date).map((one) => ({ unit: one.unit, patient: one.patient, patient_name: nameOf(world, one.patient), time: range(one.from, one.minutes), clock: `${clock(one.from)} ${one.from < 720 ? "AM" : "PM"}`, label: labelOf(world, one), status: one.status, reach_by: reachBy(world, one.patient), phone: null, voicemail: false, address: [] })),
  }),
  "scheduling.calendar_file": (_world, _input, asked) => ((asked.reason ?? "").trim() === "" ? refuse("scheduling.calendar_reason", "reason", "Say why.") : { text: "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Keepwell//Calendar//EN\r\nEND:VCALENDAR\r\n", events: 0 }),
};

/** Its files. */
export const paperFiles: Pick<Answers<"shell">, "shell.save_day_sheet" | "shell.save_reminders" | "shell.save_calendar"> = {
  "shell.save_day_sheet": (world, input) => (input.folder === "" ? folderGone() : { name: "keepwell-sheet-0197.pdf", sha256: SHA, visits: visitsOn(world, input.date).filter((one) => input.resource === null || one.resources.includes(input.resource)).length }),
  "shell.save_reminders": (world, input) => (input.folder === "" ? folderGone() : { name: "keepwell-calls-0197.pdf", sha256: SHA, people: 0, left_out: toCome(world, input.date).length }),
  "shell.save_calendar": (_world, input) => {
    if (input.folder === "") return folderGone();
    return input.reason.trim() === "" ? refuse("scheduling.calendar_reason", "reason", "Say why.") : { name: "keepwell-calendar-0197.ics", sha256: SHA, events: 0 };
  },
};
