import { FileDown } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, type Output } from "../../bridge";
import { Banner, Button } from "../../kit";
import { failureWords } from "../../words";

/** Takes the signed agreement out as a file, for whoever asks to see the paper. */
export function SaveAgreement({ associate }: { associate: string }) {
  const { t } = useTranslation();
  const [saved, setSaved] = useState<Output<"shell.save_agreement"> | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setWrong(null);
    try {
      const chosen = await call("shell.choose_folder", {});
      if (chosen !== null) setSaved(await call("shell.save_agreement", { folder: chosen.folder, associate }));
    } catch (thrown) {
      setSaved(null);
      setWrong(failureWords(failureOf(thrown)));
    }
    setBusy(false);
  };
  return (
    <div className="kw-tight">
      <div><Button icon={<FileDown size={14} aria-hidden="true" />} isDisabled={busy} onPress={() => void save()} testId="associate-save-agreement">{t("compliance.associates.saveCopy")}</Button></div>
      {wrong ? <Banner tone="danger" testId="associate-agreement-refused">{wrong}</Banner> : null}
      {saved ? <Banner tone="ok" testId="associate-agreement-saved">{t("compliance.associates.savedCopy")} <span className="kw-mono cp-sha">{saved.name}</span></Banner> : null}
    </div>
  );
}
