import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AmendmentDenied, Role } from "../src/bridge";
import { madeUpAmendment, type FakeAmendment } from "../src/bridge/fake/amendments";
import { day } from "../src/bridge/fake/calendar";
import { AMENDMENT_GROUNDS } from "../src/features/compliance/grounds";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, openChart, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

/** A slow machine walks a long form slowly. */
const SLOW = { timeout: 120_000 };
const GRACE = "00000000-0000-7000-8000-000000000001";

const one = (change: Partial<FakeAmendment> = {}) => madeUpAmendment({ id: "amendment-1", received_on: day(-20), ...change });
const denied: AmendmentDenied = { ground: "accurate_and_complete", basis: "The certificate says so.", told_on: day(-10) };

/** A day as it is typed. */
const typed = (on: string) => `${on.slice(5, 7)}/${on.slice(8)}/${on.slice(0, 4)}`;

async function openRequests(rows: FakeAmendment[] = [one()], roles: Role[] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, ({ world }) => Object.assign(world, { accessRequests: [], amendments: rows, accountings: [] }));
  await press(opened, "nav-accountings");
  return opened;
}

async function openFirst(rows?: FakeAmendment[], roles?: Role[]): Promise<Opened> {
  const opened = await openRequests(rows, roles);
  const [row] = await screen.findAllByTestId("amendment-row");
  await opened.user.click(row ?? document.body);
  await at("amendment");
  return opened;
}

