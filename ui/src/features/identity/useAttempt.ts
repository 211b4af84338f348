import { useState } from "react";
import { failureOf, type Failure } from "../../bridge";
import { failureWords } from "../../words";

export interface Attempt {
  busy: boolean;
  failure: Failure | null;
  /** Words for a field, when the refusal named it. */
  fieldWords: (field: string) => string | undefined;
  /** Words for what no field claims. */
  words: (claimed: readonly string[]) => string | null;
  run: (work: () => Promise<void>) => Promise<void>;
  clear: () => void;
}

/** One attempt at a time, with what came of it. */
export function useAttempt(): Attempt {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
    setBusy(false);
  };
  const field = failure?.kind === "refused" ? failure.field : null;
  return {
    busy,
    failure,
    fieldWords: (name) => (failure && field === name ? failureWords(failure) : undefined),
    words: (claimed) => (failure && !(field !== null && claimed.includes(field)) ? failureWords(failure) : null),
    run,
    clear: () => setFailure(null),
  };
}
