import type { Removed } from "../generated";
import type { World } from "./world";

export const NOTHING_TAKEN: Removed = { names: 0, addresses: 0, zip_codes_zeroed: 0, dates: 0, years_over_89: 0, channels: 0, record_numbers: 0, policy_numbers: 0, links: 0, photos: 0, relatives: 0, free_text: 0 };

export function people(world: World): number {
  return world.patients.length;
}

/** A report of the shape that the program writes; half of the people stand in groups of fewer than four. */
export function deidentifiedReport(world: World, k: number, epsilon: number | null) {
  const all = people(world);
  const left_out = k > 3 ? Math.floor(all / 2) : k > 1 ? 3 : 0;
  const rows = k > 20 ? 0 : all - left_out;
  return {
    method: "Safe Harbor, 45 CFR 164.514(b)(2)",
    kept: ["sex", "age up to 89, or 90+", "year of birth", "state", "first three digits of the ZIP code, or 000", "year of death"],
    rows,
    removed: { ...NOTHING_TAKEN, names: all, addresses: all, zip_codes_zeroed: 2, dates: all * 3, years_over_89: 4, channels: all * 2 - 5, record_numbers: all, policy_numbers: all - 9, links: 1, photos: 6, relatives: 14, free_text: 31 },
    not_checked: "whether somebody knows of a way to identify a person with what is left (164.514(b)(2)(ii))",
    aids_to_an_expert_determination: {
      groups: { quasi_identifiers: ["sex", "age", "state", "zip3"], k_before: 1, k_asked: k, k_reached: rows === 0 ? null : k, l_of_died_year: rows === 0 ? null : 1, left_out: all - rows },
      noisy_counts: { mechanism: "two-sided geometric", sensitivity: 1, epsilon, people_by_sex: epsilon === null ? {} : { F: Math.ceil(rows / 2) + 1, M: Math.floor(rows / 2) - 2, unknown: 1 } },
    },
  };
}
