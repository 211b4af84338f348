import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, Checkbox, ErrorSummary, KeyedForm } from "../../kit";
import { CLAUSES, type AssociateTyped } from "./associate";
import { DateOf, FormFoot, Section, TextOf, type Typed } from "./typing";

export interface AssociateFormProps {
  form: Typed<AssociateTyped>;
  label: string;
  notice: ReactNode;
  file: ReactNode;
  onCancel: () => void;
}

type Part = { form: Typed<AssociateTyped> };

/** Everything that stands in the register about one associate. */
export function AssociateForm({ form, label, notice, file, onCancel }: AssociateFormProps) {
  const { t } = useTranslation();
  return (
    <KeyedForm onSave={form.save} className="cp-form" label={label} testId="associate-form">
      <div className="kw-scroll">
        <div className="cp-form-page">
          {notice}
          <ErrorSummary problems={form.problems} attempt={form.attempt} />
          <WhoSection form={form} />
          <AgreementSection form={form} />
          <ClauseSection form={form} />
          <Section title={t("compliance.associate.end")}>
            <TextOf form={form} name="incident_notice_hours" label={t("compliance.associate.field.incident_notice_hours")} hint={t("compliance.associate.hint.incident_notice_hours")} required inputMode="numeric" testId="associate-hours" />
            <TextOf form={form} name="return_or_destroy" label={t("compliance.associate.field.return_or_destroy")} hint={t("compliance.associate.hint.return_or_destroy")} required lines={2} testId="associate-return" />
          </Section>
          <Section title={t("compliance.associate.paper")}>{file}</Section>
        </div>
      </div>
      <FormFoot words={t("compliance.associate.save")} busy={form.busy} keys={t("compliance.associate.keys")} onCancel={onCancel} />
    </KeyedForm>
  );
}

function WhoSection({ form }: Part) {
  const { t } = useTranslation();
  const label = (name: string) => t(`compliance.associate.field.${name}`);
  return (
    <>
      <Section title={t("compliance.associate.who")}>
        <TextOf form={form} name="name" label={label("name")} required autoFocus testId="associate-name" />
        <div className="cp-three">
          <TextOf form={form} name="contact" label={label("contact")} required testId="associate-contact" />
          <TextOf form={form} name="phone" type="tel" label={label("phone")} testId="associate-phone" />
          <TextOf form={form} name="email" type="email" label={label("email")} testId="associate-email" />
        </div>
      </Section>
      <Section title={t("compliance.associate.what")}>
        <TextOf form={form} name="services" label={label("services")} required lines={2} testId="associate-services" />
        <TextOf form={form} name="phi_categories" label={label("phi_categories")} hint={t("compliance.associate.hint.phi_categories")} lines={2} testId="associate-phi" />
        <TextOf form={form} name="subcontractors" label={label("subcontractors")} hint={t("compliance.associate.hint.subcontractors")} lines={2} testId="associate-subcontractors" />
      </Section>
    </>
  );
}

function AgreementSection({ form }: Part) {
  const { t } = useTranslation();
  const label = (name: string) => t(`compliance.associate.field.${name}`);
  return (
    <Section title={t("compliance.associate.agreement")} hint={t("compliance.associate.agreementHint")}>
      <div className="cp-two">
        <DateOf form={form} name="signed_on" label={label("signed_on")} hint={t("compliance.associate.hint.signed_on")} testId="associate-signed" />
        <DateOf form={form} name="effective_on" ahead label={label("effective_on")} testId="associate-effective" />
        <DateOf form={form} name="expires_on" ahead label={label("expires_on")} hint={t("compliance.associate.hint.expires_on")} testId="associate-expires" />
        <DateOf form={form} name="review_on" ahead label={label("review_on")} hint={t("compliance.associate.hint.review_on")} testId="associate-review" />
      </div>
    </Section>
  );
}

/** The ten terms of 164.504(e), each with what it means. */
function ClauseSection({ form }: Part) {
  const { t } = useTranslation();
  const ticked = form.values.clauses;
  const tick = (clause: (typeof CLAUSES)[number], on: boolean) => form.set({ clauses: CLAUSES.filter((one) => (one === clause ? on : ticked.includes(one))) });
  return (
    <Section title={t("compliance.associate.terms")} hint={t("compliance.associate.termsHint")}>
      <div className="cp-clauses" role="group" aria-label={t("compliance.associate.terms")}>
        {CLAUSES.map((clause) => (
          <Checkbox key={clause} label={t(`compliance.clause.${clause}`)} hint={t(`compliance.clauseMeans.${clause}`)} value={ticked.includes(clause)} onChange={(on) => tick(clause, on)} testId={`clause-${clause}`} />
        ))}
      </div>
      <div><Button variant="quiet" className="kw-start" isDisabled={ticked.length === CLAUSES.length} onPress={() => form.set({ clauses: [...CLAUSES] })} testId="clauses-all">{t("compliance.associate.allTerms")}</Button></div>
    </Section>
  );
}
