import { CalendarArrowDown, FileText, ListOrdered, Mails, Phone, PlugZap, Printer } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, useSession, type DayView } from "../../bridge";
import { waitingDrafts } from "../../kit";
import { paperKinds, type PaperKind, type PaperTyped } from "./paper";
import { PAPER_DRAFT, PaperDialog } from "./PaperDialog";

const ICONS: Record<PaperKind, ReactNode> = {
  practitioner: <FileText size={14} aria-hidden="true" />,
  desk: <ListOrdered size={14} aria-hidden="true" />,
  list: <Phone size={14} aria-hidden="true" />,
  letters: <Mails size={14} aria-hidden="true" />,
  downtime: <PlugZap size={14} aria-hidden="true" />,
  calendar: <CalendarArrowDown size={14} aria-hidden="true" />,
};

/** What was half typed when the practice locked stands open again. */
function begun(): PaperKind | null {
  const draft = waitingDrafts.get().find((one) => one.screen === PAPER_DRAFT);
  return draft ? (JSON.parse(draft.content) as PaperTyped).kind : null;
}

/** The day on paper, and one's own calendar as a file: seldom, so behind one button. */
export function PaperMenu({ day }: { day: DayView }) {
  const { t } = useTranslation();
  const may = useMay();
  const { staff } = useSession();
  const [kind, setKind] = useState<PaperKind | null>(begun);
  // Whose calendar is one's own is asked once somebody wants something on paper.
  const [asked, setAsked] = useState(kind !== null);
  const setup = useAnswer("scheduling.setup", {}, { enabled: asked && may("scheduling.calendar_file") });
  const own = setup.data?.resources.find((one) => one.staff === staff && !one.ended)?.resource ?? null;
  const kinds = paperKinds(may, day, own);
  if (kinds.length === 0) return null;
  return (
    <>
      <MenuTrigger onOpenChange={(open) => (open ? setAsked(true) : undefined)}>
        <AriaButton className="kw-btn kw-btn-quiet" aria-label={t("scheduling.paper.open")} data-testid="paper-open"><Printer size={16} aria-hidden="true" /></AriaButton>
        <Popover className="kw-popover" placement="bottom end">
          <Menu className="kw-listbox kw-listbox-tall" onAction={(key) => setKind(key as PaperKind)}>
            {kinds.map((one) => <MenuItem key={one} id={one} textValue={t(`scheduling.paper.kind.${one}`)} className="kw-option sq-paper" data-testid={`paper-${one}`}>{ICONS[one]}<span className="kw-grow">{t(`scheduling.paper.kind.${one}`)}</span></MenuItem>)}
          </Menu>
        </Popover>
      </MenuTrigger>
      {kind ? <PaperDialog key={kind} kind={kind} day={day} own={own} onClose={() => setKind(null)} reopen={() => setKind(kind)} /> : null}
    </>
  );
}
