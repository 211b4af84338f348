import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { DayView, Role } from "../src/bridge";
import { forgetDay } from "../src/features/scheduling";
import { freeTimes } from "../src/features/scheduling/agenda";
import { takenOf } from "../src/features/scheduling/MonthView";
import { leftText } from "../src/features/scheduling/useHolding";
import { answered, at, callsOf, choose, expectAccessible, gone, openChart, openWindow, press, typeInto, type Opened } from "./window";

const SLOW = { timeout: 60_000 };

// The screen remembers which day was open and how; each test begins with today.
beforeEach(forgetDay);

async function openDay(roles: Role[] = ["owner", "physician"], prepare?: Parameters<typeof openWindow>[2]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, prepare);
  await press(opened, "nav-day");
  await at("day-grid");
  return opened;
}

const column = { resource: "r", kind: "room" as const, name: "Room", note: "", capacity: 1, grid_minutes: 10 };
const visit = (from: number, minutes: number, change: Partial<DayView["visits"][number]> = {}): DayView["visits"][number] => ({ unit: `u${from}`, version: 1, product: "q", patient: "p", patient_name: "Hall, Ann", resources: ["r"], from, minutes, before: 0, after: 0, time: "", label: "Visit", status: "booked", since: null, overridden: false, repeats: false, told: null, ...change });
const numbers = { booked: 0, arrived: 0, in_care: 0, done: 0, missed: 0, longest_wait_minutes: null, longest_wait_where: null, waitlist: 0, checks: 0 };
const someDay = (change: Partial<DayView>): DayView => ({ date: "2026-03-09", today: "2026-03-09", zone: "UTC", minutes: 1440, now: null, first: 480, last: 1020, labels: [], columns: [column], shades: [], visits: [], holds: [], reserved: [], numbers, column_sets: [], ...change });

describe("free times", () => {
  it("lie between what is booked, held and closed, buffers counted", () => {
    const day = someDay({
      visits: [visit(540, 30, { before: 10, after: 5 })],
      holds: [{ hold: "h", product: null, resources: ["r"], from: 600, minutes: 30, until: "", until_text: "", seconds_left: 60, held_by: "", own: true }],
      shades: [{ resource: "r", from: 720, to: 780, kind: "closed", label: "" }, { resource: "other", from: 480, to: 1020, kind: "closed", label: "" }],
    });
    expect(freeTimes(day, column)).toEqual([{ from: 480, minutes: 50 }, { from: 575, minutes: 25 }, { from: 630, minutes: 90 }, { from: 780, minutes: 240 }]);
  });

  it("begin now, and are none on a day that is over", () => {
    expect(freeTimes(someDay({ now: 615 }), column)).toEqual([{ from: 620, minutes: 400 }]);
    expect(freeTimes(someDay({ date: "2026-03-06" }), column)).toEqual([]);
  });

  it("count one that was cancelled as free", () => {
    expect(freeTimes(someDay({ visits: [visit(480, 540, { status: "cancelled" })] }), column)).toEqual([{ from: 480, minutes: 540 }]);
  });

  it("and what is booked make the whole open day", () => {
    // Overlaps, gaps and what reaches over the edges, in every order.
    for (let seed = 0; seed < 200; seed += 1) {
      const visits = Array.from({ length: seed % 7 }, (_, place) => visit(440 + ((seed * 37 + place * 91) % 560), 10 + ((seed + place * 13) % 60)));
      const free = freeTimes(someDay({ visits }), { ...column, grid_minutes: 5 });
      const taken = new Set<number>();
      for (const one of visits) for (let minute = one.from; minute < one.from + one.minutes; minute += 1) taken.add(minute);
      for (const one of free) for (let minute = one.from; minute < one.from + one.minutes; minute += 1) expect([seed, minute, taken.has(minute)]).toEqual([seed, minute, false]);
      const left = Array.from({ length: 540 }, (_, place) => 480 + place).filter((minute) => !taken.has(minute)).length;
      expect(left - free.reduce((sum, one) => sum + one.minutes, 0)).toBeLessThan(5 * (visits.length + 1));
    }
  });
});

describe("small figures", () => {
  it("are whole", () => {
    expect(takenOf({ open_minutes: 0, busy_minutes: 10 })).toBeNull();
    expect(takenOf({ open_minutes: 480, busy_minutes: 160 })).toBe(33);
    expect([leftText(600), leftText(59), leftText(0)]).toEqual(["10:00", "0:59", "0:00"]);
  });
});

describe("the week", () => {
  it("lists everybody, paints one, and is walked by arrows", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "mode-week");
    const view = await at("week-view");
    expect(view.getAttribute("data-crowded")).toBe("true");
    await expectAccessible();
    const [first, second] = screen.getAllByTestId("week-visit");
    first?.focus();
    await opened.user.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(second);
    await choose(opened, "week-who", "resource-1");
    await waitFor(() => expect(callsOf(opened, "scheduling.week").at(-1)?.input).toMatchObject({ days: 7, resources: ["resource-1"] }));
    await expectAccessible();
    await opened.user.click((await screen.findAllByTestId("week-visit"))[0] as HTMLElement);
    await at("visit-flyout");
  });
});

describe("the month", () => {
  it("counts and names nobody, and opens a day", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "mode-month");
    const view = await at("month-view");
    expect(view.textContent).not.toMatch(/Hallorán|Okonkwo|Brandt/);
    await expectAccessible();
    const days = screen.getAllByTestId("month-day");
    days[9]?.focus();
    await opened.user.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(days[16]);
    await opened.user.keyboard("{Enter}");
    await at("day-grid");
    await waitFor(() => expect(callsOf(opened, "scheduling.day").at(-1)?.input).toMatchObject({ date: expect.stringMatching(/-17$/) as string }));
  });
});

