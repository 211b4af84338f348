import type { BackupRow, ProofRow, RefusalCode } from "../generated";
import { holds } from "./agreements";
import { refuse, type Answers, type Asked } from "./answers";
import { today } from "./calendar";
import { steps } from "./steps";
import type { World } from "./world";

const HOUR = 60 * 60 * 1000;
const ROWS = 8120;
const BYTES = 48_234_496;
type Work = "shell.back_up" | "shell.plan_backups" | "shell.prove_backup" | "shell.look_at_backup" | "shell.restore";

/** An instant so many hours before now: how old a backup is counts from the real clock. */
export function hoursAgo(hours: number): string {
  return `${new Date(Date.now() - hours * HOUR).toISOString().slice(0, 19)}+00:00`;
}

export function madeUpProof(hours: number, code: RefusalCode | null = null): ProofRow {
  return { at: hoursAgo(hours), by: "n.ito", ok: code === null, code, entries: code === null ? 184_203 : 0, rows: code === null ? ROWS : 0, took_ms: 3140 };
}

export function madeUpBackup(hours: number, proof: ProofRow | null = null): BackupRow {
  return { backup: `backup-${hours}`, made_at: hoursAgo(hours), made_by: "n.ito", log_size: 184_203 - Math.round(hours) * 3, bytes: BYTES - Math.round(hours) * 1024, took_ms: 1870, associate: null, proof };
}

export function madeUpBackups(): BackupRow[] {
  return [madeUpBackup(3, madeUpProof(2)), madeUpBackup(27), madeUpBackup(51, madeUpProof(50)), madeUpBackup(75, madeUpProof(74, "exchange.backup_damaged"))];
}

export const backupRecords: Pick<Answers<"exchange">, "exchange.back_up" | "exchange.plan_backups" | "exchange.prove_backup" | "exchange.backups"> = {
  "exchange.back_up": (world) => ({ entries: world.log[0]?.sequence ?? 0 }),
  "exchange.plan_backups": () => null,
  "exchange.prove_backup": (world) => ({ entries: world.log[0]?.sequence ?? 0 }),
  "exchange.backups": (world) => ({ rows: world.backups, plan: world.plan, custodian: world.custodian }),
};

/** Reading, restoring and checking, one after the other. */
export async function whole(job: string, world: World, asked: Asked): Promise<boolean> {
  return (await steps(job, "reading", BYTES, asked)) && (await steps(job, "restoring", ROWS, asked)) && (await steps(job, "checking", world.log[0]?.sequence ?? 1, asked));
}

export const backupWork: Pick<Answers<"shell">, Work> = {
  "shell.back_up": async (world, input, asked) => {
    if (input.folder === "" || world.state !== "signed_in") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (input.associate && !holds(world, input.associate, today())) return refuse("compliance.no_agreement", "associate", "Sign one first.");
    if (!(await steps("job-backup", "writing", ROWS, asked))) return refuse("shell.backup_stopped", null, "It was stopped.");
    world.backups.unshift({ ...madeUpBackup(0), associate: input.associate ?? null });
    return { folder: "folder-backup", name: "keepwell-backup-2026-11-21-0197", bytes: BYTES, rows: ROWS, log_size: world.log[0]?.sequence ?? 0 };
  },
  "shell.plan_backups": (world, input) => {
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (input.associate && !holds(world, input.associate, today())) return refuse("compliance.no_agreement", "associate", "Sign one first.");
    const typed = input.custodian?.trim();
    if (typed?.toUpperCase().startsWith("AGE-SECRET-KEY-")) return refuse("exchange.custodian_secret", "custodian", "This is a secret key.");
    if (typed && !typed.startsWith("age1")) return refuse("exchange.custodian_key", "custodian", "This is no public key of age.");
    if (typed !== undefined) world.custodian = typed === "" ? null : typed;
    world.plan = input.folder === null ? null : { folder: world.folder?.name ?? "drive", every: input.every, associate: input.associate ?? null };
    return null;
  },
  "shell.prove_backup": async (world, input, asked) => {
    const row = world.backups[0];
    if (input.folder === "" || !row) return refuse("exchange.backup_missing", null, "Choose another folder.");
    if (!(await whole("job-proof", world, asked))) return refuse("shell.proof_stopped", null, "It was stopped.");
    row.proof = madeUpProof(0, world.badBackup);
    world.backupBroken = !row.proof.ok;
    const { ok, code, entries, rows, took_ms } = row.proof;
    return { backup: row.backup, ok, code, entries, rows, took_ms };
  },
  "shell.look_at_backup": (world) => (world.badBackup ? refuse(world.badBackup, null, "Choose another folder.") : { made_at: hoursAgo(20), version: "0.1.0", log_size: 184_203, bytes: BYTES }),
  "shell.restore": async (world, input, asked) => {
    if (world.state !== "absent") return refuse("door.practice_exists", null, "A practice is already here.");
    if (!input.recovery_key.startsWith("KW1") && input.recovery_key !== world.kitWords.join(" ")) return refuse("exchange.backup_other_key", null, "Check the key.");
    if (!(await whole("job-restore", world, asked))) return refuse("shell.restore_stopped", null, "It was stopped.");
    world.state = "signed_out";
    return { rows: ROWS, entries: world.log[0]?.sequence ?? 0, seconds: 94 };
  },
};
