import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../../bridge";
import { Banner, Button, ErrorSummary, KeyedForm, NO_PASSPHRASES, Progress, jobs, useGo, useStore } from "../../kit";
import { numberText, sizeText, todayCivil, type Translate } from "../../words";
import { detailsOf, disclosureField, newDisclosure } from "./disclosure";
import { DisclosureFields } from "./DisclosureFields";
import { Facts } from "./Facts";
import { POPULATION_JOB, forgetHandedOutAll, handOutAll, handingOutAll, type HandedOutAll } from "./handOutAll";
import { Written, check, type HandOutTyped } from "./HandOutScreen";
import { FormFoot, useTyped } from "./typing";

const HERE = "/backups/records";

/** The records of every patient, for another program or a custodian. It is a disclosure of each patient. */
export function PopulationScreen() {
  const { t } = useTranslation();
  const { running, made, sealed } = useStore(handingOutAll);
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.population.title")}</h1>
        <span className="kw-sub">{t("compliance.population.sub")}</span>
      </div>
      {running ? <Working /> : null}
      {made ? <Made made={made} sealed={sealed} /> : <div className="cp-whole" hidden={running}><PopulationForm /></div>}
    </div>
  );
}

function startOf(t: Translate): HandOutTyped {
  return { ...newDisclosure(), disclosed_on: todayCivil(), recipient_kind: "provider", description: t("compliance.population.description"), written: "sealed", reason: "" };
}

function PopulationForm() {
  const { t } = useTranslation();
  const { go } = useGo();
  const back = useBack();
  const cache = useQueryClient();
  // A passphrase is never part of a draft: it is typed again after a lock.
  const [secret, setSecret] = useState(NO_PASSPHRASES);
  const form = useTyped<HandOutTyped>({
    screen: HERE,
    initial: startOf(t),
    labelOf: (field) => t(`compliance.disclosure.field.${field}`, { defaultValue: t(`common.sealing.${field}`, { defaultValue: t(`compliance.records.${field}`, { defaultValue: "" }) }) }),
    fieldOf: (path) => (path === "passphrase" || path === "reason" ? path : disclosureField(path)),
    send: async (typed) => {
      check(typed, secret, t);
      const sealed = typed.written === "sealed";
      await handOutAll(t, { details: detailsOf(typed), passphrase: sealed ? secret.first : null }, sealed ? null : typed.reason.trim(), () => go(HERE));
      await cache.invalidateQueries({ queryKey: ["compliance.disclosures"] });
    },
  });
  const cancel = () => {
    form.discard();
    go(back);
  };
  return (
    <KeyedForm onSave={form.save} className="cp-form" label={t("compliance.population.title")} testId="population-form">
      <div className="kw-scroll">
        <div className="cp-form-page">
          <Banner tone="warn" testId="population-warning">{t("compliance.population.warning")}</Banner>
          <ErrorSummary problems={form.problems} attempt={form.attempt} />
          <DisclosureFields form={form} />
          <Written form={form} secret={secret} onSecret={setSecret} sealedHint={t("compliance.population.sealedHint")} />
        </div>
      </div>
      <FormFoot words={t("compliance.records.act")} busy={form.busy} keys={t("compliance.disclosure.keys")} onCancel={cancel} />
    </KeyedForm>
  );
}

/** Where one came from: those who have no backups to look at came from the accountings. */
function useBack(): string {
  return useMay()("exchange.backups") ? "/backups" : "/accountings";
}

/** What is being done, with a way to stop it. */
function Working() {
  const { t } = useTranslation();
  const job = useStore(jobs).find((one) => one.id === POPULATION_JOB && one.state === "running");
  return (
    <div className="cp-run" data-testid="population-progress">
      <div className="kw-row">
        <div className="kw-grow"><Progress label={t("compliance.population.job")} phase={job?.phase ?? ""} done={job?.done ?? 0} total={job?.total ?? 0} /></div>
        {job?.cancel ? <Button onPress={job.cancel} testId="population-cancel">{t("common.cancel")}</Button> : null}
      </div>
      <p className="kw-sub">{t("compliance.population.meanwhile")}</p>
    </div>
  );
}

function Made({ made, sealed }: { made: HandedOutAll; sealed: boolean }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const back = useBack();
  const patients = numberText(made.patients);
  const stopped = made.name === null;
  const finish = () => {
    forgetHandedOutAll();
    go(back);
  };
  return (
    <div className="cp-made" data-testid="population-made">
      <Banner tone={stopped ? "warn" : "ok"}>{stopped ? t("compliance.population.stopped") : t("compliance.population.done")}</Banner>
      <Facts
        facts={[
          ...(made.name === null ? [] : [{ name: t("compliance.population.folder"), value: made.name, mono: true }]),
          { name: t("compliance.population.who"), value: t("compliance.population.patients", { count: made.patients, patients }) },
          ...(stopped ? [] : [{ name: t("compliance.population.parts"), value: numberText(made.parts) }, { name: t("compliance.records.size"), value: sizeText(made.bytes) }]),
        ]}
      />
      <p className="kw-sub">{t(stopped ? "compliance.population.stoppedNext" : "compliance.population.next")}{sealed && !stopped ? ` ${t("compliance.population.nextSealed")}` : ""}</p>
      <div className="kw-row">
        <Button variant="primary" onPress={finish} testId="population-finish">{t("compliance.records.finish")}</Button>
        {stopped ? <Button onPress={forgetHandedOutAll} testId="population-again">{t("compliance.population.again")}</Button> : null}
      </div>
    </div>
  );
}
