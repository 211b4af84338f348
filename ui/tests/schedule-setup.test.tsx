import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Role } from "../src/bridge";
import { emptySetup } from "../src/bridge/fake/schedulingSetup";
import { clockRange, clockText, readClock, weekdaysText } from "../src/features/scheduling/clock";
import { answered, at, callsOf, choose, expectAccessible, gone, openWindow, press, refusedAt, typeInto, type Opened } from "./window";

const SLOW = { timeout: 60_000 };
const t = (key: string, options: Record<string, unknown> = {}) => [key, ...Object.values(options)].join(" ");

async function openSetup(roles: Role[] = ["owner"], empty = false): Promise<Opened> {
  const opened = openWindow("signed_in", roles, ({ world }) => (empty ? Object.assign(world, { setup: emptySetup() }) : world));
  await press(opened, "nav-hours");
  await at(empty ? "first-hour" : "resource-rows");
  return opened;
}

async function openRow(opened: Opened, rows: string, words: string): Promise<void> {
  const found = await waitFor(() => {
    const row = screen.getAllByTestId(rows).find((one) => one.textContent?.includes(words));
    if (!row) throw new Error(`no row ${words}`);
    return row;
  });
  await opened.user.click(found);
}

describe("times of day", () => {
  it.each([["8", 480], ["8:30", 510], ["830", 510], ["8.30", 510], ["17:00", 1020], ["5pm", 1020], ["5 p.m.", 1020], ["1", 780], ["12", 720], ["12am", 0], ["noon", 720], ["24:00", 1440], ["8:30 AM", 510], ["", null], ["25", null], ["8:75", null], ["soon", null], ["13pm", null]] as const)("%s is read", (typed, minute) => {
    expect(readClock(typed)).toBe(minute);
  });

  it("are read back as they are shown", () => {
    for (let minute = 0; minute < 1440; minute += 5) expect([minute, readClock(clockText(minute))]).toEqual([minute, minute]);
  });

  it("and days are said in few words", () => {
    expect(weekdaysText([1, 2, 3, 4, 5], t)).toBe("scheduling.days Mon Fri");
    expect(weekdaysText([1, 2, 6], t)).toBe("Mon, Tue, Sat");
    expect(weekdaysText([], t)).toBe("scheduling.everyDay");
    expect(clockRange(0, 1440, t)).toBe("scheduling.allDay");
    expect(clockRange(510, 720, t)).toBe("8:30 AM – 12:00 PM");
  });
});

describe("people and rooms", () => {
  it("say what has lapsed, and are kept with what they can do", SLOW, async () => {
    const opened = await openSetup();
    await answered("resource-rows", "Lapsed: nitrous oxide");
    await expectAccessible();
    await opened.user.keyboard("n");
    await opened.user.click(await at("resource-kind-equipment"));
    await press(opened, "form-save");
    await refusedAt("resource-name", "text");
    await typeInto(opened, "resource-name", "Spirometer");
    await press(opened, "can-add");
    await typeInto(opened, "can-0-name", "lung function");
    await typeInto(opened, "can-0-until", "3/1/2031");
    await expectAccessible();
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await gone("resource-form");
    await answered("resource-rows", "Spirometer");
    expect(callsOf(opened, "scheduling.keep_resource").at(-1)?.input).toMatchObject({ kind: "equipment", name: "Spirometer", practitioner: null, capacity: 1, capabilities: [{ name: "lung function", valid_until: "2031-03-01" }] });
  });

  it("take their name from the staff, and no two are called the same", SLOW, async () => {
    const opened = await openSetup();
    await press(opened, "resource-new");
    await opened.user.type(await at("resource-staff"), "Alv");
    await opened.user.click(await screen.findByRole("option", { name: "Rosa Alvarez" }));
    expect(((await at("resource-name")) as HTMLInputElement).value).toBe("Rosa Alvarez");
    await typeInto(opened, "resource-name", "Room 1");
    await press(opened, "form-save");
    await refusedAt("resource-name", "name");
  });

  it("keep what was typed over a lock, and bring back what was thrown away", SLOW, async () => {
    const opened = await openSetup();
    await press(opened, "resource-new");
    await typeInto(opened, "resource-name", "Room 9");
    await opened.user.keyboard("{Control>}l{/Control}");
    await typeInto(opened, "unlock-passphrase", "correct horse battery staple");
    await press(opened, "unlock-submit");
    await waitFor(async () => expect(((await at("resource-name")) as HTMLInputElement).value).toBe("Room 9"));
    await press(opened, "form-cancel");
    await gone("resource-form");
    await press(opened, "toast-undo");
    await waitFor(async () => expect(((await at("resource-name")) as HTMLInputElement).value).toBe("Room 9"));
  });

  it("stand in departments of sites", SLOW, async () => {
    const opened = await openSetup();
    await press(opened, "places-open");
    await answered("places", "Procedures and lab");
    await press(opened, "department-new");
    await typeInto(opened, "department-name", "Imaging");
    await press(opened, "form-save");
    await answered("places", "Imaging");
    expect(callsOf(opened, "scheduling.keep_department").at(-1)?.input).toEqual({ name: "Imaging", site: "site-1" });
  });

  it("are set up by nobody who may not", async () => {
    openWindow("signed_in", ["receptionist"]);
    await at("nav-patients");
    expect(screen.queryByTestId("nav-hours")).toBeNull();
  });
});

