import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { carryBy, prefer, stoppable, type BackupRow } from "../src/bridge";
import { hoursAgo, madeUpBackup, madeUpProof } from "../src/bridge/fake/backups";
import { WORDS } from "../src/bridge/fake/world";
import { forgetBackups } from "../src/features/exchange";
import { standingOf } from "../src/features/exchange/standing";
import { durationText, sizeText, stepOf } from "../src/words";
import { at, expectAccessible, gone, hold, letGo, openWindow, press, typeInto, type Opened } from "./window";

afterEach(forgetBackups);

const CUSTODIAN = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";
const KIT = WORDS.join(" ");
const answered = async (id: string, words: string) => waitFor(() => expect(screen.getByTestId(id)).toHaveTextContent(words), { timeout: 5000 });
const callsOf = (opened: Opened, operation: string) => opened.fake.calls.filter((one) => one.operation === operation);

async function openBackups(rows?: BackupRow[], roles: Parameters<typeof openWindow>[1] = ["owner"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles, ({ world }) => {
    if (rows) world.backups = rows;
  });
  await press(opened, "nav-backups");
  await at("backups-standing");
  return opened;
}

/** Walks by the tabulator until a control has the focus. */
async function tabTo(opened: Opened, id: string): Promise<void> {
  await at(id);
  for (let step = 0; step < 60; step += 1) {
    if (document.activeElement?.getAttribute("data-testid") === id) return;
    // One step after the other is what walking is.
    // oxlint-disable-next-line no-await-in-loop
    await opened.user.tab();
  }
  throw new Error(`${id} is out of reach`);
}

describe("how the practice stands", () => {
  const now = Date.parse(hoursAgo(0));
  it.each([
    ["no backup", undefined, "danger", "none"],
    ["a fresh one that was proved", madeUpBackup(3, madeUpProof(2)), "ok", "fresh"],
    ["a fresh one that nobody proved", madeUpBackup(3), "warn", "unproved"],
    ["one of exactly a day ago", madeUpBackup(24, madeUpProof(23)), "ok", "fresh"],
    ["an old one that was proved", madeUpBackup(25, madeUpProof(1)), "warn", "old"],
    ["an old one that nobody proved", madeUpBackup(25), "warn", "oldUnproved"],
    ["one that does not hold", madeUpBackup(1, madeUpProof(0, "log.backup_damaged")), "danger", "broken"],
    ["a time that cannot be read", { ...madeUpBackup(1), made_at: "soon" }, "warn", "oldUnproved"],
  ] as const)("%s", (_what, newest, tone, state) => {
    expect(standingOf(newest, now)).toEqual({ tone, state });
  });
});

describe("amounts", () => {
  it.each([[1400, "1.4 sec"], [94_000, "94 sec"], [150_000, "2.5 min"], [3 * 3_600_000, "3 hr"]])("%i ms is %s", (milliseconds, words) => {
    expect(durationText(milliseconds)).toBe(words);
  });

  it("counts files in megabytes and everything else one by one", () => {
    expect(sizeText(48_234_496)).toBe("46 MB");
    expect(stepOf({ job: "j", phase: "reading", done: 1, total: 48_234_496 })).toEqual({ phase: "Reading the file, in MB", done: 1, total: 46 });
    expect(stepOf({ job: "j", phase: "checking", done: 7, total: 9 })).toMatchObject({ done: 7, total: 9 });
    expect(stepOf({ job: "j", phase: "waiting", done: 7, total: 9 }).phase).toContain("Connect it again and the backup goes on");
  });
});

describe("a long call", () => {
  it("is stopped even when one asks before it has a name", async () => {
    const asked: unknown[] = [];
    carryBy(async ({ operation, input }) => asked.push([operation, input]));
    const { onProgress, stop } = stoppable(() => {});
    stop();
    expect(asked).toEqual([]);
    onProgress({ job: "job-9", phase: "reading", done: 0, total: 1 });
    onProgress({ job: "job-9", phase: "reading", done: 1, total: 1 });
    await waitFor(() => expect(asked).toEqual([["shell.cancel", { job: "job-9" }]]));
  });
});

