import type { ReactNode } from "react";

/** A shortcut, printed on what it does. Screen readers get it from aria-keyshortcuts or the overlay, so it is hidden from them. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="kw-kbd" aria-hidden="true">
      {children}
    </kbd>
  );
}
