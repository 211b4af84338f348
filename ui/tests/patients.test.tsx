import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { at, expectAccessible, gone, openChart, openWindow, press, typeInto, type Opened } from "./window";

const inputs = (opened: Opened, operation: string) => opened.fake.calls.filter((one) => one.operation === operation).map((one) => one.input as Record<string, unknown>);

async function fillIn(opened: Opened, family: string, given: string, birth: string): Promise<void> {
  await typeInto(opened, "form-family", family);
  await typeInto(opened, "form-given", given);
  await typeInto(opened, "form-birth", birth);
  await press(opened, "form-sex-F");
}

describe("search", () => {
  it("teaches, then finds as one types, and opens only what is chosen", async () => {
    const opened = openWindow("signed_in", ["owner", "physician"]);
    await at("patient-search");
    expect(document.body.textContent).toContain("Type any part of what you know");
    await expectAccessible();
    await typeInto(opened, "patient-search", "ada");
    // Rows come with the first letter; those of the whole word are there when nothing more is on its way.
    await waitFor(() => expect(screen.getByTestId("search-count").getAttribute("aria-busy")).toBe("false"));
    const rows = await screen.findAllByTestId("search-row");
    expect(rows.length).toBeGreaterThan(1);
    await expectAccessible();
    expect(screen.queryByTestId("chart-banner")).toBeNull();
    const visits = new Set(inputs(opened, "patients.search").map((one) => one["visit"]));
    expect(visits.size).toBe(1);
    expect([...visits][0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(opened.fake.calls.find((one) => one.operation === "patients.search")?.purpose).toBe("treatment");
    await opened.user.type(await at("patient-search"), "{ArrowDown}{Enter}");
    const second = rows[1]?.textContent ?? "";
    expect(second).toContain((await at("chart-name")).textContent ?? "-");
  });

  it("says so when nobody is found", async () => {
    const opened = openWindow();
    await typeInto(opened, "patient-search", "zzzz");
    await screen.findByText("Nobody found");
  });

  it("finds from the palette too", async () => {
    const opened = openWindow();
    await at("patient-search");
    await opened.user.keyboard("{Control>}k{/Control}");
    await typeInto(opened, "palette-input", "gra hall");
    await screen.findByText("Hallorán, Grace Ann");
    await expectAccessible();
    await opened.user.type(await at("palette-input"), "{Enter}");
    expect(await at("chart-name")).toHaveTextContent("Hallorán");
  });

  it("answers G L and the question mark", async () => {
    const opened = openWindow();
    await press(opened, "nav-settings");
    await opened.user.keyboard("gl");
    await at("log-proof");
    await opened.user.keyboard("{Shift>}?{/Shift}");
    expect(await at("shortcuts")).toHaveTextContent("Ctrl L");
  });
});

describe("registration", () => {
  it("shows what is missing beside the fields and in a linked summary", async () => {
    const opened = openWindow();
    await press(opened, "patients-new");
    await press(opened, "form-save");
    const summary = await at("error-summary");
    expect(summary).toHaveTextContent("4 things stand in the way");
    await expectAccessible();
    await opened.user.click(within(summary).getByText(/Given names/));
    expect(document.activeElement).toBe(await at("form-given"));
    expect(inputs(opened, "patients.register")).toEqual([]);
  });

  it("puts a refusal from Rust on its own field", async () => {
    const opened = openWindow();
    await press(opened, "patients-new");
    await fillIn(opened, "Newman", "Nell", "3/4/70");
    await typeInto(opened, "form-channel-0", "12");
    await press(opened, "form-save");
    await waitFor(async () => expect((await at("form-channel-0")).closest(".kw-field")).toHaveTextContent("Enter a phone number with its area code"));
    await typeInto(opened, "form-channel-0", "608 555 0100");
    await opened.user.keyboard("{Control>}{Enter}{/Control}");
    await at("chart-banner");
    expect(inputs(opened, "patients.register").at(-1)).toMatchObject({ date_of_birth: "1970-03-04", administrative_sex: "F" });
    await gone("unfinished");
  });

  it("lays a possible duplicate beside what was typed, and registers anyway only with a reason", async () => {
    const opened = openWindow();
    await press(opened, "patients-new");
    await fillIn(opened, "Hallorán", "Grace", "4/2/1961");
    await press(opened, "form-save");
    const panel = await at("duplicates");
    expect(panel).toHaveTextContent("MRN-2024-07KX3");
    expect(panel).toHaveTextContent("Agrees: name, date of birth, sex on claims");
    await expectAccessible();
    expect((await at("duplicate-override")).hasAttribute("data-disabled")).toBe(true);
    await typeInto(opened, "duplicate-reason", "Her cousin, same birthday");
    await press(opened, "duplicate-override");
    await at("chart-banner");
    expect(inputs(opened, "patients.register").at(-1)).toMatchObject({ duplicate_override: "Her cousin, same birthday" });
  });

  it("opens the existing patient instead", async () => {
    const opened = openWindow();
    await press(opened, "patients-new");
    await fillIn(opened, "Hallorán", "Grace", "4/2/1961");
    await press(opened, "form-save");
    await press(opened, "duplicate-open");
    expect(await at("chart-mrn")).toHaveTextContent("MRN-2024-07KX3");
  });

  it("moves on with Enter and never loses typing on the way elsewhere", async () => {
    const opened = openWindow();
    await press(opened, "patients-new");
    await typeInto(opened, "form-family", "Walker");
    await opened.user.keyboard("{Enter}");
    expect(document.activeElement).toBe(await at("form-given"));
    await press(opened, "nav-settings");
    await press(opened, "unfinished");
    await waitFor(async () => expect(((await at("form-family")) as HTMLInputElement).value).toBe("Walker"));
    await press(opened, "form-cancel");
    await press(opened, "toast-undo");
    await waitFor(async () => expect(((await at("form-family")) as HTMLInputElement).value).toBe("Walker"));
  });
});

describe("the chart", () => {
  it("shows two identifiers, versions and who looked", async () => {
    const opened = openWindow("signed_in", ["owner", "physician"]);
    await openChart(opened, "gra hall");
    expect(await at("chart-banner")).toHaveTextContent("Apr 2, 1961");
    expect(await at("chart-mrn")).toHaveTextContent("MRN-2024-07KX3");
    await expectAccessible();
    await press(opened, "tab-versions");
    const [first] = await screen.findAllByTestId("version-show");
    await opened.user.click(first as HTMLElement);
    expect(await at("as-of")).toHaveTextContent("version 1 of 2");
    expect(screen.queryByTestId("chart-correct")).toBeNull();
    await expectAccessible();
    await press(opened, "as-of-now");
    await press(opened, "tab-looked");
    await screen.findAllByTestId("log-row");
    await expectAccessible();
  });

  it("keeps the typing when somebody else was faster", async () => {
    const opened = openWindow();
    await openChart(opened, "gra hall");
    await press(opened, "chart-correct");
    await typeInto(opened, "form-pronouns", "they/them");
    const patient = opened.fake.world.patients[0];
    patient?.versions.push({ ...(patient.versions[0] as (typeof patient.versions)[number]) });
    await press(opened, "form-save");
    await at("stale");
    expect(((await at("form-pronouns")) as HTMLInputElement).value).toBe("they/them");
    await expectAccessible();
    await press(opened, "stale-again");
    await waitFor(() => expect(screen.queryByTestId("stale")).toBeNull());
    await press(opened, "form-save");
    expect(await at("chart-banner")).toHaveTextContent("they/them");
    expect(inputs(opened, "patients.correct").map((one) => one["expected_version"])).toEqual([2, 3]);
  });

  it("gives the front desk and the biller their own cards, and no chart", async () => {
    const desk = openWindow("signed_in", ["receptionist"]);
    await openChart(desk, "gra hall");
    expect(inputs(desk, "patients.chart")).toEqual([]);
    expect(inputs(desk, "patients.front_desk_card")).toHaveLength(1);
    expect(screen.queryByTestId("nav-log")).toBeNull();
    await expectAccessible();
  });

  it("states payment for the biller's card", async () => {
    const biller = openWindow("signed_in", ["biller"]);
    await openChart(biller, "gra hall");
    expect(biller.fake.calls.find((one) => one.operation === "patients.billing_card")?.purpose).toBe("payment");
    await expectAccessible();
  });

  it("merges two records by two people and can undo it", async () => {
    const opened = openWindow();
    await openChart(opened, "gra hall");
    await press(opened, "chart-more");
    await press(opened, "chart-merge");
    await typeInto(opened, "merge-pick", "hall graham");
    await opened.user.click((await screen.findAllByTestId("picker-row"))[0] as HTMLElement);
    await typeInto(opened, "merge-reason", "Same card and phone");
    await expectAccessible();
    await press(opened, "merge-propose");
    expect(await at("merge-row")).toHaveTextContent("Same card and phone");
    await press(opened, "merge-confirm");
    await press(opened, "merge-undo");
    await waitFor(async () => expect(await at("merge-row")).toHaveTextContent("Undone"));
  });

  it("notes a restriction", async () => {
    const opened = openWindow();
    await openChart(opened, "gra hall");
    await press(opened, "chart-more");
    await press(opened, "chart-restriction");
    await typeInto(opened, "restriction-text", "Nothing to her sister");
    await expectAccessible();
    await press(opened, "chart-dialog-save");
    await waitFor(async () => expect(await at("chart-banner")).toHaveTextContent("Nothing to her sister"));
  });
});
