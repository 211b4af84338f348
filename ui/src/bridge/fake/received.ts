import type { ReceivedRow } from "../generated";
import { refuse, type Answers } from "./answers";

/** The most rows that are looked at for one answer. */
const PAGE = 200;
const KINDS = ["Encounter", "Observation", "Condition", "MedicationRequest", "Immunization"] as const;

/** What a fixed sequence of other systems sent: three resources of the first patient, then one for each of the others, and one of nobody. */
export function madeUpReceived(patients: readonly string[]): ReceivedRow[] {
  const [first = null] = patients;
  const others = patients.slice(1).map((patient, index) => one(KINDS[index % KINDS.length] ?? "Encounter", `res-${String(index + 4).padStart(4, "0")}`, patient));
  return [one("AllergyIntolerance", "res-0001", first), one("Observation", "res-0002", first), one("Coverage", "res-0003", first), ...others, one("Organization", "", null)];
}

function one(resource_type: string, resource_id: string, patient: string | null): ReceivedRow {
  const subject = patient ? `"subject":{"reference":"Patient/${patient}"},` : "";
  // Written by hand, for what was received bears amounts such as 1.50 that a program would shorten.
  const json = `{"resourceType":"${resource_type}","id":"${resource_id}",${subject}"status":"final","code":{"coding":[{"system":"http://loinc.org","code":"29463-7","display":"Body weight"}],"text":"Body weight, <b>clothed</b>"},"valueQuantity":{"value":71.50,"unit":"kg"},"note":[]}`;
  return { resource_type, resource_id, source: "lakeside-export.ndjson", received_at: "2026-11-14T10:32:00-06:00", patient, json };
}

export const receivedRecords: Pick<Answers<"exchange">, "exchange.received"> = {
  "exchange.received": (world, input) => {
    if (world.receivedClosed) return refuse("exchange.received_closed", null, "Ask somebody who may open charts.");
    const start = input.after ? Number(input.after) : 0;
    const all = world.received.filter((row) => !input.patient || row.patient === input.patient);
    const seen = all.slice(start, start + PAGE);
    const rows = seen.filter((row) => !input.resource_type || row.resource_type === input.resource_type);
    return { rows, next: start + PAGE < all.length ? String(start + PAGE) : null };
  },
};
