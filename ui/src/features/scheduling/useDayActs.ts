import { useCallback, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useMay, type DayView, type DayVisit, type StandReason, type VisitStatus, type VisitView } from "../../bridge";
import { toast } from "../../kit";
import { newBooking, type Booking } from "./booking";
import { bookAgain, goingOf, type Doing } from "./doing";
import { looksFree } from "./layout";
import { isSame, type Carried, type GridSlot, type GridState } from "./gridState";
import { spoken } from "./names";
import { PANELS } from "./panels";
import { pinnedOf } from "./Pinboard";
import type { GridHandle } from "./ResourceDayGrid";
import { reservedId } from "./ReservedBlock";
import { isMovable, usualNext } from "./status";
import { useDayChanges, type DayChanges, type Going } from "./useDayChanges";
import type { Pins } from "./usePins";

export interface DayParts {
  day: DayView | undefined;
  state: GridState;
  grid: RefObject<GridHandle | null>;
  doing: Doing;
  setDoing: (doing: Doing) => void;
  pins: Pins;
}

/** Everything one can do about the day, by whichever way it was asked for. */
export type DayActs = ReturnType<typeof useDayActs>;

/** Where somebody stands in the grid, and on which visit. */
function standing({ grid, day }: DayParts) {
  const cursor = grid.current?.cursor() ?? null;
  return { cursor, visit: cursor?.unit ? day?.visits.find((one) => one.unit === cursor.unit) : undefined };
}

/** How long a free time must be to be proposed, in minutes. */
const USUAL_LENGTH = 30;

/** The free time that is meant where somebody stands: the next one, behind the visit they stand on. */
function slotAt(parts: DayParts): GridSlot | null {
  const { cursor, visit } = standing(parts);
  const { day } = parts;
  if (!cursor || !day) return null;
  // Whoever walked to a time that is taken means that time, and is told what stands against it; a closed one was only passed.
  const isClosed = day.shades.some((one) => one.resource === cursor.resource && one.from <= cursor.minute && cursor.minute < one.to);
  // On what a theatre takes, the time behind it is meant.
  const reserved = day.reserved.find((one) => one.resource === cursor.resource && reservedId(one) === cursor.unit);
  if (!visit && !reserved && !isClosed) return { resource: cursor.resource, minute: cursor.minute };
  const end = visit ? visit.from + visit.minutes + visit.after : reserved ? reserved.from + reserved.minutes : cursor.minute;
  const grid = day.columns.find((one) => one.resource === cursor.resource)?.grid_minutes ?? 10;
  const tries = Array.from({ length: Math.ceil((day.last - end) / grid) }, (_, index) => end + index * grid);
  return { resource: cursor.resource, minute: tries.find((minute) => looksFree(day, cursor.resource, minute, USUAL_LENGTH)) ?? end };
}

function placeOf(visit: DayVisit, date: string): Omit<Going, "version"> {
  const { unit, product, patient, patient_name, from, minutes, resources } = visit;
  return { unit, product, patient, patient_name, date, from, minutes, resources };
}

export function useDayActs(parts: DayParts) {
  const { day, grid, setDoing, pins, state } = parts;
  const { t } = useTranslation();
  const may = useMay();
  const changes = useDayChanges(useCallback((going: Going, back: Omit<Going, "version">) => setDoing({ what: "conflict", going, back }), [setDoing]));
  const say = (key: string) => {
    state.said.set(t(key));
    toast(t(key));
  };
  const pinning = usePinActs(parts, changes, say);
  const booking = useBookingActs(parts, pinning.placeAt);
  const drop = (carried: Carried) => {
    if (!day || isSame(carried)) return;
    const { visit, from, minutes, resources } = carried;
    const back = placeOf(visit, day.date);
    if (carried.kind === "copy") booking.copy(visit, day.date, from, resources);
    else void changes.move({ ...back, version: visit.version, from, minutes, resources }, back);
  };
  const advanceHere = () => {
    const { visit } = standing(parts);
    const to = visit ? usualNext(visit.status) : null;
    if (!visit || !to) return say("scheduling.grid.notHere");
    return void changes.advance({ unit: visit.unit, version: visit.version, patient_name: visit.patient_name, status: visit.status, to });
  };
  return {
    ...booking,
    ...pinning,
    drop,
    advanceHere,
    open: (unit: string) => setDoing({ what: "visit", unit }),
    moveTo: (going: Going, visit: VisitView) => changes.move(going, goingOf(visit)),
    override: (going: Going, back: Omit<Going, "version">, reason: string) => changes.move(going, back, reason),
    advance: (visit: VisitView, to: VisitStatus, reason?: StandReason) => changes.advance({ unit: visit.unit, version: visit.version, patient_name: visit.patient_name, status: visit.status, to, reason: reason ?? null }),
    disarm: pins.disarm,
    beginMove: () => {
      const { visit } = standing(parts);
      if (!visit || !isMovable(visit)) return say(visit ? "scheduling.grid.stays" : "scheduling.grid.notHere");
      return grid.current?.beginMove();
    },
    find: PANELS.openings && may("scheduling.openings") && may("scheduling.hold_slot") ? () => setDoing({ what: "openings" }) : null,
    waitlist: PANELS.waitlist && may("scheduling.waitlist") ? () => setDoing({ what: "waitlist" }) : null,
    reminders: may("scheduling.reminders") ? () => setDoing({ what: "reminders" }) : null,
  };
}