describe("the backups", () => {
  it("lists them, and says of each whether it holds", async () => {
    await openBackups();
    expect((await at("backups-standing")).dataset["tone"]).toBe("ok");
    const rows = await screen.findAllByTestId("backup-row");
    expect(rows).toHaveLength(4);
    expect(rows[0]).toHaveTextContent("by n.ito: 8,120 rows in 3.1 sec");
    expect(rows[0]).toHaveTextContent("46 MB");
    expect(rows[1]).toHaveTextContent("Not proved");
    expect(rows[3]).toHaveTextContent("Does not hold");
    expect(rows[3]?.querySelector("[title]")?.getAttribute("title")).toContain("This backup is damaged.");
    await expectAccessible();
  });

  it("teaches where there is none", async () => {
    await openBackups([]);
    expect((await at("backups-standing")).dataset["tone"]).toBe("danger");
    expect(await at("backups-standing")).toHaveTextContent("There is no backup yet. If this computer is lost, so is everything.");
    expect(screen.getByText(/keep the kit apart from the drive/u)).toBeTruthy();
    expect(screen.queryByTestId("backup-rows")).toBeNull();
    await expectAccessible();
  });

  it.each([
    [madeUpBackup(30, madeUpProof(29)), "warn", "more than a day ago"],
    [madeUpBackup(2), "warn", "never proved"],
    [madeUpBackup(2, madeUpProof(1, "exchange.backup_cut")), "danger", "it was copied only in part"],
  ])("says so when the newest is not good", async (newest, tone, words) => {
    await openBackups([newest]);
    expect((await at("backups-standing")).dataset["tone"]).toBe(tone);
    expect(await at("backups-standing")).toHaveTextContent(words);
  });

  it("speaks Spanish", async () => {
    await openBackups();
    prefer({ language: "es-US" });
    await answered("backup-rows", "Probada");
    expect(await at("backup-now")).toHaveTextContent("Hacer una copia");
    prefer({ language: "en-US" });
    await answered("backup-rows", "Proved");
  });

  it("offers what one may do, and no more", async () => {
    await openBackups(undefined, ["it_support"]);
    await at("backup-now");
    expect(screen.queryByTestId("backup-prove")).toBeNull();
  });

  it("is not there for whoever may not see it", async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await at("patient-search");
    expect(screen.queryByTestId("nav-backups")).toBeNull();
    expect(callsOf(opened, "exchange.backups")).toEqual([]);
  });
});

describe("making and proving a backup", () => {
  it("writes one with progress, says where, and proves it then and there", async () => {
    const opened = await openBackups([]);
    hold("writing", "reading", "restoring", "checking");
    await press(opened, "backup-now");
    await answered("backup-progress", "Writing rows");
    expect((await at("backup-now")).hasAttribute("disabled")).toBe(true);
    letGo("writing");
    await answered("backup-written", "keepwell-backup-2026-11-21-0197: 8,120 rows, 46 MB");
    expect(await at("toast")).toHaveTextContent("written to keepwell-backup-");
    await screen.findByTestId("backup-row");
    await answered("backups-standing", "never proved");
    await expectAccessible();
    await press(opened, "backup-prove-now");
    await gone("backup-prove-now");
    await answered("backup-progress", "Reading the file, in MB");
    letGo("reading");
    await answered("backup-progress", "Restoring rows");
    letGo("restoring");
    await answered("backup-progress", "Checking the log");
    letGo("checking");
    await answered("backup-proof", "The backup holds: 8,120 rows");
    expect(callsOf(opened, "shell.prove_backup")[0]?.input).toEqual({ folder: "folder-backup" });
    await gone("backup-written");
    await waitFor(() => expect(screen.getByTestId("backups-standing").dataset["tone"]).toBe("ok"));
  });

  it("says in words why a backup does not hold", async () => {
    const opened = await openBackups([madeUpBackup(1)]);
    opened.fake.world.badBackup = "log.backup_damaged";
    await press(opened, "backup-prove");
    await answered("backup-proof", "does not add up, so nothing was restored");
    expect(callsOf(opened, "shell.prove_backup")[0]?.input).toEqual({ folder: "folder-1" });
    await waitFor(() => expect(screen.getByTestId("backups-standing").dataset["tone"]).toBe("danger"));
    await expectAccessible();
  });

  it("keeps nothing of a backup that was stopped, and says so", async () => {
    const opened = await openBackups([]);
    hold("writing");
    await press(opened, "backup-now");
    await press(opened, "backup-cancel");
    await answered("backup-refused", "The backup was stopped. Nothing of it was kept.");
    expect(opened.fake.world.backups).toEqual([]);
    await gone("backup-progress");
    await press(opened, "jobs-open");
    expect(await at("job")).toHaveTextContent("Cancelled");
  });

  it("keeps the offer to prove when the proof is stopped from the tray on another screen", async () => {
    const opened = await openBackups([]);
    await press(opened, "backup-now");
    hold("reading");
    await press(opened, "backup-prove-now");
    await press(opened, "nav-settings");
    await press(opened, "jobs-open");
    await press(opened, "job-cancel");
    await waitFor(() => expect(screen.getAllByTestId("toast").at(-1)).toHaveTextContent("The proof was stopped."));
    await opened.user.keyboard("{Escape}");
    await press(opened, "nav-backups");
    await at("backup-written");
    await at("backup-prove-now");
  });

  it("says what stood in the way of writing", async () => {
    const opened = await openBackups([]);
    opened.fake.failNext("shell.back_up", { kind: "refused", code: "exchange.backup_not_written", field: null, remedy: "Choose another folder." });
    await press(opened, "backup-now");
    await answered("backup-refused", "could not be written there");
  });

  it("does nothing when no folder is chosen", async () => {
    const opened = await openBackups([]);
    opened.fake.world.folder = null;
    await press(opened, "backup-now");
    await waitFor(() => expect(screen.getByTestId("backup-now").hasAttribute("disabled")).toBe(false));
    expect(callsOf(opened, "shell.back_up")).toEqual([]);
    await gone("jobs-open");
  });

  it("is reached and worked by the keyboard alone", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await tabTo(opened, "nav-backups");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "backup-prove");
    await tabTo(opened, "backup-now");
    hold("writing");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "backup-cancel");
    letGo("writing");
    await tabTo(opened, "backup-prove-now");
    await opened.user.keyboard("{Enter}");
    await answered("backup-proof", "The backup holds");
    await opened.user.keyboard("n");
    await answered("backup-written", "keepwell-backup-");
    await opened.user.keyboard("v");
    await answered("backup-proof", "The backup holds");
    expect(opened.fake.calls.map((one) => one.operation).filter((name) => name === "shell.back_up" || name === "shell.prove_backup")).toEqual(["shell.back_up", "shell.prove_backup", "shell.back_up", "shell.prove_backup"]);
  });
});

