import { screen, waitFor } from "@testing-library/react";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogRow, RefusalCode } from "../src/bridge";
import { fold } from "../src/features/log";
import { answered, at, callsOf, expectAccessible, fill, gone, hold, letGo, openWindow, press, refusedAt, tabTo, typeInto, type Opened } from "./window";

function row(sequence: number, change: Partial<LogRow> = {}): LogRow {
  return { sequence, at: "2026-11-21T09:00:00-05:00", actor: "a", role: "owner", operation: "patients.search", purpose: "operations", patients: [`p${sequence}`], outcome: "done", reason: null, workstation: "w", session: "s", correlation: "visit", changes: 0, code: null, ...change };
}

describe("folding", () => {
  it("folds a search typed letter by letter into one line", () => {
    const [line, ...rest] = fold([row(9), row(8), row(7, { patients: ["p9", "p1"] })]);
    expect(rest).toEqual([]);
    expect(line?.rows).toHaveLength(3);
    expect(line?.patients).toEqual(["p9", "p8", "p1"]);
  });

  it.each([["correlation", "other"], ["actor", "b"], ["operation", "patients.chart"], ["outcome", "denied"]])("a different %s stays apart", (key, value) => {
    expect(fold([row(2), row(1, { [key]: value })])).toHaveLength(2);
  });

  it("never hides what is not next to each other, nor what has no correlation", () => {
    expect(fold([row(3), row(2, { correlation: "x" }), row(1)])).toHaveLength(3);
    expect(fold([row(2, { correlation: "" }), row(1, { correlation: "" })])).toHaveLength(2);
  });

  it("keeps every entry, in order", () => {
    const entries = fc.array(fc.record({ correlation: fc.constantFrom("a", "b", ""), outcome: fc.constantFrom("done" as const, "refused" as const) }), { maxLength: 30 });
    fc.assert(
      fc.property(entries, (changes) => {
        const rows = changes.map((change, index) => row(100 - index, change));
        expect(fold(rows).flatMap((line) => line.rows)).toEqual(rows);
      }),
    );
  });
});

async function openExport(): Promise<Opened> {
  const opened = openWindow("signed_in", ["owner"]);
  await press(opened, "nav-log");
  await press(opened, "log-export");
  await at("log-export-dialog");
  return opened;
}

