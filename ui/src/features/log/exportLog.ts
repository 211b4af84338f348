import { call, failureOf, stoppable, type Input } from "../../bridge";
import { changeJob, dropJob, startJob, toast } from "../../kit";
import { numberText, type Translate } from "../../words";

const EXPORT_JOB = "export-log";

/** Lets the person choose a folder and writes the entries there, as a job one can watch and cancel: one sealed file with a passphrase, a new folder in clear without. False when no folder was chosen. */
export async function exportLog(t: Translate, input: Omit<Input<"shell.export_log">, "folder">, reason: string): Promise<boolean> {
  const chosen = await call("shell.choose_folder", {});
  if (chosen === null) return false;
  const { onProgress, stop } = stoppable(({ done, total }) => changeJob(EXPORT_JOB, { phase: t("log.export.running"), done, total }));
  startJob({ id: EXPORT_JOB, title: t("log.export.job"), cancel: stop });
  try {
    const { entries, redacted, name } = await call("shell.export_log", { ...input, folder: chosen.folder }, { reason, onProgress });
    changeJob(EXPORT_JOB, { state: "done" });
    toast(t(redacted > 0 ? "log.export.doneRedacted" : "log.export.done", { entries: numberText(entries), redacted: numberText(redacted), name }));
    return true;
  } catch (thrown) {
    // The dialog says what stood in the way.
    dropJob(EXPORT_JOB);
    throw failureOf(thrown);
  }
}
