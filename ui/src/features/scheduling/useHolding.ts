import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { call, failureOf, type Opening, type SlotHeld } from "../../bridge";
import { failureWords } from "../../words";

/** A time that is held for whoever is about to book it. */
export interface Held {
  opening: Opening;
  product: string;
  held: SlotHeld;
  /** When it was answered, in milliseconds: the seconds count down from then. */
  since: number;
}

const OLD = ["scheduling.day", "scheduling.openings", "scheduling.waitlist"];

/** Holds one time after the other: taking the next one lets go of the last. */
export function useHolding(onHeld: (held: Held) => void) {
  const cache = useQueryClient();
  const [held, setHeld] = useState<Held | null>(null);
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const old = () => Promise.all(OLD.map((name) => cache.invalidateQueries({ queryKey: [name] })));
  const letGo = async () => {
    if (!held) return;
    setHeld(null);
    // A hold that ran out meanwhile is gone already, which is what was wanted.
    await call("scheduling.release_slot", { hold: held.held.hold }).catch(() => null);
    await old();
  };
  const hold = async (opening: Opening, product: string) => {
    if (busy) return;
    setBusy(true);
    setWrong(null);
    try {
      if (held) await call("scheduling.release_slot", { hold: held.held.hold }).catch(() => null);
      const { date, minute, minutes, resources } = opening;
      const answer = await call("scheduling.hold_slot", { product, slot: { date, minute, minutes }, resources });
      const now = { opening, product, held: answer, since: Date.now() };
      setHeld(now);
      onHeld(now);
    } catch (thrown) {
      setHeld(null);
      setWrong(failureWords(failureOf(thrown)));
    }
    setBusy(false);
    await old();
  };
  return { held, busy, wrong, hold, letGo, forget: () => setHeld(null) };
}

/** How many seconds a hold has left, counted down each second; `onOver` is called once there are none. */
export function useCountdown(held: Held | null, onOver: () => void): number {
  const [now, setNow] = useState(() => Date.now());
  const latest = useRef(onOver);
  latest.current = onOver;
  useEffect(() => {
    if (!held) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [held]);
  const left = held ? Math.max(0, held.held.seconds_left - Math.floor((now - held.since) / 1000)) : 0;
  const over = held !== null && left === 0;
  useEffect(() => {
    if (over) latest.current();
  }, [over]);
  return left;
}

export function leftText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
