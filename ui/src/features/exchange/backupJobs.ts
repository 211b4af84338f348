import { call, failureOf, stoppable, type Failure, type Output } from "../../bridge";
import { changeJob, jobs, startJob, store, toast } from "../../kit";
import { failureWords, stepOf, type Translate } from "../../words";

export const BACKUP_JOB = "backup";
export type Written = Output<"shell.back_up">;
export type Tested = Output<"shell.prove_backup">;

export interface BackupsState {
  running: boolean;
  /** The backup that was just written, until it is proved. */
  written: Written | null;
  tested: Tested | null;
  failure: Failure | null;
}

const NOTHING: BackupsState = { running: false, written: null, tested: null, failure: null };
const STOPPED: ReadonlySet<string> = new Set(["shell.backup_stopped", "shell.proof_stopped"]);

/** The work outlives its screen: one may leave, and come back by the jobs tray. */
export const backingUp = store<BackupsState>(NOTHING);

export function forgetBackups(): void {
  // The work itself goes on, so another may not begin beside it.
  backingUp.set(({ running }) => ({ ...NOTHING, running }));
}

export function wasStopped(failure: Failure): boolean {
  return failure.kind === "refused" && STOPPED.has(failure.code);
}

/** Lets the person choose where, and writes a backup there. */
export async function backUp(t: Translate, open: () => void, associate: string | null = null): Promise<void> {
  await alone(async () => {
    const chosen = await call("shell.choose_folder", {});
    if (chosen === null) return;
    const { onProgress } = begin(t("exchange.backups.writing"), open, null);
    const written = await call("shell.back_up", { folder: chosen.folder, ...(associate === null ? {} : { associate }) }, { onProgress });
    backingUp.set((before) => ({ ...before, written }));
    changeJob(BACKUP_JOB, { state: "done" });
    toast(t("exchange.backups.writtenToast", { name: written.name }));
  });
}

/** Restores the backup in a folder beside the practice and checks it. Without a folder, the person chooses one. */
export async function proveBackup(t: Translate, open: () => void, just: Written | null = null): Promise<void> {
  await alone(async () => {
    const folder = just?.folder ?? (await call("shell.choose_folder", {}))?.folder;
    if (folder !== undefined) await prove(t, open, folder, just);
  });
}

/** Proves a backup whose folder is known already. */
export async function proveFolder(t: Translate, open: () => void, folder: string): Promise<void> {
  await alone(() => prove(t, open, folder, null));
}

async function prove(t: Translate, open: () => void, folder: string, just: Written | null): Promise<void> {
  const { onProgress } = begin(t("exchange.backups.proving"), open, just);
  const tested = await call("shell.prove_backup", { folder }, { onProgress });
  backingUp.set((before) => ({ ...before, written: null, tested }));
  changeJob(BACKUP_JOB, { state: tested.ok ? "done" : "failed" });
  toast(t(tested.ok ? "exchange.backups.heldToast" : "exchange.backups.notHeldToast"), { tone: tested.ok ? "plain" : "danger" });
}

/** One at a time: both read the whole practice. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (backingUp.get().running) return;
  backingUp.set((before) => ({ ...before, running: true }));
  try {
    await work();
  } catch (thrown) {
    const failure = failureOf(thrown);
    backingUp.set((before) => ({ ...before, failure }));
    if (jobs.get().some((one) => one.id === BACKUP_JOB && one.state === "running")) changeJob(BACKUP_JOB, { state: wasStopped(failure) ? "cancelled" : "failed" });
    toast(failureWords(failure), { tone: wasStopped(failure) ? "plain" : "danger" });
  }
  backingUp.set((before) => ({ ...before, running: false }));
}

/** Begins anew. A backup that was just written stays on offer until its proof has an answer. */
function begin(title: string, open: () => void, written: Written | null) {
  backingUp.set({ ...NOTHING, written, running: true });
  const { onProgress, stop } = stoppable((progress) => changeJob(BACKUP_JOB, stepOf(progress)));
  startJob({ id: BACKUP_JOB, title, open, cancel: stop });
  return { onProgress };
}
