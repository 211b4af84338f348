import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { prefer } from "../src/bridge";
import { THEATRE } from "../src/bridge/fake/theatre";
import type { Fake } from "../src/bridge/fake";
import { SLOW, last, spokenOf } from "./dayWindow";
import { openTheatre, reservation, reservations } from "./theatreWindow";
import { answered, at, callsOf, expectAccessible, gone, press, tabTo, type Opened } from "./window";

const marked = async (name: string) => within(await reservation(name)).queryByTestId("lapsed-mark");

/** Ends the surgeon's licence as well. */
function endLicense({ world }: Fake): void {
  world.setup.resources = world.setup.resources.map((one) => (one.resource === THEATRE.vale ? { ...one, lapsed: ["license"] } : one));
}

async function openAmina(opened: Opened): Promise<void> {
  (await reservation("Amina Ibrahim")).focus();
  await opened.user.keyboard("{Enter}");
  await answered("reservation-flyout", "Amina Ibrahim");
}

describe("what has ended of an operation", () => {
  it("is marked on the board, said in the list and the flyout, and nobody is brought in", SLOW, async () => {
    const opened = await openTheatre();
    expect(screen.getByRole("img", { name: "Has ended: C-arm, fluoroscopy." })).toBe(await marked("Amina Ibrahim"));
    // Whoever is on the table already is brought in no more, and others take no part in it.
    expect(await marked("Luc Dubois")).toBeNull();
    expect(await marked("Hugo Adeyemi")).toBeNull();
    expect(await marked("Air filters")).toBeNull();
    await openAmina(opened);
    await answered("lapse", "C-arm, fluoroscopyHas ended");
    // It stands above the steps it keeps from being taken.
    expect((await at("lapses")).compareDocumentPosition(await at("steps"))).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    await expectAccessible();
    await press(opened, "step-patient_in");
    await answered("toast", "Something that must be in order beforehand is not. Open the visit or the operation");
    expect((await reservation("Amina Ibrahim")).dataset["step"]).toBe("reserved");
    await press(opened, "step-set_up");
    await answered("reservation-step", "Set up");
    await opened.user.keyboard("{Escape}l");
    const line = (await screen.findAllByTestId("theatre-line")).find((one) => one.textContent?.includes("Amina Ibrahim"));
    expect(spokenOf(line)).toContain("Has ended: C-arm, fluoroscopy.");
    expect(line?.querySelector(".th-list-lapsed")).toHaveTextContent("Has ended: C-arm, fluoroscopy.");
    await expectAccessible();
    await opened.user.keyboard("l");
  });

  it("is waived by keys alone with a reason, and then the patient is brought in", SLOW, async () => {
    const opened = await openTheatre(["physician"]);
    await openAmina(opened);
    await tabTo(opened, "waive-lapse");
    await opened.user.keyboard("{Enter}");
    expect(document.activeElement).toBe(await at("waive-reason"));
    await expectAccessible();
    await opened.user.keyboard("{Enter}");
    await screen.findByText("Say why.");
    expect(callsOf(opened, "scheduling.waive_lapse")).toEqual([]);
    await opened.user.keyboard("Tested this morning{Enter}");
    await answered("toast", "Waived: C-arm, fluoroscopy");
    expect(last(opened, "scheduling.waive_lapse")).toMatchObject({ version: 1, resource: THEATRE.cArm, what: "fluoroscopy", reason: "Tested this morning" });
    await answered("lapse", "C-arm, fluoroscopyWaivedWaived, because: Tested this morning");
    expect(await marked("Amina Ibrahim")).toBeNull();
    // The form is gone, and the focus is not gone with it.
    await waitFor(() => expect(screen.getByTestId("reservation-flyout").contains(document.activeElement)).toBe(true));
    await press(opened, "step-patient_in");
    await answered("reservation-step", "Patient in");
    await gone("lapses");
  });

  it("is left as it is on Cancel, and a waiver that is refused says why", SLOW, async () => {
    const opened = await openTheatre(["department_manager"]);
    await openAmina(opened);
    await press(opened, "waive-lapse");
    await press(opened, "waive-cancel");
    expect(document.activeElement).toBe(await at("waive-lapse"));
    await press(opened, "waive-lapse");
    opened.fake.failNext("scheduling.waive_lapse", { kind: "refused", code: "scheduling.stale", field: null, remedy: "Look again." });
    await opened.user.type(await at("waive-reason"), "Tested{Enter}");
    await answered("waive-refused", "Somebody else has changed this");
    await opened.user.type(await at("waive-reason"), "{Enter}");
    await answered("toast", "Waived: C-arm, fluoroscopy");
  });

  it("says to whoever may not waive it who can", async () => {
    const opened = await openTheatre(["receptionist"]);
    await openAmina(opened);
    await answered("lapse", "Ask the owner, a clinician or a department manager to waive it.");
    expect(screen.queryByTestId("waive-lapse")).toBeNull();
  });

  it("is never waived where it is a license", SLOW, async () => {
    const opened = await openTheatre(["owner"], endLicense);
    expect((await marked("Amina Ibrahim"))?.getAttribute("aria-label")).toBe("Has ended: Dr. Lena Vale, license; C-arm, fluoroscopy.");
    await openAmina(opened);
    const [license, arm] = await screen.findAllByTestId("lapse");
    expect(license).toHaveTextContent("Dr. Lena Vale, licenseHas endedA license cannot be waived: nobody treats without one. Enter the renewed one under Hours and services");
    expect(within(license as HTMLElement).queryByTestId("waive-lapse")).toBeNull();
    await opened.user.click(within(arm as HTMLElement).getByTestId("waive-lapse"));
    await opened.user.type(await at("waive-reason"), "Tested{Enter}");
    await waitFor(async () => expect((await marked("Amina Ibrahim"))?.getAttribute("aria-label")).toBe("Has ended: Dr. Lena Vale, license."));
    await press(opened, "step-patient_in");
    await screen.findByText(/must be in order beforehand is not/);
  });

  it("speaks Spanish, too", SLOW, async () => {
    prefer({ language: "es-US" });
    const opened = await openTheatre(["owner"], endLicense);
    await waitFor(() => expect(screen.getAllByRole("img", { name: "Ha vencido: Dr. Lena Vale, licencia; C-arm, fluoroscopy." }).length).toBe(1));
    await openAmina(opened);
    await answered("lapses", "Una licencia no se puede dispensar");
    await press(opened, "waive-lapse");
    await screen.findByText("Por qué se opera aunque esto ha vencido");
    await expectAccessible();
    prefer({ language: "en-US" });
  });
});

