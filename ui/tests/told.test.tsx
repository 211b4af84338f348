import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Role } from "../src/bridge";
import { plus } from "../src/bridge/fake/calendar";
import { scheduleToday } from "../src/bridge/fake/schedule";
import { makeTold } from "../src/bridge/fake/scheduleTold";
import { shortDayText } from "../src/words";
import { stretchOf } from "../src/features/scheduling/resettle";
import { SLOW, openDay, spokenOf, visit } from "./dayWindow";
import { answered, at, callsOf, expectAccessible, fill, gone, hold, letGo, press, type Opened } from "./window";

const toldDay = (roles: Role[] = ["department_manager"]) => openDay(roles, ({ world }) => makeTold(world));
const asked = (opened: Opened) => callsOf(opened, "scheduling.resettle").map((one) => one.input as { from: string; days: number });
const stillTold = (opened: Opened) => opened.fake.world.schedule.visits.filter((one) => one.told !== undefined);

const thirteen = async (opened: Opened) => opened.user.click(within(await at("told-far")).getAllByRole("radio")[1] as HTMLElement);

describe("visits that stand elsewhere than their patients were told", () => {
  it("are said on the day, in their sentence and beside them", SLOW, async () => {
    const opened = await toldDay(["receptionist"]);
    await answered("told", "10 visits of this day stand elsewhere than their patients were told. Ask the owner or a department manager to put them back.");
    // The desk puts nothing back.
    expect(screen.queryByTestId("told-open")).toBeNull();
    const garcia = await visit("Maria Garcia");
    expect(spokenOf(garcia)).toContain("The patient was told 2:15 to 2:45.");
    expect(spokenOf(await visit("Amara Okonkwo"))).not.toContain("told");
    await opened.user.click(garcia);
    await answered("visit-told", "The patient was told 2:15 to 2:45.");
    await expectAccessible();
    await press(opened, "mode-list");
    await screen.findByText("Follow-up · told 2:15 to 2:45");
    await press(opened, "mode-week");
    const shown = (await screen.findAllByTestId("week-visit")).find((one) => one.textContent?.includes("Garcia"));
    expect(shown).toHaveTextContent("The patient was told 2:15 to 2:45.");
    expect(shown?.dataset["told"]).toBe("true");
    // In the week, the day beside it is another: what a week shows is known as well.
    await press(opened, "day-after");
    const later = (await screen.findAllByTestId("week-visit")).findLast((one) => one.textContent?.includes("was told"));
    await opened.user.click(later as HTMLElement);
    await answered("visit-told", "The patient was told");
  });

  it("are none where nobody was told another time, or where nobody can come at the wrong one any more", SLOW, async () => {
    const opened = await openDay(["owner"], ({ world }) => {
      makeTold(world);
      for (const one of world.schedule.visits) one.status = "checked_out";
    });
    await visit("Maria Garcia");
    expect(screen.queryByTestId("told")).toBeNull();
    await opened.user.click(await visit("Maria Garcia"));
    await answered("visit-told", "The patient was told 2:15 to 2:45.");
  });

  it("go back for seven days, and what would meet something stays and is listed", SLOW, async () => {
    const opened = await toldDay();
    const before = stillTold(opened).length;
    await press(opened, "told-open");
    await expectAccessible();
    await press(opened, "told-start");
    await answered("told-done", "visits and operations were put back to the times people were told.");
    expect(asked(opened)).toEqual([{ from: scheduleToday(), days: 7 }]);
    // The button that began it is gone, and the focus is not gone with it.
    await waitFor(() => expect(screen.getByTestId("told-dialog").contains(document.activeElement)).toBe(true));
    const left = await screen.findAllByTestId("told-left");
    expect(left.map((one) => within(one).getByText(/^Stands/).textContent)).toEqual(["11:00 to 11:30", "10:45 to 11:05", "10:15 to 10:55"].map((time) => `Stands ${shortDayText(scheduleToday())}, ${time}`));
    expect(left[0]).toHaveTextContent(`Samuel BrandtFollow-upStands ${shortDayText(scheduleToday())}, 11:00 to 11:30Told 10:00 to 10:30`);
    const week = stillTold(opened).filter((one) => one.date <= plus(scheduleToday(), 6));
    expect(week.length).toBe(3);
    expect(before).toBeGreaterThan(stillTold(opened).length);
    expect(screen.getByTestId("told-done")).toHaveTextContent(`${before - stillTold(opened).length} visits and operations`);
    await expectAccessible();
    expect(within(left[0] as HTMLElement).getByTestId("told-left-go").getAttribute("aria-label")).toBe(`Open the visit: Samuel Brandt, ${shortDayText(scheduleToday())}, 11:00 to 11:30`);
    await opened.user.click(within(left[0] as HTMLElement).getByTestId("told-left-go"));
    await gone("told-dialog");
    await answered("visit-flyout", "Samuel Brandt");
    await answered("visit-told", "The patient was told 10:00 to 10:30.");
    await answered("told", "3 visits of this day");
    expect(spokenOf(await visit("Maria Garcia"))).toContain("2:15 to 2:45");
    expect(spokenOf(await visit("Maria Garcia"))).not.toContain("was told");
    // The list is there as long as nobody begins anew.
    await press(opened, "told-left-open");
    expect((await screen.findAllByTestId("told-left")).length).toBe(3);
  });

  it("go back week by week, and stop between two weeks", SLOW, async () => {
    const opened = await toldDay();
    hold("resettling");
    await press(opened, "told-open");
    await thirteen(opened);
    await press(opened, "told-start");
    await answered("told-progress", "0 / 13");
    await expectAccessible();
    await press(opened, "told-cancel");
    await answered("told-progress", "Stopping after this week");
    letGo("resettling");
    await answered("told-done", "The weeks after that are as they were.");
    expect(asked(opened)).toEqual([{ from: scheduleToday(), days: 7 }]);
    expect(stillTold(opened).some((one) => one.date > plus(scheduleToday(), 6))).toBe(true);
    await press(opened, "told-close");
    await press(opened, "told-open");
    await thirteen(opened);
    await press(opened, "told-start");
    await answered("told-done", "Gone through");
    expect(asked(opened).slice(1).map((one) => one.from)).toEqual(Array.from({ length: 13 }, (_, week) => plus(scheduleToday(), week * 7)));
    expect(screen.getByTestId("told-done")).not.toHaveTextContent("as they were");
    expect(stillTold(opened).length).toBe(3);
  });

  it("go on while somebody works elsewhere, and the jobs lead back to it", SLOW, async () => {
    const opened = await toldDay();
    hold("resettling");
    await press(opened, "told-open");
    await press(opened, "told-start");
    await press(opened, "told-close");
    await gone("told-dialog");
    await press(opened, "nav-checks");
    letGo("resettling");
    await answered("toast", "were put back to the times people were told.");
    await press(opened, "jobs-open");
    await opened.user.click(within(await at("job")).getByText("Show"));
    await at("told-done");
    expect((await screen.findAllByTestId("told-left")).length).toBe(3);
  });

  it("say what was done before it failed, and what was not", SLOW, async () => {
    const opened = await toldDay();
    hold("resettling");
    await press(opened, "told-open");
    await thirteen(opened);
    await press(opened, "told-start");
    await waitFor(() => expect(asked(opened).length).toBe(1));
    opened.fake.failNext("scheduling.resettle", { kind: "fault", reference: "F-9" });
    letGo("resettling");
    await answered("told-refused", "F-9");
    await answered("told-done", "were put back to the times people were told.");
    expect(screen.getByTestId("told-done")).toHaveTextContent("The weeks after that are as they were.");
    expect(asked(opened).length).toBe(2);
  });

  it("name nobody any more after a lock in the middle, and put nothing else back", SLOW, async () => {
    const opened = await toldDay();
    hold("resettling");
    await press(opened, "told-open");
    await thirteen(opened);
    await press(opened, "told-start");
    await at("told-progress");
    await press(opened, "told-close");
    await gone("told-dialog");
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("unlock-passphrase");
    letGo("resettling");
    await fill(opened, "unlock-passphrase", "correct horse battery staple");
    await press(opened, "unlock-submit");
    await answered("told", "3 visits of this day");
    expect(asked(opened).length).toBe(1);
    expect(screen.queryByTestId("told-left-open")).toBeNull();
    expect(screen.queryByTestId("jobs-open")).toBeNull();
  });
});

describe("how far one goes", () => {
  const today = "2026-11-23";
  it.each([
    ["the week of the day that is shown", "week", "2026-12-09", { from: "2026-12-09", weeks: 1 }],
    ["thirteen weeks from today, so that no week before the day is left out", "weeks", "2026-12-09", { from: today, weeks: 13 }],
    ["thirteen weeks from a day beyond them", "weeks", "2027-02-22", { from: "2027-02-22", weeks: 13 }],
    ["thirteen weeks from a day that is over", "weeks", "2026-11-02", { from: "2026-11-02", weeks: 13 }],
  ] as const)("%s", (_, far, date, stretch) => {
    expect(stretchOf(far, date, today)).toEqual(stretch);
  });
});
