import type { DestroyedRow, HoldRow, RetainedRow } from "../generated";
import { refuse, type Answers } from "./answers";
import { TODAY, type World } from "./world";

/** A document that is kept, with the patient it is about. */
export interface FakeRetained extends RetainedRow {
  patient: string | null;
}

/** A destruction, with the patient the document was about. */
export interface FakeDestroyed extends DestroyedRow {
  patient: string | null;
}

/** Documents of every standing: kept, due, in effect. */
export function madeUpRetained(patient: string | null): FakeRetained[] {
  const row = (document: string, kind: RetainedRow["kind"], label: string, until: string | null, whose: string | null): FakeRetained => ({ document, kind, label, kept_until: until, due: until !== null && until <= TODAY, patient: whose });
  return [
    row("kept-1", "associate", "Lakeside Shredding", "2026-03-01", null),
    row("kept-2", "associate", "Northwind Cloud Backup", null, null),
    row("kept-3", "disclosure", "2020-02-11 County Health Department", "2026-02-11", patient),
    row("kept-4", "accounting", "2024-05-02", "2030-06-14", patient),
  ];
}

function kept(world: World, document: string): FakeRetained {
  const row = world.retained.find((one) => one.document === document) ?? refuse("compliance.unknown_document", "document", "Look at the list again.");
  if (world.holds.some((hold) => hold.patient === null || hold.patient === row.patient)) refuse("compliance.legal_hold", "document", "Ask whoever placed the hold.");
  if (row.kept_until === null) refuse("compliance.still_in_effect", "document", "Wait until it ends.");
  if (!row.due) refuse("compliance.kept_longer", "document", "Wait until that day.");
  return row;
}

type Retention = "compliance.place_hold" | "compliance.release_hold" | "compliance.retained" | "compliance.destroy";

/** What is kept, what holds it, and what goes. */
export const retention: Pick<Answers<"compliance">, Retention> = {
  "compliance.place_hold": (world, input) => {
    const hold: HoldRow = { hold: `hold-${world.holds.length + 1}`, patient: input.patient ?? null, matter: input.matter, reason: input.reason, placed_on: TODAY, placed_by: "n.ito" };
    world.holds.push(hold);
    return { hold: hold.hold };
  },
  "compliance.release_hold": (world, input) => {
    if (!world.holds.some((hold) => hold.hold === input.hold)) refuse("compliance.unknown_hold", "hold", "Look at the list again.");
    world.holds = world.holds.filter((hold) => hold.hold !== input.hold);
    return null;
  },
  "compliance.retained": (world, input) => {
    const whose = input.patient ?? null;
    return structuredClone({
      rows: world.retained.filter((row) => row.patient === whose).map(({ patient: _patient, ...row }) => row),
      holds: world.holds.filter((hold) => hold.patient === whose || hold.patient === null),
      destroyed: world.destroyed.filter((row) => row.patient === whose).map(({ patient: _patient, ...row }) => row),
    });
  },
  "compliance.destroy": (world, input) => {
    const row = kept(world, input.document);
    world.retained = world.retained.filter((one) => one !== row);
    world.destroyed.push({ patient: row.patient, kind: row.kind, destroyed_on: TODAY, destroyed_by: "n.ito", approved_by: input.approved_by, reason: input.reason });
    return { destruction: `destruction-${world.destroyed.length}` };
  },
};
