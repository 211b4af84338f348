import { Eye } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, refusalCode } from "../bridge";
import { Button } from "../kit";
import { civilText, failureWords, timeText } from "../words";

export interface CopyWindowProps {
  /** When the backup was made whose copy is open; nothing for the practice itself. */
  madeAt: string | null;
  onClosed: () => Promise<void>;
  children: ReactNode;
}

/** Puts a bar above everything while a copy is open, so that nobody takes it for the practice. */
export function CopyWindow({ madeAt, onClosed, children }: CopyWindowProps) {
  if (madeAt === null) return children;
  return (
    <div className="copy-window">
      <CopyBar madeAt={madeAt} onClosed={onClosed} />
      <div className="copy-inside">{children}</div>
    </div>
  );
}

function CopyBar({ madeAt, onClosed }: { madeAt: string; onClosed: () => Promise<void> }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  // A copy can stay open past midnight and be printed, so its day is never called today.
  const when = `${civilText(madeAt.slice(0, 10))}, ${timeText(madeAt)}`;
  const close = async () => {
    setBusy(true);
    setWrong(null);
    try {
      await call("shell.close_copy", {});
    } catch (thrown) {
      // Where no copy is open any more, the practice has only to be shown again.
      if (refusalCode(thrown) !== "shell.copy_not_open") {
        setWrong(failureWords(failureOf(thrown)));
        setBusy(false);
        return;
      }
    }
    await onClosed();
  };
  return (
    <section className="copy-bar" aria-label={t("shell.copy.label")} data-testid="copy-bar">
      <Eye size={18} aria-hidden="true" />
      <div className="kw-grow">
        <p role="alert">{t("shell.copy.bar", { when })}</p>
        {wrong ? <p role="alert" data-testid="copy-refused">{wrong}</p> : null}
      </div>
      <Button isDisabled={busy} onPress={() => void close()} testId="copy-close">{t("shell.copy.close")}</Button>
    </section>
  );
}
