import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { prefer } from "../src/bridge";
import { deidentifying, forgetDeidentified } from "../src/features/exchange/deidentify";
import { epsilonOf, kOf, reportOf } from "../src/features/exchange/report";
import { answered, at, callsOf, ended, expectAccessible, fill, gone, hold, letGo, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

afterEach(async () => {
  letGo("reading");
  await ended(() => deidentifying.get().running);
  forgetDeidentified();
});

async function openScreen(): Promise<Opened> {
  const opened = openWindow("signed_in", ["owner"]);
  await press(opened, "nav-deidentified");
  await at("deidentify-form");
  return opened;
}

describe("what is typed", () => {
  it.each([["1", 1], [" 50 ", 50], ["0", null], ["51", null], ["2.5", null], ["", null], ["many", null], ["-3", null]])("%j is a smallest group of %j", (typed, k) => {
    expect(kOf(typed)).toBe(k);
  });

  it.each([["1.0", 1], [".5", 0.5], ["0,25", 0.25], ["10", 10], ["10.1", null], ["0", null], ["", null], ["-1", null], ["1e3", null], ["none", null]])("%j is an epsilon of %j", (typed, epsilon) => {
    expect(epsilonOf(typed)).toBe(epsilon);
  });

  it("a report of another shape is not guessed at", () => {
    for (const other of [null, 3, {}, { rows: "many" }]) expect(reportOf(other)).toBeNull();
  });
});

describe("de-identified data", () => {
  it("says what it is and what it is no proof of", async () => {
    const opened = await openScreen();
    expect(screen.getByText(/Safe Harbor names \(45 CFR 164\.514\(b\)\(2\)\)/u)).toBeTruthy();
    expect(screen.getByText(/aids for an expert .*\(164\.514\(b\)\(1\)\); they are no proof/u)).toBeTruthy();
    expect(((await at("deidentify-k")) as HTMLInputElement).value).toBe("1");
    expect(screen.queryByTestId("deidentify-epsilon")).toBeNull();
    await expectAccessible();
    await press(opened, "deidentify-noisy");
    expect(((await at("deidentify-epsilon")) as HTMLInputElement).value).toBe("1.0");
    await expectAccessible();
  });

  it("writes with progress and shows the report as tables", async () => {
    const opened = await openScreen();
    await fill(opened, "deidentify-k", "4");
    await press(opened, "deidentify-noisy");
    await fill(opened, "deidentify-epsilon", "0.5");
    hold("reading");
    await press(opened, "deidentify-write");
    await answered("deidentify-progress", "People read");
    expect((await at("deidentify-progress")).querySelector("progress")?.hasAttribute("value")).toBe(false);
    await press(opened, "nav-patients");
    await press(opened, "jobs-open");
    await answered("job", "Writing de-identified data");
    await opened.user.keyboard("{Escape}");
    letGo("reading");
    await press(opened, "nav-deidentified");
    await answered("deidentified-name", "keepwell-deidentified-");
    const { patients } = opened.fake.world;
    await answered("deidentified-rows", String(patients.length - Math.floor(patients.length / 2)));
    await answered("deidentified-removed", "Phone numbers and e-mail addresses");
    await answered("deidentified-groups", "Smallest group that stays4");
    await answered("deidentified-counts", "Female");
    expect((await at("deidentified-report")).textContent).not.toContain("{");
    await expectAccessible();
    expect(callsOf(opened, "shell.deidentify").map((one) => one.input)).toEqual([{ folder: "folder-1", k: 4, epsilon: 0.5 }]);
  });

  it("says where no group stays, and counts nobody unless asked", async () => {
    const opened = await openScreen();
    await fill(opened, "deidentify-k", "50");
    await press(opened, "deidentify-write");
    await answered("deidentified-groups", "No group stays");
    await answered("deidentified-rows", "0");
    expect(screen.queryByTestId("deidentified-counts")).toBeNull();
    expect(callsOf(opened, "shell.deidentify")[0]?.input).toMatchObject({ k: 50, epsilon: null });
  });

  it("writes nothing with a number that is none, and takes nothing away", async () => {
    const opened = await openScreen();
    await fill(opened, "deidentify-k", "51");
    await press(opened, "deidentify-noisy");
    await fill(opened, "deidentify-epsilon", "0");
    await press(opened, "deidentify-write");
    await answered("error-summary", "2 things stand in the way");
    await refusedAt("deidentify-k", "whole number from 1 to 50");
    await refusedAt("deidentify-epsilon", "above 0");
    await expectAccessible();
    expect(callsOf(opened, "shell.choose_folder")).toEqual([]);
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    expect(opened.fake.world.drafts).toMatchObject([{ screen: "/deidentified", content: JSON.stringify({ k: "51", noisy: true, epsilon: "0" }) }]);
  });

  it("is stopped, and says that nothing was written", async () => {
    const opened = await openScreen();
    hold("reading");
    await press(opened, "deidentify-write");
    await press(opened, "deidentify-cancel");
    await answered("deidentify-refused", "Nothing was written");
    expect(screen.queryByTestId("deidentified-report")).toBeNull();
    await waitFor(() => expect(screen.getByTestId("deidentify-write").hasAttribute("disabled")).toBe(false));
  });

  it("does nothing when no folder is chosen", async () => {
    const opened = await openScreen();
    opened.fake.world.folder = null;
    await press(opened, "deidentify-write");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder")).toHaveLength(1));
    await waitFor(() => expect(deidentifying.get().running).toBe(false));
    expect(callsOf(opened, "shell.deidentify")).toEqual([]);
    await gone("jobs-open");
  });

  it("says what stood in the way", async () => {
    const opened = await openScreen();
    opened.fake.failNext("shell.deidentify", { kind: "refused", code: "exchange.records_not_written", field: null, remedy: "Choose another folder." });
    await press(opened, "deidentify-write");
    await answered("deidentify-refused", "could not be written there");
  });

  it("is reached and worked by the keyboard alone, in Spanish too", async () => {
    const opened = openWindow("signed_in", ["privacy_officer"]);
    await at("nav-deidentified");
    await tabTo(opened, "nav-deidentified");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "deidentify-k");
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await answered("deidentified-removed", "Names");
    prefer({ language: "es-US" });
    await answered("deidentified-removed", "Números de expediente");
    prefer({ language: "en-US" });
    await answered("deidentified-removed", "Record numbers");
  });

  it("is not there for whoever may not hand records out", async () => {
    openWindow("signed_in", ["receptionist"]);
    await at("patient-search");
    expect(screen.queryByTestId("nav-deidentified")).toBeNull();
  });
});
