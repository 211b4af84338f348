import { X } from "lucide-react";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./Button";

export interface SideFlyoutProps {
  title: string;
  sub?: ReactNode;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  testId?: string;
}

/** A column of its own beside the work: it covers nothing, Esc closes it, and focus goes back where it came from. */
export function SideFlyout({ title, sub, onClose, children, footer, testId }: SideFlyoutProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLElement>(null);
  // Read before anything inside takes the focus for itself, as a search field does.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    if (!frame.current?.contains(document.activeElement)) frame.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [before]);
  const keys = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside className="kw-flyout" aria-label={title} ref={frame} tabIndex={-1} onKeyDown={keys} data-testid={testId}>
      <header>
        <div>
          <h2>{title}</h2>
          {sub ? <div className="kw-sub">{sub}</div> : null}
        </div>
        <Button variant="quiet" onPress={onClose} aria-label={t("common.close")} icon={<X size={16} aria-hidden="true" />} />
      </header>
      <div className="kw-flyout-body" tabIndex={0} role="group" aria-label={title}>{children}</div>
      {footer ? <footer>{footer}</footer> : null}
    </aside>
  );
}