describe("hours", () => {
  const openHours = async (): Promise<Opened> => {
    const opened = await openSetup();
    await press(opened, "tab-hours");
    await screen.findAllByTestId("calendar-row");
    return opened;
  };

  it("are painted and said, with what differs", async () => {
    const opened = await openHours();
    expect(screen.getByRole("img", { name: /Dr. Peter Osei: .*Sat every second week, 9:00 AM – 12:00 PM/ })).toBeTruthy();
    await expectAccessible();
    await openRow(opened, "calendar-row", "Dr. Peter Osei");
    await answered("hours", "Vacation");
    await expectAccessible();
  });

  it("are added on alternating weeks", SLOW, async () => {
    const opened = await openHours();
    await openRow(opened, "calendar-row", "Dr. Naomi Ito");
    await press(opened, "rule-new-open");
    // One press after the other, as a hand does it.
    // oxlint-disable-next-line no-await-in-loop
    for (const weekday of [1, 2, 3, 4, 5, 6]) await press(opened, `rule-weekdays-${weekday}`);
    await typeInto(opened, "rule-from-minute", "soon");
    await press(opened, "form-save");
    await refusedAt("rule-from-minute", "Type a time");
    await typeInto(opened, "rule-from-minute", "9");
    await typeInto(opened, "rule-to-minute", "1pm");
    await choose(opened, "rule-every", "2");
    await expectAccessible();
    await press(opened, "form-save");
    await answered("hours", "Sat every second week, 9:00 AM – 1:00 PM");
    expect(callsOf(opened, "scheduling.keep_rule").at(-1)?.input).toMatchObject({ calendar: "calendar-1", kind: "open", weekdays: [6], every_weeks: 2, until: null, from_minute: 540, to_minute: 780 });
  });

  it("give everybody one holiday", SLOW, async () => {
    const opened = await openHours();
    await openRow(opened, "calendar-row", "Room 1");
    await press(opened, "rule-new-holiday");
    await typeInto(opened, "rule-label", "Memorial Day");
    await typeInto(opened, "rule-from", "5/31/2027");
    await typeInto(opened, "rule-until", "5/30/2027");
    await press(opened, "form-save");
    await refusedAt("rule-until", "date");
    await typeInto(opened, "rule-until", "5/31/2027");
    await press(opened, "form-save");
    await answered("hours", "Memorial Day");
    expect(callsOf(opened, "scheduling.keep_rule").filter((one) => (one.input as { until: string }).until === "2027-05-31")).toHaveLength(7);
  });

  it("are taken away, and given back", SLOW, async () => {
    const opened = await openHours();
    await openRow(opened, "calendar-row", "Dr. Peter Osei");
    const row = (await screen.findAllByTestId("rule-row")).find((one) => one.textContent?.includes("Vacation"));
    await opened.user.click(within(row as HTMLElement).getByTestId("rule-end"));
    await waitFor(() => expect(screen.getByTestId("hours")).not.toHaveTextContent("Vacation"));
    await press(opened, "toast-undo");
    await answered("hours", "Vacation");
  });
});

describe("services", () => {
  const openServices = async (): Promise<Opened> => {
    const opened = await openSetup();
    await press(opened, "tab-services");
    await at("product-rows");
    return opened;
  };

  it("say what they need in plain words", async () => {
    await openServices();
    await answered("product-rows", "one person for minor surgery and one room with laminar flow hood");
    await expectAccessible();
  });

  it("are changed as a new version", SLOW, async () => {
    const opened = await openServices();
    await openRow(opened, "product-row", "Minor procedure");
    await answered("product-form", "Version 1.");
    await press(opened, "need-add");
    await choose(opened, "need-2-kind", "equipment");
    await choose(opened, "need-2-what", "can ECG");
    await answered("product-form", "one person for minor surgery, one room with laminar flow hood, and one device for ECG");
    await typeInto(opened, "product-price", "lots");
    await press(opened, "form-save");
    await refusedAt("product-price", "Type an amount");
    await typeInto(opened, "product-price", "512.50");
    await expectAccessible();
    await press(opened, "form-save");
    await gone("product-form");
    await answered("product-rows", "v2");
    expect(callsOf(opened, "scheduling.keep_product").at(-1)?.input).toMatchObject({ product: "product-6", sensitive: true, price_cents: 51_250, notice_minutes: 1440, requirements: [{}, {}, { kind: "equipment", capability: "ECG", resource: null, count: 1 }] });
  });

  it("bring a new group with them, once", SLOW, async () => {
    const opened = await openServices();
    await press(opened, "product-new");
    await typeInto(opened, "product-label", "Follow-up");
    await choose(opened, "product-service", "new");
    await typeInto(opened, "product-service-name", "Group visits");
    await press(opened, "form-save");
    await refusedAt("product-label", "name");
    await typeInto(opened, "product-label", "Diabetes class");
    await press(opened, "form-save");
    await answered("product-rows", "Diabetes class");
    expect(opened.fake.world.setup.services.filter((one) => one.name === "Group visits")).toHaveLength(1);
  });
});

