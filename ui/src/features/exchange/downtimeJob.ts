import { call, failureOf, stoppable, type Failure, type Output } from "../../bridge";
import { changeJob, startJob, store, toast } from "../../kit";
import { failureWords, numberText, type Translate } from "../../words";

export const DOWNTIME_JOB = "downtime";
export type WrittenPack = Output<"shell.write_downtime">;

export interface DowntimeState {
  running: boolean;
  written: WrittenPack | null;
  failure: Failure | null;
}

const NOTHING: DowntimeState = { running: false, written: null, failure: null };

/** The work outlives its screen: one may leave, and come back by the jobs tray. */
export const writingDowntime = store<DowntimeState>(NOTHING);

export function forgetDowntime(): void {
  // The work itself goes on, so another may not begin beside it.
  writingDowntime.set(({ running }) => ({ ...NOTHING, running }));
}

export function downtimeStopped(failure: Failure): boolean {
  return failure.kind === "refused" && failure.code === "shell.downtime_stopped";
}

/** Lets the person choose a folder and writes a downtime pack there. */
export async function writeDowntime(t: Translate, open: () => void): Promise<void> {
  if (writingDowntime.get().running) return;
  writingDowntime.set((before) => ({ ...before, running: true, failure: null }));
  let begun = false;
  try {
    const chosen = await call("shell.choose_folder", {});
    if (chosen !== null) {
      begun = true;
      writingDowntime.set({ ...NOTHING, running: true });
      const written = await write(t, chosen.folder, open);
      writingDowntime.set((before) => ({ ...before, written }));
    }
  } catch (thrown) {
    const failure = failureOf(thrown);
    const stopped = downtimeStopped(failure);
    if (begun) changeJob(DOWNTIME_JOB, { state: stopped ? "cancelled" : "failed" });
    writingDowntime.set((before) => ({ ...before, failure }));
    toast(failureWords(failure), { tone: stopped ? "plain" : "danger" });
  }
  writingDowntime.set((before) => ({ ...before, running: false }));
}

async function write(t: Translate, folder: string, open: () => void): Promise<WrittenPack> {
  // How many patients there are is known only once the last page was read, so the bar counts and promises nothing.
  const { onProgress, stop } = stoppable(({ done }) => changeJob(DOWNTIME_JOB, { phase: t("exchange.downtime.running"), done, total: 0 }));
  startJob({ id: DOWNTIME_JOB, title: t("exchange.downtime.job"), open, cancel: stop });
  const written = await call("shell.write_downtime", { folder }, { onProgress });
  changeJob(DOWNTIME_JOB, { state: "done" });
  toast(t("exchange.downtime.writtenToast", { count: written.patients, number: numberText(written.patients) }));
  return written;
}
