import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { makeTheatres } from "../src/bridge/fake/theatre";
import { SLOW, last, openDay, spokenOf } from "./dayWindow";
import { openTheatre, reservation, reservations, waiting } from "./theatreWindow";
import { answered, at, callsOf, choose, expectAccessible, gone, openWindow, press } from "./window";

describe("the theatres", () => {
  it("stand beside each other with what is reserved, and can be read without seeing it", async () => {
    await openTheatre();
    expect(screen.getByRole("list", { name: "Theatre 1, Laminar flow: 4 reservations" })).toBeTruthy();
    expect(spokenOf(await reservation("Luc Dubois"))).toBe("Luc Dubois, Theatre 1, 10:00 to 11:30. 25 minutes of setup, 25 minutes of turnover. Dr. Lena Vale, Urgent. With M. Chen, CRNA, C-arm, Cortical screws 3.5 mm × 6. Begun since 10:08.");
    expect(spokenOf(await reservation("Air filters"))).toBe("Maintenance, Theatre 1, 2:30 to 4:00. Air filters.");
    // The three parts are drawn apart, and the words of setup and turnover stand in them.
    expect([...(await reservation("Luc Dubois")).querySelectorAll(".th-part")].map((one) => one.className.split(" ")[1])).toEqual(["th-setup", "th-procedure", "th-turnover"]);
    expect(await reservation("Luc Dubois")).toHaveTextContent("Setup 25 min");
    await answered("theatre-numbers", "6reserved1under way2over3without a theatre, 2 pressing");
    await at("now-line");
    await expectAccessible();
  });

  it("say where a theatre is made where there is none", async () => {
    const opened = openWindow("signed_in", ["owner"], undefined, "/day/theatre");
    await at("theatre-empty");
    await expectAccessible();
    await press(opened, "theatre-set-up");
    await gone("theatre-empty");
    await at("tab-people");
  });

  it("say that nothing is reserved on a day", async () => {
    const opened = await openTheatre();
    await press(opened, "day-after");
    await answered("theatre-nothing", "Nothing is reserved on this day.");
    expect(screen.getByRole("list", { name: "Theatre 2, Endoscopy: nothing reserved" })).toBeTruthy();
    await opened.user.keyboard("t");
    await gone("theatre-nothing");
  });

  it("are one view of the day beside the others", async () => {
    const opened = await openDay();
    await press(opened, "mode-theatre");
    await at("theatre-empty");
    await press(opened, "theatre-to-day");
    await at("day-grid");
  });

  it("offer nothing to whoever may only look", async () => {
    const opened = await openTheatre(["biller"]);
    await opened.user.click(await reservation("Sofia Kowalski"));
    await at("reservation-flyout");
    for (const id of ["day-new", "theatre-reserve", "place-case", "step-patient_in", "allocate", "allocation-remove", "release", "cancel-case", "reservation-move", "case-change", "clinical-open"]) expect([id, screen.queryByTestId(id)]).toEqual([id, null]);
  });

  it("are read as lists, which do the same", async () => {
    const opened = await openTheatre();
    await opened.user.keyboard("l");
    const list = await screen.findByRole("list", { name: "Theatre 2, Endoscopy: 4 reservations" });
    const lines = within(list).getAllByTestId("theatre-line");
    expect(spokenOf(lines[1])).toContain("Sofia Kowalski, Theatre 2, 10:45 to 11:30.");
    await expectAccessible();
    lines[0]?.focus();
    await opened.user.keyboard("{ArrowDown}{Enter}");
    await answered("reservation-flyout", "Sofia Kowalski");
    await opened.user.keyboard("{Escape}l");
    await at("theatre-board");
  });
});