describe("restoring", () => {
  async function findOne(): Promise<Opened> {
    const opened = openWindow("absent");
    await press(opened, "setup-restore");
    await at("setup-step-backup");
    await expectAccessible();
    await press(opened, "restore-choose");
    await at("setup-step-key");
    return opened;
  }

  it("goes from a folder and the kit to signing in, and keeps no word of the kit", async () => {
    const opened = await findOne();
    expect(await at("restore-found")).toHaveTextContent("184,203");
    expect(await at("restore-found")).toHaveTextContent("Nothing of this has been checked yet");
    expect((await at("restore-run")).hasAttribute("disabled")).toBe(true);
    await typeInto(opened, "restore-key", ` ${KIT}\n`);
    await expectAccessible();
    hold("reading", "restoring", "checking");
    await press(opened, "restore-run");
    await answered("restore-progress", "Reading the file, in MB");
    letGo("reading");
    await answered("restore-progress", "Restoring rows");
    letGo("restoring");
    await answered("restore-progress", "Checking the log");
    letGo("checking");
    await answered("restore-report", "8,120");
    expect(await at("restore-report")).toHaveTextContent("94 sec");
    expect(await at("restore-report")).toHaveTextContent("4 hours to be back (RTO); at most 1 hour of work lost (RPO)");
    await expectAccessible();
    expect(callsOf(opened, "shell.restore").map((one) => one.input)).toEqual([{ folder: "folder-1", recovery_key: KIT }]);
    expect(`${document.documentElement.outerHTML}${document.title}${window.location.href}${JSON.stringify(localStorage)}`).not.toContain("harbor velvet");
    await press(opened, "restore-done");
    await at("sign-in-user");
    await press(opened, "sign-in-lost");
    await press(opened, "lost-recover");
    expect(((await at("recover-key")) as HTMLTextAreaElement).value).toBe("");
    await typeInto(opened, "recover-key", "KW1-7QPF");
    await typeInto(opened, "recover-user", "n.ito");
    await typeInto(opened, "recover-passphrase", "copper thistle window 88");
    await press(opened, "recover-submit");
    await at("kit-new");
  });

  it("keeps what was typed when the key is refused", async () => {
    const opened = await findOne();
    await typeInto(opened, "restore-key", "not the right words");
    await press(opened, "restore-run");
    await answered("restore-refused", "This key does not open this backup.");
    expect(((await at("restore-key")) as HTMLTextAreaElement).value).toBe("not the right words");
    await expectAccessible();
    opened.fake.failNext("shell.restore", { kind: "refused", code: "identity.recovery_key_shape", field: "recovery_key", remedy: "Enter the words." });
    await press(opened, "restore-run");
    await waitFor(async () => expect((await at("restore-key")).closest(".kw-field")).toHaveTextContent("Enter the 24 words"));
    expect(((await at("restore-key")) as HTMLTextAreaElement).value).toBe("not the right words");
  });

  it("can be stopped, and run again with what was typed", async () => {
    const opened = await findOne();
    await typeInto(opened, "restore-key", KIT);
    hold("reading");
    await press(opened, "restore-run");
    await press(opened, "restore-cancel");
    letGo("reading");
    await answered("restore-refused", "There is still no practice on this computer.");
    expect(opened.fake.world.state).toBe("absent");
    await opened.user.click(await at("restore-key"));
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await at("restore-report");
  });

  it("says why a folder will not do, and goes back to beginning anew", async () => {
    const opened = openWindow("absent", undefined, ({ world }) => Object.assign(world, { badBackup: "exchange.backup_missing" }));
    await press(opened, "setup-restore");
    await press(opened, "restore-choose");
    await answered("restore-refused", "There is no backup in this folder.");
    await press(opened, "setup-back");
    await at("setup-begin");
  });

  it("is walked by the keyboard alone", async () => {
    const opened = openWindow("absent");
    await tabTo(opened, "setup-restore");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "restore-choose");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "restore-key");
    await opened.user.keyboard(KIT);
    await tabTo(opened, "restore-run");
    await opened.user.keyboard("{Enter}");
    await at("restore-report");
    await tabTo(opened, "restore-done");
    await opened.user.keyboard("{Enter}");
    expect(document.activeElement).toBe(await at("sign-in-user"));
  });
});

