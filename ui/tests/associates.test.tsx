import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { prefer, type Role } from "../src/bridge";
import { CLAUSES as ALL, madeUpAssociate, type FakeAssociate } from "../src/bridge/fake/agreements";
import { day } from "../src/bridge/fake/calendar";
import { CLAUSES } from "../src/features/compliance/associate";
import { forgetBackups } from "../src/features/exchange";
import { civilText } from "../src/words";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

/** A slow machine walks a long form slowly. */
const SLOW = { timeout: 120_000 };

afterEach(forgetBackups);

async function openRegister(rows?: FakeAssociate[], roles: Role[] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, ({ world }) => {
    if (rows) world.associates = rows;
  });
  await press(opened, "nav-associates");
  return opened;
}

async function openRow(opened: Opened, name: string): Promise<void> {
  const rows = await screen.findAllByTestId("associate-row");
  const row = rows.find((one) => one.textContent?.includes(name));
  if (!row) throw new Error(`${name} is not there`);
  await opened.user.click(row);
  await at("associate");
}

async function fillIn(opened: Opened): Promise<void> {
  await fill(opened, "associate-name", "Night Transcribers");
  await fill(opened, "associate-contact", "Io Vale");
  await fill(opened, "associate-services", "Types dictated notes");
  await fill(opened, "associate-hours", "48");
  await fill(opened, "associate-return", "Destroys everything");
}

describe("the register", () => {
  it("says how each agreement stands, in words", async () => {
    await openRegister();
    const rows = await screen.findAllByTestId("associate-row");
    expect(rows).toHaveLength(5);
    const list = await at("associate-rows");
    for (const words of ["Ends in 48 days", "In force", "Not signed", "Expired", "Ended", "2 missing"]) expect(list).toHaveTextContent(words);
    await expectAccessible();
  });

  it("says what is due, and counts it beside the way there", async () => {
    const opened = await openRegister();
    await answered("due", `Agreement with Drive Keeper LLC ends in 48 days, on ${civilText(day(48))}`);
    await answered("due", "Agreement with Clearwater Transcription is not signed.");
    await answered("due", "Agreement with Old Shredding Co ran out on");
    await answered("due-count-associates", "3");
    await answered("due-count-accountings", "6");
    expect((await at("nav-associates")).getAttribute("aria-label")).toBe("Associates 3 things are due");
    await press(opened, "nav-patients");
    await press(opened, "nav-associates");
    await at("due");
    expect(callsOf(opened, "compliance.due")).toHaveLength(1);
    await opened.user.click((await screen.findAllByTestId("due-accountings"))[0] ?? document.body);
    await at("request-rows");
  });

  it("teaches where there is nobody", async () => {
    await openRegister([]);
    expect(await screen.findByText(/Before any of it goes there, the law asks for a signed agreement/u)).toBeTruthy();
    await expectAccessible();
  });

  it("saves a copy of the signed agreement, and says its name", async () => {
    const opened = await openRegister();
    await openRow(opened, "Drive Keeper");
    opened.fake.world.folder = null;
    await press(opened, "associate-save-agreement");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder")).toHaveLength(1));
    expect(callsOf(opened, "shell.save_agreement")).toEqual([]);
    opened.fake.world.folder = { folder: "folder-2", name: "For the lawyer" };
    opened.fake.failNext("shell.save_agreement", { kind: "refused", code: "exchange.records_not_written", field: null, remedy: "Choose another folder." });
    await press(opened, "associate-save-agreement");
    await answered("associate-agreement-refused", "could not be written there");
    await press(opened, "associate-save-agreement");
    await answered("associate-agreement-saved", "agreement-2026-11-21.pdf");
    await gone("associate-agreement-refused");
    await expectAccessible();
    expect(callsOf(opened, "shell.save_agreement").at(-1)?.input).toEqual({ folder: "folder-2", associate: "associate-1" });
  });

  it("offers no copy where no file is kept", async () => {
    const opened = await openRegister();
    await openRow(opened, "Badger Billing");
    await answered("associate", "No file is kept");
    expect(screen.queryByTestId("associate-save-agreement")).toBeNull();
  });

  it("shows one whole, with what its agreement lacks", async () => {
    const opened = await openRegister();
    await openRow(opened, "Badger Billing");
    await answered("associate-missing", "lacks 2 terms");
    await answered("associate", "Names, insurance, diagnoses and charges");
    await expectAccessible();
    await opened.user.keyboard("{Escape}");
    await gone("associate");
  });

  it("speaks Spanish", async () => {
    await openRegister();
    prefer({ language: "es-US" });
    await answered("due", "El acuerdo con Drive Keeper LLC termina en 48 días");
    prefer({ language: "en-US" });
    await answered("due", "ends in 48 days");
  });

  it("is looked at by an auditor, and changed by none", async () => {
    await openRegister(undefined, ["auditor"]);
    await at("associate-rows");
    expect(screen.queryByTestId("associate-new")).toBeNull();
    expect(screen.queryByTestId("nav-accountings")).toBeNull();
  });

  it("is not there for the front desk, and nothing is asked", async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await at("patient-search");
    expect(screen.queryByTestId("nav-associates")).toBeNull();
    expect(callsOf(opened, "compliance.due")).toEqual([]);
  });

  it("knows the ten terms that the contract knows", () => {
    expect([...CLAUSES].toSorted()).toEqual([...ALL].toSorted());
  });
});

