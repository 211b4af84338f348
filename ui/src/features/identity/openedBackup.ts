import { useEffect } from "react";
import { call, failureOf, type Failure, type PracticeState } from "../../bridge";
import { jobs, store } from "../../kit";
import { COPY_JOB } from "./copyJob";
import { RESTORE_JOB, type FoundBackup } from "./restoreJob";

/** A backup that somebody opened with a double click, and what came of looking at it. */
export interface OpenedBackup {
  name: string;
  found: FoundBackup | null;
  failure: Failure | null;
  /** How the practice stood. The first start makes one while its screens go on, so the window alone does not know. */
  practice: PracticeState;
}

export const openedBackup = store<OpenedBackup | null>(null);

export function forgetOpenedBackup(): void {
  openedBackup.set(null);
}

/** Asks for a backup that was opened, at the start and whenever the window comes to the front. Each is handed out once. */
export function useOpenedBackup(): void {
  useEffect(() => {
    const ask = () => void askForOne();
    ask();
    window.addEventListener("focus", ask);
    return () => window.removeEventListener("focus", ask);
  }, []);
}

async function askForOne(): Promise<void> {
  // Another one waits until this is done: both would want the same screens.
  if (jobs.get().some((one) => one.state === "running" && (one.id === COPY_JOB || one.id === RESTORE_JOB))) return;
  try {
    const opened = await call("shell.opened_backup", {});
    if (opened === null) return;
    const { state } = await call("shell.status", {});
    openedBackup.set({ name: opened.name, practice: state, ...(await looked(opened)) });
  } catch {
    // Whoever opened it sees no question, and finds the same ways on the screens.
  }
}

async function looked(opened: { folder: string; name: string }): Promise<Pick<OpenedBackup, "found" | "failure">> {
  try {
    return { found: { ...opened, says: await call("shell.look_at_backup", { folder: opened.folder }) }, failure: null };
  } catch (thrown) {
    return { found: null, failure: failureOf(thrown) };
  }
}
