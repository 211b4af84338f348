import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BoardReservation, CaseRow } from "../src/bridge";
import { fitting, partsOf } from "../src/features/scheduling/ReservationBlock";
import { byUrgency, freeFrom, lengthOf, numbersOf, stepBefore, usualStep } from "../src/features/scheduling/theatre";

const reserved = (from: number, minutes: number, change: Partial<BoardReservation> = {}): BoardReservation => ({ reservation: `r${from}`, version: 1, theatre: "t", purpose: "surgery", from, setup: 0, minutes, turnover: 0, time: "", case: null, note: null, step: "reserved", since: null, next: [], checkpoints: [], allocations: [], overridden: [], lapsed: [], can_move: true, can_release: true, told: null, ...change });
const lengths = fc.integer({ min: 0, max: 120 });

describe("the parts of a reservation", () => {
  it("lie one behind the other, and only as far as the day is shown", () => {
    fc.assert(fc.property(fc.integer({ min: -300, max: 1500 }), lengths, fc.integer({ min: 5, max: 300 }), lengths, (from, setup, minutes, turnover) => {
      const parts = partsOf({ from, setup, minutes, turnover }, 420, 1080);
      const end = from + setup + minutes + turnover;
      expect(parts.reduce((sum, one) => sum + one.len, 0)).toBe(Math.max(0, Math.min(end, 1080) - Math.max(from, 420)));
      expect(parts.every((one) => one.len > 0)).toBe(true);
      expect(parts.slice(1).map((one) => one.from)).toEqual(parts.slice(0, -1).map((one) => one.from + one.len));
    }));
  });

  it("say how long they are, also where they begin the day before", () => {
    expect(partsOf({ from: -30, setup: 40, minutes: 60, turnover: 20 }, 0, 1440)).toEqual([
      { what: "setup", from: 0, len: 10, minutes: 40 },
      { what: "procedure", from: 10, len: 60, minutes: 60 },
      { what: "turnover", from: 70, len: 20, minutes: 20 },
    ]);
  });

  it("show as many chips as there is room for, and never more", () => {
    expect(fitting(["C-arm", "M. Chen, CRNA", "Cortical screws"], 400, 1)).toBe(3);
    expect(fitting(["C-arm", "M. Chen, CRNA", "Cortical screws"], 140, 1)).toBe(1);
    expect(fitting(["C-arm", "M. Chen, CRNA", "Cortical screws"], 150, 3)).toBe(3);
    expect(fitting(["C-arm"], 400, 0)).toBe(0);
  });
});

describe("where a case would fit", () => {
  it("never touches what is reserved, setup and turnover counted", () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 420, max: 1000 }), fc.integer({ min: 5, max: 90 })), { maxLength: 8 });
    fc.assert(fc.property(spans, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 5, max: 120 }), fc.integer({ min: 0, max: 30 }), (rows, setup, minutes, turnover) => {
      const board = { reservations: rows.map(([from, length], index) => reserved(from, length, { reservation: `r${index}` })), shades: [], first: 420, last: 1080 };
      const minute = freeFrom(board, "t", 420, { setup, minutes, turnover });
      const whole = { from: minute - setup, to: minute + minutes + turnover };
      const meets = board.reservations.some((one) => one.from < whole.to && one.from + lengthOf(one) > whole.from);
      const fitsSomewhere = Array.from({ length: 132 }, (_, index) => 420 + index * 5).some((try_) => try_ - setup >= 420 && try_ + minutes + turnover <= 1080 && !board.reservations.some((one) => one.from < try_ + minutes + turnover && one.from + lengthOf(one) > try_ - setup));
      expect(meets && fitsSomewhere).toBe(false);
    }));
  });

  it("keeps away from closed hours and from where the surgeon stands", () => {
    const row: CaseRow = { case: "c", version: 1, patient: "p", patient_name: "Hall, Ann", surgeon: "s", surgeon_name: "S", department: null, urgency: "elective", minutes: 60, since: "2026-01-01" };
    const board = { reservations: [reserved(480, 60, { theatre: "other", case: row })], shades: [{ resource: "t", from: 420, to: 480, kind: "closed" as const, label: "" }], first: 420, last: 1080 };
    const around = { setup: 10, minutes: 30, turnover: 10 };
    expect([freeFrom(board, "t", 420, around), freeFrom(board, "t", 420, around, "s"), freeFrom(board, "t", 420, around, "nobody")]).toEqual([490, 540, 490]);
  });
});

describe("steps and numbers", () => {
  it("know the usual step and the one before", () => {
    const of = { step: "patient_in" as const, next: ["begun", "ended", "patient_out", "turned_over", "set_up"] as BoardReservation["next"] };
    expect([usualStep(of), stepBefore(of)]).toEqual(["begun", "set_up"]);
    // What may not be taken is not proposed.
    expect([usualStep({ step: "patient_in", next: ["ended"] }), stepBefore({ step: "patient_in", next: ["ended"] })]).toEqual(["ended", null]);
    expect(usualStep({ step: "turned_over", next: ["patient_out"] })).toBeNull();
  });

  it("count surgery only, and put the pressing first", () => {
    const row = (name: string, urgency: CaseRow["urgency"], since: string): CaseRow => ({ case: name, version: 1, patient: name, patient_name: name, surgeon: null, surgeon_name: null, department: null, urgency, minutes: 60, since });
    const unplaced = [row("a", "elective", "2026-01-01"), row("b", "urgent", "2026-03-01"), row("c", "emergency", "2026-03-02"), row("d", "urgent", "2026-02-01")];
    expect(byUrgency(unplaced).map((one) => one.case)).toEqual(["c", "d", "b", "a"]);
    const reservations = [reserved(480, 60, { step: "begun" }), reserved(600, 60, { step: "turned_over" }), reserved(700, 60), reserved(800, 60, { purpose: "block" })];
    expect(numbersOf({ reservations, unplaced })).toEqual({ reserved: 3, underWay: 1, over: 1, unplaced: 4, pressing: 3 });
  });
});