describe("entering an associate", () => {
  it("keeps everything, says what is missing, and looks again at what is due", SLOW, async () => {
    const opened = await openRegister([]);
    await press(opened, "associate-new");
    await fillIn(opened);
    await fill(opened, "associate-subcontractors", "Cold Storage Inc\nNight Shift Ltd");
    await fill(opened, "associate-signed", "1/10/2026");
    await fill(opened, "associate-effective", "1/10/2026");
    await press(opened, "clause-safeguards");
    await press(opened, "clause-access");
    await opened.user.upload(await at("associate-file"), new File(["%PDF-1.7 agreement"], "signed.pdf", { type: "application/pdf" }));
    expect(await screen.findByText(/signed\.pdf/u)).toBeTruthy();
    await expectAccessible();
    await press(opened, "form-save");
    await answered("toast", "Night Transcribers stands in the register. 8 terms are missing.");
    await answered("associate-rows", "In force");
    expect(callsOf(opened, "compliance.keep_associate")[0]?.input).toEqual({
      name: "Night Transcribers", contact: "Io Vale", phone: null, email: null, services: "Types dictated notes", phi_categories: null, subcontractors: ["Cold Storage Inc", "Night Shift Ltd"],
      signed_on: "2026-01-10", effective_on: "2026-01-10", expires_on: null, review_on: null, clauses: ["safeguards", "access"], incident_notice_hours: 48, return_or_destroy: "Destroys everything", agreement_base64: btoa("%PDF-1.7 agreement"),
    });
    await waitFor(() => expect(callsOf(opened, "compliance.due")).toHaveLength(2));
    expect(screen.queryByTestId("unfinished")).toBeNull();
  });

  it("puts each refusal at its field, and the words in the summary", SLOW, async () => {
    const opened = await openRegister([]);
    await press(opened, "associate-new");
    await fillIn(opened);
    const tries: [string, string, string][] = [
      ["associate-signed", "12/31/2999", "This date is in the future."],
      ["associate-signed", "13/45/2026", "There is no such date."],
      ["associate-hours", "1441", "at most 60 days"],
      ["associate-hours", "soon", "at most 60 days"],
      ["associate-return", " ", "Fill in this field."],
    ];
    for (const [id, text, words] of tries) {
      // Each try stands on the one before.
      // oxlint-disable no-await-in-loop
      const before = ((await at(id)) as HTMLInputElement).value;
      await fill(opened, id, text);
      await press(opened, "form-save");
      await refusedAt(id, words);
      await answered("error-summary", words);
      if (before === "") await opened.user.clear(await at(id));
      else await fill(opened, id, before);
      // oxlint-enable no-await-in-loop
    }
    await fill(opened, "associate-signed", "1/10/2026");
    await press(opened, "form-save");
    await refusedAt("associate-effective", "Fill in this field.");
    await fill(opened, "associate-effective", "1/10/2026");
    await fill(opened, "associate-expires", "1/9/2026");
    await press(opened, "form-save");
    await refusedAt("associate-expires", "Check both.");
    await opened.user.clear(await at("associate-expires"));
    await opened.user.upload(await at("associate-file"), new File(["no paper"], "note.pdf", { type: "application/pdf" }));
    await screen.findByText(/note\.pdf/u);
    await press(opened, "form-save");
    await refusedAt("associate-file", "This is not a PDF file");
    await expectAccessible();
  });

  it("takes a year of two figures as one that comes, where the date lies ahead", async () => {
    const opened = await openRegister([]);
    await press(opened, "associate-new");
    await fill(opened, "associate-expires", "1/9/40");
    await fill(opened, "associate-signed", "1/9/26");
    expect(await screen.findByText("Jan 9, 2040")).toBeTruthy();
    expect(await screen.findByText("Jan 9, 2026")).toBeTruthy();
  });

  it("takes no file above 4 MB", async () => {
    const opened = await openRegister([]);
    await press(opened, "associate-new");
    const large = new File(["%PDF-"], "large.pdf", { type: "application/pdf" });
    Object.defineProperty(large, "size", { value: 4 * 1024 * 1024 + 1 });
    await opened.user.upload(await at("associate-file"), large);
    await refusedAt("associate-file", "larger than 4 MB");
  });

  it("loses nothing when somebody else was quicker", async () => {
    const opened = await openRegister([madeUpAssociate({ associate: "associate-1", name: "Drive Keeper LLC" })]);
    await openRow(opened, "Drive Keeper");
    await press(opened, "associate-change");
    await fill(opened, "associate-contact", "Somebody New");
    Object.assign(opened.fake.world.associates[0] ?? {}, { version: 2 });
    await press(opened, "form-save");
    await answered("stale", "Somebody else has changed this meanwhile. What you typed is still here.");
    await expectAccessible();
    await press(opened, "stale-again");
    await gone("stale");
    expect(((await at("associate-contact")) as HTMLInputElement).value).toBe("Somebody New");
    await press(opened, "form-save");
    await answered("associate-rows", "Somebody New");
    expect(callsOf(opened, "compliance.keep_associate").at(-1)?.input).toMatchObject({ associate: "associate-1", expected_version: 2 });
  });

  it("is undone", async () => {
    const opened = await openRegister([madeUpAssociate({ associate: "associate-1", name: "Drive Keeper LLC" })]);
    await openRow(opened, "Drive Keeper");
    await opened.user.keyboard("e");
    await fill(opened, "associate-contact", "Somebody New");
    await press(opened, "form-save");
    await answered("associate-rows", "Somebody New");
    await press(opened, "toast-undo");
    await answered("associate-rows", "Ana Reyes");
  });

  it("keeps what was typed over a lock", async () => {
    const opened = await openRegister([]);
    await press(opened, "associate-new");
    await fill(opened, "associate-name", "Night Transcribers");
    await opened.user.keyboard("{Control>}l{/Control}");
    await fill(opened, "unlock-passphrase", "correct horse battery staple");
    await press(opened, "unlock-submit");
    await waitFor(async () => expect(((await at("associate-name")) as HTMLInputElement).value).toBe("Night Transcribers"));
  });

  it("brings back what was thrown away", async () => {
    const opened = await openRegister([]);
    await press(opened, "associate-new");
    await fill(opened, "associate-name", "Night Transcribers");
    await press(opened, "form-cancel");
    await press(opened, "toast-undo");
    await waitFor(async () => expect(((await at("associate-name")) as HTMLInputElement).value).toBe("Night Transcribers"));
  });

  it("is walked by the keyboard alone", SLOW, async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => Object.assign(world, { associates: [] }));
    await tabTo(opened, "nav-associates");
    await opened.user.keyboard("{Enter}");
    await at("associate-new");
    await opened.user.keyboard("n");
    await waitFor(async () => expect(document.activeElement).toBe(await at("associate-name")));
    await opened.user.keyboard("Night Transcribers{Enter}Io Vale");
    await tabTo(opened, "associate-services");
    await opened.user.keyboard("Types notes");
    await tabTo(opened, "clauses-all");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "associate-hours");
    await opened.user.keyboard("24{Enter}Destroys it{Control>}{Enter}{/Control}");
    await tabTo(opened, "associate-rows");
    await opened.user.keyboard("{ArrowDown}{Enter}");
    await answered("associate", "Within 24 hours");
  });
});

