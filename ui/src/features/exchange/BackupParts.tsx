import { ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BackupRow, ProofRow, RefusalCode } from "../../bridge";
import { Banner, Button, JobLine, type Column } from "../../kit";
import { dateTimeText, durationText, failureWords, numberText, refusalWords, sizeText, type Translate } from "../../words";
import { BACKUP_JOB, wasStopped, type BackupsState } from "./backupJobs";
import type { Places } from "./place";
import { standingOf } from "./standing";

const A_MINUTE = 60_000;

/** How the practice stands, in one line. It grows old by itself, so it looks at the clock while it is shown. */
export function StandingLine({ newest, broken }: { newest: BackupRow | undefined; broken: boolean }) {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), A_MINUTE);
    return () => clearInterval(timer);
  }, []);
  const { tone, state } = standingOf(newest, now);
  const proof = newest?.proof ?? null;
  return (
    <div className="ex-standing" data-testid="backups-standing" data-tone={tone}>
      <Banner tone={tone}>
        {t(`exchange.backups.standing.${state}`, { when: newest ? dateTimeText(newest.made_at) : "", proved: proof ? dateTimeText(proof.at) : "", why: whyNot(proof?.code ?? null) })}
      </Banner>
      {/* Where it is the newest that does not hold, the line above says so already. */}
      {broken && state !== "broken" ? <Banner tone="danger" testId="backups-broken">{t("shell.backupBroken")}</Banner> : null}
      <p className="kw-sub">{t("exchange.backups.sealed")}</p>
    </div>
  );
}

/** What is being done, with a way to stop it. */
export function Working() {
  return <JobLine id={BACKUP_JOB} testId="backup" className="ex-run" />;
}

/** What came of the last backup or proof, and what to do next. */
export function Outcome({ state, onProve }: { state: BackupsState; onProve: (() => void) | null }) {
  const { t } = useTranslation();
  const { failure, written, tested, running } = state;
  if (!failure && !written && !tested) return null;
  const prove = onProve && !running ? <Button onPress={onProve} testId="backup-prove-now">{t("exchange.backups.proveNow")}</Button> : null;
  return (
    <div className="ex-outcome">
      {failure ? <Banner tone={wasStopped(failure) ? "warn" : "danger"} testId="backup-refused">{failureWords(failure)}</Banner> : null}
      {written ? (
        <Banner tone="ok" actions={prove} testId="backup-written">
          {t("exchange.backups.written", { name: written.name, rows: numberText(written.rows), size: sizeText(written.bytes) })}
        </Banner>
      ) : null}
      {tested ? (
        <Banner tone={tested.ok ? "ok" : "danger"} testId="backup-proof">
          {tested.ok
            ? t("exchange.backups.held", { rows: numberText(tested.rows), entries: numberText(tested.entries), took: durationText(tested.took_ms) })
            : t("exchange.backups.notHeldWhy", { why: whyNot(tested.code) })}
        </Banner>
      ) : null}
    </div>
  );
}

export function backupColumns(t: Translate, placeOf: Places["nameOf"]): Column<BackupRow>[] {
  return [
    { key: "made", header: t("exchange.backups.column.made"), width: "172px", cell: (row) => <b>{dateTimeText(row.made_at)}</b> },
    { key: "by", header: t("exchange.backups.column.by"), width: "minmax(96px,.5fr)", cell: (row) => (row.made_by === "" ? t("exchange.backups.byPlan") : <span className="kw-mono">{row.made_by}</span>), spare: true },
    { key: "place", header: t("exchange.place.column"), width: "minmax(110px,.7fr)", cell: (row) => placeOf(row.associate, t), spare: true },
    { key: "size", header: t("exchange.backups.column.size"), width: "96px", cell: (row) => sizeText(row.bytes) },
    { key: "entries", header: t("exchange.backups.column.entries"), width: "104px", cell: (row) => numberText(row.log_size) },
    { key: "took", header: t("exchange.backups.column.took"), width: "88px", cell: (row) => durationText(row.took_ms), spare: true },
    { key: "proof", header: t("exchange.backups.column.proof"), width: "minmax(240px,2fr)", cell: (row) => <Proof proof={row.proof} /> },
  ];
}

function Proof({ proof }: { proof: ProofRow | null }) {
  const { t } = useTranslation();
  if (!proof) return <span className="ex-proof"><ShieldQuestion size={14} aria-hidden="true" />{t("exchange.backups.notProved")}</span>;
  if (!proof.ok) return <span className="ex-proof ex-refused" title={whyNot(proof.code)}><ShieldAlert size={14} aria-hidden="true" />{t("exchange.backups.notHeld")}</span>;
  const words = t("exchange.backups.proved", { when: dateTimeText(proof.at), who: proof.by, rows: numberText(proof.rows), took: durationText(proof.took_ms) });
  return <span className="ex-proof ex-proof-ok" title={words}><ShieldCheck size={14} aria-hidden="true" /><span className="kw-clip">{words}</span></span>;
}

function whyNot(code: RefusalCode | null): string {
  return code === null ? "" : refusalWords(code, code);
}
