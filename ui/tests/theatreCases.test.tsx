import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { SLOW, last } from "./dayWindow";
import { openTheatre, reservation, reservations, waiting } from "./theatreWindow";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, press, refusedAt, typeInto } from "./window";

const STALE = { kind: "refused" as const, code: "scheduling.stale" as const, field: null, remedy: "Look again." };

describe("a case", () => {
  it("is planned with what is done, and goes on to its theatre", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.keyboard("n");
    await at("case-flyout");
    await expectAccessible();
    await press(opened, "form-save");
    await answered("case-patient-needed", "Choose the patient");
    await typeInto(opened, "case-pick", "Rahimi");
    await screen.findAllByTestId("picker-row");
    await opened.user.keyboard("{Enter}");
    await answered("case-patient", "Noor Rahimi");
    await choose(opened, "case-surgeon", "resource-23");
    await press(opened, "case-urgency-urgent");
    await choose(opened, "case-minutes", "45");
    await fill(opened, "clinical-procedure-text", "Removal of the appendix");
    await press(opened, "clinical-side-right");
    await press(opened, "form-save");
    await answered("toast", "Planned: Noor Rahimi");
    expect(last(opened, "scheduling.keep_case")).toMatchObject({ surgeon: "resource-23", urgency: "urgent", minutes: 45 });
    expect(last(opened, "scheduling.note_case")).toMatchObject({ procedure: "Removal of the appendix", laterality: "right", anaesthesia: "", note: "" });
    await answered("place-flyout", "Reserve a theatre");
    await choose(opened, "place-theatre", "resource-21");
    await choose(opened, "place-minutes", "15");
    await choose(opened, "place-setup", "5");
    await choose(opened, "place-turnover", "5");
    await choose(opened, "place-starts", "840");
    await at("place-free");
    await press(opened, "place-save");
    await answered("reservation-flyout", "Noor Rahimi");
    expect(reservations("Noor Rahimi").length).toBe(1);
    // The surgeon is allocated in the same step.
    await answered("allocations", "Dr. Lena Vale");
    expect(last(opened, "scheduling.reserve_theatre")).toMatchObject({ purpose: "surgery", slot: { minute: 840, minutes: 15 } });
  });

  it("takes along the free time it was begun for", SLOW, async () => {
    const opened = await openTheatre(["receptionist"]);
    await opened.user.keyboard("r");
    await choose(opened, "place-theatre", "resource-22");
    await choose(opened, "place-starts", "900");
    await press(opened, "place-new-case");
    // The desk says nothing of what is done.
    expect(screen.queryByTestId("clinical-procedure-text")).toBeNull();
    await typeInto(opened, "case-pick", "Rahimi");
    await screen.findAllByTestId("picker-row");
    await opened.user.keyboard("{Enter}");
    await press(opened, "form-save");
    await at("place-flyout");
    expect(await at("place-theatre")).toHaveTextContent("Theatre 2");
    expect(await at("place-starts")).toHaveTextContent("3:00");
    expect(callsOf(opened, "scheduling.note_case")).toEqual([]);
  });

  it("is kept once, also where writing what is done fails at first", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.keyboard("n");
    await typeInto(opened, "case-pick", "Rahimi");
    await screen.findAllByTestId("picker-row");
    await opened.user.keyboard("{Enter}");
    await fill(opened, "clinical-procedure-text", "Removal of the appendix");
    opened.fake.failNext("scheduling.note_case", { kind: "refused", code: "scheduling.bad_text", field: "procedure", remedy: "Shorten it." });
    await press(opened, "form-save");
    await refusedAt("clinical-procedure-text", "The case is planned. What is done could not be written: Shorten this text");
    await press(opened, "form-save");
    await answered("place-flyout", "Reserve a theatre");
    const kept = callsOf(opened, "scheduling.keep_case").map((one) => one.input as { case?: string; version?: number });
    expect(kept.length).toBe(2);
    expect(kept[0]?.case).toBeUndefined();
    expect(kept[1]).toMatchObject({ version: 1 });
    expect(opened.fake.world.theatre.cases.filter((one) => one.case === kept[1]?.case).length).toBe(1);
  });

  it("is changed, and on what others left where they were quicker", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.click(within(waiting("Ines Ibrahim") as HTMLElement).getByTestId("unplaced-change"));
    await choose(opened, "case-surgeon", "resource-26");
    const theirs = opened.fake.world.theatre.cases.find((one) => one.surgeon === null);
    if (theirs) Object.assign(theirs, { version: 2, minutes: 50 });
    await press(opened, "form-save");
    await answered("error-summary", "Somebody else has changed this");
    // What was typed is still here, and the second try is on their version.
    expect(await at("case-surgeon")).toHaveTextContent("Dr. Iris Roth");
    await press(opened, "form-save");
    await answered("toast", "Changed: Ines Ibrahim");
    expect(last(opened, "scheduling.keep_case")).toMatchObject({ version: 2, surgeon: "resource-26" });
    await waitFor(() => expect(waiting("Ines Ibrahim")?.textContent).toContain("Dr. Iris Roth"));
  });

  it("is cancelled with a reason in one tap, and its theatre is free again", async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Amina Ibrahim"));
    await press(opened, "cancel-case");
    await press(opened, "cancel-case-patient_asked");
    await answered("toast", "Cancelled: Amina Ibrahim");
    await gone("reservation-flyout");
    expect(reservations("Amina Ibrahim")).toEqual([]);
    expect(waiting("Amina Ibrahim")).toBeUndefined();
    expect(last(opened, "scheduling.cancel_case")).toMatchObject({ version: 1, reason: "patient_asked" });
  });

  it("is planned again where that is taken back, in the theatre it had", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Amina Ibrahim"));
    await press(opened, "cancel-case");
    await press(opened, "cancel-case-patient_asked");
    await answered("toast", "Cancelled: Amina Ibrahim");
    await press(opened, "toast-undo");
    await waitFor(() => expect(reservations("Amina Ibrahim")).toHaveLength(1));
    expect(last(opened, "scheduling.reinstate_case")).toMatchObject({ version: 2 });
    expect(last(opened, "scheduling.reserve_theatre")).toMatchObject({ purpose: "surgery" });
  });

  it("waits for a theatre again where it had none", async () => {
    const opened = await openTheatre();
    await waitFor(() => expect(waiting("Ines Ibrahim")).toBeTruthy());
    await opened.user.click(within(waiting("Ines Ibrahim") as HTMLElement).getByTestId("unplaced-change"));
    await press(opened, "cancel-case");
    await press(opened, "cancel-case-patient_asked");
    await waitFor(() => expect(waiting("Ines Ibrahim")).toBeUndefined());
    await press(opened, "toast-undo");
    await answered("toast", "Ines Ibrahim is among those without a theatre");
    await waitFor(() => expect(waiting("Ines Ibrahim")).toBeTruthy());
  });

  it("waits without a theatre again where that is given back", async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Amina Ibrahim"));
    await press(opened, "release");
    await press(opened, "release-practice_asked");
    await answered("toast", "Amina Ibrahim is among those without a theatre");
    await waitFor(() => expect(waiting("Amina Ibrahim")).toBeTruthy());
    expect(last(opened, "scheduling.release_theatre")).toMatchObject({ version: 1, reason: "practice_asked" });
  });

  it("says that it is gone where somebody else released it meanwhile", async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Sofia Kowalski"));
    await at("steps");
    opened.fake.world.theatre.reservations = opened.fake.world.theatre.reservations.filter((one) => one.minute !== 645);
    opened.fake.failNext("scheduling.advance_theatre", STALE);
    await press(opened, "step-patient_in");
    await answered("reservation-gone", "released, cancelled or moved to another day");
  });
});

