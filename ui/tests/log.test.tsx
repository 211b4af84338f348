import { screen, waitFor } from "@testing-library/react";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LogRow } from "../src/bridge";
import { fold } from "../src/features/log";
import { at, expectAccessible, gone, hold, letGo, openWindow, press, typeInto } from "./window";

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
    await typeInto(opened, "log-export-reason", "The auditor, by letter");
    await press(opened, "log-export-write");
    expect(await screen.findByTestId("toast", undefined, { timeout: 5000 })).toHaveTextContent("entries written to keepwell-log-");
    const sent = opened.fake.calls.find((one) => one.operation === "shell.export_log");
    expect(sent).toMatchObject({ reason: "The auditor, by letter", input: { folder: "folder-1", query: { from: "2026-11-10T00:00:00-05:00", patient: null } } });
    await gone("log-export-dialog");
  });

  it("offers nothing to whoever may not read the log", async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await at("patient-search");
    expect(screen.queryByTestId("nav-log")).toBeNull();
    expect(opened.fake.calls.some((one) => one.operation === "log.export")).toBe(false);
  });
});
