import { useTranslation } from "react-i18next";
import { Banner, Button, KeyedForm, Progress, jobs, useStore } from "../../kit";
import { dateTimeText, durationText, numberText, sizeText, type Translate } from "../../words";
import { RecoveryKeyField } from "./RecoveryKeyField";
import { RESTORE_JOB, type FoundBackup, type Restored } from "./restoreJob";
import type { Attempt } from "./useAttempt";

export function ChooseBackup({ attempt, onChoose, onBack }: { attempt: Attempt; onChoose: () => void; onBack: () => void }) {
  const { t } = useTranslation();
  const wrong = attempt.words([]);
  return (
    <div className="kw-stack">
      <p className="id-lead">{t("identity.restore.lead")}</p>
      <p className="kw-quiet">{t("identity.restore.need")}</p>
      {wrong ? <Banner tone="danger" testId="restore-refused">{wrong}</Banner> : null}
      <div className="kw-row">
        <Button variant="primary" tall autoFocus isDisabled={attempt.busy} onPress={onChoose} testId="restore-choose">
          {t(attempt.busy ? "identity.restore.looking" : "identity.restore.choose")}
        </Button>
        <Button variant="quiet" tall isDisabled={attempt.busy} onPress={onBack} testId="setup-back">{t("common.back")}</Button>
      </div>
    </div>
  );
}

/** What a backup is opened for, with its own words: the tests name its parts after the first of them. */
export interface OpenFor {
  id: "restore" | "look";
  job: string;
  /** The refusal by which somebody stopped it. */
  stopped: string;
  back: string;
  label: (t: Translate) => string;
  run: (t: Translate) => string;
  /** What is to be known before. */
  note?: (t: Translate) => string;
}

export const TO_RESTORE: OpenFor = { id: "restore", job: RESTORE_JOB, stopped: "shell.restore_stopped", back: "setup-back", label: (t) => t("identity.setup.keyTitle"), run: (t) => t("identity.restore.run") };

export interface OpenBackupProps {
  to: OpenFor;
  found: FoundBackup;
  recoveryKey: string;
  onKey: (recoveryKey: string) => void;
  attempt: Attempt;
  onChoose: () => void;
  onRun: () => void;
  onBack: () => void;
}

export function OpenBackup({ to, found, recoveryKey, onKey, attempt, onChoose, onRun, onBack }: OpenBackupProps) {
  const { t } = useTranslation();
  const job = useStore(jobs).find((one) => one.id === to.job);
  const stopped = attempt.failure?.kind === "refused" && attempt.failure.code === to.stopped;
  const wrong = attempt.words(["recovery_key"]);
  const empty = recoveryKey.trim() === "";
  return (
    <KeyedForm onSave={() => (empty ? undefined : onRun())} className="kw-stack" label={to.label(t)}>
      <WhatItSays found={found} />
      {to.note ? <Banner tone="warn" testId={`${to.id}-note`}>{to.note(t)}</Banner> : null}
      {wrong ? <Banner tone={stopped ? "warn" : "danger"} testId={`${to.id}-refused`}>{wrong}</Banner> : null}
      <RecoveryKeyField value={recoveryKey} onChange={onKey} error={attempt.fieldWords("recovery_key")} testId={`${to.id}-key`} />
      {job ? <div data-testid={`${to.id}-progress`}><Progress label={job.title} phase={job.phase} done={job.done} total={job.total} /></div> : null}
      <div className="kw-row">
        <Button variant="primary" tall type="submit" shortcut="Ctrl Enter" isDisabled={attempt.busy || empty} testId={`${to.id}-run`}>{to.run(t)}</Button>
        {job?.cancel ? (
          <Button tall onPress={job.cancel} testId={`${to.id}-cancel`}>{t("common.cancel")}</Button>
        ) : (
          <>
            <Button tall isDisabled={attempt.busy} onPress={onChoose} testId={`${to.id}-other`}>{t("identity.restore.other")}</Button>
            <Button variant="quiet" tall isDisabled={attempt.busy} onPress={onBack} testId={to.back}>{t("common.back")}</Button>
          </>
        )}
      </div>
    </KeyedForm>
  );
}

/** A backup can say what it likes of itself, and the screen says so. */
export function WhatItSays({ found }: { found: FoundBackup }) {
  const { t } = useTranslation();
  const { made_at, version, log_size, bytes } = found.says;
  return (
    <section className="id-sheet" aria-label={t("identity.restore.says")} data-testid="restore-found">
      <h2>{t("identity.restore.says")}</h2>
      <dl className="kw-kv">
        <dt>{t("identity.restore.folder")}</dt>
        <dd>{found.name}</dd>
        <dt>{t("identity.restore.made")}</dt>
        <dd>{dateTimeText(made_at)}</dd>
        <dt>{t("identity.restore.entries")}</dt>
        <dd>{numberText(log_size)}</dd>
        <dt>{t("identity.restore.size")}</dt>
        <dd>{sizeText(bytes)}</dd>
        <dt>{t("identity.restore.version")}</dt>
        <dd>{t("identity.restore.program", { version })}</dd>
      </dl>
      <p className="kw-sub">{t("identity.restore.unchecked")}</p>
    </section>
  );
}

export function RestoredReport({ report, madeAt, onDone }: { report: Restored; madeAt: string; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="kw-stack">
      <section className="id-sheet" aria-label={t("identity.restore.result")} data-testid="restore-report">
        <dl className="kw-kv">
          <dt>{t("identity.restore.rows")}</dt>
          <dd>{numberText(report.rows)}</dd>
          <dt>{t("identity.restore.checked")}</dt>
          <dd>{numberText(report.entries)}</dd>
          <dt>{t("identity.restore.took")}</dt>
          <dd>{durationText(report.seconds * 1000)}</dd>
        </dl>
        <p className="kw-sub">{t("identity.restore.target")}</p>
      </section>
      <Banner tone="info">{t("identity.restore.since", { when: dateTimeText(madeAt) })}</Banner>
      <p>{t("identity.restore.next")}</p>
      <div>
        <Button variant="primary" tall autoFocus onPress={onDone} testId="restore-done">{t("identity.restore.done")}</Button>
      </div>
    </div>
  );
}
