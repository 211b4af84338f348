import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Checkbox, TextField, fieldId } from "../../kit";
import { LABELS, type EndForm } from "./endForm";

/** The lines whose names alone do not say what belongs in them. An example inside a field would look typed. */
const EXPLAINED: ReadonlySet<string> = new Set(["kind", "source"]);

function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="ex-end-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        {hint ? <p className="kw-hint">{hint}</p> : null}
      </header>
      <div className="kw-stack">{children}</div>
    </section>
  );
}

/** In the order in which it happens. */
export function WhatHappens() {
  const { t } = useTranslation();
  return (
    <Section title={t("exchange.ending.order")}>
      <ol className="ex-end-steps" data-testid="end-steps">
        {(["step1", "step2", "step3", "step4"] as const).map((step) => (
          <li key={step}><span><b>{t(`exchange.ending.${step}`)}</b> {t(`exchange.ending.${step}Words`)}</span></li>
        ))}
      </ol>
      <p>{t("exchange.ending.alone")}</p>
    </Section>
  );
}

export function KeeperSection({ form }: { form: EndForm }) {
  const { t } = useTranslation();
  return (
    <Section title={t("exchange.ending.then")}>
      <p>{t("exchange.ending.thenWords")}</p>
      <p className="kw-quiet">{t("exchange.ending.law")}</p>
      <TextField label={t("exchange.ending.custodian")} hint={t("exchange.ending.custodianHint")} value={form.typed.custodian} onChange={(custodian) => form.set({ custodian })} id={fieldId("custodian")} error={form.wrong("custodian")} disabled={form.busy} required testId="end-custodian" />
    </Section>
  );
}

export function DeviceSection({ form }: { form: EndForm }) {
  const { t } = useTranslation();
  const { labels } = form.typed;
  return (
    <Section title={t("exchange.ending.device")} hint={t("exchange.ending.deviceHint")}>
      <div className="ex-end-labels">
        {LABELS.map((name) => (
          <TextField key={name} label={t(`exchange.ending.label.${name}`)} value={labels[name]} onChange={(text) => form.set({ labels: { ...labels, [name]: text } })} {...(EXPLAINED.has(name) ? { hint: t(`exchange.ending.example.${name}`) } : {})} disabled={form.busy} testId={`end-${name}`} />
        ))}
      </div>
    </Section>
  );
}

export function SureSection({ form }: { form: EndForm }) {
  const { t } = useTranslation();
  return (
    <Section title={t("exchange.ending.sure")}>
      <Checkbox label={t("exchange.ending.kit")} hint={t("exchange.ending.kitHint")} value={form.sure.kit} onChange={(kit) => form.setSure({ kit })} disabled={form.busy} testId="end-kit" />
      <div className="kw-tight">
        <p>{t("exchange.ending.named")} <b className="ex-end-name" data-testid="end-practice">{form.practice}</b></p>
        <TextField label={t("exchange.ending.practice_name")} value={form.sure.practice_name} onChange={(practice_name) => form.setSure({ practice_name })} id={fieldId("practice_name")} error={form.wrong("practice_name")} disabled={form.busy} autoComplete="off" required testId="end-name" />
      </div>
    </Section>
  );
}
