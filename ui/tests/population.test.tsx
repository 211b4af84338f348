import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import type { Role } from "../src/bridge";
import { forgetHandedOutAll } from "../src/features/compliance";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, hold, letGo, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

/** A slow machine walks a long form slowly. */
const SLOW = { timeout: 120_000 };
const PHRASE = "twelve letters and more";

afterEach(forgetHandedOutAll);

async function openPopulation(from: "backups" | "accountings" = "backups", roles: Role[] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles);
  await press(opened, `nav-${from}`);
  await press(opened, "population-open");
  await at("population-form");
  return opened;
}

async function fillIn(opened: Opened, basis = "operations"): Promise<void> {
  await fill(opened, "disclosure-name", "Prairie Records Custodian");
  await fill(opened, "disclosure-purpose", "Closing of the practice");
  await choose(opened, "disclosure-basis", basis);
  await press(opened, "verify-letterhead");
  await fill(opened, "records-passphrase", PHRASE);
  await fill(opened, "records-again", PHRASE);
}

describe("the records of all patients", () => {
  it("says what they are for and that each patient gets a row", async () => {
    const opened = await openPopulation();
    await answered("population-warning", "It writes one row into the ledger of disclosures for each patient");
    await answered("population-warning", "moving to another program or to a custodian");
    await expectAccessible();
    await press(opened, "form-cancel");
    await at("backups-standing");
  });

  it("puts each refusal at its field", SLOW, async () => {
    const opened = await openPopulation();
    await press(opened, "form-save");
    await answered("error-summary", "Choose the legal basis.");
    await choose(opened, "disclosure-basis", "operations");
    await fill(opened, "records-passphrase", "too short");
    await press(opened, "form-save");
    await refusedAt("records-passphrase", "Type at least 12 characters.");
    await fill(opened, "records-passphrase", PHRASE);
    await fill(opened, "records-again", "something else");
    await press(opened, "form-save");
    await refusedAt("records-again", "The two are not the same.");
    expect(callsOf(opened, "shell.choose_folder")).toEqual([]);
    await fill(opened, "records-again", PHRASE);
    await press(opened, "form-save");
    await refusedAt("disclosure-name", "Fill in this field.");
    await expectAccessible();
    await gone("population-progress");
  });

  it("are written sealed, with progress, and named", SLOW, async () => {
    const opened = await openPopulation();
    await fillIn(opened);
    hold("writing");
    await press(opened, "form-save");
    await answered("population-progress", "Patients written");
    await answered("population-progress", "You may go on working");
    await expectAccessible();
    letGo("writing");
    await answered("population-made", "keepwell-records-0197");
    await answered("population-made", "240, each with a row in the ledger");
    await answered("population-made", "Parts3");
    await answered("population-made", "797 MB");
    await answered("population-made", "Give the passphrase by another way");
    await expectAccessible();
    expect(callsOf(opened, "shell.export_population")).toMatchObject([{ purpose: "operations", reason: null, input: { folder: "folder-1", passphrase: PHRASE, details: { basis: "operations", recipient: { kind: "provider", name: "Prairie Records Custodian" }, description: "Whole records of all patients" } } }]);
    expect(opened.fake.world.disclosures.filter((row) => row.recipient.name === "Prairie Records Custodian")).toHaveLength(240);
    await press(opened, "population-finish");
    await at("backups-standing");
    await press(opened, "population-open");
    await at("population-form");
  });

  it.each([["public_health", "public_health"], ["judicial", "legal"], ["treatment", "operations"]])("on the basis of %s they leave for the purpose %s", SLOW, async (basis, purpose) => {
    const opened = await openPopulation();
    await fillIn(opened, basis);
    await press(opened, "form-save");
    await at("population-made");
    expect(callsOf(opened, "shell.export_population")[0]?.purpose).toBe(purpose);
  });

  it("are written plain only for a reason", SLOW, async () => {
    const opened = await openPopulation();
    await fillIn(opened);
    await press(opened, "records-written-plain");
    await press(opened, "form-save");
    await refusedAt("records-reason", "Say why the files are not sealed.");
    await fill(opened, "records-reason", "The other program opens no sealed files");
    await press(opened, "form-save");
    await at("population-made");
    expect(screen.getByTestId("population-made").textContent).not.toContain("passphrase");
    expect(callsOf(opened, "shell.export_population")[0]).toMatchObject({ reason: "The other program opens no sealed files", input: { passphrase: null } });
  });

  it("can be stopped, and says how many rows of the ledger stay", SLOW, async () => {
    const opened = await openPopulation();
    await fillIn(opened);
    hold("writing");
    await press(opened, "form-save");
    await press(opened, "population-cancel");
    await answered("population-made", "It was stopped, and the folder that was begun was taken away");
    const written = opened.fake.world.disclosures.filter((row) => row.recipient.name === "Prairie Records Custodian").length;
    await answered("population-made", written === 1 ? "1, with a row" : `${written}, each with a row in the ledger`);
    await answered("population-made", "take each of them back");
    expect(screen.getByTestId("population-made").textContent).not.toContain("Parts");
    await expectAccessible();
    await press(opened, "population-again");
    await at("population-form");
  });

  it("go on while one looks elsewhere, one at a time, and are found again by the tray", SLOW, async () => {
    const opened = await openPopulation();
    await fillIn(opened);
    hold("writing");
    await press(opened, "form-save");
    await at("population-progress");
    await press(opened, "nav-patients");
    await at("patient-search");
    await press(opened, "jobs-open");
    await answered("job", "Handing out the records of all patients");
    await opened.user.click(await screen.findByRole("button", { name: "Show" }));
    await at("population-progress");
    letGo("writing");
    await at("population-made");
    expect(callsOf(opened, "shell.export_population")).toHaveLength(1);
    expect(screen.queryByTestId("unfinished")).toBeNull();
  });

  it("say what stood in the way, and keep what was typed but no passphrase", SLOW, async () => {
    const opened = await openPopulation();
    await fillIn(opened);
    opened.fake.failNext("shell.export_population", { kind: "refused", code: "exchange.population_cut", field: null, remedy: "Begin again." });
    await press(opened, "form-save");
    await answered("error-summary", "The ledger of disclosures names whose records were on their way.");
    expect(screen.getByTestId<HTMLInputElement>("disclosure-name").value).toBe("Prairie Records Custodian");
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    const [draft] = opened.fake.world.drafts;
    expect(draft?.screen).toBe("/backups/records");
    expect(draft?.content).toContain("Prairie Records Custodian");
    expect(JSON.stringify(opened.fake.world.drafts)).not.toContain("twelve letters");
  });

  it("are not written where no folder is chosen", SLOW, async () => {
    const opened = await openPopulation();
    opened.fake.world.folder = null;
    await fillIn(opened);
    await press(opened, "form-save");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder")).toHaveLength(1));
    expect(callsOf(opened, "shell.export_population")).toEqual([]);
    expect(screen.getByTestId<HTMLInputElement>("disclosure-name").value).toBe("Prairie Records Custodian");
  });

  it("are reached by the privacy officer from the accountings and the palette", async () => {
    const opened = await openPopulation("accountings", ["privacy_officer"]);
    await press(opened, "form-cancel");
    await at("accounting-new");
    await opened.user.keyboard("{Control>}k{/Control}");
    await fill(opened, "palette-input", "Records of all");
    await press(opened, "palette-row");
    await at("population-form");
  });

  it("are not offered to a security officer", async () => {
    const opened = openWindow("signed_in", ["security_officer"]);
    await press(opened, "nav-backups");
    await at("backup-now");
    expect(screen.queryByTestId("population-open")).toBeNull();
  });

  it("are walked by the keyboard alone", SLOW, async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await tabTo(opened, "nav-backups");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "population-open");
    await opened.user.keyboard("{Enter}");
    await at("population-form");
    for (const id of ["disclosure-on", "disclosure-kind", "disclosure-name", "disclosure-what", "disclosure-purpose", "disclosure-basis", "disclosure-verification", "records-passphrase", "records-again", "form-save", "form-cancel"]) {
      // One field after the other is what walking is.
      // oxlint-disable-next-line no-await-in-loop
      await tabTo(opened, id);
    }
  });
});
