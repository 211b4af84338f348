import { call, failureOf, type Failure, type ImportReport, type Output } from "../../bridge";
import { changeJob, startJob, store, toast } from "../../kit";
import { failureWords, type Translate } from "../../words";

export const IMPORT_JOB = "import-patients";
export type ChosenFile = NonNullable<Output<"shell.choose_import">>;

export interface ImportState {
  file: ChosenFile | null;
  report: ImportReport | null;
  failure: Failure | null;
  running: boolean;
}

const NOTHING: ImportState = { file: null, report: null, failure: null, running: false };

/** The import outlives its screen: one may leave, work, and come back by the jobs tray. */
export const importing = store<ImportState>(NOTHING);

export function forgetImport(): void {
  importing.set(NOTHING);
}

export async function chooseFile(): Promise<void> {
  try {
    const file = await call("shell.choose_import", {});
    if (file) importing.set({ ...NOTHING, file });
  } catch (thrown) {
    importing.set({ ...NOTHING, failure: failureOf(thrown) });
  }
}

export async function runImport(t: Translate, open: () => void): Promise<void> {
  const { file, running } = importing.get();
  if (!file || running) return;
  let job: string | null = null;
  importing.set({ file, report: null, failure: null, running: true });
  startJob({ id: IMPORT_JOB, title: t("exchange.job"), open, cancel: () => { if (job) void call("shell.cancel", { job }); } });
  try {
    const report = await call("shell.run_import", { file: file.file }, {
      onProgress: (progress) => {
        ({ job } = progress);
        changeJob(IMPORT_JOB, { phase: t(`exchange.phase.${progress.phase}`, { defaultValue: progress.phase }), done: progress.done, total: progress.total });
      },
    });
    importing.set({ file, report, failure: null, running: false });
    changeJob(IMPORT_JOB, { state: report.cancelled ? "cancelled" : "done" });
    toast(t(report.cancelled ? "exchange.cancelledToast" : "exchange.doneToast", { count: report.created + report.updated }));
  } catch (thrown) {
    const failure = failureOf(thrown);
    importing.set({ file, report: null, failure, running: false });
    changeJob(IMPORT_JOB, { state: "failed" });
    toast(failureWords(failure), { tone: "danger" });
  }
}
