import { useTranslation } from "react-i18next";
import { useAnswer, useChange, type Input } from "../../bridge";
import { ErrorSummary, KeyedForm, RadioGroup, toast, useGo } from "../../kit";
import { civilText, todayCivil } from "../../words";
import { PatientLine } from "./PatientLine";
import { Chips, NO_REQUESTER, RequesterSection, requesterField, requesterOf, type RequesterTyped } from "./requester";
import { DateOf, FormFoot, Section, TextOf, Unready, orNull, useTyped, type Typed } from "./typing";
import { WhoSection, type RequestFormProps, type WhoTyped } from "./WhoSection";

interface AccessTyped extends WhoTyped, RequesterTyped {
  received_on: string;
  covers: string;
  scope: string;
  from: string;
  to: string;
  form: string;
  electronic: string;
  channel: string;
}

const EMPTY = { ...NO_REQUESTER, covers: "whole", scope: "", from: "", to: "", form: "", electronic: "yes", channel: "" };

/** The forms that are asked for most; whether each is electronic is known with it. */
const FORMS = [{ id: "pdf", electronic: "yes" }, { id: "files", electronic: "yes" }, { id: "paper", electronic: "no" }, { id: "look", electronic: "no" }] as const;
const CHANNELS = ["pickedUp", "mailed", "emailed", "portal"] as const;

/** A request for access of a patient one comes from. */
export function AccessRequestScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const ledger = useAnswer("compliance.disclosures", { patient });
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.access.title")}</h1>
        <PatientLine of={ledger.data} />
      </div>
      <AccessForm screen={`/accountings/access/${patient}`} patient={patient} home={`/patients/${patient}/requests`} pickPatient={null} />
    </div>
  );
}

export function AccessForm({ screen, patient, home, pickPatient }: RequestFormProps) {
  const { t } = useTranslation();
  const { go } = useGo();
  const request = useChange("compliance.request_access", ["compliance.access_requests", "compliance.due"]);
  const form = useTyped<AccessTyped>({
    screen,
    initial: { patient, label: "", received_on: todayCivil(), ...EMPTY },
    labelOf: (field) => t(`compliance.access.field.${field}`, { defaultValue: t(`compliance.requester.field.${field}`, { defaultValue: "" }) }),
    fieldOf: requesterField,
    send: async (typed) => {
      if (typed.patient === "") throw new Unready("patient", t("compliance.request.choosePatient"));
      if (typed.covers === "part" && typed.scope.trim() === "") throw new Unready("scope", t("compliance.access.sayWhat"));
      const made = await request.mutateAsync({ input: inputOf(typed) });
      toast(t("compliance.request.taken", { date: civilText(made.due_on) }));
      go(home);
    },
  });
  const cancel = () => {
    form.discard();
    go(home);
  };
  return (
    <KeyedForm onSave={form.save} className="cp-form" label={t("compliance.access.title")} testId="access-form">
      <div className="kw-scroll">
        <div className="cp-form-page">
          <ErrorSummary problems={form.problems} attempt={form.attempt} />
          {pickPatient ? <WhoSection form={form} pickPatient={pickPatient} /> : null}
          <RequesterSection form={form} />
          <What form={form} />
          <How form={form} />
        </div>
      </div>
      <FormFoot words={t("compliance.request.save")} busy={form.busy} keys={t("compliance.request.keys")} onCancel={cancel} />
    </KeyedForm>
  );
}

function inputOf(typed: AccessTyped): Input<"compliance.request_access"> {
  const [from, to] = [orNull(typed.from), orNull(typed.to)];
  return {
    patient: typed.patient,
    requester: requesterOf(typed),
    received_on: typed.received_on,
    scope: typed.covers === "whole" ? null : orNull(typed.scope),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    form: typed.form.trim(),
    electronic: typed.electronic === "yes",
    channel: typed.channel.trim(),
  };
}

function What({ form }: { form: Typed<AccessTyped> }) {
  const { t } = useTranslation();
  const field = (name: string) => t(`compliance.access.field.${name}`);
  const covers = (["whole", "part"] as const).map((value) => ({ value, label: t(`compliance.access.covers.${value}`) }));
  return (
    <Section title={t("compliance.access.what")} hint={t("compliance.access.whatHint")}>
      <RadioGroup label={field("covers")} row options={covers} value={form.values.covers} onChange={(next) => form.set({ covers: next })} testId="access-covers" />
      {form.values.covers === "whole" ? null : <TextOf form={form} name="scope" label={field("scope")} hint={t("compliance.access.hint.scope")} required lines={2} testId="access-scope" />}
      <div className="cp-three">
        <DateOf form={form} name="received_on" label={field("received_on")} required testId="access-received" />
        <DateOf form={form} name="from" label={field("from")} hint={t("compliance.access.hint.from")} testId="access-from" />
        <DateOf form={form} name="to" label={field("to")} hint={t("compliance.access.hint.to")} testId="access-to" />
      </div>
    </Section>
  );
}

function How({ form }: { form: Typed<AccessTyped> }) {
  const { t } = useTranslation();
  const field = (name: string) => t(`compliance.access.field.${name}`);
  const forms = FORMS.map(({ id, electronic }) => ({ id, words: t(`compliance.access.forms.${id}`), take: () => form.set({ form: t(`compliance.access.forms.${id}`), electronic }) }));
  const channels = CHANNELS.map((id) => ({ id, words: t(`compliance.access.channels.${id}`), take: () => form.set({ channel: t(`compliance.access.channels.${id}`) }) }));
  const kinds = [{ value: "yes", label: t("compliance.access.electronic") }, { value: "no", label: t("compliance.access.notElectronic") }];
  return (
    <Section title={t("compliance.access.how")} hint={t("compliance.access.howHint")}>
      <TextOf form={form} name="form" label={field("form")} required testId="access-as" />
      <Chips chips={forms} testId="access-as" />
      <RadioGroup label={field("electronic")} row options={kinds} value={form.values.electronic} onChange={(next) => form.set({ electronic: next })} testId="access-electronic" />
      <TextOf form={form} name="channel" label={field("channel")} required testId="access-channel" />
      <Chips chips={channels} testId="access-channel" />
    </Section>
  );
}
