import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { prefer } from "../src/bridge";
import { at, expectAccessible, gone, hold, letGo, openWindow, press, typeInto } from "./window";

describe("staff", () => {
  it("invites somebody and shows the code once", async () => {
    const opened = openWindow();
    await press(opened, "nav-staff");
    await screen.findAllByTestId("staff-row");
    await expectAccessible();
    await press(opened, "staff-invite");
    await typeInto(opened, "invite-name", "Ana Reyes");
    await typeInto(opened, "invite-user", "a.reyes");
    await press(opened, "invite-role");
    await press(opened, "option-nurse");
    await expectAccessible();
    await press(opened, "invite-send");
    expect(await at("invitation-code-shown")).toHaveTextContent("7QPF-M2XD-9RTA");
    await expectAccessible();
    await press(opened, "invite-done");
    await gone("invitation-code-shown");
    expect(opened.fake.calls.find((one) => one.operation === "identity.invite")?.input).toMatchObject({ user_name: "a.reyes", name: { family: "Reyes" }, roles: [{ role: "nurse" }] });
  });

  it("suspends at once and takes it back with undo", async () => {
    const opened = openWindow();
    await press(opened, "nav-staff");
    await opened.user.click((await screen.findAllByTestId("staff-row"))[1] as HTMLElement);
    await expectAccessible();
    await press(opened, "staff-suspend");
    await at("toast-undo");
    expect(opened.fake.world.staff[1]?.status).toBe("suspended");
    await opened.user.keyboard("{Control>}z{/Control}");
    await waitFor(() => expect(opened.fake.world.staff[1]?.status).toBe("active"));
  });
});

describe("import", () => {
  it("imports, says what was refused and what was not imported", async () => {
    const opened = openWindow();
    await press(opened, "patients-import");
    await expectAccessible();
    await press(opened, "import-choose");
    hold("reading");
    await press(opened, "import-run");
    await at("import-progress");
    letGo("reading");
    await at("import-report");
    expect(await at("import-created")).toHaveTextContent("108");
    expect(await screen.findAllByTestId("import-refused-row")).toHaveLength(2);
    expect(await at("import-not-imported")).toHaveTextContent("Observation (18,442)");
    await expectAccessible();
  });

  it("goes on while one works elsewhere, and can be cancelled from the tray", async () => {
    const opened = openWindow();
    await press(opened, "patients-import");
    await press(opened, "import-choose");
    hold("reading");
    await press(opened, "import-run");
    await press(opened, "nav-settings");
    await press(opened, "jobs-open");
    await press(opened, "job-cancel");
    expect(await at("toast")).toHaveTextContent("cancelled");
  });
});

describe("settings", () => {
  it("every part is accessible, and the practice is changed", async () => {
    const opened = openWindow();
    await press(opened, "nav-settings");
    for (const tab of ["look", "me", "keys", "about", "practice"]) {
      // One tab after the other is what this looks at.
      // oxlint-disable-next-line no-await-in-loop
      await press(opened, `tab-${tab}`);
      // oxlint-disable-next-line no-await-in-loop
      await expectAccessible();
    }
    await typeInto(opened, "practice-idle", "90");
    await press(opened, "practice-save");
    expect(await at("error-summary")).toHaveTextContent("1 to 60");
    await typeInto(opened, "practice-idle", "20");
    await press(opened, "practice-save");
    await waitFor(() => expect(opened.fake.world.practice.idle_minutes).toBe(20));
  });

  it("says which time zone database it has", async () => {
    const opened = openWindow();
    await press(opened, "nav-settings");
    await press(opened, "tab-about");
    expect(await at("about-time-zones")).toHaveTextContent("2026a");
  });

  it("changes the theme and the language", async () => {
    const opened = openWindow();
    await press(opened, "nav-settings");
    await press(opened, "theme-contrast");
    expect(document.documentElement.dataset["theme"]).toBe("contrast");
    await press(opened, "language-es-US");
    await waitFor(async () => expect(await at("nav-patients")).toHaveTextContent("Pacientes"));
    expect(document.documentElement.lang).toBe("es-US");
    prefer({ theme: "system", language: "en-US" });
    await waitFor(async () => expect(await at("nav-patients")).toHaveTextContent("Patients"));
  });
});

describe("the frame", () => {
  it("says what is demonstration, what is read-only, and how the log stands", async () => {
    openWindow("signed_in", ["owner"], ({ world }) => Object.assign(world, { demonstration: true, readOnly: "The file is older." }));
    expect(await at("demonstration")).toHaveTextContent("made up");
    expect(await at("read-only")).toHaveTextContent("The file is older.");
    expect(await at("trust-line")).toHaveTextContent("Log intact");
    expect(await at("locks-in")).toHaveTextContent("Locks in 15 min");
    await expectAccessible();
  });
});
