import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { scheduleToday } from "../src/bridge/fake/schedule";
import { forgetDay } from "../src/features/scheduling";
import { patientsOf } from "../src/features/scheduling/ContactForm";
import { SLOW, last, openDay, stand, visit, visits } from "./dayWindow";
import { answered, at, callsOf, choose, expectAccessible, fill, gone, openChart, openWindow, press, refusedAt, type Opened } from "./window";

// The screen remembers which day was open and how; each test begins with today.
beforeEach(forgetDay);

async function unlock(opened: Opened): Promise<void> {
  await opened.user.keyboard("{Control>}l{/Control}");
  await fill(opened, "unlock-passphrase", "correct horse battery staple");
  await press(opened, "unlock-submit");
}

const reminders = async (): Promise<HTMLElement[]> => screen.findAllByTestId("reminder");
const firstToCall = async (): Promise<HTMLElement> => (await reminders()).find((one) => within(one).queryByTestId("reminder-confirmed")) as HTMLElement;

describe("reminders", () => {
  it("are called from a list, and what comes of it is one tap", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await opened.user.keyboard("r");
    const row = await firstToCall();
    expect(row.textContent).toMatch(/\(\d{3}\) 555-\d{4}/);
    await expectAccessible();
    await opened.user.click(within(row).getByTestId("reminder-confirmed"));
    await answered("toast", "Confirmed");
    expect(last(opened, "scheduling.advance")).toMatchObject({ to: "confirmed", version: 1 });
    const { unit } = last(opened, "scheduling.advance") as unknown as { unit: string };
    expect(opened.fake.world.schedule.visits.find((one) => one.unit === unit)?.status).toBe("confirmed");
    await press(opened, "toast-undo");
    await waitFor(() => expect(opened.fake.world.schedule.visits.find((one) => one.unit === unit)?.status).toBe("booked"));
  });

  it("add that nobody answered to what is noted already", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await press(opened, "reminders-open");
    await reminders();
    for (const one of opened.fake.world.schedule.visits) one.desk_note = "Comes by bus";
    const row = await firstToCall();
    await opened.user.click(within(row).getByTestId("reminder-no-answer"));
    await answered("toast", "no answer from");
    const input = last(opened, "scheduling.note_desk") as unknown as { unit: string; desk_note: string };
    expect(input.desk_note).toMatch(/^Comes by bus\n.*: reminder call, no answer$/);
    await screen.findByText("No answer noted");
    await press(opened, "toast-undo");
    await waitFor(() => expect(opened.fake.world.schedule.visits.find((one) => one.unit === input.unit)?.desk_note).toBe("Comes by bus"));
    await waitFor(() => expect(screen.queryByText("No answer noted")).toBeNull());
  });

  it("say whom nobody may call, and open the visit", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => {
      for (const one of world.patients) {
        const record = one.versions.at(-1)?.record;
        if (record) record.confidential_communication = "Only by letter to the office";
      }
    });
    await press(opened, "reminders-open");
    const [row] = await reminders();
    expect(row).toHaveTextContent("Do not call");
    expect(row).toHaveTextContent("How to reach the patient: Only by letter to the office");
    expect(screen.getByTestId("reminders").textContent).not.toMatch(/\d{3}-\d{4}/);
    expect(screen.queryByTestId("reminder-no-answer")).toBeNull();
    await opened.user.click(within(row as HTMLElement).getByTestId("reminder-open"));
    await at("visit-flyout");
  });

  it("say so where somebody else was quicker, and where nobody is left", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await press(opened, "reminders-open");
    const row = await firstToCall();
    for (const one of opened.fake.world.schedule.visits) one.status = "cancelled";
    await opened.user.click(within(row).getByTestId("reminder-confirmed"));
    await answered("toast", "Cancelled, so there is nothing to confirm");
    expect(callsOf(opened, "scheduling.advance")).toEqual([]);
    await screen.findByText("Nobody is to be reminded");
    await expectAccessible();
  });

  it("are of the day that is shown where nobody works in the next weeks", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => {
      world.setup.rules = world.setup.rules.filter((one) => one.kind !== "open");
    });
    await press(opened, "reminders-open");
    await waitFor(() => expect(last(opened, "scheduling.reminders")).toEqual({ date: scheduleToday() }));
    expect(callsOf(opened, "scheduling.month").length).toBe(2);
    await reminders();
  });
});

