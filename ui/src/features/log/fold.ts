import type { LogRow } from "../../bridge";

/** A line of the list: one entry, or a run of consecutive entries that belong to one visit to a screen. */
export interface FoldedLine {
  key: string;
  head: LogRow;
  rows: readonly LogRow[];
  /** Every patient shown in the run, once. */
  patients: readonly string[];
}

/** Folds consecutive entries with the same correlation, operation, actor and outcome into one line.
 *  A refused or denied look never hides inside a run of those that were done. */
export function fold(rows: readonly LogRow[]): FoldedLine[] {
  const runs: LogRow[][] = [];
  for (const row of rows) {
    const run = runs[runs.length - 1];
    const before = run?.[run.length - 1];
    if (run && before && sameRun(before, row)) run.push(row);
    else runs.push([row]);
  }
  return runs.flatMap((run) => {
    const [head] = run;
    if (head === undefined) return [];
    return [{ key: String(head.sequence), head, rows: run, patients: [...new Set(run.flatMap((row) => row.patients))] }];
  });
}

function sameRun(a: LogRow, b: LogRow): boolean {
  return a.correlation !== "" && a.correlation === b.correlation && a.operation === b.operation && a.actor === b.actor && a.outcome === b.outcome;
}
