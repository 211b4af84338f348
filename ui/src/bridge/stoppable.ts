import { call } from "./call";
import type { Progress } from "./generated";

/** Makes a long call that a person can stop, even before it has told which job it is. */
export function stoppable(seen: (progress: Progress) => void): { onProgress: (progress: Progress) => void; stop: () => void } {
  let job: string | null = null;
  let stopped = false;
  const tell = () => {
    if (!stopped || job === null) return;
    call("shell.cancel", { job }).catch(() => {
      // The work goes on, and its bar says so; there is nothing to mend here.
    });
  };
  return {
    onProgress: (progress) => {
      const first = job === null;
      ({ job } = progress);
      if (first) tell();
      seen(progress);
    },
    stop: () => {
      stopped = true;
      tell();
    },
  };
}
