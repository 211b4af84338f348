import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, refusalCode, type CallName, type DayView, type DayVisit, type StandReason, type VisitStatus } from "../../bridge";
import { toast } from "../../kit";
import { failureWords } from "../../words";
import { timeAt } from "./layout";
import { spoken } from "./names";

/** What a change of the schedule makes old. */
export const SCHEDULE_ANSWERS: readonly CallName[] = ["scheduling.day", "scheduling.week", "scheduling.month", "scheduling.visit", "scheduling.patient_visits", "scheduling.openings", "scheduling.check", "scheduling.waitlist", "scheduling.gates_ahead", "scheduling.reminders", "scheduling.theatre_board", "scheduling.check_theatre"];

export async function refreshSchedule(cache: QueryClient): Promise<void> {
  await Promise.all(SCHEDULE_ANSWERS.map((name) => cache.invalidateQueries({ queryKey: [name] })));
}

/** To where a visit is to go. */
export interface Going {
  unit: string;
  version: number;
  product: string;
  patient: string;
  patient_name: string;
  date: string;
  from: number;
  minutes: number;
  resources: string[];
}

export interface Stepping {
  unit: string;
  version: number;
  patient_name: string;
  status: VisitStatus;
  to: VisitStatus;
  reason?: StandReason | null;
}

type Patch = (visit: DayVisit) => DayVisit;

/** Shows a change before it is answered, and gives back how to take it back where it is refused. */
function showAtOnce(cache: QueryClient, unit: string, patch: (visit: DayVisit, day: DayView) => DayVisit): () => void {
  const before = cache.getQueriesData<DayView>({ queryKey: ["scheduling.day"] });
  cache.setQueriesData<DayView>({ queryKey: ["scheduling.day"] }, (day) => (day ? { ...day, visits: day.visits.map((one) => (one.unit === unit ? patch(one, day) : one)) } : day));
  return () => {
    for (const [key, day] of before) cache.setQueryData(key, day);
  };
}

function moved(going: Going): (visit: DayVisit, day: DayView) => DayVisit {
  return (visit, day) => {
    // On the pages of other days it stays until they are asked for anew.
    if (day.date !== going.date) return visit;
    // Where somebody puts it now is where the patient is told to come.
    const time = `${timeAt(day.labels, going.from)}–${timeAt(day.labels, going.from + going.minutes)}`;
    return { ...visit, from: going.from, minutes: going.minutes, resources: going.resources, time, told: null };
  };
}

/** Moves a visit, shown at once and taken back where it is refused. Answers its new version. */
async function send(cache: QueryClient, going: Going, override?: string): Promise<number> {
  await cache.cancelQueries({ queryKey: ["scheduling.day"] });
  const rollback = showAtOnce(cache, going.unit, moved(going));
  try {
    const { version } = await call("scheduling.move", { unit: going.unit, version: going.version, slot: { date: going.date, minute: going.from, minutes: going.minutes }, resources: going.resources, ...(override ? { override_reason: override } : {}) });
    showAtOnce(cache, going.unit, versioned(version));
    return version;
  } catch (thrown) {
    rollback();
    throw thrown;
  }
}

/** Brings a visit to another status, in the same way. */
async function step(cache: QueryClient, { unit, version, to, reason }: Pick<Stepping, "unit" | "version" | "to" | "reason">): Promise<number> {
  await cache.cancelQueries({ queryKey: ["scheduling.day"] });
  const rollback = showAtOnce(cache, unit, (visit) => ({ ...visit, status: to, since: null }));
  try {
    const answer = await call("scheduling.advance", { unit, version, to, ...(reason ? { reason } : {}) });
    showAtOnce(cache, unit, versioned(answer.version));
    return answer.version;
  } catch (thrown) {
    rollback();
    throw thrown;
  }
}

export interface DayChanges {
  /** Moves a visit and offers to take it back. Answers whether it is done; what stands against it comes to `onConflict`. */
  move: (going: Going, back: Omit<Going, "version">, override?: string) => Promise<boolean>;
  /** Brings a visit one step on, or ends it, and offers to take that back. */
  advance: (step: Stepping) => Promise<boolean>;
}

/** Changes that show at once, are taken back where they are refused, and can be undone for ten seconds. */
export function useDayChanges(onConflict: (going: Going, back: Omit<Going, "version">) => void): DayChanges {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const failed = useCallback(async (thrown: unknown) => {
    toast(failureWords(failureOf(thrown)), { tone: "danger" });
    await refreshSchedule(cache);
    return false;
  }, [cache]);

  const move = useCallback<DayChanges["move"]>(async (going, back, override) => {
    try {
      const version = await send(cache, going, override);
      const undo = () => void send(cache, { ...back, version }).then(() => refreshSchedule(cache)).catch((thrown: unknown) => failed(thrown));
      toast(t("scheduling.moved", { name: spoken(going.patient_name) }), { undo });
      await refreshSchedule(cache);
      return true;
    } catch (thrown) {
      if (refusalCode(thrown) !== "scheduling.conflict") return failed(thrown);
      onConflict(going, back);
      return false;
    }
  }, [cache, failed, onConflict, t]);

  const advance = useCallback<DayChanges["advance"]>(async (stepping) => {
    try {
      const version = await step(cache, stepping);
      const back = { unit: stepping.unit, version, to: stepping.status };
      const undo = () => void step(cache, back).then(() => refreshSchedule(cache)).catch((thrown: unknown) => failed(thrown));
      toast(t("scheduling.stepped", { name: spoken(stepping.patient_name), status: t(`scheduling.status.${stepping.to}`) }), { undo });
      await refreshSchedule(cache);
      return true;
    } catch (thrown) {
      return failed(thrown);
    }
  }, [cache, failed, t]);
  return { move, advance };
}

function versioned(version: number): Patch {
  return (visit) => ({ ...visit, version });
}
