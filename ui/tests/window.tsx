import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { expect } from "vitest";
import type { Role } from "../src/bridge";
import { fakeBackend, type Fake } from "../src/bridge/fake";
import { held } from "../src/bridge/fake/steps";
import { App } from "../src/shell/App";

export interface Opened {
  fake: Fake;
  user: ReturnType<typeof userEvent.setup>;
}

/** Opens the whole window over the fake backend, at the patients where nothing else is said: most journeys begin there. Null begins where a session does. */
export function openWindow(state?: Fake["world"]["state"], roles?: Role[], prepare?: (fake: Fake) => void, start: string | null = "/patients"): Opened {
  const fake = fakeBackend(state, roles);
  prepare?.(fake);
  const user = userEvent.setup({ delay: null });
  render(<App {...(start ? { start } : {})} />);
  return { fake, user };
}

export const at = (id: string) => screen.findByTestId(id, undefined, { timeout: 5000 });

/** Waits until nothing on the screen has this id: what an answer takes away goes a moment after the answer. */
export const gone = (id: string) => waitFor(() => expect(screen.queryByTestId(id)).toBeNull());

/** Long work of the fake stands still in these phases until each is let go. */
export const hold = (...phases: string[]) => phases.forEach((phase) => held.add(phase));
export const letGo = (phase: string) => held.delete(phase);

/** Waits until work is over: what one test leaves standing would answer in the next one. */
export const ended = (running: () => boolean) =>
  waitFor(() => {
    if (running()) throw new Error("it still runs");
  });

export async function typeInto(opened: Opened, id: string, text: string): Promise<void> {
  const field = await at(id);
  await opened.user.clear(field);
  await opened.user.type(field, text);
}

export async function press(opened: Opened, id: string): Promise<void> {
  await opened.user.click(await at(id));
}

/** Searches, waits for the rows and opens the first one by the keyboard. */
export async function openChart(opened: Opened, query: string): Promise<void> {
  await typeInto(opened, "patient-search", query);
  await screen.findAllByTestId("search-row");
  await waitFor(() => expect(opened.fake.calls.some((one) => one.operation === "patients.search" && (one.input as { query: string }).query === query)).toBe(true));
  // Enter is not answered while newer rows are on their way, and the screen says so itself.
  await waitFor(() => expect(screen.getByTestId("search-count").getAttribute("aria-busy")).toBe("false"));
  await opened.user.type(await at("patient-search"), "{Enter}");
  await at("chart-banner");
}

/** Contrast is left to the token test and to a painted window: jsdom paints nothing. */
export async function expectAccessible(): Promise<void> {
  const { violations } = await axe.run(document.body, { rules: { "color-contrast": { enabled: false }, region: { enabled: false }, "target-size": { enabled: false } } });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`)).toEqual([]);
}

export const PASSPHRASE = "correct horse battery staple";

/** Waits until a control says these words. */
export const answered = async (id: string, words: string) => waitFor(() => expect(screen.getByTestId(id)).toHaveTextContent(words), { timeout: 5000 });

/** Waits until the field around a control says what stands in its way. */
export const refusedAt = async (id: string, words: string) => waitFor(() => expect(screen.getByTestId(id).closest(".kw-field")).toHaveTextContent(words), { timeout: 5000 });

export const callsOf = (opened: Opened, operation: string) => opened.fake.calls.filter((one) => one.operation === operation);

/** Opens a list under a field and takes one of it. */
export async function choose(opened: Opened, id: string, option: string): Promise<void> {
  await press(opened, id);
  await press(opened, `option-${option}`);
}

/** Walks by the tabulator until a control has the focus. */
export async function tabTo(opened: Opened, id: string): Promise<void> {
  await at(id);
  for (let step = 0; step < 90; step += 1) {
    if (document.activeElement?.getAttribute("data-testid") === id) return;
    // One step after the other is what walking is.
    // oxlint-disable-next-line no-await-in-loop
    await opened.user.tab();
  }
  throw new Error(`${id} is out of reach`);
}

/** Fills a field at once, as pasting does: what is typed letter by letter costs a slow machine a second a line. */
export async function fill(opened: Opened, id: string, text: string): Promise<void> {
  const field = await at(id);
  await opened.user.clear(field);
  await opened.user.click(field);
  await opened.user.paste(text);
}
