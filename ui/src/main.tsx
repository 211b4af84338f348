import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/jetbrains-mono/index.css";
import "./kit/tokens.css";
import "./kit/kit.css";
import "./shell/shell.css";
import { createRoot } from "react-dom/client";
import { preferences } from "./bridge";
import { App } from "./shell/App";
import { loadWords } from "./words";

async function start(): Promise<void> {
  // A release is built in the mode "production", and this whole branch is left out of it.
  if (import.meta.env.MODE !== "production" && new URLSearchParams(location.search).has("fake")) {
    const { pretend } = await import("./bridge/fake");
    pretend(new URLSearchParams(location.search));
  }
  await loadWords(preferences().language);
  const place = document.getElementById("root");
  if (place) createRoot(place).render(<App />);
}

void start();
