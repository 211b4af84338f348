import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StandReason } from "../../bridge";
import { Button } from "../../kit";

export interface ReasonTapsProps {
  /** What the button says, what is asked once it is pressed, and what stands for it in the names of the controls. */
  words: string;
  ask: string;
  name: string;
  icon: ReactNode;
  reasons: readonly StandReason[];
  onReason: (reason: StandReason) => Promise<unknown>;
}

/** What is done with a reason: one tap says what, the next one says why. */
export function ReasonTaps({ words, ask, name, icon, reasons, onReason }: ReasonTapsProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  // A second tap while the first is on its way would be refused as stale.
  const [busy, setBusy] = useState(false);
  const part = useRef<HTMLDivElement>(null);
  // At the end of a long column, what is asked would come to lie below its edge.
  useEffect(() => {
    if (asking) part.current?.scrollIntoView?.({ block: "nearest" });
  }, [asking]);
  const give = (reason: StandReason) => {
    setBusy(true);
    void onReason(reason).finally(() => setBusy(false));
  };
  return (
    <div className="kw-tight" ref={part}>
      <div><Button variant="quiet" className="kw-start" aria-expanded={asking} icon={icon} onPress={() => setAsking(!asking)} testId={name}>{words}</Button></div>
      {asking ? (
        <div className="sd-reasons" role="group" aria-label={ask}>
          <span className="kw-label">{ask}</span>
          <div className="kw-row">{reasons.map((reason) => <Button key={reason} isDisabled={busy} onPress={() => give(reason)} testId={`${name}-${reason}`}>{t(`scheduling.reason.${reason}`)}</Button>)}</div>
        </div>
      ) : null}
    </div>
  );
}
