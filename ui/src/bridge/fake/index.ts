import { carryBy } from "../call";
import type { Failure, Operations, Role, ShellCalls } from "../generated";
import { failureOf } from "../failure";
import { looks } from "../looking";
import { refuse, type Answers, type Asked } from "./answers";
import { makeBusy } from "./busy";
import { madeUpDowntime } from "./downtime";
import { identity } from "./identity";
import { patients } from "./patients";
import { compliance, exchange, log, shell } from "./rest";
import { makeTold } from "./scheduleTold";
import { scheduling } from "./scheduling";
import { emptySetup } from "./schedulingSetup";
import { makeTheatres } from "./theatre";
import { newWorld, write, type World } from "./world";

type Everything = Answers<"identity"> & Answers<"patients"> & Answers<"log"> & Answers<"compliance"> & Answers<"exchange"> & Answers<"scheduling"> & Answers<"shell">;

// Taking in made-up patients is for the terminal; no screen asks for it. Were any other operation missing here, the intersection would lack its key and this line would not compile.
const answers: Everything & Record<Exclude<keyof (Operations & ShellCalls), "practice.take_in_made_up" | "practice.take_in_made_up_visits">, unknown> = { ...identity, ...patients, ...log, ...compliance, ...exchange, ...scheduling, ...shell };

/** What coming in and going out needs, in a copy too. */
const COMING_IN: ReadonlySet<string> = new Set(["identity.sign_in", "identity.unlock", "identity.discard_draft"]);

export type Stub = (input: unknown) => Failure | undefined;

/** A fake backend with its world, for tests to look into and to bend. */
export interface Fake {
  world: World;
  calls: { operation: string; input: unknown; purpose: string | null; reason: string | null }[];
  /** Makes the next call of an operation fail this way. */
  failNext: (operation: string, failure: Failure) => void;
}

export function fakeBackend(state: World["state"] = "signed_in", roles: Role[] = ["owner", "physician"]): Fake {
  const world = newWorld(state, roles);
  const failures = new Map<string, Failure>();
  const calls: Fake["calls"] = [];
  carryBy(async ({ operation, input, purpose, reason, onProgress }) => {
    calls.push({ operation, input, purpose, reason });
    const planned = failures.get(operation);
    if (planned) {
      failures.delete(operation);
      // oxlint-disable-next-line no-throw-literal
      throw planned;
    }
    return answer(world, operation, input, { purpose, reason, onProgress });
  });
  return { world, calls, failNext: (operation, failure) => failures.set(operation, failure) };
}

async function answer(world: World, operation: string, input: unknown, asked: Asked): Promise<unknown> {
  const found = (answers as Record<string, (world: World, input: unknown, asked: Asked) => unknown>)[operation];
  if (!found) throw new Error(`not faked: ${operation}`);
  if (world.copy && !operation.startsWith("shell.") && !looks(operation) && !COMING_IN.has(operation)) return refuse("door.read_only", null, "Nothing can be changed.");
  const entry = { operation, purpose: asked.purpose, reason: asked.reason, patients: patientsIn(input), ...visitOf(input) };
  try {
    const output = structuredClone(await found(world, structuredClone(input), asked));
    if (!operation.startsWith("shell.")) write(world, { ...entry, outcome: "done" });
    return output;
  } catch (thrown) {
    const failure = failureOf(thrown);
    if (!operation.startsWith("shell.")) write(world, { ...entry, outcome: "refused", code: failure.kind === "refused" ? failure.code : null });
    throw thrown;
  }
}

function patientsIn(input: unknown): string[] {
  const patient = (input as { patient?: unknown }).patient;
  return typeof patient === "string" ? [patient] : [];
}

function visitOf(input: unknown): { correlation?: string } {
  const visit = (input as { visit?: unknown }).visit;
  return typeof visit === "string" ? { correlation: visit } : {};
}

/** Starts the fake from the address: ?fake&state=absent&roles=receptionist&demo&readonly&keysdue&copy&broken&downtime&downtimemissed&busy&theatre&told&opened&nothing */
export function pretend(query: URLSearchParams): Fake {
  const state = (query.get("state") ?? "signed_in") as World["state"];
  const roles = (query.get("roles") ?? "owner,physician").split(",") as Role[];
  const fake = fakeBackend(state, roles);
  fake.world.demonstration = query.has("demo");
  fake.world.readOnly = query.has("readonly") ? "The file is older than the last checkpoint this computer remembers." : null;
  fake.world.backupBroken = query.has("broken");
  if (query.has("downtime")) fake.world.downtime = madeUpDowntime(3);
  fake.world.downtimeMissed = query.has("downtimemissed");
  if (query.has("nothing")) fake.world.setup = emptySetup();
  if (query.has("theatre")) makeTheatres(fake.world);
  if (query.has("busy")) makeBusy(fake.world);
  if (query.has("told")) makeTold(fake.world);
  if (query.has("opened")) fake.world.openedBackup = { folder: "folder-opened", name: "keepwell-backup-2026-11-14-0191" };
  if (query.has("copy")) fake.world.copy = { madeAt: "2026-11-14T09:12:00-06:00", beneath: "signed_out" };
  if (query.has("keysdue")) Object.assign(fake.world.keys, { since: "2025-11-02", due_on: "2026-11-02", due: true });
  if (state === "locked") fake.world.session = null;
  return fake;
}