describe("the first hour", () => {
  it("sets up all that a first booking needs", SLOW, async () => {
    const opened = await openSetup(["owner"], true);
    await expectAccessible();
    await press(opened, "first-save");
    await refusedAt("first-person", "whom patients come to see");
    await opened.user.type(await at("first-staff"), "Osei");
    await opened.user.click(await screen.findByRole("option", { name: "Dr. Peter Osei" }));
    await typeInto(opened, "first-service-1-minutes", "40");
    await opened.user.click(await at("first-service-2-on"));
    await press(opened, "first-save");
    await waitFor(() => expect(opened.fake.world.setup.products).toHaveLength(2));
    const { sites, resources, rules, products } = opened.fake.world.setup;
    expect(sites.map((one) => one.name)).toEqual(["Lakeside Family Medicine"]);
    expect(resources.map((one) => [one.kind, one.name, one.staff])).toEqual([["practitioner", "Dr. Peter Osei", "staff-2"], ["room", "Room 1", null]]);
    expect(rules.map((one) => [one.from_minute, one.to_minute])).toEqual([[540, 720], [780, 1020], [540, 1020]]);
    expect(products.map((one) => [one.label, one.minutes])).toEqual([["Follow-up", 30], ["New patient", 40]]);
  });

  it("goes on where it was stopped, and makes nothing twice", SLOW, async () => {
    const opened = await openSetup(["owner"], true);
    await typeInto(opened, "first-person", "Dr. Ada Vale");
    opened.fake.failNext("scheduling.keep_service", { kind: "fault", reference: "F-1" });
    await press(opened, "first-save");
    await answered("error-summary", "F-1");
    await press(opened, "first-save");
    await waitFor(() => expect(opened.fake.world.setup.products).toHaveLength(3));
    expect(opened.fake.world.setup.resources).toHaveLength(2);
    expect(opened.fake.world.setup.rules).toHaveLength(3);
  });

  it("goes on there over a lock and another screen, too", SLOW, async () => {
    const opened = await openSetup(["owner"], true);
    await typeInto(opened, "first-person", "Dr. Ada Vale");
    opened.fake.failNext("scheduling.keep_service", { kind: "fault", reference: "F-1" });
    await press(opened, "first-save");
    await answered("error-summary", "F-1");
    await opened.user.keyboard("{Control>}l{/Control}");
    await typeInto(opened, "unlock-passphrase", "correct horse battery staple");
    await press(opened, "unlock-submit");
    // A part stands already, and still it is this page that is shown.
    await waitFor(async () => expect(((await at("first-person")) as HTMLInputElement).value).toBe("Dr. Ada Vale"));
    await press(opened, "nav-patients");
    await gone("first-hour");
    await press(opened, "nav-hours");
    await press(opened, "first-save");
    await waitFor(() => expect(opened.fake.world.setup.products).toHaveLength(3));
    const { sites, resources, rules, services } = opened.fake.world.setup;
    expect([sites.length, resources.length, rules.length, services.length]).toEqual([1, 2, 3, 1]);
    await gone("first-hour");
    // Once it is done, the page is not shown again.
    await press(opened, "nav-hours");
    await at("resource-rows");
  });

  it("refuses a name at the field of what is made next", SLOW, async () => {
    const opened = await openSetup(["owner"], true);
    await typeInto(opened, "first-person", "Dr. Ada Vale");
    await typeInto(opened, "first-room", "Dr. Ada Vale");
    await press(opened, "first-save");
    await refusedAt("first-room", "name");
    expect(screen.getByTestId("first-site").getAttribute("aria-invalid")).not.toBe("true");
  });

  it("can be left for the forms", async () => {
    const opened = await openSetup(["owner"], true);
    await press(opened, "first-own");
    await at("resource-new");
    await expectAccessible();
  });
});
