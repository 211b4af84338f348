import { createContext, use } from "react";
import type { SessionView } from "./generated";

export const SessionContext = createContext<SessionView | null>(null);

/** Returns the open session. A screen is only ever mounted inside one. */
export function useSession(): SessionView {
  const session = use(SessionContext);
  if (session === null) throw new Error("no session");
  return session;
}

/** Returns whether the session may call an operation. Rust decides again; this only spares people dead buttons. */
export function useMay(): (operation: string) => boolean {
  const { operations } = useSession();
  return (operation) => operations.includes(operation);
}
