import { standardSchemaResolver } from "@hookform/resolvers/standard-schema";
import { useState } from "react";
import { useForm, type FieldErrors, type FieldPath } from "react-hook-form";
import { useTranslation } from "react-i18next";
import { failureOf, type Demographics } from "../../bridge";
import { Button, ErrorSummary, KeyedForm, bringBack, fieldId, toast, useDraft, useGo, waitingDrafts, type FieldProblem } from "../../kit";
import { failureWords } from "../../words";
import { demographicsHints, toDemographics, type DemographicsForm } from "./demographics";
import { AddressSection, BirthSection, ContactSection, InsuranceSection, NameSection, PeopleSection } from "./formSections";

export interface RegistrationFormProps {
  label: string;
  screen: string;
  initial: DemographicsForm;
  saveWords: string;
  /** Answers whether it was saved. A failure it throws lands on the field it names. */
  onSave: (demographics: Demographics) => Promise<boolean>;
  onCancel: () => void;
  notice?: React.ReactNode;
}

/** The one form for everything one registers and corrects about a patient. */
export function RegistrationForm({ label, screen, initial, saveWords, onSave, onCancel, notice }: RegistrationFormProps) {
  const { t } = useTranslation();
  const { go } = useGo();
  const [busy, setBusy] = useState(false);
  const [other, setOther] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const form = useForm<DemographicsForm>({ defaultValues: initial, resolver: standardSchemaResolver(demographicsHints) as never, mode: "onBlur", reValidateMode: "onBlur", shouldFocusError: false });
  const { errors, isDirty } = form.formState;
  const settle = useDraft(screen, () => (isDirty ? JSON.stringify(form.getValues()) : null), (content) => form.reset(JSON.parse(content) as DemographicsForm, { keepDefaultValues: true }));
  const send = async (values: DemographicsForm) => {
    const { demographics, fieldOf } = toDemographics(values);
    setBusy(true);
    setOther(null);
    try {
      if (await onSave(demographics)) settle();
    } catch (thrown) {
      const failure = failureOf(thrown);
      const words = failureWords(failure);
      if (failure.kind === "refused" && failure.field) form.setError(fieldOf(failure.field) as FieldPath<DemographicsForm>, { type: "rust", message: words });
      else setOther(words);
    }
    setBusy(false);
    setAttempt((before) => before + 1);
  };
  const save = () => {
    if (busy) return;
    // What Rust refused must not keep the next try from reaching Rust.
    form.clearErrors();
    void form.handleSubmit(send, () => setAttempt((before) => before + 1))();
  };
  const problems: FieldProblem[] = [...(other ? [{ id: null, label: "", words: other }] : []), ...inOrder(flatProblems(attempt > 0 ? errors : {}, (words) => t(words, { defaultValue: words }), (name) => t(`patients.field.${leaf(name)}`, { defaultValue: "" })))];
  const cancel = () => {
    const content = isDirty ? JSON.stringify(form.getValues()) : null;
    settle();
    onCancel();
    if (content === null) return;
    const again = () => {
      bringBack([...waitingDrafts.get(), { screen, content }]);
      go(screen);
    };
    toast(t("patients.form.discarded"), { undo: again });
  };
  return (
    <KeyedForm onSave={save} className="pt-form" label={label} testId="registration-form">
      <div className="kw-scroll">
        <div className="pt-form-page">
          {notice}
          <ErrorSummary problems={problems} attempt={attempt} />
          <NameSection control={form.control} />
          <BirthSection control={form.control} />
          <ContactSection control={form.control} />
          <AddressSection control={form.control} />
          <PeopleSection control={form.control} />
          <InsuranceSection control={form.control} />
        </div>
      </div>
      <Foot saveWords={saveWords} busy={busy} onCancel={cancel} />
    </KeyedForm>
  );
}

function Foot({ saveWords, busy, onCancel }: { saveWords: string; busy: boolean; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <footer className="pt-form-foot">
      <Button variant="primary" tall shortcut="Ctrl Enter" type="submit" isDisabled={busy} testId="form-save">{saveWords}</Button>
      <Button variant="quiet" tall onPress={onCancel} testId="form-cancel">{t("common.cancel")}</Button>
      <span className="kw-grow" />
      <span className="kw-sub pt-foot-hint">{t("patients.form.keys")}</span>
    </footer>
  );
}

const ORDER = ["name", "goes_by", "pronouns", "other_names", "date_of_birth", "administrative_sex", "gender_identity", "language", "channels", "confidential_communication", "addresses", "emergency_contacts", "guarantor", "insurance", "flags", "ehr_link"];

/** Puts the problems in the order in which one meets the fields on the screen. */
function inOrder(problems: readonly FieldProblem[]): FieldProblem[] {
  const place = (problem: FieldProblem) => ORDER.findIndex((name) => problem.id === fieldId(name) || problem.id?.startsWith(`${fieldId(name)}.`));
  return problems.toSorted((a, b) => place(a) - place(b));
}

function leaf(name: string): string {
  const parts = name.split(".").filter((part) => !/^\d+$/.test(part));
  return parts[parts.length - 1] ?? "";
}

/** Walks the nested errors into a flat list, in the order of the form. */
export function flatProblems(errors: FieldErrors<DemographicsForm> | object, words: (message: string) => string, labelOf: (name: string) => string, path = ""): FieldProblem[] {
  return Object.entries(errors).flatMap(([key, value]) => {
    if (typeof value !== "object" || value === null || key === "ref") return [];
    const name = path ? `${path}.${key}` : key;
    const message = (value as { message?: unknown }).message;
    if (typeof message === "string") return [{ id: fieldId(name), label: labelOf(name), words: words(message) }];
    return flatProblems(value as object, words, labelOf, name);
  });
}

