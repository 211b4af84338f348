import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { prefer } from "../src/bridge";
import { closeEnding, ending } from "../src/features/exchange";
import { answered, at, callsOf, ended, expectAccessible, fill, gone, hold, letGo, openWindow, press, refusedAt, tabTo, type Opened } from "./window";

afterEach(async () => {
  for (const phase of ["writing", "restoring", "checking"]) letGo(phase);
  await ended(() => ending.get().running);
  closeEnding();
});

const NAME = "Lakeside Family Medicine";
const NOTHING_ON_IT = { manufacturer: "", model: "", serial: "", property_number: "", kind: "", source: "" };

async function openEnding(prepare?: Parameters<typeof openWindow>[2]): Promise<Opened> {
  const opened = openWindow("signed_in", ["owner"], prepare);
  await press(opened, "nav-settings");
  await press(opened, "tab-practice");
  await press(opened, "settings-end");
  await answered("end-practice", NAME);
  return opened;
}

async function fillAll(opened: Opened): Promise<void> {
  await fill(opened, "end-custodian", "Dr. Naomi Ito, 88 Oak Street");
  await press(opened, "end-kit");
  await fill(opened, "end-name", NAME);
}

const asked = (opened: Opened) => callsOf(opened, "shell.decommission").map((one) => one.input);

