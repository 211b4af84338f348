import type { Output } from "../../bridge";
import { store } from "../../kit";

export type SavedLetter = Output<"shell.save_accounting_letter">;

/** The letters that were saved as files since the sign-in, by request: what was saved is what is delivered. */
export const savedLetters = store<Readonly<Record<string, SavedLetter>>>({});

export function forgetLetters(): void {
  savedLetters.set({});
}
