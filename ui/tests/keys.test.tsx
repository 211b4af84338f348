import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { prefer, type KeyStatus } from "../src/bridge";
import { standingOfKeys } from "../src/features/identity/KeysPage";
import { resealing } from "../src/features/identity/reseal";
import { answered, at, callsOf, ended, expectAccessible, gone, hold, letGo, openWindow, press, tabTo, type Opened } from "./window";

afterEach(async () => {
  letGo("sealing");
  await ended(() => resealing.get().running);
  resealing.set({ running: false, failure: null, stoppedIn: null });
});

const FRESH: KeyStatus = { since: "2026-01-05", due_on: "2027-01-05", due: false, old_keys: false, cause: null, values: 0 };

function openWith(change: Partial<KeyStatus> = {}, roles: Parameters<typeof openWindow>[1] = ["owner"]): Opened {
  return openWindow("signed_in", roles, ({ world }) => Object.assign(world.keys, change));
}

async function openKeys(change: Partial<KeyStatus> = {}): Promise<Opened> {
  const opened = openWith(change);
  await press(opened, "nav-settings");
  await press(opened, "tab-keys");
  await at("keys-facts");
  return opened;
}

describe("how the keys stand", () => {
  it.each([
    ["keys of this year", {}, "fresh"],
    ["keys of more than a year ago", { due: true }, "due"],
    ["a role that was taken from somebody", { old_keys: true, cause: "role_taken" }, "older"],
    ["a role that was taken, with keys that are due", { old_keys: true, cause: "role_taken", due: true }, "due"],
    ["new keys that older records wait for", { old_keys: true, cause: "yearly", due: true }, "older"],
    ["a leak", { old_keys: true, cause: "suspected_leak", due: true }, "leak"],
  ] as const)("%s", (_what, change, standing) => {
    expect(standingOfKeys({ ...FRESH, ...change })).toBe(standing);
  });
});

describe("the keys", () => {
  it("says since when they are used and by when they are to be changed", async () => {
    await openKeys();
    await answered("keys-standing", "The keys are in order.");
    await answered("keys-facts", "In use sinceJan 5, 2026Change byJan 5, 2027");
    await answered("keys-facts", "All under the keys in use");
    expect(screen.queryByTestId("reseal-now")).toBeNull();
    await expectAccessible();
  });

  it("makes new ones after saying what that does, and seals older records in the tray", async () => {
    const opened = await openKeys();
    await press(opened, "keys-new");
    const dialog = await at("keys-dialog");
    for (const words of ["Everything written from now on", "sealed anew in the background", "the old keys open nothing here", "keep their own keys and still open", "recovery kit", "This computer’s own key stays"]) expect(dialog).toHaveTextContent(words);
    expect(screen.queryByTestId("keys-leak-note")).toBeNull();
    await expectAccessible();
    hold("sealing");
    await press(opened, "keys-make");
    await gone("keys-dialog");
    await answered("reseal-progress", "Values sealed anew");
    await answered("keys-facts", "New keys were made");
    await expectAccessible();
    await press(opened, "jobs-open");
    await answered("job", "Sealing older records anew");
    await opened.user.keyboard("{Escape}");
    letGo("sealing");
    await gone("reseal-progress");
    await answered("keys-facts", "4,210 values, the last time");
    await waitFor(() => expect(screen.getAllByTestId("toast").some((one) => one.textContent?.includes("4,210 values are sealed anew"))).toBe(true));
    expect(callsOf(opened, "identity.rotate_keys").map((one) => one.input)).toEqual([{ suspected_leak: false }]);
    expect(callsOf(opened, "shell.reseal")).toHaveLength(1);
  });

  it("tells whoever suspects a leak to tell the privacy officer", async () => {
    const opened = await openKeys();
    await press(opened, "keys-leak");
    await answered("keys-leak-note", "Tell the privacy officer today");
    await expectAccessible();
    hold("sealing");
    await press(opened, "keys-make");
    await answered("keys-standing", "got hold of an old key");
    expect(callsOf(opened, "identity.rotate_keys").map((one) => one.input)).toEqual([{ suspected_leak: true }]);
  });

  it("shows how much is done where nobody knows how much there is", async () => {
    hold("sealing");
    await openKeys({ old_keys: true, cause: "yearly", due: true });
    const bar = (await at("reseal-progress")).querySelector("progress");
    expect(bar?.hasAttribute("value")).toBe(false);
    expect(await at("reseal-progress")).not.toHaveTextContent("/");
  });

  it("is stopped, says so, and goes on when asked", async () => {
    hold("sealing");
    const opened = await openKeys({ old_keys: true, cause: "role_taken" });
    await press(opened, "reseal-cancel");
    await answered("reseal-refused", "It goes on where it ended");
    await expectAccessible();
    await press(opened, "nav-patients");
    await press(opened, "nav-settings");
    await press(opened, "tab-keys");
    await at("reseal-now");
    expect(callsOf(opened, "shell.reseal")).toHaveLength(1);
    letGo("sealing");
    await press(opened, "reseal-now");
    await answered("keys-facts", "All under the keys in use");
    await gone("reseal-refused");
    await answered("keys-facts", "Jan 5, 2026");
  });

  it("says what stands in the way of new ones, and leaves the dialog open", async () => {
    hold("sealing");
    const opened = await openKeys({ old_keys: true, cause: "yearly" });
    await press(opened, "keys-new");
    await press(opened, "keys-make");
    await answered("keys-refused", "still being sealed anew");
    await press(opened, "keys-cancel");
    await gone("keys-dialog");
  });

  it("is worked by the keyboard alone", async () => {
    const opened = await openKeys();
    await tabTo(opened, "keys-leak");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "keys-make");
    await opened.user.keyboard("{Enter}");
    await gone("keys-dialog");
    await answered("keys-facts", "4,210 values");
  });

  it("speaks Spanish", async () => {
    await openKeys();
    prefer({ language: "es-US" });
    await answered("keys-standing", "Las claves están en orden");
    prefer({ language: "en-US" });
    await answered("keys-standing", "The keys are in order");
  });
});

