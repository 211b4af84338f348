import { screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import type { Role } from "../src/bridge";
import type { Fake } from "../src/bridge/fake";
import { at, callsOf, openWindow, type Opened } from "./window";

/** What a slow machine needs for a long walk, in milliseconds. */
export const SLOW = { timeout: 90_000 };

/** Opens the window where a session begins: at the day. */
export async function openDay(roles: Role[] = ["owner", "physician"], prepare?: (fake: Fake) => void): Promise<Opened> {
  const opened = openWindow("signed_in", roles, prepare, null);
  await at("day-grid");
  return opened;
}

/** What a screen reader says of a part of the grid. */
export const spokenOf = (part: Element | null | undefined): string => part?.getAttribute("aria-label") ?? part?.querySelector(".kw-hidden")?.textContent ?? "";
export const visits = (name: string) => screen.getAllByTestId("visit").filter((one) => spokenOf(one).includes(name));

/** The first block of somebody's visit. */
export const visit = async (name: string): Promise<HTMLElement> => {
  await waitFor(() => expect(visits(name).length).toBeGreaterThan(0));
  return visits(name)[0] as HTMLElement;
};

export const last = (opened: Opened, operation: string) => callsOf(opened, operation).at(-1)?.input as Record<string, never> | undefined;

export async function stand(name: string): Promise<void> {
  (await visit(name)).focus();
}
