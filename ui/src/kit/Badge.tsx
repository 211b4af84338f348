import type { ReactNode } from "react";

export type Tone = "plain" | "ok" | "warn" | "danger" | "info";

/** Colour, sign and word together; the word alone is enough. */
export function Badge({ tone = "plain", icon, title, children }: { tone?: Tone; icon?: ReactNode; title?: string; children: ReactNode }) {
  return (
    <span className={`kw-badge kw-badge-${tone}`} title={title}>
      {icon}
      {children}
    </span>
  );
}

/** A person's initials, or a picture in their place. */
export function Face({ letters, small, picture }: { letters: string; small?: boolean; picture?: string | null }) {
  return (
    <span className={small ? "kw-face kw-face-small" : "kw-face"} aria-hidden="true">
      {picture ? <img src={picture} alt="" /> : letters}
    </span>
  );
}
