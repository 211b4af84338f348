import { useEffect, useRef, useState } from "react";

export interface Idle {
  /** Whole minutes until the lock, rounded up. */
  minutesLeft: number;
  /** True in the last half minute: the window is blurred and says so. */
  closing: boolean;
}

const HALF_A_MINUTE = 30_000;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel"] as const;

/** Finds how the idle clock stands. A clock that jumped (the computer slept) counts as idle time. */
export function idleAt(now: number, lastActive: number, minutes: number): Idle & { over: boolean } {
  const left = lastActive + minutes * 60_000 - now;
  return { minutesLeft: Math.max(0, Math.ceil(left / 60_000)), closing: left <= HALF_A_MINUTE && left > 0, over: left <= 0 };
}

/** Watches for signs of life and locks when there were none for too long. */
export function useIdle(minutes: number, onIdle: () => void): Idle {
  const lastActive = useRef(Date.now());
  const [state, setState] = useState<Idle>({ minutesLeft: minutes, closing: false });
  const lock = useRef(onIdle);
  lock.current = onIdle;
  useEffect(() => {
    const look = () => {
      const { over, ...idle } = idleAt(Date.now(), lastActive.current, minutes);
      if (over) lock.current();
      else setState((before) => (before.minutesLeft === idle.minutesLeft && before.closing === idle.closing ? before : idle));
    };
    const alive = () => {
      // After a sleep the first movement comes before the timer; it must not count as having been there all along.
      if (idleAt(Date.now(), lastActive.current, minutes).over) return look();
      lastActive.current = Date.now();
      return look();
    };
    lastActive.current = Date.now();
    look();
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, alive, { passive: true });
    const timer = setInterval(look, 1000);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, alive);
    };
  }, [minutes]);
  return state;
}