describe("a request for an amendment", () => {
  it("says what is asked for, and is extended once", async () => {
    const opened = await openFirst();
    await answered("happened-received", "My middle name is Anne, with an e.");
    await answered("happened-received", "Because: It stands so on my birth certificate");
    await answered("awaited", "40 days left");
    await press(opened, "amendment-extend");
    await fill(opened, "extend-reason", "We wait for the hospital");
    await fill(opened, "extend-on", typed(day(-21)));
    await press(opened, "action-save");
    await refusedAt("extend-on", "Check both.");
    await fill(opened, "extend-on", typed(day(0)));
    await press(opened, "action-save");
    await answered("request-rows", "70 days left");
    await gone("amendment-extend");
    await press(opened, "letter-amendment_extended");
    await answered("decision-letter-saved", "amendment-extended");
  });

  it("is accepted by a text or a later version, and others are told", SLOW, async () => {
    const opened = await openFirst();
    await press(opened, "amendment-accept");
    await press(opened, "action-save");
    await refusedAt("accept-appended", "Say what was added");
    await expectAccessible();
    await choose(opened, "accept-version", "2");
    await fill(opened, "accept-persons", "County Health\n\n Badger Mutual ");
    await fill(opened, "accept-persons-on", typed(day(-30)));
    await press(opened, "action-save");
    await refusedAt("accept-persons-on", "Check both.");
    await fill(opened, "accept-persons-on", typed(day(-1)));
    await press(opened, "action-save");
    await gone("accept-dialog");
    expect(callsOf(opened, "compliance.accept_amendment").at(-1)?.input).toEqual({
      amendment: "amendment-1",
      appended: null,
      version: 2,
      told_on: day(0),
      persons: [{ name: "County Health", told_on: day(-1) }, { name: "Badger Mutual", told_on: day(-1) }],
    });
    await answered("happened-accepted", "Version 2 of the record carries it");
    await answered("happened-told-1", "Badger Mutual");
    await press(opened, "amendment-tell");
    await press(opened, "action-save");
    await refusedAt("tell-name", "Fill in this field.");
    await fill(opened, "tell-name", "Dr. Osei");
    await press(opened, "action-save");
    await answered("happened-told-2", "Dr. Osei");
    await expectAccessible();
  });

  it("lets the record be corrected first", async () => {
    const opened = await openFirst(undefined, ["owner", "physician"]);
    await press(opened, "amendment-correct");
    await at("registration-form");
  });

  it("is denied on one of four grounds and no other", SLOW, async () => {
    const opened = await openFirst();
    await press(opened, "amendment-deny");
    for (const ground of AMENDMENT_GROUNDS) expect(screen.getByTestId(`deny-ground-${ground}`)).toBeTruthy();
    expect(AMENDMENT_GROUNDS).toHaveLength(4);
    await press(opened, "action-save");
    await answered("deny-ground", "Choose the ground.");
    await press(opened, "deny-ground-not_created_by_us");
    await press(opened, "action-save");
    await refusedAt("deny-basis", "Fill in this field.");
    await expectAccessible();
    await fill(opened, "deny-basis", "It came from the hospital.");
    await press(opened, "action-save");
    await gone("deny-dialog");
    await answered("happened-denied", "It came from the hospital.");
    await press(opened, "letter-amendment_denied");
    await answered("decision-letter-saved", "amendment-denied");
  });

  it("says when another has decided it meanwhile", async () => {
    const opened = await openFirst();
    await press(opened, "amendment-deny");
    await press(opened, "deny-ground-not_open_to_access");
    Object.assign(opened.fake.world.amendments[0] ?? {}, { denied });
    await press(opened, "action-save");
    await answered("action-refused", "This request was decided before.");
  });

  it("once denied takes the statement, the wish and the rebuttal, each once", SLOW, async () => {
    const opened = await openFirst([one({ denied })]);
    await answered("amendment", "stand in every later copy of this record");
    expect(screen.queryByTestId("amendment-rebut")).toBeNull();
    await press(opened, "amendment-disagree");
    await press(opened, "action-save");
    await refusedAt("disagree-text", "Fill in this field.");
    await fill(opened, "disagree-text", "The certificate is wrong.\nI was there.");
    await fill(opened, "disagree-on", typed(day(-11)));
    await press(opened, "action-save");
    await refusedAt("disagree-on", "Check both.");
    await expectAccessible();
    await fill(opened, "disagree-on", typed(day(-3)));
    await press(opened, "action-save");
    await answered("happened-disagreed", "The certificate is wrong.");
    await gone("amendment-disagree");
    await press(opened, "amendment-accompany");
    await press(opened, "action-save");
    await answered("happened-accompany", "go along with disclosures");
    await gone("amendment-accompany");
    await press(opened, "amendment-rebut");
    await fill(opened, "rebut-text", "The registry confirmed it.");
    await press(opened, "action-save");
    await answered("happened-rebutted", "The registry confirmed it.");
    await gone("amendment-rebut");
    const order = screen.getAllByTestId(/^happened-/u).map((row) => row.dataset["testid"]);
    expect(order).toEqual(["happened-received", "happened-denied", "happened-disagreed", "happened-accompany", "happened-rebutted"]);
    await expectAccessible();
  });

  it("shows a chart the requests of its patient only", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await openChart(opened, "Hallorán");
    await press(opened, "chart-more");
    await press(opened, "chart-requests");
    await waitFor(() => expect([...screen.getByTestId("request-rows").querySelectorAll(".kw-badge")]).toHaveLength(3));
    expect(callsOf(opened, "compliance.amendment_requests").at(-1)?.input).toEqual({ patient: GRACE });
    await answered("patient-line", "Hallorán");
    await expectAccessible();
    await press(opened, "requests-new-accounting");
    await at("request-form");
  });
});

