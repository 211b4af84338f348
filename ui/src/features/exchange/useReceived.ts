import { useInfiniteQuery } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { call, type Input } from "../../bridge";

export type ReceivedQuery = Omit<Input<"exchange.received">, "after">;

/** How many answers without a row are asked for in a row before a person is asked whether to look further. */
const EMPTY_ANSWERS = 20;

/** Pages through what was received. An answer can hold no row of the type that is sought and go on all the same. */
export function useReceived(query: ReceivedQuery, enabled = true) {
  const answer = useInfiniteQuery({
    queryKey: ["exchange.received", query],
    queryFn: ({ pageParam }) => call("exchange.received", { ...query, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 0,
    gcTime: 0,
    enabled,
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const pages = data?.pages;
  const empty = pages !== undefined && pages.length % EMPTY_ANSWERS !== 0 && pages.every((page) => page.rows.length === 0);
  useEffect(() => {
    if (empty) more();
  }, [empty, more]);
  return { pages, error: answer.error, isFetching, hasNextPage, more };
}
