import type { AssociateRow, Clause, KeepAssociate } from "../../bridge";
import { orNull } from "./typing";

export const CLAUSES: readonly Clause[] = ["permitted_uses", "safeguards", "reporting", "subcontractors", "access", "amendment", "accounting", "books_and_records", "return_or_destroy", "termination"];

/** The form's own shape: everything is text, subcontractors stand one on each line. */
export interface AssociateTyped {
  name: string;
  contact: string;
  phone: string;
  email: string;
  services: string;
  phi_categories: string;
  subcontractors: string;
  signed_on: string;
  effective_on: string;
  expires_on: string;
  review_on: string;
  clauses: Clause[];
  incident_notice_hours: string;
  return_or_destroy: string;
}

export const NEW_ASSOCIATE: AssociateTyped = { name: "", contact: "", phone: "", email: "", services: "", phi_categories: "", subcontractors: "", signed_on: "", effective_on: "", expires_on: "", review_on: "", clauses: [], incident_notice_hours: "", return_or_destroy: "" };

export function typedOf(row: AssociateRow): AssociateTyped {
  return {
    name: row.name,
    contact: row.contact,
    phone: row.phone ?? "",
    email: row.email ?? "",
    services: row.services,
    phi_categories: row.phi_categories ?? "",
    subcontractors: row.subcontractors.join("\n"),
    signed_on: row.signed_on ?? "",
    effective_on: row.effective_on ?? "",
    expires_on: row.expires_on ?? "",
    review_on: row.review_on ?? "",
    clauses: [...row.clauses],
    incident_notice_hours: String(row.incident_notice_hours),
    return_or_destroy: row.return_or_destroy,
  };
}

/** The record that is sent. Hours that are no number are sent as none, which Rust refuses at that field. */
export function recordOf(typed: AssociateTyped): Omit<KeepAssociate, "associate" | "expected_version" | "agreement_base64"> {
  return {
    name: typed.name.trim(),
    contact: typed.contact.trim(),
    phone: orNull(typed.phone),
    email: orNull(typed.email),
    services: typed.services.trim(),
    phi_categories: orNull(typed.phi_categories),
    subcontractors: typed.subcontractors.split("\n").map((line) => line.trim()).filter(Boolean),
    signed_on: orNull(typed.signed_on),
    effective_on: orNull(typed.effective_on),
    expires_on: orNull(typed.expires_on),
    review_on: orNull(typed.review_on),
    clauses: CLAUSES.filter((clause) => typed.clauses.includes(clause)),
    incident_notice_hours: /^\d{1,6}$/.test(typed.incident_notice_hours.trim()) ? Number(typed.incident_notice_hours) : 0,
    return_or_destroy: typed.return_or_destroy.trim(),
  };
}

/** The field of the form for a path in a refusal: one line of many stands in its field. */
export function associateField(path: string): string {
  return path === "associate" ? "" : (path.split(".")[0] ?? path);
}