describe("taking a request for an amendment", () => {
  it("is about the newest version unless another is chosen", SLOW, async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => Object.assign(world, { accessRequests: [], amendments: [], accountings: [] }));
    await openChart(opened, "Hallorán");
    await press(opened, "chart-more");
    await press(opened, "chart-amendment");
    await answered("amendment-version", "Version 2");
    await answered("amendment-version", "(newest)");
    await press(opened, "verify-known");
    await press(opened, "form-save");
    await refusedAt("amendment-text", "Fill in this field.");
    await fill(opened, "amendment-text", "My phone number ends in 43.");
    await expectAccessible();
    await press(opened, "form-save");
    await answered("request-rows", "60 days left");
    expect(callsOf(opened, "compliance.request_amendment").at(-1)?.input).toEqual({ patient: GRACE, requester: { representative: null, verification: "Known in person" }, received_on: day(0), target: { kind: "patient", version: 2 }, text: "My phone number ends in 43.", reason: null });
    await press(opened, "requests-new-amendment");
    await choose(opened, "amendment-version", "1");
    await press(opened, "verify-known");
    await fill(opened, "amendment-text", "I was never at that address.");
    await press(opened, "form-save");
    await waitFor(() => expect(screen.getAllByTestId("amendment-row")).toHaveLength(2));
    expect(callsOf(opened, "compliance.request_amendment").at(-1)?.input).toMatchObject({ target: { kind: "patient", version: 1 } });
  });

  it("is taken by a privacy officer, who may not look at versions", SLOW, async () => {
    const opened = await openRequests([], ["privacy_officer"]);
    await press(opened, "accounting-new");
    await press(opened, "request-kind-amendment");
    await fill(opened, "request-pick", "07KX3");
    await press(opened, "picker-row");
    await answered("amendment-version", "Version 2");
    await press(opened, "verify-known");
    await fill(opened, "amendment-text", "My name is spelled otherwise.");
    await press(opened, "form-save");
    await answered("request-rows", "60 days left");
    expect(callsOf(opened, "patients.versions")).toEqual([]);
  });

  it("is walked by the keyboard alone", SLOW, async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => Object.assign(world, { accessRequests: [], amendments: [], accountings: [] }));
    await tabTo(opened, "nav-accountings");
    await opened.user.keyboard("{Enter}");
    await at("accounting-new");
    await opened.user.keyboard("n");
    await at("request-form");
    await waitFor(async () => {
      await opened.user.tab();
      expect(document.activeElement?.closest('[data-testid="request-kind"]')).not.toBeNull();
    });
    await opened.user.keyboard("{ArrowUp}");
    await at("amendment-form");
    await tabTo(opened, "request-pick");
    await opened.user.keyboard("07KX3");
    await at("picker-row");
    await opened.user.keyboard("{Enter}");
    await at("request-patient");
    for (const id of ["request-verification", "verify-known", "amendment-received", "amendment-version", "amendment-text", "amendment-reason", "form-save"]) {
      // One field after the other is what walking is.
      // oxlint-disable-next-line no-await-in-loop
      await tabTo(opened, id);
    }
  });

  it("keeps what was typed when somebody goes elsewhere", SLOW, async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await openChart(opened, "Hallorán");
    await press(opened, "chart-more");
    await press(opened, "chart-amendment");
    await fill(opened, "amendment-text", "My phone number ends in 43.");
    await press(opened, "nav-patients");
    expect(await at("unfinished")).toHaveTextContent("Request");
    await press(opened, "unfinished");
    await waitFor(() => expect(screen.getByTestId<HTMLTextAreaElement>("amendment-text").value).toBe("My phone number ends in 43."));
  });
});

describe("the chart", () => {
  it("shows a physician what was asked to read differently, and why it does not", async () => {
    const opened = openWindow("signed_in", ["physician"], ({ world }) => Object.assign(world, { amendments: [one({ patient: GRACE, denied })] }));
    await openChart(opened, "07KX3");
    await opened.user.click(await screen.findByRole("tab", { name: "Amendments" }));
    await answered("chart-amendments", "My middle name is Anne, with an e.");
    await answered("chart-amendments", "The certificate says so.");
    expect(screen.queryByRole("button", { name: /letter/i })).toBeNull();
    await expectAccessible();
  });

  it("has no such part where nobody ever asked", async () => {
    const opened = openWindow("signed_in", ["physician"], ({ world }) => Object.assign(world, { amendments: [] }));
    await openChart(opened, "07KX3");
    await waitFor(() => expect(callsOf(opened, "compliance.amendments")).toHaveLength(1));
    expect(screen.queryByRole("tab", { name: "Amendments" })).toBeNull();
  });
});