describe("on paper", () => {
  it("goes the sheet of a person, with what the file is known by", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "paper-open");
    await press(opened, "paper-practitioner");
    await expectAccessible();
    await choose(opened, "paper-who", "resource-2");
    await press(opened, "paper-save");
    await answered("paper-saved", /day-practitioner-.*\.pdf/.exec((await at("paper-saved")).textContent ?? "")?.[0] ?? "never");
    expect(screen.getByTestId("paper-saved").textContent).toMatch(/7 visits are on it\. SHA-256: [0-9a-f]{64}$/);
    expect(last(opened, "shell.save_day_sheet")).toMatchObject({ kind: "practitioner", resource: "resource-2" });
    await press(opened, "paper-close");
    await gone("paper");
  });

  it("go the reminders of the next working day, and how many were left out is said", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => {
      for (const one of world.patients.slice(0, 8)) {
        const record = one.versions.at(-1)?.record;
        if (record) record.confidential_communication = "Only by letter";
      }
    });
    await press(opened, "paper-open");
    await press(opened, "paper-list");
    await at("paper-day");
    await waitFor(() => expect(within(screen.getByTestId("paper-day")).getAllByRole("radio").length).toBe(2));
    await opened.user.click(within(screen.getByTestId("paper-day")).getAllByRole("radio")[1] as HTMLElement);
    await press(opened, "paper-save");
    await answered("paper-saved", "may not be reached this way");
    const { date } = last(opened, "shell.save_reminders") as unknown as { date: string };
    expect(date > scheduleToday()).toBe(true);
    expect([6, 7]).not.toContain(((new Date(date).getUTCDay() + 6) % 7) + 1);
  });

  it("goes nothing where no folder is chosen or it cannot be written", SLOW, async () => {
    const opened = await openDay(["receptionist"], ({ world }) => { world.folder = null; });
    await press(opened, "paper-open");
    await press(opened, "paper-desk");
    await press(opened, "paper-save");
    await waitFor(() => expect(callsOf(opened, "shell.choose_folder").length).toBe(1));
    expect(callsOf(opened, "shell.save_day_sheet")).toEqual([]);
    expect(screen.queryByTestId("paper-saved")).toBeNull();
    expect(screen.queryByTestId("paper-refused")).toBeNull();
    opened.fake.world.folder = { folder: "", name: "Gone" };
    await press(opened, "paper-save");
    await answered("paper-refused", "folder");
  });

  it("goes one's own calendar only with a reason, which outlasts a lock", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "paper-open");
    await press(opened, "paper-calendar");
    await press(opened, "paper-save");
    await refusedAt("paper-reason", "Say what it is for.");
    await expectAccessible();
    expect(callsOf(opened, "shell.choose_folder")).toEqual([]);
    await fill(opened, "paper-reason", "For my phone");
    await unlock(opened);
    await waitFor(async () => expect(((await at("paper-reason")) as HTMLInputElement).value).toBe("For my phone"));
    await press(opened, "paper-save");
    await answered("paper-saved", "calendar-");
    expect(last(opened, "shell.save_calendar")).toMatchObject({ resource: "resource-1", reason: "For my phone" });
  });

  it("is offered to nobody for a calendar that is not theirs", async () => {
    const opened = await openDay(["physician"], ({ world }) => { world.setup.resources = world.setup.resources.map((one) => ({ ...one, staff: null })); });
    await press(opened, "paper-open");
    await at("paper-desk");
    await waitFor(() => expect(callsOf(opened, "scheduling.setup").length).toBeGreaterThan(0));
    // It would stand there a moment after the answer, as it does for whoever has one.
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    expect(screen.queryByTestId("paper-calendar")).toBeNull();
  });
});

describe("who acts for a patient", () => {
  it("stands with the visits, and is added, changed and ended there", SLOW, async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await openChart(opened, "hallor");
    await answered("contacts", "Elena Hallorán");
    await press(opened, "contact-add");
    await press(opened, "contact-save");
    await refusedAt("contact-name", "Say who it is.");
    await expectAccessible();
    await fill(opened, "contact-name", "Tom Marsh");
    await press(opened, "contact-is-son");
    await press(opened, "contact-more");
    await fill(opened, "contact-value-1", "tom@example.org");
    await choose(opened, "contact-kind-1", "email");
    await opened.user.click(await at("contact-first-1"));
    await press(opened, "contact-save");
    await answered("contacts", "Tom Marsh");
    // The first way was left empty: it is not kept, and it is not tried first any more.
    expect(last(opened, "scheduling.keep_contact")).toMatchObject({ name: "Tom Marsh", relationship: "Son", channels: [{ kind: "email", value: "tom@example.org", preferred: true }], ended: false });
    await opened.user.click(screen.getAllByTestId("contact-remove").at(-1) as HTMLElement);
    await waitFor(() => expect(screen.getByTestId("contacts")).not.toHaveTextContent("Tom Marsh"));
    await press(opened, "toast-undo");
    await answered("contacts", "Tom Marsh");
  });

  it("is refused at the very field, whatever was left empty before it", SLOW, async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await openChart(opened, "hallor");
    await press(opened, "contact-change");
    await press(opened, "contact-more");
    await fill(opened, "contact-value-0", " ");
    await fill(opened, "contact-value-2", "x".repeat(300));
    opened.fake.failNext("scheduling.keep_contact", { kind: "refused", code: "scheduling.bad_text", field: "channels.1.value", remedy: "Shorter." });
    await press(opened, "contact-save");
    // The second that was sent is the third on the screen.
    await waitFor(() => expect(screen.getByTestId("contact-value-2").getAttribute("aria-invalid")).toBe("true"));
    expect(screen.getByTestId("contact-value-1").getAttribute("aria-invalid")).not.toBe("true");
  });

  it("keeps what was typed over a lock", SLOW, async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await openChart(opened, "hallor");
    await press(opened, "contact-add");
    await fill(opened, "contact-name", "Tom Marsh");
    await unlock(opened);
    await waitFor(async () => expect(((await at("contact-name")) as HTMLInputElement).value).toBe("Tom Marsh"));
  });

  it("is only read by whoever may not book", SLOW, async () => {
    const opened = openWindow("signed_in", ["privacy_officer"]);
    await openChart(opened, "hallor");
    await answered("contacts", "Elena Hallorán");
    expect(screen.queryByTestId("contact-add")).toBeNull();
    expect(screen.queryByTestId("contact-remove")).toBeNull();
  });

  it("loses none of the others for whom somebody acts", () => {
    const row = { contact: "c", name: "Ann", relationship: "", patients: ["p", "q"], channels: [] };
    expect(patientsOf(row, "p")).toEqual(["p", "q"]);
    expect(patientsOf(null, "p")).toEqual(["p"]);
  });
});

