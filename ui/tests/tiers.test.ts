import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const SRC = resolve(import.meta.dirname, "../src");
const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name) && !name.endsWith("generated.ts") && !name.endsWith(".d.ts")).map((name) => name.replaceAll("\\", "/"));
const text = (name: string) => readFileSync(join(SRC, name), "utf8");

/** The part of the tree a file belongs to: "kit", "features/patients". */
function part(name: string): string {
  const pieces = name.split("/");
  return pieces[0] === "features" ? pieces.slice(0, 2).join("/") : (pieces[0] ?? "");
}

function imports(name: string): string[] {
  return [...text(name).matchAll(/(?:from|import\()\s*"([^"]+)"/g)].map((found) => found[1] ?? "");
}

function mayImport(from: string, to: string): boolean {
  if (from === to || from.endsWith(".tsx")) return true;
  if (from === "shell") return true;
  if (from === "kit") return to === "words";
  if (from === "words") return to === "bridge";
  if (from.startsWith("features/")) return to === "kit" || to === "bridge" || to === "words";
  return false;
}

describe("tiers", () => {
  it.each(files)("%s imports only what its tier may", (name) => {
    const own = part(name);
    for (const target of imports(name).filter((one) => one.startsWith("."))) {
      const to = part(relative(SRC, resolve(SRC, name, "..", target)).replaceAll("\\", "/"));
      expect([target, mayImport(own, to)]).toEqual([target, true]);
    }
  });

  it("only the bridge names the desktop's own package", () => {
    const guilty = files.filter((name) => !name.startsWith("bridge/") && imports(name).some((one) => one.startsWith("@tauri-apps")));
    expect(guilty).toEqual([]);
  });

  it("words import nothing of the bridge but its types", () => {
    const guilty = files.filter((name) => name.startsWith("words/") && /import \{[^}]*\} from "\.\.\/bridge/.test(text(name)));
    expect(guilty).toEqual([]);
  });

  it("the kit has no word of any feature", () => {
    const guilty = files.filter((name) => name.startsWith("kit/") && /\b(patient|chart|staff|diagnos|insurance|vault)\w*\b/i.test(text(name).replace(/\/\*\*?[^]*?\*\//g, "").replace(/\/\/.*/g, "")));
    expect(guilty).toEqual([]);
  });
});

describe("size", () => {
  it.each(files)("%s has at most 400 lines", (name) => {
    expect(text(name).split("\n").length).toBeLessThanOrEqual(401);
  });

  it("no function is longer than 60 lines", () => {
    const long = files.flatMap((name) => functionsOf(text(name)).filter((one) => one.lines > 60).map((one) => `${name}: ${one.name} has ${one.lines}`));
    expect(long).toEqual([]);
  });
});

/** Finds functions by their heads at the left margin and their closing brace there. */
function functionsOf(source: string): { name: string; lines: number }[] {
  const lines = source.split("\n");
  const found: { name: string; lines: number }[] = [];
  for (const [start, line] of lines.entries()) {
    const head = /^(?:export )?(?:async )?function (\w+)/.exec(line);
    if (!head || line.trimEnd().endsWith("}")) continue;
    const length = lines.slice(start).findIndex((one) => one === "}");
    found.push({ name: head[1] ?? "", lines: length + 1 });
  }
  return found;
}
