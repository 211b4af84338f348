import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { HoldRow, Role } from "../src/bridge";
import { day } from "../src/bridge/fake/calendar";
import { madeUpDocument, type FakeRetained } from "../src/bridge/fake/retention";
import { forgetLetters } from "../src/features/compliance";
import { labelOf, stateOf } from "../src/features/compliance/retainedParts";
import { relativeText } from "../src/words";
import { answered, at, callsOf, expectAccessible, fill, gone, openChart, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

/** A slow machine walks a long form slowly. */
const SLOW = { timeout: 120_000 };
const GRACE = "00000000-0000-7000-8000-000000000001";

afterEach(forgetLetters);

const aHold = (change: Partial<HoldRow> = {}): HoldRow => ({ hold: "hold-1", patient: null, matter: "County audit", reason: "Letter of the county", placed_on: day(-9), placed_by: "m.feld", ...change });

async function openRetained(rows?: FakeRetained[], holds: HoldRow[] = [], roles: Role[] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, ({ world }) => {
    Object.assign(world, { holds, ...(rows ? { retained: rows } : {}) });
  });
  await press(opened, "nav-retained");
  await at("hold-place");
  return opened;
}

async function openRow(opened: Opened, words: string): Promise<void> {
  const rows = await screen.findAllByTestId("retained-row");
  const row = rows.find((one) => one.textContent?.includes(words));
  if (!row) throw new Error(`${words} is not there`);
  await opened.user.click(row);
  await at("retained");
}

describe("how a document stands", () => {
  it.each([[null, false, "inEffect"], [null, true, "inEffect"], [30, false, "kept"], [30, true, "kept"], [-1, false, "mayGo"], [0, false, "mayGo"], [-1, true, "held"]] as const)("kept for %s more days, held %s: %s", (until, held, state) => {
    expect(stateOf(madeUpDocument("one", "associate", "A", until), held)).toBe(state);
  });

  it.each([["2020-02-11 County Health Department", "County Health Department, Feb 11, 2020"], ["2024-05-02", "May 2, 2024"], ["Lakeside Shredding", "Lakeside Shredding"], ["2019 audit", "2019 audit"]])("%s is shown as %s", (label, words) => {
    expect(labelOf(madeUpDocument("one", "disclosure", label, 1))).toBe(words);
  });

  it.each([["2026-11-22", "today"], ["2026-11-23", "tomorrow"], ["2026-10-13", "40 days ago"], ["2026-03-01", "8 months ago"], ["2027-11-22", "in 12 months"], ["2027-11-21", "in 11 months"], ["2028-11-22", "in 2 years"], ["2032-11-21", "in 5 years"], ["2030-10-22", "in 3 years"], ["2020-11-22", "6 years ago"]])("%s is %s", (date, words) => {
    expect(relativeText("2026-11-22", date)).toBe(words);
  });
});

