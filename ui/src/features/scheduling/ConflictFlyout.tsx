import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, type DayView } from "../../bridge";
import { Button, Failed, KeyedForm, SideFlyout } from "../../kit";
import { ConflictList } from "./ConflictList";
import { spoken } from "./names";
import { timeAt } from "./layout";
import type { Going } from "./useDayChanges";

export interface ConflictFlyoutProps {
  day: DayView;
  going: Going;
  onOverride: (reason: string) => Promise<boolean>;
  onClose: () => void;
}

/** A move that something stands against: all of it, and the way on for whoever may take it. */
export function ConflictFlyout({ day, going, onOverride, onClose }: ConflictFlyoutProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const slot = { date: going.date, minute: going.from, minutes: going.minutes };
  const check = useAnswer("scheduling.check", { product: going.product, patient: going.patient, slot, resources: going.resources, unit: going.unit, hold: null }, { fresh: true });
  const missing = tried && reason.trim() === "" ? t("scheduling.conflict.reasonNeeded") : undefined;
  const save = () => {
    setTried(true);
    if (reason.trim() !== "") void onOverride(reason.trim());
  };
  const foot = (
    <>
      {check.data?.may_override ? <Button variant="primary" onPress={save} shortcut="Enter" testId="override">{t("scheduling.conflict.moveAnyway")}</Button> : null}
      <Button variant="quiet" onPress={onClose} testId="conflict-close">{t("scheduling.conflict.leave")}</Button>
    </>
  );
  return (
    <SideFlyout title={t("scheduling.conflict.flyout", { name: spoken(going.patient_name) })} sub={`${timeAt(day.labels, going.from)}–${timeAt(day.labels, going.from + going.minutes)}`} onClose={onClose} footer={foot} testId="conflict-flyout">
      {check.error ? <Failed failure={failureOf(check.error)} /> : null}
      {check.data ? (
        <KeyedForm onSave={save} enterSaves label={t("scheduling.conflict.flyout", { name: spoken(going.patient_name) })}>
          <ConflictList check={check.data} reason={reason} onReason={setReason} error={missing} />
          {check.data.conflicts.length === 0 ? <p>{t("scheduling.conflict.gone")}</p> : null}
        </KeyedForm>
      ) : null}
    </SideFlyout>
  );
}
