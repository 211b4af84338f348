import { useState } from "react";
import { useDraft } from "../../kit";
import { PINS_DRAFT } from "./doing";
import type { Pinned } from "./Pinboard";

/** What was picked up and not put down yet. It survives leaving the screen, and a lock, as a draft does. */
export function usePins() {
  const [list, setList] = useState<readonly Pinned[]>([]);
  const [placing, setPlacing] = useState<string | null>(null);
  useDraft(PINS_DRAFT, () => (list.length === 0 ? null : JSON.stringify(list)), (content) => setList(JSON.parse(content) as Pinned[]));
  return {
    list,
    placing,
    arm: (pin: Pinned) => setPlacing((before) => (before === pin.unit ? null : pin.unit)),
    disarm: () => setPlacing(null),
    put: (pin: Pinned) => setList((before) => [...before.filter((one) => one.unit !== pin.unit), pin]),
    drop: (unit: string) => {
      setList((before) => before.filter((one) => one.unit !== unit));
      setPlacing((before) => (before === unit ? null : before));
    },
  };
}

export type Pins = ReturnType<typeof usePins>;
