import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DayLabel } from "../src/bridge";
import { jumpTo, plusDays } from "../src/features/scheduling/daySeen";
import { LEAST_HOUR, autoscroll, columnBeside, hit, looksFree, movedFrom, packLanes, resizedTo, scaleOf, snap, stepAt, swapped, timeAt, visitTowards, type Span } from "../src/features/scheduling/layout";
import { fitHead, fitName, widthOf } from "../src/features/scheduling/names";
import { waitedMinutes } from "../src/features/scheduling/waits";

const spans = fc.uniqueArray(
  fc.record({ id: fc.stringMatching(/^[a-z]{1,6}$/), from: fc.integer({ min: 0, max: 1430 }), length: fc.integer({ min: 1, max: 240 }) }).map(({ id, from, length }): Span => ({ id, from, to: from + length })),
  { selector: (one) => one.id, maxLength: 40 },
);
const grids = fc.constantFrom(5, 10, 15, 20, 30);
const days = fc.constantFrom(1380, 1440, 1500);

describe("lanes", () => {
  it("hold nothing that overlaps, stay inside the column and place everything", () => {
    fc.assert(
      fc.property(spans, (all) => {
        const places = packLanes(all);
        expect(places.size).toBe(all.length);
        for (const one of all) {
          const place = places.get(one.id);
          expect(place && place.lane >= 0 && place.lane < place.lanes).toBe(true);
          for (const other of all) {
            if (other.id === one.id || other.from >= one.to || one.from >= other.to) continue;
            expect(places.get(other.id)?.lane).not.toBe(place?.lane);
            expect(places.get(other.id)?.lanes).toBe(place?.lanes);
          }
        }
      }),
    );
  });

  it("do not depend on the order in which visits come", () => {
    fc.assert(
      fc.property(spans.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))), ([all, shuffled]) => {
        expect([...packLanes(shuffled)].toSorted()).toEqual([...packLanes(all)].toSorted());
      }),
    );
  });

  it("give what stands alone the whole column", () => {
    expect(packLanes([{ id: "a", from: 0, to: 30 }, { id: "b", from: 30, to: 60 }]).get("b")).toEqual({ lane: 0, lanes: 1 });
  });
});

describe("carrying", () => {
  const visit = fc.record({ from: fc.integer({ min: 0, max: 1200 }), minutes: fc.integer({ min: 5, max: 180 }), delta: fc.integer({ min: -600, max: 600 }), grid: grids, day: days });

  it("stays inside the day and comes to lie on the grid", () => {
    fc.assert(
      fc.property(visit, ({ from, minutes, delta, grid, day }) => {
        const next = movedFrom(from, minutes, delta, grid, day);
        expect(next).toBeGreaterThanOrEqual(0);
        expect(next + minutes).toBeLessThanOrEqual(day);
        expect(next === from || next + minutes === day || next % grid === 0).toBe(true);
      }),
    );
  });

  it("there and back is where it was", () => {
    fc.assert(
      fc.property(visit, ({ from, minutes, delta, grid, day }) => {
        const there = movedFrom(from, minutes, delta, grid, day);
        expect(movedFrom(from, minutes, 0, grid, day)).toBe(from);
        // What stood on the grid comes back onto its own line, wherever it was carried.
        expect(from % grid !== 0 || movedFrom(there, minutes, from - there, grid, day) === from).toBe(true);
      }),
    );
  });

  it("never makes a visit shorter than a step or longer than the day", () => {
    fc.assert(
      fc.property(visit, ({ from, minutes, delta, grid, day }) => {
        const next = resizedTo(from, minutes, delta, grid, day);
        expect(next === minutes || next >= grid).toBe(true);
        expect(from + next).toBeLessThanOrEqual(day);
        expect(resizedTo(from, minutes, 0, grid, day)).toBe(minutes);
      }),
    );
  });

  it("puts one column in the place of the other and keeps the rest", () => {
    expect(swapped(["ito", "room1"], "ito", "osei")).toEqual(["osei", "room1"]);
    expect(swapped(["ito", "room1"], "ito", "room1")).toEqual(["ito", "room1"]);
    expect(swapped(swapped(["ito", "room1"], "ito", "osei"), "osei", "ito")).toEqual(["ito", "room1"]);
    const columns = [{ resource: "ito", kind: "practitioner" }, { resource: "room1", kind: "room" }, { resource: "osei", kind: "practitioner" }];
    expect(columnBeside(columns, "ito", 1)).toBe("osei");
    expect(columnBeside(columns, "osei", 1)).toBe("osei");
  });
});

