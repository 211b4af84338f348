import type { DisclosureBasis, DisclosureDetails, DisclosureRow, RecipientKind } from "../../bridge";
import { todayCivil } from "../../words";
import { orNull } from "./typing";

export const KINDS: readonly RecipientKind[] = ["authority", "court", "provider", "health_plan", "business_associate", "individual", "family", "other"];

/** The form's own shape: everything is text and stands beside the others. */
export interface DisclosureTyped {
  disclosed_on: string;
  recipient_kind: string;
  recipient_name: string;
  recipient_address: string;
  recipient_associate: string;
  description: string;
  purpose: string;
  basis: string;
  authorization_signed_on: string;
  authorization_expires_on: string;
  authorization_expires_with: string;
  verification: string;
  request_reference: string;
  correction: string;
}

export function newDisclosure(): DisclosureTyped {
  return {
    disclosed_on: todayCivil(),
    recipient_kind: "authority",
    recipient_name: "",
    recipient_address: "",
    recipient_associate: "",
    description: "",
    purpose: "",
    basis: "",
    authorization_signed_on: "",
    authorization_expires_on: "",
    authorization_expires_with: "",
    verification: "",
    request_reference: "",
    correction: "",
  };
}

export function typedFrom(row: DisclosureRow): DisclosureTyped {
  return {
    disclosed_on: row.disclosed_on,
    recipient_kind: row.recipient.kind,
    recipient_name: row.recipient.name,
    recipient_address: row.recipient.address ?? "",
    recipient_associate: row.recipient.associate ?? "",
    description: row.description,
    purpose: row.purpose,
    basis: row.basis,
    authorization_signed_on: row.authorization?.signed_on ?? "",
    authorization_expires_on: row.authorization?.expires_on ?? "",
    authorization_expires_with: row.authorization?.expires_with ?? "",
    verification: row.verification ?? "",
    request_reference: row.request_reference ?? "",
    correction: "",
  };
}

/** What is sent. What belongs to another basis or another kind of recipient stays behind. */
export function detailsOf(typed: DisclosureTyped): DisclosureDetails {
  const associate = typed.recipient_kind === "business_associate" ? orNull(typed.recipient_associate) : null;
  const given = typed.authorization_signed_on + typed.authorization_expires_on + typed.authorization_expires_with;
  const authorization = { signed_on: typed.authorization_signed_on.trim(), expires_on: orNull(typed.authorization_expires_on), expires_with: orNull(typed.authorization_expires_with) };
  return {
    disclosed_on: typed.disclosed_on,
    recipient: { kind: typed.recipient_kind as RecipientKind, name: typed.recipient_name.trim(), address: orNull(typed.recipient_address), associate },
    description: typed.description.trim(),
    purpose: typed.purpose.trim(),
    basis: typed.basis as DisclosureBasis,
    authorization: typed.basis === "authorization" && given.trim() !== "" ? authorization : null,
    verification: orNull(typed.verification),
    request_reference: orNull(typed.request_reference),
  };
}

/** The field of the form for a path in a refusal. */
export function disclosureField(path: string): string {
  if (path === "disclosure" || path === "patient") return "";
  if (path === "authorization") return "authorization_signed_on";
  return path.replace(/^details\./, "").replace(".", "_");
}
