import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner, Button, KeyedForm, Progress, jobs, useStore } from "../../kit";
import { COPY_JOB, openCopy } from "./copyJob";
import { RecoveryKeyField } from "./RecoveryKeyField";
import { WhatItSays } from "./RestoreSteps";
import { findBackup, type FoundBackup } from "./restoreJob";
import { useAttempt, type Attempt } from "./useAttempt";
import { WizardFrame } from "./WizardFrame";

const STEPS = ["look", "lookKey"] as const;
const POINTS = ["point1", "point2", "point3", "point4"] as const;

/** Opens a backup beside the practice, or where there is none: the folder, then the recovery kit of that day. */
export function LookWizard({ start = null, onBack, onOpened }: { /** A backup that is chosen already. */ start?: FoundBackup | null; onBack: () => void; onOpened: () => Promise<void> }) {
  const { t } = useTranslation();
  const [found, setFound] = useState<FoundBackup | null>(start);
  const [recoveryKey, setRecoveryKey] = useState("");
  const attempt = useAttempt();
  const choose = () =>
    attempt.run(async () => {
      const next = await findBackup();
      if (next) setFound(next);
    });
  const run = (backup: FoundBackup) =>
    attempt.run(async () => {
      await openCopy(t, backup.folder, recoveryKey);
      setRecoveryKey("");
      await onOpened();
    });
  const startAgain = () => {
    attempt.clear();
    setFound(null);
  };
  return (
    <WizardFrame step={found ? "lookKey" : "look"} steps={STEPS}>
      {found ? (
        <OpenForLooking found={found} recoveryKey={recoveryKey} onKey={setRecoveryKey} attempt={attempt} onChoose={() => void choose()} onRun={() => void run(found)} onBack={startAgain} />
      ) : (
        <ChooseForLooking attempt={attempt} onChoose={() => void choose()} onBack={onBack} />
      )}
    </WizardFrame>
  );
}

function ChooseForLooking({ attempt, onChoose, onBack }: { attempt: Attempt; onChoose: () => void; onBack: () => void }) {
  const { t } = useTranslation();
  const wrong = attempt.words([]);
  return (
    <div className="kw-stack">
      <p className="id-lead">{t("identity.copy.lead")}</p>
      <ul className="id-list">{POINTS.map((point) => <li key={point}>{t(`identity.copy.${point}`)}</li>)}</ul>
      <p className="kw-quiet">{t("identity.copy.need")}</p>
      {wrong ? <Banner tone="danger" testId="look-refused">{wrong}</Banner> : null}
      <div className="kw-row">
        <Button variant="primary" tall autoFocus isDisabled={attempt.busy} onPress={onChoose} testId="look-choose">{t(attempt.busy ? "identity.restore.looking" : "identity.restore.choose")}</Button>
        <Button variant="quiet" tall isDisabled={attempt.busy} onPress={onBack} testId="look-back">{t("common.back")}</Button>
      </div>
    </div>
  );
}

interface OpenForLookingProps {
  found: FoundBackup;
  recoveryKey: string;
  onKey: (recoveryKey: string) => void;
  attempt: Attempt;
  onChoose: () => void;
  onRun: () => void;
  onBack: () => void;
}

function OpenForLooking({ found, recoveryKey, onKey, attempt, onChoose, onRun, onBack }: OpenForLookingProps) {
  const { t } = useTranslation();
  const job = useStore(jobs).find((one) => one.id === COPY_JOB);
  const stopped = attempt.failure?.kind === "refused" && attempt.failure.code === "shell.copy_stopped";
  const wrong = attempt.words(["recovery_key"]);
  const empty = recoveryKey.trim() === "";
  return (
    <KeyedForm onSave={() => (empty ? undefined : onRun())} className="kw-stack" label={t("identity.setup.lookKeyTitle")}>
      <WhatItSays found={found} />
      <Banner tone="warn" testId="look-note">{t("identity.copy.note")}</Banner>
      {wrong ? <Banner tone={stopped ? "warn" : "danger"} testId="look-refused">{wrong}</Banner> : null}
      <RecoveryKeyField value={recoveryKey} onChange={onKey} error={attempt.fieldWords("recovery_key")} testId="look-key" />
      {job ? <div data-testid="look-progress"><Progress label={job.title} phase={job.phase} done={job.done} total={job.total} /></div> : null}
      <div className="kw-row">
        <Button variant="primary" tall type="submit" shortcut="Ctrl Enter" isDisabled={attempt.busy || empty} testId="look-run">{t("identity.copy.run")}</Button>
        {job?.cancel ? (
          <Button tall onPress={job.cancel} testId="look-cancel">{t("common.cancel")}</Button>
        ) : (
          <>
            <Button tall isDisabled={attempt.busy} onPress={onChoose} testId="look-other">{t("identity.restore.other")}</Button>
            <Button variant="quiet" tall isDisabled={attempt.busy} onPress={onBack} testId="look-back">{t("common.back")}</Button>
          </>
        )}
      </div>
    </KeyedForm>
  );
}
