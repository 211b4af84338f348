import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import type { Role } from "../src/bridge";
import { plus } from "../src/bridge/fake/calendar";
import { newVisit, scheduleToday } from "../src/bridge/fake/schedule";
import { PRODUCT, RESOURCE } from "../src/bridge/fake/schedulingSetup";
import { forgetDay } from "../src/features/scheduling";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, openWindow, press, type Opened } from "./window";

const SLOW = { timeout: 60_000 };
const rows = () => screen.queryAllByTestId("check-row");
const isFailedOnly = () => (within(screen.getByTestId("checks-failed")).getByRole("checkbox") as HTMLInputElement).checked;

// The screen remembers which day was open and how; each test begins with today.
beforeEach(forgetDay);

async function openChecks(roles: Role[] = ["nurse"], prepare?: Parameters<typeof openWindow>[2]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, prepare);
  await press(opened, "nav-checks");
  await at("checks");
  await waitFor(() => expect(screen.getByTestId("checks-count").textContent).not.toBe(""));
  return opened;
}

describe("the checks ahead", () => {
  it("stand day by day, and open the visit on its day", SLOW, async () => {
    const opened = await openChecks(["receptionist"]);
    const row = rows().find((one) => one.textContent?.includes("Jonas Kowalski")) as HTMLElement;
    expect(row).toHaveTextContent("Insurance checked lately: 41 days old");
    expect(row.textContent).not.toContain("Privacy notice");
    // The desk waives nothing.
    expect(screen.queryByTestId("waive-eligibility_snapshot")).toBeNull();
    await expectAccessible();
    await opened.user.click(within(row).getByTestId("check-open"));
    await answered("visit-flyout", "Jonas Kowalski");
    await at("day-grid");
  });

  it("are narrowed by what failed and by which check", SLOW, async () => {
    const opened = await openChecks();
    const all = rows().length;
    await opened.user.click(await at("checks-failed"));
    await waitFor(() => expect(rows().length).toBeLessThan(all));
    expect(document.body.textContent).not.toContain("Consent signed: not checked");
    await choose(opened, "checks-kind", "consent_signed");
    await screen.findByText("Nothing fits these filters");
    await expectAccessible();
    await press(opened, "checks-all");
    await waitFor(() => expect(rows().length).toBe(all));
    await choose(opened, "checks-days", "1");
    await waitFor(() => expect(rows().length).toBeLessThan(all));
    expect(callsOf(opened, "scheduling.gates_ahead").at(-1)?.input).toEqual({ days: 1 });
  });

  it("are waived here with a reason, and are then fewer", SLOW, async () => {
    const opened = await openChecks();
    const before = rows().length;
    await press(opened, "waive-eligibility_snapshot");
    await press(opened, "waive-save");
    await screen.findByText("Say why.");
    await fill(opened, "waive-reason", "Pays by himself");
    await expectAccessible();
    await press(opened, "waive-save");
    await waitFor(() => expect(rows().length).toBe(before - 1));
    expect(callsOf(opened, "scheduling.waive_gate").at(-1)?.input).toMatchObject({ gate: "eligibility_snapshot", reason: "Pays by himself", version: 2 });
    await answered("toast", "Waived: Insurance checked lately");
  });

  it("say what it means that there are none", async () => {
    await openChecks(["nurse"], ({ world }) => { world.setup.products = world.setup.products.map((one) => ({ ...one, gates: [] })); });
    await screen.findByText(/Nothing stands against a visit until/);
    await screen.findByText(/was made and is in order, or was waived with a reason/);
    await expectAccessible();
  });

  it("are said to have failed, not to be none, where they cannot be asked for", async () => {
    const opened = openWindow("signed_in", ["nurse"]);
    await at("nav-checks");
    opened.fake.failNext("scheduling.gates_ahead", { kind: "fault", reference: "F-3" });
    await press(opened, "nav-checks");
    await screen.findByText(/F-3/);
    expect(screen.queryByText(/Nothing stands against/)).toBeNull();
  });

  it("are counted on the day once somebody has looked, and not before", SLOW, async () => {
    const opened = openWindow("signed_in", ["nurse"], undefined, null);
    await answered("checks-open", "Checks ahead");
    expect(screen.getByTestId("checks-open").textContent).toBe("Checks ahead");
    expect(callsOf(opened, "scheduling.gates_ahead")).toEqual([]);
    await press(opened, "checks-open");
    await waitFor(() => expect(rows().length).toBeGreaterThan(0));
    const count = rows().length;
    await press(opened, "nav-day");
    await answered("checks-open", `Checks ahead: ${count}`);
    await gone("checks");
  });

  it("are counted on the day where they failed, and the count leads to those alone", SLOW, async () => {
    const opened = openWindow("signed_in", ["receptionist"], undefined, null);
    await answered("day-checks", "1not in order");
    expect(callsOf(opened, "scheduling.gates_ahead")).toEqual([]);
    await expectAccessible();
    await press(opened, "day-checks");
    await waitFor(() => expect(rows().map((one) => one.textContent?.includes("Jonas Kowalski"))).toEqual([true]));
    expect(callsOf(opened, "scheduling.gates_ahead").map((one) => one.input)).toEqual([{ days: 1 }]);
    expect(isFailedOnly()).toBe(true);
    // Whoever comes by the navigation sees all of them again.
    await press(opened, "nav-day");
    await answered("day-checks", "1not in order");
    await press(opened, "nav-checks");
    await waitFor(() => expect(rows().length).toBeGreaterThan(1));
    expect(isFailedOnly()).toBe(false);
  });

  it("are a number and no way where the day lies further ahead than one may look, and nothing where none failed", SLOW, async () => {
    const far = plus(scheduleToday(), 40);
    const opened = openWindow("signed_in", ["receptionist"], ({ world }) => {
      newVisit(world.schedule, { date: far, patient: world.patients[1]?.id ?? "", product: PRODUCT.newPatient, resources: [RESOURCE.osei], from: 1_000, minutes: 45 });
      world.schedule.made.add(far).add(plus(far, 1));
    }, null);
    await press(opened, "day-title");
    await fill(opened, "jump", "t+40");
    await press(opened, "jump-go");
    await waitFor(() => expect(screen.getByTestId("day-checks").tagName).toBe("SPAN"));
    expect(screen.getByTestId("day-checks")).toHaveTextContent("1not in order");
    await press(opened, "day-after");
    await gone("day-checks");
  });
});
