import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useSession, type Failure } from "../../bridge";
import { Banner, Button, Dialog, KeyedForm, NO_PASSPHRASES, SealingFields, TextField, fieldId, isCivil, passphraseProblem, type Passphrases } from "../../kit";
import { civilText, failureWords } from "../../words";
import { exportLog } from "./exportLog";
import { toQuery, type LogFilters } from "./filters";

interface ExportDialogProps {
  filters: LogFilters;
  nameOf: (actor: string) => string;
  isOpen: boolean;
  onClose: () => void;
}

/** Asks why a part of the log leaves the practice, says what is written, and writes it. */
export function ExportDialog({ filters, nameOf, isOpen, onClose }: ExportDialogProps) {
  const { t } = useTranslation();
  const form = useExport(filters, onClose);
  const { reason, written, secret } = form.typed;
  const above = form.problem?.field === null ? form.problem.words : null;
  return (
    <Dialog title={t("log.export.title")} isOpen={isOpen} onClose={form.close} testId="log-export-dialog">
      <KeyedForm onSave={() => void form.write()} enterSaves className="kw-stack" label={t("log.export.title")}>
        <p className="kw-quiet">{t("log.export.words")}</p>
        <Written filters={filters} nameOf={nameOf} />
        {filters.operation !== "" || filters.outcome !== "" ? <Banner tone="warn">{t("log.export.notBy")}</Banner> : null}
        <TextField label={t("log.export.reason")} hint={t("log.export.reasonHint")} value={reason} onChange={(next) => form.set({ reason: next })} id={fieldId("reason")} error={form.wrong("reason")} required testId="log-export-reason" />
        <SealingFields written={written} onWritten={(next) => form.set({ written: next })} secret={secret} onSecret={(next) => form.set({ secret: next })} wrong={form.wrong} testId="log-export" />
        {written === "sealed" ? null : <Banner tone="warn" testId="log-export-clear">{t("log.export.clear")}</Banner>}
        {above ? <Banner tone="danger" testId="log-export-refused">{above}</Banner> : null}
        <div className="kw-row">
          <Button variant="primary" type="submit" isDisabled={reason.trim() === "" || form.busy} testId="log-export-write">{t("log.export.act")}</Button>
          <Button variant="quiet" onPress={form.close}>{t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
}

interface Typed {
  reason: string;
  written: string;
  secret: Passphrases;
}

interface Problem {
  field: string | null;
  words: string;
}

const FIELDS: ReadonlySet<string> = new Set(["reason", "passphrase", "again"]);

/** What is typed, and the sending of it. A refusal takes nothing away; closing the dialog takes the passphrase away and leaves the rest. */
function useExport(filters: LogFilters, onClose: () => void) {
  const { t } = useTranslation();
  const session = useSession();
  const [typed, setTyped] = useState<Typed>({ reason: "", written: "sealed", secret: NO_PASSPHRASES });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  useFocused(problem);
  const close = () => {
    setProblem(null);
    setTyped((before) => ({ ...before, secret: NO_PASSPHRASES }));
    onClose();
  };
  const send = async () => {
    const { actor, patient, from, to } = toQuery(filters, session.signed_in_at);
    const passphrase = typed.written === "sealed" ? typed.secret.first : null;
    if (!(await exportLog(t, { query: { actor, patient, from, to }, passphrase }, typed.reason.trim()))) return;
    setTyped({ reason: "", written: "sealed", secret: NO_PASSPHRASES });
    close();
  };
  const write = async () => {
    if (typed.reason.trim() === "" || busy) return;
    const found = typed.written === "sealed" ? passphraseProblem(typed.secret) : null;
    setProblem(found);
    if (found) return;
    setBusy(true);
    try {
      await send();
    } catch (thrown) {
      setProblem(problemOf(failureOf(thrown)));
    }
    setBusy(false);
  };
  return {
    typed,
    set: (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change })),
    wrong: (field: string) => (problem?.field === field ? problem.words : undefined),
    problem,
    busy,
    write,
    close,
  };
}

function problemOf(failure: Failure): Problem {
  const field = failure.kind === "refused" && failure.field !== null && FIELDS.has(failure.field) ? failure.field : null;
  return { field, words: failureWords(failure) };
}

/** Puts the caret where something stands in the way, so that nobody has to look for it. */
function useFocused(problem: Problem | null): void {
  useEffect(() => {
    if (problem?.field) document.getElementById(fieldId(problem.field))?.focus();
  }, [problem]);
}

/** What the filters of the screen choose, in words. */
function Written({ filters, nameOf }: Pick<ExportDialogProps, "filters" | "nameOf">) {
  const { t } = useTranslation();
  const lines = [
    filters.actor === "" ? null : t("log.export.person", { name: nameOf(filters.actor) }),
    filters.patient === null ? null : t("log.export.patient", { name: filters.patient.label }),
    isCivil(filters.from) ? t("log.export.from", { day: civilText(filters.from) }) : null,
    isCivil(filters.to) ? t("log.export.to", { day: civilText(filters.to) }) : null,
  ].filter((line) => line !== null);
  return (
    <div>
      <span className="kw-label">{t("log.export.what")}</span>
      <ul className="log-export-what" data-testid="log-export-what">
        {(lines.length > 0 ? lines : [t("log.export.everything")]).map((line) => <li key={line}>{line}</li>)}
      </ul>
    </div>
  );
}
