import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { AccessDecision, AccessGround, Role } from "../src/bridge";
import { madeUpAccess, type FakeAccess } from "../src/bridge/fake/access";
import { day } from "../src/bridge/fake/calendar";
import { forgetLetters } from "../src/features/compliance";
import { ACCESS_GROUNDS, canBeReviewed } from "../src/features/compliance/grounds";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, openChart, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

/** A slow machine walks a long form slowly. */
const SLOW = { timeout: 120_000 };
const GRACE = "00000000-0000-7000-8000-000000000001";

afterEach(forgetLetters);

const one = (change: Partial<FakeAccess> = {}) => madeUpAccess({ id: "access-1", received_on: day(-10), ...change });
const decided = (change: Partial<AccessDecision> = {}): AccessDecision => ({ outcome: "denied", ground: "endangers", basis: "It would endanger her.", decided_on: day(-5), decided_by: "Dr. Peter Osei", ...change });

/** A day as it is typed. */
const typed = (on: string) => `${on.slice(5, 7)}/${on.slice(8)}/${on.slice(0, 4)}`;

async function openRequests(rows: FakeAccess[] = [one()], roles: Role[] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, ({ world }) => Object.assign(world, { accessRequests: rows, amendments: [], accountings: [] }));
  await press(opened, "nav-accountings");
  return opened;
}

async function openFirst(rows?: FakeAccess[]): Promise<Opened> {
  const opened = await openRequests(rows);
  const [row] = await screen.findAllByTestId("access-row");
  await opened.user.click(row ?? document.body);
  await at("access");
  return opened;
}

describe("the list of requests", () => {
  it("has the three kinds in one order: what is due first, then what waits without a day, then the rest", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => world.accessRequests.push(one({ id: "access-9", received_on: day(-300), decision: decided({ decided_on: day(-280) }), review: { asked_on: day(-270), reviewer: "Dr. Naomi Ito", outcome: null, decided_on: null } })));
    await press(opened, "nav-accountings");
    await screen.findAllByTestId("access-row");
    const badges = [...(await at("request-rows")).querySelectorAll(".kw-badge")].map((badge) => badge.textContent?.replace(/ [A-Z][a-z]{2} \d+, \d{4}$/u, ""));
    expect(badges).toEqual(["6 days overdue", "3 days overdue", "Granted, 6 days left", "24 days left", "48 days left", "50 days left", "In review", "Denied", "Denied", "Accepted", "Delivered", "Withdrawn"]);
    expect(await at("tab-all")).toHaveTextContent("All (7)");
    await expectAccessible();
    await press(opened, "tab-amendment");
    await waitFor(() => expect(screen.queryAllByTestId("access-row")).toHaveLength(0));
    expect(screen.getAllByTestId("amendment-row")).toHaveLength(3);
  });

  it("keeps the mark at its request where that moves to another place", async () => {
    const opened = await openFirst([one({ received_on: day(-20) }), one({ id: "access-2", patient: "00000000-0000-7000-8000-000000000003" })]);
    await press(opened, "access-extend");
    await fill(opened, "extend-reason", "The papers are in storage");
    await press(opened, "action-save");
    await gone("extend-dialog");
    const marked = () => [...screen.getByTestId("request-rows").querySelectorAll('[aria-selected="true"]')].map((row) => row.textContent);
    await waitFor(() => expect(marked()).toEqual([expect.stringContaining("Hallorán")]));
    expect((await screen.findAllByTestId("access-row"))[1]).toHaveTextContent("Hallorán");
  });

  it("teaches each kind where nobody asked", async () => {
    const opened = await openRequests([]);
    expect(await screen.findByText(/Take a request in on the day it comes/u)).toBeTruthy();
    await expectAccessible();
    await press(opened, "tab-access");
    expect(await screen.findByText(/You answer within 30 days/u)).toBeTruthy();
    await press(opened, "tab-amendment");
    expect(await screen.findByText(/What stood there before stays/u)).toBeTruthy();
  });

  it("says what stood in the way of the list", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    opened.fake.failNext("compliance.access_requests", { kind: "fault", reference: "A1" });
    await press(opened, "nav-accountings");
    expect(await screen.findByText(/Reference: A1/u)).toBeTruthy();
  });
});

