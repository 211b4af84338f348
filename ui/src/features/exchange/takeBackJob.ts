import { call, failureOf, stoppable, type Failure, type TakenBack } from "../../bridge";
import { changeJob, startJob, store, toast } from "../../kit";
import { failureWords, type Translate } from "../../words";

export const TAKE_BACK_JOB = "take-back";

/** A file, or a folder with everybody's records, that a person chose. */
export interface ChosenRecords {
  token: string;
  name: string;
  /** Nothing where it is a folder. */
  bytes: number | null;
}

export interface TakeBackState {
  running: boolean;
  chosen: ChosenRecords | null;
  report: TakenBack | null;
  failure: Failure | null;
}

const NOTHING: TakeBackState = { running: false, chosen: null, report: null, failure: null };

/** The work outlives its screen: one may leave, and come back by the jobs tray. */
export const takingBack = store<TakeBackState>(NOTHING);

/** Whether the screen is there that says how it went; a toast is for whoever has left it. */
const onScreen = store(false);

export function showTakeBack(): () => void {
  onScreen.set(true);
  return () => onScreen.set(false);
}

export function forgetTakeBack(): void {
  // The work itself goes on, so another may not begin beside it.
  takingBack.set(({ running }) => ({ ...NOTHING, running }));
}

export async function chooseRecords(kind: "file" | "folder"): Promise<void> {
  try {
    const chosen = await (kind === "file" ? chosenFile() : chosenFolder());
    if (chosen) takingBack.set((before) => ({ ...before, chosen, report: null, failure: null }));
  } catch (thrown) {
    const failure = failureOf(thrown);
    takingBack.set((before) => ({ ...before, failure }));
  }
}

async function chosenFile(): Promise<ChosenRecords | null> {
  const file = await call("shell.choose_records", {});
  return file && { token: file.file, name: file.name, bytes: file.bytes };
}

async function chosenFolder(): Promise<ChosenRecords | null> {
  const folder = await call("shell.choose_folder", {});
  return folder && { token: folder.folder, name: folder.name, bytes: null };
}

/** Takes in what was chosen. True when it came to a report, so that the passphrase need not stand there any longer. */
export async function takeBack(t: Translate, passphrase: string, open: () => void): Promise<boolean> {
  const { chosen, running } = takingBack.get();
  if (!chosen || running) return false;
  takingBack.set({ ...NOTHING, chosen, running: true });
  const { onProgress, stop } = stoppable(({ done, total }) => changeJob(TAKE_BACK_JOB, { phase: t("exchange.takeBack.running"), done, total }));
  startJob({ id: TAKE_BACK_JOB, title: t("exchange.takeBack.job"), open, cancel: stop });
  try {
    const report = await call("shell.take_back", { file: chosen.token, passphrase: passphrase === "" ? null : passphrase }, { onProgress });
    takingBack.set((before) => ({ ...before, report, running: false }));
    changeJob(TAKE_BACK_JOB, { state: report.cancelled ? "cancelled" : "done" });
    tell(t(report.cancelled ? "exchange.takeBack.cancelledToast" : "exchange.takeBack.doneToast", { count: report.taken }), "plain");
    return true;
  } catch (thrown) {
    const failure = failureOf(thrown);
    takingBack.set((before) => ({ ...before, failure, running: false }));
    changeJob(TAKE_BACK_JOB, { state: "failed" });
    tell(failureWords(failure), "danger");
    return false;
  }
}

function tell(words: string, tone: "plain" | "danger"): void {
  if (!onScreen.get()) toast(words, { tone });
}