describe("ending the practice", () => {
  it("is offered last in the settings, and only to whoever may", async () => {
    const opened = openWindow("signed_in", ["physician"]);
    await press(opened, "nav-settings");
    await press(opened, "tab-practice");
    await at("practice-name");
    expect(screen.queryByTestId("settings-end")).toBeNull();
  });

  it("says in order what happens, and who has to keep what", async () => {
    await openEnding();
    const steps = screen.getByTestId("end-steps");
    for (const words of ["A last backup is made", "It is proved", "The key on this computer is forgotten", "A certificate is written"]) expect(steps).toHaveTextContent(words);
    expect(screen.getByText(/The last backup and the recovery kit together are the practice/u)).toBeTruthy();
    expect(screen.getByText(/The law asks for the records for years/u)).toBeTruthy();
    await expectAccessible();
  });

  it("shows its progress, ends, and tells what is left when there is no session any more", async () => {
    const opened = await openEnding();
    await fillAll(opened);
    await fill(opened, "end-serial", " 7XK20D4 ");
    hold("restoring");
    await press(opened, "end-now");
    await answered("end-progress", "Restoring rows");
    expect(screen.getByTestId("end-custodian").hasAttribute("disabled")).toBe(true);
    expect(screen.getByTestId("end-now").hasAttribute("disabled")).toBe(true);
    await expectAccessible();
    await press(opened, "nav-backups");
    await press(opened, "jobs-open");
    await answered("job", "Ending the practice on this computer");
    await opened.user.keyboard("{Escape}");
    letGo("restoring");
    await at("ended");
    expect(asked(opened)).toEqual([{ folder: "folder-1", practice_name: NAME, custodian: "Dr. Naomi Ito, 88 Oak Street", media: { ...NOTHING_ON_IT, serial: "7XK20D4" } }]);
    for (const words of [NAME, "For the auditor", "Dr. Naomi Ito, 88 Oak Street"]) expect(screen.getByTestId("ended-facts")).toHaveTextContent(words);
    await answered("ended-backup", "keepwell-backup-0197");
    await answered("ended-certificate", "keepwell-certificate-0197.pdf");
    expect(screen.getByTestId("ended-entries").textContent).toMatch(/^184,\d{3}$/u);
    await answered("ended-todo", "Keep the recovery kit in another place");
    expect(document.activeElement?.textContent).toBe("The practice has ended on this computer");
    expect(screen.queryByTestId("nav-settings")).toBeNull();
    await expectAccessible();
    await press(opened, "ended-done");
    await at("setup-step-welcome");
    await gone("ended");
  });

  it("says that the certificate could not be written", async () => {
    const opened = await openEnding(({ world }) => {
      world.certificateFails = true;
    });
    await fillAll(opened);
    await press(opened, "end-now");
    await answered("ended-uncertified", "could not be written");
    await answered("ended-certificate", "Not written");
    expect(screen.getByTestId("ended-todo")).not.toHaveTextContent("sign it");
    await expectAccessible();
  });

  it("asks for what is missing before a backup is made in vain", async () => {
    const opened = await openEnding();
    await fill(opened, "end-name", "Lakeside");
    await press(opened, "end-now");
    await answered("error-summary", "3 things stand in the way");
    await answered("error-summary", "Have the recovery kit at hand");
    await refusedAt("end-custodian", "Say who keeps the last backup");
    await refusedAt("end-name", "This is not the practice's name");
    await expectAccessible();
    expect(callsOf(opened, "shell.choose_folder")).toEqual([]);
    await fillAll(opened);
    await gone("error-summary");
    await press(opened, "end-now");
    await at("ended");
  });

  it("is stopped, and says that nothing was erased", async () => {
    const opened = await openEnding();
    await fillAll(opened);
    hold("writing");
    await press(opened, "end-now");
    await press(opened, "end-cancel");
    await answered("end-stopped", "before anything was erased");
    expect(screen.getByTestId("end-name")).toHaveProperty("value", NAME);
    expect(screen.queryByTestId("error-summary")).toBeNull();
    expect(screen.queryByTestId("toast")).toBeNull();
    await expectAccessible();
    letGo("writing");
    await press(opened, "end-now");
    await at("ended");
  });

  it("says of a stop wherever somebody has gone meanwhile", async () => {
    const opened = await openEnding();
    await fillAll(opened);
    hold("writing");
    await press(opened, "end-now");
    await at("end-progress");
    await press(opened, "nav-backups");
    await press(opened, "jobs-open");
    await press(opened, "job-cancel");
    await answered("toast", "before anything was erased");
    // The button that had the focus went with the work, so the tray is closed by taking its last line out.
    await opened.user.click(within(await at("job")).getByRole("button", { name: "Dismiss" }));
    await gone("job");
    await gone("jobs-open");
    await press(opened, "unfinished");
    await at("end-stopped");
    expect(await at("end-custodian")).toHaveProperty("value", "Dr. Naomi Ito, 88 Oak Street");
    expect(screen.getByTestId("end-name")).toHaveProperty("value", "");
  });

  it("says above that a legal hold is in the way, and what Rust says of a field at the field", async () => {
    const opened = await openEnding();
    await fillAll(opened);
    opened.fake.failNext("shell.decommission", { kind: "refused", code: "compliance.legal_hold", field: null, remedy: "Ask." });
    await press(opened, "end-now");
    await answered("error-summary", "A legal hold keeps this");
    expect(document.activeElement).toBe(screen.getByTestId("error-summary"));
    opened.fake.failNext("shell.decommission", { kind: "refused", code: "exchange.name_differs", field: "practice_name", remedy: "Type it." });
    await press(opened, "end-now");
    await refusedAt("end-name", "This is not the practice's name");
    opened.fake.failNext("shell.decommission", { kind: "refused", code: "exchange.custodian_missing", field: "custodian", remedy: "Say who." });
    await press(opened, "end-now");
    await refusedAt("end-custodian", "Say who keeps the last backup");
    await fill(opened, "end-custodian", "Dr. Peter Osei");
    await gone("error-summary");
    await expectAccessible();
  });

  it("tells that the practice is gone where the erasing broke off behind the key", async () => {
    const opened = await openEnding();
    await fillAll(opened);
    opened.fake.failNext("shell.decommission", { kind: "fault", reference: "KW-51D0" });
    opened.fake.world.state = "absent";
    await press(opened, "end-now");
    await answered("ended-cut", "KW-51D0");
    await answered("ended-backup", "The newest keepwell-backup in that folder");
    expect(screen.queryByTestId("ended-entries")).toBeNull();
    await expectAccessible();
    await press(opened, "ended-done");
    await at("setup-step-welcome");
  });

  it("does nothing when no folder is chosen", async () => {
    const opened = await openEnding(({ world }) => {
      world.folder = null;
    });
    await fillAll(opened);
    await press(opened, "end-now");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder")).toHaveLength(1));
    await ended(() => ending.get().running);
    expect(asked(opened)).toEqual([]);
    await gone("jobs-open");
  });

  it("keeps what was typed at a lock, but not what says that somebody means it", async () => {
    const opened = await openEnding();
    await fillAll(opened);
    await opened.user.keyboard("{Control>}l{/Control}");
    await at("lock-screen");
    expect(opened.fake.world.drafts).toMatchObject([{ screen: "/settings/end", content: JSON.stringify({ custodian: "Dr. Naomi Ito, 88 Oak Street", labels: NOTHING_ON_IT }) }]);
  });

  it("is left as it is", async () => {
    const opened = await openEnding();
    await fill(opened, "end-custodian", "Dr. Naomi Ito");
    await press(opened, "end-leave");
    await at("settings-end");
    expect(screen.queryByTestId("unfinished")).toBeNull();
    await press(opened, "settings-end");
    expect(await at("end-custodian")).toHaveProperty("value", "");
  });

  it("is worked by the keyboard alone, in Spanish too", async () => {
    const opened = await openEnding();
    prefer({ language: "es-US" });
    await answered("end-steps", "Se hace una última copia de respaldo");
    await tabTo(opened, "end-custodian");
    await opened.user.paste("Dra. Naomi Ito");
    for (let line = 0; line < 7; line += 1) {
      // One field after the other is what Enter is for.
      // oxlint-disable-next-line no-await-in-loop
      await opened.user.keyboard("{Enter}");
    }
    await opened.user.keyboard(" ");
    await tabTo(opened, "end-name");
    await opened.user.paste(NAME);
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await answered("ended-todo", "Guarde la hoja de recuperación");
    prefer({ language: "en-US" });
    await tabTo(opened, "ended-done");
    await opened.user.keyboard("{Enter}");
    await at("setup-step-welcome");
  });
});
