import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ShellStatus } from "../../bridge";
import { Banner, Brand } from "../../kit";
import { failureWords, numberText, timeText } from "../../words";

/** The bar above says what a copy is; here stands how to get in, and what no log will remember. */
function CopyNote() {
  const { t } = useTranslation();
  return <Banner tone="warn" testId="copy-note"><p>{t("identity.copy.signIn")}</p><p>{t("identity.copy.note")}</p></Banner>;
}

/** The frame of everything before the practice is open. It shows only what may be known without a key. */
export function DoorFrame({ status, children }: { status: ShellStatus; children: ReactNode }) {
  const { t } = useTranslation();
  const seen = status.last_verification;
  const trust = status.log_entries === null ? null : seen
    ? t(seen.ok ? "shell.trust.intact" : "shell.trust.broken", { entries: numberText(seen.entries), time: timeText(seen.at) })
    : t("shell.trust.unverified", { entries: numberText(status.log_entries) });
  return (
    <div className="id-door">
      <section className="id-door-side" aria-label={t("identity.signIn.practice")}>
        <Brand large />
        <div>
          <p className="id-door-name">{status.practice_name ?? t("identity.signIn.thisPractice")}</p>
          <p className="id-door-promise">{t(status.copy_made_at ? "identity.copy.promise" : "identity.signIn.promise")}</p>
        </div>
        <p className="id-door-trust">{trust ?? t("identity.signIn.sealed")}</p>
      </section>
      <main className="id-door-main">
        <div className="id-door-column">
          {status.demonstration ? <Banner tone="info">{t("shell.demonstration")}</Banner> : null}
          {status.copy_made_at ? <CopyNote /> : null}
          {status.read_only && !status.copy_made_at ? <Banner tone="danger">{status.read_only}</Banner> : null}
          {status.problem ? <Banner tone="warn">{failureWords({ kind: "refused", code: status.problem.code, field: null, remedy: status.problem.remedy })}</Banner> : null}
          {children}
        </div>
      </main>
    </div>
  );
}