describe("places", () => {
  it("fits the day into the room there is, and scrolls where an hour would be too low", () => {
    expect(scaleOf(540, 480, 1020)).toBe(1);
    expect(scaleOf(100, 480, 1020)).toBe(LEAST_HOUR / 60);
  });

  it("finds column and minute under a point, inside the grid always", () => {
    const geometry = { scale: 2, first: 480, gutter: 50, columnWidth: 100, columns: 3 };
    expect(hit(160, 60, geometry)).toEqual({ column: 1, minute: 510 });
    expect(hit(-20, 0, geometry).column).toBe(0);
    expect(hit(9000, 0, geometry).column).toBe(2);
    expect([snap(487, 10), stepAt(487, 10), stepAt(489, 10)]).toEqual([490, 480, 480]);
  });

  it("scrolls only near an edge, faster the nearer", () => {
    expect(autoscroll(300, 600)).toBe(0);
    expect(autoscroll(5, 600)).toBeLessThan(autoscroll(30, 600));
    expect(autoscroll(595, 600)).toBeGreaterThan(autoscroll(570, 600));
    expect(autoscroll(-500, 600)).toBe(-16);
  });

  it("reads times off the hours of the day, an hour twice or left out", () => {
    const twice: DayLabel[] = [{ minute: 0, text: "12:00", again: false }, { minute: 60, text: "1:00", again: false }, { minute: 120, text: "1:00", again: true }, { minute: 180, text: "2:00", again: false }];
    expect([timeAt(twice, 75), timeAt(twice, 135), timeAt(twice, 190)]).toEqual(["1:15", "1:15", "2:10"]);
    const left: DayLabel[] = [{ minute: 60, text: "1:00", again: false }, { minute: 120, text: "3:00", again: false }];
    expect(timeAt(left, 150)).toBe("3:30");
    expect(timeAt([{ minute: 720, text: "12:00", again: false }], 790)).toBe("1:10");
    expect(timeAt([{ minute: 0, text: "0:00", again: false }, { minute: 1380, text: "23:00", again: false }], 1395)).toBe("23:15");
  });

  it("walks by time within a column and to the nearest in the next one that has any", () => {
    const columns = [{ resource: "a", visits: [{ unit: "1", from: 500 }, { unit: "2", from: 600 }] }, { resource: "b", visits: [] }, { resource: "c", visits: [{ unit: "3", from: 480 }, { unit: "4", from: 610 }] }];
    const at = { resource: "a", unit: "1", minute: 500 };
    expect(visitTowards(columns, at, "ArrowDown")).toEqual({ resource: "a", unit: "2" });
    expect(visitTowards(columns, at, "ArrowUp")).toBeNull();
    expect(visitTowards(columns, { ...at, unit: "2", minute: 600 }, "ArrowRight")).toEqual({ resource: "c", unit: "4" });
    expect(visitTowards(columns, at, "ArrowLeft")).toBeNull();
    expect(visitTowards(columns, { resource: "c", unit: null, minute: 550 }, "ArrowDown")).toEqual({ resource: "c", unit: "4" });
  });

  it("takes buffers, holds and shades for taken, adjacent for free", () => {
    const visit = { unit: "1", version: 1, product: "q", patient: "p", patient_name: "", resources: ["ito"], from: 600, minutes: 30, before: 10, after: 10, time: "", label: "", status: "booked" as const, since: null, overridden: false, repeats: false, told: null };
    const taken = { visits: [visit], holds: [], shades: [{ resource: "ito", from: 720, to: 780, kind: "closed" as const, label: "" }], reserved: [] };
    expect([looksFree(taken, "ito", 560, 30), looksFree(taken, "ito", 565, 30), looksFree(taken, "ito", 640, 80), looksFree(taken, "ito", 700, 30), looksFree(taken, "osei", 600, 30)]).toEqual([true, false, true, false, true]);
    expect(looksFree({ ...taken, visits: [{ ...visit, status: "cancelled" }] }, "ito", 600, 30)).toBe(true);
    const theatre = { reservation: "r", resource: "osei", from: 600, minutes: 60, purpose: "surgery" as const, label: "Surgery", patient_name: null, told: null };
    expect([looksFree({ ...taken, reserved: [theatre] }, "osei", 590, 10), looksFree({ ...taken, reserved: [theatre] }, "osei", 650, 30), looksFree({ ...taken, reserved: [theatre] }, "ito", 645, 15)]).toEqual([true, false, true]);
  });
});

describe("names and days", () => {
  it("shortens the given name first, the family name last", () => {
    const name = "Hallorán, Grace Ann";
    expect(fitName(name, 500)).toBe("Grace Ann Hallorán");
    expect(fitName(name, widthOf("Grace Hallorán") + 1)).toBe("Grace Hallorán");
    expect(fitName(name, widthOf("G. Hallorán") + 1)).toBe("G. Hallorán");
    expect(fitName(name, 10)).toBe("Hallorán");
    expect(fitName("Cher", 10)).toBe("Cher");
    expect([fitHead("Dr. Naomi Ito", 500), fitHead("Dr. Naomi Ito", 70), fitHead("R. Alvarez, RN", 80), fitHead("Room 1", 5)]).toEqual(["Dr. Naomi Ito", "Dr. N. Ito", "R. Alvarez", "Room 1"]);
  });

  it.each([["t", "2026-03-09"], ["t+2w", "2026-03-23"], ["+3", "2026-03-12"], ["-1", "2026-03-08"], ["t+1m", "2026-04-09"], ["3/15", "2026-03-15"], ["12/30", "2025-12-30"], ["2/30", null], ["", null], ["soon", null]])("reads %s as %s", (typed, day) => {
    expect(jumpTo(typed, "2026-03-09")).toBe(day);
  });

  it("counts days over the ends of months, and waits only of those who wait", () => {
    expect([plusDays("2026-02-28", 1), plusDays("2028-02-28", 1), plusDays("2026-01-01", -1)]).toEqual(["2026-03-01", "2028-02-29", "2025-12-31"]);
    const since = "2026-03-09T10:30:00-06:00";
    expect([waitedMinutes({ status: "arrived", since }, 636), waitedMinutes({ status: "in_care", since }, 636), waitedMinutes({ status: "arrived", since }, null), waitedMinutes({ status: "arrived", since }, 630)]).toEqual([6, null, null, null]);
  });
});
