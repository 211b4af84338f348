import { useEffect, useRef } from "react";
import { tinykeys } from "tinykeys";
import { store } from "./store";

export interface Shortcut {
  keys: string;
  shown: string;
  words: string;
  run: () => void;
}

/** The shortcuts of everything mounted, for the overlay. */
export const shortcuts = store<readonly Shortcut[]>([]);

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest("[role=dialog],[role=listbox]") !== null;
}

/** Listens for shortcuts while mounted. A plain letter is left alone where one types; a chord with Ctrl always works. */
export function useShortcuts(own: readonly Shortcut[]): void {
  const latest = useRef(own);
  latest.current = own;
  const signature = own.map((one) => `${one.keys}|${one.words}`).join("\n");
  useEffect(() => {
    const bound = latest.current.map((one, index) => ({ ...one, run: () => latest.current[index]?.run() }));
    shortcuts.set((before) => [...before, ...bound]);
    const map = Object.fromEntries(
      bound.map((one) => [
        one.keys,
        (event: KeyboardEvent) => {
          if (!one.keys.includes("$mod") && typing(event.target)) return;
          event.preventDefault();
          one.run();
        },
      ]),
    );
    const stop = tinykeys(window, map);
    return () => {
      stop();
      shortcuts.set((before) => before.filter((one) => !bound.includes(one)));
    };
  }, [signature]);
}
