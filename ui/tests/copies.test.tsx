import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { lookingOnly, looks, prefer, type SessionView } from "../src/bridge";
import { WORDS } from "../src/bridge/fake/world";
import { forgetBackups } from "../src/features/exchange";
import { PASSPHRASE, answered, at, callsOf, expectAccessible, fill, gone, hold, letGo, openChart, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

afterEach(forgetBackups);

const KIT = WORDS.join(" ");
const MADE = "2026-11-14T09:12:00-06:00";
const PHASES = ["reading", "restoring", "checking"] as const;
const state = (opened: Opened) => opened.fake.world.state;

async function chooseBackup(opened: Opened): Promise<void> {
  await press(opened, "look-open");
  await press(opened, "look-choose");
  await at("look-key");
}

async function signIn(opened: Opened): Promise<void> {
  await fill(opened, "sign-in-user", "n.ito");
  await fill(opened, "sign-in-passphrase", PASSPHRASE);
  await fill(opened, "sign-in-code", "409118");
  await press(opened, "sign-in-submit");
}

/** Opens the window with a copy that is open already. */
const inCopy = (prepare: Parameters<typeof openWindow>[2] = () => {}, begin: Parameters<typeof openWindow>[0] = "signed_in") =>
  openWindow(begin, undefined, (fake) => {
    fake.world.copy = { madeAt: MADE, beneath: "signed_out" };
    prepare(fake);
  });

describe("looking into a backup", () => {
  it.each(["absent", "signed_out", "unopenable"] as const)("is offered where the practice is %s, and leads back there", async (begin) => {
    const opened = openWindow(begin);
    await press(opened, "look-open");
    await at("setup-step-look");
    expect(document.body).toHaveTextContent("for looking and printing only");
    expect(document.body).toHaveTextContent("What happened after it was made is not in it.");
    await expectAccessible();
    await press(opened, "look-back");
    await at("look-open");
  });

  it("is not offered to anybody who is signed in or has locked", async () => {
    openWindow("locked");
    await at("lock-screen");
    expect(screen.queryByTestId("look-open")).toBeNull();
  });

  it("says what the backup says, what no log will know, and opens the copy's own sign-in with progress", async () => {
    const opened = openWindow("signed_out");
    await chooseBackup(opened);
    expect(await at("restore-found")).toHaveTextContent("184,203");
    expect(await at("look-note")).toHaveTextContent("Write down who looked and why");
    await expectAccessible();
    hold(...PHASES);
    await fill(opened, "look-key", `  ${KIT} `);
    await press(opened, "look-run");
    await answered("look-progress", "Reading the file, in MB");
    letGo("reading");
    await answered("look-progress", "Restoring rows");
    await expectAccessible();
    letGo("restoring");
    letGo("checking");
    await at("copy-bar");
    await at("sign-in-user");
    expect(callsOf(opened, "shell.open_copy").map((one) => one.input)).toEqual([{ folder: "folder-1", recovery_key: KIT }]);
    expect(screen.queryByTestId("look-open")).toBeNull();
    expect(screen.queryByTestId("sign-in-lost")).toBeNull();
    expect(await at("copy-note")).toHaveTextContent("the passphrase and the authenticator of that day");
    await expectAccessible();
  });

  it("keeps what was typed when the kit is another one", async () => {
    const opened = openWindow("absent");
    await chooseBackup(opened);
    await fill(opened, "look-key", "another kit");
    await press(opened, "look-run");
    await refusedAt("look-key", "This key does not open this backup.");
    expect(((await at("look-key")) as HTMLTextAreaElement).value).toBe("another kit");
    expect(screen.queryByTestId("copy-bar")).toBeNull();
    await expectAccessible();
  });

  it("is stopped, keeps the words, and can be begun again", async () => {
    const opened = openWindow("signed_out");
    await chooseBackup(opened);
    hold("reading");
    await fill(opened, "look-key", KIT);
    await press(opened, "look-run");
    await press(opened, "look-cancel");
    await answered("look-refused", "No copy is open");
    letGo("reading");
    expect(((await at("look-key")) as HTMLTextAreaElement).value).toBe(KIT);
    await press(opened, "look-run");
    await at("copy-bar");
  });

  it.each([
    ["shell.copy_somebody_is_here", "Somebody is signed in here"],
    ["exchange.backup_cut", "copied only in part"],
  ] as const)("says %s in plain words", async (code, words) => {
    const opened = openWindow("signed_out", undefined, ({ failNext }) => failNext("shell.open_copy", { kind: "refused", code, field: null, remedy: "" }));
    await chooseBackup(opened);
    await fill(opened, "look-key", KIT);
    await press(opened, "look-run");
    await answered("look-refused", words);
  });

  it("says at once where there is no backup in the folder", async () => {
    const opened = openWindow("unopenable", undefined, ({ world }) => {
      world.badBackup = "exchange.backup_missing";
    });
    await press(opened, "look-open");
    await press(opened, "look-choose");
    await answered("look-refused", "There is no backup in this folder.");
    expect(screen.queryByTestId("look-key")).toBeNull();
  });

  it("is worked by the keyboard alone, in Spanish too", async () => {
    const opened = openWindow("signed_out");
    prefer({ language: "es-US" });
    await tabTo(opened, "look-open");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "look-choose");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "look-key");
    await opened.user.paste(KIT);
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await answered("copy-bar", "solo para mirar");
    prefer({ language: "en-US" });
  });
});

