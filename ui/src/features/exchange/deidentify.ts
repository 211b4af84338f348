import { call, failureOf, stoppable, type Failure, type Output } from "../../bridge";
import { changeJob, startJob, store, toast } from "../../kit";
import { failureWords, numberText, type Translate } from "../../words";

export const DEIDENTIFY_JOB = "deidentify";
export type Deidentified = Output<"shell.deidentify">;

export interface Aids {
  k: number;
  epsilon: number | null;
}

export interface DeidentifyState {
  running: boolean;
  made: Deidentified | null;
  failure: Failure | null;
}

const NOTHING: DeidentifyState = { running: false, made: null, failure: null };

/** The work outlives its screen: one may leave, and come back by the jobs tray. */
export const deidentifying = store<DeidentifyState>(NOTHING);

export function forgetDeidentified(): void {
  // The work itself goes on, so another may not begin beside it.
  deidentifying.set(({ running }) => ({ ...NOTHING, running }));
}

export function wasStopped(failure: Failure): boolean {
  return failure.kind === "refused" && failure.code === "shell.deidentify_stopped";
}

/** Lets the person choose a folder and writes there what Safe Harbor leaves of all patients. */
export async function deidentify(t: Translate, aids: Aids, open: () => void): Promise<void> {
  if (deidentifying.get().running) return;
  deidentifying.set((before) => ({ ...before, running: true, failure: null }));
  let begun = false;
  try {
    const chosen = await call("shell.choose_folder", {});
    if (chosen !== null) {
      begun = true;
      deidentifying.set({ ...NOTHING, running: true });
      const made = await write(t, { ...aids, folder: chosen.folder }, open);
      deidentifying.set((before) => ({ ...before, made }));
    }
  } catch (thrown) {
    const failure = failureOf(thrown);
    const stopped = wasStopped(failure);
    if (begun) changeJob(DEIDENTIFY_JOB, { state: stopped ? "cancelled" : "failed" });
    deidentifying.set((before) => ({ ...before, failure }));
    toast(failureWords(failure), { tone: stopped ? "plain" : "danger" });
  }
  deidentifying.set((before) => ({ ...before, running: false }));
}

async function write(t: Translate, input: Aids & { folder: string }, open: () => void): Promise<Deidentified> {
  // How many people there are is known only once the last page was read, so the bar counts and promises nothing.
  const { onProgress, stop } = stoppable(({ done }) => changeJob(DEIDENTIFY_JOB, { phase: t("exchange.deidentified.running"), done, total: 0 }));
  startJob({ id: DEIDENTIFY_JOB, title: t("exchange.deidentified.job"), open, cancel: stop });
  const made = await call("shell.deidentify", input, { onProgress });
  changeJob(DEIDENTIFY_JOB, { state: "done" });
  toast(t("exchange.deidentified.done", { count: made.rows, number: numberText(made.rows), name: made.name }));
  return made;
}
