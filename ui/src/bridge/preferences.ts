export type Theme = "system" | "light" | "dark" | "contrast";
export type Density = "comfortable" | "compact";
export type Language = "en-US" | "es-US";
/** How this window looks. It names no person and no patient, so it may lie in the web profile. */
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
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // A profile that keeps nothing (the production window) only forgets the look at the next start.
  }
  for (const listener of listeners) listener();
}

function read(): Preferences {
  try {
    return { ...PLAIN, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>) };
  } catch {
    return PLAIN;
  }
}
