import { fireEvent, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { scheduleToday } from "../src/bridge/fake/schedule";
import { emptySetup } from "../src/bridge/fake/schedulingSetup";
import { SLOW, last, openDay, spokenOf, stand, visit, visits } from "./dayWindow";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, openWindow, press } from "./window";

describe("the first screen", () => {
  it("is the day, for whoever may see it, and can be read without seeing it", async () => {
    await openDay(["receptionist"]);
    expect(screen.getByTestId("nav-day").getAttribute("aria-current")).toBe("page");
    expect(spokenOf(await visit("Grace Ann Hallorán"))).toBe("Grace Ann Hallorán, 10:30 to 11:00, Follow-up, with Dr. Naomi Ito. Arrived.");
    expect(screen.getByRole("list", { name: "Dr. Naomi Ito, Family medicine: 8 visits" })).toBeTruthy();
    // A visit stands in the column of each person, room and device that it takes.
    expect(visits("Amara Okonkwo").map((one) => one.dataset["resource"])).toEqual(["resource-1", "resource-4", "resource-7"]);
    expect((await at("hold")).getAttribute("aria-label")).toMatch(/^Held until .* by D. Whitfield$/);
    await answered("day-numbers", "longest wait, Room 2");
    await expectAccessible();
  });

  it("is the patients for whoever may not", async () => {
    openWindow("signed_in", ["it_support"], undefined, null);
    await at("patient-search");
  });

  it("says what to set up where nothing can be booked", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => { world.setup = emptySetup(); }, null);
    await at("day-empty");
    await expectAccessible();
    await press(opened, "day-set-up");
    await gone("day-empty");
  });

  it("tells the desk nothing clinical", async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.click(await visit("Ivy Castellanos"));
    await answered("visit-flyout", "Visit with Dr. Ito");
    expect(screen.queryByTestId("clinical")).toBeNull();
    expect(callsOf(opened, "scheduling.clinical_visit")).toEqual([]);
    expect(document.body.textContent).not.toContain("Mole on the left shoulder");
  });

  it("goes to other days by keys and by typing", async () => {
    const opened = await openDay();
    const title = (await at("day-title")).textContent;
    await opened.user.keyboard("{ArrowRight}");
    await waitFor(() => expect(screen.getByTestId("day-title").textContent).not.toBe(title));
    await opened.user.keyboard("t");
    await waitFor(() => expect(screen.getByTestId("day-title").textContent).toBe(title));
    await press(opened, "day-title");
    await fill(opened, "jump", "someday");
    await opened.user.keyboard("{Enter}");
    await screen.findByText("Type a day like 3/15, 3/4/2026 or t+2w.");
    await fill(opened, "jump", "t+2w");
    await opened.user.keyboard("{Enter}");
    await waitFor(() => expect(screen.getByTestId("day-title").textContent).not.toBe(title));
  });

  it("shows sets of columns on one key, and keeps one's own", async () => {
    const opened = await openDay();
    await opened.user.keyboard("2");
    await waitFor(() => expect(screen.queryByRole("list", { name: /Room 1/ })).toBeNull());
    await opened.user.keyboard("{F2}");
    await screen.findByRole("list", { name: /Room 1/ });
    await press(opened, "columns-open");
    await press(opened, "column-resource-2");
    await press(opened, "columns-keep");
    await opened.user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("list", { name: /Osei/ })).toBeNull());
    await opened.user.keyboard("1");
    await screen.findByRole("list", { name: /Osei/ });
    await opened.user.keyboard("4");
    await waitFor(() => expect(screen.queryByRole("list", { name: /Osei/ })).toBeNull());
  });
});

