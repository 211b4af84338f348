import type { QueryClient } from "@tanstack/react-query";
import { bringBack, clearToasts } from "../kit";
import { forgetHandedOutAll, forgetLetters } from "../features/compliance";
import { forgetBackups, forgetDeidentified, forgetDowntime, forgetEnding, forgetImport, forgetTakeBack } from "../features/exchange";
import { forgetReseal } from "../features/identity";
import { forgetSearch } from "../features/patients";
import { forgetDay, forgetResettling } from "../features/scheduling";

/** Drops everything the window knows about patients, as far as JavaScript can. The routes are unmounted by the caller's state. */
export function forgetEverything(cache: QueryClient): void {
  cache.clear();
  bringBack([]);
  clearToasts();
  forgetSearch();
  forgetDay();
  forgetResettling();
  forgetImport();
  forgetTakeBack();
  forgetBackups();
  forgetDowntime();
  forgetHandedOutAll();
  forgetDeidentified();
  forgetEnding();
  forgetLetters();
  forgetReseal();
}