describe("what is due", () => {
  it("says requests by their day, and those without one in words", async () => {
    const waitsForReview = one({ id: "access-2", received_on: day(-90), decision: decided(), review: { asked_on: day(-1), reviewer: "Dr. Naomi Ito", outcome: null, decided_on: null } });
    const opened = await openRequests([one({ received_on: day(-29) }), one({ id: "access-3", received_on: day(-40) }), waitsForReview]);
    await answered("due-count-accountings", "3");
    await press(opened, "nav-associates");
    await answered("due", "A request for access is to be answered by tomorrow");
    await answered("due", "A request for access was to be answered by");
    await answered("due", "The law names no day");
  });
});

describe("a request for access", () => {
  it("is extended once, with the day until which it then runs", async () => {
    const opened = await openFirst();
    await answered("awaited", "20 days left");
    await press(opened, "access-extend");
    await press(opened, "action-save");
    await refusedAt("extend-reason", "Fill in this field.");
    await expectAccessible();
    await fill(opened, "extend-reason", "The papers are in storage");
    await press(opened, "action-save");
    await answered("request-rows", "50 days left");
    await gone("access-extend");
    await answered("happened-extended", "The papers are in storage");
    await press(opened, "letter-access_extended");
    await answered("decision-letter-saved", "access-extended-2026-11-21.pdf");
    expect(callsOf(opened, "shell.save_decision_letter")[0]?.input).toEqual({ folder: "folder-1", kind: "access_extended", request: "access-1" });
  });

  it("cannot be extended when its days are over, and says so", async () => {
    await openFirst([one({ received_on: day(-31) })]);
    await answered("access", "1 day overdue");
    await answered("access", "It cannot be extended");
    expect(screen.queryByTestId("access-extend")).toBeNull();
  });

  it("is denied in writing: the ground says by itself whether it can be reviewed", SLOW, async () => {
    const opened = await openFirst();
    await press(opened, "access-decide");
    await press(opened, "decide-outcome-denied");
    await press(opened, "action-save");
    await refusedAt("decide-ground", "needs a ground");
    await choose(opened, "decide-ground", "psychotherapy_notes");
    await answered("decide-reviewable", "no review of a denial on this ground");
    await choose(opened, "decide-ground", "endangers");
    await answered("decide-reviewable", "By law this denial can be reviewed");
    await press(opened, "action-save");
    await refusedAt("decide-basis", "Fill in this field.");
    await expectAccessible();
    await fill(opened, "decide-basis", "It would endanger her.");
    await press(opened, "action-save");
    await gone("decide-dialog");
    await answered("happened-decided", "164.524(a)(3)(i)");
    await answered("happened-decided", "It would endanger her.");
    expect(callsOf(opened, "compliance.decide_access").at(-1)?.input).toEqual({ access: "access-1", outcome: "denied", ground: "endangers", basis: "It would endanger her.", decided_on: day(0), decided_by: "Dr. Naomi Ito" });
    await press(opened, "letter-access_denied");
    await answered("decision-letter-saved", "access-denied");
    await expectAccessible();
  });

  it("sends no ground with what is granted, also where one was chosen before", async () => {
    const opened = await openFirst();
    await press(opened, "access-decide");
    await press(opened, "decide-outcome-partly");
    await choose(opened, "decide-ground", "other_person");
    await press(opened, "decide-outcome-granted");
    await press(opened, "action-save");
    await gone("decide-dialog");
    expect(callsOf(opened, "compliance.decide_access").at(-1)?.input).toMatchObject({ outcome: "granted", ground: null, basis: null });
    await answered("awaited", "Hand over by");
  });

  it("is reviewed by another than the one who denied it, and handed over when that reverses it", SLOW, async () => {
    const opened = await openFirst([one({ decision: decided() })]);
    await press(opened, "access-review");
    await fill(opened, "review-reviewer", "dr. peter osei");
    await press(opened, "action-save");
    await refusedAt("review-reviewer", "cannot review it");
    await expectAccessible();
    await fill(opened, "review-reviewer", "Dr. Naomi Ito");
    await press(opened, "action-save");
    await answered("request-rows", "In review");
    await press(opened, "access-review");
    await press(opened, "review-outcome-reversed");
    await press(opened, "action-save");
    await answered("request-rows", "To be handed over");
    await answered("happened-reviewed", "reversed the denial");
    expect(screen.queryByTestId("awaited")).toBeNull();
    await press(opened, "access-deliver");
    await press(opened, "action-save");
    await answered("request-rows", "Delivered");
  });

  it("offers no review where the law has none", async () => {
    await openFirst([one({ decision: decided({ ground: "inmate" }) })]);
    await answered("happened-decided", "no review of a denial");
    expect(screen.queryByTestId("access-review")).toBeNull();
  });

  it("is withdrawn, and says when another has closed it", async () => {
    const opened = await openFirst();
    await press(opened, "access-withdraw");
    const [row] = opened.fake.world.accessRequests;
    Object.assign(row ?? {}, { withdrawn_on: day(0) });
    await press(opened, "action-save");
    await answered("action-refused", "This request was answered or withdrawn.");
    Object.assign(row ?? {}, { withdrawn_on: null });
    await press(opened, "action-save");
    await answered("request-rows", "Withdrawn");
    await gone("due-count-accountings");
  });

  it("says why its letter could not be saved", async () => {
    const opened = await openFirst([one({ decision: decided() })]);
    opened.fake.failNext("shell.save_decision_letter", { kind: "refused", code: "shell.folder_not_chosen", field: "folder", remedy: "Choose the folder again." });
    await press(opened, "letter-access_denied");
    await answered("decision-letter-refused", "Choose the folder again.");
  });
});