describe("the list of the day", () => {
  it("says all that the grid shows, and books what is free", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "mode-list");
    const lines = await screen.findAllByTestId("agenda-visit");
    const { visits } = opened.fake.world.schedule;
    expect(lines).toHaveLength(visits.filter((one) => one.date === visits[0]?.date).length);
    await expectAccessible();
    await choose(opened, "agenda-who", "resource-1");
    const free = await screen.findAllByTestId("agenda-free");
    await expectAccessible();
    free.at(-1)?.focus();
    await opened.user.keyboard("{Enter}");
    await at("book-flyout");
  });

  it("offers no free time to who books nothing", async () => {
    const opened = openWindow("signed_in", ["biller"]);
    await press(opened, "nav-day");
    await press(opened, "mode-list");
    await choose(opened, "agenda-who", "resource-1");
    await screen.findAllByTestId("agenda-visit");
    expect(screen.queryByTestId("agenda-free")).toBeNull();
  });
});

describe("finding an opening", () => {
  it("goes by keys from the question to a held time and its booking", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "day-find");
    await waitFor(async () => expect(document.activeElement).toBe(await at("openings-product")));
    await opened.user.keyboard("Annual");
    await screen.findByRole("option", { name: /Annual exam/ });
    await opened.user.keyboard("{ArrowDown}{Enter}");
    await answered("openings-count", "openings");
    await expectAccessible();
    await opened.user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getAllByTestId("opening")[0]));
    await opened.user.keyboard("{ArrowDown}{Enter}");
    await at("book-flyout");
    await answered("book-flyout", "Held for you");
    expect(callsOf(opened, "scheduling.hold_slot")).toHaveLength(1);
    expect(callsOf(opened, "scheduling.hold_slot")[0]?.input).toMatchObject({ product: "product-3", slot: { minutes: 45 } });
  });

  it("takes wishes, and says when nothing is free", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "day-find");
    await opened.user.type(await at("openings-product"), "Vaccines");
    await opened.user.click(await screen.findByRole("option", { name: /Vaccines/ }));
    await press(opened, "openings-more");
    await press(opened, "wish-days-7");
    await choose(opened, "wish-time", "afternoon");
    await answered("openings-count", "Nothing is free");
    expect(callsOf(opened, "scheduling.openings").at(-1)?.input).toMatchObject({ product: "product-5", weekdays: [7], not_before: 720, not_after: null });
    await expectAccessible();
  });

  it("says why a time cannot be held", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "day-find");
    await opened.user.type(await at("openings-product"), "Blood");
    await opened.user.click(await screen.findByRole("option", { name: /Blood draw/ }));
    await screen.findAllByTestId("opening");
    opened.fake.failNext("scheduling.hold_slot", { kind: "refused", code: "scheduling.conflict", field: null, remedy: "Choose another time." });
    await opened.user.click(screen.getAllByTestId("opening")[0] as HTMLElement);
    await at("openings-refused");
  });
});

describe("the waitlist", () => {
  it("shows what fits, and holds it for who waits", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "waitlist-open");
    await screen.findAllByTestId("wait-offer");
    await expectAccessible();
    await opened.user.click(screen.getAllByTestId("wait-offer")[0] as HTMLElement);
    await at("book-flyout");
    await answered("book-flyout", "Held for you");
    await answered("book-flyout", "Lukas Müller");
  });

  it("is left with one tap, and taken up again", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "waitlist-open");
    await screen.findAllByTestId("wait-row");
    const before = opened.fake.world.schedule.waiting.length;
    await opened.user.click(screen.getAllByTestId("wait-leave")[0] as HTMLElement);
    await press(opened, "leave-no_answer");
    await waitFor(() => expect(opened.fake.world.schedule.waiting).toHaveLength(before - 1));
    expect(callsOf(opened, "scheduling.leave_waitlist").at(-1)?.input).toMatchObject({ reason: "no_answer" });
    await press(opened, "toast-undo");
    await waitFor(() => expect(opened.fake.world.schedule.waiting).toHaveLength(before));
  });

  it("takes somebody with what they wish", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "waitlist-open");
    await press(opened, "wait-add");
    await press(opened, "form-save");
    await answered("wait-form", "Choose who waits.");
    await opened.user.type(await at("book-pick"), "okonkwo");
    await opened.user.click((await screen.findAllByTestId("picker-row"))[0] as HTMLElement);
    await answered("wait-patient", "Okonkwo");
    await press(opened, "wish-days-2");
    await choose(opened, "wish-time", "own");
    await typeInto(opened, "wish-after", "10");
    await typeInto(opened, "wish-before", "noon");
    await expectAccessible();
    await press(opened, "form-save");
    await gone("wait-form");
    expect(callsOf(opened, "scheduling.wait").at(-1)?.input).toMatchObject({ product: "product-1", weekdays: [2], not_before: 600, not_after: 720, until: null });
    await answered("waitlist", "Amara");
  });
});

describe("a patient's visits", () => {
  it("stand in the chart and on the front desk's card", SLOW, async () => {
    const opened = openWindow("signed_in", ["owner", "physician"]);
    await press(opened, "nav-patients");
    await openChart(opened, "hallorán");
    await press(opened, "tab-visits");
    await answered("patient-visits", "Follow-up");
    await expectAccessible();
    await press(opened, "patient-visit");
    await answered("visit-flyout", "Hallorán");
  });

  it("are on the front desk's card with nothing clinical", async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await press(opened, "nav-patients");
    await openChart(opened, "castellanos");
    await answered("patient-visits", "Visit with Dr. Ito");
    expect(screen.getByTestId("patient-visits")).not.toHaveTextContent("Minor procedure");
  });
});