describe("ending an agreement", () => {
  it("asks what became of the information, and cannot be done twice", async () => {
    const opened = await openRegister([madeUpAssociate({ associate: "associate-1", name: "Drive Keeper LLC" })]);
    await openRow(opened, "Drive Keeper");
    await press(opened, "associate-end");
    await press(opened, "action-save");
    await refusedAt("end-returned", "Fill in this field.");
    await fill(opened, "end-on", "12/31/2999");
    await fill(opened, "end-returned", "Destroyed, certificate kept");
    await press(opened, "action-save");
    await refusedAt("end-on", "This date is in the future.");
    await expectAccessible();
    await fill(opened, "end-on", "1/15/2026");
    await press(opened, "action-save");
    await gone("associate-end-dialog");
    await answered("associate-rows", "Ended");
    expect(callsOf(opened, "compliance.end_associate").at(-1)?.input).toEqual({ associate: "associate-1", ended_on: "2026-01-15", returned: "Destroyed, certificate kept" });
    expect(screen.queryByTestId("associate-end")).toBeNull();
  });

  it("says what no field can", async () => {
    const opened = await openRegister([madeUpAssociate({ associate: "associate-1", name: "Drive Keeper LLC" })]);
    await openRow(opened, "Drive Keeper");
    await press(opened, "associate-end");
    await fill(opened, "end-returned", "Destroyed");
    Object.assign(opened.fake.world.associates[0] ?? {}, { ended_on: day(-1) });
    await press(opened, "action-save");
    await answered("action-refused", "This agreement has ended.");
  });
});

