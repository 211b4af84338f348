import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, fieldId } from "../../kit";
import { Section, type Typed } from "./typing";

/** Draws the search for one patient; the patients' own, put in by the shell. */
export type PickPatient = (onPick: (id: string, label: string) => void) => ReactNode;

/** Where a form for a request stands: whose it is, or how the patient is found. */
export interface RequestFormProps {
  screen: string;
  patient: string;
  home: string;
  pickPatient: PickPatient | null;
}

export interface WhoTyped {
  patient: string;
  label: string;
}

/** Whose records they are, where one does not come from a chart. */
export function WhoSection<T extends WhoTyped>({ form, pickPatient }: { form: Typed<T>; pickPatient: PickPatient }) {
  const { t } = useTranslation();
  const wrong = form.wrong("patient");
  const set = (patient: string, label: string) => form.set({ patient, label } as Partial<T>);
  return (
    <Section title={t("compliance.request.patient")}>
      <div id={fieldId("patient")} tabIndex={-1} className="kw-tight">
        {form.values.patient === "" ? (
          pickPatient(set)
        ) : (
          <div className="kw-row">
            <b data-testid="request-patient">{form.values.label}</b>
            <Button onPress={() => set("", "")} testId="request-other">{t("compliance.request.other")}</Button>
          </div>
        )}
        {wrong ? <div className="kw-error">{wrong}</div> : null}
      </div>
    </Section>
  );
}
