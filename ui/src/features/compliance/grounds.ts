import type { AccessGround, AmendmentGround, FeeKind } from "../../bridge";
import type { OptionGroup } from "../../kit";
import type { Translate } from "../../words";

interface Ground {
  ground: AccessGround;
  cite: string;
}

/**
 * Where each ground stands in 45 CFR, for the list one chooses from. Whether a denial can be reviewed is the law's
 * affair and Rust's to say; this table only says it beforehand, and nobody can choose it.
 */
const UNREVIEWABLE: readonly Ground[] = [
  { ground: "psychotherapy_notes", cite: "164.524(a)(1)(i)" },
  { ground: "legal_proceedings", cite: "164.524(a)(1)(ii)" },
  { ground: "inmate", cite: "164.524(a)(2)(ii)" },
  { ground: "research", cite: "164.524(a)(2)(iii)" },
  { ground: "privacy_act", cite: "164.524(a)(2)(iv)" },
  { ground: "confidential_source", cite: "164.524(a)(2)(v)" },
];

const REVIEWABLE: readonly Ground[] = [
  { ground: "endangers", cite: "164.524(a)(3)(i)" },
  { ground: "other_person", cite: "164.524(a)(3)(ii)" },
  { ground: "representative_harm", cite: "164.524(a)(3)(iii)" },
];

/** Every ground on which access can be denied, for those who check this table against the contract. */
export const ACCESS_GROUNDS: readonly AccessGround[] = [...UNREVIEWABLE, ...REVIEWABLE].map((one) => one.ground);

export const AMENDMENT_GROUNDS: readonly AmendmentGround[] = ["accurate_and_complete", "not_created_by_us", "not_in_record_set", "not_open_to_access"];

/** What may be charged for. Finding the records is not among it. */
export const FEE_KINDS: readonly FeeKind[] = ["copying_labor", "supplies", "postage", "summary"];

export function groundGroups(t: Translate): OptionGroup[] {
  const group = (id: string, grounds: readonly Ground[]) => ({
    id,
    label: t(`compliance.access.groundGroup.${id}`),
    options: grounds.map(({ ground, cite }) => ({ value: ground, label: t(`compliance.accessGround.${ground}`), aside: cite })),
  });
  return [group("reviewable", REVIEWABLE), group("unreviewable", UNREVIEWABLE)];
}

export function citeOf(ground: AccessGround): string {
  return [...UNREVIEWABLE, ...REVIEWABLE].find((one) => one.ground === ground)?.cite ?? "";
}

/** Whether a denial on this ground can be reviewed; null while none is chosen. */
export function canBeReviewed(ground: string): boolean | null {
  if (REVIEWABLE.some((one) => one.ground === ground)) return true;
  return UNREVIEWABLE.some((one) => one.ground === ground) ? false : null;
}
