import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, type DayView, type VisitView } from "../../bridge";
import { Button, DateField, Dialog, KeyedForm, Select, isCivil } from "../../kit";
import { LengthPick, TimePick } from "./TimePick";
import { swapped } from "./layout";
import { spoken } from "./names";
import type { Going } from "./useDayChanges";

export interface MoveDialogProps {
  visit: VisitView;
  day: DayView;
  onMove: (going: Going) => void;
  onClose: () => void;
}

/** The way to move a visit without carrying it: day, time, length and with whom, by typing. */
export function MoveDialog({ visit, day, onMove, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const [date, setDate] = useState(visit.date);
  const [minute, setMinute] = useState(visit.slot.minute);
  const [minutes, setMinutes] = useState(visit.slot.minutes);
  const first = visit.resources.find((one) => day.columns.some((column) => column.resource === one)) ?? "";
  const [resource, setResource] = useState(first);
  const kind = day.columns.find((one) => one.resource === first)?.kind;
  // The hours of the chosen day are Rust's, too: a day may have an hour more or less.
  const other = useAnswer("scheduling.day", { date: isCivil(date) ? date : visit.date }, { enabled: isCivil(date) && date !== day.date, keepPrevious: true });
  const shown = date === day.date ? day : (other.data ?? day);
  const save = () => {
    if (!isCivil(date)) return;
    onMove({ unit: visit.unit, version: visit.version, product: visit.product, patient: visit.patient, patient_name: visit.patient_name, date, from: minute, minutes, resources: swapped(visit.resources, first, resource) });
  };
  const title = t("scheduling.move.title", { name: spoken(visit.patient_name) });
  return (
    <Dialog title={title} isOpen onClose={onClose} testId="move-dialog">
      <KeyedForm onSave={save} className="kw-stack" label={title}>
        <DateField label={t("scheduling.move.day")} value={date} onChange={setDate} error={isCivil(date) ? undefined : t("scheduling.jump.unreadable")} testId="move-day" />
        <div className="sd-two">
          <TimePick label={t("scheduling.book.starts")} day={shown} minute={minute} grid={day.columns.find((one) => one.resource === resource)?.grid_minutes ?? 10} onChange={setMinute} testId="move-starts" />
          <LengthPick minutes={minutes} onChange={setMinutes} testId="move-length" />
        </div>
        {kind ? <Select label={t(`scheduling.kind.${kind}`)} options={day.columns.filter((one) => one.kind === kind).map((one) => ({ value: one.resource, label: one.name }))} value={resource} onChange={setResource} testId="move-resource" /> : null}
        <div className="kw-row">
          <Button variant="primary" type="submit" shortcut="Ctrl Enter" isDisabled={!isCivil(date)} testId="move-save">{t("scheduling.move.save")}</Button>
          <Button variant="quiet" onPress={onClose}>{t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
}
