import { fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { prefer } from "../src/bridge";
import type { Fake } from "../src/bridge/fake";
import { WORDS } from "../src/bridge/fake/world";
import { forgetBackups } from "../src/features/exchange";
import { backingUp } from "../src/features/exchange/backupJobs";
import { forgetOpenedBackup } from "../src/features/identity";
import { answered, at, callsOf, ended, expectAccessible, fill, gone, hold, letGo, openWindow, press, type Opened } from "./window";

afterEach(async () => {
  await ended(() => backingUp.get().running);
  forgetBackups();
  forgetOpenedBackup();
});

const KIT = WORDS.join(" ");
const OPENED = { folder: "folder-opened", name: "keepwell-backup-2026-11-14-0191" };
const ready = ({ world }: Fake) => Object.assign(world, { openedBackup: OPENED });
const WAYS = ["opened-look", "opened-restore", "opened-prove"] as const;
const offered = () => WAYS.filter((id) => screen.queryByTestId(id) !== null);
/** What comes of the double click: another copy of the program hands it over and brings the window to the front. */
const bringToFront = (opened: Opened) => {
  ready(opened.fake);
  fireEvent.focus(window);
};

describe("a backup that was opened", () => {
  it.each([
    ["absent", ["opened-look", "opened-restore"]],
    ["signed_out", ["opened-look"]],
    ["unopenable", ["opened-look"]],
    ["locked", []],
    ["signed_in", ["opened-prove"]],
  ] as const)("offers what can be done where the practice is %s", async (state, ways) => {
    const opened = openWindow(state, ["owner"], ready);
    await answered("opened-backup", OPENED.name);
    expect(await at("opened-backup")).toHaveTextContent("184,203");
    expect(await at("opened-backup")).toHaveTextContent("Nothing has been done with it");
    expect(offered()).toEqual(ways);
    expect(screen.queryByTestId("opened-blocked") !== null).toBe(state === "locked" || state === "signed_in");
    await expectAccessible();
    expect(callsOf(opened, "shell.look_at_backup").map((one) => one.input)).toEqual([{ folder: OPENED.folder }]);
    for (const call of ["shell.restore", "shell.open_copy", "shell.prove_backup"]) expect(callsOf(opened, call)).toEqual([]);
    await press(opened, "opened-close");
    await gone("opened-backup");
  });

  it("says to sign out first, and offers no proof to whoever may not make one", async () => {
    openWindow("signed_in", ["receptionist"], ready);
    await answered("opened-blocked", "sign out first");
    expect(offered()).toEqual([]);
  });

  it("says to close the copy first where one is open", async () => {
    openWindow("signed_out", ["owner"], (fake) => {
      fake.world.copy = { madeAt: "2026-11-14T09:12:00-06:00", beneath: "signed_out" };
      ready(fake);
    });
    await answered("opened-blocked", "Close it first");
    expect(offered()).toEqual([]);
  });

  it("is asked for when the window comes to the front, and told once", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await at("patient-search");
    await waitFor(() => expect(callsOf(opened, "shell.opened_backup")).toHaveLength(1));
    expect(screen.queryByTestId("opened-backup")).toBeNull();
    bringToFront(opened);
    await at("opened-backup");
    await opened.user.keyboard("{Escape}");
    await gone("opened-backup");
    fireEvent.focus(window);
    await waitFor(() => expect(callsOf(opened, "shell.opened_backup")).toHaveLength(3));
    expect(screen.queryByTestId("opened-backup")).toBeNull();
  });

  it("says what is wrong with it, and offers nothing", async () => {
    const opened = openWindow("absent", ["owner"], (fake) => {
      ready(fake);
      fake.world.badBackup = "exchange.backup_cut";
    });
    await answered("opened-refused", "copied only in part");
    expect(await at("opened-backup")).toHaveTextContent(OPENED.name);
    expect(offered()).toEqual([]);
    await expectAccessible();
    await press(opened, "opened-close");
    await at("setup-begin");
  });

  it("is no trouble where it cannot be asked for", async () => {
    const opened = openWindow("signed_out", ["owner"], ({ failNext }) => failNext("shell.opened_backup", { kind: "fault", reference: "KW-5" }));
    await at("sign-in-user");
    expect(document.body.textContent).not.toContain("KW-5");
    bringToFront(opened);
    await at("opened-backup");
  });

  it("speaks Spanish", async () => {
    openWindow("absent", ["owner"], ready);
    await at("opened-backup");
    prefer({ language: "es-US" });
    await answered("opened-backup", "nada se hace por sí solo");
    prefer({ language: "en-US" });
    await answered("opened-backup", "nothing is done by itself");
  });
});

