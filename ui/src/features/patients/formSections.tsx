import { Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useFieldArray, useWatch, type Control } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { Button, FormCheck, FormDate, FormRadios, FormSelect, FormText } from "../../kit";
import { NO_ADDRESS, NO_CHANNEL, type DemographicsForm } from "./demographics";

type Part = { control: Control<DemographicsForm> };

export function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="pt-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {hint ? <p className="kw-hint">{hint}</p> : null}
      </header>
      <div className="pt-section-body">{children}</div>
    </section>
  );
}

function useOptions(part: string, values: readonly string[]) {
  const { t } = useTranslation();
  return values.map((value) => ({ value, label: t(`patients.${part}.${value}`) }));
}

/** One row of a list that may be taken away again. */
function Row({ children, label, onRemove }: { children: ReactNode; label: string; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="pt-row">
      <legend className="kw-hidden">{label}</legend>
      <div className="kw-grow">{children}</div>
      <Button variant="quiet" aria-label={t("patients.form.removeOf", { what: label })} onPress={onRemove} icon={<Trash2 size={14} aria-hidden="true" />} />
    </fieldset>
  );
}

function Add({ label, onPress, testId }: { label: string; onPress: () => void; testId?: string }) {
  return (
    <div>
      <Button variant="quiet" className="kw-start" icon={<Plus size={14} aria-hidden="true" />} onPress={onPress} {...(testId ? { testId } : {})}>{label}</Button>
    </div>
  );
}

export function NameSection({ control }: Part) {
  const { t } = useTranslation();
  const others = useFieldArray({ control, name: "other_names" });
  const uses = useOptions("nameUse", ["previous", "preferred", "legal"]);
  return (
    <Section title={t("patients.form.name")}>
      <div className="pt-name-fields">
        <FormText control={control} name="name.family" label={t("patients.form.family")} required autoFocus testId="form-family" />
        <FormText control={control} name="name.given" label={t("patients.form.given")} required hint={t("patients.form.givenHint")} testId="form-given" />
        <FormText control={control} name="name.prefix" label={t("patients.form.prefix")} testId="form-prefix" />
        <FormText control={control} name="name.suffix" label={t("patients.form.suffix")} testId="form-suffix" />
      </div>
      <div className="pt-two">
        <FormText control={control} name="goes_by" label={t("patients.form.goesBy")} hint={t("patients.form.goesByHint")} testId="form-goes-by" />
        <FormText control={control} name="pronouns" label={t("patients.form.pronouns")} testId="form-pronouns" />
      </div>
      {others.fields.map((row, index) => (
        <Row key={row.id} label={t("patients.form.otherName", { number: index + 1 })} onRemove={() => others.remove(index)}>
          <div className="pt-three">
            <FormSelect control={control} name={`other_names.${index}.use`} label={t("patients.form.nameUse")} options={uses} />
            <FormText control={control} name={`other_names.${index}.family`} label={t("patients.form.family")} />
            <FormText control={control} name={`other_names.${index}.given`} label={t("patients.form.given")} />
          </div>
        </Row>
      ))}
      <Add label={t("patients.form.addName")} onPress={() => others.append({ use: "previous", family: "", given: "" })} />
    </Section>
  );
}

export function BirthSection({ control }: Part) {
  const { t } = useTranslation();
  const unknown = useWatch({ control, name: "birth_unknown" });
  return (
    <Section title={t("patients.form.birth")}>
      <div className="pt-two">
        <div className="kw-tight">
          <FormDate control={control} name="date_of_birth" label={t("patients.form.dateOfBirth")} hint={t("patients.form.dateHint")} disabled={unknown} required testId="form-birth" />
          <FormCheck control={control} name="birth_unknown" label={t("patients.form.birthUnknown")} testId="form-birth-unknown" />
        </div>
        <FormRadios control={control} name="administrative_sex" row required label={t("patients.form.sex")} options={useOptions("sex", ["F", "M", "U"])} hint={t("patients.form.sexHint")} testId="form-sex" />
      </div>
      <div className="pt-two">
        <FormText control={control} name="gender_identity" label={t("patients.form.gender")} hint={t("patients.form.genderHint")} testId="form-gender" />
        <FormText control={control} name="language" label={t("patients.form.language")} hint={t("patients.form.languageHint")} testId="form-language" />
      </div>
    </Section>
  );
}

export function ContactSection({ control }: Part) {
  const { t } = useTranslation();
  const channels = useFieldArray({ control, name: "channels" });
  const kinds = useOptions("channelKind", ["phone", "sms", "email"]);
  const uses = useOptions("channelUse", ["mobile", "home", "work"]);
  return (
    <Section title={t("patients.form.contact")} hint={t("patients.form.contactHint")}>
      {channels.fields.map((row, index) => (
        <Row key={row.id} label={t("patients.form.channel", { number: index + 1 })} onRemove={() => channels.remove(index)}>
          <div className="pt-channel">
            <FormSelect control={control} name={`channels.${index}.kind`} label={t("patients.form.kind")} options={kinds} />
            <FormSelect control={control} name={`channels.${index}.use`} label={t("patients.form.use")} options={uses} />
            <FormText control={control} name={`channels.${index}.value`} label={t("patients.form.value")} testId={`form-channel-${index}`} />
          </div>
          <div className="pt-checks">
            <FormCheck control={control} name={`channels.${index}.consent`} label={t("patients.form.consent")} />
            <FormCheck control={control} name={`channels.${index}.voicemail_allowed`} label={t("patients.form.voicemail")} />
            <FormCheck control={control} name={`channels.${index}.preferred`} label={t("patients.form.preferredChannel")} />
          </div>
        </Row>
      ))}
      <Add label={t("patients.form.addChannel")} onPress={() => channels.append({ ...NO_CHANNEL })} testId="form-add-channel" />
      <FormText control={control} name="confidential_communication" label={t("patients.form.confidential")} hint={t("patients.form.confidentialHint")} testId="form-confidential" />
    </Section>
  );
}

