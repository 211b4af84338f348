import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { lookingOnly, prefer, type SessionView } from "../src/bridge";
import { madeUpDowntime, type FakeDowntime } from "../src/bridge/fake/downtime";
import { forgetDowntime } from "../src/features/exchange";
import { answered, at, callsOf, ended, expectAccessible, fill, gone, hold, letGo, openWindow, press, refusedAt, tabTo, type Opened } from "./window";
import { writingDowntime } from "../src/features/exchange/downtimeJob";

afterEach(async () => {
  await ended(() => writingDowntime.get().running);
  forgetDowntime();
});

const WORDS_ON_PAPER = "eight otters under the bridge";
const standing = async () => at("downtime-standing");

async function openPack(downtime?: FakeDowntime, prepare: Parameters<typeof openWindow>[2] = () => {}): Promise<Opened> {
  const opened = openWindow("signed_in", ["owner"], (fake) => {
    if (downtime) fake.world.downtime = downtime;
    prepare(fake);
  });
  await press(opened, "nav-backups");
  await press(opened, "downtime-open");
  await standing();
  return opened;
}

/** Types a passphrase and the same once more. */
async function typeTwice(opened: Opened, first: string, again = first): Promise<void> {
  await fill(opened, "downtime-plan-passphrase", first);
  await fill(opened, "downtime-plan-again", again);
}

describe("the downtime pack among the backups", () => {
  it("says that there is none yet, and leads to it", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await press(opened, "nav-backups");
    await answered("downtime-line", "Downtime pack: There is none yet.");
    await expectAccessible();
    await press(opened, "downtime-open");
    await at("downtime-now");
    await press(opened, "downtime-leave");
    await at("backups-standing");
  });

  it("says when the last one was written, and for how many", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => {
      world.downtime = madeUpDowntime(3);
    });
    await press(opened, "nav-backups");
    await answered("downtime-line", "for 2,481 patients.");
  });

  it("is not there for whoever may not hand out records, and is not asked for", async () => {
    const opened = openWindow("signed_in", ["it_support"]);
    await press(opened, "nav-backups");
    await at("backup-now");
    expect(screen.queryByTestId("downtime-line")).toBeNull();
    expect(callsOf(opened, "exchange.downtime")).toEqual([]);
  });

  it("is found by typing, by a privacy officer who has no backups", async () => {
    const opened = openWindow("signed_in", ["privacy_officer"]);
    await press(opened, "palette-open");
    await fill(opened, "palette-input", "downtime");
    await opened.user.keyboard("{Enter}");
    await standing();
    expect(screen.queryByTestId("downtime-leave")).toBeNull();
  });

  it("can be looked at in a copy, and nothing more", async () => {
    const session = { operations: ["exchange.downtime", "exchange.plan_downtime", "compliance.access_requests", "compliance.amendment_requests"] } as unknown as SessionView;
    expect(lookingOnly(session).operations).toEqual(["exchange.downtime", "compliance.access_requests", "compliance.amendment_requests"]);
    await openPack(madeUpDowntime(3), ({ world }) => {
      world.copy = { madeAt: "2026-11-14T09:12:00-06:00", beneath: "signed_out" };
    });
    for (const id of ["downtime-now", "downtime-plan-open"]) expect(screen.queryByTestId(id)).toBeNull();
  });
});

describe("how it stands", () => {
  it("says what it is, when it is written, and where passphrase and file belong", async () => {
    await openPack();
    expect(document.body).toHaveTextContent("everybody’s names and numbers, and blank forms. It opens in any browser with its passphrase, without Keepwell");
    expect(document.body).toHaveTextContent("Only while somebody is signed in who may hand out records");
    expect(document.body).toHaveTextContent("keep the paper where the staff finds it");
    expect(document.body).toHaveTextContent("a drive that works without this computer");
    await expectAccessible();
  });

  it("asks for a passphrase before anything can be written", async () => {
    const opened = await openPack();
    expect((await standing()).dataset["tone"]).toBe("warn");
    expect(await standing()).toHaveTextContent("Choose its passphrase first");
    expect((await at("downtime-now")).hasAttribute("disabled")).toBe(true);
    await opened.user.keyboard("n");
    expect(callsOf(opened, "shell.choose_folder")).toEqual([]);
  });

  it.each([
    ["a plan that is kept", madeUpDowntime(3), "ok", "Last written"],
    ["no plan", { ...madeUpDowntime(3), plan: null }, "info", "None is written by itself"],
    ["a passphrase and nothing written", { ...madeUpDowntime(3), last: null, patients: 0 }, "warn", "Write one now, or have it written by itself."],
  ] as const)("tells %s", async (_what, downtime, tone, words) => {
    await openPack({ ...downtime });
    expect((await standing()).dataset["tone"]).toBe(tone);
    expect(await standing()).toHaveTextContent(words);
  });

  it("says everywhere that one was missed, and on its own screen only there", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => {
      Object.assign(world, { downtime: madeUpDowntime(200), downtimeMissed: true });
    });
    await answered("downtime-missed", "The downtime pack that is planned was not written. Is its drive plugged in?");
    expect(screen.queryByTestId("backup-missed")).toBeNull();
    await expectAccessible();
    await press(opened, "downtime-missed-open");
    await at("downtime-missed-here");
    expect((await standing()).dataset["tone"]).toBe("warn");
    expect(screen.queryByTestId("downtime-missed")).toBeNull();
    await expectAccessible();
    await press(opened, "downtime-now");
    await gone("downtime-missed-here");
  });

  it("is said to whoever may not see it, without a way there", async () => {
    openWindow("signed_in", ["receptionist"], ({ world }) => {
      world.downtimeMissed = true;
    });
    await at("downtime-missed");
    expect(screen.queryByTestId("downtime-missed-open")).toBeNull();
  });

  it("speaks Spanish", async () => {
    await openPack(madeUpDowntime(3));
    prefer({ language: "es-US" });
    await answered("downtime-standing", "con 2,481 pacientes");
    prefer({ language: "en-US" });
    await answered("downtime-standing", "for 2,481 patients");
  });
});

