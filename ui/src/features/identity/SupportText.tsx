import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../bridge";
import { Banner, Button, Dialog } from "../../kit";
import { useAttempt } from "./useAttempt";

/** What whoever helps would get: shown whole before it is written, and written exactly as it was shown. */
export function SupportText({ atOnce = false }: { atOnce?: boolean }) {
  const { t } = useTranslation();
  const attempt = useAttempt();
  const [text, setText] = useState<string | null>(null);
  const [saved, setSaved] = useState<string | null>(null);
  const show = () =>
    attempt.run(async () => {
      const told = await call("shell.support_text", {});
      setText(told.text);
      setSaved(null);
    });
  const asked = useRef(!atOnce);
  useEffect(() => {
    // Whoever opened the dialog has asked already.
    if (asked.current) return;
    asked.current = true;
    void show();
  });
  const save = (shown: string) =>
    attempt.run(async () => {
      setSaved(null);
      const chosen = await call("shell.choose_folder", {});
      if (chosen === null) return;
      const { name } = await call("shell.save_support_text", { folder: chosen.folder, text: shown });
      setSaved(t("identity.support.saved", { name, folder: chosen.name }));
    });
  const wrong = attempt.words([]);
  const empty = text?.trim() === "";
  return (
    <div className="kw-stack">
      <p className="kw-quiet">{t("identity.support.words")}</p>
      {text === null || empty ? null : <Shown text={text} />}
      {empty ? <Banner tone="info" testId="support-empty">{t("identity.support.empty")}</Banner> : null}
      {wrong ? <Banner tone="danger" testId="support-refused">{wrong}</Banner> : null}
      {saved ? <Banner tone="ok" testId="support-saved">{saved}</Banner> : null}
      <div className="kw-row">
        {text === null || empty ? null : <Button variant="primary" isDisabled={attempt.busy} onPress={() => void save(text)} testId="support-save">{t("identity.support.save")}</Button>}
        <Button isDisabled={attempt.busy} onPress={() => void show()} testId="support-show">{t(text === null ? "identity.support.show" : "identity.support.again")}</Button>
      </div>
    </div>
  );
}

/** The text whole. It takes the focus by the tabulator, so that the arrow keys scroll it. */
function Shown({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <section className="kw-tight" aria-labelledby="support-title">
      <h2 id="support-title">{t("identity.support.title")}</h2>
      {/* A region that scrolls has to be within reach of the keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="id-support-text kw-mono" tabIndex={0} role="region" aria-label={t("identity.support.region")} data-testid="support-text">{text}</pre>
    </section>
  );
}

/** The same where there is no practice to have settings: a button that opens it. */
export function SupportOffer() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <Button onPress={() => setOpen(true)} testId="support-open">{t("identity.support.open")}</Button>
      <Dialog title={t("identity.support.help")} isOpen={open} onClose={() => setOpen(false)} wide testId="support-dialog">
        <SupportText atOnce />
      </Dialog>
    </div>
  );
}
