import { ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, type LogStatus } from "../../bridge";
import { Banner, Button, Progress, jobs, useStore } from "../../kit";
import { dateTimeText, numberText } from "../../words";
import { VERIFY_JOB, verifyLog } from "./verify";

/** What the last verification found, in one line, and a way to do it again now. */
export function VerificationPanel() {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const status = useAnswer("log.status", {}, { enabled: may("log.status") });
  const running = useStore(jobs).find((job) => job.id === VERIFY_JOB && job.state === "running");
  const verify = async () => {
    await verifyLog(t);
    await cache.invalidateQueries({ queryKey: ["log.status"] });
    await cache.invalidateQueries({ queryKey: ["shell.status"] });
  };
  const seen = status.data?.last_verification ?? null;
  return (
    <section className="log-proof" aria-label={t("log.proof.title")} data-testid="log-proof">
      {running ? (
        <div className="log-proof-bar"><Progress label={t("log.proof.running")} phase={t("log.proof.running")} done={running.done} total={running.total} /></div>
      ) : (
        <Sentence status={status.data ?? null} />
      )}
      {may("log.verify") ? <Button isDisabled={running !== undefined} onPress={() => void verify()} testId="log-verify">{t("log.proof.now")}</Button> : null}
      {seen && !seen.ok ? <Banner tone="danger" testId="log-broken">{t("log.proof.broken", { entry: numberText(seen.first_bad ?? 0), what: seen.what ?? "" })}</Banner> : null}
      {status.data?.read_only ? <Banner tone="danger">{t("log.proof.readOnly")}</Banner> : null}
    </section>
  );
}

function Sentence({ status }: { status: LogStatus | null }) {
  const { t } = useTranslation();
  if (status === null) return <span className="log-proof-words kw-quiet">{t("log.proof.notChecked")}</span>;
  const seen = status.last_verification;
  const Sign = seen === null ? ShieldQuestion : seen.ok ? ShieldCheck : ShieldAlert;
  const words = seen === null
    ? t("log.proof.never", { entries: numberText(status.entries) })
    : t(seen.ok ? "log.proof.intact" : "log.proof.found", { entries: numberText(seen.entries), when: dateTimeText(seen.at), checkpoints: numberText(seen.checkpoints) });
  return (
    <span className={`log-proof-words ${seen?.ok ? "log-proof-ok" : ""}`}>
      <Sign size={16} aria-hidden="true" />
      <span>{words}</span>
      <span className="kw-sub">
        {t(status.anchored ? "log.proof.anchored" : "log.proof.notAnchored")}
        {status.last_checkpoint ? <> · {t("log.proof.checkpoint", { size: numberText(status.last_checkpoint.size), when: dateTimeText(status.last_checkpoint.at) })} <span className="kw-mono">{status.last_checkpoint.root.slice(0, 12)}</span></> : null}
      </span>
    </span>
  );
}
