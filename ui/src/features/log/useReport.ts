import { useCallback, useState } from "react";
import { failureOf, useAnswer, type AskLogReport, type Failure, type LogReport, type ReportOrder } from "../../bridge";
import type { Sorted } from "../../kit";

export interface Report {
  query: AskLogReport;
  sorted: Sorted;
  onSort: (by: string) => void;
  data: LogReport | undefined;
  failure: Failure | null;
}

/** Asks for the whole of what the filters choose, in the order of a column. Each asking is an entry of its own. */
export function useReport(filters: Omit<AskLogReport, "sort" | "descending">, enabled: boolean): Report {
  const [sorted, setSorted] = useState<Sorted>({ by: "sequence", descending: true });
  const onSort = useCallback((by: string) => setSorted((before) => ({ by, descending: before.by === by && !before.descending })), []);
  const query: AskLogReport = { ...filters, sort: sorted.by as ReportOrder, descending: sorted.descending };
  // Rows in another order take the place of those that are shown, so that nothing flashes in between.
  const answer = useAnswer("log.report", query, { enabled, fresh: true, keepPrevious: true });
  return { query, sorted, onSort, data: enabled ? answer.data : undefined, failure: enabled && answer.error ? failureOf(answer.error) : null };
}

/** Says whether the period is what has to be shorter. */
export function isTooLong(failure: Failure | null): boolean {
  return failure?.kind === "refused" && failure.code === "log.report_too_long";
}
