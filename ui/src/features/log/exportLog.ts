import { call, failureOf, type Input } from "../../bridge";
import { changeJob, dropJob, startJob, toast } from "../../kit";
import { numberText, type Translate } from "../../words";

const EXPORT_JOB = "export-log";

/** Lets the person choose a folder and writes the entries there, as a job one can watch and cancel. False when no folder was chosen. */
export async function exportLog(t: Translate, query: Input<"log.export">, reason: string): Promise<boolean> {
  const chosen = await call("shell.choose_folder", {});
  if (chosen === null) return false;
  let job: string | null = null;
  startJob({ id: EXPORT_JOB, title: t("log.export.job"), cancel: () => { if (job) void call("shell.cancel", { job }); } });
  try {
    const { entries, redacted, name } = await call("shell.export_log", { folder: chosen.folder, query }, {
      reason,
      onProgress: (progress) => {
        ({ job } = progress);
        changeJob(EXPORT_JOB, { phase: t("log.export.running"), done: progress.done, total: progress.total });
      },
    });
    changeJob(EXPORT_JOB, { state: "done" });
    toast(t(redacted > 0 ? "log.export.doneRedacted" : "log.export.done", { entries: numberText(entries), redacted: numberText(redacted), name }));
    return true;
  } catch (thrown) {
    // The dialog says what stood in the way.
    dropJob(EXPORT_JOB);
    throw failureOf(thrown);
  }
}
