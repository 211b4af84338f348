import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { DisclosureBasis, Role } from "../src/bridge";
import { madeUpAssociate } from "../src/bridge/fake/agreements";
import { day } from "../src/bridge/fake/calendar";
import { accountableBasis, citeOf, madeUpDisclosure, type FakeDisclosure } from "../src/bridge/fake/ledger";
import { BASES, basisGroups, countsAs } from "../src/features/compliance/bases";
import { forgetLetters } from "../src/features/compliance";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, hold, letGo, openChart, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

/** A slow machine walks a long form slowly. */
const SLOW = { timeout: 120_000 };

afterEach(forgetLetters);

async function openLedger(rows?: FakeDisclosure[], roles: Role[] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, ({ world }) => {
    if (rows) Object.assign(world, { disclosures: rows, suspensions: [] });
  });
  await openChart(opened, "Hallorán");
  await press(opened, "chart-more");
  await press(opened, "chart-disclosures");
  await at("patient-line");
  return opened;
}

async function openRow(opened: Opened, words: string): Promise<void> {
  const rows = await screen.findAllByTestId("disclosure-row");
  const row = rows.find((one) => one.textContent?.includes(words));
  if (!row) throw new Error(`${words} is not there`);
  await opened.user.click(row);
  await at("disclosure");
}

async function fillIn(opened: Opened): Promise<void> {
  await fill(opened, "disclosure-name", "County Health");
  await fill(opened, "disclosure-what", "Result of a test");
  await fill(opened, "disclosure-purpose", "Reportable disease");
  await choose(opened, "disclosure-basis", "public_health");
  await press(opened, "verify-calledBack");
}

describe("a patient's ledger", () => {
  it("says of each row what it is and whether the patient is told", async () => {
    const opened = await openLedger();
    await answered("patient-line", "Hallorán, Grace Ann · Apr 2, 1961 · MRN-2024-07KX3");
    const rows = await screen.findAllByTestId("disclosure-row");
    expect(rows).toHaveLength(6);
    expect(rows[0]).toHaveTextContent("164.512(b) Public health");
    expect(rows[0]).toHaveTextContent("Yes");
    await answered("disclosure-rows", "Corrected");
    await answered("disclosure-rows", "Hidden for now");
    await expectAccessible();
    await openRow(opened, "County Sheriff");
    await answered("disclosure", "Not while the suspension lives");
    await expectAccessible();
  });

  it("teaches where nothing was disclosed", async () => {
    await openLedger([]);
    expect(await screen.findByText(/A row is never changed/u)).toBeTruthy();
    await expectAccessible();
  });

  it("is reached from the front desk's card by the privacy officer", async () => {
    await openLedger(undefined, ["privacy_officer"]);
    await at("disclosure-rows");
  });

  it("is not offered to a physician or the front desk", async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await openChart(opened, "Hallorán");
    expect(screen.queryByTestId("chart-more")).toBeNull();
  });

  it("knows every basis as Rust does", () => {
    const offered = basisGroups((key) => key).flatMap((group) => group.options);
    expect(BASES).toHaveLength(24);
    for (const basis of BASES) {
      expect([basis, countsAs(basis), offered.find((one) => one.value === basis)?.aside]).toEqual([basis, accountableBasis(basis as DisclosureBasis), citeOf(basis as DisclosureBasis)]);
    }
  });
});

