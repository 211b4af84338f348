import { useCallback, useEffect, useRef } from "react";
import { store } from "./store";

/** What was typed and not saved yet, by the screen it was typed on. */
export interface KeptDraft {
  screen: string;
  content: string;
}

const writers = new Map<string, () => string | null>();
const settled = new Set<(screen: string) => void>();
/** Drafts whose form is not on the screen: brought back after an unlock, or left when the person went elsewhere. */
export const waitingDrafts = store<readonly KeptDraft[]>([]);

/** Gathers what every open form holds. A form with nothing typed answers null and leaves no draft. */
export function collectDrafts(): KeptDraft[] {
  const open = [...writers.entries()].flatMap(([screen, write]) => {
    const content = write();
    return content === null ? [] : [{ screen, content }];
  });
  const waiting = waitingDrafts.get().filter((draft) => !writers.has(draft.screen));
  return [...waiting, ...open];
}

export function bringBack(drafts: readonly KeptDraft[]): void {
  waitingDrafts.set(drafts.map(({ screen, content }) => ({ screen, content })));
}

/** Ends a draft: it was saved or thrown away, so nobody needs to keep it, sealed or not. */
export function settleDraft(screen: string): void {
  waitingDrafts.set((before) => before.filter((draft) => draft.screen !== screen));
  for (const listener of settled) listener(screen);
}

export function onSettled(listener: (screen: string) => void): () => void {
  settled.add(listener);
  return () => settled.delete(listener);
}

/** Takes part in the keeping of drafts: `write` gives the unsaved content, `restore` puts it back once.
 *  Leaving the screen keeps the draft; the function returned ends it. */
export function useDraft(screen: string, write: () => string | null, restore: (content: string) => void): () => void {
  const latest = useRef({ write, restore });
  latest.current = { write, restore };
  const ended = useRef(false);
  useEffect(() => {
    ended.current = false;
    const waiting = waitingDrafts.get().find((draft) => draft.screen === screen);
    if (waiting) {
      waitingDrafts.set((before) => before.filter((draft) => draft !== waiting));
      latest.current.restore(waiting.content);
    }
    const writer = () => (ended.current ? null : latest.current.write());
    writers.set(screen, writer);
    return () => {
      const content = writer();
      if (writers.get(screen) !== writer) return;
      writers.delete(screen);
      if (content !== null) waitingDrafts.set((before) => [...before.filter((draft) => draft.screen !== screen), { screen, content }]);
    };
  }, [screen]);
  return useCallback(() => {
    ended.current = true;
    settleDraft(screen);
  }, [screen]);
}