describe("what is done in a case", () => {
  it("is asked for only when it is opened, and only by whoever treats", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Luc Dubois"));
    await at("case-clinical");
    expect(callsOf(opened, "scheduling.clinical_case")).toEqual([]);
    expect(document.body.textContent).not.toContain("radius");
    await press(opened, "clinical-open");
    await answered("clinical-procedure", "Fixation of a fracture of the radius");
    await answered("case-clinical", "Latex allergy");
    await press(opened, "clinical-edit");
    await fill(opened, "clinical-anaesthesia", "Regional");
    await press(opened, "clinical-save");
    await answered("case-clinical", "Regional");
    expect(last(opened, "scheduling.note_case")).toMatchObject({ procedure: "Fixation of a fracture of the radius", laterality: "left", anaesthesia: "Regional", note: "Latex allergy" });
    await expectAccessible();
  });

  it("is not offered to the desk", async () => {
    const opened = await openTheatre(["receptionist"]);
    await opened.user.click(await reservation("Luc Dubois"));
    await at("allocations");
    expect(screen.queryByTestId("case-clinical")).toBeNull();
  });

  it("is not lost at a lock", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Luc Dubois"));
    await press(opened, "clinical-open");
    await press(opened, "clinical-edit");
    await fill(opened, "clinical-note", "Latex allergy, severe");
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    await opened.user.type(await at("unlock-passphrase"), "correct horse battery staple");
    await press(opened, "unlock-submit");
    await waitFor(() => expect((screen.getByTestId("clinical-note") as HTMLTextAreaElement).value).toBe("Latex allergy, severe"));
  });
});

