import { call, failureOf, stoppable, type Input, type Output, type Purpose } from "../../bridge";
import { changeJob, jobs, startJob, store, toast } from "../../kit";
import { failureWords, type Translate } from "../../words";

export const POPULATION_JOB = "hand-out-all-records";
type Call = Input<"shell.export_population">;
type Basis = Call["details"]["basis"];
export type HandedOutAll = Output<"shell.export_population">;

export interface HandingOutAll {
  running: boolean;
  /** What became of it, until the person has seen it. */
  made: HandedOutAll | null;
  sealed: boolean;
}

/** The work outlives its screen: one may leave, and come back by the jobs tray. */
export const handingOutAll = store<HandingOutAll>({ running: false, made: null, sealed: true });

export function forgetHandedOutAll(): void {
  // The work itself goes on, so another may not begin beside it.
  handingOutAll.set(({ running, sealed }) => ({ running, made: null, sealed }));
}

const OPERATIONS: ReadonlySet<Basis> = new Set(["treatment", "payment", "operations", "individual", "authorization", "involved_in_care"]);

/** The log says why records left by the basis on which they did. */
function purposeOf(basis: Basis): Purpose {
  if (basis === "public_health" || basis === "abuse") return "public_health";
  return OPERATIONS.has(basis) ? "operations" : "legal";
}

/** Lets the person choose a folder and writes the records of all patients there. False when no folder was chosen. */
export async function handOutAll(t: Translate, input: Omit<Call, "folder">, reason: string | null, open: () => void): Promise<boolean> {
  if (handingOutAll.get().running) return false;
  const chosen = await call("shell.choose_folder", {});
  if (chosen === null) return false;
  handingOutAll.set({ running: true, made: null, sealed: input.passphrase !== null });
  const { onProgress, stop } = stoppable(({ done, total }) => changeJob(POPULATION_JOB, { phase: t("compliance.population.running"), done, total }));
  startJob({ id: POPULATION_JOB, title: t("compliance.population.job"), open, cancel: stop });
  try {
    const options = { purpose: purposeOf(input.details.basis), onProgress, ...(reason === null ? {} : { reason }) };
    const made = await call("shell.export_population", { ...input, folder: chosen.folder }, options);
    handingOutAll.set((before) => ({ ...before, running: false, made }));
    changeJob(POPULATION_JOB, { state: made.name === null ? "cancelled" : "done" });
    toast(made.name === null ? t("compliance.population.stoppedToast") : t("compliance.population.doneToast", { name: made.name }));
    return true;
  } catch (thrown) {
    const failure = failureOf(thrown);
    handingOutAll.set((before) => ({ ...before, running: false }));
    // Whoever left the screen has only the tray and these words.
    if (jobs.get().some((one) => one.id === POPULATION_JOB)) changeJob(POPULATION_JOB, { state: "failed" });
    toast(failureWords(failure), { tone: "danger" });
    throw failure;
  }
}
