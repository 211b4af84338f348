import type { RefObject } from "react";
import { call, type ShellStatus } from "../bridge";
import { collectDrafts, type KeptDraft } from "../kit";

const EVERY = 30_000;

/** Looks at the window's status twice a minute: the trust line stays true, and a lock or a suspension from below is met. */
export function watchStatus(
  setStatus: React.Dispatch<React.SetStateAction<ShellStatus | null>>,
  isOpen: () => boolean,
  leave: (next: "locked" | "signed_out") => void,
  kept: RefObject<KeptDraft[]>,
): () => void {
  const look = async () => {
    if (!isOpen()) return;
    try {
      const seen = await call("shell.status", {});
      // A practice is gone only when somebody has ended it, and whoever did is about to be told how it went.
      if (!isOpen() || seen.state === "absent") return;
      if (seen.state === "locked" || seen.state === "signed_out") {
        kept.current = seen.state === "locked" ? collectDrafts() : [];
        leave(seen.state);
        return;
      }
      setStatus((before) => (before ? { ...seen, session: before.session } : seen));
    } catch {
      // A status that could not be read changes nothing; the next call that matters will say why.
    }
  };
  const timer = setInterval(() => void look(), EVERY);
  return () => clearInterval(timer);
}
