import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useMay, type DisclosureLedger } from "../../bridge";
import { Banner, Button, ErrorSummary, Failed, KeyedForm, NO_PASSPHRASES, SealingFields, passphraseProblem, useGo, type Passphrases } from "../../kit";
import { sizeText, todayCivil, type Translate } from "../../words";
import { detailsOf, disclosureField, newDisclosure, type DisclosureTyped } from "./disclosure";
import { DisclosureFields } from "./DisclosureFields";
import { Facts } from "./Facts";
import { handOut, type HandedOut } from "./handOut";
import { PatientLine } from "./PatientLine";
import { writtenRecords } from "./savedLetters";
import { FormFoot, Section, TextOf, Unready, useTyped, type Typed } from "./typing";

export interface HandOutTyped extends DisclosureTyped {
  written: string;
  reason: string;
}

/** Everything kept of a patient, written into files for whoever may have it, and the row of the ledger that says so. */
export function HandOutScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const ledger = useAnswer("compliance.disclosures", { patient });
  const [made, setMade] = useState<HandedOut | null>(null);
  if (ledger.error) return <Failed failure={failureOf(ledger.error)} />;
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.records.title")}</h1>
        <PatientLine of={ledger.data} />
      </div>
      {made ? <Made made={made} patient={patient} /> : null}
      {ledger.data && !made ? <HandOutForm patient={patient} ledger={ledger.data} onMade={setMade} /> : null}
    </div>
  );
}

function startOf(ledger: DisclosureLedger, t: Translate): HandOutTyped {
  return { ...newDisclosure(), disclosed_on: todayCivil(), recipient_kind: "individual", recipient_name: ledger.display_name, description: t("compliance.records.description"), purpose: t("compliance.records.purpose"), basis: "individual", written: "sealed", reason: "" };
}

function HandOutForm({ patient, ledger, onMade }: { patient: string; ledger: DisclosureLedger; onMade: (made: HandedOut) => void }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const cache = useQueryClient();
  // A passphrase is never part of a draft: it is typed again after a lock.
  const [secret, setSecret] = useState(NO_PASSPHRASES);
  const form = useTyped<HandOutTyped>({
    screen: `/patients/${patient}/records`,
    initial: startOf(ledger, t),
    labelOf: (field) => t(`compliance.disclosure.field.${field}`, { defaultValue: "" }),
    fieldOf: (path) => (path === "passphrase" || path === "reason" ? path : disclosureField(path)),
    send: async (typed) => {
      check(typed, secret, t);
      const sealed = typed.written === "sealed";
      const written = await handOut(t, { patient, details: detailsOf(typed), passphrase: sealed ? secret.first : null }, sealed ? null : typed.reason.trim());
      if (written === null) return;
      // Only what went to the patient answers a request for access; a court's copy does not.
      if (typed.basis === "individual") writtenRecords.set((before) => ({ ...before, [patient]: { name: written.name, sha256: written.sha256 } }));
      await cache.invalidateQueries({ queryKey: ["compliance.disclosures"] });
      onMade(written);
    },
  });
  const cancel = () => {
    form.discard();
    go(`/patients/${patient}`);
  };
  return (
    <KeyedForm onSave={form.save} className="cp-form" label={t("compliance.records.title")} testId="records-form">
      <div className="kw-scroll">
        <div className="cp-form-page">
          <p className="kw-quiet">{t("compliance.records.words", { name: ledger.display_name })}</p>
          <ErrorSummary problems={form.problems} attempt={form.attempt} />
          <DisclosureFields form={form} />
          <Written form={form} secret={secret} onSecret={setSecret} />
        </div>
      </div>
      <FormFoot words={t("compliance.records.act")} busy={form.busy} keys={t("compliance.disclosure.keys")} onCancel={cancel} />
    </KeyedForm>
  );
}

/** What can be said before anything is sent. */
export function check(typed: HandOutTyped, secret: Passphrases, t: Translate): void {
  if (typed.basis === "") throw new Unready("basis", t("compliance.disclosure.chooseBasis"));
  if (typed.written === "plain") {
    if (typed.reason.trim() === "") throw new Unready("reason", t("compliance.records.reasonNeeded"));
    return;
  }
  const problem = passphraseProblem(secret);
  if (problem) throw new Unready(problem.field, problem.words);
}

interface WrittenProps {
  form: Typed<HandOutTyped>;
  secret: Passphrases;
  onSecret: (secret: Passphrases) => void;
  sealedHint?: string;
}

/** How the files are written, and the reason where anybody can read them. */
export function Written({ form, secret, onSecret, sealedHint }: WrittenProps) {
  const { t } = useTranslation();
  return (
    <Section title={t("compliance.records.files")}>
      <SealingFields written={form.values.written} onWritten={(written) => form.set({ written })} secret={secret} onSecret={onSecret} wrong={form.wrong} sealedHint={sealedHint} testId="records" />
      {form.values.written === "sealed" ? null : <TextOf form={form} name="reason" label={t("compliance.records.reason")} hint={t("compliance.records.reasonHint")} required lines={2} testId="records-reason" />}
    </Section>
  );
}

function Made({ made, patient }: { made: HandedOut; patient: string }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const may = useMay();
  return (
    <div className="cp-made" data-testid="records-made">
      <Banner tone="ok">{t("compliance.records.doneTitle")}</Banner>
      <Facts
        facts={[
          { name: t("compliance.records.file"), value: made.name, mono: true },
          { name: t("compliance.records.size"), value: sizeText(made.bytes) },
          { name: t("compliance.records.sha"), value: made.sha256, mono: true },
        ]}
      />
      <div className="kw-row">
        <Button variant="primary" onPress={() => go(`/patients/${patient}/disclosures`)} testId="records-finish">{t("compliance.records.finish")}</Button>
        {may("compliance.access_requests") ? <Button onPress={() => go(`/patients/${patient}/requests`)} testId="records-requests">{t("compliance.records.toRequests")}</Button> : null}
      </div>
    </div>
  );
}
