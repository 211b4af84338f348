import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Banner, Button } from "../../kit";
import { COPY_JOB, openCopy } from "./copyJob";
import { OpenBackup, type OpenFor } from "./RestoreSteps";
import { findBackup, type FoundBackup } from "./restoreJob";
import { useAttempt, type Attempt } from "./useAttempt";
import { WizardFrame } from "./WizardFrame";

const STEPS = ["look", "lookKey"] as const;
const TO_LOOK: OpenFor = { id: "look", job: COPY_JOB, stopped: "shell.copy_stopped", back: "look-back", label: (t) => t("identity.setup.lookKeyTitle"), run: (t) => t("identity.copy.run"), note: (t) => t("identity.copy.note") };
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
        <OpenBackup to={TO_LOOK} found={found} recoveryKey={recoveryKey} onKey={setRecoveryKey} attempt={attempt} onChoose={() => void choose()} onRun={() => void run(found)} onBack={startAgain} />
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
