import type { BoardReservation, CaseRow, ReservationPurpose, TheatreBoardView, TheatreStep } from "../../bridge";
import { store } from "../../kit";
import type { Translate } from "../../words";
import { spoken } from "./names";
import { toldOnPage } from "./told";

/** The way of a reservation through its day. */
export const STEPS: readonly TheatreStep[] = ["reserved", "set_up", "patient_in", "begun", "ended", "patient_out", "turned_over"];

/** Whether a step leads back. */
export function stepsBack(from: TheatreStep, to: TheatreStep): boolean {
  return STEPS.indexOf(to) < STEPS.indexOf(from);
}

/** The step that usually comes next, where it may be taken. */
export function usualStep(reservation: Pick<BoardReservation, "step" | "next">): TheatreStep | null {
  return STEPS.slice(STEPS.indexOf(reservation.step) + 1).find((one) => reservation.next.includes(one)) ?? null;
}

/** The step that was taken before, where it can be gone back to. */
export function stepBefore(reservation: Pick<BoardReservation, "step" | "next">): TheatreStep | null {
  return reservation.next.find((one) => stepsBack(reservation.step, one)) ?? null;
}

/** How long a reservation takes the theatre, with setup and turnover. */
export function lengthOf(of: Pick<BoardReservation, "setup" | "minutes" | "turnover">): number {
  return of.setup + of.minutes + of.turnover;
}

/** When the procedure itself begins. */
export function beginsAt(of: Pick<BoardReservation, "from" | "setup">): number {
  return of.from + of.setup;
}

/** The reservations of a theatre, in the order of their times. */
export function reservedIn(board: Pick<TheatreBoardView, "reservations">, theatre: string): BoardReservation[] {
  return board.reservations.filter((one) => one.theatre === theatre).toSorted((a, b) => a.from - b.from || a.reservation.localeCompare(b.reservation));
}

const UNDER_WAY: ReadonlySet<TheatreStep> = new Set(["patient_in", "begun", "ended"]);

/** How the theatres stand, in numbers. None of them names anybody. */
export function numbersOf(board: Pick<TheatreBoardView, "reservations" | "unplaced">) {
  const surgery = board.reservations.filter((one) => one.purpose === "surgery");
  return {
    reserved: surgery.length,
    underWay: surgery.filter((one) => UNDER_WAY.has(one.step)).length,
    over: surgery.filter((one) => one.step === "patient_out" || one.step === "turned_over").length,
    unplaced: board.unplaced.length,
    pressing: board.unplaced.filter((one) => one.urgency !== "elective").length,
  };
}

const PRESSING = { emergency: 0, urgent: 1, elective: 2 } as const;

/** What has no theatre: the most urgent first, then who has waited longest. */
export function byUrgency(rows: readonly CaseRow[]): CaseRow[] {
  return rows.toSorted((a, b) => PRESSING[a.urgency] - PRESSING[b.urgency] || a.since.localeCompare(b.since) || a.patient_name.localeCompare(b.patient_name));
}

/** What a reservation is called: the patient's name, or what the theatre is kept for. */
export function titleOf(of: Pick<BoardReservation, "case" | "purpose">, t: Translate): string {
  return of.case ? spoken(of.case.patient_name) : t(`scheduling.theatre.purpose.${of.purpose}`);
}

/** The wall-clock time of an instant as Rust wrote it, such as 10:08. */
export function sinceText(instant: string | null): string | null {
  return instant === null ? null : instant.slice(11, 16);
}

/** What people were told of a reservation on the board of a day; null where it stands as they were told. */
export function toldOnBoard(of: BoardReservation, date: string): string | null {
  return toldOnPage({ told: of.told, from: beginsAt(of) }, date);
}

/** The sentence that stands for a reservation where it cannot be seen. */
export function sentenceOf(of: BoardReservation, theatre: string, date: string, t: Translate): string {
  const told = toldOnBoard(of, date);
  const around = t("scheduling.theatre.around", { setup: of.setup, turnover: of.turnover });
  const others = of.allocations.filter((one) => one.resource === null || one.resource !== of.case?.surgeon).map((one) => allocationName(one, t));
  const parts = [
    t("scheduling.theatre.sentence", { name: titleOf(of, t), theatre, time: of.time }),
    of.setup + of.turnover > 0 ? around : "",
    of.case ? t("scheduling.theatre.sentenceCase", { surgeon: of.case.surgeon_name ?? t("scheduling.theatre.noSurgeon"), urgency: t(`scheduling.theatre.urgency.${of.case.urgency}`) }) : (of.note ?? ""),
    others.length > 0 ? t("scheduling.theatre.sentenceWith", { with: others.join(", ") }) : "",
    of.case ? stepText(of, t) : "",
    told === null ? "" : t("scheduling.told.people", { time: told }),
    of.overridden.length > 0 ? t("scheduling.theatre.overridden") : "",
  ];
  return parts.filter((one) => one !== "").map((one) => (/[.!?]$/.test(one) ? one : `${one}.`)).join(" ");
}

