import { store } from "../../kit";

/** What was last typed into the search, so that coming back from a chart finds the list again. It is wiped at lock. */
export const sought = store("");

export function forgetSearch(): void {
  sought.set("");
}
