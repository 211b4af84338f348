import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { SLOW, last, openDay, spokenOf, stand, visit } from "./dayWindow";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, press } from "./window";

describe("what others did meanwhile", () => {
  it("is fetched and said where a change is stale", async () => {
    const opened = await openDay();
    opened.fake.failNext("scheduling.move", { kind: "refused", code: "scheduling.stale", field: null, remedy: "Look again." });
    const before = callsOf(opened, "scheduling.day").length;
    await stand("Noor Rahimi");
    await opened.user.keyboard("m{ArrowDown}{Enter}");
    await answered("toast", "Somebody else has changed this visit meanwhile.");
    expect(spokenOf(await visit("Noor Rahimi"))).toContain("2:30 to 3:00");
    await waitFor(() => expect(callsOf(opened, "scheduling.day").length).toBeGreaterThan(before));
  });

  it("stands in a list where a move meets it, and can be overridden", SLOW, async () => {
    const opened = await openDay(["nurse"]);
    await stand("Noor Rahimi");
    await opened.user.keyboard("m]{Enter}");
    await answered("conflict", "Dr. Peter Osei is taken 2:30 to 3:15");
    expect((await visit("Noor Rahimi")).dataset["resource"]).toBe("resource-1");
    await expectAccessible();
    await press(opened, "override");
    await screen.findByText("Say why.");
    await fill(opened, "override-reason", "Twins come together");
    await opened.user.keyboard("{Enter}");
    await answered("toast", "Moved: Noor Rahimi");
    expect(last(opened, "scheduling.move")).toMatchObject({ override_reason: "Twins come together", resources: ["resource-2"] });
    await gone("conflict-flyout");
  });
});

describe("a visit", () => {
  it("is checked in and out with one tap each", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.click(await visit("Samuel Brandt"));
    await answered("visit-status", "Confirmed");
    await expectAccessible();
    for (const [step, status] of [["arrived", "Arrived"], ["roomed", "In room"], ["in_care", "In care"], ["done", "Done"], ["checked_out", "Checked out"]] as const) {
      // One step after the other is what checking in and out is.
      // oxlint-disable-next-line no-await-in-loop
      await press(opened, `step-${step}`);
      // oxlint-disable-next-line no-await-in-loop
      await answered("visit-status", status);
    }
    expect(within(screen.getByTestId("checkpoints")).getAllByRole("listitem").length).toBe(7);
  });

  it("that nobody came to asks why with one more tap, and can be taken back", async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.click(await visit("Samuel Brandt"));
    await press(opened, "step-no_show");
    await press(opened, "reason-no_answer");
    await answered("visit-status", "No-show");
    expect(last(opened, "scheduling.advance")).toMatchObject({ to: "no_show", reason: "no_answer" });
    await press(opened, "toast-undo");
    await answered("visit-status", "Confirmed");
  });

  it("is moved by typing, too, and booked again", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.click(await visit("Noor Rahimi"));
    await press(opened, "visit-move");
    await at("move-dialog");
    await expectAccessible();
    await choose(opened, "move-length", "20");
    await press(opened, "move-save");
    await answered("toast", "Moved: Noor Rahimi");
    expect(last(opened, "scheduling.move")).toMatchObject({ slot: { minute: 870, minutes: 20 } });
    await press(opened, "visit-rebook");
    await answered("book-patient", "Noor Rahimi");
    await answered("conflicts", "Rahimi, Noor has another visit");
  });

  it("shows the reason to who treats, who may write it", SLOW, async () => {
    const opened = await openDay(["nurse"]);
    await opened.user.click(await visit("Ivy Castellanos"));
    await answered("clinical", "Mole on the left shoulder");
    await press(opened, "reason-edit");
    await fill(opened, "reason-text", "Mole on the right shoulder");
    await press(opened, "reason-save");
    await answered("clinical", "Mole on the right shoulder");
    expect(last(opened, "scheduling.note_reason")).toMatchObject({ reason_for_visit: "Mole on the right shoulder" });
  });
});