describe("the board by keys", () => {
  it("is one stop of the tabulator; arrows walk it, Enter opens, Escape comes back", SLOW, async () => {
    const opened = await openTheatre();
    const board = await at("theatre-board");
    expect(board.querySelectorAll('.sd-body button[tabindex="0"]').length).toBe(1);
    await opened.user.keyboard("d");
    expect(spokenOf(document.activeElement)).toContain("Luc Dubois");
    await opened.user.keyboard("{ArrowDown}");
    expect(spokenOf(document.activeElement)).toContain("Amina Ibrahim");
    await opened.user.keyboard("{ArrowRight}");
    expect(spokenOf(document.activeElement)).toContain("Kept for emergencies");
    const title = screen.getByTestId("day-title").textContent;
    await opened.user.keyboard("{ArrowLeft}{ArrowUp}");
    expect(spokenOf(document.activeElement)).toContain("Luc Dubois");
    expect(screen.getByTestId("day-title").textContent).toBe(title);
    await opened.user.keyboard("{Enter}");
    await answered("reservation-flyout", "Luc Dubois");
    await opened.user.keyboard("{Escape}");
    await gone("reservation-flyout");
    expect(spokenOf(document.activeElement)).toContain("Luc Dubois");
  });

  it("moves a reservation, and takes that back", SLOW, async () => {
    const opened = await openTheatre();
    (await reservation("Amina Ibrahim")).focus();
    await opened.user.keyboard("m");
    await answered("place-flyout", "Move Amina Ibrahim");
    await at("preview");
    await choose(opened, "place-theatre", "resource-22");
    await choose(opened, "place-starts", "960");
    await choose(opened, "place-turnover", "10");
    await at("conflicts");
    await choose(opened, "place-starts", "1000");
    await answered("conflicts", "Theatre 2 is closed then");
    await choose(opened, "place-theatre", "resource-21");
    await choose(opened, "place-starts", "855");
    await choose(opened, "place-minutes", "15");
    await choose(opened, "place-setup", "10");
    await choose(opened, "place-turnover", "0");
    await at("place-free");
    await expectAccessible();
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await answered("toast", "Moved: Amina Ibrahim");
    expect(last(opened, "scheduling.move_reservation")).toMatchObject({ version: 1, theatre: "resource-21", slot: { minute: 855, minutes: 15 }, setup_minutes: 10, turnover_minutes: 0 });
    expect(spokenOf(await reservation("Amina Ibrahim"))).toContain("Theatre 1, 2:15 to 2:30. 10 minutes of setup, 0 minutes of turnover.");
    await opened.user.keyboard("{Escape}");
    await opened.user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(last(opened, "scheduling.move_reservation")).toMatchObject({ version: 2, slot: { minute: 750, minutes: 60 }, setup_minutes: 25, turnover_minutes: 20 }));
    await waitFor(async () => expect(spokenOf(await reservation("Amina Ibrahim"))).toContain("12:30 to 1:30"));
  });

  it("says what it needs where nobody stands on a reservation that can be moved", async () => {
    const opened = await openTheatre();
    (await reservation("Petra Novak")).focus();
    await opened.user.keyboard("m");
    await answered("toast", "The procedure has ended, so this stays where it was.");
    expect(screen.queryByTestId("place-flyout")).toBeNull();
  });
});

describe("the way of a patient through a theatre", () => {
  it("goes on with one tap, keeps the times, and goes back", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Sofia Kowalski"));
    await answered("reservation-step", "Set up since 10:33");
    await at("release");
    await press(opened, "step-patient_in");
    await answered("toast", "Sofia Kowalski: Patient in");
    await answered("reservation-step", "Patient in since 10:36");
    for (const id of ["release", "cancel-case"]) expect([id, screen.queryByTestId(id)]).toEqual([id, null]);
    expect((await at("steps")).textContent).toContain("10:33 · R. Alvarez");
    await press(opened, "step-ended");
    await answered("reservation-step", "Ended");
    await press(opened, "step-back");
    await answered("reservation-step", "Patient in");
    expect(callsOf(opened, "scheduling.advance_theatre").map((one) => one.input)).toMatchObject([{ to: "patient_in", version: 1 }, { to: "ended", version: 2 }, { to: "patient_in", version: 3 }]);
    await expectAccessible();
  });

  it("goes on by a key on the board, and that can be taken back", async () => {
    const opened = await openTheatre();
    (await reservation("Sofia Kowalski")).focus();
    await opened.user.keyboard("o");
    await waitFor(async () => expect((await reservation("Sofia Kowalski")).dataset["step"]).toBe("patient_in"));
    await press(opened, "toast-undo");
    await waitFor(async () => expect((await reservation("Sofia Kowalski")).dataset["step"]).toBe("set_up"));
  });

  it("is shown anew, and said, where somebody else was quicker", async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Sofia Kowalski"));
    await at("steps");
    const looks = callsOf(opened, "scheduling.theatre_board").length;
    opened.fake.failNext("scheduling.advance_theatre", { kind: "refused", code: "scheduling.stale", field: null, remedy: "Look again." });
    await press(opened, "step-patient_in");
    await answered("toast", "Somebody else has changed this");
    await waitFor(() => expect(callsOf(opened, "scheduling.theatre_board").length).toBeGreaterThan(looks));
    await answered("reservation-step", "Set up since 10:33");
  });
});

