import { ListTodo, X } from "lucide-react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover, ProgressBar } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { numberText } from "../words";
import { Button } from "./Button";
import { store, useStore } from "./store";

export type JobState = "running" | "done" | "failed" | "cancelled";
export interface Job {
  id: string;
  title: string;
  phase: string;
  done: number;
  total: number;
  state: JobState;
  cancel?: () => void;
  /** Where to look at the result. */
  open?: () => void;
}

export const jobs = store<readonly Job[]>([]);

export function startJob(job: Omit<Job, "phase" | "done" | "total" | "state">): void {
  jobs.set((before) => [...before.filter((one) => one.id !== job.id), { ...job, phase: "", done: 0, total: 0, state: "running" }]);
}

export function changeJob(id: string, change: Partial<Job>): void {
  jobs.set((before) => before.map((one) => (one.id === id ? { ...one, ...change } : one)));
}

export function dropJob(id: string): void {
  jobs.set((before) => before.filter((one) => one.id !== id));
}

/** A bar with its phase and its count. A total of nothing is one that nobody knows: then only the count is shown. Only whole quarters are announced. */
export function Progress({ label, phase, done, total }: { label: string; phase: string; done: number; total: number }) {
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0;
  return (
    <ProgressBar className="kw-progress" value={percent} aria-label={label} isIndeterminate={total === 0}>
      <div className="kw-progress-words">
        <span>{phase}</span>
        <span>{countText(done, total)}</span>
      </div>
      <progress className="kw-progress-bar" max={100} {...(total > 0 ? { value: percent } : {})} aria-hidden="true" />
      <span className="kw-hidden" role="status">{total > 0 ? `${Math.floor(percent / 25) * 25} %` : ""}</span>
    </ProgressBar>
  );
}

/** A running job where it was begun, with a way to stop it. Nothing once it has ended. */
export function JobLine({ id, testId, className = "kw-job-line" }: { id: string; testId: string; className?: string }) {
  const { t } = useTranslation();
  const job = useStore(jobs).find((one) => one.id === id && one.state === "running");
  if (!job) return null;
  return (
    <div className={className} data-testid={`${testId}-progress`}>
      <div className="kw-grow"><Progress label={job.title} phase={job.phase} done={job.done} total={job.total} /></div>
      {job.cancel ? <Button onPress={job.cancel} testId={`${testId}-cancel`}>{t("common.cancel")}</Button> : null}
    </div>
  );
}

function countText(done: number, total: number): string {
  if (total > 0) return `${numberText(done)} / ${numberText(total)}`;
  return done > 0 ? numberText(done) : "";
}

export function JobsTray() {
  const { t } = useTranslation();
  const all = useStore(jobs);
  const running = all.filter((one) => one.state === "running").length;
  if (all.length === 0) return null;
  return (
    <DialogTrigger>
      <AriaButton className="kw-btn kw-btn-quiet" data-testid="jobs-open">
        <ListTodo size={16} aria-hidden="true" />
        {running > 0 ? t("common.jobs.running", { count: running }) : t("common.jobs.finished")}
      </AriaButton>
      <Popover className="kw-popover kw-jobs" placement="bottom end">
        <Dialog aria-label={t("common.jobs.title")} className="kw-plain">
          {({ close }) => all.map((job) => <JobRow key={job.id} job={job} close={close} />)}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function JobRow({ job, close }: { job: Job; close: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="kw-job" data-testid="job">
      <div className="kw-row">
        <b className="kw-grow">{job.title}</b>
        {job.open ? (
          <Button variant="quiet" onPress={() => { close(); job.open?.(); }}>{t("common.show")}</Button>
        ) : null}
        {job.state === "running" && job.cancel ? <Button variant="quiet" onPress={job.cancel} testId="job-cancel">{t("common.cancel")}</Button> : null}
        {job.state === "running" ? null : (
          <Button variant="quiet" aria-label={t("common.dismiss")} onPress={() => dropJob(job.id)} icon={<X size={14} aria-hidden="true" />} />
        )}
      </div>
      {job.state === "running" ? (
        <Progress label={job.title} phase={job.phase} done={job.done} total={job.total} />
      ) : (
        <span className="kw-sub">{t(`common.jobs.${job.state}`)}</span>
      )}
    </div>
  );
}
