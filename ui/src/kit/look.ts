import { store } from "./store";

/** How dense the window is drawn; the shell sets it from the preferences. */
export const look = store<{ density: "comfortable" | "compact" }>({ density: "comfortable" });
