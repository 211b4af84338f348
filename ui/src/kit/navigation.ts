import { createContext, use } from "react";

/** Where one is and how to go elsewhere. The paths live in memory only and carry record ids, never a name. */
export interface Navigation {
  here: string;
  go: (path: string) => void;
  back: () => void;
}

export const NavigationContext = createContext<Navigation>({ here: "/", go: () => {}, back: () => {} });

export function useGo(): Navigation {
  return use(NavigationContext);
}
