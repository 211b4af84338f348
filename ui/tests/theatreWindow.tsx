import { screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";
import type { Role } from "../src/bridge";
import type { Fake } from "../src/bridge/fake";
import { makeTheatres } from "../src/bridge/fake/theatre";
import { spokenOf } from "./dayWindow";
import { at, openWindow, type Opened } from "./window";

/** Opens the window at the theatres of a practice that has two. */
export async function openTheatre(roles: Role[] = ["owner", "physician"], prepare?: (fake: Fake) => void): Promise<Opened> {
  const opened = openWindow("signed_in", roles, (fake) => { makeTheatres(fake.world); prepare?.(fake); }, "/day/theatre");
  await at("theatre");
  return opened;
}

export const reservations = (name: string) => screen.queryAllByTestId("reservation").filter((one) => spokenOf(one).includes(name));

/** The block of somebody's reservation. */
export const reservation = async (name: string): Promise<HTMLElement> => {
  await waitFor(() => expect(reservations(name).length).toBeGreaterThan(0));
  return reservations(name)[0] as HTMLElement;
};

/** The card of somebody who has no theatre yet. */
export const waiting = (name: string): HTMLElement | undefined => screen.queryAllByTestId("unplaced-case").find((one) => one.textContent?.includes(name));
