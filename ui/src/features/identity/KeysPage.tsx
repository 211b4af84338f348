import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type KeyStatus } from "../../bridge";
import { Banner, Failed, JobLine, useStore } from "../../kit";
import { civilText, failureWords, numberText, type Translate } from "../../words";
import { isRotating, useReseal } from "./keysCare";
import { Offer } from "./Offer";
import { RESEAL_JOB, resealing } from "./reseal";
import { RotateDialog } from "./RotateDialog";

type Standing = "fresh" | "due" | "older" | "leak";

/** Finds what is to be said of the keys first: the worst of it. */
export function standingOfKeys(status: KeyStatus): Standing {
  if (status.cause === "suspected_leak") return "leak";
  if (status.due && !isRotating(status)) return "due";
  return status.old_keys ? "older" : "fresh";
}

/** How old the practice's keys are, whether an old one still opens anything, and the making of new ones. */
export function KeysPage() {
  const keys = useAnswer("identity.key_status", {}, { fresh: true });
  if (keys.error) return <Failed failure={failureOf(keys.error)} />;
  return keys.data ? <Keys status={keys.data} /> : null;
}

function Keys({ status }: { status: KeyStatus }) {
  const { t } = useTranslation();
  const may = useMay();
  const seal = useReseal();
  const { running, failure } = useStore(resealing);
  const [asking, setAsking] = useState<"new" | "leak" | null>(null);
  const standing = standingOfKeys(status);
  const cache = useQueryClient();
  const made = () => {
    // First the work, so that it does not begin by itself as well when the answer says that records wait.
    seal();
    void cache.invalidateQueries({ queryKey: ["identity.key_status"] });
  };
  const mayRotate = may("identity.rotate_keys");
  return (
    <div className="settings-page kw-stack">
      <div data-tone={standing} data-testid="keys-standing">
        <Banner tone={standing === "fresh" ? "ok" : "warn"}>{t(`identity.keys.standing.${standing}`, { due: civilText(status.due_on) })}</Banner>
      </div>
      <KeyFacts status={status} />
      <JobLine id={RESEAL_JOB} testId="reseal" />
      {failure && !running ? <Banner tone="warn" testId="reseal-refused">{failureWords(failure)}</Banner> : null}
      <div>
        {status.old_keys && !running && may("identity.reseal") ? <Offer label={t("identity.keys.reseal")} words={t("identity.keys.resealWords")} onPress={() => seal()} testId="reseal-now" /> : null}
        {mayRotate ? <Offer label={t("identity.keys.new")} words={t("identity.keys.newWords")} act={t("identity.keys.newOpen")} onPress={() => setAsking("new")} testId="keys-new" /> : null}
        {mayRotate ? <Offer label={t("identity.keys.leak")} words={t("identity.keys.leakWords")} act={t("identity.keys.leakOpen")} onPress={() => setAsking("leak")} testId="keys-leak" /> : null}
      </div>
      {asking ? <RotateDialog leak={asking === "leak"} onClose={() => setAsking(null)} onMade={made} /> : null}
    </div>
  );
}

function KeyFacts({ status }: { status: KeyStatus }) {
  const { t } = useTranslation();
  return (
    <dl className="kw-kv" data-testid="keys-facts">
      {isRotating(status) ? null : (
        <>
          <dt>{t("identity.keys.since")}</dt><dd>{civilText(status.since)}</dd>
          <dt>{t("identity.keys.dueOn")}</dt><dd>{civilText(status.due_on)}</dd>
        </>
      )}
      <dt>{t("identity.keys.records")}</dt><dd>{t(status.old_keys ? "identity.keys.recordsOld" : "identity.keys.recordsNew")}</dd>
      {status.cause ? <><dt>{t("identity.keys.why")}</dt><dd>{t(`identity.keys.cause.${status.cause}`)}</dd></> : null}
      {status.values > 0 ? <><dt>{t("identity.keys.values")}</dt><dd>{valuesWords(status, t)}</dd></> : null}
    </dl>
  );
}

function valuesWords({ cause, values }: KeyStatus, t: Translate): string {
  return t(cause === null ? "identity.keys.valuesLast" : "identity.keys.valuesSoFar", { count: values, number: numberText(values) });
}
