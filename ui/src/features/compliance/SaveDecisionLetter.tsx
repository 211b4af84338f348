import { FileDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, useMay, type DecisionLetterKind, type Output } from "../../bridge";
import { Banner, Button } from "../../kit";
import { failureWords } from "../../words";

/** Takes the letter out as a file, to be printed and sent. It can be asked for again at any time. */
export function SaveDecisionLetter({ kind, request }: { kind: DecisionLetterKind; request: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const [saved, setSaved] = useState<Output<"shell.save_decision_letter"> | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  if (!may("compliance.decision_letter")) return null;
  const save = async () => {
    setBusy(true);
    setWrong(null);
    try {
      const chosen = await call("shell.choose_folder", {});
      if (chosen !== null) setSaved(await call("shell.save_decision_letter", { folder: chosen.folder, kind, request }));
    } catch (thrown) {
      setSaved(null);
      setWrong(failureWords(failureOf(thrown)));
    }
    setBusy(false);
  };
  return (
    <div className="kw-tight cp-timeline-letter">
      <div><Button icon={<FileDown size={14} aria-hidden="true" />} isDisabled={busy} onPress={() => void save()} testId={`letter-${kind}`}>{t(`compliance.decisionLetter.${kind}`)}</Button></div>
      {wrong ? <Banner tone="danger" testId="decision-letter-refused">{wrong}</Banner> : null}
      {saved ? <Banner tone="ok" testId="decision-letter-saved">{t("compliance.decisionLetter.saved")} <span className="kw-mono cp-sha">{saved.name}</span></Banner> : null}
    </div>
  );
}
