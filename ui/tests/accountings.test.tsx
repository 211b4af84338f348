import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Role } from "../src/bridge";
import { madeUpAccounting, type FakeAccounting } from "../src/bridge/fake/accountings";
import { day } from "../src/bridge/fake/calendar";
import { forgetLetters } from "../src/features/compliance";
import { centsOf, dollarsText } from "../src/words";
import { answered, at, callsOf, expectAccessible, fill, gone, openChart, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

/** A slow machine walks a long form slowly. */
const SLOW = { timeout: 120_000 };

afterEach(forgetLetters);

const one = (change: Partial<FakeAccounting> = {}) => madeUpAccounting({ id: "accounting-1", received_on: day(-12), ...change });

async function openAccountings(rows?: FakeAccounting[], roles: Role[] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, ({ world }) => {
    if (rows) world.accountings = rows;
    Object.assign(world, { accessRequests: [], amendments: [] });
  });
  await press(opened, "nav-accountings");
  return opened;
}

async function openFirst(opened: Opened): Promise<void> {
  const [row] = await screen.findAllByTestId("accounting-row");
  await opened.user.click(row ?? document.body);
  await at("accounting");
}

describe("money as it is typed", () => {
  it.each([["12", 1200], ["12.5", 1250], ["$1,250.00", 125_000], ["0.07", 7], ["10,000", 1_000_000], ["12.505", null], ["1,25", null], ["-3", null], ["ten", null], ["", null]] as const)("%s", (typed, cents) => {
    expect(centsOf(typed)).toBe(cents);
  });

  it.each([[0, "$0.00"], [7, "$0.07"], [1250, "$12.50"], [125_000, "$1,250.00"]])("%i cents are %s", (cents, words) => {
    expect(dollarsText(cents)).toBe(words);
  });
});

describe("the accountings", () => {
  it("shows first what waits, by the day it is due", async () => {
    await openAccountings();
    const rows = await screen.findAllByTestId("accounting-row");
    expect(rows.map((row) => row.querySelector(".kw-badge")?.textContent?.replace(/\d{4}/u, "").slice(0, 9))).toEqual(["6 days ov", "48 days l", "Delivered", "Withdrawn"]);
    expect(rows[0]).toHaveTextContent("6 days overdue");
    expect(rows[1]).toHaveTextContent("48 days left");
    await expectAccessible();
  });

  it("teaches where nobody asked", async () => {
    const opened = await openAccountings([]);
    expect(await screen.findByText(/the law gives days for each/u)).toBeTruthy();
    await press(opened, "tab-accounting");
    expect(await screen.findByText(/You answer within 60 days/u)).toBeTruthy();
    await expectAccessible();
  });

  it("is extended once, for a reason", async () => {
    const opened = await openAccountings([one()]);
    await openFirst(opened);
    await press(opened, "accounting-extend");
    await press(opened, "action-save");
    await refusedAt("extend-reason", "Fill in this field.");
    await fill(opened, "extend-reason", "The papers are in storage");
    await fill(opened, "extend-on", "1/2/2020");
    await press(opened, "action-save");
    await refusedAt("extend-on", "Check both.");
    await expectAccessible();
    const told = day(-1).split("-");
    await fill(opened, "extend-on", `${told[1]}/${told[2]}/${told[0]}`);
    await press(opened, "action-save");
    await answered("request-rows", "78 days left");
    await gone("accounting-extend");
    await answered("accounting", "The papers are in storage");
  });

  it("is withdrawn", async () => {
    const opened = await openAccountings([one()]);
    await openFirst(opened);
    await press(opened, "accounting-withdraw");
    await press(opened, "action-save");
    await answered("request-rows", "Withdrawn");
    await gone("due-count-accountings");
  });

  it("says that another has closed it", async () => {
    const opened = await openAccountings([one()]);
    await openFirst(opened);
    await press(opened, "accounting-withdraw");
    Object.assign(opened.fake.world.accountings[0] ?? {}, { delivered_on: day(0) });
    await press(opened, "action-save");
    await answered("action-refused", "This request was answered or withdrawn.");
  });
});