describe("recording a disclosure", () => {
  it("sends what was typed and says whether it counts", async () => {
    const opened = await openLedger([]);
    await press(opened, "disclosure-new");
    await fillIn(opened);
    expect(await screen.findByText("It stands in an accounting for the patient.")).toBeTruthy();
    await expectAccessible();
    await press(opened, "form-save");
    await answered("toast", "It belongs into an accounting.");
    await answered("disclosure-rows", "County Health");
    expect(callsOf(opened, "compliance.disclose")[0]?.input).toMatchObject({
      details: { recipient: { kind: "authority", name: "County Health", address: null, associate: null }, basis: "public_health", authorization: null, verification: "Called back on the published number", request_reference: null },
    });
  });

  it("puts each refusal at its field", SLOW, async () => {
    const opened = await openLedger([]);
    await press(opened, "disclosure-new");
    await press(opened, "form-save");
    await refusedAt("disclosure-basis", "Choose the legal basis.");
    await choose(opened, "disclosure-basis", "judicial");
    await press(opened, "form-save");
    await refusedAt("disclosure-name", "Fill in this field.");
    await fill(opened, "disclosure-name", "A court");
    await press(opened, "form-save");
    await refusedAt("disclosure-verification", "Say how you made sure who asked");
    await press(opened, "verify-order");
    await press(opened, "form-save");
    await refusedAt("disclosure-what", "Fill in this field.");
    await fill(opened, "disclosure-what", "Notes");
    await press(opened, "form-save");
    await refusedAt("disclosure-purpose", "Fill in this field.");
    await fill(opened, "disclosure-on", "12/31/2999");
    await press(opened, "form-save");
    await refusedAt("disclosure-on", "This date is in the future.");
    await expectAccessible();
  });

  it("asks for the authorization where that is the basis", async () => {
    const opened = await openLedger([]);
    await press(opened, "disclosure-new");
    await fillIn(opened);
    await choose(opened, "disclosure-basis", "authorization");
    await press(opened, "form-save");
    await refusedAt("authorization-signed", "This basis needs a signed authorization.");
    await fill(opened, "authorization-signed", "1/2/2020");
    await press(opened, "form-save");
    await refusedAt("authorization-expires", "Fill in this field.");
    await fill(opened, "authorization-expires", "1/2/2021");
    await press(opened, "form-save");
    await refusedAt("authorization-expires", "The authorization did not cover that day");
    await opened.user.clear(await at("authorization-expires"));
    await fill(opened, "authorization-with", "End of the lawsuit");
    await press(opened, "form-save");
    await answered("toast", "It does not belong into an accounting.");
  });

  it("takes a business associate from the register, and only under an agreement", async () => {
    const opened = await openLedger([]);
    opened.fake.world.associates = [madeUpAssociate({ associate: "associate-1", name: "Drive Keeper LLC" })];
    await press(opened, "disclosure-new");
    await fillIn(opened);
    await choose(opened, "disclosure-kind", "business_associate");
    await press(opened, "form-save");
    await refusedAt("disclosure-associate", "Choose the business associate from the register");
    await choose(opened, "disclosure-associate", "associate-1");
    expect(((await at("disclosure-name")) as HTMLInputElement).value).toBe("Drive Keeper LLC");
    await fill(opened, "disclosure-on", "1/2/2020");
    await press(opened, "form-save");
    await refusedAt("disclosure-associate", "No agreement with this business associate was in force");
  });

  it("keeps what was typed over a lock", async () => {
    const opened = await openLedger([]);
    await press(opened, "disclosure-new");
    await fill(opened, "disclosure-name", "County Health");
    await opened.user.keyboard("{Control>}l{/Control}");
    await fill(opened, "unlock-passphrase", "correct horse battery staple");
    await press(opened, "unlock-submit");
    await waitFor(async () => expect(((await at("disclosure-name")) as HTMLInputElement).value).toBe("County Health"));
  });

  it("is walked by the keyboard alone", SLOW, async () => {
    const opened = await openLedger([madeUpDisclosure({ id: "disclosure-1" })]);
    await opened.user.keyboard("n");
    await tabTo(opened, "disclosure-name");
    await opened.user.keyboard("A court");
    await tabTo(opened, "disclosure-what");
    await opened.user.keyboard("Notes");
    await tabTo(opened, "disclosure-purpose");
    await opened.user.keyboard("A case");
    await tabTo(opened, "disclosure-basis");
    await opened.user.keyboard("{Enter}");
    await at("option-public_health");
    await opened.user.keyboard("{Enter}");
    await gone("option-public_health");
    await tabTo(opened, "disclosure-verification");
    await opened.user.keyboard("Order read{Control>}{Enter}{/Control}");
    await tabTo(opened, "disclosure-rows");
    await opened.user.keyboard("{ArrowDown}{Enter}");
    await answered("disclosure", "Order read");
  });
});

describe("what is wrong in the ledger", () => {
  it("is corrected by another row", async () => {
    const opened = await openLedger([madeUpDisclosure({ id: "disclosure-1" })]);
    await openRow(opened, "Dane County");
    await press(opened, "disclosure-correct");
    await press(opened, "form-save");
    await refusedAt("disclosure-correction", "Fill in this field.");
    await fill(opened, "disclosure-correction", "It was the other county");
    await fill(opened, "disclosure-name", "Rock County");
    await expectAccessible();
    await press(opened, "form-save");
    await answered("disclosure-rows", "Rock County");
    await answered("disclosure-rows", "Corrected");
    await answered("disclosure-rows", "Correction");
    expect(callsOf(opened, "compliance.correct_disclosure").at(-1)?.input).toMatchObject({ disclosure: "disclosure-1", correction: "It was the other county", details: { recipient: { name: "Rock County" } } });
  });

  it("is taken back with a reason", async () => {
    const opened = await openLedger([madeUpDisclosure({ id: "disclosure-1" })]);
    await openRow(opened, "Dane County");
    await press(opened, "disclosure-take-back");
    await press(opened, "action-save");
    await refusedAt("take-back-reason", "Fill in this field.");
    await expectAccessible();
    await fill(opened, "take-back-reason", "Nothing was sent");
    await press(opened, "action-save");
    await answered("disclosure-rows", "Takes one back");
    await answered("disclosure-rows", "Taken back");
    expect(callsOf(opened, "compliance.correct_disclosure").at(-1)?.input).toEqual({ disclosure: "disclosure-1", correction: "Nothing was sent", details: null });
    await gone("disclosure-correct");
  });
});

