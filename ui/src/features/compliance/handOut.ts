import { call, failureOf, stoppable, type Input, type Output } from "../../bridge";
import { changeJob, dropJob, startJob, toast } from "../../kit";
import type { Translate } from "../../words";

const RECORDS_JOB = "hand-out-records";

export type HandedOut = Output<"shell.export_records">;

/** Lets the person choose a folder and writes a patient's records there, as a job one can watch and stop. Null when no folder was chosen. */
export async function handOut(t: Translate, input: Omit<Input<"shell.export_records">, "folder">, reason: string | null): Promise<HandedOut | null> {
  const chosen = await call("shell.choose_folder", {});
  if (chosen === null) return null;
  const { onProgress, stop } = stoppable((progress) => changeJob(RECORDS_JOB, { phase: t("compliance.records.running"), done: progress.done, total: progress.total }));
  startJob({ id: RECORDS_JOB, title: t("compliance.records.job"), cancel: stop });
  try {
    const made = await call("shell.export_records", { ...input, folder: chosen.folder }, { onProgress, ...(reason === null ? {} : { reason }) });
    changeJob(RECORDS_JOB, { state: "done" });
    toast(t("compliance.records.done", { name: made.name }));
    return made;
  } catch (thrown) {
    // The dialog says what stood in the way.
    dropJob(RECORDS_JOB);
    throw failureOf(thrown);
  }
}
