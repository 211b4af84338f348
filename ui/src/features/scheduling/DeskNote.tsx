import { useQueryClient } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useChange, useMay, type VisitView } from "../../bridge";
import { Banner, Button, KeyedForm, TextField, toast, useDraft, waitingDrafts } from "../../kit";
import { failureWords } from "../../words";
import { SCHEDULE_ANSWERS, refreshSchedule } from "./useDayChanges";
import { useFocusBack } from "./useFocusBack";

const draftOf = (visit: VisitView) => `/day#note-${visit.unit}`;

/** What the desk noted of a visit, and the way to note it otherwise. */
export function DeskNote({ visit }: { visit: VisitView }) {
  const { t } = useTranslation();
  const may = useMay();
  // A note that was half written when the practice locked stands open again.
  const [editing, setEditing] = useState(() => waitingDrafts.get().some((one) => one.screen === draftOf(visit)));
  const part = useFocusBack(String(editing));
  if (!editing && !visit.desk_note && !may("scheduling.note_desk")) return null;
  return (
    <section ref={part} aria-label={t("scheduling.book.note")}>
      {editing ? <NoteForm visit={visit} onDone={() => setEditing(false)} /> : null}
      {!editing && visit.desk_note ? <><div className="kw-label">{t("scheduling.book.note")}</div><p className="sd-note" data-testid="visit-note">{visit.desk_note}</p></> : null}
      {!editing && may("scheduling.note_desk") ? <Button variant="quiet" className="kw-start" icon={<Pencil size={14} aria-hidden="true" />} onPress={() => setEditing(true)} testId="note-edit">{t(visit.desk_note ? "scheduling.visit.noteChange" : "scheduling.visit.noteWrite")}</Button> : null}
    </section>
  );
}

function NoteForm({ visit, onDone }: { visit: VisitView; onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const send = useChange("scheduling.note_desk", SCHEDULE_ANSWERS);
  const before = visit.desk_note ?? "";
  const [note, setNote] = useState(before);
  const [wrong, setWrong] = useState<string | null>(null);
  const settle = useDraft(draftOf(visit), () => (note === before ? null : note), setNote);
  const save = async () => {
    if (send.isPending) return;
    try {
      await send.mutateAsync({ input: { unit: visit.unit, version: visit.version, desk_note: note.trim() } });
      settle();
      toast(t("common.saved"));
      onDone();
    } catch (thrown) {
      // What was typed stays; where somebody else was quicker, the next try is on what they left.
      setWrong(failureWords(failureOf(thrown)));
      await refreshSchedule(cache);
    }
  };
  return (
    <KeyedForm onSave={() => void save()} className="kw-tight" label={t("scheduling.book.note")}>
      {wrong ? <Banner tone="danger" testId="note-refused">{wrong}</Banner> : null}
      <TextField label={t("scheduling.book.note")} hint={t("scheduling.book.noteHint")} value={note} onChange={setNote} lines={2} autoFocus testId="note-text" />
      <div className="kw-row">
        <Button type="submit" variant="primary" isDisabled={send.isPending} testId="note-save">{t("common.save")}</Button>
        <Button variant="quiet" onPress={() => { settle(); onDone(); }} testId="note-cancel">{t("common.cancel")}</Button>
      </div>
    </KeyedForm>
  );
}
