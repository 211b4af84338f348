import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { personName, typedTime } from "../src/features/identity/practice";
import { npiIsWellFormed } from "../src/features/identity/npi";
import { initials, keepPracticeClock, parseTypedDate, todayCivil } from "../src/words";

const TODAY = "2026-11-21";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

describe("today", () => {
  afterEach(() => {
    keepPracticeClock(null);
    vi.useRealTimers();
  });

  it.each([
    // Late in the evening in Madison it is the next day already where the computer stands, and the other way round in Guam.
    ["2026-11-20T09:12:00-06:00", "2026-11-22T05:59:59Z", "2026-11-21"],
    ["2026-11-20T09:12:00-06:00", "2026-11-22T06:00:00Z", "2026-11-22"],
    ["2026-11-20T09:12:00+10:00", "2026-11-21T14:00:00Z", "2026-11-22"],
    ["2026-11-20T09:12:00+05:45", "2026-11-21T18:14:00Z", "2026-11-21"],
    ["2026-11-20T09:12:00+05:45", "2026-11-21T18:15:00Z", "2026-11-22"],
    ["2026-11-20T09:12:00Z", "2026-11-21T23:59:00Z", "2026-11-21"],
  ])("by a clock like that of %s at %s is %s", (instant, now, today) => {
    vi.useFakeTimers({ now: new Date(now) });
    keepPracticeClock(instant);
    expect(todayCivil()).toBe(today);
  });

  it("is this computer's, where there is no practice to ask", () => {
    vi.useFakeTimers({ now: new Date(2026, 10, 21, 23, 59) });
    expect(todayCivil()).toBe("2026-11-21");
    keepPracticeClock("not an instant");
    expect(todayCivil()).toBe("2026-11-21");
  });
});

describe("a typed date", () => {
  it.each([
    ["3/4/70", "1970-03-04"],
    ["3/4/1970", "1970-03-04"],
    ["03-04-1970", "1970-03-04"],
    ["1970-03-04", "1970-03-04"],
    ["4 Mar 1970", "1970-03-04"],
    ["Mar 4, 1970", "1970-03-04"],
    ["march 4 1970", "1970-03-04"],
    ["4 de marzo de 1970", "1970-03-04"],
    ["03041970", "1970-03-04"],
    ["1/2/24", "2024-01-02"],
    ["1/2/30", "1930-01-02"],
    ["2/29/2024", "2024-02-29"],
    ["2/29/2023", null],
    ["2/30/2024", null],
    ["13/1/1970", null],
    ["yesterday", null],
    ["", null],
    ["1/2", null],
  ])("%s is %s", (typed, understood) => {
    expect(parseTypedDate(typed, TODAY)).toBe(understood);
  });

  it("reads every day back in every form", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1850, max: 2099 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (year, month, day) => {
        const iso = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        for (const form of [iso, `${month}/${day}/${year}`, `${day} ${MONTHS[month - 1]} ${year}`, `${MONTHS[month - 1]} ${day}, ${year}`]) expect(parseTypedDate(form, TODAY)).toBe(iso);
      }),
    );
  });

  it("never makes a date of two figures lie after this year", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), (figures) => {
        const year = Number(parseTypedDate(`1/1/${String(figures).padStart(2, "0")}`, TODAY)?.slice(0, 4));
        expect(year).toBeLessThanOrEqual(2026);
        expect(year).toBeGreaterThan(1926);
      }),
    );
  });
});

describe("a typed time", () => {
  it.each([["8", "08:00"], ["8:30", "08:30"], ["830", "08:30"], ["5pm", "17:00"], ["12 pm", "12:00"], ["12am", "00:00"], ["17:00", "17:00"], ["soon", "soon"], ["9:75", "9:75"]])("%s is %s", (typed, understood) => {
    expect(typedTime(typed)).toBe(understood);
  });
});

describe("an NPI", () => {
  it.each([["1234567893", true], ["1245319599", true], ["1234567890", false], ["3234567893", false], ["123456789", false], ["", false]])("%s: %s", (npi, fine) => {
    expect(npiIsWellFormed(npi)).toBe(fine);
  });

  it("notices any one mistyped figure", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (place, step) => {
        const figures = [..."1234567893"];
        figures[place] = String((Number(figures[place]) + step) % 10);
        expect(npiIsWellFormed(figures.join(""))).toBe(false);
      }),
    );
  });
});

describe("names", () => {
  it.each([["Hallorán, Grace Ann", "GH"], ["Dr. Naomi Ito", "NI"], ["Cher", "C"], ["", ""]])("%s has the initials %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
  it.each([["Naomi Ito", "Ito", ["Naomi"]], ["Ito, Naomi Rae", "Ito", ["Naomi", "Rae"]], ["Ana Maria Reyes", "Reyes", ["Ana", "Maria"]]])("%s is split", (full, family, given) => {
    expect(personName(full)).toMatchObject({ family, given });
  });
});
