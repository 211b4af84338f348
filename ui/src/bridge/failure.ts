import type { Failure } from "./generated";

/** A call that was answered with anything but its output. The message names the kind only, so that no trace carries patient data. */
export class CallFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/** Reads the failure out of whatever was thrown. What is not a failure of ours is a fault without a reference. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof CallFailure) return thrown.failure;
  if (isFailure(thrown)) return thrown;
  return { kind: "fault", reference: "window" };
}

/** Returns the refusal code, or null when the call failed otherwise. */
export function refusalCode(thrown: unknown): string | null {
  if (thrown === null || thrown === undefined) return null;
  const failure = failureOf(thrown);
  return failure.kind === "refused" ? failure.code : null;
}

function isFailure(value: unknown): value is Failure {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  const kind = (value as { kind: unknown }).kind;
  return kind === "refused" || kind === "denied" || kind === "locked" || kind === "signed_out" || kind === "fault";
}
