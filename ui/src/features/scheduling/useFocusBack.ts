import { useEffect, useRef, type RefObject } from "react";

/**
 * A part of a flyout that opens or closes takes away what had the focus, and Escape with that. Whenever how it stands
 * changes so, this gives the focus to what stands there now.
 */
export function useFocusBack<E extends HTMLElement = HTMLElement>(standing: string): RefObject<E | null> {
  const part = useRef<E>(null);
  const before = useRef(standing);
  useEffect(() => {
    if (before.current !== standing && document.activeElement === document.body) {
      const next = part.current?.querySelector<HTMLElement>("button:not([disabled])") ?? part.current?.closest<HTMLElement>("aside");
      next?.focus();
    }
    before.current = standing;
  }, [standing]);
  return part;
}