describe("the fee", () => {
  it("has the four lines of the law, says their sum, and asks when a summary was agreed to", SLOW, async () => {
    const opened = await openFirst();
    await press(opened, "access-fee");
    await answered("fee-dialog", "may not be charged");
    await fill(opened, "fee-copying_labor", "six");
    await press(opened, "action-save");
    await refusedAt("fee-copying_labor", "Type an amount like 12.50.");
    await fill(opened, "fee-copying_labor", "6.50");
    await fill(opened, "fee-summary", "12");
    await answered("fee-total", "$18.50");
    await press(opened, "action-save");
    await refusedAt("fee-agreed", "agreed beforehand");
    await expectAccessible();
    await fill(opened, "fee-agreed", typed(day(-2)));
    await fill(opened, "fee-postage", "20,000");
    await press(opened, "action-save");
    await refusedAt("fee-postage", "between 0 and 10,000 dollars");
    await opened.user.clear(await at("fee-postage"));
    await press(opened, "action-save");
    await gone("fee-dialog");
    expect(callsOf(opened, "compliance.charge_access").at(-1)?.input).toEqual({ access: "access-1", lines: [{ kind: "copying_labor", cents: 650 }, { kind: "summary", cents: 1200, agreed_on: day(-2) }] });
    await answered("access", "$18.50");
    await press(opened, "access-fee");
    expect(((await at("fee-copying_labor")) as HTMLInputElement).value).toBe("6.50");
    await answered("fee-total", "$18.50");
  });

  it("cannot be set once something was handed over", async () => {
    await openFirst([one({ decision: decided({ outcome: "partly" }), deliveries: [{ delivered_on: day(-1), sha256: null }] })]);
    await answered("happened-delivered-0", "Handed over");
    expect(screen.queryByTestId("access-fee")).toBeNull();
  });
});

describe("handing over", () => {
  it("leads to the records, and names what was written there", SLOW, async () => {
    const opened = await openFirst([one({ decision: decided({ outcome: "granted", ground: null, basis: null }) })]);
    await press(opened, "access-deliver");
    await answered("deliver-dialog", "No records of this patient were written here");
    await press(opened, "action-cancel");
    await press(opened, "access-records");
    await fill(opened, "disclosure-verification", "Photo ID checked");
    await fill(opened, "records-passphrase", "twelve letters and more");
    await fill(opened, "records-again", "twelve letters and more");
    await press(opened, "form-save");
    await press(opened, "records-requests");
    const [row] = await screen.findAllByTestId("access-row");
    await opened.user.click(row ?? document.body);
    await press(opened, "access-deliver");
    await answered("deliver-dialog", "records-2026-11-21.zip.age");
    await fill(opened, "deliver-on", typed(day(-6)));
    await press(opened, "action-save");
    await refusedAt("deliver-on", "Check both.");
    await fill(opened, "deliver-on", typed(day(0)));
    await press(opened, "action-save");
    await gone("deliver-dialog");
    expect(callsOf(opened, "compliance.deliver_access").at(-1)?.input).toEqual({ access: "access-1", delivered_on: day(0), sha256: "4be1d7".padEnd(64, "03c9") });
    await answered("access", "4be1d703c903c903");
  });
});

