import { Channel, invoke } from "@tauri-apps/api/core";
import { CallFailure, failureOf } from "./failure";
import type { Failure, Operations, Progress, Purpose, ShellCalls } from "./generated";
import { purposeFor } from "./purpose";

/** Every call the window can make, with its input and its output. */
export type Calls = Operations & ShellCalls;
export type CallName = keyof Calls;
export type Input<K extends CallName> = Calls[K]["input"];
export type Output<K extends CallName> = Calls[K]["output"];

export interface CallOptions {
  purpose?: Purpose;
  reason?: string;
  onProgress?: (progress: Progress) => void;
}

/** One message as it crosses to Rust. */
export interface Message {
  operation: string;
  input: unknown;
  purpose: Purpose | null;
  reason: string | null;
  onProgress: (progress: Progress) => void;
}

export type Transport = (message: Message) => Promise<unknown>;

const fromWindow: Transport = ({ operation, input, purpose, reason, onProgress }) => {
  const progress = new Channel<Progress>(onProgress);
  return invoke("plugin:practice|call", { operation, input, purpose, reason, progress });
};

let transport: Transport = fromWindow;
const listeners = new Set<(failure: Failure, operation: string) => void>();

/** Puts another backend in the window's place. Tests and the browser preview use it; a release has no caller. */
export function carryBy(next: Transport): void {
  transport = next;
}

/** Tells the shell of every failure, so that a lock or a sign-out shows wherever it is met. */
export function onFailure(listener: (failure: Failure, operation: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls one operation by its name. Rejects with a CallFailure and with nothing else. */
export async function call<K extends CallName>(operation: K, input: Input<K>, options: CallOptions = {}): Promise<Output<K>> {
  try {
    return (await transport({
      operation,
      input,
      purpose: options.purpose ?? purposeFor(operation),
      reason: options.reason ?? null,
      onProgress: options.onProgress ?? (() => {}),
    })) as Output<K>;
  } catch (thrown) {
    const failure = failureOf(thrown);
    for (const listener of listeners) listener(failure, operation);
    throw new CallFailure(failure);
  }
}
