import { screen, waitFor, within } from "@testing-library/react";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newVisit, scheduleToday } from "../src/bridge/fake/schedule";
import { plus } from "../src/bridge/fake/calendar";
import { OFTEN, rareDay, readCount, ruleOf } from "../src/features/scheduling/repeat";
import { SLOW, last, openDay, visit } from "./dayWindow";
import { answered, at, choose, expectAccessible, fill, gone, press, refusedAt } from "./window";

describe("the rule of a series", () => {
  it("says how often and how many in all", () => {
    expect(OFTEN.map((often) => ruleOf(often, 8))).toEqual(["FREQ=WEEKLY;INTERVAL=1;COUNT=8", "FREQ=WEEKLY;INTERVAL=2;COUNT=8", "FREQ=WEEKLY;INTERVAL=4;COUNT=8", "FREQ=MONTHLY;COUNT=8"]);
  });

  it("takes whole numbers from 2 to 52 and nothing else", () => {
    fc.assert(fc.property(fc.integer({ min: -200, max: 200 }), (count) => readCount(String(count)) === (count >= 2 && count <= 52 ? count : null)));
    expect(["", "1.5", "six", "1", " 8 ", "008"].map(readCount)).toEqual([null, null, null, null, 8, null]);
  });

  it("warns of days that not every month has", () => {
    expect([rareDay("month", "2026-01-31"), rareDay("month", "2026-01-28"), rareDay("week", "2026-01-31")]).toEqual([31, null, null]);
  });
});

describe("a visit that repeats", () => {
  it("is booked where it is free, and what is not is listed with why", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => {
      // Somebody has that time in two weeks.
      newVisit(world.schedule, { date: plus(scheduleToday(), 14), patient: world.patients[30]?.id ?? "", product: "product-1", resources: ["resource-1"], from: 870, minutes: 30 });
      world.schedule.made.add(plus(scheduleToday(), 7)).add(plus(scheduleToday(), 14)).add(plus(scheduleToday(), 21));
    });
    await opened.user.click(await visit("Noor Rahimi"));
    await press(opened, "repeat-open");
    expect(document.activeElement?.closest("[data-testid=repeat-form]")).toBeTruthy();
    await fill(opened, "repeat-count", "1");
    await press(opened, "repeat-save");
    await refusedAt("repeat-count", "Type a whole number from 2 to 52.");
    await expectAccessible();
    await fill(opened, "repeat-count", "4");
    await press(opened, "repeat-save");
    await answered("repeat-booked", "2 more visits are booked");
    expect(last(opened, "scheduling.repeat")).toMatchObject({ rule: "FREQ=WEEKLY;INTERVAL=1;COUNT=4" });
    await answered("repeat-not-booked", "2:30 to 3:00: somebody or something it needs is taken");
    expect(within(screen.getByTestId("repeat-booked")).getAllByTestId("repeat-one").length).toBe(2);
    await answered("series", "This visit repeats");
    expect(screen.queryByTestId("repeat-open")).toBeNull();
    // The focus goes to what stands there now, so that Escape still closes the flyout.
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("series-end"));
    await expectAccessible();
  });

  it("every second week says so in its rule", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.click(await visit("Noor Rahimi"));
    await press(opened, "repeat-open");
    await choose(opened, "repeat-often", "twoWeeks");
    await fill(opened, "repeat-count", "8");
    await opened.user.keyboard("{Enter}");
    await at("repeat-done");
    expect(last(opened, "scheduling.repeat")).toMatchObject({ rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=8" });
  });

  it("tells what lies further ahead than one may book", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => {
      world.setup.calendars = world.setup.calendars.map((one) => ({ ...one, horizon_days: 20 }));
      world.schedule.made.add(plus(scheduleToday(), 7)).add(plus(scheduleToday(), 14));
    });
    await opened.user.click(await visit("Noor Rahimi"));
    await press(opened, "repeat-open");
    await press(opened, "repeat-save");
    await answered("repeat-booked", "2 more visits are booked");
    await answered("repeat-beyond", "3 more would lie further ahead than one may book.");
  });

  it("ends with all that follows, and why", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.click(await visit("Noor Rahimi"));
    await press(opened, "repeat-open");
    await fill(opened, "repeat-count", "3");
    await press(opened, "repeat-save");
    await answered("series", "Cancel this and the following");
    await press(opened, "series-end");
    await press(opened, "series-patient_asked");
    await answered("visit-status", "Cancelled");
    expect(last(opened, "scheduling.end_series")).toMatchObject({ reason: "patient_asked" });
    await answered("toast", "cancelled");
    await gone("series-patient_asked");
    expect(opened.fake.world.schedule.visits.filter((one) => one.series !== undefined && one.status !== "cancelled")).toEqual([]);
  });

  it("says why it cannot be repeated", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.click(await visit("Noor Rahimi"));
    await press(opened, "repeat-open");
    opened.fake.failNext("scheduling.repeat", { kind: "refused", code: "scheduling.in_series", field: "unit", remedy: "End it first." });
    await press(opened, "repeat-save");
    await answered("repeat-refused", "This visit repeats already.");
  });
});