describe("placing a case", () => {
  it("chooses a theatre and a time, and shows what stands against them", SLOW, async () => {
    const opened = await openTheatre();
    expect(waiting("Mei Nguyễn")).toBeTruthy();
    await opened.user.click(within(waiting("Mei Nguyễn") as HTMLElement).getByTestId("place-case"));
    await answered("place-flyout", "Reserve a theatre");
    await choose(opened, "place-theatre", "resource-21");
    await choose(opened, "place-starts", "700");
    await answered("conflicts", "Theatre 1 is taken 9:35 to 11:55");
    expect((await at("place-save")).hasAttribute("data-disabled")).toBe(true);
    await opened.user.type(await at("override-reason"), "It cannot wait");
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await answered("toast", "Reserved: Mei Nguyễn");
    expect(last(opened, "scheduling.reserve_theatre")).toMatchObject({ theatre: "resource-21", slot: { minute: 700, minutes: 90 }, setup_minutes: 20, turnover_minutes: 20, purpose: "surgery", override_reason: "It cannot wait" });
    // It opens at once, so that who and what it takes can be added.
    await answered("reservation-flyout", "Mei Nguyễn");
    await answered("reservation-flyout", "It cannot wait");
    await opened.user.keyboard("{Escape}");
    expect(waiting("Mei Nguyễn")).toBeUndefined();
    // What was reserved over something else stands beside it; neither hides the other.
    expect((await reservation("Mei Nguyễn")).style.getPropertyValue("--lanes")).toBe("2");
    expect((await reservation("Luc Dubois")).style.getPropertyValue("--lanes")).toBe("2");
  });

  it("offers no way over what stands against it to whoever may not", async () => {
    const opened = await openTheatre(["receptionist"]);
    await opened.user.click(within(waiting("Arthur Whitehorse") as HTMLElement).getByTestId("place-case"));
    await choose(opened, "place-starts", "600");
    await choose(opened, "place-theatre", "resource-21");
    await answered("conflicts", "Your role cannot book over this.");
    expect(screen.queryByTestId("override-reason")).toBeNull();
    expect((await at("place-save")).hasAttribute("data-disabled")).toBe(true);
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    expect(callsOf(opened, "scheduling.reserve_theatre")).toEqual([]);
  });

  it("keeps a theatre for maintenance, with a note and without a patient", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.keyboard("r");
    await choose(opened, "place-for", "maintenance");
    await choose(opened, "place-theatre", "resource-22");
    await choose(opened, "place-starts", "985");
    await choose(opened, "place-minutes", "30");
    await opened.user.type(await at("place-note"), "Lamp");
    await press(opened, "place-save");
    await answered("toast", "Reserved: Maintenance");
    expect(last(opened, "scheduling.reserve_theatre")).toMatchObject({ purpose: "maintenance", case: null, note: "Lamp", setup_minutes: 0, turnover_minutes: 0 });
    await answered("reservation-flyout", "Lamp");
    expect(screen.queryByTestId("steps")).toBeNull();
    expect(reservations("Lamp").length).toBe(1);
    await press(opened, "toast-undo");
    await waitFor(() => expect(reservations("Lamp")).toEqual([]));
    await gone("reservation-flyout");
  });

  it("stays open over a lock", async () => {
    const opened = await openTheatre();
    await opened.user.keyboard("r");
    await choose(opened, "place-for", "block");
    await opened.user.type(await at("place-note"), "For the surveyors");
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    await opened.user.type(await at("unlock-passphrase"), "correct horse battery staple");
    await press(opened, "unlock-submit");
    await waitFor(() => expect((screen.getByTestId("place-note") as HTMLTextAreaElement).value).toBe("For the surveyors"));
  });
});