describe("what the procedure of has ended", () => {
  const ended = ({ world }: Fake) => {
    world.theatre.reservations[1]?.checkpoints.push({ step: "ended", at: "2026-11-23T10:30:00-06:00", by: "R. Alvarez" });
  };

  it("is moved by nothing: not by key, from the flyout, or from the list", SLOW, async () => {
    const opened = await openTheatre(["owner"], ended);
    const luc = await reservation("Luc Dubois");
    expect([luc.dataset["movable"], (await reservation("Sofia Kowalski")).dataset["movable"]]).toEqual([undefined, "true"]);
    luc.focus();
    await opened.user.keyboard("m");
    await answered("toast", "The procedure has ended, so this stays where it was.");
    // What says it is a live region.
    expect(screen.getByTestId("toast").closest("[aria-live]")).not.toBeNull();
    expect(screen.queryByTestId("place-flyout")).toBeNull();
    await opened.user.keyboard("{Enter}");
    await answered("reservation-flyout", "Luc Dubois");
    expect(screen.queryByTestId("reservation-move")).toBeNull();
    await opened.user.keyboard("l");
    expect((await screen.findAllByTestId("theatre-line")).length).toBe(8);
    await opened.user.keyboard("m");
    expect(screen.queryByTestId("place-flyout")).toBeNull();
    await opened.user.keyboard("{Escape}l");
    expect(reservations("Luc Dubois").length).toBe(1);
    (await reservation("Sofia Kowalski")).focus();
    await opened.user.keyboard("{Enter}");
    await at("reservation-move");
  });
});
