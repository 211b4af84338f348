import { CalendarClock, CircleSlash, FilePen, Hourglass, OctagonAlert, ShieldCheck, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AgreementState, AssociateRow } from "../../bridge";
import { Badge, type Tone } from "../../kit";
import { civilText, daysBetween, todayCivil, type Translate } from "../../words";

const SIGNS: Record<AgreementState, { tone: Tone; Sign: LucideIcon }> = {
  unsigned: { tone: "warn", Sign: FilePen },
  not_yet: { tone: "info", Sign: CalendarClock },
  in_force: { tone: "ok", Sign: ShieldCheck },
  expiring: { tone: "warn", Sign: Hourglass },
  expired: { tone: "danger", Sign: OctagonAlert },
  ended: { tone: "plain", Sign: CircleSlash },
};

/** How an agreement stands: colour, sign and word. */
export function AgreementBadge({ row }: { row: AssociateRow }) {
  const { t } = useTranslation();
  const { tone, Sign } = SIGNS[row.state];
  return <Badge tone={tone} icon={<Sign size={12} aria-hidden="true" />}>{agreementWords(row, t)}</Badge>;
}

export function agreementWords(row: AssociateRow, t: Translate): string {
  const from = [row.signed_on, row.effective_on].filter((day) => day !== null).toSorted().at(-1) ?? null;
  return t(`compliance.associates.state.${row.state}`, {
    date: from === null ? "" : civilText(from),
    // Rust says that it ends soon; how soon is counted on this computer's calendar.
    ...(row.state === "expiring" && row.expires_on ? { count: Math.max(0, daysBetween(todayCivil(), row.expires_on)) } : {}),
  });
}