describe("the practice's kept documents", () => {
  it("says of each until when it is kept and whether it may go, in the order they come", async () => {
    await openRetained();
    const rows = await screen.findAllByTestId("retained-row");
    expect(rows.map((row) => row.querySelector(".kw-badge")?.textContent)).toEqual(["May go", "May go", "Kept", "Kept", "In effect", "In effect"]);
    expect(rows[0]).toHaveTextContent("Lakeside Shredding");
    expect(rows[0]).toHaveTextContent("8 months ago");
    expect(await screen.findByText(/State law is often longer for the medical record itself, which nothing here destroys/u)).toBeTruthy();
    await expectAccessible();
  });

  it("teaches where nothing is kept", async () => {
    await openRetained([]);
    expect(await screen.findByText(/with the day on which each may go/u)).toBeTruthy();
    await expectAccessible();
  });

  it("lets go only what has had its time", async () => {
    const opened = await openRetained();
    await openRow(opened, "Prairie Billing Services");
    await answered("retained", "It may be destroyed from the day below");
    expect(screen.queryByTestId("retained-destroy")).toBeNull();
    await openRow(opened, "Northwind Cloud Backup");
    await answered("retained", "Its six years begin when it ends");
    expect(screen.queryByTestId("retained-destroy")).toBeNull();
    await openRow(opened, "Lakeside Shredding");
    await at("retained-destroy");
    await expectAccessible();
  });

  it("is destroyed for good, with who approved it and why", SLOW, async () => {
    const opened = await openRetained();
    await openRow(opened, "Lakeside Shredding");
    await press(opened, "retained-destroy");
    await answered("destroy-dialog", "Every version of the entry and the signed agreement go, for good. There is no undo.");
    await press(opened, "action-save");
    await refusedAt("destroy-approved", "Fill in this field.");
    await fill(opened, "destroy-approved", "Dr. Naomi Ito");
    await press(opened, "action-save");
    await refusedAt("destroy-reason", "Fill in this field.");
    await expectAccessible();
    await fill(opened, "destroy-reason", "Schedule of the practice");
    await press(opened, "action-save");
    await gone("destroy-dialog");
    await gone("retained");
    expect(callsOf(opened, "compliance.destroy").at(-1)?.input).toEqual({ kind: "associate", document: "kept-1", approved_by: "Dr. Naomi Ito", reason: "Schedule of the practice" });
    await answered("destroyed", "2 documents were destroyed");
    const [newest] = await screen.findAllByTestId("destroyed-row");
    expect(newest).toHaveTextContent("Schedule of the practice");
    await expectAccessible();
  });

  it("says why it cannot go after all", async () => {
    const opened = await openRetained();
    await openRow(opened, "Lakeside Shredding");
    await press(opened, "retained-destroy");
    await fill(opened, "destroy-approved", "Dr. Naomi Ito");
    await fill(opened, "destroy-reason", "Schedule");
    opened.fake.world.holds.push(aHold());
    await press(opened, "action-save");
    await answered("action-refused", "A legal hold keeps this.");
    opened.fake.world.holds = [];
    Object.assign(opened.fake.world.retained[0] ?? {}, { kept_until: day(1) });
    await press(opened, "action-save");
    await answered("action-refused", "The law keeps this for six years");
    opened.fake.world.retained.shift();
    await press(opened, "action-save");
    await answered("action-refused", "There is no such document");
  });

  it("is not offered to a physician", async () => {
    openWindow("signed_in", ["physician"]);
    await at("nav-patients");
    expect(screen.queryByTestId("nav-retained")).toBeNull();
  });
});

describe("a legal hold", () => {
  it("is placed for the practice, and nothing goes while it lives", async () => {
    const opened = await openRetained();
    await openRow(opened, "Lakeside Shredding");
    await press(opened, "hold-place");
    await answered("hold-dialog", "nothing in the practice is destroyed");
    await press(opened, "action-save");
    await refusedAt("hold-matter", "Fill in this field.");
    await fill(opened, "hold-matter", "Hallorán v. Lakeside");
    await press(opened, "action-save");
    await refusedAt("hold-reason", "Fill in this field.");
    await expectAccessible();
    await fill(opened, "hold-reason", "Letter of our lawyer");
    await press(opened, "action-save");
    await answered("hold", "Hallorán v. Lakeside");
    await answered("hold", "placed by n.ito");
    await gone("retained-destroy");
    await answered("retained", "a legal hold keeps it");
    expect(callsOf(opened, "compliance.place_hold").at(-1)?.input).toEqual({ matter: "Hallorán v. Lakeside", reason: "Letter of our lawyer" });
    await expectAccessible();
  });

  it("is released for a reason, and is then a document of its own", async () => {
    const opened = await openRetained([madeUpDocument("kept-1", "associate", "Lakeside Shredding", -1)], [aHold()]);
    await answered("retained-rows", "Held");
    await press(opened, "hold-release");
    await answered("release-dialog", "“County audit” keeps everything in the practice.");
    await press(opened, "action-save");
    await refusedAt("release-why", "Fill in this field.");
    await fill(opened, "release-why", "The audit is over");
    await press(opened, "action-save");
    await gone("holds");
    await answered("retained-rows", "Released legal hold");
    await answered("retained-rows", "May go");
    expect(callsOf(opened, "compliance.release_hold").at(-1)?.input).toEqual({ hold: "hold-1", release: "The audit is over" });
  });

  it("says that another has released it", async () => {
    const opened = await openRetained(undefined, [aHold()]);
    await press(opened, "hold-release");
    await fill(opened, "release-why", "The audit is over");
    opened.fake.world.holds = [];
    await press(opened, "action-save");
    await answered("action-refused", "There is no such legal hold, or it was released.");
  });

  it("keeps what was typed over a lock", async () => {
    const opened = await openRetained();
    await press(opened, "hold-place");
    await fill(opened, "hold-matter", "Hallorán v. Lakeside");
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    expect(opened.fake.world.drafts.find((one) => one.screen === "/retained#hold")?.content).toContain("Hallorán v. Lakeside");
  });
});

