import type { DowntimePlanned } from "../generated";
import { refuse, type Answers } from "./answers";
import { hoursAgo } from "./backups";
import { steps } from "./steps";

const SHORTEST = 12;
const PHASE = "downtime";

/** The plan of the downtime pack, whether a passphrase opens it, and the last one that was written. */
export interface FakeDowntime {
  plan: DowntimePlanned | null;
  has_passphrase: boolean;
  last: string | null;
  patients: number;
}

export const NO_DOWNTIME: FakeDowntime = { plan: null, has_passphrase: false, last: null, patients: 0 };

/** One that is planned and was written some hours ago. */
export function madeUpDowntime(hours: number): FakeDowntime {
  return { plan: { folder: "Front desk drive", every: "day" }, has_passphrase: true, last: hoursAgo(hours), patients: 2_481 };
}

type Record = "exchange.plan_downtime" | "exchange.downtime" | "exchange.downtime_page" | "exchange.seal_downtime" | "exchange.note_downtime";

export const downtimeRecords: Pick<Answers<"exchange">, Record> = {
  // The window asks the shell, which holds the folder and writes the file.
  "exchange.plan_downtime": () => null,
  "exchange.downtime": (world) => world.downtime,
  "exchange.downtime_page": () => ({ rows: [], next: null }),
  "exchange.seal_downtime": () => ({ page: "" }),
  "exchange.note_downtime": () => null,
};

export const downtimeWork: Pick<Answers<"shell">, "shell.plan_downtime" | "shell.write_downtime"> = {
  "shell.plan_downtime": (world, input) => {
    const { downtime } = world;
    if (input.folder === "") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    if (input.passphrase !== null && [...input.passphrase].length < SHORTEST) return refuse("exchange.passphrase_short", "passphrase", "Choose a longer one.");
    if (input.passphrase === null && input.folder !== null && !downtime.has_passphrase) return refuse("exchange.passphrase_short", "passphrase", "Choose one.");
    downtime.has_passphrase ||= input.passphrase !== null;
    downtime.plan = input.folder === null ? null : { folder: world.folder?.name ?? "drive", every: input.every };
    return null;
  },
  "shell.write_downtime": async (world, input, asked) => {
    const { downtime } = world;
    if (input.folder === "" || world.state !== "signed_in") return refuse("shell.folder_not_chosen", "folder", "Choose the folder again.");
    // How many there are is known once the last page was read; the phase has a name of its own only for whoever holds it still.
    const told = { ...asked, onProgress: (progress: Parameters<typeof asked.onProgress>[0]) => asked.onProgress({ ...progress, phase: "reading", total: 0 }) };
    if (!(await steps("job-downtime", PHASE, world.patients.length, told))) return refuse("shell.downtime_stopped", null, "It was stopped.");
    if (!downtime.has_passphrase) return refuse("exchange.passphrase_short", "passphrase", "Choose one.");
    Object.assign(downtime, { last: hoursAgo(0), patients: world.patients.length });
    world.downtimeMissed = false;
    return { name: `keepwell-downtime-${hoursAgo(0).slice(0, 10)}.html`, patients: downtime.patients };
  },
};