describe("who and what a reservation takes", () => {
  it("is added within it, by the minute, and taken off again", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Amina Ibrahim"));
    await press(opened, "allocate");
    await press(opened, "allocate-save");
    await refusedAt("allocate-what", "Choose who or what.");
    await choose(opened, "allocate-what", "resource-25");
    await typeInto(opened, "allocate-role", "Imaging");
    await choose(opened, "allocate-from", "25");
    await choose(opened, "allocate-to", "85");
    await expectAccessible();
    await press(opened, "allocate-save");
    await answered("allocations", "C-armImaging · 12:30 to 1:30");
    expect(last(opened, "scheduling.allocate")).toMatchObject({ what: { kind: "resource", resource: "resource-25" }, role: "Imaging", from: 25, to: 85 });
    await opened.user.click(within(await at("allocations")).getByRole("button", { name: "Remove C-arm" }));
    await screen.findByText("Removed: C-arm");
    await waitFor(() => expect(screen.getByTestId("allocations")).not.toHaveTextContent("C-arm"));
  });

  it("is counted where it is an item", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Amina Ibrahim"));
    await press(opened, "allocate");
    await choose(opened, "allocate-what", "item");
    await typeInto(opened, "allocate-name", "Sutures");
    await typeInto(opened, "allocate-quantity", "none");
    await press(opened, "allocate-save");
    await refusedAt("allocate-quantity", "Type a whole number");
    await typeInto(opened, "allocate-quantity", "4");
    await press(opened, "allocate-save");
    await answered("allocations", "Sutures × 4");
    expect(last(opened, "scheduling.allocate")).toMatchObject({ what: { kind: "item", name: "Sutures", quantity: 4 }, from: 0, to: 105 });
  });

  it("is refused outside of it, at the field", async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Amina Ibrahim"));
    await press(opened, "allocate");
    await choose(opened, "allocate-what", "resource-25");
    await choose(opened, "allocate-to", "0");
    await press(opened, "allocate-save");
    await refusedAt("allocate-to", "Choose a time within the reservation");
  });

  it("is added over something else only with a reason", SLOW, async () => {
    const opened = await openTheatre();
    await opened.user.click(await reservation("Sofia Kowalski"));
    await press(opened, "allocate");
    await choose(opened, "allocate-what", "resource-24");
    await press(opened, "allocate-save");
    await answered("conflicts", "M. Chen, CRNA");
    await press(opened, "allocate-save");
    await refusedAt("override-reason", "Say why.");
    expect(callsOf(opened, "scheduling.allocate").length).toBe(1);
    await typeInto(opened, "override-reason", "Supervises both");
    await press(opened, "allocate-save");
    await answered("allocations", "M. Chen, CRNA");
    expect(last(opened, "scheduling.allocate")).toMatchObject({ override_reason: "Supervises both" });
    await answered("reservation-flyout", "Supervises both");
  });
});
