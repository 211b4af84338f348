import type { ReactNode } from "react";

/** What to show where there is nothing yet: it says why and what to do next. */
export function EmptyState({ icon, title, children, actions }: { icon?: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="kw-empty">
      {icon ? <span className="kw-empty-icon" aria-hidden="true">{icon}</span> : null}
      <h2>{title}</h2>
      {children ? <div className="kw-empty-words">{children}</div> : null}
      {actions ? <div className="kw-row">{actions}</div> : null}
    </div>
  );
}
