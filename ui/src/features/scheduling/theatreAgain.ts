import { call, refusalCode, type BoardAllocation, type BoardReservation, type TheatreReserved } from "../../bridge";
import type { Translate } from "../../words";
import { lapseName } from "./lapses";
import { plusDays } from "./daySeen";
import { allocationName, beginsAt, movingOf, stepText, titleOf, toldOnBoard, type Again, type Along, type Placing } from "./theatre";

/** A reservation that is about to be given back, with everything that is needed to have it again. */
export interface GivenBack {
  placing: Placing;
  again: Again;
  /** The day on which it begins. */
  date: string;
}

/** What goes along with a reservation. */
function alongOf(of: BoardReservation): Along[] {
  return of.allocations.map(({ resource, name, quantity, role, from, to }) => ({ resource, name, quantity, role, from, to }));
}

/** What a new reservation does not have, whatever is done: how far it was, what was waived, and what people were told. */
function lostOf(of: BoardReservation, date: string, t: Translate): string[] {
  const told = toldOnBoard(of, date);
  return [
    ...(of.case !== null && of.step !== "reserved" ? [stepText(of, t)] : []),
    ...of.lapsed.filter((one) => one.waived !== null).map((one) => t("scheduling.theatre.again.waiver", { name: lapseName(one, t) })),
    ...(told === null ? [] : [t("scheduling.theatre.again.told", { time: told })]),
  ];
}

/** Looks at a reservation once more before it is given back. Null where it cannot be said when it begins. */
export async function givenBack(of: BoardReservation, date: string, t: Translate): Promise<GivenBack | null> {
  // What began the day before is counted in minutes of that day, and only its own board knows how long that day was.
  const on = beginsAt(of) < 0 ? plusDays(date, -1) : date;
  const here = on === date ? of : (await call("scheduling.theatre_board", { date: on, visit: crypto.randomUUID() })).reservations.find((one) => one.reservation === of.reservation);
  if (!here) return null;
  const again = { along: alongOf(here), lost: lostOf(here, on, t) };
  const placing = { ...movingOf(here, on, titleOf(here, t)), reservation: null, home: null, note: here.note ?? "", reason: here.overridden.at(-1) ?? "", again };
  return { placing, again, date: on };
}

/** Reserves it again as it was, over nothing: whoever stands there now is asked about first. */
export function reserveAgain({ placing, date }: GivenBack): Promise<TheatreReserved> {
  const { theatre, minute, minutes, setup, turnover, purpose, note } = placing;
  return call("scheduling.reserve_theatre", { theatre, slot: { date, minute, minutes }, setup_minutes: setup, turnover_minutes: turnover, purpose, case: placing.case, ...(note === "" ? {} : { note }) });
}

const isSame = (one: BoardAllocation | Along, other: BoardAllocation | Along) => one.resource === other.resource && (one.resource !== null || (one.name === other.name && one.quantity === other.quantity)) && one.role === other.role && one.from === other.from && one.to === other.to;

const along = (one: Along, t: Translate) => (one.role === "" ? allocationName(one, t) : t("scheduling.theatre.again.role", { name: allocationName(one, t), role: one.role }));

/** Allocates again what went along with a reservation. Answers by name what is not as it was before. */
export async function allocateAgain({ reservation }: TheatreReserved, date: string, again: Again, t: Translate): Promise<string[]> {
  const missing = [...again.lost];
  const trying = async (one: Along, send: () => Promise<unknown>) => {
    try {
      await send();
    } catch {
      missing.push(along(one, t));
    }
  };
  const own = await ownOf(reservation, date);
  // The surgeon comes along by themselves, where they may have had another part before, or none.
  for (const one of own.filter((other) => !again.along.some((before) => isSame(before, other)))) {
    // One after the other: what is ended here may be what the next is booked in place of.
    // oxlint-disable-next-line no-await-in-loop
    await trying(one, () => call("scheduling.end_allocation", { allocation: one.allocation }));
  }
  for (const one of again.along.filter((before) => !own.some((other) => isSame(before, other)))) {
    const what = one.resource === null ? { kind: "item" as const, name: one.name, quantity: one.quantity } : { kind: "resource" as const, resource: one.resource };
    // oxlint-disable-next-line no-await-in-loop
    await trying(one, () => call("scheduling.allocate", { reservation, what, role: one.role, from: one.from, to: one.to }));
  }
  return [...new Set(missing)];
}

/** What came along with the new reservation. Where that cannot be seen, everything is tried, and what is there already is refused and said. */
async function ownOf(reservation: string, date: string): Promise<BoardAllocation[]> {
  try {
    const board = await call("scheduling.theatre_board", { date, visit: crypto.randomUUID() });
    return board.reservations.find((one) => one.reservation === reservation)?.allocations ?? [];
  } catch {
    return [];
  }
}

export const isTaken = (thrown: unknown) => refusalCode(thrown) === "scheduling.conflict";
