import type { DisclosureBasis } from "../../bridge";
import type { OptionGroup } from "../../kit";
import type { Translate } from "../../words";

interface Basis {
  basis: DisclosureBasis;
  cite: string;
}

interface BasisGroup {
  id: "everyday" | "public" | "state" | "slip";
  accountable: boolean;
  bases: readonly Basis[];
}

/**
 * Where each legal basis stands in 45 CFR, for the list one chooses from. A row that is recorded brings its own place
 * and says itself whether it counts: Rust decides both, and this table only says it beforehand.
 */
const GROUPS: readonly BasisGroup[] = [
  {
    id: "public",
    accountable: true,
    bases: [
      { basis: "public_health", cite: "164.512(b)" },
      { basis: "required_by_law", cite: "164.512(a)" },
      { basis: "judicial", cite: "164.512(e)" },
      { basis: "law_enforcement", cite: "164.512(f)" },
      { basis: "oversight", cite: "164.512(d)" },
      { basis: "abuse", cite: "164.512(c)" },
      { basis: "workers_compensation", cite: "164.512(l)" },
      { basis: "serious_threat", cite: "164.512(j)" },
      { basis: "decedent", cite: "164.512(g)" },
      { basis: "organ_donation", cite: "164.512(h)" },
      { basis: "research", cite: "164.512(i)" },
      { basis: "government", cite: "164.512(k)" },
      { basis: "secretary", cite: "164.502(a)(2)(ii)" },
    ],
  },
  { id: "slip", accountable: true, bases: [{ basis: "impermissible", cite: "164.528(a)(1)" }] },
  {
    id: "everyday",
    accountable: false,
    bases: [
      { basis: "authorization", cite: "164.508" },
      { basis: "individual", cite: "164.524" },
      { basis: "involved_in_care", cite: "164.510" },
      { basis: "treatment", cite: "164.506(c)(1)" },
      { basis: "payment", cite: "164.506(c)(3)" },
      { basis: "operations", cite: "164.506(c)(4)" },
      { basis: "incidental", cite: "164.502(a)(1)(iii)" },
      { basis: "limited_data_set", cite: "164.514(e)" },
    ],
  },
  {
    id: "state",
    accountable: false,
    bases: [
      { basis: "national_security", cite: "164.512(k)(2)" },
      { basis: "custody", cite: "164.512(k)(5)" },
    ],
  },
];

export function basisGroups(t: Translate): OptionGroup[] {
  return GROUPS.map((group) => ({
    id: group.id,
    label: t(`compliance.basisGroup.${group.id}`),
    options: group.bases.map(({ basis, cite }) => ({ value: basis, label: t(`compliance.basis.${basis}`), aside: cite, ...(group.accountable ? { mark: t("compliance.basisMark") } : {}) })),
  }));
}

/** Whether the patient will be told of it; null while no basis is chosen. */
export function countsAs(basis: string): boolean | null {
  return GROUPS.find((group) => group.bases.some((one) => one.basis === basis))?.accountable ?? null;
}

/** Every basis, for those who check this table against the contract. */
export const BASES: readonly DisclosureBasis[] = GROUPS.flatMap((group) => group.bases.map((one) => one.basis));
