import { refuse, type Answers, type Asked } from "./answers";
import { checkDisclosure, record } from "./ledger";
import { report } from "./report";
import { steps } from "./steps";
import { write } from "./world";

const SHA = "4be1d7".padEnd(64, "03c9");
const RECORD_BYTES = 3_482_112;
/** The most patients in one part. */
const PART = 100;

/** What is written into a folder that a person chose: a letter, a seal, a patient's records. */
export const handouts: Pick<Answers<"shell">, "shell.save_accounting_letter" | "shell.save_monthly_seal" | "shell.export_records" | "shell.export_population" | "shell.save_log_report"> = {
  "shell.save_accounting_letter": (_world, input) => (input.folder === "" ? refuse("shell.folder_not_chosen", "folder", "Choose the folder again.") : { name: "accounting-2026-11-21.pdf", sha256: SHA }),
  "shell.save_monthly_seal": (world, input) => (input.folder === "" ? refuse("shell.folder_not_chosen", "folder", "Choose the folder again.") : { name: "keepwell-seal-2026-11.pdf", log_size: world.log[0]?.sequence ?? 0 }),
  "shell.save_log_report": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    const { rows, digest } = report(world, input.query);
    // It is asked for anew, and each asking is an entry.
    write(world, { operation: "log.report", purpose: "operations", outcome: "done" });
    return { pdf: "keepwell-report-0197.pdf", csv: "keepwell-report-0197.csv", sha256: digest, entries: rows.length };
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