describe("writing one now", () => {
  it("chooses a folder, counts while it works, and says name and number", async () => {
    const opened = await openPack({ ...madeUpDowntime(3), last: null, patients: 0 });
    const many = opened.fake.world.patients.length;
    hold("downtime");
    await press(opened, "downtime-now");
    await answered("downtime-progress", "Patients read");
    expect((await at("downtime-now")).hasAttribute("disabled")).toBe(true);
    await expectAccessible();
    letGo("downtime");
    await answered("downtime-written", `.html was written, with ${many} patients.`);
    expect(await at("downtime-written")).toHaveTextContent("keepwell-downtime-");
    expect(callsOf(opened, "shell.write_downtime").map((one) => one.input)).toEqual([{ folder: "folder-1" }]);
    await answered("downtime-standing", `for ${many} patients.`);
    await expectAccessible();
  });

  it("is stopped, and says that what was there is still there", async () => {
    const opened = await openPack(madeUpDowntime(3));
    hold("downtime");
    await press(opened, "downtime-now");
    await press(opened, "downtime-cancel");
    await answered("downtime-refused", "The pack that was there before is still there.");
    letGo("downtime");
    expect(await standing()).toHaveTextContent("2,481");
    await press(opened, "jobs-open");
    expect(await at("job")).toHaveTextContent("Cancelled");
  });

  it("does nothing when no folder is chosen", async () => {
    const opened = await openPack(madeUpDowntime(3), ({ world }) => {
      world.folder = null;
    });
    await press(opened, "downtime-now");
    await waitFor(() => expect(screen.getByTestId("downtime-now").hasAttribute("disabled")).toBe(false));
    expect(callsOf(opened, "shell.write_downtime")).toEqual([]);
  });

  it("says what stood in the way", async () => {
    const opened = await openPack(madeUpDowntime(3));
    opened.fake.failNext("shell.write_downtime", { kind: "refused", code: "exchange.records_not_written", field: "folder", remedy: "Choose another folder." });
    await press(opened, "downtime-now");
    await answered("downtime-refused", "could not be written there");
  });
});

