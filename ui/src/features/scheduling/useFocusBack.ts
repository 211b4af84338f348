import { useEffect, useRef, type RefObject } from "react";

/** A part of a flyout that closes takes the focus with it to nowhere, and Escape with that. This gives it to what stands there now. */
export function useFocusBack(isOpen: boolean): RefObject<HTMLElement | null> {
  const part = useRef<HTMLElement>(null);
  const had = useRef(isOpen);
  useEffect(() => {
    if (had.current && !isOpen && document.activeElement === document.body) {
      const next = part.current?.querySelector<HTMLElement>("button:not([disabled])") ?? part.current?.closest<HTMLElement>("aside");
      next?.focus();
    }
    had.current = isOpen;
  }, [isOpen]);
  return part;
}
