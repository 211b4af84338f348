import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The same policy as the window's, so that preview shows a violation before the package does.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; font-src 'self'; connect-src ipc: http://ipc.localhost; " +
  "frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";

export default defineConfig({
  base: "./",
  plugins: [react()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  preview: { port: 4173, strictPort: true, headers: { "Content-Security-Policy": policy } },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 2000 },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts", "tests/matchers.ts"],
    reporters: ["default", "./tests/closing-line.ts"],
    css: false,
    // Left to itself it keeps a core free for whoever types beside it: on two cores that doubles the time.
    maxWorkers: "100%",
    testTimeout: 30000,
    hookTimeout: 30000,
  },
});
