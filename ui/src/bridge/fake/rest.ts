import type { ImportReport, Verification } from "../generated";
import { refuse, type Answers, type Asked } from "./answers";
import { access } from "./access";
import { requests } from "./accountings";
import { agreements } from "./agreements";
import { amendments } from "./amendments";
import { backupRecords, backupWork } from "./backups";
import { copies } from "./copies";
import { downtimeRecords, downtimeWork } from "./downtime";
import { NOTHING_TAKEN } from "./deidentified";
import { handouts } from "./handout";
import { deskPapers } from "./scheduleDesk";
import { sealedAnew } from "./identity";
import { ledger } from "./ledger";
import { receivedRecords } from "./received";
import { fits, report } from "./report";
import { retention } from "./retention";
import { cancelled, steps } from "./steps";
import { takeBack } from "./takeback";
import { TODAY, instant, type World } from "./world";

function verification(world: World): Verification {
  return { entries: world.log[0]?.sequence ?? 0, ok: true, first_bad: null, what: null, checkpoints: 2879, at: `${TODAY}T06:58:00-05:00` };
}

export const log: Answers<"log"> = {
  "log.entries": (world, input) => {
    const after = input.after ?? Number.POSITIVE_INFINITY;
    const all = world.log.filter((row) => row.sequence < after && fits(row, input));
    const rows = all.slice(0, input.limit);
    return { rows: structuredClone(rows), next: all.length > rows.length ? (rows[rows.length - 1]?.sequence ?? null) : null };
  },
  "log.report": (world, input) => report(world, input),
  "log.verify": (world) => verification(world),
  "log.seal": (world) => ({ vault: "0197", size: world.log[0]?.sequence ?? 0, root: "9f3c", state_digest: "77ab", at: instant(), note: "keepwell.local/0197", public_key: "5d21" }),
  "log.export": (world) => ({ entries: world.log.length }),
  "log.status": (world) => ({ entries: world.log[0]?.sequence ?? 0, last_checkpoint: { size: world.log[0]?.sequence ?? 0, root: "9f2c41ab77d05e18", at: `${TODAY}T09:12:00-05:00` }, anchored: true, read_only: false, last_verification: verification(world) }),
};

export const compliance: Answers<"compliance"> = { ...ledger, ...requests, ...access, ...amendments, ...agreements, ...retention };

export const exchange: Answers<"exchange"> = {
  "exchange.import_patients": () => ({ rows: [], not_imported: [] }),
  // The window asks the shell, which writes the files; the records themselves never come here.
  "exchange.export_records": () => ({ disclosure: "disclosure-0", base64: "", sha256: "" }),
  // The window asks the shell, which reads the files.
  "exchange.take_back": () => ({ patient: "patient-0", outcome: "created", versions: 1, received_left: 0 }),
  "exchange.keep_received": () => ({ kept: [], refused: [], closed: false }),
  "exchange.export_population": () => ({ patients: 0, base64: "", sha256: "", next: null, of: 0 }),
  "exchange.decommission": () => ({ backup_sha256: "ab12".repeat(16) }),
  // The window asks the shell, which writes the files page by page.
  "exchange.deidentify": () => ({ rows: [], removed: NOTHING_TAKEN, next: null }),
  ...backupRecords,
  ...downtimeRecords,
  ...receivedRecords,
};

async function runImport(asked: Asked): Promise<ImportReport> {
  const whole = await steps("job-import", "reading", 113, asked);
  const bad = (index: number, id: string, field: string, code: string, remedy: string) => ({ index, resource_type: "Patient", id, outcome: "refused" as const, patient: null, code, field, remedy });
  return {
    created: whole ? 108 : 31,
    updated: whole ? 1 : 0,
    unchanged: whole ? 2 : 0,
    refused: whole ? [bad(17, "synthea-0017", "birthDate", "patients.birth_in_future", "Check the year of birth."), bad(64, "synthea-0064", "name", "exchange.no_name", "The patient has no family name. Add one in the file, or register by hand.")] : [],
    kept: [{ resource_type: "Appointment", count: 310 }, { resource_type: "Coverage", count: 108 }],
    not_imported: [{ resource_type: "Encounter", count: 2210 }, { resource_type: "Observation", count: 18_442 }, { resource_type: "Claim", count: 3116 }],
    files: 1,
    cancelled: !whole,
  };
}

const ZONES = ["America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage", "America/Phoenix", "America/Puerto_Rico", "Pacific/Honolulu", "Europe/Berlin", "UTC"];