/** How a reservation stands, and since when. */
export function stepText(of: Pick<BoardReservation, "step" | "since">, t: Translate): string {
  const since = of.step === "reserved" ? null : sinceText(of.since);
  const step = t(`scheduling.theatre.step.${of.step}`);
  return since === null ? step : t("scheduling.theatre.since", { step, time: since });
}

export function allocationName(of: { name: string; quantity: number }, t: Translate): string {
  return of.quantity > 1 ? t("scheduling.theatre.times", { name: of.name, count: of.quantity }) : of.name;
}

/** Somebody or something that went along with a reservation, in minutes since that began. */
export interface Along {
  resource: string | null;
  name: string;
  quantity: number;
  role: string;
  from: number;
  to: number;
}

/** What belongs to a reservation that was given back and is wanted again. */
export interface Again {
  along: readonly Along[];
  /** What cannot be had again, by name. */
  lost: readonly string[];
}

/** A theatre and a time, while somebody chooses them. */
export interface Placing {
  purpose: ReservationPurpose;
  /** The case that is placed; none where the theatre is kept for something else. */
  case: string | null;
  /** The reservation that is moved, with the version that was seen. */
  reservation: string | null;
  version: number;
  /** Where it was, to bring it back there. */
  home: { theatre: string; date: string; minute: number; minutes: number; setup: number; turnover: number } | null;
  /** The name of whom or what it is about. */
  title: string;
  theatre: string;
  minute: number;
  minutes: number;
  setup: number;
  turnover: number;
  note: string;
  reason: string;
  /** What is to come back with it, where it was given back and something stands there now. */
  again: Again | null;
}

/** How long setup and turnover were the last time: often the next are the same. It names nobody. */
export const lastAround = store({ setup: 20, turnover: 20 });

/** The three lengths of what is placed. */
export interface Around {
  setup: number;
  minutes: number;
  turnover: number;
}

/** Where nothing is reserved in a theatre for so long, from a minute on, and the surgeon is in no other. Rust decides; this only chooses what to propose. */
export function freeFrom(board: Pick<TheatreBoardView, "reservations" | "shades" | "first" | "last">, theatre: string, from: number, around: Around, surgeon: string | null = null, grid = 5): number {
  // The surgeon is needed for the procedure alone: what counts is that those two do not meet, whatever lies around them.
  const operating = (one: BoardReservation) => ({ from: beginsAt(one) + around.turnover, to: beginsAt(one) + one.minutes - around.setup });
  const taken = [
    ...reservedIn(board, theatre).map((one) => ({ from: one.from, to: one.from + lengthOf(one) })),
    ...board.shades.filter((one) => one.resource === theatre),
    ...board.reservations.filter((one) => surgeon !== null && one.case?.surgeon === surgeon).map(operating),
  ];
  const start = Math.ceil(Math.max(from, board.first + around.setup) / grid) * grid;
  for (let minute = start; minute + around.minutes + around.turnover <= board.last; minute += grid) {
    const [begin, end] = [minute - around.setup, minute + around.minutes + around.turnover];
    if (!taken.some((one) => one.from < end && one.to > begin)) return minute;
  }
  return start;
}

/** The first theatre and time at which a case would fit. */
export function proposedPlace(board: TheatreBoardView, around: Around, surgeon: string | null, wanted: { theatre: string; minute: number } | null): { theatre: string; minute: number } {
  if (wanted) return wanted;
  const from = board.now === null ? board.first : board.now + around.setup;
  const places = board.theatres.map((one) => ({ theatre: one.resource, minute: freeFrom(board, one.resource, from, around, surgeon, one.grid_minutes) }));
  return places.toSorted((a, b) => a.minute - b.minute)[0] ?? { theatre: "", minute: board.first };
}

/** What is chosen for a reservation that is moved, before anything of it is changed. */
export function movingOf(of: BoardReservation, date: string, title: string): Placing {
  const place = { theatre: of.theatre, minute: beginsAt(of), minutes: of.minutes, setup: of.setup, turnover: of.turnover };
  return { purpose: of.purpose, case: of.case?.case ?? null, reservation: of.reservation, version: of.version, home: { ...place, date }, title, ...place, note: "", reason: "", again: null };
}
