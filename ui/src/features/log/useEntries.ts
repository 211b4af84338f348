import { useInfiniteQuery } from "@tanstack/react-query";
import { call, type LogQuery } from "../../bridge";
import { PAGE } from "./filters";

/** Pages through the log by key, newest first. No page is ever asked for by its number. */
export function useEntries(query: Omit<LogQuery, "after" | "limit">) {
  return useInfiniteQuery({
    queryKey: ["log.entries", query],
    queryFn: ({ pageParam }) => call("log.entries", { ...query, after: pageParam, limit: PAGE }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    gcTime: 0,
  });
}
