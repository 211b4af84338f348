import { useController, useFieldArray, type Control } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { useAnswer } from "../../bridge";
import { Checkbox, FieldGroup, FormCheck, FormCombo, FormText, TextField } from "../../kit";
import { typedTime, type PracticeForm } from "./practice";

type Part = { control: Control<PracticeForm> };

export function PracticeFields({ control, settings }: Part & { settings?: boolean }) {
  const { t } = useTranslation();
  const zones = useAnswer("shell.time_zones", {});
  const options = (zones.data?.zones ?? []).map((zone) => ({ value: zone, label: zone.replace(/_/g, " ") }));
  return (
    <>
      <FormText control={control} name="name" label={t("identity.practice.name")} required testId="practice-name" />
      <div className="id-address">
        <FormText control={control} name="line1" label={t("identity.practice.line1")} testId="practice-line1" />
        <FormText control={control} name="line2" label={t("identity.practice.line2")} testId="practice-line2" />
        <FormText control={control} name="city" label={t("identity.practice.city")} testId="practice-city" />
        <FormText control={control} name="state" label={t("identity.practice.state")} testId="practice-state" />
        <FormText control={control} name="postal_code" label={t("identity.practice.postalCode")} testId="practice-postal-code" />
      </div>
      <div className="id-pair">
        <FormText control={control} name="phone" type="tel" label={t("identity.practice.phone")} testId="practice-phone" />
        <FormText control={control} name="npi" mono inputMode="numeric" label={t("identity.practice.npi")} hint={t("identity.practice.npiHint")} testId="practice-npi" />
      </div>
      <FormCombo
        control={control}
        name="time_zone"
        label={t("identity.practice.timeZone")}
        options={options}
        hint={t("identity.practice.timeZoneHint")}
        required
        testId="practice-time-zone"
      />
      <Hours control={control} />
      <FormCheck control={control} name="anonymous_mrn" label={t("identity.practice.anonymousMrn")} hint={t("identity.practice.anonymousMrnHint")} testId="practice-anonymous-mrn" />
      {settings ? (
        <FormText control={control} name="idle_minutes" inputMode="numeric" label={t("identity.practice.idle")} hint={t("identity.practice.idleHint")} testId="practice-idle" />
      ) : null}
    </>
  );
}

function Hours({ control }: Part) {
  const { t } = useTranslation();
  const { fields } = useFieldArray({ control, name: "hours" });
  return (
    <FieldGroup label={t("identity.practice.hours")} hint={t("identity.practice.hoursHint")}>
      <div className="id-hours">
        {fields.map((field, index) => (
          <Day key={field.id} control={control} index={index} />
        ))}
      </div>
    </FieldGroup>
  );
}

function Day({ control, index }: Part & { index: number }) {
  const { t } = useTranslation();
  const { field } = useController({ control, name: `hours.${index}` });
  const day = t(`identity.weekday.${field.value.weekday}`);
  const set = (change: Partial<typeof field.value>) => field.onChange({ ...field.value, ...change });
  return (
    <div className="id-day">
      <Checkbox label={day} value={field.value.open} onChange={(open) => set({ open })} />
      {field.value.open ? (
        <>
          <Time label={t("identity.practice.opens", { day })} value={field.value.opens} onChange={(opens) => set({ opens })} />
          <span className="kw-quiet">{t("identity.practice.to")}</span>
          <Time label={t("identity.practice.closes", { day })} value={field.value.closes} onChange={(closes) => set({ closes })} />
        </>
      ) : (
        <span className="kw-quiet id-closed">{t("identity.practice.closed")}</span>
      )}
    </div>
  );
}

function Time({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return <TextField label={label} hiddenLabel value={value} onChange={onChange} onBlur={() => onChange(typedTime(value))} />;
}
