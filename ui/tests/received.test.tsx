import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { forgetImport } from "../src/features/exchange";
import { prettyJson } from "../src/features/exchange/prettyJson";
import { answered, at, callsOf, expectAccessible, gone, openChart, openWindow, press, tabTo, type Opened } from "./window";

afterEach(forgetImport);

async function openList(prepare?: Parameters<typeof openWindow>[2]): Promise<Opened> {
  const opened = openWindow("signed_in", ["owner", "physician"], prepare);
  await press(opened, "palette-open");
  await opened.user.type(await at("palette-input"), "received{Enter}");
  await at("received-type");
  return opened;
}

/** Types a type into its field and takes it from the list, by the keyboard. */
async function pickType(opened: Opened, type: string): Promise<void> {
  await opened.user.clear(await at("received-type"));
  await opened.user.type(await at("received-type"), type);
  await screen.findByRole("option", { name: type });
  await opened.user.keyboard("{ArrowDown}{Enter}");
}

describe("JSON laid out in lines", () => {
  it.each([
    ['{"a":1.50,"b":[1,2]}', '{\n  "a": 1.50,\n  "b": [\n    1,\n    2\n  ]\n}'],
    ['{"a" : { } , "b":[ ]}', '{\n  "a": {},\n  "b": []\n}'],
    ['{"a":"x,{\\"y\\":[1]}\\\\"}', '{\n  "a": "x,{\\"y\\":[1]}\\\\"\n}'],
    ['"alone"', '"alone"'],
    ["12345678901234567890.10", "12345678901234567890.10"],
    ['{"cut":"of', '{\n  "cut": "of'],
    ["}}", "\n}\n}"],
    ["", ""],
  ])("lays out %s", (json, lines) => {
    expect(prettyJson(json)).toBe(lines);
  });

  it("shows the signs that turn the direction of writing, and means the same", () => {
    const json = '{"a":"safe\u202Eevil"}';
    expect(prettyJson(json)).toContain("\\u202e");
    expect(JSON.parse(prettyJson(json))).toEqual(JSON.parse(json));
  });
});

describe("what was received, in the chart", () => {
  it("is a part of it where there is any, and opens as text", async () => {
    const opened = openWindow();
    await openChart(opened, "07KX3");
    await press(opened, "tab-received");
    expect(await screen.findAllByTestId("received-row")).toHaveLength(3);
    await answered("received-foot", "3 items");
    (await at("received-rows")).focus();
    await opened.user.keyboard("{ArrowDown}{Enter}");
    await answered("received-json", '"value": 71.50');
    expect((await at("received-json")).querySelector("b")).toBeNull();
    expect((await at("received-json")).textContent).toContain("<b>clothed</b>");
    expect(screen.queryByTestId("received-chart")).toBeNull();
    await expectAccessible();
    await opened.user.keyboard("{Escape}");
    await gone("received-flyout");
    expect(document.activeElement).toBe(await at("received-rows"));
  });

  it("is not there where nothing was received, or without the right", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => {
      world.received = [];
    });
    await openChart(opened, "07KX3");
    await waitFor(() => expect(callsOf(opened, "exchange.received")).toHaveLength(1));
    expect(screen.queryByTestId("tab-received")).toBeNull();
  });

  it("asks nothing for the front desk", async () => {
    const opened = openWindow("signed_in", ["receptionist"]);
    await openChart(opened, "07KX3");
    expect(callsOf(opened, "exchange.received")).toEqual([]);
  });

  it("says quietly that the key is missing", async () => {
    const opened = openWindow("signed_in", ["owner"], ({ world }) => {
      world.receivedClosed = true;
    });
    await openChart(opened, "07KX3");
    await press(opened, "tab-received");
    await answered("received-closed", "your role has no key to them");
    expect(screen.queryByRole("alert")).toBeNull();
    await expectAccessible();
  });
});

describe("the list of everything received", () => {
  it("goes on page by page, to the end", async () => {
    const opened = await openList();
    await screen.findAllByTestId("received-row");
    await answered("received-foot", "200 items so far");
    await expectAccessible();
    await press(opened, "received-more");
    await answered("received-foot", "243 items");
    await gone("received-more");
    expect(callsOf(opened, "exchange.received").map((one) => one.input)).toEqual([{ after: null }, { after: "200" }]);
  });

  it("looks for one type through pages that have none of it", async () => {
    const opened = await openList();
    await screen.findAllByTestId("received-row");
    await pickType(opened, "Organization");
    await answered("received-foot", "1 item");
    expect(callsOf(opened, "exchange.received").filter((one) => (one.input as { resource_type?: string }).resource_type === "Organization")).toHaveLength(2);
    const [row] = await screen.findAllByTestId("received-row");
    expect(row).toHaveTextContent("No identifier");
    await opened.user.click(row as HTMLElement);
    await answered("received-flyout", "Of no patient here");
  });

  it("says where there is nothing", async () => {
    const opened = await openList(({ world }) => {
      world.received = [];
    });
    await screen.findByText("Nothing was received");
    await expectAccessible();
    await pickType(opened, "Flag");
    await screen.findByText("Nothing of this type");
  });

  it("copies by the keyboard, says so, and leads to the chart", async () => {
    const opened = await openList();
    await opened.user.click((await screen.findAllByTestId("received-row"))[0] as HTMLElement);
    await tabTo(opened, "received-json");
    await opened.user.keyboard("{Control>}a{/Control}");
    expect(window.getSelection()?.toString()).toContain("AllergyIntolerance");
    expect(window.getSelection()?.toString()).not.toContain("Open the chart");
    await tabTo(opened, "received-copy");
    await opened.user.keyboard("{Enter}");
    await answered("received-said", "Copied");
    expect(await navigator.clipboard.readText()).toBe((await at("received-json")).textContent);
    await press(opened, "received-chart");
    await at("chart-banner");
  });

  it("says quietly that it may not be shown", async () => {
    await openList(({ world }) => {
      world.receivedClosed = true;
    });
    await answered("received-closed", "This cannot be shown to you.");
  });

  it("is reached by its type from the report of an import", async () => {
    const opened = openWindow("signed_in", ["owner"]);
    await press(opened, "patients-import");
    await press(opened, "import-choose");
    await press(opened, "import-run");
    await press(opened, "import-kept-Coverage");
    await answered("received-foot", "1 item");
    expect(((await at("received-type")) as HTMLInputElement).value).toBe("Coverage");
  });
});