describe("the board by pointer", () => {
  // jsdom lays nothing out, so the board is given a place; what is behind its right edge lies beside it.
  const rect = (left: number, top: number, width: number, height: number) => ({ left, top, width, height, right: left + width, bottom: top + height, x: left, y: top, toJSON: () => ({}) });
  const layOut = async () => {
    const board = await at("theatre-board");
    board.getBoundingClientRect = () => rect(0, 100, 1000, 600);
    (board.querySelector(".sd-body") as HTMLElement).getBoundingClientRect = () => rect(0, 144, 1000, 600);
    return Number.parseFloat(board.style.getPropertyValue("--px"));
  };
  const from = (target: Element, y: number) => fireEvent.pointerDown(target, { button: 0, pointerId: 1, pointerType: "mouse", clientX: 700, clientY: y });
  const to = (x: number, y: number) => fireEvent.pointerMove(window, { pointerId: 1, pointerType: "mouse", clientX: x, clientY: y });
  const up = () => fireEvent.pointerUp(window, { pointerId: 1, pointerType: "mouse" });

  it("carries a reservation to another time, and leaves it on Escape", SLOW, async () => {
    const opened = await openTheatre();
    const px = await layOut();
    from(await reservation("Hugo Adeyemi"), 300);
    to(700, 300 - 20 * px);
    expect(await at("preview")).toHaveTextContent("3:10–3:40");
    await opened.user.keyboard("{Escape}");
    up();
    expect(screen.queryByTestId("preview")).toBeNull();
    expect(callsOf(opened, "scheduling.move_reservation")).toEqual([]);
    from(await reservation("Hugo Adeyemi"), 300);
    to(700, 300 - 20 * px);
    up();
    await answered("toast", "Moved: Hugo Adeyemi");
    expect(last(opened, "scheduling.move_reservation")).toMatchObject({ theatre: "resource-22", slot: { minute: 910, minutes: 30 }, setup_minutes: 15, turnover_minutes: 15 });
  });

  it("carries nothing whose procedure has ended", async () => {
    const opened = await openTheatre();
    const px = await layOut();
    const petra = await reservation("Petra Novak");
    expect([petra.dataset["movable"], (await reservation("Hugo Adeyemi")).dataset["movable"]]).toEqual([undefined, "true"]);
    from(petra, 300);
    to(700, 300 + 60 * px);
    expect(screen.queryByTestId("preview")).toBeNull();
    up();
    expect(callsOf(opened, "scheduling.move_reservation")).toEqual([]);
  });

  it("shows beside the board what stands against where it was put", SLOW, async () => {
    const opened = await openTheatre();
    const px = await layOut();
    from(await reservation("Hugo Adeyemi"), 300);
    to(700, 300 - 60 * px);
    up();
    await answered("place-flyout", "Move Hugo Adeyemi");
    await answered("conflicts", "Theatre 2 is taken 12:30 to 2:30");
    expect((await reservation("Hugo Adeyemi")).textContent).toContain("3:30 to 4:00");
    await opened.user.type(await at("override-reason"), "Swapped");
    await press(opened, "place-save");
    await answered("toast", "Moved: Hugo Adeyemi");
    expect(last(opened, "scheduling.move_reservation")).toMatchObject({ override_reason: "Swapped", slot: { minute: 870 } });
  });

  it("places a case where it is let go over a theatre, and not beside", SLOW, async () => {
    const opened = await openTheatre();
    const px = await layOut();
    from(waiting("Arthur Whitehorse") as HTMLElement, 200);
    to(1200, 300);
    up();
    expect(screen.queryByTestId("place-flyout")).toBeNull();
    from(waiting("Arthur Whitehorse") as HTMLElement, 200);
    to(200, 144 + 480 * px);
    up();
    await at("place-flyout");
    expect(await at("place-theatre")).toHaveTextContent("Theatre 1");
    expect(await at("place-starts")).toHaveTextContent("3:00");
    expect(callsOf(opened, "scheduling.reserve_theatre")).toEqual([]);
  });
});

describe("what theatres take of the day", () => {
  it("is solid in the columns, is walked by arrows, and opens the board there", SLOW, async () => {
    const opened = await openDay(["owner", "physician"], ({ world }) => makeTheatres(world));
    const blocks = screen.getAllByTestId("reserved").filter((one) => spokenOf(one).includes("Luc Dubois"));
    expect(blocks.map((one) => one.dataset["resource"])).toEqual(["resource-21", "resource-23", "resource-24", "resource-25"]);
    expect(spokenOf(blocks[0])).toBe("Surgery, Luc Dubois, 9:35 to 11:55. Reserved for the theatre.");
    blocks[0]?.focus();
    await opened.user.keyboard("{ArrowDown}");
    expect(spokenOf(document.activeElement)).toContain("Amina Ibrahim");
    await opened.user.keyboard("m");
    await answered("grid-said", "Stand on a visit first");
    await opened.user.keyboard("{Enter}");
    await answered("reservation-flyout", "Amina Ibrahim");
    await at("theatre");
  });

  it("stands in the list of the day, too, and is not free there", SLOW, async () => {
    const opened = await openDay(["owner", "physician"], ({ world }) => makeTheatres(world));
    await press(opened, "mode-list");
    await choose(opened, "agenda-who", "resource-21");
    const lines = await screen.findAllByTestId("agenda-reserved");
    expect(lines.map((one) => one.textContent)).toEqual(expect.arrayContaining([expect.stringContaining("Luc Dubois"), expect.stringContaining("Air filters")]));
    expect(screen.getAllByTestId("agenda-free").map((one) => one.querySelector(".sc-agenda-time")?.textContent)).toEqual(["11:55 to 12:05", "1:50 to 2:30", "4:00 to 5:00"]);
    await expectAccessible();
    await opened.user.click(lines[0] as HTMLElement);
    await at("reservation-flyout");
  });
});
