import { call, failureOf, stoppable, type Failure } from "../../bridge";
import { changeJob, dropJob, startJob, store, toast } from "../../kit";
import { failureWords, numberText, type Translate } from "../../words";

export const RESEAL_JOB = "reseal";

export interface ResealState {
  running: boolean;
  failure: Failure | null;
  /** In whose session somebody stopped it, by when that session began: it does not begin by itself in that one again. */
  stoppedIn: string | null;
}

/** The sealing outlives its screen: one may leave, work, and watch it in the jobs tray. */
export const resealing = store<ResealState>({ running: false, failure: null, stoppedIn: null });

export function forgetReseal(): void {
  // The work itself may still run, so another may not begin beside it.
  resealing.set((before) => ({ ...before, failure: null }));
}

export interface ResealOptions {
  /** When the session began. */
  session: string;
  /** Where to look at it. */
  open: () => void;
  /** It began by itself: then nobody is told of its end. */
  quiet?: boolean;
}

/** Seals anew what bears an old key, as a job one can watch and stop. What was stopped goes on where it ended. */
export async function reseal(t: Translate, { session, open, quiet = false }: ResealOptions): Promise<void> {
  if (resealing.get().running) return;
  resealing.set({ running: true, failure: null, stoppedIn: null });
  const { onProgress, stop } = stoppable(({ done, total }) => changeJob(RESEAL_JOB, { phase: t("identity.keys.running"), done, total }));
  startJob({ id: RESEAL_JOB, title: t("identity.keys.job"), open, cancel: stop });
  let ended: Partial<ResealState> = {};
  try {
    const { values } = await call("shell.reseal", {}, { onProgress });
    changeJob(RESEAL_JOB, { state: "done" });
    if (!quiet) toast(t("identity.keys.done", { count: values, number: numberText(values) }));
  } catch (thrown) {
    ended = broken(failureOf(thrown), session);
  }
  resealing.set((before) => ({ ...before, ...ended, running: false }));
}

function broken(failure: Failure, session: string): Partial<ResealState> {
  // A lock in the middle is no failure to speak of: it goes on after the unlock.
  if (failure.kind === "locked" || failure.kind === "signed_out") {
    dropJob(RESEAL_JOB);
    return {};
  }
  const stopped = failure.kind === "refused" && failure.code === "shell.resealing_stopped";
  changeJob(RESEAL_JOB, { state: stopped ? "cancelled" : "failed" });
  toast(failureWords(failure), { tone: stopped ? "plain" : "danger" });
  return { failure, stoppedIn: stopped ? session : null };
}