describe("the grid by keys", () => {
  it("is one stop of the tabulator, and arrows walk it", async () => {
    const opened = await openDay();
    await opened.user.keyboard("d");
    await stand("Grace Ann Hallorán");
    await opened.user.keyboard("{ArrowDown}");
    expect(spokenOf(document.activeElement)).toContain("Samuel Brandt");
    await opened.user.keyboard("{ArrowRight}");
    expect(spokenOf(document.activeElement)).toContain("Ada Nguyễn");
    expect(screen.getByTestId("day-grid").querySelectorAll('.sd-body button[tabindex="0"]').length).toBe(1);
    await opened.user.keyboard("{Alt>}{ArrowDown}{/Alt}");
    expect(spokenOf(document.activeElement)).toBe("New booking, Dr. Peter Osei, 10:50");
    await opened.user.keyboard("{Enter}");
    await at("book-flyout");
  });

  it("moves, makes longer and changes the column, telling each step", SLOW, async () => {
    const opened = await openDay();
    await stand("Noor Rahimi");
    await opened.user.keyboard("m");
    await answered("grid-said", "Moving Noor Rahimi");
    await opened.user.keyboard("{ArrowDown>6/}");
    await answered("grid-said", "Dr. Naomi Ito, 3:30 to 4:00");
    await opened.user.keyboard("]]");
    await answered("grid-said", "R. Alvarez, RN, 3:30 to 4:00");
    // There is no column of that kind behind it: rooms and devices are not people.
    await opened.user.keyboard("]");
    await answered("grid-said", "R. Alvarez, RN, 3:30 to 4:00");
    await opened.user.keyboard("[[");
    await answered("grid-said", "Dr. Peter Osei, 3:30 to 4:00");
    await opened.user.keyboard("{Shift>}{ArrowDown}{/Shift}");
    await answered("grid-said", "3:30 to 4:10");
    await opened.user.keyboard("{Enter}");
    await answered("toast", "Moved: Noor Rahimi");
    expect(last(opened, "scheduling.move")).toMatchObject({ slot: { minute: 930, minutes: 40 }, resources: ["resource-2"] });
    await opened.user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(last(opened, "scheduling.move")).toMatchObject({ version: 2, slot: { minute: 870, minutes: 30 }, resources: ["resource-1"] }));
    await waitFor(async () => expect(spokenOf(await visit("Noor Rahimi"))).toContain("2:30 to 3:00, Follow-up, with Dr. Naomi Ito"));
  });

  it("leaves a visit where it was on Escape", async () => {
    const opened = await openDay();
    await stand("Noor Rahimi");
    await opened.user.keyboard("m{ArrowDown}{Escape}");
    await answered("grid-said", "Left where it was");
    await opened.user.keyboard("m{Enter}");
    expect(callsOf(opened, "scheduling.move")).toEqual([]);
    expect(screen.queryByTestId("preview")).toBeNull();
  });

  it("leaves what has begun where it is, and says so", async () => {
    const opened = await openDay();
    await stand("Amara Okonkwo");
    await opened.user.keyboard("m");
    await answered("grid-said", "A visit that began or was missed stays where it is.");
    await opened.user.keyboard("x");
    expect(screen.queryByTestId("pinboard")).toBeNull();
  });

  it("brings a visit one step on, and takes that back", async () => {
    const opened = await openDay();
    await stand("Grace Ann Hallorán");
    await opened.user.keyboard("o");
    await answered("toast", "Grace Ann Hallorán: In room");
    expect((await visit("Grace Ann Hallorán")).dataset["status"]).toBe("roomed");
    await press(opened, "toast-undo");
    await waitFor(async () => expect((await visit("Grace Ann Hallorán")).dataset["status"]).toBe("arrived"));
    expect(callsOf(opened, "scheduling.advance").map((one) => (one.input as { to: string }).to)).toEqual(["roomed", "arrived"]);
  });

  it("carries a visit to another day over the pinboard", SLOW, async () => {
    const opened = await openDay();
    await stand("Noor Rahimi");
    await opened.user.keyboard("x");
    await answered("pinboard", "Noor Rahimi");
    await expectAccessible();
    // Leaving the screen keeps what was pinned.
    await press(opened, "nav-patients");
    await at("unfinished");
    await press(opened, "nav-day");
    await answered("pinboard", "Noor Rahimi");
    await press(opened, "day-after");
    await waitFor(() => expect(screen.queryAllByTestId("visit").some((one) => spokenOf(one).includes("Samuel Brandt, 11:00"))).toBe(false));
    await press(opened, "pin");
    await answered("pinboard", "Click a free time");
    await opened.user.keyboard("v");
    await waitFor(() => expect(callsOf(opened, "scheduling.move").length).toBeGreaterThan(0));
    expect((last(opened, "scheduling.move") as unknown as { slot: { date: string } }).slot.date).not.toBe(scheduleToday());
  });
});

describe("the grid by pointer", () => {
  const carry = (target: HTMLElement, by: number, end = true) => {
    fireEvent.pointerDown(target, { button: 0, pointerId: 1, pointerType: "mouse", clientX: 100, clientY: 100 });
    fireEvent.pointerMove(window, { pointerId: 1, clientX: 100, clientY: 102 });
    expect(screen.queryByTestId("preview")).toBeNull();
    fireEvent.pointerMove(window, { pointerId: 1, clientX: 100, clientY: 100 + by });
    if (end) fireEvent.pointerUp(window, { pointerId: 1, clientX: 100, clientY: 100 + by });
  };

  it("moves what is dragged further than a tremble, and Escape leaves it", async () => {
    const opened = await openDay();
    carry(await visit("Maria Garcia"), 60, false);
    await at("preview");
    fireEvent.keyDown(window, { key: "Escape" });
    await gone("preview");
    expect(callsOf(opened, "scheduling.move")).toEqual([]);
    carry(await visit("Noor Rahimi"), 100);
    await waitFor(() => expect(callsOf(opened, "scheduling.move").length).toBe(1));
    expect(last(opened, "scheduling.move")).toMatchObject({ resources: ["resource-1"] });
  });

  it("makes a visit longer by its lower edge", async () => {
    const opened = await openDay();
    carry((await visit("Noor Rahimi")).querySelector("[data-edge]") as HTMLElement, 20);
    await waitFor(() => expect(callsOf(opened, "scheduling.move").length).toBe(1));
    expect(last(opened, "scheduling.move")).toMatchObject({ slot: { minute: 870 } });
    expect((last(opened, "scheduling.move") as unknown as { slot: { minutes: number } }).slot.minutes).toBeGreaterThan(30);
  });
});

