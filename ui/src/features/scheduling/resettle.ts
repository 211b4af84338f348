import { call, failureOf, type Failure, type LeftInPlace } from "../../bridge";
import { changeJob, dropJob, startJob, store, toast } from "../../kit";
import { daysBetween, failureWords, type Translate } from "../../words";
import { plusDays } from "./daySeen";

export const RESETTLE_JOB = "resettle";
/** Rust takes a week at a time: whoever is moved is named in that call's entry in the log. */
const WEEK = 7;
/** How many weeks one goes through at once at the most. */
const WEEKS = 13;

export interface Stretch {
  from: string;
  weeks: number;
}

/** How far one can go: a week from the day that is shown, and thirteen weeks from today or, where they would not reach it, from that day. */
export function stretchOf(far: "week" | "weeks", date: string, today: string): Stretch {
  if (far === "week") return { from: date, weeks: 1 };
  const ahead = daysBetween(today, date);
  return { from: ahead >= 0 && ahead < WEEK * WEEKS ? today : date, weeks: WEEKS };
}

export function lastDay({ from, weeks }: Stretch): string {
  return plusDays(from, weeks * WEEK - 1);
}

export interface Resettling {
  stretch: Stretch;
  running: boolean;
  /** How many weeks are gone through. */
  done: number;
  moved: number;
  left: LeftInPlace[];
  failure: Failure | null;
}

/** It outlives its dialog: one may close it, work, and come back by the jobs tray. */
export const resettling = store<Resettling | null>(null);
/** Whether its dialog is open. */
export const resettleShown = store(false);

/** At a lock or a sign-out, the names in it are forgotten; what was put back stays so. */
export function forgetResettling(): void {
  resettling.set(null);
  resettleShown.set(false);
  dropJob(RESETTLE_JOB);
}

/** Puts visits back to the times people were told, week by week, as a job one can watch and stop between two weeks. */
export async function resettle(t: Translate, stretch: Stretch, open: () => void): Promise<void> {
  if (resettling.get()?.running) return;
  let state: Resettling = { stretch, running: true, done: 0, moved: 0, left: [], failure: null };
  const stop = new AbortController();
  // What somebody forgot meanwhile, at a lock, is not brought back.
  const tell = (change: Partial<Resettling>): boolean => {
    const isOurs = resettling.get() === state;
    state = { ...state, ...change };
    if (isOurs) resettling.set(state);
    return isOurs;
  };
  resettling.set(state);
  startJob({ id: RESETTLE_JOB, title: t("scheduling.told.job"), open, cancel: () => { stop.abort(); changeJob(RESETTLE_JOB, { phase: t("scheduling.told.stopping") }); } });
  try {
    while (!stop.signal.aborted && state.done < stretch.weeks) {
      changeJob(RESETTLE_JOB, { phase: t("scheduling.told.running"), done: state.done, total: stretch.weeks });
      // One week after the other: what one has moved, the next must find there.
      // oxlint-disable-next-line no-await-in-loop
      const { moved, left } = await call("scheduling.resettle", { from: plusDays(stretch.from, state.done * WEEK), days: WEEK });
      if (!tell({ done: state.done + 1, moved: state.moved + moved, left: [...state.left, ...left] })) return;
    }
    ended(t, tell({ running: false }), state);
  } catch (thrown) {
    const failure = failureOf(thrown);
    // A lock in the middle is no failure to speak of: the days themselves show what is still to be put back.
    if (failure.kind === "locked" || failure.kind === "signed_out") return forgetResettling();
    if (!tell({ running: false, failure })) return;
    changeJob(RESETTLE_JOB, { state: "failed" });
    toast(failureWords(failure), { tone: "danger" });
  }
}

function ended(t: Translate, isOurs: boolean, { moved, done, stretch }: Resettling): void {
  if (!isOurs) return;
  changeJob(RESETTLE_JOB, { state: done < stretch.weeks ? "cancelled" : "done" });
  if (!resettleShown.get()) toast(t("scheduling.told.moved", { count: moved }));
}
