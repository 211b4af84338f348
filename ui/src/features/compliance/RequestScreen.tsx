import { useTranslation } from "react-i18next";
import { useAnswer, useChange, type Input } from "../../bridge";
import { ErrorSummary, KeyedForm, toast, useGo } from "../../kit";
import { centsOf, civilText, todayCivil } from "../../words";
import { PatientLine } from "./PatientLine";
import { DateOf, FormFoot, Section, TextOf, Unready, orNull, useTyped, type Typed } from "./typing";
import { WhoSection, type RequestFormProps, type WhoTyped } from "./WhoSection";

interface RequestTyped extends WhoTyped {
  received_on: string;
  from: string;
  to: string;
  fee_cents: string;
  fee_notice_sent_on: string;
}

const EMPTY = { from: "", to: "", fee_cents: "", fee_notice_sent_on: "" };

/** A request of a patient one comes from. */
export function PatientRequestScreen({ patient }: { patient: string }) {
  const { t } = useTranslation();
  const ledger = useAnswer("compliance.disclosures", { patient });
  return (
    <div className="screen">
      <div className="screen-bar">
        <h1>{t("compliance.request.title")}</h1>
        <PatientLine of={ledger.data} />
      </div>
      <AccountingForm screen={`/patients/${patient}/accounting`} patient={patient} home={`/patients/${patient}/disclosures`} pickPatient={null} />
    </div>
  );
}

export function AccountingForm({ screen, patient, home, pickPatient }: RequestFormProps) {
  const { t } = useTranslation();
  const { go } = useGo();
  const request = useChange("compliance.request_accounting", ["compliance.accountings", "compliance.due"]);
  const form = useTyped<RequestTyped>({
    screen,
    initial: { patient, label: "", received_on: todayCivil(), ...EMPTY },
    labelOf: (field) => t(`compliance.request.field.${field}`, { defaultValue: "" }),
    send: async (typed) => {
      if (typed.patient === "") throw new Unready("patient", t("compliance.request.choosePatient"));
      const cents = typed.fee_cents.trim() === "" ? 0 : centsOf(typed.fee_cents);
      if (cents === null) throw new Unready("fee_cents", t("compliance.request.feeUnreadable"));
      const made = await request.mutateAsync({ input: inputOf(typed, cents) });
      toast(t("compliance.request.taken", { date: civilText(made.due_on) }));
      go("/accountings");
    },
  });
  const cancel = () => {
    form.discard();
    go(home);
  };
  return (
    <KeyedForm onSave={form.save} className="cp-form" label={t("compliance.request.title")} testId="request-form">
      <div className="kw-scroll">
        <div className="cp-form-page">
          <ErrorSummary problems={form.problems} attempt={form.attempt} />
          {pickPatient ? <WhoSection form={form} pickPatient={pickPatient} /> : null}
          <Period form={form} />
          <Section title={t("compliance.request.fee")} hint={t("compliance.request.feeHint")}>
            <div className="cp-two">
              <TextOf form={form} name="fee_cents" label={t("compliance.request.field.fee_cents")} hint={t("compliance.request.hint.fee_cents")} testId="request-fee" />
              <DateOf form={form} name="fee_notice_sent_on" label={t("compliance.request.field.fee_notice_sent_on")} hint={t("compliance.request.hint.fee_notice_sent_on")} testId="request-notice" />
            </div>
          </Section>
        </div>
      </div>
      <FormFoot words={t("compliance.request.save")} busy={form.busy} keys={t("compliance.request.keys")} onCancel={cancel} />
    </KeyedForm>
  );
}

function inputOf(typed: RequestTyped, fee_cents: number): Input<"compliance.request_accounting"> {
  const [from, to, told] = [orNull(typed.from), orNull(typed.to), orNull(typed.fee_notice_sent_on)];
  return { patient: typed.patient, received_on: typed.received_on, fee_cents, ...(from === null ? {} : { from }), ...(to === null ? {} : { to }), ...(told === null ? {} : { fee_notice_sent_on: told }) };
}

function Period({ form }: { form: Typed<RequestTyped> }) {
  const { t } = useTranslation();
  const label = (name: string) => t(`compliance.request.field.${name}`);
  return (
    <Section title={t("compliance.request.period")} hint={t("compliance.request.periodHint")}>
      <div className="cp-three">
        <DateOf form={form} name="received_on" label={label("received_on")} required testId="request-received" />
        <DateOf form={form} name="from" label={label("from")} hint={t("compliance.request.hint.from")} testId="request-from" />
        <DateOf form={form} name="to" label={label("to")} hint={t("compliance.request.hint.to")} testId="request-to" />
      </div>
    </Section>
  );
}
