import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";
import { store, useStore } from "./store";

export interface Toast {
  id: number;
  words: string;
  tone: "plain" | "danger";
  undo?: () => void;
}

const TEN_SECONDS = 10_000;
const shown = store<readonly Toast[]>([]);
let last = 0;

/** Says that something is done, and for ten seconds offers to take it back. */
export function toast(words: string, options: { undo?: () => void; tone?: "plain" | "danger" } = {}): void {
  last += 1;
  const one: Toast = { id: last, words, tone: options.tone ?? "plain", ...(options.undo ? { undo: options.undo } : {}) };
  shown.set((before) => [...before.slice(-2), one]);
}

export function dropToast(id: number): void {
  shown.set((before) => before.filter((one) => one.id !== id));
}

export function clearToasts(): void {
  shown.set([]);
}

/** Takes back the latest thing that can be. Returns whether there was one. */
export function undoLatest(): boolean {
  const latest = shown.get().findLast((one) => one.undo);
  if (!latest) return false;
  dropToast(latest.id);
  latest.undo?.();
  return true;
}

export function Toasts() {
  const all = useStore(shown);
  // In the top layer, so that a dialog that opens meanwhile neither hides them from a screen reader nor closes when one is pressed.
  return (
    <div className="kw-toasts" role="status" aria-live="polite" data-react-aria-top-layer="true">
      {all.map((one) => (
        <OneToast key={one.id} one={one} />
      ))}
    </div>
  );
}

function OneToast({ one }: { one: Toast }) {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => dropToast(one.id), TEN_SECONDS);
    return () => clearTimeout(timer);
  }, [one.id]);
  const undo = () => {
    dropToast(one.id);
    one.undo?.();
  };
  return (
    <div className={`kw-toast kw-toast-${one.tone}`} data-testid="toast">
      <span>{one.words}</span>
      {one.undo ? <Button variant="quiet" shortcut="Ctrl Z" onPress={undo} testId="toast-undo">{t("common.undo")}</Button> : null}
      <Button variant="quiet" onPress={() => dropToast(one.id)} aria-label={t("common.dismiss")}>×</Button>
    </div>
  );
}
