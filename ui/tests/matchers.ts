import { expect } from "vitest";

expect.extend({
  toHaveTextContent(node: Element, text: string) {
    const seen = node.textContent ?? "";
    return { pass: seen.includes(text), message: () => `expected "${seen}" to contain "${text}"` };
  },
});

declare module "vitest" {
  // oxlint-disable-next-line no-unused-vars
  interface Matchers<T> {
    toHaveTextContent: (text: string) => void;
  }
}