describe("a patient's kept documents", () => {
  async function openOfPatient(roles: Role[] = ["owner"], holds: HoldRow[] = []): Promise<Opened> {
    const opened = openWindow("signed_in", roles, ({ world }) => Object.assign(world, { holds }));
    await openChart(opened, "Hallorán");
    await press(opened, "chart-more");
    await press(opened, "chart-retained");
    await at("patient-line");
    return opened;
  }

  it("bears two marks of the patient and lists what is about them", async () => {
    const opened = await openOfPatient(["privacy_officer"], [aHold({ matter: "Whole practice" }), aHold({ hold: "hold-2", patient: "00000000-0000-7000-8000-000000000002", matter: "Somebody else" })]);
    await answered("patient-line", "Hallorán, Grace Ann · Apr 2, 1961 · MRN-2024-07KX3");
    const rows = await screen.findAllByTestId("retained-row");
    expect(rows).toHaveLength(5);
    expect(rows[0]).toHaveTextContent("County Health Department, Feb 11, 2020");
    await answered("holds", "Whole practice");
    expect(screen.getByTestId("holds").textContent).not.toContain("Somebody else");
    expect(callsOf(opened, "compliance.retained").at(-1)?.input).toEqual({ patient: GRACE });
    await expectAccessible();
  });

  it("is held by name", async () => {
    const opened = await openOfPatient();
    await press(opened, "hold-place");
    await answered("hold-dialog", "nothing about this patient is destroyed");
    await fill(opened, "hold-matter", "Hallorán v. Lakeside");
    await fill(opened, "hold-reason", "Letter of our lawyer");
    await press(opened, "action-save");
    await answered("hold", "Keeps everything about this patient since");
    expect(callsOf(opened, "compliance.place_hold").at(-1)?.input).toMatchObject({ patient: GRACE });
    await press(opened, "retained-chart");
    await at("chart-banner");
  });

  it("loses a row whose time has come", async () => {
    const opened = await openOfPatient();
    await openRow(opened, "County Sheriff");
    await press(opened, "retained-destroy");
    await answered("destroy-dialog", "Suspension: County Sheriff, Sep 30, 2020.");
    await fill(opened, "destroy-approved", "Miriam Feld");
    await fill(opened, "destroy-reason", "Schedule");
    await press(opened, "action-save");
    await answered("destroyed", "1 document was destroyed");
    expect(screen.getByTestId("retained-rows").textContent).not.toContain("County Sheriff");
  });
});

it("kept documents are walked by the keyboard alone", SLOW, async () => {
  const opened = openWindow("signed_in", ["owner"]);
  await tabTo(opened, "nav-retained");
  await opened.user.keyboard("{Enter}");
  await at("retained-rows");
  await tabTo(opened, "retained-rows");
  await opened.user.keyboard("{ArrowDown}{Enter}");
  await tabTo(opened, "retained-destroy");
  await opened.user.keyboard("{Enter}");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("destroy-approved")));
  await opened.user.keyboard("Dr. Ito{Enter}Schedule");
  await opened.user.keyboard("{Control>}{Enter}{/Control}");
  await gone("destroy-dialog");
  await answered("destroyed", "2 documents were destroyed");
});
