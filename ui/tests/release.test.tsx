import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { prefer, type BoardReservation } from "../src/bridge";
import { fakeBackend, type Fake } from "../src/bridge/fake";
import { plus } from "../src/bridge/fake/calendar";
import { scheduleToday } from "../src/bridge/fake/schedule";
import { THEATRE, boardOf, makeTheatres, newReservation } from "../src/bridge/fake/theatre";
import { givenBack } from "../src/features/scheduling/theatreAgain";
import { SLOW, last } from "./dayWindow";
import { openTheatre, reservation, reservations, waiting } from "./theatreWindow";
import { answered, at, callsOf, expectAccessible, gone, press, tabTo, type Opened } from "./window";

const yesterday = () => plus(scheduleToday(), -1);

/** The C-arm is looked at again, so that it can be allocated. */
function renew({ world }: Fake): void {
  world.setup.resources = world.setup.resources.map((one) => ({ ...one, lapsed: [] }));
}

async function release(opened: Opened, name: string): Promise<void> {
  await opened.user.click(await reservation(name));
  await press(opened, "release");
  await press(opened, "release-practice_asked");
  await gone("reservation-flyout");
  await waitFor(() => expect(reservations(name)).toEqual([]));
}

const ofAmina = ({ fake: { world } }: Opened) => world.theatre.reservations.find((one) => one.minute === 750 && one.case !== null);
const along = (opened: Opened) => opened.fake.world.theatre.allocations.filter((one) => one.reservation === ofAmina(opened)?.reservation).map(({ resource, name, quantity, role, from, to }) => ({ resource, name, quantity, role, from, to }));

const SURGEON = { resource: THEATRE.vale, name: "", quantity: 1, role: "Surgeon", from: 25, to: 85 };
const ARM = { resource: THEATRE.cArm, name: "", quantity: 1, role: "Imaging", from: 25, to: 85 };

