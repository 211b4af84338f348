import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChooseBackup, OpenBackup, RestoredReport, TO_RESTORE } from "./RestoreSteps";
import { findBackup, restore, type FoundBackup, type Restored } from "./restoreJob";
import { useAttempt } from "./useAttempt";
import { WizardFrame } from "./WizardFrame";

const STEPS = ["backup", "key", "restored"] as const;

/** Brings a practice back on a computer that has none: the folder, the recovery kit, and what came of it. */
export function RestoreWizard({ start, onBack, onRestored }: { /** A backup that is chosen already. */ start: FoundBackup | null; onBack: () => void; onRestored: () => void }) {
  const { t } = useTranslation();
  const [found, setFound] = useState<FoundBackup | null>(start);
  const [recoveryKey, setRecoveryKey] = useState("");
  const [report, setReport] = useState<Restored | null>(null);
  const attempt = useAttempt();
  const choose = () =>
    attempt.run(async () => {
      const next = await findBackup();
      if (next) setFound(next);
    });
  const run = (backup: FoundBackup) =>
    attempt.run(async () => {
      const restored = await restore(t, backup.folder, recoveryKey);
      // It was needed this once; what was refused stays typed, what was taken does not.
      setRecoveryKey("");
      setReport(restored);
    });
  const startAgain = () => {
    attempt.clear();
    setFound(null);
  };
  const step = report ? "restored" : found ? "key" : "backup";
  return (
    <WizardFrame step={step} steps={STEPS}>
      {step === "backup" ? <ChooseBackup attempt={attempt} onChoose={() => void choose()} onBack={onBack} /> : null}
      {step === "key" && found ? (
        <OpenBackup to={TO_RESTORE} found={found} recoveryKey={recoveryKey} onKey={setRecoveryKey} attempt={attempt} onChoose={() => void choose()} onRun={() => void run(found)} onBack={startAgain} />
      ) : null}
      {report && found ? <RestoredReport report={report} madeAt={found.says.made_at} onDone={onRestored} /> : null}
    </WizardFrame>
  );
}