/** What begins a booking: a free time, a key, a hold, or a visit that is to be had again. */
function useBookingActs(parts: DayParts, placeAt: (slot: GridSlot) => void) {
  const { day, doing, setDoing, pins } = parts;
  const { t } = useTranslation();
  const book = (booking: Booking) => setDoing({ what: "book", booking });
  const newOn = (slot: { date: string; minute: number; resource?: string | null }) => book(newBooking({ date: slot.date, minute: slot.minute, resource: slot.resource ?? null }));
  const newAt = (slot: GridSlot) => {
    if (!day) return;
    if (pins.placing !== null) return placeAt(slot);
    const place = { date: day.date, minute: slot.minute, resource: slot.resource, resources: null, added: [], without: [], ...(slot.minutes ? { minutes: slot.minutes } : {}) };
    // A click elsewhere takes along whom and what was chosen already.
    return book(doing?.what === "book" ? { ...doing.booking, ...place, hold: null } : newBooking(place));
  };
  const newHere = () => {
    const slot = slotAt(parts);
    if (slot) return newAt(slot);
    return day ? newOn({ date: day.date, minute: day.now === null ? day.first : Math.ceil(day.now / 10) * 10 }) : undefined;
  };
  const copy = (visit: DayVisit, date: string, minute: number, resources: string[]) => book(bookAgain({ ...visit, resources }, date, minute));
  const openHold = (id: string) => {
    const hold = day?.holds.find((one) => one.hold === id);
    if (!hold || !day) return;
    if (!hold.own) return toast(t("scheduling.hold.other", { who: hold.held_by, time: hold.until_text }));
    return book(newBooking({ date: day.date, minute: hold.from, minutes: hold.minutes, product: hold.product ?? "", resource: hold.resources[0] ?? null, resources: hold.resources, hold: { hold: id, seconds: hold.seconds_left, since: Date.now() } }));
  };
  const again = (visit: VisitView) => book(bookAgain({ ...visit, minutes: visit.slot.minutes }, day && visit.date < day.today ? day.date : visit.date, visit.slot.minute));
  return { newOn, newAt, newHere, copy, openHold, again };
}

/** Picking a visit up and putting it down, on whichever day. */
function usePinActs(parts: DayParts, changes: DayChanges, say: (key: string) => void) {
  const { day, pins, state } = parts;
  const { t } = useTranslation();
  const park = (visit: DayVisit) => {
    if (!day) return;
    pins.put(pinnedOf(visit, day.date));
    state.said.set(t("scheduling.pin.put", { name: spoken(visit.patient_name) }));
  };
  /** Puts down what was chosen on the pinboard, or the first thing on it. */
  const placeAt = (slot: GridSlot) => {
    const pin = pins.list.find((one) => one.unit === pins.placing) ?? pins.list[0];
    if (!day || !pin) return say("scheduling.pin.none");
    const kind = (id: string) => day.columns.find((one) => one.resource === id)?.kind;
    const resources = pin.resources.includes(slot.resource) ? pin.resources : pin.resources.map((one) => (kind(one) === kind(slot.resource) ? slot.resource : one));
    const back = { unit: pin.unit, product: pin.product, patient: pin.patient, patient_name: pin.patient_name, date: pin.date, from: pin.from, minutes: pin.minutes, resources: pin.resources };
    pins.disarm();
    return void changes.move({ ...back, version: pin.version, date: day.date, from: slot.minute, resources: [...new Set(resources)] }, back).then((done) => (done ? pins.drop(pin.unit) : undefined));
  };
  const parkHere = () => {
    const { visit } = standing(parts);
    if (!visit || !isMovable(visit)) return say(visit ? "scheduling.grid.stays" : "scheduling.grid.notHere");
    return park(visit);
  };
  const placeHere = () => {
    const slot = slotAt(parts);
    if (slot) placeAt(slot);
  };
  return { park, placeAt, parkHere, placeHere, parkVisit: (visit: VisitView) => pins.put({ ...goingOf(visit), version: visit.version, label: visit.label, time: visit.time }) };
}