describe("backups in an associate's place", () => {
  const keeper = () => madeUpAssociate({ associate: "associate-1", name: "Drive Keeper LLC" });
  async function openBackups(rows: FakeAssociate[], roles: Role[] = ["owner"]): Promise<Opened> {
    const opened = openWindow("signed_in", roles, ({ world }) => Object.assign(world, { associates: rows }));
    await press(opened, "nav-backups");
    await at("backups-standing");
    return opened;
  }

  it("go to a drive of one's own unless somebody says otherwise", async () => {
    const opened = await openBackups([keeper()]);
    await answered("backup-place", "A drive of our own");
    await choose(opened, "backup-place", "associate-1");
    await expectAccessible();
    await press(opened, "backup-now");
    await at("backup-written");
    await answered("backup-rows", "Drive Keeper LLC");
    expect(callsOf(opened, "shell.back_up")[0]?.input).toEqual({ folder: "folder-1", associate: "associate-1" });
  });

  it("are planned there, and the plan says so", async () => {
    const opened = await openBackups([keeper()]);
    await press(opened, "backup-plan-open");
    await choose(opened, "backup-plan-place", "associate-1");
    await press(opened, "backup-plan-folder");
    await waitFor(async () => expect((await at("backup-plan-save")).hasAttribute("disabled")).toBe(false));
    await press(opened, "backup-plan-save");
    await answered("backup-plan", "It is the place of Drive Keeper LLC.");
  });

  it("are refused in words once the agreement is over", async () => {
    const opened = await openBackups([keeper()]);
    await choose(opened, "backup-place", "associate-1");
    Object.assign(opened.fake.world.associates[0] ?? {}, { ended_on: day(0) });
    await press(opened, "backup-now");
    await answered("backup-refused", "No agreement with this business associate was in force on that day");
  });

  it.each([["nobody has an agreement", [madeUpAssociate({ associate: "associate-1", name: "Late Ltd", expires_on: day(-1) })], ["owner"]], ["one may not see the register", [keeper()], ["it_support"]]] as const)("are not asked about where %s", async (_why, rows, roles) => {
    await openBackups([...rows], [...roles]);
    await at("backup-rows");
    expect(screen.queryByTestId("backup-place")).toBeNull();
  });
});
