import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { SLOW, last, openDay, spokenOf, stand, visit } from "./dayWindow";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, press } from "./window";

describe("what a booking takes along", () => {
  it("stands there as added, can be taken off and added again", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await stand("Maria Garcia");
    await opened.user.keyboard("n");
    await at("book-pick");
    await choose(opened, "book-product", "product-3");
    await answered("needs", "Room 1 is free, added");
    await press(opened, "need-off-resource-4");
    await answered("needs", "Still needs a room with exam table");
    await answered("need-add-resource-4", "Room 1 is free: add");
    await expectAccessible();
    await press(opened, "need-add-resource-4");
    await answered("needs", "Room 1 is free, added");
    await waitFor(() => expect(screen.queryByTestId("conflicts")).toBeNull());
  });

  it("is what Rust finds free, where the booking began without it", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => {
      // A time that is held for what needs a room, and no room with it.
      world.schedule.holds = [{ hold: "hold-2", product: "product-3", date: world.schedule.visits[0]?.date ?? "", resources: ["resource-1"], from: 960, minutes: 45, ends: Date.now() + 300_000, held_by: "Dr. Naomi Ito", own: true }];
    });
    await opened.user.click(await at("hold"));
    await answered("book-product", "Annual exam");
    await answered("needs", "Room 1 is free, added");
    expect(last(opened, "scheduling.check")).toMatchObject({ product: "product-3", resources: ["resource-1", "resource-4"], hold: "hold-2" });
    await at("held");
    expect(callsOf(opened, "scheduling.release_slot")).toEqual([]);
    await waitFor(() => expect(screen.queryByTestId("conflicts")).toBeNull());
  });

  it("says how the patient wants to be reached", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => {
      const record = world.patients[1]?.versions.at(-1)?.record;
      if (record) record.confidential_communication = "Only by letter to the office";
    });
    await opened.user.click(await visit("Amara Okonkwo"));
    await answered("reach-by", "How to reach the patient: Only by letter to the office");
    await press(opened, "visit-rebook");
    await answered("book-reach-by", "How to reach the patient: Only by letter to the office");
  });
});

describe("a move that meets something", () => {
  it("is checked without opening the visit", async () => {
    const opened = await openDay(["nurse"]);
    await stand("Noor Rahimi");
    await opened.user.keyboard("m]{Enter}");
    await answered("conflict", "Dr. Peter Osei is taken 2:30 to 3:15");
    expect(last(opened, "scheduling.check")).toMatchObject({ product: "product-1" });
    expect(callsOf(opened, "scheduling.visit")).toEqual([]);
  });
});

describe("the desk note", () => {
  it("is written and changed beside the visit", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.click(await visit("Noor Rahimi"));
    await press(opened, "note-edit");
    await fill(opened, "note-text", "Comes by bus");
    await expectAccessible();
    await press(opened, "note-save");
    await answered("visit-note", "Comes by bus");
    expect(document.activeElement?.getAttribute("data-testid")).toBe("note-edit");
    await press(opened, "note-edit");
    await fill(opened, "note-text", "Comes by car");
    opened.fake.failNext("scheduling.note_desk", { kind: "refused", code: "scheduling.stale", field: null, remedy: "Look again." });
    await press(opened, "note-save");
    await answered("note-refused", "Somebody else has changed this visit meanwhile.");
    await press(opened, "note-save");
    await answered("visit-note", "Comes by car");
  });

  it("is only read by whoever may not book", SLOW, async () => {
    const opened = await openDay(["biller"], ({ world }) => world.schedule.visits.forEach((one) => { one.desk_note = "Comes by bus"; }));
    await opened.user.click(await visit("Noor Rahimi"));
    await answered("visit-note", "Comes by bus");
    expect(screen.queryByTestId("note-edit")).toBeNull();
    expect(screen.queryByTestId("repeat-open")).toBeNull();
  });
});

describe("a gate that failed", () => {
  // Dr. Osei's new patient of half past two: the insurance was looked up too long ago.
  const failing = (element: HTMLElement) => spokenOf(element).includes("New patient");
  const open = async (opened: Awaited<ReturnType<typeof openDay>>) => {
    await at("day-grid");
    const found = (await screen.findAllByTestId("visit")).find(failing);
    await opened.user.click(found as HTMLElement);
    await answered("gates", "41 days old");
  };

  it("stops the visit, and goes on with a reason", SLOW, async () => {
    const opened = await openDay(["nurse"]);
    await open(opened);
    await press(opened, "step-arrived");
    await answered("visit-status", "Arrived");
    await press(opened, "step-roomed");
    await answered("visit-status", "In room");
    await press(opened, "step-in_care");
    await screen.findByText(/Something that must be in order beforehand is not/);
    await press(opened, "waive-eligibility_snapshot");
    await press(opened, "waive-save");
    await screen.findByText("Say why.");
    await expectAccessible();
    await fill(opened, "waive-reason", "Pays by herself");
    await press(opened, "waive-save");
    await answered("gates", "Pays by herself");
    expect(last(opened, "scheduling.waive_gate")).toMatchObject({ gate: "eligibility_snapshot", reason: "Pays by herself" });
    await gone("waive-eligibility_snapshot");
    await press(opened, "step-in_care");
    await answered("visit-status", "In care");
  });

  it("is not for the desk to waive", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await open(opened);
    expect(screen.queryByTestId("waive-eligibility_snapshot")).toBeNull();
  });
});