describe("what is done with it", () => {
  it("looks into it with the folder chosen already", async () => {
    const opened = openWindow("signed_out", ["owner"], ready);
    await press(opened, "opened-look");
    await gone("opened-backup");
    await at("look-note");
    expect(await at("restore-found")).toHaveTextContent(OPENED.name);
    await fill(opened, "look-key", KIT);
    await press(opened, "look-run");
    await at("copy-bar");
    expect(callsOf(opened, "shell.open_copy").map((one) => one.input)).toEqual([{ folder: OPENED.folder, recovery_key: KIT }]);
    expect(callsOf(opened, "shell.choose_folder")).toEqual([]);
  });

  it("goes back from there to where one was", async () => {
    const opened = openWindow("absent", ["owner"], ready);
    await press(opened, "opened-look");
    await press(opened, "look-back");
    await press(opened, "look-back");
    await press(opened, "setup-begin");
  });

  it("restores it with the folder chosen already, by the keyboard alone", async () => {
    const opened = openWindow("absent", ["owner"], ready);
    const way = await at("opened-restore");
    for (let step = 0; step < 20 && document.activeElement !== way; step += 1) {
      // One step after the other is what walking is.
      // oxlint-disable-next-line no-await-in-loop
      await opened.user.tab();
    }
    await opened.user.keyboard("{Enter}");
    expect(await at("restore-found")).toHaveTextContent(OPENED.name);
    await fill(opened, "restore-key", KIT);
    await press(opened, "restore-run");
    await press(opened, "restore-done");
    await at("sign-in-user");
    expect(callsOf(opened, "shell.restore").map((one) => one.input)).toEqual([{ folder: OPENED.folder, recovery_key: KIT }]);
  });

  it("begins anew with the same backup after one went back", async () => {
    const opened = openWindow("absent", ["owner"], ready);
    await press(opened, "opened-restore");
    await at("restore-key");
    await press(opened, "setup-back");
    await press(opened, "setup-back");
    await at("setup-begin");
    bringToFront(opened);
    await press(opened, "opened-restore");
    await at("restore-key");
  });

  it("proves it, and shows on the backups how it went", async () => {
    const opened = openWindow("signed_in", ["owner"], ready);
    await press(opened, "opened-prove");
    await at("backups-standing");
    await answered("backup-proof", "The backup holds");
    expect(callsOf(opened, "shell.prove_backup").map((one) => one.input)).toEqual([{ folder: OPENED.folder }]);
  });

  it("waits while a restore runs, so that it takes no screen away", async () => {
    const opened = openWindow("absent", ["owner"], ready);
    await press(opened, "opened-restore");
    await fill(opened, "restore-key", KIT);
    hold("reading");
    await press(opened, "restore-run");
    await at("restore-progress");
    bringToFront(opened);
    letGo("reading");
    await at("restore-report");
    expect(screen.queryByTestId("opened-backup")).toBeNull();
    expect(callsOf(opened, "shell.opened_backup")).toHaveLength(1);
    fireEvent.focus(window);
    await at("opened-backup");
    expect(offered()).toEqual(["opened-look"]);
  });

  it("offers neither a restore nor a look while the first start has a practice already", async () => {
    const opened = openWindow("absent", ["owner"]);
    await at("setup-begin");
    // The practice was made a moment ago, and its recovery kit is on the screen.
    opened.fake.world.state = "signed_in";
    bringToFront(opened);
    await answered("opened-blocked", "sign out first");
    expect(offered()).toEqual([]);
  });
});
