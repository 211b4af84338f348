import { useCallback, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, useMay, type DayColumn, type DayView, type DayVisit, type StandReason, type VisitStatus, type VisitView } from "../../bridge";
import { toast } from "../../kit";
import { failureWords } from "../../words";
import { newBooking, type Booking } from "./booking";
import type { Pins } from "./DayScreen";
import { bookAgain, goingOf, type Doing } from "./doing";
import { isSame, type Carried, type GridSlot, type GridState } from "./gridState";
import { spoken } from "./names";
import { PANELS } from "./panels";
import { pinnedOf } from "./Pinboard";
import type { GridHandle } from "./ResourceDayGrid";
import { usualNext } from "./status";
import { useDayChanges, type Going } from "./useDayChanges";

export interface DayParts {
  day: DayView | undefined;
  columns: readonly DayColumn[];
  state: GridState;
  grid: RefObject<GridHandle | null>;
  doing: Doing;
  setDoing: (doing: Doing) => void;
  pins: Pins;
}

/** Everything one can do about the day, by whichever way it was asked for. */
export type DayActs = ReturnType<typeof useDayActs>;

function at(visit: DayVisit, date: string): Omit<Going, "version"> {
  const { unit, patient, patient_name, from, minutes, resources } = visit;
  return { unit, patient, patient_name, date, from, minutes, resources };
}

export function useDayActs(parts: DayParts) {
  const { day, columns, state, grid, doing, setDoing, pins } = parts;
  const { t } = useTranslation();
  const may = useMay();
  const changes = useDayChanges(useCallback((going: Going, back: Omit<Going, "version">) => setDoing({ what: "conflict", going, back }), [setDoing]));
  const say = (key: string) => {
    state.said.set(t(key));
    toast(t(key));
  };
  const here = () => {
    const cursor = grid.current?.cursor() ?? null;
    return { cursor, visit: cursor?.unit ? day?.visits.find((one) => one.unit === cursor.unit) : undefined };
  };
  const book = (booking: Booking) => setDoing({ what: "book", booking });

  const newAt = (slot: GridSlot) => {
    if (!day) return;
    if (pins.placing !== null) return placeAt(slot);
    const place = { date: day.date, minute: slot.minute, resource: slot.resource, resources: null, ...(slot.minutes ? { minutes: slot.minutes } : {}) };
    // A click elsewhere takes along whom and what was chosen already.
    if (doing?.what === "book") return book({ ...doing.booking, ...place, hold: null });
    return book(newBooking(place));
  };
  const newOn = (slot: { date: string; minute: number; resource?: string | null }) => book(newBooking({ date: slot.date, minute: slot.minute, resource: slot.resource ?? null }));
  const newHere = () => {
    const { cursor, visit } = here();
    if (cursor) return newAt({ resource: cursor.resource, minute: visit ? visit.from + visit.minutes + visit.after : cursor.minute });
    return day ? newOn({ date: day.date, minute: day.now === null ? day.first : Math.ceil(day.now / 10) * 10 }) : undefined;
  };
  const again = async (unit: string, date: string, minute: number, resources?: string[]) => {
    try {
      const seen = await call("scheduling.visit", { unit });
      book({ ...bookAgain(seen, date, minute), ...(resources ? { resources, resource: resources[0] ?? null } : {}) });
    } catch (thrown) {
      toast(failureWords(failureOf(thrown)), { tone: "danger" });
    }
  };
  const drop = (carried: Carried) => {
    if (!day || isSame(carried)) return;
    const { visit, from, minutes, resources } = carried;
    if (carried.kind === "copy") return void again(visit.unit, day.date, from, resources);
    return void changes.move({ ...at(visit, day.date), version: visit.version, from, minutes, resources }, at(visit, day.date));
  };
  const openHold = (id: string) => {
    const hold = day?.holds.find((one) => one.hold === id);
    if (!hold || !day) return;
    if (!hold.own) return toast(t("scheduling.hold.other", { who: hold.held_by, time: hold.until_text }));
    return book(newBooking({ date: day.date, minute: hold.from, minutes: hold.minutes, resource: hold.resources[0] ?? null, resources: hold.resources, hold: { hold: id, seconds: hold.seconds_left, since: Date.now() } }));
  };
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
    const back = { unit: pin.unit, patient: pin.patient, patient_name: pin.patient_name, date: pin.date, from: pin.from, minutes: pin.minutes, resources: pin.resources };
    pins.disarm();
    return void changes.move({ ...back, version: pin.version, date: day.date, from: slot.minute, resources: [...new Set(resources)] }, back).then((done) => (done ? pins.drop(pin.unit) : undefined));
  };
  return {
    newAt,
    newOn,
    newHere,
    drop,
    openHold,
    park,
    open: (unit: string) => setDoing({ what: "visit", unit }),
    again: (visit: VisitView) => book(bookAgain(visit, day && visit.date >= day.today ? visit.date : (day?.date ?? visit.date), visit.slot.minute)),
    moveTo: (going: Going, visit: VisitView) => changes.move(going, goingOf(visit)),
    override: (going: Going, back: Omit<Going, "version">, reason: string) => changes.move(going, back, reason),
    advance: (visit: VisitView, to: VisitStatus, reason?: StandReason) => changes.advance({ unit: visit.unit, version: visit.version, patient_name: visit.patient_name, status: visit.status, to, reason: reason ?? null }),
    parkVisit: (visit: VisitView) => pins.put({ ...goingOf(visit), version: visit.version, label: visit.label, time: visit.time }),
    disarm: pins.disarm,
    beginMove: () => (here().visit ? grid.current?.beginMove() : say("scheduling.grid.notHere")),
    parkHere: () => {
      const { visit } = here();
      return visit ? park(visit) : say("scheduling.grid.notHere");
    },
    placeHere: () => {
      const { cursor, visit } = here();
      return cursor ? placeAt({ resource: cursor.resource, minute: visit ? visit.from + visit.minutes + visit.after : cursor.minute }) : undefined;
    },
    advanceHere: () => {
      const { visit } = here();
      const to = visit ? usualNext(visit.status) : null;
      if (!visit || !to) return say("scheduling.grid.notHere");
      return void changes.advance({ unit: visit.unit, version: visit.version, patient_name: visit.patient_name, status: visit.status, to });
    },
    find: PANELS.openings && may("scheduling.openings") ? () => setDoing({ what: "openings" }) : null,
    waitlist: PANELS.waitlist && may("scheduling.waitlist") ? () => setDoing({ what: "waitlist" }) : null,
    failure: (thrown: unknown) => failureWords(failureOf(thrown)),
    columns,
  };
}
