import type { SessionView } from "./generated";

/** What only looks. In a copy that was opened for looking, everything else would be refused. */
const LOOKS: ReadonlySet<string> = new Set([
  "identity.lock", "identity.sign_out", "identity.practice", "identity.staff",
  "patients.search", "patients.chart", "patients.versions", "patients.photo", "patients.merges", "patients.possible_duplicates", "patients.front_desk_card", "patients.billing_card",
  "compliance.disclosures", "compliance.accountings", "compliance.accounting_letter", "compliance.associates", "compliance.agreement_file", "compliance.retained", "compliance.due", "compliance.access_requests", "compliance.amendment_requests", "compliance.amendments",
  "scheduling.setup", "scheduling.day", "scheduling.week", "scheduling.month", "scheduling.openings", "scheduling.check", "scheduling.visit", "scheduling.clinical_visit", "scheduling.patient_visits", "scheduling.waitlist", "scheduling.contacts", "scheduling.figures", "scheduling.gates_ahead", "scheduling.theatre_board", "scheduling.check_theatre", "scheduling.check_allocation", "scheduling.clinical_case", "scheduling.reminders", "scheduling.desk_sheet", "scheduling.clinical_sheet",
  "exchange.received", "exchange.backups", "exchange.downtime",
  "log.entries", "log.report", "log.status", "log.verify",
]);

export function looks(operation: string): boolean {
  return LOOKS.has(operation);
}

/** The same session with nothing left in it that changes anything, so that no screen offers it. */
export function lookingOnly(session: SessionView): SessionView {
  return { ...session, operations: session.operations.filter(looks) };
}
