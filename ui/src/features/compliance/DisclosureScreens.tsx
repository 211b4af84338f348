import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { failureOf, useAnswer, useChange, type DisclosureLedger, type DisclosureRow } from "../../bridge";
import { EmptyState, ErrorSummary, Failed, KeyedForm, toast, useGo } from "../../kit";
import { detailsOf, disclosureField, newDisclosure, typedFrom, type DisclosureTyped } from "./disclosure";
import { DisclosureFields } from "./DisclosureFields";
import { PatientLine } from "./PatientLine";
import { FormFoot, Section, TextOf, Unready, useTyped, type Typed } from "./typing";

const OLD = ["compliance.disclosures"] as const;

export function RecordDisclosureScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const ledger = useAnswer("compliance.disclosures", { patient });
  const disclose = useChange("compliance.disclose", OLD);
  const home = `/patients/${patient}/disclosures`;
  const form = useDisclosureForm(`${home}/new`, newDisclosure(), async (typed) => {
    const made = await disclose.mutateAsync({ input: { patient, details: detailsOf(typed) } });
    toast(t(made.accountable ? "compliance.disclosure.recorded" : "compliance.disclosure.recordedNot"));
    go(home);
  });
  return (
    <Frame title={t("compliance.disclosure.newTitle")} ledger={ledger.data}>
      <DisclosureForm form={form} label={t("compliance.disclosure.newTitle")} saveWords={t("compliance.disclosure.save")} home={home} />
    </Frame>
  );
}

export function CorrectDisclosureScreen({ patient, disclosure }: { patient: string; disclosure: string }) {
  const { t } = useTranslation();
  const ledger = useAnswer("compliance.disclosures", { patient });
  // The form keeps the row it started from.
  const [start, setStart] = useState<DisclosureRow | null>(null);
  const found = ledger.data?.rows.find((row) => row.disclosure === disclosure) ?? null;
  if (start === null && found) setStart(found);
  if (ledger.error && !start) return <Failed failure={failureOf(ledger.error)} />;
  return (
    <Frame title={t("compliance.disclosure.correctTitle")} ledger={ledger.data}>
      {start ? <Correction patient={patient} row={start} /> : null}
      {!start && ledger.data ? <EmptyState title={t("compliance.disclosure.gone")} /> : null}
    </Frame>
  );
}

function Correction({ patient, row }: { patient: string; row: DisclosureRow }) {
  const { t } = useTranslation();
  const { go } = useGo();
  const correct = useChange("compliance.correct_disclosure", OLD);
  const home = `/patients/${patient}/disclosures`;
  const form = useDisclosureForm(`${home}/${row.disclosure}/correct`, typedFrom(row), async (typed) => {
    await correct.mutateAsync({ input: { disclosure: row.disclosure, correction: typed.correction.trim(), details: detailsOf(typed) } });
    toast(t("compliance.disclosure.corrected"));
    go(home);
  });
  const slip = (
    <Section title={t("compliance.disclosure.slip")}>
      <TextOf form={form} name="correction" label={t("compliance.disclosure.field.correction")} hint={t("compliance.disclosure.hint.correction")} required lines={2} autoFocus testId="disclosure-correction" />
    </Section>
  );
  return <DisclosureForm form={form} label={t("compliance.disclosure.correctTitle")} saveWords={t("compliance.disclosure.saveCorrection")} home={home} before={slip} />;
}

function useDisclosureForm(screen: string, initial: DisclosureTyped, send: (typed: DisclosureTyped) => Promise<void>): Typed<DisclosureTyped> {
  const { t } = useTranslation();
  return useTyped<DisclosureTyped>({
    screen,
    initial,
    labelOf: (field) => t(`compliance.disclosure.field.${field}`, { defaultValue: "" }),
    fieldOf: disclosureField,
    send: async (typed) => {
      // Without a basis there is no word that could be sent for it.
      if (typed.basis === "") throw new Unready("basis", t("compliance.disclosure.chooseBasis"));
      await send(typed);
    },
  });
}

interface DisclosureFormProps {
  form: Typed<DisclosureTyped>;
  label: string;
  saveWords: string;
  home: string;
  before?: ReactNode;
}

function DisclosureForm({ form, label, saveWords, home, before }: DisclosureFormProps) {
  const { t } = useTranslation();
  const { go } = useGo();
  const cancel = () => {
    form.discard();
    go(home);
  };
  return (
    <KeyedForm onSave={form.save} className="cp-form" label={label} testId="disclosure-form">
      <div className="kw-scroll">
        <div className="cp-form-page">
          <ErrorSummary problems={form.problems} attempt={form.attempt} />
          {before}
          <DisclosureFields form={form} />
        </div>
      </div>
      <FormFoot words={saveWords} busy={form.busy} keys={t("compliance.disclosure.keys")} onCancel={cancel} />
    </KeyedForm>
  );
}

function Frame({ title, ledger, children }: { title: string; ledger: DisclosureLedger | undefined; children: ReactNode }) {
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{title}</h1>
        <PatientLine of={ledger} />
      </div>
      {children}
    </div>
  );
}
