import { useTranslation } from "react-i18next";
import { Dialog, Kbd, shortcuts, useStore } from "../kit";

/** Every shortcut that works right now, and what it does. */
export function ShortcutsOverlay({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const all = useStore(shortcuts);
  const always = [
    { shown: "Enter", words: t("shell.keys.next") },
    { shown: "Ctrl Enter", words: t("shell.keys.save") },
    { shown: "Esc", words: t("shell.keys.close") },
    { shown: "Ctrl +  Ctrl −", words: t("shell.keys.zoom") },
  ];
  const rows = [...all.filter((one, index) => all.findIndex((other) => other.shown === one.shown) === index), ...always.filter((one) => !all.some((other) => other.shown === one.shown))];
  return (
    <Dialog title={t("shell.shortcuts")} isOpen={isOpen} onClose={onClose} testId="shortcuts">
      <dl className="keys">
        {rows.map((one) => (
          <div key={one.shown}>
            <dt><Kbd>{one.shown}</Kbd><span className="kw-hidden">{one.shown}</span></dt>
            <dd>{one.words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
