import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { prefer, type ToldTime } from "../src/bridge";
import type { Fake } from "../src/bridge/fake";
import { plus } from "../src/bridge/fake/calendar";
import { scheduleToday } from "../src/bridge/fake/schedule";
import { makeTold, makeToldInTheatres } from "../src/bridge/fake/scheduleTold";
import { makeTheatres } from "../src/bridge/fake/theatre";
import { standsOn, toldText } from "../src/features/scheduling/told";
import { shortDayText } from "../src/words";
import { SLOW, openDay, spokenOf, visit } from "./dayWindow";
import { openTheatre, reservation } from "./theatreWindow";
import { answered, at, expectAccessible, gone, press } from "./window";

const yesterday = () => plus(scheduleToday(), -1);
const theDay = () => shortDayText(yesterday());

/** The practice went so far east that people were told the day before. */
function toldTheDayBefore({ world }: Fake): void {
  for (const one of [...world.schedule.visits, ...world.theatre.reservations]) if (one.told) one.told = { ...one.told, date: yesterday() };
}

describe("what people were told", () => {
  const told: ToldTime = { date: "2026-11-22", time: "11:30 to 12:00" };
  it.each([
    ["is the time alone on the day on which it stands", "2026-11-22", 10, "11:30 to 12:00"],
    ["has its day where it stands on another", "2026-11-23", 10, "Sun, Nov 22, 11:30 to 12:00"],
    ["is the time alone for what began the day before on the page of the next day", "2026-11-23", -30, "11:30 to 12:00"],
  ])("%s", (_, page, from, words) => {
    expect(toldText(told, standsOn(page, from))).toBe(words);
  });
});

describe("visits whose patients were told another day", () => {
  it("say the day in the grid, the flyout, the list and the week", SLOW, async () => {
    const opened = await openDay(["owner"], (fake) => { makeTold(fake.world); toldTheDayBefore(fake); });
    const garcia = await visit("Maria Garcia");
    expect(spokenOf(garcia)).toContain(`The patient was told ${theDay()}, 2:15 to 2:45.`);
    expect(garcia.querySelector(".sd-more")).toHaveTextContent(`Told ${theDay()}, 2:15 to 2:45`);
    await opened.user.click(garcia);
    await answered("visit-told", `The patient was told ${theDay()}, 2:15 to 2:45.`);
    await press(opened, "mode-list");
    await screen.findByText(`Follow-up · told ${theDay()}, 2:15 to 2:45`);
    await press(opened, "mode-week");
    const shown = (await screen.findAllByTestId("week-visit")).find((one) => one.textContent?.includes("Garcia"));
    expect(shown).toHaveTextContent(`The patient was told ${theDay()}, 2:15 to 2:45.`);
  });
});

