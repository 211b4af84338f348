import * as v from "valibot";

const count = v.pipe(v.number(), v.integer());

const shape = v.object({
  rows: count,
  removed: v.record(v.string(), count),
  aids_to_an_expert_determination: v.object({
    groups: v.object({ k_before: count, k_asked: count, k_reached: v.nullable(count), l_of_died_year: v.nullable(count), left_out: count }),
    noisy_counts: v.object({ epsilon: v.nullable(v.number()), people_by_sex: v.record(v.string(), count) }),
  }),
});

export interface Report {
  removed: Readonly<Record<string, number>>;
  groups: { k_before: number; k_asked: number; k_reached: number | null; l_of_died_year: number | null; left_out: number };
  epsilon: number | null;
  people: Readonly<Record<string, number>>;
}

/** Reads the report that was written beside the data. Null where it is of another shape: the file has it all the same. */
export function reportOf(written: unknown): Report | null {
  const read = v.safeParse(shape, written);
  if (!read.success) return null;
  const { groups, noisy_counts } = read.output.aids_to_an_expert_determination;
  return { removed: read.output.removed, groups, epsilon: noisy_counts.epsilon, people: noisy_counts.people_by_sex };
}

const K_MAX = 50;
const EPSILON_MAX = 10;

/** The smallest group that stays, as it was typed. Null when it is none of 1 to 50. */
export function kOf(typed: string): number | null {
  const k = /^\d{1,2}$/.test(typed.trim()) ? Number(typed) : 0;
  return k >= 1 && k <= K_MAX ? k : null;
}

/** The epsilon as it was typed, with a comma or a point. Null when it is not above 0 or more than 10. */
export function epsilonOf(typed: string): number | null {
  const epsilon = /^\d{0,2}([.,]\d{1,4})?$/.test(typed.trim()) ? Number(typed.trim().replace(",", ".")) : 0;
  return epsilon > 0 && epsilon <= EPSILON_MAX ? epsilon : null;
}