describe("backups by themselves", () => {
  it("are planned with a folder, changed, and stopped", async () => {
    const opened = await openBackups([madeUpBackup(3, madeUpProof(2))]);
    await answered("backup-plan", "No backups are written by themselves");
    await press(opened, "backup-plan-open");
    expect((await at("backup-plan-save")).hasAttribute("disabled")).toBe(true);
    await press(opened, "backup-plan-every-hour");
    await press(opened, "backup-plan-folder");
    await waitFor(async () => expect((await at("backup-plan-save")).hasAttribute("disabled")).toBe(false));
    await expectAccessible();
    await press(opened, "backup-plan-save");
    await answered("backup-plan", "Each hour");
    expect(callsOf(opened, "shell.plan_backups").map((one) => one.input)).toEqual([{ folder: opened.fake.world.folder?.folder, every: "hour" }]);
    await press(opened, "backup-plan-open");
    await press(opened, "backup-plan-folder");
    await waitFor(async () => expect((await at("backup-plan-save")).hasAttribute("disabled")).toBe(false));
    await typeInto(opened, "backup-plan-custodian", "AGE-SECRET-KEY-1QQQ");
    await press(opened, "backup-plan-save");
    await answered("backup-plan-dialog", "This is a secret key");
    await typeInto(opened, "backup-plan-custodian", CUSTODIAN);
    await press(opened, "backup-plan-save");
    await answered("backup-plan", "Also sealed to age1ql3z7hjy…mcac8p.");
    await press(opened, "backup-plan-open");
    expect(await screen.findByDisplayValue(CUSTODIAN)).toBe(await at("backup-plan-custodian"));
    await press(opened, "backup-plan-stop");
    await answered("backup-plan", "No backups are written by themselves");
    await answered("backup-plan", "Also sealed to");
  });

  it("and by hand are sealed to a custodian, or to nobody else, without a plan", async () => {
    const opened = await openBackups([]);
    await press(opened, "backup-plan-open");
    await typeInto(opened, "backup-plan-custodian", CUSTODIAN);
    await press(opened, "backup-plan-save");
    await answered("backup-plan", "Also sealed to age1ql3z7hjy…mcac8p.");
    await press(opened, "backup-plan-open");
    expect((await at("backup-plan-save")).hasAttribute("disabled")).toBe(true);
    await opened.user.clear(await at("backup-plan-custodian"));
    await press(opened, "backup-plan-save");
    await gone("backup-plan-dialog");
    const plan = { folder: null, every: "day" };
    expect(callsOf(opened, "shell.plan_backups").map((one) => one.input)).toEqual([{ ...plan, custodian: CUSTODIAN }, { ...plan, custodian: "" }]);
    expect(await at("backup-plan")).not.toHaveTextContent("Also sealed to");
  });

  const missed = ({ world }: Opened["fake"]) => void (world.backupMissed = true);

  it("are said to be missing on every screen, with a way there", async () => {
    const opened = openWindow("signed_in", ["owner"], missed);
    await answered("backup-missed", "although the plan asks for one");
    await press(opened, "backup-missed-open");
    await at("backups-standing");
  });

  it("are said to be missing to whoever may do nothing about it too", async () => {
    openWindow("signed_in", ["nurse"], missed);
    await at("backup-missed");
    expect(screen.queryByTestId("backup-missed-open")).toBeNull();
  });

  it("bear no name in the list", async () => {
    await openBackups([{ ...madeUpBackup(3), made_by: "" }]);
    expect(await at("backup-rows")).toHaveTextContent("The plan");
  });
});
