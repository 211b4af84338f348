import { AlertTriangle, CheckCircle2, Info, OctagonAlert } from "lucide-react";
import type { ReactNode } from "react";

const SIGNS = { info: Info, ok: CheckCircle2, warn: AlertTriangle, danger: OctagonAlert } as const;

export interface BannerProps {
  tone: "info" | "ok" | "warn" | "danger";
  children: ReactNode;
  actions?: ReactNode;
  edge?: boolean;
  testId?: string;
}

/** A message that stays. An alarm is announced at once, anything else when the reader pauses. */
export function Banner({ tone, children, actions, edge, testId }: BannerProps) {
  const Sign = SIGNS[tone];
  return (
    <div className={`kw-banner kw-banner-${tone}${edge ? " kw-banner-edge" : ""}`} role={tone === "danger" ? "alert" : "status"} data-testid={testId}>
      <Sign size={16} aria-hidden="true" />
      <div className="kw-banner-words">{children}</div>
      {actions ? <div className="kw-banner-actions">{actions}</div> : null}
    </div>
  );
}