describe("the plan", () => {
  it("is made with a folder and a passphrase typed twice", async () => {
    const opened = await openPack();
    await answered("downtime-plan", "No pack is written by itself.");
    await press(opened, "downtime-plan-open");
    await expectAccessible();
    await press(opened, "downtime-plan-save");
    await answered("downtime-plan-folder-refused", "Choose the folder.");
    await expectAccessible();
    await press(opened, "downtime-plan-folder");
    await answered("downtime-plan-dialog", "For the auditor");
    await typeTwice(opened, "too short");
    await press(opened, "downtime-plan-save");
    await refusedAt("downtime-plan-passphrase", "Type at least 12 characters.");
    await typeTwice(opened, WORDS_ON_PAPER, "eight otters under a bridge");
    await press(opened, "downtime-plan-save");
    await refusedAt("downtime-plan-again", "The two are not the same.");
    expect(callsOf(opened, "shell.plan_downtime")).toEqual([]);
    await fill(opened, "downtime-plan-again", WORDS_ON_PAPER);
    await press(opened, "downtime-plan-save");
    await gone("downtime-plan-dialog");
    await answered("downtime-plan", "Each day, a pack is written by itself to For the auditor.");
    expect(callsOf(opened, "shell.plan_downtime").map((one) => one.input)).toEqual([{ folder: "folder-1", every: "day", passphrase: WORDS_ON_PAPER }]);
    await waitFor(() => expect(screen.getByTestId("downtime-now").hasAttribute("disabled")).toBe(false));
    expect(`${document.documentElement.outerHTML}${JSON.stringify(localStorage)}`).not.toContain("otters");
  });

  it("keeps the passphrase of before where none is typed", async () => {
    const opened = await openPack(madeUpDowntime(3));
    await press(opened, "downtime-plan-open");
    await answered("downtime-plan-dialog", "Leave both empty to keep the passphrase of before.");
    await answered("downtime-plan-dialog", "Until now: Front desk drive");
    await opened.user.click(screen.getByText("Each week"));
    await press(opened, "downtime-plan-folder");
    await answered("downtime-plan-dialog", "For the auditor");
    await press(opened, "downtime-plan-save");
    await answered("downtime-plan", "Each week, a pack is written by itself to For the auditor.");
    expect(callsOf(opened, "shell.plan_downtime").map((one) => one.input)).toEqual([{ folder: "folder-1", every: "week", passphrase: null }]);
  });

  it("takes neither half of a new passphrase for the one of before", async () => {
    const opened = await openPack(madeUpDowntime(3));
    await press(opened, "downtime-plan-open");
    await press(opened, "downtime-plan-folder");
    await answered("downtime-plan-dialog", "For the auditor");
    await fill(opened, "downtime-plan-again", WORDS_ON_PAPER);
    await press(opened, "downtime-plan-save");
    await refusedAt("downtime-plan-passphrase", "Type at least 12 characters.");
    await typeTwice(opened, WORDS_ON_PAPER, " ");
    await opened.user.clear(await at("downtime-plan-again"));
    await press(opened, "downtime-plan-save");
    await refusedAt("downtime-plan-again", "The two are not the same.");
    expect(callsOf(opened, "shell.plan_downtime")).toEqual([]);
  });

  it("is stopped by writing only by hand, which asks for no folder", async () => {
    const opened = await openPack(madeUpDowntime(3));
    await press(opened, "downtime-plan-open");
    await opened.user.click(await screen.findByText("Only by hand"));
    await gone("downtime-plan-folder");
    await press(opened, "downtime-plan-save");
    await answered("downtime-plan", "No pack is written by itself.");
    expect(callsOf(opened, "shell.plan_downtime").map((one) => one.input)).toEqual([{ folder: null, every: "day", passphrase: null }]);
    await answered("downtime-standing", "None is written by itself");
  });

  it.each([
    ["exchange.passphrase_short", "passphrase", "downtime-plan-passphrase", "Type at least 12 characters."],
    ["exchange.passphrase_short", null, "downtime-plan-passphrase", "Type at least 12 characters."],
  ] as const)("says %s at its field and keeps what was typed", async (code, field, id, words) => {
    const opened = await openPack();
    await press(opened, "downtime-plan-open");
    await press(opened, "downtime-plan-folder");
    await answered("downtime-plan-dialog", "For the auditor");
    await typeTwice(opened, WORDS_ON_PAPER);
    opened.fake.failNext("shell.plan_downtime", { kind: "refused", code, field, remedy: "" });
    await press(opened, "downtime-plan-save");
    await refusedAt(id, words);
    expect(((await at("downtime-plan-again")) as HTMLInputElement).value).toBe(WORDS_ON_PAPER);
  });

  it("says at the folder that it will not do, and anything else above the buttons", async () => {
    const opened = await openPack(madeUpDowntime(3));
    await press(opened, "downtime-plan-open");
    await press(opened, "downtime-plan-folder");
    await answered("downtime-plan-dialog", "For the auditor");
    opened.fake.failNext("shell.plan_downtime", { kind: "refused", code: "exchange.backup_place", field: "folder", remedy: "" });
    await press(opened, "downtime-plan-save");
    await answered("downtime-plan-folder-refused", "This folder cannot be planned with.");
    expect(document.activeElement).toBe(await at("downtime-plan-folder"));
    opened.fake.failNext("shell.plan_downtime", { kind: "fault", reference: "KW-77" });
    await press(opened, "downtime-plan-save");
    await answered("downtime-plan-refused", "KW-77");
    expect(screen.queryByTestId("downtime-plan-folder-refused")).toBeNull();
  });

  it("is reached and worked by the keyboard alone", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await tabTo(opened, "nav-backups");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "downtime-open");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "downtime-plan-open");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "downtime-plan-folder");
    await opened.user.keyboard("{Enter}");
    await answered("downtime-plan-dialog", "For the auditor");
    await tabTo(opened, "downtime-plan-passphrase");
    await opened.user.paste(WORDS_ON_PAPER);
    await opened.user.keyboard("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId("downtime-plan-again")));
    await opened.user.paste(WORDS_ON_PAPER);
    await opened.user.keyboard("{Enter}");
    await answered("downtime-plan", "Each day");
    await gone("downtime-plan-dialog");
    await waitFor(() => expect(screen.getByTestId("downtime-now").hasAttribute("disabled")).toBe(false));
    await opened.user.keyboard("n");
    await answered("downtime-written", "keepwell-downtime-");
  });
});