export function AddressSection({ control }: Part) {
  const { t } = useTranslation();
  const addresses = useFieldArray({ control, name: "addresses" });
  const uses = useOptions("addressUse", ["home", "mailing", "work", "temporary"]);
  return (
    <Section title={t("patients.form.addresses")}>
      {addresses.fields.map((row, index) => (
        <Row key={row.id} label={t("patients.form.address", { number: index + 1 })} onRemove={() => addresses.remove(index)}>
          <div className="pt-address">
            <FormSelect control={control} name={`addresses.${index}.use`} label={t("patients.form.use")} options={uses} />
            <FormText control={control} name={`addresses.${index}.line1`} label={t("patients.form.line1")} testId={`form-address-${index}-line1`} />
            <FormText control={control} name={`addresses.${index}.line2`} label={t("patients.form.line2")} />
            <FormText control={control} name={`addresses.${index}.city`} label={t("patients.form.city")} testId={`form-address-${index}-city`} />
            <FormText control={control} name={`addresses.${index}.state`} label={t("patients.form.state")} testId={`form-address-${index}-state`} />
            <FormText control={control} name={`addresses.${index}.postal_code`} label={t("patients.form.postalCode")} testId={`form-address-${index}-postal-code`} />
          </div>
        </Row>
      ))}
      <Add label={t("patients.form.addAddress")} onPress={() => addresses.append({ ...NO_ADDRESS })} />
    </Section>
  );
}

export function PeopleSection({ control }: Part) {
  const { t } = useTranslation();
  const contacts = useFieldArray({ control, name: "emergency_contacts" });
  return (
    <>
      <Section title={t("patients.form.emergency")}>
        {contacts.fields.map((row, index) => (
          <Row key={row.id} label={t("patients.form.emergencyOne", { number: index + 1 })} onRemove={() => contacts.remove(index)}>
            <div className="pt-three">
              <FormText control={control} name={`emergency_contacts.${index}.name`} label={t("patients.form.contactName")} />
              <FormText control={control} name={`emergency_contacts.${index}.relationship`} label={t("patients.form.relationship")} />
              <FormText control={control} name={`emergency_contacts.${index}.phone`} type="tel" label={t("patients.form.phone")} />
            </div>
          </Row>
        ))}
        <Add label={t("patients.form.addEmergency")} onPress={() => contacts.append({ name: "", relationship: "", phone: "" })} />
      </Section>
      <Section title={t("patients.form.guarantor")} hint={t("patients.form.guarantorHint")}>
        <div className="pt-three">
          <FormText control={control} name="guarantor.name" label={t("patients.form.contactName")} />
          <FormText control={control} name="guarantor.relationship" label={t("patients.form.relationship")} />
          <FormText control={control} name="guarantor.phone" type="tel" label={t("patients.form.phone")} />
        </div>
      </Section>
    </>
  );
}

export function InsuranceSection({ control }: Part) {
  const { t } = useTranslation();
  const policies = useFieldArray({ control, name: "insurance" });
  const ranks = ["primary", "secondary", "tertiary"] as const;
  const options = useOptions("rank", ranks);
  return (
    <>
      <Section title={t("patients.form.insurance")} hint={t("patients.form.insuranceHint")}>
        {policies.fields.map((row, index) => (
          <Row key={row.id} label={t("patients.form.policy", { number: index + 1 })} onRemove={() => policies.remove(index)}>
            <div className="pt-policy">
              <FormSelect control={control} name={`insurance.${index}.rank`} label={t("patients.form.rank")} options={options} />
              <FormText control={control} name={`insurance.${index}.provider`} label={t("patients.form.provider")} />
              <FormText control={control} name={`insurance.${index}.policy_number`} mono label={t("patients.form.policyNumber")} />
              <FormText control={control} name={`insurance.${index}.group_number`} mono label={t("patients.form.groupNumber")} />
            </div>
          </Row>
        ))}
        <Add label={t("patients.form.addPolicy")} onPress={() => policies.append({ rank: ranks[Math.min(policies.fields.length, 2)] ?? "tertiary", provider: "", policy_number: "", group_number: "" })} />
      </Section>
      <Section title={t("patients.form.more")}>
        <FormText control={control} name="flags" label={t("patients.form.flags")} hint={t("patients.form.flagsHint")} testId="form-flags" />
        <FormText control={control} name="ehr_link" label={t("patients.form.ehrLink")} hint={t("patients.form.ehrLinkHint")} testId="form-ehr-link" />
      </Section>
    </>
  );
}
