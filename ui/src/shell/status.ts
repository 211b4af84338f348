import { createContext, use } from "react";
import type { ShellStatus } from "../bridge";

export const StatusContext = createContext<ShellStatus | null>(null);

export function useShellStatus(): ShellStatus | null {
  return use(StatusContext);
}