describe("operations that stand elsewhere than people were told", () => {
  it("are marked on the board, in its lists and in the flyout", SLOW, async () => {
    const opened = await openTheatre(["owner"], ({ world }) => makeToldInTheatres(world));
    const amina = await reservation("Amina Ibrahim");
    expect(spokenOf(amina)).toContain("People were told 11:30 to 12:30.");
    expect(amina.querySelector(".sd-told")).not.toBeNull();
    expect(amina.querySelector(".th-about")).toHaveTextContent("Told 11:30 to 12:30");
    // Whoever is in the theatre already need not be told any more.
    expect(spokenOf(await reservation("Luc Dubois"))).not.toContain("told");
    expect((await reservation("Luc Dubois")).querySelector(".sd-told")).toBeNull();
    await opened.user.click(amina);
    await answered("reservation-told", "People were told 11:30 to 12:30. The operation stands elsewhere");
    await expectAccessible();
    await opened.user.keyboard("{Escape}l");
    const line = (await screen.findAllByTestId("theatre-line")).find((one) => one.textContent?.includes("Amina Ibrahim"));
    expect(spokenOf(line)).toContain("People were told 11:30 to 12:30.");
    expect(line?.querySelector(".th-list-told")).toHaveTextContent("Told 11:30 to 12:30");
    await expectAccessible();
    await opened.user.keyboard("l");
  });

  it("say the day where that was another, in Spanish too", SLOW, async () => {
    await openTheatre(["owner"], (fake) => { makeToldInTheatres(fake.world); toldTheDayBefore(fake); });
    expect(spokenOf(await reservation("Amina Ibrahim"))).toContain(`People were told ${theDay()}, 11:30 to 12:30.`);
    prefer({ language: "es-US" });
    await screen.findByText(/Se dijo .*, 11:30 to 12:30\./);
    prefer({ language: "en-US" });
  });

  it("are not said any more once somebody moved them by hand", SLOW, async () => {
    const opened = await openTheatre(["owner"], ({ world }) => makeToldInTheatres(world));
    (await reservation("Hugo Adeyemi")).focus();
    await opened.user.keyboard("m");
    await at("place-free");
    await press(opened, "place-save");
    await answered("toast", "Moved: Hugo Adeyemi");
    await gone("reservation-told");
    expect(spokenOf(await reservation("Hugo Adeyemi"))).not.toContain("told");
  });

  it("are said on the day without any visit, where they can be put back, and what stays opens its theatre", SLOW, async () => {
    const opened = await openDay(["department_manager"], ({ world }) => { makeTheatres(world); makeToldInTheatres(world); });
    await answered("told", "3 operations of this day stand elsewhere than people were told.");
    const block = (await screen.findAllByTestId("reserved")).find((one) => spokenOf(one).includes("Amina Ibrahim"));
    expect(spokenOf(block)).toBe("Surgery, Amina Ibrahim, 12:05 to 1:50. Reserved for the theatre. People were told 11:30 to 12:30.");
    expect(block?.querySelector(".sd-told") ?? block?.dataset["told"]).toBeTruthy();
    await expectAccessible();
    await press(opened, "mode-list");
    await screen.findAllByText("Surgery · told 11:30 to 12:30");
    await press(opened, "mode-day");
    (await at("told-open")).focus();
    await opened.user.keyboard("{Enter}");
    await press(opened, "told-start");
    const left = await screen.findAllByTestId("told-left");
    const amina = left.find((one) => one.textContent?.includes("Amina Ibrahim")) as HTMLElement;
    expect(amina).toHaveTextContent(`Amina IbrahimSurgeryStands ${shortDayText(scheduleToday())}, 12:30 to 1:30Told 11:30 to 12:30Open the operation`);
    expect(within(amina).getByRole("button", { name: `Open the operation: Amina Ibrahim, ${shortDayText(scheduleToday())}, 12:30 to 1:30` })).toBeTruthy();
    await expectAccessible();
    within(amina).getByTestId("told-left-go").focus();
    await opened.user.keyboard("{Enter}");
    await answered("reservation-flyout", "Amina Ibrahim");
    await at("theatre-board");
  });

  it("are counted beside the visits, and go back where nothing stands", SLOW, async () => {
    const opened = await openDay(["department_manager"], ({ world }) => {
      makeTheatres(world);
      makeTold(world);
      world.theatre.reservations = world.theatre.reservations.filter((one) => one.purpose !== "block");
    });
    await answered("told", "10 visits and 3 operations of this day stand elsewhere than people were told.");
    await press(opened, "told-open");
    await press(opened, "told-start");
    await at("told-done");
    expect(opened.fake.world.theatre.reservations.filter((one) => one.told).length).toBe(2);
    expect(opened.fake.world.theatre.reservations.find((one) => one.minute === 870 && one.case !== null)).toMatchObject({ version: 2 });
  });

  it("say it in Spanish", SLOW, async () => {
    await openDay(["owner"], ({ world }) => { makeTheatres(world); makeToldInTheatres(world); });
    prefer({ language: "es-US" });
    await answered("told", "3 operaciones de este día están a otra hora que la que se dijo.");
    prefer({ language: "en-US" });
  });
});
