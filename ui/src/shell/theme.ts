import { useEffect, useSyncExternalStore } from "react";
import { onPreferences, preferences, type Preferences } from "../bridge";
import { look } from "../kit";
import { speak } from "../words";

/** Finds the theme to draw: the person's choice, or what the system asks for. */
export function themeFor(choice: Preferences["theme"], dark: boolean, moreContrast: boolean): "light" | "dark" | "contrast" {
  if (choice !== "system") return choice;
  if (moreContrast) return "contrast";
  return dark ? "dark" : "light";
}

/** Keeps the document's theme, density and language the way the person chose. */
export function useLook(): void {
  const chosen = useSyncExternalStore(onPreferences, preferences);
  useEffect(() => {
    const dark = window.matchMedia?.("(prefers-color-scheme: dark)");
    const contrast = window.matchMedia?.("(prefers-contrast: more)");
    const draw = () => {
      document.documentElement.dataset["theme"] = themeFor(chosen.theme, dark?.matches ?? false, contrast?.matches ?? false);
    };
    draw();
    dark?.addEventListener("change", draw);
    contrast?.addEventListener("change", draw);
    return () => {
      dark?.removeEventListener("change", draw);
      contrast?.removeEventListener("change", draw);
    };
  }, [chosen.theme]);
  useEffect(() => {
    document.documentElement.dataset["density"] = chosen.density;
    look.set({ density: chosen.density });
  }, [chosen.density]);
  useEffect(() => void speak(chosen.language), [chosen.language]);
}
