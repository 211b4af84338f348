import { newVisit, scheduleToday, shadesOn } from "./schedule";
import { calendarOf } from "./schedulingSetup";
import type { World } from "./world";

const MORE: readonly [name: string, note: string, kind: "practitioner" | "room" | "equipment"][] = [
  ["Dr. Lena Feldmann", "Family medicine", "practitioner"],
  ["Dr. Samuel Okafor", "Internal medicine", "practitioner"],
  ["T. Reyes, RN", "Nurse visits", "practitioner"],
  ["Room 3", "Exam", "room"],
  ["Ultrasound", "Serviced to Jan 9", "equipment"],
];

/** Twelve columns and 150 visits, to see how the day bears it. */
export function makeBusy(world: World): void {
  MORE.forEach(([name, note, kind], index) => {
    const resource = `resource-${8 + index}`;
    const like = world.setup.resources.find((one) => one.kind === kind);
    if (like) world.setup.resources.push({ ...like, resource, name, note, staff: null });
    const calendar = world.setup.calendars[0];
    if (calendar) world.setup.calendars.push({ ...calendar, calendar: calendarOf(resource), name, resources: [resource] });
    world.setup.rules.push(...world.setup.rules.filter((one) => one.calendar === calendarOf("resource-4")).map((one, place) => ({ ...one, rule: `rule-busy-${index}-${place}`, calendar: calendarOf(resource) })));
  });
  const date = scheduleToday();
  let patient = 30;
  for (const { resource } of world.setup.resources) {
    const shades = shadesOn(world, date, resource);
    for (let from = 480; from < 1_020; from += 30) {
      const taken = world.schedule.visits.some((one) => one.date === date && one.resources.includes(resource) && one.from < from + 30 && one.from + one.minutes > from);
      if (taken || shades.some((one) => one.from < from + 30 && one.to > from) || world.schedule.visits.filter((one) => one.date === date).length >= 150) continue;
      patient += 1;
      newVisit(world.schedule, { date, patient: world.patients[patient]?.id ?? "", product: "product-1", resources: [resource], from, minutes: 30 });
    }
  }
}
