import { afterEach, describe, expect, it, vi } from "vitest";

/** Loads the module as a window does whose program said how it looked last. */
async function withLook(look: unknown) {
  vi.resetModules();
  Object.defineProperty(window, "keepwellLook", { value: look, configurable: true });
  const asked: unknown[] = [];
  const { carryBy } = await import("../src/bridge/call");
  carryBy(({ operation, input }) => {
    asked.push([operation, input]);
    return Promise.resolve(null);
  });
  return { ...(await import("../src/bridge/preferences")), asked };
}

afterEach(() => {
  delete (window as { keepwellLook?: unknown }).keepwellLook;
  vi.resetModules();
});

describe("how the window looks", () => {
  it("is as it was last, from the first moment", async () => {
    const { preferences } = await withLook({ theme: "dark", density: "compact", language: "es-US" });
    expect(preferences()).toEqual({ theme: "dark", density: "compact", language: "es-US" });
  });

  it("is kept by the program, and nowhere in the page", async () => {
    const { prefer, preferences, asked } = await withLook({ theme: "system", density: "comfortable", language: "en-US" });
    prefer({ language: "es-US" });
    expect(preferences().language).toBe("es-US");
    expect(asked).toEqual([["shell.keep_look", { theme: "system", density: "comfortable", language: "es-US" }]]);
    expect(localStorage.length).toBe(0);
  });

  it("stays for this window where it could not be kept", async () => {
    const { prefer, preferences } = await withLook({ theme: "system", density: "comfortable", language: "en-US" });
    const { carryBy } = await import("../src/bridge/call");
    carryBy(() => Promise.reject(new Error("the disk is full")));
    prefer({ theme: "dark" });
    expect(preferences().theme).toBe("dark");
  });
});
