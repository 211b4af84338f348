import type { QueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { call, callAs, failureOf, onFailure, type SecondFactor, type SessionView, type ShellStatus } from "../bridge";
import { bringBack, collectDrafts, onSettled, toast, type KeptDraft } from "../kit";
import { failureWords } from "../words";
import type { Door } from "./door";
import { forgetEverything } from "./leave";
import { watchStatus } from "./watch";

export interface DoorParts {
  cache: QueryClient;
  status: ShellStatus;
  setStatus: React.Dispatch<React.SetStateAction<ShellStatus | null>>;
  refresh: () => Promise<void>;
}

export interface DoorState {
  door: Door;
  entered: (session: SessionView, second?: SecondFactor) => void;
  /** The second factor that came with an invitation or a recovery and is not proved yet. */
  factor: SecondFactor | null;
  /** The practice has ended on this computer: nothing of it is kept. */
  closed: () => void;
  /** Where to come back to; nothing where somebody comes in anew. */
  place: () => string | null;
  /** How many drafts wait in memory because Rust locked by itself. */
  kept: () => number;
}

/** Coming in and going out: what is kept, what is dropped, and in which order. */
export function useDoor({ cache, status, setStatus, refresh }: DoorParts): DoorState {
  const [factor, setFactor] = useState<SecondFactor | null>(null);
  const place = useRef<string | null>(null);
  const kept = useRef<KeptDraft[]>([]);
  const state = useRef(status.state);
  state.current = status.state;
  const entered = useCallback(
    (session: SessionView, second?: SecondFactor) => {
      callAs(session.roles);
      setFactor(second ?? null);
      bringBack([...session.drafts.filter((draft) => !kept.current.some((one) => one.screen === draft.screen)), ...kept.current]);
      kept.current = [];
      setStatus((before) => (before ? { ...before, state: "signed_in", session } : before));
      void refresh();
    },
    [setStatus, refresh],
  );
  const leave = useCallback(
    (next: "locked" | "signed_out" | "absent") => {
      forgetEverything(cache);
      setStatus((before) => (before ? { ...before, state: next, session: null, locked_user: before.session?.display_name ?? before.locked_user } : before));
      void refresh();
    },
    [cache, setStatus, refresh],
  );
  const closed = useCallback(() => {
    place.current = null;
    kept.current = [];
    leave("absent");
  }, [leave]);
  useEffect(
    () =>
      onFailure((failure) => {
        if (state.current !== "signed_in" || (failure.kind !== "locked" && failure.kind !== "signed_out")) return;
        // Rust locked by itself (sleep, say): its keys are gone, so the typing can only wait here.
        kept.current = failure.kind === "locked" ? collectDrafts() : [];
        leave(failure.kind);
      }),
    [leave],
  );
  useEffect(() => watchStatus(setStatus, () => state.current === "signed_in", leave, kept), [setStatus, leave]);
  useSealedDrafts(status.state === "signed_in" ? status.session : null);
  const door = useMemo(() => makeDoor(leave, () => state.current, place, kept), [leave]);
  return { door, entered, closed, factor, place: () => place.current, kept: () => kept.current.length };
}

function makeDoor(leave: (next: "locked" | "signed_out") => void, state: () => ShellStatus["state"], place: { current: string | null }, kept: { current: KeptDraft[] }): Door {
  return {
    lock: async () => {
      if (state() !== "signed_in") return;
      try {
        await call("identity.lock", { drafts: collectDrafts() });
        leave("locked");
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (failure.kind === "refused" || failure.kind === "fault") toast(failureWords(failure), { tone: "danger" });
      }
    },
    signOut: async () => {
      try {
        await call("identity.sign_out", {});
      } catch {
        // Rust has no session to close any more, which is what was wanted; the status says how things stand.
      }
      place.current = null;
      kept.current = [];
      leave("signed_out");
    },
    remember: (path) => {
      place.current = path;
    },
  };
}

/** Tells the vault when a draft it sealed has been saved or thrown away. */
function useSealedDrafts(session: SessionView | null): void {
  const sealed = useRef<Set<string>>(new Set());
  useEffect(() => {
    sealed.current = new Set((session?.drafts ?? []).map((draft) => draft.screen));
  }, [session]);
  useEffect(
    () =>
      onSettled((screen) => {
        if (!sealed.current.delete(screen)) return;
        call("identity.discard_draft", { screen }).catch(() => {
          // The draft only comes back once more at the next unlock; nothing is lost by that.
        });
      }),
    [],
  );
}
