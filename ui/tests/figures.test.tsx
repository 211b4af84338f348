import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { FigureWeek, Role } from "../src/bridge";
import { emptySetup } from "../src/bridge/fake/schedulingSetup";
import { missedOf, periodOf, rangeOf, topOf, usedOf, wrongPeriod } from "../src/features/scheduling/figures";
import { todayCivil } from "../src/words";
import { answered, at, callsOf, choose, expectAccessible, fill, openWindow, press, refusedAt, type Opened } from "./window";

const SLOW = { timeout: 60_000 };
const week = (change: Partial<FigureWeek>): FigureWeek => ({ from: "2026-11-02", until: "2026-11-08", visits: 0, took_place: 0, no_show: 0, cancelled: 0, no_show_rate: null, lead_days: null, waited_minutes: null, ...change });

async function openFigures(roles: Role[] = ["department_manager"], prepare?: Parameters<typeof openWindow>[2]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, prepare);
  await press(opened, "nav-figures");
  await at("figures-period");
  return opened;
}

describe("periods", () => {
  it("begin with a Monday, and the longest is thirteen weeks", () => {
    // November 22 is a Sunday: it ends its week.
    expect(periodOf("four", "2026-11-22")).toEqual({ from: "2026-10-26", until: "2026-11-22" });
    expect(periodOf("thirteen", "2026-11-23")).toEqual({ from: "2026-08-31", until: "2026-11-23" });
    expect(periodOf("month", "2026-11-01")).toEqual({ from: "2026-11-01", until: "2026-11-01" });
    for (let day = 1; day <= 28; day += 1) expect(wrongPeriod(periodOf("thirteen", `2026-02-${String(day).padStart(2, "0")}`))).toBeNull();
  });

  it("that are typed wrong are refused at their field", () => {
    expect(wrongPeriod({ from: "soon", until: "2026-11-22" })).toEqual({ field: "from", key: "fromNeeded" });
    expect(wrongPeriod({ from: "2026-11-22", until: "" })).toEqual({ field: "until", key: "untilNeeded" });
    expect(wrongPeriod({ from: "2026-11-22", until: "2026-11-21" })).toEqual({ field: "until", key: "untilBefore" });
    expect(wrongPeriod({ from: "2026-01-01", until: "2026-04-01" })).toBeNull();
    expect(wrongPeriod({ from: "2026-01-01", until: "2026-04-02" })).toEqual({ field: "from", key: "tooLong" });
  });
});

describe("numbers of a period", () => {
  it("count what is over, and are none where nothing is", () => {
    expect(missedOf([week({ took_place: 90, no_show: 5, cancelled: 40 }), week({ took_place: 3, no_show: 2 })])).toEqual({ over: 100, missed: 7, share: 7.000000000000001 });
    expect(missedOf([week({ cancelled: 4 })]).share).toBeNull();
    expect(rangeOf([null, 7, 4, null, 9])).toEqual({ least: 4, most: 9 });
    expect(rangeOf([null])).toBeNull();
    expect(usedOf([{ open_minutes: 480, booked_minutes: 500 }, { open_minutes: 0, booked_minutes: 0 }])).toBe(104);
    expect(usedOf([{ open_minutes: 0, booked_minutes: 30 }])).toBeNull();
  });

  it("stand under a round top that nothing reaches over", () => {
    expect([topOf([]), topOf([week({ no_show_rate: 420 })]), topOf([week({ no_show_rate: 1_030 })]), topOf([week({ no_show_rate: 10_000 })])]).toEqual([10, 10, 20, 100]);
  });
});

describe("the figures", () => {
  it("say what they count, and can be read as tables", SLOW, async () => {
    const opened = await openFigures();
    await answered("figures-numbers", "visits that are over or were missed");
    const weeks = await at("figures-weeks");
    expect(within(weeks).getAllByRole("row").length).toBe(14);
    expect(within(weeks).getByRole("columnheader", { name: "Missed, share" })).toBeTruthy();
    const use = screen.getByTestId("figures-use");
    expect(within(use).getByRole("rowheader", { name: /Dr. Naomi Ito/ })).toBeTruthy();
    // What the bars show is in the table, so the bars are not read twice.
    expect(screen.getByTestId("figures-rate").getAttribute("aria-hidden")).toBe("true");
    expect(callsOf(opened, "scheduling.figures").map((one) => one.input)).toEqual([periodOf("thirteen", todayCivil())]);
    await expectAccessible();
  });

  it("name no patient", async () => {
    const opened = await openFigures();
    await at("figures");
    const names = opened.fake.world.patients.map((one) => one.versions.at(-1)?.record.name.family ?? "");
    const words = screen.getByTestId("figures").textContent ?? "";
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => new RegExp(`\\b${name}\\b`).test(words))).toEqual([]);
  });

  it("are counted for other dates, once these can be", SLOW, async () => {
    const opened = await openFigures();
    await at("figures");
    await choose(opened, "figures-period", "own");
    const before = callsOf(opened, "scheduling.figures").length;
    await fill(opened, "figures-from", "1/1/2026");
    await fill(opened, "figures-until", "12/1/2026");
    await press(opened, "figures-show");
    await refusedAt("figures-from", "Choose at most 13 weeks.");
    await expectAccessible();
    expect(callsOf(opened, "scheduling.figures").length).toBe(before);
    await fill(opened, "figures-from", "11/2/2026");
    await fill(opened, "figures-until", "11/15/2026");
    await press(opened, "figures-show");
    await waitFor(() => expect(callsOf(opened, "scheduling.figures").at(-1)?.input).toEqual({ from: "2026-11-02", until: "2026-11-15" }));
    await answered("figures", "Nov 2 – 15, 2026");
    expect(within(screen.getByTestId("figures-weeks")).getAllByRole("row").length).toBe(3);
  });

  it("are printed by the window", async () => {
    const opened = await openFigures();
    await at("figures");
    await press(opened, "figures-print");
    expect(callsOf(opened, "shell.print").length).toBe(1);
    opened.fake.failNext("shell.print", { kind: "fault", reference: "F-9" });
    await press(opened, "figures-print");
    await answered("figures-refused", "F-9");
  });

  it("say why there are none", async () => {
    await openFigures(["owner"], ({ world }) => { world.setup = emptySetup(); });
    await screen.findByText("Nothing was booked in this period");
    await expectAccessible();
  });

  it("are not for the desk", async () => {
    openWindow("signed_in", ["receptionist"]);
    await at("nav-patients");
    expect(screen.queryByTestId("nav-figures")).toBeNull();
  });
});
