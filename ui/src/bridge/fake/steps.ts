import { pause, type Asked } from "./answers";

/** Jobs that somebody asked to stop. */
export const cancelled = new Set<string>();

/** Phases that go no further than their first step until they are taken out again: a test looks at them as long as it likes. */
export const held = new Set<string>();

/** Waits for as long as a phase is held. Work without progress of its own is stopped between two calls of it. */
export async function released(phase: string): Promise<void> {
  // One look after the other is what waiting is.
  // oxlint-disable-next-line no-await-in-loop
  while (held.has(phase)) await pause(25);
}

/** Pretends to work and tells of it. False when it was stopped. */
export async function steps(job: string, phase: string, total: number, asked: Asked): Promise<boolean> {
  for (let done = 0; done <= total; done += Math.ceil(total / 12)) {
    if (cancelled.delete(job)) return false;
    asked.onProgress({ job, phase, done: Math.min(done, total), total });
    // One step after the other is what progress is.
    // oxlint-disable-next-line no-await-in-loop
    do await pause(25);
    while (held.has(phase) && !cancelled.has(job));
  }
  return true;
}