describe("taking a request for access", () => {
  it("begins at the chart and puts each refusal at its field", SLOW, async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => Object.assign(world, { accessRequests: [], amendments: [], accountings: [] }));
    await openChart(opened, "Hallorán");
    await press(opened, "chart-more");
    await press(opened, "chart-access");
    await answered("patient-line", "Hallorán, Grace Ann");
    await press(opened, "form-save");
    await refusedAt("request-verification", "Say how you made sure who asked");
    await press(opened, "verify-photoId");
    await press(opened, "request-asks-representative");
    await press(opened, "form-save");
    await refusedAt("request-name", "Fill in this field.");
    await fill(opened, "request-name", "Lena Hallorán");
    await fill(opened, "request-relation", "Daughter, power of attorney");
    await press(opened, "access-covers-part");
    await press(opened, "form-save");
    await refusedAt("access-scope", "Say what is asked for.");
    await fill(opened, "access-scope", "Lab results");
    await press(opened, "form-save");
    await refusedAt("access-as", "Fill in this field.");
    await press(opened, "access-as-paper");
    await press(opened, "access-channel-mailed");
    await fill(opened, "access-from", "3/1/2026");
    await fill(opened, "access-to", "2/1/2026");
    await press(opened, "form-save");
    await refusedAt("access-to", "Check both.");
    await expectAccessible();
    await fill(opened, "access-to", "4/1/2026");
    await press(opened, "form-save");
    await answered("request-rows", "30 days left");
    expect(callsOf(opened, "compliance.request_access").at(-1)?.input).toEqual({
      patient: GRACE,
      requester: { representative: { name: "Lena Hallorán", relation: "Daughter, power of attorney" }, verification: "Photo ID checked" },
      received_on: day(0),
      scope: "Lab results",
      from: "2026-03-01",
      to: "2026-04-01",
      form: "Paper copy",
      electronic: false,
      channel: "By mail",
    });
    await expectAccessible();
  });

  it("begins at the list, and a change of kind loses nothing", SLOW, async () => {
    const opened = await openRequests([]);
    await press(opened, "accounting-new");
    await press(opened, "request-kind-access");
    await press(opened, "form-save");
    await answered("error-summary", "Choose the patient who asks.");
    await fill(opened, "request-pick", "07KX3");
    await press(opened, "picker-row");
    await fill(opened, "request-verification", "Known in person");
    await press(opened, "request-kind-amendment");
    await at("amendment-form");
    await expectAccessible();
    await press(opened, "request-kind-access");
    await answered("request-patient", "Hallorán");
    expect(((await at("request-verification")) as HTMLInputElement).value).toBe("Known in person");
    await press(opened, "access-as-pdf");
    await press(opened, "access-channel-pickedUp");
    await press(opened, "form-save");
    await answered("request-rows", "30 days left");
    expect(callsOf(opened, "compliance.request_access").at(-1)?.input).toMatchObject({ scope: null, electronic: true, requester: { representative: null } });
  });

  it("is found in the palette", async () => {
    const opened = openWindow("signed_in", ["privacy_officer"]);
    await press(opened, "palette-open");
    await opened.user.type(await at("palette-input"), "request for access");
    await opened.user.keyboard("{Enter}");
    await at("access-form");
  });

  it("is not offered to those who may not", async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await at("patient-search");
    expect(screen.queryByTestId("nav-accountings")).toBeNull();
    await press(opened, "palette-open");
    await opened.user.type(await at("palette-input"), "request for");
    await waitFor(() => expect(screen.queryAllByTestId("palette-row")).toHaveLength(0));
  });

  it("is walked by the keyboard alone, from the list to the decision", SLOW, async () => {
    const opened = await openRequests();
    await tabTo(opened, "request-rows");
    await opened.user.keyboard("{ArrowDown}{Enter}");
    await tabTo(opened, "access-decide");
    await opened.user.keyboard("{Enter}");
    await at("decide-dialog");
    await tabTo(opened, "action-save");
    await opened.user.keyboard("{Enter}");
    await gone("decide-dialog");
    await answered("access", "Granted by Dr. Naomi Ito");
    // The button of the step is gone, and the request has the focus in its place.
    await waitFor(() => expect(screen.getByTestId("access").contains(document.activeElement)).toBe(true));
    await opened.user.keyboard("{Escape}");
    await gone("access");
  });
});

describe("the grounds", () => {
  it("are those of the contract, and the three of 164.524(a)(3) alone can be reviewed", () => {
    const reviewable: AccessGround[] = ["endangers", "other_person", "representative_harm"];
    expect(ACCESS_GROUNDS).toHaveLength(9);
    expect(ACCESS_GROUNDS.filter((ground) => canBeReviewed(ground))).toEqual(reviewable);
    expect(canBeReviewed("")).toBeNull();
  });
});
