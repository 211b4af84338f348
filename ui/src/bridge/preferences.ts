import { call } from "./call";

export type Theme = "system" | "light" | "dark" | "contrast";
export type Density = "comfortable" | "compact";
export type Language = "en-US" | "es-US";
declare global {
  interface Window {
    /** How the window looked last (src-tauri/app/look.rs). */
    readonly keepwellLook?: Preferences;
  }
}

/** How this window looks. It names no person and no patient, so it may lie beside the store in clear. */
export interface Preferences {
  theme: Theme;
  density: Density;
  language: Language;
}

const KEY = "keepwell.look";
const PLAIN: Preferences = { theme: "system", density: "comfortable", language: "en-US" };

let current: Preferences = read();
const listeners = new Set<() => void>();

export function preferences(): Preferences {
  return current;
}

export function onPreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function prefer(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  // Whether it is kept or not, the window looks so until it closes; a failure was told to whoever listens.
  if (window.keepwellLook) void call("shell.keep_look", current).catch(() => {});
  else localStorage.setItem(KEY, JSON.stringify(current));
  for (const listener of listeners) listener();
}

/** What the program says before the page begins; a browser that shows a preview keeps it by itself. */
function read(): Preferences {
  return { ...PLAIN, ...(window.keepwellLook ?? (JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>)) };
}
