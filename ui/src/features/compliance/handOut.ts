import { call, failureOf, type Input, type Output, type Purpose } from "../../bridge";
import { changeJob, dropJob, startJob, toast } from "../../kit";
import type { Translate } from "../../words";

const RECORDS_JOB = "hand-out-records";

type Basis = Input<"shell.export_records">["details"]["basis"];
const ASKED: ReadonlySet<Basis> = new Set(["individual", "authorization", "involved_in_care", "payment", "operations"]);

export type HandedOut = Output<"shell.export_records">;

/** The log says why records left by the basis on which they did; what a patient or a payer asked for is the patient's own affair. */
function purposeOf(basis: Basis): Purpose {
  if (basis === "treatment") return "treatment";
  if (basis === "public_health" || basis === "abuse") return "public_health";
  return ASKED.has(basis) ? "patient_request" : "legal";
}

/** Lets the person choose a folder and writes a patient's records there. It takes a second or two and is not stopped half-way. Null when no folder was chosen. */
export async function handOut(t: Translate, input: Omit<Input<"shell.export_records">, "folder">, reason: string | null): Promise<HandedOut | null> {
  const chosen = await call("shell.choose_folder", {});
  if (chosen === null) return null;
  startJob({ id: RECORDS_JOB, title: t("compliance.records.job") });
  try {
    const made = await call("shell.export_records", { ...input, folder: chosen.folder }, { purpose: purposeOf(input.details.basis), ...(reason === null ? {} : { reason }) });
    changeJob(RECORDS_JOB, { state: "done" });
    toast(t("compliance.records.done", { name: made.name }));
    return made;
  } catch (thrown) {
    // The dialog says what stood in the way.
    dropJob(RECORDS_JOB);
    throw failureOf(thrown);
  }
}
