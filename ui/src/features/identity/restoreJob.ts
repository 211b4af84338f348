import { call, stoppable, type Output } from "../../bridge";
import { changeJob, dropJob, startJob } from "../../kit";
import { stepOf, type Translate } from "../../words";

export const RESTORE_JOB = "restore";
export type Restored = Output<"shell.restore">;

/** A folder with a backup in it, and what that backup says of itself. */
export interface FoundBackup {
  folder: string;
  name: string;
  says: Output<"shell.look_at_backup">;
}

/** Lets the person choose a folder and looks at the backup in it. Null when no folder was chosen. */
export async function findBackup(): Promise<FoundBackup | null> {
  const chosen = await call("shell.choose_folder", {});
  if (chosen === null) return null;
  return { ...chosen, says: await call("shell.look_at_backup", { folder: chosen.folder }) };
}

/** Brings the practice back, as a job one can watch and stop. The screen says how it went, so no job is left behind. */
export async function restore(t: Translate, folder: string, recoveryKey: string): Promise<Restored> {
  const { onProgress, stop } = stoppable((progress) => changeJob(RESTORE_JOB, stepOf(progress)));
  startJob({ id: RESTORE_JOB, title: t("identity.restore.job"), cancel: stop });
  try {
    return await call("shell.restore", { folder, recovery_key: recoveryKey.trim() }, { onProgress });
  } finally {
    dropJob(RESTORE_JOB);
  }
}
