import { QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type CallName, type CallOptions, type Input, type Output } from "./call";

/** Makes the cache of answers. Nothing is fetched twice behind a person's back, because every look is an entry in the log. */
export function answersCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: "always",
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: 30_000,
        gcTime: 60_000,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

export interface AnswerOptions extends CallOptions {
  enabled?: boolean;
  /** Asks again at each visit: opening a chart is always its own entry. */
  fresh?: boolean;
  keepPrevious?: boolean;
  /** Asked once and kept until a change makes it old: for what every screen shows. */
  kept?: boolean;
  /** Asked again so often while the window is seen, in milliseconds: for what others change meanwhile. */
  every?: number;
}

/** Asks for an answer and keeps it while its screen is shown. */
export function useAnswer<K extends CallName>(operation: K, input: Input<K>, options: AnswerOptions = {}) {
  const { enabled = true, fresh = false, keepPrevious = false, kept = false, every, ...callOptions } = options;
  return useQuery<Output<K>>({
    queryKey: [operation, input],
    queryFn: async () => ((await call(operation, input, callOptions)) ?? null) as Output<K>,
    enabled,
    ...(fresh ? { staleTime: 0, gcTime: 0, refetchOnMount: "always" as const } : {}),
    ...(kept ? { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY } : {}),
    ...(every === undefined ? {} : { refetchInterval: every }),
    ...(keepPrevious ? { placeholderData: (before: unknown) => before as never } : {}),
  });
}

/** Calls a changing operation and marks the named answers as old once it is done. */
export function useChange<K extends CallName>(operation: K, makesOld: readonly CallName[] = []) {
  const cache = useQueryClient();
  return useMutation<Output<K>, Error, { input: Input<K>; options?: CallOptions }>({
    mutationFn: ({ input, options }) => call(operation, input, options),
    onSuccess: async () => {
      await Promise.all(makesOld.map((name) => cache.invalidateQueries({ queryKey: [name] })));
    },
  });
}
