import { createContext } from "react";

/** What the frame may do about the session it stands in. */
export interface Door {
  lock: () => Promise<void>;
  signOut: () => Promise<void>;
  /** Keeps the path, so that an unlock comes back to the very same place. */
  remember: (path: string) => void;
}

export const DoorContext = createContext<Door>({ lock: async () => {}, signOut: async () => {}, remember: () => {} });