describe("a suspension", () => {
  it("hides an agency's rows, spoken or in writing, and is lifted", async () => {
    const opened = await openLedger([madeUpDisclosure({ id: "disclosure-1", basis: "law_enforcement", recipient: { kind: "authority", name: "State Police", address: null, associate: null } })]);
    await press(opened, "ledger-suspend");
    await press(opened, "action-save");
    await refusedAt("suspend-agency", "Fill in this field.");
    await fill(opened, "suspend-agency", "State Police");
    await press(opened, "action-save");
    await refusedAt("suspend-until", "A written statement says how long it holds.");
    await fill(opened, "suspend-until", "1/2/2020");
    await press(opened, "action-save");
    await refusedAt("suspend-until", "Check both.");
    await press(opened, "suspend-how-spoken");
    await gone("suspend-until");
    await press(opened, "action-save");
    await refusedAt("suspend-statement", "Fill in this field.");
    await expectAccessible();
    await fill(opened, "suspend-statement", "Trooper Example by telephone");
    await press(opened, "action-save");
    await answered("suspensions", "State Police: hidden from the patient until");
    await answered("disclosure-rows", "Hidden for now");
    expect(callsOf(opened, "compliance.suspend_accounting").at(-1)?.input).toMatchObject({ agency: "State Police", spoken: true, stated_on: day(0) });
    await press(opened, "suspension-lift");
    await press(opened, "action-save");
    await gone("suspensions");
    await waitFor(() => expect(screen.getByTestId("disclosure-rows").textContent).not.toContain("Hidden for now"));
  });
});

describe("handing out the records", () => {
  async function openHandOut(): Promise<Opened> {
    const opened = openWindow("signed_in", ["owner"]);
    await openChart(opened, "Hallorán");
    await press(opened, "chart-more");
    await press(opened, "chart-records");
    await at("records-form");
    return opened;
  }

  it("seals them with a passphrase that is typed twice", async () => {
    const opened = await openHandOut();
    await press(opened, "verify-photoId");
    await fill(opened, "records-passphrase", "too short");
    await press(opened, "form-save");
    await refusedAt("records-passphrase", "Type at least 12 characters.");
    await fill(opened, "records-passphrase", "twelve letters and more");
    await fill(opened, "records-again", "twelve letters and less");
    await press(opened, "form-save");
    await refusedAt("records-again", "The two are not the same.");
    await expectAccessible();
    await fill(opened, "records-again", "twelve letters and more");
    hold("writing");
    await press(opened, "form-save");
    await press(opened, "jobs-open");
    await answered("job", "Handing out records");
    await opened.user.keyboard("{Escape}");
    letGo("writing");
    await answered("records-made", "records-2026-11-21.zip.age");
    await answered("records-made", "4be1d7");
    await expectAccessible();
    const sent = callsOf(opened, "shell.export_records");
    expect(sent[0]).toMatchObject({ reason: null, purpose: "patient_request", input: { folder: "folder-1", passphrase: "twelve letters and more", details: { basis: "individual", recipient: { kind: "individual", name: "Hallorán, Grace Ann" } } } });
    await press(opened, "records-finish");
    await answered("disclosure-rows", "Whole record");
  });

  it("writes plain files only for a reason", async () => {
    const opened = await openHandOut();
    await press(opened, "verify-photoId");
    await press(opened, "records-written-plain");
    await press(opened, "form-save");
    await refusedAt("records-reason", "Say why the files are not sealed.");
    await fill(opened, "records-reason", "The patient asked for it");
    await press(opened, "form-save");
    await at("records-made");
    expect(callsOf(opened, "shell.export_records")[0]).toMatchObject({ reason: "The patient asked for it", input: { passphrase: null } });
  });

  it("keeps no passphrase over a lock, and says what stood in the way", async () => {
    const opened = await openHandOut();
    await press(opened, "verify-photoId");
    await fill(opened, "records-passphrase", "twelve letters and more");
    await fill(opened, "records-again", "twelve letters and more");
    opened.fake.failNext("shell.export_records", { kind: "refused", code: "exchange.records_not_written", field: null, remedy: "Choose another folder." });
    await press(opened, "form-save");
    await answered("error-summary", "could not be written there");
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    expect(JSON.stringify(opened.fake.world.drafts)).not.toContain("twelve letters");
  });
});
