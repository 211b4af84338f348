import type { Purpose, Role } from "./generated";

const CLINICAL: ReadonlySet<Role> = new Set(["physician", "nurse"]);

let roles: readonly Role[] = [];

/** Remembers whose session this is, because the default purpose depends on the person's work. */
export function callAs(held: readonly Role[]): void {
  roles = held;
}

/**
 * Returns the purpose a call states when the screen states none. Only looking at patients can have several; for
 * everything else the door takes the one that the operation and the person's role share.
 */
export function purposeFor(operation: string): Purpose | null {
  if (!operation.startsWith("patients.")) return null;
  if (operation === "patients.billing_card") return "payment";
  if (roles.some((role) => CLINICAL.has(role))) return "treatment";
  return "operations";
}