/** A last backup and its proof. */
async function wholeEnding(world: World, asked: Asked): Promise<boolean> {
  return (await steps("job-end", "writing", 8120, asked)) && (await steps("job-end", "restoring", 8120, asked)) && (await steps("job-end", "checking", world.log[0]?.sequence ?? 1, asked));
}

/** Nobody has counted how much there is: counting would take as long as the work. */
function uncounted(asked: Asked): Asked {
  return { ...asked, onProgress: (progress) => asked.onProgress({ ...progress, total: 0 }) };
}

export const shell: Answers<"shell"> = {
  "shell.status": (world) => ({
    state: world.state,
    practice_name: world.state === "absent" ? null : world.practice.name,
    vault_id: "018f-4c2e-77a1",
    demonstration: world.demonstration,
    read_only: world.copy ? "It is a copy." : world.readOnly,
    copy_made_at: world.copy?.madeAt ?? null,
    keychain: "os",
    problem: null,
    locked_user: world.state === "locked" ? "Dr. Naomi Ito" : null,
    session: world.session,
    version: "0.1.0",
    time_zones: "2026a",
    idle_minutes: world.practice.idle_minutes,
    locks_at: null,
    log_entries: world.log[0]?.sequence ?? 0,
    last_verification: world.state === "absent" ? null : verification(world),
    backup: world.state === "absent" ? null : { last: world.backups[0]?.made_at ?? null, planned: world.plan !== null, missed: world.backupMissed, broken: world.backupBroken },
    downtime_missed: !world.copy && world.downtimeMissed,
  }),
  "shell.time_zones": () => ({ zones: ZONES, here: "America/Chicago" }),
  "shell.passphrase_advice": (_world, input) => {
    const length = [...input.passphrase].length;
    const score = Math.min(4, Math.floor(length / 5));
    return { score, acceptable: length >= 15, advice: length >= 15 ? "" : "Add another word or two. Uncommon words are better." };
  },
  "shell.choose_import": () => ({ file: "file-1", name: "lakeside-patients.ndjson", bytes: 4_812_220 }),
  "shell.run_import": (world, input, asked) => (input.file === "" || world.state !== "signed_in" ? refuse("shell.file_not_chosen", "file", "Choose a file.") : runImport(asked)),
  "shell.choose_folder": (world) => world.folder,
  "shell.export_log": async (world, input, asked) => {
    if (input.folder === "" || world.state !== "signed_in") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if ((asked.reason ?? "").trim() === "") return refuse("door.reason_needed", "reason", "Say why.");
    if (input.passphrase !== null && [...input.passphrase].length < 12) return refuse("exchange.passphrase_short", "passphrase", "Choose a longer one.");
    const whole = await steps("job-export", "writing", world.log.length, asked);
    if (!whole) return refuse("shell.export_stopped", null, "It was stopped.");
    return { entries: world.log.length, redacted: input.query.patient ? 2 : 0, log_size: world.log.length, name: input.passphrase === null ? "keepwell-audit-0197" : "keepwell-audit-0197.zip.age" };
  },
  "shell.decommission": async (world, input, asked) => {
    if (input.folder === "" || world.state !== "signed_in") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (input.practice_name !== world.practice.name) return refuse("exchange.name_differs", "practice_name", "Type it as it stands.");
    if (input.custodian.trim() === "") return refuse("exchange.custodian_missing", "custodian", "Say who.");
    if (world.holds.length > 0) return refuse("compliance.legal_hold", null, "Ask whoever placed it.");
    if (!(await wholeEnding(world, asked))) return refuse("shell.ending_stopped", null, "It was stopped.");
    world.state = "absent";
    world.session = null;
    return { backup: "keepwell-backup-0197", certificate: world.certificateFails ? null : "keepwell-certificate-0197.pdf", log_size: world.log[0]?.sequence ?? 0 };
  },
  "shell.reseal": async (world, _input, asked) => {
    const whole = await steps("job-reseal", "sealing", 4_210, uncounted(asked));
    if (!whole) return refuse("shell.resealing_stopped", null, "It was stopped.");
    sealedAnew(world);
    return { values: 4_210 };
  },
  "shell.verify_log": async (world, _input, asked) => {
    await steps("job-verify", "verifying", world.log[0]?.sequence ?? 1, asked);
    return verification(world);
  },
  "shell.cancel": (_world, input) => {
    cancelled.add(input.job);
    return null;
  },
  "shell.print": () => null,
  "shell.keep_look": () => null,
  ...backupWork,
  ...downtimeWork,
  ...handouts,
  ...deskPapers,
  ...copies,
  ...takeBack,
};
