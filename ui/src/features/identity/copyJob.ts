import { call, stoppable } from "../../bridge";
import { changeJob, dropJob, startJob } from "../../kit";
import { stepOf, type Translate } from "../../words";

export const COPY_JOB = "copy";

/** Opens a backup beside the practice, as a job one can watch and stop. The window turns to the copy, so no job is left behind. */
export async function openCopy(t: Translate, folder: string, recoveryKey: string): Promise<void> {
  const { onProgress, stop } = stoppable((progress) => changeJob(COPY_JOB, stepOf(progress)));
  startJob({ id: COPY_JOB, title: t("identity.copy.job"), cancel: stop });
  try {
    await call("shell.open_copy", { folder, recovery_key: recoveryKey.trim() }, { onProgress });
  } finally {
    dropJob(COPY_JOB);
  }
}
