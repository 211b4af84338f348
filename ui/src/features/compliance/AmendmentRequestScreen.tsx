import { useTranslation } from "react-i18next";
import { useAnswer, useChange } from "../../bridge";
import { ErrorSummary, KeyedForm, toast, useGo } from "../../kit";
import { civilText, todayCivil } from "../../words";
import { PatientLine } from "./PatientLine";
import { NO_REQUESTER, RequesterSection, requesterField, requesterOf, type RequesterTyped } from "./requester";
import { DateOf, FormFoot, Section, SelectOf, TextOf, Unready, orNull, useTyped, type Typed } from "./typing";
import { useVersions } from "./versions";
import { WhoSection, type RequestFormProps, type WhoTyped } from "./WhoSection";

interface AmendmentTyped extends WhoTyped, RequesterTyped {
  received_on: string;
  /** Empty means the newest: which one that is may not be known yet, and another may come while somebody types. */
  version: string;
  text: string;
  reason: string;
}

const EMPTY = { ...NO_REQUESTER, version: "", text: "", reason: "" };

/** A request for an amendment of a patient one comes from. */
export function AmendmentRequestScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const ledger = useAnswer("compliance.disclosures", { patient });
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.amendment.title")}</h1>
        <PatientLine of={ledger.data} />
      </div>
      <AmendmentForm screen={`/accountings/amendment/${patient}`} patient={patient} home={`/patients/${patient}/requests`} pickPatient={null} />
    </div>
  );
}

export function AmendmentForm({ screen, patient, home, pickPatient }: RequestFormProps) {
  const { t } = useTranslation();
  const { go } = useGo();
  const request = useChange("compliance.request_amendment", ["compliance.amendment_requests", "compliance.due"]);
  const form = useTyped<AmendmentTyped>({
    screen,
    initial: { patient, label: "", received_on: todayCivil(), ...EMPTY },
    labelOf: (field) => t(`compliance.amendment.field.${field}`, { defaultValue: t(`compliance.requester.field.${field}`, { defaultValue: "" }) }),
    fieldOf: (path) => requesterField(path).replace(/^target\./u, ""),
    send: async (typed) => {
      if (typed.patient === "") throw new Unready("patient", t("compliance.request.choosePatient"));
      const version = typed.version === "" ? newest : Number(typed.version);
      if (version === null) throw new Unready("version", t("compliance.amendment.chooseVersion"));
      const made = await request.mutateAsync({
        input: { patient: typed.patient, requester: requesterOf(typed), received_on: typed.received_on, target: { kind: "patient", version }, text: typed.text.trim(), reason: orNull(typed.reason) },
      });
      toast(t("compliance.request.taken", { date: civilText(made.due_on) }));
      go(home);
    },
  });
  const { newest } = useVersions(form.values.patient);
  const cancel = () => {
    form.discard();
    go(home);
  };
  return (
    <KeyedForm onSave={form.save} className="cp-form" label={t("compliance.amendment.title")} testId="amendment-form">
      <div className="kw-scroll">
        <div className="cp-form-page">
          <ErrorSummary problems={form.problems} attempt={form.attempt} />
          {pickPatient ? <WhoSection form={form} pickPatient={pickPatient} /> : null}
          <RequesterSection form={form} />
          <Target form={form} />
        </div>
      </div>
      <FormFoot words={t("compliance.request.save")} busy={form.busy} keys={t("compliance.request.keys")} onCancel={cancel} />
    </KeyedForm>
  );
}

function Target({ form }: { form: Typed<AmendmentTyped> }) {
  const { t } = useTranslation();
  const { newest, options } = useVersions(form.values.patient);
  const field = (name: string) => t(`compliance.amendment.field.${name}`);
  const shown = { ...form, values: { ...form.values, version: form.values.version === "" && newest !== null ? String(newest) : form.values.version } };
  return (
    <Section title={t("compliance.amendment.what")} hint={t("compliance.amendment.whatHint")}>
      <div className="cp-two">
        <DateOf form={form} name="received_on" label={field("received_on")} required testId="amendment-received" />
        <SelectOf form={shown} name="version" label={field("version")} options={options} required testId="amendment-version" />
      </div>
      <TextOf form={form} name="text" label={field("text")} hint={t("compliance.amendment.hint.text")} required lines={4} testId="amendment-text" />
      <TextOf form={form} name="reason" label={field("reason")} hint={t("compliance.amendment.hint.reason")} lines={2} testId="amendment-reason" />
    </Section>
  );
}
