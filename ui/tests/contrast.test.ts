import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(resolve(import.meta.dirname, "../src/kit/tokens.css"), "utf8");
type Tokens = Record<string, string>;

function block(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((one) => [one[1] ?? "", one[2] ?? ""]));
}

const light = block(":root");
const THEMES: Record<string, Tokens> = { light, dark: { ...light, ...block('[data-theme="dark"]') }, contrast: { ...light, ...block('[data-theme="contrast"]') } };

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((place) => {
    const part = Number.parseInt(hex.slice(place, place + 2), 16) / 255;
    return part <= 0.039_28 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["paper", "surface", "raised", "sunken"];
const TEXT: [string, string][] = [
  ...["ink", "ink-2", "ink-3", "accent", "danger"].flatMap((text) => GROUNDS.map((ground): [string, string] => [text, ground])),
  ...["danger", "warn", "ok", "info", "accent"].map((tone): [string, string] => [tone, `${tone}-soft`]),
  ...["ok", "warn", "info"].flatMap((text) => ["paper", "surface", "raised"].map((ground): [string, string] => [text, ground])),
  ...["ink", "ink-2", "ink-3"].map((text): [string, string] => [text, "accent-soft"]),
  ["ink", "warn-soft"],
  ["accent-ink", "accent"],
  ["door-ink", "door"],
  ["alarm-ink", "alarm"],
  ...["booked", "confirmed", "arrived", "roomed", "care", "done", "missed"].map((status): [string, string] => [`st-${status}`, `st-${status}-bg`]),
];
const LINES: [string, string][] = [...GROUNDS.flatMap((ground): [string, string][] => [["focus", ground], ["line-strong", ground]]), ["focus", "accent-soft"]];

describe.each(Object.keys(THEMES))("theme %s", (theme) => {
  const tokens = THEMES[theme] ?? {};
  it.each(TEXT)("%s reads on %s", (text, ground) => {
    expect(Object.keys(tokens)).toEqual(expect.arrayContaining([text, ground]));
    expect(contrast(tokens[text] ?? "", tokens[ground] ?? "")).toBeGreaterThanOrEqual(theme === "contrast" ? 7 : 4.5);
  });
  it.each(LINES)("the line %s shows on %s", (line, ground) => {
    expect(contrast(tokens[line] ?? "", tokens[ground] ?? "")).toBeGreaterThanOrEqual(3);
  });
});

it("knows black on white", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeLessThan(4.5);
});
