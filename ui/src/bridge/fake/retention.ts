import type { DestroyedRow, HoldRow, RetainedRow } from "../generated";
import { refuse, type Answers } from "./answers";
import { day, required, today } from "./calendar";
import type { World } from "./world";

/** A document that is kept, with the patient it is about. */
export interface FakeRetained extends RetainedRow {
  patient: string | null;
}

/** A destruction, with the patient the document was about. */
export interface FakeDestroyed extends DestroyedRow {
  patient: string | null;
}

type Kind = RetainedRow["kind"];

export function madeUpDocument(document: string, kind: Kind, label: string, until: number | null, patient: string | null = null): FakeRetained {
  return { document, kind, label, kept_until: until === null ? null : day(until), due: until !== null && until <= 0, patient };
}

/** Documents of every standing, those whose time comes first in front, as Rust answers them. */
export function madeUpRetained(patient: string | null): FakeRetained[] {
  return [
    madeUpDocument("kept-1", "associate", "Lakeside Shredding", -266),
    madeUpDocument("kept-2", "hold", "Audit of the county health plan, 2019", -12),
    madeUpDocument("kept-3", "associate", "Prairie Billing Services", 41),
    madeUpDocument("kept-4", "associate", "Madison Transcription Group", 1430),
    madeUpDocument("kept-5", "associate", "Northwind Cloud Backup", null),
    madeUpDocument("kept-6", "associate", "Lakeside Laboratory Courier", null),
    madeUpDocument("kept-7", "disclosure", "2020-02-11 County Health Department", -284, patient),
    madeUpDocument("kept-8", "suspension", "2020-09-30 County Sheriff", -21, patient),
    madeUpDocument("kept-9", "disclosure", "2024-01-17 Dane County Circuit Court", 1152, patient),
    madeUpDocument("kept-10", "accounting", "2024-05-02", 1300, patient),
    madeUpDocument("kept-11", "accounting", day(-12), null, patient),
  ];
}

export function madeUpDestroyed(): FakeDestroyed[] {
  return [{ patient: null, kind: "associate", destroyed_on: day(-96), destroyed_by: "m.feld", approved_by: "Dr. Naomi Ito", reason: "Schedule of the practice, reviewed each summer" }];
}

function kept(world: World, document: string): FakeRetained {
  const row = world.retained.find((one) => one.document === document) ?? refuse("compliance.unknown_document", "document", "Look at the list again.");
  if (world.holds.some((hold) => hold.patient === null || hold.patient === row.patient)) refuse("compliance.legal_hold", "document", "Ask whoever placed the hold.");
  if (row.kept_until === null) refuse("compliance.still_in_effect", "document", "Wait until it ends.");
  if (row.kept_until > today()) refuse("compliance.kept_longer", "document", "Wait until that day.");
  return row;
}

function byTime(one: FakeRetained, other: FakeRetained): number {
  return (one.kept_until ?? "9999").localeCompare(other.kept_until ?? "9999");
}

const SIX_YEARS = 2191;

type Retention = "compliance.place_hold" | "compliance.release_hold" | "compliance.retained" | "compliance.destroy";

/** What is kept, what holds it, and what goes. */
export const retention: Pick<Answers<"compliance">, Retention> = {
  "compliance.place_hold": (world, input) => {
    const matter = required(input.matter, "matter");
    const hold: HoldRow = { hold: `hold-${world.holds.length + 1}`, patient: input.patient ?? null, matter, reason: required(input.reason, "reason"), placed_on: today(), placed_by: "n.ito" };
    world.holds.push(hold);
    return { hold: hold.hold };
  },
  "compliance.release_hold": (world, input) => {
    const hold = world.holds.find((one) => one.hold === input.hold) ?? refuse("compliance.unknown_hold", "hold", "Look at the list again.");
    required(input.release, "release");
    world.holds = world.holds.filter((one) => one !== hold);
    // A hold of the practice that was released is a document of its own, kept like the others; one of a patient is not listed.
    world.retained.push({ ...madeUpDocument(hold.hold, "hold", hold.matter, SIX_YEARS), patient: hold.patient });
    return null;
  },
  "compliance.retained": (world, input) => {
    const whose = input.patient ?? null;
    const of = world.patients.find((one) => one.id === whose);
    const record = of?.versions.at(-1)?.record;
    return structuredClone({
      patient: of && record ? { display_name: `${record.name.family}, ${record.name.given.join(" ")}`, mrn: of.mrn, date_of_birth: record.date_of_birth } : null,
      rows: world.retained.filter((row) => row.patient === whose).toSorted(byTime).map(({ patient: _patient, ...row }) => row),
      holds: world.holds.filter((hold) => hold.patient === whose || hold.patient === null),
      destroyed: world.destroyed.filter((row) => row.patient === whose).map(({ patient: _patient, ...row }) => row),
    });
  },
  "compliance.destroy": (world, input) => {
    const approved_by = required(input.approved_by, "approved_by");
    const reason = required(input.reason, "reason");
    const row = kept(world, input.document);
    world.retained = world.retained.filter((one) => one !== row);
    world.destroyed.push({ patient: row.patient, kind: row.kind, destroyed_on: today(), destroyed_by: "n.ito", approved_by, reason });
    return { destruction: `destruction-${world.destroyed.length}` };
  },
};
