import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { prefer } from "../src/bridge";
import { scheduleToday } from "../src/bridge/fake/schedule";
import { SLOW, last, openDay } from "./dayWindow";
import { answered, at, callsOf, expectAccessible, fill, gone, press, refusedAt, tabTo } from "./window";

const saved = async () => (await at("paper-saved")).textContent;

describe("the downtime pack of a day, on paper", () => {
  it("is written by keys alone, with five blank forms where nobody says otherwise", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await tabTo(opened, "paper-open");
    await opened.user.keyboard("{Enter}");
    await at("paper-downtime");
    await opened.user.keyboard("Downtime{Enter}");
    await answered("paper", "Downtime pack");
    await answered("paper", "the front desk’s sheet of the day, how each person may be reached, and blank encounter forms. Nothing clinical is on it. Lock it away, and shred it once it is no longer needed.");
    await expectAccessible();
    await tabTo(opened, "paper-forms");
    expect((document.activeElement as HTMLInputElement).value).toBe("5");
    await opened.user.keyboard("{Enter}");
    await waitFor(() => expect(last(opened, "shell.save_downtime_paper")).toEqual({ folder: "folder-1", date: scheduleToday(), forms: 5 }));
    expect(await saved()).toMatch(/^Saved as downtime-.*\.pdf\. \d+ visits are on it\. 5 blank forms are on it\. SHA-256: [0-9a-f]{64}$/);
    await expectAccessible();
    await tabTo(opened, "paper-close");
    await opened.user.keyboard("{Enter}");
    await gone("paper");
  });

  it("has a whole number of forms from none to fifty", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await press(opened, "paper-open");
    await press(opened, "paper-downtime");
    for (const wrong of ["51", "", "-1", "2.5", "many"]) {
      // One after the other: each is refused before the next is typed.
      // oxlint-disable-next-line no-await-in-loop
      await fill(opened, "paper-forms", wrong);
      // oxlint-disable-next-line no-await-in-loop
      await press(opened, "paper-save");
      // oxlint-disable-next-line no-await-in-loop
      await refusedAt("paper-forms", "Type a whole number from 0 to 50.");
    }
    await expectAccessible();
    expect(callsOf(opened, "shell.choose_folder")).toEqual([]);
    await fill(opened, "paper-forms", "0");
    await press(opened, "paper-save");
    await answered("paper-saved", "There is no blank form.");
    await fill(opened, "paper-forms", "50");
    await press(opened, "paper-save");
    await answered("paper-saved", "50 blank forms are on it.");
    // What was written is done with: nothing that was typed is thrown away.
    await press(opened, "paper-close");
    await gone("paper");
    expect(screen.queryByText("What you typed was thrown away")).toBeNull();
  });

  it("is of the next working day, too, and says why nothing was written", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => { world.folder = { folder: "", name: "Gone" }; });
    await press(opened, "paper-open");
    await press(opened, "paper-downtime");
    await waitFor(() => expect(within(screen.getByTestId("paper-day")).getAllByRole("radio").length).toBe(2));
    await opened.user.click(within(screen.getByTestId("paper-day")).getAllByRole("radio")[1] as HTMLElement);
    await press(opened, "paper-save");
    await answered("paper-refused", "folder");
    const { date } = last(opened, "shell.save_downtime_paper") as unknown as { date: string };
    expect(date > scheduleToday()).toBe(true);
  });

  it("is not there for whoever may not see how people are reached", async () => {
    const opened = await openDay(["biller"]);
    await press(opened, "paper-open");
    await at("paper-desk");
    expect(screen.queryByTestId("paper-downtime")).toBeNull();
  });

  it("speaks Spanish", SLOW, async () => {
    prefer({ language: "es-US" });
    const opened = await openDay(["receptionist"]);
    await press(opened, "paper-open");
    await press(opened, "paper-downtime");
    await answered("paper", "Guárdelo bajo llave y tritúrelo");
    await expectAccessible();
    await fill(opened, "paper-forms", "1");
    await press(opened, "paper-save");
    await answered("paper-saved", "Tiene 1 formulario en blanco.");
    prefer({ language: "en-US" });
  });
});
