import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAnswer, useMay, type AssociateRow } from "../../bridge";
import { Button, GroupedSelect, fieldId } from "../../kit";
import { basisGroups, countsAs } from "./bases";
import { KINDS, type DisclosureTyped } from "./disclosure";
import { DateOf, Section, SelectOf, TextOf, type Typed } from "./typing";

type Part = { form: Typed<DisclosureTyped> };

const CHOICES = ["known", "photoId", "calledBack", "letterhead", "order", "badge"] as const;

/** Everything that is typed of a disclosure, in the order of the question: to whom, what, on what ground, how asked. */
export function DisclosureFields({ form }: Part) {
  return (
    <>
      <RecipientSection form={form} />
      <WhatSection form={form} />
      <BasisSection form={form} />
      <AskedSection form={form} />
    </>
  );
}

function RecipientSection({ form }: Part) {
  const { t } = useTranslation();
  const kinds = KINDS.map((value) => ({ value, label: t(`compliance.recipientKind.${value}`) }));
  return (
    <Section title={t("compliance.disclosure.whoWhen")}>
      <div className="cp-two">
        <DateOf form={form} name="disclosed_on" label={t("compliance.disclosure.field.disclosed_on")} required testId="disclosure-on" />
        <SelectOf form={form} name="recipient_kind" label={t("compliance.disclosure.field.recipient_kind")} options={kinds} required testId="disclosure-kind" />
      </div>
      {form.values.recipient_kind === "business_associate" ? <AssociateField form={form} /> : null}
      <div className="cp-two">
        <TextOf form={form} name="recipient_name" label={t("compliance.disclosure.field.recipient_name")} required testId="disclosure-name" />
        <TextOf form={form} name="recipient_address" label={t("compliance.disclosure.field.recipient_address")} hint={t("compliance.disclosure.hint.recipient_address")} testId="disclosure-address" />
      </div>
    </Section>
  );
}

/** Says whether an agreement is in force today. Rust looks again, on the day of the disclosure. */
function holdsToday(row: AssociateRow): boolean {
  return row.state === "in_force" || row.state === "expiring";
}

/** The associate from the register. Choosing one also fills in its name. */
function AssociateField({ form }: Part) {
  const { t } = useTranslation();
  const may = useMay();
  const list = useAnswer("compliance.associates", {}, { enabled: may("compliance.associates") });
  const rows = (list.data?.rows ?? []).filter((row) => holdsToday(row) || row.associate === form.values.recipient_associate);
  const choose = (change: Partial<DisclosureTyped>) => {
    const row = rows.find((one) => one.associate === change.recipient_associate);
    form.set({ ...change, ...(row ? { recipient_name: row.name } : {}) });
  };
  const hint = list.data && rows.length === 0 ? { hint: t("compliance.disclosure.hint.noAssociates") } : {};
  return <SelectOf form={{ ...form, set: choose }} name="recipient_associate" label={t("compliance.disclosure.field.recipient_associate")} options={rows.map((row) => ({ value: row.associate, label: row.name }))} required {...hint} testId="disclosure-associate" />;
}

function WhatSection({ form }: Part) {
  const { t } = useTranslation();
  return (
    <Section title={t("compliance.disclosure.whatWhy")}>
      <TextOf form={form} name="description" label={t("compliance.disclosure.field.description")} hint={t("compliance.disclosure.hint.description")} required lines={2} testId="disclosure-what" />
      <TextOf form={form} name="purpose" label={t("compliance.disclosure.field.purpose")} hint={t("compliance.disclosure.hint.purpose")} required lines={2} testId="disclosure-purpose" />
    </Section>
  );
}

function BasisSection({ form }: Part) {
  const { t } = useTranslation();
  const groups = useMemo(() => basisGroups(t), [t]);
  const counts = countsAs(form.values.basis);
  const hint = counts === null ? {} : { hint: t(counts ? "compliance.disclosure.willCount" : "compliance.disclosure.willNotCount") };
  return (
    <Section title={t("compliance.disclosure.basisTitle")} hint={t("compliance.disclosure.basisHint")}>
      <GroupedSelect label={t("compliance.disclosure.field.basis")} groups={groups} value={form.values.basis} onChange={(basis) => form.set({ basis })} id={fieldId("basis")} error={form.wrong("basis")} required {...hint} testId="disclosure-basis" />
      {form.values.basis === "authorization" ? <AuthorizationFields form={form} /> : null}
    </Section>
  );
}

function AuthorizationFields({ form }: Part) {
  const { t } = useTranslation();
  return (
    <div className="cp-three">
      <DateOf form={form} name="authorization_signed_on" label={t("compliance.disclosure.field.authorization_signed_on")} required testId="authorization-signed" />
      <DateOf form={form} name="authorization_expires_on" ahead label={t("compliance.disclosure.field.authorization_expires_on")} testId="authorization-expires" />
      <TextOf form={form} name="authorization_expires_with" label={t("compliance.disclosure.field.authorization_expires_with")} hint={t("compliance.disclosure.hint.authorization_expires_with")} testId="authorization-with" />
    </div>
  );
}

function AskedSection({ form }: Part) {
  const { t } = useTranslation();
  const needed = form.values.basis !== "impermissible" && form.values.basis !== "incidental";
  return (
    <Section title={t("compliance.disclosure.checks")}>
      <TextOf form={form} name="verification" label={t("compliance.disclosure.field.verification")} required={needed} {...(needed ? {} : { hint: t("compliance.disclosure.hint.verification") })} testId="disclosure-verification" />
      <Suggestions onTake={(verification) => form.set({ verification })} />
      <TextOf form={form} name="request_reference" label={t("compliance.disclosure.field.request_reference")} hint={t("compliance.disclosure.hint.request_reference")} testId="disclosure-reference" />
    </Section>
  );
}

/** What is written most often, one press away; anything else is typed. */
export function Suggestions({ onTake }: { onTake: (words: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="cp-suggestions" role="group" aria-label={t("compliance.disclosure.suggest")}>
      {CHOICES.map((choice) => (
        <Button key={choice} className="cp-suggestion" onPress={() => onTake(t(`compliance.verify.${choice}`))} testId={`verify-${choice}`}>{t(`compliance.verify.${choice}`)}</Button>
      ))}
    </div>
  );
}
