import { useEffect, useRef, useState } from "react";
import { AcceptDialog, AccompanyDialog, DenyAmendmentDialog, DisagreeDialog, RebutDialog, TellDialog } from "./amendmentDialogs";
import { AccessFlyout, type AccessAction } from "./AccessFlyout";
import { AccountingFlyout, type AccountingAction } from "./AccountingFlyout";
import { AmendmentFlyout, type AmendmentAction } from "./AmendmentFlyout";
import { DeliverDialog, ExtendDialog, WithdrawDialog } from "./accountingDialogs";
import { ExtendAccessDialog, ExtendAmendmentDialog } from "./extendDialogs";
import { DecideDialog, ReviewDialog } from "./decideDialogs";
import { FeeDialog, HandOverDialog, WithdrawAccessDialog } from "./accessDialogs";
import type { Asked } from "./clock";

const ACCESS = { decide: DecideDialog, fee: FeeDialog, extend: ExtendAccessDialog, review: ReviewDialog, deliver: HandOverDialog, withdraw: WithdrawAccessDialog } as const;
const AMENDMENT = { accept: AcceptDialog, deny: DenyAmendmentDialog, extend: ExtendAmendmentDialog, tell: TellDialog, disagree: DisagreeDialog, accompany: AccompanyDialog, rebut: RebutDialog } as const;
const ACCOUNTING = { deliver: DeliverDialog, extend: ExtendDialog, withdraw: WithdrawDialog } as const;

/** A step often takes its own button away, and the focus with it: then the request itself has it, so that the keys still reach it. */
function useFocusKept(doing: string | null): void {
  const did = useRef(false);
  useEffect(() => {
    if (doing !== null) did.current = true;
    if (doing !== null || !did.current) return undefined;
    // The dialog looks for its button in the frame after it closed.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>(".kw-flyout")?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [doing]);
}

/** One request beside the list, whatever its kind, and the small form of the step that is being taken. */
export function RequestFlyout({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const [doing, setDoing] = useState<string | null>(null);
  const done = () => setDoing(null);
  useFocusKept(doing);
  if (asked.kind === "access") {
    const Doing = doing === null ? null : ACCESS[doing as AccessAction];
    return <><AccessFlyout row={asked.row} onClose={onClose} onDo={setDoing} />{Doing ? <Doing row={asked.row} onClose={done} /> : null}</>;
  }
  if (asked.kind === "amendment") {
    const Doing = doing === null ? null : AMENDMENT[doing as AmendmentAction];
    return <><AmendmentFlyout row={asked.row} onClose={onClose} onDo={setDoing} />{Doing ? <Doing row={asked.row} onClose={done} /> : null}</>;
  }
  const Doing = doing === null ? null : ACCOUNTING[doing as AccountingAction];
  return <><AccountingFlyout row={asked.row} onClose={onClose} onDo={setDoing} />{Doing ? <Doing row={asked.row} onClose={done} /> : null}</>;
}
