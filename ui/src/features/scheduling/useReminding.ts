import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, failureOf, type ReminderRow } from "../../bridge";
import { toast } from "../../kit";
import { failureWords, shortDayText } from "../../words";
import { unanswered } from "./daySeen";
import { spoken } from "./names";
import { refreshSchedule } from "./useDayChanges";

/** A reminder of a visit. One of an operation has no visit to note anything at: it is followed on the theatre board. */
export type VisitReminder = ReminderRow & { unit: string };

/** Notes what came of a reminder. Each visit is looked at first: a note is added to what the desk has noted already, and nothing is changed that somebody else has just changed. */
export function useReminding(today: string) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [busy, setBusy] = useState<string | null>(null);
  const failed = (thrown: unknown) => toast(failureWords(failureOf(thrown)), { tone: "danger" });
  const run = async (row: VisitReminder, work: () => Promise<void>) => {
    setBusy(row.unit);
    try {
      await work();
    } catch (thrown) {
      failed(thrown);
    }
    await refreshSchedule(cache);
    setBusy(null);
  };
  const confirm = (row: VisitReminder) => run(row, async () => {
    const name = spoken(row.patient_name);
    const visit = await call("scheduling.visit", { unit: row.unit });
    if (!visit.next.includes("confirmed")) return toast(t("scheduling.reminders.already", { name, status: t(`scheduling.status.${visit.status}`) }));
    const { version } = await call("scheduling.advance", { unit: row.unit, version: visit.version, to: "confirmed" });
    const back = () => run(row, async () => void (await call("scheduling.advance", { unit: row.unit, version, to: visit.status })));
    return toast(t("scheduling.stepped", { name, status: t("scheduling.status.confirmed") }), { undo: () => void back() });
  });
  const note = (row: VisitReminder) => run(row, async () => {
    const { version, desk_note: before } = await call("scheduling.visit", { unit: row.unit });
    const line = t("scheduling.reminders.note", { day: shortDayText(today) });
    const made = await call("scheduling.note_desk", { unit: row.unit, version, desk_note: before ? `${before}\n${line}` : line });
    unanswered.set((all) => new Set(all).add(row.unit));
    const back = () => run(row, async () => {
      await call("scheduling.note_desk", { unit: row.unit, version: made.version, desk_note: before ?? "" });
      unanswered.set((all) => new Set([...all].filter((one) => one !== row.unit)));
    });
    toast(t("scheduling.reminders.toastNoted", { name: spoken(row.patient_name) }), { undo: () => void back() });
  });
  return { busy, confirm, note };
}
