import { call, failureOf, stoppable, type Failure, type Input, type Output } from "../../bridge";
import { changeJob, dropJob, startJob, store, toast } from "../../kit";
import { failureWords, stepOf, type Translate } from "../../words";

export const ENDING_JOB = "ending";
export type Asked = Omit<Input<"shell.decommission">, "folder">;

/** The practice is no longer on this computer. */
export interface Over {
  practice: string;
  custodian: string;
  /** The folder that was chosen, by its name. */
  place: string;
  /** What was written; nothing where the erasing broke off behind the key. */
  made: Output<"shell.decommission"> | null;
  /** Why it broke off. */
  failure: Failure | null;
}

export interface EndingState {
  running: boolean;
  over: Over | null;
  failure: Failure | null;
}

const NOTHING: EndingState = { running: false, over: null, failure: null };

/** It outlives its screen, and the practice: the last page is shown when there is no session any more. */
export const ending = store<EndingState>(NOTHING);

/** Whether the screen is there that says what stands in the way. */
const onScreen = store(false);

/** The screen says it itself while it is shown; a toast would only cover its buttons. */
export function showEnding(): () => void {
  onScreen.set(true);
  return () => onScreen.set(false);
}

export function forgetEnding(): void {
  // The work itself goes on, and what became of the practice is still to be told.
  ending.set((before) => ({ ...before, failure: null }));
}

/** The last page was read. */
export function closeEnding(): void {
  ending.set(NOTHING);
}

export function endingStopped(failure: Failure): boolean {
  return failure.kind === "refused" && failure.code === "shell.ending_stopped";
}

/** Lets the person choose where the last backup goes, and ends the practice on this computer. */
export async function endPractice(t: Translate, asked: Asked, open: () => void): Promise<void> {
  if (ending.get().running) return;
  ending.set({ ...NOTHING, running: true });
  let place: string | null = null;
  try {
    const chosen = await call("shell.choose_folder", {});
    if (chosen === null) {
      ending.set(NOTHING);
      return;
    }
    place = chosen.name;
    const made = await erase(t, { ...asked, folder: chosen.folder }, open);
    ending.set({ ...NOTHING, over: { practice: asked.practice_name, custodian: asked.custodian, place, made, failure: null } });
  } catch (thrown) {
    await brokeOff(failureOf(thrown), asked, place);
  }
}

async function erase(t: Translate, input: Input<"shell.decommission">, open: () => void): Promise<Output<"shell.decommission">> {
  const { onProgress, stop } = stoppable((progress) => changeJob(ENDING_JOB, stepOf(progress)));
  startJob({ id: ENDING_JOB, title: t("exchange.ending.job"), open, cancel: stop });
  const made = await call("shell.decommission", input, { onProgress });
  // The last page says how it went; the tray belongs to a practice that is not there any more.
  dropJob(ENDING_JOB);
  return made;
}

/** Nearly always nothing was erased. Where the key was already forgotten, the practice is gone and only that may be said. */
async function brokeOff(failure: Failure, asked: Asked, place: string | null): Promise<void> {
  if (place !== null && (await isGone())) {
    dropJob(ENDING_JOB);
    ending.set({ ...NOTHING, over: { practice: asked.practice_name, custodian: asked.custodian, place, made: null, failure } });
    return;
  }
  const stopped = endingStopped(failure);
  if (place !== null) changeJob(ENDING_JOB, { state: stopped ? "cancelled" : "failed" });
  ending.set({ ...NOTHING, failure });
  if (!onScreen.get()) toast(failureWords(failure), { tone: stopped ? "plain" : "danger" });
}

async function isGone(): Promise<boolean> {
  try {
    return (await call("shell.status", {})).state === "absent";
  } catch {
    // Nobody can tell; the status is looked at twice a minute anyway.
    return false;
  }
}
