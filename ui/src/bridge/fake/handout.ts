import { letterOf } from "./amendments";
import { refuse, type Answers, type Asked } from "./answers";
import { deidentifiedReport, people } from "./deidentified";
import { checkDisclosure, record } from "./ledger";
import { report as reportOf } from "./report";
import { steps } from "./steps";
import { write } from "./world";

const SHA = "4be1d7".padEnd(64, "03c9");
const RECORD_BYTES = 3_482_112;
/** The most patients in one part. */
const PART = 100;

/** How many there are is known once the last page was read. */
function pageByPage(asked: Asked): Asked {
  return { ...asked, onProgress: (progress) => asked.onProgress({ ...progress, total: progress.done }) };
}

/** What is written into a folder that a person chose: a letter, a seal, a patient's records, an agreement, data without names. */
export const handouts: Pick<Answers<"shell">, "shell.save_accounting_letter" | "shell.save_decision_letter" | "shell.save_monthly_seal" | "shell.export_records" | "shell.save_agreement" | "shell.deidentify" | "shell.export_population" | "shell.save_log_report" | "shell.support_text" | "shell.save_support_text"> = {
  "shell.save_accounting_letter": (_world, input) => (input.folder === "" ? refuse("shell.folder_not_chosen", "folder", "Choose the folder again.") : { name: "accounting-2026-11-21.pdf", sha256: SHA }),
  "shell.save_decision_letter": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    letterOf(world, input.kind, input.request);
    return { name: `${input.kind.replace("_", "-")}-2026-11-21.pdf`, sha256: SHA };
  },
  "shell.save_monthly_seal": (world, input) => (input.folder === "" ? refuse("shell.folder_not_chosen", "folder", "Choose the folder again.") : { name: "keepwell-seal-2026-11.pdf", log_size: world.log[0]?.sequence ?? 0 }),
  "shell.save_log_report": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    const { rows, digest } = reportOf(world, input.query);
    // It is asked for anew, and each asking is an entry.
    write(world, { operation: "log.report", purpose: "operations", outcome: "done" });
    return { pdf: "keepwell-report-0197.pdf", csv: "keepwell-report-0197.csv", sha256: digest, entries: rows.length };
  },
  "shell.support_text": (world) => ({ text: world.supportText ?? JSON.stringify({ format: "keepwell-support-1", program: { version: "0.1.0", system: "linux", processor: "x86_64" }, practice: { state: world.state, log_entries: world.log.length }, store: { bytes: 48_234_496, journal_bytes: 0 }, faults: ["2026-11-21T14:00:00Z 7F3A19C2 the disk is full"] }, null, 2) }),
  "shell.save_support_text": (_world, input) => (input.folder === "" ? refuse("shell.folder_not_chosen", "folder", "Choose the folder again.") : { name: "keepwell-support-0197.json" }),
  "shell.save_agreement": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    const kept = world.associates.find((row) => row.associate === input.associate);
    const sha256 = kept?.agreement_sha256 ?? refuse("compliance.no_agreement_file", "associate", "Add the file in the register.");
    return { name: "agreement-2026-11-21.pdf", sha256 };
  },
  "shell.deidentify": async (world, input, asked) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (!(await steps("job-deidentify", "reading", people(world), pageByPage(asked)))) return refuse("shell.deidentify_stopped", null, "It was stopped. Nothing was written.");
    const report = deidentifiedReport(world, input.k, input.epsilon);
    return { name: "keepwell-deidentified-019723c0", rows: report.rows, report };
  },
  "shell.export_records": async (world, input, asked) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (input.passphrase === null && (asked.reason ?? "").trim() === "") return refuse("exchange.plain_without_reason", "reason", "Say why.");
    await steps("job-records", "writing", 120, asked);
    record(world, input.patient, input.details, { file_sha256: SHA });
    return { name: input.passphrase === null ? "records-2026-11-21" : "records-2026-11-21.zip.age", sha256: SHA, bytes: RECORD_BYTES };
  },
  "shell.export_population": async (world, input, asked) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (input.passphrase === null && (asked.reason ?? "").trim() === "") return refuse("exchange.plain_without_reason", "reason", "Say why.");
    checkDisclosure(world, input.details);
    let told = 0;
    const onProgress: Asked["onProgress"] = (progress) => {
      told = progress.done;
      asked.onProgress(progress);
    };
    const whole = await steps("job-population", "writing", world.patients.length, { ...asked, onProgress });
    // Whose records were on their way stand in the ledger, also when it was stopped.
    for (const one of world.patients.slice(0, told)) record(world, one.id, input.details, { file_sha256: SHA });
    return { name: whole ? "keepwell-records-0197" : null, parts: Math.ceil(told / PART), patients: told, bytes: RECORD_BYTES * told };
  },
};