describe("booking for somebody", () => {
  async function pick(opened: Opened): Promise<void> {
    await stand("Maria Garcia");
    await opened.user.keyboard("n");
    await at("book-pick");
    await opened.user.keyboard("hallor");
    await waitFor(() => expect(screen.getAllByTestId("picker-row")[0]?.textContent).toContain("Hallorán, Grace"));
    await opened.user.keyboard("{Enter}");
    await answered("book-patient", "Hallorán");
  }

  it("asks who could be only where it is not the patient", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await pick(opened);
    expect(callsOf(opened, "scheduling.contacts")).toEqual([]);
    await press(opened, "booked-by-other");
    await choose(opened, "booked-by", "contact-1");
    await answered("booked-by", "Elena Hallorán, Daughter");
    await expectAccessible();
    await press(opened, "book");
    await answered("toast", "Booked: Grace Ann Hallorán");
    expect(last(opened, "scheduling.book")).toMatchObject({ contact: "contact-1" });
    // The visit says so later; one that the patient booked says nothing of it.
    await waitFor(() => expect(visits("Grace Ann Hallorán").length).toBe(2));
    await opened.user.click(visits("Grace Ann Hallorán")[1] as HTMLElement);
    await answered("visit-booked-by", "Elena Hallorán, Daughter");
    await opened.user.click(visits("Grace Ann Hallorán")[0] as HTMLElement);
    await gone("visit-booked-by");
    await at("visit-flyout");
  });

  it("takes a new contact on the way, and forgets it with another patient", SLOW, async () => {
    const opened = await openDay(["receptionist"]);
    await pick(opened);
    await press(opened, "booked-by-other");
    await choose(opened, "booked-by", "new");
    await fill(opened, "contact-name", "Tom Marsh");
    await expectAccessible();
    await press(opened, "contact-save");
    await answered("booked-by", "Tom Marsh");
    await press(opened, "book-patient-change");
    await fill(opened, "book-pick", "okonk");
    await waitFor(() => expect(screen.getAllByTestId("picker-row")[0]?.textContent).toContain("Okonkwo, Amara"));
    await opened.user.keyboard("{Enter}");
    await answered("book-patient", "Okonkwo");
    await press(opened, "book");
    await screen.findByText(/Booked: Amara Okonkwo/);
    expect(last(opened, "scheduling.book")).not.toHaveProperty("contact");
  });
});

describe("sets of columns", () => {
  it("are one's own, kept with the practice, and can be removed", SLOW, async () => {
    const opened = await openDay();
    await press(opened, "columns-open");
    await press(opened, "column-resource-2");
    await press(opened, "columns-keep");
    await answered("toast", "Kept as set 4, on key 4");
    await opened.user.keyboard("{Escape}");
    expect(opened.fake.world.schedule.columnSets).toEqual([{ number: 4, resources: ["resource-1", "resource-3", "resource-4", "resource-5", "resource-6", "resource-7"] }]);
    // A lock forgets the screen, but not what is kept.
    await unlock(opened);
    await visit("Grace Ann Hallorán");
    expect(screen.getByRole("list", { name: /Osei/ })).toBeTruthy();
    await opened.user.keyboard("4");
    await waitFor(() => expect(screen.queryByRole("list", { name: /Osei/ })).toBeNull());
    await press(opened, "columns-open");
    await press(opened, "columns-drop");
    await opened.user.keyboard("{Escape}");
    await screen.findByRole("list", { name: /Osei/ });
    expect(opened.fake.world.schedule.columnSets).toEqual([]);
  });

  it("say so where they are not kept", SLOW, async () => {
    const opened = await openDay();
    opened.fake.failNext("scheduling.keep_column_sets", { kind: "fault", reference: "F-5" });
    await press(opened, "columns-open");
    await press(opened, "columns-keep");
    await answered("toast", "F-5");
    await gone("columns-4");
  });
});
