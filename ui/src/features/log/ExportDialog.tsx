import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useSession } from "../../bridge";
import { Banner, Button, Dialog, KeyedForm, TextField, isCivil } from "../../kit";
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
  const session = useSession();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const close = () => {
    setWrong(null);
    onClose();
  };
  const write = async () => {
    if (reason.trim() === "" || busy) return;
    setBusy(true);
    setWrong(null);
    try {
      const { actor, patient, from, to } = toQuery(filters, session.signed_in_at);
      if (await exportLog(t, { actor, patient, from, to }, reason.trim())) {
        setReason("");
        close();
      }
    } catch (thrown) {
      setWrong(failureWords(failureOf(thrown)));
    }
    setBusy(false);
  };
  return (
    <Dialog title={t("log.export.title")} isOpen={isOpen} onClose={close} testId="log-export-dialog">
      <KeyedForm onSave={() => void write()} enterSaves className="kw-stack" label={t("log.export.title")}>
        <p className="kw-quiet">{t("log.export.words")}</p>
        <Written filters={filters} nameOf={nameOf} />
        {filters.operation !== "" || filters.outcome !== "" ? <Banner tone="warn">{t("log.export.notBy")}</Banner> : null}
        <TextField label={t("log.export.reason")} hint={t("log.export.reasonHint")} value={reason} onChange={setReason} required testId="log-export-reason" />
        <p className="kw-sub">{t("log.export.clear")}</p>
        {wrong ? <Banner tone="danger">{wrong}</Banner> : null}
        <div className="kw-row">
          <Button variant="primary" type="submit" isDisabled={reason.trim() === "" || busy} testId="log-export-write">{t("log.export.act")}</Button>
          <Button variant="quiet" onPress={close}>{t("common.cancel")}</Button>
        </div>
      </KeyedForm>
    </Dialog>
  );
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
