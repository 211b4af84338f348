import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeAll, vi } from "vitest";
import { held } from "../src/bridge/fake/steps";
import { forgetDay } from "../src/features/scheduling/daySeen";
import { forgetResettling } from "../src/features/scheduling/resettle";
import { bringBack, clearToasts, jobs } from "../src/kit";
import { loadWords } from "../src/words";

// jsdom lays nothing out; the lists need a height to know which rows to draw.
Object.defineProperty(HTMLElement.prototype, "offsetHeight", { configurable: true, value: 600 });
Object.defineProperty(HTMLElement.prototype, "offsetWidth", { configurable: true, value: 1000 });
Object.defineProperty(Element.prototype, "clientHeight", { configurable: true, value: 600 });
Object.defineProperty(Element.prototype, "clientWidth", { configurable: true, value: 1000 });
Object.defineProperty(HTMLElement.prototype, "getAnimations", { configurable: true, value: () => [] });
window.scrollTo = () => {};
Element.prototype.scrollTo ??= () => {};
globalThis.CSS ??= { escape: (text: string) => text.replace(/[^\w-]/g, (one) => `\\${one}`) } as typeof CSS;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
window.matchMedia ??= ((query: string) => ({ matches: false, media: query, addEventListener: () => {}, removeEventListener: () => {} })) as never;
URL.createObjectURL ??= () => "blob:picture";
URL.revokeObjectURL ??= () => {};

configure({ asyncUtilTimeout: 8000, getElementError: (message) => new Error(message ?? "not found") });

beforeAll(() => loadWords("en-US"));

afterEach(() => {
  cleanup();
  held.clear();
  bringBack([]);
  forgetDay();
  forgetResettling();
  clearToasts();
  jobs.set([]);
  localStorage.clear();
  vi.useRealTimers();
});
