import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { prefer } from "../src/bridge";
import { forgetTakeBack } from "../src/features/exchange";
import { takingBack } from "../src/features/exchange/takeBackJob";
import { answered, at, callsOf, ended, expectAccessible, fill, gone, hold, letGo, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

afterEach(async () => {
  letGo("reading");
  await ended(() => takingBack.get().running);
  forgetTakeBack();
});

async function openTakeBack(prepare?: Parameters<typeof openWindow>[2]): Promise<Opened> {
  const opened = openWindow("signed_in", ["owner"], prepare);
  await press(opened, "patients-import");
  await press(opened, "take-back-open");
  await at("take-back-form");
  return opened;
}

const value = async (id: string) => ((await at(id)) as HTMLInputElement).value;

describe("taking records back in", () => {
  it("teaches, and does nothing before something is chosen", async () => {
    const opened = await openTakeBack();
    expect(await at("take-back-form")).toHaveTextContent("For records that Keepwell itself handed out");
    expect(await at("take-back-chosen")).toHaveTextContent("No file or folder is chosen yet");
    expect((await at("take-back-run")).hasAttribute("disabled")).toBe(true);
    await opened.user.type(await at("take-back-passphrase"), "{Enter}");
    expect(callsOf(opened, "shell.take_back")).toEqual([]);
    await expectAccessible();
  });

  it("takes a plain file without a passphrase", async () => {
    const opened = await openTakeBack();
    await press(opened, "take-back-file");
    await answered("take-back-chosen", "records-2026-11-14.zip.age");
    await press(opened, "take-back-run");
    await answered("take-back-taken", "1");
    expect(await at("take-back-report")).toHaveTextContent("Nothing was refused.");
    expect(callsOf(opened, "shell.take_back").map((one) => one.input)).toEqual([{ file: "records-1", passphrase: null }]);
    // The screen says it itself while it is shown.
    expect(screen.queryByTestId("toast")).toBeNull();
    await expectAccessible();
  });

  it("takes everybody's from a folder with progress, and tells of each that was refused", async () => {
    const opened = await openTakeBack();
    await press(opened, "take-back-folder");
    await answered("take-back-chosen", "For the auditor");
    hold("reading");
    await press(opened, "take-back-run");
    await answered("take-back-progress", "Records read");
    expect((await at("take-back-file")).hasAttribute("disabled")).toBe(true);
    await expectAccessible();
    letGo("reading");
    await answered("take-back-taken", "118");
    await answered("take-back-unchanged", "4");
    await answered("take-back-count-refused", "2");
    const rows = await screen.findAllByTestId("take-back-refused-row");
    expect(rows[0]).toHaveTextContent("part-0002.zip.age");
    expect(rows[0]).toHaveTextContent("These records are not as they were handed out");
    expect(rows[1]).toHaveTextContent("The whole file");
    (await at("take-back-refused-rows")).focus();
    await opened.user.keyboard("{ArrowDown}");
    await answered("take-back-detail", "019723c0-41aa-7c11-9d02-5f7be1c2a001");
    await answered("take-back-detail", "fhir/bundle.json");
    await expectAccessible();
  });

  it("keeps what was typed when the passphrase is wrong, and forgets it once it was right", async () => {
    const opened = await openTakeBack(({ world }) => {
      world.recordsPassphrase = "twelve letters and more";
    });
    await press(opened, "take-back-file");
    await answered("take-back-chosen", "records-2026");
    await press(opened, "take-back-run");
    await refusedAt("take-back-passphrase", "These records are sealed.");
    await fill(opened, "take-back-passphrase", "twelve letters and les");
    await press(opened, "take-back-run");
    await refusedAt("take-back-passphrase", "This passphrase does not open these records.");
    expect(await value("take-back-passphrase")).toBe("twelve letters and les");
    expect(await at("take-back-chosen")).toHaveTextContent("records-2026-11-14.zip.age");
    await expectAccessible();
    await fill(opened, "take-back-passphrase", "twelve letters and more");
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await answered("take-back-taken", "1");
    await waitFor(async () => expect(await value("take-back-passphrase")).toBe(""));
  });

  it("names the part that is at fault when nothing could be taken", async () => {
    const opened = await openTakeBack(({ failNext }) => failNext("shell.take_back", { kind: "refused", code: "exchange.records_missing", field: "records.json", remedy: "" }));
    await press(opened, "take-back-folder");
    await answered("take-back-chosen", "For the auditor");
    await press(opened, "take-back-run");
    await answered("take-back-refused", "The named file is not there");
    await answered("take-back-refused", "records.json");
  });

  it("is stopped, and says what stays", async () => {
    const opened = await openTakeBack();
    await press(opened, "take-back-folder");
    await answered("take-back-chosen", "For the auditor");
    hold("reading");
    await press(opened, "take-back-run");
    await press(opened, "take-back-cancel");
    await answered("take-back-cancelled", "What was taken in before that stays.");
    await answered("take-back-taken", "31");
  });

  it("goes on when the screen is left, and tells by a toast", async () => {
    const opened = await openTakeBack();
    await press(opened, "take-back-folder");
    await answered("take-back-chosen", "For the auditor");
    hold("reading");
    await press(opened, "take-back-run");
    await at("take-back-progress");
    await press(opened, "take-back-leave");
    await at("patient-search");
    letGo("reading");
    expect(await at("toast")).toHaveTextContent("118 records were taken back in");
  });

  it("chooses nothing when nothing is chosen", async () => {
    const opened = await openTakeBack(({ world }) => Object.assign(world, { records: null, folder: null }));
    await press(opened, "take-back-file");
    await press(opened, "take-back-folder");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder")).toHaveLength(1));
    expect(await at("take-back-chosen")).toHaveTextContent("No file or folder is chosen yet");
  });

  it("is there from the backups and the palette, and only with the right", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await press(opened, "nav-backups");
    await at("take-back-open");
    await press(opened, "palette-open");
    await opened.user.type(await at("palette-input"), "take records{Enter}");
    await at("take-back-form");
  });

  it("is not offered without the right", async () => {
    const opened = openWindow("signed_in", ["security_officer"]);
    await press(opened, "nav-backups");
    await at("backup-rows");
    expect(screen.queryByTestId("take-back-open")).toBeNull();
  });

  it("is worked by the keyboard alone, in Spanish too", async () => {
    const opened = await openTakeBack();
    prefer({ language: "es-US" });
    await answered("take-back-run", "Recuperarlos");
    await tabTo(opened, "take-back-file");
    await opened.user.keyboard("{Enter}");
    await answered("take-back-chosen", "records-2026");
    await tabTo(opened, "take-back-run");
    await opened.user.keyboard("{Enter}");
    await answered("take-back-report", "recuperados");
    prefer({ language: "en-US" });
    await answered("take-back-report", "taken in");
    await gone("take-back-progress");
  });
});
