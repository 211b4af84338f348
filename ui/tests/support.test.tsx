import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { prefer } from "../src/bridge";
import { answered, at, callsOf, expectAccessible, gone, openWindow, press, tabTo, type Opened } from "./window";

async function openHelp(roles: Parameters<typeof openWindow>[1] = ["receptionist"]): Promise<Opened> {
  const opened = openWindow("signed_in", roles);
  await press(opened, "nav-settings");
  await press(opened, "tab-help");
  await at("support-show");
  return opened;
}

describe("what support would get", () => {
  it("is shown whole, is said to name nobody, and is saved exactly as it was shown", async () => {
    const opened = await openHelp();
    expect(screen.queryByTestId("support-save")).toBeNull();
    await expectAccessible();
    await press(opened, "support-show");
    await answered("support-text", "keepwell-support-1");
    expect(screen.getByRole("heading", { name: "It names nobody, and it goes nowhere by itself" })).toBeTruthy();
    await expectAccessible();
    const shown = screen.getByTestId("support-text").textContent;
    await press(opened, "support-save");
    await answered("support-saved", "keepwell-support-0197.json");
    expect(callsOf(opened, "shell.save_support_text").map((one) => one.input)).toEqual([{ folder: "folder-1", text: shown }]);
    await expectAccessible();
  });

  it("is not written when no folder is chosen", async () => {
    const opened = await openHelp();
    opened.fake.world.folder = null;
    await press(opened, "support-show");
    await press(opened, "support-save");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder")).toHaveLength(1));
    await waitFor(() => expect(screen.getByTestId("support-save").hasAttribute("disabled")).toBe(false));
    expect(callsOf(opened, "shell.save_support_text")).toEqual([]);
    expect(screen.queryByTestId("support-saved")).toBeNull();
  });

  it("says what stood in the way, and keeps what was shown", async () => {
    const opened = await openHelp();
    opened.fake.failNext("shell.support_text", { kind: "fault", reference: "KW-7F3A" });
    await press(opened, "support-show");
    await answered("support-refused", "KW-7F3A");
    expect(screen.queryByTestId("support-text")).toBeNull();
    await press(opened, "support-show");
    await at("support-text");
    await gone("support-refused");
    opened.fake.failNext("shell.save_support_text", { kind: "refused", code: "shell.folder_not_chosen", field: "folder", remedy: "Choose the folder again." });
    await press(opened, "support-save");
    await at("support-refused");
    expect(screen.getByTestId("support-text")).toBeTruthy();
    expect(screen.queryByTestId("support-saved")).toBeNull();
    await expectAccessible();
  });

  it("says where there is nothing to tell", async () => {
    const opened = await openHelp();
    opened.fake.world.supportText = "";
    await press(opened, "support-show");
    await answered("support-empty", "nothing to tell");
    expect(screen.queryByTestId("support-text")).toBeNull();
    expect(screen.queryByTestId("support-save")).toBeNull();
  });

  it("is worked by the keyboard alone, in Spanish too", async () => {
    const opened = await openHelp(["auditor"]);
    await tabTo(opened, "support-show");
    await opened.user.keyboard("{Enter}");
    await tabTo(opened, "support-text");
    await tabTo(opened, "support-save");
    await opened.user.keyboard("{Enter}");
    await at("support-saved");
    prefer({ language: "es-US" });
    await waitFor(() => expect(screen.getByRole("heading", { name: "No nombra a nadie y no va a ninguna parte por sí solo" })).toBeTruthy());
    prefer({ language: "en-US" });
    await answered("support-save", "Save a copy");
  });

  it("is there where the practice cannot be opened", async () => {
    const opened = openWindow("unopenable");
    await at("unopenable");
    await press(opened, "support-open");
    await at("support-dialog");
    await answered("support-text", "unopenable");
    await expectAccessible();
    await press(opened, "support-save");
    await answered("support-saved", "keepwell-support-0197.json");
  });
});