describe("caring for the keys on every screen", () => {
  it("seals older records by itself, once and quietly", async () => {
    const opened = openWith({ old_keys: true, cause: "yearly" });
    await at("patient-search");
    await waitFor(() => expect(callsOf(opened, "shell.reseal")).toHaveLength(1));
    await waitFor(() => expect(opened.fake.world.keys.old_keys).toBe(false));
    await press(opened, "jobs-open");
    await answered("job", "Sealing older records anew");
    await answered("job", "Done");
    expect(screen.queryAllByTestId("toast").filter((one) => one.textContent?.includes("sealed anew"))).toEqual([]);
    expect(callsOf(opened, "shell.reseal")).toHaveLength(1);
  });

  it("does not begin again in the session in which somebody stopped it", async () => {
    hold("sealing");
    const opened = openWith({ old_keys: true, cause: "yearly" });
    await press(opened, "jobs-open");
    await waitFor(() => expect(screen.getByText("Sealing older records anew")).toBeTruthy());
    await press(opened, "job-cancel");
    await waitFor(() => expect(resealing.get().stoppedIn).not.toBeNull());
    await opened.user.keyboard("{Escape}");
    await waitFor(() => expect(callsOf(opened, "identity.key_status").length).toBeGreaterThan(1));
    expect(callsOf(opened, "shell.reseal")).toHaveLength(1);
  });

  it("says on every screen that they are due, and leads to where that is mended", async () => {
    const opened = openWith({ due: true, due_on: "2026-11-02" });
    await answered("keys-due", "to be changed by Nov 2, 2026");
    await expectAccessible();
    await press(opened, "keys-due-open");
    await answered("keys-standing", "Make new ones");
    await gone("keys-due");
    await press(opened, "nav-patients");
    await at("keys-due");
  });

  it("is quiet while new keys wait for older records", async () => {
    hold("sealing");
    const opened = openWith({ due: true, old_keys: true, cause: "yearly" });
    await waitFor(() => expect(callsOf(opened, "shell.reseal")).toHaveLength(1));
    expect(screen.queryByTestId("keys-due")).toBeNull();
  });

  it("leaves a practice alone that may only be read", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => {
      world.readOnly = "The file is older.";
      Object.assign(world.keys, { old_keys: true, cause: "yearly" });
    });
    await press(opened, "nav-settings");
    await press(opened, "tab-keys");
    await at("reseal-now");
    expect(callsOf(opened, "shell.reseal")).toEqual([]);
  });

  it("asks nothing of whoever has nothing to do with keys", async () => {
    const opened = openWith({ due: true, old_keys: true }, ["security_officer"]);
    await press(opened, "nav-settings");
    await at("tab-look");
    expect(screen.queryByTestId("tab-keys")).toBeNull();
    expect(screen.queryByTestId("keys-due")).toBeNull();
    expect(opened.fake.calls.filter((one) => one.operation.includes("key") || one.operation === "shell.reseal")).toEqual([]);
  });
});
