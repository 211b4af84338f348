import type { AskLogReport, LogReport, LogRow } from "../generated";
import { refuse } from "./answers";
import { dice } from "./people";
import type { World } from "./world";

export function fits(row: LogRow, query: { patient?: string | null; actor?: string | null; operation?: string | null; outcome?: string | null; from?: string | null; to?: string | null }): boolean {
  return (
    (!query.patient || row.patients.includes(query.patient)) &&
    (!query.actor || row.actor === query.actor) &&
    (!query.operation || row.operation === query.operation) &&
    (!query.outcome || row.outcome === query.outcome) &&
    (!query.from || row.at >= query.from) &&
    (!query.to || row.at <= query.to)
  );
}

const REPORT_MAX = 2_000;
const HEX = "0123456789abcdef";

/** A value that looks like a hash and differs where the rows or their order do. */
function pretendDigest(rows: readonly LogRow[]): string {
  const random = dice(rows.reduce((sum, row, place) => (sum * 31 + row.sequence * (place + 1)) % 4_294_967_296, 7));
  return Array.from({ length: 64 }, () => HEX.charAt(Math.floor(random() * 16))).join("");
}

export function report(world: World, input: AskLogReport): LogReport {
  const rows = structuredClone(world.log.filter((row) => fits(row, input) && row.sequence <= (input.below ?? row.sequence)));
  if (rows.length > REPORT_MAX) refuse("log.report_too_long", "from", "Choose a shorter period.");
  const key = (row: LogRow) => (input.sort === "sequence" ? String(row.sequence).padStart(9, "0") : String(row[input.sort] ?? ""));
  rows.sort((one, other) => key(one).localeCompare(key(other)) || one.sequence - other.sequence);
  if (input.descending) rows.reverse();
  return { rows, csv: "", digest: pretendDigest(rows), log_size: input.below ?? world.log[0]?.sequence ?? 0, root: "9f2c41ab77d05e18".repeat(4) };
}