describe("the letter", () => {
  async function openLetter(rows = [one()]): Promise<Opened> {
    const opened = await openAccountings(rows);
    await openFirst(opened);
    await press(opened, "accounting-letter");
    await at("letter");
    return opened;
  }

  it("bears two marks of the patient, lists what belongs there, and prints", async () => {
    const opened = await openLetter();
    await answered("letter-named", "Hallorán, Grace Ann, born Apr 2, 1961, record MRN-2024-07KX3");
    const items = await screen.findAllByTestId("letter-item");
    expect(items.map((item) => item.textContent).join(" ")).not.toContain("County Sheriff");
    expect(items[0]).toHaveTextContent("45 CFR 164.512(e)");
    await answered("letter", "100 Willow Lane");
    await expectAccessible();
    await press(opened, "letter-print");
    await waitFor(() => expect(callsOf(opened, "shell.print")).toHaveLength(1));
    expect(document.title).not.toContain("Hallorán");
  });

  it("is saved, and delivered with what the file is known by", async () => {
    const opened = await openLetter();
    await press(opened, "letter-save");
    await answered("letter-saved", "accounting-2026-11-21.pdf");
    await answered("letter-saved", "4be1d7");
    await press(opened, "letter-deliver");
    await answered("deliver-dialog", "With the saved letter accounting-2026-11-21.pdf");
    await fill(opened, "deliver-on", "12/31/2999");
    await press(opened, "action-save");
    await refusedAt("deliver-on", "This date is in the future.");
    await expectAccessible();
    await fill(opened, "deliver-on", "1/2/2020");
    await press(opened, "action-save");
    await refusedAt("deliver-on", "Check both.");
    const now = day(0).split("-");
    await fill(opened, "deliver-on", `${now[1]}/${now[2]}/${now[0]}`);
    await press(opened, "action-save");
    await gone("deliver-dialog");
    await gone("letter-deliver");
    expect(callsOf(opened, "compliance.deliver_accounting").at(-1)?.input).toMatchObject({ accounting: "accounting-1", delivered_on: day(0), letter_sha256: callsOf(opened, "shell.save_accounting_letter").length === 1 ? "4be1d7".padEnd(64, "03c9") : "" });
    await press(opened, "letter-back");
    await answered("request-rows", "Delivered");
  });

  it("says why it could not be saved", async () => {
    const opened = await openLetter();
    opened.fake.failNext("shell.save_accounting_letter", { kind: "refused", code: "shell.folder_not_chosen", field: "folder", remedy: "Choose the folder again." });
    await press(opened, "letter-save");
    await answered("letter-refused", "Choose the folder again.");
  });
});

describe("a new request", () => {
  it("finds the patient, and puts each refusal at its field", SLOW, async () => {
    const opened = await openAccountings([]);
    await press(opened, "accounting-new");
    await press(opened, "form-save");
    await answered("error-summary", "Choose the patient who asks.");
    await fill(opened, "request-pick", "07KX3");
    await press(opened, "picker-row");
    await answered("request-patient", "Hallorán, Grace Ann");
    const tries: [string, string, string][] = [
      ["request-from", "1/1/2015", "at most the six years before"],
      ["request-to", "12/31/2999", "Check both."],
      ["request-fee", "twelve", "Type an amount like 12.50."],
      ["request-fee", "12.50", "The first accounting in twelve months is free."],
      ["request-fee", "10,000.01", "between 0 and 10,000 dollars"],
      ["request-received", "12/31/2999", "This date is in the future."],
    ];
    for (const [id, text, words] of tries) {
      // Each try stands on the one before.
      // oxlint-disable no-await-in-loop
      const before = ((await at(id)) as HTMLInputElement).value;
      await fill(opened, id, text);
      await press(opened, "form-save");
      await refusedAt(id, words);
      if (before === "") await opened.user.clear(await at(id));
      else await fill(opened, id, before);
      // oxlint-enable no-await-in-loop
    }
    await expectAccessible();
    await press(opened, "form-save");
    await answered("request-rows", "60 days left");
    await answered("due-count-accountings", "1");
    expect(callsOf(opened, "compliance.request_accounting").at(-1)?.input).toEqual({ patient: "00000000-0000-7000-8000-000000000001", received_on: day(0), fee_cents: 0 });
  });

  it("may cost something when it is not the first, once the patient was told", async () => {
    const opened = await openAccountings([one({ received_on: day(-100), delivered_on: day(-90) })]);
    await press(opened, "nav-patients");
    await openChart(opened, "Hallorán");
    await press(opened, "chart-more");
    await press(opened, "chart-accounting");
    await fill(opened, "request-fee", "12.50");
    await press(opened, "form-save");
    await refusedAt("request-notice", "Before charging, tell the patient the fee");
    await expectAccessible();
    await fill(opened, "request-notice", "1/2/2026");
    await press(opened, "form-save");
    await answered("request-rows", "$12.50");
  });

  it("is walked by the keyboard alone", SLOW, async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => Object.assign(world, { accountings: [], accessRequests: [], amendments: [] }));
    await tabTo(opened, "nav-accountings");
    await opened.user.keyboard("{Enter}");
    await at("accounting-new");
    await opened.user.keyboard("n");
    await tabTo(opened, "request-pick");
    await opened.user.keyboard("07KX3");
    await at("picker-row");
    await opened.user.keyboard("{Enter}");
    await at("request-patient");
    await tabTo(opened, "form-save");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "request-rows");
    await opened.user.keyboard("{ArrowDown}{Enter}");
    await tabTo(opened, "accounting-letter");
    await opened.user.keyboard("{Enter}");
    await at("letter");
  });
});

describe("the monthly seal", () => {
  it("is written into a folder and named", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await press(opened, "nav-log");
    await press(opened, "log-seal");
    await answered("toast", "keepwell-seal-2026-11.pdf seals");
    await answered("toast", "Print it and put it into the safe.");
    expect(callsOf(opened, "shell.save_monthly_seal")[0]?.input).toEqual({ folder: "folder-1" });
  });

  it("is not written where no folder is chosen, and says what stood in the way", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    opened.fake.world.folder = null;
    await press(opened, "nav-log");
    await press(opened, "log-seal");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder")).toHaveLength(1));
    expect(callsOf(opened, "shell.save_monthly_seal")).toEqual([]);
    opened.fake.world.folder = { folder: "folder-1", name: "Safe" };
    opened.fake.failNext("shell.save_monthly_seal", { kind: "refused", code: "log.not_written", field: null, remedy: "Choose another folder." });
    await press(opened, "log-seal");
    await at("toast");
  });
});
