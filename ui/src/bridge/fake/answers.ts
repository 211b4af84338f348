import type { Failure, Operations, Progress, Purpose, ShellCalls, RefusalCode } from "../generated";
import { dice } from "./people";
import type { World } from "./world";

/** What came with a call beside its input. */
export interface Asked {
  purpose: Purpose | null;
  reason: string | null;
  onProgress: (progress: Progress) => void;
}

type All = Operations & ShellCalls;
/** One answer for each call of one feature. A new operation in the contract does not compile until it is faked. */
export type Answers<P extends string> = {
  [K in keyof All as K extends `${P}.${string}` ? K : never]: (world: World, input: All[K]["input"], asked: Asked) => All[K]["output"] | Promise<All[K]["output"]>;
};

export function refuse(code: RefusalCode, field: string | null, remedy: string): never {
  const failure: Failure = { kind: "refused", code, field, remedy };
  // A failure crosses the bridge as a plain value, as it does from Rust.
  // oxlint-disable-next-line no-throw-literal
  throw failure;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}

/** A drawing that looks like a QR code, for the eye only. */
export function pretendQr(seed: string): string {
  const random = dice([...seed].reduce((sum, letter) => sum + letter.charCodeAt(0), 7));
  const cells: string[] = [];
  for (let place = 0; place < 29 * 29; place += 1) {
    const x = place % 29;
    const y = Math.floor(place / 29);
    const corner = (x < 8 && y < 8) || (x > 20 && y < 8) || (x < 8 && y > 20);
    if (!corner && random() < 0.48) cells.push(`M${x} ${y}h1v1h-1z`);
  }
  const eye = (x: number, y: number) => `M${x} ${y}h7v7h-7zM${x + 1} ${y + 1}v5h5v-5zM${x + 2} ${y + 2}h3v3h-3z`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 -1 31 31" width="176" height="176"><path fill="#fff" d="M-1-1h31v31h-31z"/><path fill-rule="evenodd" d="${eye(0, 0)}${eye(22, 0)}${eye(0, 22)}${cells.join("")}"/></svg>`;
}
