import { CalendarClock, OctagonAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, type Due } from "../../bridge";
import { Button, useGo } from "../../kit";
import { civilText, daysBetween, todayCivil, type Translate } from "../../words";

/** What patients asked for; everything else is about an agreement. */
const ASKED: ReadonlySet<Due["kind"]> = new Set(["accounting", "access", "amendment"]);

/** What is due, asked for once in a session and again after a change. */
export function useDue(): readonly Due[] {
  const may = useMay();
  const due = useAnswer("compliance.due", {}, { enabled: may("compliance.due"), kept: true });
  return due.data?.rows ?? [];
}

/** How many things wait behind each entry of the navigation. */
export function useDueCounts(): Record<"associates" | "accountings", number> {
  const rows = useDue();
  const accountings = rows.filter((row) => ASKED.has(row.kind)).length;
  return { associates: rows.length - accountings, accountings };
}

/** One thing that is due, in a sentence. */
export function dueWords(row: Due, t: Translate, today: string): string {
  const date = row.on === null ? "" : civilText(row.on);
  const count = row.on === null ? 0 : daysBetween(today, row.on);
  if (row.kind === "access" && row.on === null) return t("compliance.due.accessReview");
  if (ASKED.has(row.kind) && count < 0) return t(`compliance.due.${row.kind}Overdue`, { date });
  return t(`compliance.due.${row.kind}`, { who: row.associate ?? "", date, count });
}

/** The notices above the register: calm where there is time, plain where there is none. */
export function DueList({ onOpen }: { onOpen: (associate: string) => void }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const rows = useDue();
  if (rows.length === 0) return null;
  const today = todayCivil();
  return (
    <section className="cp-due" aria-label={t("compliance.due.title")} data-testid="due">
      <h2>{t("compliance.due.title")}</h2>
      <ul>
        {rows.map((row, place) => (
          // Several requests can be due on one day, and nothing else tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${row.kind}-${row.associate}-${row.on}-${place}`} data-tone={row.overdue ? "danger" : "warn"} data-testid="due-row">
            {row.overdue ? <OctagonAlert size={14} aria-hidden="true" /> : <CalendarClock size={14} aria-hidden="true" />}
            <span className="kw-grow">{dueWords(row, t, today)}</span>
            {ASKED.has(row.kind) ? (
              <Button variant="quiet" onPress={() => go("/accountings")} testId="due-accountings">{t("compliance.due.openAccountings")}</Button>
            ) : (
              <Button variant="quiet" onPress={() => onOpen(row.associate ?? "")} aria-label={`${t("compliance.due.open")}: ${row.associate ?? ""}`} testId="due-open">{t("compliance.due.open")}</Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