describe("booking", () => {
  it("takes a patient and Enter on the defaults", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await stand("Maria Garcia");
    await opened.user.keyboard("n");
    await at("book-pick");
    expect(document.activeElement?.getAttribute("data-testid")).toBe("book-pick");
    await answered("slot", "3:45");
    await answered("needs", "Dr. Naomi Ito is free");
    await expectAccessible();
    await opened.user.keyboard("okonk");
    await screen.findAllByTestId("picker-row");
    await waitFor(() => expect(screen.getAllByTestId("picker-row")[0]?.textContent).toContain("Okonkwo, Amara"));
    await opened.user.keyboard("{Enter}");
    await answered("book-patient", "Amara Okonkwo");
    expect(document.activeElement?.getAttribute("data-testid")).toBe("book");
    await opened.user.keyboard("{Enter}");
    await answered("toast", "Booked: Amara Okonkwo, 3:45 to 4:15");
    expect(last(opened, "scheduling.book")).toMatchObject({ product: "product-1", slot: { minute: 945, minutes: 30 }, resources: ["resource-1"] });
    await gone("book-flyout");
    await waitFor(() => expect(visits("Amara Okonkwo").length).toBe(4));
  });

  it("proposes who and what the product needs, and asks for the patient", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await stand("Maria Garcia");
    await opened.user.keyboard("n");
    await at("book-pick");
    await choose(opened, "book-product", "product-3");
    await answered("needs", "Room 1 is free");
    await press(opened, "book");
    await answered("book-patient-needed", "Choose the patient");
    await press(opened, "hold-slot");
    await answered("held", "Held for you, 10:00 left");
    expect(last(opened, "scheduling.hold_slot")).toMatchObject({ resources: ["resource-1", "resource-4"] });
    await press(opened, "release");
    await waitFor(() => expect(callsOf(opened, "scheduling.release_slot").length).toBe(1));
  });

  it("registers somebody new on the way", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await stand("Maria Garcia");
    await opened.user.keyboard("n");
    await press(opened, "book-register");
    await press(opened, "quick-save");
    await screen.findByText("Type the family name.");
    await fill(opened, "quick-family", "Newcomer");
    await fill(opened, "quick-given", "Nell");
    await fill(opened, "quick-birth", "3/4/1990");
    await press(opened, "quick-sex-F");
    await expectAccessible();
    await press(opened, "quick-save");
    await answered("book-patient", "Nell Newcomer");
    await press(opened, "book");
    await answered("toast", "Booked: Nell Newcomer");
  });

  it("lists all that stands against it, and books over it only with a reason", SLOW, async () => {
    const opened = await openDay(["physician"]);
    await stand("Maria Garcia");
    await opened.user.keyboard("n");
    await at("book-pick");
    await opened.user.keyboard("okonk");
    await waitFor(() => expect(screen.getAllByTestId("picker-row")[0]?.textContent).toContain("Okonkwo, Amara"));
    await opened.user.keyboard("{Enter}");
    await choose(opened, "book-starts", "810");
    await answered("conflicts", "Dr. Naomi Ito is taken 1:00 to 2:00 (Castellanos, Ivy · Visit with Dr. Ito)");
    expect(screen.getByTestId("book").getAttribute("data-disabled")).toBe("true");
    // Whoever picks another patient now goes on at the reason: a button that cannot be pressed takes no focus.
    await press(opened, "book-patient-change");
    await fill(opened, "book-pick", "okonk");
    await waitFor(() => expect(screen.getAllByTestId("picker-row")[0]?.textContent).toContain("Okonkwo, Amara"));
    await opened.user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("override-reason"));
    await expectAccessible();
    await fill(opened, "override-reason", "Both agreed to share the hour");
    await press(opened, "book");
    await answered("toast", "Booked: Amara Okonkwo");
    expect(last(opened, "scheduling.book")).toMatchObject({ override_reason: "Both agreed to share the hour" });
    await waitFor(() => expect(visits("Booked over something else").length).toBe(1));
  });

  it("does not offer that to the desk", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await stand("Ivy Castellanos");
    await opened.user.keyboard("{Alt>}{ArrowUp}{ArrowDown}{/Alt}n");
    await at("book-flyout");
    await answered("conflicts", "Dr. Naomi Ito is taken 1:00 to 2:00");
    expect(screen.queryByTestId("override-reason")).toBeNull();
    await screen.findByText(/Your role cannot book over this/);
  });

  it("keeps what was chosen over a lock", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await stand("Maria Garcia");
    await opened.user.keyboard("n");
    await fill(opened, "book-note", "Comes by bus");
    await opened.user.keyboard("{Control>}l{/Control}");
    await fill(opened, "unlock-passphrase", "correct horse battery staple");
    await press(opened, "unlock-submit");
    await waitFor(async () => expect(((await at("book-note")) as HTMLTextAreaElement).value).toBe("Comes by bus"));
  });
});
