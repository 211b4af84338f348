import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { LogReport, Role } from "../src/bridge";
import { report } from "../src/bridge/fake/report";
import { answered, at, callsOf, expectAccessible, gone, openWindow, press, refusedAt, tabTo, typeInto, type Opened } from "./window";

async function openReport(roles: Role[] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles);
  await press(opened, "nav-log");
  await screen.findAllByTestId("log-row");
  await press(opened, "log-report-open");
  await at("report-rows");
  return opened;
}

/** How a column says that the rows are sorted by it. */
const sortedBy = (column: string) => screen.getByTestId(`report-rows-by-${column}`).closest('[role="columnheader"]')?.getAttribute("aria-sort");
const COLUMNS = ["sequence", "at", "actor", "role", "operation", "purpose", "patients", "outcome", "reason", "workstation"];
const TOO_LONG = { kind: "refused", code: "log.report_too_long", field: "from", remedy: "Choose a shorter period." } as const;

/** The report as the log was when it was asked for, the newest last asking left out. */
function expected(opened: Opened, sort: "sequence" | "actor", descending: boolean, below: number): LogReport {
  const world = { ...opened.fake.world, log: opened.fake.world.log.filter((row) => row.sequence <= below) };
  return report(world, { sort, descending });
}

describe("the audit report", () => {
  it("is whole, and says what it is known by", async () => {
    const opened = await openReport();
    const size = Number(screen.getByTestId("report-logSize").textContent?.replaceAll(",", ""));
    const { rows, digest, root } = expected(opened, "sequence", true, size);
    await answered("report-digest", digest);
    await answered("report-root", root ?? "");
    await answered("report-entries", rows.length.toLocaleString("en-US"));
    expect(screen.getByTestId("report-rows").getAttribute("aria-rowcount")).toBe(String(rows.length + 1));
    expect(callsOf(opened, "log.report")).toHaveLength(1);
    await gone("log-rows");
    await expectAccessible();
  });

  it.each(COLUMNS)("is sorted by its column %s, one way and the other", async (column) => {
    const opened = await openReport();
    expect(sortedBy("sequence")).toBe("descending");
    await press(opened, `report-rows-by-${column}`);
    await waitFor(() => expect(sortedBy(column)).toBe("ascending"));
    expect(COLUMNS.filter((one) => sortedBy(one) !== "none")).toEqual([column]);
    await waitFor(() => expect(callsOf(opened, "log.report").at(-1)?.input).toMatchObject({ sort: column, descending: false }));
    await press(opened, `report-rows-by-${column}`);
    await waitFor(() => expect(sortedBy(column)).toBe("descending"));
    await waitFor(() => expect(callsOf(opened, "log.report").at(-1)?.input).toMatchObject({ sort: column, descending: true }));
  });

  it("is sorted and opened by the keyboard", async () => {
    const opened = await openReport();
    await tabTo(opened, "report-rows-by-sequence");
    await opened.user.keyboard("{Enter}");
    await waitFor(() => expect(sortedBy("sequence")).toBe("ascending"));
    await waitFor(() => expect(screen.getAllByTestId("report-row")[0]).toHaveTextContent("183,564"));
    await opened.user.tab();
    await opened.user.keyboard(" ");
    await waitFor(() => expect(sortedBy("at")).toBe("ascending"));
    expect(screen.queryByTestId("log-entry")).toBeNull();
    screen.getByTestId("report-rows").focus();
    await opened.user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    expect(within(await at("log-entry")).getByText("patients.search")).toBeTruthy();
    await expectAccessible();
  });

  it("holds what the filters choose", async () => {
    const opened = await openReport();
    await typeInto(opened, "log-filter-to", "11/1/2026");
    await waitFor(() => expect(callsOf(opened, "log.report").at(-1)?.input).toMatchObject({ to: "2026-11-01T23:59:59-05:00", sort: "sequence", descending: true }));
    await waitFor(() => expect(Number(screen.getByTestId("report-entries").textContent)).toBeLessThan(100));
    await typeInto(opened, "log-filter-to", "11/1/2020");
    await answered("report", "No entry fits these filters.");
    expect(screen.queryByTestId("report-rows")).toBeNull();
    await press(opened, "report-close");
    await at("log-report-open");
  });

  it("says at the period that it is too long, and what to do", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await press(opened, "nav-log");
    opened.fake.failNext("log.report", TOO_LONG);
    await press(opened, "log-report-open");
    await refusedAt("log-filter-from", "Choose a shorter period.");
    await answered("report", "one person or one patient; or export a bundle, which has no limit.");
    expect(screen.getByTestId("report-save").hasAttribute("disabled")).toBe(true);
    await expectAccessible();
    await typeInto(opened, "log-filter-from", "11/10/2026");
    await at("report-rows");
    expect(screen.getByTestId("log-filter-from").closest(".kw-field")?.textContent).not.toContain("Choose a shorter period.");
  });

  it("is saved under two names as it is shown, though the showing is an entry of the log", async () => {
    const opened = await openReport();
    await press(opened, "report-save");
    await answered("report-saved", "Saved as keepwell-report-0197.pdf and keepwell-report-0197.csv");
    await answered("report-saved", screen.getByTestId("report-digest").textContent ?? "nothing");
    const saved = callsOf(opened, "shell.save_log_report");
    expect(saved).toMatchObject([{ input: { folder: "folder-1", query: { sort: "sequence", descending: true } } }]);
    await expectAccessible();
    await press(opened, "report-rows-by-actor");
    await gone("report-saved");
  });

  it("is not saved where no folder is chosen, and says what stood in the way", async () => {
    const opened = await openReport();
    opened.fake.world.folder = null;
    await press(opened, "report-save");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder")).toHaveLength(1));
    expect(callsOf(opened, "shell.save_log_report")).toEqual([]);
    opened.fake.world.folder = { folder: "folder-1", name: "For the auditor" };
    opened.fake.failNext("shell.save_log_report", TOO_LONG);
    await waitFor(() => expect(screen.getByTestId("report-save").hasAttribute("disabled")).toBe(false));
    await press(opened, "report-save");
    await answered("report-refused", "A report holds at most 2,000 entries.");
    await refusedAt("log-filter-from", "Choose a shorter period.");
  });

  it("is there for an auditor and not for a physician", async () => {
    await openReport(["auditor"]);
    await at("report-proof");
  });
});