describe("a theatre that was given back", () => {
  it("is reserved again by keys alone, with everybody and everything", SLOW, async () => {
    const opened = await openTheatre(["receptionist"], (fake) => {
      renew(fake);
      const amina = fake.world.theatre.reservations[2]?.reservation ?? "";
      fake.world.theatre.allocations.push({ allocation: "allocation-item", reservation: amina, resource: null, name: "Suture 3-0", quantity: 4, role: "", from: 0, to: 105 });
    });
    const before = along(opened);
    const old = ofAmina(opened)?.reservation;
    (await reservation("Amina Ibrahim")).focus();
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "release");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "release-practice_asked");
    await opened.user.keyboard("{Enter}");
    await answered("toast", "Amina Ibrahim is among those without a theatre");
    await waitFor(() => expect(waiting("Amina Ibrahim")).toBeTruthy());
    await opened.user.keyboard("{Control>}z{/Control}");
    await answered("toast", "Reserved again: Amina Ibrahim");
    expect(last(opened, "scheduling.reserve_theatre")).toMatchObject({ theatre: THEATRE.one, slot: { date: scheduleToday(), minute: 750, minutes: 60 }, setup_minutes: 25, turnover_minutes: 20, purpose: "surgery", case: ofAmina(opened)?.case });
    expect(ofAmina(opened)?.reservation).not.toBe(old);
    expect(along(opened)).toEqual(before);
    expect(along(opened)).toEqual([SURGEON, ARM, { resource: null, name: "Suture 3-0", quantity: 4, role: "", from: 0, to: 105 }]);
    // The surgeon came along by themselves.
    expect(callsOf(opened, "scheduling.allocate").length).toBe(2);
    await answered("reservation-flyout", "Amina Ibrahim");
    expect(screen.queryByTestId("reservation-missing")).toBeNull();
    expect(waiting("Amina Ibrahim")).toBeUndefined();
  });

  it("has its surgeon as they took part before, and says by name what cannot be had back", SLOW, async () => {
    const opened = await openTheatre(["owner"], ({ world }) => {
      const surgeon = world.theatre.allocations.find((one) => one.reservation === world.theatre.reservations[2]?.reservation && one.role === "Surgeon");
      if (surgeon) Object.assign(surgeon, { role: "First surgeon", from: 10 });
      world.theatre.reservations[2]?.waivers.push({ resource: THEATRE.cArm, what: "fluoroscopy", reason: "Tested" });
      world.theatre.reservations[2]?.checkpoints.push({ step: "set_up", at: `${scheduleToday()}T10:20:00-06:00`, by: "R. Alvarez" });
    });
    await release(opened, "Amina Ibrahim");
    await press(opened, "toast-undo");
    const missing = "Set up since 10:20, the waiver for C-arm, fluoroscopy, C-arm (Imaging)";
    await answered("toast", `Reserved again: Amina Ibrahim. Not as before: ${missing}.`);
    expect(along(opened)).toEqual([{ ...SURGEON, role: "First surgeon", from: 10 }]);
    await answered("reservation-missing", `Not as it was before the theatre was given back: ${missing}.`);
    await expectAccessible();
    // It is said of what was had again, and not whenever it is opened later.
    await opened.user.keyboard("{Escape}");
    await opened.user.click(await reservation("Amina Ibrahim"));
    await at("reservation-flyout");
    expect(screen.queryByTestId("reservation-missing")).toBeNull();
  });

  it("is asked about where something stands there now, and everything comes back all the same", SLOW, async () => {
    const opened = await openTheatre(["owner"], renew);
    await release(opened, "Amina Ibrahim");
    newReservation(opened.fake.world, { theatre: THEATRE.one, purpose: "block", date: scheduleToday(), minute: 760, minutes: 30, setup: 0, turnover: 0, case: null, note: "Somebody was quicker" });
    await press(opened, "toast-undo");
    await answered("toast", "Amina Ibrahim is not reserved again: something stands there now.");
    await answered("conflicts", "Theatre 1 is taken 12:40 to 1:10 (Somebody was quicker)");
    await expectAccessible();
    expect(ofAmina(opened)).toBeUndefined();
    await opened.user.type(await at("override-reason"), "They swapped");
    await press(opened, "place-save");
    await answered("reservation-flyout", "They swapped");
    expect(along(opened)).toEqual([SURGEON, ARM]);
  });

  it("does not come back where the case has another theatre by now, and that is said", SLOW, async () => {
    const opened = await openTheatre();
    await release(opened, "Amina Ibrahim");
    const planned = opened.fake.world.theatre.cases[2]?.case ?? null;
    newReservation(opened.fake.world, { theatre: THEATRE.two, purpose: "surgery", date: plus(scheduleToday(), 1), minute: 600, minutes: 60, setup: 0, turnover: 0, case: planned, note: null });
    await press(opened, "toast-undo");
    await answered("toast", "Amina Ibrahim is not reserved again. This case has a theatre already");
    expect(screen.queryByTestId("place-flyout")).toBeNull();
  });

  it("opens nothing over another day or over what somebody began meanwhile", SLOW, async () => {
    const opened = await openTheatre(["owner"], renew);
    await release(opened, "Amina Ibrahim");
    await press(opened, "day-after");
    await answered("theatre-nothing", "Nothing is reserved on this day.");
    await press(opened, "toast-undo");
    await answered("toast", "Reserved again: Amina Ibrahim");
    expect(ofAmina(opened)?.date).toBe(scheduleToday());
    expect(screen.queryByTestId("reservation-flyout")).toBeNull();
  });

  it("keeps its note where it was no operation", SLOW, async () => {
    const opened = await openTheatre();
    prefer({ language: "es-US" });
    await release(opened, "Air filters");
    await answered("toast", "Devuelto: Mantenimiento");
    await press(opened, "toast-undo");
    await answered("toast", "Reservado de nuevo: Mantenimiento");
    prefer({ language: "en-US" });
    expect(last(opened, "scheduling.reserve_theatre")).toMatchObject({ purpose: "maintenance", case: null, note: "Air filters", slot: { minute: 870, minutes: 90 } });
    expect((await reservation("Air filters")).dataset["purpose"]).toBe("maintenance");
  });

  it("is looked for on the day on which it began, where that was the day before", async () => {
    const fake = fakeBackend("signed_in", ["owner"]);
    makeTheatres(fake.world);
    newReservation(fake.world, { theatre: THEATRE.two, purpose: "block", date: yesterday(), minute: 1410, minutes: 90, setup: 0, turnover: 0, case: null, note: "Over the night" });
    const shown = boardOf(fake.world, yesterday()).reservations[0] as BoardReservation;
    const given = await givenBack({ ...shown, from: shown.from - 1440 }, scheduleToday(), (key) => key);
    expect(given).toMatchObject({ date: yesterday(), placing: { minute: 1410, minutes: 90, note: "Over the night" } });
  });
});
