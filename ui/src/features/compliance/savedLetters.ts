import type { Output } from "../../bridge";
import { store } from "../../kit";

export type SavedLetter = Output<"shell.save_accounting_letter">;

/** The letters that were saved as files since the sign-in, by request: what was saved is what is delivered. */
export const savedLetters = store<Readonly<Record<string, SavedLetter>>>({});

/** The records that were written since the sign-in, by patient: what was written is what is handed over. */
export const writtenRecords = store<Readonly<Record<string, SavedLetter>>>({});

export function forgetLetters(): void {
  savedLetters.set({});
  writtenRecords.set({});
}