describe("the log screen", () => {
  it("shows folded lines, opens one, filters and pages by key", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await press(opened, "nav-log");
    const rows = await screen.findAllByTestId("log-row");
    expect(screen.getAllByTestId("log-folded").length).toBeGreaterThan(0);
    await opened.user.click(rows.find((one) => one.textContent?.includes("Imported patients")) as HTMLElement);
    expect(await at("log-entry")).toHaveTextContent("exchange.import_patients");
    await typeInto(opened, "log-filter-to", "11/10/2026");
    await waitFor(() => expect(opened.fake.calls.findLast((one) => one.operation === "log.entries")).toMatchObject({ input: { to: "2026-11-10T23:59:59-05:00", after: null, limit: 200 } }));
    await press(opened, "log-filter-clear");
    expect((await screen.findAllByTestId("log-row")).length).toBeGreaterThan(5);
  });

  it("verifies with progress", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await press(opened, "nav-log");
    hold("verifying");
    await press(opened, "log-verify");
    // What is read aloud is what is seen: a label of its own said "Jobs, 1 running" over "1 job running".
    expect(await screen.findByRole("button", { name: /1 job running/u })).toBe(screen.getByTestId("jobs-open"));
    letGo("verifying");
    expect(await screen.findByTestId("toast", undefined, { timeout: 5000 })).toHaveTextContent("Log intact");
  });

  it("hands a part of the log out, for a reason", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await press(opened, "nav-log");
    await typeInto(opened, "log-filter-from", "11/10/2026");
    await press(opened, "log-export");
    expect(await at("log-export-what")).toHaveTextContent("From");
    expect((await at("log-export-write")).hasAttribute("disabled")).toBe(true);
    await expectAccessible();
    await press(opened, "log-export-written-plain");
    await answered("log-export-clear", "Nothing in the new folder is sealed");
    await expectAccessible();
    await typeInto(opened, "log-export-reason", "The auditor, by letter");
    await press(opened, "log-export-write");
    expect(await screen.findByTestId("toast", undefined, { timeout: 5000 })).toHaveTextContent("entries written to keepwell-audit-0197");
    const sent = opened.fake.calls.find((one) => one.operation === "shell.export_log");
    expect(sent).toMatchObject({ reason: "The auditor, by letter", input: { folder: "folder-1", passphrase: null, query: { from: "2026-11-10T00:00:00-05:00", patient: null } } });
    await gone("log-export-dialog");
  });

  it("seals it with a passphrase that is typed twice, unless one says otherwise", async () => {
    const opened = await openExport();
    await fill(opened, "log-export-reason", "The auditor, by letter");
    await fill(opened, "log-export-passphrase", "too short");
    await press(opened, "log-export-write");
    await refusedAt("log-export-passphrase", "Type at least 12 characters.");
    expect(document.activeElement).toBe(await at("log-export-passphrase"));
    await expectAccessible();
    await fill(opened, "log-export-passphrase", "twelve letters and more");
    await fill(opened, "log-export-again", "twelve letters and less");
    await press(opened, "log-export-write");
    await refusedAt("log-export-again", "The two are not the same.");
    expect(callsOf(opened, "shell.choose_folder")).toEqual([]);
    await fill(opened, "log-export-again", "twelve letters and more");
    hold("writing");
    await press(opened, "log-export-write");
    await waitFor(() => expect(callsOf(opened, "shell.export_log")).toHaveLength(1));
    letGo("writing");
    await gone("log-export-dialog");
    await waitFor(() => expect(screen.getAllByTestId("toast").some((one) => one.textContent?.includes("keepwell-audit-0197.zip.age"))).toBe(true));
    expect(callsOf(opened, "shell.export_log")[0]).toMatchObject({ reason: "The auditor, by letter", input: { folder: "folder-1", passphrase: "twelve letters and more" } });
    await press(opened, "log-export");
    for (const id of ["log-export-reason", "log-export-passphrase", "log-export-again"]) expect(screen.getByTestId<HTMLInputElement>(id).value).toBe("");
  });

  async function refuseWith(code: RefusalCode, field: string | null): Promise<void> {
    const opened = await openExport();
    await fill(opened, "log-export-reason", "The auditor, by letter");
    await fill(opened, "log-export-passphrase", "twelve letters and more");
    await fill(opened, "log-export-again", "twelve letters and more");
    opened.fake.failNext("shell.export_log", { kind: "refused", code, field, remedy: "Try again." });
    await press(opened, "log-export-write");
  }

  const kept = () => ["reason", "passphrase", "again"].map((one) => screen.getByTestId<HTMLInputElement>(`log-export-${one}`).value);
  const TYPED = ["The auditor, by letter", "twelve letters and more", "twelve letters and more"];

  it.each([
    ["exchange.passphrase_short", "passphrase", "Choose a passphrase of at least 12 characters"],
    ["door.reason_needed", "reason", "This needs a reason."],
  ] as const)("says at its field what is refused with %s, and takes nothing away", async (code, field, words) => {
    await refuseWith(code, field);
    await refusedAt(`log-export-${field}`, words);
    expect(kept()).toEqual(TYPED);
    await expectAccessible();
  });

  it("says above the buttons what belongs to no field, and takes nothing away", async () => {
    await refuseWith("log.not_written", null);
    await answered("log-export-refused", "could not be written there");
    expect(kept()).toEqual(TYPED);
    await gone("jobs-open");
  });

  it("keeps no passphrase when the dialog is closed or the practice locked", async () => {
    const opened = await openExport();
    await fill(opened, "log-export-reason", "The auditor, by letter");
    await fill(opened, "log-export-passphrase", "twelve letters and more");
    await opened.user.keyboard("{Escape}");
    await gone("log-export-dialog");
    await press(opened, "log-export");
    expect(screen.getByTestId<HTMLInputElement>("log-export-reason").value).toBe("The auditor, by letter");
    expect(screen.getByTestId<HTMLInputElement>("log-export-passphrase").value).toBe("");
    await fill(opened, "log-export-passphrase", "twelve letters and more");
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    expect(JSON.stringify(opened.fake.world.drafts)).not.toContain("twelve letters");
  });

  it("is worked by the keyboard alone", async () => {
    const opened = await openExport();
    await tabTo(opened, "log-export-reason");
    await opened.user.keyboard("The auditor");
    await tabTo(opened, "log-export-passphrase");
    await opened.user.keyboard("twelve letters and more{Enter}");
    expect(document.activeElement).toBe(await at("log-export-again"));
    await opened.user.keyboard("twelve letters and more{Enter}");
    await gone("log-export-dialog");
    expect(callsOf(opened, "shell.export_log")).toHaveLength(1);
  });

  it("offers nothing to whoever may not read the log", async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await at("patient-search");
    expect(screen.queryByTestId("nav-log")).toBeNull();
    expect(opened.fake.calls.some((one) => one.operation === "log.export")).toBe(false);
  });
});
