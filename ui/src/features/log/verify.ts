import { call, failureOf } from "../../bridge";
import { changeJob, dropJob, startJob, toast } from "../../kit";
import { failureWords, numberText, type Translate } from "../../words";

export const VERIFY_JOB = "verify-log";

/** Verifies the whole log as a job one can watch and cancel. In the background, only what is wrong is said aloud. */
export async function verifyLog(t: Translate, background = false): Promise<void> {
  let job: string | null = null;
  startJob({ id: VERIFY_JOB, title: t("log.proof.title"), cancel: () => { if (job) void call("shell.cancel", { job }); } });
  try {
    const found = await call("shell.verify_log", {}, {
      onProgress: (progress) => {
        ({ job } = progress);
        changeJob(VERIFY_JOB, { phase: t("log.proof.running"), done: progress.done, total: progress.total });
      },
    });
    if (background && found.ok) {
      dropJob(VERIFY_JOB);
      return;
    }
    changeJob(VERIFY_JOB, { state: "done" });
    toast(found.ok ? t("log.proof.okToast", { entries: numberText(found.entries) }) : t("log.proof.brokenToast"), found.ok ? {} : { tone: "danger" });
  } catch (thrown) {
    changeJob(VERIFY_JOB, { state: "failed" });
    // A lock in the middle of a check that nobody asked for is no failure to speak of.
    if (background && failureOf(thrown).kind !== "fault") {
      dropJob(VERIFY_JOB);
      return;
    }
    toast(failureWords(failureOf(thrown)), { tone: "danger" });
  }
}