describe("an open copy", () => {
  it("stands under one red bar with its day in full, before and after the sign-in", async () => {
    const opened = inCopy(undefined, "signed_out");
    await answered("copy-bar", "Copy of Nov 14, 2026, 09:12, for looking only. Nothing can be changed, and nothing after that time is in it.");
    await signIn(opened);
    await at("patient-search");
    await answered("copy-bar", "Copy of Nov 14, 2026, 09:12");
    expect(screen.queryByTestId("read-only")).toBeNull();
    await expectAccessible();
  });

  it("offers nothing that changes anything, and holds nobody up", async () => {
    const opened = inCopy(({ world }) => {
      Object.assign(world.session ?? {}, { recovery_kit_confirmed: false, second_factor_confirmed: false });
      Object.assign(world, { backupMissed: true, backupBroken: true });
    });
    await at("patient-search");
    for (const id of ["patients-new", "patients-import", "nav-deidentified", "backup-missed", "backup-broken"]) expect(screen.queryByTestId(id)).toBeNull();
    await openChart(opened, "07KX3");
    expect(screen.queryByTestId("chart-correct")).toBeNull();
    await press(opened, "nav-backups");
    await at("backup-rows");
    for (const id of ["backup-now", "backup-prove", "backup-plan-open", "take-back-open"]) expect(screen.queryByTestId(id)).toBeNull();
  });

  it("is closed without a question, and the practice's own first screen comes back with nothing of the copy", async () => {
    const opened = inCopy();
    await openChart(opened, "07KX3");
    await press(opened, "copy-close");
    await gone("copy-bar");
    await at("look-open");
    expect(state(opened)).toBe("signed_out");
    await signIn(opened);
    const field = (await at("patient-search")) as HTMLInputElement;
    expect(field.value).toBe("");
    expect(screen.queryByTestId("chart-banner")).toBeNull();
  });

  it("comes back to the first start where there is no practice", async () => {
    const opened = openWindow("absent");
    await chooseBackup(opened);
    await fill(opened, "look-key", KIT);
    await press(opened, "look-run");
    await at("sign-in-user");
    await press(opened, "copy-close");
    await at("setup-begin");
    await gone("copy-bar");
  });

  it("says why it could not be closed, and does not mind when it is closed already", async () => {
    const opened = inCopy();
    opened.fake.failNext("shell.close_copy", { kind: "fault", reference: "KW-31" });
    await press(opened, "copy-close");
    await answered("copy-refused", "KW-31");
    expect((await at("copy-close")).hasAttribute("data-disabled")).toBe(false);
    opened.fake.failNext("shell.close_copy", { kind: "refused", code: "shell.copy_not_open", field: null, remedy: "" });
    Object.assign(opened.fake.world, { copy: null, state: "signed_out", session: null });
    await press(opened, "copy-close");
    await gone("copy-bar");
    await at("look-open");
  });

  it("locks and unlocks under its bar", async () => {
    const opened = inCopy();
    await press(opened, "lock");
    await at("lock-screen");
    await at("copy-bar");
    await fill(opened, "unlock-passphrase", PASSPHRASE);
    await press(opened, "unlock-submit");
    await at("patient-search");
  });
});

describe("looking only", () => {
  it("lets through what looks, and nothing that it does not know", () => {
    const session = { operations: ["patients.search", "patients.register", "exchange.received", "exchange.take_back", "patients.never_heard_of"] } as unknown as SessionView;
    expect(lookingOnly(session).operations).toEqual(["patients.search", "exchange.received"]);
    expect(looks("identity.recover")).toBe(false);
  });
});

describe("a proof that found a backup wanting", () => {
  it("is said to everybody in red, with what to do", async () => {
    openWindow("signed_in", ["receptionist"], ({ world }) => {
      world.backupBroken = true;
    });
    await answered("backup-broken", "Make a new one on another drive, and prove it.");
    expect((await at("backup-broken")).className).toContain("danger");
    expect(screen.queryByTestId("backup-broken-open")).toBeNull();
    await expectAccessible();
  });

  it("leads to the backups, which say it once, until a proof holds again", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => {
      world.backupBroken = true;
    });
    await press(opened, "backup-broken-open");
    await answered("backups-broken", "does not hold");
    expect(screen.queryByTestId("backup-broken")).toBeNull();
    await expectAccessible();
    await press(opened, "backup-prove");
    await at("backup-proof");
    await gone("backups-broken");
  });

  it("is said by the line above where it is the newest", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => {
      world.badBackup = "exchange.backup_cut";
    });
    await press(opened, "nav-backups");
    await press(opened, "backup-prove");
    await answered("backups-standing", "make a new one on another drive, and prove it");
    await waitFor(() => expect(opened.fake.world.backupBroken).toBe(true));
    expect(screen.queryByTestId("backups-broken")).toBeNull();
  });
});
